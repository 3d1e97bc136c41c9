package complaint

import (
	"context"
	"fmt"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// settle writes down whom and what it is about now. The unit that stood there before
// stays barred, which the complainant is told.
//
// A unit that would leave nobody to read it is refused: the bars only grow, so
// nobody could take it back.
func settle(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	unit := a.Get("unit")
	someone, err := pg.One[bool](ctx, s.Conn, `
		SELECT somebody_settles(named || @unit::text, meant, persons, '{}', @roles, 'unnamed') FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "unit": unit, "roles": staff.Settling()})
	if err != nil {
		return fmt.Errorf("who is left to read it: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有改。改成这个单位以后，就没有登记员或者督办员能看到这件投诉了。请先由系统管理员在不相干的单位添加一名登记员。")
	}
	if err := stillRead(ctx, s, a, unit); err != nil {
		return err
	}
	s.Word("before", "")
	if before := s.Matter.Unit; before != "" && before != unit {
		was, _, err := r.Units.ByCode(ctx, before)
		if err != nil {
			return err
		}
		s.Word("before", "原来写的"+was.Name+"仍然看不到、也办不了这件投诉。")
	}
	s.SetUnit(unit)
	s.SetCategory(a.Get("category"))
	return resettle(ctx, s, a.Get("category"))
}
