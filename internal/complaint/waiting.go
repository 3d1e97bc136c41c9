package complaint

import (
	"slices"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Waits says in which states a complaint waits for somebody: for the whole
// supervising desk, or for a unit that leads it or helps.
type Waits struct {
	Desk []workflow.State
	Lead []workflow.State
	Co   []workflow.State
	Unit string
}

// WaitingFor reads from the move table what waits for a person: the states
// under way in which some ordinary move is theirs. A move that cannot be undone
// does not count by itself: one may always refer a matter elsewhere, but it
// does not wait for that.
func WaitingFor(p staff.Person) Waits {
	w := Waits{Unit: p.Unit}
	into := map[workflow.UnitRule]*[]workflow.State{workflow.AnyUnit: &w.Desk, workflow.LeadUnit: &w.Lead, workflow.CoUnit: &w.Co}
	for _, m := range Law.Moves {
		if m.Hidden || m.Hard || m.Aside || !slices.Contains(m.By, p.Role) {
			continue
		}
		states := into[m.Unit]
		for _, from := range m.From {
			if PhaseOf(from) == workflow.UnderWay && !slices.Contains(*states, from) {
				*states = append(*states, from)
			}
		}
	}
	return w
}

// Task is what a complaint that waits for this person asks of them, in a few
// words: the first move of the table that leads on.
func (r Row) Task(p staff.Person) string {
	choices := Law.Choices(r.matter(p.Unit), workflow.Actor{StaffID: p.ID, Role: p.Role, Unit: p.Unit}, time.Time{})
	if word := Law.State(r.State).Task; word != "" && len(choices) > 0 {
		return word
	}
	if p.Role == staff.Handler || p.Role == staff.UnitHead {
		if r.Lead != p.Unit {
			return Law.Rows(CoOpinion)[0].Label
		}
	}
	best := ""
	for _, leads := range []bool{true, false} {
		for _, c := range choices {
			if c.Why == "" && !c.Hidden && !c.Aside && (c.To != "") == leads && best == "" && (!c.Hard || r.has(Accusation)) {
				best = c.Label
			}
		}
	}
	return best
}

// matter is as much of the matter as its buttons need to be known.
func (r Row) matter(unit string) *workflow.Matter {
	m := &workflow.Matter{State: r.State, Flags: r.Flags}
	if unit != "" {
		part := "co"
		if r.Lead == unit {
			part = "lead"
		}
		m.Assignments = []workflow.Assignment{{Unit: unit, Part: part}}
	}
	return m
}

func (r Row) has(flag string) bool { return slices.Contains(r.Flags, flag) }

// deskName is who has what no unit has; the office's own name is a setting.
const deskName = "监督办公室"

// Holder is who has the complaint in hand now; empty when nobody has.
func (r Row) Holder() string {
	switch Law.State(r.State).With {
	case workflow.WithLead:
		return r.LeadName
	case workflow.WithLeadHead:
		return r.LeadName + "负责人"
	case workflow.WithOutsider:
		return "投诉人"
	case workflow.WithDesk:
		return deskName
	}
	return ""
}

// Term is the part of the list by date that the row is in.
func (r Row) Term(now time.Time) Term {
	if r.Due == nil {
		return DueNever
	}
	today := clock.On(now)
	switch at := r.Due.At; {
	case !at.After(now):
		return DueLate
	case !at.After(today.Ends()):
		return DueToday
	case !at.After(weekEnds(today)):
		return DueWeek
	}
	return DueLater
}

// weekEnds is the end of the week's Sunday.
func weekEnds(today clock.Date) time.Time {
	return today.AddDays((7 - int(today.Weekday())) % 7).Ends()
}
