package clock_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhengxin/internal/clock"
	"zhengxin/internal/pgtest"
)

func pausedFor(t testing.TB, from, to, ground string) clock.Span {
	return clock.Span{Kind: clock.Pause, From: date(t, from), To: date(t, to), Ground: ground}
}

// The expected days are counted by hand on a calendar of the wall.
func TestWhatBecomesOfATermMovesItsLastDay(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	extend := func(on string, n int) clock.Span { return clock.Span{Kind: clock.Extend, From: date(t, on), Count: n} }
	run := func(on string) clock.Span { return clock.Span{Kind: clock.Run, From: date(t, on)} }
	for name, c := range map[string]struct {
		rule    clock.Rule
		started string
		spans   []clock.Span
		want    string
	}{
		"30 days and 15 more are 45 from the start": {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{extend("2026-03-30", 15)}, "2026-04-16"},
		"what is extended ends on a working day":    {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{extend("2026-03-30", 3)}, "2026-04-07"}, // 4 April, 清明
		"twenty days that do not count":             {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-10", "2026-03-30", "鉴定")}, "2026-04-21"},
		"ended sooner, ten do not":                  {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-10", "2026-03-30", "鉴定"), run("2026-03-20")}, "2026-04-13"}, // 11 April is a Saturday
		"ended the day it began, all count":         {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-10", "2026-03-30", "鉴定"), run("2026-03-10")}, "2026-04-01"},
		"ended after its day, what was said":        {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-10", "2026-03-30", "鉴定"), run("2026-04-02")}, "2026-04-21"},
		"paused and extended":                       {rule(30, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-10", "2026-03-30", "鉴定"), extend("2026-04-20", 10)}, "2026-05-06"}, // 1 to 5 May are off
		"paused twice":                              {rule(10, clock.NaturalDays), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-03-04", "2026-03-09", "鉴定"), pausedFor(t, "2026-03-11", "2026-03-13", "鉴定")}, "2026-03-19"},
		"working days of a pause":                   {rule(5, clock.WorkingDays), "2026-09-18 10:00", []clock.Span{pausedFor(t, "2026-09-21", "2026-09-29", "听证")}, "2026-10-09"}, // 20, 21, 30 September, 8, 9 October
		"working days and more":                     {rule(5, clock.WorkingDays), "2026-09-18 10:00", []clock.Span{extend("2026-09-22", 2)}, "2026-09-29"},
		"months move by the days that do not count": {rule(2, clock.Months), "2026-03-02 10:00", []clock.Span{pausedFor(t, "2026-04-01", "2026-04-11", "听证")}, "2026-05-12"},
		"months more end on the corresponding day":  {rule(1, clock.Months), "2026-03-31 10:00", []clock.Span{extend("2026-04-20", 1)}, "2026-06-01"}, // 31 May is a Sunday
	} {
		got, err := c.rule.Due(cal, moment(t, c.started), c.spans...)
		if err != nil || got.On.String() != c.want {
			t.Errorf("%s: got %s, want %s, %v", name, got.On, c.want, err)
		}
	}
}

func TestADerivationTellsWhatBecameOfTheTerm(t *testing.T) {
	t.Parallel()
	d, err := promise("accepted", 30, clock.NaturalDays).Due(calendar(t), moment(t, "2026-03-02 10:00"),
		pausedFor(t, "2026-03-10", "2026-03-30", "鉴定"), clock.Span{Kind: clock.Run, From: date(t, "2026-03-20")},
		clock.Span{Kind: clock.Extend, From: date(t, "2026-04-08"), Count: 5})
	if err != nil {
		t.Fatal(err)
	}
	want := "3月2日受理，第二天起算。3月10日起因鉴定暂停，到 3月20日，其间 10 天不计入。4月8日同意延长 5 天。平台承诺 30 天，加上延长的 5 天，共 35 天，第 35 天是 4月16日（星期四）。"
	if diff := cmp.Diff(want, strings.ReplaceAll(d.Derivation, "\u00a0", " ")); diff != "" {
		t.Error(diff)
	}
}

func TestHoursAndNamedDaysAreNeitherPausedNorExtended(t *testing.T) {
	t.Parallel()
	named := rule(0, clock.Fixed)
	named.FixedOn = "03-31"
	for _, r := range []clock.Rule{rule(24, clock.Hours), named} {
		if d, err := r.Due(calendar(t), moment(t, "2026-03-02 10:00"), clock.Span{Kind: clock.Extend, From: date(t, "2026-03-02"), Count: 1}); err == nil {
			t.Errorf("%s: extended to %s", r.Unit, d.On)
		}
	}
}

func TestATermStandsStillFromTheDecisionToItsLastDay(t *testing.T) {
	t.Parallel()
	pause := pausedFor(t, "2026-03-10", "2026-03-30", "鉴定")
	cut := []clock.Span{pause, {Kind: clock.Run, From: date(t, "2026-03-20")}}
	for on, want := range map[string][2]bool{
		"2026-03-09": {false, false}, "2026-03-10": {true, true}, "2026-03-19": {true, true}, "2026-03-20": {true, false}, "2026-03-30": {true, false}, "2026-03-31": {false, false},
	} {
		if got := [2]bool{clock.Paused([]clock.Span{pause}, date(t, on)), clock.Paused(cut, date(t, on))}; got != want {
			t.Errorf("%s: %v", on, got)
		}
	}
}

// byDay counts a term one day after the other, as nobody would: it knows nothing of
// how the package counts.
func byDay(r clock.Rule, cal clock.Calendar, started time.Time, spans []clock.Span) clock.Date {
	stands := map[clock.Date]bool{}
	more := 0
	for i, s := range spans {
		switch s.Kind {
		case clock.Extend:
			more += s.Count
		case clock.Pause:
			last := s.To
			if i+1 < len(spans) && spans[i+1].Kind == clock.Run && spans[i+1].From.Before(last) {
				last = spans[i+1].From
			}
			for d := s.From.AddDays(1); !d.After(last); d = d.AddDays(1) {
				stands[d] = true
			}
		}
	}
	day := clock.On(started)
	if r.StartEvent == "filed" {
		for !cal.Working(day) {
			day = day.AddDays(1)
		}
	}
	switch r.Unit {
	case clock.Fixed:
		for day.String()[5:] != r.FixedOn {
			day = day.AddDays(1)
		}
		return day
	case clock.Hours:
		day = clock.On(started.Add(time.Duration(r.Limit) * time.Hour))
		if !r.Waits {
			return day
		}
	case clock.Months:
		month, year := int(day.Month)+r.Limit+more, day.Year
		for month > 12 {
			month, year = month-12, year+1
		}
		last := clock.NewDate(year, time.Month(month), min(day.Day, clock.NewDate(year, time.Month(month)+1, 0).Day))
		day = last.AddDays(len(stands))
	default:
		for left := r.Limit + more; left > 0; {
			day = day.AddDays(1)
			if !stands[day] && (r.Unit == clock.NaturalDays || cal.Working(day)) {
				left--
			}
		}
	}
	for !cal.Working(day) {
		day = day.AddDays(1)
	}
	return day
}

// All rules as migrate leaves them, over the years that are known, with what may become
// of a term.
func TestEveryRuleEndsWhereCountingDayByDayEnds(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(table.Rules), func(r clock.Rule) bool { return r.Unit == clock.Given })).Draw(t, "rule")
		started := clock.NewDate(2024, time.January, 1).Begins().Add(time.Duration(rapid.IntRange(0, 4*365*24*60-1).Draw(t, "started")) * time.Minute)
		var spans []clock.Span
		if r.Unit == clock.WorkingDays || r.Unit == clock.NaturalDays || r.Unit == clock.Months {
			at := clock.On(started)
			for range rapid.IntRange(0, 3).Draw(t, "pauses") {
				at = at.AddDays(rapid.IntRange(1, 12).Draw(t, "from"))
				pause := clock.Span{Kind: clock.Pause, From: at, To: at.AddDays(rapid.IntRange(1, 40).Draw(t, "days"))}
				if due, err := r.Due(table.Calendar, started, spans...); err != nil || !pause.From.Before(due.On) {
					break // it is over: nothing pauses it any more
				}
				spans, at = append(spans, pause), pause.To
				if rapid.Bool().Draw(t, "sooner") {
					at = pause.From.AddDays(rapid.IntRange(0, 40).Draw(t, "cut"))
					spans = append(spans, clock.Span{Kind: clock.Run, From: at})
				}
			}
			if n := rapid.IntRange(0, 30).Draw(t, "more"); n > 0 {
				spans = append(spans, clock.Span{Kind: clock.Extend, From: at, Count: n})
			}
		}
		got, err := r.Due(table.Calendar, started, spans...)
		if err != nil {
			t.Fatal(err)
		}
		if want := byDay(r, table.Calendar, started, spans); got.On != want {
			t.Fatalf("%s from %s with %+v: %s, day by day %s", r.Code, clock.Local(started), spans, got.On, want)
		}
	})
}
