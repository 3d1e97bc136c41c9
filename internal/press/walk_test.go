package press_test

import (
	"crypto/rand"
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
	"zhengxin/internal/press"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// newsroom is an office with journalists on its roster and one lead.
type newsroom struct {
	*complainttest.Office
	t      *testing.T
	leads  *press.Register
	number string
}

func newNewsroom(t *testing.T) *newsroom {
	t.Parallel()
	n := &newsroom{Office: complainttest.New(t), t: t}
	n.leads = press.New(n.Desk.Office)
	if _, err := n.DB.Owner.Exec(t.Context(), `
		INSERT INTO setting (key, value) VALUES ('document_prefix', '演示'), ('issuer', '县政务诚信监督办公室');
		UPDATE unit SET document_prefix = '演财函' WHERE code = 'FIN';
		INSERT INTO member (kind, name, credential_number, outlet, valid_to) VALUES
			('media', '高原', 'B410000000001', '演示日报', NULL), ('media', '高原', 'K410000000002', '演示周刊', NULL), ('media', '秦川', 'B410000000003', '演示日报', NULL),
			('media', '贺兰', 'B410000000004', '演示日报', '2025-12-31'), ('npc_deputy', '陈河', 'RD-001', '', NULL)`); err != nil {
		t.Fatal(err)
	}
	return n
}

func answers(pairs ...string) workflow.Answers {
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = []string{pairs[i+1]}
	}
	return a
}

// on is a date as a form has it.
func on(name string, day clock.Date) []string {
	return []string{name + "_year", strconv.Itoa(day.Year), name + "_month", strconv.Itoa(int(day.Month)), name + "_day", strconv.Itoa(day.Day)}
}

func march(day int) clock.Date { return clock.NewDate(2026, 3, day) }

// lead is a lead that asks two questions.
func lead(pairs ...string) workflow.Answers {
	return answers(append([]string{"who", "秦川", "title", "村道工程款拖欠", "unit", complainttest.Finance, "known", "施工队长说验收两年没有拿到钱，账在会计手里。",
		"questions", "1. 欠了多少？\n2、哪一天付清？"}, pairs...)...)
}

func (n *newsroom) enter(a workflow.Answers) error {
	n.t.Helper()
	done, err := n.leads.Begin(n.t.Context(), workflow.Order{Action: press.Enter, By: n.People[staff.Registrar], Token: complainttest.Token(), Answers: a})
	if err == nil {
		n.number = done.Number
	}
	return err
}

func (n *newsroom) entered(a workflow.Answers) {
	n.t.Helper()
	if err := n.enter(a); err != nil {
		n.t.Fatal(err, fault.FieldsOf(err))
	}
}

func (n *newsroom) try(by staff.Role, action workflow.Action, pairs ...string) error {
	n.t.Helper()
	_, err := n.leads.Move(n.t.Context(), workflow.Order{Number: n.number, Action: action, By: n.People[by], Token: complainttest.Token(), Answers: answers(pairs...)})
	return err
}

func (n *newsroom) do(by staff.Role, action workflow.Action, pairs ...string) {
	n.t.Helper()
	if err := n.try(by, action, pairs...); err != nil {
		n.t.Fatalf("%s by %s: %v %v", action, by, err, fault.FieldsOf(err))
	}
}

func (n *newsroom) readBy(by staff.Role) *press.Lead {
	n.t.Helper()
	l, err := n.leads.Read(n.t.Context(), n.People[by], n.number)
	if err != nil {
		n.t.Fatal(err)
	}
	return l
}

func (n *newsroom) wantState(want workflow.State) *press.Lead {
	n.t.Helper()
	l := n.readBy(staff.Supervisor)
	if l.Matter.State != want {
		n.t.Fatalf("the lead is %s, not %s", l.Matter.State, want)
	}
	return l
}

// runs are the last days of the clocks that run.
func (n *newsroom) runs() map[clock.Code]clock.Date {
	n.t.Helper()
	all := map[clock.Code]clock.Date{}
	for code, term := range n.readBy(staff.Supervisor).Matter.Terms {
		if term.Running {
			all[code] = term.On
		}
	}
	return all
}

// nights lets days pass, each with what the worker does.
func (n *newsroom) nights(days int) {
	n.t.Helper()
	engine := &workflow.Engine{Pool: n.DB.Worker, Key: n.Keys.Office.EventKey(), Clocks: clock.NewBook(n.DB.Worker, n.Now), Now: n.Now, Random: rand.Reader}
	for range days {
		n.Wait(24 * time.Hour)
		if _, err := engine.RunTimed(n.t.Context(), press.Law); err != nil {
			n.t.Fatal(err)
		}
		if _, err := engine.LapseRights(n.t.Context(), press.Law); err != nil {
			n.t.Fatal(err)
		}
	}
}

// did are how often something was done to the lead.
func (n *newsroom) did(action workflow.Action) (times int) {
	n.t.Helper()
	for _, e := range n.readBy(staff.Supervisor).Events {
		if e.Action == action {
			times++
		}
	}
	return times
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

var statement = []string{"draft", "0", "statement", "一、欠 128 万元。二、六月底付清。", "contact", "办公室 0375-5150000", "personal", "yes"}

// stated walks it from the desk to a signed statement.
func (n *newsroom) stated() *press.Lead {
	n.t.Helper()
	n.do(staff.Registrar, press.HandOver, "lead", complainttest.Finance)
	n.do(staff.Handler, press.Sign)
	n.do(staff.Handler, press.DraftStatement, statement...)
	n.do(staff.UnitHead, press.SignStatement, "version", "1")
	return n.wantState(press.Answered)
}

// verify walks every chain of the office.
func (n *newsroom) verify() {
	n.t.Helper()
	if _, err := audit.Walk(n.t.Context(), n.DB.Owner, key.NewEventKeys(n.Keys.Office, n.Keys.Portal), kinds.Lawful, func(f chain.Finding) {
		n.t.Errorf("chain: %s", f.Sentence)
	}); err != nil {
		n.t.Error(err)
	}
}

func TestAJournalistAsksAndAUnitStates(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead(on("wanted", march(6))...))
	l := n.wantState(press.Lodged)
	if l.Who != "秦川" || l.Outlet != "演示日报" || len(l.Questions) != 2 || l.Questions[1].Said != "哪一天付清？" || l.WantedBy != march(6) || !l.Until.IsZero() {
		t.Errorf("%+v", l.Content)
	}
	wantFault(t, n.try(staff.Registrar, press.Close), fault.Forbidden, "问的还没有答复")
	n.do(staff.Registrar, press.HandOver, "lead", complainttest.Finance, "note", "请三天内说明")
	if runs := n.runs(); len(runs) != 1 || runs[clock.PressStatement] != march(9) {
		t.Errorf("clocks %v", runs)
	}
	n.do(staff.Handler, press.Sign)
	n.do(staff.Handler, press.DraftStatement, statement...)
	wantFault(t, n.try(staff.Handler, press.SignStatement, "version", "1"), fault.Forbidden, "不由您来办")
	n.do(staff.UnitHead, press.ReturnStatement, "draft", "1", "note", "写清数额")
	n.do(staff.Handler, press.DraftStatement, append([]string{"draft", "1"}, statement[2:]...)...)
	wantFault(t, n.try(staff.UnitHead, press.SignStatement, "version", "1"), fault.Conflict, "第 2 稿")
	n.do(staff.UnitHead, press.SignStatement, "version", "2")
	l = n.wantState(press.Answered)
	paper := l.Signed()
	if paper == nil || paper.Kind != document.Statement || paper.Number != "演财函〔2026〕1号" || !paper.Intact() || paper.ServedOn != march(2) || paper.ServedHow != "electronic" ||
		!strings.Contains(paper.Paper.Body(), "2. 哪一天付清？") || strings.Contains(paper.HTML, "秦川") || strings.Contains(paper.HTML, "日报") {
		t.Errorf("the statement is %+v", paper)
	}
	if runs := n.runs(); len(runs) != 0 {
		t.Errorf("clocks %v", runs)
	}
	// Asked once more, in a term of its own, and once only.
	n.do(staff.Registrar, press.AskAgain, "questions", "为什么拖到六月？")
	l = n.wantState(press.Explaining)
	if runs := n.runs(); len(runs) != 1 || runs[clock.PressMore] != march(5) || len(l.Questions) != 3 || l.Questions[2].Round != 2 {
		t.Errorf("clocks %v, questions %+v", runs, l.Questions)
	}
	n.do(staff.Handler, press.DraftStatement, append([]string{"draft", "2"}, statement[2:]...)...)
	n.do(staff.UnitHead, press.SignStatement, "version", "3")
	if body := n.wantState(press.Answered).Signed().Paper.Body(); !strings.Contains(body, "3. 为什么拖到六月？") || strings.Contains(body, "欠了多少") {
		t.Errorf("the second statement says %s", body)
	}
	wantFault(t, n.try(staff.Registrar, press.AskAgain, "questions", "还有呢？"), fault.Forbidden, "追问过一次")
	// Put right, and signed anew; the first stays as it was.
	n.do(staff.UnitHead, press.Mend, "public", "数额写错了")
	n.do(staff.Handler, press.DraftStatement, append([]string{"draft", "3"}, statement[2:]...)...)
	n.do(staff.UnitHead, press.SignStatement, "version", "4")
	if l = n.wantState(press.Answered); len(l.Documents) != 3 {
		t.Errorf("%d documents", len(l.Documents))
	}
	n.do(staff.Registrar, press.Close)
	n.wantState(press.Closed)
	n.verify()
}

func TestALeadWithoutQuestionsIsForTheDeskAlone(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead("questions", ""))
	wantFault(t, n.try(staff.Registrar, press.HandOver, "lead", complainttest.Finance), fault.Forbidden, "没有要问单位的")
	for _, role := range []staff.Role{staff.Handler, staff.UnitHead, staff.Publisher, staff.DisciplineOfficer, staff.Custodian, staff.Sysadmin} {
		if _, err := n.leads.Read(t.Context(), n.People[role], n.number); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads it: %v", role, err)
		}
	}
	wantFault(t, n.try(staff.Registrar, press.TakeUp, "note", "查"), fault.Forbidden, "不由您来办")
	n.do(staff.Supervisor, press.TakeUp, "note", "登记为投诉")
	if l := n.wantState(press.Taken); !strings.Contains(l.Events[0].Public, "转为监督线索") {
		t.Errorf("says %q", l.Events[0].Public)
	}
	n.entered(lead("questions", ""))
	n.do(staff.Registrar, press.Close, "public", "已经知道了。")
	n.wantState(press.Closed)
	n.verify()
}

// What the journalist knows and what the desk noted of it stays with the desk, whoever
// has the lead in hand, publishes it or audits it.
func TestWhatMayLeadToASourceStaysWithTheDesk(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead())
	n.do(staff.Supervisor, press.Note, "note", "线人是会计，已经核实")
	n.stated()
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor, staff.Publisher, staff.Handler, staff.UnitHead} {
		l := n.readBy(role)
		known, notes := role == staff.Registrar || role == staff.Supervisor || role == staff.Leader, ""
		for _, e := range l.Events {
			notes += e.Note
		}
		if (l.Knows != "") != known {
			t.Errorf("%s reads what the journalist knows: %q", role, l.Knows)
		}
		if known != strings.Contains(notes, "线人") {
			t.Errorf("%s reads the notes %q", role, notes)
		}
		if l.Who != "秦川" || l.Signed() == nil {
			t.Errorf("%s does not read who asked, or what was stated", role)
		}
	}
	if _, err := n.leads.Read(t.Context(), n.OtherHandler, n.number); !fault.Is(err, fault.NotFound) {
		t.Errorf("another unit reads it: %v", err)
	}
	texts, err := pg.All[string](t.Context(), n.DB.Owner, `SELECT array_to_string(`+press.Kind.Texts.All[0].SQL+` || `+press.Kind.Texts.All[1].SQL+` || `+press.Kind.Texts.All[2].SQL+`, ' ') FROM matter m WHERE m.number = @number`, pg.Args{"number": n.number})
	if err != nil || !strings.Contains(strings.Join(texts, ""), "欠了多少") || strings.Contains(strings.Join(texts, ""), "会计") {
		t.Errorf("found by %q, %v", texts, err)
	}
	n.verify()
}

func TestNothingIsPublishedUnderAnEmbargo(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead(on("until", march(20))...))
	l := n.wantState(press.Lodged)
	if l.Until != march(20) || l.From != march(2) || !l.Matter.Has(press.Embargoed) {
		t.Errorf("embargo %s from %s, flags %v", l.Until, l.From, l.Matter.Flags)
	}
	n.stated()
	wantFault(t, n.try(staff.Publisher, press.Publish), fault.Forbidden, "保密期")
	wantFault(t, n.try(staff.Registrar, press.Extend, on("until", march(20))...), fault.Invalid, "现在保密到2026年3月20日")
	wantFault(t, n.try(staff.Registrar, press.Extend, on("until", clock.NewDate(2026, 6, 2))...), fault.Invalid, "最长 91 天，从今天算最晚到2026年6月1日")
	n.do(staff.Registrar, press.Extend, on("until", march(25))...)
	n.do(staff.Registrar, press.Close) // it goes on, whatever becomes of the lead
	n.nights(15)                       // 17 March
	if n.did(press.RemindEmbargo) != 0 {
		t.Error("reminded too early")
	}
	n.nights(4)
	if n.did(press.RemindEmbargo) != 1 {
		t.Errorf("reminded %d times", n.did(press.RemindEmbargo))
	}
	n.do(staff.Registrar, press.Extend, on("until", march(30))...)
	n.nights(9) // 30 March
	if n.did(press.RemindEmbargo) != 2 || n.did(press.EndEmbargo) != 0 {
		t.Errorf("reminded %d times, ended %d times", n.did(press.RemindEmbargo), n.did(press.EndEmbargo))
	}
	wantFault(t, n.try(staff.Publisher, press.Publish), fault.Forbidden, "保密期")
	n.nights(2)
	if n.did(press.EndEmbargo) != 1 || len(n.runs()) != 0 {
		t.Errorf("ended %d times, clocks %v", n.did(press.EndEmbargo), n.runs())
	}
	wantFault(t, n.try(staff.Registrar, press.Extend, on("until", clock.NewDate(2026, 5, 1))...), fault.Forbidden, "没有保密期")
	n.Wait(time.Since(n.Now())) // the database's own day ends what the public reads
	n.do(staff.Publisher, press.Publish)
	if l = n.wantState(press.Closed); l.Notice == nil || l.Notice.Title != "县财政局关于“村道工程款拖欠”的情况说明" {
		t.Errorf("published as %+v", l.Notice)
	}
	n.do(staff.Publisher, press.TakeDown, "note", "写错电话")
	n.verify()
}

func TestAnEmbargoIsLiftedAtOnce(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead(on("until", march(20))...))
	n.stated()
	n.do(staff.Registrar, press.Lift, "note", "3月3日书面要求")
	wantFault(t, n.try(staff.Registrar, press.Lift, "note", "再要求"), fault.Forbidden, "没有保密期")
	n.Wait(time.Since(n.Now()))
	n.do(staff.Publisher, press.Publish)
	n.wantState(press.Published)
	wantFault(t, n.try(staff.UnitHead, press.Mend, "public", "错了"), fault.Conflict, "已公开")
	n.do(staff.Publisher, press.TakeDown, "note", "重新公开")
	n.wantState(press.Answered)
	n.do(staff.Publisher, press.Publish)
	n.do(staff.Registrar, press.Close)
	n.verify()
}

// Every embargo ends: before it begins, in the past and too far away none does.
func TestAnEmbargoHasAnEnd(t *testing.T) {
	n := newNewsroom(t)
	for name, c := range map[string]struct {
		pairs []string
		says  string
	}{
		"ends before it begins": {append(on("from", march(15)), on("until", march(10))...), "不能到2026年3月10日就结束"},
		"ends in the past":      {on("until", march(1)), "until: 2026年3月1日不在今天以后"},
		"ends today":            {on("until", march(2)), "请写今天以后的日子"},
		"has no end":            {on("from", march(15)), "也请写保密到哪一天"},
		"ends too far away":     {on("until", clock.NewDate(2026, 6, 2)), "until: 保密期最长 91 天"},
		"is no day":             {[]string{"until_year", "2026", "until_month", "2", "until_day", "30"}, "until"},
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, n.enter(lead(c.pairs...)), fault.Invalid, c.says) })
	}
	n.entered(lead(append(on("from", march(2)), on("until", clock.NewDate(2026, 6, 1))...)...))
	if l := n.wantState(press.Lodged); l.Until != clock.NewDate(2026, 6, 1) {
		t.Errorf("until %s", l.Until)
	}
	n.verify()
}

func TestALateStatementIsTold(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead())
	n.do(staff.Registrar, press.HandOver, "lead", complainttest.Finance)
	n.nights(7)
	if n.did(press.RemindStatement) != 1 || n.did(press.TellOverdue) != 0 {
		t.Errorf("reminded %d times, told %d times", n.did(press.RemindStatement), n.did(press.TellOverdue))
	}
	n.nights(2)
	if n.did(press.TellOverdue) != 1 {
		t.Errorf("told %d times", n.did(press.TellOverdue))
	}
	if l := n.wantState(press.Asked); l.Events[0].Public != "到2026年3月9日没有说明。" {
		t.Errorf("says %q", l.Events[0].Public)
	}
	// Taken back and given to another, it is as late as it was.
	n.do(staff.Supervisor, press.Recall, "note", "找错了")
	if l := n.wantState(press.Lodged); l.Matter.Unit != "" || n.runs()[clock.PressStatement] != march(9) {
		t.Errorf("of %q, clocks %v", l.Matter.Unit, n.runs())
	}
	n.do(staff.Registrar, press.HandOver, "lead", complainttest.Justice)
	if n.runs()[clock.PressStatement] != march(9) {
		t.Errorf("clocks %v", n.runs())
	}
	n.do(staff.Supervisor, press.Recall, "note", "自己答")
	n.do(staff.Supervisor, press.AnswerSelf, "public", "正在核查。")
	if l := n.wantState(press.Answered); len(n.runs()) != 0 || l.Signed() != nil {
		t.Errorf("clocks %v, %+v", n.runs(), l.Signed())
	}
	wantFault(t, n.try(staff.Publisher, press.Publish), fault.NotFound, "")
	n.do(staff.Registrar, press.AskAgain, "questions", "查到哪一步？")
	n.wantState(press.Lodged)
	n.do(staff.Registrar, press.HandOver, "lead", complainttest.Finance)
	n.do(staff.UnitHead, press.Decline, "public", "案件正在办理，依法不便说明。")
	n.wantState(press.Declined)
	n.do(staff.Supervisor, press.AnswerSelf, "public", "案件办结以后公布。")
	n.do(staff.Registrar, press.Close)
	n.verify()
}

func TestPublicationsAreNotedCorrectedAndTakenBack(t *testing.T) {
	n := newNewsroom(t)
	n.entered(lead())
	n.stated()
	wantFault(t, n.try(staff.Registrar, press.DropPublication, "no", "1", "public", "错"), fault.Forbidden, "还没有登记过刊播")
	note := append([]string{"headline", "两年没有付清的路", "outlet", "演示日报第 3 版"}, on("appeared", march(2))...)
	for link, says := range map[string]string{"http://www.example.cn/a": "link: 网址请整个复制", "example.cn": "link", "https://a@b.cn/": "link", "javascript:alert(1)": "link"} {
		wantFault(t, n.try(staff.Registrar, press.NotePublication, append([]string{"link", link}, note...)...), fault.Invalid, says)
	}
	wantFault(t, n.try(staff.Registrar, press.NotePublication, append([]string{"headline", "还没有登", "outlet", "某报"}, on("appeared", march(3))...)...), fault.Invalid, "appeared")
	n.do(staff.Registrar, press.NotePublication, append([]string{"link", "https://www.example.cn/a.html"}, note...)...)
	n.do(staff.Registrar, press.NotePublication, note...)
	wantFault(t, n.try(staff.Registrar, press.CorrectPublication, append([]string{"no", "3"}, note...)...), fault.Invalid, "现在：1 是《两年没有付清的路》")
	n.do(staff.Registrar, press.CorrectPublication, append([]string{"no", "第 2 条", "link", "https://www.example.cn/b.html"}, note...)...)
	n.do(staff.Registrar, press.DropPublication, "no", "1", "public", "稿件撤下了")
	wantFault(t, n.try(staff.Registrar, press.DropPublication, "no", "1", "public", "再撤"), fault.Invalid, "没有这一条")
	l := n.wantState(press.Answered)
	if len(l.Publications) != 2 || !l.Publications[0].Dropped || l.Publications[1].Link != "https://www.example.cn/b.html" || len(l.Standing()) != 1 {
		t.Errorf("%+v", l.Publications)
	}
	n.Wait(time.Since(n.Now()))
	n.do(staff.Publisher, press.Publish)
	body, err := pg.One[string](t.Context(), n.DB.Owner, `SELECT body || '|' || also FROM notice WHERE kind = 'statement'`, nil)
	if err != nil || !strings.HasSuffix(body, "|《两年没有付清的路》，演示日报第 3 版，2026年3月2日\nhttps://www.example.cn/b.html") || strings.Contains(body, "秦川") {
		t.Errorf("%v: published is %q", err, body)
	}
	// The paper bears the day on which it was signed, whenever it is published.
	if asSigned, err := pg.One[bool](t.Context(), n.DB.Owner, `SELECT signed_on < (published_at AT TIME ZONE 'Asia/Shanghai')::date FROM notice_public WHERE kind = 'statement'`, nil); err != nil || !asSigned {
		t.Errorf("it bears the day of its publication, %v", err)
	}
	n.verify()
}

func TestWhoMayLodgeALead(t *testing.T) {
	n := newNewsroom(t)
	for who, says := range map[string]string{"高原": "名册里有同名的：演示日报 B410000000001；演示周刊 K410000000002", "贺兰": "没有“贺兰”", "陈河": "没有“陈河”", "": "请写是哪位记者"} {
		wantFault(t, n.enter(lead("who", who)), fault.Invalid, says)
	}
	n.entered(lead("who", "k410000000002"))
	if l := n.wantState(press.Lodged); l.Outlet != "演示周刊" {
		t.Errorf("%+v", l.Content)
	}
	wantFault(t, n.enter(lead("questions", strings.Repeat("为什么？\n", 9))), fault.Invalid, "现在是 9 个，最多 8 个")
	wantFault(t, n.enter(lead("title", "找 13812345678 问")), fault.Invalid, "personal: 里面像有手机号码")
	n.entered(lead("title", "找 13812345678 问", "personal", "yes"))
	n.do(staff.Registrar, press.Withdraw)
	if l := n.wantState(press.Withdrawn); len(n.runs()) != 0 || len(l.Clocks) != 0 {
		t.Errorf("clocks %v", l.Clocks)
	}
	n.verify()
}

// Of a lead that asks nothing its unit's people know nothing, also those of the office who
// came from it; of one that asks, they do not read what may lead to a source.
func TestWhoCameFromTheUnitDoesNotReadTheSource(t *testing.T) {
	n := newNewsroom(t)
	read := func(role staff.Role) (*press.Lead, error) {
		by := n.People[role]
		by.Bars = []string{complainttest.Finance}
		return n.leads.Read(t.Context(), by, n.number)
	}
	n.entered(lead("questions", ""))
	for _, role := range []staff.Role{staff.Registrar, staff.Auditor} {
		if l, err := read(role); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s of the unit reads %v, %v", role, l, err)
		}
	}
	n.entered(lead())
	n.do(staff.Supervisor, press.Note, "note", "线人是会计，已经核实")
	l, err := read(staff.Registrar)
	if err != nil {
		t.Fatal(err)
	}
	if l.Knows != "" || strings.Contains(l.Events[0].Note, "线人") || n.readBy(staff.Registrar).Knows == "" {
		t.Errorf("it reads %q and %q", l.Knows, l.Events[0].Note)
	}
}
