package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestASumIsReadInWhateverWayItIsWritten(t *testing.T) {
	t.Parallel()
	for want, ways := range map[string][]string{
		"1,286,500.00": {"1286500", "1,286,500", "1,286,500.00", "１，２８６，５００．００", "1286500元", "1286500.0 元", "128.65万", "128.65 万元", "128万6千5", "128 万 6 千 5", "128万6500", "128万6千5百元",
			"一百二十八万六千五", "一百二十八万六千五百元整", "壹佰贰拾捌万陆仟伍佰元整", "0.0128650亿", "1286.5千"},
		"12,800.50":         {"12,800.50", "12800.5", "12800.5元", "1.28005万", "12800元5角", "一万二千八百元五角", "12800块5毛"},
		"10,005.00":         {"一万零五", "1万零5元", "10005", "壹万零伍元整"},
		"1,000,000.00":      {"100万", "一百万", "1百万", "1,000,000", "壹佰万圆"},
		"123,456,789.12":    {"1.2345678912亿", "123,456,789.12", "一亿二千三百四十五万六千七百八十九元一角二分", "1亿2345万6789元1角2分"},
		"30,000,000.00":     {"3千万", "3000万", "三千万元", "0.3亿"},
		"150,000.00":        {"15万", "十五万", "15 万元", "拾伍万元整"},
		"1,500.00":          {"一千五", "1千5", "1500", "1.5千元"},
		"200.00":            {"二百", "两百元", "200"},
		"60,000.00":         {"6万", "六万块", "六萬圓"},
		"1,000,000,000.00":  {"10亿", "十亿元"},
		"12,345,678,901.00": {"123.45678901亿"},
	} {
		for _, typed := range ways {
			if got, ok := WholeSum(typed); !ok || got.String() != want {
				t.Errorf("%s is read as %s, %v; want %s", typed, got, ok, want)
			}
		}
	}
	for _, typed := range []string{"", "万一", "十", "一", "99", "工程款", "128万工程款", "12800和3000", "2024年3月", "410425199001011234", "百万雄师", "999999999999999元", "-5", "…"} {
		if got, ok := WholeSum(typed); ok {
			t.Errorf("%q is read as %s", typed, got)
		}
	}
}

func TestTheSumsOfATextAreFoundWhereTheyStand(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"合同价款218.65万元，已付 900,000.00 元，尚欠一百二十八万六千五百元。": {"218.65万元", "900,000.00 元", "一百二十八万六千五百元"},
		"第12号楼3层，欠￥8000":     {"8000"},
		"万一不付，三个月后起诉":        {},
		"1,286,500.00\n3000": {"1,286,500.00", "3000"},
		"12,300,5":           {"12,300"},
		"":                   {},
	} {
		got := []string{}
		for _, s := range Sums(text) {
			got = append(got, string([]rune(text)[s.From:s.To]))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// Whatever an amount is, the office's own writing of it and its capitals are that amount.
func TestOurOwnWritingOfASumIsThatSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		amount := Amount(rapid.Int64Range(int64(leastSum), int64(maxAmount)).Draw(r, "amount"))
		for _, typed := range []string{amount.String(), amount.String() + " 元", amount.Capitals()} {
			if got, ok := WholeSum(typed); !ok || got != amount {
				r.Fatalf("%s is read as %s, %v", typed, got, ok)
			}
		}
	})
}

func TestNoTextBreaksTheReadingOfSums(t *testing.T) {
	t.Parallel()
	alphabet := []rune("0123456789，,.．。一二零〇十百千万亿元角分整壹 \n￥¥x")
	rapid.Check(t, func(r *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 60).Draw(r, "text"))
		last, n := 0, len([]rune(text))
		for _, s := range Sums(text) {
			if s.From < last || s.To <= s.From || s.To > n || s.Amount < leastSum || s.Amount > maxAmount {
				r.Fatalf("%q: %+v", text, s)
			}
			last = s.To
		}
	})
}

// TestANumberBeyondAnyAmountIsNoSum holds what is read whole and reckoned no further: a
// number that grows with each 亿 keeps a machine busy for minutes, and those who wait behind it.
func TestANumberBeyondAnyAmountIsNoSum(t *testing.T) {
	t.Parallel()
	for _, more := range []int{2, 20, 10_000, 100_000} {
		for _, head := range []string{"1", "9", "一", "十", "9999", "1.5", "1万", "九千九百万"} {
			for _, end := range []string{"", "元", "5", "三千万元整"} {
				text := head + strings.Repeat("亿", more) + end
				if found := Sums(text); len(found) != 0 {
					t.Errorf("%s, %d times 亿, %s: %+v", head, more, end, found)
				}
				if found := Sums(text + "，另欠 128万元"); len(found) != 1 || found[0].Amount != 128_000_000 {
					t.Errorf("behind %s, %d times 亿, %s: %+v", head, more, end, found)
				}
			}
		}
		for _, piece := range []string{"万亿", "1亿", "一万", "千", "1,", "1 ", "1.", "1,111"} {
			Sums("1" + strings.Repeat(piece, more)) // comes back
		}
	}
	if found := Sums("9999亿元"); len(found) != 1 || found[0].Amount != 99_990_000_000_000 {
		t.Errorf("what is just below is no sum: %+v", found)
	}
}
