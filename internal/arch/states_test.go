package arch

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

var update = flag.Bool("update", false, "write docs/states.md anew")

// tables are the laws of all kinds of matters.
var tables = kinds.Laws()

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

// TestTheDatabaseKnowsTheSameKindsAndStates holds its tables to the laws.
func TestTheDatabaseKnowsTheSameKindsAndStates(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	inDatabase, err := pg.All[string](t.Context(), db.Owner, `
		SELECT concat_ws(' ', k.kind, k.relation, s.state, s.phase) || CASE WHEN k.member_opens = s.state THEN ' opened by members' ELSE '' END FROM matter_kind k JOIN matter_state s USING (kind)`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var inTables []string
	for _, table := range tables {
		for _, s := range table.States {
			one := fmt.Sprint(table.Kind, " ", table.Unit, " ", s.State, " ", s.Phase)
			if slices.ContainsFunc(table.Moves, func(m workflow.Move) bool {
				return len(m.From) == 0 && m.To == s.State && slices.Contains(m.By, staff.Member)
			}) {
				one += " opened by members"
			}
			inTables = append(inTables, one)
		}
	}
	slices.Sort(inDatabase)
	slices.Sort(inTables)
	if !slices.Equal(inDatabase, inTables) {
		t.Errorf("the database has %q, the laws %q", inDatabase, inTables)
	}
}

// TestTheDatabaseKnowsTheSameMembers holds it to which of the roster have part in which
// matters, and to the flags that their moves write.
func TestTheDatabaseKnowsTheSameMembers(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for _, k := range kinds.All() {
		type row struct{ Members, MemberFlags []string }
		got, err := pg.One[row](t.Context(), db.Owner, `SELECT members, member_flags FROM matter_kind WHERE kind = @kind`, pg.Args{"kind": string(k.Law.Kind)})
		if err != nil {
			t.Fatal(err)
		}
		var members []string
		for _, m := range k.Members {
			members = append(members, string(m))
		}
		slices.Sort(members)
		if slices.Sort(got.Members); !slices.Equal(members, got.Members) {
			t.Errorf("%s: the database has %q, the declaration %q", k.Law.Kind, got.Members, members)
		}
		for _, m := range k.Law.Moves {
			for _, flag := range slices.Concat(m.Sets, m.Clears) {
				if slices.Contains(m.By, staff.Member) && !slices.Contains(got.MemberFlags, flag) {
					t.Errorf("%s: members do %s, and may not write %s", k.Law.Kind, m.Action, flag)
				}
			}
		}
	}
}

// TestTheDatabaseKnowsTheSameReaders holds matter_reader to the declarations: of the
// roles that read some kinds alone, which read what.
func TestTheDatabaseKnowsTheSameReaders(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	inDatabase, err := pg.All[string](t.Context(), db.Owner, `SELECT concat_ws(' ', kind, role, CASE WHEN consented THEN 'consented' END, array_to_string(flags, ' ')) FROM matter_reader`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var declared []string
	for _, k := range kinds.All() {
		for _, r := range k.Reads {
			if r.Role == staff.DisciplineOfficer || r.Role == staff.Publisher {
				words := append([]string{string(k.Law.Kind), string(r.Role)}, r.Flags...)
				if r.Consented {
					words = slices.Insert(words, 2, "consented")
				}
				declared = append(declared, strings.Join(words, " "))
			}
		}
	}
	slices.Sort(inDatabase)
	slices.Sort(declared)
	if !slices.Equal(inDatabase, declared) {
		t.Errorf("the database has %q, the declarations %q", inDatabase, declared)
	}
}

func TestEveryTableIsSound(t *testing.T) {
	t.Parallel()
	for _, table := range tables {
		for _, sentence := range table.Lint() {
			t.Error(sentence)
		}
		for _, s := range table.States {
			if !view.Drawn(string(s.Sign)) {
				t.Errorf("%s: the sign of %s, %q, has no shape", table.Kind, s.State, s.Sign)
			}
		}
	}
}
