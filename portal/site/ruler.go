package site

import (
	"math"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
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

// limit is the number of days allowed, both ends counted: at least one.
func (r Ruler) limit() int { return max(1, clock.On(r.Due).Since(clock.On(r.Start))+1) }

// passed is the number of days begun, today among them; none before the start.
func (r Ruler) passed() int { return max(0, clock.On(r.Today).Since(clock.On(r.Start))+1) }

// total is what the line has room for: the limit, or more when it is past.
func (r Ruler) total() int { return max(r.limit(), r.passed()) }

// Left is how many days remain after today; negative when late.
func (r Ruler) Left() int { return clock.On(r.Due).Since(clock.On(r.Today)) }

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
		out = append(out, rulerTick{view.Decimal(r.at(day)), day/every%5 == 0})
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
	first := clock.On(r.Start)
	var out []span
	from := -1
	for day := 0; day <= r.total(); day++ {
		off := day < r.total() && isOff(first.AddDays(day).Begins())
		switch {
		case off && from < 0:
			from = day
		case !off && from >= 0:
			out = append(out, span{view.Decimal(r.at(from)), view.Decimal(r.at(day) - r.at(from))})
			from = -1
		}
	}
	return out
}

func (r Ruler) elapsed() string { return view.Decimal(r.at(min(r.passed(), r.limit()))) }
func (r Ruler) todayX() string  { return view.Decimal(r.at(r.passed())) }
func (r Ruler) dueX() string    { return view.Decimal(r.at(r.limit())) }

func (r Ruler) lateSpan() span {
	return span{r.dueX(), view.Decimal(r.at(r.passed()) - r.at(r.limit()))}
}

// sentence says the whole picture in words.
func (r Ruler) sentence() string {
	s := view.Day(r.Start) + "起算，" + view.Day(r.Due) + "到期"
	if r.Provisional {
		s += "（暂定）"
	}
	s += "，共 " + view.N(r.limit(), "天") + "。今天 " + view.Day(r.Today) + "，"
	switch left := r.Left(); {
	case r.Paused:
		return s + "现在暂停计时。"
	case r.late():
		return s + "已经晚了 " + view.N(-left, "天") + "。"
	case left == 0:
		return s + "今天到期。"
	case r.passed() == 0:
		return s + "还没有起算，还有 " + view.N(left, "天") + "。"
	default:
		return s + "是第 " + view.N(r.passed(), "天") + "，还有 " + view.N(left, "天") + "。"
	}
}

// rulerLabel stands under the line; mark says in a state's shape and colour
// what it means for whoever waits.
type rulerLabel struct {
	word, day string
	mark      view.StatusTag
}

// labels are those under the line, in the order of the posts. On the last day
// two posts are one, and so are their labels.
func (r Ruler) labels() []rulerLabel {
	start, due := rulerLabel{word: "起算", day: view.Day(r.Start)}, rulerLabel{word: "到期", day: view.Day(r.Due)}
	if r.Provisional {
		due.word = "到期（暂定）"
	}
	switch {
	case r.late():
		return []rulerLabel{start, due, {word: "今天", mark: view.StatusTag{Word: "逾期 " + view.N(-r.Left(), "天"), Shape: view.ShapeTriangle, Tone: view.Vermilion}}}
	case r.passed() == 0:
		return []rulerLabel{{word: "今天", day: view.Day(r.Today)}, start, due}
	case r.Left() == 0 && !r.Paused:
		return []rulerLabel{start, {word: due.word + " " + due.day, mark: view.StatusTag{Word: "今天到期", Shape: view.ShapeClock, Tone: view.Amber}}}
	}
	return []rulerLabel{start, {word: "今天，第 " + view.N(r.passed(), "天"), day: view.Day(r.Today)}, due}
}
