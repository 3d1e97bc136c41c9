package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
	"zhengxin/portal/filing"
	"zhengxin/portal/site"
)

// startView is what to know before the first step.
type startView struct {
	Frame  site.Frame
	Limits limits
	Resume view.Button // goes on with a draft that was begun
}

// showStart tells and asks nothing: whoever knows the filing's own address needs it not.
func (p pages) showStart(c *fiber.Ctx) error {
	v := startView{Frame: p.Frame(c, "投诉以前", "complain")}
	var err error
	if v.Limits, err = p.limits(c.UserContext()); err != nil {
		return err
	}
	if v.Resume, err = filing.Unfinished(p.Site, c); err != nil {
		return err
	}
	return view.Show(c, startPage(v))
}
