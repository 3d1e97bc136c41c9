package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

func TestARequestUnderWayFinishesWhenTheEndComes(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	cfg.Drain = time.Second
	app := web.New(cfg)
	inside, leave := make(chan struct{}), make(chan struct{})
	app.Mount([]web.Route{web.Get("/long", func(c *fiber.Ctx) error {
		close(inside)
		<-leave
		return c.SendString("办完了")
	})})
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- app.ServeListener(ctx, ln) }()

	conn := dial(t, ln.Addr().String())
	fmt.Fprint(conn, "GET /long HTTP/1.1\r\nHost: xf.test\r\n\r\n")
	<-inside
	stop()
	for { // while the listener is still open
		got := answers(t, ln.Addr().String(), closing)
		if len(got) == 0 {
			t.Fatal("the listener closed before health was red")
		}
		if got[0].StatusCode == http.StatusServiceUnavailable {
			break
		}
	}
	close(leave)
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasSuffix(string(answer), "办完了") || !strings.Contains(string(answer), "Connection: close") {
		t.Errorf("%v: %s", err, answer)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestTheEndBeforeTheBeginningIsQuiet(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	ctx, stop := context.WithCancel(t.Context())
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if err := web.New(cfg).ServeListener(ctx, ln); err != nil {
		t.Error(err)
	}
}

func TestAnAddressThatIsTakenIsSaid(t *testing.T) {
	t.Parallel()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	cfg, _ := config(t)
	if err := web.New(cfg).Serve(t.Context(), ln.Addr().String()); err == nil || !strings.Contains(err.Error(), ln.Addr().String()) {
		t.Errorf("got %v", err)
	}
}

func TestReadyAsksWhetherTheWorkCanBeDone(t *testing.T) {
	t.Parallel()
	var down error
	cfg, _ := config(t)
	cfg.Ready = func(context.Context) error { return down }
	app := web.New(cfg)
	visitor := webtest.New(app, here)
	visitor.Get(t, "/readyz").Want(t, 200)
	down = errors.New("no database at 10.9.8.7")
	if page := visitor.Get(t, "/readyz").Want(t, 503); strings.Contains(page.Body, "10.9.8.7") || page.Header.Get("Retry-After") != "30" {
		t.Errorf("the world is told %q, to be asked again after %q", page.Body, page.Header.Get("Retry-After"))
	}
	visitor.Get(t, "/healthz").Want(t, 200)
	down = nil
	web.Drain(app)
	if page := visitor.Get(t, "/healthz").Want(t, 503); page.Header.Get("Retry-After") != "30" {
		t.Error("nobody is told when to come back")
	}
	if page := visitor.Get(t, "/readyz").Want(t, 503); page.Header.Get("Connection") != "close" && !strings.Contains(page.Body, "正在停止") {
		t.Error("a site that goes away keeps its connections")
	}
}

// seeds are requests as they should be; the test breaks them.
var seeds = []string{
	"GET /page?q=a HTTP/1.1\r\nHost: xf.test\r\nCookie: zx_draft=abc\r\n\r\n",
	"HEAD /complaints/JX202612345678 HTTP/1.0\r\n\r\n",
	"POST /form HTTP/1.1\r\nHost: xf.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\ntitle=a&facts=b",
	"POST /form HTTP/1.1\r\nHost: xf.test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ntitle=a\r\n0\r\n\r\n",
	"POST /file HTTP/1.1\r\nHost: xf.test\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 75\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nc\r\n--x--\r\n",
	"POST /form HTTP/1.1\r\nHost: xf.test\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\ntitle=a",
	"GET http://xf.test/page HTTP/1.1\r\nHost: xf.test\r\nRange: bytes=0-1\r\nIf-None-Match: \"a\"\r\n\r\n",
}

// splices are what an attacker puts in.
var splices = []string{"\r\n", "\n", "\r", "\x00", "\xff\xfe", " ", "\t", ":", "%", "%00", "%zz", "../", "//", "?", "#", ";",
	"Content-Length: 5\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n",
	"Transfer-Encoding: identity\r\n", "Transfer-Encoding : chunked\r\n", "Host: a\r\n", "Connection: upgrade\r\nUpgrade: h2c\r\n",
	"ffffffffffffffff\r\n", "0\r\n\r\n", "HTTP/9.9", "中文", strings.Repeat("a", 5000), "--x--", "name*=utf-8''%ff", "Expect: 200-ok\r\n",
	"X-Forwarded-For: 1,,2\r\n", "Origin: null\r\n", "Cookie: =;;=\x01\r\n", "Trailer: a\r\n"}

func TestBrokenRequestsNeverBreakUs(t *testing.T) {
	t.Parallel()
	cfg, log := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{
		web.Get("/page", func(c *fiber.Ctx) error { return c.SendString(c.Query("q") + web.Address(c).String() + web.CSRF(c)) }),
		web.Get("/complaints/:number", func(c *fiber.Ctx) error { return c.SendString(c.Params("number")) }),
		{Method: "POST", Path: "/form", NoToken: "a test", Do: sayForm},
		{Method: "POST", Path: "/file", Body: web.MultipartBody, NoToken: "a test", Do: func(c *fiber.Ctx) error {
			for {
				part, err := web.Upload(c).Next()
				if err == io.EOF {
					return nil
				}
				if err == nil {
					_, err = io.Copy(io.Discard, part)
				}
				if err != nil {
					return err
				}
			}
		}},
	})
	addr := serve(t, app)
	dice := rand.New(rand.NewPCG(2026, 11))
	for range 3000 {
		raw := broken(dice, seeds[dice.IntN(len(seeds))])
		if code := worst(t, addr, raw); code >= 500 {
			t.Errorf("status %d for %q", code, raw)
		}
	}
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, `"level":"ERROR"`) {
			t.Error(line)
		}
	}
	if webtest.New(app, here).Get(t, "/page").Status != 200 {
		t.Error("the site does not answer any more")
	}
}

// broken is a seed with one to four faults.
func broken(dice *rand.Rand, seed string) string {
	b := []byte(seed)
	for range 1 + dice.IntN(4) {
		at := dice.IntN(len(b) + 1)
		switch dice.IntN(4) {
		case 0:
			b = append(b[:at:at], append([]byte(splices[dice.IntN(len(splices))]), b[at:]...)...)
		case 1:
			b = append(b[:at:at], b[min(len(b), at+1+dice.IntN(20)):]...)
		case 2:
			if at < len(b) {
				b[at] = byte(dice.IntN(256))
			}
		case 3:
			b = append(b[:at:at], append([]byte(seeds[dice.IntN(len(seeds))]), b[at:]...)...)
		}
		if len(b) == 0 {
			b = []byte("\r\n")
		}
	}
	return string(b)
}

// worst is the highest status of all answers to the bytes.
func worst(t *testing.T, addr, raw string) int {
	t.Helper()
	conn := dial(t, addr)
	defer conn.Close()
	go func() {
		_, _ = io.WriteString(conn, raw)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	text, _ := io.ReadAll(conn)
	highest := 0
	for _, line := range strings.Split(string(text), "\n") {
		code := 0
		if _, err := fmt.Sscanf(line, "HTTP/1.1 %d", &code); err == nil {
			highest = max(highest, code)
		}
	}
	return highest
}
