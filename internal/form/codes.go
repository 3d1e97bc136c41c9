package form

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"unicode"
)

const (
	usccLength  = 18
	usccSigns   = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100-2015: no I O S V Z
	usccModulus = 31
)

var (
	mobile    = regexp.MustCompile(`^1[3-9]\d{9}$`)
	extension = regexp.MustCompile(`^(.*\d)\s*(?:转|-|x|ext\.?)\s*(\d{1,6})$`)
	// Three digits for the largest cities, four for all others; no local number
	// begins with 0 or 1.
	landline   = regexp.MustCompile(`^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})$`)
	pressCard  = regexp.MustCompile(`^[A-Z]\d{12,16}$`)
	mailLocal  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	mailDomain = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`)
)

// USCC reads a 统一社会信用代码 (GB 32100-2015) and gives it in capitals, or
// says whether the length, a sign or the check character is wrong.
func USCC(s string) (string, string) {
	code := strings.ToUpper(tight(s))
	if code == "" {
		return "", "请写统一社会信用代码，在营业执照上，18 位"
	}
	if n := Length(code); n != usccLength {
		return "", fmt.Sprintf("统一社会信用代码是 18 位，这里写了 %s 位，请照营业执照检查", grouped(int64(n)))
	}
	place, sum, weight := 0, 0, 1
	for _, r := range code {
		place++
		value := strings.IndexRune(usccSigns, r)
		if value < 0 {
			return "", usccSignFault(place, r)
		}
		if place < usccLength {
			sum += value * weight
			weight = weight * 3 % usccModulus
		}
	}
	if code[0] == '0' { // eighteen zeros would pass the sum
		return "", "统一社会信用代码的第 1 位不会是 0，请照营业执照检查"
	}
	if code[usccLength-1] != usccSigns[(usccModulus-sum%usccModulus)%usccModulus] {
		return "", "统一社会信用代码的校验码（最后一位）对不上，有一位写错了，请照营业执照逐位检查"
	}
	return code, ""
}

// usccSignFault names the digit that people mean when they write a letter which
// the standard left out.
func usccSignFault(place int, r rune) string {
	said := fmt.Sprintf("统一社会信用代码的第 %d 位%s不能用", place, quoted(string(r)))
	switch r {
	case 'I':
		return said + "，是不是数字 1"
	case 'O':
		return said + "，是不是数字 0"
	case 'S':
		return said + "，是不是数字 5"
	case 'Z':
		return said + "，是不是数字 2"
	case 'V':
		return said + "，是不是字母 U 或 Y"
	}
	return said + "，只能写数字和大写字母"
}

// Phone reads a mobile number or a landline with its area code, and gives
// 13800001234 or 0375-5150000 (-801 with an extension).
func Phone(s string) (string, string) {
	typed := strings.ToLower(strings.TrimSpace(fold(s)))
	if typed == "" {
		return "", "请写电话号码，手机 11 位，座机带区号"
	}
	number, abroad := dialled(typed)
	if mobile.MatchString(number) {
		return number, ""
	}
	tail := ""
	if m := extension.FindStringSubmatch(typed); m != nil {
		// 0375-5150000 has a hyphen too: it is an extension only when what
		// stands before it is a whole number.
		if head, _ := dialled(m[1]); landline.MatchString(head) {
			number, tail = head, "-"+m[2]
		}
	}
	if m := landline.FindStringSubmatch(number); m != nil {
		return m[1] + "-" + m[2] + tail, ""
	}
	return "", phoneFault(number, abroad)
}

// dialled drops what separates digits and the country's code, and reports
// whether another country's stood there.
func dialled(s string) (number string, abroad bool) {
	number = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().", r) {
			return -1
		}
		return r
	}, s)
	for _, code := range []string{"+86", "0086"} {
		if rest, found := strings.CutPrefix(number, code); found {
			if !mobile.MatchString(rest) && !strings.HasPrefix(rest, "0") {
				rest = "0" + rest // +86 375 …: the area code without its zero
			}
			return rest, false
		}
	}
	for _, habit := range []string{"86", "0"} {
		if rest, found := strings.CutPrefix(number, habit); found && mobile.MatchString(rest) {
			return rest, false
		}
	}
	return number, strings.HasPrefix(number, "+")
}

func phoneFault(number string, abroad bool) string {
	switch {
	case abroad:
		return "请写国内的电话号码，手机 11 位，座机带区号"
	case !allDigits(number):
		return "电话号码里请只写数字和横线，手机 11 位，座机带区号"
	case len(number) != 11 && strings.HasPrefix(number, "1"):
		return fmt.Sprintf("手机号码是 11 位，这里写了 %s 位，请检查", grouped(int64(len(number))))
	case len(number) == 7 || len(number) == 8:
		return "座机请写上区号，例如 0375"
	}
	return "这个电话号码不对，请检查。手机 11 位，座机带区号"
}

// Email reads one bare address that a mail server takes and gives it with its
// domain in lower case. Names, lists, quotes and line breaks are refused, so it
// can stand in a header.
func Email(s string) (string, string) {
	typed := strings.TrimSpace(fold(s))
	local, domain, found := strings.Cut(typed, "@")
	domain = strings.ToLower(strings.ReplaceAll(domain, "。", "."))
	address := local + "@" + domain
	switch {
	case typed == "":
		return "", "请写电子邮箱，例如 name@example.com"
	case !found:
		return "", "电子邮箱里要有 @，例如 name@example.com"
	case len(address) > 254 || len(local) > 64:
		return "", "电子邮箱太长，请检查"
	case strings.Contains(domain, "@"):
		return "", "电子邮箱只写一个，例如 name@example.com"
	case strings.ContainsFunc(address, unicode.IsSpace):
		return "", "电子邮箱里不能有空格，请删去"
	case !mailLocal.MatchString(local):
		return "", "电子邮箱 @ 前面的部分不对，请检查，例如 name@example.com"
	case !mailDomain.MatchString(domain):
		return "", "电子邮箱 @ 后面的部分不对，请检查，例如 name@example.com"
	}
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		return "", "这个电子邮箱不对，请检查，例如 name@example.com"
	}
	return address, ""
}

// PressCardLooksRight tells whether s has the usual form of a press card: a
// capital and 12 to 16 digits. The form of newer cards is not settled, so a page
// may ask to look again, but never refuse.
func PressCardLooksRight(s string) bool {
	return pressCard.MatchString(strings.ToUpper(tight(s)))
}

// CredentialNumber reads the number of a deputy's or committee member's
// credential: up to 40 visible characters, kept as typed.
func CredentialNumber(s string) (string, string) {
	number := Plain(s)
	if number == "" {
		return "", "请写证件号，在代表证或者委员证上"
	}
	if sentence := LineFault(number); sentence != "" {
		return "", sentence
	}
	if sentence := TooLong(number, 40); sentence != "" {
		return "", sentence
	}
	return number, ""
}
