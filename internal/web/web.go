// Package web is the ground that the portal and the desk both stand on: a
// Fiber application with its dangerous defaults taken out, a table of routes,
// one order of middleware, one place where errors become pages. It knows
// nothing of complaints and nothing of templates.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// How long a peer may take. They are constants because no office has a reason
// to change them and every one of them closes an attack (security.md S1).
const (
	readTimeout  = 10 * time.Second // a whole request, its body included
	writeTimeout = 30 * time.Second // a whole answer
	idleTimeout  = 30 * time.Second // between two requests of a connection
	headerBytes  = 8 << 10          // request line and all headers together
	connections  = 8192             // at once; each costs about 30 kB
)

// Config is what one site gives to New.
type Config struct {
	// URL is the site's public address, such as https://xf.example.gov.cn.
	// Links and the Secure mark of cookies come from it, never from Host.
	URL string
	// Proxies are the only peers whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	Log     *slog.Logger
	Now     func() time.Time
	// ErrorPage writes the page of an error. It is not trusted: when it fails
	// or panics a tiny built-in page takes its place. nil means that page.
	ErrorPage func(c *fiber.Ctx, v ErrorView) error
	// Session runs before every route's guard and knows who is asking. May be nil.
	Session fiber.Handler
	// Secrets are the secrets of the asking visitor, best first; a form must
	// carry the token of one of them. While there are none, the secret in the
	// cookie FormCookie serves. May be nil.
	Secrets func(c *fiber.Ctx) []string
	// Door answers a form for which Outside was said: with the page where somebody
	// shows who they are, which carries it on. May be nil.
	Door fiber.Handler
	// Whose says in a word, which only the site can make, who is signed in. A form bears
	// it, and is shown once more to nobody else: several people share a computer. Empty:
	// nobody is. May be nil, where forms are bound otherwise.
	Whose func(c *fiber.Ctx) string
	// Safe closes up what a form says on its way through the door, for whom Whose names.
	// It is there where Whose is.
	Safe Safe
	// FormCookie names the cookie of a visitor without a session. Empty means
	// zx_form. Cookies ignore ports, so the two sites need different names.
	FormCookie string
	// Timeout bounds the work on one request through UserContext; 0 means 10 s.
	Timeout time.Duration
	// Ready says whether the site can do its work (database, schema). May be nil.
	Ready func(ctx context.Context) error
	// Beat says in one line how the background work goes, for who watches from outside; it
	// turns nothing red, since the site works without. May be nil.
	Beat func(ctx context.Context) string
	// Hidden keeps the whole site out of search engines.
	Hidden bool
	// Drain is how long health stays red before the listener closes at the
	// end, so that a balancer can look away. 0 is right without a balancer.
	Drain time.Duration
}

// Safe closes up and opens; what was closed up for one does not open for another.
type Safe interface {
	Seal(whose string, plain []byte) ([]byte, error)
	Open(whose string, sealed []byte) ([]byte, error)
}

// App is one site. Make it with New, fill it with Mount, run it with Serve.
type App struct {
	cfg      Config
	fiber    *fiber.App
	cookies  Cookies
	origin   string // of the site, as a browser says it
	origins  http.CrossOriginProtection
	headers  []header
	routes   []Route
	limiters []*Limiter
	draining atomic.Bool
}

// New makes a site that answers nothing yet but /healthz and /readyz. A
// configuration that cannot work panics: it is a mistake in our own code.
func New(cfg Config) *App {
	site, err := url.Parse(cfg.URL)
	if err != nil || site.Host == "" || (site.Scheme != "http" && site.Scheme != "https") {
		panic("web: Config.URL is not an http address: " + cfg.URL)
	}
	if cfg.Log == nil || cfg.Now == nil {
		panic("web: Config.Log and Config.Now are needed")
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.FormCookie == "" {
		cfg.FormCookie = "zx_form"
	}
	https := site.Scheme == "https"
	a := &App{cfg: cfg, cookies: NewCookies(https), origin: site.Scheme + "://" + site.Host, headers: headerTable(https)}
	// A proxy that rewrites Host would make our own forms look foreign.
	if err := a.origins.AddTrustedOrigin(a.origin); err != nil {
		panic("web: " + err.Error())
	}
	a.fiber = fiber.New(fiberConfig(a))
	a.tame(a.fiber.Server())
	for _, h := range a.around() {
		a.fiber.Use(h)
	}
	a.Mount([]Route{Get(healthPath, a.health), Get(readyPath, a.ready)})
	return a
}

// fiberConfig says where Fiber v2's defaults are wrong for a site that keeps
// secrets; security.md §2 has what each of them did when measured.
func fiberConfig(a *App) fiber.Config {
	return fiber.Config{
		// Without it a string kept after the handler shows the next sender's text.
		Immutable: true,
		// Without it a peer that declares 50 MB and sends one byte is given 50 MB.
		// It also switches BodyLimit off, which is why body.go counts for itself.
		StreamRequestBody: true,
		// Without it file parts are written in clear to the temporary folder.
		DisablePreParseMultipartForm: true,
		BodyLimit:                    ordinaryLimit,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		ReadBufferSize:               headerBytes,
		Concurrency:                  connections,
		// /Track and /track/ are not pages of ours: one page, one address; see astray.
		CaseSensitive: true,
		StrictRouting: true,
		// Fiber is told to trust nobody and given no header to read: its own
		// reading of X-Forwarded-For takes the end that the visitor writes, and
		// a trusted list would make it believe X-Forwarded-Host too. See Address.
		EnableTrustedProxyCheck: true,
		RequestMethods:          []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodPost},
		DisableStartupMessage:   true,
		ErrorHandler: func(c *fiber.Ctx, err error) error {
			a.showError(c, err)
			return nil
		},
	}
}

// tame sets what Fiber does not pass on to fasthttp.
func (a *App) tame(s *fasthttp.Server) {
	s.ErrorHandler = a.refuseBroken
	s.SecureErrorLogMessage = true
	s.CloseOnShutdown = true
	inner := s.Handler
	s.Handler = func(fctx *fasthttp.RequestCtx) {
		// Fiber answers an unknown method by itself, before any middleware.
		switch string(fctx.Method()) {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodPost:
			inner(fctx)
		default:
			a.refuseMethod(fctx)
		}
	}
}

// Cookies reads and writes this site's cookies.
func (a *App) Cookies() Cookies { return a.cookies }

// Link is the absolute address of a path of this site, for letters and feeds.
func (a *App) Link(path string) string {
	return trimSlash(a.cfg.URL) + path
}

// Test answers one request without a network; webtest is built on it.
func (a *App) Test(r *http.Request, msTimeout ...int) (*http.Response, error) {
	return a.fiber.Test(r, msTimeout...)
}

func trimSlash(s string) string {
	for len(s) > 0 && s[len(s)-1] == '/' {
		s = s[:len(s)-1]
	}
	return s
}
