package complaint_test

import (
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/ladder"
	"zhengxin/internal/staff"
)

// The office's own terms are warned of rung by rung: whoever does the work first, its leader
// then; no unit reads of it, and the complainant has no letter.
func TestTheOfficeIsWarnedOfItsOwnTerms(t *testing.T) {
	d := newDesk(t) // filed on Monday, 2 March: to be registered by the 3rd, taken up by the 9th, told by the 17th
	d.do(staff.Registrar, complaint.EnterRegister)
	d.until("2026-03-05")
	if d.officeSweep() != 0 {
		t.Error("two working days before the end, it warns")
	}
	d.until("2026-03-06")
	if d.officeSweep() != 1 || d.letters("office_due_soon") != 1 {
		t.Error("one working day before the end nobody is warned")
	}
	d.until("2026-03-10")
	if d.officeSweep() != 1 || d.letters("office_overdue") != 1 || !d.inView("office_late", staff.Registrar) || !d.inView("office_late", staff.Supervisor) {
		t.Error("that the office is late is not said")
	}
	_, err := d.try(staff.Leader, ladder.PressOffice, "note", "今天办")
	refused(t, err, "没有逾期多日")
	d.until("2026-03-16")
	if n := d.officeSweep(); n != 1 || d.letters("office_overlong") != 1 || !d.inView("office_long", staff.Leader) {
		t.Errorf("days late, %d moves, its leader is not asked", n)
	}
	d.do(staff.Leader, ladder.PressOffice, "note", "由苏晓禾今天办")
	d.do(staff.Registrar, complaint.Accept, "nature", "SUG")
	if d.inView("office_late", staff.Registrar) || d.inView("office_long", staff.Leader) {
		t.Error("done, it is still late")
	}
	sheet := d.counted(staff.Leader)
	if sheet.Whole.Count("office_late") != 1 || sheet.Whole.Count("overdue") != 0 {
		t.Errorf("%d late of the office, %d of units", sheet.Whole.Count("office_late"), sheet.Whole.Count("overdue"))
	}
	if d.letters("office_overdue") != 1 || d.told(ladder.OfficeOverdue) != "" {
		t.Error("the complainant is told of it")
	}
	d.verifyChain()
}
