package admin

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"zhengxin/internal/pg"
)

// Every button of a deputy's account is pressed, and leads on; the login code is shown
// once, and the mailbox never again.
func TestADeputysAccountIsKeptAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	id := func(name string) string {
		n, err := pg.One[int64](t.Context(), a.DB.Owner, `SELECT id FROM member WHERE name = @name`, pg.Args{"name": name})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint("/members/", n, "/account")
	}
	mine, other := id("陈河"), id("李山")
	list := a.registrar.Get(t, "/deputies").Want(t, 200)
	if got := list.Text("table"); !strings.Contains(got, "陈河") || !strings.Contains(got, "没有开通") || !list.Has(`a[href="`+mine+`"]`) || !list.Has(`nav a[href="/deputies"]`) {
		t.Errorf("the list has %q", got)
	}
	if got := list.Text("main"); strings.Contains(got, "2000年") || strings.Contains(got, "任期一到") || !strings.Contains(got, "记了资格终止") {
		t.Errorf("the list says %q", got)
	}
	for who, want := range map[*member]int{&a.publisher: 404, &a.handler: 404, &a.supervisor: 200} {
		who.Get(t, "/deputies").Want(t, want)
		who.Get(t, mine).Want(t, want)
	}
	admit := `form[action$="/admit"]`
	page := a.registrar.Get(t, mine).Want(t, 200)
	onRoster := strings.TrimSuffix(mine, "/account")
	if back := page.Follow(t, `main a[href="`+onRoster+`"]`).Want(t, 200).Follow(t, `main a[href="`+mine+`"]`).Want(t, 200); strings.Contains(back.Text("main"), "2000年") {
		t.Errorf("the account says %q", back.Text("main"))
	}
	if a.publisher.Get(t, onRoster).Want(t, 200).Has(`a[href="` + mine + `"]`) {
		t.Error("who may not read accounts is led to one")
	}
	bad := page.Submit(t, admit, typed("mailbox", "chenhe＠example.invalid", "mailbox_again", "chenhe@example.com", "reason", "")).Want(t, 422)
	if got := bad.Text(".error-summary"); !strings.Contains(got, "两次写的邮箱不一样") || !strings.Contains(got, "请写理由") || bad.Attr("[name=mailbox]", "value") == "" {
		t.Errorf("two mailboxes: %q", got)
	}
	for _, link := range bad.All(".error-summary a") {
		if link == "" {
			t.Error("a fault leads nowhere")
		}
	}
	slip := page.Submit(t, admit, typed("mailbox", "chenhe@example.invalid", "mailbox_again", "ChenHe@EXAMPLE.invalid ", "reason", "窗口核对")).Want(t, 200)
	code := slip.Text("[data-new-login-code]")
	if !regexp.MustCompile(`^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}$`).MatchString(code) || !strings.Contains(slip.Text("main"), "/member/login") {
		t.Fatalf("the slip has %q", slip.Text("main"))
	}
	// The same form again, as by the browser's Back, changes nothing.
	if again := page.Submit(t, admit, typed("mailbox", "x@example.invalid", "mailbox_again", "x@example.invalid", "reason", "又按了一次")).Want(t, 409); !strings.Contains(again.Text(".banner"), "已经有人动过") {
		t.Errorf("sent again: %q", again.Text(".banner"))
	}
	corrected := a.registrar.Get(t, onRoster).Want(t, 200).Submit(t, `form[action$="/correct"]`, typed("name", "陈禾", "kind", "cppcc_member")).Want(t, 422)
	if got := corrected.Text(".error-summary"); !strings.Contains(got, "请先关闭账号") || !strings.Contains(got, "种类不能改") || corrected.Attr("[name=name]", "value") != "陈禾" {
		t.Errorf("made somebody else: %q", got)
	}
	page = a.supervisor.Get(t, mine).Want(t, 200)
	if strings.Contains(page.Body, code) || strings.Contains(page.Body, "chenhe@") || !strings.Contains(page.Text("main"), "窗口核对") || !strings.Contains(page.Text("main"), "账号在用") {
		t.Errorf("the account says %q", page.Text("main"))
	}
	if taken := a.registrar.Get(t, other).Submit(t, admit, typed("mailbox", "chenhe@example.invalid", "mailbox_again", "chenhe@example.invalid", "reason", "一家人")).Want(t, 422); !strings.Contains(taken.Text(".error-summary"), "陈河的账号在用") {
		t.Errorf("a mailbox of another: %q", taken.Text(".error-summary"))
	}
	next := page.Submit(t, `form[action$="/code"]`, typed("reason", "丢了")).Want(t, 200).Text("[data-new-login-code]")
	if next == code || next == "" {
		t.Errorf("the new code is %q", next)
	}
	done := a.registrar.Get(t, mine).Submit(t, `form[action$="/mailbox"]`, typed("mailbox", "new@example.invalid", "mailbox_again", "new@example.invalid", "reason", "换了邮箱")).Want(t, 200)
	if !strings.Contains(done.Text(".banner"), "邮箱已经换了") {
		t.Errorf("changed: %q", done.Text(".banner"))
	}
	if done.Has(`form[action$="/factor"]`) || !strings.Contains(done.Text("dl"), "第二步登录码") {
		t.Errorf("of the factor it says %q", done.Text("dl"))
	}
	if _, err := pg.Exec(t.Context(), a.DB.Owner, `INSERT INTO member_factor (at, member_id, factor, nonce, proof) SELECT now(), member_id, 'totp', sha256('n'), sha256('p') FROM member_account`, nil); err != nil {
		t.Fatal(err)
	}
	lost := a.registrar.Get(t, mine).Want(t, 200)
	if !strings.Contains(lost.Text("dl"), "第二步验证器") {
		t.Errorf("of the factor it says %q", lost.Text("dl"))
	}
	lost.Submit(t, `form[action$="/factor"]`, typed("reason", "")).Want(t, 422)
	done = lost.Submit(t, `form[action$="/factor"]`, typed("reason", "手机丢了")).Want(t, 200)
	if !strings.Contains(done.Text(".banner"), "已经改回登录码") || !strings.Contains(done.Text("dl"), "第二步登录码") || done.Has(`form[action$="/factor"]`) {
		t.Errorf("reset: %q", done.Text("main"))
	}
	if done = done.Submit(t, `form[action$="/close"]`, typed("reason", "本人要求")).Want(t, 200); !strings.Contains(done.Text(".banner"), "已经关闭") || !strings.Contains(done.Text("main"), "账号已关闭") {
		t.Errorf("closed: %q", done.Text("main"))
	}
	if got := done.Text("table"); strings.Index(got, "本人要求") > strings.Index(got, "换了邮箱") || !strings.Contains(got, "换登录码") {
		t.Errorf("the record is %q", got)
	}
	// A mailbox that was given up may be another's; an ended term admits nobody.
	a.registrar.Get(t, other).Submit(t, admit, typed("mailbox", "new@example.invalid", "mailbox_again", "new@example.invalid", "reason", "窗口核对")).Want(t, 200)
	if _, err := pg.Exec(t.Context(), a.DB.Owner, `UPDATE member SET valid_to = '2026-03-01' WHERE name = '李山'`, nil); err != nil {
		t.Fatal(err)
	}
	over := a.registrar.Get(t, other).Want(t, 200)
	if got := over.Text("main"); !strings.Contains(got, "不在任期，自动关上") || !strings.Contains(got, "请先改名册") || over.Has(`form[action$="/code"] [name=reason]`) {
		t.Errorf("after the term: %q", got)
	}
	a.registrar.Get(t, "/members/999999/account").Want(t, 404)
	a.registrar.Get(t, "/members/x/account").Want(t, 404)
}

// A journalist is admitted as a deputy is; a press card of no known shape is asked about.
func TestAJournalistIsAdmittedAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	withJournalists(t, a.workplace)
	if _, err := pg.Exec(t.Context(), a.DB.Owner, `UPDATE member SET credential_number = 'B12345' WHERE name = '高原'`, nil); err != nil {
		t.Fatal(err)
	}
	list := a.registrar.Get(t, "/deputies").Want(t, 200)
	if got := list.Text("table"); !strings.Contains(got, "演示日报记者") {
		t.Errorf("the list has %q", got)
	}
	id, err := pg.One[int64](t.Context(), a.DB.Owner, `SELECT id FROM member WHERE name = '高原'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	admit := `form[action$="/admit"]`
	filled := typed("mailbox", "gaoyuan@example.invalid", "mailbox_again", "gaoyuan@example.invalid", "reason", "核对了记者证")
	asked := list.Follow(t, `a[href="/members/`+fmt.Sprint(id)+`/account"]`).Want(t, 200).Submit(t, admit, filled).Want(t, 422)
	if got := asked.Text(".error-summary"); !strings.Contains(got, "不像记者证号") || asked.Attr("[name=mailbox]", "value") == "" {
		t.Errorf("asks %q", got)
	}
	if slip := asked.Submit(t, admit, typed("sure", "yes")).Want(t, 200); slip.Text("[data-new-login-code]") == "" || !strings.Contains(slip.Text("main"), "高原，演示日报记者") {
		t.Errorf("the slip has %q", slip.Text("main"))
	}
}
