package notice

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// Record is a notice as the office keeps it, also after its term.
type Record struct {
	Entry
	UnitName    string
	Number      string
	TakenDownAt *time.Time
}

// Shown says whether the public sees it now.
func (r Record) Shown(now time.Time) bool { return r.TakenDownAt == nil && r.In(now) }

// EndedOn is the day after which the public saw no more of it; false while
// there is none.
func (r Record) EndedOn(now time.Time) (clock.Date, bool) {
	switch {
	case r.TakenDownAt != nil:
		return clock.On(*r.TakenDownAt), true
	case !r.Until.IsZero() && clock.On(now).After(r.Until):
		return r.Until, true
	}
	return clock.Date{}, false
}

const recordSQL = `
		SELECT n.id, n.kind, n.title, coalesce(n.unit, '') AS unit, n.published_at, n.until,
			coalesce(u.name, '') AS unit_name, n.number, n.taken_down_at
		FROM notice n LEFT JOIN unit u ON u.code = n.unit`

// OfSQL reads the records of a matter, whose id follows it, as a Record each.
const OfSQL = recordSQL + `
		WHERE n.matter_id = `

// Records are the office's own list, newest first, before a record of the page
// before; 0 is the beginning.
func Records(ctx context.Context, q pg.Queryer, before int64, limit int) ([]Record, error) {
	where, args := `true`, pg.Args{"limit": limit}
	if before > 0 {
		where, args["before"] = `n.id < @before`, before
	}
	found, err := pg.All[Record](ctx, q, recordSQL+`
		WHERE `+where+` ORDER BY n.id DESC LIMIT @limit`, args)
	if err != nil {
		return nil, fmt.Errorf("notice records: %w", err)
	}
	return found, nil
}

// Titled are the notices of no matter that have a title, newest first.
func Titled(ctx context.Context, q pg.Queryer, kind Kind, title string) ([]Record, error) {
	found, err := pg.All[Record](ctx, q, recordSQL+`
		WHERE n.matter_id IS NULL AND n.kind = @kind AND n.title = @title ORDER BY n.id DESC`, pg.Args{"kind": string(kind), "title": title})
	if err != nil {
		return nil, fmt.Errorf("notices of a title: %w", err)
	}
	return found, nil
}
