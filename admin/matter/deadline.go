package matter

import (
	"fmt"
	"slices"
	"time"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Deadline is the nearest term of a matter as a list shows it.
func Deadline(r register.Row, table clock.Table, now time.Time) desk.Deadline {
	if r.Due == nil {
		return desk.Deadline{}
	}
	left := table.Calendar.Remaining(*r.Due, now)
	d := desk.Deadline{Words: left.Short, Date: day(*r.Due, now), On: r.Due.On, Share: desk.ShareOf(r.Due.Started, r.Due.At, now)}
	switch {
	case left.Late:
		d.State = desk.Late
	case left.Today:
		d.State = desk.DueToday
	case slices.Contains(r.Flags, extension.Paused):
		d.State, d.Words = desk.Stopped, "暂停中，"+d.Words
	default:
		d.State = warned[table.RungOf(r.Due.At, now)]
	}
	if r.Due.Provisional {
		d.Date += "（暂定）"
	}
	return d
}

// warned is how a term that still runs is shown on each rung of the ladder.
var warned = map[clock.Rung]desk.DeadlineState{clock.Yellow: desk.DueNear, clock.Orange: desk.DueSoon}

// day is when a term ends: the hour where hours are counted.
func day(due clock.Due, now time.Time) string {
	switch {
	case due.Unit == clock.Hours:
		return view.MomentText(due.At)
	}
	return due.On.Near(clock.On(now))
}

// clockPanel shows every clock with how its due date came about,
// and what is asked of it.
func clockPanel(table clock.Table, d *register.Dossier, now time.Time) desk.ClockPanel {
	var p desk.ClockPanel
	for _, one := range d.Clocks {
		if replaced(one, d.Clocks) {
			continue
		}
		due := table.Kept(one.Row)
		item := panelClock(table, one, due, now)
		item.Note += fmt.Sprintf("（规则 %s 第 %d 版，放假安排第 %d 号）", one.Rule, one.Version, one.Calendar)
		for _, q := range d.TimeAsked {
			if q.Rule == one.Rule && one.Running() {
				item.Note = form.Unstopped(q.Words(due.Title)) + "。还没有决定，期限照走。" + item.Note
			}
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// replaced says that a clock was stopped in time only to run to another day: the newer one
// is the same term, and nothing was kept yet. One that was late stays, since it was.
func replaced(one workflow.Clock, all []workflow.Clock) bool {
	return one.Met() && slices.ContainsFunc(all, func(c workflow.Clock) bool {
		return c.Rule == one.Rule && !c.StartedAt.After(*one.StoppedAt) && (c.Running() || c.StoppedAt.After(*one.StoppedAt))
	})
}

func panelClock(table clock.Table, one workflow.Clock, due clock.Due, now time.Time) desk.PanelClock {
	out := desk.PanelClock{Name: due.Title, Note: one.Before() + due.Derivation}
	if one.StoppedAt != nil {
		out.Over, out.Note = true, "最迟 "+due.On.Near(clock.On(now))+"，"+view.Day(*one.StoppedAt)+"停表。"+one.Before()+due.Derivation
		out.Status = view.StatusTag{Word: "按期"}
		switch {
		case one.RightOver(*one.StoppedAt):
			out.Note, out.Status = "最后一天是 "+due.On.Near(clock.On(now))+"。"+one.Before()+due.Derivation, rightOver
		case !one.Met():
			out.Status = view.StatusTag{Word: "超过期限", Shape: view.ShapeTriangle, Tone: view.Vermilion}
		}
		return out
	}
	left := table.Calendar.Remaining(due, now)
	out.Words, out.Share = left.Short, left.Elapsed
	if due.Provisional {
		out.Words += "（暂定）"
	}
	switch {
	case one.Paused(clock.On(now)):
		out.State, out.Words = desk.Stopped, "暂停中，"+left.Short
	case one.RightOver(now):
		out.NoBar, out.Status = true, rightOver
	case left.Late:
		out.State, out.Share = desk.Late, desk.ShareOf(due.Start.Begins(), due.At, now)
	case left.Today:
		out.State = desk.DueToday
	case !one.RightOnly:
		out.State = warned[table.RungOf(due.At, now)]
	}
	return out
}

// rightOver is the sign of a right that ran out, which is nobody's lateness.
var rightOver = view.StatusTag{Word: "期满", Shape: view.ShapeTick, Tone: view.Slate}
