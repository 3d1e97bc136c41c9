package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
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
	if _, err := d.try(staff.DisciplineOfficer, complaint.RecordResult, "public", "已经受理。"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("what was not opened is gone on with: %v", err)
	}
	d.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "收到来函")
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

// referred is a complaint that was referred and sealed.
func referred(t *testing.T, in complaint.Intake) *desk {
	t.Helper()
	d := newDesk(t)
	return d.refers(d.File(t, in).Number)
}

func (d *desk) refers(number string) *desk {
	d.t.Helper()
	d = d.at(number)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪")
	return d
}

// terms are the terms of the matter that run.
func (d *desk) terms() []string {
	d.t.Helper()
	return must(pg.All[string](d.t.Context(), d.DB.Owner, `SELECT k.rule FROM clock k JOIN matter m ON m.id = k.matter_id WHERE m.number = @n AND k.stopped_at IS NULL ORDER BY 1`, pg.Args{"n": d.number}))
}

// What is sealed shows its reader nothing but number and unit until they say why; the
// auditor reads who and why, and nothing of what it says.
func TestWhatIsSealedIsOpenedWithAReason(t *testing.T) {
	d := referred(t, complainttest.Intake())
	officer, auditor := d.People[staff.DisciplineOfficer], d.People[staff.Auditor]
	closed := func(when string) {
		t.Helper()
		read := d.read(officer)
		if !read.Closed || read.Matter.Title != staff.SealedTitle || read.Said.Facts != "" || read.Said.Request != "" || len(read.Events)+len(read.Clocks)+len(read.Letters)+len(read.Bars) > 0 {
			t.Errorf("%s it shows %+v", when, read)
		}
		var may []workflow.Action
		for _, c := range read.Choices(officer) {
			may = append(may, c.Action)
		}
		if want := []workflow.Action{complaint.OpenSealed, workflow.Recuse, complaint.Note}; !slices.Equal(may, want) {
			t.Errorf("%s the officer may %v", when, may)
		}
	}
	closed("before")
	for _, f := range []register.Filter{{}, {Text: "村道硬化"}, {View: complaint.ViewReferred}} {
		page := must(d.Desk.List(t.Context(), officer.Scope(), f, register.Cursor{}))
		for _, row := range page.Rows {
			if row.Title != staff.SealedTitle || !row.Line.IsZero() || strings.Join(row.Details, "") != "" || len(row.Own) > 0 {
				t.Errorf("the list shows %+v", row)
			}
		}
	}
	_, err := d.try(staff.DisciplineOfficer, complaint.OpenSealed)
	wrongField(t, err, "note", "要写理由")
	d.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "接到来函要核对")
	read := d.read(officer)
	if read.Closed || !strings.Contains(read.Matter.Title, "村道") || read.Said.Facts == "" || read.Offers(officer, complaint.OpenSealed) || !read.Offers(officer, complaint.TellAccepted) {
		t.Errorf("opened it shows %+v", read)
	}
	o := workflow.Order{Number: d.number, By: officer, Token: complainttest.Token(), Answers: workflow.Answers{"note": {"核对签名"}}}
	identity, err := d.Desk.OpenIdentity(t.Context(), o, d.Keys.Office)
	if err != nil || identity.Person.Name != "王建国" || identity.Reason != "核对签名" {
		t.Errorf("%+v %v %v", identity, err, fault.FieldsOf(err))
	}
	if said := d.told(complaint.OpenIdentity); said != "工作人员查看了您的身份信息。" {
		t.Errorf("whoever complained reads %q", said)
	}
	for _, role := range staff.Roles() {
		found, err := complaint.Unsealings(t.Context(), d.DB.Admin, d.People[role], workflow.Mark{}, 10)
		switch {
		case err != nil:
			t.Fatal(err)
		case role != staff.Auditor && len(found) > 0:
			t.Errorf("%s reads %+v", role, found)
		case role == staff.Auditor && (len(found) != 2 || found[0].Reason != "核对签名" || found[1].Reason != "接到来函要核对" || found[1].Number != d.number):
			t.Errorf("the auditor reads %+v", found)
		}
	}
	if _, err := d.Desk.Read(t.Context(), auditor, d.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("the auditor reads the matter: %v", err)
	}
	d.Wait(13 * time.Hour)
	closed("the next day")
}

// Whoever reported by name is told within its terms whether it is accepted and what came of
// it, and nobody but the officer sees these terms; who gave no name is owed nothing.
func TestWhatIsReferredByNameHasItsTerms(t *testing.T) {
	d := referred(t, complainttest.Intake())
	if got := d.terms(); !slices.Equal(got, []string{"DISC-ACK"}) {
		t.Errorf("terms that run: %v", got)
	}
	listed := func(due bool) {
		t.Helper()
		page := must(d.Desk.List(t.Context(), d.People[staff.DisciplineOfficer].Scope(), register.Filter{View: complaint.ViewReferred}, register.Cursor{}))
		if has := len(page.Rows) == 1 && page.Rows[0].Due != nil; has != due {
			t.Errorf("the officer's list has %+v", page.Rows)
		}
	}
	listed(true)
	d.Wait(17 * aDay) // 15 working days end on 2026-03-23
	if n := d.sweep(); n != 1 {
		t.Errorf("reminded %d times", n)
	}
	if err := watch.Count(t.Context(), d.DB.Worker, kinds.Laws(), d.Now()); err != nil {
		t.Fatal(err)
	}
	for _, c := range must(watch.Newest(t.Context(), d.DB.Admin)) {
		if c.N != 0 && c.What != watch.LettersUnsent {
			t.Errorf("the night finds %+v", c)
		}
	}
	d.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "收到受理告知")
	_, err := d.try(staff.DisciplineOfficer, complaint.TellAccepted, "accepted", "maybe")
	wrongField(t, err, "accepted", "从列出的里面选")
	d.do(staff.DisciplineOfficer, complaint.TellAccepted, "accepted", "yes")
	if said := d.told(complaint.TellAccepted); said != "有权机关告知：您反映的问题已经受理。" {
		t.Errorf("told %q", said)
	}
	listed(false)
	if _, err := d.try(staff.DisciplineOfficer, complaint.TellResult, "public", "办完了"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a result before it is concluded: %v", err)
	}
	_, err = d.try(staff.DisciplineOfficer, complaint.NoteConcluded, "on_year", "2027", "on_month", "3", "on_day", "1")
	wrongField(t, err, "on", "请写真正办结的那一天")
	d.do(staff.DisciplineOfficer, complaint.NoteConcluded, "on_year", "2026", "on_month", "3", "on_day", "18")
	if began := d.began("DISC-FB"); began.Format("01-02") != "03-17" { // midnight of the 18th here
		t.Errorf("the result is owed since %s", began)
	}
	listed(true)
	d.do(staff.DisciplineOfficer, complaint.TellResult, "public", "反映的问题已经查清，作出了处理。")
	if got := d.terms(); len(got) > 0 {
		t.Errorf("terms that run: %v", got)
	}
	in := complainttest.Intake()
	in.Who, in.Contact = complaint.Who{Kind: "citizen", Anonymous: "yes"}, complaint.Contact{Confidential: "yes"}
	nameless := d.refers(d.File(t, in).Number)
	nameless.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "收到来函")
	read := nameless.read(d.People[staff.DisciplineOfficer])
	if len(nameless.terms()) > 0 || read.Offers(d.People[staff.DisciplineOfficer], complaint.TellAccepted) || read.Offers(d.People[staff.DisciplineOfficer], complaint.OpenIdentity) {
		t.Errorf("without a name: %v", nameless.terms())
	}
}

// A calendar that moves the terms of what is sealed says nothing of it to whoever complained.
func TestTheTermsOfWhatIsSealedMoveWithoutAWord(t *testing.T) {
	d := atYearsEnd(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪")
	d.publish(newYear)
	if done := d.recount(); done.Moved != 1 {
		t.Fatalf("%+v", done)
	}
	if said := d.told(workflow.Recount); said != "" {
		t.Errorf("told %q", said)
	}
}

// What is added about a sealed part reaches its reader, whom a unit that is named on another
// part must not take it from unasked; and where nobody is left who reads it, the night says so.
func TestASealedPartKeepsItsReader(t *testing.T) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d = d.at(receipt.Number)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.SplitUp, parts...)
	red, acc := d.kin()["RED"], d.kin()["ACC"]
	officer := d.People[staff.DisciplineOfficer]
	acc.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪")
	acc.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "受理")
	if _, err := d.Portal.MoveOwn(t.Context(), d.open(receipt), d.number, complaint.Supplement, complainttest.Token(), workflow.Answers{"note": {"经办人又来要了。"}}); err != nil {
		t.Fatal(err)
	}
	value := d.read(d.People[staff.Registrar]).Offered["addition"][0].Value
	d.do(staff.Registrar, complaint.PassSealed, "addition", value)
	if read := acc.read(officer); len(read.PassedOn) != 1 || read.PassedOn[0].Words != "经办人又来要了。" {
		t.Errorf("its reader has %+v", read.PassedOn)
	}
	if read := d.read(d.People[staff.Registrar]); len(read.Waiting) > 0 || read.Offers(d.People[staff.Registrar], complaint.PassSealed) {
		t.Errorf("it waits still: %+v", read.Waiting)
	}
	d.tampered = true
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE staff SET unit = 'JUS' WHERE role = 'discipline_officer'`); err != nil {
		t.Fatal(err)
	}
	_, err := red.try(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03")
	wrongField(t, err, "unread", "没有惩戒专员能看")
	night := func() int {
		t.Helper()
		d.Wait(aDay)
		if err := watch.Count(t.Context(), d.DB.Worker, kinds.Laws(), d.Now()); err != nil {
			t.Fatal(err)
		}
		for _, c := range must(watch.Newest(t.Context(), d.DB.Admin)) {
			if c.What == watch.NoNextStep {
				return c.N
			}
		}
		return -1
	}
	if n := night(); n != 0 {
		t.Errorf("the night finds %d", n)
	}
	red.do(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03", "unread", "yes")
	if n := night(); n != 1 {
		t.Errorf("the night finds %d without a reader", n)
	}
}

// A letter that did not go out is sent again by who may read what is sealed, and says no more.
func TestALetterOfWhatIsSealedIsSentAgain(t *testing.T) {
	d := referred(t, complainttest.Intake())
	d.do(staff.DisciplineOfficer, complaint.OpenSealed, "note", "收到受理告知")
	d.do(staff.DisciplineOfficer, complaint.TellAccepted, "accepted", "no")
	officer := d.People[staff.DisciplineOfficer]
	if d.read(officer).Offers(officer, complaint.SendAgain) {
		t.Error("nothing is lost, and it can be sent again")
	}
	d.tampered = true
	if _, err := d.DB.Owner.Exec(t.Context(), `UPDATE letter SET state = 'failed', fault_code = '550', tries = 1, done_at = created_at`); err != nil {
		t.Fatal(err)
	}
	if _, err := d.try(staff.Registrar, complaint.SendAgain); err == nil {
		t.Error("who may not read it sends again")
	}
	if !d.read(officer).Offers(officer, complaint.SendAgain) {
		t.Error("it cannot be sent again")
	}
	d.do(staff.DisciplineOfficer, complaint.SendAgain)
}
