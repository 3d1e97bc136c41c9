package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// How letters and jobs go is the sysadmin's to see, in rough numbers and without a word of
// any matter.
func TestTheQueueIsLookedAfterAtTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	number := w.File(t, complainttest.Intake()).Number
	auditor.Get(t, "/watch/queue").Want(t, 404)
	token := auditor.Get(t, "/account").Attr("[name=_csrf]", "value")
	for _, path := range []string{"/watch/trial", "/watch/jobs/1"} {
		auditor.Post(t, path, url.Values{"_csrf": {token}, "mailbox": {"me@example.com"}}).Want(t, 404)
	}
	page := sys.Get(t, "/watch").Want(t, 200).Follow(t, `a[href="/watch/queue"]`).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "编入搜索") || !strings.Contains(got, "等着做") || !strings.Contains(got, "不到 10") || strings.Contains(page.Body, number) {
		t.Errorf("the queue: %s", got)
	}
	bad := page.Submit(t, "#letters form", url.Values{"mailbox": {"何处"}}).Want(t, 422)
	if !bad.Has("#mailbox-error") || bad.Attr("#mailbox", "value") != "何处" {
		t.Errorf("no mailbox: %s", bad.Text("main"))
	}
	asked := bad.Submit(t, "#letters form", url.Values{"mailbox": {"me@example.com"}}).Want(t, 200)
	if !asked.Has(".banner-done") || !strings.Contains(asked.Text("#letters"), "柯维安等着发") || strings.Contains(asked.Body, "me@example.com") {
		t.Errorf("asked: %s", asked.Text("main"))
	}
	if strings.Contains(w.log.String(), "me@example.com") {
		t.Error("the address is in the log")
	}

	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE river_job SET state = 'discarded', attempt = 25, finalized_at = now(),
		errors = array['{"error": "SQLSTATE 57014", "at": "2026-03-02T02:00:00Z", "attempt": 25}'::jsonb] WHERE kind <> 'send_test'`); err != nil {
		t.Fatal(err)
	}
	failed := sys.Get(t, "/watch/queue").Want(t, 200)
	if got := failed.Text("#jobs"); !strings.Contains(got, "没做成，不再做了") || !strings.Contains(got, "试了 25 次，最多 25 次") || !strings.Contains(got, "数据库没有做成（57014）") {
		t.Errorf("failed: %s", got)
	}
	if again := failed.Submit(t, `#jobs form`, nil).Want(t, 200); !strings.Contains(again.Text(".banner-done"), "马上再做一次") {
		t.Errorf("again: %s", again.Text(".banner"))
	}
	if twice := failed.Submit(t, `#jobs form`, nil).Want(t, 200); !strings.Contains(twice.Text(".banner"), "没有再做") {
		t.Errorf("twice: %s", twice.Text(".banner"))
	}
	if state, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT string_agg(state::text || max_attempts, ' ') FROM river_job WHERE state = 'available' AND kind <> 'send_test'`, nil); state != "available26" || err != nil {
		t.Errorf("the job is %s: %v", state, err)
	}
}
