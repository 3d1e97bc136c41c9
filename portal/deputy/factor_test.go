package deputy_test

import (
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
)

const (
	factor = `form[action="/member/account/factor"]`
	both   = `form[action="/member/login/code"]`
)

// enrols sets an authenticator up in a browser that is logged in, and gives its secret.
func (c *chamber) enrols(t *testing.T, v *webtest.Client, code string) string {
	t.Helper()
	page := v.Get(t, "/member/account").Want(t, 200).Follow(t, `main a[href="/member/account/factor"]`).Want(t, 200)
	secret := page.Attr("[data-totp-secret]", "data-totp-secret")
	page = page.Submit(t, factor, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 200)
	if page.Path != "/member/account?said=factor" || !strings.Contains(page.Text(".banner-done"), "已经换了") || !strings.Contains(page.Text("main"), "您把第二步换成了验证器") {
		t.Fatalf("at %s: %s", page.Path, page.Text("main"))
	}
	return secret
}

func TestAMemberChoosesTheirSecondFactor(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v, elsewhere := c.enters(t, mailbox, code), c.enters(t, mailbox, code)
	page := v.Get(t, "/member/account/factor").Want(t, 200)
	secret := page.Attr("[data-totp-secret]", "data-totp-secret")
	if again := v.Get(t, "/member/account/factor"); again.Attr("[data-totp-secret]", "data-totp-secret") != secret || !again.Has("svg.qr") {
		t.Error("a page loaded anew shows another secret, or no picture")
	}
	if other := elsewhere.Get(t, "/member/account/factor"); other.Attr("[data-totp-secret]", "data-totp-secret") == secret {
		t.Error("another browser is shown the same secret")
	}
	for _, wrong := range []struct{ code, otp, says string }{
		{"ABCD", "12", "不算试错"}, {code, "000000", "验证码对不上"}, {"AAAA-AAAA-AAAA-AAAA", c.OTP(t, secret), "登录码对不上"},
	} {
		bad := page.Submit(t, factor, values("login_code", wrong.code, "otp", wrong.otp)).Want(t, 422)
		if !strings.Contains(bad.Text(".error-summary"), wrong.says) || bad.Attr("[name=otp]", "value") != "" || bad.Attr("[name=login_code]", "value") != "" {
			t.Errorf("%s %s: %q", wrong.code, wrong.otp, bad.Text("main"))
		}
	}
	if n := c.Count(t, "member_factor"); n != 0 {
		t.Fatalf("%d factors were chosen", n)
	}
	c.enrols(t, v, code)
	if elsewhere.Get(t, "/member/mine").Status != 401 {
		t.Error("another browser is still logged in")
	}
	// The page that set it up has grown old.
	if stale := page.Submit(t, factor, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 409); !strings.Contains(stale.Text(".banner"), "已经换过") {
		t.Errorf("an old page says %q", stale.Text("main"))
	}
	back := v.Get(t, "/member/account/factor").Want(t, 200)
	if back.Has("[data-totp-secret]") || back.Text("h1") != "换回登录码" {
		t.Error("the secret is shown once more")
	}
	if bad := back.Submit(t, factor, values("login_code", code, "otp", "000000")).Want(t, 422); !strings.Contains(bad.Text(".error-summary"), "验证码对不上") {
		t.Errorf("back without the present factor: %q", bad.Text("main"))
	}
	done := back.Submit(t, factor, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 200)
	if got := done.Text("main"); !strings.Contains(got, "您把第二步换成了登录码") || !strings.Contains(got, "您把第二步换成了验证器") || !strings.Contains(got, "现在用登录码") {
		t.Errorf("the account says %q", got)
	}
	if next := v.Get(t, "/member/account/factor").Attr("[data-totp-secret]", "data-totp-secret"); next == secret || next == "" {
		t.Error("the next authenticator has the secret of the last")
	}
	rows, err := pg.One[string](t.Context(), c.DB.Owner, `SELECT string_agg(f::text, ' ') FROM member_factor f`, nil)
	if err != nil || strings.Contains(rows, secret) {
		t.Errorf("%s %v", rows, err)
	}
	// Told in the next login, for a week.
	if got := c.enters(t, mailbox, code).Get(t, "/member/mine").Text(".banner"); !strings.Contains(got, "您把第二步换成了登录码") {
		t.Errorf("the home says %q", got)
	}
	c.owner(t, `UPDATE member_session SET created_at = created_at - interval '8 days'; UPDATE member_factor SET at = at - interval '8 days'`)
	if got := c.enters(t, mailbox, code).Get(t, "/member/mine"); got.Has(".banner") {
		t.Errorf("after a week the home says %q", got.Text(".banner"))
	}
}

func TestALinkAsksForTheFactorThatWasChosen(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	old := c.linked(t, mailbox)
	before := c.Visitor().Get(t, old).Want(t, 200)
	secret := c.enrols(t, v, code)
	// A page that asked for the login code asks for the other now; the code is no way in.
	if page := before.Submit(t, enter, values("login_code", code)).Want(t, 409); !page.Has("[name=otp]") {
		t.Errorf("by the code alone: %q", page.Text("main"))
	}
	page := c.Visitor().Get(t, old).Want(t, 200)
	if page.Has("[name=login_code]") || page.Text("h1") != "输入验证码" {
		t.Errorf("asks %q", page.Text("main"))
	}
	if bad := page.Submit(t, enter, values("otp", "12")).Want(t, 422); !strings.Contains(bad.Text(".field-error"), "不算试错") {
		t.Errorf("half a code: %q", bad.Text("main"))
	}
	if bad := page.Submit(t, enter, values("otp", "000000")).Want(t, 404); !strings.Contains(bad.Text(".field-error"), "再错 4 次") {
		t.Errorf("a wrong code: %q", bad.Text("main"))
	}
	otp := c.OTP(t, secret)
	if in := page.Submit(t, enter, values("otp", otp)).Want(t, 200); in.Path != "/member/mine" || !strings.Contains(in.Text("[data-last-login]"), "1 次第二步没有输对") {
		t.Errorf("at %s: %s", in.Path, in.Text("main"))
	}
	page.Submit(t, enter, values("otp", otp)).Want(t, 410)
	// A code is taken once, by whichever link, and by an older page as well.
	next := c.Visitor().Get(t, c.linked(t, mailbox)).Want(t, 200)
	if bad := next.Submit(t, enter, values("otp", otp)).Want(t, 404); !strings.Contains(bad.Text(".field-error"), "已经用过") {
		t.Errorf("replayed: %q", bad.Text("main"))
	}
	// A step far ahead was used while the clock was wrong, and bars nobody.
	c.owner(t, `UPDATE member_guess SET step = step + 1000 WHERE step IS NOT NULL`)
	next.Submit(t, enter, values("otp", otp)).Want(t, 200)
}

func TestAMemberComesInWithoutALetter(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	others := c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	secret := c.enrols(t, c.enters(t, mailbox, code), code)
	form := c.Visitor().Get(t, "/member/login").Want(t, 200).Follow(t, `main a[href="/member/login/code"]`).Want(t, 200)
	if bad := form.Submit(t, both, values("login_code", "AB", "otp", "1")).Want(t, 422); len(bad.All(".field-error")) != 2 {
		t.Errorf("says %q", bad.Text("main"))
	}
	otp := c.OTP(t, secret)
	in := form.Submit(t, both, values("login_code", strings.ToLower(code), "otp", otp[:3]+" "+otp[3:])).Want(t, 200)
	if in.Path != "/member/mine" || !strings.Contains(in.Text("[data-last-login]"), "用登录链接") {
		t.Fatalf("at %s: %s", in.Path, in.Text("main"))
	}
	// Whatever keeps it from opening has one answer.
	says := func(name string, page *webtest.Page) string {
		t.Helper()
		if page.Status != 404 || page.Has("[value='"+code+"']") {
			t.Errorf("%s: %d %q", name, page.Status, page.Text("main"))
		}
		return page.Text("main")
	}
	guesses := c.Count(t, "member_guess")
	want := says("nobody's", form.Submit(t, both, values("login_code", "AAAA-AAAA-AAAA-AAAA", "otp", otp)))
	if n := c.Count(t, "member_guess") - guesses; n != 1 {
		t.Errorf("a code that is nobody's leaves %d guesses", n)
	}
	for name, got := range map[string]string{
		"used":                     says("used", form.Submit(t, both, values("login_code", code, "otp", otp))),
		"wrong":                    says("wrong", form.Submit(t, both, values("login_code", code, "otp", "000000"))),
		"of one without":           says("of one without", form.Submit(t, both, values("login_code", others, "otp", otp))),
		"another's authenticator ": says("another's", form.Submit(t, both, values("login_code", others, "otp", c.OTP(t, secret)))),
	} {
		if got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, spoil := range map[string]string{
		"closed": `UPDATE member_account SET closed_at = now() WHERE member_id = (SELECT id FROM member WHERE name = '陈河')`,
		"over":   `UPDATE member_account SET closed_at = NULL; UPDATE member SET valid_to = now()::date - 2 WHERE name = '陈河'`,
	} {
		c.owner(t, spoil)
		if got := says(name, form.Submit(t, both, values("login_code", code, "otp", c.OTP(t, secret)))); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Guesses end by themselves, and each way by itself: who reads the mailbox does not shut
// out whoever holds the slip, and a stranger counts against nobody.
func TestGuessesAtAnAuthenticatorAreCounted(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	secret := c.enrols(t, v, code)
	for range 2 {
		form := c.Visitor().Get(t, c.linked(t, mailbox)).Want(t, 200)
		for range 4 {
			form.Submit(t, enter, values("otp", "000000")).Want(t, 404)
		}
		form.Submit(t, enter, values("otp", "000000")).Want(t, 410)
		form.Submit(t, enter, values("otp", c.OTP(t, secret))).Want(t, 410)
	}
	c.owner(t, `UPDATE member_login SET asked_at = asked_at - interval '21 minutes' WHERE used_at IS NULL`)
	spent := c.Visitor().Get(t, c.linked(t, mailbox)).Want(t, 200).Submit(t, enter, values("otp", c.OTP(t, secret))).Want(t, 429)
	if !strings.Contains(spent.Text(".field-error"), "过一会儿") {
		t.Errorf("says %q", spent.Text("main"))
	}
	form := c.Visitor().Get(t, "/member/login/code").Want(t, 200)
	form.Submit(t, both, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 200)
	for range 12 {
		form.Submit(t, both, values("login_code", code, "otp", "000000")).Want(t, 404)
	}
	form.Submit(t, both, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 404)
	back := v.Get(t, "/member/account/factor").Want(t, 200)
	for range 10 {
		back.Submit(t, factor, values("login_code", code, "otp", "000000")).Want(t, 422)
	}
	if spent := back.Submit(t, factor, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 429); !strings.Contains(spent.Text(".banner"), "过一会儿") {
		t.Errorf("says %q", spent.Text("main"))
	}
	c.owner(t, `UPDATE member_guess SET at = at - interval '1 hour'`)
	form.Submit(t, both, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 200)
	// And what a clock counted that was set back since is void.
	c.owner(t, `UPDATE member_guess SET at = now() + interval '1 day'`)
	back.Submit(t, factor, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 200)
}

// Of many who bring one code at once, one comes in.
func TestOneCodeAtOnceOpensOnce(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	secret := c.enrols(t, c.enters(t, mailbox, code), code)
	otp := c.OTP(t, secret)
	var wait sync.WaitGroup
	statuses := make([]int, 6)
	for i := range statuses {
		form := c.Visitor().Get(t, "/member/login/code").Want(t, 200)
		wait.Go(func() { statuses[i] = form.Submit(t, both, values("login_code", code, "otp", otp)).Status })
	}
	wait.Wait()
	in := 0
	for _, status := range statuses {
		if status == 200 {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%v", statuses)
	}
}

func TestTheDeskPutsTheLoginCodeBack(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	secret := c.enrols(t, v, code)
	c.Does(t, "陈河", member.Reset, "")
	if v.Get(t, "/member/mine").Status != 401 {
		t.Error("a session outlives the reset")
	}
	c.Visitor().Get(t, "/member/login/code").Want(t, 200).Submit(t, both, values("login_code", code, "otp", c.OTP(t, secret))).Want(t, 404)
	in := c.enters(t, mailbox, code)
	if got := in.Get(t, "/member/mine").Text(".banner"); !strings.Contains(got, "还动过 1 次") {
		t.Errorf("the home says %q", got)
	}
	if got := in.Get(t, "/member/account").Text("main"); !strings.Contains(got, "登记的办公室办理：改回登录码") || strings.Contains(got, "窗口核对") {
		t.Errorf("the account says %q", got)
	}
	// Who is admitted anew begins with the code, too.
	c.enrols(t, c.enters(t, mailbox, code), code)
	c.Does(t, "陈河", member.Close, "")
	c.enters(t, mailbox, c.Does(t, "陈河", member.Admit, mailbox))
}

// The database takes nobody's word for a code but the portal's own, which has the key:
// whoever runs SQL in its name, with a link and a login code at hand, still lacks it, and
// is not let in by what asks for an authenticator where there is none.
func TestACodeIsRightByTheKeyAlone(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	in := c.enters(t, mailbox, code)
	session, _ := key.ParseSecret(in.Cookie("zx_member"))
	macs := c.Keys.Portal.Codes().MACs("login:" + strings.ReplaceAll(code, "-", ""))
	one := func(sql string, args pg.Args) string {
		t.Helper()
		said, err := pg.One[*string](t.Context(), c.DB.Portal, sql, args)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if said == nil {
			return ""
		}
		return *said
	}
	tries := func(name string) {
		t.Helper()
		link, _ := key.ParseSecret(strings.TrimPrefix(c.linked(t, mailbox), "/member/login/"))
		token, own := member.LinkID(link), session.ID("member session")
		one(`SELECT member_try_link(@token)`, pg.Args{"token": token})
		one(`SELECT member_try_code(@macs)`, pg.Args{"macs": macs})
		one(`SELECT member_try_own(@own)`, pg.Args{"own": own})
		one(`SELECT member_enter(@token, @macs, 's')`, pg.Args{"token": token, "macs": [][]byte{[]byte("x")}})
		newest, err := pg.One[int64](t.Context(), c.DB.Owner, `SELECT max(id) FROM member_guess`, nil)
		if err != nil {
			t.Fatal(err)
		}
		for guess := newest; guess > newest-5; guess-- {
			for _, proof := range [][]byte{nil, []byte("x")} {
				args := pg.Args{"guess": guess, "step": time.Now().Unix() / 30, "proof": proof}
				with := func(more pg.Args) pg.Args {
					maps.Copy(more, args)
					return more
				}
				for _, said := range []string{
					one(`SELECT member_enter_link(@token, @guess, @step, @proof, 's')`, with(pg.Args{"token": token})),
					one(`SELECT member_enter_code(@macs, @guess, @step, @proof, 's')`, with(pg.Args{"macs": macs})),
					one(`SELECT member_choose(@own, @macs, @guess, @step, @proof, NULL)`, with(pg.Args{"own": own, "macs": macs})),
				} {
					if said == "open" || said == "done" {
						t.Errorf("%s, guess %d with %q: %s", name, guess, proof, said)
					}
				}
			}
		}
	}
	tries("without an authenticator")
	c.enrols(t, in, code)
	tries("with one")
	if n := c.Count(t, "member_session WHERE token_hash = 's'"); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// Two browsers that end each other's sessions do not wait for one another for ever.
func TestTwoBrowsersEndEachOthersSessions(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	for range 8 {
		var wait sync.WaitGroup
		one, other := c.enters(t, mailbox, code), c.enters(t, mailbox, code)
		statuses := make([]int, 2)
		for i, page := range []*webtest.Page{one.Get(t, "/member/account").Want(t, 200), other.Get(t, "/member/account").Want(t, 200)} {
			wait.Go(func() { statuses[i] = page.Submit(t, `form[action="/member/account/others"]`, nil).Status })
		}
		wait.Wait()
		if statuses[0]+statuses[1] != 200+401 {
			t.Errorf("%v", statuses)
		}
	}
}

// A stranger's login is noticed by its time, and shut out.
func TestAMemberSeesWhenTheyWereLoggedIn(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	if got := v.Get(t, "/member/mine").Text("main"); !strings.Contains(got, "没有别的登录") || !strings.Contains(got, "建议提案") {
		t.Errorf("the home says %q", got)
	}
	stranger := c.enters(t, mailbox, code)
	page := v.Get(t, "/member/account").Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "还有 1 个别的浏览器") || !strings.Contains(got, "（这一次）") || !strings.Contains(got, "还没有写届满日") {
		t.Errorf("the account says %q", got)
	}
	done := page.Submit(t, `form[action="/member/account/others"]`, nil).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "都已经退出") || stranger.Get(t, "/member/mine").Status != 401 || v.Get(t, "/member/mine").Status != 200 {
		t.Errorf("says %q", done.Text("main"))
	}
	c.owner(t, `UPDATE member_session SET created_at = '2026-01-05 08:31+08' WHERE ended_at IS NOT NULL`)
	if got := c.enters(t, mailbox, code).Get(t, "/member/mine").Text("[data-last-login]"); !strings.Contains(got, "上次登录：2026年") || !strings.Contains(got, "用登录链接") {
		t.Errorf("the home says %q", got)
	}
	// Whose session is over is asked to log in, whatever page or form it was.
	c.enters(t, mailbox, code)
	out := v.Get(t, "/member/account").Want(t, 200)
	c.owner(t, `UPDATE member_session SET ended_at = now()`)
	for _, path := range []string{"/member/mine", "/member/account", "/member/account/factor"} {
		if page := v.Get(t, path); page.Status != 401 || !page.Has(`form[action="/member/login"]`) {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
	if page := out.Submit(t, `form[action="/member/account/others"]`, nil); page.Status != 401 {
		t.Errorf("ends others: %d", page.Status)
	}
}
