package register

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
)

// View is a part of a list that has its own entry over it. Those of a kind are one
// state, or a condition.
type View struct {
	Name  string
	Label string
	State workflow.State
	Where string          // an SQL condition on a matter m, as an index has it
	Phase workflow.Phase  // of all its matters, where a condition does not lead to several
	For   workflow.Action // shown to whom this move of the law may be; empty: to all
	Or    workflow.Action // or this one
	Task  string          // what my work asks of them with each of it; empty: it is not shown there
}

// Pressed are the views of a register whose law has the moves of a ladder.Course: what is
// proposed, which few of all that is under way are, and what was done and is not answered.
var Pressed = []View{
	{Name: "to_chase", Label: "待催办", For: ladder.Chase, Task: "催办", Phase: workflow.UnderWay, Where: onRung + ` AND '` + ladder.ToChase + `' = ANY (m.flags)`},
	{Name: "to_supervise", Label: "待督办", For: ladder.Supervise, Task: "决定怎样督办", Phase: workflow.UnderWay,
		Where: onRung + ` AND m.flags && '{` + ladder.ToSupervise + `,` + ladder.ToTalk + `,` + ladder.ToCirculate + `}'::text[]`},
	{Name: "unmanned", Label: "没有人能办", For: ladder.Chase, Task: "收回另派，或者请系统管理员添加人", Phase: workflow.UnderWay, Where: onRung + ` AND '` + ladder.Unmanned + `' = ANY (m.flags)`},
	{Name: ViewPressed, Label: "催办督办过", For: ladder.Chase, Or: ladder.Supervise, Phase: workflow.UnderWay, Where: `m.flags && '{` + ladder.Chased + `,` + ladder.Supervised + `}'::text[]`}, // by the index matter_pressed
}

// onRung is the condition of the index matter_rung.
var onRung = `m.flags && '{` + strings.Join(ladder.Proposed, ",") + `}'::text[]`

// Shows says whether a role is shown the view: what decides on it may be withheld from
// others.
func (v View) Shows(k *Kind, role staff.Role) bool {
	return v.For == "" || k.Law.Allows(role, v.For) || v.Or != "" && k.Law.Allows(role, v.Or)
}

// The views that every register has; the zero name is everything.
const (
	ViewOpen   = "open"
	ViewLate   = "late"
	ViewMine   = "mine" // what waits for this person
	ViewSent   = "sent" // what this person did and others have now
	ViewClosed = "closed"
	ViewAll    = "all"
	// ViewPressed is of registers that have a ladder.Course.
	ViewPressed = "pressed"
)

// AllViews are the views of a kind in their order.
func (k *Kind) AllViews() []View {
	all := []View{{Name: ViewOpen, Label: "在办"}, {Name: ViewLate, Label: "逾期"}, {Name: ViewMine, Label: "等我"}, {Name: ViewSent, Label: "我送出的"}}
	all = append(all, k.Views...)
	return append(all, View{Name: ViewClosed, Label: "办结"}, View{Name: ViewAll, Label: "全部"})
}

// View is a view by its name; false when there is none.
func (k *Kind) View(name string) (View, bool) {
	for _, v := range k.AllViews() {
		if v.Name == name {
			return v, true
		}
	}
	return View{}, false
}

// Term is a part of the list by its nearest date.
type Term string

// The terms; the zero Term is any. DueWeek and DueLater begin where the one
// before ends, so that they add up.
const (
	DueLate  Term = "late"
	DueToday Term = "today"
	DueWeek  Term = "week" // after today, until Sunday
	DueLater Term = "later"
	DueNever Term = "never" // no clock runs
)

// Terms are all terms in their order.
func Terms() []Term { return []Term{DueLate, DueToday, DueWeek, DueLater, DueNever} }

// Filter chooses matters; the zero Filter chooses all.
type Filter struct {
	View        string
	Person      staff.Person // whom ViewMine and ViewSent are about
	States      []workflow.State
	Unit        string // that it is about, or Unsettled
	Category    string
	Group       string     // of categories
	Details     []Narrowed // what the register keeps of its own
	Text        string
	Due         Term
	Provisional bool       // a running clock was counted over a year that is not official
	Numbers     []string   // these alone
	Since       clock.Date // received on this day or later; zero is any
	Until       clock.Date // and on this day or before
	Lead        string     // the unit that leads it, or NoUnit
	Figure      string     // what the report of the register counts by that name
	Watched     watch.What // what the night counted of its matters
}

// Phase is the one phase that the filter leaves, 0 when there are several.
func (k *Kind) Phase(f Filter) workflow.Phase {
	switch f.View {
	case ViewOpen, ViewLate, ViewMine, ViewSent:
		return workflow.UnderWay
	case ViewClosed:
		return workflow.Over
	}
	if v, ok := k.View(f.View); ok && v.State != "" {
		return k.Law.State(v.State).Phase
	} else if v.Phase != 0 {
		return v.Phase
	}
	if f.Due != "" {
		return workflow.UnderWay
	}
	var one workflow.Phase
	for _, s := range f.States {
		if phase := k.Law.State(s).Phase; one == 0 || one == phase {
			one = phase
		} else {
			return 0
		}
	}
	return one
}

// implied says that the one state asked for is of this phase anyway: saying it
// twice would let PostgreSQL think that hardly a row is left.
func (k *Kind) implied(f Filter, phase workflow.Phase) bool {
	if v, ok := k.View(f.View); ok && v.State != "" {
		return true
	}
	return len(f.States) == 1 && k.Law.State(f.States[0]).Phase == phase
}

// query is a filter on its way to SQL: fixed fragments for the fields that are
// set and nothing for the others, so that an index fits what is asked.
type query struct {
	kind   *Kind
	filter Filter
	today  clock.Date
	prefix string // of its arguments, as several stand in one statement
	where  []string
	args   pg.Args
	drawn  bool // planned each time with its values, since they say whether few or many are left
	facets []facet
	dates  []string     // conditions on the nearest date, without its column
	hand   string       // condition on an assignment wh of its matters that leads to them; empty: none does
	read   search.Query // texts have to be read for it; the zero Query when none
	drive  string       // FROM item that gives the values of driven, each walked by index
	driven string
}

func (k *Kind) query(f Filter, scope staff.Scope, now time.Time, prefix string) *query {
	q := &query{kind: k, filter: f, today: clock.On(now), prefix: prefix, args: pg.Args{}, where: []string{`m.kind = '` + string(k.Law.Kind) + `'`}}
	if phase := k.Phase(f); phase != 0 && !k.implied(f, phase) {
		q.add(`m.phase = ` + strconv.Itoa(int(phase)))
	}
	q.narrow(scope)
	q.view(now)
	q.states(f.States)
	switch f.Unit {
	case "":
	case Unsettled:
		q.add(`(m.unit IS NULL OR m.category IS NULL)`)
	default:
		q.add(`m.unit = ` + q.arg("unit", f.Unit))
	}
	switch f.Category {
	case "":
	case NoCategory:
		q.add(`m.category IS NULL`)
	default:
		q.add(`m.category = ` + q.arg("category", f.Category))
	}
	q.group()
	q.due(f.Due, now)
	q.received()
	q.lead()
	q.figure(now)
	if f.Watched != "" {
		where := f.Watched.Where(k.Law)
		if where == "" {
			where = `false`
		}
		q.add(where)
	}
	q.details(scope)
	if f.Provisional {
		q.add(`EXISTS (SELECT 1 FROM clock pc WHERE pc.matter_id = m.id AND pc.stopped_at IS NULL AND pc.provisional)`)
	}
	if len(f.Numbers) > 0 {
		q.add(`m.number = ANY (` + q.arg("numbers", f.Numbers) + `::text[])`)
	}
	if f.Text != "" {
		q.search(scope)
	}
	q.drawn = f.Text != "" || !f.Since.IsZero() || !f.Until.IsZero() || slices.ContainsFunc(f.Details, func(n Narrowed) bool { return n.Value == "" })
	q.args = workflow.AtTime(q.args, strings.Join(q.where, " "), now) // one time, whatever the prefix
	return q
}

// narrow says again, in a form that leads PostgreSQL to few rows, what follows from the
// scope: it would read everything that is under way, or every text that has the words, to
// find what one unit has in hand, or what bears one of a reader's flags.
func (q *query) narrow(scope staff.Scope) {
	v, _ := q.kind.View(q.filter.View)
	some := slices.IndexFunc(q.kind.Reads, func(r Reader) bool { return r.Role == scope.Of && len(r.Flags) > 0 })
	if some >= 0 && v.State == "" && v.Where == "" && len(q.filter.States) != 1 { // else few are left anyway
		q.add(`m.flags && '{` + strings.Join(q.kind.Reads[some].Flags, ",") + `}'::text[]`) // as an index of the register has it
	}
	if !q.given(scope) || q.filter.Text != "" { // a search goes by the texts of those
		return
	}
	q.hand = `wh.unit = @scope_unit`
}

// inHands are the matters that q.hand leads to, as a condition.
func (q *query) inHands() string {
	return `m.id IN (SELECT wh.matter_id FROM assignment wh WHERE ` + q.handed() + `)`
}

// handed is that condition with the phase that is asked for, as the index assignment_unit has it.
func (q *query) handed() string {
	handed := q.hand + ` AND wh.ended_at IS NULL`
	if phase := q.kind.Phase(q.filter); phase != 0 {
		handed += ` AND wh.phase = ` + strconv.Itoa(int(phase))
	}
	return handed
}

// walksHands says that the page is read in the order of those assignments, which have the dates
// of their matters: sorted, all that a unit has would be read for each page.
func (q *query) walksHands() bool { return q.hand != "" && q.filter.Text == "" && q.drive == "" }

// givenSQL are the matters that a unit has in hand.
const givenSQL = `SELECT wg.matter_id FROM assignment wg WHERE wg.unit = @scope_unit AND wg.ended_at IS NULL`

// given says that the reader has nothing but what their unit was given: an owner has more.
func (q *query) given(scope staff.Scope) bool {
	return scope.Shared && q.kind.Law.Unit != workflow.Owner
}

func (q *query) add(condition string) { q.where = append(q.where, condition) }

func (q *query) arg(name string, value any) string {
	q.args[q.prefix+name] = value
	return "@" + q.prefix + name
}

func (q *query) view(now time.Time) {
	switch q.filter.View {
	case ViewLate:
		q.due(DueLate, now)
	case ViewMine:
		w := q.kind.WaitingFor(q.filter.Person)
		if len(w.Desk) > 0 && len(w.Facts) == 0 {
			q.states(w.Desk)
		} else {
			q.add(q.waitsFor(q.filter.Person, w))
		}
	case ViewSent:
		q.add(`NOT ` + q.waitsFor(q.filter.Person, q.kind.WaitingFor(q.filter.Person)))
		q.add(`EXISTS (SELECT 1 FROM event se WHERE se.matter_id = m.id AND se.staff_id = ` + q.arg("me", q.filter.Person.ID) +
			` AND se.to_state <> se.from_state)`)
	default:
		v, _ := q.kind.View(q.filter.View)
		if v.State != "" {
			q.states([]workflow.State{v.State})
		}
		if v.Where != "" {
			q.add(v.Where)
		}
	}
}

// waitsFor is the condition that a matter waits for a person, or for somebody whose rights
// they have while that one is away, and who may know of it.
func (q *query) waitsFor(p staff.Person, own Waits) string {
	any := q.waits(own)
	for i, s := range p.Stands {
		if s.Lends(p.Role) && s.Unit == p.Unit {
			w := q.kind.waiting(staff.Person{ID: s.ID, Role: s.Role, Unit: s.Unit}, p.Role)
			w.name = fmt.Sprintf("stand%d_", i)
			any += ` OR ` + s.SQL() + ` AND ` + q.waits(w)
		}
	}
	return `(` + any + `)`
}

// waits is the condition that a matter waits for these people.
func (q *query) waits(w Waits) string {
	var any []string
	if len(w.Desk) > 0 {
		any = append(any, `m.state = ANY (`+q.arg(w.name+"wait_desk", w.Desk)+`::text[])`)
	}
	for i, fact := range w.Facts {
		any = append(any, `m.state = ANY (`+q.arg(w.name+"wait_fact"+strconv.Itoa(i), fact.States)+`::text[]) AND `+fact.SQL)
	}
	if len(w.Lead)+len(w.Co) > 0 {
		any = append(any, `EXISTS (SELECT 1 FROM assignment wa WHERE wa.matter_id = m.id AND wa.unit = `+q.arg(w.name+"wait_unit", w.Unit)+` AND wa.ended_at IS NULL AND wa.phase = m.phase
		AND (wa.part = 'lead' AND m.state = ANY (`+q.arg(w.name+"wait_lead", w.Lead)+`::text[])
			OR wa.part = 'co' AND wa.opinion_at IS NULL AND m.state = ANY (`+q.arg(w.name+"wait_co", w.Co)+`::text[]))`+q.inHand(w)+`)`)
	}
	if len(w.Own) > 0 {
		any = append(any, `m.unit = `+q.arg(w.name+"wait_own", w.Unit)+` AND m.state = ANY (`+q.arg(w.name+"wait_owner", w.Own)+`::text[])`)
	}
	if len(any) == 0 {
		return `(false)`
	}
	return `(` + strings.Join(any, ` OR `) + `)`
}

// inHand leaves out what a colleague has in hand, for as long as they could work on it: what
// nobody could waits for all of the unit.
func (q *query) inHand(w Waits) string {
	if len(w.Hands) == 0 {
		return ``
	}
	return ` AND (wa.assigned IS NULL OR wa.assigned = ANY (` + q.arg(w.name+"wait_hands", w.Hands) + `::bigint[]) OR NOT EXISTS (
		SELECT FROM staff ws WHERE ws.id = wa.assigned AND ws.unit = wa.unit AND may_come_in(ws) AND ws.id <> ALL (m.persons)))`
}

// states narrows to some states. Several at once, and nothing that leaves few,
// are walked one by one by due date and merged.
func (q *query) states(list []workflow.State) {
	f := q.filter
	switch {
	case len(list) == 0:
	case len(list) == 1:
		q.add(`m.state = ` + q.arg("state_"+string(list[0]), string(list[0])))
	case f.Unit+f.Category+f.Group+f.Text == "" && len(f.Details) == 0 && !f.Provisional && q.drive == "":
		q.drive, q.driven = `unnest(`+q.arg("states", list)+`::text[]) AS drive (value)`, `m.state = drive.value`
	default:
		q.add(`m.state = ANY (` + q.arg("states_"+strconv.Itoa(len(q.where)), list) + `::text[])`)
	}
}

func (q *query) group() {
	f := q.filter
	switch {
	case f.Group == "":
	case f.Unit+f.Category+f.Text == "" && len(f.Details) == 0 && len(f.States) != 1 && !f.Provisional && q.drive == "":
		q.drive = `(SELECT code FROM category WHERE group_code = ` + q.arg("group", f.Group) + `) AS drive (value)`
		q.driven = `m.category = drive.value`
	default:
		q.add(`m.category IN (SELECT code FROM category WHERE group_code = ` + q.arg("group", f.Group) + `)`)
	}
}

func (q *query) due(term Term, now time.Time) {
	today := clock.On(now)
	sunday := weekEnds(today)
	name := "due_" + string(term)
	is := func(conditions ...string) { q.dates = append(q.dates, conditions...) }
	switch term {
	case DueLate:
		is(` <= ` + q.arg(name, now))
	case DueToday:
		is(` > `+q.arg(name, now), ` <= `+q.arg(name+"_end", today.Ends()))
	case DueWeek:
		is(` > `+q.arg(name, today.Ends()), ` <= `+q.arg(name+"_end", sunday))
	case DueLater:
		is(` > `+q.arg(name, sunday), ` < 'infinity'`)
	case DueNever:
		is(` >= 'infinity'`) // “=” would lose the order by due date
	}
}

// search finds nothing for a text without a letter or a digit in it.
func (q *query) search(scope staff.Scope) {
	if q.kind.Texts.None() {
		text := `lower(` + q.arg("text", q.filter.Text) + `)`
		q.add(`(strpos(lower(m.title), ` + text + `) > 0 OR strpos(lower(m.number), ` + text + `) > 0)`)
		return
	}
	asked, ok := search.Ask(q.filter.Text)
	if !ok {
		q.add(`false`)
		return
	}
	asked.Shared, asked.Prefix = q.kind.spares(scope), q.prefix
	if q.given(scope) {
		asked.Within = givenSQL
	}
	q.add(asked.May("m.id", q.args))
	if asked.Ordered() {
		q.read = asked
	}
}

// conditions of the matter m, driven ones as a plain condition.
func (q *query) conditions(scope staff.Scope) string {
	all := slices.Clone(q.where)
	if q.drive != "" {
		column, _, _ := strings.Cut(q.driven, " = ")
		all = append(all, column+` IN (SELECT drive.value FROM `+q.drive+`)`)
	}
	for _, f := range q.facets {
		all = append(all, f.in(q.kind.Phase(q.filter)))
	}
	for _, date := range q.dates {
		all = append(all, `m.due_at`+date)
	}
	if q.hand != "" {
		all = append(all, q.inHands())
	}
	return strings.Join(append(all, `(`+scope.SQL+`)`), ` AND `)
}

// page is the statement of one page. The limit is written into it: PostgreSQL
// would plan for a tenth of the table if it were an argument.
func (q *query) page(after Cursor, scope staff.Scope, limit int) string {
	where := append(slices.Clone(q.where), `(`+scope.SQL+`)`)
	switch {
	case q.walksHands():
		where = append(where, q.handed())
	case q.hand != "":
		where = append(where, q.inHands())
	}
	for _, date := range q.dates {
		where = append(where, q.columns()[1]+date)
	}
	if !after.IsZero() {
		where = append(where, q.after(after))
	}
	if q.driven != "" {
		where = append(where, q.driven)
	}
	order := ` ORDER BY ` + q.order("m.", after.Back)
	page := q.phases(limit, where, order, after.Back)
	if q.drive == "" {
		return page
	}
	return `SELECT m.* FROM ` + q.drive + ` CROSS JOIN LATERAL (` + page + `) m` + order + ` LIMIT ` + strconv.Itoa(limit)
}

// phases is the statement of the first matters that fit; facets are looked for in each phase
// by itself, since one may have all of them and come last.
func (q *query) phases(limit int, where []string, order string, back bool) string {
	one := q.kind.Phase(q.filter)
	first := func(phase workflow.Phase) string {
		all := slices.Clone(where)
		if phase != one {
			all = append(all, q.columns()[0]+` = `+strconv.Itoa(int(phase)))
		}
		for _, f := range q.facets {
			all = append(all, f.in(phase))
		}
		return q.first(limit, pageColumns, strings.Join(all, ` AND `), ` ORDER BY `+q.by(q.columns(), back))
	}
	if one != 0 || len(q.facets) == 0 {
		return first(one)
	}
	var each []string
	for phase := workflow.UnderWay; phase <= workflow.Over; phase++ {
		each = append(each, `(`+first(phase)+`)`)
	}
	return `SELECT * FROM (` + strings.Join(each, ` UNION ALL `) + `) m` + order + ` LIMIT ` + strconv.Itoa(limit)
}

// first is the statement of the first matters that fit. Where texts have to be
// read for it, that comes after the sorting and ends with the limit. PostgreSQL
// keeps the order of what is sorted inside; sorted once more outside, it would
// read all texts to be sure.
func (q *query) first(limit int, columns, where, order string) string {
	from := `matter m`
	if order != "" && q.walksHands() {
		from = `assignment wh JOIN matter m ON m.id = wh.matter_id`
	}
	found, end := `SELECT `+columns+` FROM `+from+` WHERE `+where+order, ` LIMIT `+strconv.Itoa(limit)
	if q.read == (search.Query{}) {
		return found + end
	}
	return `SELECT * FROM (` + found + ` OFFSET 0) m WHERE ` + q.read.Has("m.id", q.args) + end
}

// newest says that the list shows the newest first: what is over has no date
// to be sorted by.
func (q *query) newest() bool { return q.kind.Phase(q.filter) == workflow.Over }

// order is the sort of one table's columns; back reads towards the beginning.
func (q *query) order(table string, back bool) string {
	return q.by([3]string{table + `phase`, table + `due_at`, table + `id`}, back)
}

// by is the sort by the phase, where there are several, the date and the id.
func (q *query) by(columns [3]string, back bool) string {
	down := ``
	if back != q.newest() {
		down = ` DESC`
	}
	order := columns[1] + down + `, ` + columns[2] + down
	if q.kind.Phase(q.filter) == 0 {
		order = columns[0] + down + `, ` + order
	}
	return order
}

// columns are those by which a page is walked.
func (q *query) columns() [3]string {
	if q.walksHands() {
		return [3]string{`wh.phase`, `wh.due_at`, `wh.matter_id`}
	}
	return [3]string{`m.phase`, `m.due_at`, `m.id`}
}

func (q *query) after(c Cursor) string {
	sign := ` > `
	if c.Back != q.newest() {
		sign = ` < `
	}
	due, id := q.arg("after_due", c.due())+`::timestamptz`, q.arg("after_id", c.ID)+`::bigint`
	at := q.columns()
	if q.kind.Phase(q.filter) != 0 {
		return `(` + at[1] + `, ` + at[2] + `)` + sign + `(` + due + `, ` + id + `)`
	}
	return `(` + strings.Join(at[:], `, `) + `)` + sign + `(` + q.arg("after_phase", int(c.Phase)) + `::smallint, ` + due + `, ` + id + `)`
}

// Cursor is a row beside which a page begins; the zero Cursor is the beginning.
type Cursor struct {
	Phase workflow.Phase
	Due   time.Time // zero when no clock runs
	ID    int64
	Back  bool // read towards the beginning
	From  int  // ordinal of the page's first row, for people
}

// IsZero reports the beginning of the list.
func (c Cursor) IsZero() bool { return c.ID == 0 }

func (c Cursor) due() string {
	if c.Due.IsZero() {
		return "infinity"
	}
	return c.Due.UTC().Format(time.RFC3339Nano)
}

// String is the cursor as an address carries it.
func (c Cursor) String() string {
	way, due := "n", "-"
	if c.Back {
		way = "p"
	}
	if !c.Due.IsZero() {
		due = strconv.FormatInt(c.Due.UnixMicro(), 36)
	}
	return fmt.Sprintf("%s.%d.%s.%s.%d", way, c.Phase, due, strconv.FormatInt(c.ID, 36), c.From)
}

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string) Cursor {
	parts := strings.Split(s, ".")
	if len(parts) != 5 || parts[0] != "n" && parts[0] != "p" {
		return Cursor{}
	}
	phase, err1 := strconv.ParseUint(parts[1], 10, 8)
	id, err2 := strconv.ParseInt(parts[3], 36, 64)
	from, err3 := strconv.ParseUint(parts[4], 10, 31)
	c := Cursor{Phase: workflow.Phase(phase), ID: id, Back: parts[0] == "p", From: max(1, int(from))}
	if parts[2] != "-" {
		micros, err := strconv.ParseInt(parts[2], 36, 64)
		if err != nil || micros <= 0 || micros > latest {
			return Cursor{}
		}
		c.Due = time.UnixMicro(micros)
	}
	if err1 != nil || err2 != nil || err3 != nil || id <= 0 || phase < uint64(workflow.UnderWay) || phase > uint64(workflow.Over) {
		return Cursor{}
	}
	return c
}

// latest is the year 9999, which no due date passes.
const latest = 253_402_300_799_000_000
