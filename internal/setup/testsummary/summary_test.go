package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goTest writes a package with the given test file, runs go test on it through
// this command's own code and returns what was printed and the exit status.
func runOn(t *testing.T, testFile string, args ...string) (string, int) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module sample\n\ngo 1.26.0\n", "sample.go": "package sample\n", "sample_test.go": testFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	code := run(dir, append([]string{"-vet=off", "-timeout", "60s", "./..."}, args...), &out)
	return out.String(), code
}

func lastLine(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}

func TestRunsAreCountedAndJudged(t *testing.T) {
	t.Parallel()
	const head = "package sample\n\nimport (\"os\"; \"testing\")\n\nvar _ = os.Args\n\n"
	for name, c := range map[string]struct {
		file, last, shown, failed string
		bad                       bool
	}{
		"all pass":       {file: head + `func TestA(t *testing.T) { t.Run("sub", func(t *testing.T) {}); t.Log("quiet") }` + "\nfunc TestB(t *testing.T) {}\n", last: "2 passed, 0 failed"},
		"one fails":      {file: head + `func TestA(t *testing.T) { t.Run("sub", func(t *testing.T) { t.Error("the reason") }) }` + "\nfunc TestB(t *testing.T) {}\n", last: "1 passed, 1 failed", shown: "the reason", failed: "failed: sample TestA\n", bad: true},
		"skipped":        {file: head + `func TestA(t *testing.T) { t.Skip("why not") }` + "\nfunc TestB(t *testing.T) {}\n", last: "1 passed, 0 failed, 1 skipped", shown: "why not"},
		"panic":          {file: head + `func TestA(t *testing.T) { panic("boom") }` + "\n", last: "0 passed, 1 failed", shown: "boom", failed: "failed: sample TestA\n", bad: true},
		"exit":           {file: head + `func TestA(t *testing.T) { println("last words"); os.Exit(3) }` + "\n", last: "0 passed, 1 failed", shown: "last words", failed: "failed: sample TestA\n", bad: true},
		"does not build": {file: head + `func TestA(t *testing.T) { undefined() }` + "\n", last: "0 passed, 1 failed", shown: "undefined: undefined", failed: "failed: sample (no test of it: see above)\n", bad: true},
		"no test":        {file: "package sample\n", last: "0 passed, 0 failed", shown: "no test was run", bad: true},
		"bad main":       {file: head + "func TestA(t *testing.T) {}\nfunc TestMain(m *testing.M) { m.Run(); os.Exit(1) }\n", last: "1 passed, 1 failed", failed: "failed: sample (no test of it: see above)\n", bad: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, code := runOn(t, c.file)
			if got := lastLine(out); got != c.last {
				t.Errorf("the last line is %q, not %q; all of it:\n%s", got, c.last, out)
			}
			if !strings.HasSuffix(out, c.failed+c.last+"\n") || strings.Count(out, "failed: ") != strings.Count(c.failed, "\n") {
				t.Errorf("the end does not name what failed:\n%s", out)
			}
			if !strings.Contains(out, c.shown) {
				t.Errorf("%q is not shown:\n%s", c.shown, out)
			}
			if strings.Contains(out, "quiet") {
				t.Errorf("the log of a passing test is shown:\n%s", out)
			}
			if (code != 0) != c.bad {
				t.Errorf("exit status %d", code)
			}
		})
	}
}

func TestEventsCutShortAreAFailure(t *testing.T) {
	t.Parallel()
	for name, events := range map[string]string{
		"killed":   `{"Action":"start","Package":"a"}` + "\n" + `{"Action":"run","Package":"a","Test":"TestA"}` + "\n",
		"not JSON": `{"Action":"start","Package":"a"}` + "\ngo: something else\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			s := newSummary(&out)
			report(strings.NewReader(events), s)
			if got := s.close(); got.failed == 0 {
				t.Errorf("counted as %+v:\n%s", got, &out)
			}
		})
	}
}

func TestWhatRunsLastIsCountedWithTheRest(t *testing.T) {
	t.Parallel()
	const file = "package sample\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Error(\"the reason\") }\n"
	for _, c := range []struct {
		then []string
		last string
	}{
		{[]string{"--", "-run", "TestA", "./..."}, "failed: sample TestB\n2 passed, 1 failed\n"},
		{[]string{"--", "-run", "TestB", "./..."}, "failed: sample TestB\nfailed: sample TestB\n1 passed, 2 failed\n"},
		{[]string{"--", "./absent"}, "1 passed, 2 failed\n"},
	} {
		if out, code := runOn(t, file, c.then...); code == 0 || !strings.HasSuffix(out, c.last) {
			t.Errorf("%q: exit status %d\n%s", c.then, code, out)
		}
	}
}

func TestTheExitStatusOfGoTestIsKept(t *testing.T) {
	t.Parallel()
	got := []int{status(0, tally{passed: 1}), status(0, tally{}), status(0, tally{passed: 1, failed: 1}), status(3, tally{passed: 1})}
	if diff := cmp.Diff([]int{0, 1, 1, 3}, got); diff != "" {
		t.Error(diff)
	}
}
