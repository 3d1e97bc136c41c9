// Package portaltest puts the whole public site over an office of its own, and walks
// it as a visitor does. Only tests import it.
package portaltest

import (
	"crypto/rand"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"

	"zhengxin/internal/captcha"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/stats"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal"
	"zhengxin/portal/site"
)

// Site is the public site over an office of its own, with its log kept.
type Site struct {
	*complainttest.Office
	App     *web.App
	Log     *strings.Builder
	address string
}

// New opens the site, changed before it opens.
func New(t testing.TB, change ...func(*site.Site)) *Site {
	t.Helper()
	s := &Site{Office: complainttest.New(t), Log: &strings.Builder{}}
	s.OpenAt("http://portal.test", change...)
	return s
}

// OpenAt opens the site of the same office anew at an address.
func (s *Site) OpenAt(address string, change ...func(*site.Site)) {
	over := Over(s.Office, slog.New(slog.NewTextHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	for _, f := range change {
		f(over)
	}
	s.address = address
	// Where app.Test comes from may say whom it speaks for.
	s.App = portal.App(over, web.Config{URL: address, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}})
}

// Over is what the site is made of in that office.
func Over(o *complainttest.Office, log *slog.Logger) *site.Site {
	return &site.Site{
		Pool: o.DB.Portal, Complaints: o.Portal, Categories: o.Portal.Categories, Units: o.Portal.Units,
		Drafts:   &complaint.Drafts{Pool: o.DB.Portal, Now: o.Now},
		Captchas: &captcha.Desk{Pool: o.DB.Portal, Now: o.Now, Random: rand.Reader},
		Settings: &setting.Book{Pool: o.DB.Portal, Now: o.Now, Log: log},
		Notices:  notice.NewBoard(o.DB.Portal, o.Now), Stats: stats.NewBook(o.DB.Portal, kinds.Figures(), o.Now),
		Clocks: o.Portal.Engine.Clocks, Key: o.Keys.Portal, Now: o.Now, Random: rand.Reader, Log: log,
	}
}

// Visitor is a browser of its own.
func (s *Site) Visitor() *webtest.Client { return webtest.New(s.App, s.address) }

// From is a browser behind an address, which others may share.
func (s *Site) From(ip string) *webtest.Client {
	v := s.Visitor()
	v.Header.Set("X-Forwarded-For", ip)
	return v
}

// Digits are the answer to the captcha on a page.
func (s *Site) Digits(t testing.TB, page *webtest.Page) string {
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

// Count is how many rows a table has.
func (s *Site) Count(t testing.TB, table string) int64 {
	t.Helper()
	n, err := pg.One[int64](t.Context(), s.DB.Owner, `SELECT count(*) FROM `+table, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Serve puts the site on a port for a real browser.
func (s *Site) Serve(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.App.ServeListener(t.Context(), ln) }()
	t.Cleanup(func() { // after t.Context is done
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + ln.Addr().String()
}
