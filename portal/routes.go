package portal

import (
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// routes are all pages of the public site, in the order of a visit.
func (s *Site) routes() []web.Route {
	return []web.Route{
		web.Get("/", s.showHome),
		web.Get("/static/:name", view.Asset),
		web.Post("/elder", s.setElder),

		web.Get("/complaints/new", s.show(s.stepWho())),
		web.Post("/complaints/new", s.submit(s.stepWho())),
		web.Get("/complaints/new/story", s.show(s.stepStory())),
		long(web.Post("/complaints/new/story", s.submit(s.stepStory()))),
		web.Get("/complaints/new/contract", s.show(s.stepContract())),
		web.Post("/complaints/new/contract", s.submit(s.stepContract())),
		web.Get("/complaints/new/evidence", s.show(s.stepEvidence())),
		web.Post("/complaints/new/evidence", s.submit(s.stepEvidence())),
		web.Get("/complaints/new/contact", s.show(s.stepContact())),
		web.Post("/complaints/new/contact", s.submit(s.stepContact())),
		web.Get("/complaints/new/check", s.showCheck),
		web.Post("/complaints/new/check", s.submitCheck),
		soft(web.Get("/captcha/:id.png", s.captchaPicture), s.slow.picture),
		soft(web.Get("/captcha/:id.wav", s.captchaSound), s.slow.picture),

		web.Get("/track", s.showTrack),
		web.Post("/track", s.submitTrack),
		web.Post("/track/leave", s.leaveTrack),
		web.Get("/complaints/:number", s.showOwn),
		web.Get("/complaints/:number/:action", s.showOwnMove),
		long(web.Post("/complaints/:number/:action", s.submitOwnMove)),

		web.Get("/units", s.showUnits),
		web.Get("/units/:code", s.showUnit),
		web.Get("/notices", s.showNotices),
		web.Get("/notices.atom", s.showFeed),
		web.Get("/notices/:id", s.showNotice),
		web.Get("/notices/:id/document", s.showDocument),
		web.Get("/policies", s.showPolicies),
		web.Get("/policies/:id", s.showPolicy),
		web.Get("/statistics", s.showStatistics),
		web.Get("/statistics.csv", s.showStatisticsCSV),
		web.Get("/statistics.json", s.showStatisticsJSON),
		web.Get("/help", s.showHelp),
		web.Get("/privacy", s.showPrivacy),
		web.Get("/accessibility", s.showAccessibility),
		web.Get("/member", s.showMember),
	}
}

// long lets a form carry 10,000 characters several times over: a Han character
// is nine bytes on the wire.
func long(r web.Route) web.Route {
	r.Limit = 384 << 10
	return r
}

// soft slows an address down that asks too often.
func soft(r web.Route, l *web.Limiter) web.Route {
	r.Soft = l
	return r
}
