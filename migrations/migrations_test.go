package migrations

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record the sums anew: only before a release")

const sums = "sums.txt"

var name = regexp.MustCompile(`^\d{4}_[a-z_]+\.sql$`)

// TestAReleasedMigrationIsNeverEdited: an office has already run it. What is
// wrong in one is mended by the next.
func TestAReleasedMigrationIsNeverEdited(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(Files, "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var now strings.Builder
	numbers := map[string]string{}
	for _, f := range files {
		if !name.MatchString(f) {
			t.Errorf("%s: a migration is called 0001_what_it_makes.sql", f)
		}
		if other := numbers[f[:4]]; other != "" {
			t.Errorf("%s and %s have one number", other, f)
		}
		numbers[f[:4]] = f
		text, err := fs.ReadFile(Files, f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&now, "%x  %s\n", sha256.Sum256(text), f)
	}
	if *update {
		if err := os.WriteFile(sums, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(kept)) {
		if !strings.Contains(now.String(), line) {
			t.Errorf("%s was edited or is gone: write the next migration instead", strings.TrimSpace(line[66:]))
		}
	}
	if strings.Count(now.String(), "\n") != strings.Count(string(kept), "\n") {
		t.Errorf("a new migration is not in %s: go test ./migrations -update", sums)
	}
}
