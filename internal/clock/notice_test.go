package clock_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhengxin/internal/clock"
)

// said is a notice as one line, for comparing.
func said(days []clock.Day) string {
	var all []string
	for _, d := range days {
		all = append(all, fmt.Sprintf("%s %s", d.Day, d.Kind))
	}
	return strings.Join(all, ", ")
}

func TestADayMayBeWrittenAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"2028-01-01,放假", "2028-01-01,放假,元旦", "放假,2028-01-01", "2028/1/1,放假", "2028/1/1 0:00,放假", "2028.1.1\t休", "2028年1月1日 放假",
		"20280101,off", "２０２８－０１－０１，放假，元旦", "2028 年 1 月 1 日；休息", `"2028-01-01","放假","元旦节，连周末"`, "\uFEFF2028-01-01,放假", "  2028-01-01 , OFF  ",
		"日期,安排,说明\n2028-01-01,放假,元旦", "date,kind\r\n2028-01-01,holiday\r\n", "# 国务院通知\n\n2028-01-01,放假\n\n,,\n",
	} {
		notice, bad := clock.ParseNotice(line)
		if len(bad) > 0 || notice.Year != 2028 || said(notice.Days) != "2028-01-01 off" {
			t.Errorf("%q: %d %s, %v", line, notice.Year, said(notice.Days), bad)
		}
	}
	for line, want := range map[string]string{
		"2028-01-01至2028-01-03 放假":    "2028-01-01 off, 2028-01-02 off, 2028-01-03 off",
		"2028年1月1日至3日,放假":             "2028-01-01 off, 2028-01-02 off, 2028-01-03 off",
		"2028年1月31日～2月1日,放假":          "2028-01-31 off, 2028-02-01 off",
		"2028-01-29,上班,春节调休":          "2028-01-29 work",
		"2028-10-01,放假\n2028-09-30,班": "2028-09-30 work, 2028-10-01 off",
	} {
		if notice, bad := clock.ParseNotice(line); len(bad) > 0 || said(notice.Days) != want {
			t.Errorf("%q: %s, %v; want %s", line, said(notice.Days), bad, want)
		}
	}
}

// The notice for 2019 had people work on 29 December 2018.
func TestANoticeMayMoveDaysOfTheDecemberBefore(t *testing.T) {
	t.Parallel()
	notice, bad := clock.ParseNotice("2018-12-29,上班\n2018-12-30至2019-01-01,放假")
	if len(bad) > 0 || notice.Year != 2019 || said(notice.Days) != "2019-01-01 off" || said(notice.Before) != "2018-12-29 work, 2018-12-30 off, 2018-12-31 off" {
		t.Errorf("%d: %s before %s, %v", notice.Year, said(notice.Before), said(notice.Days), bad)
	}
}

func TestEveryWrongLineIsNamedWithItsNumberAndWhatStoodThere(t *testing.T) {
	t.Parallel()
	notice, bad := clock.ParseNotice(strings.Join([]string{
		"日期,安排", "2028-01-01,放假", "2028-02-30,放假", "元旦放假三天", "2028-01-04,上班", "2028-01-01,放假", "2028-01-08,调休",
		"2028-01-09", "2028-03-01至2028-05-30,放假", "2028-03-09至2028-03-01,放假", "2026-05-01,放假",
	}, "\r\n"))
	var got []string
	for _, b := range bad {
		got = append(got, fmt.Sprintf("%d %s：%s", b.Number, b.Text, b.Reason))
	}
	want := []string{
		"3 2028-02-30,放假：没有 2028-02-30 这一天", "4 元旦放假三天：没有看到日期，要写成 2028-01-01", "5 2028-01-04,上班：1月4日是星期二，本来就上班",
		"6 2028-01-01,放假：1月1日在第 2 行已经写过", "7 2028-01-08,调休：“调休”说不清是放假还是上班，请写“放假”或者“上班”",
		"8 2028-01-09：没有写是放假还是上班", "9 2028-03-01至2028-05-30,放假：一连放不了这么多天，请核对",
		"10 2028-03-09至2028-03-01,放假：后面的日子比前面的早", "11 2026-05-01：不是 2028 年的日子，也不是上一年 12 月的；一次交一年",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if notice.Year != 2028 {
		t.Errorf("of %d", notice.Year)
	}
	for _, empty := range []string{"", "\n\n", "日期,安排", "# 什么也没有"} {
		if _, bad := clock.ParseNotice(empty); len(bad) != 1 || bad[0].Number != 0 {
			t.Errorf("%q: %v", empty, bad)
		}
	}
}

func TestAnArrangementWithoutAStatutoryDayIsDoubted(t *testing.T) {
	t.Parallel()
	for _, year := range []int{2024, 2025, 2026} {
		notice, bad := clock.ParseNotice(written(t, year))
		if doubts := notice.Doubts(); len(bad) > 0 || len(doubts) > 0 {
			t.Errorf("%d: %v %v", year, bad, doubts)
		}
	}
	half, _ := clock.ParseNotice(strings.ReplaceAll(written(t, 2026), "2026-10-02", "2026-10-09"))
	if got := strings.Join(half.Doubts(), "；"); got != "没有 10月2日，国庆节是法定假日" {
		t.Errorf("without a day of the national holiday: %s", got)
	}
	few, _ := clock.ParseNotice("2028-01-01,放假")
	if got := strings.Join(few.Doubts(), "；"); !strings.Contains(got, "放假只有 1 天，法定假日就有 13 天") {
		t.Errorf("one day: %s", got)
	}
}

// written is the base data's year as a file of it would say.
func written(t testing.TB, year int) string {
	t.Helper()
	lines := "日期,安排\n"
	_, days := exceptions(t)
	for _, d := range days {
		if d.Day.Year == year {
			lines += d.Day.String() + "," + map[clock.Kind]string{clock.Off: "放假", clock.Work: "上班"}[d.Kind] + "\n"
		}
	}
	return lines
}

func TestAnyTextIsReadOrItsLinesAreNamed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([0-9]{1,9}[-/年月日至~., ]{0,2}(放假|上班|调休|off)?[,\n]?){1,8}`)).Draw(t, "text")
		notice, bad := clock.ParseNotice(text)
		if len(bad) == 0 && len(notice.Days) == 0 {
			t.Fatalf("%q says nothing and nothing is said of it", text)
		}
		for _, b := range bad {
			if b.Reason == "" || b.Number < 0 {
				t.Fatalf("%q: %+v", text, b)
			}
		}
	})
}
