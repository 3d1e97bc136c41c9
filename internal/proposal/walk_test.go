package proposal_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// bench is an office with a roster and one proposal.
type bench struct {
	*complainttest.Office
	t         *testing.T
	proposals *proposal.Register
	number    string
}

func newBench(t *testing.T) *bench {
	t.Parallel()
	b := &bench{Office: complainttest.New(t), t: t}
	b.proposals = proposal.New(b.Desk.Office)
	_, err := b.DB.Owner.Exec(t.Context(), `
		INSERT INTO setting (key, value) VALUES ('document_prefix', '演示'), ('issuer', '县政务诚信监督办公室');
		UPDATE unit SET document_prefix = '演财函' WHERE code = 'FIN';
		INSERT INTO member (kind, name, congress_session, credential_number, valid_to) VALUES
			('npc_deputy', '陈河', '第十六届', 'RD-001', NULL), ('npc_deputy', '李山', '第十六届', 'RD-002', NULL),
			('npc_deputy', '王强', '第十六届', 'RD-003', NULL), ('npc_deputy', '王强', '第十六届', 'RD-004', NULL),
			('npc_deputy', '周退', '第十六届', 'RD-005', '2025-12-31'), ('npc_deputy', '陈河', '第十五届', 'RD-006', NULL),
			('cppcc_member', '林溪', '第十届', 'ZX-001', NULL)`)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func answers(pairs ...string) workflow.Answers {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
	}
	return a
}

// with is a with some answers replaced; an empty one is taken away.
func with(a workflow.Answers, pairs ...string) workflow.Answers {
	for i := 0; i+1 < len(pairs); i += 2 {
		delete(a, pairs[i])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			a[pairs[i]] = append(a[pairs[i]], pairs[i+1])
		}
	}
	return a
}

// entry is a proposal of two points by two deputies.
func entry(pairs ...string) workflow.Answers {
	return with(answers("source", "npc", "term", "十六", "meeting", "3", "serial", "12", "title", "关于限期付清村道工程款的建议",
		"content", "几个村的道路验收两年，工程款没有付清。", "points", "1. 列出拖欠清单，逐笔定期限\n2、今后没有预算不开工", "signers", "陈河、李山"), pairs...)
}

func (b *bench) enter(a workflow.Answers) (workflow.Done, error) {
	b.t.Helper()
	return b.proposals.Begin(b.t.Context(), workflow.Order{Action: proposal.Enter, By: b.People[staff.Registrar], Token: complainttest.Token(), Answers: a})
}

func (b *bench) entered(a workflow.Answers) {
	b.t.Helper()
	done, err := b.enter(a)
	if err != nil {
		b.t.Fatal(err, fault.FieldsOf(err))
	}
	b.number = done.Number
}

func (b *bench) tryAs(by staff.Person, action workflow.Action, pairs ...string) error {
	b.t.Helper()
	_, err := b.proposals.Move(b.t.Context(), workflow.Order{Number: b.number, Action: action, By: by, Token: complainttest.Token(), Answers: answers(pairs...)})
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

func (b *bench) read() *proposal.Proposal {
	b.t.Helper()
	p, err := b.proposals.Read(b.t.Context(), b.People[staff.Supervisor], b.number)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) wantState(want workflow.State) *proposal.Proposal {
	b.t.Helper()
	p := b.read()
	if p.Matter.State != want {
		b.t.Fatalf("the proposal is %s, not %s", p.Matter.State, want)
	}
	return p
}

// runs are the clocks that run, by rule, with their last days.
func (b *bench) runs() map[clock.Code]clock.Date {
	b.t.Helper()
	all := map[clock.Code]clock.Date{}
	for code, term := range b.read().Matter.Terms {
		if term.Running {
			all[code] = term.On
		}
	}
	return all
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

// consulted is a filled-in note of a consultation on the day of the office's clock.
func (b *bench) consulted() []string {
	day := clock.On(b.Now())
	return []string{"how", "visit", "held_on_year", strconv.Itoa(day.Year), "held_on_month", strconv.Itoa(int(day.Month)), "held_on_day", strconv.Itoa(day.Day), "public", "代表要求今年付清一半，单位答应列入预算。"}
}

// drafted is an answer: the first point promised, the second solved.
func drafted(pairs ...string) []string {
	a := with(answers("draft", "0", "summary", "核对了 12 笔合同。", "contact", "周平 0375-5150000",
		"class_1", "B", "reply_1", "今年付清。", "by_1_year", "2026", "by_1_month", "12", "by_1_day", "31", "class_2", "A", "reply_2", "已经发文。"), pairs...)
	var out []string
	for name, values := range a {
		for _, v := range values {
			out = append(out, name, v)
		}
	}
	return out
}

// servedToday is the note of a service on the day of the office's clock.
func (b *bench) servedToday() []string {
	day := clock.On(b.Now())
	return []string{"how", "direct", "served_on_year", strconv.Itoa(day.Year), "served_on_month", strconv.Itoa(int(day.Month)), "served_on_day", strconv.Itoa(day.Day)}
}

// toHandling walks it to the unit.
func (b *bench) toHandling(pairs ...string) {
	b.t.Helper()
	b.do(staff.Registrar, proposal.HandOver, append([]string{"lead", complainttest.Finance, "hard", "no"}, pairs...)...)
	b.do(staff.Handler, proposal.Sign)
}

// toServed writes, signs and serves an answer.
func (b *bench) toServed(draft []string) {
	b.t.Helper()
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	b.do(staff.Handler, proposal.DraftAnswer, draft...)
	b.do(staff.UnitHead, proposal.Reply, "version", b.read().Matter.Seen["version"])
	b.do(staff.Handler, proposal.Serve, append(b.servedToday(), "digest", b.wantState(proposal.Replied).Signed().Digest)...)
}

// verify walks every chain of the office.
func (b *bench) verify() {
	b.t.Helper()
	for _, f := range b.findings() {
		b.t.Errorf("chain: %s", f.Sentence)
	}
}

// findings are what a walk over all chains finds wrong.
func (b *bench) findings() (all []chain.Finding) {
	b.t.Helper()
	if _, err := audit.Walk(b.t.Context(), b.DB.Owner, key.NewEventKeys(b.Keys.Office, b.Keys.Portal), kinds.Lawful, func(f chain.Finding) {
		all = append(all, f)
	}); err != nil {
		b.t.Error(err)
	}
	return all
}

func TestAProposalGoesFromTheHandingOverToThePublication(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	p := b.wantState(proposal.Filed)
	if p.Designation != "县第十六届人民代表大会第三次会议第12号建议" || len(p.Points) != 2 || p.Points[0].Said != "列出拖欠清单，逐笔定期限" || p.Points[1].Said != "今后没有预算不开工" ||
		len(p.Signers) != 2 || p.Signers[0].Name != "陈河" || p.Signers[0].Member == 0 {
		t.Errorf("%s %+v %+v", p.Designation, p.Points, p.Signers)
	}
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "co", complainttest.Justice, "hard", "no")
	if runs := b.runs(); runs[clock.DeputyAnswer] != clock.NewDate(2026, 6, 2) || runs[clock.CoAnswer] != clock.NewDate(2026, 4, 2) {
		t.Errorf("clocks %v", runs)
	}
	b.do(staff.Handler, proposal.Sign)
	wantFault(t, b.try(staff.Handler, proposal.DraftAnswer, drafted()...), fault.Forbidden, "先同代表、委员沟通")
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	wantFault(t, b.try(staff.Handler, proposal.DraftAnswer, drafted()...), fault.Forbidden, "会办意见还没有收齐")
	if err := b.tryAs(b.OtherHandler, proposal.CoOpinion, "note", "同意，今年预算里安排。"); err != nil {
		t.Fatal(err)
	}
	if runs := b.runs(); runs[clock.CoAnswer] != (clock.Date{}) {
		t.Errorf("the helping unit is still waited for: %v", runs)
	}
	b.do(staff.Handler, proposal.DraftAnswer, drafted()...)
	wantFault(t, b.tryAs(b.People[staff.Handler], proposal.Reply, "version", "1"), fault.Forbidden, "不由您来办")
	b.do(staff.UnitHead, proposal.ReturnAnswer, "note", "第二点写清楚", "draft", "1")
	b.do(staff.Handler, proposal.DraftAnswer, drafted("draft", "1")...)
	wantFault(t, b.try(staff.UnitHead, proposal.Reply, "version", "1"), fault.Conflict, "第 2 稿")
	b.do(staff.UnitHead, proposal.Reply, "version", "2")
	p = b.wantState(proposal.Replied)
	paper := p.Signed()
	if paper.Kind != document.DeputyReply || paper.Number != "演财函〔2026〕1号" || paper.Paper.Issuer != "县财政局" || paper.Paper.Addressee != "陈河、李山代表" || !paper.Intact() ||
		!strings.Contains(paper.Paper.Body(), "答复类别：B 类") || !strings.Contains(paper.Paper.Body(), "2026年12月31日以前（含当日）办到") {
		t.Errorf("the answer is %s %+v", paper.Number, paper.Paper)
	}
	if _, runs := b.runs()[clock.DeputyAnswer]; !runs {
		t.Error("a letter that nobody has got stops the clock")
	}
	b.do(staff.Handler, proposal.Serve, append(b.servedToday(), "digest", paper.Digest)...)
	if runs := b.runs(); len(runs) != 2 || runs[clock.Feedback] != clock.NewDate(2026, 4, 1) || runs[clock.Promise] != clock.NewDate(2026, 12, 31) {
		t.Errorf("clocks %v", runs)
	}
	wantFault(t, b.try(staff.Handler, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full"), fault.Forbidden, "不由您来办")
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full")
	b.Wait(time.Since(b.Now())) // the database's own day ends what the public reads
	b.do(staff.Publisher, proposal.Publish)
	p = b.wantState(proposal.Published)
	if p.Notice == nil || !p.Notice.Until.IsZero() || p.Notice.Title != p.Designation+"办理情况" {
		t.Errorf("published as %+v", p.Notice)
	}
	b.do(staff.Publisher, proposal.TakeDown, "note", "联系电话要隐去")
	b.do(staff.Publisher, proposal.Publish)
	b.do(staff.Registrar, proposal.Archive)
	b.wantState(proposal.Archived)
	b.verify()
}

// Whoever is dissatisfied gets another answer in a term of its own; only after that may
// anybody end it, and it stays dissatisfied.
func TestADissatisfiedDeputyIsAnsweredAgain(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(drafted())
	wantFault(t, b.try(staff.Registrar, proposal.Disagree, "attitude", "satisfied", "result", "basic", "consent", "none", "public", "没有办"), fault.Invalid, "没有选不满意")
	b.do(staff.Registrar, proposal.Disagree, "attitude", "satisfied", "result", "dissatisfied", "consent", "full", "public", "第一点年底太晚。")
	if runs := b.runs(); len(runs) != 2 || runs[clock.AnswerAgain] != clock.NewDate(2026, 4, 2) || runs[clock.Promise] != clock.NewDate(2026, 12, 31) {
		t.Errorf("clocks %v", runs)
	}
	wantFault(t, b.try(staff.Supervisor, proposal.EndDisagreed, "public", "不再办"), fault.Forbidden, "还没有重办过")
	b.do(staff.Handler, proposal.TakeUpAgain)
	wantFault(t, b.try(staff.Handler, proposal.DraftAnswer, drafted("draft", "1")...), fault.Forbidden, "先同代表、委员沟通")
	b.toServed(drafted("draft", "1", "by_1_month", "6", "by_1_day", "30"))
	b.do(staff.Registrar, proposal.Disagree, "attitude", "dissatisfied", "result", "dissatisfied", "consent", "none", "public", "还是太晚。")
	b.do(staff.Supervisor, proposal.EndDisagreed, "public", "已经报县人大常委会。")
	p := b.wantState(proposal.FedBack)
	if p.Feedback.Result != "dissatisfied" || len(p.Documents) != 2 {
		t.Errorf("%+v, %d documents", p.Feedback, len(p.Documents))
	}
	wantFault(t, b.try(staff.Publisher, proposal.Publish), fault.Forbidden, "没有同意公开")
	b.do(staff.Registrar, proposal.Archive)
	b.verify()
}

// An interim answer stops no clock and takes the place of none.
func TestAnInterimAnswerIsNone(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	before := b.runs()
	wantFault(t, b.try(staff.Handler, proposal.AnswerInterim, "public", "正在对账。"), fault.Forbidden, "不由您来办")
	b.do(staff.UnitHead, proposal.AnswerInterim, "public", "正在对账。")
	if runs := b.runs(); runs[clock.DeputyAnswer] != before[clock.DeputyAnswer] {
		t.Errorf("clocks %v, before %v", runs, before)
	}
	b.wantState(proposal.Handling)
	wantFault(t, b.try(staff.UnitHead, proposal.Reply, "version", "0"), fault.Conflict, "办理中")
}

// What is handed over again keeps the term that began when it was first; the long one is
// counted from that day, too.
func TestTheTermIsCountedFromTheFirstHandingOver(t *testing.T) {
	b := newBench(t)
	b.entered(entry("source", "cppcc", "term", "10", "signers", "林溪"))
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	b.Wait(3 * 24 * time.Hour)
	b.do(staff.Handler, proposal.Object, "note", "归司法局")
	b.do(staff.Supervisor, proposal.AgreeReturn, "note", "核实过")
	if p := b.wantState(proposal.Filed); p.Matter.Unit != "" {
		t.Errorf("it is still of %s", p.Matter.Unit)
	}
	wantFault(t, b.try(staff.Registrar, proposal.HandOver, "lead", complainttest.Justice, "hard", "yes"), fault.Invalid, "3 个月的期限已经在走")
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Justice, "hard", "no")
	if runs := b.runs(); runs[clock.CommitteeAnswer] != clock.NewDate(2026, 6, 2) {
		t.Errorf("clocks %v", runs)
	}
	wantFault(t, b.try(staff.Registrar, proposal.Lengthen, "public", "涉及八个镇"), fault.Forbidden, "不由您来办")
	b.do(staff.Supervisor, proposal.Lengthen, "public", "涉及八个镇")
	if runs := b.runs(); runs[clock.CommitteeAnswerHard] != clock.NewDate(2026, 9, 2) || runs[clock.CommitteeAnswer] != (clock.Date{}) {
		t.Errorf("clocks %v", runs)
	}
	b.do(staff.Supervisor, proposal.Recall, "note", "另交")
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	if got := b.read().Events[0].Public; !strings.Contains(got, "6 个月内答复") {
		t.Errorf("says %q", got)
	}
	b.verify()
}

func TestAProposalIsDividedAmongUnits(t *testing.T) {
	b := newBench(t)
	b.entered(entry("points", "（一）列清单\n（二）定期限\n（三）没有预算不开工"))
	wantFault(t, b.try(staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Finance), fault.Invalid, "请选第 3 点归哪个单位办")
	wantFault(t, b.try(staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Finance, "unit_3", complainttest.Finance), fault.Invalid, "不用分办")
	b.do(staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Justice, "unit_3", complainttest.Finance)
	whole := b.wantState(proposal.Divided)
	if len(whole.Parts) != 2 {
		t.Fatalf("%+v", whole.Parts)
	}
	var got [][]int
	for _, part := range whole.Parts {
		b.number = part.Number
		p := b.wantState(proposal.Filed)
		var numbers []int
		for _, point := range p.Points {
			numbers = append(numbers, point.No)
		}
		got = append(got, numbers)
		if p.PartOf != whole.Matter.Number || p.Designation != whole.Designation || len(p.Signers) != 2 {
			t.Errorf("the part is %+v", p.Content)
		}
	}
	if len(got[0]) != 2 || got[0][1] != 3 || len(got[1]) != 1 || got[1][0] != 2 {
		t.Errorf("points %v", got)
	}
	b.toHandling() // the last: point 2 alone
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	b.do(staff.Handler, proposal.DraftAnswer, drafted("class_1", "", "reply_1", "", "by_1_year", "", "by_1_month", "", "by_1_day", "")...)
	if replies := b.read().Answer.Replies; len(replies) != 1 || replies[0].No != 2 {
		t.Errorf("answers %+v", replies)
	}
	b.verify()
}

func TestASignerMayLeaveAndTheLastMayNot(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	wantFault(t, b.try(staff.Registrar, proposal.Leave, "who", "赵六", "note", "电话"), fault.Invalid, "现在是：陈河、李山")
	whole := b.number
	b.entered(entry("serial", "13", "signers", "王强（RD-003）、王强（RD-004）、李山"))
	wantFault(t, b.try(staff.Registrar, proposal.Leave, "who", "王强", "note", "电话"), fault.Invalid, "第 1 位、第 2 位")
	b.do(staff.Registrar, proposal.Leave, "who", "第1位", "note", "电话")
	if p := b.read(); !p.Signers[0].Left || p.Signers[1].Left || !strings.Contains(p.Events[0].Public, "王强退出") {
		t.Errorf("%+v: %s", p.Signers, p.Events[0].Public)
	}
	b.number = whole
	b.do(staff.Registrar, proposal.Leave, "who", "陈河", "note", "书面")
	wantFault(t, b.try(staff.Registrar, proposal.Leave, "who", "李山", "note", "电话"), fault.Invalid, "撤案")
	b.toHandling()
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	b.do(staff.Handler, proposal.DraftAnswer, drafted()...)
	p := b.read()
	if paper := p.Preview(p.Answer); paper.Addressee != "李山代表" {
		t.Errorf("the answer goes to %s", paper.Addressee)
	}
	b.do(staff.Registrar, proposal.Withdraw, "public", "李山代表书面撤回。")
	b.wantState(proposal.Withdrawn)
	if runs := b.runs(); len(runs) != 0 {
		t.Errorf("clocks %v", runs)
	}
	b.verify()
}

// unheard lets the term of the feedback pass.
func (b *bench) unheard() {
	b.t.Helper()
	for _, days := range []int{24, 31} {
		b.Wait(time.Duration(days) * 24 * time.Hour)
		if _, err := b.worker().RunTimed(b.t.Context(), proposal.Law); err != nil {
			b.t.Fatal(err)
		}
	}
}

func TestWhatIsNotFedBackIsNotSatisfied(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(drafted())
	b.unheard()
	p := b.wantState(proposal.Silent)
	if p.Feedback != nil || p.Matter.Has(proposal.Public) {
		t.Errorf("%+v, flags %v", p.Feedback, p.Matter.Flags)
	}
	b.verify()
}

// What was let be published is one answer: the next has the consent of nobody until it is
// given, and silence gives none.
func TestConsentIsToOneAnswer(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(drafted())
	b.do(staff.Registrar, proposal.Disagree, "attitude", "satisfied", "result", "dissatisfied", "consent", "full", "public", "第一点年底太晚。")
	b.do(staff.Handler, proposal.TakeUpAgain)
	b.toServed(drafted("draft", "1", "by_1_month", "6", "by_1_day", "30"))
	b.unheard()
	if p := b.wantState(proposal.Silent); p.Feedback != nil || p.Matter.Has(proposal.Public) {
		t.Errorf("%+v, flags %v", p.Feedback, p.Matter.Flags)
	}
	wantFault(t, b.try(staff.Publisher, proposal.Publish), fault.Forbidden, "没有同意公开")
	// a flag that somebody set by hand is no consent
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE matter SET flags = flags || '{public}' WHERE number = $1`, b.number); err != nil {
		t.Fatal(err)
	}
	wantFault(t, b.try(staff.Publisher, proposal.Publish), fault.Forbidden, "没有同意公开")
}

// Who was silent may still say it while the proposal is not filed away, and is answered
// again if it is no.
func TestFeedbackThatComesLateIsTaken(t *testing.T) {
	b := newBench(t)
	lapsed := func(serial string) {
		b.entered(entry("serial", serial))
		b.toHandling()
		b.toServed(drafted())
		b.unheard()
		b.wantState(proposal.Silent)
	}
	lapsed("12")
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "outcome")
	if p := b.wantState(proposal.FedBack); p.Feedback == nil || !p.Matter.Has(proposal.Public) {
		t.Errorf("%+v, flags %v", p.Feedback, p.Matter.Flags)
	}
	wantFault(t, b.try(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "outcome"), fault.Forbidden, "已经录入过")
	lapsed("13")
	b.do(staff.Registrar, proposal.Disagree, "attitude", "satisfied", "result", "dissatisfied", "consent", "none", "public", "没有付。")
	b.wantState(proposal.Dissatisfied)
	if _, runs := b.runs()[clock.AnswerAgain]; !runs {
		t.Error("nothing says by when it is answered again")
	}
	b.verify()
}

// What is answered again keeps the term of that, whoever gets it, and is not lengthened.
func TestWhatIsAnsweredAgainKeepsItsTerm(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(drafted())
	b.do(staff.Registrar, proposal.Disagree, "attitude", "satisfied", "result", "dissatisfied", "consent", "none", "public", "不归财政局，没有用。")
	b.do(staff.Registrar, proposal.Recall, "note", "另交司法局")
	wantFault(t, b.try(staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Justice), fault.Forbidden, "期限已经在走")
	wantFault(t, b.try(staff.Registrar, proposal.HandOver, "lead", complainttest.Justice, "hard", "yes"), fault.Invalid, "重新办理")
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Justice, "hard", "no")
	p := b.read()
	if runs := b.runs(); runs[clock.AnswerAgain] != clock.NewDate(2026, 4, 2) || runs[clock.DeputyAnswer] != (clock.Date{}) || !p.Matter.Has(proposal.Redone) {
		t.Errorf("clocks %v, flags %v", runs, p.Matter.Flags)
	}
	if said := p.Events[0].Public; !strings.Contains(said, "重新答复的期限照走") {
		t.Errorf("says %q", said)
	}
	b.verify()
}

// What is late stays late: a term that is over is not made longer.
func TestATermThatIsOverIsNotLengthened(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.Wait(100 * 24 * time.Hour)
	wantFault(t, b.try(staff.Supervisor, proposal.Lengthen, "public", "涉及八个镇"), fault.Forbidden, "已经过了")
	b.do(staff.Registrar, proposal.Recall, "note", "另交")
	wantFault(t, b.try(staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Justice), fault.Forbidden, "期限已经在走")
}

// What was published can be taken down wherever the proposal has got to.
func TestWhatIsFiledAwayCanBeTakenDown(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.toServed(drafted("class_1", "A", "by_1_year", "", "by_1_month", "", "by_1_day", ""))
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full")
	b.Wait(time.Since(b.Now()))
	b.do(staff.Publisher, proposal.Publish)
	b.do(staff.Registrar, proposal.Archive)
	b.do(staff.Publisher, proposal.TakeDown, "note", "代表要求撤下")
	if p := b.wantState(proposal.Archived); p.Notice == nil || p.Notice.TakenDownAt == nil {
		t.Errorf("still published: %+v", p.Notice)
	}
	wantFault(t, b.try(staff.Publisher, proposal.TakeDown, "note", "再撤"), fault.Forbidden, "没有公开")
	b.verify()
}

func TestAnEntryIsHeldAgainstTheRosterAndItself(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	for name, c := range map[string]struct {
		pairs []string
		says  string
	}{
		"the same number again":    {nil, "这一号已经登记过，是 " + b.number},
		"no points":                {[]string{"serial", "13", "points", ""}, "至少一点"},
		"points of numbers alone":  {[]string{"serial", "13", "points", "1.\n2、\n"}, "只有序号"},
		"too many points":          {[]string{"serial", "13", "points", strings.Repeat("一件事\n", 13)}, "最多 12 点"},
		"two of one name":          {[]string{"serial", "13", "signers", "陈河，王强"}, "RD-003、RD-004"},
		"not on the roster":        {[]string{"serial", "13", "signers", "陈河\n钱多"}, "钱多不在这一届的名册里"},
		"of another congress":      {[]string{"serial", "13", "term", "15", "signers", "李山"}, "李山不在这一届的名册里"},
		"whose term has ended":     {[]string{"serial", "13", "signers", "周退"}, "2025年12月31日已经终止"},
		"one name twice":           {[]string{"serial", "13", "signers", "陈河、陈河"}, "写了两遍"},
		"a session between two":    {[]string{"source", "npc_interim", "serial", "13"}, "闭会期间提的不属于哪一次会议"},
		"no session":               {[]string{"serial", "13", "meeting", ""}, "请写第几次会议"},
		"no number":                {[]string{"serial", "甲"}, "号请写数字"},
		"a source that is not one": {[]string{"source", "media"}, "请从列出的里面选一项"},
		"commas for signers":       {[]string{"serial", "13", "signers", "、，；"}, "谁提的"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.enter(entry(c.pairs...))
			wantFault(t, err, fault.Invalid, c.says)
		})
	}
	for name, pairs := range map[string][]string{
		"which of two is written":  {"serial", "14", "signers", "陈河，王强（rd-004）"},
		"the roster is behind":     {"serial", "15", "signers", "钱多", "unlisted", "yes"},
		"between two sessions":     {"source", "npc_interim", "meeting", "", "serial", "12"},
		"the same of another body": {"source", "cppcc", "term", "十", "signers", "林溪"},
		"two that look different":  {"serial", "１６号", "term", "第十六届", "signers", "李山 陈河", "unlisted", "yes"},
	} {
		if _, err := b.enter(entry(pairs...)); err != nil {
			t.Errorf("%s: %v %v", name, err, fault.FieldsOf(err))
		}
	}
	n, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM proposal_signer s JOIN member m ON m.id = s.member_id WHERE m.credential_number = 'RD-004'`, nil)
	if err != nil || n != 1 {
		t.Errorf("%d signed as RD-004: %v", n, err)
	}
}

func TestAnAnswerKeepsToItsPoints(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.toHandling()
	b.do(staff.Handler, proposal.Consult, b.consulted()...)
	for name, c := range map[string]struct {
		pairs []string
		says  string
	}{
		"a point passed over":             {[]string{"class_2", "", "reply_2", ""}, "class_2: 请选第 2 点的类别"},
		"a promise without a day":         {[]string{"by_1_year", "", "by_1_month", "", "by_1_day", ""}, "by_1: B 类是答应了要办的"},
		"a day without a promise":         {[]string{"class_1", "A"}, "A 类不写期限"},
		"a promise for a day that passed": {[]string{"by_1_year", "2026", "by_1_month", "2", "by_1_day", "1"}, "请写今天以后的日子"},
		"a class that is none":            {[]string{"class_1", "D"}, "请从列出的里面选一项"},
		"nobody to call":                  {[]string{"contact", ""}, "请写联系人和电话"},
	} {
		t.Run(name, func(t *testing.T) {
			wantFault(t, b.try(staff.Handler, proposal.DraftAnswer, drafted(c.pairs...)...), fault.Invalid, c.says)
		})
	}
	wantFault(t, b.try(staff.Handler, proposal.DraftAnswer, drafted("class_2", "C")...), fault.Invalid, "articles: 有一点是 C 类")
	b.do(staff.Handler, proposal.DraftAnswer, drafted("class_2", "C", "articles", "YSF-35", "basis", "县人大批准的预算")...)
	if p := b.read(); p.Answer.Class() != "C" || p.Answer.Basis != "《中华人民共和国预算法》第三十五条；县人大批准的预算" || !slices.Equal(p.Known(proposal.DraftAnswer)["articles"], []string{"YSF-35"}) {
		t.Errorf("the whole is %s and stands on %s", p.Answer.Class(), p.Answer.Basis)
	}
	b.Wait(310 * 24 * time.Hour)
	wantFault(t, b.try(staff.UnitHead, proposal.Reply, "version", "1"), fault.Forbidden, "已经到了")
}

// A unit reads what it has, and no other unit does.
func TestAUnitReadsItsOwnProposals(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	for step, want := range []struct{ finance, justice bool }{{}, {finance: true}, {}} {
		switch step {
		case 1:
			b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
		case 2:
			b.do(staff.Registrar, proposal.Recall, "note", "错了")
		}
		_, finance := b.proposals.Read(t.Context(), b.People[staff.Handler], b.number)
		_, justice := b.proposals.Read(t.Context(), b.OtherHandler, b.number)
		if (finance == nil) != want.finance || (justice == nil) != want.justice {
			t.Errorf("step %d: finance %v, justice %v", step, finance, justice)
		}
	}
}

// A term into a year whose holidays nobody knew is counted anew once they are published, by
// a move that says so.
func TestATermIsCountedAnewOnceItsYearIsKnown(t *testing.T) {
	b := newBench(t)
	b.Wait(clock.NewDate(2027, 12, 28).Begins().Add(10 * time.Hour).Sub(b.Now()))
	b.entered(entry())
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	before := b.runs()[clock.ProposalReturn]
	plan, bad, err := clock.PlanImport(t.Context(), b.DB.Admin, clock.Handed{Text: "2028-01-01至2028-01-05,放假\n2028-01-25至2028-01-31,放假\n2028-04-04,放假\n2028-05-01至2028-05-03,放假\n2028-05-28,放假\n2028-10-01至2028-10-07,放假\n"})
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	if err := plan.Import(t.Context(), b.DB.Admin, 0, b.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.worker().Recount(t.Context(), []*workflow.Table{proposal.Law}, 100); err != nil {
		t.Fatal(err)
	}
	if after := b.runs()[clock.ProposalReturn]; !after.After(before) {
		t.Errorf("the term ends on %s, before that on %s", after, before)
	}
	if said := b.read().Events[0]; said.Action != workflow.Recount || !strings.Contains(said.Public, "期限重算") {
		t.Errorf("the course says %+v", said)
	}
	b.verify()
}
