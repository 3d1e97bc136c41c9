package complaint_test

import (
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Who helps is changed without the unit that leads losing the matter, and only where
// somebody helps; what was recorded of the handing out stays what it was.
func TestOnlyAUnitThatHelpsIsChanged(t *testing.T) {
	d := newDesk(t)
	d.number = d.File(t, complainttest.Intake()).Number
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	_, err := d.try(staff.Registrar, workflow.ChangeCo, workflow.CoOut, complainttest.Justice, "note", "机构改革")
	refused(t, err, "没有别的单位配合")
	d.do(staff.Registrar, complaint.Recall, "note", "加一个单位")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice)
	if _, err := d.Desk.Read(t.Context(), d.OtherHandler, d.number); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Registrar, workflow.ChangeCo, workflow.CoOut, complainttest.Justice, "note", "机构改革")
	if _, err := d.Desk.Read(t.Context(), d.OtherHandler, d.number); err == nil {
		t.Error("a unit that helps no more still reads it")
	}
	if _, err := d.Desk.Read(t.Context(), d.People[staff.Handler], d.number); err != nil || d.state() != "dispatched" {
		t.Errorf("the unit that leads: %v, %s", err, d.state())
	}
	d.verifyChain()
}
