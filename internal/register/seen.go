package register

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// MostSeen is how many matters somebody is shown that they had open last.
const MostSeen = 20

// Seen is a matter that somebody had open.
type Seen struct {
	Kind   workflow.Kind
	Number string
	Title  string
	State  workflow.State
	At     time.Time
}

// LastSeen are the matters that a person had open last, of all registers, the newest first.
// It is their own record: nobody else is shown it. What they may not know of any more is not
// in it.
func (o Office) LastSeen(ctx context.Context, p staff.Person, limit int) ([]Seen, error) {
	scope := p.Scope()
	found, err := pg.All[Seen](ctx, o.Pool, `
		SELECT m.kind, m.number, `+staff.TitleSQL+` AS title, m.state, l.at FROM matter_look l JOIN matter m ON m.id = l.matter_id
		WHERE l.staff_id = @seen_by AND (`+scope.SQL+`)
		ORDER BY l.at DESC, l.matter_id DESC LIMIT @limit`, scope.With(pg.Args{"seen_by": p.ID, "limit": limit}))
	if err != nil {
		return nil, fmt.Errorf("last seen: %w", err)
	}
	return found, nil
}
