package deputy

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// room is a register in whose matters members have part: its pages, under /member.
type room struct {
	*Pages
	*register.Register
	show  func(c *fiber.Ctx, said view.Banner) error // the page of a matter, with what is said on top
	told  func(c *fiber.Ctx, session key.Secret, number string) ([]register.Told, error)
	knows func(c *fiber.Ctx, session key.Secret, number string, a workflow.Action) (known, error) // nil: no form begins with anything
}

// known is what the form of a move begins with; the zero known is nothing.
type known struct {
	offered map[string][]workflow.Option // by need, what there is to choose from
	answers workflow.Answers
	lacks   string // why there is nothing to choose from
}

// knownOf is what the form of a move begins with. No number is a matter that is not yet.
func (r *room) knownOf(c *fiber.Ctx, session key.Secret, number string, a workflow.Action) (known, error) {
	if r.knows == nil {
		return known{}, nil
	}
	return r.knows(c, session, number, a)
}

// home is where its list is, and path the page of a matter.
func (r *room) home() string              { return "/member/" + r.Kind.Path }
func (r *room) path(number string) string { return r.home() + "/" + number }

// routes are the pages of its moves, which follow from its law.
func (r *room) routes() (routes []web.Route) {
	if _, ok := r.Kind.MemberOpening(); ok {
		open := web.Long(web.Post(r.home()+"/new", r.submitNew).Or(r.undoneNew))
		open.Soft = r.Limiter(20, 2*time.Minute)
		routes = append(routes, web.Get(r.home()+"/new", r.showNew), open)
	}
	move := r.home() + "/:number/:action"
	return append(routes,
		web.Get(r.home()+"/:number", func(c *fiber.Ctx) error { return r.show(c, view.Banner{}) }),
		web.Get(move, r.showMove),
		web.Long(web.Post(move, r.submitMove).Or(r.undoneMove)),
	)
}

func (r *room) showNew(c *fiber.Ctx) error {
	return r.askNew(c, workflow.Answers{}, nil, view.Banner{})
}

// undoneNew shows what was typed into a form that opened nothing.
func (r *room) undoneNew(c *fiber.Ctx) error {
	return r.askNew(c, workflow.Answers(web.Form(c).Map()), nil, view.Banner{})
}

// askNew is the form by which a member opens a matter.
func (r *room) askNew(c *fiber.Ctx, typed workflow.Answers, errs view.Errors, said view.Banner) error {
	session, home, err := r.own(c)
	if err != nil {
		return r.orLogin(c, err)
	}
	row, _ := r.Kind.MemberOpening()
	begin, err := r.knownOf(c, session, "", row.Action)
	if err != nil {
		return r.orLogin(c, err)
	}
	f, err := r.MoveForm(c, site.Asking{Of: r.Register, Matter: &workflow.Matter{}, Move: row, Typed: typed, Errors: errs, Offered: begin.offered})
	if err != nil {
		return err
	}
	f.URL = r.home() + "/new"
	frame := r.MemberFrame(c, row.Label, r.Kind.Path, home.Kind)
	frame.HasErrors = errs.Wrong()
	return view.Show(c, site.MovePage{Frame: frame, Form: f, Said: said, Asked: begin.lacks, Back: view.Ref{Label: "回到列表", Href: r.home()}, Leave: "先不交，回到列表"})
}

// submitNew opens the matter and leads to it.
func (r *room) submitNew(c *fiber.Ctx) error {
	row, _ := r.Kind.MemberOpening()
	return r.submit(c, workflow.Order{Action: row.Action}, r.BeginMember, r.askNew)
}

// submit does what a form asks and leads to the matter, or asks again with what was typed
// and why it was not done.
func (r *room) submit(c *fiber.Ctx, o workflow.Order, do func(context.Context, *member.Door, key.Secret, workflow.Order) (workflow.Done, error),
	again func(*fiber.Ctx, workflow.Answers, view.Errors, view.Banner) error) error {
	session, err := r.session(c)
	if err != nil {
		return r.orLogin(c, err)
	}
	token, whole := web.Form(c).FormToken()
	if o.Token, o.Answers = token, workflow.Answers(web.Form(c).Map()); !whole {
		return again(c, o.Answers, nil, view.Banner{Kind: view.Warn, Title: "这张表不完整，没有办。请看一遍，再按一次。"})
	}
	done, err := do(c.UserContext(), r.door, session, o)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return again(c, o.Answers, errs, view.Banner{})
	}
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Forbidden, fault.TooMany:
		web.Refuse(c, err)
		return again(c, o.Answers, nil, view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)})
	}
	if err != nil {
		return r.orLogin(c, err)
	}
	return web.SeeOther(c, r.path(done.Number)+"?done="+string(done.Action))
}

// number is the matter that an address names; what cannot be a number is nobody's, and
// costs a session the same.
func (r *room) number(c *fiber.Ctx) string {
	number, _ := form.ParseNumber(c.Params("number"))
	return number
}

func (r *room) showMove(c *fiber.Ctx) error {
	return r.askMove(c, workflow.Answers{}, nil, view.Banner{})
}

// undoneMove shows what was typed for a move that was not done.
func (r *room) undoneMove(c *fiber.Ctx) error {
	return r.askMove(c, workflow.Answers(web.Form(c).Map()), nil, view.Banner{})
}

// askMove asks for what a move needs, or shows the matter where it cannot be done any more.
func (r *room) askMove(c *fiber.Ctx, typed workflow.Answers, errs view.Errors, said view.Banner) error {
	session, home, err := r.own(c)
	if err != nil {
		return r.orLogin(c, err)
	}
	visit, err := r.Visit(c.UserContext(), r.door, session, r.number(c))
	if err != nil {
		return r.orLogin(c, err)
	}
	action := workflow.Action(c.Params("action"))
	choice, ok := visit.Choice(action)
	if _, known := r.Kind.Law.RowOf(staff.Member, action); !known {
		return site.NotFound()
	}
	if !ok || choice.Why != "" {
		why, err := r.whyNot(c, session, visit, action, choice.Why)
		if err != nil {
			return r.orLogin(c, err)
		}
		if said.Title != "" && choice.Why == "" { // the state was said
			why.Title, why.Text = said.Title, why.when
		} else if said.Title != "" {
			why.Title, why.Text = said.Title, ""
		}
		c.Status(fiber.StatusConflict)
		return r.show(c, why.Banner)
	}
	begin, err := r.knownOf(c, session, visit.Matter.Number, action)
	if err != nil {
		return r.orLogin(c, err)
	}
	if len(typed) == 0 {
		typed = begin.answers
	}
	f, err := r.MoveForm(c, site.Asking{Of: r.Register, Matter: visit.Matter, Move: choice.Move, Typed: typed, Errors: errs, Offered: begin.offered})
	if err != nil {
		return err
	}
	f.URL = r.path(visit.Matter.Number) + "/" + string(action)
	frame := r.MemberFrame(c, choice.Label+"："+visit.Matter.Title, r.Kind.Path, home.Kind)
	frame.HasErrors = errs.Wrong()
	return view.Show(c, site.MovePage{Frame: frame, Form: f, Title: visit.Matter.Title, Said: said, Asked: begin.lacks,
		Back: view.Ref{Label: "回到这一件", Href: r.path(visit.Matter.Number)}, Leave: "先不办，回到这一件"})
}

// refusal is why a step cannot be done, and when it or what stands in its way was done.
type refusal struct {
	view.Banner
	when string
}

// whyNot says why a step is not theirs to do now: what bars it by the law, else that it was
// done, or what they did since.
func (r *room) whyNot(c *fiber.Ctx, session key.Secret, visit *register.Visit, a workflow.Action, bar string) (why refusal, err error) {
	told, err := r.told(c, session, visit.Matter.Number)
	if err != nil {
		return why, err
	}
	why.Banner = view.Banner{Kind: view.Warn, Title: "这一步现在不能办。", Text: bar}
	for _, e := range told {
		row, theirs := r.Kind.Law.RowOf(staff.Member, e.Action)
		if e.Role != staff.Member || !theirs || row.Done == "" {
			continue
		}
		if e.Action == a {
			why.when = "这一步 " + view.MomentText(e.At) + " 已经办过。"
			if bar == "" {
				why.Title, why.Text = "这一步 "+view.MomentText(e.At)+" 已经办过了。", "没有重复办理。下面是当时的结果。"
			}
			return why, nil
		}
		if why.when == "" {
			why.when = view.MomentText(e.At) + "，" + row.Done + "。"
		}
	}
	switch {
	case bar != "":
	case !r.everTheirs(visit, a):
		why.Text = why.when + "这一步现在不由您来办。"
	default:
		why.Text = why.when + "现在是“" + r.Kind.Law.State(visit.Matter.State).Word + "”，不能再办这一步。"
	}
	return why, nil
}

// everTheirs says whether the step is theirs in any state.
func (r *room) everTheirs(visit *register.Visit, a workflow.Action) bool {
	for _, info := range r.Kind.Law.States {
		m := *visit.Matter
		m.State = info.State
		if slices.ContainsFunc(r.Kind.Law.Choices(&m, visit.By, r.Engine.Now()), func(c workflow.Choice) bool { return c.Action == a }) {
			return true
		}
	}
	return false
}

// submitMove carries a move out and leads back to the page of the matter.
func (r *room) submitMove(c *fiber.Ctx) error {
	return r.submit(c, workflow.Order{Number: r.number(c), Action: workflow.Action(c.Params("action"))}, r.MoveMember, r.askMove)
}

// done is what is said on top of a matter's page: by its address, what was just done.
func (r *room) done(c *fiber.Ctx, said view.Banner) view.Banner {
	row, _ := r.Kind.Law.RowOf(staff.Member, workflow.Action(c.Query("done")))
	if said.Title != "" || row.Done == "" {
		return said
	}
	return view.Banner{Kind: view.Done, Title: row.Done + "。"}
}

// moves are the links to what they may do now; what bars a move is said with it.
func (r *room) moves(c *fiber.Ctx, session key.Secret, number string) (site.ActionList, error) {
	visit, err := r.Visit(c.UserContext(), r.door, session, number)
	if err != nil {
		return site.ActionList{}, err
	}
	var list site.ActionList
	for _, choice := range visit.Choices {
		if !choice.Hidden && choice.Why == "" {
			list.Items = append(list.Items, site.ActionLink{Label: choice.Label, Href: r.path(number) + "/" + string(choice.Action), Note: choice.Move.Effect})
		}
	}
	return list, nil
}
