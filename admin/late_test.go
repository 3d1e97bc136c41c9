package admin

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// logsIn goes on from a page of the login that a late form was answered with.
func (w *workplace) logsIn(t *testing.T, page *webtest.Page, login string) *webtest.Page {
	t.Helper()
	w.Wait(30 * time.Second) // a new code
	page = page.Submit(t, "main form", credentials(login, goodPassword))
	if phone := page.Attr("[data-totp-secret]", "data-totp-secret"); phone != "" {
		w.known[login] = phone
	}
	code, err := totp.GenerateCode(w.known[login], w.Now())
	if err != nil {
		t.Fatal(err)
	}
	return page.Submit(t, "main form", url.Values{"otp": {code}})
}

// lateForm is a form of the desk that is filled in, and what its page must show again.
type lateForm struct {
	name, login, page, form string
	typed                   url.Values
	field, words            string // where the words stand again
}

func lateForms(number string) []lateForm {
	return []lateForm{
		{"an answer on its own page", "luyuan", "/complaints/" + number + "/draft_answer", "[data-action=draft_answer]",
			url.Values{"facts": {"经查，尚欠一百二十八万元。\n分三笔。"}, "finding": {"substantiated"}}, "[name=facts]", "经查，尚欠一百二十八万元。 分三笔。"},
		{"a note", "luyuan", "/complaints/" + number, "[data-action=note]", url.Values{"note": {"已经和村里通过电话"}}, "form[action$='/note'] [name=note]", "已经和村里通过电话"},
		{"a registration", "zhouning", "/register?kind=citizen", "main form", call(), "[name=title]", "修水渠的工钱三年没有结"},
		{"the settings", "sys", "/settings", "main form", url.Values{"host": {"郏县信访局"}}, "[name=host]", "郏县信访局"},
		{"a new account", "sys", "/staff/new", "main form", url.Values{"login": {"qinlan"}, "name": {"秦岚"}, "role": {"registrar"}, "reason": {"新来的同事"}}, "[name=name]", "秦岚"},
		{"a year's holidays", "sys", "/calendar/import", "main form", url.Values{"source": {"国办发明电〔2026〕7号"}, "text": {"2027-01-01,放假"}}, "[name=source]", "国办发明电〔2026〕7号"},
	}
}

func TestWhatWasTypedBeforeTheSessionEndedGoesOnAfterTheLogin(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	people := map[string]member{
		"luyuan":   w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance),
		"zhouning": w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit),
		"sys":      w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit),
	}
	number := w.inHand(t, people["luyuan"])
	lapses := map[string]func(m member){
		"idle for half an hour": func(member) { w.Wait(31 * time.Minute) },
		"a day later":           func(member) { w.Wait(25 * time.Hour) },
		"without its cookie":    func(m member) { m.SetCookie("zx_staff", "") },
		"without any cookie": func(m member) {
			m.SetCookie("zx_staff", "")
			m.SetCookie("zx_desk_form", "")
			m.SetCookie("zx_staff_device", "")
		},
		"ended by a sysadmin": func(m member) {
			if err := w.desk.Staff.ResetSecondFactor(t.Context(), m.ID, staff.Order{Reason: "换了手机"}); err != nil {
				t.Fatal(err)
			}
		},
	}
	for how, lapse := range lapses {
		for _, f := range lateForms(number) {
			m := people[f.login]
			if page := m.Get(t, "/account"); page.Path != "/account" {
				w.logsIn(t, page, f.login).Want(t, 200)
			}
			form := m.Get(t, f.page).Want(t, 200)
			before := w.written(t)
			lapse(m)
			late := form.Submit(t, f.form, f.typed).Want(t, 403)
			if late.Text("h1") != "登录" || strings.Contains(late.Text("main"), "上一页") {
				t.Fatalf("%s, %s: answered with %s", f.name, how, late.Text("main"))
			}
			page := w.logsIn(t, late, f.login)
			if got := page.Find(f.field).First(); strings.Join(strings.Fields(got.AttrOr("value", got.Text())), " ") != f.words {
				t.Fatalf("%s, %s: after the login, %d at %s, stands %q: %s", f.name, how, page.Status, page.Path, got.Text(), page.Text("h1"))
			}
			if !strings.Contains(page.Text("main"), "刚才这一步还没有办") || w.written(t) != before {
				t.Errorf("%s, %s: it was done, or nobody is told that it was not: %s", f.name, how, page.Text(".banner"))
			}
		}
	}
}

// written counts what the forms of this test would write.
func (w *workplace) written(t *testing.T) string {
	t.Helper()
	s, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT concat_ws(' ', (SELECT count(*) FROM event), (SELECT count(*) FROM staff), (SELECT count(*) FROM setting WHERE value <> ''), (SELECT count(*) FROM calendar_version))`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAfterTheLoginOnePressDoesIt(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	number := w.inHand(t, handler)
	form := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	w.Wait(31 * time.Minute)
	late := form.Submit(t, "[data-action=draft_answer]", url.Values{"finding": {"substantiated"}, "decision": {"support"}, "facts": {"经查，尚欠。"}, "opinion": {"限期付清。"}, "articles": {"KX-9"}, "basis": {"《条例》第三条。"}})
	// Wrong passwords and another way in keep it, too.
	late = late.Submit(t, "main form", credentials("luyuan", "不是这个密码吧")).Want(t, 422)
	half := late.Submit(t, "main form", credentials("luyuan", goodPassword)).Want(t, 200)
	half = half.Submit(t, "main form", url.Values{"otp": {"000000"}}).Want(t, 422)
	half = half.Submit(t, "[value=other]", nil).Want(t, 200)
	page := w.logsIn(t, half, "luyuan").Want(t, 200)
	if page.Attr("[name=finding]:checked", "value") != "substantiated" {
		t.Errorf("the choice is %q", page.Attr("[name=finding]:checked", "value"))
	}
	if done := page.Submit(t, "[data-action=draft_answer]", nil).Want(t, 200); w.state(t, number) != complaint.ResultSubmitted {
		t.Errorf("%s: %s", w.state(t, number), done.Text(".banner"))
	}
}

func TestWhatOneWroteIsShownToNobodyElseWhoLogsIn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	w.signIn(t, "qinlan", "秦岚", staff.Handler, complainttest.Finance)
	w.signIn(t, "outside", "卢明", staff.Handler, complainttest.Town)
	number := w.inHand(t, handler)
	send := func() *webtest.Page {
		if page := handler.Get(t, "/account"); page.Path != "/account" {
			w.logsIn(t, page, "luyuan").Want(t, 200)
		}
		form := handler.Get(t, "/complaints/"+number).Want(t, 200)
		w.Wait(31 * time.Minute)
		return form.Submit(t, "[data-action=note]", url.Values{"note": {"村主任说的话，只有承办单位能看"}})
	}
	before := w.written(t)
	for _, other := range []string{"qinlan", "outside"} { // one who may read the complaint, and one who may not
		page := w.logsIn(t, send(), other).Want(t, 403)
		if strings.Contains(page.Body, "村主任说的话") || !strings.Contains(page.Text("main"), "让写的人登录") || w.written(t) != before {
			t.Errorf("%s: %s reads %s", other, page.Path, page.Text("main"))
		}
		handler.SetCookie("zx_staff", "")
	}
}

func TestALogoutAfterTheSessionEndedIsQuiet(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	m := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	for how, lapse := range map[string]func(){
		"idle":           func() { w.Wait(31 * time.Minute) },
		"without cookie": func() { m.SetCookie("zx_staff", "") },
	} {
		page := m.Get(t, "/account")
		if page.Path != "/account" {
			w.logsIn(t, page, "luyuan")
			page = m.Get(t, "/account")
		}
		lapse()
		if out := page.Submit(t, "form[action='/logout']", nil).Want(t, 200); out.Path != "/login?said=out" || out.Text(".banner-head") != "已退出" {
			t.Errorf("%s: at %s", how, out.Path)
		}
	}
}
