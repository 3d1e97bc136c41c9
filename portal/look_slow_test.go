package portal_test

import (
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/portal/portaltest"
)

func TestPagesOfAWaitHoldInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := s.Serve(t)
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
	for s.From("127.0.0.1").Get(t, "/complaints/new").Submit(t, form, values(portaltest.WhoFields...)).Status == 200 {
	}
	tab.Choose("complainant_kind", "citizen") // from here on the script cannot keep it, either
	tab.Choose("anonymous", "yes")
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
	s.Flood(t, "127.0.0.1").Want(t, 429) // from where the browser comes, too
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
	v := s.From("127.0.0.1")
	page := toCheck(t, v)
	for page.Status == 200 {
		page = v.Get(t, "/complaints/new/check")
	}
	tab.Open(at + "/complaints/new/check")
	look("digits")
	tab.Open(at + "/track")
	for range 6 {
		tab.Fill("number", "JX2026000000011")
		tab.Fill("query_code", portaltest.WrongCode)
		tab.Press("查询")
	}
	if tab.Status() != 429 || !tab.Says("请等 15 分钟再试") {
		t.Errorf("status %d, %s", tab.Status(), tab.Text("[role=alert]"))
	}
	look("track")
	tab.Quiet(t)
}
