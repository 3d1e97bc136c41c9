package filing

import (
	"net/url"
	"slices"
	"strings"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
)

// question is what the elder mode asks on a page of its own: the fields of a
// step that belong together. A page of one question has it in its address, as
// ?q= and the name of a field: a number would name another question as soon
// as somebody says to be an enterprise, and an address lets the browser's own
// Back come to the question before.
type question struct {
	fields []string // as they are named in the form; the first one names the question
	title  string   // the heading, where the label of the first field does not do
	when   func(complaint.Who) bool
}

// questions of each step, in the order of its page. The last step is one.
var questions = map[string][]question{
	"who": {{fields: []string{"complainant_kind"}}, {fields: []string{"anonymous"}}},
	"story": {
		{fields: []string{"unit_name", "unit", "unit_sure"}},
		{fields: []string{"category_query", "category"}, title: "这是哪一类的事"},
		{fields: []string{"title"}}, {fields: []string{"request"}}, {fields: []string{"facts"}}, {fields: []string{"reasons"}},
	},
	"contract": {
		{fields: []string{"contract_no"}}, {fields: []string{"contract_date"}}, {fields: []string{"contract_amount"}},
		{fields: []string{"due_on"}}, {fields: []string{"unpaid_amount"}}, {fields: []string{"in_litigation"}}, {fields: []string{"elsewhere"}},
	},
	"evidence": {{fields: []string{"evidence_held"}}},
	"contact": {
		contact("organisation"), contact("uscc"), contact("press_card"), contact("name"), contact("congress_session"),
		contact("credential_number"), contact("phone"), contact("email", "edelivery_consent"), contact("address"),
		{fields: []string{"confidential"}, when: func(w complaint.Who) bool { return w.Anonymous != "yes" }},
	},
}

// contact is a question for those who are asked for its first field.
func contact(fields ...string) question {
	return question{fields: fields, when: func(w complaint.Who) bool { return slices.Contains(complaint.Asked(w), fields[0]) }}
}

func (q question) name() string { return q.fields[0] }

// has says whether a field is on the page; without a question all are.
func (q *question) has(field string) bool {
	return q == nil || slices.Contains(q.fields, strings.TrimSuffix(field, complaint.PersonalField("")))
}

// of are the faults of what was asked; nobody is told of what they do not see.
func (q *question) of(faults []fault.Field) []fault.Field {
	return slices.DeleteFunc(slices.Clone(faults), func(f fault.Field) bool { return !q.has(f.Name) })
}

// named is the question that has this field.
func named(list []question, field string) (question, bool) {
	i := slices.IndexFunc(list, func(q question) bool { return q.has(field) })
	if i < 0 {
		return question{}, false
	}
	return list[i], true
}

// asking is the address of one question.
func (st step) asking(q question) string { return st.path + "?q=" + url.QueryEscape(q.name()) }

// questions are those of a step that are asked of this person.
func (f filing) questions(at string) []question {
	return slices.DeleteFunc(slices.Clone(questions[at]), func(q question) bool { return q.when != nil && !q.when(f.Who.Value()) })
}

// settle notes what is answered. A step is done when all its questions were
// answered and nothing is wrong; sent says that what was on the page was sent
// on, and not only saved as it stood.
func (v *visit) settle(at string, faults []fault.Field, sent bool) {
	list := v.questions(at)
	all := v.Done[at] || sent && v.asks == nil
	if sent && v.asks != nil {
		v.Answered[v.asks.name()] = true
	}
	v.Done[at] = len(faults) == 0
	for _, q := range list {
		if all {
			v.Answered[q.name()] = true
		}
		v.Done[at] = v.Done[at] && v.Answered[q.name()]
	}
	if v.Done[at] {
		for _, q := range questions[at] {
			delete(v.Answered, q.name())
		}
	}
}

// open is the first question of a step that is not answered rightly, or the
// first of all.
func (v *visit) open(at string, faults []fault.Field) question {
	list := v.questions(at)
	for _, q := range list {
		if !v.Done[at] && !v.Answered[q.name()] || len(q.of(faults)) > 0 {
			return q
		}
	}
	return list[0]
}

// place is where the page's question stands among how many.
func (v *visit) place(at string) (n, of int) {
	list := v.questions(at)
	i := slices.IndexFunc(list, func(q question) bool { return v.asks != nil && q.name() == v.asks.name() })
	return i + 1, len(list)
}

// before is the address of the question before this one, or of the step where a page has
// the whole of it; empty at the first.
func (v *visit) before(at string) string {
	n, _ := v.place(at)
	i, here := stepOf(at)
	switch {
	case n > 1:
		return here.asking(v.questions(at)[n-2])
	case i > 0 && v.asks == nil && !v.elder:
		return steps[i-1].path
	case i > 0:
		list := v.questions(steps[i-1].key)
		return steps[i-1].asking(list[len(list)-1])
	}
	return ""
}
