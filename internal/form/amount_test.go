package form

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// yuan is a whole sum in fen.
func yuan(n int64) Amount { return Amount(n * 100) }

// sumsRead are amounts as people write them.
var sumsRead = map[string]Amount{
	"1286500": yuan(1286500), "1286500.00": yuan(1286500), "1,286,500.00": yuan(1286500), "１，２８６，５００．００": yuan(1286500),
	"１２３": yuan(123), "12。5": 1250, "￥1286500元": yuan(1286500), "¥ 1286500.5": 128650050, "　1286500 元整 ": yuan(1286500),
	"0.01": 1, "000007": yuan(7), "1 286 500": yuan(1286500), "1 286": yuan(1286), "999999999999.99": maxAmount, "999,999,999,999.99": maxAmount,
	"1,286,500.00元": yuan(1286500), "1286500元。": yuan(1286500), "人民币1286500元整": yuan(1286500), "RMB 1,286,500.00": yuan(1286500), "1286500块钱": yuan(1286500),

	"128.65万": yuan(1286500), "128.65 万": yuan(1286500), "128.65万元": yuan(1286500), "１２８．６５万元": yuan(1286500), "128.65w": yuan(1286500), "128.65W": yuan(1286500),
	"128.6500万元": yuan(1286500), "1.2865亿": yuan(128650000), "0.5万": yuan(5000), "12k": yuan(12000), "3亿2千万": yuan(320000000), "3亿2000万": yuan(320000000),
	"3亿2千万元": yuan(320000000), "1.2千万": yuan(12000000), "128万": yuan(1280000), "128 万 6 千 5": yuan(1286500), "128万6千5": yuan(1286500), "128万6千5百": yuan(1286500),
	"128万6500": yuan(1286500), "128万6500元": yuan(1286500), "128万0006": yuan(1280006), "6千5": yuan(6500), "6千500": yuan(6500), "3百5": yuan(350), "3百50": yuan(350),
	"128万零6": yuan(1280006), "128.654321万": 128654321, "5千6百万": yuan(56000000), "1千2百万": yuan(12000000), "1个亿": yuan(100000000), "200个万": yuan(2000000),

	"一百二十八万": yuan(1280000), "一百二十八万元": yuan(1280000), "一百二十八万元整": yuan(1280000), "壹佰贰拾捌万元整": yuan(1280000), "壹佰贰拾捌万圆整": yuan(1280000),
	"壹佰贰拾捌万陆仟伍佰元整": yuan(1286500), "人民币（大写）：壹佰贰拾捌万陆仟伍佰元正": yuan(1286500), "壹佰貳拾捌萬陸仟伍佰圓整": yuan(1286500),
	"一百二十八万六千五百": yuan(1286500), "一百二十八万六千五": yuan(1286500), "一百二十八万六": yuan(1286000), "两万五": yuan(25000), "二万五": yuan(25000), "俩万五": yuan(25000),
	"一万零五百": yuan(10500), "一万零五": yuan(10005), "一万〇五百": yuan(10500), "一千五": yuan(1500), "三百五": yuan(350), "一百二": yuan(120), "十五": yuan(15), "十五万": yuan(150000),
	"百万": yuan(1000000), "千万": yuan(10000000), "一百零五": yuan(105), "一千零五十": yuan(1050), "一亿二": yuan(120000000), "一亿零二十万": yuan(100200000), "一个亿": yuan(100000000),
	"廿万": yuan(200000), "廿五万": yuan(250000), "卅万": yuan(300000), "一二八万": yuan(1280000), "二〇〇万": yuan(2000000), "一百二十八点六五万": yuan(1286500), "三点二亿": yuan(320000000),
	"一千二百三十四亿": yuan(123400000000), "九千九百九十九亿": yuan(999900000000), "拾万": yuan(100000), "两百块": yuan(200), "一二八六五〇〇": yuan(1286500),

	"三块五": 350, "三块五毛": 350, "3元5角": 350, "12块5": 1250, "五毛": 50, "五角": 50, "五分": 5, "三块零五分": 305, "1286500元5角3分": 128650053, "壹元零伍分": 105, "三元五角二": 352, "两毛五": 25,

	"约128万": yuan(1280000), "大约128.65万元左右": yuan(1286500), "128万左右": yuan(1280000), "差不多一百二十八万吧": yuan(1280000), "共计128万元": yuan(1280000),
	"欠款128.65万元": yuan(1286500), "还欠12.8万": yuan(128000), "一共是128万元整": yuan(1280000), "金额：1,286,500.00 元": yuan(1286500), "合计 1286500": yuan(1286500),
	"28000元（贰万捌仟元整）": yuan(28000), "贰拾捌万元整（￥280,000.00）": yuan(280000), "1286500元（人民币）": yuan(1286500), "128.65万元（含税）": yuan(1286500), "128万（含质保金）": yuan(1280000), "2万8千元整(28000)": yuan(28000), "28000(贰万捌仟元整)": yuan(28000),
	"(大写)壹万贰仟元整 (小写)12000.00": yuan(12000), "大写：壹万贰仟元整，小写：￥12000": yuan(12000), "¥12000.00（大写：壹万贰仟元整）": yuan(12000), "人民币（大写）壹万贰仟元整（¥12000.00）": yuan(12000), "12000元（不含利息、违约金）": yuan(12000), "128（万元）": yuan(1280000), "（12000元）": yuan(12000),
	"1,286,500.00\u00a0元（壹佰贰拾捌万陆仟伍佰元整）": yuan(1286500), "1,286,500.00\u00a0元，大写：壹佰贰拾捌万陆仟伍佰元整": yuan(1286500), "128.65万元(壹佰贰拾捌万陆仟伍佰元整)（含税）": yuan(1286500),
	"一万半": yuan(15000), "3万半": yuan(35000), "三块半": 350, "半个亿": yuan(50000000), "半万": yuan(5000), "一个半亿": yuan(150000000), "3个半亿": yuan(350000000), "整二十万": yuan(200000), "正好20万": yuan(200000), "刚好二十万": yuan(200000), "大约在128万": yuan(1280000), "在128万左右": yuan(1280000),
	"129.万": yuan(1290000), ".5万": yuan(5000), "128点65万": yuan(1286500), "约.5万": yuan(5000), "12000/-": yuan(12000), "12000.-": yuan(12000), "12000=": yuan(12000), "12000元/-": yuan(12000),
	"尾款12000": yuan(12000), "工资12000": yuan(12000), "押金5万": yuan(50000), "余款12000元": yuan(12000), "合同价12000元": yuan(12000), "合同总价为12000元": yuan(12000), "欠我128万": yuan(1280000), "工程款：128万": yuan(1280000), "工程款128万": yuan(1280000), "农民工工资 3.5万元": yuan(35000), "还差12000": yuan(12000), "未付12000元": yuan(12000), "未付工程款12000元": yuan(12000), "剩余12000元": yuan(12000), "剩余尾款一万二": yuan(12000),
	"我被欠128万": yuan(1280000), "128万工程款": yuan(1280000), "5万的押金": yuan(50000), "欠薪12000": yuan(12000), "保证金5万": yuan(50000), "材料款是两万五": yuan(25000), "还欠工程款：1,286,500.00元": yuan(1286500), "租金 8000": yuan(8000),
	"128万上下": yuan(1280000), "大概两万五的样子": yuan(25000),

	"1 286 500元": yuan(1286500), "¥1 286 500.50 元": 128650050, "1\u2009286\u2009500": yuan(1286500), "1\u202f286\u202f500元": yuan(1286500), "1　286　500": yuan(1286500), "1\u00a0286\u00a0500.00": yuan(1286500), "1  286  500": yuan(1286500), "1\t286\t500": yuan(1286500), "共 1 286 500 元整": yuan(1286500), "12 000元": yuan(12000), "1 286 500,50": 128650050, "1 286.5万": yuan(12865000),
	"1'286'500": yuan(1286500), "1’286’500.50": 128650050, "1＇286＇500元": yuan(1286500), "1`286`500": yuan(1286500), "1′286′500": yuan(1286500), "12'000": yuan(12000), "1'286'500,50 元": 128650050, "1_286_500": yuan(1286500),
	"1.286.500": yuan(1286500), "1.286.500元": yuan(1286500), "1.286.500,50": 128650050, "1．286．500": yuan(1286500), "1.286,50": 128650, "人民币1.286.500元整": yuan(1286500), "128·65万": yuan(1286500), "1·286·500": yuan(1286500),
	"个亿": yuan(100000000), "欠我个亿": yuan(100000000), "50w": yuan(500000), "50 W": yuan(500000), "２．５ｗ": yuan(25000), "3K": yuan(3000), "12 万 元 整": yuan(120000),
}

func TestAnAmountIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range sumsRead {
		got, doubt, sentence := ReadAmount(typed)
		if got == nil || *got != want || sentence != "" || doubt.Sentence != "" {
			t.Errorf("%q is read as %v, %+v, %q; want %s", typed, got, doubt, sentence, want)
		}
	}
}

// sumsAsked are amounts that are asked about, with their readings.
var sumsAsked = map[string][]string{
	"128万6": {"1,280,006.00", "1,286,000.00"}, "128 万 6": {"1,280,006.00", "1,286,000.00"}, "128万6元": {"1,280,006.00", "1,286,000.00"},
	"128万65": {"1,280,065.00", "1,286,500.00"}, "128万650": {"1,280,650.00", "1,286,500.00"}, "3亿2": {"300,000,002.00", "320,000,000.00"},
	"3亿2000": {"300,002,000.00", "320,000,000.00"}, "两万五元": {"20,005.00", "25,000.00"}, "6千5元": {"6,005.00", "6,500.00"}, "6千50": {"6,050.00", "6,500.00"},
	"十几万": {"150,000.00"}, "几十万": {"500,000.00"}, "好几万": {"50,000.00"}, "几百块": {"500.00"}, "数十万元": {"500,000.00"}, "二十几万": {"250,000.00"}, "一百二十几万": {"1,250,000.00"},
	"二十多万": {"250,000.00"}, "20多万": {"250,000.00"}, "一百多万": {"1,500,000.00"}, "100余万元": {"1,500,000.00"}, "128万多": {"1,285,000.00"}, "三万多块": {"35,000.00"}, "一个多亿": {"150,000,000.00"},
	"两三万": {"20,000.00", "30,000.00"}, "三四十万": {"300,000.00", "400,000.00"}, "七八千": {"7,000.00", "8,000.00"}, "十二三万": {"120,000.00", "130,000.00"}, "一二百万": {"1,000,000.00", "2,000,000.00"},
	"120万到130万": {"1,200,000.00", "1,300,000.00"}, "120-130万": {"1,200,000.00", "1,300,000.00"}, "120~130万元": {"1,200,000.00", "1,300,000.00"}, "5万至6万": {"50,000.00", "60,000.00"},
	"不到130万": {"1,300,000.00"}, "至少一百万": {"1,000,000.00"}, "100万以上": {"1,000,000.00"}, "近百万": {"1,000,000.00"}, "上百万": {"1,000,000.00"}, "128万（左右）": {"1,280,000.00"}, "128万出头": {"1,280,000.00"},
	"三五万": {"30,000.00", "50,000.00", "350,000.00"}, "三五百": {"300.00", "500.00", "3,500.00"}, "三两万": {"20,000.00", "30,000.00", "320,000.00"}, "百十万": {"1,000,000.00", "1,100,000.00"}, "五六七万": {"50,000.00", "60,000.00", "70,000.00", "5,670,000.00"}, "一两万": {"10,000.00", "20,000.00"}, "一两百": {"100.00", "200.00"},
	"三五十万": {"300,000.00", "500,000.00", "3,500,000.00"}, "十三五万": {"130,000.00", "150,000.00"}, "七八十万": {"700,000.00", "800,000.00"}, "好三五万": {"30,000.00", "50,000.00", "350,000.00"}, "百十块": {"100.00", "110.00"}, "二四百万": {"2,000,000.00", "4,000,000.00", "24,000,000.00"},
	"二十到三十万": {"200,000.00", "300,000.00"}, "三到五万": {"30,000.00", "50,000.00"}, "1.5-2万": {"15,000.00", "20,000.00"}, "三至五百": {"300.00", "500.00"}, "3、4万": {"30,000.00", "40,000.00"}, "三、四万": {"30,000.00", "40,000.00"}, "3——5万": {"30,000.00", "50,000.00"}, "20万元至30万元": {"200,000.00", "300,000.00"}, "五千到一万": {"5,000.00", "10,000.00"},
	"五百到两千": {"500.00", "2,000.00"}, "800到1千": {"800.00", "1,000.00"}, "3～5万元": {"30,000.00", "50,000.00"}, "三万到三万五": {"30,000.00", "35,000.00"}, "5-8千": {"5,000.00", "8,000.00"}, "五百到六百万": {"5,000,000.00", "6,000,000.00"}, "1.5、1.6万": {"15,000.00", "16,000.00"}, "十二、三万": {"120,000.00", "130,000.00"}, "二十、三十万": {"200,000.00", "300,000.00"},
	"万把块": {"10,000.00"}, "千把块": {"1,000.00"}, "百来块": {"100.00"}, "20万？": {"200,000.00"}, "20万?": {"200,000.00"}, "20万+": {"200,000.00"}, "20w+": {"200,000.00"}, "128，65万": {"128,650,000.00", "1,286,500.00"}, "12万+3万": {"150,000.00"}, "12万和3万": {"150,000.00"}, "本金20万+利息3万": {"230,000.00"},
	"28000元（贰万玖仟元整）": {"28,000.00", "29,000.00"}, "(大写)壹万贰仟元整 (小写)1200.00": {"12,000.00", "1,200.00"}, "128万（约）": {"1,280,000.00"}, "12000（1.3万）": {"12,000.00", "13,000.00"},
	"128,65": {"12,865.00", "128.65"}, "128，65元": {"12,865.00", "128.65"}, "128'65": {"12,865.00", "128.65"}, "¥128,6": {"1,286.00", "128.60"}, "1.286": {"1.29", "1,286.00"},
	"1,28": {"128.00", "1.28"}, "128,6500": {"1,286,500.00"}, "12,34,567.5": {"1,234,567.50"},
	"12.345": {"12.35", "12,345.00"}, "12.3456": {"12.35"}, "0.123456789012万": {"1,234.57"}, "1.000000000001": {"1.00"},
}

func TestASumWithTwoReadingsIsAsked(t *testing.T) {
	t.Parallel()
	for typed, want := range sumsAsked {
		got, doubt, sentence := ReadAmount(typed)
		var values []string
		for _, r := range doubt.Readings {
			values = append(values, r.Value)
			if again, said := ParseAmount(r.Value); said != "" || r.Words != again.String()+"\u00a0元（"+again.Capitals()+"）" {
				t.Errorf("%q: the reading %+v is read as %s, %q", typed, r, again, said)
			}
		}
		if got != nil || sentence != "" || doubt.Sentence == "" || !slices.Equal(values, want) {
			t.Errorf("%q is read as %v, %q with %v, %q; want %v", typed, got, doubt.Sentence, values, sentence, want)
			continue
		}
		for _, value := range values {
			chosen, question := (Sure{"a": value}).Amount("a", typed)
			if chosen == nil || chosen.String() != value || question.Sentence != "" {
				t.Errorf("%q, %s chosen: %v, %+v", typed, value, chosen, question)
			}
		}
		if chosen, question := (Sure{"a": "7.00"}).Amount("a", typed); chosen != nil || question.Name != "a" {
			t.Errorf("%q: a reading that it has not is taken: %v", typed, chosen)
		}
	}
}

func TestWhatIsNoAmountGetsASentence(t *testing.T) {
	t.Parallel()
	const repair = "看不出是多少钱。请写数字，例如 1286500.00 或者 128.65万"
	const tooMuch = "金额太大，最多 999,999,999,999.99 元。请检查是不是多写了几位"
	for typed, want := range map[string]string{
		"1e9": "“1e9”" + repair, "+1": "“+1”" + repair, "1.2.3": "“1.2.3”" + repair, "0x1F": "“0x1F”" + repair, ".5": "“.5”" + repair, "1.": "",
		"NaN": "“NaN”" + repair, "١٢٣": "“١٢٣”" + repair, "1 2 8": "“1 2 8”" + repair, "一笔钱": "“一笔钱”" + repair, "很多": "“很多”" + repair, "万": "“万”" + repair,
		"万万": "“万万”" + repair, "六百五千": "“六百五千”" + repair, "五百六百": "“五百六百”" + repair, "百八十万": "“百八十万”" + repair, "千八百": "“千八百”" + repair, "128万65000": "“128万65000”" + repair,
		"三万五万": "“三万五万”" + repair, "一百二百": "“一百二百”" + repair, "一千五百六": "", "已付5万": "“已付5万”" + repair, "每月工资3000": "“每月工资3000”" + repair, "5万/月": "“5万/月”" + repair, "（含税）": "“（含税）”" + repair, "工程款": "“工程款”" + repair, "质保金5%": "“质保金5%”" + repair, "12万和很多": "“12万和很多”" + repair, "欠款5万美金": "“欠款5万美金”不是人民币。请折成人民币写，原来是多少写在“事情经过”里", "元": "“元”" + repair, "5角6角": "“5角6角”" + repair, "128万美元": "“128万美元”不是人民币。请折成人民币写，原来是多少写在“事情经过”里",
		"-1": "“-1”是负数。请写正数，例如 1286500.00", "−1": "“−1”是负数。请写正数，例如 1286500.00",
		"1000000000000": tooMuch, "一万亿": tooMuch, strings.Repeat("9", 70): tooMuch,
		strings.Repeat("9", 10000): "“" + strings.Repeat("9", 20) + "……”" + repair, strings.Repeat("万", 5000): "“" + strings.Repeat("万", 20) + "……”" + repair,
	} {
		got, doubt, sentence := ReadAmount(typed)
		if want != "" && (sentence != want || got != nil || doubt.Sentence != "") {
			t.Errorf("%.30q is read as %v, %+v, %q; want %q", typed, got, doubt, sentence, want)
		}
	}
}

// TestNothingOwedIsNoAmount: a debt of 0 is none.
func TestNothingOwedIsNoAmount(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", " 　", "0", "0.00", "0元", "０", "零", "零元整", "无", "没有", "不欠", "/", "—", "不清楚", "0万", "0万元", "不详", "未知", "待定", "不确定", "说不清", "没有约定", "未结算", "0（无）"} {
		if got, doubt, sentence := ReadAmount(typed); got != nil || doubt.Sentence != "" || sentence != "" {
			t.Errorf("%q is read as %v, %+v, %q", typed, got, doubt, sentence)
		}
	}
	if _, sentence := ParseAmount(" "); sentence != "请写金额，单位是元，例如 1286500.00" {
		t.Errorf("where one must be: %q", sentence)
	}
}

func TestASumIsSaidAsItIsUnderstood(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"128.65万", "", "1,286,500.00\u00a0元，大写：壹佰贰拾捌万陆仟伍佰元整"},
		{"128万6", "", ""},
		{"128万6", "1,286,000.00", "1,286,000.00\u00a0元，大写：壹佰贰拾捌万陆仟元整"},
		{"0", "", "按没有登记"}, {"", "", ""}, {"一笔钱", "", ""},
	} {
		if got := AmountSaid(c[0], c[1]); got != c[2] {
			t.Errorf("%q, %q: %q", c[0], c[1], got)
		}
	}
}

// TestWhatIsKeptOfAWordedSumIsShort: the table takes 100 characters of it.
func TestWhatIsKeptOfAWordedSumIsShort(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"约128万": "约128万", "约" + strings.Repeat(" ", 120) + "128万": "约 128万", "约" + strings.Repeat("　", 5000) + "128万": "", "  约\t128万\r\n左右": "约 128万 左右",
		"约128万（" + strings.Repeat("含质保金", 60) + "）": "约128万", "128万": "", strings.Repeat("约", 120) + "128万": "", "128万" + strings.Repeat("左右", 60): "", strings.Repeat("约 ", 50) + "128万": "",
		"大约" + strings.Repeat("（不）", 60) + "128万": "大约128万",
	} {
		if got := AmountWritten(typed); got != want {
			t.Errorf("%.40q is kept as %.40q, want %q", typed, got, want)
		}
	}
	around := rapid.StringOf(rapid.RuneFrom([]rune("约大概左右多不到 　\t（）约约")))
	rapid.Check(t, func(t *rapid.T) {
		typed := around.Draw(t, "before") + strings.Repeat("约", rapid.IntRange(0, 110).Draw(t, "words")) + "128万" + around.Draw(t, "after")
		if got := AmountWritten(typed); Length(got) > 100 {
			t.Fatalf("%q is kept in %d characters", typed, Length(got))
		}
	})
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
		// As it is printed, in capitals, and as the capitals are said.
		small := strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千", "整", "")
		for _, printed := range []string{amount.String(), amount.Capitals(), amount.Words(), choose("", amount).Readings[0].Words, small.Replace(amount.Capitals())} {
			got, sentence := ParseAmount(printed)
			if got != amount || sentence != "" {
				t.Fatalf("%s was read as %s, %q", printed, got, sentence)
			}
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
