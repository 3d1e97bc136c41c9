package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

func TestAPersonSeesAndEndsTheirSessionsOnBothProcesses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	twin := siteOf(h.twin())
	first, second := webtest.New(h.site(), here), webtest.New(twin, here)
	first.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140")
	phone := h.enrol(t, first, "zhouning")
	second.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0")
	h.signIn(t, second, "zhouning", phone)

	page := first.Get(t, "/account").Want(t, 200)
	rows := page.All("tbody tr td:first-child")
	if len(rows) != 2 || !strings.Contains(strings.Join(rows, "|"), "Windows 上的 Edge （这台）") || !strings.Contains(strings.Join(rows, "|"), "安卓手机 上的 微信") {
		t.Errorf("sessions %q", rows)
	}
	page = page.Submit(t, "form[action$='/end-others']", nil).Want(t, 200)
	if len(page.All("tbody tr")) != 1 || page.Text(".banner-head") != "已退出" {
		t.Errorf("after ending the others: %d", len(page.All("tbody tr")))
	}
	if gone := second.Get(t, "/account"); !strings.HasPrefix(gone.Path, "/login") {
		t.Errorf("the other process still opens %s", gone.Path)
	}
	h.signIn(t, second, "zhouning", phone)
	seen := second.Get(t, "/account")
	for i, row := range seen.All("tbody tr td:first-child") {
		if strings.Contains(row, "Edge") {
			action := seen.Find("tbody tr").Eq(i).Find("form").AttrOr("action", "")
			seen.Submit(t, "form[action='"+action+"']", nil).Want(t, 200)
		}
	}
	if gone := first.Get(t, "/account"); !strings.HasPrefix(gone.Path, "/login") {
		t.Errorf("the first process still opens %s", gone.Path)
	}
	second.Get(t, "/account").Submit(t, "tbody form", nil).Want(t, 200)
	if gone := second.Get(t, "/account"); !strings.HasPrefix(gone.Path, "/login") {
		t.Errorf("ending one's own session left %s open", gone.Path)
	}
}

func TestNobodyEndsAnothersSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Sysadmin)
	h.hire(t, "liyan", staff.Registrar)
	b, victim := webtest.New(h.site(), here), webtest.New(h.app, here)
	h.enrol(t, b, "zhouning")
	h.enrol(t, victim, "liyan")
	action := victim.Get(t, "/account").Attr("tbody form", "action")
	token := b.Get(t, "/account").Attr("[name=_csrf]", "value")
	for _, path := range []string{action, "/account/sessions/999999/end", "/account/sessions/x/end", "/account/sessions/-1/end"} {
		b.Post(t, path, url.Values{"_csrf": {token}}).Want(t, 404)
	}
	victim.Get(t, "/account").Want(t, 200)
}

func TestChangingThePasswordSaysWhatIsWrongAndSignsOutEverywhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b, other := webtest.New(h.site(), here), webtest.New(h.app, here)
	phone := h.enrol(t, b, "zhouning")
	h.signIn(t, other, "zhouning", phone)
	page := b.Get(t, "/account")
	for field, typed := range map[string][3]string{
		"new_password_again": {goodPassword, newPassword, "另外一个密码啊"},
		"old_password":       {"不是这个密码吧", newPassword, newPassword},
		"new_password":       {goodPassword, "12345678", "12345678"},
	} {
		again := page.Submit(t, "form[action$='/password']", passwords(typed)).Want(t, 422)
		if again.Attr("[name="+field+"]", "aria-invalid") != "true" || again.Find(".field-error").Length() != 1 {
			t.Errorf("%s: %q", field, again.All(".field-error"))
		}
		for _, secret := range typed {
			if strings.Contains(again.Body, secret) {
				t.Errorf("%s: the page shows a password", field)
			}
		}
	}
	page = page.Submit(t, "form[action$='/password']", passwords([3]string{goodPassword, newPassword, newPassword})).Want(t, 200)
	if page.Path != "/login?said=password" || !strings.Contains(page.Text(".banner-head"), "密码已改") {
		t.Errorf("at %s: %q", page.Path, page.Text(".banner-head"))
	}
	if gone := other.Get(t, "/account"); !strings.HasPrefix(gone.Path, "/login") {
		t.Error("another browser is still signed in")
	}
	page.Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 422)
	page.Submit(t, "main form", credentials("zhouning", newPassword)).Want(t, 200)
}

func passwords(p [3]string) url.Values {
	return url.Values{"old_password": {p[0]}, "new_password": {p[1]}, "new_password_again": {p[2]}}
}
