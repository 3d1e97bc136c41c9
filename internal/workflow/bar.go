package workflow

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// ReleaseBar lets somebody have a matter again who was named on it. A table whose
// matters have bars has a row of it, done by a second person.
const ReleaseBar Action = "release_bar"

// Recuse is that somebody who works on a matter has a stake in it and leaves it to others
// (信访工作条例 28): from then on it is in none of their lists, searches and counts. The
// database writes the bar with the event, and a second person may release it.
const Recuse Action = "recuse"

// Recusing is the row of Recuse. It asks for nothing, not even why: a reason would be
// read by those whom it is about.
func Recusing(from []State, by []Role, outsider string) Move {
	m := Move{
		Action: Recuse, Leaves: true, Hard: true, Aside: true, Withheld: WithheldWhole, Sign: Asking, Label: "我要回避", Title: "声明回避", Done: "已经回避", From: from, By: by,
		Effect: "您、您的近亲属同这件事或者里面的人有利害关系的，按一下就行，不用写理由。按下以后，您的列表、搜索和数字里都没有这一件；按错了，请别的督办员解除。",
		Tells:  []Tell{{Template: "recused", To: letter.ToDesk}}, Does: recuse,
	}
	if outsider != "" {
		m.Heading, m.Public = "一名工作人员回避", "一名工作人员声明回避，以后由别人办理。"
	}
	return m
}

// recuse is refused where nobody would be left who sees the matter and can give it to
// others, or who can go on with it in the same office: it would lie where nobody looks.
func recuse(ctx context.Context, s *Step, _ Answers) error {
	role, roles, whom := s.Act.By.Role, staff.Settling(), "登记员或者督办员"
	switch {
	case role == staff.DisciplineOfficer:
		roles, whom = []string{string(role)}, role.Title()
	case !role.Settles():
		return nil
	}
	someone, err := pg.One[bool](ctx, s.Conn, `SELECT somebody_settles(named, meant, persons || @me::bigint, flags, @roles, 'unnamed') FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "me": s.Act.By.StaffID, "roles": roles})
	if err != nil {
		return fmt.Errorf("who is left to read it: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有办。您回避以后，就没有%s能办这一件了。请先由系统管理员在不相干的单位再添加一名。", whom)
	}
	return nil
}

// Note is an internal note: words for whoever works on a matter, and no move.
const Note Action = "note"

// SendAgain writes letters of a matter that did not go out down once more.
const SendAgain Action = "send_again"

// Bar is a unit or a person that was named on a matter and is kept from it, until
// a second person releases it (信访工作条例 30); see staff.Scope.
type Bar struct {
	Unit      string // empty for a person
	UnitName  string
	StaffID   int64
	StaffName string
	How       string // chosen, settled, meant, named or declared
	Released  bool
}

// BarsSQL reads the bars of one matter in the order in which they came; the
// matter's id, as an expression, belongs between it and BarsOrder.
const BarsSQL = `
	SELECT coalesce(b.unit, ''), coalesce(u.name, ''), coalesce(b.staff_id, 0), coalesce(s.name, ''), b.how, b.released_seq IS NOT NULL
	FROM matter_bar b LEFT JOIN unit u ON u.code = b.unit LEFT JOIN staff s ON s.id = b.staff_id
	WHERE b.matter_id = `

// BarsOrder ends what BarsSQL begins.
const BarsOrder = ` ORDER BY b.id`

// hows say how somebody came to be named.
var hows = map[string]string{
	"chosen": "投诉时写的被投诉单位", "settled": "确定过的被投诉单位", "meant": "投诉人写的话可能指它", "named": "里面写到这个姓名或者登录名", "declared": "本人声明回避",
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
// that the matter is about now, each once.
func Releasable(bars []Bar, unit string) []Bar {
	var out []Bar
	for _, b := range bars {
		same := func(o Bar) bool { return o.Value() == b.Value() }
		if !b.Released && (b.Unit == "" || b.Unit != unit) && !slices.ContainsFunc(out, same) {
			out = append(out, b)
		}
	}
	return out
}

// Release is the effect of ReleaseBar: one unit or one person may have the matter
// again, and whatever follows from it, unless it bars them itself.
func Release(ctx context.Context, s *Step, a Answers) error {
	kind, who, _ := strings.Cut(a.Get("bar"), ":")
	args := pg.Args{"id": s.Matter.ID, "bar": who, "seq": s.Seq}
	what := `staff_id::text = @bar`
	if kind == "unit" {
		what = `unit = @bar`
	}
	names, err := pg.All[string](ctx, s.Conn, `
		SELECT coalesce(u.name, CASE b.how WHEN 'declared' THEN '声明回避的一名工作人员' ELSE '里面说到的一名工作人员' END) FROM matter_bar b LEFT JOIN unit u ON u.code = b.unit
		WHERE b.matter_id = @id AND b.released_seq IS NULL AND b.`+what, pg.Args{"id": s.Matter.ID, "bar": who})
	if err != nil {
		return fmt.Errorf("bar to release: %w", err)
	}
	if len(names) == 0 {
		return fault.Fields([]fault.Field{{Name: "bar", Sentence: "这一项没有回避，或者已经解除，请从列出的里面选"}})
	}
	s.Word("bar", names[0])
	s.Queue(`UPDATE matter_bar SET released_seq = @seq WHERE matter_id = @id AND released_seq IS NULL AND `+what, args)
	return nil
}
