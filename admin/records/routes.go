// Package records is the pages of what was done and of what the office stands on:
// letters, notices, units, the calendar, settings, the chains of events.
package records

import (
	"zhengxin/admin/desk"
	"zhengxin/internal/staff"
)

// Pages are the pages of records.
type Pages struct{ *desk.Desk }

// Routes are these pages and who may use each.
func (d *Pages) Routes() []desk.Route {
	return []desk.Route{
		desk.Get("/notices", desk.SignedIn, d.showNotices),
		desk.Long(desk.Post("/notices", publishers, d.submitNotice).Or(d.undoneNotice)),
		desk.Get("/notices/new", publishers, d.showNewNotice),
		desk.Long(desk.Post("/notices/preview", publishers, d.submitDraft).Or(d.undoneNotice)),
		desk.Get("/notices/:id", desk.SignedIn, d.showNotice),
		desk.Post("/notices/:id/take-down", publishers, d.submitTakeDown).Or(d.undoneTakeDown),
		desk.Get("/calendar", desk.SignedIn, d.showCalendar),
		desk.Long(desk.Post("/calendar", desk.Sysadmins, d.submitCalendar).Or(d.undoneCalendar)),
		desk.Get("/calendar/import", desk.Sysadmins, d.showImport),
		desk.Long(desk.Upload(desk.Post("/calendar/import", desk.Sysadmins, d.submitImport).Or(d.undoneImport))),
		desk.Get("/rules", desk.SignedIn, d.showRules),
		desk.Get("/rules/change", desk.Sysadmins, d.showRule),
		desk.Post("/rules/change", desk.Sysadmins, d.submitRule).Or(d.undoneRule),
		desk.Get("/laws", desk.SignedIn, d.showLaws),
		desk.Get("/laws/law", lawKeepers, d.showLaw(false)),
		desk.Post("/laws/law", lawKeepers, d.submitLaw(false)).Or(d.undoneLaw(false)),
		desk.Get("/laws/article", lawKeepers, d.showLaw(true)),
		desk.Post("/laws/article", lawKeepers, d.submitLaw(true)).Or(d.undoneLaw(true)),
		desk.Get("/bodies", bodyReaders, d.showBodies),
		desk.Get("/bodies/body", desk.Sysadmins, d.showBody),
		desk.Post("/bodies/body", desk.Sysadmins, d.submitBody).Or(d.undoneBody),
		desk.Get("/categories", desk.SignedIn, d.showCategories),
		desk.Get("/categories/category", desk.Sysadmins, d.showCategory),
		desk.Post("/categories/category", desk.Sysadmins, d.submitCategory).Or(d.undoneCategory),
		desk.Get("/blocks", desk.SignedIn, d.showBlocks),
		desk.Get("/blocks/history", desk.SignedIn, d.showBlockHistory),
		desk.Get("/blocks/block", lawKeepers, d.showBlock),
		desk.Post("/blocks/block", lawKeepers, d.submitBlock).Or(d.undoneBlock),
		desk.Get("/mail", desk.Only(staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor), d.showMail),
		desk.Get("/audit", desk.Only(staff.Auditor), d.showAudit),
		desk.Long(desk.Post("/audit"+desk.Formats[0].Ending, desk.Only(staff.Auditor), d.submitAudit(desk.Formats[0]))),
		desk.Long(desk.Post("/audit"+desk.Formats[1].Ending, desk.Only(staff.Auditor), d.submitAudit(desk.Formats[1]))),
		desk.Get("/audit/exports", desk.Only(staff.Auditor), d.showExports),
		desk.Get("/audit/sealed", desk.Only(staff.Auditor), d.showUnsealings),
		desk.Get("/audit/alerts", desk.Only(staff.Auditor), d.showAlerts),
		desk.Post("/audit/alerts/:id/seen", desk.Only(staff.Auditor), d.submitSeen),
		desk.Get("/watch", desk.Only(staff.Supervisor, staff.Leader, staff.Auditor, staff.Sysadmin), d.showWatch),
		desk.Post("/watch/verify", verifiers, d.submitVerify),
		desk.Get("/watch/queue", keepers, d.showQueue),
		desk.Post("/watch/trial", keepers, d.submitTrial).Or(d.showQueue),
		desk.Post("/watch/jobs/:id", keepers, d.submitAgain),
		desk.Get("/settings", desk.Sysadmins, d.showSettings),
		desk.Post("/settings", desk.Sysadmins, d.submitSettings).Or(d.undoneSettings),
	}
}
