package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

func TestEveryAnswerCarriesTheWholeTable(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://xf.test", "https://xf.test"} {
		cfg, _ := config(t)
		cfg.URL = address
		app := web.New(cfg)
		app.Mount([]web.Route{
			web.Get("/page", func(c *fiber.Ctx) error { return html(c, "<h1>页</h1>") }),
			web.Get("/broken", func(*fiber.Ctx) error { return errors.New("broken") }),
			web.Get("/panic", func(*fiber.Ctx) error { panic("panic") }),
			{Method: "POST", Path: "/form", NoToken: "a test", Do: sayForm},
		})
		addr := serve(t, app)
		const head = " HTTP/1.1\r\nHost: xf.test\r\nConnection: close\r\n"
		for raw, status := range map[string]int{
			"GET /page" + head + "\r\n":                                         200,
			"HEAD /page" + head + "\r\n":                                        200,
			"GET /healthz" + head + "\r\n":                                      200,
			"GET /nowhere" + head + "\r\n":                                      404,
			"GET /page/" + head + "\r\n":                                        301,
			"GET /PAGE" + head + "\r\n":                                         301,
			"POST /page" + head + "\r\n":                                        405,
			"PUT /page" + head + "\r\n":                                         405,
			"DELETE /page" + head + "\r\n":                                      405,
			"OPTIONS /page" + head + "\r\n":                                     405,
			"TRACE /page" + head + "\r\n":                                       405,
			"BREW /page" + head + "\r\n":                                        405,
			"GET /broken" + head + "\r\n":                                       500,
			"GET /panic" + head + "\r\n":                                        500,
			"GET /page?q=%FF" + head + "\r\n":                                   400,
			"GET /page?q=%00" + head + "\r\n":                                   400,
			"GET /%00" + head + "\r\n":                                          400,
			"POST /form" + head + "Content-Length: 70000\r\n\r\n":               413,
			"POST /form" + head + "Content-Length: 1\r\n\r\na":                  415,
			"GET /page" + head + "X: " + strings.Repeat("x", 9000) + "\r\n\r\n": 431,
			"GET /" + strings.Repeat("x", 9000) + head + "\r\n":                 431,
			"GET\r\n\r\n": 400,
			"GET /page HTTP/1.1\r\nHost xf.test\r\n\r\n":                           400,
			"POST /form" + head + "Sec-Fetch-Site: cross-site\r\n\r\n":             403,
			"POST /form" + head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n": 400,
		} {
			got := answers(t, addr, padded(raw, status))
			if len(got) == 0 {
				t.Errorf("%.60q: no answer", raw)
				continue
			}
			if got[0].StatusCode != status {
				t.Errorf("%.60q: status %d, want %d", raw, got[0].StatusCode, status)
			}
			compare(t, raw, got[0].Header, web.Headers(strings.HasPrefix(address, "https")))
		}
	}
}

// padded sends the body that a request for 413 declares, whole.
func padded(raw string, status int) string {
	if status == 413 {
		return raw + strings.Repeat("a", 70000)
	}
	return raw
}

func compare(t *testing.T, what string, got http.Header, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got.Get(name) != value {
			t.Errorf("%.60q: %s is %q, want %q", what, name, got.Get(name), value)
		}
	}
	for _, name := range []string{"Server", "X-Powered-By"} {
		if got.Get(name) != "" {
			t.Errorf("%.60q: %s tells %q", what, name, got.Get(name))
		}
	}
	if _, https := want["Strict-Transport-Security"]; !https && got.Get("Strict-Transport-Security") != "" {
		t.Errorf("%.60q: Strict-Transport-Security without https", what)
	}
}

func TestRefusalsBeforeAnyHandlerSpeakChinese(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.ErrorPage = func(*fiber.Ctx, web.ErrorView) error {
		t.Error("the site's own code ran on half a request")
		return nil
	}
	app := web.New(cfg)
	addr := serve(t, app)
	for raw, sentence := range map[string]string{
		"GET\r\n\r\n": "没有保存任何内容",
		"PUT / HTTP/1.1\r\nHost: xf.test\r\n\r\n": "没有保存任何内容",
		"GET /" + strings.Repeat("x", 9000):       "没有处理",
	} {
		body := make([]byte, 2000)
		got := answers(t, addr, raw)
		if len(got) != 1 {
			t.Fatalf("%.40q: %d answers", raw, len(got))
		}
		n, _ := got[0].Body.Read(body)
		if !strings.Contains(string(body[:n]), sentence) || !got[0].Close {
			t.Errorf("%.40q: close %v, %s", raw, got[0].Close, body[:n])
		}
	}
}

func TestHiddenPagesAskSearchEnginesToStayAway(t *testing.T) {
	t.Parallel()
	page := func(c *fiber.Ctx) error { return html(c, "页") }
	lost := func(*fiber.Ctx) error { return fiber.ErrNotFound }
	table := []web.Route{web.Get("/open", page), {Method: "GET", Path: "/shut", Hidden: true, Do: page},
		{Method: "GET", Path: "/lost", Hidden: true, Do: lost}}
	for _, whole := range []bool{false, true} {
		cfg, _ := config(t)
		cfg.Hidden = whole
		app := web.New(cfg)
		app.Mount(table)
		visitor := webtest.New(app, here)
		for path, want := range map[string]bool{"/open": whole, "/shut": true, "/lost": true, "/nowhere": whole} {
			if got := visitor.Get(t, path).Header.Get("X-Robots-Tag") != ""; got != want {
				t.Errorf("whole site %v, %s: hidden %v", whole, path, got)
			}
		}
	}
}

func TestAStaticFileMayBeKept(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	fail := false
	app.Mount([]web.Route{web.Get("/static/*", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		if fail {
			return errors.New("gone")
		}
		return c.SendString("css")
	})})
	visitor := webtest.New(app, here)
	if got := visitor.Get(t, "/static/a.css").Header.Get("Cache-Control"); !strings.HasPrefix(got, "public") {
		t.Errorf("Cache-Control %q", got)
	}
	fail = true
	if got := visitor.Get(t, "/static/a.css").Want(t, 500).Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the error page may be kept: %q", got)
	}
}
