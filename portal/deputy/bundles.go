package deputy

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/bundle"
	"zhengxin/internal/complaint"
	"zhengxin/internal/key"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
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
	Proposal view.Ref // as which it is handled on, where its member has signed that
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
		one.Status, one.Owed.Ruler = site.ListedAs(bundle.Law, found[i].State), nil // the page of each has the ruler
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
	v.Frame = p.MemberFrame(c, own.Title, bundle.Kind.Path, home.Kind)
	v.Said, v.Sent = p.bundles.done(c, said), web.Sent(c).Words()
	if v.Moves, err = p.bundles.moves(c, session, own.Number); err != nil {
		return p.orLogin(c, err)
	}
	if v.Proposal, err = p.proposalOf(c, session, own); err != nil {
		return p.orLogin(c, err)
	}
	return view.Show(c, bundlePage(v))
}

// proposalOf leads to the proposal as which a bundle is handled on. Its number was told in
// words; whoever has not signed it has no page of it.
func (p *Pages) proposalOf(c *fiber.Ctx, session key.Secret, own *bundle.Own) (view.Ref, error) {
	if own.State != bundle.Proposed {
		return view.Ref{}, nil
	}
	bench, err := proposal.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return view.Ref{}, err
	}
	for _, e := range own.Events {
		for _, row := range bench.Proposals {
			if e.Action == bundle.Propose && strings.Contains(e.Text, row.Number) {
				return view.Ref{Label: row.Title, Href: p.proposals.path(row.Number)}, nil
			}
		}
	}
	return view.Ref{}, nil
}

func (p *Pages) bundleView(c *fiber.Ctx, own *bundle.Own) (v bundleView, err error) {
	v = bundleView{Number: own.Number, Title: own.Title, Href: p.bundles.path(own.Number), Words: own.Words, Numbers: own.Complaints, Left: own.Left,
		Status: site.StatusOf(bundle.Law, own.State), Timeline: timeline(bundle.Law, own.Events, true)}
	v.Owed, err = p.Owed(c.UserContext(), bundle.Law, own.Clocks, p.Now())
	return v, err
}

func (p *Pages) toldOfBundle(c *fiber.Ctx, session key.Secret, number string) ([]register.Told, error) {
	own, err := bundle.ReadOwn(c.UserContext(), p.door, session, number)
	if err != nil {
		return nil, err
	}
	return own.Events, nil
}

// knownOfBundle are the complaints to tick, as the page of those that are followed shows
// them: to be taken out what is in this bundle, else what is in none. Nothing is opened for
// it, since to look at a form does nothing; what was in another before is refused.
func (p *Pages) knownOfBundle(c *fiber.Ctx, session key.Secret, number string, a workflow.Action) (k known, err error) {
	if a != bundle.Send && a != bundle.Add && a != bundle.Drop {
		return k, nil
	}
	f, err := p.Complaints.ReadFollowing(c.UserContext(), p.door, session)
	if err != nil {
		return k, err
	}
	all, err := bundle.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return k, err
	}
	in := map[string]string{} // of which bundle a complaint is
	for _, one := range all {
		for _, held := range one.Complaints {
			in[held] = one.Number
		}
	}
	var options []workflow.Option
	for _, one := range f.Followed {
		if a == bundle.Drop && in[one.Number] == number || a != bundle.Drop && in[one.Number] == "" {
			options = append(options, workflow.Option{Value: one.Number, Label: one.Number + "　" + one.Category + "，" + cmp.Or(one.Unit, "投诉谁还没有确定") + "，" + complaint.Law.State(one.State).Word})
		}
	}
	k.offered = map[string][]workflow.Option{"numbers": options}
	if len(options) == 0 {
		k.lacks = "现在没有可以放的：先在“跟进的投诉”里问投诉人，同意了才能放；放进过别的合并反映的，不能再放。"
	}
	return k, nil
}
