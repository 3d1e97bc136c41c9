package complaint

import (
	"fmt"
	"maps"
	"net/url"
	"slices"

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
	return append([]form.Own{
		{Kind: form.PersonName, Value: c.Name}, {Kind: form.EmailAddress, Value: c.Email}, {Kind: form.OwnAddress, Value: c.Address},
		{Kind: form.FirmName, Value: c.Organisation}, {Kind: form.OwnNumber, Value: c.USCC}, {Kind: form.OwnNumber, Value: c.PressCard}, {Kind: form.OwnNumber, Value: c.CredentialNumber},
	}, form.OwnTelephone(c.Phone)...)
}

// found are the personal details in a text. The words of a search that go with the
// complaint are one; without a choice, or with the tick that they do not count, nobody
// reads them. A text that breaks its own limit is not looked through, for that takes time:
// it goes nowhere before it is shorter, and is asked about then.
func (f *Form) found(w watchedText) []form.Finding {
	if w.name == "unit_name" && (f.Story.Unit == "" || !f.Story.counts()) || *w.in(f) == "" || form.Length(*w.in(f)) > w.most {
		return nil
	}
	text, own := *w.in(f), f.Contact.Value(f.Who.Value()).Own()
	key := fmt.Sprint(own, text)
	found, ok := f.finds[key]
	if !ok { // it is the dearest part of a filing, and asked for by who takes the answers and who asks
		found = form.FindPersonal(text, own...)
		if f.finds == nil {
			f.finds = map[string][]form.Finding{}
		}
		f.finds[key] = found
	}
	return found
}

// TakePersonal takes the answers to the questions about what tells who wrote it, of the
// texts that were on the page. What is to be hidden goes out of its text at once: hidden
// are the names of those, for whoever wrote them to see before they are sent. That it may
// stay is said of what the question named: whoever writes more is asked again.
func (f *Form) TakePersonal(s Sent) (hidden []string) {
	answers, named := maps.Clone(f.Personal), maps.Clone(f.Asked)
	if answers == nil {
		answers = map[string]string{}
	}
	if named == nil {
		named = map[string]string{}
	}
	for _, w := range watched {
		question, text := PersonalField(w.name), w.in(f)
		if s.Has(question) {
			answers[w.name], named[w.name] = s.Get(question), s.Get(PersonalAsked(w.name))
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
			hidden = append(hidden, w.name)
		case answers[w.name] != personalKeep, !covers(named[w.name], found):
			delete(answers, w.name)
		}
		if answers[w.name] == "" {
			delete(named, w.name)
		}
	}
	f.Personal, f.Asked = answers, named
	return hidden
}

// PersonalFields are the names of all fields by which the questions are answered.
func PersonalFields() []string {
	var names []string
	for _, w := range watched {
		names = append(names, PersonalField(w.name), PersonalAsked(w.name))
	}
	return names
}

// PutHidden writes what became of hidden texts back into the form that was sent, without
// the answers that it came to by.
func (f *Form) PutHidden(typed url.Values, hidden []string) {
	for _, w := range watched {
		if slices.Contains(hidden, w.name) {
			typed.Set(w.name, *w.in(f))
			typed.Del(PersonalField(w.name))
			typed.Del(PersonalAsked(w.name))
		}
	}
}

// AskedNow is what the hidden field beside a question holds: what the question names,
// and where it is answered and stands for a change of mind, what it named then.
func (f *Form) AskedNow(name string, open bool) string {
	if !open {
		return f.Asked[name]
	}
	for _, w := range watched {
		if w.name == name {
			return namedIn(f.found(w))
		}
	}
	return ""
}

// Questions are those about personal details that nobody has answered, of one step or of
// all. Whoever gives their name and wants no confidence is not asked.
func (f *Form) Questions(step string, through Channel) []fault.Field {
	if f.Who.Anonymous != "yes" && f.Contact.Confidential == "no" {
		return nil
	}
	var open faults
	for _, w := range watched {
		if step != "" && w.step != step {
			continue
		}
		found := f.found(w)
		if kept := f.Personal[w.name] == personalKeep && covers(f.Asked[w.name], found); len(found) > 0 && !kept {
			open.ask(PersonalField(w.name), personalQuestion(w.label, found, through.addressee()))
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
		if !e.Apart && (e.Action == Supplement || e.Action == Contest) {
			texts = append(texts, e.Words)
		}
	}
	if !d.Outcome.RatingApart {
		texts = append(texts, d.Outcome.RatingWords)
	}
	return form.PersonalKinds(nil, texts...)
}
