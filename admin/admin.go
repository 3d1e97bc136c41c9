// Package admin is the desk of the staff. It puts together the pages that its folders
// hold, one a noun; what one of them costs says docs/design.md.
package admin

import (
	"zhengxin/admin/bundles"
	"zhengxin/admin/cases"
	"zhengxin/admin/complaints"
	"zhengxin/admin/deputies"
	"zhengxin/admin/desk"
	"zhengxin/admin/home"
	"zhengxin/admin/inquiries"
	"zhengxin/admin/invitations"
	"zhengxin/admin/leads"
	"zhengxin/admin/members"
	"zhengxin/admin/people"
	"zhengxin/admin/proposals"
	"zhengxin/admin/records"
	"zhengxin/admin/reports"
	"zhengxin/admin/units"
	"zhengxin/internal/complaint"
	"zhengxin/internal/identity"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Desk is the desk and what only single registers of it need.
type Desk struct {
	desk.Desk
	Complaints *complaint.Register
	Identities identity.Opener // of those who complained
}

// App mounts the desk, once; c says where it stands and whom it trusts.
func (d *Desk) App(c web.Config) *web.App { return d.Mount(c, d.routes()) }

// routes are all pages of the desk and who may use each; the desk learns here which
// registers it has.
func (d *Desk) routes() []desk.Route {
	of := cases.New(&d.Desk)
	asked := inquiries.New(&d.Desk)
	written := complaints.New(&d.Desk, d.Complaints, d.Identities, of.OpenFrom, asked.OpenFrom)
	d.Rooms = append([]desk.Room{written, of, proposals.New(&d.Desk), invitations.New(&d.Desk), leads.New(&d.Desk), bundles.New(&d.Desk), asked}, d.Rooms...)
	chronicle := &records.Pages{Desk: &d.Desk}

	all := []desk.Route{desk.Get("/static/:name", desk.Anyone, view.Asset), desk.Get("/favicon.ico", desk.Anyone, view.Favicon), desk.Get("/robots.txt", desk.Anyone, desk.Robots)}
	all = append(all, (&people.Pages{Desk: &d.Desk}).Routes()...)
	all = append(all, (&home.Pages{Desk: &d.Desk, Records: chronicle}).Routes()...)
	all = append(all, chronicle.Routes()...)
	all = append(all, (&reports.Pages{Desk: &d.Desk}).Routes()...)
	all = append(all, units.New(&d.Desk).Routes()...)
	all = append(all, (&deputies.Pages{Desk: &d.Desk}).Routes()...)
	all = append(all, members.New(&d.Desk).Routes()...)
	for _, r := range d.Rooms {
		all = append(all, r.Routes()...)
	}
	return all
}
