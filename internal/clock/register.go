package clock

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"zhengxin/internal/pg"
)

// Read loads all rules and the whole calendar in one statement. closing is the
// office's closing time after midnight; 0 means 24:00.
func Read(ctx context.Context, q pg.Queryer, closing time.Duration) (Table, error) {
	read, err := pg.One[tableRow](ctx, q, `
		SELECT
			(SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM clock_rule r) AS rules,
			(SELECT coalesce(jsonb_agg(to_jsonb(y)), '[]') FROM calendar_year y) AS years,
			(SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]') FROM calendar_day d) AS days`, nil)
	if err != nil {
		return Table{}, err
	}
	return read.table(closing)
}

// tableRow is the answer of Read's statement: three JSON lists.
type tableRow struct {
	Rules []byte
	Years []byte
	Days  []byte
}

func (r tableRow) table(closing time.Duration) (Table, error) {
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
	for _, rule := range t.Rules {
		if err := rule.check(); err != nil {
			return Table{}, err
		}
	}
	cal, err := NewCalendar(years, days)
	if err != nil {
		return Table{}, err
	}
	t.Calendar = cal.ClosingAt(closing)
	return t, nil
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
