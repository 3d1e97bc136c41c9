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
	}
}

func TestEveryChangedSignOfACodeIsFound(t *testing.T) {
	t.Parallel()
	for _, code := range goodUSCC {
		for i := range code {
			for _, sign := range usccSigns {
				wrong := code[:i] + string(sign) + code[i+1:]
				if got, sentence := USCC(wrong); wrong != code && sentence == "" {
					t.Errorf("%s instead of %s was read as %s", wrong, code, got)
				}
			}
		}
	}
}

func TestAWrongCodeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                         "请写统一社会信用代码，在营业执照上，18 位",
		"91350100M000100Y4":        "统一社会信用代码是 18 位，这里写了 17 位，请照营业执照检查",
		"91350100M000100Y433":      "统一社会信用代码是 18 位，这里写了 19 位，请照营业执照检查",
		strings.Repeat("9", 12345): "统一社会信用代码是 18 位，这里写了 12,345 位，请照营业执照检查",
		"9135O100M000100Y43":       "统一社会信用代码的第 5 位“O”不能用，是不是数字 0",
		"9I350100M000100Y43":       "统一社会信用代码的第 2 位“I”不能用，是不是数字 1",
		"91350100M000100YS3":       "统一社会信用代码的第 17 位“S”不能用，是不是数字 5",
		"91350100V000100Y43":       "统一社会信用代码的第 9 位“V”不能用，是不是字母 U 或 Y",
		"91350100M000100Y4Z":       "统一社会信用代码的第 18 位“Z”不能用，是不是数字 2",
		"91350100M0001𠮷0Y43":       "统一社会信用代码的第 14 位“𠮷”不能用，只能写数字和大写字母",
		"91350100M000100Y44":       "统一社会信用代码的校验码（最后一位）对不上，有一位写错了，请照营业执照逐位检查",
		"19350100M000100Y43":       "统一社会信用代码的校验码（最后一位）对不上，有一位写错了，请照营业执照逐位检查",
		"000000000000000000":       "统一社会信用代码的第 1 位不会是 0，请照营业执照检查",
	} {
		if got, sentence := USCC(typed); sentence != want || got != "" {
			t.Errorf("USCC(%.40q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAPhoneNumberIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"13800001234":         "13800001234",
		"138 0000 1234":       "138 0000 1234",
		"138-0000-1234":       "",
		"１３８００００１２３４":         "",
		"+86 138 0000 1234":   "",
		"8613800001234":       "",
		"86-138-0000-1234":    "",
		"0086 13800001234":    "",
		"013800001234":        "",
		"138.0000.1234":       "",
		"0375-5150000":        "0375-5150000",
		"03755150000":         "0375-5150000",
		"（0375）5150000":       "0375-5150000",
		"0375 515 0000":       "0375-5150000",
		"0375—5150000":        "0375-5150000",
		"+86 375 5150000":     "0375-5150000",
		"+86-0375-5150000":    "0375-5150000",
		"0375-5150000-801":    "0375-5150000-801",
		"0375-5150000转801":    "0375-5150000-801",
		"0375 5150000 转 801":  "0375-5150000-801",
		"03755150000ext. 801": "0375-5150000-801",
		"010-88880000":        "010-88880000",
		"010-8888-0000":       "010-88880000",
		"02188880000":         "021-88880000",
		"0371-66660000":       "0371-66660000",
	} {
		if !strings.HasPrefix(want, "0") {
			want = "13800001234"
		}
		if got, sentence := Phone(typed); got != want || sentence != "" {
			t.Errorf("Phone(%q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAWrongPhoneNumberSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	const signs, odd = "电话号码里请只写数字和横线，手机 11 位，座机带区号", "这个电话号码不对，请检查。手机 11 位，座机带区号"
	for typed, want := range map[string]string{
		"":                         "请写电话号码，手机 11 位，座机带区号",
		"1380000123":               "手机号码是 11 位，这里写了 10 位，请检查",
		"138000012345":             "手机号码是 11 位，这里写了 12 位，请检查",
		"5150000":                  "座机请写上区号，例如 0375",
		"88880000":                 "座机请写上区号，例如 0375",
		"12800001234":              odd,
		"0375-0150000":             odd,
		"-":                        odd,
		"+86":                      odd,
		"+1 202 555 0100":          "请写国内的电话号码，手机 11 位，座机带区号",
		"13800001234、13900001234":  signs,
		"微信同号":                     signs,
		"13800001234\r\nBcc: a":    signs,
		strings.Repeat("1", 2000):  "手机号码是 11 位，这里写了 2,000 位，请检查",
		strings.Repeat("0-", 5000): odd,
	} {
		if got, sentence := Phone(typed); sentence != want || got != "" {
			t.Errorf("Phone(%.40q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAnEmailAddressIsRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"li.si@example.com":         "li.si@example.com",
		" Li.Si@Example.COM\n":      "Li.Si@example.com",
		"ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ":            "li@example.com",
		"12345@qq。com":              "12345@qq.com",
		"a+b_c'd@sub.example.co.cn": "a+b_c'd@sub.example.co.cn",
		"a@xn--fiqs8s.xn--fiqz9s":   "a@xn--fiqs8s.xn--fiqz9s",
	} {
		if got, sentence := Email(typed); got != want || sentence != "" {
			t.Errorf("Email(%q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAWrongEmailAddressIsRefused(t *testing.T) {
	t.Parallel()
	const local = "电子邮箱 @ 前面的部分不对，请检查，例如 name@example.com"
	const domain = "电子邮箱 @ 后面的部分不对，请检查，例如 name@example.com"
	for typed, want := range map[string]string{
		"":                                      "请写电子邮箱，例如 name@example.com",
		"lisi":                                  "电子邮箱里要有 @，例如 name@example.com",
		"a@b.cn@c.cn":                           "电子邮箱只写一个，例如 name@example.com",
		"a@b.cn,c@d.cn":                         "电子邮箱只写一个，例如 name@example.com",
		"a@b.cn\r\nBcc: c.d":                    "电子邮箱里不能有空格，请删去",
		"li si@example.com":                     "电子邮箱里不能有空格，请删去",
		"李四<a@b.cn>":                            local,
		"\"a\"@example.com":                     local,
		"a..b@example.com":                      local,
		".a@example.com":                        local,
		"@example.com":                          local,
		"李@example.com":                         local,
		"a@example":                             domain,
		"a@":                                    domain,
		"a@.com":                                domain,
		"a@-b.com":                              domain,
		"a@[127.0.0.1]":                         domain,
		"a@127.0.0.1":                           domain,
		"a@b.cn>":                               domain,
		"a@例子.中国":                               domain,
		"a@b..cn":                               domain,
		"a@" + strings.Repeat("b.", 130) + "cn": "电子邮箱太长，请检查",
		strings.Repeat("a", 65) + "@b.cn":       "电子邮箱太长，请检查",
		strings.Repeat("@", 100000):             "电子邮箱太长，请检查",
	} {
		if got, sentence := Email(typed); sentence != want || got != "" {
			t.Errorf("Email(%.40q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestAPressCardIsOnlyLookedAt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]bool{
		"B123456789012": true, "k1234567890123456": true, "Ｇ １２３４５６７８９０１２": true,
		"": false, "B12345678901": false, "123456789012": false, "记123456789012": false, "B12345678901234567": false,
	} {
		if got := PressCardLooksRight(typed); got != want {
			t.Errorf("PressCardLooksRight(%q) = %t", typed, got)
		}
	}
}

func TestACredentialNumberIsKeptAsTyped(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"1", "豫人代证字第０１２号", "A-1 (2)", strings.Repeat("𠮷", 40)} {
		if got, sentence := CredentialNumber(" " + typed + "　"); got != typed || sentence != "" {
			t.Errorf("CredentialNumber(%q) = %q, %q", typed, got, sentence)
		}
	}
	for typed, want := range map[string]string{
		" ":                     "请写证件号，在代表证或者委员证上",
		strings.Repeat("1", 41): "写了 41 个字，最多 40 个，请删去 1 个",
	} {
		if got, sentence := CredentialNumber(typed); sentence != want || got != "" {
			t.Errorf("CredentialNumber(%q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}
