// Package leads is the pages of the register of the media's leads: what only a lead
// shows, who asks what until when, where it appeared, and that it is under embargo.
package leads

import (
	"encoding/json"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/document"
	"zhengxin/internal/form"
	"zhengxin/internal/press"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// New are the pages of the leads of an office.
func New(d *desk.Desk) matter.Pages[*press.Lead] {
	r := press.New(d.Office)
	return matter.Pages[*press.Lead]{Desk: d, Face: matter.Face[*press.Lead]{
		Register: &r.Register, Read: r.Read,
		It: "本件", Unit: "说明单位", Course: "经过",
		Named: named, Facts: facts, Top: top, Known: (*press.Lead).Known, Draft: draftOf,
		Body: func(_ *fiber.Ctx, m *press.Lead) templ.Component { return body(m) },
		Sheets: map[workflow.Action]matter.Sheet[*press.Lead]{press.DraftStatement: {
			Title: "写说明", Note: "记者签发后马上看到，可以引用", Submit: "送负责人签发",
			Above: func(m *press.Lead) templ.Component { return asked(m) },
			Paper: func(m *press.Lead, typed workflow.Answers) (document.Paper, []string) {
				return m.Preview(press.Statement{Body: form.Text(typed.Get("statement")), Contact: form.Line(typed.Get("contact"))}), nil
			},
		}},
	}}
}

// named is whose lead it is, and until when nothing of it may be published.
func named(r register.Row) string {
	var of press.Row
	if json.Unmarshal(r.Own, &of) != nil {
		return ""
	}
	if !of.Until.IsZero() {
		return of.Outlet + "，保密到" + of.Until.Long()
	}
	return of.Outlet
}

func facts(m *press.Lead) []templ.Component {
	list := []templ.Component{view.Text(m.Outlet + " " + m.Who)}
	if m.Concerns != "" {
		list = append(list, view.Text("涉及："+m.Concerns))
	}
	if m.UnitName != "" {
		list = append(list, view.Text("说明："+m.UnitName))
	}
	if !m.WantedBy.IsZero() {
		list = append(list, view.Text("记者希望 "+m.WantedBy.Long()+"以前有说明"))
	}
	if m.Coarse {
		return append(list, view.Text("登记 "+view.Day(m.OpenedAt)))
	}
	return append(list, view.Text("登记 "+view.MomentText(m.OpenedAt)))
}

// draftOf is the newest draft of the statement.
func draftOf(m *press.Lead) *matter.Draft {
	if m.Statement.Version == 0 {
		return nil
	}
	return &matter.Draft{Name: "说明稿", Version: m.Statement.Version, By: m.Statement.By, At: m.Statement.At, Paper: m.Preview(m.Statement)}
}

// stated is the newest statement, signed or not.
func stated(m *press.Lead) string {
	if signed := m.Signed(); signed != nil && !m.Statement.At.After(signed.SignedAt) {
		return "已经签发，" + signed.Number
	}
	return "第 " + view.N(m.Statement.Version, "稿") + "，还没有签发"
}

// nth says which question it is, and whether it was asked once more.
func nth(q press.Question) string {
	if q.Round > 1 {
		return "追问 " + view.N(q.No, "")
	}
	return "问题 " + view.N(q.No, "")
}

func questionRows(m *press.Lead) (f view.Facts) {
	for _, q := range m.Questions {
		f.Rows = append(f.Rows, view.Fact{Label: nth(q), Body: view.Paragraphs(q.Said)})
	}
	return f
}

func publicationRows(m *press.Lead) (f view.Facts) {
	for _, p := range m.Publications {
		f.Rows = append(f.Rows, view.Fact{Label: "第 " + view.N(p.No, "条"), Body: publication(p)})
	}
	return f
}
