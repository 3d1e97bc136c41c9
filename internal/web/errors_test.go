package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

func TestTheSitesOwnPageGetsOnlySentences(t *testing.T) {
	t.Parallel()
	cfg, log := config(t)
	var got web.ErrorView
	cfg.ErrorPage = func(c *fiber.Ctx, v web.ErrorView) error {
		got = v
		if err := c.UserContext().Err(); err != nil {
			t.Errorf("the page's context is over already: %v", err)
		}
		return html(c, "<h1>"+v.Title+"</h1>")
	}
	app := web.New(cfg)
	app.Mount([]web.Route{
		web.Get("/absent", func(*fiber.Ctx) error { return fault.New(fault.NotFound, "没有编号 JX1。") }),
		web.Get("/broken", func(*fiber.Ctx) error { return errors.New("password authentication failed") }),
		{Method: "POST", Path: "/broken", NoToken: "a test", Do: func(*fiber.Ctx) error { return errors.New("disk full") }},
	})
	visitor := webtest.New(app, here)
	visitor.Get(t, "/absent").Want(t, 404)
	if diff := cmp.Diff(web.ErrorView{Status: 404, Title: "没有这一页", Sentence: "没有编号 JX1。", What: "请核对地址，或从首页重新进入。"}, got); diff != "" {
		t.Error(diff)
	}
	visitor.Get(t, "/broken").Want(t, 500)
	if strings.Contains(got.Sentence, "没有保存") {
		t.Error("reading a page saves nothing, so the page must not frighten: " + got.Sentence)
	}
	visitor.Post(t, "/broken", nil).Want(t, 500)
	if !strings.Contains(got.Sentence, "没有保存") {
		t.Error("the page does not say whether it was saved: " + got.Sentence)
	}
	if !regexp.MustCompile(`^[0-9A-F]{4}-[0-9A-F]{4}$`).MatchString(got.RequestID) {
		t.Errorf("request id %q", got.RequestID)
	}
	if !strings.Contains(log.String(), `"level":"ERROR","msg":"request failed","id":"`+got.RequestID+`"`) {
		t.Errorf("the log does not have %s:\n%s", got.RequestID, log)
	}
}

func TestAnErrorPageThatFailsIsReplaced(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]func(c *fiber.Ctx, v web.ErrorView) error{
		"error": func(c *fiber.Ctx, _ web.ErrorView) error { _ = html(c, "半页"); return errors.New("template") },
		"panic": func(c *fiber.Ctx, _ web.ErrorView) error { _ = html(c, "半页"); panic("template") },
	} {
		cfg, _ := config(t)
		cfg.ErrorPage = page
		got := webtest.New(web.New(cfg), here).Get(t, "/nowhere").Want(t, 404)
		if strings.Contains(got.Body, "半页") || got.Text("h1") != "没有这一页" {
			t.Errorf("%s: %s", name, got.Body)
		}
	}
}

func TestWhoHasToWaitIsAlwaysToldHowLong(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]func(c *fiber.Ctx, v web.ErrorView) error{
		"the site's page":     func(c *fiber.Ctx, v web.ErrorView) error { return html(c, v.Sentence) },
		"a page that fails":   func(*fiber.Ctx, web.ErrorView) error { return errors.New("template") },
		"the page of nothing": nil,
	} {
		cfg, _ := config(t)
		cfg.ErrorPage = page
		app := web.New(cfg)
		app.Mount([]web.Route{
			web.Get("/known", func(*fiber.Ctx) error { return fault.Later(89*time.Second+1, "请等 2 分钟。") }),
			web.Get("/unknown", func(*fiber.Ctx) error { return fault.New(fault.TooMany, "请稍等。") }),
			web.Get("/unsure", func(*fiber.Ctx) error { return fault.New(fault.Unsure, "不知道保存了没有。") }),
			web.Get("/own", func(c *fiber.Ctx) error {
				web.Refuse(c, fmt.Errorf("login: %w", fault.Later(5*time.Second, "请稍等。")))
				return html(c, "自己的页面")
			}),
			web.Get("/other", func(c *fiber.Ctx) error {
				web.Refuse(c, fault.New(fault.Conflict, "有人先办了。"))
				return html(c, "自己的页面")
			}),
		})
		visitor := webtest.New(app, here)
		for path, want := range map[string]struct {
			status int
			after  string
		}{"/known": {429, "90"}, "/unknown": {429, "30"}, "/unsure": {503, "30"}, "/own": {429, "5"}, "/other": {409, ""}} {
			if got := visitor.Get(t, path).Want(t, want.status).Header.Get("Retry-After"); got != want.after {
				t.Errorf("%s, %s: Retry-After %q, want %q", name, path, got, want.after)
			}
		}
	}
}

func TestHalfAnAnswerIsThrownAwayAndCookiesStay(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/x", func(c *fiber.Ctx) error {
		app.Cookies().Clear(c, "zx_draft")
		c.Set(fiber.HeaderContentDisposition, "attachment")
		_ = c.SendString("半页")
		return fault.New(fault.Expired, "这份草稿放了 24 小时，已经清除。")
	})})
	got := webtest.New(app, here).Get(t, "/x").Want(t, 410)
	if strings.Contains(got.Body, "半页") || got.Header.Get("Content-Disposition") != "" {
		t.Errorf("half an answer was sent: %v %s", got.Header, got.Body)
	}
	if !strings.Contains(got.Header.Get("Set-Cookie"), "zx_draft=;") {
		t.Errorf("Set-Cookie %q", got.Header.Get("Set-Cookie"))
	}
}

func TestAPanicIsLoggedWithoutWhatWasPanickedWith(t *testing.T) {
	t.Parallel()
	cfg, log := config(t)
	app := web.New(cfg)
	var none []int
	app.Mount([]web.Route{
		web.Get("/text", func(*fiber.Ctx) error { panic("张三 13800138000") }),
		web.Get("/index", func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(none[len(c.Path())])) }),
	})
	visitor := webtest.New(app, here)
	visitor.Get(t, "/text").Want(t, 500)
	visitor.Get(t, "/index").Want(t, 500)
	if strings.Contains(log.String(), "13800138000") || !strings.Contains(log.String(), "index out of range") ||
		!strings.Contains(log.String(), "errors_test.go") {
		t.Errorf("the log:\n%s", log)
	}
}

func TestWorkThatTakesTooLongIsAskedToComeBack(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Timeout = 20 * time.Millisecond
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/slow", func(c *fiber.Ctx) error {
		<-c.UserContext().Done()
		return fmt.Errorf("pool: %w", c.UserContext().Err())
	}), {Method: "GET", Path: "/long", Slow: time.Hour, Do: func(c *fiber.Ctx) error {
		until, _ := c.UserContext().Deadline()
		if time.Until(until) < time.Minute {
			t.Errorf("a slow route has only %v", time.Until(until))
		}
		return nil
	}}})
	visitor := webtest.New(app, here)
	if got := visitor.Get(t, "/slow").Want(t, 503).Header.Get("Retry-After"); got != "30" {
		t.Errorf("Retry-After %q", got)
	}
	visitor.Get(t, "/long").Want(t, 200)
	if web.StatusOf(context.Canceled) != 500 {
		t.Error("a cancelled context is ours to explain")
	}
}

func TestTheLogHasThePatternAndNothingOfTheVisitor(t *testing.T) {
	t.Parallel()
	cfg, log := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/complaints/:number", func(c *fiber.Ctx) error { return c.SendString("七个字节") })})
	visitor := webtest.New(app, here)
	visitor.Get(t, "/complaints/JX202612345678?name=zhang").Want(t, 200)
	visitor.Get(t, "/nowhere/JX202612345678").Want(t, 404)
	visitor.Get(t, "/healthz").Want(t, 200)
	for _, secret := range []string{"JX202612345678", "zhang", "0.0.0.0", "nowhere", "healthz"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, log)
		}
	}
	if !strings.Contains(log.String(), `"method":"GET","route":"/complaints/:number","status":200,"bytes":12,`) {
		t.Errorf("the log:\n%s", log)
	}
}

func TestRubbishInFormsIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{{Method: "POST", Path: "/form", NoToken: "a test", Do: sayForm}})
	visitor := webtest.New(app, here)
	for body, status := range map[string]int{
		"title=%E6%A0%87":                     200,
		"title=%FF":                           400,
		"title=\xff":                          400,
		"%FF=a":                               400,
		"title=a%00b":                         200, // dropped, and said
		"a%00b=a":                             400,
		"password=a%00b":                      400,
		"title=%zz":                           400,
		"a=1;b=2":                             400,
		strings.Repeat("a=1&", 199) + "a=1":   200,
		strings.Repeat("a=1&", 200) + "a=1":   413,
		"title=" + strings.Repeat("a", 60000): 200,
		"title=" + strings.Repeat("a", 65531): 413,
	} {
		page := visitor.Do(t, "POST", "/form", "application/x-www-form-urlencoded; charset=UTF-8", []byte(body))
		if page.Status != status {
			t.Errorf("%.20q (%d bytes): status %d, want %d", body, len(body), page.Status, status)
		}
	}
	for _, kind := range []string{"", "text/plain", "application/json", "multipart/form-data; boundary=x", ";"} {
		visitor.Do(t, "POST", "/form", kind, []byte("title=a")).Want(t, 415)
	}
}

func TestARouteThatCannotWorkIsNeverServed(t *testing.T) {
	t.Parallel()
	do := func(*fiber.Ctx) error { return nil }
	for want, r := range map[string]web.Route{
		"the method must be":  {Method: "PUT", Path: "/x", Do: do},
		"must begin with /":   {Method: "GET", Path: "x", Do: do},
		"must not end with /": {Method: "GET", Path: "/x/", Do: do},
		"nothing to do":       {Method: "GET", Path: "/x"},
		"negative":            {Method: "GET", Path: "/x", Do: do, Limit: -1},
		"no form token":       {Method: "POST", Path: "/x", Do: do, Body: web.RawBody},
		"there twice":         web.Get("/healthz", do),
	} {
		cfg, _ := config(t)
		app := web.New(cfg)
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, want) || !strings.Contains(p, r.Path) {
					t.Errorf("%s: %s", want, p)
				}
			}()
			app.Mount([]web.Route{r})
		}()
	}
}

func TestWhatIsSentWithoutADatabaseIsAskedToComeBack(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	var shown web.ErrorView
	cfg.ErrorPage = func(c *fiber.Ctx, v web.ErrorView) error {
		shown = v
		return html(c, v.Sentence)
	}
	app := web.New(cfg)
	route := web.Post("/away", func(*fiber.Ctx) error { return fmt.Errorf("save draft: %w", fault.ErrUnreachable) })
	route.NoToken = "the test looks at the answer alone"
	app.Mount([]web.Route{route})
	page := webtest.New(app, here).Post(t, "/away", url.Values{"note": {"写了半天的话"}, "form_token": {"abc"}}).Want(t, 503)
	if page.Header.Get("Retry-After") != "30" || !strings.Contains(shown.Sentence, "没有保存") || shown.Resend == "" || !slices.Equal(shown.Sent.Words(), []string{"写了半天的话"}) {
		t.Errorf("after %q: %+v", page.Header.Get("Retry-After"), shown)
	}
}
