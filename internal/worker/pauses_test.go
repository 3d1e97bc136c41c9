package worker

import (
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// TestALetterIsTriedForDaysWithGrowingPauses: a server that is away over a weekend, or
// a limit of letters an hour, ends none.
func TestALetterIsTriedForDaysWithGrowingPauses(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	w := &sending{now: func() time.Time { return now }}
	const tries = 25 // as the function enqueue has it
	var all, before time.Duration
	for attempt := 1; attempt < tries; attempt++ {
		pause := w.NextRetry(&river.Job[SendLetter]{JobRow: &rivertype.JobRow{Attempt: attempt}}).Sub(now)
		if pause < before || pause > longestPause {
			t.Errorf("pause %d is %v after %v", attempt, pause, before)
		}
		all, before = all+pause, pause
	}
	if days := all.Hours() / 24; days < 3 || days > 5 {
		t.Errorf("tried for %.1f days", days)
	}
}
