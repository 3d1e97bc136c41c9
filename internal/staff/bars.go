package staff

import (
	"context"
	"fmt"
	"slices"
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

// watch is who could settle what is not settled, and under which version of the
// tree: staff come and go without changing it, so every session reads them anew.
type watch struct {
	Tree       int64
	Offices    []string // supervising offices
	Registrars []string // units that have a registrar; empty for one of no unit
}

// office says that people of this unit read what is not settled: everybody does
// only while there is no registrar who could, of the office or of no unit.
func (w watch) office(unit string) bool {
	return unit == "" || slices.Contains(w.Offices, unit) || !meet(w.Offices, w.Registrars) && !slices.Contains(w.Registrars, "")
}

// outside says that a person reads what may be about the office: it is not
// theirs and they may settle it, or it is that of every registrar. Others of other
// units do not: what is not settled may be about any unit, their own too. settlers
// are the units with a registrar that are not the office's.
func (r *Register) outside(ctx context.Context, p Person, w watch) (reads bool, settlers []string, err error) {
	for _, unit := range w.Registrars {
		bars, err := r.barsOf(ctx, unit, w.Tree)
		if err != nil {
			return false, nil, err
		}
		if !meet(w.Offices, bars) {
			settlers = append(settlers, unit)
		}
	}
	if meet(w.Offices, p.Bars) {
		return len(settlers) == 0, settlers, nil
	}
	return p.Role.Settles(), settlers, nil
}

// meet says whether the two have a unit in common.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(unit string) bool { return slices.Contains(b, unit) })
}
