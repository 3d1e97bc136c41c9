package complaint_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

// detailed is how many complaints there are of each state; a million of them in all have the
// same plans (EXPLAIN, December 2026).
const detailed = 1200

// narrowed are filters by details: what most have, what few have, and both ends of a sum.
func narrowed() []register.Filter {
	sum := func(yuan int64) *form.Amount { a := form.Amount(yuan * 100); return &a }
	details := [][]register.Narrowed{
		{{Name: "channel", Value: "web"}}, {{Name: "channel", Value: "email"}}, {{Name: "channel", Value: "other_body"}},
		{{Name: "complainant", Value: "citizen"}}, {{Name: "complainant", Value: "media"}}, {{Name: "track", Value: "hotline"}},
		{{Name: "unpaid", Least: sum(990_000)}}, {{Name: "unpaid", Least: sum(1), Most: sum(900_000)}}, {{Name: "unpaid", Most: sum(900)}}, {{Name: "contract", Least: sum(999_000)}},
		{{Name: "channel", Value: "email"}, {Name: "complainant", Value: "media"}},
		{{Name: "channel", Value: "web"}, {Name: "unpaid", Least: sum(999_000)}},
	}
	var all []register.Filter
	for _, d := range details {
		for _, view := range []string{register.ViewOpen, register.ViewClosed, register.ViewAll} {
			all = append(all, register.Filter{View: view, Details: d})
		}
	}
	return all
}

// withDetails gives what seed made a complaint each: a sum for two of three, a channel and a
// kind of complainant that one in a thousand has.
func withDetails(t *testing.T, o *complainttest.Office) {
	t.Helper()
	for _, sql := range []string{`
		INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts, unpaid_amount, contract_amount)
		SELECT id, CASE WHEN id % 997 = 0 THEN 'email' WHEN id % 5 = 0 THEN 'hotline' ELSE 'web' END, CASE WHEN id % 991 = 0 THEN 'media' WHEN id % 3 = 0 THEN 'enterprise' ELSE 'citizen' END,
			false, true, false, '付款', '没有付', CASE WHEN id % 3 > 0 THEN (hashint8(id)::bigint & 1048575) * 100 END, CASE WHEN id % 3 = 1 THEN (hashint8(id + 7)::bigint & 1048575) * 100 END
		FROM matter WHERE number LIKE 'SEED%'`, `VACUUM ANALYZE matter, complaint`} {
		if _, err := o.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADetailThatFewHaveLeadsToThoseFew(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, detailed)
	withDetails(t, o)
	by := o.People[staff.Supervisor]
	for _, f := range narrowed() {
		sql, args := complaint.Kind.ListSQL(by.Scope(), f, register.Cursor{}, o.Now())
		plan := explain(t, o, sql, args, false)
		if strings.Contains(plan, "Seq Scan on matter m ") || strings.Contains(plan, "Seq Scan on complaint td") {
			t.Errorf("%+v reads a whole table:\n%s", f, plan)
		}
	}
}

func TestAListIsNarrowedByItsDetails(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	seed(t, o, 0, 70)
	withDetails(t, o)
	by := o.People[staff.Registrar]
	rows := all(t, o, by, register.Filter{})
	for _, f := range narrowed() {
		if f.View != register.ViewAll {
			continue
		}
		var want []string
		for _, r := range rows {
			if detailsFit(t, r, f.Details) {
				want = append(want, r.Number)
			}
		}
		got := numbers(all(t, o, by, f))
		if n := count(t, o, by, f); n != min(len(want), f.CountTo()) {
			t.Errorf("%+v: counted %d, want %d", f.Details, n, len(want))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %d listed, want %d", f.Details, len(got), len(want))
		}
	}
}

func detailsFit(t *testing.T, r register.Row, details []register.Narrowed) bool {
	t.Helper()
	for _, d := range details {
		i := slices.IndexFunc(complaint.Kind.Details, func(one register.Detail) bool { return one.Name == d.Name })
		has := r.Details[i]
		if d.Value != "" && has != d.Value {
			return false
		}
		if d.Least == nil && d.Most == nil {
			continue
		}
		if has == "" {
			return false
		}
		sum, said := form.ParseAmount(has[:max(0, len(has)-2)] + ".00")
		if said != "" {
			t.Fatalf("%q: %s", has, said)
		}
		if d.Least != nil && sum < *d.Least || d.Most != nil && sum > *d.Most {
			return false
		}
	}
	return true
}

// TestAUnitLearnsNothingByADetailThatIsKeptFromIt: neither by asking for it nor from the row.
func TestAUnitLearnsNothingByADetailThatIsKeptFromIt(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	by := d.Hire(t, "kept", staff.Handler, complainttest.Finance)
	row := list(t, d.Office, by, register.Filter{}, register.Cursor{}).Rows[0]
	for i, one := range complaint.Kind.Details {
		if one.Apart && row.Details[i] != "" {
			t.Errorf("a unit reads %s: %q", one.Name, row.Details[i])
		}
		if !one.Apart && row.Detail(one.Name) == "" {
			t.Errorf("a unit does not read %s", one.Name)
		}
		for _, o := range one.Options {
			f := register.Filter{Details: []register.Narrowed{{Name: one.Name, Value: o.Value}}}
			if n := count(t, d.Office, by, f); one.Apart && n != 0 {
				t.Errorf("a unit finds by %s: %d", one.Name, n)
			}
		}
	}
}
