package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const tokenField = "_csrf"

// Why a form is not acted on: another site sent it or may have, it is ours and its
// token is nobody's any more, it came through a door, it was filled in by somebody else
// than who is signed in, or the browser keeps no cookies.
var (
	errForeign  = fiber.NewError(fiber.StatusForbidden, "form token or origin")
	errLapsed   = fiber.NewError(fiber.StatusForbidden, "form token has lapsed")
	errArrived  = fiber.NewError(fiber.StatusConflict, "form came through a door")
	errOthers   = fiber.NewError(fiber.StatusForbidden, "form is another person's")
	errNoCookie = fiber.NewError(fiber.StatusForbidden, "no cookie was kept")
)

// freshToken begins a token whose cookie came with the same answer: a form that brings
// the token and not the cookie is of a browser that keeps none.
const freshToken = "new."

// sameOrigin asks the standard library on a request made of the head alone:
// through Fiber's adaptor it would read the whole body, past every limit.
func (a *App) sameOrigin(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		return c.Next()
	}
	h := &c.Request().Header
	head := &http.Request{Method: c.Method(), Host: string(h.Host()), Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", "Origin"} {
		for _, v := range h.PeekAll(name) {
			head.Header.Add(name, string(v))
		}
	}
	// Check lets a trusted Origin excuse any Sec-Fetch-Site. Ours is trusted only
	// for browsers that do not send that header.
	switch head.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return errForeign
	}
	// Without a Host, an Origin of null would look like our own.
	if head.Host == "" || a.origins.Check(head) != nil {
		return errForeign
	}
	return c.Next()
}

// Token is the form token of a secret: a page may show it, and the secret does
// not follow from it.
func Token(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("zhengxin form token"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// CSRF is what a form's hidden field _csrf must hold. A visitor who has no
// secret yet is given one with this answer, in Config.FormCookie.
func CSRF(c *fiber.Ctx) string {
	st := stateOf(c)
	if st.app == nil {
		return ""
	}
	if secrets := st.app.secrets(c); len(secrets) > 0 {
		return Token(secrets[0]) + st.app.drawnFor(c)
	}
	return VisitCSRF(c)
}

// VisitCSRF is a token of the visit alone, for a form that must go on working when a
// secret of Config.Secrets goes; these must have FormSecret among them.
func VisitCSRF(c *fiber.Ctx) string {
	st := stateOf(c)
	if st.app == nil {
		return ""
	}
	if secret := FormSecret(c); secret != "" {
		return Token(secret)
	}
	if st.secret == "" {
		st.secret = rand.Text()
		st.app.cookies.Set(c, st.app.cfg.FormCookie, st.secret, 0)
	}
	return freshToken + Token(st.secret)
}

// drawnFor is what a token ends in: for whom its page is drawn.
func (a *App) drawnFor(c *fiber.Ctx) string {
	if whose := a.whose(c); whose != "" {
		return "." + whose
	}
	return ""
}

// took takes the token of a form apart.
func (st *state) took(token string) {
	st.token = token
	_, st.whose, _ = strings.Cut(strings.TrimPrefix(token, freshToken), ".")
}

// secrets are those of the session and, only while there is none, that of the
// form cookie: a token from before a login must not work after it.
func (a *App) secrets(c *fiber.Ctx) []string {
	var all []string
	if a.cfg.Secrets != nil {
		for _, s := range a.cfg.Secrets(c) {
			if s != "" {
				all = append(all, s)
			}
		}
	}
	if len(all) == 0 {
		if s := FormSecret(c); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// FormSecret is the secret in the form cookie, empty when there is none. A
// site whose visitors come and go with several cookies may list it in Secrets.
func FormSecret(c *fiber.Ctx) string {
	st := stateOf(c)
	if st.app == nil {
		return ""
	}
	return st.app.cookies.Read(c, st.app.cfg.FormCookie)
}

func (a *App) checkToken(c *fiber.Ctx, r Route, token string) error {
	if r.NoToken != "" {
		return nil
	}
	token, _, _ = strings.Cut(strings.TrimPrefix(token, freshToken), ".")
	for _, secret := range a.secrets(c) {
		if hmac.Equal([]byte(Token(secret)), []byte(token)) {
			return nil
		}
	}
	return errForeign
}
