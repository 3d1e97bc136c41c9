package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

func searched(m member, typed string) *webtest.Page {
	m.t.Helper()
	return m.Get(m.t, "/complaints?"+url.Values{"view": {"all"}, "text": {typed}}.Encode()).Want(m.t, 200)
}

func TestAListShowsTheLineThatASearchFound(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	supervisor := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	in := complainttest.Intake()
	in.Story.Facts = "验收两年了，镇里说等审计。"
	number := w.File(t, in).Number
	w.put(t, number, complaint.Handling, 1)
	if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO supplement (matter_id, seq, body, guarded) SELECT min(id), 1, '镇长的弟弟来威胁过，要我退九万九千元', true FROM matter`); err != nil {
		t.Fatal(err)
	}
	w.index(t)
	for typed, want := range map[string]struct{ line, mark string }{
		"审计":          {"事情经过：验收两年了，镇里说等审计。", "审计"},
		"128.65万":     {"还欠：1,286,500.00 元", "1,286,500.00 元"},
		"DL-2024-016": {"合同编号：DL-2024-016", "DL-2024-016"},
		"村道硬化":        {"", ""},
		number[4:]:    {"", ""},
	} {
		for _, by := range []member{supervisor, handler} {
			page := searched(by, typed)
			if got := page.Text(".matter-line"); got != want.line || page.Text(".matter-line mark") != want.mark || len(page.All("[data-row]")) != 1 {
				t.Errorf("%s finds for the %s %d with the line %q, marked %q", typed, by.Role, len(page.All("[data-row]")), got, page.Text(".matter-line mark"))
			}
		}
	}
	for _, typed := range []string{"威胁", "99000", "9.9万", "九万九"} {
		if page := searched(supervisor, typed); !strings.Contains(page.Text(".matter-line"), "只给监督人员看的话：") {
			t.Errorf("%s shows the desk %q", typed, page.Text(".matter-line"))
		}
	}
	// The unit learns neither that it is there nor the line, and nobody finds who complained.
	for by, words := range map[*member][]string{&handler: {"威胁", "99000", "9.9万", "王建国", "13800138000", "青禾路桥", "91410425MA00000077"}, &supervisor: {"王建国", "13800138000", "青禾路桥", "wang@example.com"}} {
		for _, typed := range words {
			if page := searched(*by, typed); page.Has("[data-row]") || page.Has(".matter-line") {
				t.Errorf("%s answers the %s: %q", typed, by.Role, page.Text("main"))
			}
		}
	}
	// A word that both have shows the unit no guarded line.
	if page := searched(handler, "镇"); strings.Contains(page.Body, "威胁") || page.Text(".matter-line mark") != "镇" {
		t.Errorf("the unit reads %q", page.Text(".matter-line"))
	}
}

func TestANumberLeadsToItsMatterWithoutItsLetters(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	opened := c.officer.press(c.complaint, complaint.OpenCase, "note", "要立案").Want(t, 200)
	number := strings.TrimPrefix(opened.Path, "/cases/")
	number, _, _ = strings.Cut(number, "?")
	if !strings.HasPrefix(number, "AJ") || !strings.HasPrefix(c.complaint, "JX") {
		t.Errorf("a case is %s, a complaint %s", number, c.complaint)
	}
	for typed, want := range map[string]string{
		c.complaint: "/complaints/" + c.complaint, c.complaint[2:]: "/complaints/" + c.complaint, "jx " + c.complaint[2:6] + "-" + c.complaint[6:]: "/complaints/" + c.complaint,
		number: "/cases/" + number, number[2:]: "/cases/" + number, c.complaint[2:6] + " " + c.complaint[6:]: "/complaints/" + c.complaint,
	} {
		if page := c.officer.Get(t, "/complaints?q="+url.QueryEscape(typed)).Want(t, 200); page.Path != want {
			t.Errorf("%s leads to %s, want %s", typed, page.Path, want)
		}
	}
	handler := c.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	if page := handler.Get(t, "/complaints?q="+number[2:]).Want(t, 200); strings.HasPrefix(page.Path, "/cases") || page.Has("[data-row]") {
		t.Errorf("the digits of a case lead a unit to %s", page.Path)
	}
	c.index(t)
	part := c.officer.Get(t, "/complaints?q="+number[7:]).Want(t, 200)
	if got := part.Text("main p.small a"); !strings.HasPrefix(got, "失信案件 1 件") && !strings.Contains(part.Text("main"), "别处也有") {
		t.Errorf("a part of a case's number says %q", part.Text("main"))
	}
}

func TestAListOfWhatIsOverSaysWhatCameOfIt(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	supervisor := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	w.File(t, complainttest.Intake())
	over := w.File(t, complainttest.Intake()).Number
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'closed', phase = 3, closed_at = '2026-02-27 09:00+08', due_at = 'infinity' WHERE number = $1`, over); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE complaint SET finding = 'substantiated', rating = 'basic', solved = 'waiting' WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`, over); err != nil {
		t.Fatal(err)
	}
	list := supervisor.Get(t, "/complaints?view=closed").Want(t, 200)
	if heads := strings.Join(list.All("thead th"), " "); !strings.HasSuffix(heads, "状态 结果 哪天结束") || list.Has("[name=due]") {
		t.Errorf("its heads are %q", heads)
	}
	if got := list.Text(".cell-holder") + "｜" + list.Text(".cell-due"); got != "属实，基本满意，还在等兑现｜2026年2月27日" {
		t.Errorf("it says %q", got)
	}
	all := supervisor.Get(t, "/complaints?view=all").Want(t, 200)
	if got := all.All(".cell-holder"); len(got) != 2 || got[0] == "" || got[1] != "属实，基本满意，还在等兑现" {
		t.Errorf("all say %q", got)
	}
	if open := supervisor.Get(t, "/complaints").Want(t, 200); strings.Contains(open.Text("thead"), "结果") || !open.Has("[name=due]") {
		t.Errorf("what is under way has the heads %q", open.Text("thead"))
	}
}
