// Package stats is the figures that the public may see. They are counted in
// the database by functions that give nothing but sums, since the portal may
// read no complaint, and each is the truth of a minute ago at most.
package stats

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Floor is the smallest count about one unit that is shown: a smaller one
// could tell who complained. The database keeps it, not this package.
const Floor = 5

// Counts of one month or of the year so far.
type Counts struct {
	Received int64 `json:"received"` // complaints filed or registered
	Imported int64 `json:"imported"` // of these: old ones taken over from a file
	Answered int64 `json:"answered"` // first answers sent
	OnTime   int64 `json:"on_time"`  // of these: by the promised day
	Upheld   int64 `json:"upheld"`   // of these: found true or mostly true
}

// Late is the answers that went out after their day.
func (c Counts) Late() int64 { return c.Answered - c.OnTime }

// Month is the counts of a calendar month of Chinese time.
type Month struct {
	Month clock.Date // its first day
	Counts
}

// Year is the county's figures from the first of January to At.
type Year struct {
	At      time.Time
	Year    int
	Months  []Month // from January to the month of At, all of them
	Total   Counts
	Overdue int64 // not answered at At although the day has passed
}

// Count is a number about one unit. Few says that there are some, but less
// than Floor; then N is 0 and nobody knows how many.
type Count struct {
	N   int64
	Few bool
}

// Unit is the figures of one unit for the year that ended yesterday, in its
// two roles, which have nothing to do with each other.
type Unit struct {
	Accused, AccusedAnswered, AccusedUpheld Count // others complained about it
	Handled, HandledLate, HandlingOverdue   Count // it answered complaints about others
}

// Units are the figures of all units; From and To are the days counted.
type Units struct {
	From, To clock.Date
	ByCode   map[string]Unit
}

// Book keeps the figures for a minute.
type Book struct {
	pool  pg.Queryer
	now   func() time.Time
	year  kept.Value[Year]
	units kept.Value[Units]
}

// life is how long the figures serve.
const life = time.Minute

// NewBook is a book over a pool of any of the three processes.
func NewBook(pool pg.Queryer, now func() time.Time) *Book {
	b := &Book{pool: pool, now: now}
	b.year = kept.Value[Year]{Life: life, Now: now, Read: b.readYear}
	b.units = kept.Value[Units]{Life: life, Now: now, Read: b.readUnits}
	return b
}

// Year is the county's figures of this year.
func (b *Book) Year(ctx context.Context) (Year, error) { return b.year.Get(ctx) }

// Units are the figures of the units.
func (b *Book) Units(ctx context.Context) (Units, error) { return b.units.Get(ctx) }

func (b *Book) readYear(ctx context.Context) (Year, error) {
	at := b.now()
	today := clock.On(at)
	y := Year{At: at, Year: today.Year}
	for m := range int(today.Month) {
		y.Months = append(y.Months, Month{Month: clock.NewDate(today.Year, time.Month(m+1), 1)})
	}
	type row struct {
		Measure string
		Month   clock.Date
		N       int64
	}
	rows, err := pg.All[row](ctx, b.pool, `SELECT measure, month, n FROM public_statistics(@since, @at)`,
		pg.Args{"since": y.Months[0].Month.Begins(), "at": at})
	if err != nil {
		return Year{}, fmt.Errorf("statistics: %w", err)
	}
	for _, r := range rows {
		if r.Month.IsZero() {
			y.Overdue = r.N
			continue
		}
		y.Months[int(r.Month.Month)-1].add(r.Measure, r.N)
		y.Total.add(r.Measure, r.N)
	}
	return y, nil
}

func (c *Counts) add(measure string, n int64) {
	switch measure {
	case "received":
		c.Received += n
	case "imported":
		c.Imported += n
	case "answered":
		c.Answered += n
	case "on_time":
		c.OnTime += n
	case "upheld":
		c.Upheld += n
	}
}

func (b *Book) readUnits(ctx context.Context) (Units, error) {
	today := clock.On(b.now())
	u := Units{From: today.AddMonths(-12), To: today.AddDays(-1), ByCode: map[string]Unit{}}
	type row struct {
		Unit    string
		Measure string
		N       *int64
	}
	rows, err := pg.All[row](ctx, b.pool, `SELECT unit, measure, n FROM public_unit_statistics(@before)`, pg.Args{"before": today})
	if err != nil {
		return Units{}, fmt.Errorf("statistics of units: %w", err)
	}
	for _, r := range rows {
		count := Count{Few: r.N == nil}
		if r.N != nil {
			count.N = *r.N
		}
		one := u.ByCode[r.Unit]
		one.set(r.Measure, count)
		u.ByCode[r.Unit] = one
	}
	return u, nil
}

func (u *Unit) set(measure string, c Count) {
	switch measure {
	case "accused":
		u.Accused = c
	case "accused_answered":
		u.AccusedAnswered = c
	case "accused_upheld":
		u.AccusedUpheld = c
	case "handled":
		u.Handled = c
	case "handled_late":
		u.HandledLate = c
	case "handling_overdue":
		u.HandlingOverdue = c
	}
}
