package staff

import (
	"context"
	"fmt"
	"sync"

	"zhengxin/internal/pg"
)

// barBook keeps which units' matters the people of each unit may not know of,
// worked out under one version of the tree of units. Every session reads the
// version anew, so a change counts at once and in every process.
type barBook struct {
	mu   sync.Mutex
	kept map[string]barred // by unit
}

type barred struct {
	Version int64
	Bars    []string
}

// barsOf are a unit's bars under the version that was just read, or a newer one.
func (r *Register) barsOf(ctx context.Context, unit string, version int64) ([]string, error) {
	r.bars.mu.Lock()
	known, ok := r.bars.kept[unit]
	r.bars.mu.Unlock()
	if ok && known.Version == version {
		return known.Bars, nil
	}
	found, err := pg.One[barred](ctx, r.Pool, `SELECT version, unit_bars(@unit) AS bars FROM unit_tree`, pg.Args{"unit": unit})
	if err != nil {
		return nil, fmt.Errorf("bars of a unit: %w", err)
	}
	r.bars.mu.Lock()
	defer r.bars.mu.Unlock()
	if r.bars.kept == nil {
		r.bars.kept = map[string]barred{}
	}
	r.bars.kept[unit] = found
	return found.Bars, nil
}
