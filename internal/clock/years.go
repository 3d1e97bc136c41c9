package clock

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/pg"
)

// Imported is one year of the calendar with where it comes from and all its
// exceptions, for the page that shows the calendar.
type Imported struct {
	Year       int
	Status     Status
	Source     string
	ImportedAt time.Time
	Off        []Date // holidays
	Work       []Date // weekends worked to make up
}

// Years are the years of the calendar, newest first.
func Years(ctx context.Context, q pg.Queryer) ([]Imported, error) {
	years, err := pg.All[Imported](ctx, q, `
		SELECT y.year, y.status, y.source, y.imported_at,
			ARRAY(SELECT d.day FROM calendar_day d WHERE d.year = y.year AND d.kind = 'off' ORDER BY d.day) AS off,
			ARRAY(SELECT d.day FROM calendar_day d WHERE d.year = y.year AND d.kind = 'work' ORDER BY d.day) AS work
		FROM calendar_year y ORDER BY y.year DESC`, nil)
	if err != nil {
		return nil, fmt.Errorf("calendar years: %w", err)
	}
	return years, nil
}
