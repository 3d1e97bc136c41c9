package complaint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func (d *desk) read(by staff.Person) *complaint.Dossier {
	d.t.Helper()
	dossier, err := d.Desk.Read(d.t.Context(), by, d.number)
	if err != nil {
		d.t.Fatal(err)
	}
	return dossier
}

func TestADossierTellsTheWholeMatter(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	got := d.read(d.People[staff.Supervisor])
	if got.Matter.State != complaint.UnderReview || got.UnitName != "东岭镇人民政府" || got.Said.Kind != "enterprise" || !got.Identity.Present {
		t.Errorf("state %s, unit %q, kind %q, identity %v", got.Matter.State, got.UnitName, got.Said.Kind, got.Identity)
	}
	if got.Said.ContractDate.String() != "2024-05-12" || got.Said.UnpaidAmount == nil || got.Said.UnpaidAmount.String() != complainttest.Intake().Contract.UnpaidAmount.String() {
		t.Errorf("contract of %s, unpaid %v", got.Said.ContractDate, got.Said.UnpaidAmount)
	}
	if got.Matter.LastBy[complaint.DraftAnswer] != d.People[staff.Handler].ID || len(got.Matter.Assignments) != 2 {
		t.Errorf("last by %v, assignments %v", got.Matter.LastBy, got.Matter.Assignments)
	}
	lead, ok := got.Lead()
	if !ok || lead.Name != "县财政局" || lead.SignedBy != "承办人甲" {
		t.Errorf("lead %+v", lead)
	}
	newest, ok := got.Newest()
	if !ok || newest.Version != 1 || newest.Drafter != "承办人甲" || newest.Unit != "县财政局" {
		t.Errorf("draft %+v", newest)
	}
	if len(got.Events) != 7 || got.Events[0].Action != complaint.ApproveAnswer || got.Events[6].Action != complaint.File {
		t.Errorf("%d events", len(got.Events))
	}
	if len(got.Clocks) == 0 || !got.Clocks[0].Running() || len(got.Letters) == 0 {
		t.Errorf("clocks %v, letters %v", got.Clocks, got.Letters)
	}
}

func TestNotYoursReadsAsAbsent(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	stranger := d.Hire(t, "stranger", staff.Handler, complainttest.DeskUnit)
	insider := d.Hire(t, "insider", staff.Supervisor, complainttest.TownRoads)
	_, absent := d.Desk.Read(t.Context(), stranger, "JX2026000000000")
	for _, who := range []staff.Person{stranger, insider, d.People[staff.Custodian], d.People[staff.Publisher], d.People[staff.DisciplineOfficer]} {
		_, err := d.Desk.Read(t.Context(), who, d.number)
		if !fault.Is(err, fault.NotFound) || err.Error() != absent.Error() {
			t.Errorf("%s of %s: %v", who.Role, who.Unit, err)
		}
	}
}

func TestAUnitReadsNothingThatTellsWhoComplains(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.Note, "note", "来人是王建国，上午来过窗口")
	opening := workflow.Order{Number: d.number, By: d.People[staff.Supervisor], Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {"要找王建国核实"}}}
	if _, err := d.Desk.OpenIdentity(t.Context(), opening, d.Keys.Office); err != nil {
		t.Fatal(err)
	}
	d.toHandling()
	d.do(staff.Supervisor, complaint.Note, "note", "请在月底前办完")
	d.do(staff.Handler, complaint.Note, "note", "镇里的付款计划到了")
	notes := func(by staff.Person) (all []string) {
		for _, e := range d.read(by).Events {
			if e.Note != "" {
				all = append(all, e.Note)
			}
		}
		return all
	}
	since := []string{"镇里的付款计划到了", "请在月底前办完"}
	if diff := cmp.Diff(since, notes(d.People[staff.Handler])); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(append(since, "来人是王建国，上午来过窗口"), notes(d.People[staff.Supervisor])); diff != "" {
		t.Error(diff)
	}
	got := d.read(d.People[staff.UnitHead])
	if got.Said.Kind != "" || got.Said.Channel != "" || got.Identity != (complaint.SealedIdentity{}) || len(got.Letters) != 0 {
		t.Errorf("the unit reads %q %q %v %v", got.Said.Kind, got.Said.Channel, got.Identity, got.Letters)
	}
	if slices.ContainsFunc(got.Events, func(e register.Happening) bool {
		return e.Action == complaint.OpenIdentity || strings.Contains(e.Public+e.Note, "王建国")
	}) {
		t.Error("the unit reads of an opening")
	}
}

func TestAWordOfWithdrawalIsForTheDeskAlone(t *testing.T) {
	d := newDesk(t)
	d.tampered = true
	d.toHandling()
	// As the portal writes it, which a test of the portal walks.
	if _, err := pg.Exec(t.Context(), d.DB.Owner, `
		WITH e AS (INSERT INTO event SELECT matter_id, seq + 1, at, 'complainant', NULL, '', 'complainant', 'withdraw', to_state, 'withdrawn',
			public_text, '', '', salt, commitment, prev, hash, key_id FROM event ORDER BY seq DESC LIMIT 1 RETURNING matter_id, seq)
		INSERT INTO supplement SELECT matter_id, seq, '镇里的人上门逼我撤', true FROM e`, nil); err != nil {
		t.Fatal(err)
	}
	if got := d.read(d.People[staff.Registrar]).Events[0].Words; got != "镇里的人上门逼我撤" {
		t.Errorf("the desk reads %q", got)
	}
	if got := d.read(d.People[staff.Handler]).Events[0]; got.Action != complaint.Withdraw || got.Words != "" {
		t.Errorf("the unit reads %q", got.Words)
	}
}

func TestTheBarredUnitsAreThoseTheDatabaseRefuses(t *testing.T) {
	d := newDesk(t)
	if _, err := d.DB.Owner.Exec(t.Context(), `
		INSERT INTO unit (code, name, kind, parent, successor) VALUES
			('NEWTOWN', '新东岭街道', 'subdistrict', NULL, NULL), ('NEWTOWN-OFFICE', '新东岭街道办公室', 'office', 'NEWTOWN', NULL),
			('JUS-SUB', '司法所', 'office', 'JUS', NULL), ('PAST', '旧司法科', 'office', NULL, 'TOWN');
		UPDATE unit SET successor = 'NEWTOWN' WHERE code = 'TOWN';
		INSERT INTO unit_conflict (unit, other, reason) VALUES ('TOWN', 'JUS', '局长的弟弟是镇长')`); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, b := range d.read(d.People[staff.Registrar]).Barred {
		got[b.Code] = b.Why
	}
	refused, err := pg.All[string](t.Context(), d.DB.Owner, `SELECT code FROM unit WHERE unit_barred(code, 'TOWN')`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range refused {
		if got[code] == "" {
			t.Errorf("%s is refused but not said to be", code)
		}
	}
	if len(got) != len(refused) {
		t.Errorf("said %v, refused %v", got, refused)
	}
	want := map[string]string{"TOWN": register.BarredAccused, "TOWN-ROADS": register.BarredBelow, "JUS": register.BarredConflict}
	for code, why := range want {
		if got[code] != why {
			t.Errorf("%s: %q, want %q", code, got[code], why)
		}
	}
}
