package complaint_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// desk walks one complaint as staff do.
type desk struct {
	*complainttest.Office
	t      *testing.T
	number string

	tampered bool // the test changes rows beside the moves
}

func newDesk(t *testing.T) *desk {
	t.Parallel()
	o := complainttest.New(t)
	d := &desk{Office: o, t: t, number: o.File(t, complainttest.Intake()).Number}
	t.Cleanup(d.verifyChain) // whatever the test does, verify imagines nothing
	return d
}

func (d *desk) try(by staff.Role, action workflow.Action, pairs ...string) (workflow.Done, error) {
	d.t.Helper()
	return d.tryAs(d.People[by], action, pairs...)
}

func (d *desk) tryAs(by staff.Person, action workflow.Action, pairs ...string) (workflow.Done, error) {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	return d.Desk.Move(d.t.Context(), workflow.Order{
		Number: d.number, Action: action, By: by, Token: complainttest.Token(), Answers: a})
}

func (d *desk) do(by staff.Role, action workflow.Action, pairs ...string) {
	d.t.Helper()
	if _, err := d.try(by, action, pairs...); err != nil {
		d.t.Fatalf("%s by %s: %v %v", action, by, err, fault.FieldsOf(err))
	}
}

func (d *desk) doAs(by staff.Person, action workflow.Action, pairs ...string) {
	d.t.Helper()
	if _, err := d.tryAs(by, action, pairs...); err != nil {
		d.t.Fatalf("%s by %s: %v %v", action, by.Login, err, fault.FieldsOf(err))
	}
}

func (d *desk) state() string {
	d.t.Helper()
	state, err := pg.One[string](d.t.Context(), d.DB.Owner, `SELECT state FROM matter WHERE number = @n`, pg.Args{"n": d.number})
	if err != nil {
		d.t.Fatal(err)
	}
	return state
}

func (d *desk) toHandling() {
	d.t.Helper()
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice)
	d.do(staff.Handler, complaint.Sign)
}

var draft = []string{"finding", "substantiated", "decision", "support", "facts", "合同属实，尚欠工程款。", "opinion", "予以支持。", "articles", "KX-9", "basis", ""}

func TestAComplaintGoesFromRegisterToReply(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.SendBack, "note", "利息没有写起算日")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	if _, err := d.try(staff.UnitHead, complaint.ApproveAnswer); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), "一字不差") {
		t.Errorf("approved as it was: %v", err)
	}
	d.do(staff.UnitHead, complaint.ReturnAnswer, "note", "一个字也没有改")
	d.do(staff.Handler, complaint.DraftAnswer, append(slices.Clone(draft), "demand", "利息从2024年9月1日起算")...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	if d.state() != "replied" {
		t.Errorf("state %s", d.state())
	}
	open, err := pg.All[string](t.Context(), d.DB.Owner, `SELECT rule FROM clock WHERE stopped_at IS NULL ORDER BY rule`, nil)
	if err != nil || len(open) != 1 || open[0] != "XF-RVAPP" {
		t.Errorf("clocks still running: %v %v", open, err)
	}
	flags, err := pg.One[[]string](t.Context(), d.DB.Owner, `SELECT flags FROM matter`, nil)
	if err != nil || !(&workflow.Matter{Flags: flags}).Has(complaint.Substantiated) {
		t.Errorf("flags %v %v", flags, err)
	}
	d.verifyChain()
}

// verifyChain walks the events and what is bound to them, as the verifier does.
func (d *desk) verifyChain() {
	d.t.Helper()
	if d.tampered {
		return
	}
	lawful := func(_, role, action string) bool {
		return complaint.Law.Allows(staff.Role(role), workflow.Action(action))
	}
	if _, err := audit.Walk(context.WithoutCancel(d.t.Context()), d.DB.Owner, key.NewEventKeys(d.Keys.Office, d.Keys.Portal), lawful, func(f chain.Finding) {
		d.t.Errorf("chain: %s", f.Sentence)
	}); err != nil {
		d.t.Fatal(err)
	}
}

func TestTheAccusedUnitAndItsOfficesAreNeverDispatchedTo(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	for _, unit := range []string{complainttest.Town, complainttest.TownRoads} {
		if _, err := d.try(staff.Registrar, complaint.Dispatch, "lead", unit); !fault.Is(err, fault.Forbidden) {
			t.Errorf("lead %s: %v", unit, err)
		}
		if _, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", unit); !fault.Is(err, fault.Forbidden) {
			t.Errorf("co %s: %v", unit, err)
		}
	}
	if d.state() != "accepted" {
		t.Errorf("a refused dispatch moved the matter to %s", d.state())
	}
}

func TestAnAccusationIsNeverDispatched(t *testing.T) {
	d := newDesk(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.Accept, "nature", "ACC")
	if _, err := d.try(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance); !fault.Is(err, fault.Forbidden) {
		t.Errorf("dispatched: %v", err)
	}
	_, err := d.DB.Admin.Exec(t.Context(), `INSERT INTO assignment (matter_id, unit, part, started_at) SELECT id, 'FIN', 'lead', now() FROM matter`)
	if pg.Code(err) != "ZX002" {
		t.Errorf("the database let it through: %v", err)
	}
	d.do(staff.Registrar, complaint.ReferDiscipline, "note", "涉嫌违纪，移送。")
}

func TestStaffOfTheAccusedUnitSeeNothing(t *testing.T) {
	d := newDesk(t)
	for _, unit := range []string{complainttest.Town, complainttest.TownRoads} {
		for _, role := range staff.Roles() {
			insider := d.Hire(t, "in-"+string(role)+"-"+map[string]string{complainttest.Town: "a", complainttest.TownRoads: "b"}[unit], role, unit)
			if _, err := d.tryAs(insider, complaint.EnterRegister); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s of %s: %v", role, unit, err)
			}
		}
	}
}

func TestTwoRegistrarsAtOnceOneWinsAndTheOtherLearnsWho(t *testing.T) {
	d := newDesk(t)
	second := d.Hire(t, "second", staff.Registrar, complainttest.DeskUnit)
	var errs [2]error
	var both sync.WaitGroup
	for i, who := range []staff.Person{d.People[staff.Registrar], second} {
		both.Go(func() { _, errs[i] = d.tryAs(who, complaint.EnterRegister) })
	}
	both.Wait()
	won, lost := 0, error(nil)
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			lost = err
		}
	}
	if won != 1 || !fault.Is(lost, fault.Conflict) {
		t.Fatalf("%d won, the other got %v", won, lost)
	}
	want := "这一步没有做成，登记员甲先办了。登记员甲 10:00 已“登记”，现在是“待受理”。您写的内容还在下面，没有丢。"
	if fault.SentenceOf(lost) != want {
		t.Errorf("the loser reads %q", fault.SentenceOf(lost))
	}
}

func TestWhoDraftedMayNotReview(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	head := d.People[staff.UnitHead]
	if _, err := d.tryAs(head, complaint.DraftAnswer, draft...); err != nil {
		t.Fatal(err)
	}
	if _, err := d.tryAs(head, complaint.ApproveAnswer); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the drafter approved: %v", err)
	}
}

func TestAFormSentTwiceIsCarriedOutOnce(t *testing.T) {
	d := newDesk(t)
	o := workflow.Order{Number: d.number, Action: complaint.EnterRegister, By: d.People[staff.Registrar], Token: complainttest.Token()}
	first, err := d.Desk.Move(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Desk.Move(t.Context(), o)
	if err != nil || !again.Repeated || again.Seq != first.Seq {
		t.Errorf("again %+v, %v", again, err)
	}
}

func TestOpeningAnIdentityNeedsAReasonAndIsToldToTheComplainant(t *testing.T) {
	d := newDesk(t)
	o := workflow.Order{Number: d.number, By: d.People[staff.Supervisor], Token: complainttest.Token()}
	if _, err := d.Desk.OpenIdentity(t.Context(), o, d.Keys.Office); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	o.Answers = workflow.Answers{"public": {"要电话核实验收日期"}}
	opened, err := d.Desk.OpenIdentity(t.Context(), o, d.Keys.Office)
	if err != nil || opened.Person.Name != "王建国" || opened.Person.Email != "wang@example.com" {
		t.Fatalf("opened %#v, %v", opened.Person.Name, err)
	}
	public, err := pg.One[string](t.Context(), d.DB.Owner, `SELECT public_text FROM event ORDER BY seq DESC LIMIT 1`, nil)
	if err != nil || public != "工作人员查看了您的身份信息，理由：要电话核实验收日期" {
		t.Errorf("the complainant reads %q %v", public, err)
	}
	o.By, o.Token = d.People[staff.Handler], complainttest.Token()
	if _, err := d.Desk.OpenIdentity(t.Context(), o, d.Keys.Office); err == nil {
		t.Error("a handler opened an identity")
	}
}

// A complaint about a unit that is not settled may be about anybody's: a
// registrar of another unit could open the identity and dispatch it to itself.
func TestAnUnsettledComplaintIsReadByTheOfficeAloneAndStaysSealed(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Unit, in.Story.UnitSaid = complaint.UnknownUnit, "司法所"
	d := &desk{Office: o, t: t, number: o.File(t, in).Number}
	outsider := o.Hire(t, "outsider", staff.Registrar, complainttest.Justice)
	if _, err := d.tryAs(outsider, complaint.EnterRegister); !fault.Is(err, fault.NotFound) {
		t.Errorf("a registrar of the justice bureau: %v", err)
	}
	order := workflow.Order{Number: d.number, By: o.People[staff.Registrar], Token: complainttest.Token(), Answers: workflow.Answers{"public": {"核实"}}}
	if _, err := o.Desk.OpenIdentity(t.Context(), order, o.Keys.Office); !fault.Is(err, fault.Forbidden) {
		t.Errorf("opened before it was settled: %v", err)
	}
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.SettleUnit, "unit", complainttest.Justice, "category", "C03")
	if _, err := d.tryAs(outsider, complaint.Accept, "nature", "RED"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after it was settled: %v", err)
	}
}

func TestASecondOpinionLeavesTheDayOfTheFirst(t *testing.T) {
	d := newDesk(t)
	d.toHandling()
	co := d.Hire(t, "justice", staff.Handler, complainttest.Justice)
	first := d.Now()
	for _, words := range []string{"没有意见", "补充一点"} {
		if _, err := d.tryAs(co, complaint.CoOpinion, "note", words); err != nil {
			t.Fatal(err)
		}
		d.Wait(time.Hour)
	}
	at, err := pg.One[time.Time](t.Context(), d.DB.Owner, `SELECT opinion_at FROM assignment WHERE unit = 'JUS'`, nil)
	if err != nil || !at.Equal(first) {
		t.Errorf("the opinion came at %v, not %v: %v", at, first, err)
	}
}
