// Package complaints is the pages of complaints: what is registered by hand, one
// complaint with its answer, and who complained.
package complaints

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/identity"
	"zhengxin/internal/law"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// story is what the complaint says.
type story struct {
	Note     string // who reads the same
	Request  string
	Facts    string
	Personal string // a warning that the text tells who wrote it
	Rows     view.Facts
}

// Pages are the pages of the register of complaints.
type Pages struct {
	matter.Pages[*complaint.Dossier]
	complaints *complaint.Register
	identities identity.Opener
}

// New are the pages over a register; openCase and openInquiry carry out the moves that begin
// what is of another register.
func New(d *desk.Desk, r *complaint.Register, identities identity.Opener, openCase, openInquiry matter.Call) *Pages {
	p := &Pages{complaints: r, identities: identities}
	p.Desk = d
	p.Face = matter.Face[*complaint.Dossier]{
		Register: &r.Register, Read: r.Read,
		It: "本件", Unit: "被投诉单位", Course: "经过",
		Listed: func(row register.Row) desk.Deadline {
			if row.State == complaint.SupplementRequired {
				return desk.Deadline{Words: "暂停", Date: "等补正", State: desk.Stopped}
			}
			return desk.Deadline{}
		},
		Outcome: outcomeWords,
		Offers: func(by staff.Person) []view.Button {
			var offers []view.Button
			if d.Reaches(by.Role, "register") {
				offers = append(offers, view.Button{Label: "手工登记", Href: "/register", Key: "C"})
			}
			if d.Reaches(by.Role, "sealed") {
				offers = append(offers, view.Button{Label: "已移送封存的", Kind: view.Quiet, Href: "/sealed"})
			}
			return offers
		},
		Facts: complaintFacts, Top: complaintTop, Untold: (*complaint.Dossier).Untold, Aside: tellOtherwise, Also: answersAlso, Links: answerLinks, Absent: absent, Refuse: routed, Known: knownOfComplaint, Hint: hintOfComplaint,
		Body: func(_ *fiber.Ctx, m *complaint.Dossier) templ.Component {
			if m.Closed {
				return closedBody()
			}
			return complaintBody(storyOf(m), outcomeOf(m), agreementOf(m), m.Inquiries, m.Release, m.ReleaseHidden())
		},
		Side: func(c *fiber.Ctx, m *complaint.Dossier, w desk.Written) ([]templ.Component, error) {
			if m.Closed {
				return nil, nil
			}
			alike, err := p.alikeSide(c, m)
			if err != nil {
				return nil, err
			}
			opening, err := p.OwnForm(c, m, complaint.OpenIdentity, w)
			return []templ.Component{matter.SidePanels(desk.ClockPanel{}, p.Carried(c, slices.Concat(doubtPanels(m), kinPanels(m), passedPanels(m), jointPanels(m), handedPanels(m), promisePanels(m), []desk.Panel{unitPanel(m), paperPanel(m)})...)...), alikePanel(alike), sealedSide(sealed(m), opening)}, err
		},
		Draft: answerDraft, Suggest: p.maybe,
		Sheets: map[workflow.Action]matter.Sheet[*complaint.Dossier]{complaint.DraftAnswer: {
			Title: "写答复稿", Submit: "提交答复稿，送负责人批准", Folded: true, Above: aboveDraft, Under: reviewNote(), Side: storySide,
		}, complaint.WriteRelease: releaseSheet},
		Bulks: map[workflow.Action]matter.Bulk{complaint.SettleUnit: {Stands: settledWords, Propose: p.propose}},
		Calls: map[workflow.Action]matter.Call{complaint.OpenIdentity: p.openIdentity, complaint.OpenCase: openCase, complaint.OpenInquiry: openInquiry},
	}
	p.Face.Pages = []desk.Route{
		desk.Get("/complaints/:number/answer", desk.Only(p.Kind().Readers()...), p.showAnswer),
		desk.Get("/sealed", sealedReaders, p.showSealed),
		desk.Get("/register", registrars, p.showRegister),
		desk.Long(desk.Post("/register", registrars, p.submitRegister).Or(p.undoneRegister)),
	}
	return p
}

func complaintFacts(dossier *complaint.Dossier) []templ.Component {
	m, said := dossier.Matter, dossier.Said
	accused := dossier.UnitName
	if accused == "" {
		accused = "待定"
	}
	if said.UnitSaid != "" && said.UnitSaid != accused {
		accused += "（投诉人写的是“" + said.UnitSaid + "”）"
	}
	list := []templ.Component{view.Text("被投诉：" + accused), view.Text(dossier.CategoryTitle + " " + m.Category)}
	if dossier.Closed {
		return list
	}
	if said.UnpaidAmount != nil {
		list = append(list, view.Text("欠 "+view.Money(said.UnpaidAmount.String())))
	}
	came := view.MomentText(dossier.OpenedAt)
	if dossier.Coarse {
		came = view.Day(dossier.OpenedAt)
	}
	if dossier.Stripped {
		return append(list, view.Text("收到时间 "+came))
	}
	name := "实名"
	if said.Anonymous {
		name = "没有留姓名"
	}
	if said.Channel == complaint.Import {
		name = "身份没有导入"
	}
	came = cameWords(dossier, came)
	list = append(list, view.Text(workflow.WordOf(complaint.Channels, string(said.Channel))+"，"+came), view.Text(workflow.WordOf(complaint.Kinds, said.Kind)+"，"+name))
	if track := trackWords(dossier); track != "" {
		list = append(list, view.Text(track))
	}
	if said.Happened != nil {
		list = append(list, view.Text("原来的时间 "+view.DayFull(*said.Happened)))
	}
	return list
}

// complaintTop warns whoever has a complaint only because nobody else can, and of one
// whose complainant learns nothing here.
func complaintTop(dossier *complaint.Dossier) templ.Component {
	doubt := ""
	if dossier.Matter.Has(staff.ReaderMeant) {
		doubt = "这件投诉里可能说到您本人或者您的单位，因为没有别人能办才给您看。投诉人的身份要由别人来打开。能由别的单位的登记员办的，请让系统管理员添加。"
	}
	return notes(doubt, untold(dossier))
}

// answerLinks lead to the draft of the answer, and to the page on which it is written.
func answerLinks(dossier *complaint.Dossier, p staff.Person) (links []view.Button) {
	number := dossier.Matter.Number
	if n, ok := dossier.Newest(); !ok && dossier.Old.Answer != "" {
		links = append(links, view.Button{Label: "看旧档答复", Kind: view.Quiet, Href: desk.MatterURL(complaint.Kind, number) + "/answer"})
	} else if ok {
		links = append(links, view.Button{Label: "看答复稿（第 " + view.N(n.Version, "稿") + "）", Kind: view.Quiet, Href: desk.MatterURL(complaint.Kind, number) + "/answer"})
	}
	if dossier.Offers(p, complaint.DraftAnswer) {
		links = append(links, view.Button{Label: "在整页上写答复稿", Kind: view.Quiet, Href: desk.MoveURL(complaint.Kind, number, complaint.DraftAnswer)})
	}
	return links
}

// knownOfComplaint is what a form is filled with before anybody types: an answer
// begins with its last draft, the unit and category with what was said.
func knownOfComplaint(dossier *complaint.Dossier, action workflow.Action) workflow.Answers {
	switch action {
	case complaint.SettleUnit:
		return workflow.Answers{"unit": {dossier.Matter.Unit}, "category": {dossier.Matter.Category}}
	case complaint.Accept:
		track, _ := proposedTrack(dossier)
		return workflow.Answers{"track": {track}, "nature": {dossier.Outcome.Nature}} // of a part the nature is known
	case complaint.SplitUp, complaint.SplitMore:
		known := workflow.Answers{}
		for _, of := range complaint.PartsOf(action) {
			known["unit"+of], known["category"+of] = []string{dossier.Matter.Unit}, []string{dossier.Matter.Category}
		}
		return known
	case complaint.OpenInquiry:
		return proposedInquiry(dossier)
	case complaint.WriteRelease:
		return knownOfRelease(dossier)
	case complaint.CorrectNature:
		return workflow.Answers{"nature": {dossier.Outcome.Nature}, "track": {dossier.Matter.Class.Track}}
	case complaint.DraftAnswer:
		if last, ok := dossier.Newest(); ok {
			return law.Known(workflow.Answers{"finding": {last.Finding}, "decision": {last.Decision}, "facts": {last.Facts},
				"opinion": {last.Opinion}, "demand": {last.Demand}, "promise": {last.Promise}}.On("promised_on", last.PromisedOn), last.Articles, last.Other)
		}
	}
	return nil
}

// proposedTrack is the track that is proposed for a complaint, and why.
func proposedTrack(dossier *complaint.Dossier) (track, why string) {
	return complaint.ProposeTrack(dossier.Said.Channel, dossier.Said.Kind, dossier.Matter.Category)
}

// hintOfComplaint says what is proposed of a track, or how it is.
func hintOfComplaint(dossier *complaint.Dossier, n workflow.Need) string {
	if n.Name != "track" {
		return ""
	}
	if dossier.Outcome.Nature != "" {
		return "现在是“" + cmp.Or(complaint.TrackWord(dossier.Matter.Class.Track), "还没有定") + "”。按哪一部法律的程序办，期限不一样。"
	}
	track, why := proposedTrack(dossier)
	return "建议按“" + complaint.TrackWord(track) + "”：" + why + "。按哪一部法律的程序办，期限不一样。"
}

// trackWords say by which procedure a complaint goes.
func trackWords(dossier *complaint.Dossier) string {
	word := complaint.TrackWord(dossier.Matter.Class.Track)
	switch {
	case word == "":
		return ""
	case dossier.Outcome.Nature == "":
		return "轨道：" + word + "（建议，受理时定）"
	}
	return "轨道：" + word
}

// absent explains the button that people look for and do not find.
func absent(dossier *complaint.Dossier, p staff.Person) (title, text string) {
	if p.Role != staff.Supervisor && p.Role != staff.Leader || complaint.Law.State(dossier.Matter.State).Ended() {
		return "", ""
	}
	switch dossier.Matter.State {
	case complaint.Rated, complaint.ReviewRequested, complaint.RecheckRequested, complaint.Split:
		return "", ""
	case complaint.Replied:
		return "为什么没有“办结”", "要等投诉人评价，或者申请复查以后。"
	}
	return "为什么没有“办结”", "要先送出答复，投诉人评价以后才能办结。"
}

// routed says of which unit a refused dispatch speaks.
func routed(dossier *complaint.Dossier, a *desk.Attempt) error {
	if !fault.Is(a.Err, fault.Forbidden) || a.Action != complaint.Dispatch {
		return a.Err
	}
	for _, code := range append([]string{a.Typed.Get("lead")}, a.Typed["co"]...) {
		for _, b := range dossier.Barred {
			if b.Code == code {
				return fault.New(fault.Forbidden, "不能派给%s：%s。%s", b.Name, barredWords[b.Why], belowWords(dossier))
			}
		}
	}
	return a.Err
}

var barredWords = map[string]string{
	register.BarredAccused: "它是被投诉单位", register.BarredNamed: "这件投诉写过它，要先解除回避", register.BarredKin: "它和被投诉单位前后是同一个单位",
	register.BarredBelow: "它是被投诉单位的下属", register.BarredConflict: "它和被投诉单位有利害关系",
}

func belowWords(dossier *complaint.Dossier) string {
	n := barredCount(dossier, register.BarredBelow)
	if n == 0 {
		return ""
	}
	return "被投诉单位的 " + view.N(n, "个") + "下属单位也不能派。"
}

func barredCount(dossier *complaint.Dossier, why string) (n int) {
	for _, b := range dossier.Barred {
		if b.Why == why {
			n++
		}
	}
	return n
}

func storyOf(dossier *complaint.Dossier) story {
	s := dossier.Said
	out := story{Note: "承办单位看到的就是这一份", Request: s.Request, Facts: s.Facts, Personal: personalIn(dossier)}
	if dossier.Stripped {
		out.Note = "投诉人是谁已经封存"
	}
	add := func(label, text string) {
		if text != "" {
			out.Rows.Rows = append(out.Rows.Rows, view.Fact{Label: label, Text: text})
		}
	}
	add("理由和依据", s.Reasons)
	add("合同编号", s.ContractNo)
	add("合同签订日期", dayAs(s.ContractDate, s.AsWritten.ContractDate))
	add("合同总价", moneyAs(s.ContractAmount, s.AsWritten.ContractAmount))
	add("约定付款日期", dayAs(s.DueOn, s.AsWritten.DueOn))
	add("还欠", moneyAs(s.UnpaidAmount, s.AsWritten.UnpaidAmount))
	if s.InLitigation != "no" { // what most answer tells the desk nothing
		add("起诉或者仲裁", workflow.Word(complaint.Litigation, s.InLitigation))
	}
	add("还向哪里反映过", s.Elsewhere)
	add("说手里有的材料", heldWords(s.Held))
	return out
}

// dayAs is a day, or as much of it as the complainant knew.
func dayAs(d clock.Date, written string) string {
	if written != "" {
		return written + "（投诉人没有写到日）"
	}
	return longDay(d)
}

// moneyAs is a sum, with what the complainant wrote where that is less exact.
func moneyAs(a *form.Amount, written string) string {
	if written != "" && a != nil {
		return money(a) + "（投诉人写的是“" + written + "”）"
	}
	return money(a)
}

func longDay(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Long()
}

func money(a *form.Amount) string {
	if a == nil {
		return ""
	}
	return view.Money(a.String())
}

// personalIn warns the desk, before a unit reads the text, of numbers in it
// that tell who wrote it.
func personalIn(dossier *complaint.Dossier) string {
	if dossier.Stripped {
		return ""
	}
	kinds := complaint.PersonalIn(dossier)
	if kinds == "" {
		return ""
	}
	return "正文里好像写了" + kinds + "，承办单位看得到。"
}

// outcomeOf is what was decided and what the complainant says of it.
func outcomeOf(dossier *complaint.Dossier) view.Facts {
	o := dossier.Outcome
	var f view.Facts
	add := func(label, text string) {
		if text != "" {
			f.Rows = append(f.Rows, view.Fact{Label: label, Text: text})
		}
	}
	f.Rows = append(f.Rows, oldFacts(dossier.Old)...)
	add("诉求性质", workflow.WordOf(complaint.Natures, o.Nature))
	add("事实认定", workflow.WordOf(complaint.Findings, o.Finding))
	add("对请求的处理", workflow.WordOf(complaint.Decisions, o.Decision))
	add("投诉人评价", workflow.WordOf(complaint.Ratings, o.Rating))
	add("问题解决了吗", workflow.WordOf(complaint.Solutions, o.Solved))
	if o.RatingApart && o.RatingWords != "" {
		f.Rows = append(f.Rows, view.Fact{Label: "投诉人的话（承办单位看不到）", Body: view.Apart(o.RatingWords)})
	} else {
		add("投诉人的话", o.RatingWords)
	}
	return f
}

// outcomeWords are what was found and what the complainant says of it, as a list shows it.
func outcomeWords(r register.Row) string {
	var own complaint.Row
	if json.Unmarshal(r.Own, &own) != nil {
		return ""
	}
	words := []string{workflow.WordOf(complaint.Findings, own.Finding), workflow.WordOf(complaint.Ratings, own.Rating), workflow.WordOf(complaint.Solutions, own.Solved)}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "，")
}

// heldWords are the papers that a complainant says they hold.
func heldWords(values []string) string {
	var words []string
	for _, o := range complaint.Held {
		if slices.Contains(values, o.Value) {
			words = append(words, o.Label)
		}
	}
	return strings.Join(words, "；")
}
