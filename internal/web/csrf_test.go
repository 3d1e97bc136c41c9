package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// office is a site with a login: whoever has the cookie zx_staff is signed in.
func office(t *testing.T) *web.App {
	t.Helper()
	cfg, _ := config(t)
	var app *web.App
	cfg.FormCookie = "zx_desk_form"
	cfg.Secrets = func(c *fiber.Ctx) []string { return []string{app.Cookies().Read(c, "zx_staff")} }
	app = web.New(cfg)
	app.Mount([]web.Route{
		web.Get("/form", showForm), web.Post("/form", sayForm),
		web.Get("/login", func(c *fiber.Ctx) error {
			app.Cookies().Set(c, "zx_staff", c.Query("as"), 0)
			return c.Redirect("/form", fiber.StatusSeeOther)
		}),
		{Method: "POST", Path: "/file", Body: web.MultipartBody, Do: sayForm},
	})
	return app
}

func TestOnlyOurOwnFormsWithTheVisitorsTokenAreTaken(t *testing.T) {
	t.Parallel()
	app := office(t)
	other := webtest.New(app, here).Get(t, "/login?as=wang").Attr("[name=_csrf]", "value")
	visitor := webtest.New(app, here)
	before := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	own := visitor.Get(t, "/login?as=li").Attr("[name=_csrf]", "value")

	for _, c := range []struct {
		name, token, site, origin string
		status                    int
	}{
		{"own token", own, "same-origin", here, 200},
		{"typed address", own, "none", "", 200},
		{"no browser headers", own, "", "", 200},
		{"old browser, own origin", own, "", here, 200},
		{"no token", "", "same-origin", here, 403},
		{"token from before the login", before, "same-origin", here, 403},
		{"another's token", other, "same-origin", here, 403},
		{"rubbish", "中文", "same-origin", here, 403},
		{"cross site", own, "cross-site", "http://evil.test", 403},
		{"cross site claiming our origin null", own, "cross-site", "null", 403},
		{"sibling host", own, "same-site", "http://x.xf.test", 403},
		{"old browser, origin null", own, "", "null", 403},
		{"old browser, evil origin", own, "", "http://evil.test", 403},
	} {
		visitor.Header = http.Header{"Sec-Fetch-Site": {c.site}, "Origin": {c.origin}}
		for name := range visitor.Header {
			if visitor.Header.Get(name) == "" {
				visitor.Header[name] = nil
			}
		}
		form := url.Values{"_csrf": {c.token}, "title": {"标题"}}
		if page := visitor.Post(t, "/form", form); page.Status != c.status {
			t.Errorf("form, %s: status %d, want %d", c.name, page.Status, c.status)
		} else if c.status == 403 && !strings.Contains(page.Text("main"), "没有保存任何内容") {
			t.Errorf("form, %s: the page does not say that nothing was stored: %s", c.name, page.Text("main"))
		}
		kind, body := webtest.Multipart(t, []webtest.Field{{Name: "_csrf", Value: c.token}, {Name: "title", Value: "标题"}})
		if page := visitor.Do(t, "POST", "/file", kind, body); page.Status != c.status {
			t.Errorf("multipart, %s: status %d, want %d", c.name, page.Status, c.status)
		}
	}
	if page := visitor.Get(t, "/form?title=x&_csrf="+own); page.Text("h1") != "表" {
		t.Error("a GET did what only a POST may")
	}
}

func TestTheTokenMustBeTheFirstPartOfAMultipartForm(t *testing.T) {
	t.Parallel()
	app := office(t)
	visitor := webtest.New(app, here)
	token := visitor.Get(t, "/login?as=li").Attr("[name=_csrf]", "value")
	late, body := webtest.Multipart(t, []webtest.Field{{Name: "title", Value: token}, {Name: "_csrf", Value: token}})
	visitor.Do(t, "POST", "/file", late, body).Want(t, 403)
	kind, body := webtest.Multipart(t, nil, webtest.File{Field: "_csrf", Name: "x", Content: []byte(token)})
	visitor.Do(t, "POST", "/file", kind, body).Want(t, 403)
	visitor.Do(t, "POST", "/file", kind, body[:len(body)-5]).Want(t, 400)
	visitor.Do(t, "POST", "/file", kind, nil).Want(t, 400)
}

func TestAFormWithoutFieldsStillNeedsItsToken(t *testing.T) {
	t.Parallel()
	app := office(t)
	visitor := webtest.New(app, here)
	visitor.Get(t, "/login?as=li")
	visitor.Do(t, "POST", "/form", "", nil).Want(t, 403)
	visitor.Post(t, "/form", nil).Want(t, 403)
}

func TestOnePageHasOneTokenAndTheFormNeverSeesIt(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{
		web.Get("/two", func(c *fiber.Ctx) error { return c.SendString(web.CSRF(c) + " " + web.CSRF(c)) }),
		web.Get("/form", showForm),
		web.Post("/form", func(c *fiber.Ctx) error {
			if web.Form(c).Has("_csrf") || len(web.Form(c).Map()) != 2 {
				t.Errorf("the handler sees %v", web.Form(c).Map())
			}
			return c.SendString("好")
		}),
	})
	visitor := webtest.New(app, here)
	a, b, _ := strings.Cut(visitor.Get(t, "/two").Body, " ")
	if a == "" || a != b || strings.Contains(a, visitor.Cookie("zx_form")) {
		t.Errorf("tokens %q and %q, secret %q", a, b, visitor.Cookie("zx_form"))
	}
	visitor.Get(t, "/form").Submit(t, "form", nil).Want(t, 200)
}

func TestCookiesAreKeptFromScriptsAndOtherSites(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://xf.test":  "zx_draft=abc; path=/; HttpOnly; SameSite=Lax",
		"https://xf.test": "__Host-zx_draft=abc; path=/; HttpOnly; secure; SameSite=Lax",
	} {
		cfg, _ := config(t)
		cfg.URL = address
		app := web.New(cfg)
		app.Mount([]web.Route{
			web.Get("/set", func(c *fiber.Ctx) error { app.Cookies().Set(c, "zx_draft", "abc", 0); return nil }),
			web.Get("/read", func(c *fiber.Ctx) error { return c.SendString(app.Cookies().Read(c, "zx_draft")) }),
			web.Get("/clear", func(c *fiber.Ctx) error { app.Cookies().Clear(c, "zx_draft"); return nil }),
		})
		visitor := webtest.New(app, address)
		if got := visitor.Get(t, "/set").Header.Get("Set-Cookie"); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
		if got := visitor.Get(t, "/read").Body; got != "abc" {
			t.Errorf("%s: read %q", address, got)
		}
		visitor.Get(t, "/clear")
		if got := visitor.Get(t, "/read").Body; got != "" {
			t.Errorf("%s: after Clear still %q", address, got)
		}
		visitor.SetCookie(app.Cookies().Name("zx_draft"), "a/../b")
		if got := visitor.Get(t, "/read").Body; got != "" {
			t.Errorf("%s: a value that cannot be ours was read: %q", address, got)
		}
	}
}

func TestOnHTTPSACookieWithoutThePrefixIsNotBelieved(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.URL = "https://xf.test"
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/read", func(c *fiber.Ctx) error {
		return c.SendString(app.Cookies().Read(c, "zx_draft"))
	})})
	visitor := webtest.New(app, cfg.URL)
	visitor.SetCookie("zx_draft", "planted")
	if got := visitor.Get(t, "/read").Body; got != "" {
		t.Errorf("read %q, which a neighbouring host may have planted", got)
	}
}

// A form that must outlive a secret of the site's has the visit's own token, and cookies
// that begin alike are found by their ends.
func TestATokenOfTheVisitOutlivesTheOthers(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"http://xf.test", "https://xf.test"} {
		var app *web.App
		cfg, _ := config(t)
		cfg.URL, cfg.FormCookie = base, "zx_form"
		cfg.Secrets = func(c *fiber.Ctx) []string {
			return []string{app.Cookies().Read(c, "zx_draft"), web.FormSecret(c)}
		}
		app = web.New(cfg)
		app.Mount([]web.Route{
			web.Get("/token", func(c *fiber.Ctx) error { return c.SendString(web.VisitCSRF(c)) }),
			web.Get("/names", func(c *fiber.Ctx) error {
				return c.SendString(strings.Join(app.Cookies().Under(c, "zx_draft_"), ","))
			}),
			web.Post("/send", func(c *fiber.Ctx) error { return c.SendString("done") }),
		})
		visitor := webtest.New(app, base)
		visitor.SetCookie(app.Cookies().Name("zx_draft"), "abc")
		first, again := visitor.Get(t, "/token").Body, visitor.Get(t, "/token").Body
		if strings.TrimPrefix(first, "new.") != again {
			t.Errorf("%s: the tokens are %s and %s", base, first, again)
		}
		visitor.SetCookie(app.Cookies().Name("zx_draft"), "")
		for _, token := range []string{first, again} {
			visitor.Post(t, "/send", url.Values{"_csrf": {token}}).Want(t, 200)
		}
		visitor.SetCookie(app.Cookies().Name("zx_draft_one"), "1")
		visitor.SetCookie(app.Cookies().Name("zx_draft_two"), "2")
		visitor.SetCookie("zx_other_three", "3")
		if got := visitor.Get(t, "/names").Body; got != "one,two" {
			t.Errorf("%s: the ends are %q", base, got)
		}
	}
}
