package clock_test

import (
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/pgtest"
)

// The days are counted by hand: the term ends on Wednesday, 1 April 2026; 4 to 6 April are
// off, and so is the weekend before.
func TestATermComesToItsRungsInWorkingDays(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	due := date(t, "2026-04-01").Ends()
	for at, want := range map[string]clock.Rung{
		"2026-03-26 23:59": "", "2026-03-27 00:00": clock.Yellow, "2026-03-28 12:00": clock.Yellow, "2026-03-30 23:59": clock.Yellow,
		"2026-03-31 00:00": clock.Orange, "2026-04-01 23:59": clock.Orange, "2026-04-02 00:00": clock.Red,
		"2026-04-08 23:59": clock.Red, "2026-04-09 00:00": clock.Supervise, "2026-12-31 00:00": clock.Supervise,
	} {
		if got := table.RungOf(due, moment(t, at)); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
	table.Ladder = nil
	if got := table.RungOf(due, moment(t, "2026-05-01 00:00")); got != "" {
		t.Errorf("without rows it is on %q", got)
	}
}
