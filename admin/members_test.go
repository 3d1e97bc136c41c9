package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
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

	form := a.registrar.Get(t, "/members/new").Want(t, 200)
	wrong := form.Submit(t, "main form", typed("kind", "npc_deputy", "name", "李山", "session", "许多")).Want(t, 422)
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
	for _, pairs := range [][]string{{"why", ""}, {"why", "辞职", "until_year", "2026", "until_month", "2", "until_day", "30"}, {"why", "辞职", "until_year", "1999", "until_month", "1", "until_day", "1"}} {
		page.Submit(t, `form[action$="/end"]`, typed(pairs...)).Want(t, 422)
	}
	page.Submit(t, `form[action$="/correct"]`, typed("name", "")).Want(t, 422)
	page = page.Submit(t, `form[action$="/end"]`, typed("why", "辞职", "until_year", "2026", "until_month", "3", "until_day", "1")).Want(t, 200)
	if !strings.Contains(page.Text("dl"), "2026年3月1日终止") {
		t.Errorf("ended: %s", page.Text("dl"))
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
	// Somebody else adds one of them meanwhile: it is shown anew.
	a.supervisor.Get(t, "/members/new").Want(t, 200).Submit(t, "main form", typed("kind", "media", "name", "赵闻", "credential", "JZ-1", "outlet", "县日报社")).Want(t, 200)
	again := plan.Submit(t, "button[value=add]", url.Values{"sure": {"5"}}).Want(t, 409)
	if !again.Has(`input[value="5"][checked]`) || !strings.Contains(again.Text(`tr[data-line="7"]`), "已经有了") {
		t.Errorf("shown anew: %s", again.Text("main"))
	}
	done := again.Submit(t, "button[value=add]", url.Values{"sure": {"5"}}).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "2 位") || !strings.Contains(done.Text("table"), "RD-011") {
		t.Errorf("says %q", done.Text(".banner-done"))
	}
	again.Submit(t, "button[value=add]", url.Values{"sure": {"5"}}).Want(t, 409)
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
