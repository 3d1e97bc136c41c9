package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// assembly is a workplace with a roster and those who handle proposals.
type assembly struct {
	*workplace
	registrar, supervisor, publisher, handler, head, helper member
}

// withRoster puts deputies on the roster and gives the office what it signs with.
func withRoster(t *testing.T, w *workplace) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `
		WITH settings AS (INSERT INTO setting (key, value) VALUES ('document_prefix', '演示'), ('issuer', '县政务诚信监督办公室')),
			prefix AS (UPDATE unit SET document_prefix = '演财函' WHERE code = 'FIN')
		INSERT INTO member (kind, name, congress_session, credential_number) VALUES
			('npc_deputy', '陈河', '第十六届', 'RD-001'), ('npc_deputy', '李山', '第十六届', 'RD-002'), ('cppcc_member', '林溪', '第十届', 'ZX-001')`, nil); err != nil {
		t.Fatal(err)
	}
}

func newAssembly(t *testing.T) *assembly {
	t.Helper()
	a := &assembly{workplace: newWorkplace(t)}
	withRoster(t, a.workplace)
	a.registrar, a.supervisor = a.signIn(t, "zhang", "张敏", staff.Registrar, complainttest.DeskUnit), a.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	a.publisher = a.signIn(t, "gong", "龚开", staff.Publisher, complainttest.DeskUnit)
	a.handler, a.head = a.signIn(t, "zhou", "周平", staff.Handler, complainttest.Finance), a.signIn(t, "shen", "沈红", staff.UnitHead, complainttest.Finance)
	a.helper = a.signIn(t, "wu", "吴刚", staff.Handler, complainttest.Justice)
	return a
}

// proposed is the form of a proposal of two points, as its clerk fills it in.
var proposed = []string{"source", "npc", "term", "十六", "meeting", "3", "title", "关于限期付清村道工程款的建议", "content", "几个村的道路验收两年，工程款没有付清。",
	"points", "1. 列出拖欠清单\n2. 没有预算不开工", "signers", "陈河、李山"}

func typed(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// enters writes a proposal down and gives its number.
func (a *assembly) enters(t *testing.T, pairs ...string) string {
	t.Helper()
	page := a.registrar.Get(t, "/proposals/new").Want(t, 200).Submit(t, "[data-action=enter_proposal]", typed(append(append([]string{}, proposed...), pairs...)...)).Want(t, 200)
	if !page.Has(".banner-done") {
		t.Fatalf("not entered: %s %s", page.Text(".banner"), page.Text(".error-summary"))
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(page.Path, "/proposals/"), "?")
	return number
}

func (a *assembly) does(t *testing.T, by member, number string, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	page := by.Get(t, "/proposals/"+number).Want(t, 200)
	if action == proposal.DraftAnswer {
		page = pressOn(t, page, action).Want(t, 200)
	}
	return doesOn(t, savedOn(t, page, action, pairs...), action, pairs...)
}

// savedOn presses 存草稿 of a form first, where it has one: what was kept stands there again.
func savedOn(t *testing.T, page *webtest.Page, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	save := `form[action*="/` + string(action) + `"] button[value=save]`
	if !page.Has(save) {
		return page
	}
	return page.Submit(t, save, typed(pairs...)).Want(t, 200)
}

// answered writes, signs and serves an answer.
func (a *assembly) answered(t *testing.T, number string) {
	t.Helper()
	a.does(t, a.handler, number, proposal.Consult, "how", "visit", "held_on_year", "2026", "held_on_month", "3", "held_on_day", "2", "public", "同代表谈过，今年付清一半。")
	a.does(t, a.handler, number, proposal.DraftAnswer, "summary", "核对了 12 笔合同。", "contact", "周平 0375-5150000",
		"class_1", "B", "reply_1", "今年付清。", "by_1_year", "2026", "by_1_month", "12", "by_1_day", "31", "class_2", "A", "reply_2", "已经发文。")
	a.does(t, a.head, number, proposal.Reply)
	a.does(t, a.handler, number, proposal.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
}

// Every button of a proposal is pressed by whoever the law gives it to, and leads on.
func TestProposalsAreHandledAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	number := a.enters(t, "serial", "12")
	list := a.registrar.Get(t, "/proposals?view=to_hand_over").Want(t, 200)
	if got := list.Text("table"); !strings.Contains(got, "县第十六届人民代表大会第三次会议第12号建议") || !strings.Contains(got, number) {
		t.Errorf("the list has %q", got)
	}
	if list.Has("select[name=category]") {
		t.Error("a proposal is asked for by a category that it has not")
	}
	for who, want := range map[*member]int{&a.registrar: 200, &a.supervisor: 200, &a.publisher: 200, &a.handler: 404, &a.helper: 404} {
		who.Get(t, "/proposals/"+number).Want(t, want)
	}
	a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "co", complainttest.Justice, "hard", "no", "note", "请面商以后答复。")
	a.does(t, a.supervisor, number, proposal.MarkKey, "note", "主任会议确定")
	a.does(t, a.supervisor, number, ladder.Chase, "note", "请先同代表联系。")
	a.does(t, a.handler, number, proposal.Object, "note", "归司法局")
	a.does(t, a.registrar, number, proposal.RefuseReturn, "note", "还归你们")
	a.does(t, a.helper, number, proposal.CoSign)
	a.does(t, a.helper, number, proposal.CoOpinion, "note", "同意分期。")
	changed := savedOn(t, a.registrar.Get(t, "/proposals/"+number).Want(t, 200), workflow.ChangeCo, "note", "写到一半")
	if none := pressOn(t, changed, workflow.ChangeCo, "note", "机构改革"); none.Status != 422 || !strings.Contains(none.Text(".error-summary"), "请选哪个单位不再会办") {
		t.Errorf("nobody named: %d %s", none.Status, none.Text(".error-summary"))
	}
	a.does(t, a.head, number, proposal.AnswerInterim, "public", "正在对账。")
	a.does(t, a.supervisor, number, proposal.Lengthen, "public", "涉及八个镇。")
	a.does(t, a.registrar, number, proposal.Leave, "who", "李山", "note", "书面")
	// What those who signed read on the portal is marked so, under their own name.
	if marks := a.handler.Get(t, "/proposals/"+number).Want(t, 200).Text(".timeline"); !strings.Contains(marks, "代表、委员可见") || strings.Contains(marks, "投诉人") {
		t.Errorf("the course is marked %q", marks)
	}
	form := pressOn(t, a.handler.Get(t, "/proposals/"+number).Want(t, 200), proposal.Consult, "how", "visit", "public", "谈过").Want(t, 422)
	if !strings.Contains(form.Text(".field-error"), "请写哪一天面商的") || !strings.Contains(form.Body, "谈过") {
		t.Errorf("a consultation without a day: %q", form.Text(".field-error"))
	}
	a.does(t, a.handler, number, proposal.Consult, "how", "visit", "held_on_year", "2026", "held_on_month", "3", "held_on_day", "2", "public", "同代表谈过。")
	sheet := pressOn(t, a.handler.Get(t, "/proposals/"+number).Want(t, 200), proposal.DraftAnswer).Want(t, 200)
	if got := sheet.Text("main form"); !strings.Contains(got, "列出拖欠清单") || !strings.Contains(got, "没有预算不开工") || strings.Contains(got, "第 3 点") {
		t.Errorf("the form of the answer asks %q", got)
	}
	wrong := sheet.Submit(t, "[data-action=draft_answer]", typed("summary", "核对过。", "contact", "周平", "class_1", "B", "reply_1", "年底付清。", "class_2", "A", "reply_2", "已经发文。")).Want(t, 422)
	if !strings.Contains(wrong.Text(".field-error"), "哪一天以前办到") || !strings.Contains(wrong.Body, "年底付清。") {
		t.Errorf("a promise without a day: %q", wrong.Text(".field-error"))
	}
	seen := wrong.Submit(t, "button[value=preview]", typed("by_1_year", "2026", "by_1_month", "12", "by_1_day", "31")).Want(t, 200)
	if got := seen.Text(".paper-ground"); !strings.Contains(got, "陈河代表") || !strings.Contains(got, "2026年12月31日以前") {
		t.Errorf("the letter would be %q", got)
	}
	doesOn(t, seen, proposal.DraftAnswer)
	paper := a.head.Get(t, "/proposals/"+number+"/document").Want(t, 200)
	doesOn(t, savedOn(t, paper, proposal.ReturnAnswer, "note", "写清数额"), proposal.ReturnAnswer, "note", "写清数额")
	a.does(t, a.handler, number, proposal.DraftAnswer)
	a.does(t, a.head, number, proposal.Reply)
	a.does(t, a.head, number, proposal.VoidPaper, "note", "写错一个字")
	a.answered(t, number)
	a.does(t, a.registrar, number, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "full", "public", "太晚。")
	a.does(t, a.handler, number, proposal.TakeUpAgain)
	a.answered(t, number)
	a.does(t, a.registrar, number, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "full", "public", "还是太晚。")
	a.does(t, a.supervisor, number, proposal.EndDisagreed, "public", "已经报县人大常委会。")
	a.does(t, a.publisher, number, proposal.Publish)
	a.does(t, a.publisher, number, proposal.TakeDown, "note", "隐去电话")
	a.does(t, a.registrar, number, proposal.Note, "note", "归档前看过")
	a.does(t, a.registrar, number, proposal.Archive)
	if got := a.registrar.Get(t, "/proposals?view=closed").Want(t, 200).Text("table"); !strings.Contains(got, "B 类，不满意") {
		t.Errorf("of what is over the list says %q", got)
	}

	second := a.enters(t, "source", "cppcc", "term", "十", "serial", "7", "signers", "林溪")
	a.does(t, a.registrar, second, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.registrar, second, proposal.Recall, "note", "另交")
	a.does(t, a.registrar, second, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.handler, second, proposal.Sign)
	a.does(t, a.head, second, workflow.Assign, "person", workflow.Nobody)
	a.does(t, a.handler, second, proposal.Object, "note", "归司法局")
	a.does(t, a.registrar, second, proposal.AgreeReturn, "note", "属实")
	a.does(t, a.registrar, second, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.handler, second, proposal.Sign)
	a.answered(t, second)
	if got := a.registrar.Get(t, "/proposals?view=all").Want(t, 200).Text("table"); strings.Contains(got, "投诉人") || !strings.Contains(got, "代表、委员") {
		t.Errorf("whom it waits for is %q", got)
	}
	a.does(t, a.registrar, second, proposal.Agree, "attitude", "satisfied", "result", "satisfied", "consent", "none")

	third := a.enters(t, "serial", "13")
	page := a.does(t, a.registrar, third, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Justice)
	parts := page.All(`a[href^="/proposals/TA"]`)
	if len(parts) < 2 {
		t.Fatalf("its parts are %q", parts)
	}
	a.does(t, a.registrar, a.enters(t, "serial", "14"), proposal.Withdraw, "public", "代表书面撤回。")

	// What the lists ask and give.
	if got := a.registrar.Get(t, "/proposals?view=all").Want(t, 200).Submit(t, "form[data-filters]", typed("state", string(proposal.Withdrawn))).Want(t, 200).Text("table"); strings.Contains(got, number) || !strings.Contains(got, "已撤案") {
		t.Errorf("filtered by its state the list has %q", got)
	}
	if _, rows := a.registrar.exported(t, "/proposals?view=closed"); len(rows) != 3 {
		t.Errorf("%d leave as a file", len(rows))
	}
	if got := a.registrar.Get(t, "/members").Want(t, 200).Submit(t, "form[data-filters]", typed("text", "陈河")).Want(t, 200).Text("table"); !strings.Contains(got, "陈河") || strings.Contains(got, "林溪") {
		t.Errorf("looked for by name the roster has %q", got)
	}
	report := a.supervisor.Get(t, "/proposals/report").Want(t, 200).Submit(t, "form[data-filters]", nil).Want(t, 200)
	if !strings.Contains(report.Text("main"), "县财政局") {
		t.Error("the report does not have its unit")
	}
}

// What a clerk types into the form of a proposal is kept, whatever is wrong with it.
func TestAProposalIsWrittenDown(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	page := a.registrar.Get(t, "/proposals").Want(t, 200)
	if !page.Has(`a[href="/proposals/new"]`) || a.handler.Get(t, "/proposals").Want(t, 200).Has(`a[href="/proposals/new"]`) {
		t.Error("the button is not the desk's alone")
	}
	a.handler.Get(t, "/proposals/new").Want(t, 404)
	form := a.registrar.Get(t, "/proposals/new").Want(t, 200)
	wrong := form.Submit(t, "[data-action=enter_proposal]", typed(append(append([]string{}, proposed...), "serial", "12", "signers", "钱多、陈河")...)).Want(t, 422)
	if !strings.Contains(wrong.Text(".error-summary"), "钱多不在这一届的名册里") || !strings.Contains(wrong.Body, "几个村的道路验收两年") || !strings.Contains(wrong.Body, "钱多、陈河") {
		t.Errorf("says %q", wrong.Text(".error-summary"))
	}
	kept := wrong.Submit(t, "button[value=save]", nil).Want(t, 200)
	if !strings.Contains(kept.Body, "钱多、陈河") || !kept.Has(".banner-done") {
		t.Error("what was kept does not stand there again")
	}
	done := kept.Submit(t, "[data-action=enter_proposal]", nil).Want(t, 422).Submit(t, "[data-action=enter_proposal]", typed("unlisted", "yes")).Want(t, 200)
	if !strings.Contains(done.Text(".page-head"), "钱多（名册里对不上）") {
		t.Errorf("the head says %q", done.Text(".page-head"))
	}
	if again := a.registrar.Get(t, "/proposals/new").Want(t, 200); strings.Contains(again.Body, "钱多") {
		t.Error("the draft outlives the proposal")
	}
}

// One proposal from its entry to the feedback and on to a promise that is broken and then
// kept, by five people at both widths.
func TestAProposalStandsAtEveryWidth(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	site, people := a.serve(t), browser.New(t)
	widths, numbers := map[string]int{"-wide": browser.Desktop, "-small": browser.Phone}, map[string]string{}
	for suffix, width := range widths {
		sits := func(login, name string, role staff.Role, unit string) *browser.Tab {
			return a.sits(t, people, site, width, login+suffix, name, role, unit)
		}
		registrar, handler := sits("registrar", "张敏", staff.Registrar, complainttest.DeskUnit), sits("handler", "周平", staff.Handler, complainttest.Finance)
		helper, head, publisher := sits("helper", "吴刚", staff.Handler, complainttest.Justice), sits("head", "沈红", staff.UnitHead, complainttest.Finance), sits("publisher", "龚开", staff.Publisher, complainttest.DeskUnit)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot("proposal-" + name + suffix)
		}
		registrar.Open(site + "/proposals/new")
		registrar.Press("enter_proposal")
		check(registrar, "new-wrong")
		serial := map[string]string{"-wide": "21", "-small": "22"}[suffix]
		number := a.enters(t, "serial", serial)
		registrar.Open(site + "/proposals")
		check(registrar, "list")
		at := site + "/proposals/" + number
		registrar.Open(at)
		check(registrar, "filed")
		a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "co", complainttest.Justice, "hard", "no")
		helper.Open(at)
		check(helper, "helper")
		a.does(t, a.helper, number, proposal.CoOpinion, "note", "同意分期。")
		handler.Open(at)
		handler.Press("sign")
		check(handler, "handling")
		a.does(t, a.handler, number, proposal.Consult, "how", "visit", "held_on_year", "2026", "held_on_month", "3", "held_on_day", "2", "public", "代表说今年付清一半也行，要写明先付哪几笔。")
		handler.Open(at + "/draft_answer")
		handler.Press("draft_answer")
		check(handler, "answer-wrong")
		doesOn(t, pressOn(t, a.handler.Get(t, "/proposals/"+number).Want(t, 200), proposal.DraftAnswer), proposal.DraftAnswer, "summary", "核对了 12 笔合同，欠 128.65 万元。", "contact", "周平 0375-5150000",
			"class_1", "B", "reply_1", "分两次付清，先付人工部分。", "by_1_year", "2026", "by_1_month", "3", "by_1_day", "20", "class_2", "A", "reply_2", "已经发文。")
		head.Open(at + "/document")
		check(head, "paper")
		head.Open(at)
		check(head, "to-sign")
		head.Press("reply")
		a.does(t, a.handler, number, proposal.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
		registrar.Open(at)
		check(registrar, "served")
		a.does(t, a.registrar, number, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "full", "public", "希望按期兑现。")
		publisher.Open(at)
		publisher.Press("publish")
		check(publisher, "published")
		numbers[suffix] = number
		a.rosterStands(registrar, site, check)
		supervisor := sits("supervisor", "何敏", staff.Supervisor, complainttest.DeskUnit)
		supervisor.Open(site + "/proposals/report")
		check(supervisor, "report")
		supervisor.Open(site + "/proposals/report?what=given")
		check(supervisor, "report-of")
	}
	a.promisesStand(t, site, people, widths, numbers)
}

// rosterStands looks at the roster, and at the previews of both tables that are handed in.
func (a *assembly) rosterStands(registrar *browser.Tab, site string, check func(tab *browser.Tab, name string)) {
	for _, page := range []string{"/members", "/members/new", "/members/1", "/members/import", "/proposals/import"} {
		registrar.Open(site + page)
		check(registrar, "roster"+strings.ReplaceAll(page, "/", "-"))
	}
	registrar.Attach("file", "清单.csv", meetingFile)
	registrar.Press("看会怎样")
	check(registrar, "import-plan")
	registrar.Open(site + "/members/import")
	registrar.Attach("file", "名册.csv", rosterFile)
	registrar.Press("看会怎样")
	check(registrar, "roster-plan")
}
