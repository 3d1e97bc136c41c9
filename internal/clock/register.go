package clock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"zhengxin/internal/pg"
)

// Read loads all rules and the whole calendar in one statement.
func Read(ctx context.Context, q pg.Queryer) (Table, error) {
	read, err := pg.One[tableRow](ctx, q, `
		SELECT
			(SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM clock_rule r) AS rules,
			(SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM clock_choice c) AS choices,
			(SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.sort), '[]') FROM pause_ground g) AS grounds,
			(SELECT coalesce(jsonb_agg(to_jsonb(w)), '[]') FROM warning_rung w) AS ladder,
			(SELECT coalesce(jsonb_agg(to_jsonb(y)), '[]') FROM (
				SELECT DISTINCT ON (year) id, year, status, off, work FROM calendar_version ORDER BY year, version DESC) y) AS years`, nil)
	if err != nil {
		return Table{}, err
	}
	return read.table()
}

// tableRow is the answer of Read's statement: JSON lists.
type tableRow struct {
	Rules   []byte
	Choices []byte
	Grounds []byte
	Ladder  []byte
	Years   []byte
}

// yearRow is the version of a year that is in force.
type yearRow struct {
	ID int64 `json:"id"`
	Year
	Off  []Date `json:"off"`
	Work []Date `json:"work"`
}

func (r tableRow) table() (Table, error) {
	var (
		t    Table
		rows []yearRow
	)
	if err := errors.Join(json.Unmarshal(r.Rules, &t.Rules), json.Unmarshal(r.Choices, &t.Choices), json.Unmarshal(r.Grounds, &t.Grounds), json.Unmarshal(r.Ladder, &t.Ladder), json.Unmarshal(r.Years, &rows)); err != nil {
		return Table{}, err
	}
	var (
		years  []Year
		days   []Day
		newest int64
	)
	for _, y := range rows {
		years, days, newest = append(years, y.Year), append(days, daysOf(y.Off, y.Work)...), max(newest, y.ID)
	}
	var err error
	t.Calendar, err = NewCalendar(years, days)
	t.Calendar.newest = newest
	return t, err
}

// daysOf are the exceptions of a year in their order.
func daysOf(off, work []Date) []Day {
	days := make([]Day, 0, len(off)+len(work))
	for _, d := range off {
		days = append(days, Day{d, Off})
	}
	for _, d := range work {
		days = append(days, Day{d, Work})
	}
	slices.SortFunc(days, func(a, b Day) int { return a.Day.Compare(b.Day) })
	return days
}

// ScanDate lets a row's date column be read into a Date; NULL is the zero Date.
func (d *Date) ScanDate(v pgtype.Date) error {
	switch {
	case !v.Valid:
		*d = Date{}
	case v.InfinityModifier != pgtype.Finite:
		return fmt.Errorf("date %v is not a day", v.InfinityModifier)
	default:
		*d = dateOf(v.Time)
	}
	return nil
}

// DateValue writes a Date as a date parameter; the zero Date is NULL.
func (d Date) DateValue() (pgtype.Date, error) {
	if d.IsZero() {
		return pgtype.Date{}, nil
	}
	return pgtype.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), Valid: true}, nil
}
