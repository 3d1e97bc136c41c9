package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/view/viewtest"
)

// The page says which body rechecks and until when, with the application to print.
func TestAComplainantAsksForARecheck(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'closed', flags = flags || '{upheld}'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB.Owner.Exec(t.Context(), `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
		SELECT id, 'XF-RCAPP', 1, 1, @at, '2026-04-01', '2026-04-01T16:00:00Z', '', true FROM matter`, pg.Args{"at": s.Now()}); err != nil {
		t.Fatal(err)
	}
	page := v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, page.Document)
	got := strings.ReplaceAll(page.Text("section:has(#recheck)"), "\u00a0", " ")
	for _, words := range []string{"4月1日", "作出复查意见的机关的上一级机关", "申请人（签名）", receipt.Number, "付清剩余工程款"} {
		if !strings.Contains(got, words) {
			t.Errorf("the page does not say %q: %s", words, got)
		}
	}
	page = page.Submit(t, "[data-action="+string(complaint.AskRecheck)+"]", nil).Want(t, 422)
	if got := page.Text(".error-summary"); !strings.Contains(got, "请写不服哪里") {
		t.Errorf("without a word: %q", got)
	}
	page = v.Get(t, "/complaints/mine").Submit(t, "[data-action="+string(complaint.AskRecheck)+"]", values("note", "利息没有算。")).Want(t, 200)
	if page.Has("#recheck") || !strings.Contains(page.Text(".banner-done"), "请求复核已经记下") || !strings.Contains(page.Text("main"), "请把复核申请书交到那里") {
		t.Errorf("asked, it says %q", page.Text("main"))
	}
}
