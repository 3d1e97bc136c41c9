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
	WasOn     clock.Date `json:"was_on"` // the last day as it was first told, where a recount moved it; else zero
}

// ClockColumns are what a Clock is read from.
const ClockColumns = `rule, version, started_at, due_on, due_at, provisional, derivation, right_only, stopped_at, was_on`

// Running says whether the clock still runs.
func (c Clock) Running() bool { return c.StoppedAt == nil }

// Before says that the last day was another when it was first told; empty where
// it was not. 原来是 1月5日，放假安排公布后重算过。
func (c Clock) Before() string {
	if c.WasOn.IsZero() || c.WasOn == c.DueOn {
		return ""
	}
	return "原来告诉的是 " + c.WasOn.Long() + "，按公布的放假安排重算过。"
}

// Met says whether a stopped clock was kept.
func (c Clock) Met() bool { return c.StoppedAt != nil && !c.StoppedAt.After(c.DueAt) }
