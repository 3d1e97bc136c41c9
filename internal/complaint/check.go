package complaint

import (
	"slices"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// needed says which contact fields a kind must fill when it gives its name.
var needed = map[string][]string{
	"citizen":      {"name", "phone", "address"},
	"enterprise":   {"organisation", "uscc", "name", "phone"},
	"npc_deputy":   {"name", "congress_session", "credential_number", "phone"},
	"cppcc_member": {"name", "congress_session", "credential_number", "phone"},
	"media":        {"organisation", "press_card", "name", "phone"},
	"other_org":    {"organisation", "name", "phone"},
}

// asked are the fields that a kind is shown at all, in the page's order.
var asked = map[string][]string{
	"citizen":      {"name", "phone", "email", "address"},
	"enterprise":   {"organisation", "uscc", "name", "phone", "email", "address"},
	"npc_deputy":   {"name", "congress_session", "credential_number", "phone", "email"},
	"cppcc_member": {"name", "congress_session", "credential_number", "phone", "email"},
	"media":        {"organisation", "press_card", "name", "phone", "email"},
	"other_org":    {"organisation", "uscc", "name", "phone", "email", "address"},
}

var contactAsk = map[string]string{
	"name": "请写姓名", "phone": "请写电话，手机或者带区号的座机都行；没有电话的，写电子邮箱", "address": "请写住址，书面答复要用",
	"organisation": "请写单位全称", "uscc": "请写统一社会信用代码，在营业执照上，18 位",
	"congress_session": "请写届次，例如 第十六届", "credential_number": "请写代表证或者委员证的编号", "press_card": "请写记者证号",
}

// Asked are the contact fields shown to a kind; an anonymous one is asked only
// where letters may go.
func Asked(who Who) []string {
	if who.Anonymous == "yes" {
		return []string{"email"}
	}
	return asked[who.Kind]
}

// Required says whether that contact field must be filled.
func Required(who Who, field string) bool {
	if who.Anonymous == "yes" {
		return false
	}
	for _, name := range needed[who.Kind] {
		if name == field {
			return true
		}
	}
	return false
}

// Faults of the contact step: each field by itself, what the kind must fill,
// and an address where electronic delivery was agreed to.
func (c Contact) Faults(who Who) []fault.Field {
	var found []fault.Field
	values := c.Values()
	for _, name := range Asked(who) {
		if values[name] == "" && Required(who, name) && values[standsFor[name]] == "" {
			found = append(found, fault.Field{Name: name, Sentence: contactAsk[name]})
		}
	}
	if c.EDelivery && c.Email == "" {
		found = append(found, fault.Field{Name: "email", Sentence: "同意电子送达的，请写电子邮箱；不想写就去掉下面的勾"})
	}
	wrong := form.Check(c, found...)
	for _, field := range doubtful {
		_, question := c.Sure.Settle(field.name, values[field.name], field.doubt(values[field.name]))
		faulty := func(f fault.Field) bool { return f.Name == field.name }
		if question.Sentence != "" && !slices.ContainsFunc(wrong, faulty) {
			wrong = append(wrong, question)
		}
	}
	return form.InOrder(wrong, c)
}

// standsFor is what is as good as a field that must be filled: whoever has no
// telephone is reached by mail.
var standsFor = map[string]string{"phone": "email"}

// Values are the contact fields by their names on the form.
func (c Contact) Values() map[string]string {
	return map[string]string{
		"name": c.Name, "phone": c.Phone, "email": c.Email, "address": c.Address, "organisation": c.Organisation,
		"uscc": c.USCC, "press_card": c.PressCard, "congress_session": c.CongressSession, "credential_number": c.CredentialNumber,
	}
}

// Only keeps what the kind was asked for, so that a field that was never shown
// cannot be posted.
func (c Contact) Only(who Who) Contact {
	keep := map[string]bool{}
	for _, name := range Asked(who) {
		keep[name] = true
	}
	for name, field := range c.fields() {
		if !keep[name] {
			*field = ""
		}
	}
	return c
}

// fields are where the contact fields stand, by their names on the form.
func (c *Contact) fields() map[string]*string {
	return map[string]*string{
		"name": &c.Name, "phone": &c.Phone, "email": &c.Email, "address": &c.Address, "organisation": &c.Organisation,
		"uscc": &c.USCC, "press_card": &c.PressCard, "congress_session": &c.CongressSession, "credential_number": &c.CredentialNumber,
	}
}

// doubtful are the contact fields with rules that reality does not always keep: what
// breaks one is asked about, and stands once it is said to be meant.
var doubtful = []struct {
	name  string
	doubt func(string) form.Doubt
}{{"uscc", form.USCCDoubt}, {"phone", form.PhoneDoubt}, {"email", form.EmailDoubt}}

// Confirmed are the fields whose values break a rule and were said to be meant.
func (c Contact) Confirmed() []string {
	var names []string
	for _, field := range doubtful {
		value := *c.fields()[field.name]
		doubt := field.doubt(value)
		if _, question := c.Sure.Settle(field.name, value, doubt); doubt.Sentence != "" && question.Sentence == "" {
			names = append(names, field.name)
		}
	}
	return names
}

// Faults of a whole complaint, step by step in the page's order. An import has
// neither contact nor captcha (issue 2, point 11).
func (in Intake) Faults() []fault.Field {
	to := in.Channel.addressee()
	all := to.Check(in.Who)
	all = append(all, to.Check(in.Story)...)
	all = append(all, to.Check(in.Contract)...)
	if in.Channel != Import {
		all = append(all, in.Contact.Faults(in.Who)...)
	}
	return all
}
