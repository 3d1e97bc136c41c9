package main

import (
	"context"
	"sync/atomic"
	"time"
)

// busy is the whole office in one process with visitors, staff and its jobs at
// work: the letters and texts of all that was filed before wait for it.
type busy struct {
	result
	memory int // MB at its highest
}

// mixed has every tenth visitor file, and the others look.
func (r *rig) mixed(ctx context.Context, d time.Duration) (busy, error) {
	p, _, err := r.start(ctx, "all", r.Portal, r.Admin)
	if err != nil {
		return busy{}, err
	}
	opened, _, err := r.opened(ctx, 200)
	if err != nil {
		return busy{}, err
	}
	filings, err := r.filings(ctx, int(d.Seconds()*filingsPerSecond/5))
	if err != nil {
		return busy{}, err
	}
	home := ask{get(r.Portal, "/", ""), 200}
	var turn, sent atomic.Int64
	b := busy{result: load(ctx, r.Portal, d, func(int) (ask, bool) {
		switch i := turn.Add(1); {
		case i%10 == 0 && sent.Load() < int64(len(filings))-connections:
			return filings[sent.Add(1)-1], true
		case i%2 == 0:
			return opened[i%int64(len(opened))], true
		}
		return home, true
	})}
	if b.memory, err = memory(p, "VmHWM"); err != nil {
		return b, err
	}
	return b, r.halt()
}
