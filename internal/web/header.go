package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
)

const (
	robots   = "X-Robots-Tag"
	noRobots = "noindex, nofollow, noarchive"
)

type header struct{ name, value string }

// headerTable is the whole policy. Fonts, pictures, scripts: ours or none.
func headerTable(https bool) []header {
	table := []header{
		{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		// Not no-referrer: under it browsers send "Origin: null" with our own
		// forms, and one too old for Sec-Fetch-Site would be taken for a
		// stranger. same-origin tells other sites exactly as little.
		{"Referrer-Policy", "same-origin"},
		{"Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Embedder-Policy", "require-corp"},
		{"Cache-Control", "no-store"},
	}
	if https {
		table = append(table, header{"Strict-Transport-Security", "max-age=31536000; includeSubDomains"})
	}
	return table
}

// Headers is what every answer carries, pages of errors included; only static
// files may replace Cache-Control.
func Headers(https bool) map[string]string {
	m := make(map[string]string)
	for _, h := range headerTable(https) {
		m[h.name] = h.value
	}
	return m
}

func (a *App) head(c *fiber.Ctx) error {
	a.setHeaders(c)
	return c.Next()
}

func (a *App) setHeaders(c *fiber.Ctx) {
	h := &c.Response().Header
	for _, line := range a.headers {
		h.Set(line.name, line.value)
	}
	if a.cfg.Hidden {
		h.Set(robots, noRobots)
	}
}

// legible refuses addresses with bytes that are no text: PostgreSQL would
// refuse them later, as a fault of ours.
func (a *App) legible(c *fiber.Ctx) error {
	path, err := url.PathUnescape(string(c.Request().URI().PathOriginal()))
	ok := err == nil && isText(path)
	for name, value := range c.Request().URI().QueryArgs().All() {
		ok = ok && isText(string(name)) && isText(string(value))
	}
	if !ok {
		return fiber.ErrBadRequest
	}
	return c.Next()
}

func isText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}
