// Package deputy is what deputies and committee members have of their own on the public
// site: the door by which they come in, and what they have proposed.
package deputy

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/member"
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
}

// New makes the pages of a site that has begun.
func New(s *site.Site) *Pages {
	p := &Pages{Site: s, door: &member.Door{Pool: s.Pool, Codes: s.Key.Codes(), Random: s.Random}}
	p.proposals = &room{p, &register.Register{Office: s.Complaints.Office, Kind: proposal.Kind}, p.showProposal}
	return p
}

const (
	loginPath     = "/member/login"
	sentPath      = "/member/login/sent"
	enterPath     = "/member/enter"
	leavePath     = "/member/leave"
	proposalsPath = "/member/proposals"
	onlinePath    = "/member/served-online"
)

// Routes are the pages, in the order of a visit. What can be guessed at is slowed down
// for each address; what is more, the database counts for each link and each account.
func (p *Pages) Routes() []web.Route {
	ask, enter := web.Post(loginPath, p.submitLogin).Or(p.showLogin), web.Post(enterPath, p.submitEnter).Or(p.undoneEnter)
	ask.Soft, enter.Soft = p.Limiter(20, 2*time.Minute), p.Limiter(30, time.Minute)
	own := []web.Route{
		web.Get(loginPath, p.showLogin),
		ask,
		web.Get(sentPath, p.showSent),
		web.Get(loginPath+"/:link", p.showLink),
		enter,
		web.Post(leavePath, p.submitLeave).Or(p.undoneLeave),
		web.Get(proposalsPath, p.showProposals),
		web.Post(onlinePath, p.submitOnline).Or(p.showProposals),
	}
	return append(own, p.proposals.routes()...)
}

// frame is that of a page of somebody's own.
func (p *Pages) frame(c *fiber.Ctx, title string) site.Frame {
	f := p.Frame(c, title, "member")
	f.NoIndex = true
	return f
}

// orLogin shows the page of the login in place of one that only a session opens.
func (p *Pages) orLogin(c *fiber.Ctx, err error) error {
	if !fault.Is(err, fault.Expired) {
		return err
	}
	web.Refuse(c, err)
	if errors.Is(err, member.ErrNoSession) {
		c.Status(fiber.StatusUnauthorized)
	}
	return p.login(c, loginView{Notice: fault.SentenceOf(err), Sent: web.Sent(c).Words()})
}
