package staff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// What may be about the office itself is read outside it, if anybody is there.
func TestWordsThatMayMeanTheOfficeAreReadOutsideIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit (code, name, kind, parent) VALUES
		('OFFICE', '监督办公室', 'office', NULL), ('SUB', '监督办公室一股', 'office', 'OFFICE'), ('NEAR', '监督中心', 'department', NULL)`, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(t.Context(), o.db.Owner, `INSERT INTO unit_conflict (unit, other, reason) VALUES ('NEAR', 'OFFICE', '同一名负责人')`, nil); err != nil {
		t.Fatal(err)
	}
	o.hire(t, "suxiaohe", staff.Registrar, "OFFICE")
	office, _ := o.enrol(t, "suxiaohe")
	reads := func(secret key.Secret) bool {
		t.Helper()
		p, _, err := o.Current(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return p.Outside
	}
	for _, at := range []string{"SUB", "NEAR"} { // as near to it as itself
		o.hire(t, "at-"+strings.ToLower(at), staff.Registrar, at)
		if !reads(office) {
			t.Errorf("with a registrar at %s alone nobody reads it", at)
		}
		secret, _ := o.enrol(t, "at-"+strings.ToLower(at))
		if !reads(secret) {
			t.Errorf("the registrar at %s does not read it", at)
		}
	}
	names, err := o.Unwatched(t.Context())
	if diff := cmp.Diff([]string{"监督中心", "监督办公室"}, names); diff != "" || err != nil {
		t.Error(diff, err)
	}
	id := o.hire(t, "heting", staff.Registrar, "FIN")
	outside, _ := o.enrol(t, "heting")
	if reads(office) || !reads(outside) {
		t.Errorf("office reads it %v, outside %v", reads(office), reads(outside))
	}
	if p, _, err := o.Current(t.Context(), outside); err != nil || !cmp.Equal(p.Settlers, []string{"FIN"}) {
		t.Errorf("those who settle: %v, %v", p.Settlers, err)
	}
	o.hire(t, "luming", staff.Leader, "FIN")
	leader, _ := o.enrol(t, "luming")
	if reads(leader) {
		t.Error("a department's leader reads what may be about that department too")
	}
	if names, err := o.Unwatched(t.Context()); len(names) > 0 || err != nil {
		t.Errorf("nobody watches %v, %v", names, err)
	}
	if _, err := pg.Exec(t.Context(), o.db.Owner, `UPDATE staff SET disabled_at = now() WHERE id = @id`, pg.Args{"id": id}); err != nil {
		t.Fatal(err)
	}
	if !reads(office) {
		t.Error("once the one outside has left, nobody reads it")
	}
}
