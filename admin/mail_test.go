package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestALetterThatIsLostIsSentAgain: the desk is told, whoever may does it with one button
// at the letter, and nothing is sent twice.
func TestALetterThatIsLostIsSentAgain(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, leader := team[staff.Registrar], team[staff.Leader]
	number := w.File(t, complainttest.Intake()).Number
	become := func(state, code string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE letter SET state = @state, fault_code = @code WHERE state = 'waiting'`, pg.Args{"state": state, "code": code}); err != nil {
			t.Fatal(err)
		}
	}
	letters := func() string {
		t.Helper()
		got, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT string_agg(concat_ws(' ', template, recipient, state), ', ' ORDER BY id) FROM letter`, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	const again = "[data-action=send_again]"

	// One that is under way has no button.
	if page := registrar.Get(t, "/mail").Want(t, 200); page.Has(again) {
		t.Error("what waits can be sent again")
	}
	become("failed", "recipient")
	if home := registrar.Get(t, "/").Text("main"); !strings.Contains(home, "1 封信没有发成") {
		t.Errorf("the desk is not told: %s", home)
	}
	page := registrar.Get(t, "/mail?state=failed").Want(t, 200)
	for _, words := range []string{"没有发成", "对方的服务器说没有这个邮箱", "投诉人没有收到", "打电话"} {
		if !strings.Contains(page.Text("main table"), words) {
			t.Errorf("%q is not said of the letter: %s", words, page.Text("main table"))
		}
	}
	if side := registrar.open(number).Text("main"); !strings.Contains(side, "投诉人没有收到") {
		t.Error("the complaint does not say that the letter is lost")
	}
	if leader.Get(t, "/mail").Want(t, 200).Has(again) {
		t.Error("a leader has the button")
	}

	second := team[staff.Supervisor].Get(t, "/mail")
	done := pressOn(t, page, workflow.SendAgain).Want(t, 200)
	if got := done.Text(".banner-done"); !strings.Contains(got, "已经再发") {
		t.Errorf("said %q", got)
	}
	if got := letters(); got != "received complainant failed, received complainant waiting" {
		t.Errorf("letters: %s", got)
	}
	// Somebody else had the page open; the same form comes once more.
	if got := pressOn(t, second, workflow.SendAgain).Want(t, 409).Text("main"); !strings.Contains(got, "没有要再发的信") {
		t.Errorf("the second is told %s", got)
	}
	pressOn(t, page, workflow.SendAgain).Want(t, 200)
	if got := letters(); got != "received complainant failed, received complainant waiting" {
		t.Errorf("sent twice: %s", got)
	}
	if page := registrar.Get(t, "/mail"); page.Has(again) || !strings.Contains(page.Text("main table"), "没有发成，又发过一次") {
		t.Errorf("while it is under way: %s", page.Text("main table"))
	}
	if home := registrar.Get(t, "/").Text("main"); strings.Contains(home, "信没有发成") {
		t.Error("the desk is still told of what was sent again")
	}

	// Lost again, and again sent.
	become("failed", "550")
	pressOn(t, registrar.Get(t, "/mail"), workflow.SendAgain).Want(t, 200)
	become("sent", "")
	if page := registrar.Get(t, "/mail"); page.Has(again) {
		t.Error("what arrived can be sent again")
	}
	if history := registrar.open(number).Text(".timeline"); strings.Count(history, "再发没有发成的信") != 2 {
		t.Errorf("the course of events says %s", history)
	}
	if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: number, Action: complaint.SendAgain, By: w.People[staff.Handler], Token: complainttest.Token()}); err == nil {
		t.Error("a handler sends letters")
	}
}
