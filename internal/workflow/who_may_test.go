package workflow_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/kinds"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestWhoMayDoWhatIsWhatIsWrittenDown holds every table against testdata/who-may.txt: every
// state, action, role and relation that the engine knows, by what a page offers and by what
// is done under the lock.
func TestWhoMayDoWhatIsWhatIsWrittenDown(t *testing.T) {
	t.Parallel()
	written := readRules(t)
	for _, law := range kinds.Laws() {
		t.Run(string(law.Kind), func(t *testing.T) {
			t.Parallel()
			r := written[string(law.Kind)]
			if r == nil {
				t.Fatal("nothing is written down of it")
			}
			c := comparison{t: t, law: law, rules: r, wrong: map[string]int{}}
			c.run()
			for _, said := range slices.Sorted(maps.Keys(c.wrong)) {
				t.Errorf("%s (in %d relations)", said, c.wrong[said])
			}
			t.Logf("%d tuples of state, action, role and relation, %d of them allowed", c.tuples, c.allowed)
			if c.allowed == 0 {
				t.Error("nothing is allowed")
			}
		})
	}
}

// rules are what is written down of one register.
type rules struct {
	who    map[string]people
	grants []grant
	on     []condition
}

// people are who may do something: by their role, their unit's part in the matter, or theirs.
type people struct {
	roles []string
	unit  string   // lead, co or empty
	parts []string // of members
}

type grant struct {
	states  []string // nil is every one
	who     string
	action  string
	leads   []string
	clauses []string
	people  people
}

type condition struct {
	action, by string
	states     []string
	clauses    []string
}

func list(s string) (all []string) {
	for one := range strings.SplitSeq(s, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

func clauses(s string) (all []string) {
	for one := range strings.SplitSeq(s, ";") {
		all = append(all, strings.TrimSpace(one))
	}
	return all
}

func readRules(t *testing.T) map[string]*rules {
	t.Helper()
	text, err := os.ReadFile("testdata/who-may.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*rules{}
	var r *rules
	var states []string
	for n, line := range strings.Split(string(text), "\n") {
		trimmed := strings.TrimSpace(line)
		head, rest, _ := strings.Cut(trimmed, " ")
		switch {
		case strings.HasPrefix(trimmed, "#") || trimmed == "" || r == nil && head != "register":
		case head == "register":
			r = &rules{who: map[string]people{}}
			all[rest] = r
		case head == "in":
			if states = list(rest); rest == "*" {
				states = nil
			}
		case head == "on":
			subject, what, _ := strings.Cut(rest, ":")
			c := condition{clauses: clauses(what)}
			c.action, subject, _ = strings.Cut(subject, " ")
			if by, is := strings.CutPrefix(subject, "by "); is {
				c.by = by
			}
			if in, is := strings.CutPrefix(subject, "in "); is {
				c.states = list(in)
			}
			r.on = append(r.on, c)
		case strings.Contains(trimmed, " = ") || strings.Contains(trimmed, "  = "):
			name, is, _ := strings.Cut(trimmed, "=")
			who := people{}
			roles, of, _ := strings.Cut(strings.TrimSpace(is), " of ")
			roles, as, _ := strings.Cut(roles, " as ")
			who.roles, who.unit, who.parts = list(roles), strings.TrimSpace(of), list(as)
			r.who[strings.TrimSpace(name)] = who
		default:
			who, what, ok := strings.Cut(trimmed, ": ")
			if !ok {
				t.Fatalf("line %d: %s", n+1, line)
			}
			for one := range strings.SplitSeq(what, ", ") {
				g := grant{states: states, who: who}
				one, inline, conditional := strings.Cut(strings.TrimSuffix(one, "]"), "[")
				if conditional {
					g.clauses = clauses(inline)
				}
				action, leads, _ := strings.Cut(one, "→")
				g.action = action
				if leads != "" {
					g.leads = strings.Split(leads, "|")
				}
				r.grants = append(r.grants, g)
			}
		}
	}
	return all
}

// relation is how somebody stands to a matter, and the matter to the world.
type relation struct {
	unit   string // of the actor: lead, co or another
	part   string
	did    string // the action that they did last
	before string // that they did in the round before
	stands string // for a head of their unit: "may know" or "may not know"; with did it is the head who did it
	flags  []string
	terms  map[clock.Code]string // what is not as usual, which is running and to be extended: none, over, used, full
	often  string                // an action that was done as often today as it may be
}

func (r relation) String() string {
	return fmt.Sprintf("unit %q part %q did %q before %q stands %q flags %v terms %v often %q", r.unit, r.part, r.did, r.before, r.stands, r.flags, r.terms, r.often)
}

const (
	me    = 7
	chief = 8
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// comparison is one register under way.
type comparison struct {
	t               *testing.T
	law             *workflow.Table
	rules           *rules
	tuples, allowed int
	wrong           map[string]int
	actions         []workflow.Action
	clocks          []clock.Code
	grants          map[string]map[string][]grant // by state and action, with their people and all their clauses
}

func (c *comparison) run() {
	named := func(yes func(clause string) (string, bool)) (found []string) {
		add := func(all []string) {
			for _, clause := range all {
				if rest, ok := yes(clause); ok {
					found = append(found, list(strings.ReplaceAll(rest, " or ", ","))...)
				}
			}
		}
		for _, on := range c.rules.on {
			add(on.clauses)
		}
		for _, g := range c.rules.grants {
			add(g.clauses)
		}
		return found
	}
	prefix := func(p ...string) func(string) (string, bool) {
		return func(clause string) (string, bool) {
			for _, one := range p {
				if rest, ok := strings.CutPrefix(clause, one+" "); ok {
					return rest, true
				}
			}
			return "", false
		}
	}
	flags, did, before := named(prefix("if", "unless")), named(prefix("not")), named(prefix("nor before"))
	clocks := named(prefix("until", "after", "extends", "pauses"))
	parts := []string{""}
	for _, who := range c.rules.who {
		parts = append(parts, who.parts...)
	}
	// And what the table names that is not written down.
	for flag := range c.law.Flags {
		flags = append(flags, strings.TrimPrefix(flag, "!"))
	}
	acts := map[string]bool{}
	for _, m := range c.law.Moves {
		if !acts[string(m.Action)] {
			acts[string(m.Action)] = true
			c.actions = append(c.actions, m.Action)
		}
		flags = append(flags, m.Never...)
		flags = append(flags, m.Only...)
		parts = append(parts, m.Parts...)
		for _, a := range m.NotBy {
			did = append(did, string(a))
		}
		for _, a := range m.Anew {
			before = append(before, string(a))
		}
		for _, code := range slices.Concat(m.Extends, m.Pauses, []clock.Code{m.Within.Clock, m.After.Clock}) {
			if code != "" {
				clocks = append(clocks, string(code))
			}
		}
	}
	for _, g := range c.rules.grants { // what is written down and no table has
		if !acts[g.action] {
			acts[g.action] = true
			c.actions = append(c.actions, workflow.Action(g.action))
		}
	}
	unique := func(all []string) []string { slices.Sort(all); return slices.Compact(all) }
	flags, did, before, clocks, parts = unique(flags), unique(did), unique(before), unique(clocks), unique(parts)
	for _, code := range clocks {
		c.clocks = append(c.clocks, clock.Code(code))
	}
	c.grants = map[string]map[string][]grant{}
	for _, info := range c.law.States {
		state := string(info.State)
		c.grants[state] = map[string][]grant{}
		for _, g := range c.rules.grants {
			if g.states == nil || slices.Contains(g.states, state) {
				g.people, g.clauses = c.people(g.who), c.clauses(g, state)
				c.grants[state][g.action] = append(c.grants[state][g.action], g)
			}
		}
	}
	c.roles(c.relations(flags, did, before), parts)
}

// relations are all ways to stand to a matter that say something else: nothing said of it, each
// fact alone, all facts, and what each action wants, with each of its own conditions more or
// less; and with these everything that somebody may have done, and every end of a term.
func (c *comparison) relations(flags, did, before []string) (all []relation) {
	without := func(all []string, one string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(f string) bool { return f == one })
	}
	seen := map[string]bool{}
	add := func(r relation) {
		slices.Sort(r.flags)
		r.flags = slices.Compact(r.flags)
		if key := r.String(); !seen[key] {
			seen[key] = true
			all = append(all, r)
		}
	}
	add(relation{})
	add(relation{flags: slices.Clone(flags)})
	for _, f := range flags {
		add(relation{flags: []string{f}})
	}
	wants := func(set, bars []string, personal, termed bool) {
		add(relation{flags: set})
		for _, f := range slices.Concat(set, bars) {
			add(relation{flags: append(slices.Clone(set), f)})
			add(relation{flags: without(set, f)})
		}
		for _, stands := range []string{"", "may know", "may not know"} {
			add(relation{flags: set, stands: stands})
			for _, a := range did {
				if personal {
					add(relation{flags: set, stands: stands, did: a})
				}
			}
			for _, a := range before {
				if personal {
					add(relation{flags: set, stands: stands, before: a})
				}
			}
		}
		for _, how := range []string{"none", "over", "used", "full"} {
			every := map[clock.Code]string{}
			for _, code := range c.clocks {
				every[code] = how
			}
			for _, but := range c.clocks {
				if termed { // one alone is otherwise, and one alone is as it should be
					one := maps.Clone(every)
					delete(one, but)
					add(relation{flags: set, terms: every})
					add(relation{flags: set, terms: one})
					add(relation{flags: set, terms: map[clock.Code]string{but: how}})
				}
			}
		}
	}
	for _, m := range c.law.Moves {
		wants(m.Only, m.Never, len(m.NotBy)+len(m.Anew) > 0, len(m.Extends)+len(m.Pauses) > 0 || m.Within.Clock+m.After.Clock != "")
	}
	for _, g := range c.rules.grants {
		sets, bars, personal, termed := [][]string{nil}, []string{}, false, false
		for _, clause := range c.clauses(g, "") {
			switch word, rest, _ := strings.Cut(clause, " "); word {
			case "if":
				var more [][]string
				for one := range strings.SplitSeq(rest, " or ") {
					for _, set := range sets {
						more = append(more, append(slices.Clone(set), one))
					}
				}
				sets = more
			case "unless":
				bars = append(bars, rest)
			case "not", "nor":
				personal = true
			default:
				termed = true
			}
		}
		for _, set := range sets {
			wants(set, bars, personal, termed)
		}
	}
	for _, m := range c.law.Moves {
		if m.Often.Most > 0 {
			add(relation{often: string(m.Action)})
		}
	}
	return all
}

// roles go through everybody in each state.
func (c *comparison) roles(relations []relation, parts []string) {
	for _, info := range c.law.States {
		for _, role := range append(staff.Roles(), staff.Complainant, staff.Member, staff.System) {
			units, as := []string{"another"}, []string{""}
			switch role {
			case staff.Handler, staff.UnitHead:
				units = []string{"another", "lead", "co"}
			case staff.Member:
				as = parts
			}
			concerned := slices.ContainsFunc(c.law.Moves, func(m workflow.Move) bool { return slices.Contains(m.By, role) }) ||
				slices.ContainsFunc(c.rules.grants, func(g grant) bool { return slices.Contains(c.people(g.who).roles, string(role)) })
			for i, r := range relations {
				nobody := role.Outside() || role == staff.System // of whom nobody else is told apart
				if i > 0 && !concerned || r.stands != "" && role != staff.Handler || nobody && r.did+r.before != "" && i%8 > 0 {
					continue
				}
				for _, unit := range units {
					for _, part := range as {
						r.unit, r.part = unit, part
						c.compare(info.State, role, r)
					}
				}
			}
		}
	}
}

// compare holds all actions against each other that somebody may do in a state.
func (c *comparison) compare(state workflow.State, role staff.Role, r relation) {
	m := &workflow.Matter{State: state, Flags: slices.Clone(r.flags), LastBy: map[workflow.Action]int64{}, Before: map[workflow.Action][]int64{},
		Terms: map[clock.Code]workflow.ClockTerm{}, Today: map[workflow.Action]int{},
		Assignments: []workflow.Assignment{{Unit: "lead", Part: "lead"}, {Unit: "co", Part: "co"}}}
	by := workflow.Actor{StaffID: me, Role: role, Unit: r.unit, Part: r.part}
	if role.Outside() || role == staff.System {
		by.StaffID = 0
	}
	doer := int64(me)
	if r.stands != "" {
		stand := staff.Stand{ID: chief, Name: "负责人甲", Role: staff.UnitHead, Unit: r.unit}
		by.Stands = []staff.Stand{stand}
		if r.stands == "may know" {
			m.Flags = append(m.Flags, stand.Flag())
		}
		doer = chief
	}
	if r.did != "" {
		m.LastBy[workflow.Action(r.did)] = doer
	}
	if r.before != "" {
		m.Before[workflow.Action(r.before)] = []int64{doer}
	}
	for _, code := range c.clocks {
		term := workflow.ClockTerm{Started: now.Add(-time.Hour), Due: now.Add(time.Hour), Running: true, More: 5}
		switch r.terms[code] {
		case "none":
			continue
		case "over":
			term.Due = now
		case "used":
			term.Running = false
		case "full":
			term.More = 0
		}
		m.Terms[code] = term
	}
	if r.often != "" {
		m.Today[workflow.Action(r.often)] = 100
	}
	offered := map[workflow.Action]map[string]bool{}
	for _, choice := range c.law.Choices(m, by, now) {
		if choice.Why == "" {
			if offered[choice.Action] == nil {
				offered[choice.Action] = map[string]bool{}
			}
			for _, to := range leads(choice.Move) {
				offered[choice.Action][to] = true
			}
		}
	}
	for _, action := range c.actions {
		c.tuples++
		if offered[action] == nil && c.grants[string(state)][string(action)] == nil && c.tuples%97 > 0 {
			continue
		}
		written, may := c.written(string(state), string(action), role, by, r)
		got, is := offered[action]
		if may || is {
			c.allowed++
		}
		at := fmt.Sprintf("%s in %s by %s", action, state, role)
		switch {
		case may && !is:
			c.say(at+" is written down and not offered", r)
		case is && !may:
			c.say(at+" is offered and not written down", r)
		case may && !maps.Equal(got, written):
			c.say(fmt.Sprintf("%s leads to %v and is written down to %v", at, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(written))), r)
		}
		if is || c.tuples%97 == 0 {
			if err := c.law.May(m, workflow.Act{Action: action, By: by}, now); (err == nil) != is {
				c.say(fmt.Sprintf("%s is offered %v, and under the lock it is %v", at, is, err), r)
			}
		}
	}
}

func (c *comparison) say(what string, r relation) {
	if c.wrong[what]++; c.wrong[what] == 1 {
		c.t.Logf("%s: first with %s", what, r)
	}
}

// leads are where a move may lead to: where it leads by itself, and what its effect chooses from.
func leads(m workflow.Move) (all []string) {
	for _, to := range m.MayLead {
		all = append(all, string(to))
	}
	if m.To != "" || len(all) == 0 {
		all = append(all, string(m.To))
	}
	return all
}

func (c *comparison) people(who string) people {
	if named, ok := c.rules.who[who]; ok {
		return named
	}
	return people{roles: []string{who}}
}

// clauses are all conditions of a grant, in a state; in any where none is given.
func (c *comparison) clauses(g grant, state string) []string {
	all := slices.Clone(g.clauses)
	for _, on := range c.rules.on {
		if on.action == g.action && (on.by == "" || on.by == g.who) && (state == "" || on.states == nil || slices.Contains(on.states, state)) {
			all = append(all, on.clauses...)
		}
	}
	return all
}

// written says whether the written rules let somebody do something, and where it leads.
func (c *comparison) written(state, action string, role staff.Role, by workflow.Actor, r relation) (map[string]bool, bool) {
	var leads map[string]bool
	for _, g := range c.grants[state][action] {
		fits := func(as string) bool {
			return slices.Contains(g.people.roles, as) && (g.people.unit == "" || g.people.unit == r.unit) && (as != "member" || len(g.people.parts) == 0 || slices.Contains(g.people.parts, r.part))
		}
		// Whoever stands in has the other's right beside their own, where that one may know of
		// the matter; and leaves to others what either of them has to.
		own := fits(string(role))
		if !own && !(r.stands == "may know" && fits(string(staff.UnitHead))) {
			continue
		}
		if !c.all(action, g.clauses, r, by.StaffID != 0 && (r.stands == "" || !own)) {
			continue
		}
		if leads == nil {
			leads = map[string]bool{}
		}
		if len(g.leads) == 0 {
			leads[""] = true
		}
		for _, to := range g.leads {
			if to != "stays" {
				leads[to] = true
			}
		}
	}
	return leads, leads != nil
}

// all says whether all clauses hold; theirs, that what was done counts against them.
func (c *comparison) all(action string, clauses []string, r relation, theirs bool) bool {
	term := func(code string) (has, running, over, full bool) {
		how := r.terms[clock.Code(code)]
		return how != "none", how != "used", how == "over", how == "full"
	}
	for _, clause := range clauses {
		word, rest, _ := strings.Cut(clause, " ")
		holds := true
		switch word {
		case "if":
			holds = slices.ContainsFunc(strings.Split(rest, " or "), func(f string) bool { return slices.Contains(r.flags, f) })
		case "unless":
			holds = !slices.Contains(r.flags, rest)
		case "not":
			holds = !(theirs && slices.Contains(list(rest), r.did))
		case "nor":
			holds = !(theirs && slices.Contains(list(strings.TrimPrefix(rest, "before ")), r.before))
		case "until":
			has, running, over, _ := term(rest)
			holds = !has || running && !over
		case "after":
			has, running, over, _ := term(rest)
			holds = !has || !running || over
		case "extends", "pauses":
			holds = slices.ContainsFunc(list(rest), func(code string) bool {
				has, running, over, full := term(code)
				return has && running && !over && !(full && word == "extends")
			})
		case "at": // most so many a day
			holds = r.often != action
		default:
			c.t.Fatalf("no such clause: %q", clause)
		}
		if !holds {
			return false
		}
	}
	return true
}
