// Package promise is the date promised to anybody, of whichever register: one object that
// comes back by itself when its day passes. A register that has promises puts the moves of
// a Course into its law, says so in its Kind, and calls Make where something is promised.
//
// What stands is never changed. A later promise of the same point takes the place of the
// earlier one; what became of a promise is a row of its own; and broken is what the dates
// say, whether or not a sweep has been there: the day passed, and nothing had settled it.
// That it was kept is the word of whoever promised. To whom it was promised may say that it
// was not, and then the office finds which is true.
package promise

import (
	"slices"
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/workflow"
)

// Given is what somebody promises: which point of the matter, by when.
type Given struct {
	No   int // zero: a thing of its own, beside all that was promised before
	On   clock.Date
	What string // empty where the point says it
	Unit string // empty: the unit that leads the matter
}

// Promise is a promise with what became of it.
type Promise struct {
	Matter    int64
	Seq       int64  // the event that made it
	No        int    // the point that it is of
	What      string // empty where the point says it
	DueOn     clock.Date
	Unit      string // who promised, by code
	UnitName  string
	MadeAt    time.Time
	Outcome   Outcome
	DoneOn    clock.Date // when it is kept: as the unit says
	Words     string     // what was done, or why it ended
	Evidence  string
	SettledAt *time.Time
	Nth       int        // which promise of the point it is, from 1
	Followed  *time.Time // when a later one took its place
	Told      bool       // that it is broken, once and for all
	Doubt     Doubt      // of what the unit says, that it is kept
}

// Doubt is what came of it that to whom it was promised says it was not kept.
type Doubt string

// The doubts; the zero Doubt is that nobody said so since the unit says that it is kept.
const (
	Doubting Doubt = "open" // the office looks into it
	Upheld   Doubt = "over" // it found that it was kept
)

// Outcome is what became of a promise; the table has the same words.
type Outcome string

// The outcomes; none is the zero Outcome.
const (
	OutcomeKept  Outcome = "kept"
	OutcomeEnded Outcome = "ended"
	OutcomeVoid  Outcome = "void" // with the paper that made it, before anybody had it

	outcomeUnkept Outcome = "unkept" // the office found that it was not kept: it is owed again
	outcomeUpheld Outcome = "upheld" // and that it was: the word of the unit holds
)

// Standing is how a promise stands.
type Standing string

// The standings.
const (
	Running  Standing = "running"
	Kept     Standing = "kept"      // and said so by the end of its day
	KeptLate Standing = "kept_late" // said after it
	Broken   Standing = "broken"    // its day is over, and nothing settled it before
	Replaced Standing = "replaced"  // by a later one, before its day was over
	Ended    Standing = "ended"
	Void     Standing = "void"
)

// Word is what a standing is called.
func (s Standing) Word() string {
	return map[Standing]string{
		Running: "还没到期", Kept: "按期办到", KeptLate: "过期才办到", Broken: "到期没有办到", Replaced: "到期以前另定了日子", Ended: "不再跟踪", Void: "答复作废，不算",
	}[s]
}

// Sign is how a standing is marked.
func (s Standing) Sign() workflow.Sign {
	return map[Standing]workflow.Sign{
		Running: workflow.AtWork, Kept: workflow.Met, KeptLate: workflow.Met, Broken: workflow.Asking, Replaced: workflow.HandedOn, Ended: workflow.Refused, Void: workflow.Refused,
	}[s]
}

// Called is which one it is: what was promised, or which point.
func (p Promise) Called() string {
	if p.What != "" {
		return "“" + p.What + "”"
	}
	return nth(p.No)
}

// Standing is how it stands at a time. Kept in time is what was also said in time: a day
// that is written down only once the promise is broken proves nothing to who waited.
func (p Promise) Standing(now time.Time) Standing {
	over := p.DueOn.Ends()
	switch {
	case p.Outcome == OutcomeVoid:
		return Void
	case p.Outcome == OutcomeKept && p.SettledAt.Before(over):
		return Kept
	case p.Outcome == OutcomeKept:
		return KeptLate
	case p.Followed != nil && p.Followed.Before(over):
		return Replaced
	case p.Outcome == OutcomeEnded && p.SettledAt.Before(over):
		return Ended
	case !now.Before(over):
		return Broken
	}
	return Running
}

// Open says that it holds and nothing has settled it: it runs, or is broken and owed.
func (p Promise) Open() bool { return p.Outcome == "" && p.Followed == nil }

// Late says that it is open and its day is over.
func (p Promise) Late(now time.Time) bool { return p.Open() && !now.Before(p.DueOn.Ends()) }

// List are the promises of one matter, by point and in the order in which they were made.
type List []Promise

// Settle numbers them and says which were followed. What was made void was never said to
// anybody: it is no promise, and takes the place of none.
func (l List) Settle() List {
	slices.SortStableFunc(l, func(a, b Promise) int {
		if a.No != b.No {
			return a.No - b.No
		}
		return int(a.Seq - b.Seq)
	})
	last := -1
	for i := range l {
		if l[i].Followed = nil; l[i].Outcome == OutcomeVoid {
			continue
		}
		l[i].Nth = 1
		if last >= 0 && l[last].No == l[i].No {
			l[i].Nth = l[last].Nth + 1
			if l[last].Outcome == "" {
				l[last].Followed = &l[i].MadeAt
			}
		}
		last = i
	}
	return l
}

// Of are those of one point, the newest first.
func (l List) Of(no int) (of List) {
	for _, p := range slices.Backward(l) {
		if p.No == no {
			of = append(of, p)
		}
	}
	return of
}

// Open are those that hold and are not settled.
func (l List) Open() List {
	return slices.DeleteFunc(slices.Clone(l), func(p Promise) bool { return !p.Open() })
}

// Options are those that hold and are not settled, to choose from.
func (l List) Options() (options []workflow.Option) {
	for _, p := range l.Open() {
		options = append(options, workflow.Option{Value: strconv.Itoa(p.No), Label: p.Called() + "，" + p.DueOn.Long() + "以前"})
	}
	return options
}

// Kept are those of which the unit says that they are kept, and nobody said that they are not:
// to choose from.
func (l List) Kept() (options []workflow.Option) {
	for _, p := range l {
		if p.Outcome == OutcomeKept && p.Doubt == "" {
			options = append(options, workflow.Option{Value: strconv.Itoa(p.No), Label: p.Called() + "，" + p.DoneOn.Long() + "办到"})
		}
	}
	return options
}

// Doubted is the one of which the office has to find whether it was kept; false when there is
// none.
func (l List) Doubted() (Promise, bool) {
	if i := slices.IndexFunc(l, func(p Promise) bool { return p.Doubt == Doubting }); i >= 0 {
		return l[i], true
	}
	return Promise{}, false
}

// point is the open promise of a point; false when it has none.
func (l List) point(no string) (Promise, bool) {
	i := slices.IndexFunc(l, func(p Promise) bool { return p.Open() && strconv.Itoa(p.No) == no })
	if i < 0 {
		return Promise{}, false
	}
	return l[i], true
}

// next is the day of the first that is open; the zero Date when none is. What was told
// broken is passed over while others still run: one that is left alone keeps none quiet.
func (l List) next() (day clock.Date) {
	open := l.Open()
	if running := slices.DeleteFunc(slices.Clone(open), func(p Promise) bool { return p.Told }); len(running) > 0 {
		open = running
	}
	for _, p := range open {
		if day.IsZero() || p.DueOn.Before(day) {
			day = p.DueOn
		}
	}
	return day
}

func nth(no int) string { return "第 " + strconv.Itoa(no) + " 点" }
