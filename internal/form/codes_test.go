package form

import (
	"strings"
	"testing"
)

func TestAnEmailAddressIsRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"li.si@example.com":         "li.si@example.com",
		" Li.Si@Example.COM\n":      "Li.Si@example.com",
		"ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ":            "li@example.com",
		"12345@qq。com":              "12345@qq.com",
		"a+b_c'd@sub.example.co.cn": "a+b_c'd@sub.example.co.cn",
		"12345@qq.com。":             "12345@qq.com",
		"12345@qq.com，":             "12345@qq.com",
		"12345@qq.com；":             "12345@qq.com",
		"12345@qq.com.":             "12345@qq.com",
		"<12345@qq.com>":            "12345@qq.com",
		"张三<a@qq.com>":              "a@qq.com", "李四 <a@b.cn>": "a@b.cn", "a@qq.com（张三）": "a@qq.com", "a@qq.com (本人)": "a@qq.com",
		"（12345@qq.com）":          "12345@qq.com",
		"邮箱：12345@qq.com":         "12345@qq.com",
		"电子邮箱地址是12345@qq.com。":    "12345@qq.com",
		"E-mail: 12345@qq.com":    "12345@qq.com",
		"mailto:12345@qq.com":     "12345@qq.com",
		"12345 @ qq.com":          "12345@qq.com",
		"12345@qq，com":            "12345@qq.com",
		"12345＠qq．com":            "12345@qq.com",
		"email@example.com":       "email@example.com",
		"a@xn--fiqs8s.xn--fiqz9s": "a@xn--fiqs8s.xn--fiqz9s",
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
		"李四13800001234<a@b.cn>":                 local,
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
