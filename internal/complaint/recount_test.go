package complaint_test

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// newYear is an arrangement of 2028 that moves both ends of a term over the
// turn of the year: three days off, and a Saturday worked.
const newYear = `2028-01-01至2028-01-04,放假
2028-01-08,上班
2028-01-25至2028-01-31,放假
2028-04-04,放假
2028-05-01至2028-05-03,放假
2028-05-28,放假
2028-10-01至2028-10-07,放假
`

// atYearsEnd is a complaint filed on 17 December 2027, a Friday, while nobody has
// imported 2028.
func atYearsEnd(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	o := complainttest.New(t)
	o.Wait(clock.NewDate(2027, 12, 17).Begins().Add(10 * time.Hour).Sub(o.Now()))
	return &desk{Office: o, t: t, number: o.File(t, complainttest.Intake()).Number}
}

func (d *desk) publish(text string) {
	d.t.Helper()
	plan, bad, err := clock.PlanImport(d.t.Context(), d.DB.Admin, clock.Handed{Text: text})
	if err != nil || len(bad) > 0 {
		d.t.Fatal(err, bad)
	}
	if err := plan.Import(d.t.Context(), d.DB.Admin, 0, d.Now()); err != nil {
		d.t.Fatal(err)
	}
}

// worker is the engine of the background jobs, under their own role.
func (d *desk) worker() *workflow.Engine {
	return &workflow.Engine{Pool: d.DB.Worker, Key: d.Keys.Office.EventKey(), Clocks: clock.NewBook(d.DB.Worker, d.Now), Now: d.Now, Random: rand.Reader}
}

func (d *desk) recount() workflow.Recounted {
	d.t.Helper()
	done, err := d.worker().Recount(d.t.Context(), []*workflow.Table{complaint.Law}, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	return done
}

type kept struct {
	Rule              clock.Code
	DueOn, WasOn      clock.Date
	DueAt             time.Time
	Provisional       bool
	Stopped           bool
	Derivation        string
	MatterDue         string
	NearestAsItShould bool
}

func (d *desk) kept(rule clock.Code) kept {
	d.t.Helper()
	k, err := pg.One[kept](d.t.Context(), d.DB.Owner, `
		SELECT c.rule, c.due_on, c.was_on, c.due_at, c.provisional, c.stopped_at IS NOT NULL AS stopped, c.derivation, m.due_at::text AS matter_due,
			m.due_at = coalesce((SELECT min(o.due_at) FROM clock o WHERE o.matter_id = m.id AND o.stopped_at IS NULL AND NOT o.right_only), 'infinity') AS nearest_as_it_should
		FROM clock c JOIN matter m ON m.id = c.matter_id WHERE m.number = @n AND c.rule = @rule ORDER BY c.id DESC LIMIT 1`,
		pg.Args{"n": d.number, "rule": string(rule)})
	if err != nil {
		d.t.Fatal(err)
	}
	return k
}

func TestAProvisionalDateIsCountedAnewWhenItsYearIsPublished(t *testing.T) {
	d := atYearsEnd(t)
	before := d.kept(clock.PetitionNotice)
	if before.DueOn.String() != "2028-01-03" || !before.Provisional {
		t.Fatalf("%+v", before)
	}
	d.publish(newYear)
	if done := d.recount(); done != (workflow.Recounted{Moved: 1}) {
		t.Errorf("%+v", done)
	}
	after := d.kept(clock.PetitionNotice)
	if after.DueOn.String() != "2028-01-05" || after.Provisional || after.WasOn != before.DueOn || !after.NearestAsItShould || strings.Contains(after.Derivation, "暂定") {
		t.Errorf("%+v", after)
	}
	// Within 2027, which is provisional still.
	if accept := d.kept(clock.PlatformAccept); accept.DueOn.String() != "2027-12-24" || !accept.WasOn.IsZero() || !accept.Provisional {
		t.Errorf("%+v", accept)
	}
	told, err := pg.One[string](t.Context(), d.DB.Owner, `
		SELECT e.public_text || e.data FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @n AND e.action = 'recount' AND e.actor = 'system'`,
		pg.Args{"n": d.number})
	if err != nil || !strings.Contains(told, "“书面告知”的最后一天由 2028年1月3日 改为 2028年1月5日") || !strings.Contains(told, `"was":"2028-01-03"`) {
		t.Errorf("the trace says %q, %v", told, err)
	}
	d.verifyChain()
	if done := d.recount(); done != (workflow.Recounted{}) {
		t.Errorf("again: %+v", done)
	}
}

func TestADateThatStaysIsConfirmedWithoutAnEvent(t *testing.T) {
	d := atYearsEnd(t)
	d.publish(strings.Replace(newYear, "2028-01-01至2028-01-04", "2028-01-01", 1))
	if done := d.recount(); done.Moved != 0 || done.Confirmed != 1 {
		t.Errorf("%+v", done)
	}
	if k := d.kept(clock.PetitionNotice); k.Provisional || !k.WasOn.IsZero() || k.DueOn.String() != "2028-01-03" {
		t.Errorf("%+v", k)
	}
}

func TestAStoppedClockStaysAsItWasDecided(t *testing.T) {
	d := atYearsEnd(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "请补合同。")
	before := d.kept(clock.PetitionNotice)
	d.publish(newYear)
	d.recount()
	if after := d.kept(clock.PetitionNotice); !after.Stopped || after != before {
		t.Errorf("was %+v, is %+v", before, after)
	}
}

// A term of somebody's right, told once, never ends earlier: who relied on the
// day keeps it. Our own duties follow the calendar both ways.
func TestARightNeverEndsEarlierThanItWasTold(t *testing.T) {
	d := atYearsEnd(t)
	d.toHandling()
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.Wait(22 * 24 * time.Hour) // Saturday 8 January 2028
	d.do(staff.Supervisor, complaint.Reply)
	right := d.kept(clock.PetitionReview)
	if right.DueOn.String() != "2028-02-07" {
		t.Fatalf("%+v", right)
	}
	d.publish(newYear + "2028-02-07至2028-02-08,放假\n")
	d.recount()
	longer := d.kept(clock.PetitionReview)
	if longer.DueOn.String() != "2028-02-09" || longer.WasOn != right.DueOn {
		t.Errorf("a longer right: %+v", longer)
	}
	d.publish(newYear)
	d.recount()
	if k := d.kept(clock.PetitionReview); k.DueOn != longer.DueOn || k.Provisional || !strings.Contains(k.Derivation, "仍然算数") {
		t.Errorf("the right is cut short: %+v", k)
	}
}

// Over a correction of an official year too: what runs follows the newest
// version, whether it was marked or not.
func TestACorrectedYearMovesWhatRuns(t *testing.T) {
	d := atYearsEnd(t)
	d.publish(newYear)
	d.recount()
	d.publish(strings.Replace(newYear, "2028-01-01至2028-01-04", "2028-01-01至2028-01-03", 1))
	if done := d.recount(); done.Moved != 1 || d.letters("recounted") == 0 {
		t.Errorf("%+v, and who complained has %d letters of it", done, d.letters("recounted"))
	}
	if k := d.kept(clock.PetitionNotice); k.DueOn.String() != "2028-01-04" || k.WasOn.String() != "2028-01-03" {
		t.Errorf("%+v", k)
	}
	d.verifyChain()
}

func TestAClockStartedOverAnOldCalendarIsFoundLater(t *testing.T) {
	d := atYearsEnd(t)
	if _, err := d.Portal.Engine.Clocks.Table(t.Context()); err != nil { // the portal's own, a minute old at most
		t.Fatal(err)
	}
	d.publish(newYear)
	d.recount()
	d.number = d.File(t, complainttest.Intake()).Number
	if k := d.kept(clock.PetitionNotice); !k.Provisional {
		t.Fatalf("the portal knew: %+v", k)
	}
	if done := d.recount(); done.Moved != 1 {
		t.Errorf("%+v", done)
	}
	if k := d.kept(clock.PetitionNotice); k.Provisional || k.DueOn.String() != "2028-01-05" {
		t.Errorf("%+v", k)
	}
}

func TestTwoWorkersRecountOnceAndADrainGoesOn(t *testing.T) {
	d := atYearsEnd(t)
	for range 5 {
		d.File(t, complainttest.Intake())
	}
	d.publish(newYear)
	if done, err := d.worker().Recount(t.Context(), []*workflow.Table{complaint.Law}, 2); err != nil || done.Moved != 2 || done.Left != 4 {
		t.Errorf("%+v, %v", done, err)
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := d.worker().Recount(t.Context(), []*workflow.Table{complaint.Law}, 100); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	events, err := pg.One[int](t.Context(), d.DB.Owner, `SELECT count(*) FROM event WHERE action = 'recount'`, nil)
	if err != nil || events != 6 {
		t.Errorf("%d recounts of 6 matters, %v", events, err)
	}
}

// A promised day moves beside its event or not at all, whoever asks.
func TestNobodyMovesADueDateWithoutAnEvent(t *testing.T) {
	d := atYearsEnd(t)
	for role, pool := range map[string]pg.Queryer{"admin": d.DB.Admin, "worker": d.DB.Worker} {
		for _, sql := range []string{`UPDATE clock SET due_on = due_on + 30, due_at = due_at + interval '30 days'`, `UPDATE clock SET was_on = '2027-01-01'`} {
			if _, err := pg.Exec(t.Context(), pool, sql, nil); pg.Code(err) != "ZX050" {
				t.Errorf("%s: %s: %v", role, sql, err)
			}
		}
	}
	if _, err := pg.Exec(t.Context(), d.DB.Portal, `UPDATE clock SET due_on = due_on + 30`, nil); pg.Code(err) != "42501" {
		t.Errorf("the portal: %v", err)
	}
}

// Every move that starts a clock goes on over a year without a calendar, or
// without the rule itself.
func TestEveryMoveThatStartsAClockNeedsNoReferenceData(t *testing.T) {
	for name, lack := range map[string]string{"no calendar": ``, "no rules": `UPDATE clock_rule SET valid_from = '2099-01-01'`} {
		t.Run(name, func(t *testing.T) {
			d := atYearsEnd(t)
			if _, err := d.DB.Owner.Exec(t.Context(), lack); err != nil {
				t.Fatal(err)
			}
			d.Wait(3 * time.Minute)
			started := map[workflow.Action]bool{complaint.File: true}
			do := func(by staff.Role, action workflow.Action, pairs ...string) {
				t.Helper()
				d.do(by, action, pairs...)
				started[action] = true
			}
			receipt := d.File(t, complainttest.Intake())
			d.number = receipt.Number
			visitor := d.open(receipt)
			own := func(action workflow.Action, note string) {
				t.Helper()
				done, err := d.Portal.MoveOwn(t.Context(), visitor, d.number, action, complainttest.Token(), workflow.Answers{"note": {note}})
				if err != nil {
					t.Fatal(err)
				}
				started[done.Action] = true
			}
			child, joined := d.accepted(complainttest.Intake())
			do(staff.Registrar, complaint.EnterRegister)
			do(staff.Registrar, complaint.AskSupplement, "public", "请补合同。")
			own(complaint.Supplement, "合同在这里。")
			do(staff.Registrar, complaint.AskSupplement, "public", "请再补验收单。")
			own(complaint.Supplement, "有人威胁我，不让我补。")
			do(staff.Registrar, complaint.Accept, "nature", "RED")
			child.do(staff.Registrar, complaint.Join, "main", d.number)
			do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
			do(staff.Handler, complaint.Sign)
			settled, settler := d.accepted(complainttest.Intake())
			settled.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
			settled.do(staff.Handler, complaint.Sign)
			settled.do(staff.UnitHead, complaint.SettleAgreement, settled.agreement(settled.line(20, "付清"))...)
			settled.do(staff.Registrar, complaint.PutSettlement)
			seq := strconv.FormatInt(must(d.Portal.Own(t.Context(), settled.open(settler), "")).Agreement.Seq, 10)
			if err := settled.own(settler)(complaint.AgreeSettlement, complaint.SeenAgreement, seq); err != nil {
				t.Fatal(err)
			}
			settled.do(staff.Supervisor, complaint.Unsettle, "public", "不是自愿的")
			started[complaint.PutSettlement], started[complaint.Unsettle] = true, true
			started[complaint.ResumeUnsettled] = true // after what a clock told broken, which has its rule: walked with the settlements
			do(staff.Handler, complaint.DraftAnswer, draft...)
			do(staff.UnitHead, complaint.ApproveAnswer)
			do(staff.Supervisor, complaint.Reply)
			if _, err := d.worker().RunTimed(t.Context(), complaint.Law); err != nil {
				t.Fatal(err)
			}
			started[complaint.AnswerJoined] = child.state() == string(complaint.Replied)
			own(complaint.Contest, "没有付利息。")
			do(staff.Leader, complaint.ReopenElsewhere, "note", "原单位只有这两个人。")
			do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
			d.doAs(d.OtherHandler, complaint.Sign)
			d.doAs(d.OtherHandler, complaint.DraftAnswer, append(slices.Clone(draft), "demand", "付清利息。")...)
			d.doAs(d.OtherHead, complaint.ApproveAnswer)
			do(staff.Leader, complaint.Reply)
			own(complaint.Contest, "还是没有付利息。")
			d.doAs(d.Hire(t, "leader-2", staff.Leader, complainttest.DeskUnit), complaint.Reopen, "note", "重新核实利息。")
			started[complaint.Reopen] = true
			theirs := child.own(joined)
			asks := func(by staff.Person) {
				t.Helper()
				if err := theirs(complaint.Contest, "note", "没有付利息。"); err != nil {
					t.Fatal(err)
				}
				child.doAs(by, complaint.Uphold, "public", "答复没有错。")
				if err := theirs(complaint.AskRecheck, "note", "不服。"); err != nil {
					t.Fatal(err)
				}
			}
			asks(d.Hire(t, "leader-6", staff.Leader, complainttest.DeskUnit))
			child.do(staff.Registrar, complaint.RecordChange, "body", "市政府", "document", "平复核〔2026〕1号", "dated_year", "2026", "dated_month", "3", "dated_day", "2", "public", "重新核实。")
			child.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
			writer, head := d.Hire(t, "justice-handler-2", staff.Handler, complainttest.Justice), d.Hire(t, "justice-head-2", staff.UnitHead, complainttest.Justice)
			child.doAs(writer, complaint.Sign)
			child.doAs(writer, complaint.DraftAnswer, append(slices.Clone(draft), "demand", "付清利息。")...)
			child.doAs(head, complaint.ApproveAnswer)
			child.doAs(d.Hire(t, "leader-3", staff.Leader, complainttest.DeskUnit), complaint.Reply)
			d.rechecksHere()
			asks(d.Hire(t, "leader-4", staff.Leader, complainttest.DeskUnit))
			child.doAs(d.Hire(t, "leader-5", staff.Leader, complainttest.DeskUnit), complaint.RecheckChange, "public", "重新核实。")
			started[complaint.Uphold], started[complaint.RecordChange], started[complaint.RecheckChange] = true, true, true
			whole := d.at(d.File(t, complainttest.Intake()).Number)
			whole.do(staff.Registrar, complaint.EnterRegister)
			whole.do(staff.Registrar, complaint.SplitUp, parts...)
			started[complaint.EnterPart] = len(whole.kin()) == 2
			other, _ := d.accepted(complainttest.Intake())
			other.do(staff.Registrar, complaint.SplitUp, parts...)
			started[complaint.AcceptPart] = other.kin()["RED"].state() == string(complaint.Accepted)
			if err := d.own(d.toReplied())(complaint.Rate, "rating", "satisfied", "solved", "solved"); err != nil {
				t.Fatal(err)
			}
			do(staff.Supervisor, complaint.Close, "note", "满意。")
			do(staff.Supervisor, complaint.DoubtClosing, "note", "有人说没有付。")
			if name != "no rules" { // without its term nothing is verified
				by := strconv.Itoa(d.Now().Year() + 1)
				d.doAs(d.Hire(t, "supervisor-2", staff.Supervisor, complainttest.DeskUnit), complaint.FindFalse, "by_year", by, "by_month", "3", "by_day", "10", "note", "没有付。", "public", "向银行核过，款没有到。")
			}
			started[complaint.FindFalse] = true
			d.number = d.File(t, complainttest.Intake()).Number
			do(staff.Registrar, complaint.EnterRegister)
			do(staff.Registrar, complaint.Transfer, "body", "市住建局", "new_body", "yes", "document", "转送函", "public", "不归县里管。")
			do(staff.Registrar, complaint.HandedBack, "public", "已经下放到县里。")
			for _, m := range complaint.Law.Moves {
				if len(m.Starts) > 0 && !started[m.Action] {
					t.Errorf("%s starts %v and was not walked", m.Action, m.Starts)
				}
			}
			d.verifyChain()
			sure, err := pg.All[clock.Code](t.Context(), d.DB.Owner, `SELECT rule FROM clock WHERE due_on >= '2028-01-01' AND NOT provisional AND rule NOT IN ('PROMISE', 'SUPERVISED')`, nil)
			if err != nil || len(sure) > 0 {
				t.Errorf("%v are sure of 2028, %v", sure, err)
			}
		})
	}
}
