package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Recount is the move of a matter whose terms another calendar has moved. A
// table that starts clocks has a row of it, done by the system.
const Recount Action = "recount"

// running is a clock that runs, as it stands.
type running struct {
	ID     int64
	Number string
	clock.Row
	RightOnly bool
}

// spansOf is what became of a clock c.
var spansOf = strings.ReplaceAll(clock.SpansSQL, "k.", "c.")

// again counts the clock anew. Who may ask for something until a day that they
// were told keeps that day when the true one is earlier; our own duties follow
// the calendar both ways.
func (r running) again(table clock.Table) (clock.Due, bool) {
	due, ok := table.Again(r.Row)
	if ok && r.RightOnly && due.On.Before(r.DueOn) {
		due.On, due.At = r.DueOn, r.DueAt
		due.Derivation += "以前告诉的最后一天是 " + r.DueOn.Long() + "，比这一天晚，仍然算数。"
	}
	return due, ok
}

func (r running) moves(due clock.Due) bool { return due.On != r.DueOn || !due.At.Equal(r.DueAt) }

// Recounted is what a recount did.
type Recounted struct {
	Moved     int // matters of which a date changed; each has an event that says so
	Confirmed int // clocks whose date stayed, and is counted over the newest calendar now
	Left      int // matters that are still to be done
}

// Recount counts every running clock of these kinds anew over whose days a newer
// version of the calendar lies than it was counted over. A date that changes is a
// move of its matter, recorded and told like any other; stopped clocks stay as they
// were decided. It drains at most that many matters, and doing it twice does no
// harm: a clock that another process starts over an older calendar meanwhile is
// found the next time.
func (e *Engine) Recount(ctx context.Context, laws []*Table, most int) (Recounted, error) {
	var sum Recounted
	var faults []error
	for _, t := range laws {
		done, err := e.recountKind(ctx, t, most-sum.Moved)
		sum.Moved, sum.Confirmed, sum.Left = sum.Moved+done.Moved, sum.Confirmed+done.Confirmed, sum.Left+done.Left
		faults = append(faults, err)
	}
	return sum, errors.Join(faults...)
}

func (e *Engine) recountKind(ctx context.Context, t *Table, most int) (Recounted, error) {
	var done Recounted
	table, err := clock.Read(ctx, e.Pool) // not the kept one: the newest
	if err != nil {
		return done, fmt.Errorf("recount: %w", err)
	}
	// Most sweeps find nothing: what was counted over the newest of all is passed over
	// before any year is looked at.
	stale, err := pg.All[running](ctx, e.Pool, `
		SELECT c.id, m.number, c.rule, c.version, c.started_at, c.due_on, c.due_at, c.provisional, c.derivation, c.right_only, `+spansOf+` AS spans
		FROM clock c JOIN matter m ON m.id = c.matter_id
		WHERE c.stopped_at IS NULL AND c.calendar < @newest AND m.kind = @kind AND EXISTS (
			SELECT FROM calendar_version v
			WHERE v.id > c.calendar AND c.started_at < make_date(v.year + 1, 1, 2) AND c.due_on >= make_date(v.year, 1, 1))
		ORDER BY m.id, c.id`, pg.Args{"kind": string(t.Kind), "newest": table.Calendar.Newest()})
	if err != nil {
		return done, fmt.Errorf("clocks to recount: %w", err)
	}
	var faults []error
	confirmed := &pgx.Batch{}
	for _, of := range matters(stale) {
		if done.Moved+len(faults) >= most {
			done.Left++
			continue
		}
		if !anyMoves(of, table) {
			for _, one := range of {
				confirm(confirmed, one, table)
			}
			continue
		}
		err := e.recount(ctx, t, of[0].Number, table)
		switch {
		case err == nil:
			done.Moved++
		case !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound): // it ended meanwhile
			faults = append(faults, fmt.Errorf("recount %s: %w", of[0].Number, err))
		}
	}
	done.Confirmed = confirmed.Len()
	if done.Confirmed > 0 {
		faults = append(faults, pg.Safe(e.Pool.SendBatch(ctx, confirmed).Close()))
	}
	return done, errors.Join(faults...)
}

// Outlook is what a calendar would do to the clocks that run.
type Outlook struct {
	Provisional int // clocks whose date is not sure now
	Moved       int // clocks whose date would change
}

// Outlook counts without changing anything.
func (e *Engine) Outlook(ctx context.Context, next clock.Table, years []int) (Outlook, error) {
	var o Outlook
	all, err := pg.All[running](ctx, e.Pool, `
		SELECT c.id, '' AS number, c.rule, c.version, c.started_at, c.due_on, c.due_at, c.provisional, c.derivation, c.right_only, `+spansOf+` AS spans
		FROM clock c
		WHERE c.stopped_at IS NULL AND (c.provisional OR EXISTS (
			SELECT FROM unnest(@years::int[]) y WHERE c.started_at < make_date(y + 1, 1, 2) AND c.due_on >= make_date(y, 1, 1)))`,
		pg.Args{"years": append([]int{}, years...)})
	if err != nil {
		return o, fmt.Errorf("outlook: %w", err)
	}
	for _, one := range all {
		if one.Provisional {
			o.Provisional++
		}
		if due, ok := one.again(next); ok && one.moves(due) {
			o.Moved++
		}
	}
	return o, nil
}

// matters parts clocks that are sorted by matter.
func matters(all []running) [][]running {
	var parts [][]running
	for i, one := range all {
		if i == 0 || all[i-1].Number != one.Number {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], one)
	}
	return parts
}

func anyMoves(clocks []running, table clock.Table) bool {
	for _, one := range clocks {
		if due, ok := one.again(table); ok && one.moves(due) {
			return true
		}
	}
	return false
}

// recount carries the move out. The clocks are read again under the lock: one
// may have stopped, or been moved by another worker.
func (e *Engine) recount(ctx context.Context, t *Table, number string, table clock.Table) error {
	act := Act{Number: number, Action: Recount, By: Actor{Name: staff.System.Title(), Role: staff.System}}
	_, err := e.Do(ctx, t, act, func(ctx context.Context, s *Step) error {
		now, err := pg.All[running](ctx, s.Conn, `
			SELECT c.id, '' AS number, c.rule, c.version, c.started_at, c.due_on, c.due_at, c.provisional, c.derivation, c.right_only, `+spansOf+` AS spans
			FROM clock c WHERE c.matter_id = @id AND c.stopped_at IS NULL AND c.calendar < @newest ORDER BY c.id`,
			pg.Args{"id": s.Matter.ID, "newest": table.Calendar.Newest()})
		if err != nil {
			return fmt.Errorf("clocks of a matter: %w", err)
		}
		return s.move(now, table)
	})
	return err
}

// movedClock is what the event keeps of a date that changed.
type movedClock struct {
	Rule     clock.Code `json:"rule"`
	Was      clock.Date `json:"was"`
	Now      clock.Date `json:"now"`
	Calendar int64      `json:"calendar"`
}

// move queues the new dates and puts into words which changed.
func (s *Step) move(clocks []running, table clock.Table) error {
	var kept []movedClock
	var changes []string
	for _, one := range clocks {
		due, ok := one.again(table)
		if !ok {
			continue
		}
		if !one.moves(due) {
			confirm(s.batch, one, table)
			continue
		}
		s.Queue(`
			UPDATE clock SET was_on = coalesce(was_on, due_on), due_on = @on::date, due_at = @due, provisional = @provisional,
				derivation = @derivation, calendar = @calendar
			WHERE id = @id AND stopped_at IS NULL`,
			pg.Args{"id": one.ID, "on": due.On.String(), "due": due.At, "provisional": due.Provisional, "derivation": due.Derivation,
				"calendar": table.Calendar.Newest()})
		kept = append(kept, movedClock{one.Rule, one.DueOn, due.On, table.Calendar.Newest()})
		changes = append(changes, Moved{clock.Due{On: one.DueOn}, due}.Said())
	}
	if len(kept) == 0 {
		return fault.New(fault.Conflict, "没有期限要改。")
	}
	s.Act.Words = map[string]string{"changes": strings.Join(changes, "；")}
	s.Record(kept)
	return nil
}

// confirm notes that a clock was counted over the newest calendar and its date
// stayed. It moves nothing, so it is no event.
func confirm(batch *pgx.Batch, one running, table clock.Table) {
	due, ok := one.again(table)
	if !ok {
		return
	}
	batch.Queue(`
		UPDATE clock SET provisional = @provisional, derivation = @derivation, calendar = @calendar
		WHERE id = @id AND stopped_at IS NULL AND due_at = @due`,
		pg.Args{"id": one.ID, "due": one.DueAt, "provisional": due.Provisional, "derivation": due.Derivation, "calendar": table.Calendar.Newest()})
}
