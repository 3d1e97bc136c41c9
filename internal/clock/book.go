package clock

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Table is everything that counting needs, as it stood when it was loaded.
type Table struct {
	Rules    []Rule
	Choices  []Choice // which matters have which of them
	Grounds  []Ground
	Ladder   []RungRow
	Calendar Calendar
}

// Rule is the newest version of a rule in force on the day its term starts;
// false when there is none that can be counted.
func (t Table) Rule(code Code, start Date) (found Rule, ok bool) {
	for _, r := range t.Rules {
		if r.Code == code && r.ValidOn(start) && r.Version > found.Version && r.check() == nil {
			found, ok = r, true
		}
	}
	return found, ok
}

// Due counts a term from the moment it started, with what became of it since; false when
// no rule was in force that day. What is done then goes on without this clock: a complaint
// never waits for reference data, and Lacking raises the alarm.
func (t Table) Due(code Code, started time.Time, spans ...Span) (Due, bool) {
	rule, ok := t.Rule(code, On(started))
	if !ok {
		return Due{}, false
	}
	due, err := t.due(rule, started, spans...)
	return due, err == nil
}

// due counts a term, and holds it to the day of the law that it may not end after: five
// working days over a long holiday are more than fifteen days.
func (t Table) due(rule Rule, started time.Time, spans ...Span) (Due, error) {
	due, err := rule.Due(t.Calendar, started, spans...)
	law, ok := t.Rule(rule.Within, On(started))
	if err != nil || !ok || len(spans) > 0 {
		return due, err
	}
	longest, err := law.Due(t.Calendar, started)
	if err == nil && longest.At.Before(due.At) {
		due.On, due.At, due.Provisional = longest.On, longest.At, due.Provisional || longest.Provisional
		due.Derivation += fmt.Sprintf("%s“%s”最迟是 %s，以早的为准。", law.Basis, law.Title, longest.On.Short())
	}
	return due, nil
}

// DueOn is the term whose last day is given; false as with Due.
func (t Table) DueOn(code Code, started time.Time, day Date) (Due, bool) {
	rule, ok := t.Rule(code, On(started))
	if !ok {
		return Due{}, false
	}
	due, err := rule.DueOn(t.Calendar, started, day)
	return due, err == nil
}

// Lacking are those of the codes that no rule in force on that day counts.
func (t Table) Lacking(codes []Code, on Date) []Code {
	return slices.DeleteFunc(slices.Clone(codes), func(code Code) bool {
		_, ok := t.Rule(code, on)
		return ok
	})
}

// Book keeps the table in memory for TTL, so that counting costs the hot paths
// nothing and a new rule or calendar is still seen soon by every process.
//
// Ask it before beginning a transaction: a first load while every connection
// is held by a waiting transaction would wait for itself.
type Book struct {
	Load func(context.Context) (Table, error) // one round trip; see Read
	Now  func() time.Time
	TTL  time.Duration

	once sync.Once
	kept kept.Value[Table]
}

// NewBook is a Book over the database that looks again every minute.
func NewBook(q pg.Queryer, now func() time.Time) *Book {
	return &Book{
		Load: func(ctx context.Context) (Table, error) { return Read(ctx, q) },
		Now:  now,
		TTL:  time.Minute,
	}
}

// Table is the rules and the calendar, at most twice TTL old.
func (b *Book) Table(ctx context.Context) (Table, error) {
	b.once.Do(func() { b.kept.Life, b.kept.Now, b.kept.Read = b.TTL, b.Now, b.Load })
	table, err := b.kept.Get(ctx)
	if err != nil {
		return Table{}, fmt.Errorf("clock table: %w", err)
	}
	return table, nil
}

// Forget makes the next one who asks load anew, after a change by this process.
func (b *Book) Forget() { b.kept.Forget() }

// Calendar is the working calendar.
func (b *Book) Calendar(ctx context.Context) (Calendar, error) {
	table, err := b.Table(ctx)
	return table.Calendar, err
}

// Row is a running or stopped clock as its table keeps it.
type Row struct {
	Rule        Code
	Version     int
	StartedAt   time.Time `json:"started_at"`
	DueOn       Date      `json:"due_on"`
	DueAt       time.Time `json:"due_at"`
	Provisional bool
	Derivation  string
	Spans       []Span // what became of it since
}

// Kept is the Due that a stored clock was started with: dates and derivation
// as promised then, title and basis from the version it was promised under. A
// version that the table does not know, such as one that another process has
// just begun to use, leaves these empty: the page must still open.
func (t Table) Kept(row Row) Due {
	r, _ := t.version(row.Rule, row.Version)
	return Due{
		Rule: row.Rule, Version: row.Version, Title: r.Title, Basis: r.Basis, Unit: r.Unit, Limit: r.Limit,
		Started: row.StartedAt, Start: r.startDay(&walk{cal: t.Calendar}, row.StartedAt), On: row.DueOn, At: row.DueAt,
		Provisional: row.Provisional, Right: r.Right, Derivation: row.Derivation,
	}
}

// Again counts a stored clock anew, by the version it was promised under, over
// the calendar as it is now; false when that version cannot be counted.
func (t Table) Again(row Row) (Due, bool) {
	r, ok := t.version(row.Rule, row.Version)
	if !ok {
		return Due{}, false
	}
	if r.Unit == Given {
		due, err := r.DueOn(t.Calendar, row.StartedAt, row.DueOn)
		return due, err == nil
	}
	due, err := t.due(r, row.StartedAt, row.Spans...)
	return due, err == nil
}

// version is one version of a rule, in force or not.
func (t Table) version(code Code, version int) (Rule, bool) {
	for _, r := range t.Rules {
		if r.Code == code && r.Version == version {
			return r, true
		}
	}
	return Rule{}, false
}
