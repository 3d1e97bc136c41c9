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
	Drafts []filing.Draft // that were begun
}

// showStart tells and asks nothing: whoever knows the filing's own address needs it not.
func (p pages) showStart(c *fiber.Ctx) error {
	v := startView{Frame: p.Frame(c, "投诉以前", "complain")}
	var err error
	if v.Limits, err = p.limits(c.UserContext()); err != nil {
		return err
	}
	if v.Drafts, err = filing.Unfinished(p.Site, c); err != nil {
		return err
	}
	return view.Show(c, startPage(v))
}
