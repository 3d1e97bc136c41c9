package clock

import "regexp"

// Length stands in a sentence of the program for how long the term of a rule is: no sentence
// says a number that a dated row may change.
func (c Code) Length() string { return "{" + string(c) + "}" }

var lengthMark = regexp.MustCompile(`\{[A-Z]+-[A-Z]+\}`)

// Said is a sentence with the lengths of the terms that it speaks of, as they are in force on
// a day. Where no rule is, nothing is promised that is not counted.
func (t Table) Said(sentence string, on Date) string {
	return lengthMark.ReplaceAllStringFunc(sentence, func(mark string) string {
		rule, ok := t.Rule(Code(mark[1:len(mark)-1]), on)
		if !ok || rule.Limit == 0 {
			return "规定时间"
		}
		return rule.Unit.Count(rule.Limit)
	})
}
