package portal_test

import (
	"crypto/rand"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"zhengxin/internal/captcha"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/stats"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal"
)

// site is the public site over an office of its own, with its log kept.
type site struct {
	*complainttest.Office
	App *web.App
	Log *strings.Builder
}

func newSite(t testing.TB) *site {
	t.Helper()
	o := complainttest.New(t)
	s := &site{Office: o, Log: &strings.Builder{}}
	log := slog.New(slog.NewTextHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p := portalSite(o, log)
	s.App = p.App(web.Config{URL: "http://portal.test", Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}}) // where app.Test comes from
	return s
}

func portalSite(o *complainttest.Office, log *slog.Logger) *portal.Site {
	return &portal.Site{
		Pool: o.DB.Portal, Complaints: o.Portal, Categories: o.Portal.Categories, Units: o.Portal.Units,
		Drafts:   &complaint.Drafts{Pool: o.DB.Portal, Now: o.Now},
		Captchas: &captcha.Desk{Pool: o.DB.Portal, Now: o.Now, Random: rand.Reader},
		Settings: &setting.Book{Pool: o.DB.Portal, Now: o.Now, Log: log},
		Notices:  notice.NewBoard(o.DB.Portal, o.Now), Stats: stats.NewBook(o.DB.Portal, o.Now),
		Clocks: clock.NewBook(o.DB.Portal, o.Now), Key: o.Keys.Portal, Now: o.Now, Random: rand.Reader, Log: log,
	}
}

// visitor is a browser of its own.
func (s *site) visitor() *webtest.Client { return webtest.New(s.App, "http://portal.test") }

// from is a browser behind an address, which others may share.
func (s *site) from(address string) *webtest.Client {
	v := s.visitor()
	v.Header.Set("X-Forwarded-For", address)
	return v
}

// digits are the answer to the captcha on a page.
func (s *site) digits(t testing.TB, page *webtest.Page) string {
	t.Helper()
	raw, err := pg.One[[]byte](t.Context(), s.DB.Owner, `SELECT digits FROM captcha WHERE id = @id`,
		pg.Args{"id": page.Attr(`[name=captcha_id]`, "value")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw)
}

func (s *site) count(t testing.TB, table string) int64 {
	t.Helper()
	n, err := pg.One[int64](t.Context(), s.DB.Owner, `SELECT count(*) FROM `+table, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
