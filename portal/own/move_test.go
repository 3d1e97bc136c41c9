package own

import (
	"context"
	"slices"
	"testing"

	"zhengxin/internal/ask"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/workflow"
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
		var errs view.Errors
		for _, need := range m.Needs {
			errs = append(errs, fault.Field{Name: need.Name, Sentence: "请写" + need.Label})
		}
		fields, err := site.MoveStyle.Fields(t.Context(), ask.Form{Move: m, Matter: &workflow.Matter{}, Errors: errs,
			Choices: func(ctx context.Context, n workflow.Need) ([]register.Choice, error) {
				return (&register.Register{}).Choices(ctx, n, &register.Dossier{Offered: map[string][]workflow.Option{n.Name: {{Value: "1.1", Label: "合同首页"}}}})
			}})
		if err != nil {
			t.Fatal(err)
		}
		f := &moveForm{MoveForm: &site.MoveForm{CSRF: "t", Token: "f", Move: m, Fields: fields, Errors: ask.Faults(m.Action, errs)}}
		page := viewtest.Draw(t, "own-"+string(m.Action), movePage(site.Frame{Title: m.Label, HasErrors: true}, "村道硬化工程款没有付清", f))
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
