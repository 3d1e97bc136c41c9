package register

import (
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestCountsOfDifferentQuestionsAreNotMixedUp(t *testing.T) {
	t.Parallel()
	scope := func(bars ...string) staff.Scope {
		return staff.Scope{SQL: "true", Args: pg.Args{"scope_bars": bars}}
	}
	seen := map[string]int{}
	for i, q := range []struct {
		kind    workflow.Kind
		scope   staff.Scope
		filters []Filter
	}{
		{"complaint", scope(), []Filter{{}}},
		{"case", scope(), []Filter{{}}},
		{"complaint", scope("FIN"), []Filter{{}}},
		{"complaint", scope("FIN", "JUS"), []Filter{{}}},
		{"complaint", scope("FINJUS"), []Filter{{}}},
		{"complaint", staff.Scope{SQL: "false"}, []Filter{{}}},
		{"complaint", scope(), []Filter{{}, {}}},
		{"complaint", scope(), []Filter{{View: ViewOpen}}},
		{"complaint", scope(), []Filter{{Person: staff.Person{ID: 1}}}},
		{"complaint", scope(), []Filter{{Person: staff.Person{Role: staff.Leader}}}},
		{"complaint", scope(), []Filter{{Person: staff.Person{Unit: "FIN"}}}},
		{"complaint", scope(), []Filter{{Person: staff.Person{Stands: []staff.Stand{{ID: 1}}}}}},
		{"complaint", scope(), []Filter{{Person: staff.Person{Loose: []int64{1}}}}},
		{"complaint", scope(), []Filter{{Unit: "FIN"}}},
		{"complaint", scope(), []Filter{{Category: "FIN"}}},
		{"complaint", scope(), []Filter{{Group: "FIN"}}},
		{"complaint", scope(), []Filter{{Text: "FIN"}}},
		{"complaint", scope(), []Filter{{Due: DueLate}}},
		{"complaint", scope(), []Filter{{Provisional: true}}},
		{"complaint", scope(), []Filter{{Since: clock.NewDate(2026, 3, 1)}}},
		{"complaint", scope(), []Filter{{Until: clock.NewDate(2026, 3, 1)}}},
		{"complaint", scope(), []Filter{{Lead: "FIN"}}},
		{"complaint", scope(), []Filter{{Figure: "FIN"}}},
		{"complaint", scope(), []Filter{{States: []workflow.State{"FIN"}}}},
		{"complaint", scope(), []Filter{{States: []workflow.State{"FIN", ""}}}},
	} {
		key := tallyKey(q.scope, []Question{{&Kind{Law: &workflow.Table{Kind: q.kind}}, q.filters}})
		if before, twice := seen[key]; twice {
			t.Errorf("question %d is taken for question %d", i, before)
		}
		seen[key] = i
	}
}

// What is counted in two registers is another question than either, in any order.
func TestCountsOfSeveralRegistersAreNotMixedUp(t *testing.T) {
	t.Parallel()
	a, b := &Kind{Law: &workflow.Table{Kind: "complaint"}}, &Kind{Law: &workflow.Table{Kind: "case"}}
	one, two := []Filter{{View: ViewOpen}}, []Filter{{View: ViewOpen}, {View: ViewLate}}
	seen := map[string]int{}
	for i, asked := range [][]Question{
		{{a, one}}, {{b, one}}, {{a, one}, {b, one}}, {{b, one}, {a, one}}, {{a, two}}, {{a, two}, {b, one}}, {{a, one}, {b, two}}, {{a, nil}, {b, two}}, {},
	} {
		key := tallyKey(staff.Scope{SQL: "true"}, asked)
		if before, twice := seen[key]; twice {
			t.Errorf("question %d is taken for question %d", i, before)
		}
		seen[key] = i
	}
}
