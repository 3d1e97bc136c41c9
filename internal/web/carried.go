package web

import (
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Carried is a form that was sent and that nothing was done with, on its way to the
// page where that can be mended: what was typed is never thrown away because a cookie
// or its row has gone.
type Carried struct {
	To     string      // where it was sent: a path of ours with its query
	Parts  bool        // it goes as multipart/form-data
	Fields [][2]string // names and values in their order; no secrets, no token of CSRF
	Lost   bool        // it held files or secrets, which are never carried
	Sealed string      `json:"-"` // all of it, closed up for whose form it is: see Config.Safe
}

// The fields by which a carried form stands inside the form of a door.
const (
	carriedTo     = "carried_to"
	carriedParts  = "carried_parts"
	carriedLost   = "carried_lost"
	carriedSealed = "carried_sealed"
	carriedPrefix = "carried."
)

// secretFields are never shown again and never carried.
var secretFields = []string{"password", "old_password", "new_password", "new_password_again", "query_code", "resume_code", "login_code", "link", "otp"}

// IsSecret tells that what is typed into a field of this name is in no answer.
func IsSecret(name string) bool { return slices.Contains(secretFields, name) }

// Sent is the form of this request, to be carried: what a door was given to carry on,
// or what was sent itself.
func Sent(c *fiber.Ctx) Carried {
	st := stateOf(c)
	if st.carried != nil && st.carried.Sealed == "" {
		return st.app.closedUp(*st.carried, unknown)
	}
	if st.carried != nil {
		return *st.carried
	}
	if st.body == nil || st.door { // a door's own form is filled in anew
		return Carried{}
	}
	sent := Carried{To: string(c.Request().URI().RequestURI()), Parts: st.parts != nil, Lost: st.lost}
	for _, name := range st.form.names {
		for _, value := range st.form.All(name) {
			if IsSecret(name) {
				sent.Lost = sent.Lost || value != ""
				continue
			}
			sent.Fields = append(sent.Fields, [2]string{name, value})
		}
	}
	return st.app.closedUp(sent, st.whose)
}

// pageFields are filled in by our own pages, not by people: what a page is of, what it
// showed, which button was pressed. No draft keeps them, and they are nobody's words. A test
// holds every hidden field of both sites to this list.
var pageFields = []string{tokenField, "form_token", "draft_of", "number", "do", "clear", "seen", "version", "digest", "draft", "sent", "settled", "settlement", "release", "captcha_id", "captcha_solution", "captcha_do", "pledge", ShownField, "elder", "to", "saves", "asked", "notice", "whom", "reports", "take", "block", "blocks", "act", "matter", "account", "corrects", "of", "among", "propose"}

// IsPageField tells so of the field of a name.
func IsPageField(name string) bool {
	return slices.Contains(pageFields, name) || ends(name, "_sought", "_chosen") || strings.HasPrefix(name, "over-") || strings.HasPrefix(name, "proposed-") // of each of many what its form was filled in over, and what was proposed
}

// answer tells of a field with which a question beside another one was answered: it goes
// with what was typed, and says nothing that is not there.
func answer(name string) bool { return ends(name, "_sure", "_personal", "_personal_asked") }

func ends(name string, with ...string) bool {
	return slices.ContainsFunc(with, func(end string) bool { return strings.HasSuffix(name, end) })
}

// choice is a value of one of our own lists, which says nothing to people. Whatever else has
// a figure may be the number of a contract.
var choice = regexp.MustCompile(`^([a-z_]+|[A-Z]+(-[A-Z]+)*|[A-Z][0-9]{2})$`)

// Words are what a person typed, to be read and copied.
func (s Carried) Words() []string {
	var out []string
	for _, f := range s.Fields {
		if text := strings.TrimSpace(f[1]); text != "" && !IsPageField(f[0]) && !answer(f[0]) && !choice.MatchString(text) {
			out = append(out, text)
		}
	}
	return out
}

// GoesOn is the form that a door was given to carry on; false when there is none.
func GoesOn(c *fiber.Ctx) (Carried, bool) {
	st := stateOf(c)
	if st.carried == nil {
		return Carried{}, false
	}
	return *st.carried, true
}

// GoOn leads from a door to the page that the carried form belongs to. The browser
// sends its form there once more, and there it is shown and not acted on.
func GoOn(c *fiber.Ctx, sent Carried) error {
	return c.Redirect(sent.To, fiber.StatusTemporaryRedirect)
}

// Outside is for a guard that lets nobody in whose session has gone: the form is read
// all the same, and Config.Door answers it. False when it is not surely our own form.
func Outside(c *fiber.Ctx) bool {
	st := stateOf(c)
	st.outside = st.app != nil && c.Method() == fiber.MethodPost && st.app.ours(c)
	return st.outside
}

// unpack takes a carried form out of the fields of the form it came in.
func unpack(form Values) (own Values, carried *Carried) {
	own = Values{v: url.Values{}}
	var sent Carried
	for _, name := range form.names {
		for _, value := range form.All(name) {
			inner, inside := strings.CutPrefix(name, carriedPrefix)
			switch {
			case name == carriedTo:
				sent.To = value
			case name == carriedParts:
				sent.Parts = true
			case name == carriedLost:
				sent.Lost = true
			case name == carriedSealed:
				sent.Sealed = value
			case inside && !IsSecret(inner) && inner != tokenField:
				sent.Fields = append(sent.Fields, [2]string{inner, value})
			case !inside:
				own.add(name, value)
			}
		}
	}
	if !isOurPath(sent.To) {
		return own, nil
	}
	return own, &sent
}

// isOurPath tells that an address cannot be taken for one of another site.
func isOurPath(to string) bool {
	u, err := url.Parse(to)
	return err == nil && u.Scheme == "" && u.Host == "" && u.User == nil && len(to) <= 2048 &&
		strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.ContainsAny(to, "\\\t\r\n")
}

// values are the fields as a form.
func (s Carried) values() Values {
	form := Values{v: url.Values{}}
	for _, f := range s.Fields {
		form.add(f[0], f[1])
	}
	return form
}

// takeParts reads the fields that stand before and between files, for a form that is
// not acted on. Files are left: nothing of them is kept anywhere.
func (st *state) takeParts() error {
	for {
		part, err := st.parts.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if part.FileName != "" {
			st.lost = true
			continue
		}
		text, err := part.Value(longLimit)
		if err != nil {
			return err
		}
		if part.Name != tokenField {
			st.form.add(part.Name, text)
		}
	}
}

// ours tells that a request surely comes from a page of this site. What sameOrigin lets
// pass may also come from a browser that says nothing.
func (a *App) ours(c *fiber.Ctx) bool {
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin":
		return true
	case "", "none":
	default:
		return false
	}
	from := c.Get(fiber.HeaderOrigin)
	if from == "" {
		from = c.Get(fiber.HeaderReferer)
	}
	u, err := url.Parse(from)
	return err == nil && u.Host != "" && (u.Host == string(c.Request().Host()) || u.Scheme+"://"+u.Host == a.origin)
}

// answerUndone answers a form that may not be acted on now, if it is one: whose token is
// nobody's any more, who is not signed in any more, or which came through a door. err
// is why; nil with false means that it may be acted on.
func (a *App) answerUndone(c *fiber.Ctx, r Route, err error) (bool, error) {
	st := stateOf(c)
	foreign := errors.Is(err, errForeign)
	arrived := st.carried != nil && !r.Door
	if err != nil && !foreign || !st.outside && !foreign && !arrived {
		return false, err
	}
	if !a.ours(c) {
		return true, errForeign
	}
	if st.parts != nil {
		if err := st.takeParts(); err != nil {
			return true, err
		}
	}
	switch {
	case foreign && a.keepsNoCookie(c, st):
		return true, errNoCookie
	case st.outside && a.cfg.Door != nil:
		c.Status(fiber.StatusForbidden)
		return true, a.cfg.Door(c)
	case !r.Door && !a.theirs(c, st):
		return true, errOthers
	case arrived:
		st.form, st.carried = st.carried.values(), nil
		err := a.again(c, r, nil)
		if err == nil && c.Response().StatusCode() == fiber.StatusForbidden { // nothing is refused that is only shown
			c.Status(fiber.StatusOK)
		}
		return true, err
	}
	if err := a.again(c, r, errLapsed); err != nil {
		return true, err
	}
	if c.Response().StatusCode() < 300 || c.Response().StatusCode() >= 400 { // whatever the page itself says
		c.Status(fiber.StatusForbidden)
	}
	return true, nil
}

// again shows the form once more, on its own page where it has one. That page may have
// its reasons not to be shown; then the form stands on the page of an error.
func (a *App) again(c *fiber.Ctx, r Route, why error) error {
	st := stateOf(c)
	st.undone = true
	if r.Again == nil {
		if why == nil {
			why = errArrived
		}
		return why
	}
	err := r.Again(c)
	if err != nil && why != nil && StatusOf(err) < 500 {
		return why
	}
	return err
}

// Undone tells a page that it shows a form once more that was not acted on, since the
// token or the session that it was opened with has gone.
func Undone(c *fiber.Ctx) bool { return stateOf(c).undone }

// keepsNoCookie tells that a form bears a token that came with a cookie of its own, and
// that the browser has not brought it, nor any other of ours.
func (a *App) keepsNoCookie(c *fiber.Ctx, st *state) bool {
	return strings.HasPrefix(st.token, freshToken) && len(a.secrets(c)) == 0
}
