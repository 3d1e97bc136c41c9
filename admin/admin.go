// Package admin is the desk of the staff: one handler file and one .templ file
// per page, and routes.go, whose second column says who may do what.
package admin

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/daybook"
	"zhengxin/internal/identity"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Desk is everything the desk needs.
type Desk struct {
	Office     register.Office
	Staff      *staff.Register
	Complaints *complaint.Register
	Identities identity.Opener
	Settings   *setting.Book
	Daybook    *daybook.Book // where changes of the office are written down
	Now        func() time.Time
	Log        *slog.Logger

	app   *web.App
	table []route
	tally register.Tally
	more  []room // beside the office's own
	build sync.Once
	built []room
}

// The cookies of the desk. Cookies ignore ports, so the portal has others.
const (
	staffCookie  = "zx_staff"
	deviceCookie = "zx_staff_device"
	formCookie   = "zx_desk_form"
)

// App mounts the desk, once; c says where it stands and whom it trusts.
func (d *Desk) App(c web.Config) *web.App { return d.mount(c, d.routes()) }

func (d *Desk) mount(c web.Config, table []route) *web.App {
	c.Log, c.Now = d.Log, d.Now
	if d.Office.Pool == nil {
		d.Office = d.Complaints.Office
	}
	c.ErrorPage = d.showError
	c.Secrets = d.secrets
	c.FormCookie = formCookie
	c.Hidden = true
	if c.Ready == nil {
		c.Ready = func(ctx context.Context) error { return d.Staff.Pool.Ping(ctx) }
	}
	d.app, d.table = web.New(c), table
	d.tally.Now = d.Now
	d.app.Mount(d.guarded(table))
	return d.app
}

// frame is what surrounds every page; current is the key of the navigation.
func (d *Desk) frame(c *fiber.Ctx, title, current string) view.DeskFrame {
	f := view.DeskFrame{Title: title, Current: current, Demo: d.Settings.Read(c.UserContext()).Demo, CSRF: web.CSRF(c), KeysOff: d.keysOff(c)}
	if v, err := d.visit(c); err == nil && v.state == whole {
		f.Person, f.Role = v.person.Name, v.person.Role.Title()
		for _, r := range d.rooms() {
			if f.Search == "" && slices.Contains(r.kind().Readers(), v.person.Role) {
				f.Search = listURL(r.kind())
			}
		}
		f.Nav = d.nav(func(key string) bool { return d.reaches(v.person.Role, key) }, d.navCounts(c, v.person))
	}
	return f
}

// navCounts are the numbers of the navigation. A page shows without them when
// they cannot be had, as on the page of an error; what was not counted to its
// end is no number.
func (d *Desk) navCounts(c *fiber.Ctx, p staff.Person) map[string]int {
	shown := map[string]int{}
	for _, r := range d.rooms() {
		if !slices.Contains(r.kind().Readers(), p.Role) {
			continue
		}
		counts, err := d.viewCounts(c.UserContext(), r.register(), p)
		if err != nil {
			d.Log.WarnContext(c.UserContext(), "navigation not counted", "error", err)
			return nil
		}
		shown["home"] += counts[register.ViewMine]
		shown[r.kind().Path] = counts[register.ViewOpen]
	}
	maps.DeleteFunc(shown, func(_ string, n int) bool { return n >= register.CountLimit })
	return shown
}

// reaches tells whether a role may open what the navigation calls key.
func (d *Desk) reaches(role staff.Role, key string) bool {
	path := "/" + key
	if key == "home" {
		path = "/"
	}
	for _, r := range d.table {
		if r.Method == fiber.MethodGet && r.Path == path {
			return r.May.allows(visit{state: whole, person: staff.Person{Role: role}})
		}
	}
	return false
}

// showError is the page of any error.
func (d *Desk) showError(c *fiber.Ctx, v web.ErrorView) error {
	return view.Show(c, errorPage(d.frame(c, v.Title, ""), v))
}

// seeOther sends the browser on after a POST, so that going back repeats nothing.
func seeOther(c *fiber.Ctx, to string) error { return c.Redirect(to, fiber.StatusSeeOther) }
