package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// pressView is what the media may have of this site, with the terms in force.
type pressView struct {
	Frame           site.Frame
	Statement, More string // how long a unit has to state something, and to be asked once more
	Longest         string // how long an embargo may be
	Contact         string // of the spokesperson; empty until the office has set it
}

func (p pages) showPress(c *fiber.Ctx) error {
	table, err := p.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	term := func(code clock.Code) string {
		rule, _ := table.Rule(code, clock.On(p.Now()))
		return termOf(rule)
	}
	f, err := p.FrameFor(c, "媒体服务", "")
	if err != nil {
		return err
	}
	return view.Show(c, pressPage(pressView{
		Frame: f, Contact: p.Settings.Read(c.UserContext()).PressContact,
		Statement: term(clock.PressStatement), More: term(clock.PressMore), Longest: term(clock.EmbargoLongest),
	}))
}
