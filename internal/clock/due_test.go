package clock_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
)

// rule is a statutory rule counted from the true day.
func rule(n int, unit clock.Unit) clock.Rule {
	return clock.Rule{
		Code: "XF-DO", Version: 1, Title: "办结", StartEvent: "accepted", EndEvent: "concluded",
		Limit: n, Unit: unit, Basis: "《信访工作条例》第三十四条", Confidence: clock.High,
	}
}

// promise is one of the platform's own rules.
func promise(start string, n int, unit clock.Unit) clock.Rule {
	r := rule(n, unit)
	r.Code, r.Title, r.StartEvent = "PF-DO", "答复", start
	r.Basis, r.Confidence = "本平台承诺", clock.Design
	return r
}

func due(t testing.TB, r clock.Rule, cal clock.Calendar, started string) clock.Due {
	t.Helper()
	d, err := r.Due(cal, moment(t, started))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheVectorsOfTheLawAreCountedExactly(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		start string
		n     int
		unit  clock.Unit
		want  string
	}{
		{"2026-02-10", 5, clock.WorkingDays, "2026-02-24"},
		{"2026-09-18", 10, clock.WorkingDays, "2026-10-09"},
		{"2026-04-30", 1, clock.WorkingDays, "2026-05-06"},
		{"2025-09-26", 10, clock.WorkingDays, "2025-10-16"},
		{"2024-02-08", 3, clock.WorkingDays, "2024-02-19"},
		{"2026-09-30", 10, clock.WorkingDays, "2026-10-20"},
		{"2026-02-05", 15, clock.NaturalDays, "2026-02-24"},
		{"2026-09-10", 15, clock.NaturalDays, "2026-09-28"},
		{"2026-08-03", 60, clock.NaturalDays, "2026-10-08"},
		{"2026-05-02", 60, clock.NaturalDays, "2026-07-01"},
	} {
		got := due(t, rule(c.n, c.unit), cal, c.start+" 10:00")
		if got.On.String() != c.want {
			t.Errorf("%s + %d %s: got %s, want %s", c.start, c.n, c.unit, got.On, c.want)
		}
		if !got.At.Equal(got.On.AddDays(1).Begins()) {
			t.Errorf("%s: ends at %s, not at 24:00", got.On, got.At)
		}
	}
}

func TestADueDatePrintsHowItWasCounted(t *testing.T) {
	t.Parallel()
	cal := calendar(t).ClosingAt(18 * time.Hour)
	const xf = "依据：《信访工作条例》第三十四条。"
	for _, c := range []struct {
		rule    clock.Rule
		started string
		want    string
	}{
		{promise("accepted", 30, clock.NaturalDays), "2026-10-30 15:30",
			"10月30日受理，第二天起算。平台承诺 30 天，第 30 天是 11月29日（星期日），顺延到下一个工作日，11月30日（星期一）。"},
		{rule(60, clock.NaturalDays), "2026-10-30 15:30",
			"10月30日受理，第二天起算。法定期限 60 天，第 60 天是 12月29日（星期二）。" + xf},
		{rule(15, clock.NaturalDays), "2026-09-10 09:00",
			"9月10日受理，第二天起算。法定期限 15 天，第 15 天是 9月25日（星期五，放假），顺延到下一个工作日，9月28日（星期一）。" + xf},
		{rule(5, clock.WorkingDays), "2026-10-08 09:00",
			"10月8日受理，第二天起算，只数工作日。法定期限 5 个工作日，第 5 个工作日是 10月14日（星期三）。" + xf},
		{rule(2, clock.WorkingDays), "2026-10-08 09:00",
			"10月8日受理，第二天起算，只数工作日。法定期限 2 个工作日，第 2 个工作日是 10月10日（星期六，调休上班）。" + xf},
		{promise("filed", 1, clock.WorkingDays), "2026-11-21 20:15",
			"11月21日（星期六）20:15 提交，这天不上班，按下一个工作日 11月23日（星期一）收到计算，第二天起算，只数工作日。平台承诺 1 个工作日，第 1 个工作日是 11月24日（星期二）。"},
		{promise("filed", 1, clock.WorkingDays), "2026-11-20 18:40",
			"11月20日（星期五）18:40 提交，已过下班时间，按下一个工作日 11月23日（星期一）收到计算，第二天起算，只数工作日。平台承诺 1 个工作日，第 1 个工作日是 11月24日（星期二）。"},
		{rule(30, clock.NaturalDays), "2026-12-10 09:00",
			"12月10日受理，第二天起算。法定期限 30 天，第 30 天是 2027年1月9日（星期六），顺延到下一个工作日，2027年1月11日（星期一）。" + xf +
				"2027 年放假安排还没有公布，这个日期是暂定的，公布后重算，改了会写明。"},
		{rule(2, clock.Months), "2025-12-31 09:00",
			"12月31日受理，按月计算。法定期限 2 个月，到 2026年2月28日（星期六，调休上班），这个月没有 31 日，取月末。" + xf},
		{rule(24, clock.Hours), "2026-11-23 14:05",
			"11月23日 14:05 受理。法定期限 24 小时，到 11月24日 14:05。" + xf},
	} {
		got := strings.ReplaceAll(due(t, c.rule, cal, c.started).Derivation, "\u00a0", " ")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s\n%s", c.started, diff)
		}
	}
}

func TestATermTellsItsDatesAndWhetherTheyMayMove(t *testing.T) {
	t.Parallel()
	cal := calendar(t).ClosingAt(18 * time.Hour)
	named := rule(0, clock.Fixed)
	named.StartEvent, named.FixedOn = "year_start", "03-31"
	leap := named
	leap.FixedOn = "02-29"
	for name, c := range map[string]struct {
		rule          clock.Rule
		started       string
		start, on, at string
		provisional   bool
	}{
		"the platform counts from the received day": {promise("filed", 5, clock.WorkingDays), "2026-09-30 20:00", "2026-10-08", "2026-10-14", "2026-10-15 00:00", false},
		"the law counts from the true day":          {rule(15, clock.NaturalDays), "2026-09-30 20:00", "2026-09-30", "2026-10-15", "2026-10-16 00:00", false},
		"the end of a shorter month":                {rule(1, clock.Months), "2024-01-31 09:00", "2024-01-31", "2024-02-29", "2024-03-01 00:00", false},
		"a corresponding day that is off":           {rule(2, clock.Months), "2026-08-01 09:00", "2026-08-01", "2026-10-08", "2026-10-09 00:00", false},
		"months over the year's end":                {rule(3, clock.Months), "2025-11-30 09:00", "2025-11-30", "2026-02-28", "2026-03-01 00:00", false},
		"hours run through the night":               {rule(24, clock.Hours), "2026-11-20 17:30", "2026-11-20", "2026-11-21", "2026-11-21 17:30", false},
		"hours ask no calendar":                     {rule(2, clock.Hours), "2031-01-01 23:00", "2031-01-01", "2031-01-02", "2031-01-02 01:00", false},
		"a named day of this year":                  {named, "2026-01-01 00:00", "2026-01-01", "2026-03-31", "2026-04-01 00:00", false},
		"a named day that is today":                 {named, "2026-03-31 09:00", "2026-03-31", "2026-03-31", "2026-04-01 00:00", false},
		"a named day that has passed":               {named, "2026-04-01 09:00", "2026-04-01", "2027-03-31", "2027-04-01 00:00", false},
		"a named leap day":                          {leap, "2026-01-01 09:00", "2026-01-01", "2026-02-28", "2026-03-01 00:00", false},
		"the last day of a known year":              {rule(15, clock.NaturalDays), "2026-12-16 09:00", "2026-12-16", "2026-12-31", "2027-01-01 00:00", false},
		"working days into a provisional year":      {rule(5, clock.WorkingDays), "2026-12-28 09:00", "2026-12-28", "2027-01-05", "2027-01-06 00:00", true},
		"received in a provisional year":            {promise("filed", 1, clock.WorkingDays), "2026-12-31 19:00", "2027-01-04", "2027-01-05", "2027-01-06 00:00", true},
	} {
		got := due(t, c.rule, cal, c.started)
		at := clock.Local(got.At).Format("2006-01-02 15:04")
		if got.Start.String() != c.start || got.On.String() != c.on || at != c.at || got.Provisional != c.provisional {
			t.Errorf("%s: start %s on %s at %s provisional %v", name, got.Start, got.On, at, got.Provisional)
		}
		if marked := strings.Contains(got.Derivation, "暂定"); marked != got.Provisional {
			t.Errorf("%s: provisional %v, but it reads %s", name, got.Provisional, got.Derivation)
		}
	}
}

// 17 December 2027 is the day from which a receipt promises a date of 2028.
func TestATermIntoAYearNobodyImportedIsCountedAndSaysOverWhat(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		rule        clock.Rule
		started, on string
		says        string
	}{
		{rule(15, clock.NaturalDays), "2027-12-17 09:00", "2028-01-03",
			"还没有 2028 年的工作日历，先按周一到周五上班推算，这个日期是暂定的，公布后重算，改了会写明。"},
		{rule(60, clock.NaturalDays), "2027-12-01 09:00", "2028-01-31", "还没有 2028 年的工作日历，"},
		{rule(10, clock.WorkingDays), "2027-12-27 09:00", "2028-01-10", "2027 年放假安排还没有公布，还没有 2028 年的工作日历，"},
		{rule(6, clock.Months), "2027-09-01 09:00", "2028-03-01", "还没有 2028 年的工作日历，"},
		{promise("filed", 1, clock.WorkingDays), "2031-05-04 09:00", "2031-05-06", "还没有 2031 年的工作日历，"},
		{promise("filed", 1, clock.WorkingDays), "2023-12-30 09:00", "2024-01-03", "还没有 2023 年的工作日历，"},
	} {
		got := due(t, c.rule, cal, c.started)
		says := strings.ReplaceAll(got.Derivation, "\u00a0", " ")
		if got.On.String() != c.on || !got.Provisional || !strings.Contains(says, c.says) {
			t.Errorf("%s + %d %s: %s, provisional %v, %s", c.started, c.rule.Limit, c.rule.Unit, got.On, got.Provisional, says)
		}
	}
}

func TestARuleThatCannotBeCountedIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*clock.Rule){
		"unit":        func(r *clock.Rule) { r.Unit = "WEEK" },
		"limit":       func(r *clock.Rule) { r.Limit = 0 },
		"confidence":  func(r *clock.Rule) { r.Confidence = "sure" },
		"start event": func(r *clock.Rule) { r.StartEvent = "sneezed" },
		"fixed day":   func(r *clock.Rule) { r.Unit, r.FixedOn = clock.Fixed, "02-30" },
	} {
		r := rule(5, clock.WorkingDays)
		spoil(&r)
		if d, err := r.Due(calendar(t), time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)); err == nil {
			t.Errorf("%s: counted to %s", name, d.On)
		}
	}
}

// A day that the matter says is that day, whatever the calendar has on it.
func TestAGivenDayIsTakenAsItIsSaid(t *testing.T) {
	t.Parallel()
	rule := clock.Rule{Code: clock.Promise, Version: 1, Title: "承诺办到", StartEvent: "promised", Unit: clock.Given, Basis: "本平台承诺", Confidence: clock.Design, ValidFrom: clock.NewDate(2024, 1, 1)}
	holiday := clock.NewDate(2026, 10, 1)
	table := clock.Table{Rules: []clock.Rule{rule}, Calendar: calendar(t)}
	due, ok := table.DueOn(clock.Promise, moment(t, "2026-03-02 10:00"), holiday)
	if !ok || due.On != holiday || !due.At.Equal(holiday.Ends()) || due.Provisional || !strings.Contains(due.Derivation, "到2026年10月1日（含当日）") {
		t.Errorf("%v %+v", ok, due)
	}
	row := clock.Row{Rule: due.Rule, Version: due.Version, StartedAt: due.Started, DueOn: due.On, DueAt: due.At}
	if again, ok := table.Again(row); !ok || again.On != holiday {
		t.Errorf("counted again it is %s", again.On)
	}
	if _, ok := table.Due(clock.Promise, due.Started); ok {
		t.Error("it is counted from nothing")
	}
	if _, ok := table.DueOn(clock.Promise, due.Started, clock.Date{}); ok {
		t.Error("no day is a day")
	}
}
