package form

import (
	"fmt"
	"regexp"
	"strings"
)

// phoneLimit has room for two numbers and a word about them.
const phoneLimit = 60

var (
	mobile = regexp.MustCompile(`^1[3-9]\d{9}$`)
	// Three digits for the largest cities, four for all others; no local number
	// begins with 0 or 1.
	landline = regexp.MustCompile(`^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})$`)
	freeCall = regexp.MustCompile(`^([48]00)(\d{3})(\d{4})$`)
	// A country's code and a number, fifteen digits at most (ITU-T E.164).
	abroad = regexp.MustCompile(`^[1-9]\d{6,14}$`)
	// Hong Kong, Macau and Taiwan, whose people leave the + out.
	nearby     = regexp.MustCompile(`^(852|853|886)`)
	nearbyFull = regexp.MustCompile(`^(852|853|886)(\d{8,9})$`)
	// What stands before an extension, in all the ways people write it.
	extensionWord = regexp.MustCompile(`(?i)[\s(\-]*(?:(?:转|轉|分机|分機|内线|内線|extension|extn|ext|[x×#*,;:])[号號码碼拨接\s.()\-]*)+`)
	extensionSign = regexp.MustCompile(`^(.*\d\)?)[\s(/~-]+(\d{1,6})\)?$`)
	// What says of a mobile number that an extension follows: few have one, those of three or
	// four digits that couriers are given in a number's place.
	extensionSaid = regexp.MustCompile(`(?i)[转轉机機线線x×#*]|ext`)
	hyphenated    = regexp.MustCompile(`\d-\d{3,6}$`)
	numbersApart  = regexp.MustCompile(`[、,;/]|或者?|和`)
	// A short number of a service, and a mobile number behind another and a blank.
	service      = regexp.MustCompile(`^(?:1[12]\d|1[012]\d{3}|9[56]\d{3,4})$`)
	blankNumbers = regexp.MustCompile(`(1[3-9]\d{9})(?: +|$)`)
	trunkZero    = regexp.MustCompile(`\(0\)`)
)

// Phone reads a telephone number as people write it and gives 13800001234,
// 0375-5150000, 400-820-8820 or +852 23456789, with -801 for an extension; several
// are kept together. A mail address may stand in its place. What may be none is for
// PhoneDoubt to ask about.
func Phone(s string) (string, string) {
	typed := strings.TrimSpace(fold(s))
	if typed == "" {
		return "", "请写电话号码，手机 11 位，座机带区号"
	}
	if number, ok := reached(typed); ok {
		return number, ""
	}
	line := Line(s)
	if said := LineFault(line); said != "" {
		return "", "电话号码里，" + said
	}
	if said := TooLong(line, phoneLimit); said != "" {
		return "", "电话号码" + said
	}
	return line, ""
}

// PhoneDoubt is what is odd about a number that Phone has read.
func PhoneDoubt(number string) Doubt {
	typed := strings.TrimSpace(fold(number))
	if typed == "" || Length(typed) > mailLimit { // its length is a fault, which Phone says
		return Doubt{}
	}
	if _, ok := reached(typed); !ok {
		return meant(number, phoneFault(typed), "请再看一遍；就是这样的，请勾选", "电话就是这样的")
	}
	if strings.Contains(typed, "@") {
		return EmailDoubt(number)
	}
	return Doubt{}
}

// reached is the one form of a number, of several, or of a mail address.
func reached(typed string) (string, bool) {
	if Length(typed) > mailLimit { // before it is read
		return "", false
	}
	if strings.Contains(typed, "@") {
		address, said := Email(typed)
		return address, said == ""
	}
	if number, ok := telephone(typed); ok {
		return number, true
	}
	var list []string
	if two := strings.Fields(typed); len(two) > 1 && blankNumbers.ReplaceAllString(typed, "") == "" { // 13800001234 13900001234
		return strings.Join(two, "、"), true
	}
	for _, part := range numbersApart.Split(typed, -1) {
		number, ok := telephone(strings.TrimSpace(part))
		if !ok {
			return noted(typed)
		}
		list = append(list, number)
	}
	return strings.Join(list, "、"), len(list) > 1
}

// noted is withNotes where that is read as itself again: it is kept, and read each time.
func noted(typed string) (string, bool) {
	number, ok := withNotes(typed)
	if !ok || Length(number) > phoneLimit {
		return "", false
	}
	if again, ok := withNotes(fold(number)); !ok || again != number {
		return "", false
	}
	return number, true
}

// telephone is one number with its extension, if any. A hyphen or a blank stands
// before an extension only where what is before it is a whole number: 0375-5150000
// has a hyphen too.
func telephone(typed string) (string, bool) {
	if number, ok := dialled(typed); ok {
		return number, true
	}
	head, tail, found := "", "", false
	if at := extensionWord.FindStringIndex(typed); at != nil {
		head, tail, found = typed[:at[0]], strings.TrimRight(typed[at[1]:], " ()#"), true
	} else if m := extensionSign.FindStringSubmatch(typed); m != nil {
		head, tail, found = m[1], m[2], true
	}
	if !found || tail == "" || len(tail) > 6 || !allDigits(tail) {
		return "", false
	}
	number, ok := dialled(strings.TrimRight(head, " ,(-"))
	if between := typed[len(head) : len(typed)-len(tail)]; mobile.MatchString(number) && !extensionSaid.MatchString(between) && !hyphenated.MatchString(typed) {
		return "", false // 138 0000 1234 5: a digit too many is likelier than an extension
	}
	if strings.HasPrefix(number, "+") || service.MatchString(number) || mobile.MatchString(number) && len(tail) < 3 { // whose numbers are of any length
		return number + "转" + tail, ok
	}
	return number + "-" + tail, ok
}

// dialled gives one form to a number without an extension.
func dialled(typed string) (string, bool) {
	if service.MatchString(typed) {
		return typed, true
	}
	digits := digitsOf(trunkZero.ReplaceAllString(typed, ""))
	digits, foreign := strings.CutPrefix(digits, "+")
	if !allDigits(digits) {
		return "", false
	}
	if rest, ok := strings.CutPrefix(digits, "00"); ok && !foreign {
		digits, foreign = rest, true
	}
	if rest, ok := strings.CutPrefix(digits, "86"); ok && (foreign || mobile.MatchString(rest)) {
		if number, ok := domestic(rest); ok {
			return number, true
		}
		return domestic("0" + rest) // +86 375 …: the area code without its zero
	}
	if m := nearbyFull.FindStringSubmatch(digits); m != nil {
		return "+" + m[1] + " " + m[2], m[1] == "886" || len(m[2]) == 8
	}
	if foreign {
		return "+" + digits, abroad.MatchString(digits) && !nearby.MatchString(digits)
	}
	return domestic(digits)
}

// digitsOf drops what separates digits.
func digitsOf(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().~_·", r) {
			return -1
		}
		return r
	}, typed)
}

func domestic(digits string) (string, bool) {
	if mobile.MatchString(digits) {
		return digits, true
	}
	if rest, ok := strings.CutPrefix(digits, "0"); ok && mobile.MatchString(rest) {
		return rest, true
	}
	if m := freeCall.FindStringSubmatch(digits); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3], true
	}
	m := landline.FindStringSubmatch(digits)
	if m == nil {
		return "", false
	}
	return m[1] + "-" + m[2], true
}

func phoneFault(typed string) string {
	number := digitsOf(typed)
	if found := phoneIn.FindAllString(typed, -1); len(found) == 1 && extensionWord.FindString(typed) == "" && !strings.Contains(found[0][1:], "(") { // 1380000123（微信同号）
		number = strings.Trim(digitsOf(found[0]), "()")
	}
	if at := extensionWord.FindStringIndex(typed); at != nil { // 5150000转801
		number = digitsOf(typed[:at[0]])
	}
	switch {
	case !allDigits(strings.TrimPrefix(number, "+")) || strings.Trim(number, "+") == "":
		return "这不像一个电话号码。手机 11 位，座机带区号"
	case strings.HasPrefix(number, "+"):
		return "这个号码的位数和国家、地区的代码对不上"
	case len(number) != 11 && strings.HasPrefix(number, "1"):
		return fmt.Sprintf("手机号码是 11 位，这里写了 %s 位", grouped(int64(len(number))))
	case len(number) == 7 || len(number) == 8:
		return "座机请写上区号，例如 0375"
	}
	return "这个号码和规则对不上。手机 11 位，座机带区号"
}
