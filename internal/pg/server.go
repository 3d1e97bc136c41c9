package pg

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Owner is the login that owns the schema on the private server. It may create
// databases and roles, and is no superuser, so that what it does works on a
// customer's server too.
const Owner = "zhengxin"

// superuser is the private server's own; nobody outside this package logs in as
// it.
const superuser = "postgres"

// Server is a private PostgreSQL: reached by a unix socket in a folder that is
// closed to everybody else, with no network and no passwords. Whoever asks is the
// OS user that the kernel says (peer): the one that started the server may be the
// owner and the three roles, and nobody else may be anybody. It is for an office
// in which one OS user runs everything; where the processes have users of their
// own the server is the machine's (deploy/README.md).
type Server struct {
	folder
	programs programs
	settings []string

	cancel context.CancelFunc
	ended  chan struct{}
	err    error // of the shutdown; read after ended
}

// common settings. What PostgreSQL logs about a failed statement quotes what
// was typed, even in its first line, so errors are left to our own log, which
// gets them without values; the log keeps starts, stops and crashes.
var commonSettings = []string{
	"listen_addresses=", "unix_socket_permissions=0700", "cluster_name=zhengxin",
	"timezone=UTC", "log_timezone=UTC", "jit=off", "idle_in_transaction_session_timeout=60s",
	"log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none",
	"log_parameter_max_length=0", "log_parameter_max_length_on_error=0", "log_checkpoints=off",
}

// StartServer starts the private server in dir, making it at first, or uses
// the one that another process runs there already. It ends when we end,
// however we end, and is started again when it dies by itself; a process that
// used another's server takes over when that one is gone.
func StartServer(ctx context.Context, dir string) (*Server, error) {
	s, err := newServer(dir)
	if err != nil {
		return nil, err
	}
	s.settings = append(slices.Clone(liveSettings), memorySettings()...)
	p, err := s.start(ctx, false)
	if err != nil {
		return nil, err
	}
	keeping, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel, s.ended = cancel, make(chan struct{})
	go s.keep(keeping, p)
	return s, nil
}

func newServer(dir string) (*Server, error) {
	f, err := prepareFolder(dir)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(installed(), f.data)
	if err != nil {
		return nil, err
	}
	return &Server{folder: f, programs: chosen}, nil
}

// Dir is where the server really is; not the asked-for folder where that one
// is closed to the user who runs it.
func (s *Server) Dir() string { return s.dir }

// URL reaches a database as one of the server's logins; pg_dump understands it
// too.
func (s *Server) URL(user, database string) string {
	query := url.Values{"host": {s.sock}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	return "postgres://" + url.PathEscape(user) + "@/" + url.PathEscape(database) + "?" +
		strings.ReplaceAll(query, "+", "%20")
}

// Stop ends a server that we started, after the running statements are broken
// off, and leaves one of another process alone. It may be called twice.
func (s *Server) Stop() error {
	if s.cancel == nil {
		return nil
	}
	s.cancel()
	<-s.ended
	return s.err
}

// start makes the cluster where there is none and gets a postmaster for it:
// the running one or a new one. A detached one outlives us.
func (s *Server) start(ctx context.Context, detached bool) (*postmaster, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := s.initialise(ctx, detached); err != nil {
		return nil, err
	}
	running, err := s.findRunning(ctx)
	if err != nil {
		return nil, err
	}
	if running != nil {
		return running, nil
	}
	for try := 0; ; try++ {
		p, err := s.spawn(detached)
		if err != nil {
			return nil, err
		}
		err = s.await(ctx, p)
		if err == nil {
			return p, nil
		}
		err = errors.Join(err, p.stop())
		// the last orphans of a killed postmaster still hold its memory
		if try == 30 || !strings.Contains(tail(s.logFile()), "shared memory block") || !pause(ctx, time.Second) {
			return nil, err
		}
	}
}

// initialise runs initdb beside the final name, so that an interrupted one
// never leaves half a cluster.
func (s *Server) initialise(ctx context.Context, scratch bool) error {
	if _, err := os.Stat(filepath.Join(s.data, "PG_VERSION")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	left, err := filepath.Glob(s.data + ".new*")
	if err != nil {
		return err
	}
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	made := fmt.Sprintf("%s.new%d", s.data, os.Getpid())
	args := []string{"-D", made, "-U", superuser, "-A", "peer", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"}
	if scratch {
		args = append(args, "--no-sync")
	}
	cmd := s.command(ctx, "initdb", args...)
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
	runtime.LockOSThread() // Pdeathsig follows the thread that forked
	out, err := cmd.CombinedOutput()
	runtime.UnlockOSThread()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	if err := os.Remove(s.data); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("a data folder without PG_VERSION stands in the way: %w", err)
	}
	return os.Rename(made, s.data)
}

// command runs one of PostgreSQL's programs as the server's user. The working
// folder may be closed to that user, and our environment holds secrets.
func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.programs.path(name), args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=" + s.dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred, Setpgid: true} // Ctrl-C is for us, we stop it in turn
	return cmd
}

// hostRules and the map are written anew at every start: a folder of an older
// version trusted whoever could reach the socket.
const hostRules = `# Written by zhengxin at every start. There is no way in but the socket.
local all         all peer map=zhengxin
local replication all peer map=zhengxin
`

// admitOurselves says who may come in: the OS user that we are, as any login of
// ours; and whoever the server runs as, for the copies that it makes of itself.
func (s *Server) admitOurselves() error {
	us, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	if err != nil {
		return fmt.Errorf("the name of the OS user: %w", err)
	}
	lines := "# Written by zhengxin at every start: which OS user may be which login.\n"
	for _, login := range append([]string{superuser, Owner}, roles...) {
		lines += fmt.Sprintf("zhengxin \"%s\" %s\n", us.Username, login)
	}
	if s.cred != nil {
		its, err := user.LookupId(strconv.Itoa(int(s.cred.Uid)))
		if err != nil {
			return fmt.Errorf("the name of the server's OS user: %w", err)
		}
		lines += fmt.Sprintf("zhengxin \"%s\" %s\n", its.Username, superuser)
	}
	return errors.Join(s.write("pg_hba.conf", hostRules), s.write("pg_ident.conf", lines))
}

// write puts a file into the cluster, as its user's and in one step.
func (s *Server) write(name, text string) error {
	draft, err := os.CreateTemp(s.data, name) // never a file, or a link, that is there
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(text)
	if s.cred != nil {
		err = errors.Join(err, draft.Chown(int(s.cred.Uid), int(s.cred.Gid)))
	}
	if err = errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), filepath.Join(s.data, name))
}

// ready asks the server once and sees to it that the owner's login is there, and
// that no other has a database to connect to.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL(superuser, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	type state struct{ Owner, Open bool }
	is, err := One[state](ctx, conn, `
		SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = @owner) AS owner,
		       EXISTS (SELECT FROM pg_database WHERE datname IN ('postgres', 'template1') AND has_database_privilege('public', oid, 'CONNECT')) AS open`,
		Args{"owner": Owner})
	if err != nil {
		return err
	}
	if !is.Owner {
		if _, err := conn.Exec(ctx, `CREATE ROLE `+Owner+` LOGIN CREATEDB CREATEROLE`); err != nil {
			return Safe(err)
		}
	}
	if is.Open {
		_, err = conn.Exec(ctx, `REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC; GRANT CONNECT ON DATABASE postgres TO `+Owner)
	}
	return Safe(err)
}

// await waits until a postmaster that we started takes connections; after a
// crash it replays its log first, for as long as that takes.
func (s *Server) await(ctx context.Context, p *postmaster) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	for {
		select {
		case <-p.done:
			return fmt.Errorf("PostgreSQL ended at once; the end of %s says:\n%s", s.logFile(), tail(s.logFile()))
		case <-ctx.Done():
			return fmt.Errorf("waiting for PostgreSQL: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
		if s.ready(ctx) == nil {
			return nil
		}
	}
}

// keep starts the server again when it is gone without our asking, and stops
// it at the end.
func (s *Server) keep(ctx context.Context, p *postmaster) {
	defer close(s.ended)
	for {
		if !p.gone(ctx) {
			s.err = p.stop()
			return
		}
		for {
			if !pause(ctx, 200*time.Millisecond) {
				return
			}
			again, err := s.start(ctx, false)
			if err == nil {
				p = again
				break
			}
		}
	}
}

// pause waits, unless ctx ends first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
