package web_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
)

// addressed is a site whose pages say which they are.
func addressed(t *testing.T) *web.App {
	t.Helper()
	cfg, _ := config(t)
	app := web.New(cfg)
	say := func(c *fiber.Ctx) error { return html(c, "<h1>"+c.Route().Path+"</h1>") }
	var routes []web.Route
	for _, path := range []string{"/", "/track", "/units", "/units/new", "/units/:code", "/notices.atom", "/notices/:id/document", "/captcha/:id.png", "/a/b-c"} {
		routes = append(routes, web.Get(path, say))
	}
	app.Mount(append(routes, web.Post("/track", say), web.Post("/only-posted", say)))
	return app
}

// asked is where a request for these very bytes is sent to, and its status.
func asked(t *testing.T, app *web.App, method, target string) (status int, to string) {
	t.Helper()
	r := httptest.NewRequest(method, "http://xf.test/", nil)
	r.RequestURI = target
	answer, err := app.Test(r, -1)
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode, answer.Header.Get("Location")
}

// escaped is a path as browsers send it.
func escaped(path string) string {
	path, query, _ := strings.Cut(path, "?")
	return (&url.URL{Scheme: "http", Host: "xf.test", Path: path, RawQuery: query}).RequestURI()
}

func TestAnAddressAsPeopleCopyItLeadsToItsPage(t *testing.T) {
	t.Parallel()
	app := addressed(t)
	for typed, want := range map[string]string{
		"/Track": "/track", "/TRACK": "/track", "/track/": "/track", "/track//": "/track", "//track": "/track", "/track。": "/track", "/track，": "/track", "/track）": "/track",
		"/track.": "/track", "/track,": "/track", "/track)": "/track", "/track】": "/track", "/track》": "/track", "/track”": "/track", "/track；": "/track", "/track！": "/track", "/track／": "/track",
		"/track 请查看": "/track", "/track　": "/track", "/track。谢谢": "/track", "/track/。": "/track", "/track）。": "/track", "/track请查看": "/track", "/ｔｒａｃｋ": "/track",
		"/Units/TOWN": "/units/TOWN", "/units/TOWN/": "/units/TOWN", "/units/TOWN。": "/units/TOWN", "/UNITS/town，": "/units/town", "/Units/New": "/units/new", "/units／TOWN": "/units/TOWN",
		"/Notices.Atom": "/notices.atom", "/notices.atom。": "/notices.atom", "/Notices/7/Document/": "/notices/7/document", "/Captcha/AbC.PNG": "/captcha/AbC.png",
		"/A/B-C/": "/a/b-c", "/a//b-c": "/a/b-c", "//": "/", "/。": "/", "/track/?q=1": "/track?q=1", "/Track?q=%E5%B1%80&x=2": "/track?q=%E5%B1%80&x=2",
		"/track\u200b": "/track", "/track\u202c": "/track", "/track*": "/track", "/track`": "/track", "/track\">": "/track",
	} {
		if status, to := asked(t, app, "GET", escaped(typed)); status != 301 || to != want {
			t.Errorf("%q: status %d, to %q, want %q", typed, status, to, want)
		}
		if status, to := asked(t, app, "HEAD", escaped(typed)); status != 301 || to != want {
			t.Errorf("HEAD %q: status %d, to %q, want %q", typed, status, to, want)
		}
	}
}

func TestAnAddressThatIsRightIsShownWhereItIs(t *testing.T) {
	t.Parallel()
	app := addressed(t)
	for _, path := range []string{"/", "/track", "/units/TOWN", "/units/JX2026000000012", "/units/new", "/notices.atom", "/captcha/AbC.png", "/track?q=A/", "/units/财政局"} {
		if status, to := asked(t, app, "GET", escaped(path)); status != 200 || to != "" {
			t.Errorf("%s: status %d, to %q", path, status, to)
		}
	}
}

// Whatever is asked for, nobody is led to another site: an address that begins with two
// slashes, or a slash and a backslash, would.
func TestNoAddressLeadsAway(t *testing.T) {
	t.Parallel()
	app := addressed(t)
	for _, target := range []string{
		"//evil.example", "//evil.example/", "//evil.example/%2e%2e", "//evil.example/track", "///evil.example/track/", "////evil.example/", "/\\evil.example/", "/%5Cevil.example/", "/%5C%5Cevil.example。",
		"/%2F%2Fevil.example/", "/%2Fevil.example%E3%80%82", "//evil.example//units/", "/units//evil.example", "/units//evil.example/", "/units/%5Cevil.example%E3%80%82", "/units/%2F%2Fevil.example%E3%80%82",
		"/http://evil.example/", "/https:evil.example%E3%80%82", "//evil.example%E3%80%82", "/%E3%80%82/evil.example", "/%09/evil.example/", "/%0d%0aLocation:%20//evil.example/", "/%00/",
		"/none", "/None", "/none/", "/none%E3%80%82", "/%E8%B4%A2%E6%94%BF%E5%B1%80", "/units/new/%E8%B4%A2", "/only-posted/", "/Only-Posted", "/track/x/", "/%", "/track/%zz/",
	} {
		status, to := asked(t, app, "GET", target)
		if to == "" && status >= 300 && status < 400 || to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") || strings.Contains(to, "//")) {
			t.Errorf("%s: status %d, to %q", target, status, to)
		}
	}
	for _, target := range []string{"/none/", "/None", "/only-posted/", "/%5Cevil.example/", "/https:evil.example%E3%80%82", "/%E8%B4%A2%E6%94%BF%E5%B1%80", "/track/x/"} {
		if status, to := asked(t, app, "GET", target); status != 404 || to != "" {
			t.Errorf("%s: status %d, to %q", target, status, to)
		}
	}
}

// A form that was sent to an address with a slash too many is not sent on: a browser
// would drop its body.
func TestAFormIsNotSentOn(t *testing.T) {
	t.Parallel()
	app := addressed(t)
	for _, path := range []string{"/track/", "/Track", "/track。", "//track"} {
		if status, to := asked(t, app, "POST", escaped(path)); status < 400 || to != "" {
			t.Errorf("%s: status %d, to %q", path, status, to)
		}
	}
}

// No address leads to itself, nor round in a circle: a browser would ask for ever.
func TestEveryAddressComesToRest(t *testing.T) {
	t.Parallel()
	app := addressed(t)
	targets := []string{"/"}
	for _, sign := range []string{"", "%25", "%2525", "%20", "%3F", "%23", "%5C", "%2F", "%2B", "+", "%3B", ";", "%22", "%5B", "[", "%7E", "~", "%E8%B4%A2", "%E3%80%82", "%00", ".", "%2E", "%2e%2e", ":", "%3A", "@", "=", "&", "%26", "$", "%27", "'", "*"} {
		for _, shape := range []string{"/units/A", "/units/a", "/Units/A", "/units/A/", "/track", "/captcha/A", "/notices/A/document"} {
			targets = append(targets, shape+sign, shape+sign+"b", shape+sign+"/", shape+sign+".png", shape+sign+"?q="+sign)
		}
	}
	for _, target := range targets {
		at, seen := target, map[string]bool{}
		for at != "" && !seen[at] {
			seen[at] = true
			_, at = asked(t, app, "GET", at)
		}
		if at != "" || len(seen) > 3 {
			t.Errorf("%s goes round: %v", target, seen)
		}
	}
}
