package admin

import (
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

// routes are all pages of the desk and who may use each.
func (d *Desk) routes() []route {
	all := []route{
		get("/static/:name", anyone, view.Asset),

		get("/login", anyone, d.showLogin),
		post("/login", anyone, d.submitLogin),
		get("/login/enrol", half, d.showEnrol),
		post("/login/enrol", half, d.submitEnrol),
		get("/login/second-factor", half, d.showSecondFactor),
		post("/login/second-factor", half, d.submitSecondFactor),
		post("/logout", signedIn, d.submitLogout),

		get("/", signedIn, d.showHome),
		get("/register", registrars, d.showRegister),
		long(post("/register", registrars, d.submitRegister)),
		get("/keys", signedIn, d.showKeys),
		get("/units", signedIn, d.showUnits),
		get("/notices", signedIn, d.showNotices),
		get("/calendar", signedIn, d.showCalendar),
		long(post("/calendar", sysadmins, d.submitCalendar)),
		get("/calendar/import", sysadmins, d.showImport),
		long(upload(post("/calendar/import", sysadmins, d.submitImport))),
		get("/mail", only(staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor), d.showMail),
		get("/reports", only(staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor), d.showReports),
		get("/audit", only(staff.Auditor), d.showAudit),
		get("/audit/alerts", only(staff.Auditor), d.showAlerts),
		post("/audit/alerts/:id/seen", only(staff.Auditor), d.submitSeen),
		get("/audit/staff", only(staff.Auditor), d.showStaffAudit),
		get("/staff", sysadmins, d.showPeople),
		get("/staff/new", sysadmins, d.showNewMember),
		post("/staff/new", sysadmins, d.submitNewMember),
		get("/staff/:id", sysadmins, d.showMember),
		post("/staff/:id/disable", sysadmins, d.submitAct(staff.ActDisable, (*staff.Register).Disable)),
		post("/staff/:id/enable", sysadmins, d.submitAct(staff.ActEnable, (*staff.Register).Enable)),
		post("/staff/:id/second-factor", sysadmins, d.submitAct(staff.ActResetSecondFactor, (*staff.Register).ResetSecondFactor)),
		post("/staff/:id/job", sysadmins, d.submitJob),
		post("/staff/:id/password", sysadmins, d.submitNewPassword),
		get("/settings", sysadmins, d.showSettings),
		post("/settings", sysadmins, d.submitSettings),

		get("/account", signedIn, d.showAccount),
		post("/account/password", signedIn, d.submitPassword),
		post("/account/keys", signedIn, d.submitKeys),
		post("/account/sessions/end-others", signedIn, d.submitEndOthers),
		post("/account/sessions/:id/end", signedIn, d.submitEndSession),
	}
	for _, r := range d.rooms() {
		all = append(all, r.routes()...)
	}
	return all
}
