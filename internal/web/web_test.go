package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

const here = "http://xf.test"

// journal is a log that a test may read while the site writes.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

func config(t testing.TB) (web.Config, *journal) {
	t.Helper()
	log := new(journal)
	return web.Config{URL: here, Log: slog.New(slog.NewJSONHandler(log, nil)), Now: time.Now}, log
}

func html(c *fiber.Ctx, body string) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.SendString(body)
}

// showForm is a page with one form that goes to its own address.
func showForm(c *fiber.Ctx) error {
	return html(c, fmt.Sprintf(`<h1>表</h1><form method="post"><input type="hidden" name="_csrf" value="%s">
		<input name="title"><textarea name="facts">原文</textarea><button>交</button></form>`, web.CSRF(c)))
}

func sayForm(c *fiber.Ctx) error {
	return html(c, "<h1>"+web.Form(c).Get("title")+"</h1><p>"+web.Form(c).Get("facts")+"</p>")
}

func TestAFormOfAPageComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/form", showForm), web.Post("/form", sayForm)})

	page := webtest.New(app, here).Get(t, "/form").Submit(t, "form", url.Values{"title": {"欠款 & 利息"}}).Want(t, 200)
	if page.Text("h1") != "欠款 & 利息" || page.Text("p") != "原文" {
		t.Errorf("got %q and %q", page.Text("h1"), page.Text("p"))
	}
}

func TestEveryKindOfErrorHasItsStatusAndNeverItsText(t *testing.T) {
	t.Parallel()
	secret := errors.New("connection to 10.9.8.7 refused")
	for kind, status := range map[fault.Kind]int{
		fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Forbidden: 403,
		fault.Conflict: 409, fault.TooMany: 429, fault.TooLarge: 413, fault.Expired: 410,
	} {
		cfg, log := config(t)
		app := web.New(cfg)
		app.Mount([]web.Route{web.Get("/x", func(*fiber.Ctx) error {
			return fmt.Errorf("x: %w", &fault.Error{Kind: kind, Sentence: "给人看的话。", Err: secret})
		})})
		page := webtest.New(app, here).Get(t, "/x").Want(t, status)
		if strings.Contains(page.Body, "10.9.8.7") {
			t.Errorf("%d: the page shows the error's text", status)
		}
		if shown := strings.Contains(page.Body, "给人看的话。"); shown != (kind != fault.Internal) {
			t.Errorf("%d: sentence shown: %v", status, shown)
		}
		if logged := strings.Count(log.String(), "10.9.8.7"); (kind == fault.Internal) != (logged == 1) {
			t.Errorf("%d: logged %d times", status, logged)
		}
	}
}
