package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// draftOf is a good answer; facts tell one from another.
func draftOf(facts string) []string {
	return []string{"finding", "substantiated", "decision", "support", "facts", facts, "opinion", "责成东岭镇人民政府付清。",
		"articles", "KX-9", "basis", "《保障中小企业款项支付条例》第九条", "demand", "尽快付清。"}
}

func TestAComplaintIsWalkedToItsReplyByItsButtons(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	registrar, handler, head, supervisor := team[staff.Registrar], team[staff.Handler], team[staff.UnitHead], team[staff.Supervisor]

	registrar.does(number, complaint.EnterRegister)
	registrar.does(number, complaint.Accept, "nature", "RED")
	registrar.does(number, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice, "note", "请查清尚欠多少")
	handler.does(number, complaint.Sign)
	handler.does(number, complaint.DraftAnswer, draftOf("合同属实，尚欠工程款。")...)
	head.does(number, complaint.ApproveAnswer)
	supervisor.does(number, complaint.SendBack, "note", "利息没有写起算日")
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	if !strings.Contains(page.Text("main"), "利息没有写起算日") || !strings.Contains(page.Text("[name=facts]"), "合同属实") {
		t.Errorf("the second draft begins without the first or the reviewer's words: %s", page.Text("main"))
	}
	pressOn(t, page, complaint.DraftAnswer, "facts", "合同属实，尚欠工程款，利息从2024年9月起算。").Want(t, 200)
	head.does(number, complaint.ApproveAnswer)
	review := supervisor.Get(t, "/complaints/"+number+"/answer?as=changes").Want(t, 200)
	if got := review.Text("ins"); got != "加上：，利息从2024年9月起算" {
		t.Errorf("the comparison marks %q", got)
	}
	sent := pressOn(t, review, complaint.Reply).Want(t, 200)
	if w.state(t, number) != complaint.Replied || sent.Text(".banner-done h2") != "答复已经送出" {
		t.Errorf("state %s, the page says %q", w.state(t, number), sent.Text(".banner"))
	}
	if got := team[staff.Leader].open(number).Text(".page-head-line .tag"); got != "已答复" {
		t.Errorf("the leader reads the state %q", got)
	}
}

func TestAUnitsPageTellsNothingOfWhoComplainsOrHow(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	receipt := w.File(t, complainttest.Intake())
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE complaint SET channel = 'visit'`); err != nil {
		t.Fatal(err)
	}
	number := receipt.Number
	team[staff.Registrar].does(number, complaint.Note, "note", "来人上午到过窗口")
	w.put(t, number, complaint.Handling, team[staff.Handler].ID)
	w.supplements(t, receipt, "付款记录找到了，在村委会。")
	desk, unit := team[staff.Supervisor].open(number), team[staff.Handler].open(number)
	for _, words := range []string{"来访", "企业，实名", "来人上午到过窗口", "打开过"} {
		if !strings.Contains(desk.Text("main"), words) {
			t.Errorf("the desk does not read %q", words)
		}
		if strings.Contains(unit.Text("main"), words) {
			t.Errorf("the unit reads %q", words)
		}
	}
	for _, page := range []string{desk.Text(".timeline"), unit.Text(".timeline")} {
		if !strings.Contains(page, "付款记录找到了，在村委会。") {
			t.Errorf("what the complainant added is not to be read: %s", page)
		}
	}
}

// supplements lets the complainant add something on the portal.
func (w *workplace) supplements(t *testing.T, receipt complaint.Receipt, words string) {
	t.Helper()
	visitor, err := key.NewSecret(w.desk.Complaints.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Portal.Unlock(t.Context(), receipt.Number, receipt.Code, visitor, []byte("attempt")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Portal.MoveOwn(t.Context(), visitor, receipt.Number, complaint.Supplement, complainttest.Token(),
		workflow.Answers{"note": {words}}); err != nil {
		t.Fatal(err)
	}
}
