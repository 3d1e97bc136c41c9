package portal

import (
	"cmp"
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

func readWho(t web.Values) whoForm {
	return whoForm{Kind: t.Get("complainant_kind"), Anonymous: yesNo(t, "anonymous", "no")}
}

func (f whoForm) value() complaint.Who { return complaint.Who{Kind: f.Kind, Anonymous: f.Anonymous} }

type storyForm struct{ Unit, UnitName, Category, CategoryQuery, Title, Request, Facts, Reasons string }

func readStory(t web.Values) storyForm {
	return storyForm{
		Unit: t.Get("unit"), UnitName: t.Get("unit_name"), Category: t.Get("category"), CategoryQuery: t.Get("category_query"),
		Title: t.Get("title"), Request: t.Get("request"), Facts: t.Get("facts"), Reasons: t.Get("reasons"),
	}
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

func readContract(t web.Values) contractForm {
	return contractForm{
		ContractNo: t.Get("contract_no"), ContractAmount: t.Get("contract_amount"), UnpaidAmount: t.Get("unpaid_amount"),
		InLitigation: cmp.Or(t.Get("in_litigation"), "no"), Elsewhere: t.Get("elsewhere"),
		ContractDate: boxes(t, "contract_date"), DueOn: boxes(t, "due_on"),
	}
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
	c.ContractDate, sentence = f.ContractDate.Read(form.DateRule{Now: today, Arrived: true, Repair: "请写合同上签订的日子；没有合同就留空"})
	say("contract_date", sentence)
	c.DueOn, sentence = f.DueOn.Read(form.DateRule{Now: today, Arrived: true, Repair: "请写合同约定的付款日；没有约定就留空"})
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

func readEvidence(t web.Values) evidenceForm { return evidenceForm{Held: t.All("evidence_held")} }

type contactForm struct {
	Name, Phone, Email, Address, Organisation, USCC, PressCard, CongressSession, CredentialNumber string
	Confidential, EDelivery                                                                       string
}

func readContact(t web.Values) contactForm {
	return contactForm{
		Name: t.Get("name"), Phone: t.Get("phone"), Email: t.Get("email"), Address: t.Get("address"),
		Organisation: t.Get("organisation"), USCC: t.Get("uscc"), PressCard: t.Get("press_card"),
		CongressSession: t.Get("congress_session"), CredentialNumber: t.Get("credential_number"),
		Confidential: yesNo(t, "confidential", "yes"), EDelivery: yesNo(t, "edelivery_consent", "no"),
	}
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
