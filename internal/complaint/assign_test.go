package complaint_test

import (
	"fmt"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is in somebody's hand waits for them and for nobody else of the unit, who may act all
// the same; what nobody could work on waits for all again.
func TestWhatIsAssignedWaitsForWhoHasIt(t *testing.T) {
	d := handled(t)
	other := d.Hire(t, "another", staff.Handler, complainttest.Finance)
	head := d.People[staff.UnitHead]
	mine := func(p staff.Person) int {
		return len(must(d.Desk.List(t.Context(), p.Scope(), register.Filter{View: register.ViewMine, Person: p}, register.Cursor{})).Rows)
	}
	me := d.People[staff.Handler]
	if mine(me) != 1 || mine(other) != 1 {
		t.Fatal("assigned to nobody, it does not wait for all of the unit")
	}
	d.do(staff.UnitHead, workflow.Assign, "person", fmt.Sprint(other.ID), "note", "请先核对台账")
	if mine(me) != 0 || mine(other) != 1 {
		t.Errorf("assigned to another: it waits for me %d, for them %d times", mine(me), mine(other))
	}
	read := d.read(head)
	if read.Events[0].Note != "分给"+other.Name+"。请先核对台账" || read.Holder() != "县财政局 "+other.Name {
		t.Errorf("the unit reads %q, in whose hand %q", read.Events[0].Note, read.Holder())
	}
	if row := must(d.Desk.List(t.Context(), me.Scope(), register.Filter{View: register.ViewAll, Person: me}, register.Cursor{})).Rows; len(row) != 1 || row[0].Holder() != "县财政局 "+other.Name {
		t.Errorf("a colleague's list has %+v", row)
	}
	if len(read.Colleagues) != 3 {
		t.Errorf("to choose from are %+v", read.Colleagues)
	}
	for _, person := range []string{"", "x", "0", fmt.Sprint(d.People[staff.Registrar].ID), "99999999999999999999"} {
		if _, err := d.try(staff.UnitHead, workflow.Assign, "person", person); !fault.Is(err, fault.Invalid) {
			t.Errorf("assigned to %q: %v", person, err)
		}
	}
	// Nobody of the unit is kept from it: somebody may be ill.
	d.do(staff.Handler, workflow.Note, "note", "代看")
	d.doAs(other, workflow.Recuse)
	if mine(me) != 1 {
		t.Error("whoever had it recused themselves, and it waits for nobody")
	}
	if _, err := d.try(staff.UnitHead, workflow.Assign, "person", fmt.Sprint(other.ID)); !fault.Is(err, fault.Invalid) {
		t.Errorf("assigned to whom its bar keeps away: %v", err)
	}
	d.do(staff.Handler, workflow.Assign, "person", fmt.Sprint(me.ID))
	d.do(staff.UnitHead, workflow.Assign, "person", workflow.Nobody)
	if d.read(head).Holder() != "县财政局" {
		t.Error("given back to the unit, it is in somebody's hand")
	}
	d.do(staff.UnitHead, workflow.Assign, "person", fmt.Sprint(me.ID))
	if _, err := pg.Exec(t.Context(), d.DB.Owner, `UPDATE staff SET disabled_at = now() WHERE id = @id`, pg.Args{"id": me.ID}); err != nil {
		t.Fatal(err)
	}
	third := d.Hire(t, "third", staff.Handler, complainttest.Finance)
	if mine(third) != 1 {
		t.Error("whoever had it is gone, and it waits for nobody")
	}
	// Given to another unit and back, it is in nobody's hand.
	d.do(staff.Registrar, complaint.Recall, "note", "另派")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	if d.read(head).Holder() != "县财政局" {
		t.Error("given anew, it is in the old hand")
	}
	if _, err := pg.Exec(t.Context(), d.DB.Admin, `UPDATE assignment SET assigned = @id`, pg.Args{"id": third.ID}); err == nil {
		t.Error("the desk assigns without a move")
	}
}
