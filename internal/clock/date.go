// Package clock counts the office's time as the law counts it: which day a
// term ends, by which rule and article, over a calendar that knows holidays
// and make-up working days. It is the one place that knows Asia/Shanghai.
package clock

import (
	"fmt"
	"time"
	_ "time/tzdata" // the office's zone must not depend on the machine
)

// shanghai is the zone of every date in this program.
var shanghai = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: the zones are embedded
	}
	return zone
}

// Local is t on the clock of the office's wall.
func Local(t time.Time) time.Time { return t.In(shanghai) }

// Date is a day of the office's calendar, without time or zone. The zero Date
// means no date and is NULL in the database.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate is that day; a day past the end of its month runs on into the next,
// as with time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// On is the day in Shanghai at the moment t.
func On(t time.Time) Date { return dateOf(t.In(shanghai)) }

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-11-30" and refuses a day that does not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: %w", s, err)
	}
	return dateOf(t), nil
}

// noon stands for the date where the time package has to do the arithmetic.
func (d Date) noon() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC)
}

// Begins is 00:00 of the day in Shanghai.
func (d Date) Begins() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, shanghai)
}

// Ends is 24:00 of the day in Shanghai, the moment a term ending on it is over.
func (d Date) Ends() time.Time { return d.AddDays(1).Begins() }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// AddDays is the day n natural days later.
func (d Date) AddDays(n int) Date { return dateOf(d.noon().AddDate(0, 0, n)) }

// AddMonths is the corresponding day n months later, or the end of that month
// when it has no such day (民法典 202).
func (d Date) AddMonths(n int) Date {
	first := NewDate(d.Year, d.Month+time.Month(n), 1)
	last := NewDate(first.Year, first.Month+1, 0)
	return Date{first.Year, first.Month, min(d.Day, last.Day)}
}

// Since is the number of natural days from e to d.
func (d Date) Since(e Date) int { return int(d.noon().Sub(e.noon()) / (24 * time.Hour)) }

// Compare orders dates: -1, 0, 1.
func (d Date) Compare(e Date) int { return d.noon().Compare(e.noon()) }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// String is "2026-11-30", empty for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// weekdays names the days from Sunday on.
var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// Chinese is 11月30日（星期一）, as people read a due date.
func (d Date) Chinese() string {
	return d.Short() + "（" + weekdays[d.Weekday()] + "）"
}

// Short is 11月30日.
func (d Date) Short() string { return fmt.Sprintf("%d月%d日", d.Month, d.Day) }

// Long is 2026年11月30日, for paper and for another year.
func (d Date) Long() string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) }

// Near is the day as it is read on another: without its year where that is the same.
func (d Date) Near(today Date) string {
	if d.Year == today.Year {
		return d.Short()
	}
	return d.Long()
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}
