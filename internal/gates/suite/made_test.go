//go:build suite

package suite

import (
	"slices"
	"testing"

	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/witness"
	"zhengxin/internal/workflow"
)

// laws are the move tables of all kinds of matters.
var laws = kinds.Laws()

// TestEveryStateAndMoveOfEveryKindIsReached holds each kind apart: a state or move
// of the same name in another is no proof. A right that nobody exercises in a test
// is one that may not work when the law gives it.
func TestEveryStateAndMoveOfEveryKindIsReached(t *testing.T) {
	known, err := pg.All[string](t.Context(), pgtest.New(t).Owner, `SELECT kind FROM matter_kind ORDER BY kind`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(known) != len(laws) {
		t.Errorf("the database has the kinds %q, the list of this test %d laws", known, len(laws))
	}
	made := account(t).Moves
	// The recount is the engine's, the same for every table: one kind's test is enough.
	recounted := slices.ContainsFunc(made, func(m witness.Move) bool { return m.Action == string(workflow.Recount) })
	for _, law := range laws {
		states, actions := map[workflow.State]bool{}, map[workflow.Action]bool{}
		for _, m := range made {
			if m.Kind != string(law.Kind) {
				continue
			}
			states[workflow.State(m.To)], actions[workflow.Action(m.Action)] = true, true
			if !lawful(law, m) {
				t.Errorf("%s: a test did %s from %q to %q, which no row of the law does", law.Kind, m.Action, m.From, m.To)
			}
		}
		if !slices.Contains(known, string(law.Kind)) {
			t.Errorf("the database has no kind %s", law.Kind)
		}
		for _, s := range law.States {
			if !states[s.State] {
				t.Errorf("%s: no test brings a matter to %s", law.Kind, s.State)
			}
		}
		for _, row := range law.Moves {
			if !actions[row.Action] && !(row.Action == workflow.Recount && recounted) {
				t.Errorf("%s: no test does %s", law.Kind, row.Action)
			}
		}
	}
}

// lawful says whether a row leads from that state to that state.
func lawful(law *workflow.Table, m witness.Move) bool {
	return slices.ContainsFunc(law.Rows(workflow.Action(m.Action)), func(row workflow.Move) bool {
		from := slices.Contains(row.From, workflow.State(m.From)) || len(row.From) == 0 && m.From == ""
		return from && (string(row.To) == m.To || row.To == "" && m.To == m.From || slices.Contains(row.MayLead, workflow.State(m.To)))
	})
}
