package site

import (
	"math"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
)

// Ruler is the statutory clock as a ruled line from the morning of the first day
// to the evening of the last: a tick a day (a week beyond 90 days), days off
// shaded, what has passed as a bar, posts at start, today and due, each with its
// label at its foot. Where the count has not begun, the line begins with today.
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

// lead is the number of days from today to the start while that lies ahead.
func (r Ruler) lead() int { return max(0, clock.On(r.Start).Since(clock.On(r.Today))) }

// total is the days that the line has room for: those before the start, and the
// limit, or more when it is past.
func (r Ruler) total() int { return r.lead() + max(r.limit(), r.passed()) }

// Left is how many days remain after today; negative when late.
func (r Ruler) Left() int { return clock.On(r.Due).Since(clock.On(r.Today)) }

func (r Ruler) late() bool { return r.passed() > r.limit() }

// at is where on the line so many of its days are over.
func (r Ruler) at(days int) float64 {
	return math.Round(rulerWidth*float64(days)/float64(r.total())*100) / 100
}

func (r Ruler) atStart() float64 { return r.at(r.lead()) }
func (r Ruler) atDue() float64   { return r.at(r.lead() + r.limit()) }

// atToday is the evening of today.
func (r Ruler) atToday() float64 {
	if r.lead() > 0 {
		return r.at(1)
	}
	return r.at(r.passed())
}

// ticks are longer at each fifth day of the count.
func (r Ruler) ticks() []rulerTick {
	every := 1
	if r.total() > maxDailyTicks {
		every = 7
	}
	var out []rulerTick
	for day := 0; day <= r.total(); day += every {
		out = append(out, rulerTick{view.Decimal(r.at(day)), (day-r.lead())/every%5 == 0})
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
	first := clock.On(r.Start).AddDays(-r.lead())
	var out []span
	from := -1
	for day := 0; day <= r.total(); day++ {
		off := day < r.total() && isOff(first.AddDays(day).Begins())
		switch {
		case off && from < 0:
			from = day
		case !off && from >= 0:
			out = append(out, r.stretch(r.at(from), r.at(day)))
			from = -1
		}
	}
	return out
}

func (r Ruler) stretch(from, to float64) span {
	return span{view.Decimal(from), view.Decimal(math.Round((to-from)*100) / 100)}
}

func (r Ruler) elapsed() span {
	return r.stretch(r.atStart(), r.at(r.lead()+min(r.passed(), r.limit())))
}
func (r Ruler) lateSpan() span { return r.stretch(r.atDue(), r.atToday()) }

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

// rulerLabel hangs at its post like a flag: to the right of it in the first half of
// the line, to the left in the second, so that none leaves the page. Its mark says in
// a state's shape and colour what the day means for whoever waits.
type rulerLabel struct {
	at   float64
	post string // class of the post
	word string
	day  time.Time // none where the mark says enough
	mark view.StatusTag
	low  bool // a row lower, since beside another there is no room
	foot bool // on a narrow screen lower still
}

// labels are those under the line, from left to right. On the last day two posts are
// one, and so are their labels.
func (r Ruler) labels() []rulerLabel {
	start := rulerLabel{at: r.atStart(), post: "begin", word: "起算", day: r.Start}
	due := rulerLabel{at: r.atDue(), post: "due", word: "到期", day: r.Due}
	today := rulerLabel{at: r.atToday(), post: "today", word: "今天", day: r.Today}
	if r.Provisional {
		due.post, due.word = "due provisional", "到期（暂定）"
	}
	switch {
	case r.late():
		today.day, today.mark = time.Time{}, view.StatusTag{Word: "逾期 " + view.N(-r.Left(), "天"), Shape: view.ShapeTriangle, Tone: view.Vermilion}
		return lowered(start, due, today)
	case r.lead() > 0:
		return lowered(today, start, due)
	case r.Left() == 0 && !r.Paused:
		due.mark = view.StatusTag{Word: "今天到期", Shape: view.ShapeClock, Tone: view.Amber}
		return lowered(start, due)
	}
	today.word = "今天，第 " + view.N(r.passed(), "天")
	return lowered(start, today, due)
}

// labelWidth is what a label takes of the line, at most, on a wide and on a narrow
// screen. Of three the style sheet lowers the outer two on every narrow one.
const (
	labelWidth       = 0.22 * rulerWidth
	labelWidthNarrow = 0.47 * rulerWidth
)

// lowered puts the outer labels below the middle one where they would run into it. It
// is these that go down: their posts stand beyond its ends and cross no words.
func lowered(list ...rulerLabel) []rulerLabel {
	if len(list) < 3 {
		return list
	}
	from, to := list[1].reach()
	for _, outer := range []*rulerLabel{&list[0], &list[2]} {
		left, right := outer.reach()
		outer.low = left < to && from < right
	}
	list[2].foot = list[0].at+labelWidthNarrow > list[2].at-labelWidthNarrow
	return list
}

func (l rulerLabel) rightOfPost() bool { return l.at <= rulerWidth/2 }

// reach is from where to where on the line a label stands.
func (l rulerLabel) reach() (from, to float64) {
	if l.rightOfPost() {
		return l.at, l.at + labelWidth
	}
	return l.at - labelWidth, l.at
}

// space is the rest of the line before the label, or behind one that ends at its post.
func (l rulerLabel) space() string {
	if l.rightOfPost() {
		return view.Decimal(l.at/rulerWidth*100) + "%"
	}
	return view.Decimal((rulerWidth-l.at)/rulerWidth*100) + "%"
}
