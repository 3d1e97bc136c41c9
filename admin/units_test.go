package admin

import (
	"fmt"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// asks fills the form of an act on the page of a unit.
func (m member) asks(code string, kind unit.ActKind, pairs ...string) *webtest.Page {
	m.t.Helper()
	return m.Get(m.t, "/units/"+code).Want(m.t, 200).Submit(m.t, "[data-action="+string(kind)+"]", typed(append(pairs, "reason", "郏编〔2026〕7号")...))
}

func TestAUnitIsMergedAndWhatItHadIsHandedOn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	number := w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
	team[staff.Registrar].does(number, complaint.Dispatch, "lead", complainttest.Finance)

	plan := sys.asks("FIN", unit.ActMerge, "other", "JUS").Want(t, 200)
	if got := plan.Text("main"); !strings.Contains(got, "由“县司法局”接替") || !strings.Contains(got, "陆远") || !strings.Contains(got, "不到 10 件") || strings.Contains(got, number) {
		t.Errorf("the preview says %q", got)
	}
	if back := plan.Submit(t, "button[value=edit]", nil).Want(t, 200); back.Text(`#merge-reason`) != "郏编〔2026〕7号" {
		t.Errorf("what was typed is %q", back.Text(`#merge-reason`))
	}
	done := plan.Submit(t, "button[value=carry]", nil).Want(t, 200)
	if !done.Has(".banner-done") || !strings.Contains(done.Text("main"), "已经撤销") || done.Has("#moves") {
		t.Errorf("done: %s", done.Text("main"))
	}
	if job, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT unit FROM staff WHERE login = 'luyuan'`, nil); job != "JUS" || err != nil {
		t.Errorf("the handler is of %s: %v", job, err)
	}
	if page := plan.Submit(t, "button[value=carry]", nil).Want(t, 409); !strings.Contains(page.Text(".banner"), "已经撤销") {
		t.Errorf("pressed twice: %q", page.Text(".banner"))
	}

	// Matters keep its name; the desk sees what lies there, takes it back and gives it to
	// who took over, and to the ended one no more.
	clerk := team[staff.Registrar]
	page := clerk.Get(t, "/units/FIN").Want(t, 200)
	if !strings.Contains(page.Text("main"), number) {
		t.Fatalf("what lies there: %s", page.Text("main"))
	}
	back := page.Follow(t, `.buttons a[href*="recall"]`).Want(t, 200).Submit(t, `button[data-action=recall]`, typed("note", "单位并入司法局")).Want(t, 200)
	if w.state(t, number) != complaint.Accepted {
		t.Fatalf("taken back: %s", back.Text("main"))
	}
	if choices := clerk.open(number); choices.Has(`[name=lead] option[value="FIN"], [name=lead][value="FIN"]`) {
		t.Error("the ended unit may be chosen")
	}
	clerk.press(number, complaint.Dispatch, "lead", "JUS").Want(t, 200)
	if clerk.Get(t, "/units").Want(t, 200).Text("main"); !strings.Contains(clerk.Get(t, "/units").Text("main"), "已经撤销的") {
		t.Error("the list does not tell what has ended")
	}
}

// What an ended unit only helped with stays with the unit that leads: the helper changes.
func TestAUnitThatOnlyHelpedEndsAndTheLeadKeepsTheMatter(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	clerk := team[staff.Registrar]
	w.signIn(t, "jianghe", "江河", staff.Handler, complainttest.Justice)
	w.signIn(t, "gaoyuan", "高远", staff.UnitHead, complainttest.Justice)
	number, own := w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number
	for _, n := range []string{number, own} {
		clerk.does(n, complaint.EnterRegister)
		clerk.does(n, complaint.Accept, "nature", "RED")
	}
	if clerk.open(number).Has("[data-action=change_co]") {
		t.Error("a helper may be changed before there is one")
	}
	clerk.press(number, complaint.Dispatch, "lead", "FIN", "co", "JUS").Want(t, 200)
	clerk.press(own, complaint.Dispatch, "lead", "JUS").Want(t, 200)
	sys.asks("JUS", unit.ActRename, "code", "JUS-2", "name", "县司法行政局").Want(t, 200).Submit(t, "button[value=carry]", nil).Want(t, 200)

	page := clerk.Get(t, "/units/JUS").Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "收回它牵头的 1 件投诉") || !strings.Contains(got, "它配合的 1 件投诉") {
		t.Fatalf("the way out: %s", got)
	}
	if href := page.Attr(`.buttons a[href*="recall"]`, "href"); strings.Contains(href, number) {
		t.Errorf("what it only helps with would be taken from its lead: %s", href)
	}
	form := page.Follow(t, `.buttons a[href*="change_co"]`).Want(t, 200)
	if wrong := form.Submit(t, "button[data-action=change_co]", typed("note", "")).Want(t, 422); !strings.Contains(wrong.Text("main"), "请写为什么更换") {
		t.Errorf("without a word: %s", wrong.Text("main"))
	}
	done := form.Submit(t, "button[data-action=change_co]", typed("note", "单位改名")).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "配合单位已经更换：1 件") {
		t.Fatalf("changed: %s", done.Text("main"))
	}
	hands, err := pg.All[string](t.Context(), w.DB.Owner, `SELECT a.part || ' ' || a.unit FROM assignment a JOIN matter m ON m.id = a.matter_id WHERE m.number = @n AND a.ended_at IS NULL ORDER BY 1 DESC`, pg.Args{"n": number})
	if err != nil || fmt.Sprint(hands) != "[lead FIN co JUS-2]" || w.state(t, number) != complaint.Dispatched {
		t.Errorf("in the hands of %v, %s: %v", hands, w.state(t, number), err)
	}
	if got := clerk.Get(t, "/units/JUS").Want(t, 200); strings.Contains(got.Text("main"), number) || !strings.Contains(got.Text("main"), own) {
		t.Errorf("still there: %s", got.Text("main"))
	}
	if page := clerk.press(number, workflow.ChangeCo, "co_out", "JUS-2", "co", "FIN", "note", "试").Want(t, 422); !strings.Contains(page.Text("main"), "已经在办这一件") {
		t.Errorf("the unit that leads would help as well: %s", page.Text(".error-summary"))
	}
	if team[staff.UnitHead].open(number).Has("[data-action=change_co]") {
		t.Error("a unit changes who helps")
	}
	clerk.press(number, workflow.ChangeCo, "co_out", "JUS-2", "note", "不用配合了").Want(t, 200)
	if clerk.open(number).Has("[data-action=change_co]") {
		t.Error("nobody helps, and the helper may be changed")
	}
}

func TestTwoSysadminsChangeAUnitAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	one, two := w.signIn(t, "sysa", "柯维安", staff.Sysadmin, complainttest.DeskUnit), w.signIn(t, "sysb", "郑同", staff.Sysadmin, complainttest.DeskUnit)
	old := two.Get(t, "/units/FIN").Want(t, 200)
	plan := two.asks("FIN", unit.ActCorrect, "alias", "县财政").Want(t, 200)
	one.asks("FIN", unit.ActCorrect, "alias", "财政", "mailbox", "cz@example.com").Want(t, 200).Submit(t, "button[value=carry]", nil).Want(t, 200)

	again := plan.Submit(t, "button[value=carry]", nil).Want(t, 409)
	if !strings.Contains(again.Text(".banner"), "还没有改") || !strings.Contains(again.Text("main"), "财政 → 县财政") {
		t.Errorf("shown anew: %s", again.Text("main"))
	}
	stale := old.Submit(t, "[data-action=correct]", typed("alias", "县财政", "reason", "试")).Want(t, 409)
	if got := stale.Text(".banner"); !strings.Contains(got, "别名、邮箱") || stale.Attr("#correct-alias", "value") != "县财政" {
		t.Errorf("a page that had grown old: %q", got)
	}
	wrong := one.asks("FIN", unit.ActMerge, "other", "").Want(t, 422)
	if !strings.Contains(wrong.Text(".error-summary"), "请选并入哪个单位") {
		t.Errorf("says %q", wrong.Text(".error-summary"))
	}
	added := one.Get(t, "/units/new").Want(t, 200).Submit(t, "main form", typed("code", "sj-1", "name", "县审计局", "kind", "department", "complainable", "yes", "reason", "新设")).Want(t, 200)
	page := added.Submit(t, "button[value=carry]", nil).Want(t, 200)
	if page.Path != "/units/SJ-1?said=add" || !page.Has(".banner-done") {
		t.Errorf("added: %s %s", page.Path, page.Text(".banner"))
	}
	for _, m := range []member{w.signIn(t, "reg", "周宁", staff.Registrar, complainttest.DeskUnit)} {
		m.Get(t, "/units/new").Want(t, 404)
		if m.Get(t, "/units/FIN").Want(t, 200).Has("#moves") {
			t.Error("a registrar may change a unit")
		}
	}
	one.Get(t, "/units/NONE").Want(t, 404)
}

// What would leave a complaint with whom it is about is refused, and does not say which.
func TestAChangeThatWouldGiveAComplaintToTheAccusedIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	number := w.File(t, complainttest.Intake()).Number // about TOWN
	team[staff.Registrar].does(number, complaint.EnterRegister)
	team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
	team[staff.Registrar].does(number, complaint.Dispatch, "lead", complainttest.Finance)
	for kind, pairs := range map[unit.ActKind][]string{unit.ActMove: {"parent", "TOWN"}, unit.ActMerge: {"other", "TOWN"}, unit.ActConflict: {"other", "TOWN"}} {
		page := sys.asks("FIN", kind, pairs...).Want(t, 409)
		if got := page.Text(".banner"); !strings.Contains(got, "落到被投诉单位") || strings.Contains(page.Body, number) {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

func TestUnitsAreHandedInAsATableAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	if got := sys.Get(t, "/units/template").Want(t, 200); !strings.HasPrefix(got.Body, "PK") {
		t.Error("the template is no workbook")
	}
	form := sys.Get(t, "/units/import").Want(t, 200)
	file := "代码,名称,类别,上级,可承办,邮箱\nJX-SJ,县审计局,政府部门,,是,sj@example.com\nFIN,县财政局,政府部门,,,cz@example.com\nJUS,县司法局,政府部门,,,\n"
	bad := handsIn(t, form, "x.csv", file+"JX-X,某局,没有这种,,,\n").Want(t, 200)
	if !strings.Contains(bad.Text(`tr[data-line="5"]`), "没有类别") || bad.Has("button[value=take]") || !strings.Contains(bad.Text("main"), "一行也没有导入") {
		t.Errorf("one bad line: %s", bad.Text("main"))
	}
	if wrong := bad.Submit(t, "button[value=wrong]", nil).Want(t, 200); !strings.Contains(wrong.Body, "没有类别") || strings.Contains(wrong.Body, "县审计局") {
		t.Errorf("the wrong lines are %q", wrong.Body)
	}
	plan := handsIn(t, form, "x.csv", file).Want(t, 200)
	if got := plan.Text("main"); !strings.Contains(got, "要改正 2 个") || !strings.Contains(got, "邮箱：（空） → cz@example.com") || !strings.Contains(got, "县审计局") {
		t.Errorf("the preview says %q", got)
	}
	// Somebody else changes one of them meanwhile: it is shown anew.
	sys.asks("FIN", unit.ActCorrect, "mailbox", "cz@example.com").Want(t, 200).Submit(t, "button[value=carry]", nil).Want(t, 200)
	again := plan.Submit(t, "button[value=take]", nil).Want(t, 409)
	done := again.Submit(t, "button[value=take]", nil).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "3 个") || !strings.Contains(done.Text("table"), "县审计局") {
		t.Errorf("done: %s", done.Text(".banner"))
	}
	if got := sys.Get(t, "/units/JX-SJ").Want(t, 200).Text("main"); !strings.Contains(got, "按表导入") || !strings.Contains(got, "柯维安") {
		t.Errorf("its record: %s", got)
	}
	lines := func(bad int) string {
		var s strings.Builder
		s.WriteString("代码,名称,类别\n")
		for i := range 5000 {
			fmt.Fprintf(&s, "V-%04d,第%d村委会,%s\n", i, i, map[bool]string{true: "没有", false: "事业单位和国有企业"}[i == bad])
		}
		return s.String()
	}
	written := func() int {
		n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM unit WHERE code LIKE 'V-%'`, nil)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	if page := handsIn(t, form, "x.csv", lines(4000)).Want(t, 200); !strings.Contains(page.Text(`tr[data-line="4002"]`), "没有类别") || page.Has("button[value=take]") {
		t.Error("one bad line in five thousand is not told")
	}
	if n := written(); n != 0 {
		t.Errorf("%d were written", n)
	}
	handsIn(t, form, "x.csv", lines(-1)).Want(t, 200).Submit(t, "button[value=take]", nil).Want(t, 200)
	if n := written(); n != 5000 {
		t.Errorf("%d of five thousand were written", n)
	}
}
