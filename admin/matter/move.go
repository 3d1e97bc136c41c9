package matter

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/ladder"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// order is what a form asks a register to do.
func order(c *fiber.Ctx) (workflow.Order, *desk.Attempt, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		return workflow.Order{}, nil, fault.New(fault.NotFound, "")
	}
	typed := web.Form(c)
	token, err := desk.ReadToken(typed)
	if err != nil {
		return workflow.Order{}, nil, err
	}
	a := &desk.Attempt{Action: workflow.Action(c.Params("action")), Typed: workflow.Answers(typed.Map()), Token: typed.Get("form_token")}
	return workflow.Order{Number: number, Action: a.Action, By: desk.Person(c), Token: token, Answers: a.Typed}, a, nil
}

// openSheet is what the button of a move says that is written on a page of its own.
const openSheet = "open"

// submitMove carries any move of the table out.
func (p Pages[M]) submitMove(c *fiber.Ctx) error {
	if done, err := p.draftOfMove(c); done || err != nil {
		return err
	}
	o, a, err := order(c)
	if err != nil {
		return err
	}
	if desk.Take(web.Form(c).Map()) {
		return p.takeInto(c, a)
	}
	if done, err := p.blockInto(c, a); done || err != nil {
		return err
	}
	if p.previews(c, o.Action) {
		return p.lookAt(c, o, a)
	}
	if call := p.Face.Calls[o.Action]; call != nil {
		if done, err := call(c, o, a); done || err != nil {
			return err
		}
	}
	if _, ok := p.Face.Sheets[o.Action]; ok && web.Form(c).Get("do") == openSheet {
		return web.SeeOther(c, p.Onwards(c, desk.MoveURL(p.Kind(), o.Number, o.Action)))
	}
	if rows := p.Kind().Law.Rows(o.Action); len(rows) > 0 && rows[0].Over != "" && !web.Form(c).Has(rows[0].Over) {
		a.Err = fault.New(fault.Conflict, "没有办：这张表不完整。您写的内容还在下面，没有丢。")
	}
	if a.Err == nil {
		done, err := p.Register().Move(c.UserContext(), o)
		said := "done"
		switch {
		case err != nil:
			a.Err = err
		case done.Repeated && done.Action != o.Action:
			a.Err, a.Token = fault.New(fault.Conflict, "这一步没有办，您写的内容还在。这个页面刚才已经用来“%s”过一次，现在换了新的，请再按一次。", p.Kind().Law.Title(done.Action)), ""
		case done.Repeated:
			said = "again"
			fallthrough
		default:
			said += "=" + string(done.Action)
			if p.Kind().Law.Rows(done.Action)[0].Leaves {
				return web.SeeOther(c, desk.ListURL(p.Kind())+"?"+said) // the matter is none of theirs now
			}
			return web.SeeOther(c, p.Onwards(c, desk.MatterURL(p.Kind(), o.Number)+"?"+said))
		}
	}
	return p.retry(c, a)
}

// takeInto shows the form again with what was suggested in its field.
func (p Pages[M]) takeInto(c *fiber.Ctx, a *desk.Attempt) error {
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	if !p.Kind().Law.Has(a.Action) {
		return fault.New(fault.NotFound, "")
	}
	a.Token = ""
	return p.again(c, m, a)
}

// undoneMove shows the matter with what was typed for a move that was not done.
func (p Pages[M]) undoneMove(c *fiber.Ctx) error {
	typed, action := web.Form(c), workflow.Action(c.Params("action"))
	if !p.Kind().Law.Has(action) {
		return fault.New(fault.NotFound, "")
	}
	return p.retry(c, &desk.Attempt{Action: action, Typed: workflow.Answers(typed.Map()),
		Err: fault.New(fault.Forbidden, "刚才这一步还没有办。登录换过了，或者页面放得太久。您写的内容还在下面，没有丢。")})
}

// retry shows the matter again with what went wrong and what was typed.
func (p Pages[M]) retry(c *fiber.Ctx, a *desk.Attempt) error {
	switch fault.KindOf(a.Err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
	case fault.NotFound:
		return fault.New(fault.NotFound, "")
	default:
		return a.Err
	}
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	if p.Face.Refuse != nil {
		a.Err = p.Face.Refuse(m, a)
	}
	c.Status(web.StatusOf(a.Err))
	return p.again(c, m, a)
}

// StateTag shows a state of a table.
func StateTag(t *workflow.Table, s workflow.State) view.StatusTag {
	info := t.State(s)
	return view.StatusTag{Word: info.Word, Sign: string(info.Sign)}
}

// Moves are 现在您可以: what the table gives this person now, the expected one
// first, hard ones last. keep chooses those of one page; nil keeps all.
func (p Pages[M]) Moves(c *fiber.Ctx, m M, w desk.Written, keep func(workflow.Action) bool) (desk.Moves, error) {
	by, base, out := desk.Person(c), m.Base(), desk.Moves{CSRF: web.CSRF(c)}
	first := base.First(by)
	var choices []workflow.Choice
	for _, choice := range base.Choices(by) {
		if !choice.Hidden && (keep == nil || keep(choice.Action)) {
			choices = append(choices, choice)
		}
	}
	slices.SortStableFunc(choices, func(x, y workflow.Choice) int {
		return cmp.Compare(weight(x, first, &base.Matter), weight(y, first, &base.Matter))
	})
	for _, choice := range choices {
		item := desk.Move{
			Action: string(choice.Action), URL: p.Onwards(c, desk.MoveURL(p.Kind(), base.Matter.Number, choice.Action)), Label: choice.Label, Consequence: choice.Effect + p.also(m, choice.Action), WhyNot: choice.Why,
		}
		item.Inputs = shown(&base.Matter, choice.Move)
		sheet, written := p.Face.Sheets[choice.Action]
		switch {
		case choice.Action == first:
			item.Kind, item.Strong, item.Open = view.Go, firstSentence(choice.Effect), !written
		case choice.Hard:
			item.Kind = view.Hard
		}
		switch needs := choice.Asked(&base.Matter); {
		case written && !sheet.Folded:
			item.Inputs = append(item.Inputs, desk.HiddenInput{Name: "do", Value: openSheet})
		case len(needs) > 0 && choice.Why == "":
			fields, err := p.needs(c, m, choice.Move, w)
			if err != nil {
				return out, err
			}
			item.Fields, item.Draft = fields, w.Keeping(choice.Move, item.URL, out.CSRF)
			item.Open = item.Open || w.Tried(choice.Action) || item.Draft.Back != ""
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// shown is what a form of a move was filled in over, or binds.
func shown(m *workflow.Matter, row workflow.Move) (inputs []desk.HiddenInput) {
	for _, name := range []string{row.Seen, row.Over} {
		if name != "" {
			inputs = append(inputs, desk.HiddenInput{Name: name, Value: m.Seen[name]})
		}
	}
	return inputs
}

// weight sorts moves: the expected one, what is proposed, ordinary ones, barred ones, hard
// ones.
func weight(c workflow.Choice, first workflow.Action, m *workflow.Matter) int {
	switch {
	case c.Why == "" && proposed(m, c.Action):
		return -1
	case c.Action == first:
		return 0
	case c.Hard:
		return 3
	case c.Why != "":
		return 2
	}
	return 1
}

// proposed says that the ladder proposes a move to a matter.
func proposed(m *workflow.Matter, a workflow.Action) bool {
	for flag, action := range ladder.Proposes {
		if action == a && m.Has(flag) {
			return true
		}
	}
	return false
}

func firstSentence(s string) string {
	head, _, found := strings.Cut(s, "。")
	if !found {
		return ""
	}
	return head + "。"
}

// draftOfMove answers the buttons of a draft beside a move of the table; false
// when it is the move itself that is sent.
func (p Pages[M]) draftOfMove(c *fiber.Ctx) (bool, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	action := workflow.Action(c.Params("action"))
	allowed := func(role staff.Role) bool { return p.Kind().Law.Allows(role, action) }
	if !ok || !slices.ContainsFunc(desk.Person(c).Roles(), allowed) {
		return false, nil // the move says that there is none, or that it is not theirs
	}
	var names []string
	for _, need := range p.Kind().Law.Rows(action)[0].Needs {
		names = append(names, need.Fields()...)
	}
	if err := p.Office.StillAt(c.UserContext(), desk.Person(c), number); err != nil {
		return false, err
	}
	return p.Draft(c, staff.Sheet{Matter: number, Form: string(action)}, names, p.Onwards(c, desk.MoveURL(p.Kind(), number, action)))
}

// also is what a move does besides in this matter, after what the law says of it.
func (p Pages[M]) also(m M, a workflow.Action) string {
	if p.Face.Also == nil {
		return ""
	}
	return p.Face.Also(m, a)
}
