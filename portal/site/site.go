// Package site is what every page of the public site stands on: what it is made
// of, the frame around a page, the visitor's cookies, and the components that
// only the public shows. It has no pages of its own but that of an error.
package site

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/captcha"
	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/notice"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Site is everything the public site needs. It holds no key that opens an
// identity: that is the wall between it and the desk.
type Site struct {
	Pool       *pgxpool.Pool
	Complaints *complaint.Register
	Categories *category.Directory
	Drafts     *complaint.Drafts
	Captchas   *captcha.Desk
	Units      *unit.Directory
	Notices    *notice.Board
	Stats      *stats.Book
	Settings   *setting.Book
	Clocks     *clock.Book
	Key        *key.Portal
	Now        func() time.Time
	Random     io.Reader
	Log        *slog.Logger

	app     *web.App
	guesses *web.Limiter // wrong pairs of number and code, at whatever numbers
}

// Begin makes the application on which pages are mounted; c says where the site
// stands and whom it trusts. Pages are made after it.
func (s *Site) Begin(c web.Config) *web.App {
	c.Log, c.Now = s.Log, s.Now
	c.ErrorPage = s.showError
	c.Secrets = s.secrets
	c.FormCookie = FormCookie
	if c.Ready == nil {
		c.Ready = func(ctx context.Context) error { return s.Pool.Ping(ctx) }
	}
	s.app = web.New(c)
	s.guesses = s.Limiter(60, 10*time.Second)
	return s.app
}

// Limiter is a soft limit of one address; see web.Limiter.
func (s *Site) Limiter(burst int, every time.Duration) *web.Limiter {
	return s.app.Limiter(burst, every)
}

// Link is the absolute address of a path of this site.
func (s *Site) Link(path string) string { return s.app.Link(path) }

// Complainant moves what is their own; the portal knows no other actor.
var Complainant = workflow.Actor{Role: staff.Complainant}

// showError is the page of any error.
func (s *Site) showError(c *fiber.Ctx, v web.ErrorView) error {
	frame := s.Frame(c, v.Title, "")
	frame.NoIndex = true
	return view.Show(c, errorPage(frame, v))
}

// NotFound hides the absent and the foreign behind one sentence.
func NotFound() error {
	return fault.New(fault.NotFound, "没有这一页。可能是地址抄错了，也可能公示期满已经撤下。")
}
