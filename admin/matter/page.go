package matter

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
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

// matterView is the page of one matter.
type matterView struct {
	Frame    desk.Frame
	Head     view.MatterHead
	Said     *view.Banner
	Next     view.Ref // what waits after the one just done
	ListOver view.Ref // the list, where nothing is after it
	Others   []string // who else is at it
	Top      templ.Component
	Errors   view.ErrorSummary
	Moves    desk.Moves
	Nothing  view.Empty    // instead of the moves
	Links    []view.Button // lead to what has a page of its own
	Body     templ.Component
	Course   string
	History  view.Timeline
	Note     OwnForm
	Kept     string // what was typed for a move that is gone, where no note can take it
	Left     []desk.Leftover
	Side     templ.Component
}

// OwnForm is a move that has its own place on the page; the zero value is none.
type OwnForm struct {
	CSRF, Token, URL string
	Choice           workflow.Choice
	Fields           ask.Fields
	Draft            desk.Draft
	Open             bool
	Over             []desk.HiddenInput // what it is filled in over
}

// Shown says that there is one.
func (f OwnForm) Shown() bool { return f.URL != "" }

func (p Pages[M]) showMatter(c *fiber.Ctx) error {
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	return p.page(c, m, nil)
}

// showMove is the same page with one move standing open: for a link to a move,
// and for whoever reloads after a fault.
func (p Pages[M]) showMove(c *fiber.Ctx) error {
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	action, base := workflow.Action(c.Params("action")), m.Base()
	switch {
	case !p.Kind().Law.Has(action):
		return fault.New(fault.NotFound, "")
	case !base.Offers(desk.Person(c), action):
		return web.SeeOther(c, p.Onwards(c, desk.MatterURL(p.Kind(), base.Matter.Number)))
	}
	return p.again(c, m, &desk.Attempt{Action: action})
}

// again is the page on which an attempt is gone on with.
func (p Pages[M]) again(c *fiber.Ctx, m M, a *desk.Attempt) error {
	if _, ok := p.Face.Sheets[a.Action]; ok && m.Base().Offers(desk.Person(c), a.Action) {
		return p.showSheet(c, m, a, nil)
	}
	return p.page(c, m, a)
}

func (p Pages[M]) page(c *fiber.Ctx, m M, a *desk.Attempt) error {
	by, base := desk.Person(c), m.Base()
	number := base.Matter.Number
	v := matterView{Frame: p.Frame(c, base.Matter.Title, p.Kind().Path), Head: p.Head(m), Course: p.Face.Course, History: p.history(m)}
	if err := p.beside(c, &v.Head, base.Matter.State); err != nil {
		return err
	}
	v.Frame.PrintFoot = number + "，" + view.MomentFull(p.Now()) + "打印"
	w, err := p.Written(c, number, a)
	if err != nil {
		return err
	}
	if err := p.forms(c, &v, m, w); err != nil {
		return err
	}
	if len(v.Moves.Items) == 0 {
		v.Nothing = p.nothing(base, by)
	}
	if p.Face.Top != nil {
		v.Top = p.Face.Top(m)
	}
	if p.Face.Links != nil {
		for _, link := range p.Face.Links(m, by) {
			link.Href = p.Onwards(c, link.Href)
			v.Links = append(v.Links, link)
		}
	}
	if p.Face.Body != nil {
		v.Body = p.Face.Body(c, m)
	}
	p.say(c, &v, m, w)
	v.Frame.Undone = false // said beside the form
	if err := p.next(c, &v, number); err != nil {
		return err
	}
	if v.Side, err = p.side(c, m, w); err != nil {
		return err
	}
	if err := p.look(c, &v, m); err != nil {
		return err
	}
	v.Frame.Keys = desk.MatterKeys(v.Head, v.Moves, v.Note.Shown())
	return view.Show(c, matterPage(v))
}

// Head is the top of a matter's page.
func (p Pages[M]) Head(m M) view.MatterHead {
	matter := m.Base().Matter
	h := view.MatterHead{
		Back: view.Ref{Label: p.Kind().Law.Noun, Href: desk.ListURL(p.Kind())}, Number: matter.Number, Title: matter.Title,
		Status: StateTag(p.Kind().Law, matter.State),
	}
	if p.Face.Facts != nil {
		h.FactList = p.Face.Facts(m)
	}
	return h
}

// side is what stands beside: the terms, what the face has, and the documents.
func (p Pages[M]) side(c *fiber.Ctx, m M, w desk.Written) (templ.Component, error) {
	table, err := p.Register().Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return nil, err
	}
	all := []templ.Component{SidePanels(clockPanel(table, m.Base(), p.Now()), requestPanel(m.Base(), p.Kind().Law.Outsider, p.Kind().Law.State(m.Base().Matter.State).Ended()))}
	if p.Face.Side != nil {
		own, err := p.Face.Side(c, m, w)
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	if p.issues() {
		all = append(all, SidePanels(desk.ClockPanel{}, p.Carried(c, p.papers(m)...)...))
	}
	return templ.Join(all...), nil
}

// next leads on after a move: in the list that the matter was opened from, else to what
// waits for this person; never to what a colleague is at.
func (p Pages[M]) next(c *fiber.Ctx, v *matterView, number string) error {
	if v.Said == nil || v.Said.Kind != view.Done || c.Query("kept") != "" {
		return nil
	}
	by := desk.Person(c)
	a := askedOf(c, p.Kind(), by, p.Now())
	if !a.listed {
		a.View = register.ViewMine
	}
	next, err := p.Register().NextFor(c.UserContext(), by, a.Filter, a.place, number)
	if err != nil {
		return err
	}
	switch {
	case next.Number != "":
		v.Next = view.Ref{Label: next.Title, Href: a.matter(next.Number)}
	case a.listed:
		v.ListOver = view.Ref{Label: "回到列表", Href: Address(p.Kind(), a.values)}
	}
	return nil
}

// look notes who is at the matter, and says which colleague is.
func (p Pages[M]) look(c *fiber.Ctx, v *matterView, m M) error {
	look, err := p.Register().Look(c.UserContext(), desk.Person(c), &m.Base().Matter)
	if err != nil {
		return err
	}
	for i, e := range m.Base().Events { // in the order of the course, which has what is still to come before them
		at := len(v.History.Items) - len(m.Base().Events) + i
		v.History.Items[at].New = look.Seen > 0 && e.Seq > look.Seen && e.StaffID != desk.Person(c).ID
	}
	if len(v.Moves.Items) == 0 {
		return nil
	}
	for _, other := range look.Others {
		v.Others = append(v.Others, other.Name+" "+view.Clock(other.At)+" 打开了这一件，可能正在办。")
	}
	return nil
}

// forms fills the buttons, the form for a note, and what was kept of forms that are
// gone.
func (p Pages[M]) forms(c *fiber.Ctx, v *matterView, m M, w desk.Written) (err error) {
	by, base := desk.Person(c), m.Base()
	if v.Moves, err = p.Moves(c, m, w, nil); err != nil {
		return err
	}
	v.Left = w.Leftovers(p.Kind().Law, func(a workflow.Action) bool { return base.Offers(by, a) }, desk.MatterURL(p.Kind(), base.Matter.Number), v.Moves.CSRF)
	if v.Moves.FormToken, err = p.TokenFor(w.Attempt); err != nil {
		return err
	}
	if p.Face.Absent != nil {
		v.Moves.AbsentTitle, v.Moves.Absent = p.Face.Absent(m, by)
	}
	if v.Note, err = p.OwnForm(c, m, workflow.Note, w); err != nil {
		return err
	}
	if len(v.Note.Fields) > 0 { // it stands at the end of the course of events, small and with a key of its own
		words := &v.Note.Fields[0]
		words.Label, words.Key, words.Rows = "写一条内部说明", "N", 0
	}
	return nil
}

// OwnForm is a hidden move's form; the zero value when the table does not give
// it now.
func (p Pages[M]) OwnForm(c *fiber.Ctx, m M, action workflow.Action, w desk.Written) (OwnForm, error) {
	base := m.Base()
	for _, choice := range base.Choices(desk.Person(c)) {
		if choice.Action != action {
			continue
		}
		fields, err := p.needs(c, m, choice.Move, w)
		if err != nil {
			return OwnForm{}, err
		}
		token, err := p.NewToken()
		if w.Tried(action) {
			token, err = p.TokenFor(w.Attempt)
		}
		if err != nil {
			return OwnForm{}, err
		}
		f := OwnForm{CSRF: web.CSRF(c), Token: token, URL: p.Onwards(c, desk.MoveURL(p.Kind(), base.Matter.Number, action)), Choice: choice, Fields: fields, Over: shown(&base.Matter, choice.Move)}
		f.Draft = w.Keeping(choice.Move, f.URL, f.CSRF)
		f.Open = w.Tried(action) || f.Draft.Back != ""
		return f, nil
	}
	return OwnForm{}, nil
}

// say tells what was just done, or why it was not and where the words are.
func (p Pages[M]) say(c *fiber.Ctx, v *matterView, m M, w desk.Written) {
	a, base := w.Attempt, m.Base()
	if a == nil || a.Err == nil {
		if v.Said = p.doneBanner(c, m); v.Said == nil {
			v.Said = w.KeptBanner(c)
		}
		return
	}
	if v.Errors = p.Errors(a); len(v.Errors.Errors) > 0 && base.Offers(desk.Person(c), a.Action) {
		v.Frame.HasErrors = v.Errors.Errors.Wrong()
		return
	}
	v.Errors = view.ErrorSummary{}
	sentence := fault.SentenceOf(a.Err)
	if fault.Is(a.Err, fault.Invalid) {
		sentence = "这一步没有办。" + p.barred(base, desk.Person(c), a.Action) + "您写的内容还在下面，没有丢。"
	}
	words := desk.WordsFor(p.Kind().Law.Rows(a.Action)[0], a.Typed)
	if words == "" {
		sentence = strings.TrimSuffix(sentence, "您写的内容还在下面，没有丢。")
	}
	title, text, _ := strings.Cut(sentence, "。")
	v.Said = &view.Banner{Kind: view.Warn, Title: title, Text: text}
	if !fault.Is(a.Err, fault.Forbidden) {
		v.Said.Buttons = []view.Button{{Label: "看看办了什么", Href: "#history"}}
	}
	switch {
	case words == "" || base.Offers(desk.Person(c), a.Action):
	case v.Note.Shown():
		v.Note.Fields[0].Values = []string{words}
		v.Said.Buttons = append(v.Said.Buttons, view.Button{Label: "把写的记为内部说明", Kind: view.Quiet, Href: "#" + v.Note.Fields[0].ID})
	default:
		v.Kept = words
	}
}

// barred says why what was tried with faults is not offered either: as the law says it,
// where the matter may still come to it.
func (p Pages[M]) barred(base *register.Dossier, by staff.Person, a workflow.Action) string {
	for _, choice := range base.Choices(by) {
		if choice.Action == a && choice.Why != "" {
			return choice.Why
		}
	}
	return "现在是“" + p.Kind().Law.State(base.Matter.State).Word + "”，也已经不能办了。"
}

// Errors are the faults of an attempt, pointing at the fields by the ids that they
// have on the page.
func (p Pages[M]) Errors(a *desk.Attempt) view.ErrorSummary {
	return view.ErrorSummary{Resend: p.Kind().Law.Label(a.Action), Errors: ask.Faults(a.Action, view.ErrorsOf(a.Err))}
}

// doneBanner reports the last move of this sort of this person. The address holds its
// name, and not its number in the course of events: that would tell a handling unit how
// many there are that it is not to know of.
func (p Pages[M]) doneBanner(c *fiber.Ctx, m M) *view.Banner {
	law, base := p.Kind().Law, m.Base()
	for _, name := range []string{"done", "again"} {
		action := workflow.Action(c.Query(name))
		for _, e := range base.Events {
			if e.Action != action || e.StaffID != desk.Person(c).ID || law.Done(e.Action) == "" {
				continue
			}
			if name == "again" {
				b := desk.DoneBefore(e.At)
				return &b
			}
			b := &view.Banner{Kind: view.Done, Title: law.Done(e.Action)}
			if e.Action != workflow.Note {
				b.Text = "现在是“" + law.State(base.Matter.State).Word + "”。" + p.aside(m, e)
			}
			return b
		}
	}
	return nil
}

// nothing is said where the table gives no move.
func (p Pages[M]) nothing(base *register.Dossier, by staff.Person) view.Empty {
	info := p.Kind().Law.State(base.Matter.State)
	text := info.Doing
	// What is said to an outsider is not said to staff.
	if holder := base.Holder(); holder != "" && (text == "" || p.Kind().Law.Outsiders()) {
		text = "在等" + holder + "。"
	}
	switch {
	case info.Ended():
		return view.Empty{Title: p.Face.It + info.Word + "，没有要办的了。"}
	case !p.Kind().MovedBy(by.Role):
		return view.Empty{Title: "您只能看，不能办。", Text: text}
	}
	return view.Empty{Title: "现在没有要您办的。", Text: text}
}

// aside is what the face adds to the word of a move being done.
func (p Pages[M]) aside(m M, e register.Happening) string {
	if p.Face.Aside == nil {
		return ""
	}
	return p.Face.Aside(m, e)
}

// history is the course of events, what the table foretells on top.
func (p Pages[M]) history(m M) view.Timeline {
	k, base := p.Kind(), m.Base()
	untold := p.Face.Untold != nil && p.Face.Untold(m)
	t := view.Timeline{Desk: true, Reader: k.Law.Outsider}
	for _, m := range slices.Backward(k.Law.Ahead(base.Matter.State)) {
		t.Items = append(t.Items, view.TimelineItem{Title: k.Law.Title(m.Action), Text: m.Ahead, State: view.Future})
	}
	outsiders := k.Law.Outsiders()
	ended := k.Law.State(base.Matter.State).Ended()
	for i, e := range base.Events {
		sign := k.Law.Sign(e.Action)
		item := view.TimelineItem{Title: k.Law.Title(e.Action), Text: k.Law.ForStaff(e.Action, e.Public), Who: p.who(e), At: e.At, Day: e.Coarse, Shape: view.ShapeOf(string(sign)), SeenBy: view.Public}
		if untold || sign == workflow.Shown {
			item.SeenBy = view.Unmarked
		}
		switch {
		case sign == workflow.Shown:
			item.Quote = e.Note
		case e.Public == "" || !outsiders:
			item.SeenBy, item.Quote = view.Inside, e.Note
		case e.Note != "":
			item.Body = insideNote(e.Note)
		}
		if e.Words != "" {
			item.Quote, item.Apart = e.Words, e.Apart
		}
		if i == 0 && !ended && item.Shape == view.ShapeNone {
			item.State = view.Now
		}
		t.Items = append(t.Items, item)
	}
	return t
}

// who did it. Where matters are given to units, these are said; elsewhere all are of
// the office, and in which capacity they acted is what tells.
func (p Pages[M]) who(e register.Happening) string {
	if !p.Kind().Given {
		e.Unit = ""
	}
	if e.Role == staff.Member { // a deputy, or a journalist: whose register it is tells which
		return e.Name + "（" + p.Kind().Law.Outsider + "）"
	}
	return EventWho(e)
}

// EventWho names who did it.
func EventWho(e register.Happening) string {
	switch {
	case e.Role == staff.Complainant:
		return "投诉人"
	case e.StaffID == 0 && e.Name == "":
		return e.Role.Title()
	case e.Unit == "":
		return e.Name + "（" + e.Role.Title() + "）"
	}
	return e.Unit + " " + e.Name
}
