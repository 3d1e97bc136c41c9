package form

import (
	"regexp"
	"strings"
)

// regionCard is the form of an identity card of Hong Kong, Macau or Taiwan: the letters,
// the digits and the check sign that it may have in brackets.
var regionCard = regexp.MustCompile(`(?:^|[^A-Za-z0-9])([A-Za-z]{0,2})[ \-.]?(\d{3,4} ?-?\d{3}(?: ?-?\d{1,3})?)[ \-]?(?:[(\[{【/] ?([0-9Aa]) ?[)\]}】]?)?`)

// callRegion are the names of such a card.
var callRegion = []string{"香港", "港澳", "澳门", "台湾", "身份证", "身分證", "身分证", "身份證", "hkid"}

// regionIDs finds the numbers of those cards: by their own form where it is none of
// anything else, else by their name. They have too few signs for the numbers of a citizen.
func (s *scanned) regionIDs() []span {
	var found []span
	for _, m := range regionCard.FindAllStringSubmatchIndex(s.folded, -1) {
		letters, digits, check := strings.ToUpper(s.folded[m[2]:m[3]]), tightDigits(s.folded[m[4]:m[5]]), ""
		from, to := m[2], m[5]
		if letters == "" {
			from = m[4]
		}
		if m[6] >= 0 {
			check, to = strings.ToUpper(s.folded[m[6]:m[7]]), m[1]
		}
		at, end := s.at[from], s.at[to]
		if end < len(s.signs) && (plainDigit(s.signs[end]) >= 0 || isLetter(s.signs[end])) {
			continue
		}
		called := s.called(at, callRegion) && !s.called(at, callPermit) && !s.called(at, callPassport)
		hongKong := letters != "" && len(digits) == 6 && check != ""
		if letters != "" && check == "" && len(digits) == 7 && called { // A1234567
			hongKong, digits, check = true, digits[:6], digits[6:]
		}
		macau := letters == "" && strings.ContainsAny(digits[:1], "157") && (len(digits) == 7 && check != "" && check != "A" || len(digits) == 8 && check == "") && called
		taiwan := len(letters) == 1 && len(digits) == 9 && check == "" && strings.ContainsAny(digits[:1], "1289")
		switch {
		case s.isSum(end):
		case hongKong && (called || !s.called(at, callPaper)):
			found = append(found, span{IDNumber, at, end, hongKongCheck(letters, digits, check)})
		case macau:
			found = append(found, span{IDNumber, at, end, false})
		case taiwan && (called || taiwanCheck(letters, digits) && !isDay(digits[:8]) && !s.called(at, callPaper)):
			found = append(found, span{IDNumber, at, end, taiwanCheck(letters, digits)})
		}
	}
	return found
}

func tightDigits(s string) string { return strings.NewReplacer(" ", "", "-", "").Replace(s) }

// hongKongCheck weighs the letters as 10 to 35, a blank before a single one as 36.
func hongKongCheck(letters, digits, check string) bool {
	sum, weight := 0, 9
	if len(letters) == 1 {
		sum, weight = 36*9, 8
	}
	for _, r := range letters {
		sum += int(r-'A'+10) * weight
		weight--
	}
	for _, r := range digits {
		sum += int(r-'0') * weight
		weight--
	}
	if check == "A" {
		return (sum+10)%11 == 0
	}
	return (sum+int(check[0]-'0'))%11 == 0
}

// taiwanCheck: every letter stands for two digits, by the order in which the counties got
// theirs.
func taiwanCheck(letters, digits string) bool {
	n := strings.Index("ABCDEFGHJKLMNPQRSTUVXYWZIO", letters) + 10
	sum := n/10 + n%10*9
	for i := range 8 {
		sum += int(digits[i]-'0') * (8 - i)
	}
	return (sum+int(digits[8]-'0'))%10 == 0
}
