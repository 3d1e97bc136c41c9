package admin

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// matterView is the page of one complaint.
type matterView struct {
	Frame   view.DeskFrame
	Head    view.MatterHead
	Said    *view.Banner
	Doubt   string   // that it may be about the reader
	Next    view.Ref // what waits after the one just done
	Errors  view.ErrorSummary
	Moves   view.Moves
	Nothing view.Empty    // instead of the moves
	Answer  []view.Button // lead to the draft of the answer
	Story   story
	Outcome view.Facts
	History view.Timeline
	Note    ownForm
	Kept    string // what was typed for a move that is gone, where no note can take it
	Left    []leftover
	Side    templ.Component
}

// ownForm is a move that has its own place on the page; the zero value is none.
type ownForm struct {
	CSRF, Token, URL string
	Choice           workflow.Choice
	Fields           []askedFor
	Draft            view.Draft
	Open             bool
}

func (d *Desk) showMatter(c *fiber.Ctx) error {
	dossier, err := d.dossier(c)
	if err != nil {
		return err
	}
	return d.matterPage(c, dossier, nil)
}

// showMove is the same page with one move standing open: for a link to a move,
// and for whoever reloads after a fault.
func (d *Desk) showMove(c *fiber.Ctx) error {
	dossier, err := d.dossier(c)
	if err != nil {
		return err
	}
	action := workflow.Action(c.Params("action"))
	switch {
	case !complaint.Law.Has(action):
		return fault.New(fault.NotFound, "")
	case !offered(dossier, person(c), action):
		return seeOther(c, matterURL(dossier.Matter.Number))
	case action == complaint.DraftAnswer:
		return d.draftPage(c, dossier, nil)
	}
	return d.matterPage(c, dossier, &attempt{action: action})
}

// dossier reads the complaint of this address under the person's scope.
func (d *Desk) dossier(c *fiber.Ctx) (*complaint.Dossier, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		return nil, fault.New(fault.NotFound, "")
	}
	return d.Complaints.Read(c.UserContext(), person(c), number)
}

func (d *Desk) matterPage(c *fiber.Ctx, dossier *complaint.Dossier, a *attempt) error {
	p, m := person(c), dossier.Matter
	v := matterView{Frame: d.frame(c, m.Title, "complaints"), Head: head(dossier), Story: storyOf(dossier), Outcome: outcomeOf(dossier), History: history(dossier)}
	if err := d.beside(c, &v.Head, m.State); err != nil {
		return err
	}
	v.Frame.PrintFoot = m.Number + "，" + view.MomentFull(d.Now()) + "打印"
	w, err := d.written(c.UserContext(), p, m.Number, a)
	if err != nil {
		return err
	}
	if err := d.matterMoves(c, &v, dossier, w); err != nil {
		return err
	}
	if len(v.Moves.Items) == 0 {
		v.Nothing = nothing(dossier, p)
	}
	if m.Has(staff.ReaderMeant) {
		v.Doubt = "这件投诉里可能说到您本人或者您的单位，因为没有别人能办才给您看。投诉人的身份要由别人来打开。能由别的单位的登记员办的，请让系统管理员添加。"
	}
	if n, ok := dossier.Newest(); ok {
		v.Answer = []view.Button{{Label: "看答复稿（第 " + view.N(n.Version, "稿") + "）", Kind: view.Quiet, Href: matterURL(m.Number) + "/answer"}}
	}
	if offered(dossier, p, complaint.DraftAnswer) {
		v.Answer = append(v.Answer, view.Button{Label: "在整页上写答复稿", Kind: view.Quiet, Href: moveURL(m.Number, complaint.DraftAnswer)})
	}
	d.say(c, &v, dossier, w)
	if err := d.next(c, &v, m.Number); err != nil {
		return err
	}
	side, err := d.side(c, dossier, w)
	if err != nil {
		return err
	}
	v.Side = side
	v.Frame.Keys = matterKeys(v.Head, v.Moves, v.Note.shown())
	return view.Show(c, matterPage(v))
}

// next leads on after a move, to what waits for this person.
func (d *Desk) next(c *fiber.Ctx, v *matterView, number string) error {
	if v.Said == nil || v.Said.Kind != view.Done || c.Query("kept") != "" {
		return nil
	}
	p := person(c)
	waiting, err := d.Complaints.List(c.UserContext(), p.Scope(), complaint.Filter{View: complaint.ViewMine, Person: p}, complaint.Cursor{})
	if err != nil {
		return err
	}
	for _, row := range waiting.Rows {
		if row.Number != number {
			v.Next = view.Ref{Label: row.Title, Href: matterURL(row.Number)}
			break
		}
	}
	return nil
}

// matterMoves fills the buttons, the form for a note, and what was kept of
// forms that are gone.
func (d *Desk) matterMoves(c *fiber.Ctx, v *matterView, dossier *complaint.Dossier, w written) (err error) {
	p := person(c)
	if v.Moves, err = d.moves(c, dossier, w, nil); err != nil {
		return err
	}
	v.Left = w.leftovers(complaint.Law, func(a workflow.Action) bool { return offered(dossier, p, a) }, matterURL(dossier.Matter.Number), v.Moves.CSRF)
	if v.Moves.FormToken, err = d.tokenFor(w.attempt); err != nil {
		return err
	}
	v.Moves.AbsentTitle, v.Moves.Absent = absent(dossier, p)
	v.Note, err = d.ownForm(c, dossier, complaint.Note, w)
	return err
}

// tokenFor is the token of a form that is to be corrected, else a new one.
func (d *Desk) tokenFor(a *attempt) (string, error) {
	if a != nil && a.token != "" && fault.Is(a.err, fault.Invalid) {
		return a.token, nil
	}
	return d.newToken()
}

// ownForm is a hidden move's form; the zero value when the table does not give
// it now.
func (d *Desk) ownForm(c *fiber.Ctx, dossier *complaint.Dossier, action workflow.Action, w written) (ownForm, error) {
	for _, choice := range dossier.Choices(person(c)) {
		if choice.Action != action {
			continue
		}
		fields, err := d.needs(c.UserContext(), dossier, choice.Move, w)
		if err != nil {
			return ownForm{}, err
		}
		token, err := d.newToken()
		if w.tried(action) {
			token, err = d.tokenFor(w.attempt)
		}
		if err != nil {
			return ownForm{}, err
		}
		f := ownForm{CSRF: web.CSRF(c), Token: token, URL: moveURL(dossier.Matter.Number, action), Choice: choice, Fields: fields}
		f.Draft = w.keeping(choice.Move, f.URL, f.CSRF)
		f.Open = w.tried(action) || f.Draft.Back != ""
		return f, nil
	}
	return ownForm{}, nil
}

func (f ownForm) shown() bool { return f.URL != "" }

// say tells what was just done, or why it was not and where the words are.
func (d *Desk) say(c *fiber.Ctx, v *matterView, dossier *complaint.Dossier, w written) {
	a := w.attempt
	if a == nil || a.err == nil {
		if v.Said = doneBanner(c, dossier); v.Said == nil {
			v.Said = w.keptBanner(c)
		}
		return
	}
	if errs := view.ErrorsOf(a.err); len(errs) > 0 && offered(dossier, person(c), a.action) {
		v.Frame.HasErrors = true
		v.Errors = view.ErrorSummary{Resend: labelOf(a.action)}
		for _, f := range errs {
			v.Errors.Errors = append(v.Errors.Errors, fault.Field{Name: fieldID(a.action, f.Name), Sentence: f.Sentence})
		}
		return
	}
	sentence := fault.SentenceOf(a.err)
	if fault.Is(a.err, fault.Invalid) {
		sentence = "这一步没有办，也已经不能办了。现在是“" + complaint.Law.State(dossier.Matter.State).Word + "”。您写的内容还在下面，没有丢。"
	}
	words := wordsFor(complaint.Law.Rows(a.action)[0], a.typed)
	if words == "" {
		sentence = strings.TrimSuffix(sentence, "您写的内容还在下面，没有丢。")
	}
	title, text, _ := strings.Cut(sentence, "。")
	v.Said = &view.Banner{Kind: view.Warn, Title: title, Text: text}
	if !fault.Is(a.err, fault.Forbidden) {
		v.Said.Buttons = []view.Button{{Label: "看看办了什么", Href: "#history"}}
	}
	switch {
	case words == "" || offered(dossier, person(c), a.action):
	case v.Note.shown():
		v.Note.Fields[0].Values = []string{words}
		v.Said.Buttons = append(v.Said.Buttons, view.Button{Label: "把写的记为内部说明", Kind: view.Quiet, Href: "#" + v.Note.Fields[0].ID})
	default:
		v.Kept = words
	}
}

// doneBanner reports a move of this person: the address holds its number in
// the course of events and nothing else.
func doneBanner(c *fiber.Ctx, dossier *complaint.Dossier) *view.Banner {
	for _, name := range []string{"done", "again"} {
		seq, err := strconv.ParseInt(c.Query(name), 10, 64)
		if err != nil {
			continue
		}
		for _, e := range dossier.Events {
			if e.Seq != seq || e.StaffID != person(c).ID {
				continue
			}
			if name == "again" {
				return &view.Banner{Kind: view.Done, Title: "这一步 " + view.Clock(e.At) + " 已经办过了", Text: "没有重复办理。下面是当时的结果。"}
			}
			b := &view.Banner{Kind: view.Done, Title: complaint.Law.Done(e.Action)}
			if e.Action != complaint.Note {
				b.Text = "现在是“" + complaint.Law.State(dossier.Matter.State).Word + "”。"
			}
			return b
		}
	}
	return nil
}

// absent explains the button that people look for and do not find.
func absent(dossier *complaint.Dossier, p staff.Person) (title, text string) {
	if p.Role != staff.Supervisor && p.Role != staff.Leader || complaint.Law.State(dossier.Matter.State).Ended() {
		return "", ""
	}
	switch dossier.Matter.State {
	case complaint.Rated, complaint.ReviewRequested:
		return "", ""
	case complaint.Replied:
		return "为什么没有“办结”", "要等投诉人评价，或者申请复查以后。"
	}
	return "为什么没有“办结”", "要先送出答复，投诉人评价以后才能办结。"
}

// nothing is said where the table gives no move.
func nothing(dossier *complaint.Dossier, p staff.Person) view.Empty {
	info := complaint.Law.State(dossier.Matter.State)
	switch {
	case info.Ended():
		return view.Empty{Title: "本件" + info.Word + "，没有要办的了。"}
	case p.Role == staff.Auditor:
		return view.Empty{Title: "您只能看，不能办。", Text: waitsFor(dossier)}
	}
	return view.Empty{Title: "现在没有要您办的。", Text: waitsFor(dossier)}
}

// waitsFor says who has to do the next thing.
func waitsFor(dossier *complaint.Dossier) string {
	lead := "承办单位"
	if h, ok := dossier.Lead(); ok {
		lead = h.Name
	}
	switch dossier.Matter.State {
	case complaint.SupplementRequired, complaint.Replied:
		return "在等投诉人。"
	case complaint.Dispatched, complaint.Handling:
		return "在" + lead + "手里。"
	case complaint.ResultSubmitted:
		return "在等" + lead + "的负责人批准答复稿。"
	}
	return "在等监督办公室。"
}
