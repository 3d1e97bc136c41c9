package form

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// today is a Monday in Beijing that is still Sunday in UTC.
var today = time.Date(2026, 11, 23, 2, 0, 0, 0, time.FixedZone("CST", 8*3600))

func TestADateIsReadFromThreeBoxes(t *testing.T) {
	t.Parallel()
	for boxes, want := range map[DateBoxes]Date{
		{"", " ", "　"}:            {},
		{"2024", "5", "12"}:       {2024, 5, 12},
		{"２０２４", "０５", " １２ "}:    {2024, 5, 12},
		{"2024年", "5月", "12日"}:    {2024, 5, 12},
		{"2024", "02", "29号"}:     {2024, 2, 29},
		{"1990", "1", "1"}:        {1990, 1, 1},
		{"2026", "11", "23"}:      {2026, 11, 23},
		{"2024", "\u200b5", "12"}: {2024, 5, 12},
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
	digits := "请只写数字，例如 2024年5月12日写成 2024、5、12"
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
		{DateBoxes{"24", "5", "12"}, "年份请写四位数，例如 2024"},
		{DateBoxes{"1989", "12", "31"}, "年份请写 1990 年以后的，请检查"},
		{DateBoxes{"2024", "", "12"}, "这个日期还差“月”"},
		{DateBoxes{"2024", "", "　"}, "这个日期还差“月”和“日”"},
		{DateBoxes{"", "5", "12"}, "这个日期还差“年”"},
		{DateBoxes{"二〇二四", "5", "12"}, "“年”" + digits},
		{DateBoxes{"2024", "五", "12"}, "“月”" + digits},
		{DateBoxes{"2024", "5", "-1"}, "“日”" + digits},
		{DateBoxes{"20240512", "5", "1"}, "“年”" + digits},
		{DateBoxes{"2024", "5", "\x00"}, "这个日期还差“日”"},
		{DateBoxes{"2024", "1e1", "\xff"}, "“月”" + digits},
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
		{"2024", "五", "12"}:  "合同签订日期里，“月”请只写数字，例如 2024年5月12日写成 2024、5、12",
		{"2024", "2", "30"}:  "合同签订日期里，2月没有30日，请检查",
		{"24", "5", "12"}:    "合同签订日期里，年份请写四位数，例如 2024",
		{"1989", "5", "12"}:  "合同签订日期里，年份请写 1990 年以后的，请检查",
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

func TestADateToComeReachesTenYears(t *testing.T) {
	t.Parallel()
	rule := DateRule{Now: today}
	if got, sentence := (DateBoxes{"2036", "12", "31"}).Read(rule); got != (Date{2036, 12, 31}) || sentence != "" {
		t.Errorf("got %v, %q", got, sentence)
	}
	for _, year := range []string{"2037", "2999", "9999"} {
		if _, sentence := (DateBoxes{year, "1", "1"}).Read(rule); sentence != "年份请写 1990 到 2036 之间的，请检查" {
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
