// Package running starts the real program in a folder of its own, over real
// sockets, and files complaints in it as a browser does. The bench measures it
// and the reliability tests kill it.
package running

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pg"
)

// database is the one of a private server.
const database = "zhengxin"

// Build compiles the program; flags go to the compiler.
func Build(ctx context.Context, into string, flags ...string) error {
	args := append([]string{"build", "-buildvcs=false", "-o", into}, flags...)
	out, err := exec.CommandContext(ctx, "go", append(args, "zhengxin/cmd/zhengxin")...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return nil
}

// Office is a data folder, two addresses and a program.
type Office struct {
	Dir    string
	Binary string
	Portal string // host:port
	Admin  string
	Extra  []string // NAME=value, for the environment
}

// New makes an office in a new folder that the database's own user may enter.
func New(binary string) (*Office, error) {
	dir, err := os.MkdirTemp("", "zx-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	return &Office{Dir: dir, Binary: binary, Portal: ports[0], Admin: ports[1]}, nil
}

// FreePort is an address that nobody listened on a moment ago.
func FreePort() (string, error) {
	one, err := freePorts(1)
	if err != nil {
		return "", err
	}
	return one[0], nil
}

// freePorts are addresses that nobody listened on a moment ago.
func freePorts(n int) ([]string, error) {
	var addrs []string
	for range n {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer ln.Close() // all stay open until all are drawn
		addrs = append(addrs, ln.Addr().String())
	}
	return addrs, nil
}

// Remove takes the folder away, when nothing runs in it any more.
func (o *Office) Remove() error { return os.RemoveAll(o.Dir) }

// DatabaseDir is where the private server keeps its data.
func (o *Office) DatabaseDir() string { return filepath.Join(o.Dir, "postgres") }

// KeyDir holds the key files.
func (o *Office) KeyDir() string { return filepath.Join(o.Dir, "keys") }

// Pool asks the private server as a login, without starting it.
func (o *Office) Pool(ctx context.Context, login string, conns int32) (*pgxpool.Pool, error) {
	server, err := pg.Locate(o.DatabaseDir())
	if err != nil {
		return nil, err
	}
	return pg.Open(ctx, server.URL(login, database), pg.Options{AppName: "bench", MaxConns: conns})
}

func (o *Office) environ() []string {
	env := slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "ZHENGXIN_") })
	return append(append(env, "ZHENGXIN_DATA_DIR="+o.Dir, "ZHENGXIN_PORTAL_ADDR="+o.Portal, "ZHENGXIN_ADMIN_ADDR="+o.Admin,
		"ZHENGXIN_DEMO=office", // what is measured is what is filed here
		// Every visitor comes through the office's proxy, from an Address of their own.
		"ZHENGXIN_TRUSTED_PROXIES=127.0.0.1"), o.Extra...)
}

// Process is the program while it runs.
type Process struct {
	cmd   *exec.Cmd
	log   string // a file: a pipe would make us work for every line
	ended chan struct{}
}

// Start runs a subcommand in a process group of its own.
func (o *Office) Start(args ...string) (*Process, error) {
	return o.StartOther(o.Binary, args...)
}

// StartOther runs any program that is to be stopped later.
func (o *Office) StartOther(binary string, args ...string) (*Process, error) {
	log, err := os.CreateTemp(o.Dir, "log-")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &Process{cmd: exec.Command(binary, args...), log: log.Name(), ended: make(chan struct{})}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = o.environ(), log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = p.cmd.Wait(); close(p.ended) }()
	return p, nil
}

// PID is the process's number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Said is the end of what it wrote.
func (p *Process) Said() string {
	all, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(all[max(0, len(all)-4000):])
}

// Ready waits until all addresses answer that work can be done.
func (p *Process) Ready(ctx context.Context, addrs ...string) error {
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	defer cancel()
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for _, addr := range addrs {
		for !answers(ctx, &client, "http://"+addr+"/readyz") {
			select {
			case <-p.ended:
				return fmt.Errorf("it ended (%v) before %s was ready:\n%s", p.cmd.ProcessState, addr, p.Said())
			case <-ctx.Done():
				return fmt.Errorf("%s is not ready:\n%s", addr, p.Said())
			case <-time.After(2 * time.Millisecond):
			}
		}
	}
	return nil
}

func answers(ctx context.Context, client *http.Client, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

// Kill is kill -9; it returns when the process is gone.
func (p *Process) Kill() error {
	if err := p.cmd.Process.Kill(); err != nil {
		return err
	}
	<-p.ended
	return nil
}

// Stop asks it to end in order and waits; a second call does nothing.
func (p *Process) Stop() error {
	select {
	case <-p.ended:
		return nil
	default:
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(60 * time.Second):
		return errors.Join(errors.New("it did not end when it was asked to"), p.Kill())
	}
}

// Run carries a subcommand out and gives what it wrote.
func (o *Office) Run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, o.Binary, args...)
	cmd.Env = o.environ()
	out, err := cmd.CombinedOutput()
	return string(out), err
}
