package complaint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// filed is a desk with a complaint, and what its complainant does.
func askedOne(t *testing.T) (*desk, complaint.Receipt, func(workflow.Action, ...string) error) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d.number = receipt.Number
	return d, receipt, d.own(receipt)
}

// stands says in short how the requests are to a reader: 1.1 open, 1.2 answered.
func stands(list request.List) string {
	var words []string
	for _, r := range list {
		how := string(r.Ended)
		switch {
		case r.Proposed():
			how = "proposed"
		case r.Open():
			how = "open"
		case how == "":
			how = "settled"
		}
		words = append(words, fmt.Sprintf("%d %s", r.No, how))
		for _, i := range r.Items {
			said := "open"
			switch {
			case i.Answered != nil && i.Guarded:
				said = "confided"
			case i.Answered != nil:
				said = "answered"
			case i.Waived != nil:
				said = "waived"
			}
			words = append(words, fmt.Sprintf("%d.%d %s", r.No, i.No, said))
		}
	}
	return strings.Join(words, ", ")
}

func (d *desk) asked(by staff.Person, want string) {
	d.t.Helper()
	if got := stands(d.read(by).Requests); got != want {
		d.t.Errorf("to %s it is %q, not %q", by.Role, got, want)
	}
}

// stale says that an answer comes too late, with the words kept.
func stale(t *testing.T, err error) {
	t.Helper()
	if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), "没有丢") {
		t.Errorf("answered all the same: %v", err)
	}
}

func TestASupplementIsAnsweredItemByItem(t *testing.T) {
	d, receipt, own := askedOne(t)
	desk := d.People[staff.Registrar]
	d.do(staff.Registrar, complaint.EnterRegister)
	for typed, says := range map[string]string{"1.\n2.": "只有序号", strings.Repeat("一样东西\n", 13): "一次最多 12 项", strings.Repeat("字", 2001): "请删去"} {
		_, err := d.try(staff.Registrar, complaint.AskSupplement, "public", typed)
		wrongField(t, err, "public", says)
	}
	d.do(staff.Registrar, complaint.AskSupplement, "public", "1. 合同首页\n2、验收单；\n\n（3）付款记录。")
	if said := strings.ReplaceAll(d.told(complaint.AskSupplement), "\u00a0", " "); said != "请您在2026年3月17日以前补充：1. 合同首页；2. 验收单；3. 付款记录" {
		t.Errorf("told %q", said)
	}
	if o := must(d.Portal.Own(t.Context(), d.open(receipt), "")); len(o.Requests.Asked()) != 3 || o.Requests[0].LastOn != clock.NewDate(2026, 3, 17) {
		t.Errorf("the complainant reads %+v", o.Requests)
	}
	if err := own(complaint.Supplement, "note", "验收单在这里。", "items", "1.2"); err != nil {
		t.Fatal(err)
	}
	d.asked(desk, "1 open, 1.1 open, 1.2 answered, 1.3 open")
	if said := strings.ReplaceAll(d.told(complaint.Supplement), "\u00a0", " "); d.state() != "supplement_required" || d.kept(clock.Supplementing).Stopped || !d.kept(clock.PlatformAccept).Stopped || said != "您按要求补充了说明，还有 2 项没有补。" {
		t.Errorf("one of three answered, it is %s and says %q", d.state(), said)
	}
	stale(t, own(complaint.Supplement, "note", "验收单又找到一张。", "items", "1.2")) // from a page of before
	stale(t, own(complaint.Supplement, "note", "没有这一项。", "items", "7.1"))
	_, err := d.try(staff.Registrar, request.Waive, "waived", "1.2", "public", "不用")
	wrongField(t, err, "waived", "已经补了")
	_, err = d.try(staff.Registrar, request.Waive, "public", "不用")
	wrongField(t, err, "waived", "请选哪几项")
	d.do(staff.Registrar, request.Waive, "waived", "1.3", "public", "付款记录已经在别处查到。")
	if said := strings.ReplaceAll(d.told(request.Waive), "\u00a0", " "); said != "第 1 号第 3 项不用了：付款记录已经在别处查到。" || d.state() != "supplement_required" {
		t.Errorf("told %q, %s", said, d.state())
	}
	d.Wait(20 * aDay) // after its last day, as long as nobody ends it
	if err := own(complaint.Supplement, "note", "合同也找到了。"); err != nil {
		t.Fatal(err)
	}
	d.asked(desk, "1 settled, 1.1 answered, 1.2 answered, 1.3 waived")
	if d.state() != "registered" || !d.kept(clock.Supplementing).Stopped || d.kept(clock.PlatformAccept).Stopped {
		t.Errorf("all of it answered, it is %s", d.state())
	}
	// The second has its own number, and is withdrawn whole.
	d.do(staff.Registrar, complaint.AskSupplement, "public", "欠款是哪几笔")
	_, err = d.try(staff.Registrar, request.Withdraw, "requested", "1", "public", "不用")
	wrongField(t, err, "requested", "从列出的里面选")
	d.do(staff.Supervisor, request.Withdraw, "requested", "2", "public", "合同里已经写明。")
	d.asked(desk, "1 settled, 1.1 answered, 1.2 answered, 1.3 waived, 2 withdrawn, 2.1 open")
	if d.state() != "registered" || d.kept(clock.PlatformAccept).Stopped {
		t.Errorf("nothing is asked any more, and it is %s", d.state())
	}
}

// What was asked before there were requests goes on as it did.
func TestWhatWasAskedWithoutARequestGoesOn(t *testing.T) {
	d, _, own := askedOne(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "合同\n验收单")
	d.tampered = true
	for _, table := range []string{"request_put", "request_item", "request"} {
		if _, err := d.DB.Owner.Exec(t.Context(), `DELETE FROM `+table); err != nil {
			t.Fatal(err)
		}
	}
	if err := own(complaint.Supplement, "note", "都在这里。"); err != nil || d.state() != "registered" {
		t.Errorf("it is %s, %v", d.state(), err)
	}
}

func TestAnAskThatNobodyAnswersLapsesWithItsComplaint(t *testing.T) {
	d, _, _ := askedOne(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "合同")
	d.Wait(16 * aDay)
	d.do(staff.Registrar, complaint.EndUnsupplemented, "public", "没有合同，看不出是哪一件。")
	d.asked(d.People[staff.Registrar], "1 lapsed, 1.1 open")
}

func TestAUnitReachesTheComplainantThroughTheDeskAlone(t *testing.T) {
	d, receipt, own := askedOne(t)
	d.toHandling()
	handler, desk := d.People[staff.Handler], d.People[staff.Registrar]
	reads := func() string { return stands(must(d.Portal.Own(t.Context(), d.open(receipt), "")).Requests) }
	d.do(staff.Handler, request.Propose, "asked", "验收那天在场的是谁\n发票号码", "note", "台账上没有")
	if reads() != "" || d.letters("supplement") != 0 {
		t.Errorf("before the desk has passed it on the complainant reads %q", reads())
	}
	d.asked(desk, "1 proposed, 1.1 open, 1.2 open")
	waits := must(d.Desk.List(t.Context(), desk.Scope(), register.Filter{View: register.ViewMine, Person: desk}, register.Cursor{}))
	if !slices.ContainsFunc(waits.Rows, func(r register.Row) bool { return r.Number == d.number }) {
		t.Errorf("it waits for nobody of the desk: %+v", waits.Rows)
	}
	_, err := d.try(staff.Handler, request.Pass, "proposed", "1")
	refused(t, err, "不由您来办")
	d.do(staff.Registrar, request.Pass, "proposed", "1")
	if said := strings.ReplaceAll(d.told(request.Pass), "\u00a0", " "); d.letters("supplement") != 1 ||
		said != "办理中要核实，请您在2026年3月12日以前补充：1. 验收那天在场的是谁；2. 发票号码。承办单位的期限照走，不因为等补充而暂停。" {
		t.Errorf("told %q in %d letters", said, d.letters("supplement"))
	}
	if k := d.kept(clock.PlatformAnswer); k.Stopped || k.DueOn != clock.NewDate(2026, 4, 1) || !k.NearestAsItShould {
		t.Errorf("the term of the answer: %+v", k)
	}
	if reads() != "1 open, 1.1 open, 1.2 open" {
		t.Errorf("passed on, the complainant reads %q", reads())
	}
	_, err = d.try(staff.Supervisor, request.Pass, "proposed", "1") // a page of before
	refused(t, err, "没有等着转的请求")

	// What is told to the desk alone is to the unit no answer, and nothing else tells of it.
	before := d.read(handler)
	if err := own(complaint.Supplement, "note", "在场的是村里的会计。", "items", "1.1", "told", "desk"); err != nil {
		t.Fatal(err)
	}
	d.asked(desk, "1 open, 1.1 confided, 1.2 open")
	after := d.read(handler)
	if got := stands(after.Requests); got != "1 open, 1.1 open, 1.2 open" || len(after.Events) != len(before.Events) || len(after.Clocks) != len(before.Clocks) ||
		fmt.Sprint(after.Matter.Flags) != fmt.Sprint(before.Matter.Flags) || len(after.Choices(handler)) != len(before.Choices(handler)) {
		t.Errorf("the unit learns of it: %q, %d events, flags %v", got, len(after.Events), after.Matter.Flags)
	}
	if reads() != "1 open, 1.1 confided, 1.2 open" {
		t.Errorf("the complainant reads %q", reads())
	}
	if err := own(complaint.Supplement, "note", "发票号 00123。", "items", "1.2", "told", "all"); err != nil {
		t.Fatal(err)
	}
	d.asked(desk, "1 settled, 1.1 confided, 1.2 answered")
	d.asked(handler, "1 open, 1.1 open, 1.2 answered")
	if d.kept(clock.QuestionPut).Stopped {
		t.Error("the clock stops, which tells the unit that something was said to the desk")
	}
	d.until("2026-03-10")
	if d.sweep() != 1 || d.letters("supplement_reminder") != 1 {
		t.Errorf("%d letters remind", d.letters("supplement_reminder"))
	}
	d.until("2026-03-13")
	if d.sweep() != 1 || !d.kept(clock.QuestionPut).Stopped {
		t.Error("it does not lapse")
	}
	d.asked(handler, "1 lapsed, 1.1 open, 1.2 answered")
	if said := strings.ReplaceAll(d.told(request.Lapse), "\u00a0", " "); said != "请您补充的第 1 号等到2026年3月12日为止。办理照常，以后还想补的，仍然可以补。" {
		t.Errorf("told %q", said)
	}
	stale(t, own(complaint.Supplement, "note", "在场的还有一个人。", "items", "1.1", "told", "all"))
	if err := own(complaint.Supplement, "note", "在场的还有一个人。", "told", "all"); err != nil {
		t.Errorf("what comes after the last day is no more taken: %v", err)
	}
}

// A unit sees of requests its own, and one that helps sees none of another's.
func TestAUnitSeesItsOwnRequestsAlone(t *testing.T) {
	d, receipt, own := askedOne(t)
	d.do(staff.Registrar, complaint.EnterRegister)
	d.do(staff.Registrar, complaint.AskSupplement, "public", "合同")
	if err := own(complaint.Confide, "note", "合同在我亲戚家，不要说出去。", "items", "1.1"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Registrar, complaint.Accept, "nature", "RED")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice)
	d.do(staff.Handler, complaint.Sign)
	_, err := d.tryAs(d.OtherHandler, request.Propose, "asked", "验收单", "note", "要看")
	refused(t, err, "不由您来办")
	d.do(staff.Handler, request.Propose, "asked", "验收单", "note", "要看")
	d.asked(d.People[staff.Handler], "2 proposed, 2.1 open")
	d.asked(d.OtherHandler, "")
	d.asked(d.People[staff.Supervisor], "1 settled, 1.1 confided, 2 proposed, 2.1 open")

	_, err = d.try(staff.Registrar, request.Refuse, "proposed", "2", "note", "")
	wrongField(t, err, "note", "为什么不转")
	d.do(staff.Registrar, request.Refuse, "proposed", "2", "note", "投诉里已经写了。")
	d.asked(d.People[staff.Handler], "2 refused, 2.1 open")
	if e := d.read(d.People[staff.Handler]).Events[0]; e.Action != request.Refuse || e.Note != "投诉里已经写了。" {
		t.Errorf("the unit does not read why: %+v", e)
	}
	if o := must(d.Portal.Own(t.Context(), d.open(receipt), "")); len(o.Requests) != 1 || o.Events[0].Action == request.Refuse {
		t.Errorf("the complainant hears of what was not passed on: %+v", o.Requests)
	}
	d.do(staff.Handler, request.Propose, "asked", "验收单的日期", "note", "看不清")
	d.do(staff.Supervisor, request.Pass, "proposed", "3")
	_, err = d.tryAs(d.OtherHandler, request.Withdraw, "requested", "3", "public", "不用")
	refused(t, err, "不由您来办")
	d.do(staff.Handler, request.Withdraw, "requested", "3", "public", "已经在台账里看到。")
	if k := d.kept(clock.QuestionPut); !k.Stopped {
		t.Errorf("its clock runs on: %+v", k)
	}
	_, err = d.try(staff.Registrar, request.Waive, "waived", "3.1", "public", "不用")
	refused(t, err, "没有还在等回音的请求")
}

func TestTwoRequestsAtOnceHaveEachTheirDay(t *testing.T) {
	d, _, own := askedOne(t)
	d.toHandling()
	d.do(staff.Handler, request.Propose, "asked", "甲", "note", "要核")
	d.do(staff.Handler, request.Propose, "asked", "乙", "note", "要核")
	d.do(staff.Registrar, request.Pass, "proposed", "2")
	d.Wait(3 * aDay)
	d.do(staff.Registrar, request.Pass, "proposed", "1")
	if k := d.kept(clock.QuestionPut); k.DueOn != clock.NewDate(2026, 3, 12) {
		t.Errorf("the clock runs to %s and not to the first last day", k.DueOn)
	}
	if err := own(complaint.Supplement, "note", "乙是这样。", "items", "2.1"); err != nil {
		t.Fatal(err)
	}
	if k := d.kept(clock.QuestionPut); k.Stopped || k.DueOn != clock.NewDate(2026, 3, 16) { // the 15th is a Sunday
		t.Errorf("the clock of the other: %+v", k)
	}
	d.do(staff.Handler, request.Propose, "asked", "丙", "note", "要核")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	d.asked(d.People[staff.Registrar], "1 over, 1.1 open, 2 settled, 2.1 answered, 3 over, 3.1 open")
	if !d.kept(clock.QuestionPut).Stopped {
		t.Error("it is answered, and the clock of what was asked runs")
	}
	stale(t, own(complaint.Supplement, "note", "甲是那样。", "items", "1.1"))
}

// Taken back from its unit, what that proposed is nobody's to pass on.
func TestWhatAUnitProposedEndsWithItsWork(t *testing.T) {
	d, _, _ := askedOne(t)
	d.toHandling()
	d.do(staff.Handler, request.Propose, "asked", "甲", "note", "要核")
	d.do(staff.Handler, request.Propose, "asked", "乙", "note", "要核")
	d.do(staff.Registrar, request.Pass, "proposed", "2")
	d.do(staff.Registrar, complaint.Recall, "note", "另派")
	d.asked(d.People[staff.Registrar], "1 over, 1.1 open, 2 open, 2.1 open")
}

// Who left no mailbox is written no letter, and reads it on their page.
func TestWhoLeftNoMailboxReadsWhatIsAskedOnTheirPage(t *testing.T) {
	d := newDesk(t)
	in := complainttest.Intake()
	in.Contact.Email, in.Contact.EDelivery = "", false
	receipt := d.File(t, in)
	d.number = receipt.Number
	d.toHandling()
	d.do(staff.Handler, request.Propose, "asked", "甲", "note", "要核")
	d.do(staff.Registrar, request.Pass, "proposed", "1")
	if o := must(d.Portal.Own(t.Context(), d.open(receipt), "")); d.letters("supplement") != 0 || len(o.Requests.Asked()) != 1 {
		t.Errorf("%d letters, %+v", d.letters("supplement"), o.Requests)
	}
}
