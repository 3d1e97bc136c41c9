package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/form"
)

// Values are the fields of a form, at most 200: valid UTF-8 without control characters
// but LF and tab (see form.Pasted), of a password without NUL.
type Values struct {
	v     url.Values
	names []string // in the order of the form
}

func (f *Values) add(name, value string) {
	if f.v == nil {
		f.v = url.Values{}
	}
	if !f.v.Has(name) {
		f.names = append(f.names, name)
	}
	f.v.Add(name, value)
}

func (f *Values) drop(name string) {
	f.v.Del(name)
	f.names = slices.DeleteFunc(f.names, func(n string) bool { return n == name })
}

// Form is the form that came with this request, empty when none did.
func Form(c *fiber.Ctx) Values { return stateOf(c).form }

// Get is the first value of a field, empty when it is absent.
func (f Values) Get(name string) string { return f.v.Get(name) }

// All are the values of a field that may be ticked more than once.
func (f Values) All(name string) []string { return f.v[name] }

// Has reports that the field was sent, even empty.
func (f Values) Has(name string) bool { return f.v.Has(name) }

// Map is a view of all fields; the form token is not among them.
func (f Values) Map() url.Values { return f.v }

// SeeOther sends the browser on after a POST, so that going back repeats nothing. What was
// dropped out of the form is said on the page it goes to.
func SeeOther(c *fiber.Ctx, to string) error {
	if st := stateOf(c); len(st.dropped) > 0 && st.app != nil {
		st.app.cookies.Set(c, PastedCookie(st.app.cfg.FormCookie), noted(st.dropped), pastedLife)
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// PastedCookie is the name of the cookie that carries over a redirect what was dropped out
// of a form: of a site by the name of its FormCookie.
func PastedCookie(formCookie string) string { return formCookie + "_pasted" }

const (
	pastedLife = time.Minute // the next page comes at once, or never
	mostNoted  = 40          // a cookie is short: 41 and more are said to be as many
)

func noted(dropped []rune) string {
	var codes []string
	for _, r := range dropped[:min(len(dropped), mostNoted)] {
		codes = append(codes, fmt.Sprintf("%X", r))
	}
	return strings.Join(codes, "-")
}

// Pasted says what was dropped out of the form that this page answers, or that led here;
// empty when that is nothing. The page that says it does so once.
func Pasted(c *fiber.Ctx) string {
	st := stateOf(c)
	if st.app == nil || len(st.dropped) > 0 {
		return form.Dropped(st.dropped)
	}
	name := PastedCookie(st.app.cfg.FormCookie)
	var dropped []rune
	for code := range strings.SplitSeq(st.app.cookies.Read(c, name), "-") {
		if n, err := strconv.ParseUint(code, 16, 8); err == nil && unicode.IsControl(rune(n)) {
			dropped = append(dropped, rune(n))
		}
	}
	if len(dropped) > 0 {
		st.app.cookies.Clear(c, name)
	}
	return form.Dropped(dropped)
}
