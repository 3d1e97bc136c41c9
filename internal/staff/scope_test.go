package staff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// What a session says of its person's place; who reads what because of it is
// held to the law's sentences in internal/gates.
func TestASessionSaysWhoIsOfTheOfficeAndWhoIsNearIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit (code, name, kind, parent) VALUES
		('OFFICE', '监督办公室', 'office', NULL), ('SUB', '监督办公室一股', 'office', 'OFFICE'), ('NEAR', '监督中心', 'department', NULL)`, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit_conflict (unit, other, reason) VALUES ('NEAR', 'OFFICE', '同一名负责人')`, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		unit         string
		office, near bool
	}{{"OFFICE", true, true}, {"SUB", false, true}, {"NEAR", false, true}, {"FIN", false, false}, {"", true, true}} {
		login := "at-" + strings.ToLower(c.unit) + "x"
		o.hire(t, login, staff.Registrar, c.unit)
		secret, _ := o.enrol(t, login)
		p, _, err := o.Current(t.Context(), secret)
		if err != nil || p.Office != c.office || p.Near != c.near {
			t.Errorf("at %q: of the office %v, near it %v, %v", c.unit, p.Office, p.Near, err)
		}
	}
}

func TestAUnitThatNoRegistrarMayKnowOfIsSaid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit (code, name, kind) VALUES ('OFFICE', '监督办公室', 'office')`, nil); err != nil {
		t.Fatal(err)
	}
	said := func(want ...string) {
		t.Helper()
		names, err := o.Unwatched(t.Context())
		if slices.Sort(names); len(names) == 0 {
			names = nil
		}
		if diff := cmp.Diff(want, names); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	here := func(login, unit string) int64 { // has come in with a telephone once
		id := o.hire(t, login, staff.Registrar, unit)
		o.enrol(t, login)
		return id
	}
	here("suxiaohe", "OFFICE")
	said("监督办公室")
	id := here("heting", "FIN")
	said()
	if err := o.Disable(t.Context(), id, why); err != nil {
		t.Fatal(err)
	}
	said("监督办公室")
}

// Moved to the office, a person takes the bars of the unit along, for a term.
func TestAFormerUnitBarsForATerm(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit (code, name, kind) VALUES ('OFFICE', '监督办公室', 'office'), ('JUS', '县司法局', 'department')`, nil); err != nil {
		t.Fatal(err)
	}
	id := o.hire(t, "zhouning", staff.Handler, "FIN-PAY")
	bars := func(want ...string) {
		t.Helper()
		got, err := pg.All[string](t.Context(), o.db.Admin, `SELECT unit FROM staff_bar WHERE staff_id = @id AND bars_still(until) ORDER BY unit`, pg.Args{"id": id})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	bars("FIN", "FIN-PAY")
	seen := func() int64 {
		acts, err := o.ActsOn(t.Context(), id, 1)
		if err != nil || len(acts) == 0 {
			t.Fatal(err)
		}
		return acts[0].ID
	}
	order := why
	order.Seen = seen()
	if err := o.Reassign(t.Context(), id, staff.Job{Role: staff.Registrar, Unit: "OFFICE"}, order); err != nil {
		t.Fatal(err)
	}
	bars("FIN", "FIN-PAY", "OFFICE")
	order.Seen = seen()
	if err := o.Reassign(t.Context(), id, staff.Job{Role: staff.Registrar, Unit: "JUS"}, order); err != nil {
		t.Fatal(err)
	}
	bars("FIN", "FIN-PAY", "JUS", "OFFICE")
	if _, err := o.db.Owner.Exec(t.Context(), `UPDATE unit SET parent = 'JUS' WHERE code = 'OFFICE'`); err != nil {
		t.Fatal(err)
	}
	var terms int
	if err := o.db.Owner.QueryRow(t.Context(), `
		SELECT count(*) FROM staff_bar WHERE staff_id = $1 AND until BETWEEN now() + interval '1090 days' AND now() + interval '1100 days'`, id).Scan(&terms); err != nil || terms != 3 {
		t.Errorf("%d bars have a term of three years, %v", terms, err)
	}
	if _, err := o.db.Owner.Exec(t.Context(), `UPDATE staff_post SET bars_to = current_date - 1 WHERE unit = 'FIN-PAY'`); err != nil {
		t.Fatal(err)
	}
	if _, err := o.db.Owner.Exec(t.Context(), `UPDATE unit SET parent = NULL WHERE code = 'OFFICE'`); err != nil { // works all out anew
		t.Fatal(err)
	}
	bars("JUS", "OFFICE")
}
