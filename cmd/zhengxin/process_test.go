package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the real program, built once for all tests of this package.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zhengxin-cmd-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "zhengxin")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Printf("build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// patience bounds every wait; a slow machine needs it, no test measures it.
const patience = 5 * time.Minute

// surroundings is the environment of one office under test.
type surroundings map[string]string

// newOffice has a data folder of its own, which the user that the database runs
// as may enter, and two free ports.
func newOffice(t *testing.T) surroundings {
	t.Helper()
	dir, err := os.MkdirTemp("", "zx-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	ports := freePorts(t, 2)
	// A year of matters is for the test that looks at one.
	return surroundings{"ZHENGXIN_DEMO": "office", "ZHENGXIN_DATA_DIR": dir, "ZHENGXIN_PORTAL_ADDR": ports[0], "ZHENGXIN_ADMIN_ADDR": ports[1]}
}

// with is the same office with other settings.
func (s surroundings) with(pairs ...string) surroundings {
	other := surroundings{}
	for name, value := range s {
		other[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		other[pairs[i]] = pairs[i+1]
	}
	return other
}

func (s surroundings) environ() []string {
	env := slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "ZHENGXIN_") })
	for name, value := range s {
		env = append(env, name+"="+value)
	}
	return env
}

func freePorts(t *testing.T, n int) []string {
	t.Helper()
	var open []net.Listener
	var addrs []string
	for range n {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		open, addrs = append(open, ln), append(addrs, ln.Addr().String())
	}
	for _, ln := range open {
		ln.Close()
	}
	return addrs
}

// command runs the program to its end.
func (s surroundings) command(t *testing.T, stdin string, args ...string) (out, faults string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	var stdout, stderr bytes.Buffer
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = s.environ(), strings.NewReader(stdin), &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// process is a program that keeps running.
type process struct {
	*exec.Cmd
	out, faults lockedBuffer
	ended       chan struct{}
}

// start runs the program in a process group of its own, as a terminal does.
func (s surroundings) start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(binary, args...), ended: make(chan struct{})}
	p.Env, p.Stdout, p.Stderr = s.environ(), &p.out, &p.faults
	p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.Wait(); close(p.ended) }()
	t.Cleanup(func() {
		select {
		case <-p.ended:
		default:
			p.Process.Signal(syscall.SIGTERM)
			select {
			case <-p.ended:
			case <-time.After(patience):
				p.Process.Kill()
			}
		}
	})
	return p
}

// says waits until the program has said something on standard output.
func (p *process) says(t *testing.T, text string) {
	t.Helper()
	p.await(t, "it says "+text, func() bool { return strings.Contains(p.out.String(), text) })
}

// ready waits until a site answers that it can work.
func (p *process) ready(t *testing.T, addr string) {
	t.Helper()
	p.await(t, addr+" is ready", func() bool {
		code, _ := get(t, "http://"+addr+"/readyz")
		return code == http.StatusOK
	})
}

func (p *process) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !done() {
		select {
		case <-p.ended:
			t.Fatalf("ended (%v) before %s:\n%s%s", p.ProcessState, what, p.out.String(), p.faults.String())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited too long until %s:\n%s%s", what, p.out.String(), p.faults.String())
		}
	}
}

// interrupt is Ctrl-C; it gives the exit code.
func (p *process) interrupt(t *testing.T) int {
	t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	return p.wait(t)
}

func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatalf("it does not end:\n%s", p.faults.String())
	}
	return p.ProcessState.ExitCode()
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body)
}

// lockedBuffer is written by the process and read by the test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
