package form

import (
	"slices"

	"zhengxin/internal/fault"
)

// Doubt is a question about a value that breaks a rule which reality does not always
// keep, or that can be read in several ways: whoever knows better says so with a tick,
// and is never stopped. The zero Doubt is none.
type Doubt struct {
	Sentence string
	Fact     string          // what is odd, where nobody can be asked
	Readings []fault.Reading // one is a tick, several are a choice
}

// meant is the doubt of a value that has one reading, itself.
func meant(value, fact, ask, words string) Doubt {
	return Doubt{fact + "。" + ask, fact, []fault.Reading{{Value: value, Words: words}}}
}

// Sure are the readings that were chosen of doubtful values, by the names of their
// fields. A reading that is not among those of the value that stands there now does not
// count: whoever changes a value is asked again.
type Sure map[string]string

// Settle gives the reading that was chosen, or the value as it is and the question
// about it; a question without a sentence is none.
func (s Sure) Settle(name, value string, d Doubt) (string, fault.Field) {
	chosen := func(r fault.Reading) bool { return r.Value == s[name] }
	switch {
	case d.Sentence == "":
		return value, fault.Field{}
	case slices.ContainsFunc(d.Readings, chosen):
		return s[name], fault.Field{}
	}
	return value, fault.Field{Name: name, Sentence: d.Sentence, Readings: d.Readings}
}
