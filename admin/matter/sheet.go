package matter

import (
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Sheet is how a move is written on a page of its own.
type Sheet[M dossier] struct {
	Title  string                  // of the page
	Note   string                  // beside the head of the form
	Number func(M) string          // of the draft that is written; unless given, of the next answer
	Submit string                  // on the button; the move's label unless given
	Folded bool                    // its form stands on the matter's page too, folded
	Above  func(M) templ.Component // before the form
	Under  templ.Component         // after the fields
	Side   func(M) templ.Component // beside it
	// Paper is what the form would become, for the button that shows it and keeps
	// nothing; with the machine's doubts.
	Paper func(M, workflow.Answers) (document.Paper, []string)
}

// sheetView is the page of a sheet.
type sheetView struct {
	Frame  desk.Frame
	Head   view.MatterHead
	Errors view.ErrorSummary
	Said   *view.Banner
	Above  templ.Component
	Paper  *view.Paper
	Doubts []string
	Title  string
	Note   string
	Form   OwnForm
	Submit string
	Look   bool // the paper can be looked at first
	Under  templ.Component
	Side   templ.Component
}

// preview is what a button of a sheet says that shows the paper and keeps nothing.
const preview = "preview"

// previews says that the button was pressed which shows the paper of a sheet.
func (p Pages[M]) previews(c *fiber.Ctx, action workflow.Action) bool {
	return p.Face.Sheets[action].Paper != nil && web.Form(c).Get("do") == preview
}

// showSheet is the page of a sheet, with what was tried; looked is a form whose paper is
// shown, where that was asked for.
func (p Pages[M]) showSheet(c *fiber.Ctx, m M, a *desk.Attempt, looked workflow.Answers) error {
	base, sheet := m.Base(), p.Face.Sheets[a.Action]
	number, title := base.Matter.Number, sheet.Title+"："+base.Matter.Title
	v := sheetView{
		Frame: p.Frame(c, title, p.Kind().Path), Head: p.Head(m), Title: sheet.Title, Note: sheet.Note, Submit: sheet.Submit, Look: sheet.Paper != nil,
		Under: sheet.Under, Side: templ.NopComponent,
	}
	v.Head.Back, v.Head.Title = view.Ref{Label: number, Href: p.Onwards(c, desk.MatterURL(p.Kind(), number))}, title
	v.Head.Number = "第 1 稿"
	if draft := p.draft(m); draft != nil {
		v.Head.Number = "第 " + view.N(draft.Version+1, "稿")
	}
	if sheet.Number != nil {
		v.Head.Number = sheet.Number(m)
	}
	w, err := p.Written(c, number, a)
	if err != nil {
		return err
	}
	if v.Form, err = p.OwnForm(c, m, a.Action, w); err != nil {
		return err
	}
	if v.Submit == "" {
		v.Submit = v.Form.Choice.Label
	}
	if sheet.Above != nil {
		v.Above = sheet.Above(m)
	}
	if sheet.Side != nil {
		v.Side = sheet.Side(m)
	}
	if p.issues() {
		v.Side = templ.Join(v.Side, SidePanels(desk.ClockPanel{}, p.signPanel(newestHeld(base, p.draft(m)), p.draft(m))))
	}
	v.Said = w.KeptBanner(c)
	if a.Err != nil {
		v.Frame.Undone = false
		v.Errors = p.Errors(a)
		v.Frame.HasErrors = v.Errors.Errors.Wrong()
		v.Errors.Resend = v.Submit
		if sentence := fault.SentenceOf(a.Err); len(v.Errors.Errors) == 0 && sentence != "" {
			head, text, _ := strings.Cut(sentence, "。")
			v.Said = &view.Banner{Kind: view.Warn, Title: head, Text: text}
		}
	}
	if looked != nil {
		said, doubts := sheet.Paper(m, looked)
		paper := paperView(said, base.Issuer.Prefix)
		v.Paper, v.Doubts = &paper, doubts
	}
	return view.Show(c, sheetPage(v))
}

// lookAt shows the paper of what is written and keeps nothing; what is wrong with it is
// said as if it were sent.
func (p Pages[M]) lookAt(c *fiber.Ctx, o workflow.Order, a *desk.Attempt) error {
	if _, a.Err = p.Register().Act(c.UserContext(), o); a.Err != nil {
		return p.retry(c, a)
	}
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	if base := m.Base(); !base.Offers(o.By, o.Action) {
		a.Err = fault.New(fault.Conflict, "“%s”现在不能办，现在是“%s”。您写的内容还在下面，没有丢。", p.Kind().Law.Label(o.Action), p.Kind().Law.State(base.Matter.State).Word)
		return p.retry(c, a)
	}
	return p.showSheet(c, m, a, o.Answers)
}
