package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/view/viewtest"
)

// An agreement stands on the page of whoever it was put to, who says yes or no to it there;
// what it promised is then followed, and they may say that it was not kept.
func TestAComplainantAnswersAnAgreement(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	exec := func(sql string) {
		t.Helper()
		if _, err := s.DB.Owner.Exec(t.Context(), sql, pg.Args{"at": s.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	exec(`UPDATE matter SET state = 'handling' WHERE @at::timestamptz IS NOT NULL`)
	exec(`INSERT INTO assignment (matter_id, unit, part, started_at, signed_at) SELECT id, 'FIN', 'lead', @at, @at FROM matter`)
	exec(`INSERT INTO settlement (matter_id, seq, unit, agreed_on, document, words) SELECT id, 1, 'FIN', '2026-03-01', '协议书〔2026〕3号', '双方同意月底付清。' FROM matter WHERE @at::timestamptz IS NOT NULL`)
	exec(`INSERT INTO promise_line (matter_id, seq, no, what, due_on) SELECT id, 1, 1, '付清工程款', '2026-03-31' FROM matter WHERE @at::timestamptz IS NOT NULL`)
	if got := v.Get(t, "/complaints/mine").Want(t, 200).Text("main"); strings.Contains(got, "月底付清") {
		t.Errorf("what nobody put to them stands there: %s", got)
	}
	exec(`INSERT INTO settlement_step (matter_id, settled, how, seq) SELECT id, 1, 'put', 1 FROM matter WHERE @at::timestamptz IS NOT NULL`)
	exec(`INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
		SELECT id, 'PF-SETTLE', 1, 1, @at, '2026-03-12', '2026-03-12T16:00:00Z', '', true FROM matter`)
	page := v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, page.Document)
	got := strings.ReplaceAll(page.Text("main"), "\u00a0", " ")
	for _, words := range []string{"双方同意月底付清。", "3月31日以前：付清工程款", "3月12日", "没有人可以逼您", "我同意这份协议", "我不同意这份协议"} {
		if !strings.Contains(got, words) {
			t.Errorf("the page does not say %q: %s", words, got)
		}
	}
	// Whoever was pressed to sign says so to the desk alone.
	no := v.Get(t, "/complaints/mine/"+string(complaint.DeclineSettlement)).Want(t, 200)
	if got := no.Text("main"); !strings.Contains(got, "双方同意月底付清") || !strings.Contains(got, "只说给监督人员") {
		t.Errorf("the no is said over %s", got)
	}
	yes := v.Get(t, "/complaints/mine/"+string(complaint.AgreeSettlement)).Want(t, 200)
	if got := yes.Text("main"); !strings.Contains(got, "双方同意月底付清") || !strings.Contains(got, "不是您自愿的，不要同意") {
		t.Errorf("the yes is said over %s", got)
	}
	if other := yes.Submit(t, "main form button", values(complaint.SeenAgreement, "7")); other.Status != 409 || !strings.Contains(other.Text("main"), "协议换过了") {
		t.Errorf("a yes to another one: %d %s", other.Status, other.Text(".banner"))
	}
	page = v.Get(t, "/complaints/mine/"+string(complaint.AgreeSettlement)).Submit(t, "main form button", nil).Want(t, 200)
	viewtest.Sound(t, page.Document)
	if got := page.Text("main"); !strings.Contains(got, "已经和解办结") || !strings.Contains(page.Text("section:has(#promises)"), "付清工程款：还没到期") {
		t.Errorf("settled, it says %s", got)
	}
	if again := yes.Submit(t, "main form button", nil); !strings.Contains(again.Text("main"), "已和解") {
		t.Errorf("sent again, it says %s", again.Text("main"))
	}
	if late := no.Submit(t, "main form button", nil); late.Status == 200 || !strings.Contains(late.Text("main"), "已和解") {
		t.Errorf("a no after the yes: %d %s", late.Status, late.Text("main"))
	}
	// The unit says that it paid; they say that it did not.
	exec(`INSERT INTO promise_outcome (matter_id, promised, no, seq, outcome, done_on, words, evidence) SELECT matter_id, seq, no, seq, 'kept', '2026-03-02', '已经付清', '凭证 7 号' FROM promise WHERE @at::timestamptz IS NOT NULL`)
	page = v.Get(t, "/complaints/mine/"+string(promise.Doubts)).Want(t, 200)
	page = page.Submit(t, "main form button", nil).Want(t, 422)
	if got := page.Text(".error-summary"); !strings.Contains(got, "请选哪一件没有办到") || !strings.Contains(got, "请写怎么没有办到") {
		t.Errorf("without a word: %s", got)
	}
	page = page.Submit(t, "main form button", values(promise.Denied, "2", "note", "一分没有收到。", "told", "desk")).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "监督人员正在核实") || page.Has(`a[href$="`+string(promise.Doubts)+`"]`) {
		t.Errorf("said, it says %s", got)
	}
}
