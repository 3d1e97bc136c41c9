package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// Values are the fields of a form: valid UTF-8, without NUL, at most 200.
type Values struct{ v url.Values }

// Form is the form that came with this request, empty when none did.
func Form(c *fiber.Ctx) Values { return stateOf(c).form }

// Get is the first value of a field, empty when it is absent.
func (f Values) Get(name string) string { return f.v.Get(name) }

// All are the values of a field that may be ticked more than once.
func (f Values) All(name string) []string { return f.v[name] }

// Has reports that the field was sent, even empty.
func (f Values) Has(name string) bool { return f.v.Has(name) }

// Map is a view of all fields; the form token is not among them.
func (f Values) Map() url.Values { return f.v }

// SeeOther sends the browser on after a POST, so that going back repeats nothing.
func SeeOther(c *fiber.Ctx, to string) error { return c.Redirect(to, fiber.StatusSeeOther) }
