// Package stats is the figures that the public may see. The worker counts them
// once, when a day or a quarter is over, and the portal reads what was counted:
// it may read no complaint and can ask for no other time. The whole county is
// counted by the day. A single unit or category is counted by the quarter and in steps of
// five, so that its page is the same whether there is one complaint more or not
// (信访工作条例 30). What remains stands in docs/threat-model.md.
package stats

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Step is how coarse a figure about one unit or category is: none and one to four are the
// same, and so are five to nine. The database holds every figure to it.
const Step = 5

// Counts of one month or of the year so far.
type Counts struct {
	Received int64 `json:"received"` // complaints filed or registered
	Imported int64 `json:"imported"` // of these: old ones taken over from a file
	Answered int64 `json:"answered"` // first answers sent
	OnTime   int64 `json:"on_time"`  // of these: by the promised day
	Upheld   int64 `json:"upheld"`   // found true or mostly true for the first time
}

// Late is the answers that went out after their day.
func (c Counts) Late() int64 { return c.Answered - c.OnTime }

func (c *Counts) add(more Counts) {
	c.Received += more.Received
	c.Imported += more.Imported
	c.Answered += more.Answered
	c.OnTime += more.OnTime
	c.Upheld += more.Upheld
}

// Month is the counts of a calendar month of Chinese time.
type Month struct {
	Month clock.Date // its first day
	Counts
}

// Year is the county's figures from the first of January to Until, both days
// counted whole. Until is zero while nothing is published.
type Year struct {
	Until   clock.Date
	Months  []Month // from January to the month of Until, all of them
	Total   Counts
	Overdue int64 // not answered at the end of Until although the promised day was over
}

// Count is a number about one unit or category, rounded down to a multiple of Step; zero
// is none or fewer than Step, and nobody knows which.
type Count int64

// Untold is of what is withheld, or was not counted in that quarter.
const Untold Count = -1

// Quarter is the figures for the four quarters from From to Until, which is zero while
// nothing is published.
type Quarter struct {
	From, Until        clock.Date
	measures, withheld []string
	least              map[figure]Count
}

type figure struct{ measure, key string }

// Counts says whether that was counted then at all.
func (q Quarter) Counts(measure string) bool { return slices.Contains(q.measures, measure) }

// Withholds says that it was counted and is not told.
func (q Quarter) Withholds(measure string) bool { return slices.Contains(q.withheld, measure) }

// Of is the figure of one unit or category.
func (q Quarter) Of(measure, key string) Count {
	if !q.Counts(measure) || q.Withholds(measure) {
		return Untold
	}
	return q.least[figure{measure, key}]
}

// Book reads what is published and keeps it for a minute.
type Book struct {
	pool  pg.Queryer
	now   func() time.Time
	all   []Figures
	year  kept.Values[clock.Date, Year]
	ended kept.Values[clock.Date, Quarter]
}

const (
	life      = time.Minute
	mostYears = 32   // more than one office has had this for
	firstYear = 2000 // no office had this before
	// shownAfter is when the figures of a day are shown: later than they are
	// counted, so that all processes turn to them in the same moment, whenever
	// each of them asked last.
	shownAfter = time.Hour
)

// NewBook is a book over the portal's pool, of what the registers publish.
func NewBook(pool pg.Queryer, all []Figures, now func() time.Time) *Book {
	b := &Book{pool: pool, now: now, all: all}
	b.year = kept.Values[clock.Date, Year]{Life: life, Most: mostYears, Now: now, Read: b.readYear}
	b.ended = kept.Values[clock.Date, Quarter]{Life: life, Most: mostYears, Now: now, Read: b.readQuarter}
	return b
}

// Year is the county's figures of the year of the last day that is shown.
func (b *Book) Year(ctx context.Context) (Year, error) { return b.year.Get(ctx, b.lastDay()) }

// YearOf is the county's figures of that year, as Year is; Until is zero when none of
// its days is shown.
func (b *Book) YearOf(ctx context.Context, year int) (Year, error) {
	last := b.lastDay()
	if year < firstYear || year > last.Year {
		return Year{}, nil
	}
	if year < last.Year {
		last = clock.NewDate(year, time.December, 31)
	}
	y, err := b.year.Get(ctx, last)
	if err != nil || y.Until.Year != year {
		return Year{}, err
	}
	return y, nil
}

// Years are those that anything is shown of, the newest first.
func (b *Book) Years(ctx context.Context) ([]int, error) {
	newest, err := b.Year(ctx)
	if err != nil || newest.Until.IsZero() {
		return nil, err
	}
	years := []int{newest.Until.Year}
	for year := newest.Until.Year - 1; ; year-- {
		y, err := b.YearOf(ctx, year)
		if err != nil || y.Until.IsZero() {
			return years, err
		}
		years = append(years, year)
	}
}

// Measures are what is counted along a dimension.
func (b *Book) Measures(by Dimension) []Measure { return measuresOf(b.all, by) }

// Quarter is the newest that is published.
func (b *Book) Quarter(ctx context.Context) (Quarter, error) {
	return b.ended.Get(ctx, endOfQuarter(b.lastDay()))
}

// QuarterOf is the one that ends the calendar year, or the newest where that goes on;
// Until is zero when it is not shown.
func (b *Book) QuarterOf(ctx context.Context, year int) (Quarter, error) {
	last := b.lastDay()
	if year < firstYear || year > last.Year {
		return Quarter{}, nil
	}
	if year == last.Year {
		return b.Quarter(ctx)
	}
	end := clock.NewDate(year, time.December, 31)
	q, err := b.ended.Get(ctx, end)
	if err != nil || q.Until != end {
		return Quarter{}, err
	}
	return q, nil
}

// Quarters are the newest that is published and those that ended the calendar years before
// it, the newest first.
func (b *Book) Quarters(ctx context.Context) ([]Quarter, error) {
	newest, err := b.Quarter(ctx)
	if err != nil || newest.Until.IsZero() {
		return nil, err
	}
	quarters := []Quarter{newest}
	for year := newest.Until.Year - 1; ; year-- {
		q, err := b.QuarterOf(ctx, year)
		if err != nil || q.Until.IsZero() {
			return quarters, err
		}
		quarters = append(quarters, q)
	}
}

func (b *Book) lastDay() clock.Date { return clock.On(b.now().Add(-shownAfter)).AddDays(-1) }

// endOfQuarter is the last day of the newest quarter that is over when day is.
func endOfQuarter(day clock.Date) clock.Date {
	next := day.AddDays(1)
	first := time.Month((int(next.Month)-1)/3*3 + 1)
	return clock.NewDate(next.Year, first, 1).AddDays(-1)
}

func (b *Book) readYear(ctx context.Context, last clock.Date) (Year, error) {
	type row struct {
		Until, Month clock.Date
		Counts
		Overdue *int64
	}
	rows, err := pg.All[row](ctx, b.pool, `
		WITH newest AS (SELECT max(day) AS until FROM county_day WHERE day <= @last)
		SELECT n.until, date_trunc('month', d.day::timestamp)::date AS month, sum(d.received) AS received, sum(d.imported) AS imported,
			sum(d.answered) AS answered, sum(d.on_time) AS on_time, sum(d.upheld) AS upheld, max(d.overdue) FILTER (WHERE d.day = n.until)::bigint AS overdue
		FROM newest n JOIN county_day d ON d.day BETWEEN date_trunc('year', n.until::timestamp)::date AND n.until
		GROUP BY n.until, month ORDER BY month`, pg.Args{"last": last})
	if err != nil || len(rows) == 0 {
		return Year{}, wrap(err)
	}
	y := Year{Until: rows[0].Until}
	for m := range int(y.Until.Month) {
		y.Months = append(y.Months, Month{Month: clock.NewDate(y.Until.Year, time.Month(m+1), 1)})
	}
	for _, r := range rows {
		y.Months[int(r.Month.Month)-1].Counts = r.Counts
		y.Total.add(r.Counts)
		if r.Overdue != nil {
			y.Overdue = *r.Overdue
		}
	}
	return y, nil
}

func (b *Book) readQuarter(ctx context.Context, last clock.Date) (Quarter, error) {
	type row struct {
		Until              clock.Date
		Measures, Withheld []string
		Measure, Key       *string // null where there is no figure
		AtLeast            *Count
	}
	rows, err := pg.All[row](ctx, b.pool, `
		SELECT q.until, q.measures, q.withheld, f.measure, f.key, f.at_least::bigint AS at_least
		FROM figure_quarter q LEFT JOIN figure f ON f.until = q.until
		WHERE q.until = (SELECT max(until) FROM figure_quarter WHERE until <= @last)`, pg.Args{"last": last})
	if err != nil || len(rows) == 0 {
		return Quarter{}, wrap(err)
	}
	q := Quarter{From: yearBefore(rows[0].Until), Until: rows[0].Until, measures: rows[0].Measures, withheld: rows[0].Withheld, least: map[figure]Count{}}
	for _, r := range rows {
		if r.Key != nil {
			q.least[figure{*r.Measure, *r.Key}] = *r.AtLeast
		}
	}
	return q, nil
}

// yearBefore is the first day of the year that a quarter ends.
func yearBefore(until clock.Date) clock.Date { return until.AddDays(1).AddMonths(-12) }

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("statistics: %w", err)
}
