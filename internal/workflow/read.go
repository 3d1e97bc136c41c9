package workflow

import (
	"time"

	"zhengxin/internal/clock"
)

// Clock is a matter's clock as it stands: met when it stopped in time.
type Clock struct {
	clock.Row
	RightOnly bool       `json:"right_only"` // the term of a right that lapses; nobody is late when it ends
	StoppedAt *time.Time `json:"stopped_at"`
}

// ClockColumns are what a Clock is read from.
const ClockColumns = `rule, version, started_at, due_on, due_at, provisional, derivation, right_only, stopped_at`

// Running says whether the clock still runs.
func (c Clock) Running() bool { return c.StoppedAt == nil }

// Met says whether a stopped clock was kept.
func (c Clock) Met() bool { return c.StoppedAt != nil && !c.StoppedAt.After(c.DueAt) }
