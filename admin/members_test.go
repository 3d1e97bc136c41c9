package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// handsIn hands a table in and gives the page that shows what would become of it.
func handsIn(t *testing.T, page *webtest.Page, name, content string) *webtest.Page {
	t.Helper()
	return page.Submit(t, "main form", nil, webtest.File{Field: "file", Name: name, Content: []byte(content)})
}

const rosterFile = "种类,姓名,届,证号,代表团或界别,媒体\n" +
	"人大代表,陈河,16,RD-001,,\n" + // stands there
	"代表,王水,十六,RD-010,冢头代表团,\n" +
	"代表,王水,十六,RD-010,冢头代表团,\n" + // twice
	"代表,李山,16,RD-011,,\n" + // a namesake
	"委员,,十,ZX-9,,\n" +
	"记者,赵闻,,JZ-1,,县日报社\n"

func TestTheRosterIsKeptAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	if got := a.registrar.Get(t, "/members?kind=npc_deputy&state=holding&text=RD").Want(t, 200).Text("table"); !strings.Contains(got, "陈河") || strings.Contains(got, "林溪") {
		t.Errorf("the list has %q", got)
	}
	if page := a.publisher.Get(t, "/members").Want(t, 200); page.Has(`a[href="/members/new"]`) {
		t.Error("who reads the roster is offered to keep it")
	}
	a.handler.Get(t, "/members").Want(t, 404)

	// Which kind it is, is asked first, and none is chosen for anybody.
	first := a.registrar.Get(t, "/members/new").Want(t, 200)
	if first.Has("main [name=name]") || first.Has("main [checked]") {
		t.Error("a form stands there before its kind was said")
	}
	if media := first.Follow(t, `a[href="/members/new?kind=media"]`).Want(t, 200); media.Has("[name=session]") || media.Has("[name=delegation]") || strings.Contains(media.Text("main form"), "选填") {
		t.Errorf("of a journalist is asked %q", media.Text("main form"))
	}
	form := first.Follow(t, `a[href="/members/new?kind=npc_deputy"]`).Want(t, 200)
	if form.Has("[name=outlet]") || strings.Count(form.Text("main form"), "选填") != 1 {
		t.Errorf("of a deputy is asked %q", form.Text("main form"))
	}
	wrong := form.Submit(t, "main form", typed("name", "李山", "session", "许多")).Want(t, 422)
	if got := wrong.Text(".error-summary"); !strings.Contains(got, "请写证号") || !strings.Contains(got, "届请写数字") || wrong.Attr("[name=name]", "value") != "李山" {
		t.Errorf("says %q", got)
	}
	asked := wrong.Submit(t, "main form", typed("session", "16", "credential", "RD-020", "delegation", "安良代表团")).Want(t, 422)
	if !strings.Contains(asked.Text(".error-summary"), "还有一位同名的李山") {
		t.Errorf("asks %q", asked.Text(".error-summary"))
	}
	page := asked.Submit(t, "main form", typed("sure", "yes")).Want(t, 200)
	if !page.Has(".banner-done") || !strings.Contains(page.Text("main"), "安良代表团") {
		t.Errorf("added: %s", page.Text("main"))
	}
	old := page
	page = page.Submit(t, `form[action$="/correct"]`, typed("delegation", "冢头代表团")).Want(t, 200)
	if !strings.Contains(page.Text("main"), "冢头代表团") {
		t.Errorf("corrected: %s", page.Text("main"))
	}
	if stale := old.Submit(t, `form[action$="/end"]`, typed("why", "辞职")).Want(t, 409); stale.Attr("[name=why]", "value") != "辞职" {
		t.Error("what was typed on an old page is lost")
	}
	for says, pairs := range map[string][]string{
		"请选怎样结束":        {"why", "辞职", "until_year", "2026", "until_month", "3", "until_day", "1"},
		"请写为什么提前终止":     {"how", "early", "why", " ", "until_year", "2026", "until_month", "3", "until_day", "1"},
		"选的却是届满":        {"how", "over", "why", "辞职", "until_year", "2027", "until_month", "3", "until_day", "1"},
		"请写最后一天是哪一天":    {"how", "early", "why", "辞职"},
		"日":             {"how", "early", "why", "辞职", "until_year", "2026", "until_month", "2", "until_day", "30"},
		"请核对年份":         {"how", "over", "until_year", "2036", "until_month", "12", "until_day", "1"},
		"2026年3月1日已经过去": {"how", "over", "until_year", "2026", "until_month", "3", "until_day", "1"},
	} {
		bad := page.Submit(t, `form[action$="/end"]`, typed(pairs...)).Want(t, 422)
		if got := bad.Text(".error-summary"); !strings.Contains(got, says) || bad.Attr("[name=until_year]", "value") != typed(pairs...).Get("until_year") {
			t.Errorf("%v: says %q", pairs, got)
		}
	}
	if got := page.Submit(t, `form[action$="/correct"]`, typed("name", "")).Want(t, 422).Text(".error-summary"); !strings.Contains(got, "再按“改正”") {
		t.Errorf("says %q", got)
	}
	page = page.Submit(t, `form[action$="/end"]`, typed("how", "early", "why", "辞职", "until_year", "2026", "until_month", "3", "until_day", "1")).Want(t, 200)
	if !strings.Contains(page.Text("dl"), "2026年3月1日终止") {
		t.Errorf("ended: %s", page.Text("dl"))
	}
	// An end that is over is not opened again unasked.
	later := page.Submit(t, `form[action$="/end"]`, typed("how", "over", "why", "", "until_year", "2027", "until_month", "3", "until_day", "1")).Want(t, 422)
	if !strings.Contains(later.Text(".error-summary"), "又能登录") {
		t.Errorf("says %q", later.Text(".error-summary"))
	}
	a.registrar.Get(t, "/members/999").Want(t, 404)
	a.registrar.Get(t, "/members/x").Want(t, 404)
	// Whose term has ended is asked about where they propose.
	entry := a.registrar.Get(t, "/proposals/new").Want(t, 200).Submit(t, "[data-action=enter_proposal]", typed(append(append([]string{}, proposed...), "serial", "31", "signers", "李山 RD-020")...)).Want(t, 422)
	if !strings.Contains(entry.Text(".error-summary"), "资格到2026年3月1日已经终止") {
		t.Errorf("says %q", entry.Text(".error-summary"))
	}
}

func TestARosterIsHandedInAsATable(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	if got := a.registrar.Get(t, "/members/template").Want(t, 200); !strings.HasPrefix(got.Body, "PK") {
		t.Error("the template is no workbook")
	}
	form := a.registrar.Get(t, "/members/import").Want(t, 200)
	for content, says := range map[string]string{"": "空文件", "a\nb\n": "没有找到列名", "种类,姓名,证号\n": "一行也没有", "种类,姓名,证号\n" + strings.Repeat("代表,x,1\n", 50_000): "一次最多 2000 行"} {
		if page := handsIn(t, form, "x.csv", content).Want(t, 422); !strings.Contains(page.Text(".error-summary"), says) {
			t.Errorf("%.20q: says %q", content, page.Text(".error-summary"))
		}
	}
	if got := handsIn(t, form, "", "").Want(t, 422).Text(".error-summary"); !strings.Contains(got, "还没有选文件") || strings.Contains(got, "空文件") || strings.Contains(got, "都还在") {
		t.Errorf("without a file: %q", got)
	}
	plan := handsIn(t, form, "名册.csv", rosterFile).Want(t, 200)
	for line, says := range map[string]string{"2": "已经有了", "3": "要添加", "4": "同一个证号", "5": "还有一位同名的李山", "6": "请写姓名", "7": "要添加"} {
		if got := plan.Text(`tr[data-line="` + line + `"]`); !strings.Contains(got, says) {
			t.Errorf("line %s: %q", line, got)
		}
	}
	if got := a.registrar.Get(t, "/members").Want(t, 200).Text("table"); strings.Contains(got, "王水") {
		t.Error("a preview has written")
	}
	file := plan.Submit(t, "button[value=wrong]", nil).Want(t, 200)
	if strings.Count(file.Body, "\n") != 3 || !strings.Contains(file.Body, "请写姓名") || strings.Contains(file.Body, "赵闻") {
		t.Errorf("the wrong lines are %q", file.Body)
	}
	// One wrong line, and none is added.
	if plan.Has("button[value=add]") {
		t.Error("with lines that are wrong it can be added")
	}
	var right []string
	for i, line := range strings.Split(rosterFile, "\n") {
		if i != 3 && i != 5 {
			right = append(right, line)
		}
	}
	plan = handsIn(t, form, "名册.csv", strings.Join(right, "\n")).Want(t, 200)
	// Somebody else adds one of them meanwhile: it is shown anew.
	a.supervisor.Get(t, "/members/new?kind=media").Want(t, 200).Submit(t, "main form", typed("name", "赵闻", "credential", "JZ-1", "outlet", "县日报社")).Want(t, 200)
	again := plan.Submit(t, "button[value=add]", url.Values{"sure": {"4"}}).Want(t, 409)
	if !again.Has(`input[value="4"][checked]`) || !strings.Contains(again.Text(`tr[data-line="5"]`), "已经有了") {
		t.Errorf("shown anew: %s", again.Text("main"))
	}
	done := again.Submit(t, "button[value=add]", url.Values{"sure": {"4"}}).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "2 位") || !strings.Contains(done.Text("table"), "RD-011") {
		t.Errorf("says %q", done.Text(".banner-done"))
	}
	again.Submit(t, "button[value=add]", url.Values{"sure": {"4"}}).Want(t, 409)
	again.Forge(t, "button[value=add]", url.Values{"table": {"[]"}}).Want(t, 422)
	if got := a.registrar.Get(t, "/members?added=0").Want(t, 200); !got.Has(".banner-done") {
		t.Error("says nothing of nothing")
	}
	// Many stand on pages.
	var many strings.Builder
	many.WriteString("种类,姓名,届,证号\n")
	for i := range 60 {
		many.WriteString("代表,代表" + strings.Repeat("一", i%5+1) + string(rune('A'+i%26)) + "," + "17,R-" + string(rune('A'+i%26)) + string(rune('0'+i/26)) + "\n")
	}
	handsIn(t, form, "x.csv", many.String()).Want(t, 200).Submit(t, "button[value=add]", nil).Want(t, 200)
	next := a.registrar.Get(t, "/members").Want(t, 200).Follow(t, `a[rel=next]`).Want(t, 200)
	next.Follow(t, `a[rel=prev]`).Want(t, 200)
	auditor := a.signIn(t, "shi", "石审", staff.Auditor, complainttest.DeskUnit)
	auditor.Get(t, "/members").Want(t, 200)
	auditor.Get(t, "/members/import").Want(t, 404)
}

// The end of a session is known beforehand, and written for all of it at once; who left
// before keeps their own day and reason.
func TestTheDayOnWhichASessionRunsOutIsWrittenAtOnce(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	if _, err := pg.Exec(t.Context(), a.DB.Owner, `INSERT INTO member (kind, name, congress_session, credential_number, valid_from, valid_to, ended_why) VALUES
		('npc_deputy', '周退', '第十六届', 'RD-105', '2021-12-01', '2025-06-01', '辞职'), ('npc_deputy', '孙补', '第十六届', 'RD-106', '2025-09-01', NULL, '')`, nil); err != nil {
		t.Fatal(err)
	}
	page := a.registrar.Get(t, "/members").Want(t, 200).Follow(t, `main a[href="/members/terms"]`).Want(t, 200)
	if got := page.Text("table"); !strings.Contains(got, "第十六届人大代表4 位1 位没有写") || strings.Contains(got, "记者") {
		t.Errorf("the terms are %q", got)
	}
	const deputies = "npc_deputy 第十六届"
	writes := func(page *webtest.Page, term, year, month, day string, more ...string) *webtest.Page {
		t.Helper()
		return page.Submit(t, "main form", typed(append([]string{"term", term, "until_year", year, "until_month", month, "until_day", day}, more...)...))
	}
	for says, bad := range map[string]*webtest.Page{
		"请选是哪一届":         writes(page, "", "2026", "12", "31"),
		"请写最后一天是哪一天":     writes(page, deputies, "", "", ""),
		"不能早于任期的第一天":     writes(page, deputies, "2025", "8", "31"),
		"2026年3月1日已经过去":  writes(page, deputies, "2026", "3", "1"),
		"这一天离今天太远，请核对年份": writes(page, deputies, "2036", "12", "31"),
	} {
		if got := bad.Want(t, 422).Text(".error-summary"); !strings.Contains(got, says) {
			t.Errorf("says %q, not %q", got, says)
		}
	}
	done := writes(page, deputies, "2026", "12", "31").Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "3 位") || !strings.Contains(done.Text("table"), "4 位1 位2026年12月31日") || !strings.Contains(done.Text("table"), "第十届政协委员1 位0 位没有写") {
		t.Errorf("says %q", done.Text("main"))
	}
	if stale := writes(page, deputies, "2027", "1", "31").Want(t, 409); stale.Attr("[name=until_year]", "value") != "2027" || !strings.Contains(stale.Text(".banner"), "刚才有人改过") {
		t.Errorf("an old page: %q", stale.Text("main"))
	}
	if got := a.registrar.Get(t, "/members?text=周退").Text("table"); !strings.Contains(got, "2025年6月1日终止") || !strings.Contains(got, "辞职") {
		t.Errorf("who left before has %q", got)
	}
	// A day that is past is a question, and so is one that opens again what was over.
	asked := writes(done, deputies, "2026", "3", "1").Want(t, 422)
	over := asked.Submit(t, "main form", typed("until_sure", "2026-03-01")).Want(t, 200)
	if !strings.Contains(over.Text("table"), "2026年3月1日，已经届满") {
		t.Errorf("says %q", over.Text("table"))
	}
	asked = writes(over, deputies, "2026", "12", "31").Want(t, 422)
	if !strings.Contains(asked.Text(".error-summary"), "又能登录") {
		t.Errorf("opens again: %q", asked.Text("main"))
	}
	asked.Submit(t, "main form", typed("until_sure", "2026-12-31")).Want(t, 200)
	// One of them runs out with the others, and on another day it shows.
	one := a.registrar.Get(t, "/members?text=孙补").Follow(t, "table a").Want(t, 200)
	one = one.Submit(t, `form[action$="/end"]`, typed("how", "over", "until_year", "2027", "until_month", "1", "until_day", "31")).Want(t, 200)
	if got := one.Text("dl"); !strings.Contains(got, "到2027年1月31日") {
		t.Errorf("one has %q", got)
	}
	if got := a.registrar.Get(t, "/members/terms").Text("table"); !strings.Contains(got, "2026年12月31日到2027年1月31日，不一样") {
		t.Errorf("the terms are %q", got)
	}
	a.publisher.Get(t, "/members/terms").Want(t, 404)
	// Who comes later runs out with the session that they come to.
	added := a.registrar.Get(t, "/members/new?kind=npc_deputy").Submit(t, "main form", typed("name", "吴晚", "session", "16", "credential", "RD-107")).Want(t, 200)
	if got := added.Text("dl"); !strings.Contains(got, "到2027年1月31日") {
		t.Errorf("who is added has %q", got)
	}
	if got := added.Submit(t, `form[action$="/correct"]`, typed("session", "17")).Want(t, 200).Text("dl"); strings.Contains(got, "2027年") {
		t.Errorf("of another session: %q", got)
	}
}
