package complaint

import (
	"maps"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// watchedText is a free text of the form that a handling unit reads once it has the
// complaint.
type watchedText struct {
	step, name, label string
	most              int // how many characters it may have
	in                func(*Form) *string
	of                func(*Dossier) string
}

// watched are all of them: the one list by which the portal asks whoever files, the desk
// whoever registers by hand, and the desk is warned before it gives a complaint to a
// unit. A test holds it to the fields of the form.
var watched = []watchedText{
	{"story", "unit_name", "单位名称", 60, func(f *Form) *string { return &f.Story.UnitName }, func(d *Dossier) string { return d.Said.UnitSaid }},
	{"story", "title", "标题", 60, func(f *Form) *string { return &f.Story.Title }, func(d *Dossier) string { return d.Matter.Title }},
	{"story", "request", "要求", 1000, func(f *Form) *string { return &f.Story.Request }, func(d *Dossier) string { return d.Said.Request }},
	{"story", "facts", "事情经过", 10_000, func(f *Form) *string { return &f.Story.Facts }, func(d *Dossier) string { return d.Said.Facts }},
	{"story", "reasons", "理由和依据", 5000, func(f *Form) *string { return &f.Story.Reasons }, func(d *Dossier) string { return d.Said.Reasons }},
	{"contract", "elsewhere", "还向哪里反映过", 500, func(f *Form) *string { return &f.Contract.Elsewhere }, func(d *Dossier) string { return d.Said.Elsewhere }},
}

// unwatched are the other fields that take words, with why nothing is asked about them.
var unwatched = map[string]string{
	"contract_no":      "a number that is asked for as such, and by which nobody but the parties is known",
	"name":             "sealed",
	"address":          "sealed",
	"organisation":     "sealed",
	"press_card":       "sealed",
	"congress_session": "sealed",
}

// Own is what is known of the complainant, to be found in what they write.
func (c Contact) Own() []form.Own {
	return []form.Own{
		{Kind: form.PersonName, Value: c.Name}, {Kind: form.MobileNumber, Value: c.Phone}, {Kind: form.EmailAddress, Value: c.Email}, {Kind: form.OwnAddress, Value: c.Address},
		{Kind: form.FirmName, Value: c.Organisation}, {Kind: form.OwnNumber, Value: c.USCC}, {Kind: form.OwnNumber, Value: c.PressCard}, {Kind: form.OwnNumber, Value: c.CredentialNumber},
	}
}

// found are the personal details in a text. The words of a search that go with the
// complaint are one; without a choice, or with the tick that they do not count, nobody
// reads them. A text that breaks its own limit is not looked through, for that takes time:
// it goes nowhere before it is shorter, and is asked about then.
func (f *Form) found(w watchedText) []form.Finding {
	if w.name == "unit_name" && (f.Story.Unit == "" || !f.Story.counts()) || form.Length(*w.in(f)) > w.most {
		return nil
	}
	return form.FindPersonal(*w.in(f), f.Contact.Value(f.Who.Value()).Own()...)
}

// TakePersonal takes the answers to the questions about what tells who wrote it, of the
// texts that were on the page. What is to be hidden goes out of its text at once: hidden
// says in how many. Who answered that it may stay is asked again when more stands there
// than before.
func (f *Form) TakePersonal(s Sent, before Form) (hidden int) {
	answers := maps.Clone(f.Personal)
	if answers == nil {
		answers = map[string]string{}
	}
	for _, w := range watched {
		question, text := PersonalField(w.name), w.in(f)
		if s.Has(question) {
			answers[w.name] = s.Get(question)
		} else if s.on(w.name) && s.Has(w.name) {
			delete(answers, w.name)
		}
		found := f.found(w)
		switch {
		case len(found) == 0:
			delete(answers, w.name)
		case answers[w.name] == personalMask:
			*text = form.Masked(*text, found)
			delete(answers, w.name)
			hidden++
		case answers[w.name] != personalKeep, before.Personal[w.name] == personalKeep && more(found, before.found(w)):
			delete(answers, w.name)
		}
	}
	f.Personal = answers
	return hidden
}

// more says that something was found which was not there before.
func more(now, before []form.Finding) bool {
	known := map[string]bool{}
	for _, one := range before {
		known[one.Text] = true
	}
	for _, one := range now {
		if !known[one.Text] {
			return true
		}
	}
	return false
}

// Questions are those about personal details that nobody has answered, of one step or of
// all. Whoever gives their name and wants no confidence is not asked.
func (f *Form) Questions(step string, through Channel) []fault.Field {
	if f.Who.Anonymous != "yes" && f.Contact.Confidential == "no" {
		return nil
	}
	var open faults
	for _, w := range watched {
		if step != "" && w.step != step || f.Personal[w.name] == personalKeep {
			continue
		}
		if found := f.found(w); len(found) > 0 {
			open.say(PersonalField(w.name), personalQuestion(w.label, found, through.addressee()))
		}
	}
	return open
}

// PersonalIn names the kinds of what tells who somebody is in all that a unit would read.
func PersonalIn(d *Dossier) string {
	var texts []string
	for _, w := range watched {
		texts = append(texts, w.of(d))
	}
	for _, e := range d.Events {
		if e.Action == Supplement || e.Action == Contest {
			texts = append(texts, e.Words)
		}
	}
	return form.PersonalKinds(nil, append(texts, d.Outcome.RatingWords)...)
}
