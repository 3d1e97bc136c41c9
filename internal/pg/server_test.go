package pg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
)

// childFolder makes this test program a process that only keeps a server, for
// what takes two processes or the death of one.
const childFolder = "ZHENGXIN_PGTEST_CHILD"

func TestMain(m *testing.M) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		os.Exit(m.Run())
	}
	start := StartServer
	if rest, scratch := strings.CutPrefix(dir, "scratch "); scratch {
		dir, start = rest, StartScratchServer
	}
	s, err := start(context.Background(), dir)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println("ready", s.URL(superuser, "postgres"))
	io.Copy(io.Discard, os.Stdin) // until the test goes or kills us
	if err := s.Stop(); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

// child is a process that keeps the server of a folder.
type child struct {
	cmd *exec.Cmd
	in  io.Closer
	out *bufio.Reader
}

func startChild(t *testing.T, dir string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return &child{cmd, in, bufio.NewReader(out)}
}

// url waits until the child says where its server is.
func (c *child) url(t *testing.T) string {
	t.Helper()
	line, err := c.out.ReadString('\n')
	url, ready := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if err != nil || !ready {
		t.Fatalf("the child says %q, %v", line, err)
	}
	return url
}

func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.cmd.Wait()
}

func postmasterPID(t *testing.T, dir string) int {
	t.Helper()
	pid, err := currentPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func currentPID(dir string) (int, error) {
	f, err := prepareFolder(dir)
	if err != nil {
		return 0, err
	}
	pid, ours := (&Server{folder: f}).recordedPID()
	if !ours {
		return 0, fmt.Errorf("process %d is not the server of %s", pid, dir)
	}
	return pid, nil
}

// eventually polls: what it waits for has no event to wait on.
func eventually(t *testing.T, what string, f func() error) {
	t.Helper()
	var err error
	for range 600 {
		if err = f(); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s: %v", what, err)
}

func openPool(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := Open(t.Context(), url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func mustExec(t *testing.T, q Queryer, sql string) {
	t.Helper()
	if _, err := Exec(t.Context(), q, sql, nil); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

var twoFiles = fstest.MapFS{
	"0001_paper.sql": {Data: []byte("-- +goose Up\nCREATE TABLE paper (number text PRIMARY KEY);\n" +
		"GRANT SELECT, INSERT ON paper TO zhengxin_portal;\n")},
	"0002_page.sql": {Data: []byte("-- +goose Up\nCREATE TABLE page (paper text NOT NULL REFERENCES paper);\n")},
}

// One cluster serves the whole story, since every initdb costs a second.
func TestTheLifeOfAPrivateServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(openTemp(t), "pg")
	s, err := StartServer(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop() })
	admin := openPool(t, s.URL(superuser, "postgres"))

	t.Run("it is closed to others and durable", func(t *testing.T) {
		for _, d := range []string{s.dir, s.data, s.sock} {
			info, err := os.Stat(d)
			if err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%s: %v, %v", d, info.Mode(), err)
			}
		}
		for setting, want := range map[string]string{
			"listen_addresses": "", "fsync": "on", "data_checksums": "on", "log_error_verbosity": "terse",
			"log_statement": "none", "log_parameter_max_length_on_error": "0", "log_min_error_statement": "panic",
			"lc_ctype": "C.UTF-8", "server_encoding": "UTF8", "timezone": "UTC",
		} {
			got, err := One[string](t.Context(), admin, `SELECT current_setting(@name)`, Args{"name": setting})
			if err != nil || got != want {
				t.Errorf("%s is %q, not %q: %v", setting, got, want, err)
			}
		}
		if w, err := Warnings(t.Context(), admin); err != nil || len(w) > 0 {
			t.Errorf("it is warned about: %q, %v", w, err)
		}
	})

	t.Run("our environment is not its own", func(t *testing.T) {
		env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", postmasterPID(t, dir)))
		if err != nil || strings.Contains(string(env), "GOCACHE") || strings.Contains(string(env), "PWD=") {
			t.Errorf("%q, %v", env, err)
		}
	})

	t.Run("three migrates at once make roles and tables once", func(t *testing.T) {
		if err := EnsureDatabase(t.Context(), s.URL(Owner, "postgres"), "zhengxin"); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				if err := Migrate(t.Context(), s.URL(Owner, "zhengxin"), twoFiles); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		portal := openPool(t, s.URL(RolePortal, "zhengxin"))
		if err := RequireCurrent(t.Context(), portal, twoFiles); err != nil {
			t.Error(err)
		}
		mustExec(t, portal, `INSERT INTO paper VALUES ('JX1')`)
		owner := openPool(t, s.URL(Owner, "zhengxin"))
		taken, err := Open(t.Context(), s.URL(Owner, "zhengxin"), Options{Role: RoleWorker})
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		if who, err := One[string](t.Context(), taken, `SELECT current_user::text`, nil); err != nil || who != RoleWorker {
			t.Errorf("the owner took on %q: %v", who, err)
		}
		if v, err := SchemaVersion(t.Context(), owner); err != nil || v != 2 {
			t.Errorf("version %d, %v", v, err)
		}
	})

	t.Run("a role with too many rights is refused", func(t *testing.T) { testRoles(t, s, admin) })

	t.Run("who we are is asked of the kernel, and we are nobody but our own logins", func(t *testing.T) {
		mustExec(t, admin, `CREATE ROLE stranger SUPERUSER LOGIN`)
		conn, err := pgx.Connect(t.Context(), s.URL("stranger", "zhengxin"))
		if err == nil {
			conn.Close(t.Context())
		}
		if Code(err) != "28000" { // invalid_authorization_specification
			t.Errorf("a login that is none of ours: %v", err)
		}
		for _, role := range roles {
			for _, database := range []string{"postgres", "template1"} {
				conn, err := pgx.Connect(t.Context(), s.URL(role, database))
				if err == nil {
					conn.Close(t.Context())
				}
				if Code(err) != "42501" {
					t.Errorf("%s connects to %s: %v", role, database, err)
				}
			}
		}
	})

	t.Run("a folder that trusted everybody does so no more", func(t *testing.T) {
		if err := os.WriteFile(filepath.Join(s.data, "pg_hba.conf"), []byte("local all all trust\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		before := postmasterPID(t, dir)
		if err := syscall.Kill(before, syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		eventually(t, "after its end", func() error {
			if now, err := currentPID(dir); err != nil || now == before {
				return fmt.Errorf("process %d: %v", now, err)
			}
			return Ping(t.Context(), admin)
		})
		conn, err := pgx.Connect(t.Context(), s.URL("stranger", "zhengxin"))
		if err == nil {
			conn.Close(t.Context())
		}
		if Code(err) != "28000" {
			t.Errorf("a login that is none of ours: %v", err)
		}
	})

	t.Run("its log tells nothing of what was typed", func(t *testing.T) {
		owner := openPool(t, s.URL(Owner, "zhengxin"))
		for _, sql := range []string{`SELECT '张秘密'::int`, `INSERT INTO paper VALUES ('张秘密'), ('张秘密')`, `SELEKT '张秘密'`} {
			if _, err := Exec(t.Context(), owner, sql, nil); err == nil {
				t.Errorf("%s went well", sql)
			}
		}
		if log := tail(s.logFile()); strings.Contains(log, "张秘密") {
			t.Errorf("the log says:\n%s", log)
		}
	})

	t.Run("it comes back when it is killed", func(t *testing.T) {
		pool := openPool(t, s.URL(RolePortal, "zhengxin"))
		before := postmasterPID(t, dir)
		if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		eventually(t, "after the kill", func() error {
			if now, err := currentPID(dir); err != nil || now == before {
				return fmt.Errorf("process %d: %v", now, err)
			}
			return Ping(t.Context(), pool)
		})
		if n, err := One[int](t.Context(), pool, `SELECT count(*) FROM paper`, nil); err != nil || n != 1 {
			t.Errorf("%d papers are left: %v", n, err)
		}
	})

	t.Run("a number of another living program does not keep it from starting", func(t *testing.T) {
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		if err := s.Stop(); err != nil {
			t.Errorf("the second Stop: %v", err)
		}
		stranger := s.command(t.Context(), "postgres") // only for its user
		stranger.Path, stranger.Args = "/bin/sleep", []string{"sleep", "600"}
		if err := stranger.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { stranger.Process.Kill(); stranger.Wait() }()
		file := filepath.Join(s.data, "postmaster.pid")
		text := fmt.Sprintf("%d\n%s\n", stranger.Process.Pid, s.data)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := StartServer(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Stop(); err != nil {
			t.Error(err)
		}
	})

	t.Run("a folder of another version is refused and left alone", func(t *testing.T) {
		file := filepath.Join(s.data, "PG_VERSION")
		if err := os.WriteFile(file, []byte("9\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := StartServer(t.Context(), dir)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "postgresql-9") {
			t.Errorf("the answer is %v", err)
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != "9\n" {
			t.Errorf("PG_VERSION is now %q, %v", text, err)
		}
	})
}

func testRoles(t *testing.T, s *Server, admin *pgxpool.Pool) {
	mustExec(t, admin, `CREATE ROLE strong LOGIN BYPASSRLS`)
	mustExec(t, admin, `CREATE ROLE plain LOGIN`)
	as := func(user, role string) error {
		conn, err := pgx.Connect(t.Context(), s.URL(superuser, "postgres"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(t.Context(), `SET SESSION AUTHORIZATION `+user); err != nil {
			t.Fatal(err)
		}
		return ensureRole(t.Context(), conn, role)
	}
	if err := as(Owner, "strong"); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "strong") {
		t.Errorf("a role that passes by row-level security: %v", err)
	}
	if err := as("plain", "absent"); !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "CREATE ROLE absent") {
		t.Errorf("an owner who may not create roles: %v", err)
	}
	if err := as(Owner, "absent"); err != nil {
		t.Error(err)
	}
	if err := as(Owner, "absent"); err != nil {
		t.Errorf("the second time: %v", err)
	}
}

func TestProcessesShareTheServerOfAFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(openTemp(t), "pg")
	a, b := startChild(t, dir), startChild(t, dir) // racing for the first start
	url := a.url(t)
	if other := b.url(t); other != url {
		t.Fatalf("%s and %s", url, other)
	}
	first := postmasterPID(t, dir)
	pool := openPool(t, url)
	mustExec(t, pool, `CREATE TABLE kept (n int)`)
	mustExec(t, pool, `INSERT INTO kept VALUES (1)`)

	starter, other := a, b
	if parentOf(t, first) == b.cmd.Process.Pid {
		starter, other = b, a
	}
	starter.kill(t)
	eventually(t, "the other takes over", func() error {
		pid, err := currentPID(dir)
		if err == nil && pid == first {
			return fmt.Errorf("process %d still runs", first)
		}
		if err != nil {
			return err
		}
		return Ping(t.Context(), pool)
	})
	if parent := parentOf(t, postmasterPID(t, dir)); parent != other.cmd.Process.Pid {
		t.Errorf("process %d keeps the server now, not %d", parent, other.cmd.Process.Pid)
	}

	other.kill(t)
	s, err := StartServer(t.Context(), dir) // at once: the old one may still shut down
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "after both were killed", func() error { return Ping(t.Context(), pool) })
	if n, err := One[int](t.Context(), pool, `SELECT count(*) FROM kept`, nil); err != nil || n != 1 {
		t.Errorf("%d rows are left: %v", n, err)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := currentPID(dir); err == nil {
		t.Error("it still runs after Stop")
	}
}

func parentOf(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "PPid:\t")
	line, _, _ := strings.Cut(after, "\n")
	parent, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return parent
}
