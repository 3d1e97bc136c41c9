package filing_test

import (
	"strings"
	"testing"
	"time"
)

// The table of captchas is empty after a crash of the database.
func TestAfterACrashNobodyIsToldThatTheDigitsWereWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	digits := s.Digits(t, page)
	if _, err := s.DB.Owner.Exec(t.Context(), `TRUNCATE captcha`); err != nil {
		t.Fatal(err)
	}
	page = page.Submit(t, form, values("captcha_solution", digits, "pledge", "yes")).Want(t, 422)
	said := page.Text("[role=alert]")
	if strings.Contains(said, "数字不对") || !strings.Contains(said, "图已经过期，不是您输错了") || !page.Has("[name=pledge][checked]") {
		t.Errorf("said %q", said)
	}
	page = page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	if page.Text("h1") != "投诉已收到" {
		t.Errorf("ends at %q", page.Text("h1"))
	}
}

func TestACaptchaOfAnotherDraftFilesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := toCheck(t, s.Visitor()), toCheck(t, s.Visitor())
	page := mine.Submit(t, form, values("captcha_id", theirs.Attr("[name=captcha_id]", "value"), "captcha_solution", s.Digits(t, theirs), "pledge", "yes")).Want(t, 422)
	if n := s.Count(t, "complaint"); n != 0 || !strings.Contains(page.Text("[role=alert]"), "已经过期") {
		t.Errorf("%d filed: %s", n, page.Text("[role=alert]"))
	}
	if theirs.Submit(t, form, values("captcha_solution", s.Digits(t, theirs), "pledge", "yes")).Want(t, 200).Text("h1") != "投诉已收到" {
		t.Error("the other draft's captcha was used up")
	}
}

// Whoever finds the page in the history of a shared computer would be given the
// query code again.
func TestAFormGivesItsReceiptAgainForADay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	fields := values("captcha_solution", s.Digits(t, page), "pledge", "yes")
	code := page.Submit(t, form, fields).Want(t, 200).Text("[data-receipt-code]")
	s.Wait(24*time.Hour - time.Minute)
	if again := page.Submit(t, form, fields).Want(t, 200).Text("[data-receipt-code]"); again != code {
		t.Errorf("the same day: %q", again)
	}
	s.Wait(2 * time.Minute)
	late := page.Submit(t, form, fields).Want(t, 410)
	if strings.Contains(late.Body, code) || !strings.Contains(late.Text("main"), "没有重复登记") || s.Count(t, "complaint") != 1 {
		t.Errorf("a day later: %s", late.Text("main"))
	}
}
