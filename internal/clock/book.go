package clock

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"zhengxin/internal/pg"
)

// Table is everything that counting needs, as it stood when it was loaded.
type Table struct {
	Rules    []Rule
	Calendar Calendar
}

// Rule is the newest version of a rule in force on the day its term starts.
func (t Table) Rule(code Code, start Date) (Rule, error) {
	var found Rule
	for _, r := range t.Rules {
		if r.Code == code && r.ValidOn(start) && r.Version > found.Version {
			found = r
		}
	}
	if found.Version == 0 {
		return Rule{}, fmt.Errorf("no clock rule %s in force on %s", code, start)
	}
	return found, nil
}

// Book keeps the table in memory for TTL, so that counting costs the hot paths
// nothing and a new rule or calendar is still seen soon by every process. When
// the time is up one caller loads while the others go on with the old table.
//
// Ask it before beginning a transaction: a first load while every connection
// is held by a waiting transaction would wait for itself.
type Book struct {
	Load func(context.Context) (Table, error) // one round trip; see Read
	Now  func() time.Time
	TTL  time.Duration

	loading sync.Mutex
	kept    atomic.Pointer[keptTable]
}

// NewBook is a Book over the database that looks again every minute.
func NewBook(q pg.Queryer, now func() time.Time) *Book {
	return &Book{
		Load: func(ctx context.Context) (Table, error) { return Read(ctx, q) },
		Now:  now,
		TTL:  time.Minute,
	}
}

type keptTable struct {
	table Table
	until time.Time
}

// Table is the rules and the calendar, at most TTL old.
func (b *Book) Table(ctx context.Context) (Table, error) {
	kept := b.kept.Load()
	if kept != nil && b.Now().Before(kept.until) {
		return kept.table, nil
	}
	if kept == nil {
		b.loading.Lock()
	} else if !b.loading.TryLock() {
		return kept.table, nil
	}
	defer b.loading.Unlock()
	if now := b.kept.Load(); now != kept {
		return now.table, nil // somebody loaded while we waited
	}
	table, err := b.Load(ctx)
	if err != nil {
		return Table{}, fmt.Errorf("clock table: %w", err)
	}
	b.kept.Store(&keptTable{table, b.Now().Add(b.TTL)})
	return table, nil
}

// Calendar is the working calendar.
func (b *Book) Calendar(ctx context.Context) (Calendar, error) {
	table, err := b.Table(ctx)
	return table.Calendar, err
}

// Rule is the version of a rule that a term starting at that moment follows.
func (b *Book) Rule(ctx context.Context, code Code, started time.Time) (Rule, error) {
	table, err := b.Table(ctx)
	if err != nil {
		return Rule{}, err
	}
	return table.Rule(code, On(started))
}

// Due counts a term from the moment it started.
func (b *Book) Due(ctx context.Context, code Code, started time.Time) (Due, error) {
	table, err := b.Table(ctx)
	if err != nil {
		return Due{}, err
	}
	rule, err := table.Rule(code, On(started))
	if err != nil {
		return Due{}, err
	}
	return rule.Due(table.Calendar, started)
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
}

// Kept is the Due that a stored clock was started with: dates and derivation
// as promised then, title and basis from the version it was promised under.
func (t Table) Kept(row Row) (Due, error) {
	for _, r := range t.Rules {
		if r.Code != row.Rule || r.Version != row.Version {
			continue
		}
		start, err := r.startDay(&walk{cal: t.Calendar}, row.StartedAt)
		if err != nil {
			start = On(row.StartedAt) // the calendar lost a year; the page must still open
		}
		return Due{
			Rule: r.Code, Version: r.Version, Title: r.Title, Basis: r.Basis, Unit: r.Unit, Limit: r.Limit,
			Started: row.StartedAt, Start: start, On: row.DueOn, At: row.DueAt,
			Provisional: row.Provisional, Right: r.Right, Derivation: row.Derivation,
		}, nil
	}
	return Due{}, fmt.Errorf("no clock rule %s version %d", row.Rule, row.Version)
}
