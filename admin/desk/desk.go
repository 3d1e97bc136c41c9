// Package desk is what every page of the staff's desk needs: who asks and whether they
// may, what surrounds a page, tokens of forms, what is kept of what was being written.
package desk

import (
	"context"
	"log/slog"
	"maps"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/daybook"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/verify"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Desk is what all pages stand on.
type Desk struct {
	Office   register.Office
	Staff    *staff.Register
	Settings *setting.Book
	Daybook  *daybook.Book // where changes of the office are written down
	Public   string        // the address of the public site, to which a slip leads
	Now      func() time.Time
	Log      *slog.Logger
	Rooms    []Room // all registers, in the order of the navigation
	// Door answers a form of somebody whose session has gone: with the page of the
	// login, which carries it on.
	Door fiber.Handler

	// Verify holds everything against what was signed; nil where this process cannot.
	Verify func(context.Context) (verify.Sum, error)
	// Behind carries out what a form has begun and nobody waits for; nil: beside the form.
	Behind func(work func())

	Tally register.Tally // counts that are kept a moment

	site  *web.App
	table []Route
}

// The cookies of the desk. Cookies ignore ports, so the portal has others.
const (
	StaffCookie  = "zx_staff"
	deviceCookie = "zx_staff_device"
	formCookie   = "zx_desk_form"
)

// Mount puts the pages of a table behind their guards, once; c says where the desk
// stands and whom it trusts.
func (d *Desk) Mount(c web.Config, table []Route) *web.App {
	c.Log, c.Now = d.Log, d.Now
	c.ErrorPage = d.showError
	c.Secrets = d.secrets
	c.FormCookie = formCookie
	c.Door = d.Door
	c.Whose, c.Safe = d.whose, safe{d.Staff.Key}
	c.Hidden = true
	if c.Ready == nil {
		c.Ready = func(ctx context.Context) error { return d.Staff.Pool.Ping(ctx) }
	}
	d.site, d.table = web.New(c), table
	d.Tally.Now = d.Now
	d.site.Mount(d.guarded(table))
	return d.site
}

// Cookies are those of the desk.
func (d *Desk) Cookies() web.Cookies { return d.site.Cookies() }

// Table is the table of routes that the desk was mounted with.
func (d *Desk) Table() []Route { return d.table }

// Frame is what surrounds every page; current is the key of the navigation.
func (d *Desk) Frame(c *fiber.Ctx, title, current string) Frame {
	f := Frame{Title: title, Current: current, Demo: d.Settings.Read(c.UserContext()).Demo, CSRF: web.CSRF(c), KeysOff: d.KeysOff(c), Pasted: web.Pasted(c), Undone: web.Undone(c)}
	if v, err := d.Visit(c); err == nil && v.State == Whole {
		f.Person, f.Role = v.Person.Name, v.Person.Role.Title()
		for _, r := range d.Rooms {
			if f.Search == "" && r.Kind().ReadBy(v.Person.Role) {
				f.Search = ListURL(r.Kind())
			}
		}
		f.Nav = d.nav(func(key string) bool { return d.Reaches(v.Person.Role, key) }, d.navCounts(c, v.Person))
	}
	return f
}

// navCounts are the numbers of the navigation. A page shows without them when
// they cannot be had, as on the page of an error; what was not counted to its
// end is no number.
func (d *Desk) navCounts(c *fiber.Ctx, p staff.Person) map[string]int {
	counts, err := d.ViewCounts(c.UserContext(), p)
	if err != nil {
		d.Log.WarnContext(c.UserContext(), "navigation not counted", "error", err)
		return nil
	}
	shown := map[string]int{}
	for kind, views := range counts {
		shown["home"] += views[register.ViewMine]
		shown[kind.Path] = views[register.ViewOpen]
	}
	maps.DeleteFunc(shown, func(_ string, n int) bool { return n >= register.CountLimit })
	return shown
}

// Reaches tells whether a role may open what the navigation calls key.
func (d *Desk) Reaches(role staff.Role, key string) bool {
	path := "/" + key
	if key == "home" {
		path = "/"
	}
	for _, r := range d.table {
		if r.Method == fiber.MethodGet && r.Path == path {
			return r.May.Allows(Visit{State: Whole, Person: staff.Person{Role: role}})
		}
	}
	return false
}

// showError is the page of any error.
func (d *Desk) showError(c *fiber.Ctx, v web.ErrorView) error {
	return view.Show(c, errorPage(d.Frame(c, v.Title, ""), v))
}
