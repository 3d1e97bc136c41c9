package desk

import (
	"math"
	"time"
	"zhengxin/internal/clock"
	"zhengxin/internal/view"

	"github.com/a-h/templ"
)

// Bar is the small picture of a time limit beside its words: Share is the part
// that has passed, above 1 when late.
type Bar struct {
	Share    float64
	DueToday bool
	Wide     bool // across a panel, azurite while in time
}

// ShareOf is the part of the time from start to due that has passed at now.
func ShareOf(start, due, now time.Time) float64 {
	all := due.Sub(start)
	if all <= 0 {
		return 1
	}
	return max(0, float64(now.Sub(start))/float64(all))
}

// rounded is the bar as far as an eye can tell it from another.
func (b Bar) rounded() Bar {
	late := b.Share > 1
	b.Share = math.Round(min(b.Share, 10)*100) / 100
	if late {
		b.Share = max(b.Share, 1.01)
	}
	return b
}

// barDue is where the due post stands: at the end, or before it when late so
// that the late part has room.
func (b Bar) barDue() float64 {
	if b.Share > 1 {
		return max(40, 100/b.Share)
	}
	return 100
}

func (b Bar) due() string { return view.Decimal(math.Round(b.barDue()*10) / 10) }

func (b Bar) run() string {
	return view.Decimal(math.Round(min(1, b.Share)*b.barDue()*10) / 10)
}

func (b Bar) lateWidth() string { return view.Decimal(100 - math.Round(b.barDue()*10)/10) }

func (b Bar) class() string {
	if b.Wide {
		return "bar bar-wide"
	}
	return "bar"
}

func (b Bar) runClass() string {
	switch {
	case b.DueToday && b.Share <= 1:
		return "run-amber"
	case b.Wide:
		return "run-azurite"
	}
	return "run"
}

// DeadlineState says how near a time limit is.
type DeadlineState int

// The states of a time limit; near and soon are the first two rungs of the ladder, Met has
// been kept, Stopped is paused.
const (
	InTime DeadlineState = iota
	DueNear
	DueSoon
	DueToday
	Late
	Stopped
	Met
)

// Deadline is the words of a time limit with its bar: 剩 7 天 11月30日.
type Deadline struct {
	Words string     // 剩 7 天, 逾期 3 天, 今天到期
	Date  string     // 11月30日, 17:30
	On    clock.Date // the day of it, for what is no page
	State DeadlineState
	Share float64
	Bare  bool // a date without a clock: no bar
}

func (d Deadline) tag() (view.StatusTag, bool) {
	switch d.State {
	case DueSoon, DueToday:
		return view.StatusTag{Word: d.Words, Shape: view.ShapeClock, Tone: view.Amber}, true
	case Late:
		return view.StatusTag{Word: d.Words, Shape: view.ShapeTriangle, Tone: view.Vermilion}, true
	}
	return view.StatusTag{}, false
}

func (d Deadline) bar() Bar {
	share := d.Share
	if d.State == Late {
		share = max(share, 1.05)
	}
	return Bar{Share: share, DueToday: d.State == DueToday || d.State == DueSoon || d.State == DueNear}
}

// DueWords writes the words of a limit in civil days: 剩 7 天, 今天到期, 逾期 3 天.
func DueWords(due, now time.Time) (string, DeadlineState) {
	switch left := clock.On(due).Since(clock.On(now)); {
	case left < 0:
		return "逾期 " + view.N(-left, "天"), Late
	case left == 0:
		return "今天到期", DueToday
	default:
		return "剩 " + view.N(left, "天"), InTime
	}
}

var bars = view.NewDrawings(drawBar)

func bar(b Bar) templ.Component { return bars.Of(b.rounded()) }
