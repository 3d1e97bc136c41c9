package register

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
		kind    string
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
		{"complaint", scope(), []Filter{{Unit: "FIN"}}},
		{"complaint", scope(), []Filter{{Category: "FIN"}}},
		{"complaint", scope(), []Filter{{Group: "FIN"}}},
		{"complaint", scope(), []Filter{{Text: "FIN"}}},
		{"complaint", scope(), []Filter{{Due: DueLate}}},
		{"complaint", scope(), []Filter{{Provisional: true}}},
		{"complaint", scope(), []Filter{{States: []workflow.State{"FIN"}}}},
		{"complaint", scope(), []Filter{{States: []workflow.State{"FIN", ""}}}},
	} {
		key := tallyKey(q.kind, q.scope, q.filters)
		if before, twice := seen[key]; twice {
			t.Errorf("question %d is taken for question %d", i, before)
		}
		seen[key] = i
	}
}
