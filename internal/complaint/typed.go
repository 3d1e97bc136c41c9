package complaint

import (
	"cmp"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Form is a complaint as it was typed: strings, to be shown again just so. The
// portal fills it in step by step, in the elder mode question by question, and
// the desk on one page; it is read here only, and turns into an Intake, whose
// tags hold the rules. A field that is not here cannot be posted.
type Form struct {
	Who      WhoForm
	Story    StoryForm
	Contract ContractForm
	Evidence EvidenceForm
	Contact  ContactForm
	Personal map[string]string `json:",omitempty"` // what was found in a text and may stay: see Questions
	Asked    map[string]string `json:",omitempty"` // what the question named that was answered so

	finds map[string][]form.Finding // what was found in a text, while one request lasts
}

// Empty says that nothing was filled in; what was looked for in it is nothing that was.
func (f Form) Empty() bool {
	f.finds = nil
	if len(f.Personal)+len(f.Asked) == 0 {
		f.Personal, f.Asked = nil, nil
	}
	return reflect.DeepEqual(f, Form{})
}

// ReadForm reads all of it at once.
func ReadForm(v url.Values) Form {
	var f Form
	s := Sent{Values: v}
	f.Who.Read(s)
	f.Story.Read(s)
	f.Contract.Read(s)
	f.Evidence.Read(s)
	f.Contact.Read(s)
	f.Personal, f.Asked = map[string]string{}, map[string]string{}
	for _, w := range watched {
		if chosen := v.Get(PersonalField(w.name)); chosen != "" {
			f.Personal[w.name], f.Asked[w.name] = chosen, v.Get(PersonalAsked(w.name))
		}
	}
	return f
}

// WhoForm is in which capacity somebody complains.
type WhoForm struct{ Kind, Anonymous string }

// Read takes the first step.
func (f *WhoForm) Read(s Sent) {
	s.text("complainant_kind", &f.Kind)
	s.choice("anonymous", "no", &f.Anonymous)
}

// Value is the step as the noun takes it.
func (f WhoForm) Value() Who { return Who(f) }

// StoryForm is what happened and who did it, with the words of the two search
// boxes. UnitSure is the tick that the unit counts and not the words beside it.
type StoryForm struct {
	Unit, UnitName, UnitSure, Category, CategoryQuery, Title, Request, Facts, Reasons string
}

// Read takes the second step.
func (f *StoryForm) Read(s Sent) {
	s.text("unit", &f.Unit)
	s.text("unit_name", &f.UnitName)
	s.text("unit_sure", &f.UnitSure)
	s.text("category", &f.Category)
	s.text("category_query", &f.CategoryQuery)
	s.text("title", &f.Title)
	s.text("request", &f.Request)
	s.text("facts", &f.Facts)
	s.text("reasons", &f.Reasons)
}

// ShownStory is what the page had in its search boxes and choices when it was shown.
func ShownStory(v url.Values) StoryForm {
	return StoryForm{Unit: v.Get("unit_chosen"), UnitName: v.Get("unit_sought"), Category: v.Get("category_chosen"), CategoryQuery: v.Get("category_sought")}
}

// Searches says whether a search box holds other words than it did before.
// Return was then pressed to look them up, even with something chosen: it must
// not go on, or on the desk file, about what was chosen earlier. Beside “不在名
// 单里” the words are the unit's name and no search.
func (f StoryForm) Searches(before StoryForm) bool {
	return f.Unit != UnknownUnit && f.UnitName != "" && f.UnitName != before.UnitName ||
		f.CategoryQuery != "" && f.CategoryQuery != before.CategoryQuery
}

// value is the step as typed; whom it names is for Register.Story to settle.
func (f StoryForm) value() Story {
	s := Story{
		Unit: f.Unit, Category: f.Category, Title: form.Line(f.Title), Request: form.Text(f.Request),
		Facts: form.Text(f.Facts), Reasons: form.Text(f.Reasons),
	}
	if f.Unit == "" || f.Unit == UnknownUnit {
		s.UnitSaid = form.Line(f.UnitName)
	}
	return s
}

// beside says whether the words of the search box stand beside a choice that they do
// not mean, and nobody said yet which of them counts. Filed about the choice alone, as
// it was, a complaint goes to the wrong body and past the one that was named.
func (f StoryForm) beside(listed unit.List) bool {
	words := form.Line(f.UnitName)
	if !f.counts() {
		return false
	}
	if u, named := listed.Called(words); named {
		return u.Code != f.Unit
	}
	u, found := listed.ByCode(f.Unit)
	return !found || !listed.Says(u, words)
}

// counts says whether the words of the search box go with the complaint: they do, unless
// somebody ticked that they do not.
func (f StoryForm) counts() bool { return form.Line(f.UnitName) != "" && f.UnitSure != f.sure() }

// sure is the value of the tick: with another choice or other words it is asked anew.
func (f StoryForm) sure() string { return f.Unit + " " + form.Line(f.UnitName) }

// HandForm is what the office is asked besides, of what did not come over the
// web.
type HandForm struct {
	Channel  string
	Received form.DateBoxes
}

// ReadHand reads how and when it came; a day that was left out is today.
func ReadHand(v url.Values, now time.Time) HandForm {
	var f HandForm
	s := Sent{Values: v}
	s.text("channel", &f.Channel)
	s.date("received_on", &f.Received)
	if f.Received.Empty() {
		f.Received = today(now)
	}
	return f
}

func today(now time.Time) form.DateBoxes {
	d := clock.On(now)
	return form.DateBoxes{Year: strconv.Itoa(d.Year), Month: strconv.Itoa(int(d.Month)), Day: strconv.Itoa(d.Day)}
}

// Value is the channel and the day it came: within a year, for who finds an
// older letter has more to explain than a date. Today is no day of its own,
// since then the hour counts.
func (f HandForm) Value(now time.Time) (Channel, form.Date, []fault.Field) {
	var found faults
	if workflow.Word(ByHand, f.Channel) == "" {
		found.say("channel", "请选是怎么来的")
		f.Channel = ""
	}
	day, wrong := f.Received.Ask("received_on", f.Came(now))
	found.add(wrong)
	if same, _ := today(now).Read(form.DateRule{Now: clock.Local(now)}); day == same {
		day = form.Date{}
	}
	return Channel(f.Channel), day, found
}

// Came is the rule for the day it came.
func (f HandForm) Came(now time.Time) form.DateRule {
	rule := form.DateRule{Now: clock.Local(now), Arrived: true, Repair: "请写收到的那一天，一年以内的；就是今天收到的不用改", Label: "收到日期"}
	rule.Since.Year, rule.Since.Month, rule.Since.Day = yearBefore(rule.Now)
	return rule
}

func yearBefore(now time.Time) (year, month, day int) {
	y, m, d := now.AddDate(-1, 0, 0).Date()
	return y, int(m), d
}

// ContractForm is the contract and the money.
type ContractForm struct {
	ContractNo, ContractAmount, UnpaidAmount, InLitigation, Elsewhere string
	ContractDate, DueOn                                               form.DateBoxes
	Sure                                                              form.Sure `json:",omitempty"`
}

// Read takes the third step.
func (f *ContractForm) Read(s Sent) {
	s.text("contract_no", &f.ContractNo)
	s.date("contract_date", &f.ContractDate)
	s.text("contract_amount", &f.ContractAmount)
	s.date("due_on", &f.DueOn)
	s.text("unpaid_amount", &f.UnpaidAmount)
	s.sure("contract_amount", &f.Sure)
	s.sure("unpaid_amount", &f.Sure)
	s.text("in_litigation", &f.InLitigation)
	if s.on("in_litigation") {
		f.InLitigation = cmp.Or(f.InLitigation, "no") // what the page had chosen
	}
	s.text("elsewhere", &f.Elsewhere)
}

// Dates are the rules for the two days of a contract: years ago, one often remembers no
// more of them than the month.
func (f ContractForm) Dates(now time.Time) (signed, due form.DateRule) {
	signed = form.DateRule{Now: clock.Local(now), Arrived: true, Part: true, Repair: "请写合同上签订的日子；没有合同就留空", Label: "合同签订日期"}
	due = signed
	due.Repair, due.Label = "请写合同约定的付款日；没有约定就留空", "约定付款日期"
	return signed, due
}

// Value is the step as the noun takes it, with what is wrong.
func (f ContractForm) Value(now time.Time) (Contract, []fault.Field) {
	c := Contract{ContractNo: form.Plain(f.ContractNo), InLitigation: f.InLitigation, Elsewhere: form.Text(f.Elsewhere)}
	var found faults
	date := func(name string, boxes form.DateBoxes, rule form.DateRule) (form.Date, string) {
		day, wrong := boxes.Ask(name, rule)
		found.add(wrong)
		return day, boxes.AsWritten(day)
	}
	amount := func(name, typed string) (*form.Amount, string) {
		sum, wrong := f.Sure.Amount(name, typed)
		found.add(wrong)
		if sum == nil {
			return nil, ""
		}
		return sum, form.AmountWritten(typed)
	}
	signed, due := f.Dates(now)
	c.ContractDate, c.AsWritten.ContractDate = date("contract_date", f.ContractDate, signed)
	c.DueOn, c.AsWritten.DueOn = date("due_on", f.DueOn, due)
	c.ContractAmount, c.AsWritten.ContractAmount = amount("contract_amount", f.ContractAmount)
	c.UnpaidAmount, c.AsWritten.UnpaidAmount = amount("unpaid_amount", f.UnpaidAmount)
	return c, form.Check(c, found...)
}

// EvidenceForm is what the complainant says they hold; uploads come later.
type EvidenceForm struct{ Held []string }

// Read takes the fourth step.
func (f *EvidenceForm) Read(s Sent) { s.ticks("evidence_held", &f.Held) }

// ContactForm is how the complainant is reached.
type ContactForm struct {
	Name, Phone, Email, Address, Organisation, USCC, PressCard, CongressSession, CredentialNumber string
	Confidential, EDelivery                                                                       string
	Sure                                                                                          form.Sure `json:",omitempty"`
}

// Read takes the fifth step.
func (f *ContactForm) Read(s Sent) {
	s.text("name", &f.Name)
	s.text("phone", &f.Phone)
	s.text("email", &f.Email)
	s.text("address", &f.Address)
	s.text("organisation", &f.Organisation)
	s.text("uscc", &f.USCC)
	s.text("press_card", &f.PressCard)
	s.text("congress_session", &f.CongressSession)
	s.text("credential_number", &f.CredentialNumber)
	s.choice("confidential", "yes", &f.Confidential)
	f.Confidential = cmp.Or(f.Confidential, "yes") // until somebody gives it up
	s.choice("edelivery_consent", "no", &f.EDelivery)
	for _, field := range doubtful {
		s.sure(field.name, &f.Sure)
	}
}

// Value normalises what has one right form (phone, mail, code), takes what was chosen
// of the readings of a doubtful one, and keeps of the rest what that kind of
// complainant is asked for. A mail address where a telephone is asked for is the mail
// address.
func (f ContactForm) Value(who Who) Contact {
	c := Contact{
		Name: form.Line(f.Name), Phone: form.Normal(f.Phone, form.Phone), Email: form.Normal(f.Email, form.Email), Address: form.Line(f.Address),
		Organisation: form.Line(f.Organisation), USCC: form.Normal(f.USCC, form.USCC), PressCard: form.Plain(f.PressCard),
		CongressSession: form.Line(f.CongressSession), CredentialNumber: form.Normal(f.CredentialNumber, form.CredentialNumber),
		Confidential: f.Confidential, EDelivery: f.EDelivery == "yes", Sure: f.Sure,
	}
	if c.Email == "" && strings.Contains(c.Phone, "@") {
		c.Email, c.Phone = form.Normal(c.Phone, form.Email), ""
	}
	fields := c.fields()
	for _, field := range doubtful {
		value := fields[field.name]
		*value, _ = c.Sure.Settle(field.name, *value, field.doubt(*value))
	}
	return c.Only(who)
}

// Typed is what stands in the field of that name.
func (f ContactForm) Typed(name string) string {
	return map[string]string{
		"name": f.Name, "phone": f.Phone, "email": f.Email, "address": f.Address, "organisation": f.Organisation, "uscc": f.USCC,
		"press_card": f.PressCard, "congress_session": f.CongressSession, "credential_number": f.CredentialNumber,
	}[name]
}

// faults are found while typed strings become values.
type faults []fault.Field

// add notes a fault or a question; one without a sentence is none.
func (f *faults) add(one fault.Field) {
	if one.Sentence != "" {
		*f = append(*f, one)
	}
}

// ask notes a question that is answered by the field of that name.
func (f *faults) ask(name, sentence string) {
	*f = append(*f, fault.Field{Name: name, Sentence: sentence, Asked: true})
}

// say notes a sentence beside a field; an empty one is no fault.
func (f *faults) say(name, sentence string) {
	if sentence != "" {
		*f = append(*f, fault.Field{Name: name, Sentence: sentence})
	}
}
