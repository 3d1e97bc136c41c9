package admin

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/promise"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// own does what the complainant of a receipt may.
func (w *workplace) own(t *testing.T, r complaint.Receipt, action workflow.Action, answers workflow.Answers) {
	t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Portal.Unlock(t.Context(), r.Number, r.Code, visitor, []byte(r.Number)); err != nil {
		t.Fatal(err)
	}
	if answers.Get(complaint.SeenAgreement) == "newest" {
		own, err := w.Portal.Own(t.Context(), visitor, r.Number)
		if err != nil {
			t.Fatal(err)
		}
		answers[complaint.SeenAgreement] = []string{own.Matter.Seen[complaint.SeenAgreement]}
	}
	if _, err := w.Portal.MoveOwn(t.Context(), visitor, r.Number, action, complainttest.Token(), answers); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
}

// sweeps does what the calendar does.
func (w *workplace) sweeps(t *testing.T) {
	t.Helper()
	worker := &workflow.Engine{Pool: w.DB.Worker, Key: w.Keys.Office.EventKey(), Clocks: clock.NewBook(w.DB.Worker, w.Now), Now: w.Now, Random: rand.Reader}
	if _, err := worker.RunTimed(t.Context(), complaint.Law); err != nil {
		t.Fatal(err)
	}
}

// An agreement is written down by the unit, looked at and put by the desk, and read by nobody
// whom it is not for; what it says is then followed on the pages.
func TestAnAgreementIsPutAndFollowedAtTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	zhou, lu, shen, he := team[staff.Registrar], team[staff.Handler], team[staff.UnitHead], team[staff.Supervisor]
	other := w.signIn(t, "justice", "李司", staff.UnitHead, complainttest.Justice)
	receipt := w.File(t, complainttest.Intake())
	number, today := receipt.Number, clock.On(w.Now())
	zhou.does(number, complaint.EnterRegister)
	zhou.does(number, complaint.Accept, "nature", "RED")
	zhou.does(number, complaint.Dispatch, "lead", complainttest.Finance)
	lu.does(number, complaint.Sign)
	if lu.open(number).Has("[data-action=settle_agreement]") {
		t.Error("a handler is offered to write one down")
	}
	typed := func(lines string) []string {
		return append(onDay("agreed_on", today), "document", "协议书〔2026〕3号", "words", "双方同意分两笔付清。", "lines", lines)
	}
	wrong := shen.press(number, complaint.SettleAgreement, typed("付清")...).Want(t, 422)
	if got := wrong.Text(".field-error"); !strings.Contains(got, "先写哪年哪月哪日") || !strings.Contains(wrong.Body, "双方同意分两笔付清") {
		t.Errorf("without a day: %q", got)
	}
	shen.does(number, complaint.SettleAgreement, typed(today.AddDays(20).Long()+" 付第一笔\n"+today.AddDays(50).Long()+" 付清余款")...)
	if got := lu.open(number); !strings.Contains(got.Text("main"), "等监督办公室核对") || got.Has("[data-action=put_settlement]") {
		t.Error("its handler does not read how it stands, or may put it")
	}
	if got := other.Get(t, "/complaints/"+number); got.Status != 404 {
		t.Errorf("another unit gets %d", got.Status)
	}
	if got := zhou.Get(t, "/").Text("main"); !strings.Contains(got, "和解协议待转") || !strings.Contains(got, "核对协议，转给投诉人") {
		t.Errorf("the desk's home does not say that one waits: %s", got)
	}
	if got := shen.Get(t, "/").Text("main"); strings.Contains(got, "和解协议待转") {
		t.Error("the unit's home offers what is the desk's")
	}
	stale := zhou.open(number) // while somebody else refuses it and the unit writes down another
	he.does(number, complaint.RefuseSettlement, "note", "没有签字")
	shen.does(number, complaint.SettleAgreement, typed(today.AddDays(30).Long()+" 付清")...)
	if got := pressOn(t, stale, complaint.PutSettlement).Want(t, 409); !strings.Contains(got.Text("main"), "协议换过了") {
		t.Errorf("put unread: %s", got.Text(".banner"))
	}
	zhou.does(number, complaint.PutSettlement)
	if got := zhou.open(number).Text("main"); !strings.Contains(got, "等投诉人确认") || !strings.Contains(got, "付清") {
		t.Error("the page does not say that it waits for the complainant")
	}
	w.own(t, receipt, complaint.AgreeSettlement, workflow.Answers{complaint.SeenAgreement: {"newest"}})
	page := he.open(number)
	if got := page.Text("main"); w.state(t, number) != complaint.Settled || !strings.Contains(got, "已和解") || !strings.Contains(got, "投诉人同意了") || !strings.Contains(got, "还没到期") {
		t.Errorf("settled, it says %s", got)
	}
	if got := he.Get(t, "/complaints?view=promised").Text("main"); !strings.Contains(got, number) {
		t.Error("what is promised is in no list")
	}
	if got := shen.Get(t, "/complaints?view=all").Text("main"); strings.Contains(got, "说没有办到") {
		t.Error("the unit has the desk's lists of doubts")
	}
	// What the unit says is kept and the complainant says is not waits on the supervisor's home.
	lu.does(number, promise.Keep, append(onDay("done_on", today), "point", "2", "public", "已经付清", "evidence", "凭证 7 号")...)
	w.own(t, receipt, promise.Doubts, workflow.Answers{promise.Denied: {"2"}, "note": {"一分没有收到，别让他们知道是我说的"}, "told": {"desk"}})
	if got := he.Get(t, "/").Text("main"); !strings.Contains(got, "核实有没有办到") {
		t.Errorf("the supervisor's home: %s", got)
	}
	if got := he.open(number).Text("main"); !strings.Contains(got, "一分没有收到") || !strings.Contains(got, "投诉人说没有办到，等核实") {
		t.Errorf("the supervisor reads %s", got)
	}
	if got := shen.open(number); strings.Contains(got.Text("main"), "一分没有收到") || got.Has("[data-action=find_kept]") {
		t.Error("the unit reads what was said to the desk, or finds itself what is true")
	}
	he.does(number, promise.Unkept, "public", "流水里没有这一笔")
	w.Wait(35 * 24 * time.Hour)
	w.sweeps(t)
	now := w.signIn(t, "hemin-2", "何敏", staff.Supervisor, complainttest.DeskUnit)
	if got := now.Get(t, "/").Text("main"); w.state(t, number) != complaint.Reopened || !strings.Contains(got, "承诺没办到") || !strings.Contains(got, "督促办到") {
		t.Errorf("broken, it is %s and the home says %s", w.state(t, number), got)
	}
	now.does(number, complaint.Unsettle, "public", "协议是假的")
	if w.state(t, number) != complaint.Handling {
		t.Errorf("unsettled, it is %s", w.state(t, number))
	}
}

// A day in an answer is asked about, and what is promised stands in the paper.
func TestAnAnswerIsAskedWhatItPromises(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	zhou, lu, shen, he := team[staff.Registrar], team[staff.Handler], team[staff.UnitHead], team[staff.Supervisor]
	number, by := w.File(t, complainttest.Intake()).Number, clock.On(w.Now()).AddDays(60)
	zhou.does(number, complaint.EnterRegister)
	zhou.does(number, complaint.Accept, "nature", "RED")
	zhou.does(number, complaint.Dispatch, "lead", complainttest.Finance)
	lu.does(number, complaint.Sign)
	answer := []string{"finding", "substantiated", "decision", "support", "facts", "合同属实。", "opinion", "予以支持。", "articles", "KX-9", "basis", ""}
	if lu.open(number).Has("[name=promise_anyway]") {
		t.Error("asked before anything was written")
	}
	asked := lu.press(number, complaint.DraftAnswer, append(answer, "demand", "三十日内付清。")...).Want(t, 422)
	if got := asked.Text("main"); !strings.Contains(got, "写了“三十日内”") || !asked.Has("[name=promise_anyway]") || !strings.Contains(asked.Body, "三十日内付清。") {
		t.Errorf("a day that is no promise: %s", asked.Text(".error-summary"))
	}
	pressOn(t, asked, complaint.DraftAnswer, append(append(answer, "demand", "三十日内付清。", "promise", "付清工程款"), onDay("promised_on", by)...)...).Want(t, 200)
	for _, m := range []member{shen, he} { // who decides reads what is promised
		if got := m.Get(t, "/complaints/"+number+"/answer").Want(t, 200).Text("main"); !strings.Contains(got, by.Long()+"以前（含当日）办到：付清工程款") {
			t.Errorf("a %s reads %s", m.Role, got)
		}
		if m.Role == staff.UnitHead {
			m.does(number, complaint.ApproveAnswer)
		}
	}
	he.does(number, complaint.Reply)
	if got := he.open(number).Text("main"); !strings.Contains(got, "付清工程款") || !strings.Contains(got, "还没到期") {
		t.Errorf("sent, it says %s", got)
	}
	w.Wait(55 * 24 * time.Hour)
	w.sweeps(t)
	now := w.signIn(t, "hemin-2", "何敏", staff.Supervisor, complainttest.DeskUnit)
	if got := now.Get(t, "/").Text("main"); !strings.Contains(got, "承诺快到期") || !strings.Contains(got, "看办到没有") {
		t.Errorf("soon due, the home says %s", got)
	}
}
