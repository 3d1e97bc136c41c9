package discipline_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// bench is an office with one complaint that was found true.
type bench struct {
	*complainttest.Office
	t         *testing.T
	cases     *discipline.Register
	complaint string
	receipt   complaint.Receipt
	number    string // of the case, once it is open
}

func newBench(t *testing.T) *bench {
	t.Parallel()
	b := &bench{Office: complainttest.New(t), t: t}
	b.cases = discipline.New(b.Desk.Office)
	b.complaint = b.substantiated()
	return b
}

// substantiated files a complaint and answers it with 属实.
func (b *bench) substantiated() string {
	b.t.Helper()
	b.receipt = b.File(b.t, complainttest.Intake())
	number := b.receipt.Number
	for _, step := range []struct {
		by     staff.Role
		action workflow.Action
		pairs  []string
	}{
		{staff.Registrar, complaint.EnterRegister, nil},
		{staff.Registrar, complaint.Accept, []string{"nature", "RED"}},
		{staff.Registrar, complaint.Dispatch, []string{"lead", complainttest.Finance}},
		{staff.Handler, complaint.Sign, nil},
		{staff.Handler, complaint.DraftAnswer, []string{"finding", "substantiated", "decision", "support", "facts", "属实", "opinion", "支持", "articles", "KX-9", "basis", "条例第九条"}},
		{staff.UnitHead, complaint.ApproveAnswer, nil},
		{staff.Supervisor, complaint.Reply, nil},
	} {
		if _, err := b.Desk.Move(b.t.Context(), b.order(b.People[step.by], number, step.action, step.pairs)); err != nil {
			b.t.Fatalf("%s: %v", step.action, err)
		}
	}
	return number
}

func (b *bench) order(by staff.Person, number string, action workflow.Action, pairs []string) workflow.Order {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	return workflow.Order{Number: number, Action: action, By: by, Token: complainttest.Token(), Answers: a}
}

func (b *bench) open() {
	b.t.Helper()
	begun, err := b.cases.OpenFrom(b.t.Context(), b.order(b.People[staff.DisciplineOfficer], b.complaint, complaint.OpenCase,
		[]string{"note", "《保障中小企业款项支付条例》第二十六条"}))
	if err != nil {
		b.t.Fatal(err)
	}
	b.number = begun.Number
}

func (b *bench) tryAs(by staff.Person, action workflow.Action, pairs ...string) error {
	b.t.Helper()
	_, err := b.cases.Move(b.t.Context(), b.order(by, b.number, action, pairs))
	return err
}

func (b *bench) try(by staff.Role, action workflow.Action, pairs ...string) error {
	b.t.Helper()
	return b.tryAs(b.People[by], action, pairs...)
}

func (b *bench) do(by staff.Role, action workflow.Action, pairs ...string) {
	b.t.Helper()
	if err := b.try(by, action, pairs...); err != nil {
		b.t.Fatalf("%s by %s: %v %v", action, by, err, fault.FieldsOf(err))
	}
}

func (b *bench) wantState(want workflow.State) *discipline.Case {
	b.t.Helper()
	c, err := b.cases.Read(b.t.Context(), b.People[staff.Leader], b.number)
	if err != nil {
		b.t.Fatal(err)
	}
	if c.Matter.State != want {
		b.t.Fatalf("the case is %s, not %s", c.Matter.State, want)
	}
	return c
}

func (b *bench) set(key, value string) {
	b.t.Helper()
	if _, err := pg.Exec(b.t.Context(), b.DB.Owner, `INSERT INTO setting (key, value) VALUES (@key, @value)`, pg.Args{"key": key, "value": value}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) configure() {
	b.t.Helper()
	b.set(setting.DocumentPrefix, "演示")
	b.set(setting.Issuer, "县政务诚信监督办公室")
}

func wantFault(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	sentence := fault.SentenceOf(err)
	for _, f := range fault.FieldsOf(err) {
		sentence += "\n" + f.Name + ": " + f.Sentence
	}
	if !fault.Is(err, kind) || !strings.Contains(sentence, says) {
		t.Errorf("%v (kind %d): %s\nwant kind %d with %q", err, fault.KindOf(err), sentence, kind, says)
	}
}

// warning is a filled-in draft; pairs after it win.
func warning(pairs ...string) []string {
	filled := map[string]string{
		"facts": "你单位2023年3月6日签订合同，同年6月12日验收，至今尚欠52.30万元。", "articles": "KX-9", "basis": "《保障中小企业款项支付条例》第九条。",
		"demand": "付清无争议款项。\n逐项列明争议部分。", "consequences": "逾期不改正的，约谈主要负责人。",
		"deadline_year": "2026", "deadline_month": "4", "deadline_day": "9", "tier": "general", "months": "3",
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		filled[pairs[i]] = pairs[i+1]
	}
	var out []string
	for name, value := range filled {
		out = append(out, name, value)
	}
	return out
}

var servedToday = []string{"how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2"}

// toServed walks a case up to its service.
func (b *bench) toServed(draft []string) {
	b.t.Helper()
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, draft...)
	b.do(staff.Leader, discipline.Sign, "version", "1")
	b.do(staff.DisciplineOfficer, discipline.Serve, append(servedToday, "digest", b.wantState(discipline.Signed).Signed().Digest)...)
	b.wantState(discipline.Served)
}

// toPresent moves the office's clock to the database's, whose own date ends
// what the public may read.
func (b *bench) toPresent() { b.Wait(time.Since(b.Now())) }

func TestACaseGoesFromTheComplaintToItsPublication(t *testing.T) {
	b := newBench(t)
	b.configure()
	b.open()
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning("demand", "付款。")...)
	b.do(staff.Leader, discipline.SendBack, "note", "要求写细")
	b.do(staff.DisciplineOfficer, discipline.DraftWarning, warning()...)
	b.do(staff.Leader, discipline.Note, "note", "请尽快送达")
	b.do(staff.Leader, discipline.Sign, "version", "2")
	c := b.wantState(discipline.Signed)
	if got := c.Signed(); got.Number != "演示〔2026〕1号" || !got.Intact() || !strings.Contains(got.HTML, "逐项列明争议部分") || got.Title != "关于对东岭镇人民政府予以书面警示的函" {
		t.Errorf("the document is %s %q, intact %v", got.Number, got.Title, got.Intact())
	}
	b.do(staff.DisciplineOfficer, discipline.Serve, append(servedToday, "digest", c.Signed().Digest)...)
	c = b.wantState(discipline.Served)
	if c.RectifyBy != clock.NewDate(2026, 4, 9) || c.Signed().ServedOn != clock.On(b.Now()) {
		t.Errorf("rectify by %s, served on %s", c.RectifyBy, c.Signed().ServedOn)
	}
	b.toPresent()
	b.do(staff.Publisher, discipline.Publish)
	c = b.wantState(discipline.Published)
	if want := clock.On(b.Now()).AddMonths(3); c.Notice == nil || c.Notice.Until != want {
		t.Fatalf("published until %v, want %s", c.Notice, want)
	}
	b.verifyChains()
}

// verifyChains walks every chain of the office.
func (b *bench) verifyChains() {
	b.t.Helper()
	sum, err := audit.Walk(b.t.Context(), b.DB.Owner, key.NewEventKeys(b.Keys.Office, b.Keys.Portal), func(_, role, action string) bool {
		return complaint.Law.Allows(staff.Role(role), workflow.Action(action))
	}, func(f chain.Finding) {
		b.t.Errorf("chain: %s", f.Sentence)
	})
	if err != nil || sum.Matters < 2 {
		b.t.Errorf("walked %+v, %v", sum, err)
	}
}

func TestAPublicationEndsByItsDateAndLeavesATombstone(t *testing.T) {
	b := newBench(t)
	b.toServed(warning())
	b.toPresent()
	b.do(staff.DisciplineOfficer, discipline.Publish)
	published := b.wantState(discipline.Published)
	board := notice.NewBoard(b.DB.Portal, b.Now)
	read := func() notice.Page {
		t.Helper()
		page, err := board.ByID(t.Context(), published.Notice.ID)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	page := read()
	if page.Number != "演示〔2026〕1号" || page.Digest != published.Signed().Digest || page.Unit != complainttest.Town {
		t.Errorf("published %+v", page)
	}
	public := page.Title + page.Body + published.Signed().HTML
	for _, secret := range []string{b.complaint, b.number, "王建国", "青禾路桥", "DL-2024-016"} {
		if strings.Contains(public, secret) {
			t.Errorf("the publication says %q", secret)
		}
	}
	b.Wait(page.Until.Ends().Sub(b.Now()) - time.Second)
	if read().EndedOn != (clock.Date{}) {
		t.Error("it ended before its last day was over")
	}
	if n, err := b.cases.EndPublicity(t.Context()); n != 0 || err != nil {
		t.Errorf("ended %d cases in their term, %v", n, err)
	}
	b.Wait(time.Second)
	if page := read(); page.EndedOn != published.Notice.Until.AddDays(1) || page.Body != "" {
		t.Errorf("after its term the public reads %+v", page)
	}
	worker := *b.cases
	engine := *b.Desk.Engine
	engine.Pool = b.DB.Worker
	worker.Pool, worker.Engine = b.DB.Worker, &engine
	for want := 1; want >= 0; want-- { // the second run finds nothing to do
		if n, err := worker.EndPublicity(t.Context()); n != want || err != nil {
			t.Errorf("ended %d cases, %v; want %d", n, err, want)
		}
	}
	if c := b.wantState(discipline.Ended); c.Signed() == nil || c.Notice == nil || c.Notice.Shown(b.Now()) {
		t.Error("the record is gone")
	}
	b.verifyChains()
}
