package gates

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// forgeries are the ways in which a form can come from somewhere else. own is
// the visitor's true token, others are tokens that are true for nobody here.
type forgery struct {
	name  string
	token func(own, old, foreign string) string
	head  http.Header
}

func own(own, _, _ string) string { return own }

var forgeries = []forgery{
	{name: "no token", token: func(_, _, _ string) string { return "" }},
	{name: "another visitor's token", token: func(_, _, foreign string) string { return foreign }},
	{name: "a token of a session that is over", token: func(_, old, _ string) string { return old }},
	{name: "cross-site", token: own, head: http.Header{"Sec-Fetch-Site": {"cross-site"}}},
	{name: "same-site", token: own, head: http.Header{"Sec-Fetch-Site": {"same-site"}}},
	{name: "cross-site with our origin", token: own, head: http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": nil}},
	{name: "an old browser from elsewhere", token: own, head: http.Header{"Sec-Fetch-Site": {}, "Origin": {"https://evil.test"}}},
	{name: "an old browser from the other site", token: own, head: http.Header{"Sec-Fetch-Site": {}, "Origin": {"http://other.test:8081"}}},
	{name: "an old browser from nowhere", token: own, head: http.Header{"Sec-Fetch-Site": {}, "Origin": {"null"}}},
}

// sendAs sends fields in the way that the route's own form would: its token, if
// any, first.
func sendAs(t *testing.T, app *web.App, b *webtest.Client, p string, fields url.Values) *webtest.Page {
	t.Helper()
	parts := slices.ContainsFunc(app.Routes(), func(r web.Route) bool {
		return r.Method == http.MethodPost && r.Path == p && r.Body == web.MultipartBody
	})
	if !parts {
		return b.Post(t, p, fields)
	}
	sent := []webtest.Field{{Name: "_csrf", Value: fields.Get("_csrf")}}
	for name, values := range fields {
		if name != "_csrf" {
			sent = append(sent, webtest.Field{Name: name, Value: values[0]})
		}
	}
	kind, body := webtest.Multipart(t, sent)
	return b.Do(t, http.MethodPost, p, kind, body)
}

// forge sends the form of a route as each forgery and gives those that were
// not refused with one of these statuses.
func forge(t *testing.T, app *web.App, b *webtest.Client, p string, fields url.Values, mine, old, foreign string, refused ...int) (taken []string) {
	t.Helper()
	b.Stay = true
	for _, f := range forgeries {
		sent := url.Values{}
		maps.Copy(sent, fields)
		sent.Set("_csrf", f.token(mine, old, foreign))
		b.Header = f.head.Clone()
		if page := sendAs(t, app, b, p, sent); !slices.Contains(refused, page.Status) {
			taken = append(taken, f.name)
		}
		b.Header = http.Header{}
	}
	return taken
}

// everything a form of the portal may hold, so that a forged one would do
// something if it were taken.
func fullForm(r string) url.Values {
	return url.Values{
		"complainant_kind": {"citizen"}, "anonymous": {"yes"}, "unit": {"TOWN"}, "category": {"C03"}, "title": {"题"}, "request": {"求"}, "facts": {"事"},
		"do": {"next"}, "in_litigation": {"no"}, "pledge": {"yes"}, "captcha_solution": {"123456"}, "number": {r}, "query_code": {"AAAA-AAAA-AAAA-AAAA"},
		"note": {"补一句"}, "elder": {"on"}, "back": {"/"}, "rating": {"satisfied"}, "solved": {"solved"},
	}
}

func tokenOf(t *testing.T, page *webtest.Page) string {
	t.Helper()
	v := page.Attr("[name=_csrf]", "value")
	if v == "" {
		t.Fatalf("%s has no token", page.Path)
	}
	return v
}

func TestNoForgedFormOfThePortalDoesAnything(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	receipt, others := w.File(t, complainttest.Intake()), w.File(t, complainttest.Intake())
	b := w.unlocked(t, receipt)
	old := tokenOf(t, b.Get(t, "/complaints/"+receipt.Number))
	b.Get(t, "/complaints/"+receipt.Number).Submit(t, `form[action="/track/leave"]`, nil)
	b.Get(t, "/track").Submit(t, `form[action="/track"]`, url.Values{"number": {receipt.Number}, "query_code": {receipt.Code}}).Want(t, 200)
	b.Get(t, "/complaints/new").Submit(t, "main form", url.Values{"complainant_kind": {"citizen"}, "anonymous": {"yes"}, "do": {"next"}}).Want(t, 200)
	w.let(t, membertest.New(t, w.Office), b, "陈河", "chenhe@example.invalid")
	mine := tokenOf(t, b.Get(t, "/complaints/"+receipt.Number))
	foreign := tokenOf(t, w.unlocked(t, others).Get(t, "/complaints/"+others.Number))
	before := w.contents(t)
	for _, action := range []string{"supplement", "urge", "withdraw", "rate", "contest"} {
		for _, p := range paths(w.portal, "POST", receipt.Number, action) {
			if taken := forge(t, w.portal, b, p, fullForm(receipt.Number), mine, old, foreign, 403); len(taken) > 0 {
				t.Errorf("POST %s is taken with %v", p, taken)
			}
		}
	}
	after := w.contents(t)
	const half = "member_session" // a form of a member that is late is shown once more, which begins their half hour anew
	after[half] = before[half]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a forged form did something:\n%s", diff)
	}
	for _, action := range []string{"supplement", "urge", "withdraw", "rate", "contest"} {
		for _, p := range paths(w.portal, "POST", receipt.Number, action) {
			fields := fullForm(receipt.Number)
			fields.Set("_csrf", mine)
			b.Get(t, p+"?"+fields.Encode())
		}
	}
	after = w.contents(t)
	for _, own := range []string{"draft", "captcha", half} { // a sentence for the next page, a new picture
		after[own] = before[own]
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("an address did something:\n%s", diff)
	}
	// The same form with nothing forged is not refused for that.
	for _, p := range paths(w.portal, "POST", receipt.Number, "supplement") {
		fields := fullForm(receipt.Number)
		fields.Set("_csrf", tokenOf(t, b.Get(t, "/track"))) // in either mode, without a redirect
		if page := b.Post(t, p, fields); page.Status == 403 {
			t.Errorf("POST %s: our own form is refused", p)
		}
	}
}

func TestNoForgedFormOfTheDeskDoesAnything(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	receipt := w.File(t, complainttest.Intake())
	outsider := w.signIn(t, "outsider", staff.Registrar, complainttest.DeskUnit)
	foreign := tokenOf(t, outsider.Get(t, "/account"))
	leaving := w.signIn(t, "leaving", staff.Registrar, complainttest.DeskUnit)
	old := tokenOf(t, leaving.Get(t, "/account"))
	leaving.Get(t, "/account").Submit(t, `form[action="/logout"]`, nil)
	people := w.staff(t)
	before := w.contents(t)
	reached := map[string]bool{}
	for role, b := range people {
		mine := tokenOf(t, b.Get(t, "/account"))
		for _, p := range paths(w.desk, "POST", receipt.Number, "register") {
			b.Stay = true
			if sendAs(t, w.desk, b, p, nil).Status == 403 {
				reached[p] = true
			}
			fields := url.Values{"login": {"luyuan"}, "password": {"x"}, "old": {w.password}, "new": {"另一口老井也没有干"}, "again": {"另一口老井也没有干"}, "note": {"x"},
				"text": {"2028-01-01,放假"}, "do": {"import"}}
			if taken := forge(t, w.desk, b, p, fields, mine, old, foreign, 403, 404); len(taken) > 0 {
				t.Errorf("POST %s as %s is taken with %v", p, role, taken)
			}
			fields.Set("_csrf", mine)
			b.Get(t, p+"?"+fields.Encode())
		}
	}
	after := w.contents(t)
	after["matter_look"] = before["matter_look"] // a form of ours that is late is shown once more: who looks is noted
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a forged form did something:\n%s", diff)
	}
	for _, p := range paths(w.desk, "POST", receipt.Number, "register") {
		if !reached[p] && !strings.HasPrefix(p, "/login/") { // half sessions only: admin's own tests
			t.Errorf("POST %s: nobody of the ten roles came as far as its form", p)
		}
	}
}
