package complaint_test

import (
	"strings"
	"sync"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// One sends the answer, the other sends it back, in the same moment: one of the two is done, and
// the other learns what was and keeps what they wrote.
func TestTwoSupervisorsAtOnceDecideOnceOnAnAnswer(t *testing.T) {
	d := handled(t)
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	first, second := d.People[staff.Supervisor], d.Hire(t, "supervisor-2", staff.Supervisor, complainttest.DeskUnit)
	var all sync.WaitGroup
	errs := make([]error, 2)
	all.Go(func() { _, errs[0] = d.tryAs(first, complaint.Reply, "draft", "1") })
	all.Go(func() { _, errs[1] = d.tryAs(second, complaint.SendBack, "draft", "1", "note", "利息没有写") })
	all.Wait()
	want, lost := "replied", errs[1]
	if errs[0] != nil {
		want, lost = "handling", errs[0]
	}
	if (errs[0] == nil) == (errs[1] == nil) || d.state() != want {
		t.Fatalf("it is %s after %v", d.state(), errs)
	}
	if said := fault.SentenceOf(lost); !fault.Is(lost, fault.Conflict) || !strings.Contains(said, "督办员甲先办了") || !strings.Contains(said, "没有丢") {
		t.Errorf("the other is told %q", said)
	}
}

// A page that was opened over a draft decides on that draft and on no later one.
func TestAPageOfAnOlderDraftDecidesNothing(t *testing.T) {
	d := handled(t)
	again := append([]string{"demand", "利息另算"}, draft...)
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ReturnAnswer, "note", "利息没有写")
	d.do(staff.Handler, complaint.DraftAnswer, again...)
	for _, stale := range []struct {
		by     staff.Role
		action workflow.Action
		pairs  []string
	}{
		{staff.UnitHead, complaint.ApproveAnswer, []string{"draft", "1"}},
		{staff.UnitHead, complaint.ReturnAnswer, []string{"draft", "1", "note", "利息没有写"}},
	} {
		if _, err := d.try(stale.by, stale.action, stale.pairs...); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), "第 2 稿") {
			t.Errorf("%s over the first draft: %v", stale.action, err)
		}
	}
	d.do(staff.UnitHead, complaint.ApproveAnswer, "draft", "2")
	if _, err := d.try(staff.Supervisor, complaint.Reply, "draft", "1"); !fault.Is(err, fault.Conflict) || d.state() != "under_review" {
		t.Errorf("sent over the first draft: %v", err)
	}
}

// A rule that is changed while a term runs is not the rule of that term: it is longer by what
// its own version lets it be, and the new one's are of what begins after its day.
func TestATermIsExtendedByTheRuleItBeganBy(t *testing.T) {
	d := handled(t)
	table, err := d.Desk.Engine.Clocks.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := clock.Amendment{Code: clock.PlatformAnswer, Limit: 20, Extension: 5, From: clock.On(d.Now()).AddDays(1), Reason: "更快", By: d.People[staff.Sysadmin].ID}
	rule, wrong := table.Amended(a, clock.On(d.Now()))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if err := clock.Amend(t.Context(), d.DB.Owner, rule, a, d.Now()); err != nil {
		t.Fatal(err)
	}
	d.Wait(10 * aDay)
	later := d.at(d.File(t, complainttest.Intake()).Number)
	later.toHandling()
	if k := later.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-01" { // 20 days from 12 March
		t.Errorf("begun by the new rule it ends %s", k.DueOn)
	}
	wrongField(t, later.ask("6"), "count", "最多 5 天")
	wrongField(t, d.ask("31"), "count", "最多 30 天")
	if err := d.ask("22"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.UnitHead, extension.Grant, "count", "22", "public", "工程量要重新核")
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-23" { // 30 and 22 days from 2 March
		t.Errorf("extended by the rule that it began by it ends %s", k.DueOn)
	}
	d.verifyChain()
}

// questioned is a complaint that was taken back from its unit while its terms stand still until
// 20 March and its complainant is asked something.
func questioned(t *testing.T) *desk {
	d := handled(t)
	d.do(staff.Handler, extension.AskPause, "ground", "APPRAISAL", "document", "鉴定委托书", "until_year", "2026", "until_month", "3", "until_day", "20", "note", "要鉴定")
	d.do(staff.Supervisor, extension.GrantPause, "until_year", "2026", "until_month", "3", "until_day", "20", "public", "要鉴定")
	d.do(staff.Handler, request.Propose, "asked", "验收单", "note", "台账上没有")
	d.do(staff.Registrar, request.Pass, "proposed", "1")
	d.do(staff.Registrar, complaint.Recall, "note", "换个单位")
	return d
}

// What is joined waits for the other's answer: nothing is asked for it any more, and a pause of
// its terms ends on its day there too.
func TestWhatIsJoinedIsAskedNothingAndItsPauseEnds(t *testing.T) {
	d := questioned(t)
	main, _ := d.accepted(complainttest.Intake())
	d.do(staff.Registrar, complaint.Join, "main", main.number)
	d.asked(d.People[staff.Supervisor], "1 over, 1.1 open")
	if _, runs := d.term("PF-ASK"); runs {
		t.Error("the day of a question that is over still comes")
	}
	d.Wait(20 * aDay)
	d.sweep()
	if _, runs := d.term("PF-PAUSE"); runs || strings.Contains(d.flags(), extension.Paused) || !strings.Contains(d.told(extension.PauseOver), "3月20日暂停期满") {
		t.Errorf("the pause is over, with %s and %q", d.flags(), d.told(extension.PauseOver))
	}
	d.verifyChain()
}

// What another body hands back is asked anew: nothing that was asked before is waited for.
func TestWhatWasHandedOnIsAskedNothing(t *testing.T) {
	d := questioned(t)
	transfer := []string{"body", "市住建局", "new_body", "yes", "document", "转送函", "public", "归它管"}
	d.do(staff.Registrar, complaint.Transfer, transfer...)
	d.asked(d.People[staff.Supervisor], "1 over, 1.1 open")
	d.do(staff.Registrar, complaint.HandedBack, "public", "不归它办")
	d.do(staff.Registrar, complaint.Transfer, transfer...) // and once more
	d.verifyChain()
}
