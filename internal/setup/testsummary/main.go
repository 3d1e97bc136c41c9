// Testsummary runs `go test` and ends with one line that counts: "N passed, N
// failed". It exists because go test has no such line, and a run without one
// cannot be told from a run that tested nothing. Gotestsum does not serve: its
// last line counts a test and each of its subtests alike and does not say how
// many passed, and it calls a run without any test a success.
//
// Passing tests are one line a package; whatever failed is printed in full, and
// named once more before the last line.
// Its exit status is that of go test, and a run without any test fails.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
)

func main() {
	os.Exit(run(".", os.Args[1:], os.Stdout))
}

// run starts go test in dir, once for the arguments up to each "--", and reports
// on all of it to out: what has to see what the other tests did runs last.
func run(dir string, args []string, out io.Writer) int {
	// Ctrl-C reaches go test as well. It must end first, so that its tests can
	// stop their databases and browsers and the count is still printed.
	signal.Ignore(syscall.SIGINT)
	s, bad := newSummary(out), 0
	for more := true; more; {
		first := args
		if at := slices.Index(args, "--"); at >= 0 {
			first, args = args[:at], args[at+1:]
		} else {
			more = false
		}
		if code := goTest(dir, first, s); bad == 0 {
			bad = code
		}
	}
	return status(bad, s.close())
}

// goTest runs it once, tells the summary and returns its exit status.
func goTest(dir string, args []string, s *summary) int {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	report(stdout, s)
	err = cmd.Wait()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	case err != nil:
		return 1
	}
	return 0
}

// report reads the events of go test and prints what a person needs of them.
func report(events io.Reader, s *summary) {
	for in := json.NewDecoder(events); ; {
		var e event
		if err := in.Decode(&e); err != nil {
			// go test prints JSON and nothing else: what is not JSON is a
			// fault of the run, never an end of it.
			if !errors.Is(err, io.EOF) {
				s.broken(err)
				_, _ = io.Copy(s.out, io.MultiReader(in.Buffered(), events))
			}
			break
		}
		s.take(e)
	}
	s.unfinished()
}

// status is the exit status for how go test ended and what was counted.
func status(code int, count tally) int {
	if code == 0 && (count.failed > 0 || count.passed == 0) {
		return 1
	}
	return code
}
