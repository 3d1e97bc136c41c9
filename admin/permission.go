package admin

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// permission is who may use a route: visitors, half sessions (password right,
// second factor to come), roles. The zero value is nobody, and a route that
// has it stops the program at its start.
type permission struct {
	visitor, half bool
	roles         []staff.Role
}

var (
	anyone   = permission{visitor: true, half: true, roles: staff.Roles()}
	half     = permission{half: true}
	signedIn = permission{roles: staff.Roles()}
)

// only lets these roles in.
func only(roles ...staff.Role) permission { return permission{roles: roles} }

func (p permission) empty() bool { return !p.visitor && !p.half && len(p.roles) == 0 }

// open says that nobody is refused, so nobody need be looked up.
func (p permission) open() bool { return p.visitor && p.half && len(p.roles) == len(staff.Roles()) }

func (p permission) allows(v visit) bool {
	switch v.state {
	case whole:
		return slices.Contains(p.roles, v.person.Role)
	case halfway:
		return p.half
	default:
		return p.visitor
	}
}

// route is one line of the desk's table of routes.
type route struct {
	web.Route
	May permission
}

func get(path string, may permission, do fiber.Handler) route {
	return route{web.Get(path, do), may}
}

func post(path string, may permission, do fiber.Handler) route {
	return route{web.Post(path, do), may}
}

// guarded puts each route's permission before it.
func (d *Desk) guarded(table []route) []web.Route {
	all := make([]web.Route, len(table))
	for i, r := range table {
		if r.May.empty() {
			panic(fmt.Sprintf("admin: route %s %s: nobody may use it", r.Method, r.Path))
		}
		all[i] = r.Route
		all[i].Guard = d.guard(r.May)
	}
	return all
}

// guard refuses before a byte of the body is read.
func (d *Desk) guard(may permission) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if may.open() {
			return c.Next()
		}
		v, err := d.visit(c)
		if err != nil {
			return err
		}
		switch {
		case may.allows(*v) && c.Method() == fiber.MethodPost:
			defer d.tally.Forget() // what was just done must show in the next page
			return c.Next()
		case may.allows(*v):
			return c.Next()
		case v.state == whole:
			return fault.New(fault.NotFound, "") // not yours and absent look alike
		case c.Method() != fiber.MethodPost:
			return seeOther(c, v.door())
		}
		c.Status(fiber.StatusForbidden)
		return view.Show(c, expiredPage(d.frame(c, "登录已过期", "")))
	}
}
