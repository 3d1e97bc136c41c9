package discipline_test

import (
	"slices"
	"testing"

	"zhengxin/internal/discipline"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
)

// finds says whether somebody's list of a register has anything with these words.
func (b *bench) finds(r *register.Register, by staff.Role, typed string) bool {
	b.t.Helper()
	page, err := r.List(b.t.Context(), b.People[by].Scope(), register.Filter{View: register.ViewAll, Text: typed}, register.Cursor{})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(page.Rows) > 0
}

// work does the jobs of the moves so far, which name what has new words.
func (b *bench) work() {
	b.t.Helper()
	ids, err := pg.All[int64](b.t.Context(), b.DB.Owner, `DELETE FROM river_job WHERE kind = 'index_text' RETURNING (args ->> 'matter')::bigint`, nil)
	if err == nil {
		err = search.Index(b.t.Context(), b.DB.Worker, kinds.Texts(), ids)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// A case is found by why it was opened and by its paper as it stands, an answer by its
// words, by whoever reads them.
func TestACaseIsFoundByItsWords(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.work()
	cases := &b.cases.Register
	readers := []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor, staff.DisciplineOfficer, staff.Publisher}
	check := func(typed string, want bool) {
		t.Helper()
		for _, role := range readers {
			if got := b.finds(cases, role, typed); got != want {
				t.Errorf("%s finds a case by %s: %v", role, typed, got)
			}
		}
		for _, role := range []staff.Role{staff.Handler, staff.UnitHead, staff.Sysadmin, staff.Custodian} {
			if b.finds(cases, role, typed) {
				t.Errorf("%s, who reads no case, finds one by %s", role, typed)
			}
		}
	}
	check("条例》第二十六条", true)
	check("逐项列明争议部分", false)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("facts", "你单位拖欠路款。")...)
	b.work()
	check("拖欠路款", true)
	check("逐项列明争议部分", true)
	check("约谈主要负责人", true)
	b.do(staff.Leader, discipline.SendBack, "note", "写细")
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.work()
	check("拖欠路款", false) // no page shows it any more
	check("至今尚欠52.30万元", true)
	for _, typed := range []string{b.complaint, "DL-2024-016", "王建国"} {
		check(typed, false)
	}

	complaints := &b.Desk.Register
	for role, want := range map[staff.Role]bool{staff.Registrar: true, staff.Handler: true, staff.UnitHead: true, staff.DisciplineOfficer: true, staff.Publisher: false, staff.Custodian: false} {
		if got := b.finds(complaints, role, "条例第九条"); got != want {
			t.Errorf("%s finds a complaint by its answer: %v", role, got)
		}
	}
	if slices.ContainsFunc([]staff.Role{staff.Registrar, staff.Handler}, func(r staff.Role) bool { return b.finds(complaints, r, "第二十六条") }) {
		t.Error("a complaint is found by the ground of its case, which stands on the case")
	}
}
