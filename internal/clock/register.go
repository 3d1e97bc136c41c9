package clock

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"zhengxin/internal/pg"
)

// Read loads all rules and the whole calendar in one statement.
func Read(ctx context.Context, q pg.Queryer) (Table, error) {
	read, err := pg.One[tableRow](ctx, q, `
		SELECT
			(SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM clock_rule r) AS rules,
			(SELECT coalesce(jsonb_agg(to_jsonb(y)), '[]') FROM calendar_year y) AS years,
			(SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]') FROM calendar_day d) AS days`, nil)
	if err != nil {
		return Table{}, err
	}
	return read.table()
}

// tableRow is the answer of Read's statement: three JSON lists.
type tableRow struct {
	Rules []byte
	Years []byte
	Days  []byte
}

func (r tableRow) table() (Table, error) {
	var (
		t     Table
		years []Year
		days  []Day
	)
	for _, part := range []struct {
		json []byte
		into any
	}{{r.Rules, &t.Rules}, {r.Years, &years}, {r.Days, &days}} {
		if err := json.Unmarshal(part.json, part.into); err != nil {
			return Table{}, err
		}
	}
	var err error
	t.Calendar, err = NewCalendar(years, days)
	return t, err
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
