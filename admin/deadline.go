package admin

import (
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
)

// deadline is the nearest term of a complaint as a list shows it.
func deadline(r complaint.Row, cal clock.Calendar, now time.Time) view.Deadline {
	switch {
	case r.Due == nil && r.State == complaint.SupplementRequired:
		return view.Deadline{Words: "暂停", Date: "等补正", State: view.Stopped}
	case r.Due == nil:
		return view.Deadline{}
	}
	left := cal.Remaining(*r.Due, now)
	d := view.Deadline{Words: left.Short, Date: day(*r.Due, now), Share: view.ShareOf(r.Due.Started, r.Due.At, now)}
	switch {
	case left.Late:
		d.State = view.Late
	case left.Today:
		d.State = view.DueToday
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
