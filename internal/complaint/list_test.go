package complaint_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// seed adds matters without a history, n of each state, with due dates around
// the office's day; what is over or waits for a supplement has none.
func seed(t *testing.T, o *complainttest.Office, from, n int) {
	t.Helper()
	_, err := o.DB.Owner.Exec(t.Context(), `
		WITH states AS (SELECT s, row_number() OVER () AS i FROM unnest($1::text[]) AS s)
		INSERT INTO matter (kind, number, state, unit, category, title, opened_at, closed_at, due_at, seq, head)
		SELECT 'complaint', form_number($2 + g * 100 + i), s, (ARRAY['FIN', 'JUS', 'TOWN', NULL])[1 + g % 4],
			(ARRAY['A01', 'B01', 'C01', 'C03', 'Z99'])[1 + g % 5], '第' || g || '件', $3::timestamptz - g * interval '1 hour',
			CASE WHEN s = ANY ($4::text[]) THEN $3::timestamptz END,
			CASE WHEN s = ANY ($4::text[]) OR s = 'supplement_required' THEN 'infinity' ELSE $3::timestamptz + (g % 40 - 10) * interval '1 day' END,
			1, '\x00'
		FROM generate_series(1, $5) g, states`, stateNames(func(workflow.StateInfo) bool { return true }), from, o.Now(),
		stateNames(func(s workflow.StateInfo) bool { return s.Ended() }), n)
	if err != nil {
		t.Fatal(err)
	}
}

// newOffice is an office whose database can make numbers for seed.
func newOffice(t *testing.T) *complainttest.Office {
	t.Helper()
	o := complainttest.New(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `
		CREATE FUNCTION form_number(n bigint) RETURNS text LANGUAGE sql AS $$ SELECT 'SEED' || lpad(n::text, 11, '0') $$`); err != nil {
		t.Fatal(err)
	}
	return o
}

func stateNames(keep func(workflow.StateInfo) bool) []string {
	var names []string
	for _, s := range complaint.Law.States {
		if keep(s) {
			names = append(names, string(s.State))
		}
	}
	return names
}

func list(t *testing.T, o *complainttest.Office, by staff.Person, f register.Filter, after register.Cursor) register.Page {
	t.Helper()
	page, err := o.Desk.List(t.Context(), by.Scope(), f, after)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func count(t *testing.T, o *complainttest.Office, by staff.Person, f register.Filter) int {
	t.Helper()
	counts, err := o.Desk.Count(t.Context(), by.Scope(), []register.Filter{f})
	if err != nil {
		t.Fatal(err)
	}
	return counts[0]
}

func numbers(rows []register.Row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Number)
	}
	return all
}

// walk reads all pages, doing something after each.
func walk(t *testing.T, o *complainttest.Office, by staff.Person, f register.Filter, between func()) []string {
	t.Helper()
	var all []string
	var after register.Cursor
	for range 300 {
		page := list(t, o, by, f, after)
		all = append(all, numbers(page.Rows)...)
		if page.Next.IsZero() {
			return all
		}
		after = register.ParseCursor(page.Next.String())
		between()
	}
	t.Fatal("the list has no end")
	return nil
}

func TestTheColumnKnowsThePhaseOfEveryState(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 1)
	type row struct {
		State workflow.State
		Phase workflow.Phase
	}
	rows, err := pg.All[row](t.Context(), o.DB.Owner, `SELECT state, phase FROM matter`, nil)
	if err != nil || len(rows) != len(complaint.Law.States) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		if want := complaint.Law.State(r.State).Phase; r.Phase != want {
			t.Errorf("%s: the column says %d, the law %d", r.State, r.Phase, want)
		}
	}
}

func TestPagesHaveNoGapAndNoDoubleWhileOthersFile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 30)
	by := o.People[staff.Supervisor]
	for _, f := range everyFilter(by) {
		var before []string
		if f.Text != "" {
			continue // seeded matters have no search text
		}
		before, err := pg.All[string](t.Context(), o.DB.Owner, `SELECT number FROM matter WHERE number LIKE 'SEED%'`, nil)
		if err != nil {
			t.Fatal(err)
		}
		more := len(before)
		got := walk(t, o, by, f, func() { more++; seed(t, o, more*1000, 1) })
		seen := map[string]bool{}
		for _, n := range got {
			if seen[n] {
				t.Fatalf("%+v: %s twice", f, n)
			}
			seen[n] = true
		}
		still := walk(t, o, by, f, func() {})
		for _, n := range still {
			if slices.Contains(before, n) && !seen[n] {
				t.Errorf("%+v: %s was left out", f, n)
			}
		}
		forthAndBack(t, o, by, f)
	}
}

// forthAndBack turns to the last page and back to the first.
func forthAndBack(t *testing.T, o *complainttest.Office, by staff.Person, f register.Filter) {
	t.Helper()
	page := list(t, o, by, f, register.Cursor{})
	pages := []register.Page{page}
	for !page.Next.IsZero() {
		page = list(t, o, by, f, page.Next)
		pages = append(pages, page)
	}
	for i := len(pages) - 2; i >= 0; i-- {
		page = list(t, o, by, f, register.ParseCursor(page.Prev.String()))
		if diff := cmp.Diff(numbers(pages[i].Rows), numbers(page.Rows)); diff != "" {
			t.Fatalf("%+v: page %d read backwards: %s", f, i, diff)
		}
		if page.From != pages[i].From || page.Next.IsZero() {
			t.Errorf("%+v: page %d begins at %d, backwards at %d", f, i, pages[i].From, page.From)
		}
	}
	if !page.Prev.IsZero() {
		t.Errorf("%+v: something before the first page", f)
	}
}

// everyFilter is every field by itself and the usual pairs.
func everyFilter(by staff.Person) []register.Filter {
	var all []register.Filter
	for _, v := range complaint.Kind.AllViews() {
		all = append(all, register.Filter{View: v.Name, Person: by})
	}
	for _, term := range register.Terms() {
		all = append(all, register.Filter{View: register.ViewOpen, Due: term}, register.Filter{Due: term, Unit: complainttest.Town})
	}
	open, ended := register.ViewOpen, register.ViewClosed
	return append(all,
		register.Filter{}, register.Filter{States: []workflow.State{complaint.Handling}}, register.Filter{States: []workflow.State{complaint.Closed}},
		register.Filter{States: []workflow.State{complaint.Submitted, complaint.UnderReview}},
		register.Filter{Unit: complainttest.Town}, register.Filter{Category: "C03"}, register.Filter{Group: "C"},
		register.Filter{View: open, Unit: complainttest.Town}, register.Filter{View: open, Category: "C03"}, register.Filter{View: open, Group: "C"},
		register.Filter{View: ended, Unit: complainttest.Town}, register.Filter{View: ended, Group: "C"},
		register.Filter{View: open, Unit: complainttest.Town, Category: "C03"},
		register.Filter{View: open, States: []workflow.State{complaint.Handling}, Unit: complainttest.Town},
		register.Filter{View: open, States: []workflow.State{complaint.Handling}, Group: "C"},
		register.Filter{View: register.ViewMine, Person: by, Group: "C"}, register.Filter{View: register.ViewMine, Person: by, Due: register.DueLate},
		register.Filter{View: open, Details: []register.Narrowed{{Name: "channel", Value: "web"}}}, register.Filter{Details: []register.Narrowed{{Name: "complainant", Value: "media"}}},
		register.Filter{View: open, Provisional: true}, register.Filter{Text: "工程款"}, register.Filter{Text: "工程"}, register.Filter{View: open, Text: "工程款", Unit: complainttest.Town})
}

func TestAListAgreesWithItsCount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 21)
	o.File(t, complainttest.Intake())
	for _, role := range staff.Roles() {
		by := o.People[role]
		for _, f := range everyFilter(by) {
			if got, want := count(t, o, by, f), len(walk(t, o, by, f, func() {})); got != want {
				t.Errorf("%s %+v: counted %d, listed %d", role, f, got, want)
			}
		}
	}
}

func TestEveryFilterLetsThroughWhatItSays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 21)
	by := o.People[staff.Supervisor]
	now := o.Now()
	everything := all(t, o, by, register.Filter{})
	holds := map[string]struct {
		f    register.Filter
		keep func(register.Row) bool
	}{
		"open":  {register.Filter{View: register.ViewOpen}, func(r register.Row) bool { return r.Phase == workflow.UnderWay }},
		"over":  {register.Filter{View: register.ViewClosed}, func(r register.Row) bool { return complaint.Law.State(r.State).Ended() }},
		"rated": {register.Filter{View: complaint.ViewRated}, func(r register.Row) bool { return r.State == complaint.Rated }},
		"state": {register.Filter{States: []workflow.State{complaint.Handling}}, func(r register.Row) bool { return r.State == complaint.Handling }},
		"unit":  {register.Filter{Unit: "JUS"}, func(r register.Row) bool { return r.Unit == "JUS" }},
		"category and unit": {register.Filter{Unit: "JUS", Category: "C01"}, func(r register.Row) bool {
			return r.Unit == "JUS" && r.Category == "C01"
		}},
		"group": {register.Filter{Group: "C"}, func(r register.Row) bool { return strings.HasPrefix(r.Category, "C") }},
	}
	for name, c := range holds {
		var want []string
		for _, r := range everything {
			if c.keep(r) {
				want = append(want, r.Number)
			}
		}
		got := numbers(all(t, o, by, c.f))
		slices.Sort(got)
		slices.Sort(want)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d listed, want %d", name, len(got), len(want))
		}
	}
	terms := 0
	for _, term := range register.Terms() {
		terms += count(t, o, by, register.Filter{Due: term})
	}
	if open := count(t, o, by, register.Filter{View: register.ViewOpen}); terms != open {
		t.Errorf("the terms have %d, all under way are %d", terms, open)
	}
	late := count(t, o, by, register.Filter{View: register.ViewLate})
	exact, err := pg.One[int](t.Context(), o.DB.Owner, `SELECT count(*)::int FROM matter WHERE phase = 1 AND due_at <= @now`, pg.Args{"now": now})
	if err != nil || late != exact {
		t.Errorf("late %d, want %d (%v)", late, exact, err)
	}
}

// What has the pieces of what was typed in another order stands between what has
// it, over several pages.
func TestASearchKeepsTheOrderOfTheListAndReadsTheTexts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 21)
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `
		INSERT INTO search_text SELECT id, (CASE WHEN id % 2 = 0 THEN @has ELSE @may END)::text::tsvector FROM matter`,
		pg.Args{"has": search.Vector("修路的工程款没有付"), "may": search.Vector("这项工程的程款没有付")}); err != nil {
		t.Fatal(err)
	}
	by := o.People[staff.Supervisor]
	var want []string
	for _, r := range all(t, o, by, register.Filter{}) {
		if r.ID%2 == 0 {
			want = append(want, r.Number)
		}
	}
	if len(want) <= 2*register.PageSize {
		t.Fatalf("only %d are to be found", len(want))
	}
	f := register.Filter{Text: "工程款没有付"}
	if diff := cmp.Diff(want, walk(t, o, by, f, func() {})); diff != "" {
		t.Error(diff)
	}
	first := list(t, o, by, f, register.Cursor{})
	if n := count(t, o, by, f); n != f.CountTo() {
		t.Errorf("counted %d of %d", n, len(want))
	}
	at := list(t, o, by, f, first.Next)
	if diff := cmp.Diff(want[:register.PageSize], numbers(list(t, o, by, f, at.Prev).Rows)); diff != "" {
		t.Errorf("read backwards: %s", diff)
	}
	few := register.Filter{Text: "工程款没有付", Unit: complainttest.Town}
	if n, all := count(t, o, by, few), len(walk(t, o, by, few, func() {})); n != all || n == 0 || n >= f.CountTo() {
		t.Errorf("counted %d of %d", n, all)
	}
}

func all(t *testing.T, o *complainttest.Office, by staff.Person, f register.Filter) []register.Row {
	t.Helper()
	var rows []register.Row
	var after register.Cursor
	for {
		page := list(t, o, by, f, after)
		rows = append(rows, page.Rows...)
		if after = page.Next; after.IsZero() {
			return rows
		}
	}
}

func TestTheAccusedFindNothingAnywhere(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	if err := search.Index(t.Context(), d.DB.Worker, kinds.Texts(), []int64{d.id()}); err != nil {
		t.Fatal(err)
	}
	in := complainttest.Intake()
	in.Story.Unit = complainttest.Finance
	other := d.File(t, in).Number
	for _, role := range staff.Roles() {
		for _, unit := range []string{complainttest.Town, complainttest.TownRoads} {
			by := d.Hire(t, strings.ToLower(unit)+"."+string(role), role, unit)
			for _, f := range append(everyFilter(by), register.Filter{Text: "村道硬化"}) {
				if slices.Contains(numbers(list(t, d.Office, by, f, register.Cursor{}).Rows), d.number) {
					t.Errorf("%s of %s sees it with %+v", role, unit, f)
				}
				if n := count(t, d.Office, by, f); n > 1 {
					t.Errorf("%s of %s counts it with %+v", role, unit, f)
				}
				place, err := d.Desk.PlaceIn(t.Context(), by.Scope(), f, other, register.Cursor{})
				if err != nil || place.Before.Number == d.number || place.After.Number == d.number {
					t.Errorf("%s of %s has it as a neighbour with %+v: %v", role, unit, f, err)
				}
				for _, from := range []register.Cursor{{}, place.At, {Phase: workflow.UnderWay, ID: d.id() - 1}, {Phase: workflow.UnderWay, ID: d.id() + 1, Back: true}} {
					next, err := d.Desk.NextFor(t.Context(), by, f, from, other)
					if err != nil || next.Number == d.number {
						t.Errorf("%s of %s is led to it from %s with %+v: %v", role, unit, from, f, err)
					}
				}
			}
			if _, found, err := d.Desk.Place(t.Context(), by.Scope(), d.number); found || err != nil {
				t.Errorf("%s of %s finds its number: %v", role, unit, err)
			}
		}
	}
	by := d.People[staff.Registrar]
	if n := count(t, d.Office, by, register.Filter{Text: "村道硬化"}); n != 1 {
		t.Errorf("the desk finds %d", n)
	}
}

func (d *desk) id() int64 {
	d.t.Helper()
	id, err := pg.One[int64](d.t.Context(), d.DB.Owner, `SELECT id FROM matter WHERE number = @n`, pg.Args{"n": d.number})
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func TestAHandlerSeesWhatTheirUnitHas(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	d.File(t, complainttest.Intake()) // with nobody yet
	for unit, want := range map[string]int{complainttest.Finance: 1, complainttest.Justice: 1, complainttest.DeskUnit: 0} {
		by := d.Hire(t, "h-"+strings.ToLower(unit), staff.Handler, unit)
		rows := list(t, d.Office, by, register.Filter{}, register.Cursor{}).Rows
		if len(rows) != want {
			t.Errorf("%s: %d", unit, len(rows))
		}
	}
}

func TestNeighboursAreThoseOfTheList(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 3)
	by := o.People[staff.Leader]
	for _, f := range []register.Filter{{}, {View: register.ViewOpen}, {View: register.ViewClosed}, {View: register.ViewMine, Person: by}, {Group: "C"}} {
		rows := numbers(all(t, o, by, f))
		for i, n := range rows {
			place, err := o.Desk.PlaceIn(t.Context(), by.Scope(), f, n, register.Cursor{})
			want := [2]string{}
			if i > 0 {
				want[0] = rows[i-1]
			}
			if i+1 < len(rows) {
				want[1] = rows[i+1]
			}
			if got := [2]string{place.Before.Number, place.After.Number}; err != nil || got != want {
				t.Errorf("%+v: beside %s stand %v, want %v (%v)", f, n, got, want, err)
			}
			// Whoever has moved it elsewhere goes on from where it was.
			if next, err := o.Desk.NextFor(t.Context(), by, f, place.At, n); err != nil || next.Number != want[1] {
				t.Errorf("%+v: %s is followed by %s, want %s (%v)", f, n, next.Number, want[1], err)
			}
			moved, err := o.Desk.PlaceIn(t.Context(), by.Scope(), f, rows[0], place.At)
			if i > 0 && (err != nil || moved.After.Number != want[1] || moved.At != place.At) {
				t.Errorf("%+v: what was moved from the place of %s is followed by %s, want %s (%v)", f, n, moved.After.Number, want[1], err)
			}
		}
	}
}

func TestACursorFromOutsideIsReadOrIgnored(t *testing.T) {
	t.Parallel()
	for _, c := range []register.Cursor{
		{Phase: 1, Due: complainttest.Monday, ID: 7, From: 51}, {Phase: 3, ID: 1 << 40, Back: true, From: 1},
	} {
		got := register.ParseCursor(c.String())
		if !got.Due.Equal(c.Due) || got.ID != c.ID || got.Back != c.Back || got.Phase != c.Phase || got.From != c.From {
			t.Errorf("%s read as %+v", c, got)
		}
	}
	for _, s := range []string{"", "n", "n.1.-.1", "x.1.-.1.1", "n.9.-.1.1", "n.1.-.0.1", "n.1.zzzzzzzzzzzz.1.1", "n.1.--1.1.1", "n.1.-.1.-5", "n.1.;drop.1.1"} {
		if got := register.ParseCursor(s); !got.IsZero() {
			t.Errorf("%q read as %+v", s, got)
		}
	}
}

func TestAPageOfTwentyThousandWalksAnIndex(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 1200)
	if _, err := o.DB.Owner.Exec(t.Context(), `VACUUM ANALYZE matter`); err != nil {
		t.Fatal(err)
	}
	by := o.People[staff.Supervisor]
	middle := list(t, o, by, register.Filter{View: register.ViewOpen}, register.Cursor{}).Next
	for _, f := range everyFilter(by) {
		for _, after := range []register.Cursor{{}, middle} {
			sql, args := complaint.Kind.ListSQL(by.Scope(), f, after, o.Now())
			for _, generic := range []bool{false, true} {
				if generic && f.Text != "" {
					continue // such a statement is never planned without its words
				}
				plan := explain(t, o, sql, args, generic)
				if strings.Contains(plan, "Seq Scan on matter m ") {
					t.Errorf("generic %v, %+v reads the whole table:\n%s", generic, f, plan)
				}
				page, _, _ := strings.Cut(plan, "SubPlan") // what is worked out of each row sorts that row's events
				if !sorts(f, by) && strings.Contains(page, "Sort Key") {
					t.Errorf("generic %v, %+v sorts:\n%s", generic, f, plan)
				}
			}
		}
	}
}

// sorts says which lists are merged from several walks, narrowed by two indexes or a search,
// or begin with the few rows of what is promised, to be supervised, in doubt, late at the office or to be published, and may sort the few rows that came of it.
func sorts(f register.Filter, by staff.Person) bool {
	if slices.Contains([]string{"settling", "to_supervise", "promised", "promise_soon", "owed", "doubted", "closing_doubted", "office_late", "office_long", "release", "release_due", "release_check"}, f.View) {
		return true
	}
	pair := f.Unit != "" && (f.Category != "" || len(f.States) > 0)
	return pair || len(f.States) > 1 || f.Group != "" || f.Text != "" || f.View == register.ViewSent || f.View == complaint.ViewReferred || f.View == "recheck" || f.Provisional || len(f.Details) > 0 ||
		f.View == register.ViewMine && len(complaint.Kind.WaitingFor(by).Desk) > 1
}

func explain(t *testing.T, o *complainttest.Office, sql string, args pg.Args, generic bool) string {
	t.Helper()
	conn, err := o.DB.Admin.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if !generic {
		return planOf(t, conn.Conn(), `EXPLAIN `+sql, args)
	}
	plain, values, err := args.RewriteQuery(t.Context(), conn.Conn(), sql, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, step := range []string{`SET plan_cache_mode = force_generic_plan`, `PREPARE asked AS ` + plain} {
		if _, err := conn.Exec(ctx, step, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	nulls := strings.TrimSuffix(strings.Repeat("NULL, ", len(values)), ", ")
	plan := planOf(t, conn.Conn(), fmt.Sprintf(`EXPLAIN EXECUTE asked(%s)`, nulls), nil)
	if _, err := conn.Exec(ctx, `DEALLOCATE asked; RESET plan_cache_mode`, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	return plan
}

func planOf(t *testing.T, conn *pgx.Conn, sql string, args pg.Args) string {
	t.Helper()
	var rows pgx.Rows
	var err error
	if args == nil {
		rows, err = conn.Query(t.Context(), sql, pgx.QueryExecModeSimpleProtocol)
	} else {
		rows, err = conn.Query(t.Context(), sql, args)
	}
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
	return strings.Join(lines, "\n")
}

func TestWhatWaitsFollowsTheMoveTable(t *testing.T) {
	d := newDesk(t)
	waits := func(role staff.Role) string {
		by := d.People[role]
		rows := list(t, d.Office, by, register.Filter{View: register.ViewMine, Person: by}, register.Cursor{}).Rows
		if len(rows) == 0 {
			return ""
		}
		return rows[0].Task(by)
	}
	expect := func(registrar, handler, head, leader string) {
		t.Helper()
		got := [4]string{waits(staff.Registrar), waits(staff.Handler), waits(staff.UnitHead), waits(staff.Leader)}
		if want := [4]string{registrar, handler, head, leader}; got != want {
			t.Errorf("%s: waits %q, want %q", d.state(), got, want)
		}
	}
	expect("登记", "", "", "")
	d.do(staff.Registrar, complaint.EnterRegister)
	expect("决定是否受理", "", "", "")
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	expect("派单", "", "", "")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice)
	expect("", "签收", "签收", "")
	d.do(staff.Handler, complaint.Sign)
	expect("", "写答复稿", "写答复稿", "")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	expect("", "", "批准答复稿", "")
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	expect("", "", "", "审核答复")
	by := d.People[staff.Registrar]
	sent := register.Filter{View: register.ViewSent, Person: by}
	if n := count(t, d.Office, by, sent); n != 1 {
		t.Errorf("what the registrar sent on: %d", n)
	}
	co := d.Hire(t, "co", staff.Handler, complainttest.Justice)
	mine := register.Filter{View: register.ViewMine, Person: co}
	if n := count(t, d.Office, co, mine); n != 1 {
		t.Errorf("with the answer still to be sent, waits for the helping unit: %d", n)
	}
	d.do(staff.Leader, complaint.Reply)
	if n := count(t, d.Office, co, mine); n != 0 {
		t.Errorf("with the answer sent, waits for the helping unit: %d", n)
	}
}

func TestARowSaysWhoHasItAndUntilWhen(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	row := list(t, d.Office, d.People[staff.Supervisor], register.Filter{}, register.Cursor{}).Rows[0]
	if row.Holder() != "县财政局" || row.UnitName != "东岭镇人民政府" || row.CategoryTitle == "" || row.Due == nil || row.Due.Rule != "PF-DO" {
		t.Errorf("%+v %+v", row, row.Due)
	}
	if _, ok := form.ParseNumber(row.Number); !ok {
		t.Errorf("number %q", row.Number)
	}
	if row.Due.At.Before(d.Now()) || row.Due.At.After(d.Now().Add(40*24*time.Hour)) {
		t.Errorf("due %s", row.Due.At)
	}
}

func TestTheNumberOfAPaperLeadsToItsMatterForWhoMayKnow(t *testing.T) {
	d := newDesk(t)
	d.tampered = true
	err := pg.Tx(t.Context(), d.DB.Owner, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO document_counter (prefix, year, last) VALUES ('演示', 2026, 1)`)
		if err != nil {
			return err
		}
		_, err = tx.Exec(t.Context(), `
			INSERT INTO document (matter_id, seq, kind, prefix, year, serial, title, paper, html, digest, signed_by, signed_at)
			VALUES ($1, 1, 'DOC-RPL', '演示', 2026, 1, '答复意见书', '{}', '<p>', encode(sha256('<p>'), 'hex'), $2, $3)`,
			d.id(), d.People[staff.Leader].ID, d.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"演示〔2026〕1号": d.number, "演示[2026]1": d.number, "演示（2026） 1 号": d.number, "演示〔2026〕2号": "", "演示": "", "〔2026〕1号": "", "演示〔2026〕99999999号": ""} {
		number, _, err := d.Desk.PlaceOfPaper(t.Context(), d.People[staff.Registrar].Scope(), typed)
		if err != nil || number != want {
			t.Errorf("%s leads to %q, want %q (%v)", typed, number, want, err)
		}
	}
	accused := d.Hire(t, "accused", staff.Registrar, complainttest.Town)
	if number, _, err := d.Desk.PlaceOfPaper(t.Context(), accused.Scope(), "演示〔2026〕1号"); number != "" || err != nil {
		t.Errorf("the accused reach %q (%v)", number, err)
	}
}
