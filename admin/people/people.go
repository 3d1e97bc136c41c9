// Package people is the pages of logging in, of accounts, and of one's own.
package people

import (
	"zhengxin/admin/desk"
	"zhengxin/internal/staff"
)

// Pages are the pages of people.
type Pages struct{ *desk.Desk }

const logoutPath = "/logout"

// Routes are these pages and who may use each.
func (d *Pages) Routes() []desk.Route {
	d.Door = d.atDoor
	handing := d.handing()
	return []desk.Route{
		desk.Get("/login", desk.Anyone, d.showLogin),
		desk.AtDoor(desk.Post("/login", desk.Anyone, d.submitLogin)).Or(d.undoneLogin),
		desk.Get("/login/enrol", desk.Half, d.showEnrol),
		desk.AtDoor(desk.Post("/login/enrol", desk.Half, d.submitEnrol)).Or(d.nextPage),
		desk.Get("/login/second-factor", desk.Half, d.showSecondFactor),
		desk.AtDoor(desk.Post("/login/second-factor", desk.Half, d.submitSecondFactor)).Or(d.nextPage),
		desk.Post(logoutPath, desk.SignedIn, d.submitLogout),
		desk.Get("/keys", desk.SignedIn, d.showKeys),
		desk.Get("/audit/staff", desk.Only(staff.Auditor), d.showStaffAudit),
		desk.Get("/staff", desk.Sysadmins, d.showPeople),
		desk.Get("/staff/new", desk.Sysadmins, d.showNewMember),
		desk.Post("/staff/new", desk.Sysadmins, d.submitNewMember).Or(d.showNewMember),
		desk.Get("/staff/import", desk.Sysadmins, handing.Show),
		desk.HandedFile(desk.Post("/staff/import", desk.Sysadmins, handing.Read)).Or(handing.Show),
		desk.HandedOn(desk.Post("/staff/import/take", desk.Sysadmins, handing.Take)).Or(handing.Undone),
		desk.Get("/staff/template", desk.Sysadmins, d.sendTemplate),
		desk.Get("/staff/many", desk.Sysadmins, d.showMany),
		desk.Long(desk.Post("/staff/many/:act", desk.Sysadmins, d.submitMany)).Or(d.undoneMany),
		desk.Get("/staff/:id", desk.Sysadmins, d.showMember),
		desk.Post("/staff/:id/disable", desk.Sysadmins, d.submitAct(staff.ActDisable, (*staff.Register).Disable)).Or(d.undoneAct(staff.ActDisable)),
		desk.Post("/staff/:id/enable", desk.Sysadmins, d.submitAct(staff.ActEnable, (*staff.Register).Enable)).Or(d.undoneAct(staff.ActEnable)),
		desk.Post("/staff/:id/second-factor", desk.Sysadmins, d.submitAct(staff.ActResetSecondFactor, (*staff.Register).ResetSecondFactor)).Or(d.undoneAct(staff.ActResetSecondFactor)),
		desk.Post("/staff/:id/job", desk.Sysadmins, d.submitJob).Or(d.undoneAct(staff.ActReassign)),
		desk.Post("/staff/:id/password", desk.Sysadmins, d.submitNewPassword).Or(d.undoneAct(staff.ActSetPassword)),
		desk.Get("/absences", desk.SignedIn, d.showAbsences),
		desk.Get("/absences/:id", desk.SignedIn, d.showLeave),
		desk.Post("/absences/:id", desk.SignedIn, d.submitLeave).Or(d.undoneLeave),
		desk.Post("/absences/:id/:absence/end", desk.SignedIn, d.submitBack),
		desk.Get("/account", desk.SignedIn, d.showAccount),
		desk.Post("/account/password", desk.SignedIn, d.submitPassword).Or(d.showAccount),
		desk.Post("/account/keys", desk.SignedIn, d.submitKeys),
		desk.Post("/account/sessions/end-others", desk.SignedIn, d.submitEndOthers),
		desk.Post("/account/sessions/:id/end", desk.SignedIn, d.submitEndSession),
	}
}
