package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Cookies is the one way cookies are written: HttpOnly, SameSite=Lax, for the
// whole site, and on https Secure with the name prefix that browsers enforce.
type Cookies struct{ https bool }

// NewCookies is for the site whose address is https or not.
func NewCookies(https bool) Cookies { return Cookies{https: https} }

// Name is what the browser calls the cookie.
func (k Cookies) Name(name string) string {
	if k.https {
		return "__Host-" + name
	}
	return name
}

// Set writes a cookie; a life of 0 ends with the browser.
func (k Cookies) Set(c *fiber.Ctx, name, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{
		Name: k.Name(name), Value: value, Path: "/", MaxAge: int(life.Seconds()),
		HTTPOnly: true, Secure: k.https, SameSite: fiber.CookieSameSiteLaxMode,
		SessionOnly: life == 0,
	})
}

// Read is the cookie's value, empty when it is absent or cannot be ours: our
// values are letters, digits, - and _, at most 256.
func (k Cookies) Read(c *fiber.Ctx, name string) string {
	v := c.Cookies(k.Name(name))
	if len(v) > 256 {
		return ""
	}
	for _, b := range []byte(v) {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', b == '-', b == '_':
		default:
			return ""
		}
	}
	return v
}

// Under are the ends of the names of all cookies that begin so, in the browser's order.
func (k Cookies) Under(c *fiber.Ctx, begin string) []string {
	var ends []string
	for name := range c.Request().Header.Cookies() {
		if end, ok := strings.CutPrefix(string(name), k.Name(begin)); ok {
			ends = append(ends, end)
		}
	}
	return ends
}

// Clear tells the browser to forget the cookie.
func (k Cookies) Clear(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{
		Name: k.Name(name), Path: "/", Expires: time.Unix(1, 0),
		HTTPOnly: true, Secure: k.https, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
