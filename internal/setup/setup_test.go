// Package setup holds what make calls to install, check and prove, and the
// tests of what it writes.
package setup

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

var update = flag.Bool("update", false, "write docs/schema.sql anew")

func TestTheWrittenSchemaIsWhatTheMigrationsMake(t *testing.T) {
	t.Parallel()
	const path = "../../docs/schema.sql"
	db := pgtest.New(t)
	got, err := pg.Schema(t.Context(), db.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	got = "-- Written by make schema from the migrations; do not edit.\n\n" + got
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run make schema", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is stale: run make schema\n%s", path, diff)
	}
}

func TestMakeAloneNamesEveryTargetOfTheContract(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(text), "\n"); lines > 80 {
		t.Errorf("the Makefile has %d lines", lines)
	}
	for _, target := range []string{"run", "test", "bench", "lint", "build", "generate", "schema", "help"} {
		if !strings.Contains(string(text), "\n"+target+": ## ") {
			t.Errorf("make %s is missing or has no words of help", target)
		}
	}
}
