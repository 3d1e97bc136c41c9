// Package portal is the public site: the list of all its pages, and those that only
// tell something. The others lie in packages of their own, over what site gives.
package portal

import (
	"slices"

	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/deputy"
	"zhengxin/portal/filing"
	"zhengxin/portal/own"
	"zhengxin/portal/site"
)

// App mounts the public site; c says where it stands and whom it trusts.
func App(s *site.Site, c web.Config) *web.App {
	app := s.Begin(c)
	app.Mount(routes(s))
	return app
}

// pages are those that only tell something.
type pages struct{ *site.Site }

// routes are all pages of the public site, in the order of a visit.
func routes(s *site.Site) []web.Route {
	p := pages{s}
	return slices.Concat(
		[]web.Route{
			web.Get("/", p.showHome),
			web.Get("/static/:name", view.Asset),
			web.Get("/favicon.ico", view.Favicon),
			web.Get("/robots.txt", p.showRobots),
			web.Get("/sitemap.xml", p.showSitemap),
			web.Get("/.well-known/security.txt", p.showSecurity),
			web.Post("/elder", p.setElder),
			web.Get("/start", p.showStart),
		},
		filing.New(s).Routes(),
		own.New(s).Routes(),
		deputy.New(s).Routes(),
		[]web.Route{
			web.Get("/units", p.showUnits),
			web.Get("/units.csv", p.showUnitsCSV),
			web.Get("/units.json", p.showUnitsJSON),
			web.Get("/units/:code", p.showUnit),
			web.Get("/notices", p.showNotices),
			web.Get("/notices.atom", p.showFeed),
			web.Get("/notices/:id", p.showNotice),
			web.Get("/notices/:id/document", p.showDocument),
			web.Get(casesPath, p.showCases),
			web.Get(casesPath+"/:id", p.showCase),
			web.Get("/policies", p.showPolicies),
			web.Get("/policies/:id", p.showPolicy),
			web.Get("/statistics", p.showStatistics),
			web.Get("/statistics.csv", p.showStatisticsCSV),
			web.Get("/statistics.json", p.showStatisticsJSON),
			web.Get(categoriesPath, p.showCategories),
			web.Get(categoriesPath+".csv", p.showCategoriesCSV),
			web.Get(categoriesPath+".json", p.showCategoriesJSON),
			web.Get("/data", p.showData),
			web.Get("/data.json", p.showDataJSON),
			web.Get("/help", p.showHelp),
			web.Get("/privacy", p.showPrivacy),
			web.Get("/accessibility", p.showAccessibility),
			web.Get("/member", p.showMember),
			web.Get("/press", p.showPress),
		},
	)
}
