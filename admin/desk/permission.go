package desk

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Permission is who may use a route: visitors, half sessions (password right,
// second factor to come), roles. The zero value is nobody, and a route that
// has it stops the program at its start.
type Permission struct {
	visitor, half bool
	roles         []staff.Role
}

// Who may use a route, for those that ask no more than that somebody is signed in.
var (
	Anyone   = Permission{visitor: true, half: true, roles: staff.Roles()}
	Half     = Permission{half: true}
	SignedIn = Permission{roles: staff.Roles()}

	Sysadmins = Only(staff.Sysadmin)
)

// Only lets these roles in.
func Only(roles ...staff.Role) Permission { return Permission{roles: roles} }

func (p Permission) empty() bool { return !p.visitor && !p.half && len(p.roles) == 0 }

// open says that nobody is refused, so nobody need be looked up.
func (p Permission) open() bool { return p.visitor && p.half && len(p.roles) == len(staff.Roles()) }

// Allows says whether a visit may.
func (p Permission) Allows(v Visit) bool {
	switch v.State {
	case Whole:
		return slices.Contains(p.roles, v.Person.Role)
	case Halfway:
		return p.half
	default:
		return p.visitor
	}
}

// Route is one line of the desk's table of routes.
type Route struct {
	web.Route
	May Permission
}

// Get is a page that is read.
func Get(path string, may Permission, do fiber.Handler) Route {
	return Route{web.Get(path, do), may}
}

// Post is a form that is sent.
func Post(path string, may Permission, do fiber.Handler) Route {
	return Route{web.Post(path, do), may}
}

// Or shows the form again where it may not be acted on: see web.Route.Again.
func (r Route) Or(again fiber.Handler) Route {
	r.Again = again
	return r
}

// AtDoor lets a form of the login carry another one on.
func AtDoor(r Route) Route {
	r.Route = web.Door(r.Route)
	return r
}

// guarded puts each route's permission before it.
func (d *Desk) guarded(table []Route) []web.Route {
	all := make([]web.Route, len(table))
	for i, r := range table {
		if r.May.empty() {
			panic(fmt.Sprintf("desk: route %s %s: nobody may use it", r.Method, r.Path))
		}
		all[i] = r.Route
		all[i].Guard = d.guard(r.May)
	}
	return all
}

// guard refuses before a byte of the body is read; a form of ours whose session has gone
// is read and carried on through the door.
func (d *Desk) guard(may Permission) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if may.open() {
			return c.Next()
		}
		v, err := d.Visit(c)
		if err != nil {
			return err
		}
		switch {
		case may.Allows(*v) && c.Method() == fiber.MethodPost:
			defer d.Tally.Forget() // what was just done must show in the next page
			return c.Next()
		case may.Allows(*v):
			return c.Next()
		case v.State == Whole:
			return fault.New(fault.NotFound, "") // not yours and absent look alike
		case c.Method() != fiber.MethodPost:
			return web.SeeOther(c, v.door())
		case web.Outside(c):
			return c.Next()
		}
		c.Status(fiber.StatusForbidden)
		return view.Show(c, expiredPage(d.Frame(c, "登录已过期", "")))
	}
}
