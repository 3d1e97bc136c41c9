// Package portal is the public site: one handler file and one .templ file per
// page, and routes.go, which a newcomer reads top to bottom.
package portal

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
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
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

	app  *web.App
	slow slow
}

// App mounts the site; c says where it stands and whom it trusts.
func (s *Site) App(c web.Config) *web.App {
	c.Log, c.Now = s.Log, s.Now
	c.ErrorPage = s.showError
	c.Secrets = s.secrets
	c.FormCookie = formCookie
	if c.Ready == nil {
		c.Ready = func(ctx context.Context) error { return s.Pool.Ping(ctx) }
	}
	s.app = web.New(c)
	s.slow = newSlow(s.app)
	s.app.Mount(s.routes())
	return s.app
}

// The cookies of the public site. Cookies ignore ports, so the desk has others.
const (
	formCookie   = "zx_form"
	draftCookie  = "zx_draft"
	unlockCookie = "zx_unlock"
	elderCookie  = "zx_elder"
	filedCookie  = "zx_filed" // the draft of zx_draft was sent, it did not lapse
)

// secrets are what a form's token may belong to, best first: the draft, the
// unlocked matter, and the visit itself.
func (s *Site) secrets(c *fiber.Ctx) []string {
	return []string{
		s.app.Cookies().Read(c, draftCookie), s.app.Cookies().Read(c, unlockCookie), web.FormSecret(c),
	}
}

// frame is what surrounds every page.
func (s *Site) frame(c *fiber.Ctx, title, current string) view.PortalFrame {
	set := s.Settings.Read(c.UserContext())
	return view.PortalFrame{
		Title: title, Current: current, Elder: s.elder(c), Demo: set.Demo, CSRF: web.CSRF(c), Path: c.Path(),
		Settings: view.Settings{Host: set.Host, Hotline: set.Hotline, Address: set.Address, Mail: set.Mailbox},
	}
}

func (s *Site) elder(c *fiber.Ctx) bool { return s.app.Cookies().Read(c, elderCookie) == "on" }

// visitor is the secret of a cookie, made now when there is none and make says so.
func (s *Site) visitor(c *fiber.Ctx, cookie string) (key.Secret, bool) {
	return key.ParseSecret(s.app.Cookies().Read(c, cookie))
}

// newVisitor gives the browser a secret of its own.
func (s *Site) newVisitor(c *fiber.Ctx, cookie string, life time.Duration) (key.Secret, error) {
	secret, err := key.NewSecret(s.Random)
	if err != nil {
		return key.Secret{}, err
	}
	s.app.Cookies().Set(c, cookie, secret.Cookie(), life)
	return secret, nil
}

// showError is the page of any error.
func (s *Site) showError(c *fiber.Ctx, v web.ErrorView) error {
	frame := s.frame(c, v.Title, "")
	frame.NoIndex = true
	return view.Show(c, errorPage(frame, v))
}

// seeOther sends the browser on after a POST, so that going back repeats nothing.
func seeOther(c *fiber.Ctx, to string) error { return c.Redirect(to, fiber.StatusSeeOther) }

// notFound hides the absent and the foreign behind one sentence.
func notFound() error {
	return fault.New(fault.NotFound, "没有这一页。可能是地址抄错了，也可能公示期满已经撤下。")
}
