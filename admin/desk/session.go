package desk

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
)

// VisitState is how far somebody has come in.
type VisitState int

// How far; the zero state is a visitor.
const (
	Outside VisitState = iota
	Halfway            // password right, second factor to come
	Whole
)

// Visit is who is asking.
type Visit struct {
	State   VisitState
	lapsed  bool // brought a cookie that opens nothing any more
	Secret  *key.Secret
	Person  staff.Person
	session staff.Session
}

type visitKey struct{}

// Visit looks the asking browser up, once per request. This file is the only
// place that keeps something in the request's locals.
func (d *Desk) Visit(c *fiber.Ctx) (*Visit, error) {
	if v, ok := c.Locals(visitKey{}).(*Visit); ok {
		return v, nil
	}
	v, err := d.lookUp(c)
	if err != nil {
		return nil, err
	}
	c.Locals(visitKey{}, v)
	return v, nil
}

func (d *Desk) lookUp(c *fiber.Ctx) (*Visit, error) {
	secret, ok := key.ParseSecret(d.Cookies().Read(c, StaffCookie))
	if !ok {
		return &Visit{}, nil
	}
	v, err := d.opened(c, secret)
	if errors.Is(err, staff.ErrNoSession) {
		return &Visit{lapsed: true}, nil
	}
	return v, err
}

func (d *Desk) opened(c *fiber.Ctx, secret key.Secret) (*Visit, error) {
	p, s, err := d.Staff.Current(c.UserContext(), secret)
	if err != nil {
		return nil, err
	}
	v := &Visit{State: Whole, Secret: &secret, Person: p, session: s}
	if s.Half {
		v.State = Halfway
	}
	return v, nil
}

// Person is who is signed in; only for routes behind a permission.
func Person(c *fiber.Ctx) staff.Person { return visitOf(c).Person }

// Session is the one that this request came with.
func Session(c *fiber.Ctx) staff.Session { return visitOf(c).session }

func visitOf(c *fiber.Ctx) Visit {
	if v, ok := c.Locals(visitKey{}).(*Visit); ok {
		return *v
	}
	return Visit{}
}

// secrets are what a form's token belongs to: the session, once there is one.
func (d *Desk) secrets(c *fiber.Ctx) []string {
	v, err := d.Visit(c)
	if err != nil || v.Secret == nil {
		return nil
	}
	return []string{v.Secret.Cookie()}
}

// SaidExpired is what the page of the login says to whose session has lapsed.
const SaidExpired = "expired"

// Become is for whoever has just shown who they are: the rest of this request is theirs.
func (d *Desk) Become(c *fiber.Ctx, secret key.Secret) error {
	v, err := d.opened(c, secret)
	if err == nil {
		c.Locals(visitKey{}, v)
	}
	return err
}

// door is where somebody who is not signed in has to go next.
func (v Visit) door() string {
	switch {
	case v.State == Halfway && v.session.Enrolled:
		return "/login/second-factor"
	case v.State == Halfway:
		return "/login/enrol"
	case v.lapsed:
		return "/login?said=" + SaidExpired
	}
	return "/login"
}

// Keep gives the browser its new secret; the cookie ends with the browser, the
// session by its own limits.
func (d *Desk) Keep(c *fiber.Ctx, secret key.Secret) {
	d.Cookies().Set(c, StaffCookie, secret.Cookie(), 0)
}

// Browser is what asks, and whether somebody has logged in on it before.
func (d *Desk) Browser(c *fiber.Ctx) staff.Browser {
	b := staff.Browser{Address: web.Address(c), Name: device(c.Get(fiber.HeaderUserAgent))}
	if secret, ok := key.ParseSecret(d.Cookies().Read(c, deviceCookie)); ok {
		b.Device = &secret
	}
	return b
}

// LetIn ends a login, and goes on with what it carried. The device cookie outlives the session and the logout: it
// is what keeps the person apart from whoever guesses behind the same address.
func (d *Desk) LetIn(c *fiber.Ctx, entry staff.Entry) error {
	d.Keep(c, entry.Session)
	d.Cookies().Set(c, deviceCookie, entry.Device.Cookie(), staff.DeviceLife)
	if sent, ok := web.GoesOn(c); ok {
		return web.GoOn(c, sent)
	}
	return web.SeeOther(c, "/")
}

// Forget takes the browser's secret away.
func (d *Desk) Forget(c *fiber.Ctx) { d.Cookies().Clear(c, StaffCookie) }

// IsOver tells that the session ended while it was in use.
func IsOver(err error) bool { return fault.Is(err, fault.Expired) }
