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
	"syscall"
)

func main() {
	os.Exit(run(".", os.Args[1:], os.Stdout))
}

// run starts go test in dir with the given arguments and reports on it to out.
func run(dir string, args []string, out io.Writer) int {
	// Ctrl-C reaches go test as well. It must end first, so that its tests can
	// stop their databases and browsers and the count is still printed.
	signal.Ignore(syscall.SIGINT)
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	count := report(stdout, out)
	return status(cmd.Wait(), count)
}

// report reads the events of go test, prints what a person needs of them and
// returns the count, already printed as the last line.
func report(events io.Reader, out io.Writer) tally {
	s := newSummary(out)
	for in := json.NewDecoder(events); ; {
		var e event
		if err := in.Decode(&e); err != nil {
			// go test prints JSON and nothing else: what is not JSON is a
			// fault of the run, never an end of it.
			if !errors.Is(err, io.EOF) {
				s.broken(err)
				_, _ = io.Copy(out, io.MultiReader(in.Buffered(), events))
			}
			break
		}
		s.take(e)
	}
	return s.close()
}

// status is the exit status for how go test ended and what was counted.
func status(err error, count tally) int {
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	case err != nil, count.failed > 0, count.passed == 0:
		return 1
	}
	return 0
}
