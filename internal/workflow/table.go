// Package workflow moves matters by the law's own table: every move is one row
// of a table, one guarded transaction and one recorded event. It knows no case
// noun; complaint and discipline bring their tables and their own effects.
package workflow

import (
	"slices"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/staff"
)

// Kind is what sort of matter a table governs.
type Kind string

// State is where a matter stands; the text is what the database keeps.
type State string

// Action is what may be done to a matter; the last part of a move's URL.
type Action string

// Role is who may do it.
type Role = staff.Role

// StateInfo is how a state is said and shown.
type StateInfo struct {
	State State
	Word  string // the word of its tag, look.md's table
	Ended bool   // no clock runs and the matter counts as closed
}

// UnitRule says of which unit a staff member must be.
type UnitRule int

const (
	AnyUnit  UnitRule = iota
	LeadUnit          // the unit that leads the matter now
	CoUnit            // a unit that helps it now
)

// InputKind is how a need is asked for.
type InputKind int

const (
	AskText   InputKind = iota // several lines
	AskLine                    // one line
	AskChoice                  // one of Options
	AskUnit                    // one unit of the directory
	AskUnits                   // any number of units
	AskDate                    // three boxes
)

// Option is one choice of a need; those of one group stand under its heading.
type Option struct{ Value, Label, Group string }

// Need is something a move asks of the person who does it.
type Need struct {
	Name     string // the field's name
	Label    string
	Hint     string
	Kind     InputKind
	Options  []Option
	Max      int // characters
	Optional bool
	Ask      string // what is said when it is missing
}

// Tell is a letter that a move sends.
type Tell struct {
	Template string
	To       string // complainant, unit or desk
}

// Move is one row of the law.
type Move struct {
	Action  Action
	Label   string // the button: a verb and its object
	Effect  string // the consequence, said beside the button
	From    []State
	To      State // empty: the state stays
	By      []Role
	Unit    UnitRule
	NotBy   []Action // whoever last did one of these may not do this
	Only    []string // flags that must be set
	Never   []string // flags that bar it
	Sets    []string
	Clears  []string
	Needs   []Need
	Stops   []clock.Code
	Starts  []clock.Code
	Tells   []Tell
	Issues  string // the official document that is numbered and frozen
	Public  string // the sentence in the complainant's timeline; {name} is filled from the move's words
	Hard    bool   // cannot be undone
	Hidden  bool   // has its own page or is done by the system: no button
	Heading string // how the timeline heads it; the label when empty
}

// Table is the law of one kind of matter.
type Table struct {
	Kind   Kind
	Title  string
	States []StateInfo
	Moves  []Move
	Flags  map[string]string // flag → why it bars a move, in Chinese
}

// State is how a state is said; the zero StateInfo when unknown.
func (t *Table) State(s State) StateInfo {
	for _, info := range t.States {
		if info.State == s {
			return info
		}
	}
	return StateInfo{State: s, Word: string(s)}
}

// Rows are the moves named a; an action may stand in several rows.
func (t *Table) Rows(a Action) []Move {
	var rows []Move
	for _, m := range t.Moves {
		if m.Action == a {
			rows = append(rows, m)
		}
	}
	return rows
}

// Clocks are the rules that the table's moves start or stop: without one in
// force its clock does not run, which is an alarm.
func (t *Table) Clocks() []clock.Code {
	var all []clock.Code
	for _, m := range t.Moves {
		all = append(append(all, m.Starts...), m.Stops...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Has says whether any row is named a.
func (t *Table) Has(a Action) bool { return len(t.Rows(a)) > 0 }

// Actor is who does a move.
type Actor struct {
	StaffID int64
	Name    string
	Role    Role
	Unit    string
}

// Assignment is a unit's part in a matter.
type Assignment struct {
	Unit   string
	Part   string // lead or co
	Signed bool
}

// Matter is what the engine knows of a matter of any kind.
type Matter struct {
	ID          int64
	Kind        Kind
	Number      string
	State       State
	Unit        string // whom it is about; empty is 待定
	Category    string
	Title       string
	Flags       []string
	Seq         int64
	Head        []byte
	Assignments []Assignment
	LastBy      map[Action]int64 // who last did each action
}

// Has says whether a flag is set.
func (m *Matter) Has(flag string) bool { return slices.Contains(m.Flags, flag) }

func (m *Matter) holds(rule UnitRule, unit string) bool {
	for _, a := range m.Assignments {
		if a.Unit == unit && (rule == LeadUnit && a.Part == "lead" || rule == CoUnit && a.Part == "co") {
			return true
		}
	}
	return rule == AnyUnit
}

// Choice is a move that fits a person and a state; Why says what still bars it.
type Choice struct {
	Move
	Why string
}

// Choices are the buttons of a page: what this person may do to this matter
// now, and what they nearly may.
func (t *Table) Choices(m *Matter, by Actor) []Choice {
	var out []Choice
	for _, row := range t.Moves {
		if slices.Contains(row.From, m.State) && slices.Contains(row.By, by.Role) && m.holds(row.Unit, by.Unit) {
			out = append(out, Choice{row, t.bar(row, m, by)})
		}
	}
	return out
}

// bar says why a move that fits the state and the role may still not be done.
func (t *Table) bar(row Move, m *Matter, by Actor) string {
	for _, flag := range row.Never {
		if m.Has(flag) {
			return t.Flags[flag]
		}
	}
	for _, flag := range row.Only {
		if !m.Has(flag) {
			return t.Flags["!"+flag]
		}
	}
	for _, action := range row.NotBy {
		if by.StaffID != 0 && m.LastBy[action] == by.StaffID {
			return "“" + t.label(action) + "”是您做的，这一步要由另一个人做。"
		}
	}
	return ""
}

// Allows says whether the table ever lets that role do that action.
func (t *Table) Allows(role Role, a Action) bool {
	return slices.ContainsFunc(t.Rows(a), func(m Move) bool { return slices.Contains(m.By, role) })
}

// Heading is how a timeline heads an action.
func (t *Table) Heading(a Action) string {
	if rows := t.Rows(a); len(rows) > 0 && rows[0].Heading != "" {
		return rows[0].Heading
	}
	return t.label(a)
}

func (t *Table) label(a Action) string {
	if rows := t.Rows(a); len(rows) > 0 {
		return rows[0].Label
	}
	return string(a)
}

// fill puts the words of a move into its public sentence.
func fill(sentence string, words map[string]string) string {
	var pairs []string
	for name, word := range words {
		pairs = append(pairs, "{"+name+"}", word)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}
