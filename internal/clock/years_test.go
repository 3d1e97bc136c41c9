package clock_test

import (
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/pgtest"
)

func TestTheCalendarSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	years, err := clock.Years(t.Context(), pgtest.New(t).Admin)
	if err != nil {
		t.Fatal(err)
	}
	if len(years) != 4 || years[0].Year != 2027 || years[0].Status != clock.Provisional || years[1].Status != clock.Official {
		t.Fatalf("%+v", years)
	}
	y := years[1]
	if len(y.Off) != 33 || len(y.Work) != 6 || y.Source == "" || y.Off[0] != (clock.Date{Year: 2026, Month: 1, Day: 1}) {
		t.Errorf("2026: %d off, %d work, first %s, %q", len(y.Off), len(y.Work), y.Off[0], y.Source)
	}
}
