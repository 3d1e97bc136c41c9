package discipline_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// decline decides against a case.
func (b *bench) decline(by staff.Role, why string) error {
	b.t.Helper()
	_, err := b.Desk.Move(b.t.Context(), b.order(b.People[by], b.complaint, complaint.DeclineCase, []string{"note", why}))
	return err
}

// undecided says whether the officer's list of what is still to be decided has it.
func (b *bench) undecided() bool {
	b.t.Helper()
	f := register.Filter{View: complaint.ViewToCase}
	page, err := b.Desk.List(b.t.Context(), b.People[staff.DisciplineOfficer].Scope(), f, register.Cursor{})
	if err != nil {
		b.t.Fatal(err)
	}
	counts, err := b.Desk.Count(b.t.Context(), b.People[staff.DisciplineOfficer].Scope(), []register.Filter{f})
	if err != nil || counts[0] != len(page.Rows) {
		b.t.Errorf("counts %v of %d: %v", counts, len(page.Rows), err)
	}
	return len(page.Rows) > 0
}

const mild = "七日内已经改正，情节轻微。"

// Whether a case is opened is decided once, with a reason that is the desk's own; it may
// be decided otherwise for as long as a case could be opened.
func TestACaseIsDeclinedAndOpenedAllTheSame(t *testing.T) {
	b := newBench(t)
	officer := b.People[staff.DisciplineOfficer]
	if !b.undecided() {
		t.Fatal("what was found true is not on the list")
	}
	wantFault(t, b.decline(staff.DisciplineOfficer, "　"), fault.Invalid, "请写不予立案的理由")
	for _, role := range []staff.Role{staff.Supervisor, staff.Leader, staff.Registrar} {
		wantFault(t, b.decline(role, mild), fault.Forbidden, "不由您来办")
	}
	if err := b.decline(staff.DisciplineOfficer, mild); err != nil {
		t.Fatal(err)
	}
	if b.undecided() {
		t.Error("what was decided stays on the list")
	}
	wantFault(t, b.decline(staff.DisciplineOfficer, mild), fault.Forbidden, "已经决定不予立案")

	visitor, err := key.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Portal.Unlock(t.Context(), b.receipt.Number, b.receipt.Code, visitor, []byte("x")); err != nil {
		t.Fatal(err)
	}
	own, err := b.Portal.Own(t.Context(), visitor, b.receipt.Number)
	if err != nil {
		t.Fatal(err)
	}
	if said := own.Events[0].Text; own.Events[0].Action != complaint.DeclineCase || strings.Contains(said, "轻微") || !strings.Contains(said, "申请复查的权利也不变") {
		t.Errorf("the complainant reads %q", said)
	}
	for role, reads := range map[staff.Role]bool{staff.Handler: false, staff.UnitHead: false, staff.Supervisor: true, staff.DisciplineOfficer: true} {
		d, err := b.Desk.Read(t.Context(), b.People[role], b.complaint)
		if err != nil || slices.ContainsFunc(d.Events, func(e register.Happening) bool { return e.Action == complaint.DeclineCase && e.Note == mild }) != reads {
			t.Errorf("%s reads why not: %v (%v)", role, !reads, err)
		}
	}

	begun, err := b.cases.OpenFrom(t.Context(), b.order(officer, b.complaint, complaint.OpenCase, []string{"note", "又有三家反映，要立案。"}))
	if err != nil {
		t.Fatal(err)
	}
	d, err := b.Desk.Read(t.Context(), officer, b.complaint)
	if err != nil || d.Matter.Has(complaint.CaseDeclined) || !d.Matter.Has(complaint.CaseOpened) || begun.Number == "" || b.undecided() {
		t.Errorf("after the opening it has %v: %v", d.Matter.Flags, err)
	}
	wantFault(t, b.decline(staff.DisciplineOfficer, mild), fault.Forbidden, "已经立过案了")
	b.verifyChains()
}

// What is handled again is decided again, whoever handles it; what is upheld is not.
func TestWhatIsHandledAgainIsDecidedAgain(t *testing.T) {
	b := newBench(t)
	if err := b.decline(staff.DisciplineOfficer, mild); err != nil {
		t.Fatal(err)
	}
	b.Wait(time.Minute)
	b.contest()
	if b.undecided() {
		t.Error("a contest alone brings it back")
	}
	wantFault(t, b.decline(staff.DisciplineOfficer, mild), fault.Conflict, "复查中")
	b.Wait(time.Minute)
	b.again("mostly")
	if !b.undecided() {
		t.Error("a new answer that finds it true is not to be decided on")
	}
	if err := b.decline(staff.DisciplineOfficer, mild); err != nil {
		t.Error(err)
	}
	for _, row := range complaint.Law.Moves {
		if slices.Contains(row.Clears, complaint.Substantiated) && !slices.Contains(row.Clears, complaint.CaseDeclined) {
			t.Errorf("%s takes the finding away and leaves what was decided on it", row.Action)
		}
	}
}

// Whom the words may mean decides nothing on it.
func TestWhoIsMeantDoesNotDecline(t *testing.T) {
	b := newBench(t)
	officer := b.People[staff.DisciplineOfficer]
	m := workflow.Matter{State: complaint.Replied, Flags: []string{complaint.Substantiated, staff.ReaderMeant}}
	for _, c := range complaint.Law.Choices(&m, workflow.ActorOf(officer), b.Now()) {
		if c.Action == complaint.DeclineCase && !strings.Contains(c.Why, "要由别人来办") {
			t.Errorf("the button says %q", c.Why)
		}
	}
}
