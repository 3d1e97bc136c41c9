package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// rounds is how often ours and bare take turns in a case: the machine is not
// the same from one second to the next.
const rounds = 2

// path is one case: the same work asked of ours and of the bare program.
type path struct {
	name    string
	command string // which process of ours answers, for its profile
	bar     float64
	ours    side
	bare    side
}

// side is where to send what.
type side struct {
	addr string
	asks []ask
	once bool // each may be sent once
}

// next hands out the requests in turn, from the beginning when they may repeat.
func (s side) next(sent *atomic.Int64) next {
	return func(int) (ask, bool) {
		i := sent.Add(1) - 1
		if s.once && i >= int64(len(s.asks)) {
			return ask{}, false
		}
		return s.asks[i%int64(len(s.asks))], true
	}
}

// measured is a case with what came of it.
type measured struct {
	path
	size     string // of the database
	our      result
	its      result
	oursCost spent
	bareCost spent
}

func (m measured) ratio() float64 { return m.our.rate() / m.its.rate() }

// measure lets the two take turns for d each.
func (r *rig) measure(ctx context.Context, p path, size string, d time.Duration) (measured, error) {
	m := measured{path: p, size: size}
	var sentOurs, sentBare atomic.Int64
	// Caches, prepared statements, plans: those of both.
	load(ctx, p.ours.addr, time.Second/2, p.ours.next(&sentOurs))
	load(ctx, p.bare.addr, time.Second/2, p.bare.next(&sentBare))
	profiled := make(chan error, 1)
	for i := range rounds {
		if i == 0 {
			go func() { profiled <- r.profileOf(ctx, p.command, p.name+"-"+size, d/rounds) }()
		}
		a := r.spentBy(r.pids[p.command])
		m.our.append(load(ctx, p.ours.addr, d/rounds, p.ours.next(&sentOurs)))
		b, c := r.spentBy(r.pids[p.command]), r.spentBy(r.pids["bare"])
		m.its.append(load(ctx, p.bare.addr, d/rounds, p.bare.next(&sentBare)))
		m.oursCost, m.bareCost = m.oursCost.plus(b.minus(a)), m.bareCost.plus(r.spentBy(r.pids["bare"]).minus(c))
	}
	if err := <-profiled; err != nil {
		return m, err
	}
	if len(m.our.took) == 0 || len(m.its.took) == 0 {
		return m, fmt.Errorf("%s: no good answer: ours %s, bare %s", p.name, m.our.fault, m.its.fault)
	}
	return m, nil
}

// append adds a later turn.
func (r *result) append(later result) {
	r.add(later)
	r.elapsed += later.elapsed
	slices.Sort(r.took)
}

// reading are the cases that change nothing.
func (r *rig) reading(ctx context.Context) ([]path, error) {
	opened, numbers, err := r.opened(ctx, 400)
	if err != nil {
		return nil, err
	}
	var bareOpened []ask
	for _, number := range numbers {
		bareOpened = append(bareOpened, ask{get(r.bareAt, "/complaints/"+number, ""), 200})
	}
	staff, err := r.signedIn(ctx)
	if err != nil {
		return nil, err
	}
	one := func(addr, path, cookie string) []ask { return []ask{{get(addr, path, cookie), 200}} }
	const filtered = "/complaints?view=all&state=closed"
	return []path{
		{"public page", "portal", 0.5, side{addr: r.Portal, asks: one(r.Portal, "/", "")}, side{addr: r.bareAt, asks: one(r.bareAt, "/", "")}},
		{"static bytes", "portal", 0, side{addr: r.Portal, asks: one(r.Portal, "/", "")}, side{addr: r.bareAt, asks: one(r.bareAt, "/static", "")}},
		{"status", "portal", 0.5, side{addr: r.Portal, asks: opened}, side{addr: r.bareAt, asks: bareOpened}},
		{"desk list", "admin", 0.4, side{addr: r.Admin, asks: one(r.Admin, "/complaints", staff)}, side{addr: r.bareAt, asks: one(r.bareAt, "/complaints", "")}},
		{"desk filtered", "admin", 0.4, side{addr: r.Admin, asks: one(r.Admin, filtered, staff)}, side{addr: r.bareAt, asks: one(r.bareAt, filtered, "")}},
	}, nil
}

// filing is the case of the last step, with requests prepared for both.
func (r *rig) filing(ctx context.Context, n int) (path, error) {
	asks, err := r.filings(ctx, n)
	if err != nil {
		return path{}, err
	}
	bare, err := r.bareFilings(ctx, 2*n)
	return path{"filing", "portal", 0.5, side{addr: r.Portal, asks: asks, once: true}, side{addr: r.bareAt, asks: bare, once: true}}, err
}

// chosen are the paths that -only names; all without it.
func chosen(paths []path, only string) []path {
	return slices.DeleteFunc(paths, func(p path) bool { return !strings.Contains(p.name, only) })
}

// sizes are the bytes of our pages, so that the bare ones have as many.
func (r *rig) sizes(ctx context.Context, only string) (pageSizes, error) {
	var s pageSizes
	paths, err := r.reading(ctx)
	if err != nil {
		return s, err
	}
	filing, err := r.filings(ctx, 1)
	if err != nil {
		return s, err
	}
	paths = append(paths, path{name: "filing", ours: side{addr: r.Portal, asks: filing}})
	into := map[string]*int{"public page": &s.public, "status": &s.status, "desk list": &s.desk, "desk filtered": &s.filtered, "filing": &s.filed}
	for _, p := range chosen(paths, only) {
		if into[p.name] == nil {
			continue
		}
		if *into[p.name], err = sizeOf(p.ours); err != nil {
			return s, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return s, nil
}

func sizeOf(s side) (int, error) {
	c, err := dial(s.addr)
	if err != nil {
		return 0, err
	}
	defer c.close()
	status, size, err := c.do(s.asks[0].bytes)
	if err == nil && status != s.asks[0].status {
		err = fmt.Errorf("it answers %d", status)
	}
	return size, err
}
