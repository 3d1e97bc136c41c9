package site

import (
	"context"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// StatusOf is how a state is shown.
func StatusOf(law *workflow.Table, state workflow.State) view.StatusTag {
	info := law.State(state)
	return view.StatusTag{Word: info.Word, Sign: string(info.Sign), Wash: true}
}

// ListedAs is how it is shown in a list: a ground under the word is for the head of a page.
func ListedAs(law *workflow.Table, state workflow.State) view.StatusTag {
	tag := StatusOf(law, state)
	tag.Wash = false
	return tag
}

// Owed is what an outsider is owed next of a matter: the sentence and the ruler of the
// nearest due date. It is zero when nothing runs.
type Owed struct {
	Promise string // 最迟 3月20日答复您，还有 5 个工作日。
	Before  string // what the day was before it was counted anew
	Late    string // instead of the promise, once the day is over
	Ruler   *Ruler
}

// Owed reads it from a matter's clocks: of what units owe each other nothing is told.
func (s *Site) Owed(ctx context.Context, law *workflow.Table, clocks []workflow.Clock, now time.Time) (o Owed, err error) {
	table, err := s.Clocks.Table(ctx)
	if err != nil {
		return o, err
	}
	var next *workflow.Clock
	for i, one := range clocks {
		if one.Running() && !one.RightOnly && law.Owes[one.Rule] != "" && (next == nil || one.DueAt.Before(next.DueAt)) {
			next = &clocks[i]
		}
	}
	if next == nil {
		return o, nil
	}
	due := table.Kept(next.Row)
	left, what := table.Calendar.Remaining(due, now), law.Owes[due.Rule]
	o.Before = next.Before()
	if left.Late {
		o.Late = "应在 " + lateDay(due.On, clock.On(now)) + "前" + what + "，" + left.Words + "。晚了不影响您的任何权利。"
	} else {
		o.Promise = "最迟 " + LastDay(due, now) + what + "，" + left.Words + "。"
	}
	o.Ruler = &Ruler{
		Start: due.Start.AddDays(1).Begins(), Today: now, Due: due.On.Begins(), Provisional: due.Provisional, Why: due.Derivation,
		DayOff: func(day time.Time) bool { return !table.Calendar.Working(clock.On(day)) },
	}
	if next.Paused(clock.On(now)) {
		o.Ruler.Paused, o.Promise = true, "现在暂停计时。"+o.Promise
	}
	return o, nil
}

// lateDay is a day that is over: its year is on paper, and where it is another one.
func lateDay(d, today clock.Date) string {
	if d.Year == today.Year {
		return view.PaperYear(d.Year) + d.Short()
	}
	return d.Long()
}
