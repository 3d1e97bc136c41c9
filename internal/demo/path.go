package demo

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/workflow"
)

// step is one move on a path: how long after the one before, on which register,
// by whom where the table's first role is not meant, and what is filled in beside
// the words of the story.
type step struct {
	wait   time.Duration
	on     string // register other than the path's own, such as case
	action workflow.Action
	by     string // login
	say    map[string]string
}

// parsePath reads moves by name with semicolons between: "2h register; 1d accept
// nature=RED; 20d case.sign by=leader".
func parsePath(text string) ([]step, error) {
	var path []step
	for part := range strings.SplitSeq(text, ";") {
		words := strings.Fields(part)
		s := step{say: map[string]string{}}
		if len(words) > 0 && words[0][0] >= '0' && words[0][0] <= '9' {
			var err error
			if s.wait, err = parseWait(words[0]); err != nil {
				return nil, err
			}
			words = words[1:]
		}
		if len(words) == 0 {
			return nil, fmt.Errorf("no move in a step of %q", text)
		}
		s.action = workflow.Action(words[0])
		if on, action, ok := strings.Cut(words[0], "."); ok {
			s.on, s.action = on, workflow.Action(action)
		}
		for _, word := range words[1:] {
			name, value, ok := strings.Cut(word, "=")
			switch {
			case !ok:
				return nil, fmt.Errorf("%q in %q is not name=value", word, part)
			case name == "by":
				s.by = value
			default:
				s.say[name] = value
			}
		}
		path = append(path, s)
	}
	return path, nil
}

// filled are the answers of a step: what the path says, today for what has happened, and
// phrases for the rest.
func filled(kind string, row workflow.Move, s step, at time.Time, seed ...any) workflow.Answers {
	a := workflow.Answers{}
	for name, value := range s.say {
		a[name] = []string{value}
	}
	for _, need := range row.Needs {
		some := phrases[kind+"."+string(s.action)+"."+need.Name]
		if some == nil { // of what is done alike in every register
			some = phrases[string(s.action)+"."+need.Name]
		}
		switch {
		case a[need.Name] != nil:
		case need.Day == workflow.HasCome:
			onDay(a, need.Name, clock.On(at))
		case need.Day == workflow.ToCome && !need.Optional:
			onDay(a, need.Name, clock.On(at).AddDays(20))
		case len(some) > 0:
			a[need.Name] = []string{some[vary(len(some), append(seed, need.Name)...)]}
		}
	}
	return a
}

// onDay answers a date.
func onDay(a workflow.Answers, name string, day clock.Date) {
	a[name+"_year"], a[name+"_month"], a[name+"_day"] = []string{strconv.Itoa(day.Year)}, []string{strconv.Itoa(int(day.Month))}, []string{strconv.Itoa(day.Day)}
}

func parseWait(text string) (time.Duration, error) {
	var n int
	var unit byte
	if _, err := fmt.Sscanf(text, "%d%c", &n, &unit); err != nil || unit != 'd' && unit != 'h' {
		return 0, fmt.Errorf("%q is not a number of days or hours", text)
	}
	if unit == 'd' {
		n *= 24
	}
	return time.Duration(n) * time.Hour, nil
}

// vary is a number below n that is the same in every load: what varies from matter
// to matter varies by its name and not by chance.
func vary(n int, seed ...any) int {
	h := fnv.New64a()
	fmt.Fprint(h, seed...)
	sum := h.Sum64()
	sum ^= sum >> 33 // near names differ in the low bits alone
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	return int(sum % uint64(n))
}

// hours are when somebody does something: an office on working days, a complainant
// whenever they are awake.
type hours struct {
	opens, closes int // minutes of the day
	workdays      bool
}

var (
	officeHours = hours{8*60 + 30, 17*60 + 30, true}
	mornings    = hours{8*60 + 30, 11*60 + 30, true}
	awake       = hours{7 * 60, 21*60 + 30, false}
)

// fit is the first moment within the hours that is not before t.
func (h hours) fit(t time.Time, cal clock.Calendar, seed int) time.Time {
	local := clock.Local(t)
	day, minute := clock.On(t), local.Hour()*60+local.Minute()
	if minute >= h.opens && minute < h.closes && (!h.workdays || cal.Working(day)) {
		return t
	}
	if minute >= h.closes || h.workdays && !cal.Working(day) {
		day = day.AddDays(1)
		for h.workdays && !cal.Working(day) {
			day = day.AddDays(1)
		}
	}
	return day.Begins().Add(time.Duration(h.opens+seed%90)*time.Minute + time.Duration(seed%60)*time.Second)
}

// schedule says when each step of a path is done so that the last one is done by
// end, and not much earlier.
func schedule(path []step, of func(step) hours, end time.Time, cal clock.Calendar, name int) []time.Time {
	times, waits, begin := make([]time.Time, len(path)), make([]time.Duration, len(path)), end
	for i, s := range path {
		waits[i] = s.wait * time.Duration(85+vary(40, name, i, "wait")) / 100
		begin = begin.Add(-waits[i])
	}
	// Nights and days off stretch a path: it is begun earlier until it fits.
	for ; ; begin = begin.Add(-6 * time.Hour) {
		at := begin
		for i, s := range path {
			at = of(s).fit(at.Add(waits[i]), cal, vary(5400, name, i, "minute"))
			times[i] = at
			at = at.Add(time.Minute) // no two at once
		}
		if !times[len(times)-1].After(end) {
			return times
		}
	}
}
