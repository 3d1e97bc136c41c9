package workflow

import (
	"fmt"
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
)

// Lint is what is wrong with a table, in sentences for whoever writes it: a state
// that is never reached or never left, one that waits for ever on an outsider, a
// clock that nobody stops, a flag that bars a move without a word, a letter without
// words. What a register declares beside it has a lint of its own, by which every process
// asks this one at its start.
func (t *Table) Lint() []string {
	l := &lint{table: t}
	if !slices.Contains([]Relation{Accused, Owner, None}, t.Unit) {
		l.say("its relation to a unit is %q", t.Unit)
	}
	for _, s := range t.States {
		l.state(s)
	}
	for _, m := range t.Moves {
		l.move(m)
	}
	l.clocks()
	return l.said
}

type lint struct {
	table *Table
	said  []string
}

func (l *lint) say(format string, args ...any) {
	l.said = append(l.said, string(l.table.Kind)+": "+fmt.Sprintf(format, args...))
}

func (l *lint) state(s StateInfo) {
	if s.Word == "" || s.Sign == "" || s.Phase < UnderWay || s.Phase > Over {
		l.say("%s has no word, no sign or no phase", s.State)
	}
	if s.With == WithOutsider && l.table.Outsider == "" {
		l.say("%s waits for an outsider, and nothing says what they are called", s.State)
	}
	entered := slices.ContainsFunc(l.table.Moves, func(m Move) bool { return m.To == s.State || slices.Contains(m.MayLead, s.State) })
	if !entered {
		l.say("nothing enters %s", s.State)
	}
	// By the office, by a unit or by the calendar: an outsider need not come back.
	left := slices.ContainsFunc(l.table.Moves, func(m Move) bool {
		return slices.Contains(m.From, s.State) && (m.To != "" && m.To != s.State || slices.ContainsFunc(m.MayLead, func(to State) bool { return to != s.State })) &&
			slices.ContainsFunc(m.By, func(r Role) bool { return !r.Outside() })
	})
	if !left && !s.Ended() {
		l.say("%s is left by nobody but an outsider, if at all", s.State)
	}
}

func (l *lint) move(m Move) {
	for _, s := range append(slices.Concat(m.From, m.MayLead), m.To) {
		if s != "" && !slices.ContainsFunc(l.table.States, func(info StateInfo) bool { return info.State == s }) {
			l.say("%s names the state %s, which there is not", m.Action, s)
		}
	}
	if slices.ContainsFunc(m.By, staff.Role.Outside) && l.table.Outsider == "" {
		l.say("%s is an outsider's, and nothing says what they are called", m.Action)
	}
	if len(m.Parts) > 0 && !slices.Contains(m.By, staff.Member) {
		l.say("%s is for some members, and members do not do it", m.Action)
	}
	if len(m.By) == 0 || m.Label == "" {
		l.say("%s is nobody's or has no label", m.Action)
	}
	for _, flag := range m.Never {
		if l.table.Flags[flag] == "" {
			l.say("%s is never done with %s, and nothing says why: it would be allowed", m.Action, flag)
		}
	}
	for _, flag := range m.Only {
		if l.table.Flags["!"+flag] == "" {
			l.say("%s is only done with %s, and nothing says why not: it would be allowed", m.Action, flag)
		}
	}
	for _, a := range slices.Concat(m.NotBy, m.Anew) {
		if !l.table.Has(a) {
			l.say("%s is not for whoever did %s, which there is not", m.Action, a)
		}
	}
	if m.Decides && m.Seen == "" && m.Over == "" {
		l.say("%s decides on a draft, and nothing says which one was read", m.Action)
	}
	if over := l.table.Seen[m.Over]; m.Over != "" && (m.Seen != "" || over.SQL == "" || over.Changed == "") {
		l.say("%s is filled in over %s, and nothing says what that is, or it binds something as well", m.Action, m.Over)
	}
	if m.Many && (m.Seen != "" || m.Decides || m.Apart || m.Hidden || len(m.Extends)+len(m.Pauses) > 0) {
		l.say("%s is done to many at once, and binds something that is read one by one", m.Action)
	}
	if m.Seen != "" && (l.table.Seen[m.Seen].SQL == "" || l.table.Seen[m.Seen].Changed == "") {
		l.say("%s binds %s, and nothing says what that is or that it has changed", m.Action, m.Seen)
	}
	if m.Often.Most > 0 && m.Often.Said == "" {
		l.say("%s is bounded a day and does not say so", m.Action)
	}
	for _, term := range []Term{m.Within, m.After} {
		if term.Clock != "" && term.Over == "" {
			l.say("%s hangs on %s and does not say so", m.Action, term.Clock)
		}
	}
	if m.Within.Clock != "" && m.Within.Used == "" {
		l.say("%s does not say that it has been done", m.Action)
	}
	for _, n := range m.Needs {
		if n.Label == "" || n.Ask == "" && !n.Optional {
			l.say("%s asks for %s without a word", m.Action, n.Name)
		}
		if closed := n.Kind == AskChoice || n.Kind == AskUnit || n.Kind == AskUnits; closed && len(n.Options) == 0 && n.From == "" {
			l.say("%s offers nothing to choose for %s", m.Action, n.Name)
		}
	}
	if (m.Timed.Clock != "" || m.Timed.Fact != "") && !slices.Equal(m.By, []Role{staff.System}) {
		l.say("%s is timed and not the system's", m.Action)
	}
	flips := slices.ContainsFunc(m.Sets, func(f string) bool { return slices.Contains(m.Never, f) }) || slices.ContainsFunc(m.Clears, func(f string) bool { return slices.Contains(m.Only, f) })
	if fact := m.Timed.Fact; fact != "" && (l.table.Facts[fact] == "" || !flips && (m.To == "" || slices.Contains(m.From, m.To))) {
		l.say("%s is due while %q holds, which is no fact, or would be done for ever", m.Action, fact)
	}
	for _, tell := range m.Tells {
		if tellsMembers(tell) && slices.ContainsFunc(m.By, Role.Outside) {
			l.say("%s is an outsider's and tells members: the portal does not know whom a letter reaches", m.Action)
		}
		if !letter.Worded(tell.Template, tell.To) {
			l.say("%s sends %s to %s, which has no words", m.Action, tell.Template, tell.To)
		}
	}
}

// right says that a clock is somebody's term to do something, and owes them nothing.
func (l *lint) right(code clock.Code) bool {
	return slices.ContainsFunc(l.table.Moves, func(m Move) bool { return m.Within.Clock == code || m.After.Clock == code || m.Timed.Clock == code })
}

// clocks that are started must be stopped, by a move or by the end; those that run
// on in an ended state because a right does must still be used there.
func (l *lint) clocks() {
	starts := map[clock.Code]Action{}
	for _, m := range l.table.Moves {
		for _, code := range slices.Concat(m.Starts, m.Arrives, m.MayStart) {
			starts[code] = m.Action
		}
	}
	for _, m := range l.table.Moves {
		for _, code := range []clock.Code{m.Within.Clock, m.After.Clock, m.Timed.Clock} {
			if code != "" && starts[code] == "" {
				l.say("%s hangs on %s, which nothing starts", m.Action, code)
			}
		}
	}
	for code := range l.table.Owes { // an effect may start one that the moves only stop
		if !slices.Contains(l.table.Clocks(), code) {
			l.say("it owes something when %s ends, which no move starts or stops", code)
		}
	}
	for code, by := range starts {
		if l.table.Outsiders() && l.table.Owes[code] == "" && !l.right(code) {
			l.say("%s, which %s starts, does not say what an outsider is owed when it ends", code, by)
		}
	}
	if len(starts) > 0 && !l.table.Has(Recount) {
		l.say("it starts clocks, and nothing recounts them when the calendar changes")
	}
	for _, m := range l.table.Moves {
		for _, code := range m.Stops {
			delete(starts, code)
		}
	}
	for code, by := range starts {
		l.say("%s, which %s starts, is stopped by nothing", code, by)
	}
}
