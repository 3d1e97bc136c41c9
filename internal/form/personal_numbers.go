package form

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// maxDigits bounds how far one number is followed: an account has the most. An ID number
// has idDigits.
const (
	maxDigits = 22
	idDigits  = 18
)

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

// candidate is a run of groups that may be one number.
type candidate struct {
	value    string
	groups   []int
	from, to int
	hard     bool // parted as a list or a sum is
}

// numberAt tries every run of groups from i on and takes the longest that is a
// number of some kind, a sure one before one that may be.
func (s *scanned) numberAt(i int) (best span, ok bool) {
	var value []byte
	var groups []int
	for at := i; at < len(s.digits); {
		start := at
		for at < len(s.digits) && s.digits[at] >= 0 && len(value) <= maxDigits {
			value = append(value, byte('0'+s.digits[at]))
			at++
		}
		if len(value) > maxDigits {
			break
		}
		groups = append(groups, at-start)
		c := candidate{string(value), groups, i, at, s.listed(i, at)}
		if hit, is := s.kindOf(c); is && (!ok || hit.sure || !best.sure || hit.kind == best.kind) {
			best, ok = hit, true
		}
		next := s.gap(at)
		if next < 0 {
			break
		}
		at = next
	}
	return best, ok
}

// kindOf says what the digits are, and where the number really begins and ends: letters
// before them belong to a permit or passport, an ID number may end in X.
func (s *scanned) kindOf(c candidate) (span, bool) {
	for _, is := range []func(candidate) (span, bool){s.idNumber, s.mobileNumber, s.lettered, s.landlineNumber, s.oldIDNumber, s.bankCard, s.calledNumber} {
		if hit, ok := is(c); ok {
			return hit, true
		}
	}
	return span{}, false
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
	for at := 0; at+idDigits <= len(value); at++ {
		if isIDNumber(value[at : at+idDigits]) {
			return span{IDNumber, i, end, true}, true
		}
	}
	if n := len(value) - (idDigits - 1); n > 0 {
		if x := s.gapToX(end); x >= 0 && isIDNumber(value[n:]+"X") {
			return span{IDNumber, i, x + 1, true}, true
		}
	}
	for at := 0; at+11 <= len(value) && len(value) <= maxGlued; at++ {
		if mobile.MatchString(value[at:at+11]) && !s.called(i, callPaper) {
			return span{MobileNumber, i, end, false}, true
		}
	}
	if len(value) <= 8 && areaCodeAtEnd.MatchString(value) {
		if next := s.gap(end); next > end {
			local := s.groupEnd(next)
			if n := local - next; n >= 7 && n <= 12 && s.digits[next] >= 2 && !s.listed(end, next) {
				return span{Landline, i, local, false}, true
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

// idNumber is a citizen's number of 18 signs, or that of somebody from Hong Kong, Macau
// or Taiwan who lives here, or of a foreigner's card; whole, or with one sign wrong.
func (s *scanned) idNumber(c candidate) (span, bool) {
	to, id := c.to, c.value
	if x := s.gapToX(c.to); x >= 0 && len(id) == idDigits-1 {
		to, id = x+1, id+"X"
	}
	kind := IDNumber
	if strings.HasPrefix(id, "9") {
		kind = ResidenceCard
	}
	switch {
	case len(id) != idDigits:
		return span{}, false
	case isIDNumber(id):
		return span{kind, c.from, to, true}, true
	case s.called(c.from, callPaper), c.hard && !slices.Contains(c.groups, 8):
		return span{}, false
	case nearlyID(id):
		return span{kind, c.from, to, false}, true
	}
	return span{}, false
}

// nearlyID tells what may be an ID number with a wrong sign: two of its region, its day of
// birth and its check sign are right, or the region and the century.
func nearlyID(id string) bool {
	region, day := isRegion(id[:2]), isBirthday(id[6:14])
	century := id[6:8] == "19" || id[6:8] == "20"
	return region && (day || century) || day && century && id[0] != '0' || idCheck(id) && (region || day)
}

// oldIDNumber is a citizen's number of before 1999: 15 digits, two of them the year.
func (s *scanned) oldIDNumber(c candidate) (span, bool) {
	if len(c.value) != 15 || c.hard || len(c.groups) > 3 && !allOne(c.groups) || s.isSum(c.to) || s.called(c.from, callPaper) {
		return span{}, false
	}
	if isRegion(c.value[:2]) && isBirthday("19"+c.value[6:12]) {
		return span{IDNumber, c.from, c.to, false}, true
	}
	return span{}, false
}

// mobileNumber has eleven digits, with the country's code in front or without.
func (s *scanned) mobileNumber(c candidate) (span, bool) {
	year := len(c.groups) > 1 && c.groups[0] == 4 && c.groups[1] <= 2 && !allOne(c.groups) // 1998-10-01 123
	if !isMobile(c.value) || year || c.hard && !threeFourFour(c.groups) && !allOne(c.groups) {
		return span{}, false
	}
	return span{MobileNumber, c.from, c.to, true}, true
}

// landlineNumber has its area code.
func (s *scanned) landlineNumber(c candidate) (span, bool) {
	if !landline.MatchString(c.value) || c.hard {
		return span{}, false
	}
	return span{Landline, c.from, c.to, true}, true
}

// lettered are permits, passports and cards that begin with letters.
func (s *scanned) lettered(c candidate) (span, bool) {
	from, letters := s.lettersBefore(c.from)
	if letters == "" || c.hard {
		return span{}, false
	}
	n := len(c.value)
	kind := PersonalKind("")
	switch {
	case s.called(from, callPassport) && n >= 6 && n <= 9:
		kind = Passport
	case s.called(from, callPermit) && n >= 7 && n <= 11:
		kind = Permit
	case len(letters) == 3 && n == 12 && isBirthday("19"+c.value[4:10]) || len(letters) == 3 && n == 12 && s.called(from, callResident):
		return span{ResidenceCard, from, c.to, false}, true
	case s.called(from, callPaper) || n >= 8 && isDay(c.value[:8]):
		return span{}, false
	case strings.Contains("HM", letters) && (n == 8 || n == 10), strings.Contains("CWTL", letters) && len(letters) == 1 && n == 8, len(letters) == 2 && letters[0] == 'C' && n == 7:
		return span{Permit, from, c.to, false}, len(letters) == 1 || !s.called(from, callPaper)
	case len(letters) == 1 && strings.Contains("EGDSP", letters) && n == 8, len(letters) == 2 && n == 7 && (letters[0] == 'E' || letters[1] == 'E' && strings.Contains("DSP", letters[:1])):
		return span{Passport, from, c.to, false}, true
	default:
		return span{}, false
	}
	return span{kind, from, c.to, true}, true
}

// lettersBefore are the one to three letters that stand by themselves before a number.
func (s *scanned) lettersBefore(at int) (int, string) {
	end := at
	for n := 0; n < 3 && end > 0 && strings.ContainsRune(" -.·_", s.signs[end-1]); n++ {
		end--
	}
	from := end
	for from > 0 && end-from < 4 && isLetter(s.signs[from-1]) {
		from--
	}
	if n := end - from; n == 0 || n > 3 || from > 0 && plainDigit(s.signs[from-1]) >= 0 {
		return at, ""
	}
	return from, strings.ToUpper(string(s.signs[from:end]))
}

// bankCard is known by its first digits and its check digit.
func (s *scanned) bankCard(c candidate) (span, bool) {
	n := len(c.value)
	regular := len(c.groups) == 1 || allOne(c.groups) || c.groups[0] == 6 && len(c.groups) == 2
	if !regular {
		regular = !slices.ContainsFunc(c.groups[:len(c.groups)-1], func(n int) bool { return n != 4 }) && c.groups[len(c.groups)-1] <= 4
	}
	if n < 16 || n > 19 || c.hard || !regular || s.isSum(c.to) || s.called(c.from, callPaper) {
		return span{}, false
	}
	if c.value[:2] == "62" || strings.ContainsRune("34569", rune(c.value[0])) && luhn(c.value) {
		return span{BankCard, c.from, c.to, luhn(c.value)}, true
	}
	return span{}, false
}

// calledNumber is what a number is by its name alone.
func (s *scanned) calledNumber(c candidate) (span, bool) {
	n := len(c.value)
	if c.hard || s.isSum(c.to) {
		return span{}, false
	}
	for _, one := range []struct {
		kind        PersonalKind
		called      []string
		least, most int
	}{
		{IDNumber, callID, 14, 20}, {ResidenceCard, callResident, 12, 18}, {Permit, callPermit, 8, 12}, {Passport, callPassport, 7, 9}, {BankCard, callBank, 9, maxDigits},
	} {
		if n >= one.least && n <= one.most && s.called(c.from, one.called) {
			return span{one.kind, c.from, c.to, false}, true
		}
	}
	phone := s.called(c.from, callPhone)
	abroad := c.from > 0 && s.signs[c.from-1] == '+' && n >= 8 && n <= 15
	switch {
	case phone && n >= 10 && n <= 12 && c.value[0] == '1' && c.value[1] > '2':
		return span{MobileNumber, c.from, c.to, false}, true
	case phone && (n == 7 || n == 8) && c.value[0] >= '2' && len(c.groups) <= 2, abroad:
		return span{Landline, c.from, c.to, false}, true
	}
	return span{}, false
}

// isSum tells whether what stands behind a number makes it an amount or a measure.
func (s *scanned) isSum(at int) bool {
	for at < len(s.signs) && s.signs[at] == ' ' {
		at++
	}
	return at < len(s.signs) && strings.ContainsRune("元万亿块角%度㎡平米吨亩户人", s.signs[at])
}

// gapToX finds the X that ends an ID number, few parting signs allowed before it.
func (s *scanned) gapToX(at int) int {
	for range 4 {
		if at >= len(s.signs) {
			return -1
		}
		if s.signs[at] == 'X' || s.signs[at] == 'x' {
			return at
		}
		if !strings.ContainsRune(" -.·_*", s.signs[at]) {
			return -1
		}
		at++
	}
	return -1
}

func isMobile(value string) bool {
	for _, code := range []string{"0086", "86", "0"} {
		if rest, found := strings.CutPrefix(value, code); found && mobile.MatchString(rest) {
			return true
		}
	}
	return mobile.MatchString(value)
}

func threeFourFour(groups []int) bool {
	return len(groups) == 3 && groups[0] == 3 && groups[1] == 4 && groups[2] == 4
}

// allOne tells digits that are set apart one by one.
func allOne(groups []int) bool {
	return len(groups) > 5 && !slices.ContainsFunc(groups, func(n int) bool { return n != 1 })
}

// isIDNumber checks a citizen's number (GB 11643-1999): region not zero, a real
// day of birth, the check character.
func isIDNumber(s string) bool {
	return len(s) == idDigits && s[0] != '0' && isDay(s[6:14]) && idCheck(s)
}

// isDay tells a day of the calendar written in eight digits.
func isDay(s string) bool {
	day, err := time.Parse("20060102", s)
	return err == nil && day.Year() >= 1800 && day.Year() <= 2199
}

// isBirthday tells a day on which somebody who writes may have been born.
func isBirthday(s string) bool {
	day, err := time.Parse("20060102", s)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2029
}

// idCheck holds the last of 18 signs against the others (ISO 7064 MOD 11-2).
func idCheck(s string) bool {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	return s[idDigits-1] == "10X98765432"[sum%11]
}

// isRegion tells the first two digits of a region's code (GB/T 2260), those of people of
// Hong Kong, Macau and Taiwan, and of foreigners.
func isRegion(s string) bool {
	return strings.Contains(" 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 ", " "+s+" ") || s[0] == '9'
}

// luhn holds the last digit of a bank card against the others (ISO/IEC 7812).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		digit := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if digit *= 2; digit > 9 {
				digit -= 9
			}
		}
		sum += digit
	}
	return sum%10 == 0
}
