package form

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	usccLength  = 18
	usccSigns   = "0123456789ABCDEFGHJKLMNPQRTUWXY" // GB 32100-2015: no I O S V Z
	usccModulus = 31
	usccLimit   = 60 // what an older certificate calls itself in words is shorter
)

// USCC reads the code of a firm or another body as its licence or certificate has it
// and gives it in capitals. Whether it keeps the rule is for USCCDoubt to say: codes
// given out in Xiamen before 2016 do not, and older licences have numbers of other
// kinds, some in words (豫民社证字第010123号), which are kept as typed.
func USCC(s string) (string, string) {
	code := strings.ToUpper(tight(s))
	if code == "" {
		return "", "请写统一社会信用代码，在营业执照上，18 位"
	}
	if !isCode(code) {
		code = Line(s)
	}
	if said := LineFault(code); said != "" {
		return "", "统一社会信用代码里，" + said
	}
	if n := Length(code); n > usccLimit {
		return "", fmt.Sprintf("统一社会信用代码是 18 位，这里写了 %s 位，请照营业执照检查", grouped(int64(n)))
	}
	return code, ""
}

// isCode tells what is made of plain capitals and digits alone.
func isCode(s string) bool {
	return strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

const (
	usccAgain = "请照营业执照或者登记证书再看一遍；证照上就是这样的，请勾选"
	usccMeant = "证照上就是这样的"
)

// USCCDoubt is what is odd about a code that USCC has read: the length, a sign or the
// check character of GB 32100-2015, or that it is some other number.
func USCCDoubt(code string) Doubt {
	if said := usccOdd(code); said != "" {
		return meant(code, said, usccAgain, usccMeant)
	}
	return Doubt{}
}

func usccOdd(code string) string {
	n := Length(code)
	switch {
	case code == "":
		return ""
	case looksLikeID(code):
		return "这像是身份证号码，不是单位的代码"
	case n == 15 && isCode(code):
		return "这是 15 位的，像以前的注册号。换过证照的，新证照上有 18 位的代码"
	case n == 9 && isCode(code):
		return "这是 9 位的，像以前的组织机构代码。换过证照的，新证照上有 18 位的代码"
	case n != usccLength:
		return fmt.Sprintf("统一社会信用代码是 18 位，这里写了 %s 位，和规则对不上", grouped(int64(n)))
	}
	place, sum, weight := 0, 0, 1
	for _, r := range code {
		place++
		value := strings.IndexRune(usccSigns, r)
		if value < 0 {
			return usccSignFault(place, r)
		}
		if place < usccLength {
			sum += value * weight
			weight = weight * 3 % usccModulus
		}
	}
	if code[0] == '0' { // eighteen zeros would pass the sum
		return "统一社会信用代码的第 1 位一般不是 0，和规则对不上"
	}
	if code[usccLength-1] != usccSigns[(usccModulus-sum%usccModulus)%usccModulus] {
		return "统一社会信用代码的最后一位（校验码）和规则对不上，可能有一位写错了"
	}
	return ""
}

// usccSignFault names the digit that people mean when they write a letter which
// the standard left out.
func usccSignFault(place int, r rune) string {
	said := fmt.Sprintf("统一社会信用代码的第 %d 位%s和规则对不上", place, quoted(string(r)))
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
	return said + "，一般只有数字和大写字母"
}

// An ID number of today (GB 11643-1999) or of before 1999, by the day of birth in it.
var (
	idNumber    = regexp.MustCompile(`^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$`)
	oldIDNumber = regexp.MustCompile(`^[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$`)
)

func looksLikeID(s string) bool { return idNumber.MatchString(s) || oldIDNumber.MatchString(s) }
