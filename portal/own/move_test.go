package own

import (
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/portal/site"
)

// TestEveryFaultOfAMoveLeadsToItsField: who presses what the summary says comes to
// the field, whichever move it is and however its need is asked for.
func TestEveryFaultOfAMoveLeadsToItsField(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, m := range complaint.Law.Moves {
		if !slices.Contains(m.By, staff.Complainant) || len(m.Needs) == 0 {
			continue
		}
		f := &moveForm{CSRF: "t", Token: "f", Number: "JX2026000003888", Move: m}
		for _, need := range m.Needs {
			f.Errors = append(f.Errors, fault.Field{Name: need.Name, Sentence: "请写" + need.Label})
		}
		page := viewtest.Draw(t, "own-"+string(m.Action), ownMovePage(site.Frame{Title: m.Label, HasErrors: true}, "村道硬化工程款没有付清", f))
		viewtest.Sound(t, page)
		if n := page.Find(".error-summary a").Length(); n != len(m.Needs) {
			t.Errorf("%s: %d of %d faults are said", m.Action, n, len(m.Needs))
		}
		tried++
	}
	if tried < 4 {
		t.Errorf("%d moves were tried", tried)
	}
}
