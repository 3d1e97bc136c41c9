package matter

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// newURL is the page on which a matter of a register is opened.
func newURL(k *register.Kind) string { return desk.ListURL(k) + "/new" }

// openView is the page of the form by which a matter is opened.
type openView struct {
	Frame  desk.Frame
	Errors view.ErrorSummary
	Said   *view.Banner
	Title  string
	Effect string
	Form   OwnForm
}

// opens are the routes of that page, where the register has one.
func (p Pages[M]) opens() []desk.Route {
	row, ok := p.Kind().Opening()
	if !ok {
		return nil
	}
	openers := desk.Only(row.By...)
	return []desk.Route{desk.Get(newURL(p.Kind()), openers, p.showOpen), desk.Long(desk.Post(newURL(p.Kind()), openers, p.submitOpen).Or(p.undoneOpen))}
}

// offers are the buttons beside the title of the list: the opening of one, and the face's.
func (p Pages[M]) offers(by staff.Person) (buttons []view.Button) {
	if row, ok := p.Kind().Opening(); ok && slices.Contains(row.By, by.Role) {
		buttons = append(buttons, view.Button{Label: row.Label, Href: newURL(p.Kind()), Key: "C"})
	}
	if p.Face.Offers != nil {
		buttons = append(buttons, p.Face.Offers(by)...)
	}
	return buttons
}

func (p Pages[M]) showOpen(c *fiber.Ctx) error { return p.openPage(c, nil) }

// openPage is the form with what was tried, else with what was kept of one.
func (p Pages[M]) openPage(c *fiber.Ctx, a *desk.Attempt) error {
	row, _ := p.Kind().Opening()
	w, err := p.Written(c, "", a)
	if err != nil {
		return err
	}
	v := openView{Frame: p.Frame(c, row.Label, p.Kind().Path), Title: row.Label, Effect: row.Effect, Said: w.KeptBanner(c)}
	typed, errs := w.Into(row.Action, nil)
	v.Form = OwnForm{CSRF: v.Frame.CSRF, URL: newURL(p.Kind()), Choice: workflow.Choice{Move: row}}
	if v.Form.Token, err = p.TokenFor(a); err != nil {
		return err
	}
	if v.Form.Fields, err = style.Fields(c.UserContext(), ask.Form{
		Move: row, Matter: &workflow.Matter{}, Typed: typed, Errors: errs,
		Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
			return p.Register().Choices(ctx, n, nil)
		},
	}); err != nil {
		return err
	}
	v.Form.Draft = w.Keeping(row, v.Form.URL, v.Form.CSRF)
	if a != nil && a.Err != nil {
		v.Frame.Undone = false
		if v.Errors = p.Errors(a); len(v.Errors.Errors) > 0 {
			v.Frame.HasErrors = true
		} else {
			v.Said = &view.Banner{Kind: view.Warn, Title: "没有登记", Text: fault.SentenceOf(a.Err)}
		}
	}
	return view.Show(c, openingPage(v))
}

// submitOpen opens the matter and leads to it.
func (p Pages[M]) submitOpen(c *fiber.Ctx) error {
	row, _ := p.Kind().Opening()
	var names []string
	for _, need := range row.Needs {
		names = append(names, need.Fields()...)
	}
	sheet := staff.Sheet{Form: string(row.Action)}
	if done, err := p.Draft(c, sheet, names, newURL(p.Kind())); done || err != nil {
		return err
	}
	typed, by := web.Form(c), desk.Person(c)
	token, err := desk.ReadToken(typed)
	if err != nil {
		return err
	}
	a := &desk.Attempt{Action: row.Action, Typed: workflow.Answers(typed.Map()), Token: typed.Get("form_token")}
	done, err := p.Register().Begin(c.UserContext(), workflow.Order{Action: row.Action, By: by, Token: token, Answers: a.Typed})
	if err != nil {
		return p.retryOpen(c, a, err)
	}
	if err := p.Staff.DropDraft(c.UserContext(), by, sheet, token, typed.Get(workflow.DraftOf)); err != nil { // it is opened, and that is what the answer has to say
		p.Log.WarnContext(c.UserContext(), "draft of an opening not dropped", "error", err)
	}
	said := "done"
	if done.Repeated {
		said = "again"
	}
	return web.SeeOther(c, desk.MatterURL(p.Kind(), done.Number)+"?"+said+"="+string(row.Action))
}

// retryOpen shows the form again with what was typed and what is wrong with it.
func (p Pages[M]) retryOpen(c *fiber.Ctx, a *desk.Attempt, err error) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
		a.Err = err
		c.Status(web.StatusOf(err))
		return p.openPage(c, a)
	}
	return err
}

// undoneOpen shows what was typed into a form that was not carried out.
func (p Pages[M]) undoneOpen(c *fiber.Ctx) error {
	row, _ := p.Kind().Opening()
	return p.retryOpen(c, &desk.Attempt{Action: row.Action, Typed: workflow.Answers(web.Form(c).Map())},
		fault.New(fault.Forbidden, "登录换过了，或者页面放得太久。您写的内容还在下面，没有丢，请再交一次。"))
}
