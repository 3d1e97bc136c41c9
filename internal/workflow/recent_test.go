package workflow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestTracesAreReadPageByPageWithoutAGap(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	registrar := o.People[staff.Registrar]
	for range 3 { // all at one moment: what is read on from is not the time alone
		number := o.File(t, complainttest.Intake()).Number
		for _, step := range []workflow.Order{{Action: complaint.EnterRegister}, {Action: complaint.Accept, Answers: workflow.Answers{"nature": {"RED"}}}} {
			step.Number, step.By, step.Token = number, registrar, complainttest.Token()
			if _, err := o.Desk.Move(t.Context(), step); err != nil {
				t.Fatal(err)
			}
		}
	}
	scope := o.People[staff.Supervisor].Scope()
	read := func(before workflow.Mark, limit int) []workflow.Trace {
		t.Helper()
		found, err := workflow.Traces(t.Context(), o.DB.Admin, scope, workflow.Traced{}, before, limit)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	whole := read(workflow.Mark{}, 100)
	if len(whole) != 6 {
		t.Fatalf("%d traces of six moves", len(whole))
	}
	var paged []workflow.Trace
	for mark := (workflow.Mark{}); ; {
		page := read(mark, 2)
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
		last := page[len(page)-1]
		mark = workflow.Mark{At: last.At, Matter: last.MatterID, Seq: last.Seq}
	}
	if diff := cmp.Diff(whole, paged); diff != "" {
		t.Error(diff)
	}
}
