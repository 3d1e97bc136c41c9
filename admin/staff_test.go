package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/admin/desk"
	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// twin is another process of the desk over the same database.
func (w *workplace) twin() *Desk {
	d := w.desk
	return &Desk{Desk: desk.Desk{Office: d.Office, Staff: d.Staff, Settings: d.Settings, Now: d.Now, Log: d.Log}, Complaints: d.Complaints, Identities: d.Identities}
}

// accounts is everything that the desk keeps of accounts and acts.
func (w *workplace) accounts(t *testing.T) []string {
	t.Helper()
	rows, err := pg.All[string](t.Context(), w.DB.Owner, `SELECT p::text FROM staff p UNION ALL SELECT a::text FROM staff_act a ORDER BY 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// act presses one of the buttons of an account's page.
func (m member) act(page *webtest.Page, kind staff.ActKind, reason string) *webtest.Page {
	m.t.Helper()
	button := "[data-action=" + string(kind) + "]"
	done := page.Submit(m.t, button, url.Values{"reason": {reason}})
	if done.Status == 422 && done.Has("[name=sure]") { // nobody else has the role here
		return done.Submit(m.t, button, url.Values{"sure": {"yes"}})
	}
	return done
}

// alone leaves nobody else in the role of an account.
func (w *workplace) alone(t *testing.T, id int64) {
	t.Helper()
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE staff SET disabled_at = now() WHERE id <> $1 AND role = (SELECT role FROM staff WHERE id = $1)`, id); err != nil {
		t.Fatal(err)
	}
}

const goodReason = "科室来函，已核对工作证"

func TestAnAccountIsClosedForEveryProcessAndOpenedAgain(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	there := webtest.New(siteOf(w.twin()), here)
	there.SetCookie("zx_staff", clerk.Cookie("zx_staff"))
	there.Get(t, "/account").Want(t, 200)

	page := sys.Get(t, "/staff").Want(t, 200).Follow(t, `a[href="`+memberURL(clerk.ID)+`"]`).Want(t, 200)
	if page.Has("[data-action=enable]") || page.Text("[data-action=set_password]") != "换新密码" {
		t.Errorf("the page offers %q", page.All("[data-action]"))
	}
	before := w.accounts(t)
	for name, bad := range map[string]string{"nothing": " \n", "too much": strings.Repeat("长", 501), "crooked": "看\u202e反"} {
		wrong := sys.act(page, staff.ActDisable, bad).Want(t, 422)
		if !wrong.Has("#disable-reason-error") || !wrong.Has(`.error-list a[href="#disable-reason"]`) || !wrong.Has(".move-fields[open] #disable-reason") {
			t.Errorf("%s: no sentence beside the field", name)
		}
		if got := wrong.Text("#disable-reason"); got != strings.TrimSpace(bad) {
			t.Errorf("%s: what was typed is now %q", name, got)
		}
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("a refused form did something: %s", diff)
	}
	done := sys.act(page, staff.ActDisable, goodReason).Want(t, 200)
	if done.Text(".banner-head") != "已停用" || !strings.Contains(done.Text("main table"), goodReason) || done.Has("[data-action=disable]") {
		t.Errorf("after it: %s", done.Text("main"))
	}
	for name, b := range map[string]*webtest.Client{"this process": clerk.Client, "the other process": there} {
		if gone := b.Get(t, "/account"); gone.Path != "/login?said=expired" {
			t.Errorf("%s: the session still opens %s", name, gone.Path)
		}
	}
	again := sys.act(page, staff.ActDisable, goodReason).Want(t, 409)
	if !strings.Contains(again.Text(".banner"), "已经有人动过") || again.Text(".banner-done") != "" {
		t.Errorf("an old page: %q", again.Text(".banner"))
	}
	there.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 422)
	if back := sys.act(done, staff.ActEnable, goodReason).Want(t, 200); back.Text(".banner-head") != "已启用" {
		t.Errorf("after enabling: %q", back.Text(".banner"))
	}
	there.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 200)
}

func TestAResetSecondFactorIsToldToThePersonAndTheAuditor(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	w.later()
	sys.act(sys.Get(t, memberURL(clerk.ID)), staff.ActResetSecondFactor, goodReason).Want(t, 200)
	if gone := clerk.Get(t, "/"); gone.Path != "/login?said=expired" {
		t.Errorf("the session still opens %s", gone.Path)
	}
	page := sys.Get(t, memberURL(clerk.ID)).Want(t, 200)
	if !page.Has("[data-action=reset_second_factor][disabled]") {
		t.Error("what is not bound can be reset")
	}
	enrol := clerk.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 200)
	if enrol.Path != "/login/enrol" {
		t.Fatalf("the next login is at %s", enrol.Path)
	}
	h := house{now: w.Now()}
	home := enrol.Submit(t, "main form", h.code(t, enrol.Attr("[data-totp-secret]", "data-totp-secret"))).Want(t, 200)
	told := home.Text(".banner-amber")
	if !strings.Contains(told, "系统管理员柯维安 3月2日 10:01 重设了您的第二步验证。") || !strings.Contains(told, "不是您要求的，请马上告诉审计员。") {
		t.Errorf("the person is told %q", told)
	}
	if home.Has(".banner-amber form") {
		t.Error("whoever took the account over can put the word away")
	}
	for name, m := range map[string]member{"sysadmin": sys, "auditor": auditor} {
		if other := m.Get(t, "/").Want(t, 200); other.Has(".banner-amber") {
			t.Errorf("the %s is told too", name)
		}
	}
	trail := auditor.Get(t, "/audit").Want(t, 200).Follow(t, `a[href="/audit/staff"]`).Want(t, 200)
	if row := trail.Text("main tbody tr:first-child"); !strings.Contains(row, "周宁（zhouning）") || !strings.Contains(row, "绑定第二步验证") {
		t.Errorf("the auditor does not read of the new telephone: %q", row)
	}
	row := trail.Text("main tbody tr:nth-child(2)")
	for _, want := range []string{"3月2日 10:01", "柯维安（sys）", "周宁（zhouning）", "重设第二步验证", goodReason} {
		if !strings.Contains(row, want) {
			t.Errorf("the auditor reads %q, without %q", row, want)
		}
	}
	if !strings.Contains(trail.Text("main tbody"), "操作员") {
		t.Error("the operator's own acts are missing")
	}
}

func TestAPersonIsGivenAnotherJob(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	page := sys.Get(t, memberURL(clerk.ID)).Want(t, 200)
	if !page.Has("#job-role [value=registrar][selected]") || !page.Has("#job-unit [value="+complainttest.DeskUnit+"][selected]") {
		t.Error("the page does not say what the person is now")
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE unit SET valid_to = '2026-01-01' WHERE code = 'DESK'`); err != nil {
		t.Fatal(err)
	}
	w.alone(t, clerk.ID)
	w.desk.Complaints.Units.Forget()
	if page = sys.Get(t, memberURL(clerk.ID)).Want(t, 200); !page.Has("#job-unit [value=" + complainttest.DeskUnit + "][selected]") {
		t.Error("a unit that has ended is taken from its people unseen")
	}
	give := func(role staff.Role, unit, reason string) *webtest.Page {
		return page.Forge(t, "[data-action=reassign]", url.Values{"role": {string(role)}, "unit": {unit}, "reason": {reason}})
	}
	before := w.accounts(t)
	for field, wrong := range map[string]*webtest.Page{
		"role": give("mayor", complainttest.Finance, goodReason), "unit": give(staff.Handler, "", goodReason), "reason": give(staff.Handler, complainttest.Finance, ""),
	} {
		wrong.Want(t, 422)
		if len(wrong.All(".field-error")) != 1 || !wrong.Has("#job-"+field+"-error") || !wrong.Has(`.error-list a[href="#job-`+field+`"]`) || !wrong.Has(".move-fields[open] #job-role") {
			t.Errorf("%s: %q", field, wrong.All(".field-error"))
		}
		if field != "role" && !wrong.Has("#job-role [value=handler][selected]") || field != "unit" && !wrong.Has("#job-unit [value="+complainttest.Finance+"][selected]") {
			t.Errorf("%s: what was chosen is lost", field)
		}
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("a refused form did something: %s", diff)
	}
	w.later()
	asked := give(staff.Handler, complainttest.Finance, goodReason).Want(t, 422)
	if said := asked.Text("#job-sure-error"); !strings.Contains(said, "他是最后一个能登录的登记员。调走以后，新来的投诉只有督办员能登记") || !asked.Has(`.error-list a[href="#job-sure"]`) || asked.Text("#job-reason") != goodReason {
		t.Errorf("the last of a role: %q, the reason is now %q", said, asked.Text("#job-reason"))
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("a question did something: %s", diff)
	}
	done := asked.Submit(t, "[data-action=reassign]", url.Values{"sure": {"yes"}}).Want(t, 200)
	if done.Text(".banner-head") != "岗位已调整" || !strings.Contains(done.Text("main table"), "登记员（县政务诚信监督办公室） → 承办人（县财政局）") {
		t.Errorf("after it: %s", done.Text("main"))
	}
	if gone := clerk.Get(t, "/"); gone.Path != "/login?said=expired" {
		t.Errorf("the session still opens %s", gone.Path)
	}
	if row := auditor.Get(t, "/audit/staff").Text("main tbody tr:first-child"); !strings.Contains(row, "调整岗位") || !strings.Contains(row, "→ 承办人（县财政局）") {
		t.Errorf("the auditor reads %q", row)
	}
	give(staff.Handler, complainttest.Justice, goodReason).Want(t, 409) // from the page as it was
}

func TestTheTrailOfAccountsIsWalkedPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	_, err := pg.Exec(t.Context(), w.DB.Owner, `
		INSERT INTO staff_act (at, staff_id, act, reason) SELECT now(), @id, 'set_password', 'r' || n FROM generate_series(1, 60) n`, pg.Args{"id": auditor.ID})
	if err != nil {
		t.Fatal(err)
	}
	page := auditor.Get(t, "/audit/staff").Want(t, 200)
	if n := len(page.All("main tbody tr")); n != desk.RecordPage {
		t.Errorf("%d lines", n)
	}
	if n := len(page.Follow(t, "a[rel=next]").Want(t, 200).All("main tbody tr")); n != 12 { // with the account and its telephone
		t.Errorf("%d older lines", n)
	}
	auditor.Get(t, "/audit/staff?before=x").Want(t, 200)
}

func TestANewPasswordIsShownOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	page := sys.Get(t, memberURL(clerk.ID)).Want(t, 200)
	wrong := sys.act(page, staff.ActSetPassword, "").Want(t, 422)
	if wrong.Has("[data-new-password]") || !wrong.Has("#password-reason-error") {
		t.Error("a password without a reason")
	}
	shown := sys.act(page, staff.ActSetPassword, goodReason).Want(t, 200)
	password := shown.Text("[data-new-password]")
	if len(password) != 16 || shown.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("a password of %d signs, kept by %q", len(password), shown.Header.Get("Cache-Control"))
	}
	if gone := clerk.Get(t, "/"); gone.Path != "/login?said=expired" {
		t.Errorf("the session still opens %s", gone.Path)
	}
	again := sys.act(page, staff.ActSetPassword, goodReason).Want(t, 409) // the answer is loaded anew, or the button was pressed twice
	if again.Has("[data-new-password]") || again.Text("#password-reason") != goodReason {
		t.Errorf("sent again: %s", again.Text("main"))
	}
	for _, path := range []string{"/staff", memberURL(clerk.ID), memberURL(clerk.ID) + "?said=password"} {
		if strings.Contains(sys.Get(t, path).Body, password) {
			t.Errorf("%s shows it again", path)
		}
	}
	clerk.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 422)
	clerk.Get(t, "/login").Submit(t, "main form", credentials("zhouning", password)).Want(t, 200)
	for name, private := range map[string]string{"password": password, "reason": goodReason} {
		if strings.Contains(w.log.String(), private) {
			t.Errorf("the log holds the %s", name)
		}
	}
}

func TestAnAccountIsAddedByItsForm(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, "")
	form := sys.Get(t, "/staff").Want(t, 200).Follow(t, `main a[href="/staff/new"]`).Want(t, 200)
	good := url.Values{"login": {"luyuan"}, "name": {"陆远"}, "role": {"handler"}, "unit": {complainttest.Finance}, "reason": {goodReason}}
	for field, bad := range map[string]string{"login": "陆远", "name": "陆\u202e远", "role": "mayor", "unit": "NOPE", "reason": strings.Repeat("长", 501)} {
		typed := url.Values{}
		for name, v := range good {
			typed[name] = v
		}
		typed.Set(field, bad)
		typed.Set("_csrf", form.Attr("main [name=_csrf]", "value"))
		before := w.accounts(t)
		page := sys.Post(t, "/staff/new", typed).Want(t, 422)
		if len(page.All(".field-error")) != 1 || !page.Has("#"+field+"-error") {
			t.Errorf("%s: %q", field, page.All(".field-error"))
		}
		for _, name := range []string{"login", "name"} {
			if got := page.Attr("[name="+name+"]", "value"); got != typed.Get(name) {
				t.Errorf("%s: %s is now %q", field, name, got)
			}
		}
		if field != "role" && !page.Has("[name=role] [value=handler][selected]") || field != "unit" && !page.Has("[name=unit] [value="+complainttest.Finance+"][selected]") || page.Text("#reason") != typed.Get("reason") {
			t.Errorf("%s: what was chosen is lost", field)
		}
		if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
			t.Errorf("%s: something was done: %s", field, diff)
		}
	}
	empty := form.Submit(t, "main form", nil).Want(t, 422)
	if got := len(empty.All(".field-error")); got != 4 {
		t.Errorf("an empty form has %d faults: %q", got, empty.All(".field-error"))
	}
	shown := form.Submit(t, "main form", good).Want(t, 200)
	password := shown.Text("[data-new-password]")
	if !strings.Contains(shown.Text("main"), "陆远") || password == "" {
		t.Fatalf("after it: %s", shown.Text("main"))
	}
	twice := form.Submit(t, "main form", good).Want(t, 422)
	if !strings.Contains(twice.Text("#login-error"), "已经有人用") || twice.Has("[data-new-password]") {
		t.Errorf("twice: %q", twice.Text(".field-error"))
	}
	if page := shown.Follow(t, ".buttons a").Want(t, 200); !strings.Contains(page.Text("main table"), "添加账号") || !strings.Contains(page.Text("main table"), goodReason) {
		t.Errorf("the record says %s", page.Text("main table"))
	}
	b := webtest.New(w.app, here)
	if page := b.Get(t, "/login").Submit(t, "main form", credentials("luyuan", password)).Want(t, 200); page.Path != "/login/enrol" {
		t.Errorf("the first login is at %s", page.Path)
	}
}

func memberURL(id int64) string { return "/staff/" + strconv.FormatInt(id, 10) }

// staffForms are the forms that change accounts, for the account of an id.
func staffForms(id int64) []string {
	all := []string{"/staff/new"}
	for _, act := range []string{"enable", "second-factor", "job", "password", "disable"} {
		all = append(all, memberURL(id)+"/"+act)
	}
	return all
}

func TestNobodyButASysadminChangesAnAccount(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	victim, err := w.desk.Staff.Add(t.Context(), staff.Account{Login: "victim", Name: "某人", Role: staff.Leader}, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	forms := append(staffForms(victim), "/staff/import", "/staff/import/take", "/staff/many/unit", "/staff/many/password", "/staff/many/disable")
	for _, r := range w.desk.Table() {
		if r.Method == http.MethodPost && strings.HasPrefix(r.Path, "/staff/") {
			path := strings.NewReplacer("/:id", "/"+strconv.FormatInt(victim, 10), "/:act", "/disable").Replace(r.Path)
			if len(forms) != 11 || !strings.Contains(strings.Join(forms, " ")+" ", path+" ") {
				t.Errorf("POST %s is not in this test: %v", r.Path, forms)
			}
		}
	}
	for _, role := range staff.Roles() {
		if role == staff.Sysadmin {
			continue
		}
		m := w.signIn(t, "the-"+strings.ReplaceAll(string(role), "_", "-"), "某人", role, complainttest.Finance)
		token := m.Get(t, "/account").Attr("[name=_csrf]", "value")
		before := w.accounts(t)
		for _, path := range forms {
			page := m.Post(t, path, url.Values{"_csrf": {token}, "reason": {goodReason}, "seen": {"1"}, "login": {"friend"}, "name": {"友"}, "role": {"sysadmin"}})
			if absent := m.Post(t, "/nowhere", url.Values{"_csrf": {token}}); page.Status != 404 || page.Text("main") != absent.Text("main") {
				t.Errorf("POST %s as %s: %d %s", path, role, page.Status, page.Text("h1"))
			}
		}
		for _, path := range []string{"/staff", "/staff/new", memberURL(victim)} {
			m.Get(t, path).Want(t, 404)
		}
		if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
			t.Errorf("%s did something: %s", role, diff)
		}
		if page := m.Get(t, "/audit/staff"); (page.Status == 200) != (role == staff.Auditor) {
			t.Errorf("the trail of accounts as %s: %d", role, page.Status)
		}
	}
}

func TestASysadminChangesNotTheirOwnAccountAndSeesNoComplaint(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	number := w.File(t, complainttest.Intake()).Number
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	w.signIn(t, "sys2", "另一位", staff.Sysadmin, "")
	own := sys.Get(t, memberURL(sys.ID)).Want(t, 200)
	if own.Has("main form") || !strings.Contains(own.Text(".note"), "另一位系统管理员") {
		t.Errorf("one's own page: %s", own.Text("main"))
	}
	token := own.Attr("[name=_csrf]", "value")
	seen, err := w.desk.Staff.ActsOn(t.Context(), sys.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	before := w.accounts(t)
	for _, path := range staffForms(sys.ID)[1:] {
		page := sys.Post(t, path, url.Values{"_csrf": {token}, "reason": {goodReason}, "role": {"leader"}, "seen": {strconv.FormatInt(seen[0].ID, 10)}}).Want(t, 403)
		if !strings.Contains(page.Text(".banner"), "您自己的账号") {
			t.Errorf("%s: %q", path, page.Text(".banner"))
		}
	}
	for _, path := range staffForms(4711)[1:] {
		sys.Post(t, path, url.Values{"_csrf": {token}, "reason": {goodReason}, "role": {"leader"}}).Want(t, 404)
	}
	for _, path := range []string{"/staff/x/disable", "/staff/99999999999999999999/password"} {
		sys.Post(t, path, url.Values{"_csrf": {token}, "reason": {goodReason}}).Want(t, 404)
	}
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("something was done: %s", diff)
	}
	for _, path := range []string{"/complaints", "/complaints/" + number, "/complaints/" + number + "/answer", "/cases", "/register", "/mail", "/audit", "/audit/staff", "/staff/x", "/staff/4711"} {
		sys.Get(t, path).Want(t, 404)
	}
	for _, path := range []string{"/", "/staff", memberURL(sys.ID), "/units", "/notices", "/calendar", "/keys", "/settings", "/account"} {
		if page := sys.Get(t, path).Want(t, 200); strings.Contains(page.Body, number) {
			t.Errorf("%s shows a complaint", path)
		}
	}
}

func TestASysadminWhoWasShutOutMeanwhileDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	one, two := w.signIn(t, "sys", "柯维安", staff.Sysadmin, ""), w.signIn(t, "sys2", "另一位", staff.Sysadmin, "")
	theirs, mine := two.Get(t, memberURL(one.ID)), one.Get(t, memberURL(two.ID))
	one.act(mine, staff.ActDisable, goodReason).Want(t, 200)
	before := w.accounts(t)
	two.act(theirs, staff.ActDisable, goodReason).Want(t, 403)
	if diff := cmp.Diff(before, w.accounts(t)); diff != "" {
		t.Errorf("something was done: %s", diff)
	}
}

func TestThePagesOfAccountsStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	site := w.serve(t)
	for width, login := range map[int]string{1280: "sys", 375: "sys2"} {
		b := browser.New(t)
		clerk := w.sits(t, b, site, width, "clerk"+login, "周宁", staff.Handler, complainttest.Finance)
		auditor := w.sits(t, b, site, width, "audit"+login, "孙静", staff.Auditor, "")
		sys := w.sits(t, b, site, width, login, "柯维安", staff.Sysadmin, complainttest.DeskUnit)
		check := func(tab *browser.Tab, name string) {
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name)
		}
		sys.Open(site + "/staff")
		check(sys, "staff")
		sys.Press("添加账号")
		sys.Press("添加账号")
		check(sys, "staff-new-wrong")
		sys.Fill("login", "new-"+login)
		sys.Fill("name", "陆远")
		sys.Choose("role", "handler")
		sys.Choose("unit", complainttest.Justice)
		sys.Fill("reason", goodReason)
		sys.Press("添加账号")
		check(sys, "staff-password")
		m, err := w.desk.Staff.ByLogin(t.Context(), "clerk"+login)
		if err != nil {
			t.Fatal(err)
		}
		sys.Open(site + memberURL(m.ID))
		sys.Click("unfold reset_second_factor")
		sys.Press("reset_second_factor")
		check(sys, "staff-account-wrong")
		sys.Within(".move-fields[open]").Fill("reason", goodReason)
		sys.Press("reset_second_factor")
		check(sys, "staff-account")
		w.alone(t, m.ID)
		sys.Click("unfold reassign")
		sys.Press("reassign")
		check(sys, "staff-job-wrong")
		form := sys.Within(".move-fields[open]")
		form.Choose("role", "unit_head")
		form.Fill("reason", goodReason)
		sys.Press("reassign")
		check(sys, "staff-job-last")
		sys.Within(".move-fields[open]").Choose("sure", "yes")
		sys.Press("reassign")
		check(sys, "staff-job")
		clerk.Open(site + "/")
		clerk.Fill("login", "clerk"+login)
		clerk.Fill("password", goodPassword)
		clerk.Press("登录")
		h := house{now: w.Now()}
		clerk.Fill("otp", h.code(t, clerk.Attribute("[data-totp-secret]", "data-totp-secret")).Get("otp"))
		clerk.Press("绑定并进入工作台")
		check(clerk, "home-told")
		auditor.Open(site + "/audit/staff")
		check(auditor, "audit-staff")
		own, err := w.desk.Staff.ByLogin(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		sys.Open(site + memberURL(own.ID))
		check(sys, "staff-own")
		for _, tab := range []*browser.Tab{sys, clerk, auditor} {
			tab.Quiet(t)
		}
	}
}
