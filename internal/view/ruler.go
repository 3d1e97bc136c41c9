package view

import (
	"math"
	"time"
)

// Ruler is the statutory clock as a ruled line from the morning of the first day
// to the evening of the last: a tick a day (a week beyond 90 days), days off
// shaded, what has passed as a bar, posts at today and due.
type Ruler struct {
	Start       time.Time // the first day counted; the day of the start itself is not (民法典 201)
	Today       time.Time
	Due         time.Time // the last day counted
	Provisional bool      // the due day will be counted anew when a calendar is published
	// DayOff says which days are shaded; weekends when nil.
	DayOff func(day time.Time) bool
	Paused bool // the clock stands still, the bar is grey
	// Why is the derivation, shown under an open 这个日子是怎么算出来的.
	Why string
}

const maxDailyTicks = 90

// rulerWidth and the other units are those of the SVG, stretched to the page.
const rulerWidth = 1000.0

type rulerTick struct {
	x     string
	fifth bool
}

type span struct{ x, width string }

// dayNumber counts civil days in Chinese time.
func dayNumber(t time.Time) int {
	y, m, d := t.In(shanghai).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// limit is the number of days allowed, both ends counted: at least one.
func (r Ruler) limit() int { return max(1, dayNumber(r.Due)-dayNumber(r.Start)+1) }

// passed is the number of days begun, today among them; none before the start.
func (r Ruler) passed() int { return max(0, dayNumber(r.Today)-dayNumber(r.Start)+1) }

// total is what the line has room for: the limit, or more when it is past.
func (r Ruler) total() int { return max(r.limit(), r.passed()) }

// Left is how many days remain after today; negative when late.
func (r Ruler) Left() int { return dayNumber(r.Due) - dayNumber(r.Today) }

func (r Ruler) late() bool { return r.passed() > r.limit() }

func (r Ruler) at(day int) float64 {
	return math.Round(rulerWidth*float64(day)/float64(r.total())*100) / 100
}

func (r Ruler) ticks() []rulerTick {
	every := 1
	if r.total() > maxDailyTicks {
		every = 7
	}
	var out []rulerTick
	for day := 0; day <= r.total(); day += every {
		out = append(out, rulerTick{decimal(r.at(day)), day/every%5 == 0})
	}
	return out
}

// off gives the shaded stretches; neighbouring days are joined.
func (r Ruler) off() []span {
	if r.total() > maxDailyTicks {
		return nil // too fine to be seen
	}
	isOff := r.DayOff
	if isOff == nil {
		isOff = func(t time.Time) bool {
			return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
		}
	}
	y, m, d := r.Start.In(shanghai).Date()
	var out []span
	from := -1
	for day := 0; day <= r.total(); day++ {
		off := day < r.total() && isOff(time.Date(y, m, d+day, 12, 0, 0, 0, shanghai))
		switch {
		case off && from < 0:
			from = day
		case !off && from >= 0:
			out = append(out, span{decimal(r.at(from)), decimal(r.at(day) - r.at(from))})
			from = -1
		}
	}
	return out
}

func (r Ruler) elapsed() string { return decimal(r.at(min(r.passed(), r.limit()))) }
func (r Ruler) todayX() string  { return decimal(r.at(r.passed())) }
func (r Ruler) dueX() string    { return decimal(r.at(r.limit())) }

func (r Ruler) lateSpan() span {
	return span{r.dueX(), decimal(r.at(r.passed()) - r.at(r.limit()))}
}

// sentence says the whole picture in words.
func (r Ruler) sentence() string {
	s := Day(r.Start) + "起算，" + Day(r.Due) + "到期"
	if r.Provisional {
		s += "（暂定）"
	}
	s += "，共 " + N(r.limit(), "天") + "。今天 " + Day(r.Today) + "，"
	switch left := r.Left(); {
	case r.Paused:
		return s + "现在暂停计时。"
	case r.late():
		return s + "已经晚了 " + N(-left, "天") + "。"
	case left == 0:
		return s + "今天到期。"
	case r.passed() == 0:
		return s + "还没有起算，还有 " + N(left, "天") + "。"
	default:
		return s + "是第 " + N(r.passed(), "天") + "，还有 " + N(left, "天") + "。"
	}
}

// rulerLabel stands under the line; mark says in a state's shape and colour
// what it means for whoever waits.
type rulerLabel struct {
	word, day string
	mark      StatusTag
}

// labels are those under the line, in the order of the posts. On the last day
// two posts are one, and so are their labels.
func (r Ruler) labels() []rulerLabel {
	start, due := rulerLabel{word: "起算", day: Day(r.Start)}, rulerLabel{word: "到期", day: Day(r.Due)}
	if r.Provisional {
		due.word = "到期（暂定）"
	}
	switch {
	case r.late():
		return []rulerLabel{start, due, {word: "今天", mark: StatusTag{Word: "逾期 " + N(-r.Left(), "天"), Shape: ShapeTriangle, Tone: Vermilion}}}
	case r.passed() == 0:
		return []rulerLabel{{word: "今天", day: Day(r.Today)}, start, due}
	case r.Left() == 0 && !r.Paused:
		return []rulerLabel{start, {word: due.word + " " + due.day, mark: StatusTag{Word: "今天到期", Shape: ShapeClock, Tone: Amber}}}
	}
	return []rulerLabel{start, {word: "今天，第 " + N(r.passed(), "天"), day: Day(r.Today)}, due}
}

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

func (b Bar) due() string { return decimal(math.Round(b.barDue()*10) / 10) }

func (b Bar) run() string {
	return decimal(math.Round(min(1, b.Share)*b.barDue()*10) / 10)
}

func (b Bar) lateWidth() string { return decimal(100 - math.Round(b.barDue()*10)/10) }

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

// The states of a time limit; Met has been kept, Stopped is paused.
const (
	InTime DeadlineState = iota
	DueSoon
	DueToday
	Late
	Stopped
	Met
)

// Deadline is the words of a time limit with its bar: 剩 7 天 11月30日.
type Deadline struct {
	Words string // 剩 7 天, 逾期 3 天, 今天到期
	Date  string // 11月30日, 17:30
	State DeadlineState
	Share float64
	Bare  bool // a date without a clock: no bar
}

func (d Deadline) tag() (StatusTag, bool) {
	switch d.State {
	case DueSoon, DueToday:
		return StatusTag{Word: d.Words, Shape: ShapeClock, Tone: Amber}, true
	case Late:
		return StatusTag{Word: d.Words, Shape: ShapeTriangle, Tone: Vermilion}, true
	}
	return StatusTag{}, false
}

func (d Deadline) bar() Bar {
	share := d.Share
	if d.State == Late {
		share = max(share, 1.05)
	}
	return Bar{Share: share, DueToday: d.State == DueToday || d.State == DueSoon}
}

// DueWords writes the words of a limit in civil days: 剩 7 天, 今天到期, 逾期 3 天.
func DueWords(due, now time.Time) (string, DeadlineState) {
	switch left := dayNumber(due) - dayNumber(now); {
	case left < 0:
		return "逾期 " + N(-left, "天"), Late
	case left == 0:
		return "今天到期", DueToday
	default:
		return "剩 " + N(left, "天"), InTime
	}
}
