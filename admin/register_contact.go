package admin

import (
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// contactShape is how a contact field looks; which kinds must fill it is the
// noun's rule, and is said in the hint.
var contactShape = []view.TextField{
	{Name: "organisation", Label: "单位全称", Hint: "企业、媒体、其他单位"},
	{Name: "uscc", Label: "统一社会信用代码", Hint: "企业，18 位", Width: view.Width28},
	{Name: "press_card", Label: "记者证号", Hint: "媒体", Width: view.Width20},
	{Name: "name", Label: "姓名，或者联系人姓名", Width: view.Width20},
	{Name: "congress_session", Label: "届次", Hint: "代表、委员，例如 第十六届", Width: view.Width20},
	{Name: "credential_number", Label: "证件编号", Hint: "代表证、委员证", Width: view.Width20},
	{Name: "phone", Label: "电话", Width: view.Width20, InputMode: "tel"},
	{Name: "email", Label: "电子邮箱", Hint: "没有留姓名的，也可以只留邮箱", Width: view.Width28},
	{Name: "address", Label: "住址", Hint: "公民个人要写，书面答复用"},
}

// contactFields are all contact fields at once: without scripts the page does
// not know yet who it is that calls.
func contactFields(t web.Values, errs view.Errors) []view.TextField {
	out := make([]view.TextField, len(contactShape))
	for i, f := range contactShape {
		f.Value, f.Error, f.Autocomplete = t.Get(f.Name), errs.For(f.Name), "off"
		out[i] = f
	}
	return out
}

// readContact normalises what has one right form and keeps what the kind is
// asked for.
func readContact(t web.Values, who complaint.Who) complaint.Contact {
	c := complaint.Contact{
		Name: form.Line(t.Get("name")), Phone: normal(t.Get("phone"), form.Phone), Email: normal(t.Get("email"), form.Email),
		Address: form.Line(t.Get("address")), Organisation: form.Line(t.Get("organisation")), USCC: normal(t.Get("uscc"), form.USCC),
		PressCard: form.Line(t.Get("press_card")), CongressSession: form.Line(t.Get("congress_session")),
		CredentialNumber: normal(t.Get("credential_number"), form.CredentialNumber),
		Confidential:     t.Get("confidential"), EDelivery: t.Get("edelivery_consent") == "yes",
	}
	return c.Only(who)
}

func normal(typed string, read func(string) (string, string)) string {
	if value, sentence := read(typed); sentence == "" {
		return value
	}
	return form.Line(typed)
}
