package own

import (
	"maps"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// moveForm is one move with what it asks for.
type moveForm struct {
	*site.MoveForm
	Said  view.Banner // why it was not done yet
	Until string
	Asked string
}

// moveForm is the form of a move with what was typed into it, which may be nothing.
func (p *Pages) moveForm(c *fiber.Ctx, own *complaint.Own, m workflow.Move, typed workflow.Answers, errs view.Errors) (*moveForm, error) {
	offered := offered(own)
	if typed == nil {
		typed = request.Known(offered, m)
	}
	typed = maps.Clone(typed)
	for _, e := range errs {
		if strings.HasSuffix(e.Name, complaint.PersonalField("")) {
			delete(typed, e.Name) // asked anew, and answered by nothing yet
		}
	}
	f, err := p.MoveForm(c, site.Asking{Of: &p.Complaints.Register, Matter: &own.Matter, Move: m, Typed: typed, Errors: errs, Offered: offered})
	if err != nil {
		return nil, err
	}
	f.URL = ownPath + "/" + string(m.Action)
	f.Hidden = append(f.Hidden, [2]string{"number", own.Matter.Number})
	f.Hidden = append(f.Hidden, complaint.AskedOwn(m, typed, func(question string) bool {
		return view.Errors(errs).For(question) != "" || typed.Get(question) != ""
	})...)
	return &moveForm{MoveForm: f}, nil
}

// movePage is the page of one.
func movePage(frame site.Frame, title string, f *moveForm) site.MovePage {
	return site.MovePage{Frame: frame, Form: f.MoveForm, Title: title, Said: f.Said, Asked: f.Asked,
		Back: view.Ref{Label: "回到这件投诉", Href: ownPath}, Leave: "先不办，回到这件投诉"}
}

// choices are what the complainant may do with their matter now.
func (p *Pages) choices(own *complaint.Own) []workflow.Choice {
	return p.Complaints.Kind.Law.Choices(&own.Matter, site.Complainant, p.Now())
}

// showOwnMove asks for what a move needs.
func (p *Pages) showOwnMove(c *fiber.Ctx) error {
	return p.askOwnMove(c, nil, nil, view.Banner{})
}

func (p *Pages) askOwnMove(c *fiber.Ctx, typed workflow.Answers, errs view.Errors, said view.Banner) error {
	own, _, err := p.own(c)
	switch {
	case fault.Is(err, fault.Expired) && c.Method() == fiber.MethodPost:
		return p.locked(c)
	case fault.Is(err, fault.Expired):
		return web.SeeOther(c, "/track")
	case err != nil:
		return err
	}
	for _, choice := range p.choices(own) {
		if string(choice.Action) != c.Params("action") || choice.Hidden {
			continue
		}
		frame, err := p.frame(c, choice.Label)
		if err != nil {
			return err
		}
		frame.HasErrors = errs.Wrong()
		f, err := p.moveForm(c, own, choice.Move, typed, errs)
		if err != nil {
			return err
		}
		f.Said = said
		if choice.Action == complaint.Supplement {
			f.Asked = asked(own)
		}
		if choice.Over == complaint.SeenAgreement && own.Agreement != nil {
			f.Asked = own.Agreement.All()
		}
		return view.Show(c, movePage(frame, own.Matter.Title, f))
	}
	return fault.New(fault.Conflict, "这一步现在不能办。请回到进度页看看现在到了哪一步。")
}

// hidden shows what became of a text out of which something was taken: what is sent was
// seen.
func (p *Pages) hidden(c *fiber.Ctx, typed workflow.Answers) error {
	c.Status(fiber.StatusUnprocessableEntity)
	return p.askOwnMove(c, typed, nil, view.Banner{Kind: view.Warn, Title: "已经照您说的隐去，还没有交。请看一遍改过的内容，再按下面的按钮。"})
}

// refused ends on the matter, or on the form where it can be sent again: with why it was
// not done and with what was typed, and never on the page of an error.
func (p *Pages) refused(c *fiber.Ctx, typed workflow.Answers, why error) error {
	own, _, err := p.own(c)
	if fault.Is(err, fault.Expired) {
		return p.locked(c)
	}
	if err != nil {
		return err
	}
	said := view.Banner{Kind: view.Warn, Title: fault.SentenceOf(why)}
	web.Refuse(c, why)
	for _, choice := range p.choices(own) {
		if fault.Is(why, fault.Conflict) && string(choice.Action) == c.Params("action") && !choice.Hidden && choice.Why == "" {
			frame, err := p.frame(c, choice.Label)
			if err != nil {
				return err
			}
			f, err := p.moveForm(c, own, choice.Move, typed, nil)
			if err != nil {
				return err
			}
			f.Said = said
			return view.Show(c, movePage(frame, own.Matter.Title, f))
		}
	}
	v, err := p.ownView(c, own)
	if err != nil {
		return err
	}
	v.Refused, v.Sent = said, web.Sent(c).Words()
	return view.Show(c, ownPage(v))
}

// undoneMove shows what was typed for a move that was not done.
func (p *Pages) undoneMove(c *fiber.Ctx) error {
	return p.askOwnMove(c, workflow.Answers(web.Form(c).Map()), nil, view.Banner{})
}

// locked asks for number and code once more, and carries what was typed on.
func (p *Pages) locked(c *fiber.Ctx) error {
	c.Status(fiber.StatusUnauthorized)
	sent := web.Sent(c)
	return p.track(c, trackView{Number: web.Form(c).Get("number"), Notice: "看的时间到了，这一步还没有办。", Kept: &sent})
}

// submitOwnMove carries a move out and leads back to the page of the matter.
func (p *Pages) submitOwnMove(c *fiber.Ctx) error {
	secret, ok := p.Visitor(c, site.UnlockCookie)
	number, okNumber := ownNumber(c)
	if !ok || !okNumber {
		return p.locked(c)
	}
	typed := web.Form(c)
	action, answers := workflow.Action(c.Params("action")), workflow.Answers(typed.Map())
	token, whole := typed.FormToken()
	if rows := p.Complaints.Kind.Law.Rows(action); len(rows) > 0 && rows[0].Over != "" && !typed.Has(rows[0].Over) {
		whole = false
	}
	if !whole {
		if _, _, err := p.own(c); err != nil { // of a matter that is not theirs nothing is said
			return err
		}
		return fault.New(fault.Invalid, "这张表不完整，没有办。请回到这件投诉，再办一次。")
	}
	if shown, hidden := p.Complaints.HideOwn(action, answers); hidden {
		return p.hidden(c, shown)
	}
	done, err := p.Complaints.MoveOwn(c.UserContext(), secret, number, action, token, answers)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return p.askOwnMove(c, answers, errs, view.Banner{})
	}
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Forbidden, fault.TooMany:
		return p.refused(c, answers, err)
	}
	if fault.Is(err, fault.NotFound) {
		if _, _, gone := p.own(c); fault.Is(gone, fault.Expired) {
			return p.locked(c)
		}
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, ownPath+"?done="+string(done.Action))
}
