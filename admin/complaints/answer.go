package complaints

import (
	"fmt"
	neturl "net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// answerView is the page on which a draft of the answer is read and decided.
type answerView struct {
	Frame   desk.Frame
	Head    view.MatterHead
	Views   desk.Views
	Paper   view.Paper
	Parts   []answerPart
	Changes []answerPart    // set against the draft before; never printed
	Seen    *view.AnswerBox // as the complainant will see it
	Moves   desk.Moves
	Side    templ.Component
}

// answerPart is a head of the paper and its paragraphs.
type answerPart struct {
	ID    string
	Head  string
	Lines [][]mark
}

// named keeps the part's id, to which the checks lead, or leaves it to the other reading
// on the same page.
func (p answerPart) named(here bool) answerPart {
	if !here {
		p.ID = ""
	}
	return p
}

func (d *Pages) showAnswer(c *fiber.Ctx) error {
	dossier, err := d.Read(c)
	if err != nil {
		return err
	}
	draft, ok := dossier.Newest()
	if !ok && dossier.Old.Answer != "" {
		return d.oldAnswerPage(c, dossier)
	}
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	as, newest := c.Query("as"), draft.Version
	if asked := c.Query("draft"); asked != "" {
		at := slices.IndexFunc(dossier.Answers, func(a complaint.Draft) bool { return strconv.Itoa(a.Version) == asked })
		if at < 0 {
			return fault.New(fault.NotFound, "")
		}
		draft = dossier.Answers[at]
	}
	v := answerView{Frame: d.Frame(c, "答复意见书："+dossier.Matter.Title, "complaints"), Head: d.answerHead(c, dossier, draft)}
	v.Frame.PrintFoot = dossier.Matter.Number + "，第 " + view.N(draft.Version, "稿") + "，" + view.MomentFull(d.Now()) + "打印"
	before := draftBefore(dossier, draft)
	if before == nil && as == asChanges {
		as = ""
	}
	v.Views = d.answerViews(c, dossier, draft, as)
	v.Parts, v.Paper = paperParts(dossier, draft, nil), d.paper(c, draft)
	switch as {
	case asSeen:
		v.Seen = seenBox(draft)
	case asChanges:
		v.Changes = paperParts(dossier, draft, before)
	}
	if draft.Version == newest {
		if v.Moves, err = d.Deciding(c, dossier); err != nil {
			return err
		}
	}
	v.Frame.Keys = desk.MatterKeys(v.Head, v.Moves, false)
	checks := machineChecks(draft, before)
	if draft.SentAt == nil { // what was sent is past doubting here
		copied, err := d.complaints.Copied(c.UserContext(), desk.Person(c), dossier, draft)
		if err != nil {
			return err
		}
		checks = append(checks, copiedChecks(copied)...)
		laws, err := d.Office.Laws.Table(c.UserContext())
		if err != nil {
			return err
		}
		checks = append(checks, lawChecks(laws, draft, dossier.Said.DueOn, clock.On(d.Now()))...)
	}
	v.Side = answerSide(checks, findingPanel(draft), after(dossier, draft, d.Now()))
	return view.Show(c, answerPage(v))
}

// The readings of a draft besides the paper itself.
const (
	asChanges = "changes"
	asSeen    = "seen"
)

// draftBefore is the one that a draft took the place of; nil for the first.
func draftBefore(dossier *complaint.Dossier, draft complaint.Draft) *complaint.Draft {
	for i := range dossier.Answers { // the newest first
		if dossier.Answers[i].Version < draft.Version {
			return &dossier.Answers[i]
		}
	}
	return nil
}

func (d *Pages) answerHead(c *fiber.Ctx, dossier *complaint.Dossier, draft complaint.Draft) view.MatterHead {
	m := dossier.Matter
	h := view.MatterHead{
		Back: view.Ref{Label: m.Number, Href: d.Onwards(c, desk.MatterURL(complaint.Kind, m.Number))}, Number: "答复意见书，第 " + view.N(draft.Version, "稿"),
		Status: matter.StateTag(complaint.Law, m.State), Title: "答复：" + m.Title,
		FactList: []templ.Component{view.Text("起草：" + draft.Drafter + "（" + draft.Unit + "），" + view.MomentText(draft.At))},
	}
	switch {
	case draft.SentAt != nil:
		h.FactList = append(h.FactList, view.Text(view.MomentText(*draft.SentAt)+"送出"))
	case slices.Contains([]workflow.State{complaint.ResultSubmitted, complaint.UnderReview}, m.State):
		h.FactList = append(h.FactList, view.Text("起草人不能审核自己的稿子"))
	}
	return h
}

// answerViews are the readings of a draft. The paper comes first and is what the page
// opens with: what a reader prints or copies must not hold what was struck out of it. Of
// drafts before, those that were sent can be read too.
func (d *Pages) answerViews(c *fiber.Ctx, dossier *complaint.Dossier, draft complaint.Draft, as string) desk.Views {
	url := desk.MatterURL(complaint.Kind, dossier.Matter.Number) + "/answer"
	v, newest := desk.Views{Label: "看法"}, dossier.Answers[0].Version
	address := func(version int, as string) string {
		q := neturl.Values{}
		if version != newest {
			q.Set("draft", strconv.Itoa(version))
		}
		if as != "" {
			q.Set("as", as)
		}
		return d.Onwards(c, url+"?"+q.Encode())
	}
	add := func(label string, version int, how string) {
		v.Items = append(v.Items, desk.View{Label: label, Href: address(version, how), Current: version == draft.Version && as == how})
	}
	clean, seen := "清稿", "投诉人将看到的样子"
	if draft.SentAt != nil {
		clean, seen = "送出的答复", "投诉人看到的样子"
	}
	add(clean, draft.Version, "")
	add(seen, draft.Version, asSeen)
	if before := draftBefore(dossier, draft); before != nil {
		add(fmt.Sprintf("与第 %s比较", view.N(before.Version, "稿")), draft.Version, asChanges)
	}
	for _, other := range dossier.Answers {
		switch {
		case other.Version == draft.Version:
		case other.SentAt != nil:
			add(fmt.Sprintf("第 %s，%s送出", view.N(other.Version, "稿"), view.Day(*other.SentAt)), other.Version, "")
		case other.Version == newest:
			add(fmt.Sprintf("第 %s，没有送出", view.N(other.Version, "稿")), other.Version, "")
		}
	}
	return v
}

// reviewRight is the last part of every answer (信访工作条例 35).
const reviewRight = "不同意本答复的，可以自收到之日起 30\u00a0天内申请复查（《信访工作条例》第三十五条）：凭编号和查询码进入查询页面，按“申请复查”；也可以书面提出。"

// paperParts are the parts of the paper; with an earlier draft, what changed
// since is marked.
func paperParts(dossier *complaint.Dossier, draft complaint.Draft, before *complaint.Draft) []answerPart {
	lines := func(part func(complaint.Draft) string) [][]mark {
		if before == nil {
			return clean(part(draft))
		}
		return compare(part(*before), part(draft))
	}
	opening := "你反映" + dossier.UnitName + "的事项（" + dossier.Matter.Title + "，编号 " + dossier.Matter.Number + "）收悉。经调查核实，答复如下。"
	return []answerPart{
		{Lines: clean(opening)},
		{ID: "part-request", Head: "一、你的请求", Lines: clean(dossier.Said.Request)},
		{ID: "part-facts", Head: "二、查明的事实", Lines: lines(func(a complaint.Draft) string {
			return "经查，你反映的情况" + workflow.WordOf(complaint.Findings, a.Finding) + "。\n" + a.Facts
		})},
		{ID: "part-opinion", Head: "三、处理意见", Lines: lines(func(a complaint.Draft) string {
			return "对你的请求：" + workflow.WordOf(complaint.Decisions, a.Decision) + "。\n" + a.Opinion + "\n" + a.Demand + promiseLine(a)
		})},
		{ID: "part-basis", Head: "四、依据", Lines: lines(func(a complaint.Draft) string { return a.Basis })},
		{ID: "part-review", Head: "五、如果不同意", Lines: clean(reviewRight)},
	}
}

func (d *Pages) paper(c *fiber.Ctx, draft complaint.Draft) view.Paper {
	settings := d.Settings.Read(c.UserContext())
	issuer := settings.Issuer
	if issuer == "" {
		issuer = "落款单位待配置"
	}
	p := view.Paper{
		Level: 2, Issuer: issuer, Prefix: settings.DocumentPrefix, Number: fmt.Sprintf("〔%d〕—\u00a0号", clock.On(d.Now()).Year),
		Date: "草稿", Title: []string{"答复意见书"}, Addressee: "投诉人",
	}
	if draft.SentAt != nil {
		p.Date = view.DayFull(*draft.SentAt) + "送出"
		p.Number = fmt.Sprintf("〔%d〕—\u00a0号", clock.On(*draft.SentAt).Year)
	}
	return p
}

// seenBox is the answer as the portal shows it.
func seenBox(draft complaint.Draft) *view.AnswerBox {
	box := &view.AnswerBox{Title: "答复意见", Rows: []view.Fact{
		{Label: "查下来", Text: workflow.WordOf(complaint.Findings, draft.Finding)}, {Label: "您的要求", Text: workflow.WordOf(complaint.Decisions, draft.Decision)},
		{Label: "查明的事实", Body: view.Paragraphs(draft.Facts)}, {Label: "处理意见", Body: view.Paragraphs(draft.Opinion)},
	}}
	if draft.Promise != "" {
		box.Rows = append(box.Rows, view.Fact{Label: "答应办到", Text: strings.TrimSpace(promiseLine(draft))})
	}
	if draft.Demand != "" {
		box.Rows = append(box.Rows, view.Fact{Label: "要对方做", Body: view.Paragraphs(draft.Demand)})
	}
	box.Rows = append(box.Rows, view.Fact{Label: "依据", Body: view.Paragraphs(draft.Basis)}, view.Fact{Label: "答复单位", Text: draft.Unit})
	return box
}

func findingPanel(draft complaint.Draft) desk.Panel {
	return desk.Panel{Title: "认定", Rows: []desk.PanelRow{
		{Label: "事实", Text: workflow.WordOf(complaint.Findings, draft.Finding)}, {Label: "请求", Text: workflow.WordOf(complaint.Decisions, draft.Decision)},
	}}
}

// answerDraft is the newest draft of the answer.
func answerDraft(dossier *complaint.Dossier) *matter.Draft {
	last, ok := dossier.Newest()
	if !ok {
		return nil
	}
	return &matter.Draft{Name: "答复意见书", Version: last.Version, By: last.Drafter, At: last.At}
}

// sentBackNote says above a new draft why the last one came back.
func sentBackNote(dossier *complaint.Dossier) templ.Component {
	words, by := sentBack(dossier)
	return backNote(words, by)
}

func storySide(dossier *complaint.Dossier) templ.Component {
	return draftSide(storyOf(dossier), saidAfter(dossier), dossier.Inquiries)
}

// aboveDraft stands over the form: why the last draft came back, and the way to the story.
func aboveDraft(dossier *complaint.Dossier) templ.Component {
	return templ.Join(toSaid(), sentBackNote(dossier))
}

// Places of the page on which an answer is written.
const (
	saidID        = "said"
	answerFieldID = string(complaint.DraftAnswer) + "-facts"
)

// saidLater is what was asked or said after the complaint came, as far as the reader has it.
type saidLater struct {
	Head, Asked, Words string
	Apart              bool
}

// saidAfter are what was asked with its answers, and then what was said unasked, each the
// oldest first. The words are those of the events: what a unit is not to read is in none.
func saidAfter(dossier *complaint.Dossier) (said []saidLater) {
	words := map[int64]register.Happening{}
	for _, e := range dossier.Events {
		if e.Words != "" {
			words[e.Seq] = e
		}
	}
	answered := map[int64]bool{}
	for _, r := range dossier.Requests {
		if r.Kind.ToUnit() { // its answers stand in the inquiry
			continue
		}
		one := saidLater{Head: r.Number() + "，" + r.Kind.Word() + "：" + requestStands(r), Asked: r.Words()}
		var seqs []int64
		for _, i := range r.Items {
			if _, told := words[i.Seq]; told && !slices.Contains(seqs, i.Seq) {
				seqs = append(seqs, i.Seq)
			}
		}
		said = append(said, one)
		for _, seq := range seqs {
			if !answered[seq] { // one answer may be to several
				said = append(said, laterOf(words[seq], "答"))
			}
			answered[seq] = true
		}
	}
	for _, e := range slices.Backward(dossier.Events) {
		if e.Words != "" && !answered[e.Seq] {
			said = append(said, laterOf(e, complaint.Law.Title(e.Action)))
		}
	}
	return said
}

func laterOf(e register.Happening, how string) saidLater {
	return saidLater{Head: view.Day(e.At) + "，" + how, Words: e.Words, Apart: e.Apart}
}

// requestStands says whether what was asked is answered.
func requestStands(r request.Request) string {
	switch {
	case r.Proposed():
		return "还没有转给投诉人"
	case r.Open():
		return "还在等回音"
	case r.Ended != "":
		return "不再等了"
	}
	return "都有了回音"
}

// mostSaid is how many characters of it stand open.
const mostSaid = 600

func short(said []saidLater) bool {
	n := 0
	for _, one := range said {
		n += utf8.RuneCountInString(one.Asked + one.Words)
	}
	return n <= mostSaid
}

// sentBack is why the last draft came back; empty for a first draft.
func sentBack(dossier *complaint.Dossier) (words, by string) {
	for _, e := range dossier.Events {
		switch e.Action {
		case complaint.SendBack, complaint.ReturnAnswer, complaint.Reopen:
			return e.Note, matter.EventWho(e) + "，" + view.MomentText(e.At)
		case complaint.DraftAnswer:
			return "", ""
		}
	}
	return "", ""
}
