package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/press"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// withJournalists puts journalists on the roster.
func withJournalists(t *testing.T, w *workplace) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `INSERT INTO member (kind, name, credential_number, outlet) VALUES
		('media', '秦川', 'B410000000003', '演示日报'), ('media', '高原', 'B410000000001', '演示日报')`, nil); err != nil {
		t.Fatal(err)
	}
}

// leadTyped is the form of a lead that asks two questions, as somebody at the desk fills
// it in.
var leadTyped = []string{"who", "秦川", "title", "村道工程款拖欠", "unit", complainttest.Finance, "known", "施工队长说验收两年没有拿到钱，账在会计手里。", "questions", "1. 欠了多少\n2. 哪一天付清"}

// lodges writes a lead down and gives its number.
func (a *assembly) lodges(t *testing.T, pairs ...string) string {
	t.Helper()
	page := a.registrar.Get(t, "/leads/new").Want(t, 200).Submit(t, "[data-action=enter_lead]", typed(append(append([]string{}, leadTyped...), pairs...)...)).Want(t, 200)
	if !page.Has(".banner-done") {
		t.Fatalf("not entered: %s %s", page.Text(".banner"), page.Text(".error-summary"))
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(page.Path, "/leads/"), "?")
	return number
}

func (a *assembly) works(t *testing.T, by member, number string, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	page := by.Get(t, "/leads/"+number).Want(t, 200)
	if action == press.DraftStatement {
		page = pressOn(t, page, action).Want(t, 200)
	}
	return doesOn(t, savedOn(t, page, action, pairs...), action, pairs...)
}

func (a *assembly) states(t *testing.T, number string) {
	t.Helper()
	a.works(t, a.handler, number, press.DraftStatement, "statement", "1. 欠 128 万元。2. 六月底付清。", "contact", "办公室")
	a.works(t, a.head, number, press.SignStatement)
}

// Every button of a lead is pressed by whoever the law gives it to, and leads on.
func TestLeadsAreHandledAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	withJournalists(t, a.workplace)
	form := a.registrar.Get(t, "/leads").Want(t, 200).Follow(t, `a[href="/leads/new"]`).Want(t, 200)
	form.Submit(t, "button[value=save]", typed("title", "先写一半")).Want(t, 200)
	wrong := form.Submit(t, "[data-action=enter_lead]", typed(append(append([]string{}, leadTyped...), "until_year", "2026", "until_month", "3", "until_day", "10", "from_year", "2026", "from_month", "3", "from_day", "15")...)).Want(t, 422)
	if !strings.Contains(wrong.Text(".field-error"), "不能到2026年3月10日就结束") || !strings.Contains(wrong.Body, "账在会计手里") {
		t.Errorf("an embargo that ends before it begins: %q", wrong.Text(".field-error"))
	}
	number := a.lodges(t, "until_year", "2026", "until_month", "3", "until_day", "20")
	for who, want := range map[*member]int{&a.registrar: 200, &a.supervisor: 200, &a.publisher: 404, &a.handler: 404, &a.helper: 404} {
		who.Get(t, "/leads/"+number).Want(t, want)
	}
	page := a.registrar.Get(t, "/leads/"+number).Want(t, 200)
	if top := page.Text(".banner"); !strings.Contains(top, "保密期到2026年3月20日（含当日），以前什么都不能公开") || !strings.Contains(page.Body, "账在会计手里") {
		t.Errorf("on top stands %q", top)
	}
	if list := a.registrar.Get(t, "/leads?view=embargoed").Want(t, 200).Text("table"); !strings.Contains(list, "演示日报，保密到2026年3月20日") {
		t.Errorf("the list has %q", list)
	}
	a.works(t, a.supervisor, number, press.Note, "note", "线人可靠")
	a.works(t, a.registrar, number, press.HandOver, "note", "请写准数字")
	read := a.handler.Get(t, "/leads/"+number).Want(t, 200)
	if strings.Contains(read.Body, "账在会计手里") || strings.Contains(read.Body, "线人可靠") || !strings.Contains(read.Body, "请写准数字") || !strings.Contains(read.Body, "欠了多少") || !strings.Contains(read.Text(".page-head"), "演示日报 秦川") {
		t.Errorf("the unit reads %s", read.Text("main"))
	}
	a.works(t, a.registrar, number, press.Recall, "note", "找错了")
	a.works(t, a.registrar, number, press.HandOver)
	a.works(t, a.handler, number, press.Sign)
	sheet := pressOn(t, a.handler.Get(t, "/leads/"+number).Want(t, 200), press.DraftStatement).Want(t, 200)
	asks := sheet.Submit(t, "[data-action=draft_statement]", typed("statement", "请打会计的手机 13812345678。", "contact", "办公室")).Want(t, 422)
	if !strings.Contains(asks.Text(".error-summary"), "像有手机号码") || !strings.Contains(sheet.Body, "哪一天付清") {
		t.Errorf("personal details in a statement: %q", asks.Text(".error-summary"))
	}
	seen := asks.Submit(t, "button[value=preview]", typed("statement", "1. 欠 128 万元。", "personal", "yes")).Want(t, 200)
	if got := seen.Text(".paper-ground"); !strings.Contains(got, "1. 欠了多少") || strings.Contains(got, "秦川") {
		t.Errorf("the statement would be %q", got)
	}
	doesOn(t, seen, press.DraftStatement)
	paper := a.head.Get(t, "/leads/"+number+"/document").Want(t, 200)
	doesOn(t, savedOn(t, paper, press.ReturnStatement, "note", "写清数额"), press.ReturnStatement, "note", "写清数额")
	a.states(t, number)
	a.works(t, a.registrar, number, press.AskAgain, "questions", "为什么拖到六月")
	a.states(t, number)
	a.works(t, a.head, number, press.Mend, "public", "数字错了")
	a.states(t, number)
	if got := a.publisher.Get(t, "/leads/"+number).Want(t, 200); strings.Contains(got.Body, "账在会计手里") || got.Has("form[action$=publish] button:not([disabled])") {
		t.Error("the publisher reads what the journalist knows, or may publish under an embargo")
	}
	a.works(t, a.registrar, number, press.NotePublication, "headline", "路修好了", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/a.html")
	a.works(t, a.registrar, number, press.CorrectPublication, "no", "1", "headline", "路修好了，钱没有付", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/b.html")
	page = a.works(t, a.registrar, number, press.NotePublication, "headline", "又一条", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2")
	if link := page.Text(`a[rel="noopener nofollow ugc"][href="https://www.example.cn/b.html"]`); link != "打开 www.example.cn" {
		t.Errorf("the link says %q", link)
	}
	a.works(t, a.registrar, number, press.DropPublication, "no", "2", "public", "登错了")
	extended := a.works(t, a.registrar, number, press.Extend, "until_year", "2026", "until_month", "3", "until_day", "25")
	if got := extended.Text(".clocks"); strings.Count(got, "媒体线索保密期") != 1 {
		t.Errorf("one embargo runs, the terms are %q", got)
	}
	a.works(t, a.registrar, number, press.Lift, "note", "3月3日书面要求，核对过")
	a.works(t, a.publisher, number, press.Publish)
	a.works(t, a.publisher, number, press.TakeDown, "note", "改一个字")
	a.works(t, a.publisher, number, press.Publish)
	a.works(t, a.registrar, number, press.Close)
	a.works(t, a.publisher, number, press.TakeDown, "note", "改一个字")
	a.works(t, a.publisher, number, press.Publish)

	second := a.lodges(t)
	a.works(t, a.registrar, second, press.HandOver)
	a.works(t, a.head, second, press.Decline, "public", "案件正在办理。")
	a.works(t, a.supervisor, second, press.AnswerSelf, "public", "查清以后公布。")
	a.works(t, a.supervisor, second, press.TakeUp, "note", "登记为投诉")
	a.works(t, a.registrar, a.lodges(t), press.Withdraw)
	if _, rows := a.registrar.exported(t, "/leads?view=closed"); len(rows) != 3 {
		t.Errorf("%d leave as a file", len(rows))
	}
	if got := a.registrar.Get(t, "/leads?view=all").Want(t, 200).Submit(t, "form[data-filters]", typed("state", string(press.Withdrawn))).Want(t, 200).Text("table"); strings.Contains(got, number) || !strings.Contains(got, "已撤回") {
		t.Errorf("filtered by its state the list has %q", got)
	}
}

// A lead, as the desk, the unit and the publisher see it, at both widths.
func TestALeadStandsAtEveryWidth(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	withJournalists(t, a.workplace)
	site, people := a.serve(t), browser.New(t)
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		sits := func(login, name string, role staff.Role, unit string) *browser.Tab {
			return a.sits(t, people, site, width, login+suffix, name, role, unit)
		}
		registrar, handler, head := sits("registrar", "张敏", staff.Registrar, complainttest.DeskUnit), sits("handler", "周平", staff.Handler, complainttest.Finance), sits("head", "沈红", staff.UnitHead, complainttest.Finance)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot("lead-" + name + suffix)
		}
		registrar.Open(site + "/leads/new")
		registrar.Press("enter_lead")
		check(registrar, "new-wrong")
		number := a.lodges(t, "until_year", "2026", "until_month", "3", "until_day", "20", "wanted_year", "2026", "wanted_month", "3", "wanted_day", "6")
		at := site + "/leads/" + number
		registrar.Open(site + "/leads")
		check(registrar, "list")
		registrar.Open(at)
		check(registrar, "lodged")
		a.works(t, a.registrar, number, press.HandOver, "note", "请写准数字")
		a.works(t, a.handler, number, press.Sign)
		handler.Open(at + "/draft_statement")
		handler.Press("draft_statement")
		check(handler, "statement-wrong")
		handler.Open(at)
		check(handler, "unit")
		a.works(t, a.handler, number, press.DraftStatement, "statement", "1. 欠 128 万元。2. 六月底付清。", "contact", "办公室")
		head.Open(at + "/document")
		check(head, "paper")
		a.works(t, a.head, number, press.SignStatement)
		a.works(t, a.registrar, number, press.NotePublication, "headline", "路修好了，钱没有付", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/2026/03/02/a-long-name-of-a-page.html")
		registrar.Open(at)
		check(registrar, "answered")
	}
}
