package web_test

import (
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

func TestForwardedAddressesAreBelievedFromOurProxiesOnly(t *testing.T) {
	t.Parallel()
	// app.Test comes from 0.0.0.0.
	for _, c := range []struct {
		name, proxies string
		forwarded     []string
		want          string
	}{
		{"no proxy, nothing said", "", nil, "0.0.0.0"},
		{"no proxy, a forged address", "", []string{"6.6.6.6"}, "0.0.0.0"},
		{"another proxy than the peer", "10.0.0.0/8", []string{"6.6.6.6"}, "0.0.0.0"},
		{"our proxy", "0.0.0.0", []string{"7.7.7.7"}, "7.7.7.7"},
		{"our proxy wrote behind what the visitor forged", "0.0.0.0", []string{"6.6.6.6, 7.7.7.7"}, "7.7.7.7"},
		{"the same in two lines", "0.0.0.0", []string{"6.6.6.6", "7.7.7.7"}, "7.7.7.7"},
		{"two of our proxies", "0.0.0.0, 10.0.0.0/8", []string{"6.6.6.6, 7.7.7.7, 10.1.2.3"}, "7.7.7.7"},
		{"rubbish behind", "0.0.0.0", []string{"7.7.7.7, unknown"}, "0.0.0.0"},
		{"rubbish in front", "0.0.0.0", []string{"rubbish, 7.7.7.7"}, "7.7.7.7"},
		{"nothing said", "0.0.0.0", nil, "0.0.0.0"},
		{"IPv6", "0.0.0.0", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv4 in IPv6", "0.0.0.0", []string{"::ffff:7.7.7.7"}, "7.7.7.7"},
	} {
		proxies, err := web.ParseProxies(c.proxies)
		if err != nil {
			t.Fatal(err)
		}
		cfg, _ := config(t)
		cfg.Proxies = proxies
		app := web.New(cfg)
		app.Mount([]web.Route{web.Get("/", func(c *fiber.Ctx) error { return c.SendString(web.Address(c).String()) })})
		visitor := webtest.New(app, here)
		visitor.Header = http.Header{"X-Forwarded-For": c.forwarded}
		if got := visitor.Get(t, "/").Body; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAProxyListWithAMistakeIsRefused(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"10.0.0.0/33", "proxy", "10.0.0.1;10.0.0.2"} {
		if got, err := web.ParseProxies(list); err == nil {
			t.Errorf("%q became %v", list, got)
		}
	}
}

func TestLinksComeFromTheSitesAddressNotFromHost(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.URL = "https://xf.test/"
	app := web.New(cfg)
	app.Mount([]web.Route{web.Get("/", func(c *fiber.Ctx) error { return c.SendString(app.Link("/notices/1")) })})
	visitor := webtest.New(app, "http://evil.test")
	visitor.Header.Set("X-Forwarded-Host", "evil.test")
	if got := visitor.Get(t, "/").Body; got != "https://xf.test/notices/1" {
		t.Error(got)
	}
}

// watch is a clock that a test turns.
type watch struct{ at time.Time }

func (w *watch) now() time.Time { return w.at }

func TestALimiterSlowsOneAddressAndSparesTheOthers(t *testing.T) {
	t.Parallel()
	clock := &watch{time.Unix(1_800_000_000, 0)}
	l := web.NewLimiter(3, 10*time.Second, clock.now)
	a, b := netip.MustParseAddr("7.7.7.7"), netip.MustParseAddr("8.8.8.8")
	for i := range 3 {
		if wait := l.Take(a); wait != 0 {
			t.Errorf("request %d has to wait %v", i+1, wait)
		}
	}
	if wait := l.Take(a); wait != 10*time.Second {
		t.Errorf("the fourth waits %v, want 10s", wait)
	}
	if wait := l.Take(b); wait != 0 {
		t.Errorf("another address waits %v", wait)
	}
	clock.at = clock.at.Add(4 * time.Second)
	if wait := l.Take(a); wait != 6*time.Second {
		t.Errorf("after 4 s it waits %v, want 6s", wait)
	}
	clock.at = clock.at.Add(6 * time.Second)
	if wait := l.Take(a); wait != 0 {
		t.Errorf("after 10 s it waits %v", wait)
	}
}

func TestALimiterForgetsAndNeverGrowsPastItsBound(t *testing.T) {
	t.Parallel()
	clock := &watch{time.Unix(1_800_000_000, 0)}
	l := web.NewLimiter(3, 10*time.Second, clock.now)
	for i := range web.MaxAddresses + 1000 {
		addr := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		if wait := l.Take(addr); wait != 0 {
			t.Fatalf("newcomer %d waits %v", i, wait)
		}
	}
	if n := web.Held(l); n != web.MaxAddresses {
		t.Errorf("%d addresses are held", n)
	}
	clock.at = clock.at.Add(31 * time.Second)
	if l.Forget(); web.Held(l) != 0 {
		t.Errorf("%d addresses are still held when all buckets are full again", web.Held(l))
	}
}

func TestOneSubscriberOfIPv6IsOneAddress(t *testing.T) {
	t.Parallel()
	l := web.NewLimiter(1, time.Minute, time.Now)
	if l.Take(netip.MustParseAddr("2001:db8::1")) != 0 || l.Take(netip.MustParseAddr("2001:db8::ffff:2")) == 0 {
		t.Error("changing the lower half of the address escaped the limit")
	}
	if l.Take(netip.MustParseAddr("2001:db8:0:1::1")) != 0 {
		t.Error("a neighbour was made to wait")
	}
}

func TestASoftRouteAsksToWait(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	clock := &watch{time.Unix(1_800_000_000, 0)}
	app.Mount([]web.Route{{Method: "GET", Path: "/track", Soft: web.NewLimiter(2, 90*time.Second, clock.now),
		Do: func(c *fiber.Ctx) error { return c.SendString("好") }}})
	visitor := webtest.New(app, here)
	visitor.Get(t, "/track").Want(t, 200)
	visitor.Get(t, "/track").Want(t, 200)
	page := visitor.Get(t, "/track").Want(t, 429)
	if page.Header.Get("Retry-After") != "90" {
		t.Errorf("Retry-After %q", page.Header.Get("Retry-After"))
	}
	visitor.Get(t, "/healthz").Want(t, 200)
}
