// Package people is the pages of logging in, of accounts, and of one's own.
package people

import (
	"zhengxin/admin/desk"
	"zhengxin/internal/staff"
)

// Pages are the pages of people.
type Pages struct{ *desk.Desk }

// Routes are these pages and who may use each.
func (d *Pages) Routes() []desk.Route {
	return []desk.Route{
		desk.Get("/login", desk.Anyone, d.showLogin),
		desk.Post("/login", desk.Anyone, d.submitLogin),
		desk.Get("/login/enrol", desk.Half, d.showEnrol),
		desk.Post("/login/enrol", desk.Half, d.submitEnrol),
		desk.Get("/login/second-factor", desk.Half, d.showSecondFactor),
		desk.Post("/login/second-factor", desk.Half, d.submitSecondFactor),
		desk.Post("/logout", desk.SignedIn, d.submitLogout),
		desk.Get("/keys", desk.SignedIn, d.showKeys),
		desk.Get("/audit/staff", desk.Only(staff.Auditor), d.showStaffAudit),
		desk.Get("/staff", desk.Sysadmins, d.showPeople),
		desk.Get("/staff/new", desk.Sysadmins, d.showNewMember),
		desk.Post("/staff/new", desk.Sysadmins, d.submitNewMember),
		desk.Get("/staff/:id", desk.Sysadmins, d.showMember),
		desk.Post("/staff/:id/disable", desk.Sysadmins, d.submitAct(staff.ActDisable, (*staff.Register).Disable)),
		desk.Post("/staff/:id/enable", desk.Sysadmins, d.submitAct(staff.ActEnable, (*staff.Register).Enable)),
		desk.Post("/staff/:id/second-factor", desk.Sysadmins, d.submitAct(staff.ActResetSecondFactor, (*staff.Register).ResetSecondFactor)),
		desk.Post("/staff/:id/job", desk.Sysadmins, d.submitJob),
		desk.Post("/staff/:id/password", desk.Sysadmins, d.submitNewPassword),
		desk.Get("/account", desk.SignedIn, d.showAccount),
		desk.Post("/account/password", desk.SignedIn, d.submitPassword),
		desk.Post("/account/keys", desk.SignedIn, d.submitKeys),
		desk.Post("/account/sessions/end-others", desk.SignedIn, d.submitEndOthers),
		desk.Post("/account/sessions/:id/end", desk.SignedIn, d.submitEndSession),
	}
}
