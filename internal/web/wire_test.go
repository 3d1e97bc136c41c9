package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// serve runs the site on a real socket until the test ends.
func serve(t *testing.T, app *web.App) string {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- app.ServeListener(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the end of serving: %v", err)
		}
	})
	return ln.Addr().String()
}

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// answers sends bytes and reads every answer until the site closes; the last
// request must therefore ask for that or be refused.
func answers(t *testing.T, addr, raw string) []*http.Response {
	t.Helper()
	conn := dial(t, addr)
	if _, err := io.WriteString(conn, raw); err != nil {
		t.Fatal(err)
	}
	var all []*http.Response
	r := bufio.NewReader(conn)
	for {
		method, _, _ := strings.Cut(raw, " ") // of the first request; HEAD has no body
		res, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			return all
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		res.Body = io.NopCloser(strings.NewReader(string(body)))
		all = append(all, res)
	}
}

func TestFasthttpIsNewEnough(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`github\.com/valyala/fasthttp v(\d+)\.(\d+)\.`).FindStringSubmatch(string(mod))
	if found == nil {
		t.Fatal("go.mod does not name fasthttp: Fiber would bring 1.51, which runs unread bodies as requests")
	}
	major, _ := strconv.Atoi(found[1])
	minor, _ := strconv.Atoi(found[2])
	if major == 1 && minor < 77 {
		t.Errorf("fasthttp %s.%s runs unread bodies as requests; 1.77.0 is the first that does not", found[1], found[2])
	}
}

func TestAValueKeptAfterTheHandlerStaysItsSendersOwn(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	var mu sync.Mutex
	kept := map[string][]string{}
	app.Mount([]web.Route{{Method: "POST", Path: "/keep/:id", NoToken: "a test", Do: func(c *fiber.Ctx) error {
		mu.Lock()
		defer mu.Unlock()
		id := c.Params("id")
		kept[id] = []string{id, c.Query("q"), c.Get("X-Name"), c.Path(), web.Form(c).Get("text")}
		return c.SendString("好")
	}}})
	addr := serve(t, app)

	var wg sync.WaitGroup
	for line := range 4 {
		wg.Go(func() {
			var raw strings.Builder
			for i := range 25 {
				id := fmt.Sprintf("%d-%02d", line, i)
				body := "text=" + strings.Repeat(id, 40)
				fmt.Fprintf(&raw, "POST /keep/%s?q=%s HTTP/1.1\r\nHost: xf.test\r\nX-Name: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n%s\r\n%s",
					id, id, id, len(body), lastCloses(i == 24), body)
			}
			if n := len(answers(t, addr, raw.String())); n != 25 {
				t.Errorf("%d answers, want 25", n)
			}
		})
	}
	wg.Wait()
	for id, v := range kept {
		if v[0] != id || v[1] != id || v[2] != id || v[3] != "/keep/"+id || v[4] != strings.Repeat(id, 40) {
			t.Errorf("what %s sent became %q", id, v)
		}
	}
	if len(kept) != 100 {
		t.Errorf("%d senders, want 100", len(kept))
	}
}

func lastCloses(last bool) string {
	if last {
		return "Connection: close\r\n"
	}
	return ""
}

func TestSlowSendersOfBigBodiesGetNoMemoryAndAreSentAway(t *testing.T) {
	// Not parallel: it looks at the memory of the whole process.
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{web.Post("/form", sayForm),
		{Method: "POST", Path: "/file", Body: web.MultipartBody, Limit: 50 << 20, NoToken: "a test",
			Do: func(c *fiber.Ctx) error { _, err := web.Upload(c).Next(); return err }}})
	web.HurryUp(app, 500*time.Millisecond)
	addr := serve(t, app)
	before := heap()
	var conns []net.Conn
	for i := range 60 {
		conn := dial(t, addr)
		path, kind := "/form", "application/x-www-form-urlencoded"
		if i%2 == 0 {
			path, kind = "/file", "multipart/form-data; boundary=x"
		}
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: xf.test\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\na", path, kind, 50<<20)
		conns = append(conns, conn)
	}
	for _, conn := range conns {
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Errorf("the site did not close: %v", err)
		}
	}
	if grown := heap() - before; grown > 16<<20 {
		t.Errorf("%d kB for 60 senders of one byte", grown>>10)
	}
}

// heap is what was ever asked of the system, so that a peak shows too.
func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapSys)
}

func TestAnUnreadBodyIsNeverRunAsARequest(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	var ran atomic.Int32
	refuse := func(*fiber.Ctx) error { return fiber.ErrForbidden }
	app.Mount([]web.Route{
		web.Get("/evil", func(c *fiber.Ctx) error { ran.Add(1); return c.SendString("邪") }),
		web.Get("/page", func(c *fiber.Ctx) error { return c.SendString("页") }),
		{Method: "POST", Path: "/guarded", Guard: refuse, Do: sayForm},
		{Method: "POST", Path: "/raw", Body: web.RawBody, NoToken: "a test", Do: refuse},
		{Method: "POST", Path: "/file", Body: web.MultipartBody, NoToken: "a test", Do: refuse},
	})
	addr := serve(t, app)
	evil := "GET /evil HTTP/1.1\r\nHost: xf.test\r\n\r\n"
	for _, times := range []int{1, 100, 500, 3000, 10000} {
		body := strings.Repeat(evil, times)
		for _, line := range []string{"POST /guarded", "POST /raw", "POST /file", "POST /nowhere", "GET /page", "PUT /page", "POST /page", "HEAD /page"} {
			head := line + " HTTP/1.1\r\nHost: xf.test\r\nContent-Type: multipart/form-data; boundary=x\r\n"
			answersQuietly(t, addr, head+fmt.Sprintf("Content-Length: %d\r\n\r\n", len(body))+body+closing)
			answersQuietly(t, addr, head+fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n", len(body))+body+"\r\n0\r\n\r\n"+closing)
		}
	}
	if n := ran.Load(); n != 0 {
		t.Errorf("%d requests ran out of unread bodies", n)
	}
	if answersQuietly(t, addr, evil+closing); ran.Load() != 1 {
		t.Error("the request that must not run would not have run anyway")
	}
}

const closing = "GET /healthz HTTP/1.1\r\nHost: xf.test\r\nConnection: close\r\n\r\n"

// answersQuietly sends to a site that may close in the middle of it.
func answersQuietly(t *testing.T, addr, raw string) {
	t.Helper()
	conn := dial(t, addr)
	go func() { _, _ = io.WriteString(conn, raw) }()
	_, _ = io.Copy(io.Discard, conn)
	conn.Close()
}

func TestAChunkedBodyOverTheLimitIsRefusedAndTheConnectionEnds(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{{Method: "POST", Path: "/form", NoToken: "a test", Do: sayForm},
		{Method: "POST", Path: "/raw", Body: web.RawBody, Limit: 1 << 20, NoToken: "a test", Do: func(c *fiber.Ctx) error {
			n, err := io.Copy(io.Discard, web.Body(c))
			if n > 1<<20 {
				t.Errorf("the handler read %d bytes", n)
			}
			return err
		}}})
	addr := serve(t, app)
	piece := strings.Repeat("a", 50_000)
	chunk := fmt.Sprintf("%x\r\n%s\r\n", len(piece), piece)
	for path, times := range map[string]int{"/form": 2, "/raw": 25} {
		got := answers(t, addr, "POST "+path+" HTTP/1.1\r\nHost: xf.test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"+
			strings.Repeat(chunk, times)+"0\r\n\r\n"+closing)
		if len(got) != 1 || got[0].StatusCode != 413 || !got[0].Close {
			t.Errorf("%s: %d answers, first %v", path, len(got), got)
		}
	}
	got := answers(t, addr, "POST /form HTTP/1.1\r\nHost: xf.test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ntitle=a\r\n0\r\n\r\n"+closing)
	if len(got) != 2 || got[0].StatusCode != 200 || got[1].StatusCode != 200 {
		t.Errorf("a small chunked body: %d answers", len(got))
	}
}

func TestHalfABodyIsNeverTakenForAWhole(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	var taken atomic.Int32
	take := func(c *fiber.Ctx) error {
		if _, err := io.Copy(io.Discard, web.Body(c)); err != nil {
			return err
		}
		taken.Add(1)
		return nil
	}
	app.Mount([]web.Route{{Method: "POST", Path: "/form", NoToken: "a test", Do: take},
		{Method: "POST", Path: "/raw", Body: web.RawBody, NoToken: "a test", Do: take}})
	addr := serve(t, app)
	for _, path := range []string{"/form", "/raw"} {
		for _, part := range []int{5, 8 << 10, 30_000, 59_999} {
			for _, framing := range []string{"Content-Length: 60000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nea60\r\n"} {
				conn := dial(t, addr)
				fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: xf.test\r\nContent-Type: application/x-www-form-urlencoded\r\n%s%s",
					path, framing, strings.Repeat("a", part))
				if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
					t.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, conn); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if n := taken.Load(); n != 0 {
		t.Errorf("%d halves were taken", n)
	}
}

func TestTheSenderOfAFileThatIsTooLargeReadsTheSentence(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	app.Mount([]web.Route{{Method: "POST", Path: "/file", Body: web.MultipartBody, Limit: 1 << 20, NoToken: "a test", Do: sayForm}})
	addr := serve(t, app)
	for range 5 {
		conn := dial(t, addr)
		fmt.Fprintf(conn, "POST /file HTTP/1.1\r\nHost: xf.test\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n", 6<<20)
		if _, err := conn.Write(make([]byte, 6<<20)); err != nil {
			t.Fatalf("the connection broke while sending: %v", err)
		}
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != 413 || !res.Close || !strings.Contains(string(body), "1 MB 的上限") {
			t.Fatalf("status %d, close %v, %v: %s", res.StatusCode, res.Close, err, body)
		}
	}
}

func TestFilePartsNeverTouchTheTemporaryFolder(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	cfg, _ := config(t)
	app := web.New(cfg)
	var size int64
	app.Mount([]web.Route{
		web.Get("/form", showForm),
		web.Post("/form", sayForm),
		{Method: "POST", Path: "/file", Body: web.MultipartBody, Limit: 30 << 20, Do: func(c *fiber.Ctx) error {
			part, err := web.Upload(c).Next()
			if err != nil {
				return err
			}
			size, err = io.Copy(io.Discard, part)
			if err != nil {
				return err
			}
			return noFiles(folder)
		}},
	})
	visitor := webtest.New(app, here)
	token := visitor.Get(t, "/form").Attr("[name=_csrf]", "value")
	kind, body := webtest.Multipart(t, []webtest.Field{{Name: "_csrf", Value: token}},
		webtest.File{Field: "attachments", Name: "合同.pdf", Content: make([]byte, 20<<20)})
	visitor.Do(t, "POST", "/form", kind, body[:40_000]).Want(t, 415)
	visitor.Do(t, "POST", "/file", kind, body).Want(t, 200)
	if size != 20<<20 {
		t.Errorf("the handler read %d bytes", size)
	}
	if err := noFiles(folder); err != nil {
		t.Error(err)
	}
}

func noFiles(folder string) error {
	found, err := os.ReadDir(folder)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%s was written to the temporary folder", found[0].Name())
	}
	return err
}

func TestASlowRouteWaitsAsLongAsBytesKeepComing(t *testing.T) {
	t.Parallel()
	cfg, _ := config(t)
	app := web.New(cfg)
	var got string
	app.Mount([]web.Route{{Method: "POST", Path: "/raw", Body: web.RawBody, NoToken: "a test", Slow: time.Minute,
		Do: func(c *fiber.Ctx) error {
			b, err := io.ReadAll(web.Body(c))
			got = string(b)
			return err
		}}})
	web.HurryUp(app, 300*time.Millisecond)
	addr := serve(t, app)
	conn := dial(t, addr)
	// Chunked, since fasthttp itself reads up to 8 kB of a body of known length.
	fmt.Fprint(conn, "POST /raw HTTP/1.1\r\nHost: xf.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
	for range 6 {
		time.Sleep(100 * time.Millisecond)
		fmt.Fprint(conn, "1\r\na\r\n")
	}
	fmt.Fprint(conn, "0\r\n\r\n")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || res.StatusCode != 200 || got != "aaaaaa" {
		t.Errorf("got %q, %v", got, err)
	}
}
