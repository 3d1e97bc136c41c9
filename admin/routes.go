package admin

import "zhengxin/internal/view"

// routes are all pages of the desk and who may use each.
func (d *Desk) routes() []route {
	return []route{
		get("/static/:name", anyone, view.Asset),

		get("/login", anyone, d.showLogin),
		post("/login", anyone, d.submitLogin),
		get("/login/enrol", half, d.showEnrol),
		post("/login/enrol", half, d.submitEnrol),
		get("/login/second-factor", half, d.showSecondFactor),
		post("/login/second-factor", half, d.submitSecondFactor),
		post("/logout", signedIn, d.submitLogout),

		get("/complaints/:number", readers, d.showMatter),
		get("/complaints/:number/answer", readers, d.showAnswer),
		get("/complaints/:number/:action", movers, d.showMove),
		long(post("/complaints/:number/:action", movers, d.submitMove)),

		get("/account", signedIn, d.showAccount),
		post("/account/password", signedIn, d.submitPassword),
		post("/account/sessions/end-others", signedIn, d.submitEndOthers),
		post("/account/sessions/:id/end", signedIn, d.submitEndSession),
	}
}
