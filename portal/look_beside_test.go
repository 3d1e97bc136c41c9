package portal_test

import (
	"testing"

	"zhengxin/internal/browser"
)

func TestDraftsSideBySideHoldInABrowser(t *testing.T) {
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
			tab.Screenshot("portal-beside-" + name)
		}
	}
	begin := func(address, title string) {
		t.Helper()
		tab.Open(at + address)
		tab.Choose("complainant_kind", "citizen")
		tab.Choose("anonymous", "yes")
		tab.Press("保存并继续")
		tab.Fill("title", title)
		tab.Press("保存，以后再填")
	}
	begin("/complaints/new", "村道硬化工程款没有付清")
	tab.Open(at + "/")
	look("home-one")
	begin("/complaints/new?d=new", "县财政局承诺的奖补资金拖了两年没有兑现，多次去问都说没有钱，请督促尽快付清并说明原因")
	look("saved")
	for name, path := range map[string]string{"home": "/", "start": "/start", "first": "/complaints/new", "fresh": "/complaints/new?d=new", "story": "/complaints/new/story", "resume": "/complaints/new/resume"} {
		tab.Open(at + path)
		look(name)
	}
	begin("/complaints/new?d=new", "第三件")
	tab.Open(at + "/complaints/new?d=new")
	look("full")
	tab.Open(at + "/")
	look("home-full")
	tab.Press("长者模式")
	look("home-elder")
}
