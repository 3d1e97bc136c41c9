package complaint_test

import (
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestAChoiceWithSpacesAroundItIsNotOne(t *testing.T) {
	t.Parallel()
	for _, m := range complaint.Law.Moves {
		for _, need := range m.Needs {
			if len(need.Options) == 0 {
				continue
			}
			typed := workflow.Answers{}
			for _, other := range m.Needs {
				typed[other.Name] = []string{"有"}
				if len(other.Options) > 0 {
					typed[other.Name] = []string{other.Options[0].Value}
				}
			}
			typed[need.Name] = []string{" " + need.Options[0].Value + "　"}
			found := m.Faults(typed, time.Now())
			if len(found) != 1 || found[0].Name != need.Name {
				t.Errorf("%s, %s: %v", m.Action, need.Name, found)
			}
		}
	}
}

func TestOnlyAUnitOfTheListIsSettledOrDispatchedTo(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE unit SET handles = false WHERE code = $1`, complainttest.Justice); err != nil {
		t.Fatal(err)
	}
	d := &desk{Office: o, t: t, number: o.File(t, complainttest.Intake()).Number}
	_, err := d.try(staff.Registrar, complaint.SettleUnit, "unit", complainttest.DeskUnit, "category", complainttest.Intake().Story.Category)
	if found := fault.FieldsOf(err); len(found) != 1 || found[0].Name != "unit" {
		t.Errorf("the desk itself became the accused: %v", err)
	}
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	for _, pairs := range [][]string{{"lead", complainttest.Justice}, {"lead", complainttest.Finance, "co", complainttest.Justice}} {
		_, err := d.try(staff.Registrar, complaint.Dispatch, pairs...)
		if found := fault.FieldsOf(err); len(found) != 1 || found[0].Name != pairs[len(pairs)-2] {
			t.Errorf("%v: dispatched to a unit that handles nothing: %v", pairs, err)
		}
	}
	if d.state() != "accepted" {
		t.Errorf("state %s", d.state())
	}
}
