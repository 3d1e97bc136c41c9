package clock_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhengxin/internal/clock"
)

// anyMoment is a minute of 2024 to 2026, early enough for its term to end
// within the calendar.
func anyMoment(t *rapid.T, label string) time.Time {
	first := clock.NewDate(2024, time.January, 1).Begins()
	return first.Add(time.Duration(rapid.IntRange(0, 3*365*24*60-1).Draw(t, label)) * time.Minute)
}

func anyRule(t *rapid.T) clock.Rule {
	units := []clock.Unit{clock.WorkingDays, clock.NaturalDays, clock.Months, clock.Hours}
	unit := rapid.SampledFrom(units).Draw(t, "unit")
	limit := map[clock.Unit]int{clock.WorkingDays: 60, clock.NaturalDays: 90, clock.Months: 6, clock.Hours: 200}[unit]
	r := rule(rapid.IntRange(1, limit).Draw(t, "limit"), unit)
	r.StartEvent = rapid.SampledFrom([]string{"accepted", "filed"}).Draw(t, "start event")
	return r
}

func TestAnyTermEndsAfterItsStartOnAWorkingDay(t *testing.T) {
	t.Parallel()
	cal := calendar(t).ClosingAt(18 * time.Hour)
	rapid.Check(t, func(t *rapid.T) {
		r, started := anyRule(t), anyMoment(t, "started")
		d, err := r.Due(cal, started)
		if err != nil {
			t.Fatal(err)
		}
		if !d.At.After(started) {
			t.Fatalf("ends %s before it starts %s", d.At, started)
		}
		if !cal.Working(d.On) && r.Unit != clock.Hours {
			t.Fatalf("ends on %s, a day off", d.On)
		}
		if r.Unit == clock.NaturalDays && d.On.Since(d.Start) < r.Limit {
			t.Fatalf("%d natural days from %s are cut short on %s", r.Limit, d.Start, d.On)
		}
	})
}

func TestALaterStartOrALongerTermNeverEndsEarlier(t *testing.T) {
	t.Parallel()
	cal := calendar(t).ClosingAt(18 * time.Hour)
	rapid.Check(t, func(t *rapid.T) {
		r, early, late := anyRule(t), anyMoment(t, "one"), anyMoment(t, "other")
		if late.Before(early) {
			early, late = late, early
		}
		first, err := r.Due(cal, early)
		if err != nil {
			t.Fatal(err)
		}
		second, err := r.Due(cal, late)
		if err != nil {
			t.Fatal(err)
		}
		if second.At.Before(first.At) {
			t.Fatalf("started later, ends %s before %s", second.On, first.On)
		}
		r.Limit++
		longer, err := r.Due(cal, early)
		if err != nil {
			t.Fatal(err)
		}
		if longer.At.Before(first.At) {
			t.Fatalf("one more ends %s before %s", longer.On, first.On)
		}
	})
}

func TestWorkingDaysEqualALoopOverTheHolidayList(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	_, exceptional := exceptions(t)
	worked := func(d clock.Date) bool {
		for _, e := range exceptional {
			if e.Day == d {
				return e.Kind == clock.Work
			}
		}
		return d.Weekday() >= time.Monday && d.Weekday() <= time.Friday
	}
	rapid.Check(t, func(t *rapid.T) {
		n, started := rapid.IntRange(1, 60).Draw(t, "n"), anyMoment(t, "started")
		want := clock.On(started)
		for left := n; left > 0; {
			want = want.AddDays(1)
			if worked(want) {
				left--
			}
		}
		d, err := rule(n, clock.WorkingDays).Due(cal, started)
		if err != nil {
			t.Fatal(err)
		}
		if d.On != want {
			t.Fatalf("%d working days from %s: got %s, want %s", n, clock.On(started), d.On, want)
		}
		if counted := cal.WorkingDays(d.Start, d.On); counted != n {
			t.Fatalf("counted back %d of %d", counted, n)
		}
	})
}

// Intake never depends on reference data: over no calendar at all every term is
// that of the plain week, and it is marked.
func TestWithoutACalendarEveryTermIsThatOfThePlainWeek(t *testing.T) {
	t.Parallel()
	var none clock.Calendar
	worked := func(d clock.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	next := func(d clock.Date) clock.Date {
		for d = d.AddDays(1); !worked(d); d = d.AddDays(1) {
		}
		return d
	}
	rapid.Check(t, func(t *rapid.T) {
		r := anyRule(t)
		started := anyMoment(t, "started").AddDate(rapid.IntRange(-20, 100).Draw(t, "years"), 0, 0)
		want := clock.On(started)
		if r.StartEvent == "filed" && r.Unit != clock.Hours && !worked(want) {
			want = next(want)
		}
		switch r.Unit {
		case clock.WorkingDays:
			for range r.Limit {
				want = next(want)
			}
		case clock.NaturalDays:
			want = want.AddDays(r.Limit)
		case clock.Months:
			want = want.AddMonths(r.Limit)
		case clock.Hours:
			want = clock.On(started.Add(time.Duration(r.Limit) * time.Hour))
		}
		if r.Unit != clock.Hours && !worked(want) {
			want = next(want)
		}
		d, err := r.Due(none, started)
		if err != nil || d.On != want {
			t.Fatalf("%d %s from %s: %s, %v; want %s", r.Limit, r.Unit, clock.Local(started), d.On, err, want)
		}
		if asked := r.Unit != clock.Hours; d.Provisional != asked || strings.Contains(d.Derivation, "暂定") != asked {
			t.Fatalf("%s: provisional %v, %s", r.Unit, d.Provisional, d.Derivation)
		}
	})
}

func TestADateIsTheSameAfterWritingAndAfterGoingAndReturning(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := clock.On(anyMoment(t, "moment"))
		n := rapid.IntRange(-4000, 4000).Draw(t, "days")
		if back := d.AddDays(n).AddDays(-n); back != d || d.AddDays(n).Since(d) != n {
			t.Fatalf("%s and %d days back is %s", d, n, back)
		}
		if read, err := clock.ParseDate(d.String()); err != nil || read != d {
			t.Fatalf("%s was read as %s, %v", d, read, err)
		}
	})
}
