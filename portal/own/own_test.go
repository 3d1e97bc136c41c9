package own_test

import (
	"strings"
	"testing"
	"time"

	numbers "zhengxin/internal/form"
)

func TestWrongCodesLookAlikeAndSlowOnlyTheGuesser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes"))
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	guesser := s.Visitor()
	wrong := guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404)
	absent := guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", numbers.NewNumber(2026, strings.NewReader("12345678")), "query_code", "AAAA-AAAA-AAAA-AAAA"))
	if !strings.Contains(wrong.Text("[role=alert]"), "再错 4 次") || absent.Status != wrong.Status {
		t.Errorf("wrong %q, absent %q", wrong.Text("[role=alert]"), absent.Text("[role=alert]"))
	}
	for range 4 {
		guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", "AAAA-AAAA-AAAA-AAAA"))
	}
	guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", code)).Want(t, 429)
	s.Wait(16 * time.Minute)
	guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", code)).Want(t, 200)
}

func TestTheComplainantMovesTheirOwnMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes"))
	v := s.Visitor()
	own := v.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", receipt.Text("[data-receipt-number]"), "query_code", receipt.Text("[data-receipt-code]"))).Want(t, 200)
	supplement := own.Follow(t, `a[href$="/supplement"]`).Want(t, 200)
	supplement.Submit(t, "[data-action=supplement]", values("note", "")).Want(t, 422)
	done := supplement.Submit(t, "[data-action=supplement]", values("note", "补一句：对账单在我手里。")).Want(t, 200)
	if !strings.Contains(done.Text("[role=status]"), "补充的话已经收到") {
		t.Errorf("said %q", done.Text("[role=status]"))
	}
	again := supplement.Submit(t, "[data-action=supplement]", values("note", "补一句：对账单在我手里。")).Want(t, 200)
	if s.Count(t, "supplement") != 1 || !strings.Contains(again.Body, "已经收到") {
		t.Errorf("%d supplements", s.Count(t, "supplement"))
	}
	gone := done.Follow(t, `a[href$="/withdraw"]`).Submit(t, "[data-action=withdraw]", values()).Want(t, 200)
	if !strings.Contains(gone.Body, "已撤回") {
		t.Error("not withdrawn")
	}
	left := gone.Submit(t, `form[action="/track/leave"]`, values()).Want(t, 200)
	if left.Path != "/track" || v.Get(t, own.Path).Status != 401 {
		t.Error("leaving leaves the matter open")
	}
}
