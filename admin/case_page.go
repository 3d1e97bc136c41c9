package admin

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// caseView is the page of one case.
type caseView struct {
	Frame    view.DeskFrame
	Head     view.MatterHead
	Said     *view.Banner
	Doubt    view.Banner // what became of the complaint that it came from
	Errors   view.ErrorSummary
	Ladder   view.Ladder
	Moves    view.Moves
	Nothing  view.Empty
	Warnings []string // what in the draft could tell who complained
	Facts    view.Facts
	Paper    view.Ref
	History  view.Timeline
	Note     ownForm
	Kept     string
	Left     []leftover
	Side     templ.Component
}

// readCase reads the case of this address under the person's scope.
func (d *Desk) readCase(c *fiber.Ctx) (*discipline.Case, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		return nil, fault.New(fault.NotFound, "")
	}
	return d.cases().ByNumber(c.UserContext(), person(c).Scope(), number)
}

func (d *Desk) showCase(c *fiber.Ctx) error {
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	return d.casePage(c, found, nil)
}

func (d *Desk) casePage(c *fiber.Ctx, found *discipline.Case, a *attempt) error {
	p := person(c)
	v := caseView{
		Frame: d.frame(c, found.Matter.Title, "cases"), Head: caseHead(found), Ladder: ladderOf(found), Facts: draftFacts(found),
		Warnings: warningsOf(found, found.Draft), History: caseHistory(found), Paper: paperRef(found),
	}
	v.Doubt = doubtOf(found)
	v.Frame.PrintFoot = found.Matter.Number + "，" + view.MomentFull(d.Now()) + "打印"
	w, err := d.written(c.UserContext(), p, found.Matter.Number, a)
	if err != nil {
		return err
	}
	token, err := d.tokenFor(a)
	if err != nil {
		return err
	}
	v.Moves = caseMoves(c, found, w, nil)
	v.Moves.FormToken = token
	v.Left = w.leftovers(discipline.Law, func(action workflow.Action) bool {
		return action == discipline.Note && found.MayNote(p) || caseOffers(found, p, action)
	}, caseURL(found.Matter.Number), v.Moves.CSRF)
	if len(v.Moves.Items) == 0 {
		v.Nothing = caseNothing(found)
	}
	if found.MayNote(p) {
		v.Note = caseNote(found, w, v.Moves.CSRF, token)
	}
	sayCase(c, &v, found, w)
	v.Frame.Keys = matterKeys(v.Head, v.Moves, v.Note.shown())
	v.Side = caseSide(termPanel(found, d.Now()), signPanel(found), publicityPanel(found, d.Now()), casePapers(found))
	return view.Show(c, casePage(v))
}

func caseHead(found *discipline.Case) view.MatterHead {
	m := found.Matter
	h := view.MatterHead{
		Back: view.Ref{Label: "失信案件", Href: "/cases"}, Number: m.Number, Title: m.Title, Status: stateTag(discipline.Law, m.State),
	}
	if found.Complaint != "" {
		h.FactList = append(h.FactList, sourceLink(found.Complaint, wordOf(complaint.Findings, found.Finding)))
	}
	h.FactList = append(h.FactList, view.Text("单位："+found.UnitName), view.Text(found.CategoryTitle+" "+m.Category))
	if found.Version > 0 {
		h.FactList = append(h.FactList, view.Text("失信程度："+found.Draft.Tier.Word()))
	}
	return h
}

// doubtOf says that the complaint a case came from has changed, and that somebody
// must decide.
func doubtOf(found *discipline.Case) view.Banner {
	for _, flag := range []string{discipline.BasisOpen, discipline.BasisGone} {
		if found.Matter.Has(flag) && !slices.Contains([]workflow.State{discipline.Dropped, discipline.Revoked}, found.Matter.State) {
			title, text, _ := strings.Cut(discipline.Law.Flags[flag], "。")
			return view.Banner{Kind: view.Warn, Title: title + "。", Text: text}
		}
	}
	return view.Banner{}
}

// standing says where the measure of this case is, beside its state's word.
var standing = map[workflow.State]string{
	discipline.Opened: "本案：拟作出", discipline.Drafted: "本案：拟作出，等签发", discipline.Signed: "本案：已签发，等送达",
	discipline.Served: "本案：已送达", discipline.Published: "本案：已送达，公示中", discipline.Ended: "本案：已办结", discipline.Dropped: "本案：不予认定", discipline.Revoked: "本案：已撤销",
}

// triggers are what leads to each further measure (domain-facts §3.1).
var triggers = map[string]string{"TALK": "警示期满未改", "CIRC": "拒改、造假", "REST": "须有清单依据", "REFER": "涉职务违法"}

func ladderOf(found *discipline.Case) view.Ladder {
	var l view.Ladder
	for i, m := range discipline.Measures {
		step := view.Fact{Label: m.Label, Text: triggers[m.Value]}
		if i == l.Current {
			step.Text = standing[found.Matter.State]
		}
		l.Steps = append(l.Steps, step)
	}
	return l
}

func draftFacts(found *discipline.Case) view.Facts {
	var f view.Facts
	add := func(label, text string) {
		if text != "" {
			f.Rows = append(f.Rows, view.Fact{Label: label, Body: view.Paragraphs(text)})
		}
	}
	add("立案的依据和理由", found.Ground)
	if found.Version == 0 {
		return f
	}
	d := found.Draft
	add("查明的事实", d.Facts)
	add("依据", d.Basis)
	add("要求", d.Demand)
	add("期限", d.Deadline.Long()+"以前")
	add("逾期后果", d.Consequences)
	return f
}

// warningsOf are the machine's doubts, each with the name of its field, until
// the paper is public or never will be.
func warningsOf(found *discipline.Case, d discipline.Draft) []string {
	if found.Notice != nil || discipline.Law.State(found.Matter.State).Ended() {
		return nil
	}
	var out []string
	for _, w := range d.Warnings(found.ContractNo) {
		out = append(out, "“"+caseLabel(w.Field)+"”"+w.Text)
	}
	return out
}

func caseLabel(field string) string {
	for _, need := range discipline.Law.Rows(discipline.DraftWarning)[0].Needs {
		if need.Name == field {
			return need.Label
		}
	}
	return field
}

func paperRef(found *discipline.Case) view.Ref {
	switch {
	case found.Signed() != nil:
		return view.Ref{Label: "看文书 " + found.Signed().Number, Href: caseURL(found.Matter.Number) + "/document"}
	case found.Version > 0:
		return view.Ref{Label: "看文书草稿（第 " + view.N(found.Version, "稿") + "）", Href: caseURL(found.Matter.Number) + "/document"}
	}
	return view.Ref{}
}

func caseNothing(found *discipline.Case) view.Empty {
	if info := discipline.Law.State(found.Matter.State); info.Ended() {
		return view.Empty{Title: "本案" + info.Word + "，没有要办的了。"}
	}
	return view.Empty{Title: "现在没有要您办的。", Text: discipline.Law.State(found.Matter.State).Doing}
}

// aheadOf are the steps still to come, the last on top.
func aheadOf(found *discipline.Case) []view.TimelineItem {
	steps := []struct {
		before workflow.State
		item   view.TimelineItem
	}{
		{discipline.Served, view.TimelineItem{Title: "公示", Text: "签发送达以后公示；轻微失信原则不公示。"}},
		{discipline.Signed, view.TimelineItem{Title: "送达", Text: "记下送达方式和日期，整改期限照文书。"}},
		{discipline.Drafted, view.TimelineItem{Title: "签发", Text: "领导签，不能是起草人。"}},
		{discipline.Opened, view.TimelineItem{Title: "起草书面警示", Text: "事实、依据、要求、期限、后果都要写。"}},
	}
	var out []view.TimelineItem
	for _, s := range steps {
		s.item.State = view.Future
		out = append(out, s.item)
		if s.before == found.Matter.State {
			return out
		}
	}
	return nil // published or over: nothing is ahead but the date
}

func caseHistory(found *discipline.Case) view.Timeline {
	t := view.Timeline{Desk: true, Items: aheadOf(found)}
	for _, e := range found.Events {
		item := view.TimelineItem{Title: caseStep(e.Action), Who: e.Who, At: e.At, Text: e.Public, Quote: e.Note, SeenBy: view.Inside}
		if e.Role != staff.System {
			item.Who += "（" + e.Role.Title() + "）"
		}
		if e.Action == discipline.Publish {
			item.SeenBy = view.Unmarked
		}
		t.Items = append(t.Items, item)
	}
	return t
}

func caseStep(action workflow.Action) string { return discipline.Law.Heading(action) }

// sayCase tells what was just done, or why it was not.
func sayCase(c *fiber.Ctx, v *caseView, found *discipline.Case, w written) {
	a := w.attempt
	if a == nil || a.err == nil {
		if v.Said = caseBanner(c, found); v.Said == nil {
			v.Said = w.keptBanner(c)
		}
		return
	}
	if errs := view.ErrorsOf(a.err); len(errs) > 0 {
		v.Frame.HasErrors = true
		v.Errors = view.ErrorSummary{Resend: discipline.Law.Rows(a.action)[0].Label, Errors: caseErrors(a)}
		return
	}
	title, text, _ := strings.Cut(fault.SentenceOf(a.err), "。")
	v.Said = &view.Banner{Kind: view.Warn, Title: title, Text: text}
	if words := form.Text(a.typed.Get("note")); words != "" {
		v.Kept = words
	}
}

// caseErrors point at the fields by the ids they have on the page.
func caseErrors(a *attempt) view.Errors {
	var out view.Errors
	for _, f := range view.ErrorsOf(a.err) {
		id := fieldID(a.action, f.Name)
		if f.Name == "deadline" || f.Name == "served_on" { // three boxes; their ids are their names
			id = f.Name
		}
		out = append(out, fault.Field{Name: id, Sentence: f.Sentence})
	}
	return out
}

func caseBanner(c *fiber.Ctx, found *discipline.Case) *view.Banner {
	for _, name := range []string{"done", "again"} {
		seq, err := strconv.ParseInt(c.Query(name), 10, 64)
		if err != nil {
			continue
		}
		for _, e := range found.Events {
			switch {
			case e.Seq != seq || discipline.Law.Done(e.Action) == "":
			case name == "again":
				return &view.Banner{Kind: view.Done, Title: "这一步 " + view.Clock(e.At) + " 已经办过了", Text: "没有重复办理。下面是当时的结果。"}
			default:
				return &view.Banner{Kind: view.Done, Title: discipline.Law.Done(e.Action), Text: "现在是“" + discipline.Law.State(found.Matter.State).Word + "”。"}
			}
		}
	}
	return nil
}

func termPanel(found *discipline.Case, now time.Time) view.Panel {
	p := view.Panel{Title: "期限"}
	by := found.RectifyBy
	switch {
	case !by.IsZero() && discipline.Law.State(found.Matter.State).Ended():
		p.Rows = append(p.Rows, view.PanelRow{Label: "整改", Text: by.Long(), Aside: "本案已经结束"})
	case !by.IsZero():
		row := view.PanelRow{Label: "整改", Text: by.Long()}
		left := by.Since(clock.On(now))
		switch {
		case left < 0:
			row.Aside = "已过 " + view.N(-left, "天")
		case left == 0:
			row.Aside = "今天到期"
		default:
			row.Aside = "还有 " + view.N(left, "天")
		}
		p.Rows = append(p.Rows, row)
	case found.Version > 0:
		p.Rows = append(p.Rows, view.PanelRow{Label: "整改", Text: found.Draft.Deadline.Long(), Aside: "送达后生效"})
	default:
		p.Rows = append(p.Rows, view.PanelRow{Label: "整改", Text: "起草时写"})
	}
	return p
}

func signPanel(found *discipline.Case) view.Panel {
	p := view.Panel{Title: "签署"}
	row := func(label, text, otherwise string) {
		if text == "" {
			text = otherwise
		}
		p.Rows = append(p.Rows, view.PanelRow{Label: label, Text: text})
	}
	drafted, signed, served := "", "", ""
	if found.Version > 0 {
		drafted = found.DraftedBy + "，" + view.Day(found.DraftedAt)
	}
	if doc := found.Signed(); doc != nil {
		signed = doc.SignedBy + "，" + view.Day(doc.SignedAt)
		if !doc.ServedOn.IsZero() {
			served = doc.ServedOn.Short() + "，" + wordOf(discipline.ServiceWays, doc.ServedHow)
		}
	}
	row("起草", drafted, "还没有起草")
	row("签发", signed, "领导，不能是起草人")
	row("送达", served, "未到这一步")
	return p
}

func publicityPanel(found *discipline.Case, now time.Time) view.Panel {
	p := view.Panel{Title: "公示"}
	if n := found.Notice; n != nil {
		word := "公示中"
		if n.Over(now) {
			word = "已经撤下"
		}
		p.Rows = append(p.Rows, view.PanelRow{Label: "状态", Text: word}, view.PanelRow{Label: "公布", Text: view.DayFull(n.PublishedAt)})
		if n.TakenDownAt != nil {
			p.Rows = append(p.Rows, view.PanelRow{Label: "撤下", Text: view.DayFull(*n.TakenDownAt), Aside: "原定公示至 " + n.Until.Long()})
		} else {
			p.Rows = append(p.Rows, view.PanelRow{Label: "公示至", Text: n.Until.Long(), Aside: "期满自动撤下，只留日期"})
		}
		return p
	}
	text := "起草时定"
	if found.Version > 0 {
		text = "不公示"
		if found.Draft.Months > 0 {
			text = view.N(found.Draft.Months, "个月") + "，期满自动撤下"
		}
	}
	p.Rows = append(p.Rows, view.PanelRow{Label: "公示期", Text: text})
	return p
}

func casePapers(found *discipline.Case) view.Panel {
	p := view.Panel{Title: "文书"}
	for _, doc := range found.Documents {
		p.Rows = append(p.Rows, view.PanelRow{Label: copyWord(doc), Text: doc.Number, Href: caseURL(found.Matter.Number) + "/document", Aside: "指纹 " + shortDigest(doc.Digest)})
	}
	if found.Signed() == nil && found.Version > 0 {
		p.Rows = append(p.Rows, view.PanelRow{Label: "草稿", Text: "书面警示函，第 " + view.N(found.Version, "稿"), Href: caseURL(found.Matter.Number) + "/document"})
	}
	return p
}

// copyWord is what a signed document is.
func copyWord(d document.Document) string {
	if d.Void {
		return "作废"
	}
	return "正本"
}

// shortDigest is enough of a fingerprint to tell two papers apart.
func shortDigest(digest string) string {
	if len(digest) < 12 {
		return digest
	}
	return digest[:4] + " " + digest[4:8] + " " + digest[8:12] + " …… " + digest[len(digest)-4:]
}
