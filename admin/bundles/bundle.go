// Package bundles is the pages of the register of 合并反映: what only a bundle shows, what
// its deputy wrote and which complaints are in it.
package bundles

import (
	"encoding/json"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/bundle"
	"zhengxin/internal/complaint"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
)

// New are the pages of the bundles of an office.
func New(d *desk.Desk) matter.Pages[*bundle.Bundle] {
	r := bundle.New(d.Office)
	return matter.Pages[*bundle.Bundle]{Desk: d, Face: matter.Face[*bundle.Bundle]{
		Register: &r.Register, Read: r.Read, It: "本件", Course: "经过", Named: named,
		Facts: func(m *bundle.Bundle) []templ.Component { return []templ.Component{view.Text("提出：" + m.Name)} },
		Body:  func(_ *fiber.Ctx, m *bundle.Bundle) templ.Component { return body(m) },
	}}
}

// named is whose it is.
func named(r register.Row) string {
	var of bundle.Row
	if json.Unmarshal(r.Own, &of) != nil {
		return ""
	}
	return of.Name
}

// stands is where a complaint stands.
func stands(c bundle.Complaint) view.StatusTag {
	info := complaint.Law.State(c.State)
	return view.StatusTag{Word: info.Word, Sign: string(info.Sign)}
}

// more is what is not listed, and why.
func more(m *bundle.Bundle) string {
	said := ""
	if m.Hidden > 0 {
		said += "另有 " + view.N(m.Hidden, "件") + "不归您看。"
	}
	if m.Left > 0 {
		said += "放进来过的有 " + view.N(m.Left, "件") + "已经不在里面：投诉人收回了同意，或者代表、委员拿掉了。"
	}
	return said
}
