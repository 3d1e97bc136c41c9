package discipline

import (
	"context"
	"errors"
	"fmt"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// EndDue closes the cases whose publicity is over. The public query has ended
// them by date already; this only writes it down, so that running late or
// twice does no harm. It drains everything that is due and says how many.
func (r *Register) EndDue(ctx context.Context) (int, error) {
	due, err := pg.All[string](ctx, r.Pool, `
		SELECT m.number FROM matter m
		WHERE m.kind = 'case' AND m.state = 'published' AND NOT EXISTS (
			SELECT 1 FROM notice n WHERE n.matter_id = m.id AND n.taken_down_at IS NULL AND n.until >= @today)
		ORDER BY m.id`, pg.Args{"today": clock.On(r.Engine.Now())})
	if err != nil {
		return 0, fmt.Errorf("publicity that is over: %w", err)
	}
	n := 0
	var faults []error
	for _, number := range due {
		_, err := r.Engine.Do(ctx, Law, workflow.Act{
			Number: number, Action: EndPublicity, By: workflow.Actor{Name: staff.System.Title(), Role: staff.System},
		}, nil)
		switch {
		case err == nil:
			n++
		case !fault.Is(err, fault.Conflict): // another worker was first
			faults = append(faults, fmt.Errorf("end publicity of %s: %w", number, err))
		}
	}
	return n, errors.Join(faults...)
}
