package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
)

// Once a day the log says what is missed: not at every sweep, and not only at
// the start.
func TestTheWorkerSaysOnceADayWhatTheCalendarLacks(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var said bytes.Buffer
	watch := &calendarWatch{
		program: &program{log: slog.New(slog.NewTextHandler(&said, nil)), now: o.Now},
		engine:  o.Desk.Engine,
	}
	sweep := func(after time.Duration) int {
		t.Helper()
		o.Wait(after)
		if err := watch.follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		return strings.Count(said.String(), "no official calendar")
	}
	if n := sweep(0); n != 0 {
		t.Errorf("%d alarms in March 2026", n)
	}
	o.Wait(time.Date(2027, 11, 1, 2, 0, 0, 0, time.UTC).Sub(o.Now()))
	for i, want := range []int{2, 2, 2, 4} { // 2027 is provisional, 2028 not there
		if n := sweep([]time.Duration{0, 5 * time.Minute, time.Hour, 24 * time.Hour}[i]); n != want {
			t.Errorf("sweep %d: %d alarms, want %d", i, n, want)
		}
	}
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE clock_rule SET valid_to = '2027-01-01' WHERE code = 'PF-REG'`, nil); err != nil {
		t.Fatal(err)
	}
	if sweep(24 * time.Hour); !strings.Contains(said.String(), "PF-REG") {
		t.Error("a rule without a version in force is not told")
	}
}
