package matter

import (
	"testing"
	"time"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// A right that ran out is nobody's lateness, whichever right, and however it stopped.
func TestNoRightIsEverLate(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	table, err := o.Desk.Engine.Clocks.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rights := 0
	for _, law := range []clock.Code{clock.PetitionObject, clock.PetitionReview, clock.Supplementing, clock.PlatformAnswer} {
		due, ok := table.Due(law, o.Now())
		if !ok {
			t.Fatalf("no rule %s", law)
		}
		one := workflow.Clock{Row: clock.Row{Rule: law, Version: due.Version, StartedAt: due.Started, DueOn: due.On, DueAt: due.At}, RightOnly: due.Right}
		if due.Right {
			rights++
		}
		after, exactly := due.At.Add(72*time.Hour), due.At
		for name, stopped := range map[string]*time.Time{"running past its day": nil, "stopped after it": &after, "lapsed on it": &exactly} {
			one.StoppedAt, one.Lapsed = stopped, name == "lapsed on it"
			got := panelClock(table, one, table.Kept(one.Row), due.At.Add(100*time.Hour))
			late := got.State == desk.Late || got.Status.Tone == view.Vermilion
			if wantLate := !due.Right && name != "lapsed on it"; late != wantLate {
				t.Errorf("%s %s: late %v, %+v", law, name, late, got)
			}
			if due.Right && got.Status.Word != "期满" {
				t.Errorf("%s %s: %s", law, name, got.Status.Word)
			}
		}
	}
	if rights != 3 {
		t.Errorf("%d rights", rights)
	}
}
