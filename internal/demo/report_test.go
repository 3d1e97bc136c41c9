package demo_test

import (
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/demo"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// reportsCountWhatListsHave: under whatever scope, each number of a report is that of the
// list that it leads to, and groups add up to the whole.
func reportsCountWhatListsHave(t *testing.T, db *pgtest.DB, _ demo.Office) {
	engine := &workflow.Engine{Pool: db.Admin, Now: now}
	until := clock.On(now())
	since := register.FirstOfMonth(until).AddMonths(-11)
	for _, k := range kinds.All() {
		if k.Report == nil {
			continue
		}
		r := &register.Register{Office: register.NewOffice(engine), Kind: k}
		some := map[string]int{}
		for _, p := range people(t, db) {
			if !k.ReadBy(p.Role) {
				continue
			}
			f := register.Filter{View: register.ViewAll, Since: since, Until: until}
			if p.Scope().Shared {
				f.Lead = p.Unit
			}
			sheet, err := r.CountReport(t.Context(), p.Scope(), f)
			if err != nil {
				t.Fatal(err)
			}
			asked, want := questions(sheet, f)
			got, err := r.Count(t.Context(), p.Scope(), asked)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if got[i] != min(want[i], register.CountLimit) {
					t.Errorf("%s: the list of %+v has %d %s, the report counts %d", p.Login, asked[i], got[i], k.Law.Noun, want[i])
				}
				some[string(p.Role)] += want[i]
				some[asked[i].Figure] += want[i]
			}
			for _, group := range sheet.By(func(m register.Counted) string { return m.Lead }) {
				if p.Scope().Shared && group.Key != p.Unit {
					t.Errorf("%s is shown the figures of %q", p.Login, group.Key)
				}
			}
		}
		for _, of := range []string{string(staff.Handler), string(staff.Leader), register.FigureAnswered, register.FigureOverdue, "chased", "dissatisfied"} {
			if some[of] == 0 {
				t.Errorf("%s: the year has nothing to count as %s", k.Law.Noun, of)
			}
		}
	}
}

// questions are what each number of a sheet leads to, and the numbers; the sheet's groups
// are held against its whole.
func questions(sheet *register.Sheet, f register.Filter) (asked []register.Filter, want []int) {
	add := func(s register.Sums, f register.Filter) {
		for _, figure := range sheet.Figures {
			f.Figure = figure.Name
			asked, want = append(asked, f), append(want, s.Count(figure.Name))
		}
	}
	add(sheet.Whole, f)
	for _, group := range sheet.By(func(m register.Counted) string { return m.Lead }) {
		of := f
		if of.Lead = group.Key; group.Key == "" {
			of.Lead = register.NoUnit
		}
		add(group, of)
	}
	for _, group := range sheet.By(func(m register.Counted) string { return m.Category }) {
		of := f
		if of.Category = group.Key; group.Key == "" {
			of.Category = register.NoCategory
		}
		add(group, of)
	}
	for _, group := range sheet.By(register.ByMonth) {
		of := f
		of.Since, _ = clock.ParseDate(group.Key)
		of.Until = of.Since.AddMonths(1).AddDays(-1)
		if of.Until.After(f.Until) {
			of.Until = f.Until
		}
		add(group, of)
	}
	return asked, want
}

// people are all who have an account.
func people(t *testing.T, db *pgtest.DB) []staff.Person {
	t.Helper()
	all, err := pg.All[staff.Person](t.Context(), db.Owner, `
		SELECT p.id, p.login, p.name, p.role, coalesce(p.unit, '') AS unit, p.unit = ANY (supervising_offices()) AS office,
			b.bars && supervising_offices() AS near, b.bars
		FROM staff p, LATERAL (SELECT ARRAY(SELECT unit FROM staff_bar WHERE staff_id = p.id ORDER BY unit) AS bars) b`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
