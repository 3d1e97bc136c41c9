package form

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestTheCheckDigitIsDamms(t *testing.T) {
	t.Parallel()
	if got := dammSum("572"); got != 4 {
		t.Errorf("the sum of 572 is %d, want 4 as in the literature", got)
	}
}

func TestANewNumberIsReadBack(t *testing.T) {
	t.Parallel()
	number := NewNumber(2026, bytes.NewReader([]byte{0, 0, 0, 0, 0, 0x12, 0xD6, 0x87}))
	if !strings.HasPrefix(number, "JX202601234567") || len(number) != 15 {
		t.Errorf("got %s, want JX2026, 01234567 and one check digit", number)
	}
	for range 1000 {
		number := NewNumber(2026, rand.Reader)
		if got, ok := ParseNumber(number); got != number || !ok {
			t.Fatalf("ParseNumber(%s) = %s, %t", number, got, ok)
		}
	}
}

func TestANumberIsMadeEvenWithoutItsSource(t *testing.T) {
	t.Parallel()
	for _, year := range []int{2026, 0, -1, 123456} {
		a, b := NewNumber(year, iotest.ErrReader(fmt.Errorf("dry"))), NewNumber(year, bytes.NewReader(nil))
		if _, ok := ParseNumber(a); !ok || a == b {
			t.Errorf("year %d: got %s and %s", year, a, b)
		}
	}
}

func TestANumberIsReadAsPeopleCopyIt(t *testing.T) {
	t.Parallel()
	number := NewNumber(2026, rand.Reader)
	digits := number[2:]
	for _, typed := range []string{
		strings.ToLower(number), " " + number + "\n", "JX-" + digits[:4] + "-" + digits[4:8] + " " + digits[8:],
		"ｊｘ" + widen(digits), "JX　" + digits[:6] + "—" + digits[6:], number[:5] + "\u200b" + number[5:],
		"jx" + strings.NewReplacer("0", "o", "1", "l").Replace(digits), "JX" + strings.NewReplacer("0", "Ｏ", "1", "I").Replace(digits),
	} {
		if got, ok := ParseNumber(typed); got != number || !ok {
			t.Errorf("ParseNumber(%q) = %q, %t; want %s", typed, got, ok, number)
		}
	}
	if of := NewNumberOf("AJ", 2026, rand.Reader); !strings.HasPrefix(of, "AJ2026") {
		t.Errorf("a number of AJ is %s", of)
	} else if got, ok := ParseNumber("aj-" + of[2:]); got != of || !ok {
		t.Errorf("%s is read as %q", of, got)
	}
	for typed, want := range map[string]string{digits: digits, "jx" + digits[:6]: "JX" + digits[:6], digits[:4] + " " + digits[4:9]: digits[:9], "２０２６－０１": "202601", digits[9:]: digits[9:],
		"": "", "123": "", "JXX2026": "", "工程款": "", digits + "0": "", "12.50": "", "2026年": ""} {
		if got, ok := PartOfNumber(typed); got != want || ok != (want != "") {
			t.Errorf("PartOfNumber(%q) = %q, %t; want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "JX", digits, "J" + digits, "JXX" + digits, "1X" + digits, number + "0", number[:14], number[:14] + "X", "JX二〇二六" + digits[4:], strings.Repeat("J", 1e6)} {
		if got, ok := ParseNumber(typed); ok || got != "" {
			t.Errorf("ParseNumber(%.40q) = %q, true", typed, got)
		}
	}
}

// widen writes ASCII as an input method in full width does.
func widen(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

func TestTheCheckDigitFindsEveryWrongDigitAndEverySwap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := NewNumber(rapid.IntRange(2020, 2099).Draw(t, "year"),
			bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "random")))
		for i := len(numberPrefix); i < len(number); i++ {
			for digit := byte('0'); digit <= '9'; digit++ {
				wrong := []byte(number)
				wrong[i] = digit
				if _, ok := ParseNumber(string(wrong)); ok != (digit == number[i]) {
					t.Fatalf("%s instead of %s: accepted %t", wrong, number, ok)
				}
			}
			if swapped := []byte(number); i > len(numberPrefix) && number[i] != number[i-1] {
				swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
				if _, ok := ParseNumber(string(swapped)); ok {
					t.Fatalf("%s instead of %s was accepted", swapped, number)
				}
			}
		}
	})
}

func TestAQueryCodeIsReadAsPeopleCopyIt(t *testing.T) {
	t.Parallel()
	const code = "ABCDEFGH23456789"
	for _, typed := range []string{code, "abcd-efgh-2345-6789", " ABCD EFGH\t2345　6789 ", widen(code), "abcd–EFGH‐2345-6789"} {
		if got, ok := ParseCode(typed); got != code || !ok {
			t.Errorf("ParseCode(%q) = %q, %t", typed, got, ok)
		}
	}
	for _, typed := range []string{"", code[:15], code + "A", "0BCDEFGH23456789", "OBCDEFGH23456789", "ABCDEFGI23456789", "ABCDEFG123456789", "中文中文中"} {
		if got, ok := ParseCode(typed); ok || got != "" {
			t.Errorf("ParseCode(%q) = %q, true", typed, got)
		}
	}
}

func TestAPrintedCodeIsReadBack(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"ABCDEFGH23456789": "ABCD-EFGH-2345-6789", "": "", "ABCD": "ABCD", "ABCDE": "ABCD-E"} {
		if got := GroupCode(code); got != want {
			t.Errorf("GroupCode(%q) = %q, want %q", code, got, want)
		}
	}
	if len(CodeAlphabet) != 32 || strings.ContainsAny(CodeAlphabet, "0O1I") {
		t.Errorf("the alphabet %s is not the receipt's", CodeAlphabet)
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringOfN(rapid.RuneFrom([]rune(CodeAlphabet)), CodeLength, CodeLength, -1).Draw(t, "code")
		if got, ok := ParseCode(GroupCode(code)); got != code || !ok {
			t.Fatalf("%s was read as %q, %t", code, got, ok)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"JX2026012345674", "jx-2026 0123 4567 4", "ＪＸ２０２６", "", "\xff", "JX", "ABCD-EFGH-2345-6789"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if number, ok := ParseNumber(typed); ok {
			if again, still := ParseNumber(number); again != number || !still || len(number) != 15 {
				t.Errorf("%q: %q is read as %q", typed, number, again)
			}
		}
		if code, ok := ParseCode(typed); ok {
			if again, still := ParseCode(GroupCode(code)); again != code || !still {
				t.Errorf("%q: %q is read as %q", typed, code, again)
			}
		}
		GroupCode(typed)
		if digits := DigitsOnly(typed); DigitsOnly(digits) != digits {
			t.Errorf("%q: reading %q twice gives something else", typed, digits)
		}
	})
}

// TestNoCodeIsShownAgainInThePlaceOfANumber pastes a receipt whose number is wrong, in many
// ways: no four signs of its code that stand together come back, nor many of them.
func TestNoCodeIsShownAgainInThePlaceOfANumber(t *testing.T) {
	t.Parallel()
	const code = "ABCDEFGH23456789"
	for _, written := range []string{code, GroupCode(code), strings.ToLower(code), "ＡＢＣＤＥＦＧＨ２３４５６７８９", "ABCD EFGH 2345 6789", "A B C D E F G H 2 3 4 5 6 7 8 9", "ABCD—EFGH—2345—6789", "ABCD，EFGH，2345，6789", "ABCD/EFGH/2345/6789", code + "X", code[1:], "ABCD\u200bEFGH23456789", "ABCD\nEFGH\n2345\n6789", "AB-CDEFGH-23456789", "0" + code, "O" + code} {
		for _, text := range []string{"%s", "查询码 %s", "投诉编号 JX2026000000018\n查询码 %s", "%s JX2026000000018", "JX202600000001 %s", "2026000000018 %s", "编号没有，查询码是%s。", "投诉编号　JX 2026 0000 0001 8 查询码　　%s 请留好", "%s%s"} {
			typed := strings.ReplaceAll(text, "%s", written)
			shown := Codeless(typed)
			bare := strings.ToUpper(tight(shown))
			for i := range len(code) - 3 {
				if strings.Contains(bare, code[i:i+4]) {
					t.Errorf("%q is shown as %q", typed, shown)
				}
			}
			if Length(shown) > codelessLimit {
				t.Errorf("%q is shown at length: %q", typed, shown)
			}
		}
	}
	for typed, want := range map[string]string{
		"JX2026000000018": "JX2026000000018", " jx2026 0000 0001 8 ": "jx2026 0000 0001 8", "2026000000018": "2026000000018", "JX2026": "JX2026", "不记得了": "不记得了", "JX-XXXX": "JX-XXXX", "": "",
		"投诉编号 JX2026000000018\n查询码 ABCD-EFGH-2345-6789": "JX2026000000018", "JX20260000000181": "JX20260000000181", "ＪＸ２０２６": "JX2026",
		strings.Repeat("甲", 100): strings.Repeat("甲", codelessLimit), strings.Repeat("A", 300): "", strings.Repeat("甲", pairLimit+1): "",
	} {
		if shown := Codeless(typed); shown != want {
			t.Errorf("%.60q is shown as %q, want %q", typed, shown, want)
		}
	}
}
