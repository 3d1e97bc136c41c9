package watch_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
)

func counts(t *testing.T, o *complainttest.Office) map[watch.What]int {
	t.Helper()
	for range 2 { // the second time of a day counts nothing
		if err := watch.Count(t.Context(), o.DB.Worker, kinds.Laws(), o.Now()); err != nil {
			t.Fatal(err)
		}
	}
	found, err := watch.Newest(t.Context(), o.DB.Admin)
	if err != nil {
		t.Fatal(err)
	}
	got := map[watch.What]int{}
	for _, one := range found {
		got[one.What] = one.N
	}
	return got
}

func TestWhatMustNeverBeIsCountedEachNight(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	number, over := o.File(t, complainttest.Intake()).Number, o.File(t, complainttest.Intake()).Number
	for _, step := range []struct {
		action  workflow.Action
		answers workflow.Answers
	}{{complaint.EnterRegister, nil}, {complaint.Accept, workflow.Answers{"nature": {"RED"}}}, {complaint.Dispatch, workflow.Answers{"lead": {complainttest.Finance}}}} {
		if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: number, Action: step.action, By: o.People[staff.Registrar], Token: complainttest.Token(), Answers: step.answers}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE letter SET state = 'sent', tries = 1, done_at = created_at`); err != nil {
		t.Fatal(err)
	}
	none := map[watch.What]int{watch.NoNextStep: 0, watch.LettersUnsent: 0, watch.ClocksOwnerless: 0, watch.WithEndedUnit: 0, watch.ReceiptsMissing: 0, watch.NoStandIn: 0}
	if diff := cmp.Diff(none, counts(t, o)); diff != "" {
		t.Error(diff)
	}
	// A unit whose people have all gone, a letter that lies, a matter that is over while
	// its clocks run.
	for _, sql := range []string{
		`UPDATE staff SET disabled_at = now() WHERE unit = 'FIN'`,
		`UPDATE unit SET valid_to = '2026-01-31' WHERE code = 'FIN'`,
		`INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) SELECT h.id, '2026-03-02', '2026-03-09', d.id, h.id, now()
			FROM staff h, staff d WHERE (h.unit, h.role, d.unit, d.role) = ('JUS', 'unit_head', 'JUS', 'handler')`,
		`UPDATE letter SET state = 'waiting', tries = 0, done_at = NULL`,
		`UPDATE matter SET state = 'rejected', phase = 3, closed_at = opened_at WHERE number = '` + over + `'`,
	} {
		if _, err := o.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%v: %s", err, sql)
		}
	}
	if diff := cmp.Diff(none, counts(t, o)); diff != "" {
		t.Errorf("counted twice a day: %s", diff)
	}
	o.Wait(24 * time.Hour)
	got := counts(t, o)
	if got[watch.NoStandIn] != 0 {
		t.Error("a head whose deputy is there is counted")
	}
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now() WHERE unit = 'JUS' AND role = 'handler'`); err != nil {
		t.Fatal(err)
	}
	if o.Wait(24 * time.Hour); counts(t, o)[watch.NoStandIn] != 1 {
		t.Error("a head whose deputy has gone is not counted")
	}
	if got[watch.NoNextStep] != 1 || got[watch.LettersUnsent] == 0 || got[watch.ClocksOwnerless] != 3 || got[watch.WithEndedUnit] != 1 {
		t.Errorf("%v", got)
	}
}

func TestABeatTellsWhetherTheWorkGoesOn(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	said := func() string {
		t.Helper()
		beats, err := watch.Beats(t.Context(), o.DB.Portal)
		if err != nil {
			t.Fatal(err)
		}
		return watch.Words(beats, o.Now())
	}
	if got := said(); !strings.Contains(got, "还没有做过") {
		t.Error(got)
	}
	done := func(failed bool) {
		t.Helper()
		if err := watch.Done(t.Context(), o.DB.Worker, watch.Timed, o.Now(), failed); err != nil {
			t.Fatal(err)
		}
	}
	done(false)
	if got := said(); !strings.Contains(got, "10:00 都做完过") {
		t.Error(got)
	}
	o.Wait(time.Minute)
	done(true)
	if got := said(); !strings.Contains(got, "做不成") {
		t.Error(got)
	}
	done(false)
	o.Wait(21 * time.Minute)
	if got := said(); !strings.Contains(got, "停了") {
		t.Error(got)
	}
	for _, job := range []watch.Job{watch.Timed, watch.Calendar, watch.Follows, watch.Figures, watch.Heads, watch.Nightly} {
		if job.Label() == "" {
			t.Errorf("%s has no name", job)
		}
	}
}
