package admin

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

func TestAccountsAreHandedInAsATableAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	for _, path := range []string{"/staff/import", "/staff/template", "/staff/many?do=disable"} {
		clerk.Get(t, path).Want(t, 404)
	}
	if got := sys.Get(t, "/staff/template").Want(t, 200); !strings.HasPrefix(got.Body, "PK") {
		t.Error("the template is no workbook")
	}
	before := w.accounts(t)
	form := sys.Get(t, "/staff").Want(t, 200).Follow(t, `a[href="/staff/import"]`).Want(t, 200)
	const head = "登录名,姓名,角色,单位\n"
	bad := handsIn(t, form, "x.csv", head+"LuYuan,陆远,承办人,县财政局\n坏名,,市长,某某局\nwang,王水,承办人,\nluyuan,陆大,承办人,FIN\nwang,王山,登记员,\n").Want(t, 200)
	for line, want := range map[string][]string{"2": {"已经有这个账号"}, "3": {"登录名用 2 到 32", "请写姓名", "没有“市长”这个角色", "现在没有叫“某某局”的单位"}, "4": {"承办人要写明是哪个单位的"},
		"5": {"和第 2 行的登录名一样", "登录名已经有人用：陆远，承办人（县财政局）"}, "6": {"和第 4 行的登录名一样"}} {
		for _, one := range want {
			if got := bad.Text(`tr[data-line="` + line + `"]`); !strings.Contains(got, one) {
				t.Errorf("line %s says %q, without %q", line, got, one)
			}
		}
	}
	if bad.Has("button[value=add]") || bad.Has("[name=reason]") || !strings.Contains(bad.Text("main"), "一行也没有添加") {
		t.Errorf("with bad lines: %s", bad.Text("main"))
	}
	if wrong := bad.Submit(t, "button[value=wrong]", nil).Want(t, 200); !strings.Contains(wrong.Body, "市长") || strings.Contains(wrong.Body, "已经有这个账号") {
		t.Errorf("the wrong lines are %q", wrong.Body)
	}
	file := head + "wang,王水,承办人,县财政局\nluyuan2,陆远,承办单位负责人,FIN\nli,李山,登记员,\n"
	plan := handsIn(t, form, "x.csv", file).Want(t, 200)
	if got := plan.Text("main"); !strings.Contains(got, "要添加 2 行") || !strings.Contains(got, "已经有叫这个名字的账号：luyuan") {
		t.Errorf("the plan says %q", got)
	}
	asked := plan.Submit(t, "button[value=add]", url.Values{"reason": {goodReason}}).Want(t, 422)
	if !strings.Contains(asked.Text(".banner"), "有 1 行要您看") || asked.Text("[name=reason]") != goodReason {
		t.Errorf("a doubt: %q", asked.Text(".banner"))
	}
	lacks := asked.Submit(t, "button[value=add]", url.Values{"reason": {""}, "sure": {"3"}}).Want(t, 422)
	if !lacks.Has("#reason-error") || !lacks.Has("#sure-3[checked]") {
		t.Errorf("without a reason: %s", lacks.Text("main"))
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Fatalf("a refused table did something: %s", diff)
	}
	paper := lacks.Submit(t, "button[value=add]", url.Values{"reason": {goodReason}, "sure": {"3"}}).Want(t, 200)
	slips, passwords := paper.All("[data-slip]"), paper.All("[data-new-password]")
	if len(slips) != 3 || len(passwords) != 3 || !strings.Contains(slips[0], "王水，县财政局，承办人") || !strings.Contains(slips[0], "72 小时") {
		t.Fatalf("the paper is %q", slips)
	}
	if strings.Contains(w.log.String(), passwords[0]) {
		t.Error("a password is in the log")
	}
	if got := sys.Get(t, "/staff").Text("table"); !strings.Contains(got, "李山") || strings.Contains(got, passwords[0]) {
		t.Errorf("the list has %q", got)
	}
	visitor := webtest.New(siteOf(w.twin()), here)
	if at := visitor.Get(t, "/login").Submit(t, "main form", credentials("wang", passwords[0])).Want(t, 200); at.Path != "/login/enrol" {
		t.Errorf("the first login is at %s", at.Path)
	}
	again := lacks.Submit(t, "button[value=add]", url.Values{"reason": {goodReason}, "sure": {"3"}}).Want(t, 409)
	if again.Has("[data-new-password]") || !strings.Contains(again.Text(".banner"), "没有添加") {
		t.Errorf("sent twice: %s", again.Text("main"))
	}
	acts, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*)::int FROM staff_act WHERE act = 'add' AND reason = @reason`, pg.Args{"reason": goodReason})
	if err != nil || acts != 3 {
		t.Errorf("%d acts: %v", acts, err)
	}
	long := head
	for i := range staff.MostAtOnce + 1 {
		long += fmt.Sprintf("u%d,某人,登记员,\n", i)
	}
	if much := handsIn(t, form, "x.csv", long).Want(t, 422); !much.Has("#file-error") {
		t.Error("too many lines are read")
	}
}

func TestSeveralAccountsAreEndedMovedAndGivenPasswords(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	one := w.signIn(t, "clerka", "周宁", staff.Registrar, complainttest.DeskUnit)
	two := w.signIn(t, "clerkb", "林岚", staff.Registrar, complainttest.DeskUnit)
	over := w.signIn(t, "super", "何青", staff.Supervisor, complainttest.DeskUnit)
	hand := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now() WHERE id <> ALL ($1)`, []int64{sys.ID, one.ID, two.ID, over.ID, hand.ID}); err != nil {
		t.Fatal(err)
	}
	id := func(m member) string { return strconv.FormatInt(m.ID, 10) }
	chooses := func(do string, of ...member) *webtest.Page {
		path := "/staff/many?do=" + do
		for _, m := range of {
			path += "&account=" + id(m)
		}
		return sys.Get(t, path).Want(t, 200)
	}
	if list := sys.Get(t, "/staff").Want(t, 200); !list.Has(`input[name=account][form=many][value="`+id(one)+`"]`) || !list.Has(`form#many button[value=disable]`) {
		t.Error("the list offers no ticks")
	}
	if none := chooses("disable"); !strings.Contains(none.Text(".banner"), "一个也没有选") || none.Has("main form") {
		t.Errorf("nothing chosen: %s", none.Text("main"))
	}
	sys.Get(t, "/staff/many?do=promote").Want(t, 404)

	// Both registrars at once: that nobody would be one is asked before anything is done.
	page := chooses("disable", sys, one, two)
	if got := page.Text("main"); strings.Count(got, "能登录的登记员一个也没有了。停用以后，新来的投诉只有督办员能登记") != 2 || !strings.Contains(got, "这是您自己的账号") {
		t.Errorf("the question is %q", got)
	}
	before := w.accounts(t)
	if lacks := page.Submit(t, "main form", url.Values{"reason": {" "}, "sure": {id(two)}}).Want(t, 422); !lacks.Has("#reason-error") || !lacks.Has("#sure-"+id(two)+"[checked]") || lacks.Has("#sure-"+id(one)+"[checked]") {
		t.Errorf("without a reason: %s", lacks.Text("main"))
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("a refused form did something: %s", diff)
	}
	half := page.Submit(t, "main form", url.Values{"reason": {goodReason}}).Want(t, 422)
	if got := half.Text("main"); !strings.Contains(got, "办好了 1 个") || !half.Has("#sure-"+id(two)) || half.Text("[name=reason]") != goodReason {
		t.Errorf("the first is ended, the last asked: %s", got)
	}
	done := half.Submit(t, "main form", url.Values{"sure": {id(two)}}).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "已经停用：1 个账号") {
		t.Errorf("done: %s", done.Text("main"))
	}
	if again := page.Submit(t, "main form", url.Values{"reason": {goodReason}, "sure": {id(one), id(two)}}).Want(t, 200); !strings.Contains(again.Text("main"), "没有办 2 个") || !strings.Contains(again.Text("main"), "已经有人动过") {
		t.Errorf("sent twice: %s", again.Text("main"))
	}
	// The last who settles whom a complaint is about does not leave.
	wall := chooses("disable", over).Submit(t, "main form", url.Values{"reason": {goodReason}, "sure": {id(over)}}).Want(t, 200)
	if !strings.Contains(wall.Text("main"), "没有人能受理投诉") || strings.Contains(wall.Text("main"), "办好了") {
		t.Errorf("the last who settles: %s", wall.Text("main"))
	}

	moved := chooses("unit", hand, over)
	if lacks := moved.Submit(t, "main form", url.Values{"reason": {goodReason}, "unit": {""}}).Want(t, 422); !lacks.Has("#unit-error") {
		t.Error("moved nowhere")
	}
	asked := moved.Submit(t, "main form", url.Values{"reason": {goodReason}, "unit": {complainttest.Justice}, "sure": {}}).Want(t, 422)
	if !strings.Contains(asked.Text("main"), "能登录的县财政局的承办人一个也没有了") || !strings.Contains(asked.Text("main"), "办好了 1 个") {
		t.Errorf("the last handler of a unit: %s", asked.Text("main"))
	}
	asked.Submit(t, "main form", url.Values{"sure": {id(hand)}}).Want(t, 200)
	if unit, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT unit || role FROM staff WHERE login = 'luyuan'`, nil); unit != "JUShandler" || err != nil {
		t.Errorf("the handler is %s: %v", unit, err)
	}

	paper := chooses("password", hand, one).Submit(t, "main form", url.Values{"reason": {goodReason}}).Want(t, 200)
	if got := paper.All("[data-new-password]"); len(got) != 2 || got[0] == got[1] {
		t.Errorf("the passwords are %q", got)
	}
	if gone := hand.Get(t, "/"); gone.Path != "/login?said=expired" {
		t.Errorf("the session still opens %s", gone.Path)
	}

	// Who has not come in for long, who has no second factor, who is out.
	for show, want := range map[string]string{"idle": "没有这样的账号", "bare": "没有这样的账号", "disabled": "林岚"} {
		if got := sys.Get(t, "/staff?show="+show).Want(t, 200).Text("main"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", show, got)
		}
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE staff SET last_login_at = $1 WHERE login = 'super'`, w.Now().Add(-50*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE staff_session SET seen_at = $1 WHERE staff_id = $2`, w.Now().Add(-50*24*time.Hour), over.ID); err != nil {
		t.Fatal(err)
	}
	settings := sys.Get(t, "/settings").Want(t, 200)
	if bad := settings.Submit(t, "main form", url.Values{"idle_days": {"很久"}}).Want(t, 422); !bad.Has("#idle_days-error") {
		t.Error("no number of days is taken")
	}
	settings.Submit(t, "main form", url.Values{"idle_days": {"４０天"}}).Want(t, 200)
	if got := sys.Get(t, "/staff?show=idle").Want(t, 200); !strings.Contains(got.Text("main table"), "何青") || !strings.Contains(got.Text(".views"), "40 天没有登录 1") {
		t.Errorf("idle: %s", got.Text("main"))
	}
}
