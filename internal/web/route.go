package web

import (
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
)

// The most that a form may weigh, an ordinary one and one with long texts.
const (
	ordinaryLimit = 64 << 10
	longLimit     = 384 << 10
)

// BodyKind says what a route's request may carry.
type BodyKind int

const (
	// FormBody is application/x-www-form-urlencoded, read before the handler;
	// the handler asks Form.
	FormBody BodyKind = iota
	// MultipartBody is multipart/form-data; its first part must be the token,
	// the handler takes the rest from Upload as it arrives.
	MultipartBody
	// RawBody is anything; the handler reads Body. Such a route has no form
	// and so needs NoToken.
	RawBody
)

// Route is one line of a site's table of routes.
type Route struct {
	Method string // GET (which answers HEAD too) or POST
	Path   string // Fiber's pattern, such as /complaints/:number
	Do     fiber.Handler

	// Guard runs after Config.Session and before a byte of the body is read.
	Guard fiber.Handler
	// Body is what a POST may carry.
	Body BodyKind
	// Limit is the most bytes that the body may have; 0 means 64 kB.
	Limit int64
	// Slow, when set, is how long the whole exchange may take instead of the
	// usual seconds: for uploads and downloads over a village's line.
	Slow time.Duration
	// Again shows the page of this form with what is in Form, and does nothing: for a
	// form of ours that may not be acted on now, see Carried. It has no secrets. nil
	// is a page that shows the form by itself.
	Again fiber.Handler
	// Door is where somebody shows who they are. Its form may carry another one on.
	Door bool
	// NoToken says why this POST asks for no form token. Empty: it asks.
	NoToken string
	// Soft slows one address down; see Limiter.
	Soft *Limiter
	// Hidden keeps the page out of search engines.
	Hidden bool
}

// Get is a page.
func Get(path string, do fiber.Handler) Route {
	return Route{Method: fiber.MethodGet, Path: path, Do: do}
}

// Post is where an ordinary form goes.
func Post(path string, do fiber.Handler) Route {
	return Route{Method: fiber.MethodPost, Path: path, Do: do}
}

// Long lets a form carry 10,000 characters several times over: a Han character
// is nine bytes on the wire.
func Long(r Route) Route {
	r.Limit = longLimit
	return r
}

// Door lets a form carry another one on, which may be long.
func Door(r Route) Route {
	r.Door, r.Limit = true, longLimit+ordinaryLimit
	return r
}

// Or shows a form again where it may not be acted on: see Route.Again.
func (r Route) Or(again fiber.Handler) Route {
	r.Again = again
	return r
}

// Mount adds routes to the site. A line that is empty, doubled or cannot work
// panics with the line: it must never come to be served.
func (a *App) Mount(routes []Route) {
	for _, r := range routes {
		if err := r.fault(); err != "" {
			panic(fmt.Sprintf("web: route %q %q: %s", r.Method, r.Path, err))
		}
		if slices.ContainsFunc(a.routes, r.same) {
			panic(fmt.Sprintf("web: route %s %s is there twice", r.Method, r.Path))
		}
		if r.Limit == 0 {
			r.Limit = ordinaryLimit
		}
		a.routes = append(a.routes, r)
		handlers := a.before(r)
		if r.Method == fiber.MethodGet {
			a.fiber.Get(r.Path, handlers...)
		} else {
			a.fiber.Post(r.Path, handlers...)
		}
	}
}

// Routes are all mounted routes, for tests that visit every one.
func (a *App) Routes() []Route { return slices.Clone(a.routes) }

func (r Route) same(o Route) bool { return r.Method == o.Method && r.Path == o.Path }

func (r Route) fault() string {
	switch {
	case r.Method != fiber.MethodGet && r.Method != fiber.MethodPost:
		return "the method must be GET or POST"
	case r.Path == "" || r.Path[0] != '/':
		return "the path must begin with /"
	case r.Path != "/" && r.Path[len(r.Path)-1] == '/':
		return "the path must not end with /"
	case r.Do == nil:
		return "nothing to do"
	case r.Limit < 0 || r.Slow < 0:
		return "a limit is negative"
	case r.Method == fiber.MethodPost && r.Body == RawBody && r.NoToken == "":
		return "a raw body has no form token: say in NoToken why that is safe"
	}
	return ""
}
