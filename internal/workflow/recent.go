package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Trace is one act of a staff member as an auditor reads it: who did what to
// which matter, without a word of what was written.
type Trace struct {
	MatterID int64
	Seq      int64
	At       time.Time
	Number   string
	Kind     Kind
	Action   Action
	From     State
	To       State
	Name     string
	Role     Role
}

// Mark is a place in the traces; the zero Mark is the newest.
type Mark struct {
	At     time.Time
	Matter int64
	Seq    int64
}

// Traced narrows the traces; what is empty narrows nothing.
type Traced struct {
	Who    string // in their name
	Number string // the matter's
	Kind   Kind
	Action Action
	From   clock.Date // the first day
	Until  clock.Date // and the last
}

func (f Traced) narrows(args pg.Args) string {
	var all []string
	add := func(condition, name string, value any) {
		all = append(all, condition)
		args[name] = value
	}
	if f.Who != "" {
		add(`position(@trace_who IN e.actor_name) > 0`, "trace_who", f.Who)
	}
	if f.Number != "" {
		add(`m.number = @trace_number`, "trace_number", f.Number)
	}
	if f.Kind != "" {
		add(`m.kind = @trace_kind`, "trace_kind", string(f.Kind))
	}
	if f.Action != "" {
		add(`e.action = @trace_action`, "trace_action", string(f.Action))
	}
	if !f.From.IsZero() {
		add(`e.at >= @trace_from`, "trace_from", f.From.Begins())
	}
	if !f.Until.IsZero() {
		add(`e.at < @trace_until`, "trace_until", f.Until.Ends())
	}
	return strings.Join(append(all, "true"), " AND ")
}

// Traces are what staff did in the matters of a scope, newest first, before a
// mark.
func Traces(ctx context.Context, q pg.Queryer, scope staff.Scope, f Traced, before Mark, limit int) ([]Trace, error) {
	args := pg.Args{"limit": limit}
	where := `(` + scope.SQL + `) AND ` + f.narrows(args)
	if !before.At.IsZero() {
		where += ` AND (e.at, e.matter_id, e.seq) < (@at, @matter, @seq)`
		args["at"], args["matter"], args["seq"] = before.At, before.Matter, before.Seq
	}
	found, err := pg.All[Trace](ctx, q, `
		SELECT e.matter_id, e.seq, e.at, m.number, m.kind, e.action, e.from_state AS "from", e.to_state AS "to", e.actor_name AS name, e.role
		FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE e.staff_id IS NOT NULL AND (`+where+`)
		ORDER BY e.at DESC, e.matter_id DESC, e.seq DESC LIMIT @limit`, scope.With(args))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	return found, nil
}
