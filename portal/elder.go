package portal

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
)

// elderLife is how long the choice of the elder mode is kept.
const elderLife = 365 * 24 * time.Hour

// setElder switches the elder mode on or off and returns to the page on which
// it was pressed.
func (s *Site) setElder(c *fiber.Ctx) error {
	typed := web.Form(c)
	s.setMode(c, typed.Get("elder") == "on")
	return seeOther(c, localPath(typed.Get("to")))
}

func (s *Site) setMode(c *fiber.Ctx, elder bool) {
	if elder {
		s.app.Cookies().Set(c, elderCookie, "on", elderLife)
	} else {
		s.app.Cookies().Clear(c, elderCookie)
	}
}

// What the switch says on a page of the filing, where it is a button of the
// form: what was typed is saved with it.
const (
	elderOn  = "elder-on"
	elderOff = "elder-off"
)

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
