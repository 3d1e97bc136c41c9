package clock

import (
	"fmt"
	"time"
)

// Remaining is how a term stands at a moment, in words and for the ruler.
type Remaining struct {
	Words   string  // for complainants: 还有 7 天, 今天到期, 已经晚了 3 天
	Short   string  // for the desk: 剩 7 天, 今天到期, 逾期 3 天
	Late    bool    // the term is over
	Today   bool    // it ends today
	Day     int     // today is the Day-th day of the term; 0 on its start day, past Days when late
	Days    int     // natural days of the term, from the first counted day to the last
	Elapsed float64 // share of the term that is over, 0 to 1
}

// Remaining says how much of a term is left. Working days are counted as such
// while they run; lateness is told in natural days, which is what people feel.
func (c Calendar) Remaining(d Due, now time.Time) Remaining {
	today := On(now)
	r := Remaining{
		Late:  !now.Before(d.At),
		Today: today == d.On,
		Day:   max(0, today.Since(d.Start)),
		Days:  d.On.Since(d.Start),
	}
	r.Elapsed = share(float64(r.Day), float64(r.Days))
	switch {
	case d.Unit == Hours:
		r.Elapsed = share(float64(now.Sub(d.Started)), float64(d.At.Sub(d.Started)))
		r.say(r.Late, hours(d.At.Sub(now)))
	case r.Late:
		r.say(true, number(today.Since(d.On), "天"))
	case r.Today:
		r.Words, r.Short = "今天到期", "今天到期"
	case d.Unit == WorkingDays:
		r.say(false, number(c.WorkingDays(today, d.On), "个工作日"))
	default:
		r.say(false, number(d.On.Since(today), "天"))
	}
	return r
}

func (r *Remaining) say(late bool, howMuch string) {
	if late {
		r.Words, r.Short = "已经晚了 "+howMuch, "逾期 "+howMuch
		return
	}
	r.Words, r.Short = "还有 "+howMuch, "剩 "+howMuch
}

func number(n int, measure string) string { return fmt.Sprintf("%d%s%s", n, space, measure) }

// hours tells a short time, rounded down but never to nothing: minutes, hours,
// from two days on days.
func hours(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Hour:
		return number(max(1, int(d/time.Minute)), "分钟")
	case d < 48*time.Hour:
		return number(int(d/time.Hour), "小时")
	}
	return number(int(d/(24*time.Hour)), "天")
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 1
	}
	return min(1, max(0, part/whole))
}

// Tick is one day of the ruler.
type Tick struct {
	Day     Date
	Working bool
}

// Ticks are the counted days of a term, the last one included.
func (c Calendar) Ticks(d Due) []Tick {
	ticks := make([]Tick, 0, max(0, d.On.Since(d.Start)))
	for day := d.Start.AddDays(1); !day.After(d.On); day = day.AddDays(1) {
		ticks = append(ticks, Tick{day, c.Working(day)})
	}
	return ticks
}
