// Package own is what a complainant does with their own matter: open it with
// number and query code, read how it stands, and move it.
package own

import (
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// Pages are the pages of one's own matter.
type Pages struct{ *site.Site }

// New makes the pages of a site that has begun.
func New(s *site.Site) *Pages { return &Pages{s} }

// Routes are the pages, in the order of a visit.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		web.Get("/track", p.showTrack),
		web.Door(web.Post("/track", p.submitTrack)).Or(p.undoneTrack),
		web.Post("/track/leave", p.leaveTrack).Or(p.undoneLeave),
		web.Post("/track/turn", p.turnTrack).Or(p.undoneTrack),
		web.Get("/complaints/:number", p.showOwn),
		web.Get("/complaints/:number/:action", p.showOwnMove),
		web.Long(web.Post("/complaints/:number/:action", p.submitOwnMove).Or(p.undoneMove)),
	}
}
