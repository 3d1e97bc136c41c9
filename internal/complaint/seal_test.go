package complaint_test

import (
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

// What is referred leaves every list, count, search and page but the discipline officer's; who
// referred it has number and day, and the unit that worked on it nothing.
func TestWhatIsReferredIsSealed(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now() WHERE role = 'discipline_officer'`); err != nil {
		t.Fatal(err)
	}
	if _, err := d.try(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("what nobody would read is sealed: %v", err)
	}
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = NULL WHERE role = 'discipline_officer'`); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪")
	for _, role := range staff.Roles() {
		by := d.People[role]
		_, err := d.Desk.Read(t.Context(), by, d.number)
		page, listed := d.Desk.List(t.Context(), by.Scope(), register.Filter{}, register.Cursor{})
		found, searched := d.Desk.List(t.Context(), by.Scope(), register.Filter{Text: d.number}, register.Cursor{})
		_, place, placed := d.Desk.Place(t.Context(), by.Scope(), d.number)
		if listed != nil || searched != nil || placed != nil {
			t.Fatal(role, listed, searched, placed)
		}
		officer := role == staff.DisciplineOfficer
		if reads := err == nil; reads != officer || place != officer || (len(page.Rows) > 0) != officer || len(found.Rows) > 0 && !officer {
			t.Errorf("%s reads it %v, is led there %v, lists %d, finds %d: %v", role, reads, place, len(page.Rows), len(found.Rows), err)
		}
		sealed, err := d.Desk.Sealed(t.Context(), by)
		if want := role == staff.Registrar || role == staff.Supervisor; err != nil || (len(sealed) == 1 && sealed[0].Number == d.number) != want || len(sealed) > 1 {
			t.Errorf("%s is told of %+v, %v", role, sealed, err)
		}
	}
	if _, err := d.Desk.Read(t.Context(), d.OtherHandler, d.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("a unit that helped reads it: %v", err)
	}
	if _, err := d.try(staff.Registrar, complaint.RecordResult, "public", "收到了"); err == nil {
		t.Error("who referred it goes on with it")
	}
	d.do(staff.DisciplineOfficer, complaint.RecordResult, "public", "已经受理。")
	// What was referred before sealing came is read as before, until it is sealed.
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE matter SET flags = '{}'`); err != nil {
		t.Fatal(err)
	}
	d.tampered = true
	d.do(staff.Registrar, complaint.RecordResult, "public", "又有回复。")
	d.do(staff.Registrar, complaint.Seal)
	if _, err := d.Desk.Read(t.Context(), d.People[staff.Registrar], d.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("what is sealed later is read: %v", err)
	}
}
