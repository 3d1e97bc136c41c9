package view_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
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

// A summary that says “写了 70 个字，最多 60 个” does not say of what.
func TestASummaryOfFaultsNamesTheFields(t *testing.T) {
	t.Parallel()
	faults := view.Errors{
		{Name: "title", Sentence: "写了 70 个字，最多 60 个，请删去 10 个"}, {Name: "request", Sentence: "请写您的要求"}, {Name: "paid", Sentence: "“一百二十”<b>不能当数字用"},
		{Name: "due", Sentence: "这一天还没有到"}, {Name: "kind", Sentence: "请选一个"}, {Name: "elsewhere", Sentence: "没有这样的栏"},
	}
	page := func(c *fiber.Ctx) error {
		return view.Show(c, templ.Join(view.ErrorSummary{Errors: faults},
			view.TextField{Name: "title", Label: "标题", Error: faults.For("title")}, view.TextArea{Name: "request", Label: "您的要求", Error: faults.For("request")},
			view.MoneyField{Name: "paid", Label: "已付 & 未付", Error: faults.For("paid")}, view.DateField{Name: "due", Label: "约定付款日期", Error: faults.For("due")},
			view.RadioField{Name: "kind", Label: "您以什么身份投诉", Error: faults.For("kind")}, view.TextField{Name: "right", Label: "没有错的栏", Value: "0"}))
	}
	app := fiber.New()
	app.Get("/", page)
	_, body := get(t, app, "/", "")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	got := doc.Find(".error-list a").Map(func(_ int, a *goquery.Selection) string { return a.Text() })
	want := []string{
		"标题：写了 70 个字，最多 60 个，请删去 10 个", "请写您的要求", "已付 & 未付：“一百二十”<b>不能当数字用",
		"约定付款日期：这一天还没有到", "您以什么身份投诉：请选一个", "没有这样的栏",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if strings.ContainsRune(body, 0) || !strings.Contains(doc.Find("#title-error").Text(), "写了 70 个字") || strings.Contains(doc.Find("#title-error").Text(), "标题") {
		t.Errorf("beside the field stands %q", doc.Find("#title-error").Text())
	}
}

// summaryOf is the summary of faults of a page of these components.
func summaryOf(t *testing.T, page ...templ.Component) (advice string, said []string) {
	t.Helper()
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error { return view.Show(c, templ.Join(page...)) })
	_, body := get(t, app, "/", "")
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Find(".error-summary > p").Text(), doc.Find(".error-list a").Map(func(_ int, a *goquery.Selection) string { return a.Text() })
}

// What the checks of several fields find comes behind the others: the summary says it
// where the page has it.
func TestASummaryOfFaultsGoesDownThePage(t *testing.T) {
	t.Parallel()
	_, got := summaryOf(t,
		view.ErrorSummary{Errors: view.Errors{{Name: "send-place", Sentence: "三"}, {Name: "none", Sentence: "五"}, {Name: "due", Sentence: "二"}, {Name: "sure", Sentence: "四"}, {Name: "title", Sentence: "一"}}},
		view.TextField{Name: "title"}, view.DateField{Name: "due"}, view.TextField{Name: "place", ID: "send-place"}, view.CheckField{Name: "sure", Label: "照写"})
	if diff := cmp.Diff([]string{"一", "二", "三", "四", "五"}, got); diff != "" {
		t.Error(diff)
	}
}

// A code is never shown again, and no page can fill in a file.
func TestASummaryOfFaultsSaysWhatIsNotThereAnyMore(t *testing.T) {
	t.Parallel()
	errors := view.ErrorSummary{Errors: view.Errors{{Name: "code", Sentence: "对不上"}}, Resend: "查询"}
	text, code := view.TextField{Name: "number", Label: "编号"}, view.TextField{Name: "code", Label: "查询码", Secret: true}
	for want, fields := range map[string][]templ.Component{
		"您填的内容都还在。":            {text, view.TextField{Name: "code", Label: "查询码", Secret: true, Value: "AB"}},
		"您填的内容都还在，查询码要再填一次。":   {text, code},
		"查询码、验证码要再填一次。":        {code, view.OTPField("", "")},
		"选过的文件要再选一次。":          {view.FileField{Name: "file", Label: "文件"}},
		"您填的内容都还在，选过的文件要再选一次。": {text, view.FileField{Name: "file", Label: "文件"}},
	} {
		if got, _ := summaryOf(t, append([]templ.Component{errors}, fields...)...); got != want+"改好这 "+view.N(1, "处")+"，再按“查询”。" {
			t.Errorf("says %q, not %q", got, want)
		}
	}
}
