package complaint_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// hand is a unit that has a complaint in hand, with who signed for it.
type hand struct {
	Unit, Part, Signed string
	Over               bool
}

func (d *desk) hands() []hand {
	d.t.Helper()
	all, err := pg.All[hand](d.t.Context(), d.DB.Owner, `
		SELECT a.unit, a.part, coalesce(s.login, '') AS signed, a.ended_at IS NOT NULL AS over
		FROM assignment a JOIN matter m ON m.id = a.matter_id LEFT JOIN staff s ON s.id = a.signed_by AND a.signed_at IS NOT NULL
		WHERE m.number = @number ORDER BY a.part DESC, a.unit`, pg.Args{"number": d.number})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func TestAUnitThatHelpsSignsForItself(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	lead := d.People[staff.Handler].Login
	if _, err := d.try(staff.Handler, complaint.CoSign); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Conflict) {
		t.Errorf("the lead signs for the unit that helps: %v", err)
	}
	d.doAs(d.OtherHandler, complaint.CoSign)
	want := []hand{{complainttest.Finance, "lead", lead, false}, {complainttest.Justice, "co", d.OtherHandler.Login, false}}
	if diff := cmp.Diff(want, d.hands()); diff != "" {
		t.Error(diff)
	}
	if d.state() != "handling" {
		t.Errorf("it moved the matter to %s", d.state())
	}
}

// 《信访工作条例》第二十三条: who sent it decides, and the unit goes on.
func TestAReturnThatIsRefusedLeavesTheComplaintWhereItWas(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	before := d.hands()
	d.do(staff.Handler, complaint.Object, "note", "不属于本单位职责，建议由司法局办理。")
	if _, err := d.try(staff.Handler, complaint.RefuseReturn, "note", "不同意"); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Conflict) {
		t.Errorf("the unit decides on its own objection: %v", err)
	}
	if _, err := d.try(staff.Registrar, complaint.RefuseReturn); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("without a reason: %v", err)
	}
	d.do(staff.Registrar, complaint.RefuseReturn, "note", "合同是贵局签的。")
	if diff := cmp.Diff(before, d.hands()); diff != "" || d.state() != "handling" {
		t.Errorf("in state %s: %s", d.state(), diff)
	}
	_, err := d.try(staff.Handler, complaint.Object, "note", "还是不该本单位办。")
	refused(t, err, "已经申请过退办")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
}
