package reliability

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// cuts is how often each of the two lines is cut.
const cuts = 20

func TestAnAnswerThatNeverArrivedIsTheSameWhenAskedForAgain(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t)
	forms := o.prepare(t, ctx, cuts)
	line := listen(t, "tcp", "127.0.0.1:0")
	swallowed := make(chan []byte, 1)
	go line.each(func(visitor net.Conn) {
		site, err := net.Dial("tcp", o.Portal)
		if err != nil {
			t.Error(err)
			return
		}
		defer site.Close()
		go io.Copy(site, visitor)
		answer, err := io.ReadAll(site) // the visitor asked for a connection that closes
		if err != nil {
			t.Error(err)
		}
		swallowed <- answer
	})
	receipts := make([]running.Receipt, cuts)
	for i, form := range forms {
		v := running.NewVisitor(line.Addr().String())
		v.SetCookie(running.DraftCookie, form.Cookie)
		if page, err := v.Post(ctx, "/complaints/new/check", form.Fields); err == nil {
			t.Fatalf("an answer came through: %d", page.Status)
		}
		lost := receiptOf(t, <-swallowed)
		if n := o.stored(t, ctx, form); n != 1 {
			t.Fatalf("form %d is stored %d times", i, n)
		}
		again, _, err := o.insist(ctx, form)
		if err != nil || again != lost {
			t.Errorf("form %d: %v was lost and %v came, %v", i, lost, again, err)
		}
		receipts[i] = lost
	}
	o.accepted(t, ctx, forms, receipts)
}

func TestACommitWithoutAWordFromTheDatabaseIsNotRepeated(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t)
	forms := o.prepare(t, ctx, cuts)
	server, err := pg.Locate(o.DatabaseDir())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := pg.Open(ctx, server.URL(pg.RolePortal, "zhengxin"), pg.Options{Lazy: true})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	dir, err := os.MkdirTemp("", "zx-line-") // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	at := whole.Config().ConnConfig
	line := listen(t, "unix", filepath.Join(dir, ".s.PGSQL.5432"))
	scissors := &scissors{}
	go line.each(func(portal net.Conn) {
		database, err := net.Dial("unix", filepath.Join(at.Host, ".s.PGSQL.5432"))
		if err == nil {
			scissors.join(portal, database)
		}
	})

	beside := *o.Office
	beside.Portal = freePort(t)
	beside.Extra = []string{
		"ZHENGXIN_DATABASE_URL=postgres://" + pg.RolePortal + "@/zhengxin?host=" + dir + "&port=5432&sslmode=disable",
		"ZHENGXIN_KEY_DIR=" + o.KeyDir(),
	}
	portal, err := beside.Start("portal")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { portal.Stop() })
	if err := portal.Ready(ctx, beside.Portal); err != nil {
		t.Fatal(err)
	}
	receipts := make([]running.Receipt, cuts)
	for i, form := range forms {
		scissors.wait(titleOf(i))
		v := running.NewVisitor(beside.Portal)
		v.SetCookie(running.DraftCookie, form.Cookie)
		page, err := v.Post(ctx, "/complaints/new/check", form.Fields)
		if err != nil {
			t.Fatal(err)
		}
		// The answer is the receipt of what was saved, or says that nobody
		// knows; it never says that nothing was saved.
		_, noReceipt := page.Receipt()
		unsure := page.Status == http.StatusServiceUnavailable && strings.Contains(page.Text("main"), "不知道这一次保存了没有")
		if noReceipt != nil && !unsure {
			t.Errorf("form %d: %d %s", i, page.Status, page.Text("main"))
		}
		if n := o.stored(t, ctx, form); n != 1 || !scissors.done() {
			t.Fatalf("form %d is stored %d times, cut: %v\n%s", i, n, scissors.done(), portal.Said())
		}
		var tries int
		if receipts[i], tries, err = (&office{Office: &beside, owner: o.owner}).insist(ctx, form); err != nil || tries != 1 {
			t.Errorf("form %d: %d tries, %v", i, tries, err)
		}
	}
	o.accepted(t, ctx, forms, receipts)
}

// stored counts the complaints of a form.
func (o *office) stored(t *testing.T, ctx context.Context, form running.Prepared) int64 {
	t.Helper()
	n, err := pg.One[int64](ctx, o.owner, `
		SELECT count(*) FROM form_token f JOIN complaint c USING (matter_id) WHERE f.token_hash = @token`,
		pg.Args{"token": key.Hash(form.Token)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func receiptOf(t *testing.T, answer []byte) running.Receipt {
	t.Helper()
	_, body, _ := bytes.Cut(answer, []byte("\r\n\r\n"))
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := (&running.Page{Document: doc}).Receipt()
	if err != nil {
		t.Fatalf("%v: %.200s", err, answer)
	}
	return receipt
}

// line is a listener in the middle of somebody else's talk.
type line struct{ net.Listener }

func listen(t *testing.T, network, addr string) line {
	t.Helper()
	ln, err := net.Listen(network, addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return line{ln}
}

func freePort(t *testing.T) string {
	t.Helper()
	ln := listen(t, "tcp", "127.0.0.1:0")
	defer ln.Close()
	return ln.Addr().String()
}

// each hands every connection to f, which owns it until it returns.
func (l line) each(f func(net.Conn)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return // the test is over
		}
		go func() {
			defer conn.Close()
			f(conn)
		}()
	}
}

// scissors cut the connection that carries a marked word to the database, as
// soon as the database answers: by then it has committed.
type scissors struct {
	mu   sync.Mutex
	word []byte
	cut  bool
}

func (s *scissors) wait(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.word, s.cut = []byte(word), false
}

func (s *scissors) done() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cut
}

// marked says, once for each word, that it stands in what was sent.
func (s *scissors) marked(sent []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cut || s.word == nil || !bytes.Contains(sent, s.word) {
		return false
	}
	s.cut = true
	return true
}

// join carries bytes both ways until the cut.
func (s *scissors) join(client, server net.Conn) {
	defer client.Close()
	defer server.Close()
	doomed := make(chan struct{})
	go func() {
		defer server.Close()
		buf := make([]byte, 1<<20) // more than a statement with its arguments
		for {
			n, err := client.Read(buf)
			if err != nil {
				return
			}
			if s.marked(buf[:n]) {
				close(doomed)
			}
			if _, err := server.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := server.Read(buf)
		if err != nil {
			return
		}
		select {
		case <-doomed:
			return
		default:
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
	}
}
