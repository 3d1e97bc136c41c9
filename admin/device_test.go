package admin

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// issued is the device cookie of an answer, nil when it sets none.
func issued(page *webtest.Page, name string) *http.Cookie {
	all := (&http.Response{Header: page.Header}).Cookies()
	i := slices.IndexFunc(all, func(c *http.Cookie) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return all[i]
}

func TestTheDeviceCookieComesWithBothFactorsOnly(t *testing.T) {
	t.Parallel()
	for url, name := range map[string]string{here: "zx_staff_device", "https://desk.test": "__Host-zx_staff_device"} {
		h := newHouse(t)
		h.hire(t, "zhouning", staff.Registrar)
		b := webtest.New(h.Mount(web.Config{URL: url}, h.routes()), url)
		b.Stay = true
		page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 303)
		if issued(page, name) != nil {
			t.Error("a password alone made the browser known")
		}
		page = b.Get(t, "/login/enrol")
		page = page.Submit(t, "main form", h.code(t, page.Attr("[data-totp-secret]", "data-totp-secret"))).Want(t, 303)
		got := issued(page, name)
		if got == nil {
			t.Fatalf("%s: no cookie of a device: %v", url, page.Header.Values("Set-Cookie"))
		}
		if !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" || got.Secure != strings.HasPrefix(url, "https") ||
			got.MaxAge != int(staff.DeviceLife.Seconds()) || len(got.Value) != 43 || got.Value == b.Cookie("zx_staff") {
			t.Errorf("%s: the cookie is %+v", url, got)
		}
		b.Get(t, "/account").Submit(t, "form[action='/logout']", nil).Want(t, 303)
		if b.Cookie("zx_staff") != "" || b.Cookie("zx_staff_device") != got.Value {
			t.Error("logging out forgets the browser, or not the session")
		}
	}
}

// The guesser sits in the same office, behind the same address.
func TestAGuesserInTheOfficeLocksNobodyOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	h.hire(t, "liyan", staff.Registrar)
	mine, fresh, guesser := webtest.New(h.site(), here), webtest.New(h.app, here), webtest.New(h.app, here)
	phone := h.enrol(t, mine, "zhouning")
	other := h.enrol(t, webtest.New(h.app, here), "liyan")
	mine.Get(t, "/account").Submit(t, "form[action='/logout']", nil)
	form := guesser.Get(t, "/login")
	for _, login := range []string{"admin", "root", "test", "zhouning", "zhouning", "zhouning", "zhouning", "zhouning", "zhouning", "user", "guest"} {
		form.Submit(t, "main form", credentials(login, "不是这个密码吧"))
	}
	form.Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 429)
	if page := h.signIn(t, mine, "zhouning", phone); page.Path != "/" {
		t.Errorf("on the usual browser: %s", page.Path)
	}
	if page := h.signIn(t, fresh, "liyan", other); page.Path != "/" {
		t.Errorf("on a new browser in the office: %s", page.Path)
	}
	forged := webtest.New(h.app, here)
	forged.SetCookie("zx_staff_device", strings.Repeat("A", 43))
	forged.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 429)
	thief := webtest.New(h.app, here)
	thief.SetCookie("zx_staff", mine.Cookie("zx_staff_device"))
	if page := thief.Get(t, "/account"); !strings.HasPrefix(page.Path, "/login") {
		t.Errorf("the device's cookie, as a session, opens %s", page.Path)
	}
}
