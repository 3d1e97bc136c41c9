package form

import (
	"slices"
	"strings"
	"time"
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

// maxDigits bounds how far one number is followed: an ID number has the most.
const maxDigits = 18

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

// plainDigit knows ASCII digits; full-width ones were folded before.
func plainDigit(r rune) int8 {
	if r >= '0' && r <= '9' {
		return int8(r - '0')
	}
	return -1
}

// hanDigit knows Han digits as they are read out, plain ones too.
func hanDigit(r rune) int8 {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return plainDigit(r)
}

// numbers walks over the groups of digits. A number begins where a group
// begins and ends where one ends: the middle of a longer number is no phone.
func (s *scanned) numbers() []span {
	var found []span
	for i := 0; i < len(s.digits); {
		if s.digits[i] < 0 || i > 0 && s.digits[i-1] >= 0 {
			i++
			continue
		}
		if hit, ok := s.numberAt(i); ok {
			found, i = append(found, hit), hit.to
			continue
		}
		i++
	}
	return found
}

// numberAt tries every run of groups from i on and takes the longest that is a
// number of some kind.
func (s *scanned) numberAt(i int) (best span, ok bool) {
	var value []byte
	var groups []int
	for at := i; at < len(s.digits); {
		start := at
		for at < len(s.digits) && s.digits[at] >= 0 && len(value) <= maxDigits+2 {
			value = append(value, byte('0'+s.digits[at]))
			at++
		}
		if len(value) > maxDigits+2 { // 0086 and a mobile number are 15
			break
		}
		groups = append(groups, at-start)
		if kind, to := s.kindOf(string(value), groups, i, at); kind != "" {
			best, ok = span{kind, i, to}, true
		}
		next := s.gap(at)
		if next < 0 {
			break
		}
		at = next
	}
	return best, ok
}

// gap gives the place of the next group when only one sign, or spaces around
// one, stand between; else -1. Lines are not joined.
func (s *scanned) gap(at int) int {
	signs := 0
	for n := 0; n < 3 && at < len(s.signs); n, at = n+1, at+1 {
		if s.digits[at] >= 0 {
			return at
		}
		switch r := s.signs[at]; {
		case s.text[s.offsets[at]] == '\n' || s.text[s.offsets[at]] == '\r':
			return -1
		case r == ' ' || r < 0:
		case strings.ContainsRune("-.·_()/—~", r):
			if signs++; signs > 1 {
				return -1
			}
		default:
			return -1
		}
	}
	if at < len(s.signs) && s.digits[at] >= 0 {
		return at
	}
	return -1
}

// kindOf says what the digits from..to are, and where they really end (an ID
// number may end in X).
func (s *scanned) kindOf(value string, groups []int, from, to int) (PersonalKind, int) {
	if len(value) == 17 {
		if x := s.gapToX(to); x >= 0 && isIDNumber(value+"X") {
			return IDNumber, x + 1
		}
	}
	if isIDNumber(value) {
		return IDNumber, to
	}
	if isMobile(value) && (!s.hasPoint(from, to) || threeFourFour(groups)) {
		return MobileNumber, to
	}
	if landline.MatchString(value) && !s.hasPoint(from, to) {
		return Landline, to
	}
	if (len(value) == 7 || len(value) == 8) && value[0] >= '2' && len(groups) <= 2 && s.calledPhone(from) {
		return Landline, to
	}
	return "", 0
}

// gapToX finds the X that ends an ID number, one space allowed before it.
func (s *scanned) gapToX(at int) int {
	for range 2 {
		if at < len(s.signs) && (s.signs[at] == 'X' || s.signs[at] == 'x' || s.signs[at] == '×') {
			return at
		}
		if at >= len(s.signs) || s.signs[at] != ' ' {
			return -1
		}
		at++
	}
	return -1
}

func isMobile(value string) bool {
	for _, code := range []string{"0086", "86"} {
		if rest, found := strings.CutPrefix(value, code); found && mobile.MatchString(rest) {
			return true
		}
	}
	return mobile.MatchString(value)
}

// hasPoint tells whether a point joins the groups: 1381234.5678 is a sum.
func (s *scanned) hasPoint(from, to int) bool {
	for i := from; i < to; i++ {
		if s.signs[i] == '.' {
			return true
		}
	}
	return false
}

func threeFourFour(groups []int) bool {
	return len(groups) == 3 && groups[0] == 3 && groups[1] == 4 && groups[2] == 4
}

// calledPhone looks for the word shortly before a number without area code.
func (s *scanned) calledPhone(from int) bool {
	before := s.text[s.offsets[max(0, from-6)]:s.offsets[from]]
	for _, word := range []string{"电话", "座机", "固话", "致电"} {
		if strings.Contains(before, word) {
			return true
		}
	}
	return false
}

// isIDNumber checks a citizen's number (GB 11643-1999): region not zero, a real
// day of birth, the check character.
func isIDNumber(s string) bool {
	if len(s) != maxDigits || s[0] == '0' {
		return false
	}
	if day, err := time.Parse("20060102", s[6:14]); err != nil || day.Year() < 1800 || day.Year() > 2199 {
		return false
	}
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	return s[maxDigits-1] == "10X98765432"[sum%11]
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
