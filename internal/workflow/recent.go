package workflow

import (
	"context"
	"fmt"
	"time"

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

// Traces are what staff did in the matters of a scope, newest first, before a
// mark.
func Traces(ctx context.Context, q pg.Queryer, scope staff.Scope, before Mark, limit int) ([]Trace, error) {
	where, args := scope.SQL, pg.Args{"limit": limit}
	if !before.At.IsZero() {
		where = `(` + where + `) AND (e.at, e.matter_id, e.seq) < (@at, @matter, @seq)`
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
