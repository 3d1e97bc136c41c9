package complaint_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

func (d *desk) doubts() string {
	d.t.Helper()
	return strings.Join(d.read(d.People[staff.Leader]).Doubts(), "；")
}

// What the complainant does not confirm is closed by somebody else than who sent the answer,
// and is in doubt until others have verified it.
func TestAFalseClosingIsFoundByOthersAndGoesBackSupervised(t *testing.T) {
	d, own := answered(t)
	if err := own(complaint.Rate, "rating", "dissatisfied", "solved", "unsolved"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, complaint.FollowUp, "public", "电话问过，还没有付。")
	_, err := d.try(staff.Supervisor, complaint.Close, "note", "归档")
	refused(t, err, "“同意并送出答复”是您做的")
	d.do(staff.Leader, complaint.Close, "note", "已回访，归档")
	if d.state() != "closed" || d.doubts() != "投诉人不满意，或者说没有解决" || !d.inView("closing_doubted", staff.Supervisor) || !d.inView("closing_doubted", staff.Leader) {
		t.Fatalf("closed it is %s, in doubt for %q", d.state(), d.doubts())
	}
	if on, runs := d.term("PF-VERIFY"); on != "2026-03-16" || !runs {
		t.Errorf("to be verified until %s", on)
	}
	for who, why := range map[staff.Role]string{staff.Supervisor: "“同意并送出答复”是您做的", staff.Leader: "“办结”是您做的"} {
		_, err := d.try(who, complaint.VerifyClosing, "public", "看过了")
		refused(t, err, why)
	}
	_, err = d.try(staff.Registrar, complaint.VerifyClosing, "public", "看过了")
	refused(t, err, "不由您来办")
	ofUnit := d.Hire(t, "once-finance", staff.Supervisor, complainttest.Finance)
	_, err = d.tryAs(ofUnit, complaint.VerifyClosing, "public", "看过了")
	refused(t, err, "您是答复的单位的人")
	// It is said again, each by who is due to; the right to a review stays on its day.
	d.until("2026-03-17")
	if d.sweep() == 0 || d.letters("verify_late") != 1 { // the office is late with another, too
		t.Error("that the verification is late is not said")
	}
	other := d.Hire(t, "second-supervisor", staff.Supervisor, complainttest.DeskUnit)
	for name, pairs := range map[string][]string{"by": {"note", "没有付", "public", "没有付"}, "public": {"by_year", "2026", "by_month", "4", "by_day", "10", "note", "没有付"}} {
		_, err := d.tryAs(other, complaint.FindFalse, pairs...)
		if fields := fault.FieldsOf(err); !slices.ContainsFunc(fields, func(f fault.Field) bool { return strings.HasPrefix(f.Name, name) }) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	d.doAs(other, complaint.FindFalse, "by_year", "2026", "by_month", "4", "by_day", "10", "note", "钱没有付，凭证是旧的。", "public", "向投诉人和银行核过，款没有到。")
	if d.state() != "handling" || d.letters("closing_false") != 2 || d.inView("closing_doubted", staff.Supervisor) || !d.inView("falsely_closed", staff.DisciplineOfficer) {
		t.Errorf("found false it is %s, %d letters", d.state(), d.letters("closing_false"))
	}
	for rule, want := range map[string]string{"PF-DO": "2026-04-16", "SUPERVISED": "2026-04-10"} {
		if on, runs := d.term(rule); on != want || !runs {
			t.Errorf("%s until %s, want %s", rule, on, want)
		}
	}
	for _, rule := range []string{"PF-VERIFY", "XF-RVAPP"} {
		if _, runs := d.term(rule); runs {
			t.Errorf("%s runs on", rule)
		}
	}
	if read := d.read(d.People[staff.Handler]); read.Events[0].Note != "钱没有付，凭证是旧的。" || strings.Contains(d.told(complaint.FindFalse), "凭证是旧的") {
		t.Errorf("the unit reads %+v", read.Events[0])
	}
	// Others make the answer anew, and it counts for the unit.
	_, err = d.try(staff.Handler, complaint.DraftAnswer, draft...)
	refused(t, err, "重新办理要由另外的人做")
	if n := d.counted(staff.Leader).Whole.Count("false_closing"); n != 1 {
		t.Errorf("%d false closings are counted", n)
	}
	d.verifyChain()
}

// What the complainant confirms is not in doubt, and what lapses without a word may be.
func TestWhyAClosingIsInDoubt(t *testing.T) {
	d, own := answered(t)
	if err := own(complaint.Rate, "rating", "satisfied", "solved", "solved"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, complaint.Close, "note", "满意")
	if d.doubts() != "" {
		t.Errorf("confirmed, it is in doubt: %s", d.doubts())
	}
	// Later they say that it was not done after all.
	if err := own(complaint.DenyClosing, "note", "转账的凭证是假的，钱没有到。"); err != nil {
		t.Fatal(err)
	}
	if d.state() != "closed" || d.doubts() != "投诉人说办结了，可是没有办到" || d.letters("closing_denied") != 1 {
		t.Errorf("denied, it is in doubt for %q", d.doubts())
	}
	refused(t, own(complaint.DenyClosing, "note", "还是没有到。"), "今天已经说过了")
	d.do(staff.Leader, complaint.VerifyClosing, "public", "查过银行流水，3月5日到账。")
	if d.doubts() != "" || d.state() != "closed" {
		t.Errorf("verified, it is %s, in doubt for %q", d.state(), d.doubts())
	}
	_, err := d.try(staff.Leader, complaint.VerifyClosing, "public", "再看")
	refused(t, err, "没有列入回访核查")
	d.do(staff.Leader, complaint.DoubtClosing, "note", "有人大代表说没有到账")
	if d.doubts() != "监督办公室列入核查，理由见经过" {
		t.Errorf("doubted by the desk: %q", d.doubts())
	}
	// The review takes it over.
	if err := own(complaint.Contest, "note", "没有到账。"); err != nil {
		t.Fatal(err)
	}
	if _, runs := d.term("PF-VERIFY"); runs {
		t.Error("contested, it is still to be verified")
	}
	d.verifyChain()
}

func TestTheReasonsOfADoubtAreWorkedOut(t *testing.T) {
	d := handled(t)
	other := d.at(d.File(t, complainttest.Intake()).Number)
	d.until("2026-03-31")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	marks := func(number string) {
		if _, err := pg.Exec(t.Context(), d.DB.Owner, `INSERT INTO likeness (matter_id, part, marks) SELECT id, 'answer', ARRAY[1, 2, 3, 4, 5] FROM matter WHERE number = @n ON CONFLICT (matter_id, part) DO UPDATE SET marks = excluded.marks`, pg.Args{"n": number}); err != nil {
			t.Fatal(err)
		}
	}
	marks(d.number)
	other.toHandling()
	other.do(staff.Handler, complaint.DraftAnswer, draft...)
	other.do(staff.UnitHead, complaint.ApproveAnswer)
	other.do(staff.Supervisor, complaint.Reply)
	marks(other.number)
	d.until("2026-04-26")
	d.sweep()
	d.until("2026-05-02")
	d.sweep()
	if d.state() != "closed" || d.doubts() != "答复在期限的最后两天才送出；答复和这个单位别的答复几乎一样" {
		t.Errorf("it is %s, in doubt for %q", d.state(), d.doubts())
	}
	page := must(d.Desk.List(t.Context(), d.People[staff.Leader].Scope(), register.Filter{View: "closing_doubted"}, register.Cursor{}))
	if len(page.Rows) == 0 {
		t.Error("it is in no list")
	}
}
