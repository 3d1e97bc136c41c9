package gates

import (
	"net/http"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// headers is what every answer of both sites carries; "-" must be absent. It is
// written out once more here, so that a slip in the program's own table fails.
var headers = []struct{ name, http, https string }{
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", ""},
	{"X-Content-Type-Options", "nosniff", ""},
	{"X-Frame-Options", "DENY", ""},
	{"Referrer-Policy", "same-origin", ""},
	{"Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()", ""},
	{"Cross-Origin-Opener-Policy", "same-origin", ""},
	{"Cross-Origin-Resource-Policy", "same-origin", ""},
	{"Cross-Origin-Embedder-Policy", "require-corp", ""},
	{"Cache-Control", "no-store", ""},
	{"Strict-Transport-Security", "-", "max-age=31536000; includeSubDomains"},
	{"Server", "-", ""},
	{"X-Powered-By", "-", ""},
	{"Access-Control-Allow-Origin", "-", ""},
}

// checkHead holds one answer to the table.
// opened are the files of open data.
var opened = map[string]bool{
	"/data.json": true, "/statistics.csv": true, "/statistics.json": true, "/statistics/categories.csv": true, "/statistics/categories.json": true, "/units.csv": true, "/units.json": true,
}

func checkHead(t *testing.T, what string, page *webtest.Page, https, desk bool) {
	t.Helper()
	for _, h := range headers {
		want := h.http
		if https && h.https != "" {
			want = h.https
		}
		got := strings.Join(page.Header.Values(h.name), " AND ")
		static := strings.HasPrefix(page.Path, "/static/") && page.Status == 200 && h.name == "Cache-Control"
		if got == "" {
			got = "-"
		}
		if h.name == "Access-Control-Allow-Origin" && page.Status == 200 && opened[page.Path] {
			want = "*" // a page of another site may read it: it is anybody's, and no cookie opens it
		}
		if got != want && !static {
			t.Errorf("%s: status %d: %s is %q, want %q", what, page.Status, h.name, got, want)
		}
	}
	if len(page.Body) > 0 && page.Header.Get("Content-Type") == "" {
		t.Errorf("%s: status %d: no Content-Type", what, page.Status)
	}
	if desk && page.Header.Get("X-Robots-Tag") == "" {
		t.Errorf("%s: status %d: the desk may be indexed", what, page.Status)
	}
	for _, line := range page.Header.Values("Set-Cookie") {
		cookie, err := http.ParseSetCookie(line)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		host := strings.HasPrefix(cookie.Name, "__Host-")
		if !cookie.HttpOnly || cookie.SameSite < http.SameSiteLaxMode || cookie.Domain != "" || cookie.Path != "/" || cookie.Secure != https || host != https {
			t.Errorf("%s: status %d: a weak cookie: %s…", what, page.Status, strings.SplitN(line, "=", 2)[0])
		}
	}
}

func TestEveryRouteAndErrorPageCarriesTheHeaderTable(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			w := newTown(t, scheme)
			receipt := w.File(t, complainttest.Intake())
			owner, registrar := w.unlocked(t, receipt), w.signIn(t, "zhouning", staff.Registrar, complainttest.DeskUnit)
			met := map[int]bool{}
			for _, who := range []struct {
				name string
				app  *web.App
				b    *webtest.Client
			}{
				{"visitor", w.portal, w.visitor()}, {"complainant", w.portal, owner},
				{"stranger", w.desk, w.stranger()}, {"registrar", w.desk, registrar},
			} {
				who.b.Stay = true
				w.visit(t, who.app, who.b, receipt.Number, func(what string, page *webtest.Page) {
					met[page.Status] = true
					checkHead(t, scheme+" "+who.name+" "+what, page, scheme == "https", who.app == w.desk)
				})
			}
			for _, status := range []int{200, 303, 400, 403, 404, 405, 413, 415, 422} {
				if !met[status] {
					t.Errorf("no answer was a %d", status)
				}
			}
		})
	}
}

// visit opens every route with every method and makes every error.
func (w *town) visit(t *testing.T, app *web.App, b *webtest.Client, number string, check func(string, *webtest.Page)) {
	t.Helper()
	token := ""
	for _, p := range paths(app, "GET", number, "supplement") {
		page := b.Get(t, p)
		check("GET "+p, page)
		if page.Has("[name=_csrf]") {
			token = page.Attr("[name=_csrf]", "value")
		}
		for _, method := range []string{"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"} {
			check(method+" "+p, b.Do(t, method, p, "", nil))
		}
	}
	const form = "application/x-www-form-urlencoded"
	for _, p := range paths(app, "POST", number, "supplement") {
		if p == "/track/leave" || p == "/logout" {
			continue // the browser is still needed
		}
		check("POST without a token "+p, b.Do(t, "POST", p, form, nil))
		check("POST with nothing "+p, b.Do(t, "POST", p, form, []byte("_csrf="+token)))
		check("POST of too much "+p, b.Do(t, "POST", p, form, []byte("_csrf="+token+"&a="+strings.Repeat("x", 1<<20))))
		check("POST of another kind "+p, b.Do(t, "POST", p, "application/json", []byte("{}")))
	}
	for _, p := range []string{"/nowhere", "/%FF", "/?q=%00", "/complaints/%3Cscript%3E", "/static/nothing.css", "/..%2f..%2fetc/passwd"} {
		check("GET "+p, b.Get(t, p))
		check("POST "+p, b.Do(t, "POST", p, form, nil))
	}
}

// A database that went away makes a 500 of nearly everything.
func TestBrokenPagesCarryTheHeaderTable(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"http", "https"} {
		w := newTown(t, scheme)
		receipt := w.File(t, complainttest.Intake())
		owner, registrar := w.unlocked(t, receipt), w.signIn(t, "zhouning", staff.Registrar, complainttest.DeskUnit)
		w.DB.Portal.Close()
		w.DB.Admin.Close()
		broken := 0
		for b, app := range map[*webtest.Client]*web.App{owner: w.portal, registrar: w.desk} {
			b.Stay = true
			w.visit(t, app, b, receipt.Number, func(what string, page *webtest.Page) {
				if page.Status >= 500 {
					broken++
				}
				checkHead(t, scheme+" broken "+what, page, scheme == "https", app == w.desk)
			})
		}
		if broken < 20 {
			t.Errorf("only %d answers were broken", broken)
		}
	}
}
