package form

import (
	"regexp"
	"strings"
	"time"
)

// maxDigits bounds how far one number is followed: an ID number has the most.
const maxDigits = 18

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
// begins and ends where one ends, or hides in a group a little longer.
func (s *scanned) numbers() []span {
	var found []span
	for i := 0; i < len(s.digits); {
		if s.digits[i] < 0 || i > 0 && s.digits[i-1] >= 0 {
			i++
			continue
		}
		hit, ok := s.numberAt(i)
		if !ok {
			hit, ok = s.gluedAt(i)
		}
		if !ok {
			i++
			continue
		}
		found, i = append(found, hit), hit.to
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

// maxGlued is the longest group in which a mobile number may hide: beyond it,
// bank cards and file numbers would be taken for one.
const maxGlued = 15

// areaCodeAtEnd leaves out codes of three digits: years end like them.
var areaCodeAtEnd = regexp.MustCompile(`0[3-9]\d{2}$`)

// gluedAt looks for a number that touches other digits, as a phone
// number with the year right behind it, and takes the whole group.
func (s *scanned) gluedAt(i int) (span, bool) {
	end := s.groupEnd(i)
	value := s.value(i, end)
	for at := 0; at+maxDigits <= len(value); at++ {
		if isIDNumber(value[at : at+maxDigits]) {
			return span{IDNumber, i, end}, true
		}
	}
	if n := len(value) - (maxDigits - 1); n > 0 {
		if x := s.gapToX(end); x >= 0 && isIDNumber(value[n:]+"X") {
			return span{IDNumber, i, x + 1}, true
		}
	}
	for at := 0; at+11 <= len(value) && len(value) <= maxGlued; at++ {
		if mobile.MatchString(value[at : at+11]) {
			return span{MobileNumber, i, end}, true
		}
	}
	if len(value) <= 8 && areaCodeAtEnd.MatchString(value) {
		if next := s.gap(end); next > end {
			local := s.groupEnd(next)
			if n := local - next; n >= 7 && n <= 12 && s.digits[next] >= 2 && !s.hasPoint(end, next) {
				return span{Landline, i, local}, true
			}
		}
	}
	return span{}, false
}

// groupEnd is where the digits that begin at i end.
func (s *scanned) groupEnd(i int) int {
	for i < len(s.digits) && s.digits[i] >= 0 {
		i++
	}
	return i
}

// value are the digits of one group as ASCII.
func (s *scanned) value(from, to int) string {
	value := make([]byte, 0, to-from)
	for _, digit := range s.digits[from:to] {
		value = append(value, byte('0'+digit))
	}
	return string(value)
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
