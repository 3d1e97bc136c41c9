package admin

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
)

type visitState int

const (
	visitor visitState = iota
	halfway            // password right, second factor to come
	whole
)

// visit is who is asking.
type visit struct {
	state   visitState
	lapsed  bool // brought a cookie that opens nothing any more
	secret  *key.Secret
	person  staff.Person
	session staff.Session
}

type visitKey struct{}

// visit looks the asking browser up, once per request. This file is the only
// place that keeps something in the request's locals.
func (d *Desk) visit(c *fiber.Ctx) (*visit, error) {
	if v, ok := c.Locals(visitKey{}).(*visit); ok {
		return v, nil
	}
	v, err := d.lookUp(c)
	if err != nil {
		return nil, err
	}
	c.Locals(visitKey{}, v)
	return v, nil
}

func (d *Desk) lookUp(c *fiber.Ctx) (*visit, error) {
	secret, ok := key.ParseSecret(d.app.Cookies().Read(c, staffCookie))
	if !ok {
		return &visit{}, nil
	}
	p, s, err := d.Staff.Current(c.UserContext(), secret)
	switch {
	case errors.Is(err, staff.ErrNoSession):
		return &visit{lapsed: true}, nil
	case err != nil:
		return nil, err
	case s.Half:
		return &visit{state: halfway, secret: &secret, person: p, session: s}, nil
	}
	return &visit{state: whole, secret: &secret, person: p, session: s}, nil
}

// person is who is signed in; only for routes behind a permission.
func person(c *fiber.Ctx) staff.Person { return visitOf(c).person }

// session is the one that this request came with.
func session(c *fiber.Ctx) staff.Session { return visitOf(c).session }

func visitOf(c *fiber.Ctx) visit {
	if v, ok := c.Locals(visitKey{}).(*visit); ok {
		return *v
	}
	return visit{}
}

// secrets are what a form's token belongs to: the session, once there is one.
func (d *Desk) secrets(c *fiber.Ctx) []string {
	v, err := d.visit(c)
	if err != nil || v.secret == nil {
		return nil
	}
	return []string{v.secret.Cookie()}
}

// door is where somebody who is not signed in has to go next.
func (v visit) door() string {
	switch {
	case v.state == halfway && v.session.Enrolled:
		return "/login/second-factor"
	case v.state == halfway:
		return "/login/enrol"
	case v.lapsed:
		return "/login?said=" + saidExpired
	}
	return "/login"
}

// keep gives the browser its new secret; the cookie ends with the browser, the
// session by its own limits.
func (d *Desk) keep(c *fiber.Ctx, secret key.Secret) {
	d.app.Cookies().Set(c, staffCookie, secret.Cookie(), 0)
}

// browser is what asks, and whether somebody has logged in on it before.
func (d *Desk) browser(c *fiber.Ctx) staff.Browser {
	b := staff.Browser{Address: web.Address(c), Name: device(c.Get(fiber.HeaderUserAgent))}
	if secret, ok := key.ParseSecret(d.app.Cookies().Read(c, deviceCookie)); ok {
		b.Device = &secret
	}
	return b
}

// letIn ends a login. The device cookie outlives the session and the logout: it
// is what keeps the person apart from whoever guesses behind the same address.
func (d *Desk) letIn(c *fiber.Ctx, entry staff.Entry) error {
	d.keep(c, entry.Session)
	d.app.Cookies().Set(c, deviceCookie, entry.Device.Cookie(), staff.DeviceLife)
	return seeOther(c, "/")
}

func (d *Desk) forget(c *fiber.Ctx) { d.app.Cookies().Clear(c, staffCookie) }

// isOver tells that the session ended while it was in use.
func isOver(err error) bool { return fault.Is(err, fault.Expired) }
