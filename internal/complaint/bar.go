package complaint

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Bar is a unit or a person that was named on a complaint and is kept from it,
// until a second person releases it (信访工作条例 30).
type Bar struct {
	Unit      string // empty for a person
	UnitName  string
	StaffID   int64
	StaffName string
	How       string // chosen, settled, meant or named
	Released  bool
}

// hows say how somebody came to be named.
var hows = map[string]string{
	"chosen": "投诉时写的被投诉单位", "settled": "确定过的被投诉单位", "meant": "投诉人写的话可能指它", "named": "投诉里写到这个姓名或者登录名",
}

// Why is how it came to be named, in Chinese.
func (b Bar) Why() string { return hows[b.How] }

// Name is who is barred.
func (b Bar) Name() string { return b.UnitName + b.StaffName }

// Value is the bar as the form of its release names it.
func (b Bar) Value() string {
	if b.Unit != "" {
		return "unit:" + b.Unit
	}
	return "staff:" + strconv.FormatInt(b.StaffID, 10)
}

// Releasable are the bars that a second person may release: all but the unit
// that it is about now, each once.
func (d *Dossier) Releasable() []Bar {
	var out []Bar
	for _, b := range d.Bars {
		same := func(o Bar) bool { return o.Value() == b.Value() }
		if !b.Released && (b.Unit == "" || b.Unit != d.Matter.Unit) && !slices.ContainsFunc(out, same) {
			out = append(out, b)
		}
	}
	return out
}

// settle writes down whom it is about now. The unit that stood there before
// stays barred, which the complainant is told.
//
// A unit that would leave nobody to read it is refused: the bars only grow, so
// nobody could take it back.
func (r *Register) settle(ctx context.Context, s *workflow.Step, unit string) error {
	someone, err := pg.One[bool](ctx, s.Conn, `
		SELECT somebody_settles(named || @unit::text, meant, persons, '{}', @roles, 'unnamed') FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "unit": unit, "roles": staff.Settling()})
	if err != nil {
		return fmt.Errorf("who is left to read it: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有改。改成这个单位以后，就没有登记员或者督办员能看到这件投诉了。请先由系统管理员在不相干的单位添加一名登记员。")
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
	return nil
}

// releaseBar lets one unit or one person have it again.
func (r *Register) releaseBar(ctx context.Context, s *workflow.Step, bar string) error {
	kind, who, _ := strings.Cut(bar, ":")
	args := pg.Args{"id": s.Matter.ID, "bar": who, "seq": s.Seq}
	what, said := `staff_id::text = @bar`, "投诉里说到的一名工作人员"
	if kind == "unit" {
		u, _, err := r.Units.ByCode(ctx, who)
		if err != nil {
			return err
		}
		what, said = `unit = @bar`, u.Name
	}
	there, err := pg.One[bool](ctx, s.Conn, `
		SELECT EXISTS (SELECT FROM matter_bar WHERE matter_id = @id AND released_seq IS NULL AND `+what+`)`, pg.Args{"id": s.Matter.ID, "bar": who})
	if err != nil {
		return fmt.Errorf("bar to release: %w", err)
	}
	if !there {
		return fault.Fields([]fault.Field{{Name: "bar", Sentence: "这一项没有回避，或者已经解除，请从列出的里面选"}})
	}
	s.Word("bar", said)
	s.Queue(`UPDATE matter_bar SET released_seq = @seq WHERE matter_id = @id AND released_seq IS NULL AND `+what, args)
	return nil
}
