package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

const day = 24 * time.Hour

// office has one complaint that the finance office works on.
type office struct {
	*complainttest.Office
	t         *testing.T
	inquiries *inquiry.Register
	complaint string
	number    string
}

func newOffice(t *testing.T) *office {
	t.Parallel()
	o := &office{Office: complainttest.New(t), t: t}
	o.inquiries = inquiry.New(o.Desk.Office)
	o.complaint = o.File(t, complainttest.Intake()).Number
	o.move(staff.Registrar, complaint.EnterRegister)
	o.move(staff.Registrar, complaint.Accept, "nature", "RED")
	o.move(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	o.move(staff.Handler, complaint.Sign)
	return o
}

func (o *office) order(by staff.Person, number string, action workflow.Action, pairs []string) workflow.Order {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	return workflow.Order{Number: number, Action: action, By: by, Token: complainttest.Token(), Answers: a}
}

// move moves the complaint.
func (o *office) move(by staff.Role, action workflow.Action, pairs ...string) {
	o.t.Helper()
	if _, err := o.Desk.Move(o.t.Context(), o.order(o.People[by], o.complaint, action, pairs)); err != nil {
		o.t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

func (o *office) try(by staff.Person, action workflow.Action, pairs ...string) error {
	_, err := o.inquiries.Move(o.t.Context(), o.order(by, o.number, action, pairs))
	return err
}

func (o *office) do(by staff.Person, action workflow.Action, pairs ...string) {
	o.t.Helper()
	if err := o.try(by, action, pairs...); err != nil {
		o.t.Fatalf("%s by %s: %v %v", action, by.Login, err, fault.FieldsOf(err))
	}
}

func (o *office) open(pairs ...string) error {
	done, err := o.inquiries.OpenFrom(o.t.Context(), o.order(o.People[staff.Registrar], o.complaint, complaint.OpenInquiry, append([]string{
		"title", "核对一份合同的用印", "words", "有一份合同，想请你局看一看用印。", "facts", "合同签于 2023 年 5 月。"}, pairs...)))
	if err == nil {
		o.number = done.Number
	}
	return err
}

// asked opens one and sends it to the justice office.
func (o *office) asked(pairs ...string) {
	o.t.Helper()
	if err := o.open(pairs...); err != nil {
		o.t.Fatal(err, fault.FieldsOf(err))
	}
	o.do(o.People[staff.Registrar], inquiry.Send, "lead", complainttest.Justice)
}

func (o *office) read(by staff.Person) *inquiry.Inquiry {
	o.t.Helper()
	i, err := o.inquiries.Read(o.t.Context(), by, o.number)
	if err != nil {
		o.t.Fatal(err)
	}
	return i
}

func (o *office) stands(want workflow.State) *inquiry.Inquiry {
	o.t.Helper()
	i := o.read(o.People[staff.Supervisor])
	if i.Matter.State != want {
		o.t.Errorf("it is %s, not %s", i.Matter.State, want)
	}
	return i
}

func (o *office) night() {
	o.t.Helper()
	if _, err := o.Worker().Engine.RunTimed(o.t.Context(), inquiry.Law); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) letters(template, to string) int {
	o.t.Helper()
	n, err := pg.One[int](o.t.Context(), o.DB.Owner, `SELECT count(*)::int FROM letter WHERE template = @template AND recipient = @to`, pg.Args{"template": template, "to": to})
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func (o *office) verify() {
	o.t.Helper()
	sum, err := audit.Walk(o.t.Context(), o.DB.Owner, key.NewEventKeys(o.Keys.Office, o.Keys.Portal), kinds.Lawful, func(f chain.Finding) { o.t.Errorf("chain: %s", f.Sentence) })
	if err != nil || sum.Matters < 2 {
		o.t.Errorf("walked %+v, %v", sum, err)
	}
}

// A unit proposes, the desk chooses whom to ask, and the asked unit answers item by item: of
// the complaint it reads nothing, and the unit that proposed reads the answers.
func TestAnotherUnitIsAskedThroughTheDesk(t *testing.T) {
	o := newOffice(t)
	lead, desk, other := o.People[staff.Handler], o.People[staff.Registrar], o.OtherHandler
	o.move(staff.Handler, request.ProposeToUnit, "sort", "assist", "wish", "县司法局", "asked", "1. 用印是不是真的\n2. 当时谁经手", "note", "台账上没有")
	read := func(by staff.Person) *complaint.Dossier {
		t.Helper()
		d, err := o.Desk.Read(t.Context(), by, o.complaint)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := read(desk); len(d.Offered[request.ToUnit]) != 1 || len(d.Offered["proposed"]) != 0 || !strings.Contains(d.Events[0].Note, "想请：县司法局") {
		t.Errorf("the desk is offered %v, %+v", d.Offered, d.Events[0])
	}
	for _, bad := range [][2]string{{"words", "见投诉 " + o.complaint}, {"facts", "投诉人电话 13800138000"}, {"asked", "1."}, {"sort", "other"}, {request.ToUnit, "7"}} {
		err := o.open("sort", "assist", "asked", "用印", bad[0], bad[1])
		if len(fault.FieldsOf(err)) == 0 { // the pair comes second: both are read
			pairs := map[string]string{"title": "核对", "words": "请看", "facts": "", "sort": "assist", "asked": "用印"}
			pairs[bad[0]] = bad[1]
			var flat []string
			for k, v := range pairs {
				flat = append(flat, k, v)
			}
			_, err = o.inquiries.OpenFrom(t.Context(), o.order(desk, o.complaint, complaint.OpenInquiry, flat))
		}
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != bad[0] {
			t.Errorf("%v is answered with %v %v", bad, err, fields)
		}
	}
	if err := o.open("sort", "assist", "asked", "用印是不是真的\n当时谁经手", request.ToUnit, "1"); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	if _, err := o.inquiries.Read(t.Context(), other, o.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("before it is sent the unit reads it: %v", err)
	}
	if d := read(lead); len(d.Inquiries) != 0 || d.Requests[0].Ended != request.Taken {
		t.Errorf("before it is sent who proposed it reads %+v, %+v", d.Inquiries, d.Requests)
	}
	// Whom the complaint is about is never asked, nor who leads; who does not may not send it.
	if err := o.try(desk, inquiry.Send, "lead", complainttest.TownRoads, "anyway", "yes"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a unit below the accused is asked: %v", err)
	}
	if err := o.try(desk, inquiry.Send, "lead", complainttest.Finance); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("who leads is asked: %v", err)
	}
	barred := 0
	for _, b := range o.read(desk).Barred {
		if b.Code == complainttest.Town || b.Code == complainttest.TownRoads {
			barred++
		}
	}
	if barred != 2 {
		t.Errorf("the desk is not told who is barred: %+v", o.read(desk).Barred)
	}
	o.do(desk, inquiry.Send, "lead", complainttest.Justice)
	if o.letters("inquiry_asked", letter.ToUnit) != 1 {
		t.Error("the unit gets no letter")
	}
	theirs := o.read(other)
	if theirs.Complaint != "" || len(theirs.Barred)+len(theirs.Bars)+len(theirs.Letters) > 0 || theirs.UnitName != "" || theirs.Asked.LastOn != clock.NewDate(2026, 3, 16) || len(theirs.Asked.Items) != 2 {
		t.Errorf("the unit reads %+v", theirs)
	}
	if _, err := o.Desk.Read(t.Context(), other, o.complaint); !fault.Is(err, fault.NotFound) {
		t.Errorf("the unit reads the complaint: %v", err)
	}
	if page, err := o.Desk.List(t.Context(), other.Scope(), register.Filter{}, register.Cursor{}); err != nil || len(page.Rows) != 0 {
		t.Errorf("the unit lists %+v, %v", page.Rows, err)
	}
	waits, err := o.inquiries.List(t.Context(), other.Scope(), register.Filter{View: register.ViewMine, Person: other}, register.Cursor{})
	if err != nil || len(waits.Rows) != 1 || waits.Rows[0].Task(other) != "回复" {
		t.Errorf("it waits for nobody: %+v %v", waits.Rows, err)
	}
	for _, who := range []staff.Person{lead, o.People[staff.UnitHead]} {
		if _, err := o.inquiries.Read(t.Context(), who, o.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s of another unit reads it: %v", who.Login, err)
		}
	}
	if err := o.try(other, inquiry.Answer, "items", "1.1", "note", "见 "+o.complaint); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("a number is let through: %v", err)
	}
	if err := o.try(other, inquiry.Answer, "note", "是真的。"); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "items" {
		t.Errorf("nothing is answered with %v", err)
	}
	o.do(other, inquiry.Answer, "items", "1.1", "note", "用印是真的。")
	if err := o.try(other, inquiry.Answer, "items", "1.1", "note", "再说一遍。"); !fault.Is(err, fault.Conflict) {
		t.Errorf("an item is answered twice: %v", err)
	}
	o.stands(inquiry.Asked)
	o.do(desk, inquiry.Waive, "waived", "1.2", "note", "已经查到了")
	if i := o.stands(inquiry.Answered); i.Said(i.Asked.Items[0]) != "用印是真的。" || i.Complaint != o.complaint || i.Matter.Terms[clock.UnitAssists].Running {
		t.Errorf("the desk reads %+v", i)
	}
	if d := read(lead); len(d.Inquiries) != 1 || d.Inquiries[0].Number != "" || d.Inquiries[0].Items[0].Said != "用印是真的。" || !d.Inquiries[0].Items[1].Waived || d.Inquiries[0].Unit != "县司法局" {
		t.Errorf("who proposed it reads %+v", d.Inquiries)
	}
	own := false
	for _, e := range read(desk).Events {
		own = own || e.Public == "因办理需要，请有关单位协查。承办单位的期限照走，不因此暂停。"
	}
	if !own {
		t.Error("who complained is told nothing")
	}
	o.verify()
}

// What a unit thinks is for its head to say; what the desk asks by itself is the desk's to read.
func TestAnOpinionIsConfirmedByTheHead(t *testing.T) {
	o := newOffice(t)
	o.asked("sort", "consult", "asked", "合同该不该算有效")
	handler, head, lead := o.OtherHandler, o.OtherHead, o.People[staff.Handler]
	if err := o.try(handler, inquiry.Answer, "items", "1.1", "note", "有效。"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a handler answers for the unit: %v", err)
	}
	o.do(handler, inquiry.Draft, "note", "拟认为有效。")
	if known := o.read(head).Known(inquiry.Answer); known.Get("note") != "拟认为有效。" || known.Get("items") != "1.1" {
		t.Errorf("the head begins with %v", known)
	}
	o.do(head, inquiry.Answer, "items", "1.1", "note", "认为有效。")
	o.stands(inquiry.Answered)
	d, err := o.Desk.Read(t.Context(), lead, o.complaint)
	if err != nil || len(d.Inquiries) != 0 {
		t.Errorf("who leads reads what the desk asked for itself: %+v, %v", d.Inquiries, err)
	}
	if o.letters("inquiry_answered", letter.ToDesk) != 1 {
		t.Error("the desk gets no letter")
	}
	o.verify()
}

// It is reminded, late, chased, and given up; its day is extended once; it ends with what it
// follows. The complaint's own term runs on all the time.
func TestAnInquiryEndsByEachWay(t *testing.T) {
	o := newOffice(t)
	desk := o.People[staff.Registrar]
	o.asked("sort", "assist", "asked", "用印", "shared", "yes")
	for _, bad := range []string{"很多", "11", "1-3"} {
		if err := o.try(desk, inquiry.Extend, "count", bad, "note", "要调档"); len(fault.FieldsOf(err)) != 1 {
			t.Errorf("%s days more: %v", bad, err)
		}
	}
	o.do(desk, inquiry.Extend, "count", "5 个工作日", "note", "要调档")
	if i := o.stands(inquiry.Asked); i.Asked.LastOn != clock.NewDate(2026, 3, 23) {
		t.Errorf("it ends on %s", i.Asked.LastOn)
	}
	if err := o.try(desk, inquiry.Extend, "count", "1", "note", "还要"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("it is extended twice: %v", err)
	}
	if err := o.try(desk, inquiry.GiveUp, "note", "不等了"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("it is given up early: %v", err)
	}
	o.Wait(20 * day)
	o.night()
	o.Wait(3 * day)
	o.night()
	if o.letters("due_soon", letter.ToUnit) != 1 || o.letters("overdue", letter.ToUnit) != 1 || o.letters("overdue", letter.ToDesk) != 1 {
		t.Error("it is not reminded, or not told late")
	}
	waits, err := o.inquiries.List(t.Context(), desk.Scope(), register.Filter{View: register.ViewMine, Person: desk}, register.Cursor{})
	if err != nil || len(waits.Rows) != 1 || waits.Rows[0].Task(desk) != "催办" {
		t.Errorf("what is late waits for nobody: %+v %v", waits.Rows, err)
	}
	o.do(desk, inquiry.Chase, "note", "请抓紧")
	o.do(desk, inquiry.GiveUp, "note", "另外查到了")
	if i := o.stands(inquiry.Lapsed); i.Asked.Ended != request.Lapsed {
		t.Errorf("it ended %q", i.Asked.Ended)
	}
	o.asked("sort", "assist", "asked", "经手人")
	o.do(desk, inquiry.Withdraw, "note", "不用了")
	o.stands(inquiry.Withdrawn)
	if err := o.open("sort", "consult", "asked", "看法"); err != nil {
		t.Fatal(err)
	}
	o.move(staff.Handler, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", "属实", "opinion", "支持", "articles", "KX-9")
	o.move(staff.UnitHead, complaint.ApproveAnswer)
	o.move(staff.Supervisor, complaint.Reply)
	o.night()
	o.stands(inquiry.Over)
	o.verify()
}

// Whom a complaint names later loses sight of what was asked for it, and an accusation goes
// to no unit by this way either.
func TestBarsReachWhatFollows(t *testing.T) {
	o := newOffice(t)
	desk := o.People[staff.Registrar]
	o.asked("sort", "assist", "asked", "用印")
	o.move(staff.Registrar, complaint.Recall, "note", "派错了")
	o.move(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03")
	if _, err := o.inquiries.Read(t.Context(), o.OtherHandler, o.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("a unit that is barred by now reads it: %v", err)
	}
	if page, err := o.inquiries.List(t.Context(), o.OtherHandler.Scope(), register.Filter{}, register.Cursor{}); err != nil || len(page.Rows) != 0 {
		t.Errorf("a unit that is barred by now lists %+v, %v", page.Rows, err)
	}
	o.do(desk, inquiry.Withdraw, "note", "要回避")
	if err := o.open("sort", "assist", "asked", "用印"); err != nil {
		t.Fatal(err)
	}
	o.move(staff.Registrar, complaint.CorrectNature, "nature", "ACC", "note", "是检举")
	if err := o.try(desk, inquiry.Send, "lead", complainttest.Finance); !fault.Is(err, fault.Forbidden) {
		t.Errorf("what came of an accusation is sent: %v", err)
	}
	if err := o.open("sort", "assist", "asked", "用印"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an accusation is asked about: %v", err)
	}
}

// What others were asked for a complaint is sealed with it: the discipline officer reads it
// there, and nobody else of the office.
func TestAnInquiryIsSealedWithItsComplaint(t *testing.T) {
	o := newOffice(t)
	o.asked("sort", "assist", "asked", "经手人")
	o.move(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪")
	o.night()
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor, staff.Handler} {
		by := o.People[role]
		page, err := o.inquiries.List(t.Context(), by.Scope(), register.Filter{View: register.ViewAll, Person: by}, register.Cursor{})
		if err != nil || len(page.Rows) != 0 {
			t.Errorf("%s lists %d: %v", role, len(page.Rows), err)
		}
		if _, err := o.inquiries.Read(t.Context(), by, o.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads it: %v", role, err)
		}
	}
	// Who was asked has what it was told before, and learns that it is needed no more, as of any.
	if theirs, err := o.inquiries.Read(t.Context(), o.OtherHandler, o.number); err != nil || theirs.Matter.State != inquiry.Over {
		t.Errorf("the unit that was asked reads %+v, %v", theirs, err)
	}
	o.move(staff.DisciplineOfficer, complaint.OpenSealed, "note", "核对协查")
	read, err := o.Desk.Read(t.Context(), o.People[staff.DisciplineOfficer], o.complaint)
	if err != nil || len(read.Inquiries) != 1 || len(read.Inquiries[0].Items) != 1 {
		t.Errorf("the officer reads %+v, %v", read, err)
	}
}
