package search

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
)

// batchLimit keeps one transaction short and its texts few in memory.
const batchLimit = 64

// Indexer writes search texts for many callers at once: while one transaction
// runs, whoever comes waits and goes together into the next, so that a rush
// costs a transaction for each batch and not for each text.
type Indexer struct {
	Pool  *pgxpool.Pool
	Kinds Kinds

	mu      sync.Mutex
	running bool
	waiting []request
}

type request struct {
	matter int64
	done   chan error
}

// errAlone asks a caller to do its own: the batch it went with failed, and it
// must not fail for another's sake.
var errAlone = errors.New("search: the batch failed")

// Index writes the search text of one matter, with others' where there are any.
func (x *Indexer) Index(ctx context.Context, matter int64) error {
	mine := request{matter, make(chan error, 1)}
	x.mu.Lock()
	x.waiting = append(x.waiting, mine)
	lead := !x.running
	x.running = true
	x.mu.Unlock()
	if lead {
		// Others' texts depend on it now, so it does not stop with its caller.
		go x.run(context.WithoutCancel(ctx))
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-mine.done:
		if errors.Is(err, errAlone) {
			return Index(ctx, x.Pool, x.Kinds, []int64{matter})
		}
		return err
	}
}

// run writes batch after batch until nobody waits.
func (x *Indexer) run(ctx context.Context) {
	for {
		x.mu.Lock()
		n := min(len(x.waiting), batchLimit)
		batch := x.waiting[:n:n]
		x.waiting = x.waiting[n:]
		x.running = n > 0
		x.mu.Unlock()
		if n == 0 {
			return
		}
		matters := make([]int64, n)
		for i, r := range batch {
			matters[i] = r.matter
		}
		err := Index(ctx, x.Pool, x.Kinds, matters)
		if err != nil && n > 1 {
			err = errAlone
		}
		for _, r := range batch {
			r.done <- err
		}
	}
}
