package filing_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/web/webtest"
	"zhengxin/portal/portaltest"
)

const elsewhere = "198.51.100.1"

func TestAFilingThatHasToWaitLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	sent := toCheck(t, s.From(portaltest.Village)) // a neighbour who is done before, and whose answer was lost
	answers := values("captcha_solution", s.Digits(t, sent), "pledge", "yes")
	receipt := sent.Submit(t, form, answers).Want(t, 200)
	s.Wait(time.Minute)

	refused := s.Flood(t, portaltest.Village).Want(t, 429)
	if refused.Header.Get("Retry-After") != "20" || !strings.Contains(refused.Text("h1"), "请等 20 秒") || !strings.Contains(refused.Text("main"), "一个字也没有丢") {
		t.Errorf("after %q seconds: %s", refused.Header.Get("Retry-After"), refused.Text("main"))
	}
	captcha := refused.Attr("[name=captcha_id]", "value")
	if s.Count(t, "draft") != 1 || s.Count(t, "complaint") != 1 || captcha == "" {
		t.Errorf("%d drafts, %d complaints, captcha %q", s.Count(t, "draft"), s.Count(t, "complaint"), captcha)
	}
	if again := refused.Submit(t, form, nil).Want(t, 429); again.Attr("[name=captcha_id]", "value") != captcha || again.Attr("[name=captcha_solution]", "value") == "" {
		t.Error("sending too early lost the digits")
	}
	if again := sent.Submit(t, form, answers).Want(t, 200); again.Text("[data-receipt-code]") != receipt.Text("[data-receipt-code]") {
		t.Error("who has filed already is kept from the receipt")
	}
	toCheck(t, s.From(elsewhere)).Submit(t, form, values("captcha_solution", "", "pledge", "yes")).Want(t, 422)

	s.Wait(20 * time.Second)
	done := refused.Submit(t, form, nil).Want(t, 200)
	if done.Text("[data-receipt-number]") == "" || s.Count(t, "complaint") != 2 {
		t.Errorf("after the wait stands %q", done.Text("h1"))
	}
}

func TestADraftThatHasToWaitKeepsItsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first := s.From(portaltest.Village).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	for range 118 {
		s.From(portaltest.Village).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	}
	v := s.From(portaltest.Village)
	late := v.Get(t, "/complaints/new")
	story := values(storyFields...) // straight to the second step, with a cookie of nothing
	story.Set("_csrf", late.Attr("main [name=_csrf]", "value"))
	v.Post(t, "/complaints/new/story", story).Want(t, 200)
	lapsed := s.From(portaltest.Village)
	lapsed.SetCookie("zx_draft", strings.Repeat("A", len(v.Cookie("zx_draft"))))
	before := s.Count(t, "draft")
	refused := s.From(portaltest.Village).Get(t, "/complaints/new").Submit(t, form, values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 429)
	if refused.Header.Get("Retry-After") != "5" || !strings.Contains(refused.Text("main"), "请等 5 秒，再按一次") || !refused.Has(`[name=complainant_kind][value=media][checked]`) {
		t.Errorf("after %q seconds: %s", refused.Header.Get("Retry-After"), refused.Text("main"))
	}
	if s.Count(t, "draft") != before {
		t.Error("a draft was saved")
	}
	// A later step, with a draft that has lapsed: no room to keep the word of it.
	if lost := lapsed.Get(t, "/complaints/new/contact").Want(t, 200); lost.Path != "/complaints/new" {
		t.Errorf("who has no draft any more is at %s", lost.Path)
	}
	first.Submit(t, form, values(storyFields...)).Want(t, 200) // who has begun goes on
	s.From(elsewhere).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	s.Wait(5 * time.Second)
	if next := refused.Submit(t, form, nil).Want(t, 200); next.Path != "/complaints/new/story" {
		t.Errorf("after the wait at %s", next.Path)
	}
}

func TestAVillageBehindOneAddressCanFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 40 {
		if i >= 25 { // a busy quarter of an hour: the first at once, the others as they come
			s.Wait(20 * time.Second)
		}
		page := toCheck(t, s.From(portaltest.Village))
		page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	}
	if n := s.Count(t, "complaint"); n != 40 {
		t.Errorf("%d complaints", n)
	}
}

func TestAskingForNewDigitsIsNoFilingAndHasABoundOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.From(portaltest.Village)
	page := toCheck(t, v)
	for range 45 {
		page = page.Submit(t, "[name=captcha_do]", values("pledge", "yes")).Want(t, 200)
	}
	page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)

	v = s.From(portaltest.Village)
	page = toCheck(t, v)
	for range 43 { // 1 + 45 + 1 + 43 = 90
		v.Get(t, "/complaints/new/check").Want(t, 200)
	}
	for _, refused := range []*webtest.Page{v.Get(t, "/complaints/new/check"), page.Submit(t, "[name=captcha_do]", nil)} {
		refused.Want(t, 429)
		if refused.Header.Get("Retry-After") != "5" || !strings.Contains(refused.Text("main"), "请等 5 秒") || !strings.Contains(refused.Text("main"), "没有丢") {
			t.Errorf("after %q seconds: %s", refused.Header.Get("Retry-After"), refused.Text("main"))
		}
	}
	// Who has digits already can use them; wrongly, others are drawn in their turn, and
	// however often the page is loaded anew with what was wrong.
	drawn := s.Count(t, "captcha")
	page.Submit(t, form, values("captcha_solution", "", "pledge", "yes")).Want(t, 429)
	for range 5 {
		v.Get(t, "/complaints/new/check").Want(t, 429)
	}
	if n := s.Count(t, "captcha"); n > drawn {
		t.Errorf("%d captchas were drawn beyond the bound", n-drawn)
	}
	s.Wait(5 * time.Second)
	wrong := v.Get(t, "/complaints/new/check").Want(t, 422)
	if said := wrong.All(".field-error"); len(said) != 1 || !strings.Contains(said[0], "图中的数字") {
		t.Errorf("after the wait it says %q", said)
	}
	wrong.Submit(t, form, values("captcha_solution", s.Digits(t, wrong), "pledge", "yes")).Want(t, 200)
	toCheck(t, s.From(elsewhere))
	s.Wait(5 * time.Second)
	toCheck(t, s.From(portaltest.Village))
}

func TestPicturesOfDigitsHaveABound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.From(portaltest.Village)
	id := toCheck(t, v).Attr("[name=captcha_id]", "value")
	for i := range 240 {
		kind := map[bool]string{true: ".png", false: ".wav"}[i%40 > 0]
		v.Get(t, "/captcha/"+id+kind).Want(t, 200)
	}
	if page := v.Get(t, "/captcha/"+id+".png").Want(t, 429); page.Header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After %q", page.Header.Get("Retry-After"))
	}
	s.From(elsewhere).Get(t, "/captcha/"+id+".png").Want(t, 200)
	s.Wait(2 * time.Second)
	v.Get(t, "/captcha/"+id+".wav").Want(t, 200)
}

// An anonymous visitor's address is nowhere: not in the database, not in the log.
func TestTheLimitsWriteNoAddressDown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Flood(t, portaltest.Village).Want(t, 429)
	track(t, s.From(portaltest.Village), "JX2026000000011", portaltest.WrongCode).Want(t, 404)
	if strings.Contains(s.Log.String(), portaltest.Village) {
		t.Error("the log has the address")
	}
	var rows string
	if err := s.DB.Owner.QueryRow(t.Context(), `SELECT string_agg(encode(key, 'escape'), ' ') FROM unlock_attempt`).Scan(&rows); err != nil || strings.Contains(rows, portaltest.Village) {
		t.Errorf("the database has the address, %v", err)
	}
}
