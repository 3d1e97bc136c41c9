package clock

import (
	"fmt"
	"slices"
	"time"

	"zhengxin/internal/fault"
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

// MissingYear is the cause of a refusal to count over a year nobody imported.
type MissingYear int

// Error names the year.
func (y MissingYear) Error() string { return fmt.Sprintf("no working calendar for %d", int(y)) }

// Calendar tells working days from days off. It is a value that never changes.
type Calendar struct {
	years   map[int]Status
	days    map[Date]Kind
	closing time.Duration // after midnight; 0 = the office closes at 24:00
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
			return Calendar{}, fmt.Errorf("calendar day %s: %w", d.Day, MissingYear(d.Day.Year))
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

// Working reports whether people work that day. A year that was never imported
// is an error naming it, never a guess from the weekday.
func (c Calendar) Working(d Date) (bool, error) {
	if _, ok := c.years[d.Year]; !ok {
		return false, missing(d.Year)
	}
	return c.working(d), nil
}

// working decides for a day of a known year.
func (c Calendar) working(d Date) bool {
	if kind, ok := c.days[d]; ok {
		return kind == Work
	}
	weekday := d.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

func missing(year int) error {
	refusal := fault.New(fault.Conflict, "还没有 %d 年的工作日历，算不出期限。请系统管理员先录入这一年的放假安排", year)
	refusal.Err = MissingYear(year)
	return refusal
}

// ReceivedOn is the day on which something handed in online at t counts as
// received: that day, or the next working day when it came on a day off or
// after closing time. The true time is kept and shown; only the counting moves.
// It is the office's own rule for its own promises, not law (domain-facts §7.2
// marks it as design), so statutory clocks do not use it.
func (c Calendar) ReceivedOn(t time.Time) (Date, error) {
	w := walk{cal: c}
	return w.received(t)
}

// WorkingDays is the number of working days after from, up to and with to.
func (c Calendar) WorkingDays(from, to Date) (int, error) {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		working, err := c.Working(d)
		if err != nil {
			return 0, err
		}
		if working {
			n++
		}
	}
	return n, nil
}

// walk is one counting over the calendar. It remembers the first provisional
// year whose days it had to ask about.
type walk struct {
	cal         Calendar
	provisional int
}

func (w *walk) working(d Date) (bool, error) {
	working, err := w.cal.Working(d)
	if err == nil && w.provisional == 0 && w.cal.years[d.Year] == Provisional {
		w.provisional = d.Year
	}
	return working, err
}

// postpone is d, or the first working day after it when d is a day off
// (民法典 203).
func (w *walk) postpone(d Date) (Date, error) {
	for {
		working, err := w.working(d)
		if err != nil || working {
			return d, err
		}
		d = d.AddDays(1)
	}
}

// forward is the nth working day after from.
func (w *walk) forward(from Date, n int) (Date, error) {
	d := from
	for n > 0 {
		d = d.AddDays(1)
		working, err := w.working(d)
		if err != nil {
			return d, err
		}
		if working {
			n--
		}
	}
	return d, nil
}

func (w *walk) received(t time.Time) (Date, error) {
	day := On(t)
	working, err := w.working(day)
	if err != nil {
		return Date{}, err
	}
	if working && !w.cal.closed(t) {
		return day, nil
	}
	return w.forward(day, 1)
}

// closed reports whether t is past closing time of its day.
func (c Calendar) closed(t time.Time) bool {
	return c.closing > 0 && Local(t).Sub(On(t).Begins()) > c.closing
}
