package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// RunTimed does what the calendar has made due: the moves of a table that are
// Timed, of every matter whose clock has come so far, each once a clock. It drains
// them all and says how many; doing it twice does no harm.
func (e *Engine) RunTimed(ctx context.Context, t *Table) (int, error) {
	n := 0
	var faults []error
	for _, row := range t.Moves {
		if row.Timed.Clock == "" {
			continue
		}
		numbers, err := pg.All[string](ctx, e.Pool, `
			SELECT m.number FROM clock c JOIN matter m ON m.id = c.matter_id
			WHERE c.stopped_at IS NULL AND c.due_at <= @until AND c.rule = @rule AND m.kind = @kind AND m.state = ANY (@from)
				AND NOT EXISTS (SELECT FROM event e WHERE e.matter_id = c.matter_id AND e.seq > c.started_seq AND e.action = @action)
				AND (@told = '' OR EXISTS (SELECT FROM event e WHERE e.matter_id = c.matter_id AND e.seq > c.started_seq AND e.action = @told AND e.at <= @told_by))
			ORDER BY c.due_at, m.id`,
			pg.Args{"until": e.Now().Add(days(row)), "told": string(row.Timed.Told), "told_by": e.Now().Add(-t.notice(row)), "rule": string(row.Timed.Clock), "kind": string(t.Kind),
				"from": row.From, "action": string(row.Action)})
		if err != nil {
			return n, fmt.Errorf("due for %s: %w", row.Action, err)
		}
		for _, number := range numbers {
			_, err := e.Do(ctx, t, Act{Number: number, Action: row.Action, By: Actor{Name: staff.System.Title(), Role: staff.System}}, nil)
			switch {
			case err == nil:
				n++
			case !fault.Is(err, fault.Conflict): // another worker was first, or somebody moved it
				faults = append(faults, fmt.Errorf("%s: %w", row.Action, err))
			}
		}
	}
	return n, errors.Join(faults...)
}

func days(m Move) time.Duration { return time.Duration(m.Timed.Before) * 24 * time.Hour }

// notice is how long before a timed move its matter must have been told of it.
func (t *Table) notice(m Move) time.Duration {
	if rows := t.Rows(m.Timed.Told); len(rows) > 0 {
		return days(rows[0])
	}
	return 0
}
