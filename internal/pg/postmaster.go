package pg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postmaster is PostgreSQL's first process: ours, or one found running.
type postmaster struct {
	cmd  *exec.Cmd     // nil: somebody else's
	done chan struct{} // closed when ours has ended
	seen func() bool   // whether somebody else's still runs
}

// spawn starts a postmaster. Unless detached the kernel tells it to shut down
// when the thread that started it ends: hence a goroutine that keeps its
// thread until then.
func (s *Server) spawn(detached bool) (*postmaster, error) {
	if err := errors.Join(s.dropStrangersPID(), s.admitOurselves()); err != nil {
		return nil, err
	}
	if info, err := os.Stat(s.logFile()); err == nil && info.Size() > 10<<20 {
		if err := os.Rename(s.logFile(), s.logFile()+".1"); err != nil {
			return nil, err
		}
	}
	log, err := os.OpenFile(s.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{"-D", s.data, "-k", s.sock, "-p", "5432"}
	for _, set := range append(commonSettings[:len(commonSettings):len(commonSettings)], s.settings...) {
		args = append(args, "-c", set)
	}
	cmd := s.command(context.Background(), "postgres", args...)
	cmd.Stdout, cmd.Stderr = log, log
	if detached {
		cmd.SysProcAttr.Setpgid, cmd.SysProcAttr.Setsid = false, true
	} else {
		cmd.SysProcAttr.Pdeathsig = syscall.SIGINT // a fast shutdown
	}
	p := &postmaster{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait() // how it ended is in its log
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return p, nil
}

// gone waits until the postmaster has ended; false when ctx ended first.
func (p *postmaster) gone(ctx context.Context) bool {
	if p.cmd != nil {
		select {
		case <-p.done:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for p.seen() {
		if !pause(ctx, 250*time.Millisecond) {
			return false
		}
	}
	return true
}

// stop ends ours: fast shutdown, and after half a minute without mercy; the
// next start then replays the log.
func (p *postmaster) stop() error {
	if p.cmd == nil {
		return nil
	}
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(30 * time.Second):
	}
	if err := p.cmd.Process.Signal(syscall.SIGQUIT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-p.done
	return errors.New("PostgreSQL did not shut down within 30 s and was broken off; the next start repairs it")
}

// findRunning is the postmaster of another process, nil when there is none.
// One that is just starting, or shutting down because its starter was killed,
// is waited for.
func (s *Server) findRunning(ctx context.Context) (*postmaster, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		pid, ours := s.recordedPID()
		if pid == 0 || !ours {
			return nil, nil
		}
		err := s.ready(ctx)
		if err == nil {
			return &postmaster{seen: func() bool {
				now, ours := s.recordedPID()
				return now == pid && ours
			}}, nil
		}
		if !pause(ctx, 50*time.Millisecond) {
			return nil, fmt.Errorf("PostgreSQL runs as process %d and does not answer: %w", pid, err)
		}
	}
}

// recordedPID reads postmaster.pid: the process and whether it is alive and a
// server of this folder, which a number taken over by another program is not.
// A server's working folder is its data folder.
func (s *Server) recordedPID() (pid int, ours bool) {
	text, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	if err != nil {
		return 0, false
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err = strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid <= 0 {
		return 0, false
	}
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return pid, err == nil && cwd == s.data
}

// dropStrangersPID removes a postmaster.pid whose number now belongs to a
// living process that is no server of this folder: PostgreSQL would refuse to
// start beside it. A number that no process has is left to PostgreSQL, which
// also looks at the shared memory.
func (s *Server) dropStrangersPID() error {
	pid, ours := s.recordedPID()
	if pid == 0 || ours {
		return nil
	}
	if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err != nil {
		return nil
	}
	return os.Remove(filepath.Join(s.data, "postmaster.pid"))
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "server.log") }

// tail is the end of a log for an error message.
func tail(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}
