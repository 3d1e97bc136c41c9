package portal

import (
	"context"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/web"
)

// The forms hold strings as they were typed, to be shown again; each turns
// into the noun's own struct, whose tags hold the rules. A field that is not
// here cannot be posted.

type whoForm struct{ Kind, Anonymous string }

func (f *whoForm) read(a answers) {
	a.text("complainant_kind", &f.Kind)
	a.choice("anonymous", "no", &f.Anonymous)
}

func (f whoForm) value() complaint.Who { return complaint.Who{Kind: f.Kind, Anonymous: f.Anonymous} }

type storyForm struct{ Unit, UnitName, Category, CategoryQuery, Title, Request, Facts, Reasons string }

func (f *storyForm) read(a answers) {
	a.text("unit", &f.Unit)
	a.text("unit_name", &f.UnitName)
	a.text("category", &f.Category)
	a.text("category_query", &f.CategoryQuery)
	a.text("title", &f.Title)
	a.text("request", &f.Request)
	a.text("facts", &f.Facts)
	a.text("reasons", &f.Reasons)
}

// searches says whether a search box holds other words than it did before,
// with nothing chosen from what they find.
func (f storyForm) searches(before storyForm) bool {
	return f.Unit == "" && f.UnitName != "" && f.UnitName != before.UnitName ||
		f.Category == "" && f.CategoryQuery != "" && f.CategoryQuery != before.CategoryQuery
}

func (f storyForm) value() complaint.Story {
	s := complaint.Story{
		Unit: f.Unit, Category: f.Category, Title: form.Line(f.Title), Request: form.Text(f.Request),
		Facts: form.Text(f.Facts), Reasons: form.Text(f.Reasons),
	}
	if f.Unit == complaint.UnknownUnit {
		s.UnitSaid = form.Line(f.UnitName)
	}
	return s
}

// faults of the story; the directory and the categories know what exists.
func (s *Site) storyFaults(ctx context.Context, f storyForm) ([]fault.Field, error) {
	var found []fault.Field
	if f.Unit != "" && f.Unit != complaint.UnknownUnit {
		u, ok, err := s.Units.ByCode(ctx, f.Unit)
		if err != nil {
			return nil, err
		}
		if !ok || !u.Complainable {
			found = append(found, fault.Field{Name: "unit", Sentence: "没有这个单位，请从列出的里面选"})
		}
	}
	if f.Unit == complaint.UnknownUnit && form.Line(f.UnitName) == "" {
		found = append(found, fault.Field{Name: "unit_name", Sentence: "请写您叫它的名字，登记员好去核对"})
	}
	if f.Category != "" {
		_, ok, err := s.Categories.ByCode(ctx, f.Category)
		if err != nil {
			return nil, err
		}
		if !ok {
			found = append(found, fault.Field{Name: "category", Sentence: "没有这一类，请从列出的里面选"})
		}
	}
	faults := form.Check(f.value(), found...)
	for i := range faults {
		if faults[i].Name == "unit" && f.Unit == "" && form.Line(f.UnitName) != "" {
			faults[i].Sentence = "请从名单里选出单位；名单里没有，就选最后的“不在名单里”"
		}
	}
	return faults, nil
}

type contractForm struct {
	ContractNo, ContractAmount, UnpaidAmount, InLitigation, Elsewhere string
	ContractDate, DueOn                                               form.DateBoxes
}

func (f *contractForm) read(a answers) {
	a.text("contract_no", &f.ContractNo)
	a.date("contract_date", &f.ContractDate)
	a.text("contract_amount", &f.ContractAmount)
	a.date("due_on", &f.DueOn)
	a.text("unpaid_amount", &f.UnpaidAmount)
	a.text("in_litigation", &f.InLitigation)
	if a.to.has("in_litigation") {
		f.InLitigation = or(f.InLitigation, "no") // what the page had chosen
	}
	a.text("elsewhere", &f.Elsewhere)
}

func (f contractForm) value(now time.Time) (complaint.Contract, []fault.Field) {
	c := complaint.Contract{ContractNo: form.Line(f.ContractNo), InLitigation: f.InLitigation, Elsewhere: form.Text(f.Elsewhere)}
	var found []fault.Field
	say := func(name, sentence string) {
		if sentence != "" {
			found = append(found, fault.Field{Name: name, Sentence: sentence})
		}
	}
	today := clock.Local(now)
	var sentence string
	c.ContractDate, sentence = f.ContractDate.Read(form.DateRule{Now: today, Arrived: true, Repair: "请写合同上签订的日子；没有合同就留空", Label: "合同签订日期"})
	say("contract_date", sentence)
	c.DueOn, sentence = f.DueOn.Read(form.DateRule{Now: today, Arrived: true, Repair: "请写合同约定的付款日；没有约定就留空", Label: "约定付款日期"})
	say("due_on", sentence)
	c.ContractAmount, sentence = amount(f.ContractAmount)
	say("contract_amount", sentence)
	c.UnpaidAmount, sentence = amount(f.UnpaidAmount)
	say("unpaid_amount", sentence)
	return c, form.Check(c, found...)
}

// amount reads money; an empty box is no amount.
func amount(typed string) (*form.Amount, string) {
	if form.Line(typed) == "" {
		return nil, ""
	}
	value, sentence := form.ParseAmount(typed)
	if sentence != "" {
		return nil, sentence
	}
	return &value, ""
}

// evidenceForm is what the complainant says they hold; uploads come later.
type evidenceForm struct{ Held []string }

func (f *evidenceForm) read(a answers) { a.ticks("evidence_held", &f.Held) }

type contactForm struct {
	Name, Phone, Email, Address, Organisation, USCC, PressCard, CongressSession, CredentialNumber string
	Confidential, EDelivery                                                                       string
}

func (f *contactForm) read(a answers) {
	a.text("name", &f.Name)
	a.text("phone", &f.Phone)
	a.text("email", &f.Email)
	a.text("address", &f.Address)
	a.text("organisation", &f.Organisation)
	a.text("uscc", &f.USCC)
	a.text("press_card", &f.PressCard)
	a.text("congress_session", &f.CongressSession)
	a.text("credential_number", &f.CredentialNumber)
	a.choice("confidential", "yes", &f.Confidential)
	f.Confidential = or(f.Confidential, "yes") // until somebody gives it up
	a.choice("edelivery_consent", "no", &f.EDelivery)
}

// value normalises what has one right form (phone, mail, code) and keeps the rest.
func (f contactForm) value(who complaint.Who) complaint.Contact {
	c := complaint.Contact{
		Name: form.Line(f.Name), Phone: normal(f.Phone, form.Phone), Email: normal(f.Email, form.Email), Address: form.Line(f.Address),
		Organisation: form.Line(f.Organisation), USCC: normal(f.USCC, form.USCC), PressCard: form.Line(f.PressCard),
		CongressSession: form.Line(f.CongressSession), CredentialNumber: normal(f.CredentialNumber, form.CredentialNumber),
		Confidential: f.Confidential, EDelivery: f.EDelivery == "yes",
	}
	return c.Only(who)
}

func normal(typed string, read func(string) (string, string)) string {
	if value, sentence := read(typed); sentence == "" {
		return value
	}
	return form.Line(typed)
}

// yesNo reads a tick or a pair of radios; usual is what the page had chosen.
func yesNo(t web.Values, name, usual string) string {
	switch t.Get(name) {
	case "yes", "true", "on", "1":
		return "yes"
	case "no", "false", "0":
		return "no"
	}
	return usual
}

// intake is the whole filing as the noun takes it.
func (f filing) intake(now time.Time) (complaint.Intake, []fault.Field) {
	who := f.Who.value()
	contract, faults := f.Contract.value(now)
	return complaint.Intake{
		Channel: complaint.Web, Who: who, Story: f.Story.value(), Contract: contract, Held: f.Evidence.Held, Contact: f.Contact.value(who),
	}, faults
}
