package arch

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/workflow"
)

var update = flag.Bool("update", false, "write docs/states.md anew")

// tables are the laws of all kinds of matters.
var tables = []*workflow.Table{complaint.Law, discipline.Law}

const statesFile = "../../docs/states.md"

func TestStatesAreDrawnFromTheTables(t *testing.T) {
	t.Parallel()
	want := "# States and moves\n\nGenerated from the move tables (`go test ./internal/arch -update`); do not edit.\n"
	for _, table := range tables {
		want += "\n" + table.Document()
	}
	if *update {
		if err := os.WriteFile(statesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(statesFile)
	if err != nil || string(got) != want {
		t.Errorf("docs/states.md is stale (%v): run make generate", err)
	}
}

var quoted = regexp.MustCompile(`'([a-z_]+)'`)

// TestTheDatabaseKnowsTheSameStates holds the CHECK against the tables.
func TestTheDatabaseKnowsTheSameStates(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	check, err := pg.One[string](t.Context(), db.Owner, `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'matter_state'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var inDatabase, inTables []string
	for _, m := range quoted.FindAllStringSubmatch(check, -1) {
		inDatabase = append(inDatabase, m[1])
	}
	for _, table := range tables {
		inTables = append(inTables, string(table.Kind))
		for _, s := range table.States {
			inTables = append(inTables, string(s.State))
		}
	}
	for _, s := range inTables {
		if !slices.Contains(inDatabase, s) {
			t.Errorf("the database does not know %q", s)
		}
	}
	if len(tables) == 2 && len(inDatabase) != len(inTables) {
		t.Errorf("the database knows %d words, the tables %d", len(inDatabase), len(inTables))
	}
}

// TestEveryStateHasAWayOut keeps a matter from getting stuck.
func TestEveryStateHasAWayOut(t *testing.T) {
	t.Parallel()
	for _, table := range tables {
		for _, s := range table.States {
			leaves := slices.ContainsFunc(table.Moves, func(m workflow.Move) bool {
				return slices.Contains(m.From, s.State) && m.To != "" && m.To != s.State
			})
			enters := slices.ContainsFunc(table.Moves, func(m workflow.Move) bool { return m.To == s.State })
			if !leaves && !s.Ended {
				t.Errorf("%s: nothing leaves %s", table.Kind, s.State)
			}
			if !enters {
				t.Errorf("%s: nothing enters %s", table.Kind, s.State)
			}
		}
	}
}
