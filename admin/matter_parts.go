package admin

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
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

// channels are all channels, in the words of a facts line.
var channels = map[complaint.Channel]string{
	complaint.Web: "网上", complaint.Hotline: "热线电话", complaint.LetterBox: "举报箱、来信", complaint.Email: "电子邮件",
	complaint.Visit: "来访", complaint.OtherBody: "其他机关转来", complaint.Import: "旧数据导入",
}

func head(dossier *complaint.Dossier) view.MatterHead {
	m, said := dossier.Matter, dossier.Said
	accused := dossier.UnitName
	if accused == "" {
		accused = "待定"
	}
	if said.UnitSaid != "" && said.UnitSaid != accused {
		accused += "（投诉人写的是“" + said.UnitSaid + "”）"
	}
	h := view.MatterHead{
		Back: view.Ref{Label: "投诉", Href: "/complaints"}, Number: m.Number, Title: m.Title,
		Status:   stateTag(complaint.Law, m.State),
		FactList: []templ.Component{view.Text("被投诉：" + accused), view.Text(dossier.Category + " " + m.Category)},
	}
	if said.UnpaidAmount != nil {
		h.FactList = append(h.FactList, view.Text("欠 "+view.Money(said.UnpaidAmount.String())))
	}
	came := view.MomentText(dossier.OpenedAt)
	if dossier.Coarse {
		came = view.Day(dossier.OpenedAt)
	}
	if dossier.Stripped {
		h.FactList = append(h.FactList, view.Text("收到时间 "+came))
		return h
	}
	name := "实名"
	if said.Anonymous {
		name = "没有留姓名"
	}
	if !said.Received.IsZero() {
		came = said.Received.Long() + "收到，" + came + "登记"
	}
	h.FactList = append(h.FactList, view.Text(channels[said.Channel]+"，"+came), view.Text(wordOf(complaint.Kinds, said.Kind)+"，"+name))
	if said.Happened != nil {
		h.FactList = append(h.FactList, view.Text("原来的时间 "+view.DayFull(*said.Happened)))
	}
	return h
}

// litigation are the answers to 有没有起诉或者仲裁 that matter to the desk.
var litigation = map[string]string{"pending": "有，还没有结果", "decided": "有，判了或裁了，对方没有履行"}

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
	add("合同签订日期", longDay(s.ContractDate))
	add("合同总价", money(s.ContractAmount))
	add("约定付款日期", longDay(s.DueOn))
	add("还欠", money(s.UnpaidAmount))
	add("起诉或者仲裁", litigation[s.InLitigation])
	add("还向哪里反映过", s.Elsewhere)
	add("说手里有的材料", heldWords(s.Held))
	return out
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
	s := dossier.Said
	kinds := form.PersonalKinds(nil, s.Request, s.Facts, s.Reasons, s.Elsewhere)
	if dossier.Stripped || kinds == "" {
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
	add("诉求性质", wordOf(complaint.Natures, o.Nature))
	add("事实认定", wordOf(complaint.Findings, o.Finding))
	add("对请求的处理", wordOf(complaint.Decisions, o.Decision))
	add("投诉人评价", wordOf(complaint.Ratings, o.Rating))
	add("问题解决了吗", wordOf(complaint.Solutions, o.Solved))
	add("投诉人的话", o.RatingWords)
	return f
}

// shapes are the nodes of events that are not simply done.
var shapes = map[workflow.Action]view.Shape{
	complaint.Dispatch: view.ShapeArrow, complaint.Transfer: view.ShapeArrow, complaint.ReferDiscipline: view.ShapeArrow, complaint.Redirect: view.ShapeArrow,
	complaint.Reject: view.ShapeRefused, complaint.Close: view.ShapeTickFull, complaint.Note: view.ShapeDiamond, complaint.OpenIdentity: view.ShapeLock,
	complaint.AskSupplement: view.ShapeDiamond, complaint.Object: view.ShapeDiamond,
}

func history(dossier *complaint.Dossier) view.Timeline {
	t := view.Timeline{Desk: true}
	ended := complaint.Law.State(dossier.Matter.State).Ended()
	for i, e := range dossier.Events {
		item := view.TimelineItem{Title: eventTitle(e), Text: e.Public, Who: eventWho(e), At: e.At, Day: e.Coarse, Shape: shapes[e.Action], SeenBy: view.Public}
		switch {
		case e.Public == "":
			item.SeenBy, item.Quote = view.Inside, e.Note
		case e.Note != "":
			item.Body = insideNote(e.Note)
		}
		if e.Supplement != "" {
			item.Quote = e.Supplement
		}
		if i == 0 && !ended && item.Shape == view.ShapeNone {
			item.State = view.Now
		}
		t.Items = append(t.Items, item)
	}
	return t
}

func eventTitle(e complaint.Happening) string {
	switch e.Action {
	case complaint.Note:
		return "说明"
	case complaint.File:
		return "收到投诉"
	}
	return labelOf(e.Action)
}

func eventWho(e complaint.Happening) string {
	switch {
	case e.Role == staff.Complainant:
		return "投诉人"
	case e.StaffID == 0:
		return e.Role.Title()
	case e.Unit == "":
		return e.Name + "（" + e.Role.Title() + "）"
	}
	return e.Unit + " " + e.Name
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
