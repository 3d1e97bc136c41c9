package clock

import (
	"fmt"
	"strings"
	"time"
)

// Due is the end of one term with everything that explains it. It is stored
// with its clock, so that what was promised stays readable after a rule changes.
type Due struct {
	Rule        Code
	Version     int
	Title       string
	Basis       string
	Unit        Unit
	Limit       int
	Started     time.Time // the true moment
	Start       Date      // the day that counts as the start; the first counted day is the next
	On          Date      // the last day
	At          time.Time // the moment the term is over: 24:00 of On, or the hour itself
	Provisional bool      // counted over a year whose notice is not out, or was never imported
	Right       bool      // somebody's right to ask, not a duty
	Derivation  string    // how it was counted, in Chinese, for everybody
}

// Due counts the rule's term from the moment it started. The start day is not
// counted (民法典 201); natural days and months that end on a day off run on to
// the next working day (203); hours run through day and night. A rule that
// cannot be counted is the only error: any date can be. One whose day is given has
// nothing to count: see DueOn. What became of the term since is in its spans.
func (r Rule) Due(cal Calendar, started time.Time, spans ...Span) (Due, error) {
	if r.Unit == Given {
		return Due{}, fmt.Errorf("clock rule %s: its day is given and not counted", r.Code)
	}
	if len(spans) > 0 && !r.bends() {
		return Due{}, fmt.Errorf("clock rule %s: %s, and a term of that unit is neither paused nor extended", r.Code, r.Unit)
	}
	return r.due(cal, started, Date{}, spans)
}

// bends says that a term of the rule may be paused or extended at all: one of days or
// months. Hours are over before anybody has decided, and a day that is named stays it.
func (r Rule) bends() bool {
	return r.Unit == WorkingDays || r.Unit == NaturalDays || r.Unit == Months
}

// DueOn is the term of a rule whose last day is given. It is that day, holiday or not,
// as it was told to whomever it was promised.
func (r Rule) DueOn(cal Calendar, started time.Time, day Date) (Due, error) {
	if r.Unit != Given || day.IsZero() {
		return Due{}, fmt.Errorf("clock rule %s: %s, and the day given is %s", r.Code, r.Unit, day)
	}
	return r.due(cal, started, day, nil)
}

func (r Rule) due(cal Calendar, started time.Time, given Date, spans []Span) (Due, error) {
	if err := r.check(); err != nil {
		return Due{}, err
	}
	c := counting{rule: r, walk: walk{cal: cal}, started: started, last: given, spans: spans, pauses: pauses(spans)}
	c.run()
	return Due{
		Rule: r.Code, Version: r.Version, Title: r.Title, Basis: r.Basis, Unit: r.Unit, Limit: r.Limit,
		Started: started, Start: c.start, On: c.on, At: c.at,
		Provisional: len(c.walk.unsure) > 0, Right: r.Right, Derivation: c.derivation(),
	}, nil
}

// counting is one term being counted: what went in, and each step that the
// derivation tells.
type counting struct {
	rule    Rule
	walk    walk
	started time.Time
	spans   []Span
	pauses  []pause
	start   Date
	last    Date // the last day before any postponement
	on      Date
	at      time.Time
}

// startDay is the day that counts as the start of a term begun at started.
func (r Rule) startDay(w *walk, started time.Time) Date {
	if r.movesToOfficeHours() {
		return w.received(started)
	}
	return On(started)
}

func (c *counting) run() {
	c.start = c.rule.startDay(&c.walk, c.started)
	n := c.rule.Limit + Extended(c.spans)
	switch c.rule.Unit {
	case WorkingDays:
		c.last = c.nth(n, c.walk.working)
		c.on = c.last
	case NaturalDays:
		c.last = c.nth(n, func(Date) bool { return true })
		c.on = c.walk.postpone(c.last)
	case Months:
		c.last = c.start.AddMonths(n)
		for _, p := range c.pauses {
			c.last = c.last.AddDays(p.days())
		}
		c.on = c.walk.postpone(c.last)
	case Hours:
		c.at = c.started.Add(time.Duration(n) * time.Hour)
		c.last = On(c.at)
		c.on = c.last
		if c.rule.Waits {
			c.on = c.walk.postpone(c.last)
			c.at = c.at.AddDate(0, 0, c.on.Since(c.last))
		}
		return
	case Fixed:
		// A day that the law names is that day, holiday or not.
		c.last = c.rule.fixedDay(c.start)
		c.on = c.last
	case Given:
		c.on = c.last
	}
	c.at = c.on.Ends()
}

// fixedDay is the first such day on or after start. 29 February falls on the
// end of the month in other years.
func (r Rule) fixedDay(start Date) Date {
	named, _ := ParseDate("2024-" + r.FixedOn) // check has read it
	for year := start.Year; ; year++ {
		end := NewDate(year, named.Month+1, 0)
		if day := NewDate(year, named.Month, min(named.Day, end.Day)); !day.Before(start) {
			return day
		}
	}
}

// space keeps a number and its measure word on one line.
const space = "\u00a0"

var unitWords = map[Unit]string{
	WorkingDays: "个工作日", NaturalDays: "天", Months: "个月", Hours: "小时",
}

// derivation tells the counting in the order it was done.
func (c *counting) derivation() string {
	return c.beginning() + c.standstill() + c.ending() + c.basis() + c.warning()
}

// beginning tells the start: "10月30日受理，第二天起算。"
func (c *counting) beginning() string {
	verb := happened[c.rule.StartEvent]
	day := On(c.started)
	switch c.rule.Unit {
	case Hours:
		return fmt.Sprintf("%s %s %s。", day.Short(), Local(c.started).Format("15:04"), verb)
	case Fixed, Given:
		return ""
	case Months:
		return fmt.Sprintf("%s%s，按月计算。", day.Short(), verb)
	}
	rest := "第二天起算。"
	if c.rule.Unit == WorkingDays {
		rest = "第二天起算，只数工作日。"
	}
	if c.start == day {
		return fmt.Sprintf("%s%s，%s", day.Short(), verb, rest)
	}
	why := "这天不上班"
	if c.walk.cal.Working(day) {
		why = "已过下班时间"
	}
	return fmt.Sprintf("%s%s %s，%s，按下一个工作日 %s收到计算，%s",
		day.Chinese(), Local(c.started).Format("15:04"), verb, why, c.say(c.start), rest)
}

// ending tells the last day: "平台承诺 30 天，第 30 天是 11月29日（星期日），顺延……"
func (c *counting) ending() string {
	more := Extended(c.spans)
	limit := c.rule.Unit.Count(c.rule.Limit + more)
	source := c.source() + " " + limit
	if more > 0 {
		source = c.source() + " " + c.rule.Unit.Count(c.rule.Limit) + "，加上延长的 " + c.rule.Unit.Count(more) + "，共 " + limit
	}
	switch c.rule.Unit {
	case Fixed:
		return fmt.Sprintf("每年的截止日固定在 %s，这一次是 %s。", c.last.Short(), c.last.Long())
	case Given:
		return fmt.Sprintf("%s%s，到%s（含当日）为止；写的是哪一天就是哪一天，遇到放假不顺延。", On(c.started).Long(), happened[c.rule.StartEvent], c.last.Long())
	case Hours:
		return fmt.Sprintf("%s，到 %s %s%s。", source, c.day(c.last), Local(c.at).Format("15:04"), c.postponed())
	case Months:
		return fmt.Sprintf("%s，到 %s%s%s。", source, c.say(c.last), c.monthEnd(), c.postponed())
	}
	return fmt.Sprintf("%s，第 %s是 %s%s。", source, limit, c.say(c.last), c.postponed())
}

// source says who set the limit.
func (c *counting) source() string {
	switch c.rule.Confidence {
	case Design:
		return "平台承诺"
	case High:
		return "法定期限"
	}
	return "规定期限"
}

// monthEnd explains why the day of the month differs from the start's.
func (c *counting) monthEnd() string {
	if c.last.Day == c.start.Day || len(c.pauses) > 0 {
		return ""
	}
	return fmt.Sprintf("，这个月没有 %d 日，取月末", c.start.Day)
}

// postponed tells where the last day ran on to.
func (c *counting) postponed() string {
	if c.on == c.last {
		return ""
	}
	return "，顺延到下一个工作日，" + c.say(c.on)
}

// day is the date, with its year when that is not the start's.
func (c *counting) day(d Date) string {
	if d.Year != c.start.Year {
		return d.Long()
	}
	return d.Short()
}

// say is the date with its weekday; a weekday off and a weekend worked, which
// a reader would take for mistakes, are named.
func (c *counting) say(d Date) string {
	mark := ""
	if working := c.walk.cal.Working(d); working && weekend(d) {
		mark = "，调休上班"
	} else if !working && !weekend(d) {
		mark = "，放假"
	}
	return c.day(d) + "（" + weekdays[d.Weekday()] + mark + "）"
}

func (c *counting) basis() string {
	switch c.rule.Confidence {
	case Design:
		return "" // said already: 平台承诺
	case Medium, Low:
		return "依据：" + c.rule.Basis + "，" + c.rule.Confidence.Doubt() + "。"
	}
	return "依据：" + c.rule.Basis + "。"
}

// warning is printed with every date that a coming notice may move, and says
// what it was counted over instead.
func (c *counting) warning() string {
	var why strings.Builder
	for _, year := range c.walk.unsure {
		if _, known := c.walk.cal.Status(year); known {
			fmt.Fprintf(&why, "%d%s年放假安排还没有公布，", year, space)
		} else {
			fmt.Fprintf(&why, "还没有 %d%s年的工作日历，先按周一到周五上班推算，", year, space)
		}
	}
	if why.Len() == 0 {
		return ""
	}
	return why.String() + "这个日期是暂定的，公布后重算，改了会写明。"
}
