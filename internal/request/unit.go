package request

import (
	"context"
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is asked of another unit: the unit that leads proposes it, and the desk asks. Who is
// asked is for the desk alone to say. That one cannot be asked may be because whoever
// complained has named it, of which no unit is to learn (信访工作条例 30).
const (
	ProposeToUnit workflow.Action = "propose_inquiry"
	RefuseToUnit  workflow.Action = "refuse_inquiry"
)

// Sorts are the kinds that another unit is asked, with what each means.
var Sorts = []workflow.Option{
	{Value: string(Assist), Label: "协查：请它查清、提供材料"},
	{Value: string(Consult), Label: "征求意见：请它说怎么看、怎么办，由它的负责人答"},
}

// ItemsNeed asks for the items of a request to another unit, one a line.
var ItemsNeed = workflow.Need{Name: itemsField, Label: "要它做什么、答什么", Hint: "一行写一项，一项一项地答。", Kind: workflow.AskText, Max: mostText, Ask: "请写要它做什么"}

// UnitMoves are the rows of proposing and refusing.
func (c Course) UnitMoves() []workflow.Move {
	return workflow.Doing([]workflow.Move{
		{
			Action: ProposeToUnit, Writes: true, News: "承办单位想请别的单位协查", Aside: true, Label: "请别的单位协查", Done: "已经提出，等监督办公室定", Title: "提出请别的单位协查", From: c.Working, By: []workflow.Role{staff.Handler, staff.UnitHead}, Unit: workflow.LeadUnit,
			Effect: "请哪个单位、请不请，由监督办公室定，由它发出；本单位不直接找。回复送给本单位。办理期限照走，不因为等回复而暂停。",
			Needs: []workflow.Need{
				{Name: "sort", Label: "协查还是征求意见", Kind: workflow.AskChoice, Options: Sorts, Ask: "请选协查还是征求意见"},
				{Name: "wish", Label: "想请哪个单位", Hint: "写名称，供监督办公室参考。", Kind: workflow.AskLine, Max: 60, Optional: true},
				ItemsNeed,
				{Name: "note", Label: "为什么要请", Hint: "给监督办公室看，不转。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么要请"},
			},
		},
		{
			Action: RefuseToUnit, News: "没有请别的单位", Quiet: true, Label: "不请别的单位", Done: "没有请，已经告诉承办单位", Title: "没有请别的单位", From: c.Open, By: []workflow.Role{staff.Registrar, staff.Supervisor}, Only: []string{ProposedToUnit},
			Effect: "承办单位看得到理由，可以改过再提。理由里不要写哪个单位要回避。",
			Needs: []workflow.Need{
				{Name: ToUnit, Label: "不请哪一号", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选不请哪一号"},
				{Name: "note", Label: "为什么不请", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不请"},
			},
		},
	}, map[workflow.Action]workflow.Deed{ProposeToUnit: proposeToUnit, RefuseToUnit: refuse(ToUnit)})
}

func proposeToUnit(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	if wish := a.Get("wish"); wish != "" {
		s.Act.Note = "想请：" + wish + "。\n" + s.Act.Note
	}
	return proposeOf(ctx, s, a, Kind(a.Get("sort")))
}

// Take notes that what a unit proposed, where one is chosen, goes on in the matter that this
// move opens, and gives its number; 0 where the desk asks by itself. Nothing of it is ever
// put to whoever the matter is from.
func Take(ctx context.Context, s *workflow.Step, a workflow.Answers) (int, error) {
	if a.Get(ToUnit) == "" {
		return 0, nil
	}
	_, r, err := chosen(ctx, s, a, ToUnit, func(r Request) bool { return r.Proposed() && r.Kind.ToUnit() })
	if err != nil {
		return 0, err
	}
	end(s, r, Taken)
	return r.No, nil
}

// Put sends what a matter of its own asks of a unit with this move, which starts the clock
// of the rule.
func Put(ctx context.Context, s *workflow.Step, rule func(Kind) clock.Code) error {
	list, err := under(ctx, s)
	if err != nil {
		return err
	}
	for _, r := range list {
		code := rule(r.Kind)
		put(s, r, code)
		s.Start(code, s.At)
	}
	return nil
}

// AnswerChosen notes that the items which were chosen are answered with this move, or needed
// no more, and says which and whether anything is open then.
func AnswerChosen(ctx context.Context, s *workflow.Step, a workflow.Answers, field string) (what string, open bool, err error) {
	values := a.Chosen(field)
	if len(values) == 0 {
		return "", false, wrong(field, s.Move.Need(field).Ask)
	}
	list, err := under(ctx, s)
	if err != nil {
		return "", false, err
	}
	sql := `INSERT INTO request_answer (matter_id, no, item, seq) VALUES (@id, @no, @item, @seq)`
	if field == waived {
		sql = `INSERT INTO request_waiver (matter_id, no, item, seq) VALUES (@id, @no, @item, @seq)`
	}
	what, ok := list.settle(values, func(r Request, i Item) bool { return r.Open() && i.Open() }, func(r Request, i *Item) {
		if i.Answered = &s.At; field == waived {
			i.Answered, i.Waived = nil, &s.At
		}
		s.Queue(sql, pg.Args{"id": s.Matter.ID, "no": r.No, "item": i.No, "seq": s.Seq})
	})
	if !ok {
		return "", false, fault.New(fault.Conflict, "没有办。您选的里面，有的已经答过了，有的不再需要了。请看现在还有哪几项，再办一次。您写的内容还在下面，没有丢。")
	}
	return what, slices.ContainsFunc(list, Request.Open), nil
}

// OfferedToUnit are the choices of a matter of its own for its reader: the items that are
// open.
func (l List) OfferedToUnit() map[string][]workflow.Option {
	return map[string][]workflow.Option{Answers: l.Asked(), waived: l.Asked()}
}

// WaivedNeed asks which items are needed no more, and AnsweredNeed which are answered.
var (
	WaivedNeed   = workflow.Need{Name: waived, Label: "哪几项", Kind: workflow.AskUnits, From: workflow.FromMatter, Ask: "请选哪几项不再需要"}
	AnsweredNeed = workflow.Need{Name: Answers, Label: "答的是哪几项", Hint: "先答其中几项的，只选那几项，别的再答。", Kind: workflow.AskUnits, From: workflow.FromMatter, Ask: "请选答的是哪几项"}
)
