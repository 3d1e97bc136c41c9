package portal_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/web/webtest"
)

const elsewhere = "198.51.100.1"

// flood sends the last page until the address has to wait, from a browser
// that misses nothing but the digits; it gives the page that was refused.
func flood(t *testing.T, s *site, address string) *webtest.Page {
	t.Helper()
	page := toCheck(t, s.from(address))
	for range 30 {
		page = page.Submit(t, form, values("captcha_solution", "", "pledge", "yes")).Want(t, 422)
	}
	return page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes"))
}

func TestAFilingThatHasToWaitLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	sent := toCheck(t, s.from(village)) // a neighbour who is done before, and whose answer was lost
	answers := values("captcha_solution", s.digits(t, sent), "pledge", "yes")
	receipt := sent.Submit(t, form, answers).Want(t, 200)
	s.Wait(time.Minute)

	refused := flood(t, s, village).Want(t, 429)
	if refused.Header.Get("Retry-After") != "20" || !strings.Contains(refused.Text("h1"), "请等 20 秒") || !strings.Contains(refused.Text("main"), "一个字也没有丢") {
		t.Errorf("after %q seconds: %s", refused.Header.Get("Retry-After"), refused.Text("main"))
	}
	captcha := refused.Attr("[name=captcha_id]", "value")
	if s.count(t, "draft") != 1 || s.count(t, "complaint") != 1 || captcha == "" {
		t.Errorf("%d drafts, %d complaints, captcha %q", s.count(t, "draft"), s.count(t, "complaint"), captcha)
	}
	if again := refused.Submit(t, form, nil).Want(t, 429); again.Attr("[name=captcha_id]", "value") != captcha || again.Attr("[name=captcha_solution]", "value") == "" {
		t.Error("sending too early lost the digits")
	}
	if again := sent.Submit(t, form, answers).Want(t, 200); again.Text("[data-receipt-code]") != receipt.Text("[data-receipt-code]") {
		t.Error("who has filed already is kept from the receipt")
	}
	toCheck(t, s.from(elsewhere)).Submit(t, form, values("captcha_solution", "", "pledge", "yes")).Want(t, 422)

	s.Wait(20 * time.Second)
	done := refused.Submit(t, form, nil).Want(t, 200)
	if done.Text("[data-receipt-number]") == "" || s.count(t, "complaint") != 2 {
		t.Errorf("after the wait stands %q", done.Text("h1"))
	}
}

func TestADraftThatHasToWaitKeepsItsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first := s.from(village).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	for range 118 {
		s.from(village).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	}
	v := s.from(village)
	late := v.Get(t, "/complaints/new")
	story := values(storyFields...) // straight to the second step, with a cookie of nothing
	story.Set("_csrf", late.Attr("main [name=_csrf]", "value"))
	v.Post(t, "/complaints/new/story", story).Want(t, 200)
	lapsed := s.from(village)
	lapsed.SetCookie("zx_draft", strings.Repeat("A", len(v.Cookie("zx_draft"))))
	before := s.count(t, "draft")
	refused := s.from(village).Get(t, "/complaints/new").Submit(t, form, values("complainant_kind", "media", "anonymous", "no", "do", "next")).Want(t, 429)
	if refused.Header.Get("Retry-After") != "5" || !strings.Contains(refused.Text("main"), "请等 5 秒，再按一次") || !refused.Has(`[name=complainant_kind][value=media][checked]`) {
		t.Errorf("after %q seconds: %s", refused.Header.Get("Retry-After"), refused.Text("main"))
	}
	if s.count(t, "draft") != before {
		t.Error("a draft was saved")
	}
	// A later step, with a draft that has lapsed: no room to keep the word of it.
	if lost := lapsed.Get(t, "/complaints/new/contact").Want(t, 200); lost.Path != "/complaints/new" {
		t.Errorf("who has no draft any more is at %s", lost.Path)
	}
	first.Submit(t, form, values(storyFields...)).Want(t, 200) // who has begun goes on
	s.from(elsewhere).Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
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
		page := toCheck(t, s.from(village))
		page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes")).Want(t, 200)
	}
	if n := s.count(t, "complaint"); n != 40 {
		t.Errorf("%d complaints", n)
	}
}

func TestAskingForNewDigitsIsNoFilingAndHasABoundOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.from(village)
	page := toCheck(t, v)
	for range 45 {
		page = page.Submit(t, "[name=captcha_do]", values("pledge", "yes")).Want(t, 200)
	}
	page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes")).Want(t, 200)

	v = s.from(village)
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
	// Who has digits already can use them, also wrongly.
	wrong := page.Submit(t, form, values("captcha_solution", "", "pledge", "yes")).Want(t, 422)
	wrong.Submit(t, form, values("captcha_solution", s.digits(t, wrong), "pledge", "yes")).Want(t, 200)
	toCheck(t, s.from(elsewhere))
	s.Wait(5 * time.Second)
	toCheck(t, s.from(village))
}

func TestPicturesOfDigitsHaveABound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.from(village)
	id := toCheck(t, v).Attr("[name=captcha_id]", "value")
	for i := range 240 {
		kind := map[bool]string{true: ".png", false: ".wav"}[i%40 > 0]
		v.Get(t, "/captcha/"+id+kind).Want(t, 200)
	}
	if page := v.Get(t, "/captcha/"+id+".png").Want(t, 429); page.Header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After %q", page.Header.Get("Retry-After"))
	}
	s.from(elsewhere).Get(t, "/captcha/"+id+".png").Want(t, 200)
	s.Wait(2 * time.Second)
	v.Get(t, "/captcha/"+id+".wav").Want(t, 200)
}

// An anonymous visitor's address is nowhere: not in the database, not in the log.
func TestTheLimitsWriteNoAddressDown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	flood(t, s, village).Want(t, 429)
	track(t, s.from(village), "JX2026", wrongCode).Want(t, 404)
	if strings.Contains(s.Log.String(), village) {
		t.Error("the log has the address")
	}
	var rows string
	if err := s.DB.Owner.QueryRow(t.Context(), `SELECT string_agg(encode(key, 'escape'), ' ') FROM unlock_attempt`).Scan(&rows); err != nil || strings.Contains(rows, village) {
		t.Errorf("the database has the address, %v", err)
	}
}

func TestPagesOfAWaitHoldInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := s.serve(t)
	tab := browser.New(t).Person(t, browser.Desktop)
	look := func(name string) {
		t.Helper()
		for _, width := range []int{browser.Phone, browser.Desktop} {
			tab.Resize(width)
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot("portal-wait-" + name)
		}
	}
	tab.Open(at + "/complaints/new")
	tab.Choose("complainant_kind", "citizen")
	tab.Choose("anonymous", "yes")
	for s.from("127.0.0.1").Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Status == 200 {
	}
	tab.Press("保存并继续")
	if tab.Status() != 429 || !tab.Says("这一页还没有保存。填的都在下面") {
		t.Errorf("status %d, %s", tab.Status(), tab.Text("main"))
	}
	look("draft")
	s.Wait(time.Minute)
	tab.Press("保存并继续")
	tab.Choose("unit", "TOWN")
	tab.Choose("category", "C03")
	tab.Fill("title", "村道硬化工程款没有付清")
	tab.Fill("request", "付清剩余工程款")
	tab.Fill("facts", "2024年5月签订合同，8月验收，至今只付了一部分。")
	tab.Press("保存并继续")
	tab.Press("保存并继续")
	tab.Press("保存并继续")
	tab.Press("保存并继续")
	flood(t, s, "127.0.0.1").Want(t, 429) // from where the browser comes, too
	tab.Fill("captcha_solution", "123456")
	tab.Choose("pledge", "yes")
	tab.Press("确认提交投诉")
	if tab.Status() != 429 || !tab.Says("请等 20 秒") {
		t.Errorf("status %d, %s", tab.Status(), tab.Text("main"))
	}
	look("file")
	tab.Press("再交一次")
	look("file")
	s.Wait(20 * time.Second)
	tab.Press("再交一次")
	if tab.Status() != 422 { // the digits were wrong after all
		t.Errorf("after the wait: %d %s", tab.Status(), tab.Text("h1"))
	}
	v := s.from("127.0.0.1")
	page := toCheck(t, v)
	for page.Status == 200 {
		page = v.Get(t, "/complaints/new/check")
	}
	tab.Open(at + "/complaints/new/check")
	look("digits")
	tab.Open(at + "/track")
	for range 6 {
		tab.Fill("number", "JX2026000000011")
		tab.Fill("query_code", wrongCode)
		tab.Press("查询")
	}
	if tab.Status() != 429 || !tab.Says("请等 15 分钟再试") {
		t.Errorf("status %d, %s", tab.Status(), tab.Text("[role=alert]"))
	}
	look("track")
	tab.Quiet(t)
}
