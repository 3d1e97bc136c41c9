// Package filing is how a complaint is filed: who, what happened, the contract,
// evidence and contact, a check of every answer, and the receipt. A draft that only
// the visitor's browser can open keeps each step.
package filing

import (
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// Pages are the pages of a filing.
type Pages struct {
	*site.Site
	slow slow
}

// New makes the pages of a site that has begun.
func New(s *site.Site) *Pages { return &Pages{Site: s, slow: newSlow(s)} }

// Routes are the pages, in the order of filling them in.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		web.Get("/complaints/new", p.show(p.stepWho())),
		web.Post("/complaints/new", p.submit(p.stepWho())).Or(p.undone(p.stepWho())),
		web.Get("/complaints/new/story", p.show(p.stepStory())),
		web.Long(web.Post("/complaints/new/story", p.submit(p.stepStory())).Or(p.undone(p.stepStory()))),
		web.Get("/complaints/new/contract", p.show(p.stepContract())),
		web.Post("/complaints/new/contract", p.submit(p.stepContract())).Or(p.undone(p.stepContract())),
		web.Get("/complaints/new/evidence", p.show(p.stepEvidence())),
		web.Post("/complaints/new/evidence", p.submit(p.stepEvidence())).Or(p.undone(p.stepEvidence())),
		web.Get("/complaints/new/contact", p.show(p.stepContact())),
		web.Post("/complaints/new/contact", p.submit(p.stepContact())).Or(p.undone(p.stepContact())),
		web.Get(savedPath, p.showSaved),
		web.Get(discardedPath, p.showDiscarded),
		web.Post(codePath, p.lend).Or(p.undoneLend),
		web.Get(resumePath, p.showResume),
		web.Post(resumePath, p.submitResume).Or(p.showResume),
		web.Get(leftPath, p.showLeft),
		web.Get("/complaints/new/check", p.showCheck),
		web.Post("/complaints/new/check", p.submitCheck),
		web.Post("/complaints/new/receipt", p.saveReceipt),
		soft(web.Get("/captcha/:id.png", p.captchaPicture), p.slow.picture),
		soft(web.Get("/captcha/:id.wav", p.captchaSound), p.slow.picture),
	}
}

// soft slows an address down that asks too often.
func soft(r web.Route, l *web.Limiter) web.Route {
	r.Soft = l
	return r
}
