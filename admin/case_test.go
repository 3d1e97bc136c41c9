package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// court is a workplace with a substantiated complaint and the people of a case.
type court struct {
	*workplace
	officer, leader   member
	complaint, number string
}

func newCourt(t *testing.T) *court {
	t.Helper()
	c := &court{workplace: newWorkplace(t)}
	c.complaint = c.File(t, complainttest.Intake()).Number
	c.replies(t, c.complaint)
	c.officer = c.signIn(t, "xuqing", "许清", staff.DisciplineOfficer, complainttest.DeskUnit)
	c.leader = c.signIn(t, "fangzheng", "方正", staff.Leader, complainttest.DeskUnit)
	return c
}

// replies brings a complaint that was filed to its answer.
func (w *workplace) replies(t *testing.T, number string) {
	t.Helper()
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
		a := workflow.Answers{}
		for i := 0; i+1 < len(step.pairs); i += 2 {
			a[step.pairs[i]] = []string{step.pairs[i+1]}
		}
		if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: number, Action: step.action, By: w.People[step.by], Token: complainttest.Token(), Answers: a}); err != nil {
			t.Fatalf("%s: %v", step.action, err)
		}
	}
}

// openCase presses 立案 on the complaint.
func (c *court) openCase(t *testing.T) *webtest.Page {
	t.Helper()
	page := c.officer.press(c.complaint, complaint.OpenCase, "note", "《保障中小企业款项支付条例》第二十六条").Want(t, 200)
	if !strings.HasPrefix(page.Path, "/cases/AJ") {
		t.Fatalf("after opening at %s: %s", page.Path, page.Text(".banner"))
	}
	c.number, _, _ = strings.Cut(strings.TrimPrefix(page.Path, "/cases/"), "?")
	return page
}

func (c *court) configure(t *testing.T) {
	t.Helper()
	_, err := pg.Exec(t.Context(), c.DB.Owner, `INSERT INTO setting (key, value) VALUES (@prefix, '演示'), (@issuer, '县政务诚信监督办公室')`,
		pg.Args{"prefix": setting.DocumentPrefix, "issuer": setting.Issuer})
	if err != nil {
		t.Fatal(err)
	}
}

func (c *court) shown(t *testing.T, m member) *webtest.Page {
	t.Helper()
	return m.Get(t, "/cases/"+c.number).Want(t, 200)
}

func doesOn(t *testing.T, page *webtest.Page, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	page = pressOn(t, page, action, pairs...).Want(t, 200)
	if !page.Has(".banner-done") {
		t.Fatalf("%s: no word of it being done: %s %s", action, page.Text(".banner"), page.Text(".error-summary"))
	}
	return page
}

var warningTyped = []string{
	"facts", "你单位签订合同后验收合格，至今尚欠52.30万元。", "articles", "KX-9", "basis", "《保障中小企业款项支付条例》第九条。", "demand", "付清无争议款项。",
	"consequences", "逾期不改正的，约谈主要负责人。", "deadline_year", "2026", "deadline_month", "4", "deadline_day", "9", "tier", "general", "months", "3",
}

func TestACaseIsWalkedAtTheDesk(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	page := c.openCase(t)
	if page.Text(".ladder [aria-current]") != "书面警示本案：拟作出" || !strings.Contains(page.Text(".page-head"), c.complaint) {
		t.Errorf("ladder %q, head %q", page.Text(".ladder [aria-current]"), page.Text(".page-head"))
	}
	draft := pressOn(t, page, discipline.DraftWarning).Want(t, 200)
	if draft.Path != "/cases/"+c.number+"/draft_warning" || draft.Has(".error-summary") {
		t.Errorf("the button leads to %s", draft.Path)
	}
	shown := pressOn(t, draft, discipline.DraftWarning, append(warningTyped[:len(warningTyped)-1:len(warningTyped)-1], "x")...).Want(t, 422)
	if !strings.Contains(shown.Text(".error-summary"), "请只写数字") || !strings.Contains(shown.Text("#draft_warning-facts"), "52.30") {
		t.Errorf("a fault shows %q and keeps %q", shown.Text(".error-summary"), shown.Text("#draft_warning-facts"))
	}
	doesOn(t, draft, discipline.DraftWarning, warningTyped...)

	page = c.shown(t, c.leader)
	if !strings.Contains(page.Text(".moves"), "还没有配置发文字号") || page.Has("[data-action=sign]:not([disabled])") {
		t.Errorf("without a prefix the leader reads %q", page.Text(".moves"))
	}
	c.configure(t)
	page = doesOn(t, c.leader.Get(t, "/cases/"+c.number+"/document").Want(t, 200), discipline.Sign)
	if !strings.Contains(page.Text(".desk-side"), "演示〔2026〕1号") {
		t.Errorf("after signing: %q", page.Text(".desk-side"))
	}
	page = doesOn(t, c.shown(t, c.officer), discipline.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
	if page.Has(reason) {
		t.Error("a general warning is asked for the reason that only a minor one needs")
	}
	page = doesOn(t, page, discipline.Publish)
	if !strings.Contains(page.Text(".page-head"), "公示中") || !strings.Contains(page.Text(".desk-side"), "2026年6月2日") {
		t.Errorf("after publishing: %q %q", page.Text(".page-head"), page.Text(".desk-side"))
	}
	paper := c.officer.Get(t, "/cases/"+c.number+"/document").Want(t, 200)
	if got := paper.Text(".paper-line"); !strings.Contains(got, "演示〔2026〕1号") {
		t.Errorf("the paper's line is %q", got)
	}
	file := c.officer.Get(t, "/cases/"+c.number+"/document.html").Want(t, 200)
	if !strings.HasPrefix(file.Body, "<!DOCTYPE html>") || file.Header.Get("Content-Disposition") == "" {
		t.Errorf("the file begins %.40q, %v", file.Body, file.Header)
	}
	if _, rows := c.officer.exported(t, "/cases?state=published"); len(rows) != 1 || rows[0][0] != c.number {
		t.Errorf("the list leaves as %q", rows)
	}
	list := c.leader.Get(t, "/cases?state=published").Want(t, 200)
	if !strings.Contains(list.Text("table"), c.number) || c.leader.Get(t, "/cases?state=opened").Has("table") {
		t.Errorf("the list reads %q", list.Text("table"))
	}
}

func TestAPreviewIsNotKeptAndWarnsOfWhatTellsWhoComplained(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	typed := append([]string{}, warningTyped...)
	typed[1] = "合同DL-2024-016，联系人电话13800138000。"
	values := map[string][]string{}
	for i := 0; i < len(typed); i += 2 {
		values[typed[i]] = []string{typed[i+1]}
	}
	page := c.officer.Get(t, "/cases/"+c.number+"/draft_warning").Want(t, 200).Submit(t, "button[value=preview]", values).Want(t, 200)
	warned := page.Text(".banner")
	if !strings.Contains(page.Text(".paper-sheet"), "一、查明的事实") || !strings.Contains(warned, "13800138000") || !strings.Contains(warned, "DL-2024-016") {
		t.Errorf("paper %q, warned %q", page.Text(".paper-sheet"), warned)
	}
	if got := c.state(t, c.number); got != discipline.Opened {
		t.Errorf("after a preview the case is %s", got)
	}
}

func TestNobodyButTheDeskSeesACase(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	for _, m := range []member{
		c.signIn(t, "town", "镇上人", staff.Handler, complainttest.Town),
		c.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance),
		c.signIn(t, "zhenzhang", "镇长", staff.Leader, complainttest.TownRoads), // a leader of the accused unit's own office
	} {
		for _, path := range []string{"", "/document", "/document.html", "/draft_warning"} {
			m.Get(t, "/cases/"+c.number+path).Want(t, 404)
		}
		if page := m.Get(t, "/cases"); strings.Contains(page.Body, c.number) {
			t.Errorf("%s of %s finds the case in the list", m.Role, m.Unit)
		}
	}
	if page := c.signIn(t, "gongkai", "公开员", staff.Publisher, complainttest.DeskUnit).Get(t, "/cases/"+c.number).Want(t, 200); strings.Contains(page.Body, c.complaint) {
		t.Error("the publisher, who may not know of complaints, reads the number of one")
	}
}

// Looking at the paper of a draft that can be written no more keeps what was typed.
func TestAPreviewTooLateKeepsTheWords(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	c.configure(t)
	sheet := c.officer.Get(t, "/cases/"+c.number+"/draft_warning").Want(t, 200)
	doesOn(t, sheet, discipline.DraftWarning, warningTyped...)
	stale := c.officer.Get(t, "/cases/"+c.number+"/draft_warning").Want(t, 200)
	doesOn(t, c.leader.Get(t, "/cases/"+c.number+"/document").Want(t, 200), discipline.Sign)
	page := stale.Submit(t, "button[value=preview]", map[string][]string{"facts": {"又查明一笔欠款"}}).Want(t, 409)
	if !strings.Contains(page.Text("main"), "又查明一笔欠款") || !strings.Contains(page.Text(".banner"), "没有丢") {
		t.Errorf("too late: %q", page.Text(".banner"))
	}
}

// A document that was made void stays to be read as what it is, and what is of no matter
// of this reader's is not there.
func TestAVoidDocumentIsReadAsVoid(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	c.configure(t)
	at := "/cases/" + c.number
	doesOn(t, c.officer.Get(t, at+"/draft_warning").Want(t, 200), discipline.DraftWarning, warningTyped...)
	doesOn(t, c.leader.Get(t, at+"/document").Want(t, 200), discipline.Sign)
	signed := c.officer.Get(t, at+"/document.html").Want(t, 200).Body
	doesOn(t, c.shown(t, c.leader), discipline.VoidPaper, "note", "期限写错了")
	page := c.shown(t, c.officer)
	void := page.Attr(`.desk-side a[href^="`+at+`/document?id="]`, "href")
	if !strings.Contains(page.Text(".desk-side"), "作废演示〔2026〕1号") {
		t.Fatalf("the side says %q", page.Text(".desk-side"))
	}
	if page := c.officer.Get(t, void).Want(t, 200); !strings.Contains(page.Text(".banner"), "已经作废") || !strings.Contains(page.Text(".paper-line"), "演示〔2026〕1号") ||
		strings.Contains(page.Text(".desk-side"), "正本") || !strings.Contains(page.Text(".desk-side"), "方正") || !strings.Contains(page.Text(".desk-side"), "没有送达") {
		t.Errorf("the void paper: %q %q %q", page.Text(".banner"), page.Text(".paper-line"), page.Text(".desk-side"))
	}
	if file := c.officer.Get(t, strings.Replace(void, "document?", "document.html?", 1)).Want(t, 200); file.Body != signed || !strings.Contains(file.Header.Get("Content-Disposition"), "-void.html") {
		t.Error("the file of the void paper is another, or is not called void")
	}
	if page := c.officer.Get(t, at+"/document").Want(t, 200); !strings.Contains(page.Text(".note"), "还没有签发") {
		t.Errorf("without an id: %q", page.Text(".note"))
	}
	c.officer.Get(t, at+"/document.html").Want(t, 404)
	for _, id := range []string{"0", "999", "x", "-1"} {
		c.officer.Get(t, at+"/document?id="+id).Want(t, 404)
		c.officer.Get(t, at+"/document.html?id="+id).Want(t, 404)
	}
}
