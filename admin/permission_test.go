package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// example fills a pattern's parameters in.
func example(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ":") {
			parts[i] = "1"
		}
	}
	return strings.Join(parts, "/")
}

// caller is one kind of person who may stand before a route.
type caller struct {
	name    string
	visit   desk.Visit // as which the table sees them
	browser *webtest.Client
}

// callers are the ten roles and everybody who is not quite one of them. Their
// browsers are those of app.
func (h *house) callers(t *testing.T) []caller {
	t.Helper()
	app := h.site()
	signedIn := func(login string, role staff.Role) (int64, *webtest.Client) {
		id, b := h.hire(t, login, role), webtest.New(app, here)
		h.enrol(t, b, login)
		return id, b
	}
	_, expired := signedIn("expired", staff.Registrar)
	h.wait(31 * time.Minute)
	var all []caller
	for _, role := range staff.Roles() {
		_, b := signedIn("the-"+strings.ReplaceAll(string(role), "_", "-"), role)
		all = append(all, caller{string(role), desk.Visit{State: desk.Whole, Person: staff.Person{Role: role}}, b})
	}
	left, disabled := signedIn("disabled", staff.Sysadmin)
	if err := h.Staff.Disable(t.Context(), left, staff.Order{Reason: "离岗"}); err != nil {
		t.Fatal(err)
	}
	h.hire(t, "halfway", staff.Sysadmin)
	half := webtest.New(app, here)
	half.Get(t, "/login").Submit(t, "main form", credentials("halfway", goodPassword))
	forged := webtest.New(app, here)
	forged.SetCookie("zx_staff", strings.Repeat("A", 43))
	return append(all,
		caller{"visitor", desk.Visit{}, webtest.New(app, here)}, caller{"half session", desk.Visit{State: desk.Halfway}, half},
		caller{"disabled", desk.Visit{}, disabled}, caller{"expired", desk.Visit{}, expired}, caller{"forged cookie", desk.Visit{}, forged})
}

func TestEveryRouteLetsInExactlyWhomItsColumnNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	callers := h.callers(t)
	// The same routes with the same guards, but what they do is to say so.
	table := h.Table()
	for i := range table {
		table[i].Do = func(c *fiber.Ctx) error { return c.SendString("let in") }
		if table[i].Method == http.MethodPost {
			table[i].NoToken, table[i].Body = "the test looks at the permission alone", web.FormBody
		}
	}
	probe := h.twin().Mount(web.Config{URL: here}, table)
	for _, who := range callers {
		b := webtest.New(probe, here)
		b.Stay = true
		b.SetCookie("zx_staff", who.browser.Cookie("zx_staff"))
		for _, r := range table {
			var page *webtest.Page
			if r.Method == http.MethodPost {
				page = b.Post(t, example(r.Path), url.Values{})
			} else {
				page = b.Get(t, example(r.Path))
			}
			if got, want := outcome(page), expected(r, who.visit); got != want {
				t.Errorf("%s %s as %s: %s, want %s", r.Method, r.Path, who.name, got, want)
			}
		}
	}
}

func outcome(page *webtest.Page) string {
	if page.Body == "let in" {
		return "let in"
	}
	to, _, _ := strings.Cut(page.Header.Get("Location"), "?")
	return strings.TrimSpace(fmt.Sprint(page.Status, " ", to))
}

func expected(r desk.Route, v desk.Visit) string {
	switch {
	case r.May.Allows(v):
		return "let in"
	case v.State == desk.Whole:
		return "404"
	case r.Method == http.MethodPost && r.Door: // a page of the login: it leads to the one that is next
		return "303 /login/second-factor"
	case r.Method == http.MethodPost:
		return "403"
	case v.State == desk.Halfway:
		return "303 /login/enrol"
	}
	return "303 /login"
}

func TestNotYoursAndAbsentAreTheSameBytes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	app := h.Mount(web.Config{URL: here}, append(h.routes(), desk.Get("/secret/room", desk.Only(staff.Sysadmin), func(c *fiber.Ctx) error {
		return c.SendString("let in")
	})))
	b := webtest.New(app, here)
	page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword))
	b.Stay = true
	page.Submit(t, "main form", h.code(t, page.Attr("[data-totp-secret]", "data-totp-secret")))
	mine, absent := b.Get(t, "/secret/room").Want(t, 404), b.Get(t, "/secret/attic").Want(t, 404)
	if mine.Body != absent.Body {
		t.Error("the page of a closed room differs from that of none")
	}
}

func TestEveryMountedRouteIsInTheTable(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	listed := map[string]bool{"GET /healthz": true, "GET /readyz": true}
	mounted := h.App(web.Config{URL: here}).Routes()
	for _, r := range h.Table() {
		listed[r.Method+" "+r.Path] = true
	}
	for _, r := range mounted {
		if !listed[r.Method+" "+r.Path] {
			t.Errorf("%s %s is in no table", r.Method, r.Path)
		}
	}
}
