package matter

import (
	"time"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Deadline is the nearest term of a matter as a list shows it.
func Deadline(r register.Row, cal clock.Calendar, now time.Time) desk.Deadline {
	if r.Due == nil {
		return desk.Deadline{}
	}
	left := cal.Remaining(*r.Due, now)
	d := desk.Deadline{Words: left.Short, Date: day(*r.Due, now), On: r.Due.On, Share: desk.ShareOf(r.Due.Started, r.Due.At, now)}
	switch {
	case left.Late:
		d.State = desk.Late
	case left.Today:
		d.State = desk.DueToday
	}
	if r.Due.Provisional {
		d.Date += "（暂定）"
	}
	return d
}

// day is when a term ends: the hour where hours are counted.
func day(due clock.Due, now time.Time) string {
	switch {
	case due.Unit == clock.Hours:
		return view.MomentText(due.At)
	case due.On.Year != clock.On(now).Year:
		return due.On.Long()
	}
	return due.On.Short()
}

// clockPanel shows every clock with how its due date came about.
func clockPanel(table clock.Table, clocks []workflow.Clock, now time.Time) desk.ClockPanel {
	var p desk.ClockPanel
	for _, one := range clocks {
		p.Items = append(p.Items, panelClock(table.Calendar, one, table.Kept(one.Row), now))
	}
	return p
}

func panelClock(calendar clock.Calendar, one workflow.Clock, due clock.Due, now time.Time) desk.PanelClock {
	out := desk.PanelClock{Name: due.Title, Note: one.Before() + due.Derivation}
	if one.StoppedAt != nil {
		out.Over, out.Note = true, "最迟 "+due.On.Short()+"，"+view.Day(*one.StoppedAt)+"停表。"+one.Before()+due.Derivation
		out.Status = view.StatusTag{Word: "按期"}
		switch {
		case one.RightOver(*one.StoppedAt):
			out.Note, out.Status = "最后一天是 "+due.On.Short()+"。"+one.Before()+due.Derivation, rightOver
		case !one.Met():
			out.Status = view.StatusTag{Word: "超过期限", Shape: view.ShapeTriangle, Tone: view.Vermilion}
		}
		return out
	}
	left := calendar.Remaining(due, now)
	out.Words, out.Share = left.Short, left.Elapsed
	if due.Provisional {
		out.Words += "（暂定）"
	}
	switch {
	case one.RightOver(now):
		out.NoBar, out.Status = true, rightOver
	case left.Late:
		out.State, out.Share = desk.Late, desk.ShareOf(due.Start.Begins(), due.At, now)
	case left.Today:
		out.State = desk.DueToday
	}
	return out
}

// rightOver is the sign of a right that ran out, which is nobody's lateness.
var rightOver = view.StatusTag{Word: "期满", Shape: view.ShapeTick, Tone: view.Slate}
