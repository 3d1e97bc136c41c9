package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// doors is a site whose forms are shut to who has no cookie zx_staff; done holds what
// was acted on and shown what was only shown.
type doors struct {
	app         *web.App
	done, shown []string
	page        web.ErrorView // of the last error
	door        web.Carried   // what the last door carried
	later       time.Duration
}

func newDoors(t *testing.T) *doors {
	t.Helper()
	return newDoorsOf(t, false)
}

// newDoorsOf may be on a computer that several people share.
func newDoorsOf(t *testing.T, shared bool, safes ...web.Safe) *doors {
	t.Helper()
	cfg, _ := config(t)
	d := &doors{}
	signedIn := func(c *fiber.Ctx) string { return d.app.Cookies().Read(c, "zx_staff") }
	if shared {
		cfg.Whose, cfg.Safe = signedIn, append(safes, labelled{})[0]
	}
	cfg.Now = func() time.Time { return time.Now().Add(d.later) }
	cfg.FormCookie = "zx_desk_form"
	cfg.Secrets = func(c *fiber.Ctx) []string { return []string{signedIn(c)} }
	cfg.ErrorPage = func(c *fiber.Ctx, v web.ErrorView) error {
		d.page = v
		return html(c, "<h1>"+v.Title+`</h1><form method="post" action="/login"><input type="hidden" name="_csrf" value="`+web.CSRF(c)+`">`+carry(v.Sent)+`<input name="as"></form>`)
	}
	cfg.Door = func(c *fiber.Ctx) error {
		sent := web.Sent(c)
		d.door = sent
		return html(c, `<h1>登录</h1><form method="post" action="/login"><input type="hidden" name="_csrf" value="`+web.CSRF(c)+`">`+carry(&sent)+`<input name="as"></form>`)
	}
	d.app = web.New(cfg)
	guard := func(c *fiber.Ctx) error {
		if signedIn(c) != "" || web.Outside(c) {
			return c.Next()
		}
		return fault.New(fault.Forbidden, "")
	}
	note := web.Long(web.Post("/note", func(c *fiber.Ctx) error {
		d.done = append(d.done, web.Form(c).Get("note"))
		return html(c, "<h1>好</h1>")
	}).Or(func(c *fiber.Ctx) error {
		if web.Form(c).Get("note") == "没有这件" {
			return fault.New(fault.NotFound, "")
		}
		d.shown = append(d.shown, strings.Join(web.Form(c).All("note"), "|"))
		return html(c, "<h1>再看一遍</h1>")
	}))
	bare := web.Post("/bare", func(c *fiber.Ctx) error { d.done = append(d.done, "bare"); return nil })
	file := web.Route{Method: "POST", Path: "/file", Body: web.MultipartBody, Do: func(*fiber.Ctx) error { d.done = append(d.done, "file"); return nil },
		Again: func(c *fiber.Ctx) error {
			d.shown = append(d.shown, web.Form(c).Get("source"))
			return html(c, "<h1>再选文件</h1>")
		}}
	note.Guard, bare.Guard, file.Guard = guard, guard, guard
	d.app.Mount([]web.Route{
		web.Get("/form", showForm), note, bare, file,
		web.Door(web.Post("/login", func(c *fiber.Ctx) error {
			if web.Form(c).Get("as") == "" {
				return fault.New(fault.TooMany, "")
			}
			d.app.Cookies().Set(c, "zx_staff", web.Form(c).Get("as"), 0)
			if sent, ok := web.GoesOn(c); ok {
				return web.GoOn(c, sent)
			}
			return web.SeeOther(c, "/form")
		}).Or(func(c *fiber.Ctx) error { d.shown = append(d.shown, "login"); return html(c, "<h1>登录</h1>") })),
	})
	return d
}

// carry writes a form as a page of a site does.
func carry(sent *web.Carried) string {
	if sent == nil || sent.To == "" {
		return ""
	}
	out := `<input type="hidden" name="carried_to" value="` + sent.To + `">`
	if sent.Sealed != "" {
		return out + `<input type="hidden" name="carried_sealed" value="` + sent.Sealed + `">`
	}
	for _, f := range sent.Fields {
		out += `<input type="hidden" name="carried.` + f[0] + `" value="` + f[1] + `">`
	}
	return out
}

func TestAFormOfOursWhoseTokenIsNobodysIsShownAndNotActedOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		head  http.Header
		taken bool // for our own form, if a late one
	}{
		"a browser of today":               {http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {here}}, true},
		"one that sends no Origin":         {http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": nil}, true},
		"an older one with its Origin":     {http.Header{"Sec-Fetch-Site": nil, "Origin": {here}}, true},
		"an older one with its Referer":    {http.Header{"Sec-Fetch-Site": nil, "Origin": nil, "Referer": {here + "/form"}}, true},
		"a page opened by hand":            {http.Header{"Sec-Fetch-Site": {"none"}, "Origin": {here}}, true},
		"one that says nothing":            {http.Header{"Sec-Fetch-Site": nil, "Origin": nil}, false},
		"a Referer from elsewhere":         {http.Header{"Sec-Fetch-Site": nil, "Origin": nil, "Referer": {"https://evil.test/form"}}, false},
		"a Referer that only begins alike": {http.Header{"Sec-Fetch-Site": nil, "Origin": nil, "Referer": {here + ".evil.test/"}}, false},
		"another site":                     {http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.test"}}, false},
		"another site with our Referer":    {http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": nil, "Referer": {here + "/form"}}, false},
		"a neighbour":                      {http.Header{"Sec-Fetch-Site": {"same-site"}, "Origin": {"http://x.xf.test"}}, false},
		"nowhere":                          {http.Header{"Sec-Fetch-Site": nil, "Origin": {"null"}, "Referer": {here + "/form"}}, false},
	} {
		d := newDoors(t)
		visitor := webtest.New(d.app, here)
		visitor.SetCookie("zx_staff", "li")
		visitor.Header = c.head
		form := url.Values{"_csrf": {"of-a-session-that-is-over"}, "note": {"写了半天的话"}}
		page := visitor.Post(t, "/note", form).Want(t, 403)
		if len(d.done) != 0 || c.taken != (len(d.shown) == 1) {
			t.Errorf("%s: acted on %v, shown %v", name, d.done, d.shown)
		}
		if c.taken != (page.Text("h1") == "再看一遍") || !c.taken && (d.page.Sent != nil || strings.Contains(page.Body, "写了半天")) {
			t.Errorf("%s: answered with %q", name, page.Body)
		}
		visitor.SetCookie("zx_staff", "")
		page = visitor.Post(t, "/note", form).Want(t, 403)
		if c.taken != (page.Text("h1") == "登录") || c.taken != (page.Attr("[name='carried.note']", "value") == "写了半天的话") {
			t.Errorf("%s, signed out: answered with %q", name, page.Body)
		}
		if page := visitor.Post(t, "/login", url.Values{"as": {"li"}, "carried_to": {"/note"}, "carried.note": {"话"}}); page.Status != 403 || len(d.done) != 0 {
			t.Errorf("%s: a door lets in without a token: %d", name, page.Status)
		}
	}
}

func TestWhatWasTypedGoesThroughTheDoorAndIsAskedAgain(t *testing.T) {
	t.Parallel()
	d := newDoors(t)
	visitor := webtest.New(d.app, here)
	long := strings.Repeat("很长的经过。", 4000)
	page := visitor.Post(t, "/note?q=first", url.Values{"note": {long, "第二个"}, "form_token": {"abc"}, "password": {"不可再见"}, "otp": {"123456"}}).Want(t, 403)
	if strings.Contains(page.Body, "不可再见") || strings.Contains(page.Body, "123456") {
		t.Error("a secret is carried")
	}
	page = page.Submit(t, "form", url.Values{"as": {"li"}}).Want(t, 200)
	if diff := cmp.Diff([]string{long + "|第二个"}, d.shown); diff != "" || len(d.done) != 0 || page.Text("h1") != "再看一遍" || page.Path != "/note?q=first" {
		t.Errorf("acted on %v, at %s %q, shown: %s", d.done, page.Path, page.Text("h1"), diff)
	}
	// Whoever comes in and may not see the page is not shown the words.
	other := webtest.New(d.app, here)
	page = other.Post(t, "/note", url.Values{"note": {"没有这件"}}).Submit(t, "form", url.Values{"as": {"wang"}}).Want(t, 404)
	if d.page.Sent != nil || d.page.Resend != "" || strings.Contains(page.Body, "没有这件") {
		t.Errorf("a stranger to the page reads %q", page.Body)
	}
	// A page that has no other way to show it is one that sends it again.
	other.Post(t, "/bare", url.Values{"_csrf": {"late"}, "b": {"二"}, "a": {"一"}}).Want(t, 403)
	want := &web.Carried{To: "/bare", Fields: [][2]string{{"a", "一"}, {"b", "二"}}}
	if diff := cmp.Diff(want, d.page.Sent); diff != "" || d.page.Resend == "" {
		t.Errorf("resend %q: %s", d.page.Resend, diff)
	}
}

func TestOnlyAPathOfOursIsGoneOnTo(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"", "https://evil.test/", "//evil.test/", "/\\evil.test", "note", "javascript:alert(1)", "/a\tb", "/" + strings.Repeat("a", 3000)} {
		d := newDoors(t)
		visitor := webtest.New(d.app, here)
		visitor.Stay = true
		form := visitor.Post(t, "/note", url.Values{"note": {"话"}})
		page := form.Submit(t, "form", url.Values{"as": {"li"}, "carried_to": {to}})
		if page.Header.Get("Location") != "/form" {
			t.Errorf("%q: led to %q", to, page.Header.Get("Location"))
		}
	}
}

func TestFilesAreNotCarriedAndTheWordsBesideThemAre(t *testing.T) {
	t.Parallel()
	d := newDoors(t)
	visitor := webtest.New(d.app, here)
	send := func() *webtest.Page {
		kind, body := webtest.Multipart(t, []webtest.Field{{Name: "_csrf", Value: "late"}, {Name: "source", Value: "国务院办公厅的通知"}},
			webtest.File{Field: "file", Name: "2027.csv", Content: []byte("2027-01-01")})
		return visitor.Do(t, "POST", "/file", kind, body).Want(t, 403)
	}
	page := send().Submit(t, "form", url.Values{"as": {"li"}}).Want(t, 200)
	if len(d.done) != 0 || !cmp.Equal(d.shown, []string{"国务院办公厅的通知"}) || page.Text("h1") != "再选文件" || strings.Contains(page.Body, "2027-01-01") {
		t.Errorf("acted on %v, shown %v: %s", d.done, d.shown, page.Body)
	}
	if send(); len(d.done) != 0 || len(d.shown) != 2 { // signed in, with a token of another day
		t.Errorf("acted on %v, shown %v", d.done, d.shown)
	}
	// A form of its own that comes in as no multipart is as foreign as it was.
	visitor.Post(t, "/file", url.Values{"source": {"x"}}).Want(t, 415)
}

func TestABrowserThatKeepsNoCookieIsToldSo(t *testing.T) {
	t.Parallel()
	d := newDoors(t)
	token := webtest.New(d.app, here).Get(t, "/form").Attr("[name=_csrf]", "value")
	bare := func() *webtest.Client { // every time as one that has kept nothing
		return webtest.New(d.app, here)
	}
	for range 2 { // and not as an old page the second time
		bare().Post(t, "/login", url.Values{"_csrf": {token}, "as": {"li"}, "carried_to": {"/note"}, "carried.note": {"写了半天的话"}}).Want(t, 403)
		if !strings.Contains(d.page.Title, "Cookie") || len(d.page.Help) < 3 || !strings.Contains(d.page.Sentence, "没有保存任何内容") {
			t.Errorf("says %+v", d.page)
		}
		if d.page.Sent == nil || !cmp.Equal(d.page.Sent.Words(), []string{"写了半天的话"}) {
			t.Errorf("what was typed is %+v", d.page.Sent)
		}
	}
	kept := webtest.New(d.app, here)
	kept.Get(t, "/form").Want(t, 200)
	d.page = web.ErrorView{}
	if kept.Post(t, "/login", url.Values{"_csrf": {token}, "as": {"li"}}).Want(t, 403); strings.Contains(d.page.Title, "Cookie") || !cmp.Equal(d.shown, []string{"login"}) {
		t.Errorf("a browser with a cookie is told %q, shown %v", d.page.Title, d.shown)
	}
}

func TestWordsArePeoplesAndNotTheMachines(t *testing.T) {
	t.Parallel()
	sent := web.Carried{Fields: [][2]string{
		{"note", " 还有一张欠条。 "}, {"phone", "13800138000"}, {"amount", "128.65万"}, {"finding", "substantiated"}, {"unit", "JX-CZJ"}, {"category", "C03"},
		{"form_token", "kQx1"}, {"number", "JX2026000000017"}, {"do", "next"}, {"empty", "  "}, {"name", "Wang Jianguo"},
	}}
	if diff := cmp.Diff([]string{"还有一张欠条。", "13800138000", "128.65万", "Wang Jianguo"}, sent.Words()); diff != "" {
		t.Error(diff)
	}
}
