package deputy

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/bundle"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// bundlesView is what somebody has brought before the office together.
type bundlesView struct {
	Frame   site.Frame
	Who     string
	Home    string
	Bundles []bundleView
}

// bundleView is one of these.
type bundleView struct {
	Frame    site.Frame
	Said     view.Banner
	Sent     []string // what was typed for what could not be done
	Number   string
	Title    string
	Href     string
	Words    string
	Status   view.StatusTag
	Owed     site.Owed
	Numbers  []string // of the complaints that are in it
	Left     int
	Moves    site.ActionList
	Timeline view.Timeline
}

func (p *Pages) showBundles(c *fiber.Ctx) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	found, err := bundle.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := bundlesView{Frame: p.MemberFrame(c, "合并反映", bundle.Kind.Path, home.Kind), Who: home.Who(), Home: p.bundles.home()}
	for i := range found {
		one, err := p.bundleView(c, &found[i])
		if err != nil {
			return err
		}
		one.Owed.Ruler = nil // the page of each has it
		v.Bundles = append(v.Bundles, one)
	}
	return view.Show(c, bundlesPage(v))
}

func (p *Pages) showBundle(c *fiber.Ctx, said view.Banner) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	own, err := bundle.ReadOwn(c.UserContext(), p.door, session, p.bundles.number(c))
	if err != nil {
		return p.orLogin(c, err)
	}
	v, err := p.bundleView(c, own)
	if err != nil {
		return err
	}
	v.Frame = p.MemberFrame(c, "合并反映", bundle.Kind.Path, home.Kind)
	v.Said, v.Sent = p.bundles.done(c, said), web.Sent(c).Words()
	if v.Moves, err = p.bundles.moves(c, session, own.Number); err != nil {
		return p.orLogin(c, err)
	}
	return view.Show(c, bundlePage(v))
}

func (p *Pages) bundleView(c *fiber.Ctx, own *bundle.Own) (v bundleView, err error) {
	v = bundleView{Number: own.Number, Title: own.Title, Href: p.bundles.path(own.Number), Words: own.Words, Numbers: own.Complaints, Left: own.Left,
		Status: site.StatusOf(bundle.Law, own.State), Timeline: timeline(bundle.Law, own.Events, true)}
	v.Owed, err = p.Owed(c.UserContext(), bundle.Law, own.Clocks, p.Now())
	return v, err
}
