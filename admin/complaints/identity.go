package complaints

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/identity"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// identityView is the one page that shows who complained.
type identityView struct {
	Frame  desk.Frame
	Number string
	Back   string // the matter
	Rows   view.Facts
	Told   bool // the complainant reads the reason
}

// openIdentity answers the form itself: what it shows stands in no address and
// in no store, and the same form sent again opens nothing.
func (d *Pages) openIdentity(c *fiber.Ctx, o workflow.Order, a *desk.Attempt) (bool, error) {
	opened, err := d.complaints.OpenIdentity(c.UserContext(), o, d.identities)
	if err != nil {
		if fault.Is(err, fault.Conflict) {
			a.Token = ""
		}
		a.Err = err
		return false, nil
	}
	v := identityView{Frame: d.Frame(c, "投诉人身份", "complaints"), Number: o.Number, Back: d.Onwards(c, desk.MatterURL(d.Kind(), o.Number)), Rows: identityRows(opened.Person)}
	v.Rows.Rows = append(v.Rows.Rows, view.Fact{Label: "这次的理由", Text: opened.Reason})
	v.Told = a.Typed.Get("public") != ""
	return true, view.Show(c, identityPage(v))
}

func identityRows(p identity.Person) view.Facts {
	var f view.Facts
	meant := func(field, value string) string {
		if slices.Contains(p.Meant, field) {
			return value + "（与规则对不上，填写时确认过就是这样的）"
		}
		return value
	}
	for _, row := range []view.Fact{
		{Label: "姓名", Text: p.Name}, {Label: "单位名称", Text: p.Organisation}, {Label: "统一社会信用代码", Text: meant("uscc", p.USCC)},
		{Label: "电话", Text: meant("phone", p.Phone)}, {Label: "电子邮箱", Text: meant("email", p.Email)}, {Label: "住址", Text: p.Address},
		{Label: "届次", Text: p.CongressSession}, {Label: "证件编号", Text: p.CredentialNumber}, {Label: "记者证号", Text: p.PressCard},
	} {
		if row.Text != "" {
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}
