// Package deputy is what deputies, committee members and journalists have of their own on
// the public site: the door by which they come in, their home and account, what they have
// proposed or lodged, and the complaints that they follow.
package deputy

import (
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/bundle"
	"zhengxin/internal/fault"
	"zhengxin/internal/invitation"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/press"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// Pages are these pages.
type Pages struct {
	*site.Site
	door      *member.Door
	proposals *room
	leads     *room
	invited   *room
	bundles   *room
}

// New makes the pages of a site that has begun.
func New(s *site.Site) *Pages {
	p := &Pages{Site: s, door: &member.Door{Pool: s.Pool, Codes: s.Key.Codes(), Random: s.Random}}
	at := func(k *register.Kind) *register.Register {
		return &register.Register{Office: s.Complaints.Office, Kind: k}
	}
	p.proposals = &room{Pages: p, Register: at(proposal.Kind), show: p.showProposal, told: p.toldOfProposal}
	p.leads = &room{Pages: p, Register: at(press.Kind), show: p.showLead, told: p.toldOfLead, knows: p.knownOfLead}
	p.invited = &room{Pages: p, Register: at(invitation.Kind), show: p.showInvitation, told: p.toldOfInvitation}
	p.bundles = &room{Pages: p, Register: at(bundle.Kind), show: p.showBundle, told: p.toldOfBundle, knows: p.knownOfBundle}
	return p
}

const (
	loginPath     = "/member/login"
	sentPath      = "/member/login/sent"
	bothPath      = "/member/login/code"
	enterPath     = "/member/enter"
	factorPath    = "/member/account/factor"
	othersPath    = "/member/account/others"
	proposalsPath = "/member/proposals"
	onlinePath    = "/member/served-online"
	leadsPath     = "/member/leads"

	invitationsPath = "/member/invitations"
)

// Routes are the pages, in the order of a visit. What can be guessed at is slowed down
// for each address; what is more, the database counts for each link and each account.
func (p *Pages) Routes() []web.Route {
	ask, enter := web.Post(loginPath, p.submitLogin).Or(p.undoneLogin), web.Post(enterPath, p.submitEnter).Or(p.undoneEnter)
	both := web.Post(bothPath, p.submitBoth).Or(p.showBoth)
	ask.Soft, enter.Soft = p.Limiter(20, 2*time.Minute), p.Limiter(30, time.Minute)
	both.Soft = p.Limiter(30, time.Minute)
	own := []web.Route{
		web.Get(loginPath, p.showLogin),
		ask,
		web.Get(sentPath, p.showSent),
		web.Get(bothPath, p.showBoth),
		both,
		web.Get(loginPath+"/:link", p.showLink),
		enter,
		web.Post(site.MemberLeave, p.submitLeave).Or(p.undoneLeave),
		web.Get(site.MemberHome, p.showHome),
		web.Get(site.MemberAccount, p.showAccount),
		web.Get(factorPath, p.showFactor),
		web.Post(factorPath, p.submitFactor).Or(p.showFactor),
		web.Post(othersPath, p.submitOthers).Or(p.showAccount),
		web.Get(proposalsPath, p.showProposals),
		web.Post(onlinePath, p.submitOnline).Or(p.showAccount),
		web.Get(leadsPath, p.showLeads),
		web.Get("/member/"+bundle.Kind.Path, p.showBundles),
		web.Get(complaintsPath, p.showComplaints),
		web.Post(complaintsPath, p.submitKeep).Or(p.undoneKeep),
		web.Post(openPath, p.submitOpen).Or(p.showComplaints),
		web.Get(followsPath, p.showFollows),
		web.Post(followsPath, p.submitFollow).Or(p.undoneFollow),
		web.Post(unfollowPath, p.submitUnfollow).Or(p.showFollows),
		web.Post(putAwayPath, p.submitPutAway).Or(p.showComplaints),
		web.Get(invitationsPath, p.showInvitations),
	}
	return slices.Concat(own, p.proposals.routes(), p.leads.routes(), p.invited.routes(), p.bundles.routes())
}

// frame is that of a page of the door.
func (p *Pages) frame(c *fiber.Ctx, title string) site.Frame {
	f := p.Frame(c, title, "member")
	f.NoIndex = true
	return f
}

// session is the secret of who is logged in.
func (p *Pages) session(c *fiber.Ctx) (key.Secret, error) {
	secret, ok := p.Visitor(c, site.MemberCookie)
	if !ok {
		return secret, member.ErrNoSession
	}
	return secret, nil
}

// own is who is logged in: a page of theirs begins with it. A page of a section that is not
// theirs is none.
func (p *Pages) own(c *fiber.Ctx) (key.Secret, member.Home, error) {
	session, err := p.session(c)
	if err != nil {
		return session, member.Home{}, err
	}
	h, err := p.door.Home(c.UserContext(), session)
	if err == nil && !site.MembersOwn(c.Path(), h.Kind) {
		err = site.NotFound()
	}
	return session, h, err
}

// orLogin shows the page of the login in place of one that only a session opens. What is
// not theirs, and what there is not, have one answer.
func (p *Pages) orLogin(c *fiber.Ctx, err error) error {
	if fault.Is(err, fault.NotFound) {
		return site.NotFound()
	}
	if !fault.Is(err, fault.Expired) {
		return err
	}
	web.Refuse(c, err)
	if errors.Is(err, member.ErrNoSession) {
		c.Status(fiber.StatusUnauthorized)
	}
	return p.login(c, loginView{Notice: fault.SentenceOf(err), Sent: web.Sent(c).Words()})
}
