package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// around is what every request passes, outermost first.
func (a *App) around() []fiber.Handler {
	return []fiber.Handler{
		a.identify,   // first, so that everything after it can name the request
		a.observe,    // outside recover, so that a panic is logged with its 500
		a.rescue,     // inside observe, so that the panic becomes an ordinary error
		a.head,       // before anything can answer, so that no answer lacks them
		a.legible,    // before a handler can hand bytes to a database that refuses them
		a.sameOrigin, // before a session is looked up or a body read for a foreign page
		a.astray,     // before an address that is no page's becomes 404
	}
}

// before is what the handler of one route waits for, outermost first.
func (a *App) before(r Route) []fiber.Handler {
	chain := []fiber.Handler{
		a.enter(r), // names the pattern for the log, before anything can fail
		a.limit(r), // the clock starts before the first database call
	}
	if r.Soft != nil {
		chain = append(chain, a.slowDown(r.Soft)) // before the session costs a query
	}
	if a.cfg.Session != nil {
		chain = append(chain, a.cfg.Session) // who asks, before may they
	}
	if r.Guard != nil {
		chain = append(chain, r.Guard) // before the body: a stranger sends us nothing
	}
	if r.Method == fiber.MethodPost {
		chain = append(chain, a.read(r)) // size and type, counted; then the token in it
	}
	return append(chain, r.Do)
}

// state is what the chain knows of one request.
type state struct {
	app     *App
	id      string
	pattern string
	start   time.Time
	body    *counted
	form    Values
	dropped []rune // control characters that came with the form and were not kept
	parts   *Parts
	secret  string // of the form cookie, when this answer sets it
	token   string // that the form bore
	whose   string // for whom the form was drawn, as it says: see Config.Whose

	door    bool     // the route is one: see Route.Door
	outside bool     // a guard lets nobody in, and the form is ours: Config.Door answers it
	carried *Carried // what the form of a door carries on
	lost    bool     // the form had files, which are not carried
	undone  bool     // the form is shown once more and not acted on
}

type stateKey struct{}

// stateOf is never nil, so that a page of an error can be made for a request
// that never reached the chain.
func stateOf(c *fiber.Ctx) *state {
	if s, ok := c.Locals(stateKey{}).(*state); ok {
		return s
	}
	return &state{id: newID()}
}

// RequestID is the number that a visitor may read out on the telephone.
func RequestID(c *fiber.Ctx) string { return stateOf(c).id }

func newID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails: see its documentation
	s := strings.ToUpper(hex.EncodeToString(b[:]))
	return s[:4] + "-" + s[4:]
}

func (a *App) identify(c *fiber.Ctx) error {
	c.Locals(stateKey{}, &state{app: a, id: newID(), start: a.cfg.Now()})
	return c.Next()
}

// observe writes one line per request, turns errors into pages and leaves no
// unread byte behind. The line has the route's pattern, never the path or the
// query, which hold numbers of matters; and no address.
func (a *App) observe(c *fiber.Ctx) error {
	st := stateOf(c)
	if err := c.Next(); err != nil {
		a.showError(c, err)
	}
	finish(c, st)
	if a.draining.Load() {
		c.Context().SetConnectionClose()
	}
	a.cfg.Log.LogAttrs(context.Background(), a.level(c, st), "request",
		slog.String("id", st.id),
		slog.String("method", c.Method()),
		slog.String("route", st.pattern),
		slog.Int("status", c.Response().StatusCode()),
		slog.Int("bytes", answerBytes(c)),
		slog.Duration("took", a.cfg.Now().Sub(st.start)),
	)
	return nil
}

// level keeps a balancer's questions, one every other second, out of the log
// as long as all is well.
func (a *App) level(c *fiber.Ctx, st *state) slog.Level {
	if (st.pattern == healthPath || st.pattern == readyPath) && c.Response().StatusCode() == fiber.StatusOK {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// answerBytes is the length of the answer; asking a streamed one for its body
// would read all of it into memory.
func answerBytes(c *fiber.Ctx) int {
	if c.Response().IsBodyStream() {
		return c.Response().Header.ContentLength()
	}
	return len(c.Response().Body())
}

// rescue turns a panic into an Internal error. What was panicked with may be
// somebody's text, so only its type and, for Go's own faults, its message stay.
func (a *App) rescue(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			what := fmt.Sprintf("%T", p)
			if e, ok := p.(interface {
				error
				RuntimeError()
			}); ok {
				what = e.Error()
			}
			err = fmt.Errorf("panic: %s\n%s", what, debug.Stack())
		}
	}()
	return c.Next()
}

func (a *App) enter(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		stateOf(c).pattern = r.Path
		if r.Hidden {
			c.Set(robots, noRobots)
		}
		return c.Next()
	}
}

// limit gives UserContext its deadline and a slow route its patience.
func (a *App) limit(r Route) fiber.Handler {
	work := a.cfg.Timeout
	if r.Slow > 0 {
		work = r.Slow
	}
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), work)
		defer cancel()
		c.SetUserContext(ctx)
		if r.Slow > 0 {
			// The connection's clock is the machine's, whatever Config.Now says.
			_ = c.Context().SetWriteDeadline(time.Now().Add(r.Slow + writeTimeout))
		}
		return c.Next()
	}
}
