package complaint_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// upheld is a complaint whose answer a review upheld, with its complainant's moves.
func upheld(t *testing.T) (*desk, func(workflow.Action, ...string) error) {
	t.Helper()
	d, own := answered(t)
	if err := own(complaint.AskRecheck, "note", "不服"); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Conflict) {
		t.Errorf("a recheck before any review: %v", err)
	}
	if err := own(complaint.Contest, "note", "利息没有算。"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Leader, complaint.Uphold, "public", "答复没有错。")
	return d, own
}

func (d *desk) rechecksHere() {
	d.t.Helper()
	if _, err := d.DB.Owner.Exec(d.t.Context(), `INSERT INTO setting (key, value) VALUES ('host', '郏县人民政府'), ('recheck_body', '郏县人民政府')
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`); err != nil {
		d.t.Fatal(err)
	}
}

// term is whether a term of the matter runs, and its last day.
func (d *desk) term(rule string) (on string, runs bool) {
	d.t.Helper()
	all := must(pg.All[string](d.t.Context(), d.DB.Owner, `SELECT k.due_on::text FROM clock k JOIN matter m ON m.id = k.matter_id WHERE m.number = @n AND k.rule = @rule AND k.stopped_at IS NULL`,
		pg.Args{"n": d.number, "rule": rule}))
	if len(all) == 0 {
		return "", false
	}
	return all[0], true
}

// 信访工作条例 36: another body rechecks, and its opinion is recorded here.
func TestAnotherBodyRechecks(t *testing.T) {
	d, own := upheld(t)
	if _, runs := d.term("XF-RCAPP"); !runs || d.state() != "closed" {
		t.Fatalf("upheld it is %s without the right to a recheck", d.state())
	}
	_, err := d.try(staff.Registrar, complaint.RecordRecheck, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2026", "dated_month", "3", "dated_day", "2", "public", "维持")
	refused(t, err, "没有请求过复核")
	if err := own(complaint.AskRecheck, "note", "还是没有算利息。"); err != nil {
		t.Fatal(err)
	}
	if d.state() != "closed" || d.letters("recheck_asked") != 1 || !strings.Contains(d.told(complaint.AskRecheck), "上一级机关办理") {
		t.Errorf("asked, it is %s and says %q", d.state(), d.told(complaint.AskRecheck))
	}
	if err := own(complaint.AskRecheck, "note", "再来一次"); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), "已经请求过复核") {
		t.Errorf("asked twice: %v", err)
	}
	_, err = d.try(staff.Registrar, complaint.RecordRecheck, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2027", "dated_month", "3", "dated_day", "2", "public", "维持")
	if fields := fault.FieldsOf(err); len(fields) != 1 {
		t.Errorf("an opinion of a day to come: %v", err)
	}
	d.do(staff.Registrar, complaint.RecordRecheck, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2026", "dated_month", "3", "dated_day", "2", "public", "认定清楚。")
	if said := d.told(complaint.RecordRecheck); d.state() != "rechecked" || !strings.Contains(said, "市政府2026年3月2日作出复核意见（平复核〔2026〕1号）") || d.letters("rechecked") != 1 {
		t.Errorf("recorded it is %s and says %q", d.state(), said)
	}
	if err := own(complaint.Contest, "note", "不服"); err == nil {
		t.Error("what is final is contested")
	}
}

// Where the office is the body that rechecks, others than who answered and reviewed do, and a
// hearing stops that term alone.
func TestTheOfficeRechecks(t *testing.T) {
	d, own := upheld(t)
	d.rechecksHere()
	if err := own(complaint.AskRecheck, "note", "还是没有算利息。"); err != nil {
		t.Fatal(err)
	}
	last, runs := d.term("XF-RC")
	if d.state() != "recheck_requested" || !runs {
		t.Fatalf("asked, it is %s", d.state())
	}
	for _, by := range []staff.Role{staff.Supervisor, staff.Leader} { // who replied, and who reviewed
		_, err := d.try(by, complaint.RecheckUphold, "public", "维持")
		refused(t, err, "另一个人")
	}
	other := d.Hire(t, "leader-9", staff.Leader, complainttest.DeskUnit)
	hold := []string{"document", "听证通知书〔2026〕3号", "until_year", "2026", "until_month", "3", "until_day", "12", "public", "十二日在政务大厅。"}
	d.doAs(other, complaint.HoldHearing, hold...)
	if now, _ := d.term("XF-RC"); now <= last || d.letters("paused") != 1 {
		t.Errorf("with a hearing its last day is %s, without %s", now, last)
	}
	if _, err := d.tryAs(other, complaint.HoldHearing, hold...); !fault.Is(err, fault.Forbidden) {
		t.Errorf("two hearings at once: %v", err)
	}
	d.Wait(12 * 24 * time.Hour)
	d.sweep()
	d.doAs(other, complaint.RecheckChange, "public", "利息要重新核。")
	if _, runs := d.term("PF-DO"); d.state() != "accepted" || !runs {
		t.Errorf("changed it is %s", d.state())
	}
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	d.doAs(d.OtherHandler, complaint.Sign)
}

// The right ends on its day and by nothing else.
func TestTheRightToARecheckEndsOnItsDay(t *testing.T) {
	d, own := upheld(t)
	d.Wait(31 * 24 * time.Hour)
	if err := own(complaint.AskRecheck, "note", "不服"); err == nil || !strings.Contains(fault.SentenceOf(err), "已经过了") {
		t.Errorf("after its day: %v", err)
	}
}

// What waits for the opinion of a recheck stands in a list of its own until there is one.
func TestWhatWaitsForARecheckIsListed(t *testing.T) {
	d, own := upheld(t)
	listed := func() int {
		t.Helper()
		return len(must(d.Desk.List(t.Context(), d.People[staff.Registrar].Scope(), register.Filter{View: "recheck"}, register.Cursor{})).Rows)
	}
	if n := listed(); n != 0 {
		t.Errorf("%d before one was asked for", n)
	}
	if err := own(complaint.AskRecheck, "note", "还是没有算利息。"); err != nil {
		t.Fatal(err)
	}
	if n := listed(); n != 1 {
		t.Errorf("%d wait", n)
	}
	d.do(staff.Registrar, complaint.RecordRecheck, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2026", "dated_month", "3", "dated_day", "2", "public", "维持")
	if n := listed(); n != 0 {
		t.Errorf("%d wait after the opinion", n)
	}
	// What was finally rechecked says by which opinion.
	d.number = d.File(t, complainttest.Intake()).Number
	d.do(staff.Registrar, complaint.EnterRegister)
	_, err := d.try(staff.Registrar, complaint.Reject, "ground", "REJECT_FINAL", "public", "没有新的事实。")
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "no_opinion" || !fields[0].Asked {
		t.Fatalf("without its number: %v %v", err, fields)
	}
	d.do(staff.Registrar, complaint.Reject, "ground", "REJECT_FINAL", "opinion", "平复核〔2026〕1号", "public", "没有新的事实。")
	if said := d.told(complaint.Reject); !strings.Contains(said, "（复核意见平复核〔2026〕1号）。没有新的事实。") {
		t.Errorf("told %q", said)
	}
}
