package register

import (
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Waits says in which states a matter waits for somebody: for the whole desk, for a
// unit that leads it or helps, for the unit that it is of, or where a fact holds.
type Waits struct {
	Desk  []workflow.State
	Lead  []workflow.State
	Co    []workflow.State
	Own   []workflow.State
	Facts []Fact
	Unit  string
	Hands []int64 // of a handler: what another colleague has in hand does not wait for them
	name  string  // tells the arguments of several apart
}

// Fact is a condition under which a matter waits in some states.
type Fact struct {
	SQL    string
	States []workflow.State
}

// WaitingFor reads from the move table what waits for a person: the states under
// way in which some move is theirs. What may only be done besides does not count:
// one may always refer a matter elsewhere, but it does not wait for that; and what
// shows no button until something is so waits only where it is.
func (k *Kind) WaitingFor(p staff.Person) Waits { return k.waiting(p, "") }

// waiting leaves out what a role may do anyway: that waits for its own people.
func (k *Kind) waiting(p staff.Person, but staff.Role) Waits {
	w := Waits{Unit: p.Unit}
	if p.Role == staff.Handler && k.Law.Has(workflow.Assign) {
		w.Hands = p.Hands()
	}
	desk := &w.Desk
	if k.Law.Unit == workflow.Owner && p.Role.OfUnit() {
		desk = &w.Own
	}
	into := map[workflow.UnitRule]*[]workflow.State{workflow.AnyUnit: desk, workflow.LeadUnit: &w.Lead, workflow.CoUnit: &w.Co}
	for _, m := range k.Law.Moves {
		if m.Hidden || m.Aside || !slices.Contains(m.By, p.Role) || slices.Contains(m.By, but) {
			continue
		}
		var open []workflow.State
		for _, from := range m.From {
			if k.Law.State(from).Phase == workflow.UnderWay && m.To != from { // what only repeats itself is not waited for
				open = append(open, from)
			}
		}
		if m.Quiet {
			if len(open) > 0 {
				w.Facts = append(w.Facts, Fact{k.holds(m.Only), open})
			}
			continue
		}
		states := into[m.Unit]
		for _, from := range open {
			if !slices.Contains(*states, from) {
				*states = append(*states, from)
			}
		}
	}
	return w
}

// holds is the condition that all these flags of a matter m are set.
func (k *Kind) holds(flags []string) string {
	all := []string{`true`}
	for _, flag := range flags {
		if sql, worked := k.Law.Facts[flag]; worked {
			all = append(all, `(`+sql+`)`)
			continue
		}
		all = append(all, `'`+flag+`' = ANY (m.flags)`)
	}
	return strings.Join(all, ` AND `)
}

// Any says that something may wait for the person at all.
func (w Waits) Any() bool { return len(w.Desk)+len(w.Lead)+len(w.Co)+len(w.Own)+len(w.Facts) > 0 }

// Task is what a matter that waits for this person asks of them, in a few words: the first
// move of the table that leads on; and for whom they would do it, 代 somebody who is away.
func (r Row) Task(p staff.Person) string {
	word := r.task(p, r.choices(p))
	if whom := r.For(p); whom != "" {
		word += "（代" + whom + "）"
	}
	return word
}

// For is whose it is where it waits for this person because they stand in for somebody;
// empty where it waits for themselves.
func (r Row) For(p staff.Person) string {
	if len(p.Stands) == 0 {
		return ""
	}
	for _, s := range p.Stands {
		if r.PersonID == s.ID {
			return s.Name
		}
	}
	whom := ""
	for _, c := range r.choices(p) {
		switch {
		case c.Hidden || c.Aside:
		case c.By.For.ID == 0:
			return ""
		case whom == "":
			whom = c.By.For.Name
		}
	}
	return whom
}

func (r Row) choices(p staff.Person) []workflow.Choice {
	return r.kind.Law.Choices(r.matter(p.Unit), workflow.ActorOf(p), time.Time{})
}

// LeftTo says that all that leads on here, of what this person may do, is as much the part
// of another role, whose it is first.
func (r Row) LeftTo(p staff.Person, role staff.Role) bool {
	leads := false
	for _, c := range r.choices(p) {
		if c.Why != "" || c.Hidden || c.Aside || !c.Leads {
			continue
		}
		if !r.kind.Law.Allows(role, c.Action) {
			return false
		}
		leads = true
	}
	return leads && p.Role != role
}

func (r Row) task(p staff.Person, choices []workflow.Choice) string {
	law := r.kind.Law
	if word := law.State(r.State).Task; word != "" && len(choices) > 0 {
		return word
	}
	if m, ok := law.First(r.matter(p.Unit), workflow.ActorOf(p), time.Time{}); ok && !m.Aside {
		return m.Label
	}
	for _, fits := range []func(workflow.Choice) bool{
		func(c workflow.Choice) bool { return c.To != "" && !c.Hard },
		func(c workflow.Choice) bool { return !c.Hard },
		func(workflow.Choice) bool { return true },
	} {
		for _, c := range choices {
			if c.Why == "" && !c.Hidden && !c.Aside && fits(c) {
				return c.Label
			}
		}
	}
	return law.State(r.State).Word
}

// matter is as much of the matter as its buttons need to be known.
func (r Row) matter(unit string) *workflow.Matter {
	m := &workflow.Matter{State: r.State, Flags: r.Flags}
	if unit != "" {
		part := "co"
		if r.Lead == unit {
			part = "lead"
		}
		// Who helps is asked for an opinion, whether or not they have signed.
		m.Assignments = []workflow.Assignment{{Unit: unit, Part: part, Signed: part == "co"}}
	}
	return m
}

// deskName is who has what no unit has; the office's own name is a setting.
const deskName = "监督办公室"

// Holder is who has a matter in hand now; empty when nobody has.
func (r Row) Holder() string {
	return r.kind.Holder(r.State, r.LeadName) + r.kind.inHand(r.State, r.Person)
}

// inHand is who of the unit that leads a matter has it in hand, after the unit's name.
func (k *Kind) inHand(s workflow.State, person string) string {
	if person == "" || k.Law.State(s).With != workflow.WithLead {
		return ""
	}
	return " " + person
}

// Holder is who has a matter in a state in hand, lead being the unit that leads it.
func (k *Kind) Holder(s workflow.State, lead string) string {
	switch k.Law.State(s).With {
	case workflow.WithLead:
		return lead
	case workflow.WithLeadHead:
		return lead + "负责人"
	case workflow.WithOutsider:
		return k.Law.Outsider
	case workflow.WithDesk:
		return deskName
	}
	// Else it is whoever's move the state is for.
	for i := range k.Law.Moves {
		if m := &k.Law.Moves[i]; m.Leads && !m.Quiet && m.To != s && slices.Contains(m.From, s) {
			return m.By[0].Title()
		}
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
