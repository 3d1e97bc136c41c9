package admin

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

func TestAPersonEnrolsLogsOutAndComesBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	if page := b.Get(t, "/"); page.Path != "/login" || page.Text("h1") != "登录" {
		t.Fatalf("a visitor is at %s", page.Path)
	}
	phone := h.enrol(t, b, "zhouning")
	if page := b.Get(t, "/login"); page.Path != "/" {
		t.Errorf("the login page is shown to who is signed in: %s", page.Path)
	}
	page := b.Get(t, "/account").Submit(t, "form[action='/logout']", nil).Want(t, 200)
	if page.Text(".banner-head") != "已退出" || b.Cookie("zx_staff") != "" {
		t.Errorf("after logout: %q, cookie %q", page.Text(".banner-head"), b.Cookie("zx_staff"))
	}
	if page = h.signIn(t, b, "zhouning", phone); page.Path != "/" {
		t.Errorf("the second login ended at %s", page.Path)
	}
}

func TestTheEnrolmentPageShowsTheSameSecretThreeTimes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword))
	secret := page.Attr("[data-totp-secret]", "data-totp-secret")
	if got := page.Text("[data-totp-secret]"); got != secret {
		t.Errorf("copied by hand it is %q, not %q", got, secret)
	}
	if groups := page.All("[data-totp-secret] span"); len(groups) != 8 || strings.Join(groups, "") != secret {
		t.Errorf("groups %q", groups)
	}
	if again := b.Get(t, "/login/enrol"); again.Attr("[data-totp-secret]", "data-totp-secret") != secret {
		t.Error("a refresh drew another secret")
	}
	if !strings.HasPrefix(page.Attr("svg.qr path", "d"), "M4 4h7v1h-7z") || strings.Contains(page.Body, "style=") {
		t.Error("the picture is no QR code, or has styles that our policy blanks")
	}
}

func TestNobodyLearnsWhoWorksHere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	left := h.hire(t, "disabled", staff.Registrar)
	if err := h.Staff.Disable(t.Context(), left, staff.Order{Reason: "离岗"}); err != nil {
		t.Fatal(err)
	}
	b := webtest.New(h.site(), here)
	form := b.Get(t, "/login")
	var bodies []string
	for _, login := range []string{"zhouning", "nobodyxx", "disabled"} {
		password := "不是这个密码吧"
		if login == "disabled" {
			password = goodPassword
		}
		page := form.Submit(t, "main form", credentials(login, password)).Want(t, 422)
		if page.Attr("[name=login]", "value") != login || page.Attr("[name=password]", "value") != "" {
			t.Errorf("%s: what was typed came back as %q and %q", login, page.Attr("[name=login]", "value"), page.Attr("[name=password]", "value"))
		}
		bodies = append(bodies, strings.ReplaceAll(page.Body, login, "…"))
	}
	if bodies[0] != bodies[1] || bodies[0] != bodies[2] {
		t.Error("the pages of an unknown login, a wrong password and a closed account differ")
	}
	if !strings.Contains(bodies[0], "登录名或者密码不对") {
		t.Error("the sentence is missing")
	}
	for range 3 {
		form.Submit(t, "main form", credentials("zhouning", "不是这个密码吧"))
		form.Submit(t, "main form", credentials("nobodyxx", "不是这个密码吧"))
	}
	page := form.Submit(t, "main form", credentials("zhouning", "不是这个密码吧"))
	for range 9 {
		page = form.Submit(t, "main form", credentials("zhouning", goodPassword))
	}
	page.Want(t, 429)
	if !strings.Contains(page.Text(".banner-head"), "15 分钟后再试") || page.Header.Get("Retry-After") != "900" {
		t.Errorf("said %q, to come back after %q", page.Text(".banner-head"), page.Header.Get("Retry-After"))
	}
}

func TestAWrongCodeIsSaidBesideItsFieldAndTheFifthEndsIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	phone := h.enrol(t, b, "zhouning")
	b = webtest.New(h.app, here)
	used := h.code(t, phone)
	page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword))
	page = page.Submit(t, "main form", used).Want(t, 422)
	if !strings.Contains(page.Text(".field-error"), "已经用过") || page.Attr("[name=otp]", "value") != used.Get("otp") {
		t.Errorf("said %q, kept %q", page.Text(".field-error"), page.Attr("[name=otp]", "value"))
	}
	if page.Find(".error-list a[href='#otp']").Length() != 1 || !strings.HasPrefix(page.Text("title"), "有错误") {
		t.Error("no error summary")
	}
	page = page.Submit(t, "main form", url.Values{"otp": {"一二三"}}).Want(t, 422)
	for range 3 {
		page = page.Submit(t, "main form", used).Want(t, 422)
	}
	page = page.Submit(t, "main form", used).Want(t, 410)
	if !strings.Contains(page.Body, "验证码错了 5 次") || b.Cookie("zx_staff") != "" {
		t.Errorf("at the end: %s", page.Text("main"))
	}
	if page = b.Get(t, "/login/second-factor"); page.Path != "/login" {
		t.Errorf("the half session lives at %s", page.Path)
	}
}

func TestAHalfSessionReachesNothingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword))
	for _, path := range []string{"/", "/account", "/login/second-factor"} {
		if page := b.Get(t, path); page.Path != "/login/enrol" {
			t.Errorf("%s led to %s", path, page.Path)
		}
	}
	if page := b.Get(t, "/login"); page.Path != "/login" || page.Text("h1") != "登录" {
		t.Errorf("starting over led to %s", page.Path)
	}
}

func TestAPostAfterTheSessionsEndSaysWhatToDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	h.enrol(t, b, "zhouning")
	page := b.Get(t, "/account")
	h.wait(31 * time.Minute)
	if late := page.Submit(t, "form[action='/account/password']", nil).Want(t, 403); late.Text("h1") != "登录" || !strings.Contains(late.Text(".banner"), "登录已过期，刚才这一步没有办") || strings.Contains(late.Body, "返回") {
		t.Errorf("said %q", late.Text("h1"))
	}
	if late := b.Get(t, "/account"); late.Path != "/login?said=expired" || !strings.Contains(late.Text(".banner-head"), "登录已过期") {
		t.Errorf("a page led to %s", late.Path)
	}
}

// TestWhatOneClerkTypedIsShownToNoOther: on a computer that two share, after the session
// of the first has lapsed, after they have logged out in another tab, and where the second
// has logged in meanwhile. Whoever wrote it comes in again and goes on.
func TestWhatOneClerkTypedIsShownToNoOther(t *testing.T) {
	t.Parallel()
	const words = "镇里来人问过是谁告的"
	for name, ends := range map[string]func(w *workplace, first, second member){
		"lapsed":     func(w *workplace, _, _ member) { w.Wait(31 * time.Minute) },
		"logged out": func(w *workplace, first, _ member) { first.SetCookie(desk.StaffCookie, "") },
		"another tab since": func(w *workplace, first, second member) {
			first.SetCookie(desk.StaffCookie, second.Cookie(desk.StaffCookie))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkplace(t)
			number := w.File(t, complainttest.Intake()).Number
			first := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
			second := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
			enters := func(page *webtest.Page, login string) *webtest.Page {
				t.Helper()
				w.Wait(time.Minute) // a code is taken once
				page = page.Submit(t, "main form:has([name=login])", credentials(login, goodPassword)).Want(t, 200)
				code, err := totp.GenerateCode(w.known[login], w.Now())
				if err != nil {
					t.Fatal(err)
				}
				return page.Submit(t, "main form:has([name=otp])", url.Values{"otp": {code}})
			}
			page := first.open(number)
			ends(w, first, second)
			page = pressOn(t, page, complaint.Note, "note", words).Want(t, 403)
			if strings.Contains(page.Body, words) {
				t.Errorf("the door shows what was typed: %s", page.Text("main"))
			}
			if page.Text("h1") == "登录" {
				page = enters(page, "hemin").Want(t, 403)
			}
			if strings.Contains(page.Body, words) || page.Text("h1") != "这份没有提交的内容是另一位同事写的" || first.Get(t, "/complaints/"+number).Want(t, 200).Text(".desk-person") == "周宁" {
				t.Errorf("the second reads %q", page.Text("main"))
			}
			viewtest.Sound(t, page.Document)
			page = enters(page.Submit(t, "[value=other]", nil).Want(t, 200), "zhouning").Want(t, 200)
			if got := page.Text("#note-note"); got != words || page.Has(".banner-done") {
				t.Errorf("the writer finds %q, and reads %q", got, page.Text(".banner"))
			}
			if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM event WHERE action = 'note'`, nil); err != nil || n != 0 {
				t.Errorf("%d notes, %v", n, err)
			}
			pressOn(t, page, complaint.Note).Want(t, 200)
		})
	}
}

func TestTheCookieIsRotatedAndHardToMisuse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	b.Stay = true
	page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 303)
	half := b.Cookie("zx_staff")
	for _, part := range []string{"HttpOnly", "SameSite=Lax", "path=/"} {
		if !strings.Contains(page.Header.Get("Set-Cookie"), part) {
			t.Errorf("the cookie lacks %s: %s", part, page.Header.Get("Set-Cookie"))
		}
	}
	page = b.Get(t, "/login/enrol")
	b.Stay = false
	page.Submit(t, "main form", h.code(t, page.Attr("[data-totp-secret]", "data-totp-secret")))
	if whole := b.Cookie("zx_staff"); whole == half || whole == "" {
		t.Error("the cookie was not rotated at the second factor")
	}
	old := webtest.New(h.app, here)
	old.SetCookie("zx_staff", half)
	if page := old.Get(t, "/account"); !strings.HasPrefix(page.Path, "/login") {
		t.Errorf("the first cookie still opens %s", page.Path)
	}
}

func TestEveryFormOfTheDeskNeedsItsOwnTokenAndOrigin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	h.hire(t, "liyan", staff.Registrar)
	b, other := webtest.New(h.site(), here), webtest.New(h.app, here)
	stale := b.Get(t, "/login").Attr("[name=_csrf]", "value")
	h.enrol(t, b, "zhouning")
	h.enrol(t, other, "liyan")
	theirs := other.Get(t, "/account").Attr("[name=_csrf]", "value")
	mine := b.Get(t, "/account").Attr("[name=_csrf]", "value")
	for _, r := range h.Table() {
		if r.Method != http.MethodPost || !r.May.Allows(desk.Visit{State: desk.Whole, Person: staff.Person{Role: staff.Registrar}}) {
			continue
		}
		path := example(r.Path)
		send := func(token string) *webtest.Page {
			if r.Body == web.MultipartBody {
				kind, body := webtest.Multipart(t, []webtest.Field{{Name: "_csrf", Value: token}})
				return b.Do(t, http.MethodPost, path, kind, body)
			}
			return b.Post(t, path, url.Values{"_csrf": {token}})
		}
		for name, token := range map[string]string{"no": "", "an old": stale, "another's": theirs} {
			if page := send(token); page.Status != 403 {
				t.Errorf("POST %s with %s token: %d", r.Path, name, page.Status)
			}
		}
		for name, head := range map[string]http.Header{
			"another site":   {"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.test"}},
			"a neighbour":    {"Sec-Fetch-Site": {"same-site"}, "Origin": {"http://portal.test"}},
			"nowhere":        {"Sec-Fetch-Site": {}, "Origin": {"null"}},
			"an old browser": {"Sec-Fetch-Site": {}, "Origin": {"https://evil.test"}},
		} {
			b.Header = head
			if page := send(mine); page.Status != 403 {
				t.Errorf("POST %s from %s: %d", r.Path, name, page.Status)
			}
		}
		b.Header = http.Header{}
	}
	b.Get(t, "/account").Want(t, 200)
	if page := b.Get(t, "/account"); page.Path != "/account" {
		t.Error("one of the refused forms had an effect")
	}
}

func TestOnHTTPSTheCookieIsBoundToTheHost(t *testing.T) {
	t.Parallel()
	const secure = "https://desk.test"
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.Mount(web.Config{URL: secure}, h.routes()), secure)
	b.Stay = true
	page := b.Get(t, "/login").Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 303)
	if got := page.Header.Get("Set-Cookie"); !strings.HasPrefix(got, "__Host-zx_staff=") || !strings.Contains(got, "secure") {
		t.Errorf("the cookie is %s", got)
	}
	b.Get(t, "/login/enrol").Want(t, 200)
}

func TestPagesOfTheDeskAreKeptNowhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := webtest.New(h.site(), here)
	for _, path := range []string{"/login", "/nowhere"} {
		page := b.Get(t, path)
		if page.Header.Get("Cache-Control") != "no-store" || !strings.Contains(page.Header.Get("X-Robots-Tag"), "noindex") {
			t.Errorf("%s: %q, %q", path, page.Header.Get("Cache-Control"), page.Header.Get("X-Robots-Tag"))
		}
	}
	if log := h.log.String(); strings.Contains(log, "nowhere") {
		t.Error("the log holds a path")
	}
}

func TestADatabaseThatIsAwayIsNoRefusal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.hire(t, "zhouning", staff.Registrar)
	b := webtest.New(h.site(), here)
	h.enrol(t, b, "zhouning")
	page := b.Get(t, "/account")
	form := webtest.New(h.app, here).Get(t, "/login")
	h.db.Admin.Close()
	b.Get(t, "/account").Want(t, 500)
	page.Submit(t, "form[action='/account/password']", nil).Want(t, 500)
	if page := form.Submit(t, "main form", credentials("zhouning", goodPassword)).Want(t, 500); strings.Contains(page.Body, "不对") {
		t.Error("a person was told that their password is wrong")
	}
}
