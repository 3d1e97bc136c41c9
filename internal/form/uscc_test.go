package form

import (
	"strings"
	"testing"
)

var goodUSCC = []string{
	"91350100M000100Y43",
	"11410425000000019K",
	"11410425123456788X",
	"124104250000000356",
	"91410425MA00000077",
}

func TestAGoodCodeIsReadAsPeopleCopyIt(t *testing.T) {
	t.Parallel()
	for _, code := range goodUSCC {
		for _, typed := range []string{code, strings.ToLower(code), widen(code), " " + code[:6] + " " + code[6:12] + "-" + code[12:] + "　"} {
			if got, sentence := USCC(typed); got != code || sentence != "" {
				t.Errorf("USCC(%q) = %q, %q", typed, got, sentence)
			}
		}
		if doubt := USCCDoubt(code); doubt.Sentence != "" {
			t.Errorf("%s is asked about: %s", code, doubt.Sentence)
		}
	}
}

func TestEveryChangedSignOfACodeIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, code := range goodUSCC {
		for i := range code {
			for _, sign := range usccSigns {
				wrong := code[:i] + string(sign) + code[i+1:]
				if got, sentence := USCC(wrong); got != wrong || sentence != "" {
					t.Errorf("%s instead of %s is refused: %q, %s", wrong, code, got, sentence)
				}
				if doubt := USCCDoubt(wrong); wrong != code && doubt.Sentence == "" {
					t.Errorf("%s instead of %s is taken", wrong, code)
				}
			}
		}
	}
}

// TestACodeThatBreaksTheRuleIsAQuestion: none of these stops anybody.
func TestACodeThatBreaksTheRuleIsAQuestion(t *testing.T) {
	t.Parallel()
	const again = "。请照营业执照或者登记证书再看一遍；证照上就是这样的，请勾选"
	for typed, want := range map[string]struct{ value, said string }{
		"91350203M0001QKT19":  {"", "统一社会信用代码的最后一位（校验码）和规则对不上，可能有一位写错了"}, // Xiamen before 2016
		"91350203m0001qkt19":  {"91350203M0001QKT19", "统一社会信用代码的最后一位（校验码）和规则对不上，可能有一位写错了"},
		"19350100M000100Y43":  {"", "统一社会信用代码的最后一位（校验码）和规则对不上，可能有一位写错了"},
		"91350100M000100Y4":   {"", "统一社会信用代码是 18 位，这里写了 17 位，和规则对不上"},
		"91350100M000100Y433": {"", "统一社会信用代码是 18 位，这里写了 19 位，和规则对不上"},
		"410425100012345":     {"", "这是 15 位的，像以前的注册号。换过证照的，新证照上有 18 位的代码"},
		"4104 2510 0012 345":  {"410425100012345", "这是 15 位的，像以前的注册号。换过证照的，新证照上有 18 位的代码"},
		"12345678-9":          {"123456789", "这是 9 位的，像以前的组织机构代码。换过证照的，新证照上有 18 位的代码"},
		"MA4012345":           {"", "这是 9 位的，像以前的组织机构代码。换过证照的，新证照上有 18 位的代码"},
		"４１０４２５１９９００１０１１２３４": {"410425199001011234", "这像是身份证号码，不是单位的代码"},
		"41042519900101123x": {"41042519900101123X", "这像是身份证号码，不是单位的代码"},
		"410425900101123":    {"", "这像是身份证号码，不是单位的代码"},
		"9135O100M000100Y43": {"", "统一社会信用代码的第 5 位“O”和规则对不上，是不是数字 0"},
		"9I350100M000100Y43": {"", "统一社会信用代码的第 2 位“I”和规则对不上，是不是数字 1"},
		"91350100M000100YS3": {"", "统一社会信用代码的第 17 位“S”和规则对不上，是不是数字 5"},
		"91350100V000100Y43": {"", "统一社会信用代码的第 9 位“V”和规则对不上，是不是字母 U 或 Y"},
		"91350100M000100Y4Z": {"", "统一社会信用代码的第 18 位“Z”和规则对不上，是不是数字 2"},
		"91350100M0001𠮷0Y43": {"", "统一社会信用代码的第 14 位“𠮷”和规则对不上，一般只有数字和大写字母"},
		"豫民社证字第 010123 号":    {"", "统一社会信用代码是 18 位，这里写了 15 位，和规则对不上"},
		"没有":                 {"", "统一社会信用代码是 18 位，这里写了 2 位，和规则对不上"},
		"000000000000000000": {"", "统一社会信用代码的第 1 位一般不是 0，和规则对不上"},
	} {
		if want.value == "" {
			want.value = typed
		}
		got, sentence := USCC(typed)
		if got != want.value || sentence != "" {
			t.Errorf("USCC(%q) = %q, %q; want %q", typed, got, sentence, want.value)
		}
		doubt := USCCDoubt(got)
		if doubt.Sentence != want.said+again || len(doubt.Readings) != 1 || doubt.Readings[0].Value != got {
			t.Errorf("%q is asked about with %+v; want %s", typed, doubt, want.said)
		}
	}
}

func TestWhatCannotBeACodeIsRefused(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                         "请写统一社会信用代码，在营业执照上，18 位",
		" 　":                       "请写统一社会信用代码，在营业执照上，18 位",
		strings.Repeat("9", 12345): "统一社会信用代码是 18 位，这里写了 12,345 位，请照营业执照检查",
		"豫民\u202e证字":               "统一社会信用代码里，第 2 个字后面有看不见的方向控制符，请删去",
	} {
		if got, sentence := USCC(typed); got != "" || sentence != want {
			t.Errorf("USCC(%.40q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAReadingIsChosenOfTheValueThatStandsThere(t *testing.T) {
	t.Parallel()
	const code = "91350203M0001QKT19"
	for _, c := range []struct {
		sure  Sure
		value string
		asked bool
	}{
		{nil, code, true},
		{Sure{"uscc": code}, code, false},
		{Sure{"uscc": "yes"}, code, true},
		{Sure{"uscc": "91350203M0001QKT18"}, code, true}, // of what stood there before
		{Sure{"phone": code}, code, true},
		{Sure{"uscc": code}, goodUSCC[0], false},
	} {
		got, question := c.sure.Settle("uscc", c.value, USCCDoubt(c.value))
		if got != c.value || (question.Sentence != "") != c.asked || c.asked && question.Name != "uscc" {
			t.Errorf("%v: %q, %+v", c.sure, got, question)
		}
	}
}
