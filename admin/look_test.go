package admin

import (
	"context"
	"net"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
)

func TestTheLoginPagesStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	h.hire(t, "liyan", staff.Registrar)
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	site := "http://" + ln.Addr().String()
	app := h.App(web.Config{URL: site})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- app.ServeListener(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	for login, width := range map[string]int{"zhouning": 1280, "liyan": 375} {
		tab := browser.New(t).Person(t, width)
		check := func(name string) {
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name)
		}
		tab.Open(site + "/login")
		check("login")
		tab.Fill("login", login)
		tab.Fill("password", "不是这个密码吧")
		tab.Press("登录")
		check("login-wrong")
		tab.Fill("password", goodPassword)
		tab.Press("登录")
		check("enrol")
		tab.Fill("otp", "12")
		tab.Press("绑定并进入工作台")
		check("enrol-wrong")
		tab.Fill("otp", h.code(t, tab.Attribute("[data-totp-secret]", "data-totp-secret")).Get("otp"))
		tab.Press("绑定并进入工作台")
		tab.Open(site + "/account")
		check("account")
		tab.Quiet(t)
	}
}
