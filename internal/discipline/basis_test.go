package discipline_test

import (
	"crypto/rand"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// contest has the complainant ask for a review.
func (b *bench) contest() {
	b.t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.Portal.Unlock(b.t.Context(), b.receipt.Number, b.receipt.Code, visitor, []byte("x")); err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.Portal.MoveOwn(b.t.Context(), visitor, b.receipt.Number, complaint.Contest, complainttest.Token(), workflow.Answers{"note": {"不属实的地方没有查。"}}); err != nil {
		b.t.Fatal(err)
	}
}

// again answers the contested complaint anew, by another unit.
func (b *bench) again(finding string) {
	b.t.Helper()
	second := b.Hire(b.t, "second-leader", staff.Leader, complainttest.DeskUnit)
	for _, step := range []struct {
		by     staff.Person
		action workflow.Action
		pairs  []string
	}{
		{b.People[staff.Leader], complaint.ReopenElsewhere, []string{"note", "重办"}},
		{b.People[staff.Registrar], complaint.Dispatch, []string{"lead", complainttest.Justice}},
		{b.OtherHandler, complaint.Sign, nil},
		{b.OtherHandler, complaint.DraftAnswer, []string{"finding", finding, "decision", "explain", "facts", "重新查过", "opinion", "说明", "articles", "KX-9", "basis", "条例第九条"}},
		{b.OtherHead, complaint.ApproveAnswer, nil},
		{second, complaint.Reply, nil},
	} {
		if _, err := b.Desk.Move(b.t.Context(), b.order(step.by, b.complaint, step.action, step.pairs)); err != nil {
			b.t.Fatalf("%s: %v %v", step.action, err, fault.FieldsOf(err))
		}
	}
}

func (b *bench) serveToday() []string {
	return append(servedToday, "digest", b.wantState(discipline.Signed).Signed().Digest)
}

// A warning does not outlive its basis: nothing is done on it until a leader has
// decided, each time the complaint changes, and its officer keeps seeing why.
func TestAWarningDoesNotOutliveItsBasis(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	wantFault(t, b.try(staff.Leader, discipline.KeepOn, "note", "x"), fault.Forbidden, "没有变化")
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.Wait(time.Minute)
	b.contest()
	b.Wait(time.Minute)
	blocked := func(words string) {
		t.Helper()
		wantFault(t, b.try(staff.Leader, discipline.Sign, "version", "1"), fault.Forbidden, words)
		wantFault(t, b.try(staff.DisciplineOfficer, discipline.DraftWarning, warning()...), fault.Forbidden, words)
		said := false
		for _, choice := range b.wantState(discipline.Drafted).Choices(b.People[staff.Leader]) {
			said = said || choice.Action == discipline.Sign && strings.Contains(choice.Why, words)
		}
		if !said {
			t.Error("the page does not say so beside the button")
		}
	}
	blocked("正在重新办理")
	b.do(staff.Leader, discipline.KeepOn, "note", "与复查的那一部分无关")
	b.Wait(time.Minute)
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.Wait(time.Minute)
	b.again("unsubstantiated")
	b.Wait(time.Minute)
	blocked("没有属实的认定")
	found, err := b.cases.Read(t.Context(), b.People[staff.DisciplineOfficer], b.number)
	if err != nil || found.Complaint != b.complaint {
		t.Errorf("the officer sees no more where it came from: %v", err)
	}
	b.do(staff.DisciplineOfficer, discipline.Drop, "note", "复查不属实")
	b.do(staff.Leader, discipline.Note, "note", "已通知单位")
}

// What was published is taken down and corrected, for as long as it would have stood.
func TestAPublishedWarningIsCorrected(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.do(staff.Leader, discipline.Sign, "version", "1")
	b.do(staff.DisciplineOfficer, discipline.Serve, b.serveToday()...)
	b.do(staff.DisciplineOfficer, discipline.Publish)
	b.Wait(time.Minute)
	b.contest()
	b.do(staff.DisciplineOfficer, discipline.TakeDown, "note", "等复查")
	if found := b.wantState(discipline.Served); found.Notice == nil || found.Notice.TakenDownAt == nil {
		t.Error("it still stands in public")
	}
	b.Wait(time.Minute)
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Publish), fault.Forbidden, "正在重新办理")
	b.do(staff.Leader, discipline.KeepOn, "note", "先恢复")
	b.do(staff.DisciplineOfficer, discipline.Publish)
	b.Wait(time.Minute)
	b.again("unsubstantiated")
	b.Wait(time.Minute)
	wantFault(t, b.try(staff.Leader, discipline.Correct, "note", "复查不属实"), fault.Invalid, "")
	until := b.wantState(discipline.Published).Notice.Until
	wantFault(t, b.try(staff.Leader, discipline.Revoke, "note", "复查不属实"), fault.Conflict, "")
	b.do(staff.Leader, discipline.TakeDown, "note", "复查不属实")
	wantFault(t, b.try(staff.Leader, discipline.Revoke, "note", "复查不属实"), fault.Forbidden, "公布更正")
	for _, tells := range []string{"经复查，" + b.complaint + "一件不属实。", "DL-2024－016 号合同的款项已经付清。", "有异议请打 13800138000。"} {
		wantFault(t, b.try(staff.Leader, discipline.Correct, "note", "复查不属实", "public", tells), fault.Invalid, "请删去")
	}
	b.wantState(discipline.Served)
	b.do(staff.Leader, discipline.Correct, "note", "复查不属实", "public", "经复查，原认定的事实不成立，予以撤销。")
	b.wantState(discipline.Revoked)
	type stands struct {
		Kind  notice.Kind
		Title string
		Until clock.Date
	}
	up, err := pg.All[stands](t.Context(), b.DB.Owner, `SELECT kind, title, until FROM notice WHERE taken_down_at IS NULL`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(up) != 1 || up[0].Kind != notice.Announcement || up[0].Until != until || !strings.Contains(up[0].Title, "更正") {
		t.Errorf("in public stand %+v, not only a correction until %v", up, until)
	}
	if n, err := b.cases.EndPublicity(t.Context()); n != 0 || err != nil {
		t.Errorf("its publicity ends %d times more, %v", n, err)
	}
}

// A term that the unit could not keep is neither signed nor served, and the paper
// that bears it is made void.
func TestAWarningWhoseTermIsOverIsNotServed(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	deadline := b.wantState(discipline.Drafted).Draft.Deadline
	past := deadline.AddDays(1).Begins().Add(10 * time.Hour).Sub(b.Now())
	b.Wait(past)
	wantFault(t, b.try(staff.Leader, discipline.Sign, "version", "1"), fault.Forbidden, "已经到了")
	b.Wait(-past)
	b.do(staff.Leader, discipline.Sign, "version", "1")
	b.Wait(past)
	today := clock.On(b.Now())
	late := []string{"how", "direct", "served_on_year", strconv.Itoa(today.Year), "served_on_month", strconv.Itoa(int(today.Month)), "served_on_day", strconv.Itoa(today.Day), "digest", b.wantState(discipline.Signed).Signed().Digest}
	wantFault(t, b.try(staff.DisciplineOfficer, discipline.Serve, late...), fault.Forbidden, "已经过期")
	b.do(staff.Leader, discipline.VoidPaper, "note", "期限过了")
	found := b.wantState(discipline.Opened)
	if found.Signed() != nil || !found.Documents[0].Void {
		t.Error("the void paper still counts")
	}
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("deadline_month", "6")...)
	b.do(staff.Leader, discipline.Sign, "version", "2")
	if got := b.wantState(discipline.Signed).Signed().Number; got != "演示〔2026〕2号" {
		t.Errorf("the new paper is %s", got)
	}
	today = clock.On(b.Now())
	b.do(staff.DisciplineOfficer, discipline.Serve, "how", "direct", "served_on_year", strconv.Itoa(today.Year), "served_on_month", strconv.Itoa(int(today.Month)), "served_on_day", strconv.Itoa(today.Day), "digest", b.wantState(discipline.Signed).Signed().Digest)
}

// What was concluded without publicity, or whose publicity is over, is decided on
// all the same; what is taken back after a withdrawal, too.
func TestAnEndedWarningDoesNotOutliveItsBasisEither(t *testing.T) {
	b := newBench(t)
	b.toServed(warning())
	b.do(staff.DisciplineOfficer, discipline.Conclude, "note", "已经付清")
	b.Wait(time.Minute)
	b.contest()
	b.Wait(time.Minute)
	b.do(staff.Leader, discipline.KeepOn, "note", "先看复查")
	b.Wait(time.Minute)
	if _, err := b.Desk.Move(t.Context(), b.order(b.People[staff.Leader], b.complaint, complaint.ReopenElsewhere, []string{"note", "重办"})); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Desk.Move(t.Context(), b.order(b.People[staff.Registrar], b.complaint, complaint.Redirect, []string{"public", "请向法院起诉"})); err != nil {
		t.Fatal(err)
	}
	if !b.wantState(discipline.Ended).Matter.Has(discipline.BasisGone) {
		t.Error("its complaint went elsewhere without a finding, and nobody is told")
	}
	b.do(staff.Leader, discipline.Revoke, "note", "没有认定")
	b.wantState(discipline.Revoked)
}
