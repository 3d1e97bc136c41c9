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

// TestAnAnswerOpensAsItWasSent: what was struck out of a draft is on no page that opens
// by itself, and what was sent can be read also when a newer draft was begun.
func TestAnAnswerOpensAsItWasSent(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, team[staff.Handler].ID)
	supervisor, answer := team[staff.Supervisor], "/complaints/"+number+"/answer"
	draft := func(facts string) {
		t.Helper()
		team[staff.Handler].does(number, complaint.DraftAnswer, draftOf(facts)...)
	}
	draft("经办人王小明，甲建材公司。")
	if page := supervisor.Get(t, answer+"?draft=1&as=changes").Want(t, 200); page.Has("del, ins") || len(page.Find(".paper-sheet").Nodes) != 1 {
		t.Errorf("a first draft is compared with nothing: %d papers, %s", len(page.Find(".paper-sheet").Nodes), page.Text("del, ins"))
	}
	team[staff.UnitHead].does(number, complaint.ApproveAnswer)
	supervisor.does(number, complaint.SendBack, "note", "去掉姓名")
	draft("经办人已经核对。")
	team[staff.UnitHead].does(number, complaint.ApproveAnswer)
	for _, as := range []string{"", "?as=clean", "?as=seen", "?as=", "?as=<b>", "?draft=3"} {
		page := supervisor.Get(t, answer+as).Want(t, 200)
		if strings.Contains(page.Body, "王小明") || page.Has("del, ins") {
			t.Errorf("%s holds what was struck out", as)
		}
		if !page.Has("[data-action=reply]") && !page.Has("[data-action=approve_reply]") && !page.Has(".moves") {
			t.Errorf("%s: the answer cannot be decided", as)
		}
	}
	for _, as := range []string{"?draft=0", "?draft=4", "?draft=x", "?draft=-1"} {
		supervisor.Get(t, answer+as).Want(t, 404)
	}
	page := supervisor.Get(t, answer+"?as=changes").Want(t, 200)
	if !strings.Contains(page.Text(".no-print del"), "王小明") {
		t.Errorf("the comparison marks %q", page.Text("del"))
	}
	if printed := page.Text(".paper-ground.print-only"); strings.Contains(printed, "王小明") || !strings.Contains(printed, "经办人已经核对。") {
		t.Errorf("the comparison prints %q", printed)
	}
	if n := len(page.Find("#part-facts").Nodes); n != 1 {
		t.Errorf("the checks lead to %d places", n)
	}
	team[staff.Leader].does(number, complaint.Reply)
	if page := supervisor.Get(t, answer).Want(t, 200); !strings.Contains(page.Text(".views [aria-current]"), "送出的答复") || page.Has("del, ins") {
		t.Errorf("what was sent opens on %q", page.Text(".views [aria-current]"))
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'handling' WHERE number = $1`, number); err != nil {
		t.Fatal(err)
	}
	draft("复查：经办人另作说明。")
	if page := supervisor.Get(t, answer).Want(t, 200); !strings.Contains(page.Text(".paper-sheet"), "另作说明") {
		t.Errorf("the newest draft does not open: %s", page.Text(".paper-sheet"))
	}
	sent := supervisor.Get(t, answer+"?draft=3").Want(t, 200)
	if got := sent.Text(".paper-sheet"); !strings.Contains(got, "经办人已经核对。") || strings.Contains(got, "王小明") || strings.Contains(got, "另作说明") {
		t.Errorf("what was sent reads %q", got)
	}
	if sent.Has(".moves") {
		t.Error("a draft that is over can be decided")
	}
}

func TestAWrongDraftComesBackWhole(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, handler.ID)
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	back := pressOn(t, page, complaint.DraftAnswer, "facts", "查到一半\n第二段", "articles", "KX-9", "opinion", "").Want(t, 422)
	if got := back.Find("#draft_answer-facts").Text(); strings.TrimSpace(got) != "查到一半\n第二段" {
		t.Errorf("kept %q", got)
	}
	if got := back.Attr(".error-list a", "href"); got != "#draft_answer-opinion" || !back.Has(got) {
		t.Errorf("the summary leads to %q", got)
	}
	if w.state(t, number) != complaint.Handling {
		t.Error("it was sent all the same")
	}
	pressOn(t, back, complaint.DraftAnswer, "articles", "KX-9", "opinion", "责成付清。").Want(t, 200)
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
	for _, query := range []string{"?done=enter_register", "?again=enter_register", "?done=submit", "?done=note", "?done=2", "?again=2", "?done=1", "?done=99", "?done=<b>", "?done=-1", "?done="} {
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
