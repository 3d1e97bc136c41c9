package form

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// unseen is Unicode's property Default_Ignorable_Code_Point, written out.
var unseen = [][2]rune{
	{0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F},
	{0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8},
	{0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}

func TestWhatNobodySeesIsKnownWhole(t *testing.T) {
	t.Parallel()
	of := func(r rune) bool {
		for _, span := range unseen {
			if r >= span[0] && r <= span[1] {
				return true
			}
		}
		return false
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got := ignorable(r); got != of(r) {
			t.Errorf("%04X: %t", r, got)
		}
		if of(r) && foldRune(r) != -1 {
			t.Errorf("%04X stays in a code", r)
		}
	}
}

// readers are all that read a code or a number, with what each must make of it.
var readers = map[string]struct {
	typed, want string
	read        func(string) string
	apart       bool // blanks and dashes may stand inside
}{
	"number":       {"JX2026012345674", "JX2026012345674", func(s string) string { v, _ := ParseNumber(s); return v }, true},
	"query code":   {"ABCDEFGH23456789", "ABCDEFGH23456789", func(s string) string { v, _ := ParseCode(s); return v }, true},
	"one-time":     {"123456", "123456", DigitsOnly, true},
	"USCC":         {"91350100M000100Y43", "91350100M000100Y43", func(s string) string { v, _ := USCC(s); return v }, true},
	"mobile":       {"13800001234", "13800001234", func(s string) string { v, _ := Phone(s); return v }, true},
	"landline":     {"03755150000", "0375-5150000", func(s string) string { v, _ := Phone(s); return v }, false},
	"press card":   {"B123456789012", "B123456789012", Plain, false},
	"e-mail":       {"li.si@example.com", "li.si@example.com", func(s string) string { v, _ := Email(s); return v }, false},
	"credential":   {"豫代证012", "豫代证012", func(s string) string { v, _ := CredentialNumber(s); return v }, false},
	"contract no.": {"DL-2024-016", "DL-2024-016", Plain, false},
	"amount":       {"1,286,500.00", "1,286,500.00", func(s string) string { v, _ := ParseAmount(s); return v.String() }, false},
	"date": {"2024", "2024-05-12", func(s string) string {
		v, _ := DateBoxes{s, "5", "12"}.Read(DateRule{Now: today})
		return v.String()
	}, false},
}

func TestUnseenMarksAroundACodeOrANumberAreNoPartOfIt(t *testing.T) {
	t.Parallel()
	for name, c := range readers {
		if got := c.read(c.typed); got != c.want {
			t.Fatalf("%s: %q is read as %q", name, c.typed, got)
		}
		for _, span := range unseen {
			for _, r := range []rune{span[0], (span[0] + span[1]) / 2, span[1]} {
				mark := string(r)
				inside := strings.Join(strings.Split(c.typed, ""), mark)
				for _, typed := range []string{mark + c.typed, c.typed + mark, mark + c.typed + mark + mark, inside} {
					if got := c.read(typed); got != c.want {
						t.Errorf("%s with %04X: %+q is read as %q", name, r, typed, got)
					}
				}
			}
		}
		for _, around := range []string{"\u202a%s\u202c", "\u2068%s\u2069", "\ufeff%s\u200e", "\u00a0%s\u3000", "\v%s\f", "\u0085%s\u2028", "\x07%s\x1b"} {
			if got := c.read(fmt.Sprintf(around, c.typed)); got != c.want {
				t.Errorf("%s in %+q is read as %q", name, around, got)
			}
		}
	}
}

func TestBlanksAndDashesOfAnyWidthPartACode(t *testing.T) {
	t.Parallel()
	between := []string{" ", "\t", "\v", "\f", "\r\n", "\u0085", "\u00a0", "\u1680", "\u2028", "\u202f", "\u205f", "\u2800", "　",
		"-", "－", "‐", "‑", "‒", "–", "—", "―", "−", "﹘", "﹣", "ー", "ｰ", "─", "━", " — ", "\u00ad-\u200b"}
	for r := rune(0x2000); r <= 0x200A; r++ {
		between = append(between, string(r))
	}
	for name, c := range readers {
		if !c.apart {
			continue
		}
		for _, sign := range between {
			typed := c.typed[:4] + sign + c.typed[4:]
			if got := c.read(typed); got != c.want {
				t.Errorf("%s: %+q is read as %q", name, typed, got)
			}
			if got := c.read(widen(c.typed[:4]) + sign + widen(c.typed[4:])); got != c.want {
				t.Errorf("%s in full width with %+q is read as %q", name, sign, got)
			}
		}
	}
}

func TestACodeOfAPDFIsReadThroughItsRadicals(t *testing.T) {
	t.Parallel()
	for typed, want := range map[rune]rune{
		'⼈': '人', '⺠': '民', '⻓': '长', '⻔': '门', '⻋': '车', '⼀': '一', '⽉': '月', '⽇': '日', '豈': '豈', '金': '金', '⻰': '龙', '⿕': '龠',
		'龟': '龟', '民': '民', 'a': 'a', '﨎': '﨎', '々': '々', '①': '①', 'ｱ': 'ｱ', '丽': '丽',
	} {
		if got := Alike(typed); got != want {
			t.Errorf("%c (%04X) is %c (%04X), want %c", typed, typed, got, got, want)
		}
	}
	for r := rune(0x2E80); r <= 0x2FD5; r++ {
		if to := Alike(r); to != r && !unicode.Is(unicode.Unified_Ideograph, to) || to == r && r != 0x2E80 && r != 0x2E9A && (r <= 0x2EF3 || r >= 0x2F00) {
			t.Errorf("%04X becomes %04X", r, to)
		}
	}
}

func TestNumberAndCodeAreReadOutOfOneText(t *testing.T) {
	t.Parallel()
	const number, code = "JX2026012345674", "ABCDEFGH23456789"
	for text, want := range map[string][2]string{
		"投诉编号 JX2026012345674\n查询码 ABCD-EFGH-2345-6789":                      {number, code}, // what our button copies
		"投诉编号 JX2026012345674查询码 ABCD-EFGH-2345-6789":                        {number, code}, // a box of one line drops the line break
		"投诉编号JX2026012345674查询码ABCDEFGH23456789":                             {number, code},
		"投诉编号\tjx 2026 0123 4567 4\r\n查询码\tabcd efgh 2345 6789":              {number, code},
		"查询码：ＡＢＣＤ－ＥＦＧＨ－２３４５－６７８９；编号：ＪＸ２０２６０１２３４５６７４。":                        {number, code},
		"\u202aJX2026012345674\u202c \u2068ABCD-EFGH-2345-6789\u2069":        {number, code},
		"投诉编号 JX2026012345674 查询码 ABCD-EFGH-2345-6789 被投诉单位 财政局 2026年5月1日收到": {number, code},
		"编号-JX2026012345674-查询码-ABCD-EFGH-2345-6789-":                        {number, code},
		"JX2026012345674/ABCDEFGH23456789":                                   {number, code},
		"JX2026012345674":                                                    {number, ""},
		"abcd-efgh-2345-6789":                                                {"", code},
		"":                                                                   {"", ""},
		"投诉编号 JX2026012345675 查询码 ABCD":                                      {"", ""},
		"JX2026012345674ABCDEFGH23456789":                                    {number, code},
		"2345678923456789234567892345":                                       {"", ""},
		"XABCDEFGH23456789":                                                  {"", ""},
		"编号没有，码是 ABCD-EFGH-2345-678":                                         {"", ""},
	} {
		if gotNumber, gotCode := ReadPair(text); gotNumber != want[0] || gotCode != want[1] {
			t.Errorf("ReadPair(%q) = %q, %q; want %q", text, gotNumber, gotCode, want)
		}
	}
	ReadPair(strings.Repeat("ABCD-", 100_000))
	ReadPair("JX" + strings.Repeat("1 -", 100_000))
}
