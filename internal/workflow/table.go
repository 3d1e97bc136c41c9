// Package workflow moves matters by the law's own table: every move is one row
// of a table, one guarded transaction and one recorded event. It knows no case
// noun; complaint and discipline bring their tables and their own effects.
package workflow

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
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

// Relation is what the unit of a matter is to it; the table matter_kind has the
// same words. It decides who may know of the matter: see staff.Scope.
type Relation string

// The relations.
const (
	Accused Relation = "accused" // it is about that unit, which is barred from it
	Owner   Relation = "owner"   // that unit works on it
	None    Relation = "none"    // it has no unit, or one that says nothing
)

// Phase is how far a matter is; the table matter_state has the same numbers.
type Phase int

// The phases.
const (
	UnderWay Phase = 1
	Waiting  Phase = 2 // for an outsider: its date is theirs, not the office's
	Over     Phase = 3 // no clock runs but what Table.keeps
)

// StateInfo is how a state is said and shown.
type StateInfo struct {
	State  State
	Word   string // the word of its tag, look.md's table
	Sign   Sign   // the shape beside it
	Phase  Phase
	With   Holder
	Task   string // what it asks of whom it waits for, where it offers several ways; else the move that leads on
	Doing  string // what is being done, as the complainant reads it, or whoever it is not up to
	Stands string // how far what the matter is about has come, where that is shown beside other steps
}

// Sign says what a state's shape says; internal/view draws each.
type Sign string

// The signs.
const (
	ToBegin  Sign = "begin"   // nobody has begun
	AtWork   Sign = "work"    // somebody works on it
	Asking   Sign = "ask"     // it wants somebody's attention
	Met      Sign = "met"     // what was due is done
	Shown    Sign = "shown"   // it stands in public
	Finished Sign = "closed"  // closed
	Refused  Sign = "refused" // not taken up, or taken back
	HandedOn Sign = "handed"  // with another body
	Sealed   Sign = "sealed"  // what is closed was opened
)

// Holder is who has a matter in hand.
type Holder string

// The holders; nobody is the zero Holder.
const (
	WithDesk     Holder = "desk"
	WithLead     Holder = "lead"
	WithLeadHead Holder = "lead head"
	WithOutsider Holder = "outsider"
)

// Ended says that the matter counts as closed.
func (s StateInfo) Ended() bool { return s.Phase == Over }

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
	AskUnits                   // any number of units, or of what else its source has
	AskDate                    // three boxes
)

// Option is one choice of a need; those of one group stand under its heading.
type Option struct {
	Value, Label, Group string
	Track               string // of matters of this track alone; empty: of all
	Basis               string // the article of the table of laws on which a decision stands that chooses it; empty: on none of its own
}

// Source is where the choices of a need come from, when they are no closed list.
type Source string

// The sources.
const (
	FromHandling     Source = "handling"     // units that answer, the barred ones shown with why
	FromComplainable Source = "complainable" // units that a complaint may name
	FromHelpers      Source = "helpers"      // those that help with it; of no matter in particular, any
	FromCategories   Source = "categories"
	FromBars         Source = "bars"       // who was named on it and may be let in again
	FromTerms        Source = "terms"      // the terms of it that may still be extended
	FromGrounds      Source = "grounds"    // on what its terms may stand still
	FromColleagues   Source = "colleagues" // those of the reader's unit
	FromPromises     Source = "promises"   // what of it is promised and not settled
	FromArticles     Source = "articles"   // of the table of laws, those usual for its category first
	FromBodies       Source = "bodies"     // bodies outside; one that is not there may be written
	FromMatter       Source = "matter"     // what the matter itself has to choose from, as its register reads it
)

// DayRule is what a date must be.
type DayRule int

const (
	AnyDay  DayRule = iota
	ToCome          // a day still to come: it is promised or demanded
	HasCome         // a day that has come: something happened on it
	NotPast         // today or later: something is to happen on it
)

// Need is something a move asks of the person who does it.
type Need struct {
	Name     string // the field's name
	Label    string
	Hint     string
	Kind     InputKind
	Options  []Option
	From     Source
	Day      DayRule // of a date
	Reach    int     // months ahead, beyond which a day is asked about: 12 unless given
	Repair   string  // how to mend a date that breaks its rule
	Max      int     // characters
	Optional bool
	Doubt    bool     // put only when the other answers raise it
	Only     []string // put only where these flags are set
	Ask      string   // what is said when it is missing
	Or       string   // may stay empty where that need is answered instead, or the move stands on an article already
	Said     string   // how the answer stands in the public sentence; {} is its word. Empty: the word alone
}

// Term is the term of somebody's right, which ends on its day and by nothing else.
type Term struct {
	Clock clock.Code
	Over  string // said when it has run out; {day} is its last day
	Used  string // said when it has been used
}

// Timed makes a move the system's, done some days before a clock is over, or
// with 0 when it is: then not sooner after the move that told of it than that one
// comes before the end.
type Timed struct {
	Clock  clock.Code
	Before int
	Rung   clock.Rung // instead: once the clock has come to this rung of the ladder, anew when its day moves or another unit has the matter
	Told   Action
	Daily  bool   // once for each last day, also when the clock began anew meanwhile: the matter itself says that day
	Fact   string // of the table: due as soon as it holds, wherever the clock stands, and also where there is none
	Effect Effect // what it does beside its row; what people do has its effect from its register
}

// Often is how many times a day an outsider may do a move to one matter, so that
// one captcha cannot bury the desk; the zero Often is no bound.
type Often struct {
	Most int
	Said string // when it was done that often
}

// UnitMark is what a move notes of the part that the actor's unit has in a matter.
type UnitMark string

// The marks.
const (
	MarkSigned  UnitMark = "signed"
	MarkOpinion UnitMark = "opinion"
)

// Withheld is what a handling unit's staff do not read of a move in an accused
// register, beside all that was noted before the unit had the matter.
type Withheld int

const (
	WithheldNothing Withheld = iota
	WithheldWords            // its public sentence
	WithheldEarlier          // the whole of it, unless it is their own or was done since they have it
	WithheldWhole
)

// Seen is something that a person must have read before a move binds it, known by
// a value that changes with it.
type Seen struct {
	SQL     string // the value for a matter m, as text
	Changed string // said when it is another by now; {now} is its value
}

// Tell is a letter that a move sends.
type Tell struct {
	Template string
	To       string // complainant, member, unit or desk
}

// Move is one row of the law.
type Move struct {
	Action   Action
	Label    string // the button: a verb and its object
	Effect   string // the consequence, said beside the button
	Done     string // said once it is done
	From     []State
	To       State   // empty: the state stays
	MayLead  []State // its effect leads to one of them where it applies
	By       []Role
	Unit     UnitRule
	Parts    []string // of members: those who have one of these parts in the matter; all where it names none
	NotBy    []Action // whoever last did one of these may not do this
	Anew     []Action // nor whoever did one of these in the round before the matter was last begun afresh
	Within   Term     // the right's term that must still run
	After    Term     // the term of somebody else's that must be over; Over is said while it is not
	Timed    Timed    // the system does it by the calendar
	Often    Often    // how often a day
	Seen     string   // the name in Table.Seen of what must have been read
	Over     string   // of what its form was filled in over: a form that has it must have the newest
	Only     []string // flags that must be set
	Never    []string // flags that bar it
	Sets     []string
	Clears   []string
	Needs    []Need
	Stops    []clock.Code
	Starts   []clock.Code // a clock that it also stops begins no later than it did before
	MayStart []clock.Code // its effect starts them where they apply
	Extends  []clock.Code // its effect extends one of them, while it runs and its day is not over
	Pauses   []clock.Code // its effect pauses those of them that run
	Arrives  []clock.Code // start on the next working day, on which what was sent counts as received
	Marks    UnitMark     // what it notes of the actor's unit
	Gives    bool         // gives the matter to the units that its needs lead and co name
	Recalls  bool         // takes the matter back from every unit that has it
	Writes   bool         // writes words that a search finds the matter by: it is indexed again
	Tells    []Tell
	Decides  bool     // on a draft: its button stands on the page, too, where that is read
	Basis    []string // the articles of the table of laws on which it stands by itself; its needs may ask for others
	Issues   string   // the official document that is numbered and frozen
	Delivers string   // how that reaches whom it is for with this very move; empty: a move of its own notes it
	Public   string   // the sentence in the complainant's timeline; {name} is filled from the move's words
	News     string   // what a list says of it to a reader who has not seen it yet; empty: nothing
	Ahead    string   // what a timeline says of it while it is still to come; empty: it is not foretold
	Sign     Sign     // its shape in a timeline, where that is more than done
	Hard     bool     // cannot be undone
	Leads    bool     // leads on: it is what the state is for
	Afresh   bool     // the matter begins again, with other people: see Anew
	Quiet    bool     // is nothing where one of Only is not set: no button, and another row of the action may be it
	Aside    bool     // may be done, but is not what the state waits for
	Hidden   bool     // has its own page or is done by the system: no button
	Apart    bool     // is carried out by a call of its own, not by the register's Move
	Many     bool     // may be done from the list to many matters at once: what it asks for is the same for all
	Leaves   bool     // whoever does it has the matter no more: their page leads back to the list
	Does     Deed     // what it does beside its row, where the row is one of a course that several laws take
	Withheld Withheld // from a handling unit's staff
	Title    string   // how the desk's timeline heads it; the label when empty
	Heading  string   // how an outsider's timeline heads it; the label when empty
	Verdict  *Verdict // what an outsider reads on top of the matter while it stands
}

// Deed is what a move does beside its row, inside its transaction.
type Deed func(ctx context.Context, s *Step, a Answers) error

// Doing gives rows what they do, by their action.
func Doing(rows []Move, deeds map[Action]Deed) []Move {
	for i := range rows {
		rows[i].Does = deeds[rows[i].Action]
	}
	return rows
}

// Verdict is what follows from a decision for the outsider whose matter it is, beside
// the sentence of the move, which says why.
type Verdict struct {
	Basis string     // by which article, or by whose rule
	Then  string     // what they can do now
	Ways  []Way      // where
	Until clock.Code // the term by whose last day; none when empty
	Else  string     // what happens when they do nothing
}

// Way is a page on which an outsider goes on.
type Way struct {
	Label, Path string
}

// Verdict is the row whose decision an outsider is told in this state, with the action
// that was done last of those that may have led to it; nil when there is none to tell.
func (t *Table) Verdict(in State, newestFirst []Action) (Action, *Verdict) {
	for _, a := range newestFirst {
		for _, row := range t.Rows(a) {
			if row.To == in && row.Verdict != nil {
				return a, row.Verdict
			}
		}
	}
	return "", nil
}

// Table is the law of one kind of matter.
type Table struct {
	Kind     Kind
	Noun     string // what its matters are called
	Outsider string // what is called who reads of them outside the office; empty: nobody does
	Unit     Relation
	States   []StateInfo
	Moves    []Move
	Flags    map[string]string     // flag → why it bars a move, in Chinese
	Facts    map[string]string     // flag → the SQL condition on a matter m under which it is set; no row keeps it; the time is Now in it
	Owes     map[clock.Code]string // what an outsider is owed when a clock ends, after “最迟 …”: 答复您
	Class    string                // the SQL expression of track and nature of a matter m, with a space between; empty: its matters are not sorted
	Seen     map[string]Seen       // what moves bind, by its name: also that of the hidden field
	Shared   string                // SELECT at, seq, action, staff_id of what was done to others and counts as done to the matter whose id comes next; empty: nothing
}

// Now is the time in the condition of a fact or a view: the engine's, and not the
// database's, or a test and an office whose machines differ would see two.
const Now = `@clock_now::timestamptz`

// Today is its day.
const Today = `(` + Now + ` AT TIME ZONE 'Asia/Shanghai')::date`

// AtTime gives the arguments of a statement the time, where it asks for it.
func AtTime(args pg.Args, sql string, now time.Time) pg.Args {
	if strings.Contains(sql, Now) {
		args = maps.Clone(args)
		args["clock_now"] = now
	}
	return args
}

// Merge is all that several lists of flags or facts say: a table's own, and those of the
// courses that it takes.
func Merge(lists ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, list := range lists {
		maps.Copy(all, list)
	}
	return all
}

// withheld are the actions of which somebody of a handling unit is not to know that they
// were done, or not always: see Withheld. None for others.
func (t *Table) withheld(by Actor) []string {
	actions := []string{}
	if t.Unit != Accused || by.Role != staff.Handler && by.Role != staff.UnitHead {
		return actions
	}
	for i := range t.Moves {
		if m := &t.Moves[i]; m.Withheld >= WithheldEarlier && !slices.Contains(actions, string(m.Action)) {
			actions = append(actions, string(m.Action))
		}
	}
	return actions
}

// Reading is the scope of a reader of this table's matters: its flags have the
// facts too, which are worked out when a matter is read; some ask who reads. Whoever reads
// nothing needs none.
func (t *Table) Reading(scope staff.Scope, now time.Time) staff.Scope {
	if _, reads := scope.Args["scope_me"]; !reads {
		return scope
	}
	return t.reading(scope, now, func(string) bool { return true })
}

func (t *Table) reading(scope staff.Scope, now time.Time, wanted func(flag string) bool) staff.Scope {
	for _, flag := range slices.Sorted(maps.Keys(t.Facts)) {
		if !wanted(flag) {
			continue
		}
		scope.Flags += ` || CASE WHEN ` + t.Facts[flag] + ` THEN '{` + flag + `}'::text[] ELSE '{}' END`
	}
	scope.Args = AtTime(scope.Args, scope.Flags, now)
	return scope
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

// RowOf is the first row of an action that a role has; false when it has none.
func (t *Table) RowOf(role Role, a Action) (Move, bool) {
	for _, m := range t.Moves {
		if m.Action == a && slices.Contains(m.By, role) {
			return m, true
		}
	}
	return Move{}, false
}

// Clocks are the rules that the table's moves start or stop: without one in
// force its clock does not run, which is an alarm.
func (t *Table) Clocks() []clock.Code {
	var all []clock.Code
	for _, m := range t.Moves {
		all = slices.Concat(all, m.Starts, m.Stops, m.Arrives, m.MayStart)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Begins says that a move of the table starts a clock by the rule.
func (t *Table) Begins(code clock.Code) bool {
	return slices.ContainsFunc(t.Moves, func(m Move) bool {
		return slices.Contains(slices.Concat(m.Starts, m.Arrives, m.MayStart), code)
	})
}

// afresh are the actions that begin a matter again.
func (t *Table) afresh() []string {
	all := []string{}
	for _, m := range t.Moves {
		if m.Afresh {
			all = append(all, string(m.Action))
		}
	}
	return all
}

// Keeps are the rules whose clocks run on in a state that has ended.
func (t *Table) Keeps(s State) []string { return t.keeps(s) }

// keeps are the clocks that run on in a state that has ended: the terms of rights
// that may still be used there, and what the calendar still does something about.
func (t *Table) keeps(s State) []string {
	all := []string{}
	for _, m := range t.Moves {
		for _, code := range []clock.Code{m.Within.Clock, m.Timed.Clock} {
			if code != "" && slices.Contains(m.From, s) && !slices.Contains(all, string(code)) {
				all = append(all, string(code))
			}
		}
	}
	return all
}

// Label is the button of an action.
func (t *Table) Label(a Action) string { return t.label(a) }

// Has says whether any row is named a.
func (t *Table) Has(a Action) bool { return len(t.Rows(a)) > 0 }

// Actor is who does a move.
type Actor struct {
	StaffID  int64
	MemberID int64 // of the roster
	Name     string
	Role     Role
	Unit     string
	Part     string // of a member: as what they have part in the matter
	Stands   []staff.Stand
	For      staff.Stand // whose right it is, where they have it by standing in alone
}

// fits says that a row is for somebody at all: by their role, their unit's part in the
// matter or their own.
func (m *Move) fits(of *Matter, by Actor) bool {
	return slices.Contains(m.By, by.Role) && of.holds(m.Unit, by.Unit) && (len(m.Parts) == 0 || by.Role != staff.Member || slices.Contains(m.Parts, by.Part))
}

// Assignment is a unit's part in a matter.
type Assignment struct {
	Unit   string
	Part   string // lead or co
	Signed bool
	Opined bool  // its opinion is given
	Person int64 // who of it has the matter in hand; only at a move
}

func (a Assignment) marked(m UnitMark) bool {
	return m == MarkSigned && a.Signed || m == MarkOpinion && a.Opined
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
	Class       clock.Class
	Seq         int64
	Head        []byte
	Assignments []Assignment
	LastBy      map[Action]int64         // who last did each action
	Before      map[Action][]int64       // who did each in the round before the matter was last begun afresh
	Terms       map[clock.Code]ClockTerm // the newest clock of each rule
	Seen        map[string]string        // what Table.Seen has, as it stands
	Unready     map[Action]string        // why a move cannot be done yet, as its noun found it
	Today       map[Action]int           // how often an outsider did what is bounded in a day; only at a move
	reached     []int64                  // the members who have part in it and an account; only at a move that tells them
	above       bool                     // there is a unit above that may be told; only at a move that does
	held        holding                  // under the lock of a move
}

// ClockTerm is as much of a clock as moves ask for.
type ClockTerm struct {
	Started time.Time
	Due     time.Time
	On      clock.Date // the last day
	Running bool       // no move has stopped it: it may be over by its day
	More    int        // by how many of its units it may still be extended
}

// Has says whether a flag is set.
func (m *Matter) Has(flag string) bool { return slices.Contains(m.Flags, flag) }

// lacks says that the matter has not all the flags that the row wants.
func (r Move) lacks(m *Matter) bool {
	return slices.ContainsFunc(r.Only, func(flag string) bool { return !m.Has(flag) })
}

func (m *Matter) holds(rule UnitRule, unit string) bool {
	for _, a := range m.Assignments {
		if a.Unit == unit && (rule == LeadUnit && a.Part == "lead" || rule == CoUnit && a.Part == "co") {
			return true
		}
	}
	return rule == AnyUnit
}

// bends says why none of these terms can be extended or paused; empty where one can. What
// is over is late, and no decision afterwards makes it less.
func (m *Matter) bends(codes []clock.Code, at time.Time, what string, may func(ClockTerm) bool) string {
	why := "没有可以" + what + "的期限。"
	for _, code := range codes {
		switch term := m.Terms[code]; {
		case !term.Running:
		case !term.Due.After(at):
			why = "期限到" + term.On.Long() + "，已经过了，不能再" + what + "。" + what + "要在到期以前同意。"
		case may(term):
			return ""
		default:
			why = "已经" + what + "过，不能再" + what + "。"
		}
	}
	return why
}

// Choice is a move that fits a person and a state; Why says what still bars it.
type Choice struct {
	Move
	Why string
	By  Actor // as who they do it: see Actor.For
}

// Choices are the buttons of a page: what this person may do to this matter
// at a time, and what they nearly may.
func (t *Table) Choices(m *Matter, by Actor, at time.Time) []Choice {
	var out []Choice
	for _, row := range t.Moves {
		idle := row.Quiet && row.lacks(m)
		if idle || !slices.Contains(row.From, m.State) {
			continue
		}
		if as, ok := row.suits(m, by); ok {
			out = append(out, Choice{row, t.bar(row, m, as, at), as})
		}
	}
	return out
}

// bar says everything that keeps a move from being done although it fits the
// state and the role; empty when nothing does.
func (t *Table) bar(row Move, m *Matter, by Actor, at time.Time) string {
	var said []string
	say := func(sentence string) {
		if sentence != "" && !slices.Contains(said, sentence) {
			said = append(said, sentence)
		}
	}
	if term, ok := m.Terms[row.Within.Clock]; ok {
		switch {
		case !term.Running:
			say(row.Within.Used)
		case !term.Due.After(at):
			say(strings.ReplaceAll(row.Within.Over, "{day}", term.On.Long()))
		}
	}
	if term, ok := m.Terms[row.After.Clock]; ok && term.Running && term.Due.After(at) {
		say(strings.ReplaceAll(row.After.Over, "{day}", term.On.Long()))
	}
	if len(row.Extends) > 0 {
		say(m.bends(row.Extends, at, "延长", func(t ClockTerm) bool { return t.More > 0 }))
	}
	if len(row.Pauses) > 0 {
		say(m.bends(row.Pauses, at, "暂停", func(ClockTerm) bool { return true }))
	}
	for _, flag := range row.Never {
		if m.Has(flag) {
			say(t.Flags[flag])
		}
	}
	for _, flag := range row.Only {
		if !m.Has(flag) {
			say(t.Flags["!"+flag])
		}
	}
	for _, action := range row.NotBy {
		switch {
		case by.StaffID == 0:
		case m.LastBy[action] == by.StaffID:
			say("“" + t.label(action) + "”是您做的，这一步要由另一个人做。" + by.others())
		case by.For.ID != 0 && m.LastBy[action] == by.For.ID:
			say("“" + t.label(action) + "”是" + by.For.Name + "做的，替他也不能办这一步，要由另一个人做。" + by.others())
		}
	}
	for _, action := range row.Anew {
		if by.StaffID != 0 && (slices.Contains(m.Before[action], by.StaffID) || by.For.ID != 0 && slices.Contains(m.Before[action], by.For.ID)) {
			others := ""
			if row.Unit != AnyUnit {
				others = "本单位没有别人的，请监督办公室收回，另派单位。"
			}
			who := "您"
			if !slices.Contains(m.Before[action], by.StaffID) {
				who = by.For.Name
			}
			say("上一次的“" + t.label(action) + "”是" + who + "做的，重新办理要由另外的人做。" + others)
		}
	}
	if row.Often.Most > 0 && m.Today[row.Action] >= row.Often.Most {
		say(row.Often.Said)
	}
	say(m.Unready[row.Action])
	return strings.Join(said, "")
}

// First is the move that leads on for a person: the first of the table that they
// may do now. What their unit has signed or said already is not asked for again.
func (t *Table) First(m *Matter, by Actor, at time.Time) (Move, bool) {
	for _, c := range t.Choices(m, by, at) {
		given := slices.ContainsFunc(m.Assignments, func(a Assignment) bool { return a.Unit == by.Unit && a.marked(c.Marks) })
		if c.Leads && c.Why == "" && !given && c.To != m.State {
			return c.Move, true
		}
	}
	return Move{}, false
}

// Ahead are the moves still to come that the table foretells from a state, the
// next one first.
func (t *Table) Ahead(s State) []Move {
	var out []Move
	for _, m := range t.Moves {
		if m.Ahead != "" && slices.Contains(m.From, s) && m.To != "" && m.To != s {
			return append(append(out, m), t.Ahead(m.To)...)
		}
	}
	return out
}

// Outsiders says whether anybody outside the office reads of these matters.
func (t *Table) Outsiders() bool {
	return t.Outsider != ""
}

// Allows says whether the table ever lets that role do that action.
func (t *Table) Allows(role Role, a Action) bool {
	return slices.ContainsFunc(t.Rows(a), func(m Move) bool { return slices.Contains(m.By, role) })
}

// Done is what is said once an action is done; empty when nothing is.
func (t *Table) Done(a Action) string {
	if rows := t.Rows(a); len(rows) > 0 {
		return rows[0].Done
	}
	return ""
}

// Title is how the desk's timeline heads an action.
func (t *Table) Title(a Action) string {
	if rows := t.Rows(a); len(rows) > 0 && rows[0].Title != "" {
		return rows[0].Title
	}
	return t.label(a)
}

// Sign is the shape of an action in a timeline; empty when it is simply done.
func (t *Table) Sign(a Action) Sign {
	if rows := t.Rows(a); len(rows) > 0 {
		return rows[0].Sign
	}
	return ""
}

// Heading is how an outsider's timeline heads an action.
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

// ForStaff is the public sentence of an action as staff read it: what it says to an
// outsider is said of them. Words that were put into it stay as they are.
func (t *Table) ForStaff(a Action, said string) string {
	if !strings.Contains(said, "您") {
		return said
	}
	for _, row := range t.Rows(a) {
		if told, ok := retold(row.Public, said, t.Outsider); ok {
			return told
		}
	}
	return t.Outsider + "看到的是：“" + said + "”" // a sentence that the law had once
}

// retold is a filled sentence with its own words said of the outsider; false when it was
// not made from that sentence.
func retold(sentence, said, outsider string) (string, bool) {
	var told strings.Builder
	parts := blanks.Split(sentence, -1)
	for i, own := range parts {
		at := strings.Index(said, own)
		if i == len(parts)-1 {
			at = len(said) - len(own)
		}
		if at < 0 || i == 0 && at > 0 || !strings.HasPrefix(said[at:], own) {
			return "", false
		}
		told.WriteString(said[:at])
		told.WriteString(strings.ReplaceAll(own, "您", outsider))
		said = said[at+len(own):]
	}
	return told.String(), said == ""
}

// blanks are where words are put into a public sentence.
var blanks = regexp.MustCompile(`\{[a-z_]+\}`)

// fill puts the words of a move into its public sentence. Where that goes on with a full
// stop, the one that somebody wrote at the end of their words is left out.
func fill(sentence string, words map[string]string) string {
	var pairs []string
	for name, word := range words {
		if strings.Contains(sentence, "{"+name+"}。") {
			word = form.Unstopped(word)
		}
		pairs = append(pairs, "{"+name+"}", word)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// asks says that a fact bars or opens a move of somebody who is none of the office: they
// read it of nothing else. Staff read all facts, under their scope.
func (t *Table) asks(role Role, flag string) bool {
	return role.Outside() && slices.ContainsFunc(t.Moves, func(m Move) bool {
		return slices.Contains(m.By, role) && (slices.Contains(m.Only, flag) || slices.Contains(m.Never, flag))
	})
}
