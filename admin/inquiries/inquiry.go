// Package inquiries is the pages of the register of 协查 and 征求意见: what another unit is
// asked, and what it answered. Of a unit's staff it is all that they read.
package inquiries

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Pages are the pages of the register of inquiries.
type Pages struct {
	matter.Pages[*inquiry.Inquiry]
	inquiries *inquiry.Register
}

// New are the pages of the inquiries of an office.
func New(d *desk.Desk) *Pages {
	r := inquiry.New(d.Office)
	p := &Pages{inquiries: r}
	p.Desk = d
	p.Face = matter.Face[*inquiry.Inquiry]{
		Register: &r.Register, Read: r.Read,
		It: "本件", Course: "经过", Named: func(r register.Row) string { return inquiry.RowOf(r).Sort.Word() },
		Facts: facts, Known: (*inquiry.Inquiry).Known,
		Body: func(_ *fiber.Ctx, m *inquiry.Inquiry) templ.Component { return body(m) },
	}
	return p
}

// OpenFrom opens an inquiry from a complaint.
func (p *Pages) OpenFrom(c *fiber.Ctx, o workflow.Order, a *desk.Attempt) (bool, error) {
	opened, err := p.inquiries.OpenFrom(c.UserContext(), o)
	if err != nil {
		a.Err = err
		return false, nil
	}
	said := "?done=1"
	if opened.Repeated {
		said = "?again=1"
	}
	return true, web.SeeOther(c, desk.MatterURL(inquiry.Kind, opened.Number)+said)
}

func facts(m *inquiry.Inquiry) []templ.Component {
	list := []templ.Component{view.Text(m.Sort.Word())}
	if lead, ok := m.Lead(); ok {
		list = append(list, view.Text("请 "+lead.Name))
	}
	if !m.Asked.LastOn.IsZero() {
		list = append(list, view.Text("最迟 "+m.Asked.LastOn.Long()))
	}
	if m.Complaint != "" {
		list = append(list, ofComplaint(m.Complaint))
	}
	return list
}

// itemRows are what is asked, each with what was answered.
func itemRows(m *inquiry.Inquiry) (f view.Facts) {
	for _, i := range m.Asked.Items {
		f.Rows = append(f.Rows, view.Fact{Label: "第 " + view.N(i.No, "项"), Body: item(i, m.Said(i))})
	}
	return f
}

// settled says what became of an item that has no answer.
func settled(i request.Item) string {
	if i.Waived != nil {
		return "不再需要，" + view.Day(*i.Waived)
	}
	return "还没有回复"
}
