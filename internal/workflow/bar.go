package workflow

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// ReleaseBar lets somebody have a matter again who was named on it. A table whose
// matters have bars has a row of it, done by a second person.
const ReleaseBar Action = "release_bar"

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
	How       string // chosen, settled, meant or named
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
	"chosen": "投诉时写的被投诉单位", "settled": "确定过的被投诉单位", "meant": "投诉人写的话可能指它", "named": "里面写到这个姓名或者登录名",
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
func Release(ctx context.Context, s *Step, bar string) error {
	kind, who, _ := strings.Cut(bar, ":")
	args := pg.Args{"id": s.Matter.ID, "bar": who, "seq": s.Seq}
	what := `staff_id::text = @bar`
	if kind == "unit" {
		what = `unit = @bar`
	}
	names, err := pg.All[string](ctx, s.Conn, `
		SELECT coalesce(u.name, '里面说到的一名工作人员') FROM matter_bar b LEFT JOIN unit u ON u.code = b.unit
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
