package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build events, in place of Package
	Test        string
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string
}

// tally counts top-level tests: subtests are part of the test that has them.
type tally struct{ passed, failed, skipped int }

// summary follows the events of one run. Output is kept until it is known
// whether anybody needs to see it.
type summary struct {
	out      io.Writer
	packages map[string]*pkg
	builds   map[string]*strings.Builder // compiler messages by import path
	total    tally
	failed   []string // what the lines before the last one name
}

// pkg is a package whose tests are running.
type pkg struct {
	tally
	output  strings.Builder             // what is not of any test
	running map[string]*strings.Builder // output of tests not yet ended, subtests within
}

func newSummary(out io.Writer) *summary {
	return &summary{out: out, packages: map[string]*pkg{}, builds: map[string]*strings.Builder{}}
}

// take reads one event.
func (s *summary) take(e event) {
	switch e.Action {
	case "build-output", "build-fail":
		if s.builds[e.ImportPath] == nil {
			s.builds[e.ImportPath] = &strings.Builder{}
		}
		s.builds[e.ImportPath].WriteString(e.Output)
		return
	}
	p := s.packages[e.Package]
	if p == nil {
		p = &pkg{running: map[string]*strings.Builder{}}
		s.packages[e.Package] = p
	}
	if e.Test == "" {
		s.takePackage(p, e)
		return
	}
	s.takeTest(p, e)
}

func (s *summary) takeTest(p *pkg, e event) {
	name, _, isSubtest := strings.Cut(e.Test, "/")
	output := p.running[name]
	if output == nil {
		output = &strings.Builder{}
		p.running[name] = output
	}
	output.WriteString(e.Output)
	if isSubtest {
		return
	}
	switch e.Action {
	case "pass":
		p.passed++
	case "skip":
		p.skipped++
		fmt.Fprint(s.out, output)
	case "fail":
		s.fail(p, e.Package+" "+name)
		fmt.Fprint(s.out, output)
	default:
		return
	}
	delete(p.running, name)
}

func (s *summary) takePackage(p *pkg, e event) {
	switch e.Action {
	case "output":
		p.output.WriteString(e.Output)
	case "pass":
		fmt.Fprintf(s.out, "ok    %-40s %4d tests %6.1fs\n", e.Package, p.passed, e.Elapsed)
		s.add(e.Package, p)
	case "fail":
		s.unended(p, e.Package)
		if build := s.builds[e.FailedBuild]; build != nil {
			fmt.Fprint(s.out, build)
		}
		fmt.Fprint(s.out, &p.output)
		if p.failed == 0 { // it did not build, or something outside its tests went wrong
			s.fail(p, e.Package+" (no test of it: see above)")
		}
		fmt.Fprintf(s.out, "FAIL  %-40s %4d of %d failed %6.1fs\n", e.Package, p.failed, p.failed+p.passed, e.Elapsed)
		s.add(e.Package, p)
	case "skip": // a package without tests
		delete(s.packages, e.Package)
	}
}

// unended shows and counts the tests that a panic, a timeout or an os.Exit
// left without an end.
func (s *summary) unended(p *pkg, in string) {
	for _, name := range slices.Sorted(maps.Keys(p.running)) {
		s.fail(p, in+" "+name)
		fmt.Fprint(s.out, p.running[name])
		fmt.Fprintf(s.out, "--- FAIL: %s (never ended)\n", name)
	}
	clear(p.running)
}

// fail counts a failure and keeps its name for the end, where a long run is read first.
func (s *summary) fail(p *pkg, name string) {
	p.failed++
	s.failed = append(s.failed, name)
}

// add closes a package.
func (s *summary) add(name string, p *pkg) {
	s.total.passed += p.passed
	s.total.failed += p.failed
	s.total.skipped += p.skipped
	delete(s.packages, name)
}

// broken notes that the events themselves could not be read.
func (s *summary) broken(err error) {
	s.total.failed++
	fmt.Fprintf(s.out, "the output of go test could not be read: %v\n", err)
}

// unfinished counts the packages that never ended as failed.
func (s *summary) unfinished() {
	for _, name := range slices.Sorted(maps.Keys(s.packages)) {
		s.takePackage(s.packages[name], event{Action: "fail", Package: name})
	}
}

// close names what failed, and prints the line that counts.
func (s *summary) close() tally {
	if s.total == (tally{}) {
		fmt.Fprintln(s.out, "no test was run")
	}
	for _, name := range s.failed {
		fmt.Fprintln(s.out, "failed:", name)
	}
	fmt.Fprintf(s.out, "%d passed, %d failed", s.total.passed, s.total.failed)
	if s.total.skipped > 0 {
		fmt.Fprintf(s.out, ", %d skipped", s.total.skipped)
	}
	fmt.Fprintln(s.out)
	return s.total
}
