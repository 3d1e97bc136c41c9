package view_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/static"
)

func get(t *testing.T, app *fiber.App, path, encoding string) (*http.Response, string) {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.Header.Set("Accept-Encoding", encoding)
	resp, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestAPageThatFailsHalfwaySendsNothingOfIt(t *testing.T) {
	t.Parallel()
	app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error {
		return c.Status(500).SendString("fault")
	}})
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "<p>half")
		return errors.New("broken")
	})
	app.Get("/half", func(c *fiber.Ctx) error { return view.Show(c, half) })
	app.Get("/whole", func(c *fiber.Ctx) error { return view.Show(c.Status(404), view.Text("<没有>")) })

	if _, body := get(t, app, "/half", ""); body != "fault" {
		t.Errorf("sent %q", body)
	}
	resp, body := get(t, app, "/whole", "")
	if resp.StatusCode != 404 || body != "&lt;没有&gt;" || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("status %d, %q, %s", resp.StatusCode, body, resp.Header.Get("Content-Type"))
	}
}

func TestAssetsAreKeptForEverAndUnknownOnesNotFound(t *testing.T) {
	t.Parallel()
	app := fiber.New(fiber.Config{ErrorHandler: func(c *fiber.Ctx, err error) error {
		var f *fault.Error
		if errors.As(err, &f) && f.Kind == fault.NotFound {
			return c.SendStatus(404)
		}
		return c.SendStatus(500)
	}})
	app.Get("/static/:name", view.Asset)
	resp, _ := get(t, app, static.URL("portal.css"), "gzip, br")
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.Header.Get("Cache-Control") != static.CacheControl || resp.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("headers %v", resp.Header)
	}
	if resp, body := get(t, app, static.URL("portal.css"), ""); resp.Header.Get("Content-Encoding") != "" || len(body) == 0 {
		t.Error("a browser that cannot unpack got it packed")
	}
	if resp, _ := get(t, app, "/static/portal.css", ""); resp.StatusCode != 404 {
		t.Errorf("status %d for a name without its hash", resp.StatusCode)
	}
}

func TestErrorsKeepTheFirstSentenceOfAField(t *testing.T) {
	t.Parallel()
	fields := []fault.Field{{Name: "title", Sentence: "请写标题"}, {Name: "unit", Sentence: "请选单位"}}
	got := view.ErrorsOf(errors.Join(errors.New("x"), fault.Fields(fields)))
	if diff := cmp.Diff(view.Errors(fields), got); diff != "" {
		t.Error(diff)
	}
	if got.For("unit") != "请选单位" || got.For("none") != "" {
		t.Error("a field reads another's sentence")
	}
	if view.ErrorsOf(errors.New("x")) != nil {
		t.Error("an internal error has fields")
	}
}
