package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/promise"
	"zhengxin/internal/staff"
)

// What is found false is set aside with the rights against it. They begin anew with the new
// answer, and no handing on takes its place.
func TestWhatIsFoundFalseIsAnsweredAnewWithEveryRight(t *testing.T) {
	d, own := upheld(t)
	if err := own(complaint.DenyClosing, "note", "钱没有到。"); err != nil {
		t.Fatal(err)
	}
	_, err := d.try(staff.Leader, complaint.VerifyClosing, "public", "看过了") // who upheld it closed it, too
	refused(t, err, "“维持原答复，办结”是您做的")
	other := d.Hire(t, "second-supervisor", staff.Supervisor, complainttest.DeskUnit)
	d.doAs(other, complaint.FindFalse, append(d.day("by", 20), "note", "没有付。", "public", "款没有到。")...)
	if _, runs := d.term("XF-RCAPP"); runs || !strings.Contains(d.told(complaint.FindFalse), "您可以重新评价、申请复查。核查的情况：款没有到。") {
		t.Errorf("found false, a recheck may be asked for: %v, and it says %q", runs, d.told(complaint.FindFalse))
	}
	d.do(staff.Registrar, complaint.Recall, "note", "另派")
	_, err = d.try(staff.Registrar, complaint.Redirect, "public", "去法院")
	refused(t, err, "虚假办结过，要重新答复")
	_, err = d.try(staff.Registrar, complaint.Transfer, "body", "市政府", "document", "转送函", "public", "不归这里管")
	refused(t, err, "虚假办结过，要重新答复")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	d.doAs(d.OtherHandler, complaint.Sign)
	d.doAs(d.OtherHandler, complaint.DraftAnswer, append(slices.Clone(draft), "demand", "付清利息。")...)
	d.doAs(d.OtherHead, complaint.ApproveAnswer)
	d.doAs(other, complaint.Reply)
	if on, runs := d.term("XF-RVAPP"); !runs || on != "2026-04-01" {
		t.Errorf("the new answer may be contested until %q", on)
	}
	if err := own(complaint.Contest, "note", "利息还是没有算。"); err != nil {
		t.Error(err)
	}
	d.verifyChain()
}

// A promise that is broken while a recheck may be asked for takes nothing of that right,
// whoever rechecks.
func TestABrokenPromiseTakesNoRightToARecheck(t *testing.T) {
	t.Parallel()
	for _, here := range []bool{false, true} {
		t.Run(map[bool]string{false: "another body", true: "here"}[here], func(t *testing.T) {
			d, _, own := askedOne(t)
			if here {
				d.rechecksHere()
			}
			d.toHandling()
			d.do(staff.Handler, complaint.DraftAnswer, append(slices.Clone(draft), append(d.day("promised_on", 10), "promise", "付清工程款")...)...)
			d.do(staff.UnitHead, complaint.ApproveAnswer)
			d.do(staff.Supervisor, complaint.Reply)
			if err := own(complaint.Contest, "note", "利息没有算。"); err != nil {
				t.Fatal(err)
			}
			d.do(staff.Leader, complaint.Uphold, "public", "答复没有错。")
			d.Wait(12 * 24 * time.Hour)
			d.sweep()
			if d.state() != "reopened" {
				t.Fatalf("broken it is %s", d.state())
			}
			if err := own(complaint.AskRecheck, "note", "还是没有算利息。"); err != nil {
				t.Fatal(err)
			}
			if want := map[bool]string{false: "reopened", true: "recheck_requested"}[here]; d.state() != want || !d.inView("recheck", staff.Registrar) {
				t.Errorf("asked it is %s, want %s in the list", d.state(), want)
			}
			if !here {
				d.do(staff.Registrar, complaint.RecordRecheck, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2026", "dated_month", "3", "dated_day", "12", "public", "认定清楚。")
				d.sweep() // what is promised is owed all the same
				if d.state() != "reopened" {
					t.Errorf("rechecked it is %s, and nobody sees to what is owed", d.state())
				}
			}
			d.verifyChain()
		})
	}
}

// What nobody rates is closed though its promise was broken while the right against it ended.
func TestWhatComesBackFromABrokenPromiseIsClosedWithoutARating(t *testing.T) {
	d, _, _ := askedOne(t)
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, append(slices.Clone(draft), append(d.day("promised_on", 10), "promise", "付清工程款")...)...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	pass := func(days int) {
		t.Helper()
		d.Wait(time.Duration(days) * 24 * time.Hour)
		d.sweep()
		must(d.worker().LapseRights(t.Context(), complaint.Law))
	}
	pass(12)
	pass(30)
	d.do(staff.UnitHead, promise.Keep, d.keeps("1")...)
	if d.state() != "replied" {
		t.Fatalf("kept late it is %s", d.state())
	}
	pass(1)
	if pass(6); d.state() != "closed" || d.letters("rating_reminder") != 1 {
		t.Errorf("nobody rates it, and it is %s", d.state())
	}
}
