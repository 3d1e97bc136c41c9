package clock_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
)

// holidays is the calendar of the base data, by hand: the ranges of the State
// Council's notices and the weekends worked for them. The database test holds
// the migration to it.
var holidays = map[int]struct {
	status clock.Status
	off    string // ranges
	work   string
}{
	2024: {clock.Official,
		"01-01 02-10~02-17 04-04~04-06 05-01~05-05 06-10 09-15~09-17 10-01~10-07",
		"02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"},
	2025: {clock.Official,
		"01-01 01-28~02-04 04-04~04-06 05-01~05-05 05-31~06-02 10-01~10-08",
		"01-26 02-08 04-27 09-28 10-11"},
	2026: {clock.Official,
		"01-01~01-03 02-15~02-23 04-04~04-06 05-01~05-05 06-19~06-21 09-25~09-27 10-01~10-07",
		"01-04 02-14 02-28 05-09 09-20 10-10"},
	2027: {clock.Provisional,
		"01-01 02-05~02-08 04-05 05-01~05-02 06-09 09-15 10-01~10-03", ""},
}

func exceptions(t testing.TB) ([]clock.Year, []clock.Day) {
	t.Helper()
	var years []clock.Year
	var days []clock.Day
	for year := 2024; year <= 2027; year++ {
		h := holidays[year]
		years = append(years, clock.Year{Year: year, Status: h.status})
		prefix := fmt.Sprintf("%d-", year)
		for _, span := range strings.Fields(h.off) {
			first, last, ok := strings.Cut(span, "~")
			if !ok {
				last = first
			}
			for d := date(t, prefix+first); !d.After(date(t, prefix+last)); d = d.AddDays(1) {
				days = append(days, clock.Day{Day: d, Kind: clock.Off})
			}
		}
		for _, one := range strings.Fields(h.work) {
			days = append(days, clock.Day{Day: date(t, prefix+one), Kind: clock.Work})
		}
	}
	return years, days
}

func calendar(t testing.TB) clock.Calendar {
	t.Helper()
	years, days := exceptions(t)
	cal, err := clock.NewCalendar(years, days)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func date(t testing.TB, s string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryMonthHasItsWorkingDays(t *testing.T) {
	t.Parallel()
	want := map[int][]int{
		2024: {22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22},
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	}
	cal := calendar(t)
	got := map[int][]int{}
	for year := range want {
		for month := time.January; month <= time.December; month++ {
			got[year] = append(got[year], cal.WorkingDays(clock.NewDate(year, month, 0), clock.NewDate(year, month+1, 0)))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAYearThatWasNeverImportedIsWorkedFromMondayToFriday(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for d := clock.NewDate(2028, time.January, 1); d.Year < 2032; d = d.AddDays(1) {
		if want := d.Weekday() >= time.Monday && d.Weekday() <= time.Friday; cal.Working(d) != want {
			t.Errorf("%s, a %s: working %v", d, d.Weekday(), !want)
		}
	}
}

func TestACalendarRefusesWhatItCannotMean(t *testing.T) {
	t.Parallel()
	year := []clock.Year{{Year: 2026, Status: clock.Official}}
	for name, c := range map[string]struct {
		years []clock.Year
		days  []clock.Day
	}{
		"unknown status": {[]clock.Year{{Year: 2026, Status: "maybe"}}, nil},
		"unknown kind":   {year, []clock.Day{{Day: clock.NewDate(2026, 1, 1), Kind: "half"}}},
		"foreign year":   {year, []clock.Day{{Day: clock.NewDate(2027, 1, 1), Kind: clock.Off}}},
	} {
		if _, err := clock.NewCalendar(c.years, c.days); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestWhatComesAfterHoursCountsFromTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	cal := calendar(t).ClosingAt(18 * time.Hour)
	for _, c := range []struct{ at, want string }{
		{"2026-11-20T03:00:00+08:00", "2026-11-20"}, // before opening is still that day
		{"2026-11-20T18:00:00+08:00", "2026-11-20"},
		{"2026-11-20T18:00:01+08:00", "2026-11-23"},
		{"2026-11-21T09:00:00+08:00", "2026-11-23"},
		{"2026-10-10T09:00:00+08:00", "2026-10-10"}, // a Saturday worked
		{"2026-09-30T20:00:00+08:00", "2026-10-08"},
		{"2026-11-20T16:30:00Z", "2026-11-23"}, // already Saturday here
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := cal.ReceivedOn(at); got.String() != c.want {
			t.Errorf("%s: got %s, want %s", c.at, got, c.want)
		}
	}
}
