package portal

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
)

// setElder switches the elder mode on or off and returns to the page on which
// it was pressed.
func (p pages) setElder(c *fiber.Ctx) error {
	typed := web.Form(c)
	p.SetElder(c, typed.Get("elder") == "on")
	return web.SeeOther(c, localPath(typed.Get("to")))
}

// localPath is a path of this site, or the first page for anything that a
// browser could take for another site's address.
func localPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\\t\r\n") || len(to) > 512 {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
