package form

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// today is a Monday in Beijing that is still Sunday in UTC.
var today = time.Date(2026, 11, 23, 2, 0, 0, 0, time.FixedZone("CST", 8*3600))

func TestADateIsReadFromThreeBoxes(t *testing.T) {
	t.Parallel()
	for boxes, want := range map[DateBoxes]Date{
		{"", " ", "　"}:             {},
		{"2024", "5", "12"}:        {2024, 5, 12},
		{"２０２４", "０５", " １２ "}:     {2024, 5, 12},
		{"2024年", "5月", "12日"}:     {2024, 5, 12},
		{"2024", "02", "29号"}:      {2024, 2, 29},
		{"1990", "1", "1"}:         {1990, 1, 1},
		{"2026", "11", "23"}:       {2026, 11, 23},
		{"2024", "\u200b5", "12"}:  {2024, 5, 12},
		{"1958", "10", "1"}:        {1958, 10, 1},
		{"24", "5", "12"}:          {2024, 5, 12},
		{"98年", "5", "12"}:         {1998, 5, 12},
		{"二〇二四", "五", "十二"}:        {2024, 5, 12},
		{"二零二四年", "五月", "十二日"}:     {2024, 5, 12},
		{"两千零二十四年", "十二月", "三十一号"}: {2024, 12, 31},
		{"一九九八", "元月", "廿三"}:       {1998, 1, 23},
		{"去年", "五月", "1"}:          {2025, 5, 1},
		{"前年", "5", "1"}:           {2024, 5, 1},
		{"今年", "1", "1"}:           {2026, 1, 1},
		{"大前年", "12", "1"}:         {2023, 12, 1},
	} {
		got, sentence := boxes.Read(DateRule{Now: today, Arrived: true})
		if got != want || sentence != "" {
			t.Errorf("%v: got %v, %q; want %v", boxes, got, sentence, want)
		}
		if boxes.Empty() != want.IsZero() {
			t.Errorf("%v: Empty is %t", boxes, boxes.Empty())
		}
	}
}

func TestAWrongDateGetsASentence(t *testing.T) {
	t.Parallel()
	digits := "看不懂，请写数字，例如 2024年5月12日写成 2024、5、12"
	for _, c := range []struct {
		boxes DateBoxes
		want  string
	}{
		{DateBoxes{"2062", "3", "31"}, "2062年3月31日还没有到。请写合同约定的付款日；没有约定就留空"},
		{DateBoxes{"2026", "11", "24"}, "2026年11月24日还没有到。请写合同约定的付款日；没有约定就留空"},
		{DateBoxes{"2999", "1", "1"}, "2999年1月1日还没有到。请写合同约定的付款日；没有约定就留空"},
		{DateBoxes{"2024", "2", "30"}, "2月没有30日，请检查"},
		{DateBoxes{"2023", "2", "29"}, "2023年2月没有29日，请检查"},
		{DateBoxes{"2024", "4", "31"}, "4月没有31日，请检查"},
		{DateBoxes{"2024", "4", "0"}, "4月没有0日，请检查"},
		{DateBoxes{"2024", "13", "1"}, "没有13月。月份请写 1 到 12"},
		{DateBoxes{"2024", "0", "1"}, "没有0月。月份请写 1 到 12"},
		{DateBoxes{"202", "5", "12"}, "年份请写四位数，例如 2024"},
		{DateBoxes{"1948", "12", "31"}, "年份请写 1949 年以后的，请检查"},
		{DateBoxes{"今年", "12", "31"}, "2026年12月31日还没有到。请写合同约定的付款日；没有约定就留空"},
		{DateBoxes{"2024", "腊月", "8"}, "“腊月”是农历。请换成公历（阳历）的日期"},
		{DateBoxes{"2024", "5", "初五"}, "“初五”是农历。请换成公历（阳历）的日期"},
		{DateBoxes{"农历2024年5月1日", "", ""}, "“农历2024年5月1日”是农历。请换成公历（阳历）的日期"},
		{DateBoxes{"5月1日", "", ""}, "这个日期还差“年”"},
		{DateBoxes{"2023年5月", "", ""}, "这个日期还差“日”"},
		{DateBoxes{"2023-13-01", "", ""}, "没有13月。月份请写 1 到 12"},
		{DateBoxes{"2024", "", "12"}, "这个日期还差“月”"},
		{DateBoxes{"2024", "", "　"}, "这个日期还差“月”和“日”"},
		{DateBoxes{"", "5", "12"}, "这个日期还差“年”"},
		{DateBoxes{"哪年", "5", "12"}, "“年”" + digits},
		{DateBoxes{"2024", "五六", "12"}, "“月”" + digits},
		{DateBoxes{"2024", "上半年", "12"}, "“月”" + digits},
		{DateBoxes{"2024", "5", "-1"}, "“日”" + digits},
		{DateBoxes{"20240512", "5", "1"}, "“年”" + digits},
		{DateBoxes{"2024", "5", "\x00"}, "这个日期还差“日”"},
		{DateBoxes{"2024", "1e1", "\xff"}, "“月”" + digits},
		{DateBoxes{"2024", "5", "底"}, "“日”" + digits},
	} {
		got, sentence := c.boxes.Read(DateRule{Now: today, Arrived: true, Repair: "请写合同约定的付款日；没有约定就留空"})
		if sentence != c.want || !got.IsZero() {
			t.Errorf("%v: got %v, %q; want %q", c.boxes, got, sentence, c.want)
		}
	}
}

// TestAWrongDateNamesItsField: the sentence stands in the error summary too,
// where nothing else says which of two dates is meant.
func TestAWrongDateNamesItsField(t *testing.T) {
	t.Parallel()
	for boxes, want := range map[DateBoxes]string{
		{"2024", "", "12"}:   "合同签订日期还差“月”",
		{"", "5", ""}:        "合同签订日期还差“年”和“日”",
		{"2024", "某", "12"}:  "合同签订日期里，“月”看不懂，请写数字，例如 2024年5月12日写成 2024、5、12",
		{"2024", "2", "30"}:  "合同签订日期里，2月没有30日，请检查",
		{"202", "5", "12"}:   "合同签订日期里，年份请写四位数，例如 2024",
		{"1889", "5", "12"}:  "合同签订日期里，年份请写 1949 年以后的，请检查",
		{"2026", "11", "24"}: "2026年11月24日还没有到。请写合同上签订的日子；没有合同就留空",
		{"2024", "13", "1"}:  "合同签订日期里，没有13月。月份请写 1 到 12",
		{"2024", "5", "12"}:  "",
		{"　", "", ""}:        "",
	} {
		_, got := boxes.Read(DateRule{Now: today, Arrived: true, Repair: "请写合同上签订的日子；没有合同就留空", Label: "合同签订日期"})
		if got != want {
			t.Errorf("%v: got %q, want %q", boxes, got, want)
		}
	}
	if _, got := (DateBoxes{"2026", "11", "24"}).Read(DateRule{Now: today, Arrived: true, Label: "送达日期"}); got != "送达日期里，2026年11月24日还没有到，请检查" {
		t.Errorf("a day to come without a repair: %q", got)
	}
}

// asPasted are whole dates and parts of one in the box of the year.
var asPasted = map[string]DateBoxes{
	"2023.5.1": {"2023", "5", "1"}, "2023-05-01": {"2023", "05", "01"}, "2023/5/1": {"2023", "5", "1"}, "２０２３／５／１": {"2023", "5", "1"}, "20230501": {"2023", "05", "01"},
	"2023年5月1日": {"2023", "5", "1"}, "2023 年 5 月 1 日": {"2023", "5", "1"}, "2023年05月01号": {"2023", "05", "01"}, "23年5月1日": {"23", "5", "1"}, "23.5.1": {"23", "5", "1"},
	"2023 5 1": {"2023", "5", "1"}, "2023、5、1": {"2023", "5", "1"}, "2023—5—1": {"2023", "5", "1"}, "2023。5。1": {"2023", "5", "1"}, "2023.5月": {"2023", "5", ""}, "2023-5月": {"2023", "5", ""}, "2023年5.1": {"2023", "5", "1"}, "2023.5月1日": {"2023", "5", "1"}, "2023年5月1日左右": {"2023", "5", "1"}, "大约2023年5月": {"2023", "5", ""},
	"去年底": {"去年", "底", ""}, "去年年底": {"去年", "年底", ""}, "今年年初": {"今年", "年初", ""}, "去年下半年": {"去年", "下半年", ""}, "2022底": {"2022", "底", ""}, "2023年底前": {"2023", "底前", ""}, "二三年五月": {"23", "5", ""}, "二零二三年三四月份": {"2023", "三四", ""}, "二零二三年五一": {"2023", "五一", ""}, "1/5/2023": {"1/5/2023", "", ""}, "2023-05-01 12:30:00": {"2023", "05", "01"},
	"2023年5月1日（星期一）": {"2023", "5", "1"}, "2023年5月1日。": {"2023", "5", "1"}, "二〇二三年五月一日": {"2023", "5", "1"}, "二零二三年十二月三十一日": {"2023", "12", "31"}, "贰零贰叁年伍月": {"2023", "5", ""},
	"一九九八年十月": {"1998", "10", ""}, "230501": {"23", "05", "01"}, "2023.5": {"2023", "5", ""}, "2023/5": {"2023", "5", ""}, "2023-05": {"2023", "05", ""}, "202305": {"2023", "05", ""},
	"2023年5月": {"2023", "5", ""}, "2023年5月份": {"2023", "5", ""}, "23年5月": {"23", "5", ""}, "去年5月": {"去年", "5", ""}, "去年五月一号": {"去年", "5", "1"}, "今年3月": {"今年", "3", ""},
	"2023年5月底": {"2023", "5", "底"}, "2023年5月中旬": {"2023", "5", "中旬"}, "2023年底": {"2023", "底", ""}, "2023年上半年": {"2023", "上半年", ""}, "5月1日": {"", "5", "1"},
	"2023": {"2023", "", ""}, "2023年": {"2023年", "", ""}, "去年": {"去年", "", ""}, "": {},
}

func TestAWholeDateInOneBoxFillsAllThree(t *testing.T) {
	t.Parallel()
	for typed, want := range asPasted {
		if got := (DateBoxes{Year: typed}).Spread(); got != want {
			t.Errorf("%q fills %q; want %q", typed, got, want)
		}
	}
	for boxes, want := range map[DateBoxes]DateBoxes{
		{"2023", "5", "1"}:      {"2023", "5", "1"},
		{"2023", "5月1日", ""}:    {"2023", "5", "1"},
		{"2023年5月1日", "5", "1"}: {"2023年5月1日", "5", "1"},
		{" 2023 ", "五", ""}:     {" 2023 ", "五", ""},
		{"", "", "2023年5月1日"}:   {"2023", "5", "1"},
		{"", "2023年5月1日", ""}:   {"2023", "5", "1"},
		{"", "2023.5.1", ""}:    {"2023", "5", "1"},
		{"", "5月1日", ""}:        {"", "5", "1"},
	} {
		if got := boxes.Spread(); got != want {
			t.Errorf("%q becomes %q; want %q", boxes, got, want)
		}
	}
}

// TestAPartOfADateIsWhatSomebodyRemembers where the rule takes one.
func TestAPartOfADateIsWhatSomebodyRemembers(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today, Arrived: true, Part: true, Label: "合同签订日期"}
	for _, c := range []struct {
		boxes   DateBoxes
		want    Date
		written string
	}{
		{DateBoxes{"2023", "5", ""}, Date{2023, 5, 0}, "2023年5月"},
		{DateBoxes{"2023.5", "", ""}, Date{2023, 5, 0}, "2023年5月"},
		{DateBoxes{"23年5月", "", ""}, Date{2023, 5, 0}, "2023年5月"},
		{DateBoxes{"二〇二三年五月", "", ""}, Date{2023, 5, 0}, "2023年5月"},
		{DateBoxes{"去年5月", "", ""}, Date{2025, 5, 0}, "2025年5月"},
		{DateBoxes{"今年", "3月份", ""}, Date{2026, 3, 0}, "2026年3月"},
		{DateBoxes{"2026", "11", ""}, Date{2026, 11, 0}, "2026年11月"},
		{DateBoxes{"2023", "", ""}, Date{2023, 0, 0}, "2023年"},
		{DateBoxes{"前年", "", ""}, Date{2024, 0, 0}, "2024年"},
		{DateBoxes{"2023年底", "", ""}, Date{2023, 0, 0}, "2023年底"},
		{DateBoxes{"2023", "年底", ""}, Date{2023, 0, 0}, "2023年底"},
		{DateBoxes{"2023年上半年", "", ""}, Date{2023, 0, 0}, "2023年上半年"},
		{DateBoxes{"2023年5月底", "", ""}, Date{2023, 5, 0}, "2023年5月底"},
		{DateBoxes{"2023", "5", "中旬"}, Date{2023, 5, 0}, "2023年5月中旬"},
		{DateBoxes{"2023", "5", "月底"}, Date{2023, 5, 0}, "2023年5月底"},
		{DateBoxes{"2023", "5", "1"}, Date{2023, 5, 1}, ""},
		{DateBoxes{"去年底", "", ""}, Date{2025, 0, 0}, "2025年底"},
		{DateBoxes{"去年年底", "", ""}, Date{2025, 0, 0}, "2025年底"},
		{DateBoxes{"去年下半年", "", ""}, Date{2025, 0, 0}, "2025年下半年"},
		{DateBoxes{"2022底", "", ""}, Date{2022, 0, 0}, "2022年底"},
		{DateBoxes{"2023年底前", "", ""}, Date{2023, 0, 0}, "2023年底前"},
		{DateBoxes{"1958", "10", ""}, Date{1958, 10, 0}, "1958年10月"},
	} {
		got, sentence := c.boxes.Read(rule)
		if got != c.want || sentence != "" || c.boxes.AsWritten(got) != c.written {
			t.Errorf("%q is %v, %q, written %q; want %v", c.boxes, got, sentence, c.boxes.AsWritten(got), c)
		}
		if !got.Whole() && (got.Time().Day() != 1 || got.Time().Year() != got.Year || got.Month > 0 && int(got.Time().Month()) != got.Month) {
			t.Errorf("%q begins on %s", c.boxes, got.Time())
		}
	}
	for boxes, want := range map[DateBoxes]string{
		{"", "5", ""}:       "合同签订日期还差“年”",
		{"2023", "", "5"}:   "合同签订日期还差“月”",
		{"2023", "底", "5"}:  "合同签订日期还差“月”",
		{"二零二三年五一", "", ""}: "合同签订日期里，“月”看不懂，请写数字，例如 2024年5月12日写成 2024、5、12",
		{"2023", "0", ""}:   "合同签订日期里，没有0月。月份请写 1 到 12",
		{"2023", "5", "0"}:  "合同签订日期里，5月没有0日，请检查",
		{"2023", "5", "那天"}: "合同签订日期里，“日”看不懂，请写数字，例如 2024年5月12日写成 2024、5、12",
		{"2026", "12", ""}:  "合同签订日期里，2026年12月还没有到，请检查",
		{"2027", "", ""}:    "合同签订日期里，2027年还没有到，请检查",
		{"2023", "13", ""}:  "合同签订日期里，没有13月。月份请写 1 到 12",
		{"2023年腊月", "", ""}: "合同签订日期里，“2023年腊月”是农历。请换成公历（阳历）的日期",
	} {
		if got, sentence := boxes.Read(rule); sentence != want || !got.IsZero() {
			t.Errorf("%q is %v, %q; want %q", boxes, got, sentence, want)
		}
	}
}

// TestWhatIsKeptOfAPartOfADateIsShort: the table takes 100 characters of it.
func TestWhatIsKeptOfAPartOfADateIsShort(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today, Part: true}
	word := rapid.StringOf(rapid.RuneFrom([]rune("年月底初左右前后约 　于在。")))
	rapid.Check(t, func(t *rapid.T) {
		many := strings.Repeat(rapid.SampledFrom([]string{" ", "约", "。", "左右"}).Draw(t, "sign"), rapid.IntRange(0, 200).Draw(t, "times"))
		boxes := DateBoxes{many + "2023" + word.Draw(t, "year"), word.Draw(t, "month") + many, word.Draw(t, "day") + many}
		date, sentence := boxes.Read(rule)
		if got := boxes.AsWritten(date); sentence == "" && Length(got) > 100 {
			t.Fatalf("%q is kept as %q", boxes, got)
		}
	})
}

func TestADateIsSaidAsItIsUnderstood(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today, Part: true}
	for boxes, want := range map[DateBoxes]string{
		{"2023", "5", "1"}: "", {"", "", ""}: "", {"2023", "13", "1"}: "", {"去年", "5", "1"}: "2025年5月1日", {"23", "5", "1"}: "2023年5月1日", {"2023", "五", ""}: "2023年5月", {"2023年底", "", ""}: "2023年底",
	} {
		if got := boxes.Said(rule); got != want {
			t.Errorf("%q is said to be %q, want %q", boxes, got, want)
		}
	}
}

func TestADatePrintedIsReadBack(t *testing.T) {
	t.Parallel()
	han := strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1949, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 31000).Draw(t, "days"))
		want := Date{day.Year(), int(day.Month()), day.Day()}
		year, _, _ := strings.Cut(want.Words(), "年")
		for _, printed := range []string{want.Words(), want.String(), day.Format("20060102"), day.Format("2006/1/2"), han.Replace(year) + strings.TrimPrefix(want.Words(), year)} {
			if got, sentence := (DateBoxes{Year: printed}).Read(DateRule{Now: today}); got != want || sentence != "" {
				t.Fatalf("%s was read as %v, %q", printed, got, sentence)
			}
		}
	})
}

func TestADateToComeReachesTenYears(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today}
	if got, sentence := (DateBoxes{"2036", "12", "31"}).Read(rule); got != (Date{2036, 12, 31}) || sentence != "" {
		t.Errorf("got %v, %q", got, sentence)
	}
	for _, year := range []string{"2037", "2999", "9999"} {
		if _, sentence := (DateBoxes{year, "1", "1"}).Read(rule); sentence != "年份请写 1949 到 2036 之间的，请检查" {
			t.Errorf("%s: %q", year, sentence)
		}
	}
}

func TestADateIsWrittenForMachinesAndForPeople(t *testing.T) {
	t.Parallel()
	d := Date{2024, 5, 2}
	if d.String() != "2024-05-02" || d.Words() != "2024年5月2日" || !d.Time().Equal(time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %s, %s, %s", d, d.Words(), d.Time())
	}
}

func TestBoxesNeverGiveADayThatIsNot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		box := rapid.OneOf(rapid.StringMatching(`[0-9０-９ ]{0,5}[年月日]?`), rapid.String())
		boxes := DateBoxes{box.Draw(t, "year"), box.Draw(t, "month"), box.Draw(t, "day")}
		got, sentence := boxes.Read(DateRule{Now: today})
		if sentence != "" && !got.IsZero() {
			t.Fatalf("%q: both %v and %q", boxes, got, sentence)
		}
		if sentence == "" && !got.IsZero() && got.String() != got.Time().Format(time.DateOnly) {
			t.Fatalf("%q gave %v", boxes, got)
		}
	})
}

func TestADateBeforeTheFirstOneIsTooEarly(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today, Arrived: true, Since: Date{2025, 11, 23}, Repair: "请写收到的那一天"}
	for boxes, want := range map[DateBoxes]string{
		{"2025", "11", "23"}: "",
		{"2026", "11", "23"}: "",
		{"2025", "11", "22"}: "2025年11月22日太早了。请写收到的那一天",
		{"1999", "1", "1"}:   "1999年1月1日太早了。请写收到的那一天",
		{"2026", "11", "24"}: "2026年11月24日还没有到。请写收到的那一天",
	} {
		if _, sentence := boxes.Read(rule); sentence != want {
			t.Errorf("%v: %q, want %q", boxes, sentence, want)
		}
	}
}
