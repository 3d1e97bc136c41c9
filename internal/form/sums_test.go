package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// lookedFor are the amounts that a search looks for, as they are printed.
func lookedFor(typed string) []string {
	list := []string{}
	for _, a := range SumsMeant(typed) {
		list = append(list, a.String())
	}
	return list
}

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
			if got := lookedFor(typed); !slices.Equal(got, []string{want}) {
				t.Errorf("%s is read as %s; want %s", typed, got, want)
			}
		}
	}
	for _, typed := range []string{"", "万一", "十", "一", "99", "工程款", "2024年3月", "410425199001011234", "百万雄师", "999999999999999元", "-5", "…"} {
		if got := SumsMeant(typed); len(got) > 0 {
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
		"12,300,5":           {},
		"":                   {},
		"付了12万5，3月又付50w，还差两三万":                   {"50w"},
		"欠12万3个月没给，3000元5次，128万6千5没结":            {"12万", "3000元", "128万6千5"},
		"本金20万+利息3万，另押金 1 286 500 元；共12万和3万":     {"20万", "3万", "1 286 500 元", "12万", "3万"},
		"收不到3000元，3000元不到账，不到4000元，5000元不止":      {"3000元", "3000元"},
		"最近130万没付，近140万，工资表上150万，上百万":            {"130万", "150万"},
		"千万不要拖，欠我个亿、百万和千万":                       {"个亿", "百万", "千万"},
		"1、3000万元；2、4000元；3、4万；十二、三万；20、30万":     {"3000万元", "4000元"},
		"100%，500美元，$600，-700，5000元/月":           {},
		"3000,4000,5000，1,286,500，12，800":        {"3000", "4000", "5000", "1,286,500", "12，800"},
		"限高20km，重300kg，付2.5W，第3w号":               {"300", "2.5W"},
		"5000-8000元，合同 DL-2024-016，3万至5万，6万或者7万": {"2024"},
		"1’286’500 元；1.286.500；１２８．６５万\n1 286":   {"1’286’500 元", "1.286.500", "１２８．６５万", "1 286"},
		"500 600 700 元，2023 500":                 {"500 600 700 元", "2023", "500"},
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

// TestASumInATextIsReadAsAFormReadsIt holds the two ways to one another: what stands in a
// text has the value that a form gives it, or none where the form asks or refuses.
func TestASumInATextIsReadAsAFormReadsIt(t *testing.T) {
	t.Parallel()
	said := func(typed string) []string {
		list := []string{}
		for _, s := range Sums("合同写明：" + typed + "。") {
			list = append(list, s.Amount.String())
		}
		return slices.Compact(list)
	}
	for typed, want := range sumsRead {
		list := []string{want.String()}
		if want < leastSum {
			list = []string{}
		}
		if diff := cmp.Diff(list, lookedFor(typed)); diff != "" {
			t.Errorf("%q in a search: %s", typed, diff)
		}
		if diff := cmp.Diff(list, said(typed)); diff != "" {
			t.Errorf("%q in a text: %s", typed, diff)
		}
	}
	several := map[string][]string{ // sums of their own, each of which a form reads
		"12000（1.3万）": {"12,000.00", "13,000.00"}, "(大写)壹万贰仟元整 (小写)1200.00": {"12,000.00", "1,200.00"}, "28000元（贰万玖仟元整）": {"28,000.00", "29,000.00"},
		"12万和3万": {"120,000.00", "30,000.00"}, "12万+3万": {"120,000.00", "30,000.00"}, "本金20万+利息3万": {"200,000.00", "30,000.00"},
		"20万？": {"200,000.00"}, "20万?": {"200,000.00"}, // in a text, a question's end and no doubt
	}
	for typed, readings := range sumsAsked {
		for _, reading := range readings {
			if sum, _ := ParseAmount(reading); sum >= leastSum && !slices.Contains(lookedFor(typed), reading) {
				t.Errorf("%q: a form offers %s, a search looks for %s", typed, readings, lookedFor(typed))
			}
		}
		if diff := cmp.Diff(several[typed], said(typed), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q in a text: %s", typed, diff)
		}
	}
}

// Whatever an amount is, the office's own writing of it and its capitals are that amount.
func TestOurOwnWritingOfASumIsThatSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		amount := Amount(rapid.Int64Range(int64(leastSum), int64(maxAmount)).Draw(r, "amount"))
		for _, typed := range []string{amount.String(), amount.String() + " 元", amount.Capitals()} {
			if got := SumsMeant(typed); !slices.Equal(got, []Amount{amount}) {
				r.Fatalf("%s is read as %s", typed, got)
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
	}
	if found := Sums("9999亿元"); len(found) != 1 || found[0].Amount != 99_990_000_000_000 {
		t.Errorf("what is just below is no sum: %+v", found)
	}
}

// TestSumsAreFoundInTimeWithTheLength: a text of 120,000 characters once held a core for minutes.
func TestSumsAreFoundInTimeWithTheLength(t *testing.T) {
	began := time.Now()
	for _, piece := range []string{
		"万亿", "1亿", "一万", "千", "1,", "1 ", "1.", "1'", "1,111", "1 111", "1286500;", "128万6千5；", "1到", "1286500到", "100到200;", "几万", "不到", "100、", "1万、", "1、1万", "1/", "100元", "100w ", "零", "1-",
		"1~~", "-", "100元5", "个", "半", "多", "1万 ", "近", " ", "1  ", "(", "1(", "1(万元", "1（万元）", "1点", "点一", "百十", "1万(", "1万+", "整", "元", "数万", "1个", "1个半", ".1", "1.万",
	} {
		Sums(strings.Repeat(piece, 120_000/len([]rune(piece))))
		Sums("1" + strings.Repeat(piece, 60_000/len([]rune(piece))) + "元")
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}
