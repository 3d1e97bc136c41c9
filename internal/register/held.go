package register

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Held is a matter under way that a unit has in hand.
type Held struct {
	Kind      workflow.Kind
	Number    string
	Title     string
	State     workflow.State
	Part      string
	StartedAt time.Time
}

// HeldBy are the matters under way that a unit has in hand, of all registers, as far as
// whoever asks may know of them; the oldest first.
func HeldBy(ctx context.Context, q pg.Queryer, scope staff.Scope, unit string, limit int) ([]Held, error) {
	found, err := pg.All[Held](ctx, q, `
		SELECT m.kind, m.number, m.title, m.state, a.part, a.started_at
		FROM assignment a JOIN matter m ON m.id = a.matter_id
		WHERE a.unit = @held_by AND a.ended_at IS NULL AND m.phase <> 3 AND (`+scope.SQL+`)
		ORDER BY a.started_at, m.id LIMIT @limit`, scope.With(pg.Args{"held_by": unit, "limit": limit}))
	if err != nil {
		return nil, fmt.Errorf("held by %s: %w", unit, err)
	}
	return found, nil
}
