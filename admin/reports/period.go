package reports

import (
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
)

// mostMonths is how many a report has at most: two years stand beside each other.
const mostMonths = 24

// period is some months, From and To being their first days. What was typed for either
// stays, with what is wrong with it.
type period struct {
	From, To           clock.Date
	typedFrom, typedTo string
	faultFrom, faultTo string
	today              clock.Date
	last               clock.Date // where it ends within its last month; zero: with it
}

// periodAsked reads the months from one to another, as people write them; this year until
// now where nothing is typed.
func periodAsked(from, to string, today clock.Date) period {
	p := period{typedFrom: form.Line(from), typedTo: form.Line(to), today: today, From: clock.NewDate(today.Year, time.January, 1), To: register.FirstOfMonth(today)}
	if p.typedFrom != "" {
		p.From, p.faultFrom = monthAsked(p.typedFrom, time.January, today)
	}
	if p.typedTo != "" {
		p.To, p.faultTo = monthAsked(p.typedTo, time.December, today)
	} else if p.From.Year < today.Year && p.faultFrom == "" { // a month of another year begins that year
		p.To = clock.NewDate(p.From.Year, time.December, 1)
	}
	switch {
	case p.faulty():
	case p.To.Before(p.From):
		p.faultTo = fmt.Sprintf("%s在%s前面，请检查", monthWords(p.To), monthWords(p.From))
	case p.From.AddMonths(mostMonths - 1).Before(p.To):
		p.faultTo = fmt.Sprintf("一次最多看 %d 个月，从%s起，最晚到%s", mostMonths, monthWords(p.From), monthWords(p.From.AddMonths(mostMonths-1)))
	}
	return p
}

// monthAsked reads a month; a year alone is its month whole. What is to come of this year
// is cut off, since a year is asked for as one.
func monthAsked(typed string, whole time.Month, today clock.Date) (clock.Date, string) {
	read, fault := form.DateBoxes{Year: typed}.Read(form.DateRule{Now: clock.Local(today.Begins()), Part: true})
	switch {
	case fault != "":
		return clock.Date{}, fault
	case read.Month == 0 && read.Year == today.Year && whole > today.Month:
		whole = today.Month
	}
	month := time.Month(read.Month)
	if month == 0 {
		month = whole
	}
	first := clock.NewDate(read.Year, month, 1)
	if first.After(today) {
		return clock.Date{}, fmt.Sprintf("%s还没有到，最晚写到%s", monthWords(first), monthWords(today))
	}
	return first, ""
}

func (p period) faulty() bool { return p.faultFrom+p.faultTo != "" }

// since is the first day, and until the last.
func (p period) since() clock.Date { return p.From }
func (p period) until() clock.Date {
	if !p.last.IsZero() {
		return p.last
	}
	return lastOf(p.To)
}

// lastOf is the last day of a month.
func lastOf(month clock.Date) clock.Date {
	return register.FirstOfMonth(month).AddMonths(1).AddDays(-1)
}

func monthWords(d clock.Date) string { return fmt.Sprintf("%d年%d月", d.Year, d.Month) }

// words are the months as people say them.
func (p period) words() string {
	if !p.last.IsZero() {
		return monthWords(p.From) + "到" + p.last.Long()
	}
	if p.From == p.To {
		return monthWords(p.From)
	}
	return monthWords(p.From) + "到" + monthWords(p.To)
}

// shownFrom and shownTo are what stands in the fields.
func (p period) shownFrom() string { return shown(p.typedFrom, p.From) }
func (p period) shownTo() string   { return shown(p.typedTo, p.To) }

func shown(typed string, month clock.Date) string {
	if typed != "" {
		return typed
	}
	return fmt.Sprintf("%04d-%02d", month.Year, month.Month)
}
