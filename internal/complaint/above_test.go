package complaint_test

import (
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

func (d *desk) owner(sql string) {
	d.t.Helper()
	if _, err := d.DB.Owner.Exec(d.t.Context(), sql); err != nil {
		d.t.Fatal(err, sql)
	}
}

// goesTo is the unit that the letter of a template is to; empty where there is none.
func (d *desk) goesTo(template string) string {
	d.t.Helper()
	return must(pg.One[string](d.t.Context(), d.DB.Owner, `SELECT coalesce(max(l.unit), '') FROM letter l JOIN matter m ON m.id = l.matter_id WHERE m.number = @n AND l.template = @t`,
		pg.Args{"n": d.number, "t": template}))
}

// What nobody of a unit can act on is told to the unit above and to the desk, which has it to
// do; where somebody is there again it ends by itself.
func TestWhatNobodyOfAUnitCanDoIsToldAbove(t *testing.T) {
	d := handled(t)
	d.owner(`INSERT INTO unit (code, name, kind) VALUES ('GOV', '县人民政府', 'county_government')`)
	d.owner(`UPDATE unit SET parent = 'GOV' WHERE code = 'FIN'`)
	if d.sweep() != 0 {
		t.Fatal("a unit with people is told above")
	}
	d.doAs(d.People[staff.Handler], "recuse")
	if d.sweep() != 0 {
		t.Error("its head is there")
	}
	d.owner(`INSERT INTO absence (staff_id, from_on, to_on, by_id, at) SELECT id, '2026-03-01', '2026-03-06', id, now() FROM staff WHERE login = 'unit_head'`)
	if d.sweep() != 1 || d.flags() != "unmanned" || d.letters("unmanned") != 1 || d.goesTo("below_idle") != "GOV" {
		t.Errorf("recused and away: %q, to %q", d.flags(), d.goesTo("below_idle"))
	}
	if !d.inView("unmanned", staff.Registrar) || !d.inView("unmanned", staff.Supervisor) {
		t.Error("the desk has nothing to do about it")
	}
	d.owner(`INSERT INTO absence_end (absence_id, by_id, at) SELECT id, by_id, now() FROM absence`)
	if d.sweep() != 1 || d.flags() != "" || d.inView("unmanned", staff.Registrar) {
		t.Errorf("back: %q", d.flags())
	}
	// Late for days, it is told to the one above too, but not to one that is barred.
	d.until("2026-04-02")
	d.sweep()
	if d.goesTo("overdue") != "FIN" {
		t.Errorf("the unit's own letter is to %q", d.goesTo("overdue"))
	}
	d.owner(`UPDATE matter SET named = named || '{GOV}' WHERE number = '` + d.number + `'`)
	d.until("2026-04-09")
	// What bars the one above bars whoever stands below it: nobody is left in the unit either.
	if d.sweep() != 2 || d.letters("overlong") != 1 || d.letters("below_late") != 0 {
		t.Error("a unit that is barred is told")
	}
	if d.letters("unmanned") != 2 || d.letters("below_idle") != 1 {
		t.Error("where the one above is barred the desk is not told")
	}
	d.do(staff.Registrar, complaint.Recall, "note", "没有人能办")
	if d.sweep() != 0 || d.inView("unmanned", staff.Registrar) {
		t.Error("taken back it is still to be done something about")
	}
}

// The head's step alone waits where no head is there, and no deputy.
func TestADraftWithoutAHeadIsToldAbove(t *testing.T) {
	d := handled(t)
	second := d.Hire(t, "second", staff.Handler, complainttest.Finance)
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	head := d.People[staff.UnitHead]
	d.owner(`INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) SELECT h.id, '2026-03-01', '2026-03-06', s.id, h.id, now() FROM staff h, staff s WHERE h.login = 'unit_head' AND s.login = 'second'`)
	if d.sweep() != 0 {
		t.Errorf("%s stands in for %s, and it is told", second.Login, head.Login)
	}
	d.owner(`UPDATE staff SET disabled_at = now() WHERE login = 'second'`)
	if d.sweep() != 1 || d.flags() != "unmanned" {
		t.Errorf("nobody approves: %q", d.flags())
	}
	d.Wait(time.Minute)
}
