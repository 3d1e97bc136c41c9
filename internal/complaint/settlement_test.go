package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// day is the answer of a date so many days from now.
func (d *desk) day(name string, days int) []string {
	on := d.Now().AddDate(0, 0, days)
	return []string{name + "_year", on.Format("2006"), name + "_month", on.Format("1"), name + "_day", on.Format("2")}
}

// agreement is what a unit's head reports of one.
func (d *desk) agreement(lines string) []string {
	return append(d.day("agreed_on", -1), "document", "协议书〔2026〕3号", "lines", lines, "words", "双方同意分两笔付清。")
}

func (d *desk) line(days int, what string) string {
	return d.Now().AddDate(0, 0, days).Format("2006年1月2日") + " " + what
}

// keeps says that a promise is kept.
func (d *desk) keeps(point string) []string {
	return append(d.day("done_on", 0), "point", point, "public", "已经付了", "evidence", "凭证 7 号")
}

// listed are the numbers that a view has for a person.
func (d *desk) listed(view string) (numbers []string) {
	d.t.Helper()
	page := must(d.Desk.List(d.t.Context(), d.People[staff.Supervisor].Scope(), register.Filter{View: view}, register.Cursor{}))
	for _, row := range page.Rows {
		numbers = append(numbers, row.Number)
	}
	return numbers
}

func TestAComplaintIsSettledWhenItsComplainantAgrees(t *testing.T) {
	d, receipt, own := askedOne(t)
	d.toHandling()
	for lines, want := range map[string]string{"": "请写", "付清": "先写哪年哪月哪日", "2026年13月40日 付清": "没有2026年13月40日", d.line(-3, "付清"): "不在今天以后", d.line(3, "打 13800138000 领款"): "出现了"} {
		if _, err := d.try(staff.UnitHead, complaint.SettleAgreement, d.agreement(lines)...); len(fault.FieldsOf(err)) == 0 || !strings.Contains(fault.FieldsOf(err)[0].Sentence, want) {
			t.Errorf("%q: %v", lines, fault.FieldsOf(err))
		}
	}
	if _, err := d.try(staff.Handler, complaint.SettleAgreement, d.agreement(d.line(20, "付清"))...); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a handler reports one: %v", err)
	}
	report := func(by staff.Role) {
		t.Helper()
		d.do(by, complaint.SettleAgreement, d.agreement(d.line(20, "付第一笔 300000 元")+"\n"+d.line(50, "付清余款"))...)
	}
	mine := func() *complaint.Own {
		t.Helper()
		return must(d.Portal.Own(t.Context(), d.open(receipt), ""))
	}
	report(staff.UnitHead)
	if _, err := d.try(staff.UnitHead, complaint.SettleAgreement, d.agreement(d.line(20, "付清"))...); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a second one beside the first: %v", err)
	}
	if got := d.listed("settling"); len(got) != 1 {
		t.Errorf("the desk looks at %v", got)
	}
	if a := mine().Agreement; a != nil {
		t.Errorf("the complainant reads what nobody put to them: %+v", a)
	}
	if err := own(complaint.AgreeSettlement, "settlement", "0"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("agreed to what nobody put to them: %v", err)
	}
	if _, err := d.try(staff.Supervisor, complaint.PutSettlement, "settlement", "1"); !fault.Is(err, fault.Conflict) {
		t.Errorf("put over another one: %v", err)
	}
	d.do(staff.Registrar, complaint.RefuseSettlement, "note", "协议没有对方签字")
	report(staff.Registrar) // that mediated it
	if a := must(d.Desk.Read(t.Context(), d.People[staff.Handler], d.number)).Agreement; a == nil || a.Unit != complainttest.Finance {
		t.Errorf("the unit that has to see to it reads %+v", a)
	}
	d.do(staff.Supervisor, complaint.PutSettlement)
	if err := own(complaint.DeclineSettlement, "settlement", "1"); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered over another one: %v", err)
	}
	if a := mine().Agreement; a == nil || !a.Waits() || !strings.Contains(a.Lines, "付第一笔 300000 元") {
		t.Fatalf("the complainant reads %+v", a)
	}
	before, _ := d.term("PF-DO")
	if err := own(complaint.DeclineSettlement, "settlement", mine().Matter.Seen["settlement"], "note", "他们逼我签的", "told", "desk"); err != nil || d.state() != "handling" {
		t.Fatalf("declined: %v, %s", err, d.state())
	}
	after, runs := d.term("PF-DO")
	if _, waits := d.term("PF-SETTLE"); after != before || !runs || waits {
		t.Errorf("%s, %t runs on to %s, and it is waited on: %t", before, runs, after, waits)
	}
	for _, e := range must(d.Desk.Read(t.Context(), d.People[staff.UnitHead], d.number)).Events {
		if strings.Contains(e.Words+e.Note+e.Public, "逼我") {
			t.Errorf("the unit hears %+v", e)
		}
	}
	// Nothing said in the term is no yes.
	report(staff.UnitHead)
	d.do(staff.Registrar, complaint.PutSettlement)
	d.Wait(15 * 24 * time.Hour)
	d.sweep()
	if _, waits := d.term("PF-SETTLE"); waits || mine().Agreement.Ended != "lapsed" || d.state() != "handling" {
		t.Errorf("lapsed: %+v, %s, and waited on: %v", mine().Agreement, d.state(), waits)
	}
	// What waits does not outlast that its unit loses the complaint, and a day of it that has
	// come is agreed to no more.
	d.do(staff.UnitHead, complaint.SettleAgreement, d.agreement(d.line(1, "付清"))...)
	d.do(staff.Registrar, complaint.PutSettlement)
	d.Wait(3 * 24 * time.Hour)
	refused(t, own(complaint.AgreeSettlement, "settlement", mine().Matter.Seen["settlement"]), "已经到了")
	d.do(staff.Registrar, complaint.Recall, "note", "派错了")
	if a := mine().Agreement; a.Ended != "over" {
		t.Errorf("recalled: %+v", a)
	}
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.do(staff.Handler, complaint.Sign)
	report(staff.UnitHead)
	d.do(staff.Registrar, complaint.PutSettlement)
	if err := own(complaint.AgreeSettlement, "settlement", mine().Matter.Seen["settlement"]); err != nil || d.state() != "settled" {
		t.Fatalf("agreed: %v, %s", err, d.state())
	}
	if list := mine().Promises; len(list) != 2 || list[0].What != "付第一笔 300000 元" || list[1].Unit != complainttest.Finance {
		t.Fatalf("promised %+v", list)
	}
	if err := own(complaint.LeaveSettlement, "note", ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("left before any day of it: %v", err)
	}
	// The first is kept, the second is broken and takes the complaint up again.
	d.do(staff.UnitHead, promise.Keep, d.keeps("2")...)
	d.Wait(60 * 24 * time.Hour)
	d.sweep()
	if d.state() != "reopened" || len(d.listed("owed")) != 1 {
		t.Fatalf("broken: %s, %v", d.state(), d.listed("owed"))
	}
	list := mine().Promises
	if list[0].Standing(d.Now()) != promise.Kept || list[1].Standing(d.Now()) != promise.Broken {
		t.Errorf("they stand %s and %s", list[0].Standing(d.Now()), list[1].Standing(d.Now()))
	}
	if err := own(complaint.Contest, "note", "不同意", "sent", "0", "told", "all"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an answer that there is none of is contested: %v", err)
	}
	d.do(staff.UnitHead, promise.Anew, append(d.day("by", 10), "point", "3", "public", "资金晚到")...)
	if d.state() != "settled" {
		t.Errorf("promised anew: %s", d.state())
	}
	// That the unit promises another day is not the word of its complainant, who waits no more.
	if err := own(complaint.LeaveSettlement, "note", ""); err != nil {
		t.Fatalf("left: %v", err)
	}
	d.sweep()
	if d.state() != "handling" || mine().Promises[2].Outcome != promise.OutcomeEnded || mine().Agreement.Ended != "undone" {
		t.Errorf("left: %s, %+v, %+v", d.state(), mine().Promises, mine().Agreement)
	}
	d.sweep()
	report(staff.UnitHead)
	d.do(staff.Registrar, complaint.PutSettlement)
	if err := own(complaint.AgreeSettlement, "settlement", mine().Matter.Seen["settlement"]); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, complaint.Unsettle, "public", "协议是被逼签的")
	if d.state() != "handling" || len(mine().Promises.Open()) != 0 {
		t.Errorf("unsettled: %s, %+v", d.state(), mine().Promises.Open())
	}
	if err := own(complaint.Withdraw, "note", ""); err != nil || d.state() != "withdrawn" {
		t.Errorf("withdrawn: %v, %s", err, d.state())
	}
	d.verifyChain()
}

func TestWhatAnAnswerPromisesIsFollowed(t *testing.T) {
	d, receipt, own := askedOne(t)
	d.toHandling()
	with := func(pairs ...string) (all []string) { // of what is said twice the later
		for i := 0; i < len(draft); i += 2 {
			if !slices.Contains(pairs, draft[i]) {
				all = append(all, draft[i], draft[i+1])
			}
		}
		return append(all, pairs...)
	}
	for name, c := range map[string]struct {
		typed []string
		field string
	}{
		"a promise without a day":     {with("promise", "付清工程款"), "promised_on"},
		"a day without a promise":     {with(d.day("promised_on", 30)...), "promise"},
		"a day in the demand":         {with("demand", "在12月31日前付清。"), "promise_anyway"},
		"so many days in the demand":  {with("demand", "收到本答复之日起 30 个工作日内付清。"), "promise_anyway"},
		"the end of a year to come":   {with("opinion", "2026年底以前付清。"), "promise_anyway"},
		"a day that is over":          {with(append(d.day("promised_on", -3), "promise", "付清")...), "promised_on"},
		"a day in figures of any set": {with("demand", "２０２６年１２月３１日前付清。"), "promise_anyway"},
	} {
		if _, err := d.try(staff.Handler, complaint.DraftAnswer, c.typed...); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != c.field {
			t.Errorf("%s: %v", name, fault.FieldsOf(err))
		}
	}
	// A day that is over is what happened, and that it is no promise is said.
	d.do(staff.Handler, complaint.DraftAnswer, with("opinion", "合同约定2024年3月1日前付清，30日内验收。", "demand", "请在12月31日前报告进度。", "promise_anyway", "yes")...)
	d.do(staff.UnitHead, complaint.ReturnAnswer, "note", "写明哪天付清")
	d.do(staff.Handler, complaint.DraftAnswer, with(append(d.day("promised_on", 40), "promise", "付清工程款")...)...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	mine := func() promise.List {
		t.Helper()
		return must(d.Portal.Own(t.Context(), d.open(receipt), "")).Promises
	}
	if list := mine(); len(list) != 1 || list[0].What != "付清工程款" || list[0].Standing(d.Now()) != promise.Running {
		t.Fatalf("promised %+v", list)
	}
	if err := own(promise.Doubts, promise.Denied, "1", "note", "没有付", "told", "all"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("doubted before anybody said that it is kept: %v", err)
	}
	// It is reminded of before its day, and broken on it.
	d.Wait(34 * 24 * time.Hour)
	d.sweep()
	if got := d.listed("promise_soon"); len(got) != 1 {
		t.Errorf("due soon: %v", got)
	}
	if warned := must(pg.One[int](t.Context(), d.DB.Owner, `SELECT count(*) FROM letter WHERE template = 'promise_due'`, nil)); warned == 0 {
		t.Error("nobody is warned before its day")
	}
	// The unit says that it is kept, the complainant that it is not, and the office finds out.
	d.do(staff.Handler, promise.Keep, d.keeps("1")...)
	if err := own(promise.Doubts, promise.Denied, "7", "note", "没有付", "told", "all"); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("doubted what was not promised: %v", err)
	}
	if err := own(promise.Doubts, promise.Denied, "1", "note", "一分钱没有收到", "told", "desk"); err != nil {
		t.Fatal(err)
	}
	if err := own(promise.Doubts, promise.Denied, "1", "note", "没有付", "told", "all"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("doubted twice: %v", err)
	}
	if got := d.listed("doubted"); len(got) != 1 {
		t.Errorf("to be found out: %v", got)
	}
	if _, err := d.try(staff.UnitHead, promise.Uphold, "public", "付了"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the unit finds it itself: %v", err)
	}
	d.do(staff.Supervisor, promise.Unkept, "public", "银行流水里没有这一笔")
	if list := mine(); list[0].Standing(d.Now()) != promise.Running || len(d.listed("doubted")) != 0 {
		t.Fatalf("found not kept: %+v", list)
	}
	d.Wait(12 * 24 * time.Hour)
	d.sweep()
	if d.state() != "reopened" {
		t.Fatalf("broken: %s", d.state())
	}
	d.do(staff.Handler, promise.Keep, d.keeps("1")...)
	if s := workflow.State(d.state()); s != complaint.Closed && s != complaint.Replied {
		t.Errorf("kept late: %s", s)
	}
	if list := mine(); list[0].Standing(d.Now()) != promise.KeptLate {
		t.Errorf("it stands %s", list[0].Standing(d.Now()))
	}
	if err := own(promise.Doubts, promise.Denied, "1", "note", "还差利息", "told", "all"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Supervisor, promise.Uphold, "public", "利息不在答应的里面")
	if list := mine(); list[0].Standing(d.Now()) != promise.KeptLate || list[0].Doubt != promise.Upheld {
		t.Errorf("found kept: %+v", list)
	}
	d.verifyChain()
}
