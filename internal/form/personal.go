package form

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// PersonalKind is a sort of detail that tells who somebody is.
type PersonalKind string

// The kinds that FindPersonal knows; their text is what a page calls them.
const (
	IDNumber     PersonalKind = "身份证号"
	MobileNumber PersonalKind = "手机号码"
	Landline     PersonalKind = "座机号码"
	EmailAddress PersonalKind = "电子邮箱"
)

// Finding is one personal detail inside a text.
type Finding struct {
	Kind       PersonalKind
	Start, End int    // bytes of the text: text[Start:End]
	Place      int    // where it begins, counted in characters from 1
	Text       string // as it was typed
}

// scanned is a text beside its folded form, character by character.
type scanned struct {
	text    string
	signs   []rune // folded; one for each character of the text
	offsets []int  // where each begins in the text, and where the last ends
	digits  []int8 // the value of a digit, else -1
}

// span is a finding before it is cut out: characters from..to.
type span struct {
	kind     PersonalKind
	from, to int
}

// FindPersonal finds ID numbers, phone numbers and e-mail addresses in free
// text, to warn the writer of an anonymous complaint. It errs towards finding:
// numbers written full width, in Han digits, or broken up by spaces and hyphens
// count too. They come in the text's order and never overlap.
func FindPersonal(text string) []Finding {
	s := scan(text)
	taken := make([]bool, len(s.signs))
	spans := s.emails(nil)
	mark(taken, spans)
	for _, value := range []func(rune) int8{plainDigit, hanDigit} {
		// Two passes, so that 之一 before a number does not hide it.
		for i, r := range s.signs {
			if s.digits[i] = value(r); taken[i] {
				s.digits[i] = -1
			}
		}
		more := s.numbers()
		mark(taken, more)
		spans = append(spans, more...)
	}
	return s.cut(spans)
}

func mark(taken []bool, spans []span) {
	for _, found := range spans {
		for i := found.from; i < found.to; i++ {
			taken[i] = true
		}
	}
}

func scan(text string) *scanned {
	n := utf8.RuneCountInString(text)
	s := &scanned{text: text, signs: make([]rune, 0, n), offsets: make([]int, 0, n+1), digits: make([]int8, n)}
	for i, r := range text {
		s.signs = append(s.signs, foldRune(r))
		s.offsets = append(s.offsets, i)
	}
	s.offsets = append(s.offsets, len(text))
	return s
}

// cut takes the spans out of the text, in its order.
func (s *scanned) cut(spans []span) []Finding {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var findings []Finding
	for _, found := range spans {
		start, end := s.offsets[found.from], s.offsets[found.to]
		findings = append(findings, Finding{found.kind, start, end, found.from + 1, s.text[start:end]})
	}
	return findings
}

// emails looks at every @ and takes what can stand around it.
func (s *scanned) emails(found []span) []span {
	last := 0
	for i, r := range s.signs {
		if r != '@' {
			continue
		}
		from := i
		for from > last && i-from < 64 && isMailSign(s.signs[from-1], "._%+-") {
			from--
		}
		to, point := i+1, false
		for to < len(s.signs) && to-i < 254 && isMailSign(s.signs[to], ".-") {
			point = point || s.signs[to] == '.'
			to++
		}
		for to > i && (s.signs[to-1] == '.' || s.signs[to-1] == '-') {
			to--
		}
		if from < i && point && strings.ContainsRune(string(s.signs[i+1:max(to, i+1)]), '.') {
			found, last = append(found, span{EmailAddress, from, to}), to
		}
	}
	return found
}

func isMailSign(r rune, others string) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(others, r)
}

// PersonalKinds names the kinds of personal details in some texts; of is which count,
// nil for all.
func PersonalKinds(of []PersonalKind, texts ...string) string {
	seen, words := map[PersonalKind]bool{}, ""
	for _, text := range texts {
		for _, found := range FindPersonal(text) {
			if seen[found.Kind] || of != nil && !slices.Contains(of, found.Kind) {
				continue
			}
			seen[found.Kind] = true
			if words != "" {
				words += "、"
			}
			words += string(found.Kind)
		}
	}
	return words
}
