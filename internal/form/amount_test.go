package form

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAnAmountIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Amount{
		"1286500":            128650000,
		"1286500.00":         128650000,
		"1,286,500.00":       128650000,
		"１，２８６，５００．００":       128650000,
		"１２３":                12300,
		"12。5":               1250,
		"￥1286500元":          128650000,
		"¥ 1286500.5":        128650050,
		"　1286500 元整 ":       128650000,
		"0":                  0,
		"0.01":               1,
		"000007":             700,
		"999999999999.99":    maxAmount,
		"999,999,999,999.99": maxAmount,
	} {
		got, sentence := ParseAmount(typed)
		if got != want || sentence != "" {
			t.Errorf("ParseAmount(%q) = %d, %q; want %d", typed, got, sentence, want)
		}
	}
}

func TestWhatIsNoAmountGetsASentence(t *testing.T) {
	t.Parallel()
	const repair = "不能当数字用。请只写数字，单位是元，例如 1286500.00"
	tooMuch := "金额太大，最多 999,999,999,999.99 元。请检查是不是多写了几位"
	for typed, want := range map[string]string{
		"一百二十八万":                   "“一百二十八万”" + repair,
		"128万":                     "“128万”" + repair,
		"1e9":                      "“1e9”" + repair,
		"-1":                       "“-1”" + repair,
		"−1":                       "“−1”" + repair,
		"+1":                       "“+1”" + repair,
		"1.2.3":                    "“1.2.3”" + repair,
		"0x1F":                     "“0x1F”" + repair,
		"1 286":                    "“1 286”" + repair,
		".5":                       "“.5”" + repair,
		"1.":                       "“1.”" + repair,
		"NaN":                      "“NaN”" + repair,
		"١٢٣":                      "“١٢٣”" + repair,
		"\x00":                     "请写金额，单位是元，例如 1286500.00",
		"12.345":                   "金额最多写到分，小数点后两位，例如 1286500.00",
		"1.000000000001":           "金额最多写到分，小数点后两位，例如 1286500.00",
		"1,28":                     "“1,28”里逗号的位置不对。逗号可以不写，例如 1286500.00",
		"128,6500":                 "“128,6500”里逗号的位置不对。逗号可以不写，例如 1286500.00",
		"1000000000000":            tooMuch,
		strings.Repeat("9", 10000): tooMuch,
		"":                         "请写金额，单位是元，例如 1286500.00",
		" 元 ":                      "请写金额，单位是元，例如 1286500.00",
		strings.Repeat("万", 5000):  "“" + strings.Repeat("万", 20) + "……”" + repair,
	} {
		if got, sentence := ParseAmount(typed); sentence != want || got != 0 {
			t.Errorf("ParseAmount(%.30q) = %d, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestABoxForAnAmountMayStayEmpty(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]*Amount{"": nil, " 　": nil, "0": new(Amount), "一万": nil} {
		got, sentence := OptionalAmount(typed)
		if (got == nil) != (want == nil) || (sentence != "") != (typed == "一万") {
			t.Errorf("%q = %v, %q", typed, got, sentence)
		}
	}
}

func TestNothingIsAnAmountUnlessRefused(t *testing.T) {
	t.Parallel()
	if _, sentence := ParseAmount("0.00"); sentence != "" {
		t.Errorf("zero allowed: %q", sentence)
	}
	if _, sentence := ParseAmount("0.00", NotZero); sentence != "金额不能是 0。请写多少元，例如 1286500.00" {
		t.Errorf("zero refused: %q", sentence)
	}
	if _, sentence := ParseAmount("0.01", NotZero); sentence != "" {
		t.Errorf("one fen: %q", sentence)
	}
}

func TestAnAmountInFiguresAndCapitals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount            Amount
		figures, capitals string
	}{
		{0, "0.00", "零元整"},
		{1, "0.01", "壹分"},
		{50, "0.50", "伍角整"},
		{105, "1.05", "壹元零伍分"},
		{110, "1.10", "壹元壹角整"},
		{1000, "10.00", "壹拾元整"},
		{10050, "100.50", "壹佰元伍角整"},
		{123450, "1,234.50", "壹仟贰佰叁拾肆元伍角整"},
		{100000, "1,000.00", "壹仟元整"},
		{100100, "1,001.00", "壹仟零壹元整"},
		{101000, "1,010.00", "壹仟零壹拾元整"},
		{1000001, "10,000.01", "壹万元零壹分"},
		{1010100, "10,101.00", "壹万零壹佰零壹元整"},
		{10050000, "100,500.00", "壹拾万零伍佰元整"},
		{10700053, "107,000.53", "壹拾万柒仟元伍角叁分"},
		{128650000, "1,286,500.00", "壹佰贰拾捌万陆仟伍佰元整"},
		{100000100, "1,000,001.00", "壹佰万零壹元整"},
		{10000000000, "100,000,000.00", "壹亿元整"},
		{10000000100, "100,000,001.00", "壹亿零壹元整"},
		{10001000000, "100,010,000.00", "壹亿零壹万元整"},
		{11000000000, "110,000,000.00", "壹亿壹仟万元整"},
		{340000000000, "3,400,000,000.00", "叁拾肆亿元整"},
		{100000000000000, "1,000,000,000,000.00", "壹万亿元整"},
		{100000001000000, "1,000,000,010,000.00", "壹万亿零壹万元整"},
		{maxAmount, "999,999,999,999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
		{-105, "-1.05", "负壹元零伍分"},
		{math.MinInt64, "-92,233,720,368,547,758.08", "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"},
	} {
		if got := c.amount.String(); got != c.figures {
			t.Errorf("String of %d = %s, want %s", int64(c.amount), got, c.figures)
		}
		if got := c.amount.Capitals(); got != c.capitals {
			t.Errorf("Capitals of %s = %s, want %s", c.figures, got, c.capitals)
		}
	}
}

func TestWhatAnAmountPrintsIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := Amount(rapid.Int64Range(0, int64(maxAmount)).Draw(t, "fen"))
		got, sentence := ParseAmount(amount.String())
		if got != amount || sentence != "" {
			t.Fatalf("%s was read as %s, %q", amount, got, sentence)
		}
	})
}

func TestCapitalsAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := Amount(rapid.Int64().Draw(t, "fen"))
		capitals := amount.Capitals()
		if strings.Contains(capitals, "零零") || strings.Contains(capitals, "零元") && amount != 0 {
			t.Fatalf("%s has a zero too many: %s", amount, capitals)
		}
		if got := readCapitals(capitals); got != amount {
			t.Fatalf("%s became %s, which reads %s", amount, capitals, got)
		}
	})
}

// readCapitals is the way back, written without the way there.
func readCapitals(s string) Amount {
	s, negative := strings.CutPrefix(s, "负")
	digits := map[rune]uint64{'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	var fen, total, below, group, digit uint64 // total: 亿s, below: 万s under them, group: up to 仟
	for _, r := range s {
		switch r {
		case '拾':
			group, digit = group+digit*10, 0
		case '佰':
			group, digit = group+digit*100, 0
		case '仟':
			group, digit = group+digit*1000, 0
		case '万':
			below, group, digit = below+(group+digit)*10_000, 0, 0
		case '亿':
			total, below, group, digit = (total+below+group+digit)*100_000_000, 0, 0, 0
		case '元':
			total, below, group, digit = total+below+group+digit, 0, 0, 0
		case '角':
			fen, digit = fen+digit*10, 0
		case '分':
			fen, digit = fen+digit, 0
		default:
			digit += digits[r]
		}
	}
	size := total*100 + fen
	if negative {
		size = -size
	}
	return Amount(size)
}

func FuzzAmount(f *testing.F) {
	for _, seed := range []string{"1286500", "１，２３４．５６", "1e9", "-1", "12.345", "￥0元", "999999999999.99", "", "。", "元整", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		amount, sentence := ParseAmount(typed)
		if sentence != "" {
			if amount != 0 {
				t.Errorf("%q: refused with %d", typed, amount)
			}
			return
		}
		if amount < 0 || amount > maxAmount {
			t.Errorf("%q: %d is out of range", typed, amount)
		}
		if again, sentence := ParseAmount(amount.String()); again != amount || sentence != "" {
			t.Errorf("%q: %s was read as %s, %q", typed, amount, again, sentence)
		}
		amount.Capitals()
	})
}
