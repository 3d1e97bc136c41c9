package clock

import "time"

// Rung is how near the end of a term is, or how far it is over, as the ladder of warnings
// has it: dated rows, since no law prescribes them.
type Rung string

// The rungs, in the order in which a term comes to them.
const (
	Yellow    Rung = "yellow"    // it ends within a few working days
	Orange    Rung = "orange"    // it ends tomorrow, as good as
	Red       Rung = "red"       // it is over
	Supervise Rung = "supervise" // it has been over for days
)

// Rungs are all there are; the table's CHECK is held to them.
func Rungs() []Rung { return []Rung{Yellow, Orange, Red, Supervise} }

// RungRow is from when on a rung is reached: so many working days before the last day of a
// term, or after it where they are negative.
type RungRow struct {
	Code      Rung `json:"code"`
	Days      int  `json:"days"`
	ValidFrom Date `json:"valid_from"`
}

// rung is the row of a rung in force on a day; false where there is none.
func (t Table) rung(of Rung, on Date) (found RungRow, ok bool) {
	for _, r := range t.Ladder {
		if r.Code == of && !on.Before(r.ValidFrom) && !(ok && r.ValidFrom.Before(found.ValidFrom)) {
			found, ok = r, true
		}
	}
	return found, ok
}

// Reached is the latest end of a term that is on a rung by now: one that ends later has not
// come to it. False where no row in force says when.
func (t Table) Reached(of Rung, now time.Time) (time.Time, bool) {
	today := On(now)
	row, ok := t.rung(of, today)
	w := walk{cal: t.Calendar}
	switch {
	case !ok:
		return time.Time{}, false
	case row.Days == 0:
		return now, true
	case row.Days > 0:
		return w.forward(today, row.Days+1).Begins(), true
	}
	// So many working days after its last day have begun: the day before the first of them
	// is the latest on which it can have ended.
	day := today.AddDays(1)
	for n := -row.Days; n > 0; {
		if day = day.AddDays(-1); w.working(day) {
			n--
		}
	}
	return day.Begins(), true
}

// RungOf is the highest rung that a term which ends at due has reached; empty where none.
func (t Table) RungOf(due, now time.Time) (on Rung) {
	for _, r := range Rungs() {
		if until, ok := t.Reached(r, now); ok && !due.After(until) {
			on = r
		}
	}
	return on
}
