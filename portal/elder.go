package portal

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
)

// elderLife is how long a browser remembers the elder mode.
const elderLife = 365 * 24 * time.Hour

// setElder switches the elder mode and comes back to the same page.
func (s *Site) setElder(c *fiber.Ctx) error {
	typed := web.Form(c)
	if typed.Get("elder") == "on" {
		s.app.Cookies().Set(c, elderCookie, "on", elderLife)
	} else {
		s.app.Cookies().Clear(c, elderCookie)
	}
	return seeOther(c, localPath(typed.Get("to")))
}

// localPath keeps a redirect on this site: a path of ours and nothing that a
// browser reads as another host.
func localPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t ") {
		return "/"
	}
	return to
}
