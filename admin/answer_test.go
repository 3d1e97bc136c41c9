package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestADrafterCannotApproveAndReadsWhy(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, team[staff.UnitHead].ID)
	team[staff.UnitHead].does(number, complaint.DraftAnswer, draftOf("合同属实。")...)
	page := team[staff.UnitHead].Get(t, "/complaints/"+number+"/answer").Want(t, 200)
	if why := page.Text("#why-approve_answer"); !strings.Contains(why, "这一步要由另一个人做") {
		t.Errorf("the drafter reads %q", why)
	}
}

func TestAWrongDraftComesBackWhole(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, handler.ID)
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	back := pressOn(t, page, complaint.DraftAnswer, "facts", "查到一半\n第二段", "basis", "").Want(t, 422)
	if got := back.Find("#draft_answer-facts").Text(); strings.TrimSpace(got) != "查到一半\n第二段" {
		t.Errorf("kept %q", got)
	}
	if got := back.Attr(".error-list a", "href"); got != "#draft_answer-basis" || !back.Has(got) {
		t.Errorf("the summary leads to %q", got)
	}
	if w.state(t, number) != complaint.Handling {
		t.Error("it was sent all the same")
	}
	pressOn(t, back, complaint.DraftAnswer, "basis", "《保障中小企业款项支付条例》第九条").Want(t, 200)
	if w.state(t, number) != complaint.ResultSubmitted {
		t.Error("corrected, it was not sent")
	}
}

func TestNobodyElsesMoveIsReportedAsMine(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	for _, query := range []string{"?done=2", "?again=2", "?done=1", "?done=99", "?done=<b>", "?done=-1"} {
		if page := team[staff.Supervisor].Get(t, "/complaints/"+number+query).Want(t, 200); page.Has(".banner") {
			t.Errorf("%s: %s", query, page.Text(".banner"))
		}
	}
}

func TestOneOpenMoveHasAnAddressOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	page := team[staff.Registrar].Get(t, "/complaints/"+number+"/settle_unit").Want(t, 200)
	if !page.Has("details[open] #settle_unit-unit") || page.Attr("#settle_unit-unit option[selected]", "value") != complainttest.Town {
		t.Error("the move does not stand open with what is known")
	}
	if page = team[staff.Registrar].Get(t, "/complaints/"+number+"/reply").Want(t, 200); page.Path != "/complaints/"+number {
		t.Errorf("a move that is not to be had leads to %s", page.Path)
	}
	team[staff.Registrar].Get(t, "/complaints/"+number+"/nonsense").Want(t, 404)
}
