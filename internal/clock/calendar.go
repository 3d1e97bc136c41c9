package clock

import (
	"fmt"
	"slices"
	"time"
)

// Status says whether the State Council's notice for a year is known.
type Status string

// The two states of a calendar year. A provisional year holds only the
// statutory days; dates counted over it are recounted when the notice comes.
const (
	Official    Status = "official"
	Provisional Status = "provisional"
)

// Kind says how a day differs from its weekday.
type Kind string

// The two exceptions: a holiday, and a weekend worked to make up for one.
const (
	Off  Kind = "off"
	Work Kind = "work"
)

// Statuses, Kinds are all there are; the table's CHECKs are held to them.
func Statuses() []Status { return []Status{Official, Provisional} }

// Kinds are the kinds of exceptional days.
func Kinds() []Kind { return []Kind{Off, Work} }

// Year is one year of the calendar as it was imported.
type Year struct {
	Year   int    `json:"year"`
	Status Status `json:"status"`
}

// Day is one exception to the plain week.
type Day struct {
	Day  Date `json:"day"`
	Kind Kind `json:"kind"`
}

// Calendar tells working days from days off, of any year: where a year was never
// imported, people work from Monday to Friday and every date counted over it is
// provisional. Nobody's complaint waits for a calendar. It is a value that never
// changes.
type Calendar struct {
	years   map[int]Status
	days    map[Date]Kind
	closing time.Duration // after midnight; 0 = the office closes at 24:00
	newest  int64         // id of its newest imported version
}

// NewCalendar builds a calendar and refuses days of a year that is not listed:
// such a year would otherwise look complete with half its days.
func NewCalendar(years []Year, days []Day) (Calendar, error) {
	c := Calendar{years: make(map[int]Status, len(years)), days: make(map[Date]Kind, len(days))}
	for _, y := range years {
		if !slices.Contains(Statuses(), y.Status) {
			return Calendar{}, fmt.Errorf("calendar year %d: unknown status %q", y.Year, y.Status)
		}
		c.years[y.Year] = y.Status
	}
	for _, d := range days {
		if !slices.Contains(Kinds(), d.Kind) {
			return Calendar{}, fmt.Errorf("calendar day %s: unknown kind %q", d.Day, d.Kind)
		}
		if _, ok := c.years[d.Day.Year]; !ok {
			return Calendar{}, fmt.Errorf("calendar day %s: its year is not listed", d.Day)
		}
		c.days[d.Day] = d.Kind
	}
	return c, nil
}

// ClosingAt is the same calendar for an office that closes at that time of
// day; what is filed later counts as received on the next working day. The base
// data goes without: filed at 20:00 on 2026-09-23, an acceptance promised in 5
// working days would end a day after the 15 days of the law.
func (c Calendar) ClosingAt(timeOfDay time.Duration) Calendar {
	c.closing = timeOfDay
	return c
}

// Status is the state of a year; ok is false when it was never imported.
func (c Calendar) Status(year int) (status Status, ok bool) {
	status, ok = c.years[year]
	return status, ok
}

// season is from when on next year's calendar is missed: the State Council
// publishes it in about November.
const season = time.November

// Unsure are the years whose official calendar is missed on that day: this year,
// and from November on the next.
func (c Calendar) Unsure(today Date) []int {
	var years []int
	for _, year := range []int{today.Year, today.Year + 1} {
		if c.years[year] != Official && (year == today.Year || today.Month >= season) {
			years = append(years, year)
		}
	}
	return years
}

// Newest is the id of the newest imported version of any year; a clock keeps it,
// so that a version that came later is noticed.
func (c Calendar) Newest() int64 { return c.newest }

// Working reports whether people work that day.
func (c Calendar) Working(d Date) bool {
	if kind, ok := c.days[d]; ok {
		return kind == Work
	}
	return !weekend(d)
}

// NextWorking is the first working day after d.
func (c Calendar) NextWorking(d Date) Date {
	w := walk{cal: c}
	return w.forward(d, 1)
}

func weekend(d Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// ReceivedOn is the day on which something handed in online at t counts as
// received: that day, or the next working day when it came on a day off or
// after closing time. The true time is kept and shown; only the counting moves.
// It is the office's own rule for its own promises, not law (domain-facts §7.2
// marks it as design), so statutory clocks do not use it.
func (c Calendar) ReceivedOn(t time.Time) Date {
	w := walk{cal: c}
	return w.received(t)
}

// WorkingDays is the number of working days after from, up to and with to.
func (c Calendar) WorkingDays(from, to Date) int {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if c.Working(d) {
			n++
		}
	}
	return n
}

// walk is one counting over the calendar. It remembers the years whose days it
// had to ask about and whose notice is not known.
type walk struct {
	cal    Calendar
	unsure []int
}

func (w *walk) working(d Date) bool {
	if w.cal.years[d.Year] != Official && !slices.Contains(w.unsure, d.Year) {
		w.unsure = append(w.unsure, d.Year)
	}
	return w.cal.Working(d)
}

// postpone is d, or the first working day after it when d is a day off
// (民法典 203).
func (w *walk) postpone(d Date) Date {
	for !w.working(d) {
		d = d.AddDays(1)
	}
	return d
}

// forward is the nth working day after from.
func (w *walk) forward(from Date, n int) Date {
	d := from
	for n > 0 {
		d = d.AddDays(1)
		if w.working(d) {
			n--
		}
	}
	return d
}

func (w *walk) received(t time.Time) Date {
	day := On(t)
	if w.working(day) && !w.cal.closed(t) {
		return day
	}
	return w.forward(day, 1)
}

// closed reports whether t is past closing time of its day.
func (c Calendar) closed(t time.Time) bool {
	return c.closing > 0 && Local(t).Sub(On(t).Begins()) > c.closing
}
