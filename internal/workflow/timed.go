package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// RunTimed does what the calendar has made due: the moves of a table that are
// Timed, of every matter whose clock has come so far, each once a clock or a last day;
// {day} in their public sentence is that day, where no effect says another. It drains them all and says how many; doing it twice
// does no harm.
func (e *Engine) RunTimed(ctx context.Context, t *Table) (int, error) {
	n := 0
	var faults []error
	for again := true; again && len(faults) == 0; { // an effect may begin a clock anew, on a day that is over too
		again = false
		rows, err := e.rowsDue(ctx, t)
		if err != nil {
			return n, fmt.Errorf("rows that may be due: %w", err)
		}
		for _, row := range rows {
			found, err := e.comeDue(ctx, t, row)
			if err != nil {
				return n, fmt.Errorf("due for %s: %w", row.Action, err)
			}
			for _, due := range found {
				_, err := e.Do(ctx, t, Act{Number: due.Number, Action: row.Action, By: Actor{Name: staff.System.Title(), Role: staff.System},
					Words: map[string]string{"day": due.DueOn.Long()}}, row.Timed.Effect)
				switch {
				case err == nil:
					n++
					again = again || row.Timed.Effect != nil
				case !fault.Is(err, fault.Conflict): // another worker was first, or somebody moved it
					faults = append(faults, fmt.Errorf("%s: %w", row.Action, err))
				}
			}
		}
	}
	return n, errors.Join(faults...)
}

// rowsDue are the timed rows of a law of which a matter may be due, by its clocks alone:
// most sweeps find none, and then ask nothing more. A row that a Fact times is always asked.
func (e *Engine) rowsDue(ctx context.Context, t *Table) ([]Move, error) {
	var rows, asked []Move
	var rules, actions []string
	var rungs []bool
	var until, over []time.Time
	latest := time.Time{}
	for _, row := range t.Moves {
		if row.Timed.Clock == "" && row.Timed.Fact == "" {
			continue
		}
		reached, ok, err := e.until(ctx, row)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		rows = append(rows, row)
		if row.Timed.Fact != "" {
			reached = time.Time{} // nothing has come so far: the fact is asked for
		}
		if reached.After(latest) {
			latest = reached
		}
		rules, actions, rungs = append(rules, string(row.Timed.Clock)), append(actions, string(row.Action)), append(rungs, row.Timed.Rung != "")
		until, over = append(until, reached), append(over, t.over(row, e.Now()))
	}
	if len(rows) == 0 {
		return nil, nil
	}
	due, err := pg.All[int](ctx, e.Pool, `
		SELECT DISTINCT r.i
		FROM clock c JOIN unnest(@rules::text[], @actions::text[], @rungs::boolean[], @until::timestamptz[], @over::timestamptz[])
			WITH ORDINALITY r (rule, action, rung, until, over, i) ON r.rule = c.rule AND c.due_at <= r.until AND c.due_at > r.over
		WHERE c.stopped_at IS NULL AND c.due_at <= @latest
			AND (r.rung OR NOT EXISTS (SELECT FROM event e WHERE e.matter_id = c.matter_id AND e.seq > c.started_seq AND e.action = r.action))
		ORDER BY r.i`,
		pg.Args{"rules": rules, "actions": actions, "rungs": rungs, "until": until, "over": over, "latest": latest})
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		if row.Timed.Fact != "" || slices.Contains(due, i+1) {
			asked = append(asked, row)
		}
	}
	return asked, nil
}

// until is the time by which the clock of a timed row must end for the row to be due, and
// false where it cannot be today.
func (e *Engine) until(ctx context.Context, row Move) (time.Time, bool, error) {
	if row.Timed.Rung == "" {
		return e.Now().Add(days(row)), true, nil
	}
	table, err := e.Clocks.Table(ctx)
	if err != nil {
		return time.Time{}, false, err
	}
	reached, ok := table.Reached(row.Timed.Rung, e.Now())
	return reached, ok, nil
}

// comeDue are the matters of which a timed move is due.
func (e *Engine) comeDue(ctx context.Context, t *Table, row Move) ([]comeDue, error) {
	switch {
	case row.Timed.Fact != "" && row.Timed.Clock == "":
		return pg.All[comeDue](ctx, e.Pool, `
			SELECT m.number, @today::date AS due_on FROM matter m WHERE m.kind = @kind AND m.state = ANY (@from) AND `+t.Facts[row.Timed.Fact]+` ORDER BY m.id, m.number`,
			AtTime(pg.Args{"kind": string(t.Kind), "from": row.From, "today": clock.On(e.Now())}, t.Facts[row.Timed.Fact], e.Now()))
	case row.Timed.Fact != "":
		return pg.All[comeDue](ctx, e.Pool, `
			SELECT m.number, c.due_on FROM matter m JOIN clock c ON c.matter_id = m.id AND c.rule = @rule AND c.stopped_at IS NULL
			WHERE m.kind = @kind AND m.state = ANY (@from) AND `+t.Facts[row.Timed.Fact]+`
			ORDER BY c.due_at, m.id`, AtTime(pg.Args{"rule": string(row.Timed.Clock), "kind": string(t.Kind), "from": row.From}, t.Facts[row.Timed.Fact], e.Now()))
	}
	until, ok, err := e.until(ctx, row)
	if err != nil || !ok {
		return nil, err
	}
	// By the matters that stand there, of which there are as many as are waited for,
	// each by its own clocks and events (OFFSET 0 keeps it so): joined as one,
	// PostgreSQL reads the clocks and the events of all matters there ever were.
	// A rung is of the unit that has the matter: one that got it late is not supervised at once.
	return pg.All[comeDue](ctx, e.Pool, `
		SELECT m.number, c.due_on FROM matter m CROSS JOIN LATERAL (
			SELECT c.due_at, c.due_on
			FROM clock c CROSS JOIN (SELECT coalesce(max(a.started_at), '-infinity') AS since FROM assignment a
				WHERE @rung AND a.matter_id = m.id AND a.part = 'lead' AND a.ended_at IS NULL) a
			WHERE c.matter_id = m.id AND c.rule = @rule AND c.stopped_at IS NULL AND c.due_at <= @until AND c.due_at > @over
				AND NOT EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = @action AND e.seq > c.started_seq AND (NOT @rung OR e.at >= a.since AND e.seq > coalesce((
					SELECT max(s.seq) FROM clock_span s WHERE s.matter_id = c.matter_id AND s.rule = c.rule AND s.started_seq = c.started_seq), 0)))
				AND (NOT @rung OR a.since <= @until)
				AND NOT (@daily AND EXISTS (SELECT FROM clock k JOIN event e ON e.matter_id = k.matter_id AND e.action = @action AND e.seq > k.started_seq AND e.seq <= k.stopped_seq
					WHERE k.matter_id = m.id AND k.rule = c.rule AND k.due_on = c.due_on))
				AND (@told = '' OR EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.seq > c.started_seq AND e.action = @told AND e.at <= @told_by))
			OFFSET 0) c
		WHERE m.kind = @kind AND m.state = ANY (@from)
		ORDER BY c.due_at, m.id`,
		pg.Args{"until": until, "rung": row.Timed.Rung != "", "told": string(row.Timed.Told), "told_by": e.Now().Add(-t.notice(row)), "over": t.over(row, e.Now()), "rule": string(row.Timed.Clock), "kind": string(t.Kind),
			"from": row.From, "action": string(row.Action), "daily": row.Timed.Daily})
}

// comeDue is a matter whose clock has come so far.
type comeDue struct {
	Number string
	DueOn  clock.Date
}

func days(m Move) time.Duration { return time.Duration(m.Timed.Before) * 24 * time.Hour }

// over is the time by which a clock is too far over for a move: nobody is reminded of what
// has ended, but where another move may only be done once they were.
func (t *Table) over(m Move, now time.Time) time.Time {
	ahead := m.Timed.Before > 0 || m.Timed.Rung == clock.Yellow || m.Timed.Rung == clock.Orange
	if !ahead || slices.ContainsFunc(t.Moves, func(o Move) bool { return o.Timed.Told == m.Action }) {
		return time.Time{}
	}
	return now
}

// notice is how long before a timed move its matter must have been told of it.
func (t *Table) notice(m Move) time.Duration {
	if rows := t.Rows(m.Timed.Told); len(rows) > 0 {
		return days(rows[0])
	}
	return 0
}

// lapsedInOneSweep leaves the other sweeps their time; the next goes on.
const lapsedInOneSweep = 5000

// lapsedAfter is how long after its end the term of a right is stopped: what was begun
// before is committed by then.
const lapsedAfter = time.Hour

// LapseRights stops the terms of rights whose day is over, on that day, and says how
// many: else they run for ever, and every sweep and recount reads them. It is no event,
// since nothing is decided: the end stood in the row from the beginning. Left alone is
// one that a move still waits for where its matter stands, or where it may go back to, and one
// whose day a calendar may still move.
func (e *Engine) LapseRights(ctx context.Context, t *Table) (int, error) {
	rules, states := t.waits()
	// As an array, found first: joined, PostgreSQL reads every clock that runs.
	n, err := pg.Exec(ctx, e.Pool, `
		UPDATE clock SET stopped_at = due_at
		WHERE stopped_at IS NULL AND right_only AND NOT provisional AND due_at <= @until AND id = ANY (ARRAY(
			SELECT c.id FROM clock c
			WHERE c.stopped_at IS NULL AND c.right_only AND NOT c.provisional AND c.due_at <= @until AND (
				SELECT m.kind = @kind AND (c.rule, m.state) NOT IN (SELECT * FROM unnest(@rules::text[], @states::text[]))
				FROM matter m WHERE m.id = c.matter_id)
			ORDER BY c.due_at LIMIT @most))`,
		pg.Args{"until": e.Now().Add(-lapsedAfter), "kind": string(t.Kind), "rules": rules, "states": states, "most": lapsedInOneSweep})
	if err != nil {
		return 0, fmt.Errorf("lapse rights: %w", err)
	}
	return int(n), nil
}

// waits are the clocks whose end a move waits for, each with a state from which it is
// done, or from which a matter comes there with the clock that it has.
func (t *Table) waits() (rules, states []string) {
	rules, states = []string{}, []string{}
	add := func(code clock.Code, all []State) {
		for _, s := range all {
			rules, states = append(rules, string(code)), append(states, string(s))
		}
	}
	for _, m := range t.Moves {
		for _, code := range []clock.Code{m.Timed.Clock, m.After.Clock} {
			if code == "" {
				continue
			}
			add(code, m.From)
			for _, back := range t.Moves {
				leads := slices.ContainsFunc(m.From, func(s State) bool { return s == back.To || slices.Contains(back.MayLead, s) })
				if leads && !slices.Contains(slices.Concat(back.Starts, back.MayStart), code) {
					add(code, back.From)
				}
			}
		}
	}
	return rules, states
}
