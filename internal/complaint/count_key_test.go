package complaint

import (
	"testing"

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
		scope   staff.Scope
		filters []Filter
	}{
		{scope(), []Filter{{}}},
		{scope("FIN"), []Filter{{}}},
		{scope("FIN", "JUS"), []Filter{{}}},
		{scope("FINJUS"), []Filter{{}}},
		{staff.Scope{SQL: "false"}, []Filter{{}}},
		{scope(), []Filter{{}, {}}},
		{scope(), []Filter{{View: ViewOpen}}},
		{scope(), []Filter{{Person: staff.Person{ID: 1}}}},
		{scope(), []Filter{{Person: staff.Person{Role: staff.Leader}}}},
		{scope(), []Filter{{Person: staff.Person{Unit: "FIN"}}}},
		{scope(), []Filter{{Unit: "FIN"}}},
		{scope(), []Filter{{Category: "FIN"}}},
		{scope(), []Filter{{Group: "FIN"}}},
		{scope(), []Filter{{Text: "FIN"}}},
		{scope(), []Filter{{Due: DueLate}}},
		{scope(), []Filter{{Provisional: true}}},
		{scope(), []Filter{{States: []workflow.State{"FIN"}}}},
		{scope(), []Filter{{States: []workflow.State{"FIN", ""}}}},
	} {
		key := tallyKey(q.scope, q.filters)
		if before, twice := seen[key]; twice {
			t.Errorf("question %d is taken for question %d", i, before)
		}
		seen[key] = i
	}
}
