package deputy_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/member"
	"zhengxin/internal/member/membertest"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
	"zhengxin/portal/portaltest"
)

var values = portaltest.Values

const mailbox = "chenhe@example.invalid"

// chamber is the public site of an office with deputies.
type chamber struct {
	*portaltest.Site
	*membertest.Assembly
}

func newChamber(t *testing.T) *chamber {
	t.Helper()
	s := portaltest.New(t)
	return &chamber{s, membertest.New(t, s.Office)}
}

// asks asks for a link to a mailbox, and gives the page that answers.
func asks(t *testing.T, v *webtest.Client, mailbox string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/member/login").Want(t, 200).Submit(t, `form[action="/member/login"]`, values("email", mailbox))
}

// linked is the path of a link that was mailed to somebody.
func (c *chamber) linked(t *testing.T, mailbox string) string {
	t.Helper()
	c.owner(t, `UPDATE member_login SET asked_at = asked_at - interval '20 minutes' WHERE used_at IS NOT NULL`) // three are the most of so long
	asks(t, c.Visitor(), mailbox).Want(t, 200)
	link := c.Link(t)
	if link == "" {
		t.Fatal("no letter went out")
	}
	return link
}

const enter = `form[action="/member/enter"]`

// enters logs a browser in.
func (c *chamber) enters(t *testing.T, mailbox, code string) *webtest.Client {
	t.Helper()
	v := c.Visitor()
	page := v.Get(t, c.linked(t, mailbox)).Want(t, 200).Submit(t, enter, values("login_code", code)).Want(t, 200)
	if page.Path != "/member/mine" {
		t.Fatalf("at %s: %s", page.Path, page.Text("main"))
	}
	return v
}

func (c *chamber) owner(t *testing.T, sql string) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), c.DB.Owner, sql, nil); err != nil {
		t.Fatal(err)
	}
}

func TestADeputySeesTheirOwnProposalsAndNoOther(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	others := c.Does(t, "林溪", member.Admit, "linxi@example.invalid")
	filed := c.Proposed(t, "12", "陈河、李山", "关于限期付清村道工程款的建议")
	served := c.Proposed(t, "13", "李山、陈河", "关于公开欠款清单的建议")
	foreign := c.Proposed(t, "14", "林溪", "关于修桥的提案")
	c.File(t, complainttest.Intake())
	c.Handed(t, served)
	c.Drafted(t, served)

	v := c.enters(t, "ChenHe@Example.invalid", strings.ToLower(code[:8])+" "+code[8:])
	list := v.Get(t, "/member/proposals").Want(t, 200)
	if got := list.Text("main"); !strings.Contains(got, "陈河，第十六届人大代表") || !strings.Contains(got, "关于限期付清") || !strings.Contains(got, "关于公开欠款清单") || strings.Contains(got, "修桥") || strings.Contains(got, "工程验收两年，工程款一直") {
		t.Errorf("the list is %q", got)
	}
	before := v.Get(t, "/member/proposals/"+served).Want(t, 200)
	for _, internal := range []string{"内部要求", "年底前付清", "核对了 12 笔合同", "承办人甲"} {
		if strings.Contains(before.Body, internal) {
			t.Errorf("before it is served the page has %q", internal)
		}
	}
	if got := before.Text("main"); !strings.Contains(got, "正在对账") || !strings.Contains(got, "同代表谈过") || !strings.Contains(got, "最迟") || !strings.Contains(got, "列出拖欠清单") || !before.Has(".ruler") {
		t.Errorf("under way it says %q", got)
	}
	c.Served(t, served)
	after := v.Get(t, "/member/proposals/"+served).Want(t, 200)
	if got := after.Text("main"); !strings.Contains(got, "演财函") || !strings.Contains(got, "年底前付清") || !strings.Contains(got, "2026年12月31日以前") || !strings.Contains(got, "前反馈") || !strings.Contains(got, "交征询意见表") {
		t.Errorf("served it says %q", got)
	}
	if got := v.Get(t, "/member/proposals").Text("main"); !strings.Contains(got, "等您看过以后反馈") {
		t.Errorf("the list says %q", got)
	}
	c.Move(t, served, staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none", "public", "还行。")
	if got := v.Get(t, "/member/proposals/"+served).Text("main"); !strings.Contains(got, "还行。") || strings.Contains(got, "前反馈") {
		t.Errorf("fed back it says %q", got)
	}

	// Whose it is not, and whoever has left, are told the same as of none.
	c.Move(t, filed, staff.Registrar, proposal.Leave, "who", "陈河", "note", "书面")
	absent := v.Get(t, "/member/proposals/TA2026000000000").Want(t, 404)
	for name, number := range map[string]string{"of another": foreign, "left": filed} {
		if page := v.Get(t, "/member/proposals/"+number).Want(t, 404); strings.ReplaceAll(page.Text("main"), number, "") != absent.Text("main") {
			t.Errorf("%s: %q", name, page.Text("main"))
		}
	}
	if got := v.Get(t, "/member/proposals").Text("main"); strings.Contains(got, "关于限期付清") {
		t.Errorf("who has left is shown %q", got)
	}
	if got := c.enters(t, "linxi@example.invalid", others).Get(t, "/member/proposals").Text("main"); !strings.Contains(got, "修桥") || strings.Contains(got, "欠款清单") {
		t.Errorf("another is shown %q", got)
	}

	// What was divided leads to its parts.
	divided := c.Proposed(t, "16", "陈河", "关于修桥和修路的建议")
	c.Move(t, divided, staff.Registrar, proposal.Divide, "unit_1", complainttest.Finance, "unit_2", complainttest.Justice)
	whole := v.Get(t, "/member/proposals/"+divided).Want(t, 200)
	if n := whole.Find(`.rows a[href^="/member/proposals/"]`).Length(); n != 2 || !strings.Contains(whole.Text("main"), "分开办理的各件") {
		t.Errorf("it leads to %d parts: %q", n, whole.Text("main"))
	}
	whole.Follow(t, `.rows a`).Want(t, 200)
	// Who is logged in is not asked to log in.
	if about := v.Get(t, "/member").Want(t, 200); !about.Has(`main a[href="/member/mine"]`) || about.Has(`main a[href="/member/login"]`) {
		t.Errorf("/member offers %q", about.All("main .buttons a"))
	}
	if press := v.Get(t, "/press").Want(t, 200); press.Has(`main a[href="/member/login"]`) {
		t.Error("/press offers the login")
	}
	if login := v.Get(t, "/member/login").Want(t, 200); login.Path != "/member/mine" {
		t.Errorf("the login is at %s", login.Path)
	}
	c.owner(t, `UPDATE member_session SET seen_at = now() - interval '31 minutes'`)
	if about := v.Get(t, "/member").Want(t, 200); !about.Has(`main a[href="/member/login"]`) || about.Has(".own-nav") {
		t.Error("after the session /member offers no login")
	}
	c.owner(t, `UPDATE member_session SET seen_at = now()`)

	out := v.Get(t, "/member/proposals").Submit(t, `form[action="/member/leave"]`, nil).Want(t, 200)
	if out.Path != "/member/login" || v.Get(t, "/member/proposals").Status != 401 {
		t.Errorf("logging out leads to %s", out.Path)
	}
}

// What was promised is shown as it stands, and what an answer says that nobody has is not.
func TestADeputySeesWhatBecameOfAPromise(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	number := c.Proposed(t, "13", "陈河", "关于公开欠款清单的建议")
	v := c.enters(t, mailbox, code)
	says := func(want, not string) {
		t.Helper()
		got := v.Get(t, "/member/proposals/"+number).Want(t, 200).Text("main")
		if !strings.Contains(got, want) || not != "" && strings.Contains(got, not) {
			t.Errorf("does not say %q, or says %q: %q", want, not, got)
		}
	}
	const promised = "第 1 点：县财政局答应2026年12月31日以前办到"
	c.Handed(t, number)
	c.Drafted(t, number)
	c.Move(t, number, staff.UnitHead, proposal.Reply, "version", "1")
	says("办理经过", "答应2026年12月31日")
	c.Delivered(t, number)
	says(promised, "到期没有办到")
	says("还没到期", "")
	c.Move(t, number, staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none", "public", "还行。")
	c.Wait(complainttest.Monday.AddDate(0, 10, 5).Sub(c.Now()))
	engine := &workflow.Engine{Pool: c.DB.Worker, Key: c.Keys.Office.EventKey(), Clocks: clock.NewBook(c.DB.Worker, c.Now), Now: c.Now, Random: rand.Reader}
	if _, err := engine.RunTimed(t.Context(), proposal.Law); err != nil {
		t.Fatal(err)
	}
	says("年底前付清。 到期没有办到", "还没到期")
	c.Move(t, number, staff.UnitHead, promise.Anew, "point", "1", "by_year", "2027", "by_month", "3", "by_day", "31", "public", "资金晚到。")
	says("县财政局答应2027年3月31日以前办到（第 2 次承诺）", "")
	says("还没到期", "")
	c.Move(t, number, staff.Handler, promise.Keep, "point", "1", "done_on_year", "2027", "done_on_month", "1", "done_on_day", "6", "public", "12 笔已经付清。", "evidence", "付款凭证 2026-118 号")
	says("按期办到2027年1月6日办到。12 笔已经付清。", "2026-118")
}

// Whoever asks learns nothing of who has an account.
func TestToAskForALinkSaysAndDoesTheSameForAnyMailbox(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	c.Does(t, "陈河", member.Admit, mailbox)
	c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	c.Does(t, "李山", member.Close, "")
	var said []string
	for _, typed := range []string{mailbox, "nobody@example.invalid", "lishan@example.invalid"} {
		before := c.Count(t, "river_job")
		page := asks(t, c.Visitor(), typed).Want(t, 200)
		said = append(said, page.Path+page.Text("main"))
		if n := c.Count(t, "river_job") - before; n != 1 {
			t.Errorf("%s: %d jobs", typed, n)
		}
	}
	if said[0] != said[1] || said[0] != said[2] || !strings.Contains(said[0], "如果这个邮箱开通过账号") {
		t.Errorf("says %q", said)
	}
	if c.Link(t) == "" || c.Link(t) != "" {
		t.Error("not one letter went out")
	}
	if page := asks(t, c.Visitor(), "陈河").Want(t, 422); !strings.Contains(page.Text(".field-error"), "@") || page.Attr("[name=email]", "value") != "陈河" {
		t.Errorf("no mailbox: %q", page.Text("main"))
	}
	jobs, err := pg.All[string](t.Context(), c.DB.Owner, `SELECT args::text FROM river_job UNION ALL SELECT member_login::text FROM member_login UNION ALL SELECT member_account::text FROM member_account`, nil)
	if err != nil || strings.Contains(fmt.Sprint(jobs), "example.invalid") {
		t.Errorf("%v %v", jobs, err)
	}
	// A mailbox is not flooded.
	for range 5 {
		asks(t, c.Visitor(), mailbox).Want(t, 200)
	}
	n := 0
	for range 6 {
		if c.Link(t) != "" {
			n++
		}
	}
	if waiting := c.Count(t, "member_login WHERE token_hash IS NOT NULL"); waiting != 3 {
		t.Errorf("%d links are under way", waiting)
	}
}

func TestALinkOpensOnceAndWithTheCodeAlone(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	link := c.linked(t, mailbox)
	// Mail servers look at every link, as often as they like.
	for range 3 {
		c.Visitor().Get(t, link).Want(t, 200)
	}
	v := c.Visitor()
	form := v.Get(t, link).Want(t, 200)
	if page := form.Submit(t, enter, values("login_code", "ABCD")).Want(t, 422); !strings.Contains(page.Text(".field-error"), "不算试错") || page.Attr("[name=login_code]", "value") != "" {
		t.Errorf("half a code: %q", page.Text("main"))
	}
	if page := form.Submit(t, enter, values("login_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404); !strings.Contains(page.Text(".field-error"), "再错 4 次") {
		t.Errorf("a wrong code: %q", page.Text("main"))
	}
	if page := form.Submit(t, enter, values("login_code", code)).Want(t, 200); page.Path != "/member/mine" {
		t.Errorf("the code leads to %s", page.Path)
	}
	for name, page := range map[string]*webtest.Page{
		"used, looked at": c.Visitor().Get(t, link), "used, sent again": form.Submit(t, enter, values("login_code", code)),
		"forged": c.Visitor().Get(t, "/member/login/"+strings.Repeat("A", 43)), "no link": c.Visitor().Get(t, "/member/login/x"),
	} {
		if page.Status != 410 || !strings.Contains(page.Text("main"), "这个登录链接不能用了") || !page.Has(`form[action="/member/login"]`) {
			t.Errorf("%s: %d %q", name, page.Status, page.Text("main"))
		}
	}
}

// What keeps a link from opening, each with the right code, is answered alike.
func TestWhatKeepsALinkFromOpening(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, *chamber){
		"it has run out": func(t *testing.T, c *chamber) {
			c.owner(t, `UPDATE member_login SET expires_at = now() - interval '1 second'`)
		},
		"the term is over": func(t *testing.T, c *chamber) { c.owner(t, `UPDATE member SET valid_to = now()::date - 2`) },
		"the term has not begun": func(t *testing.T, c *chamber) {
			c.owner(t, `UPDATE member SET valid_from = now()::date + 2`)
		},
		"the account was closed":   func(t *testing.T, c *chamber) { c.Does(t, "陈河", member.Close, "") },
		"the mailbox was changed":  func(t *testing.T, c *chamber) { c.Does(t, "陈河", member.Mailbox, "new@example.invalid") },
		"the code was wrong often": func(t *testing.T, c *chamber) { c.owner(t, `UPDATE member_login SET wrong = 5`) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newChamber(t)
			code := c.Does(t, "陈河", member.Admit, mailbox)
			link, inside := c.linked(t, mailbox), c.enters(t, mailbox, code)
			form := c.Visitor().Get(t, link).Want(t, 200)
			spoil(t, c)
			for _, page := range []*webtest.Page{form.Submit(t, enter, values("login_code", code)), c.Visitor().Get(t, link)} {
				if page.Status != 410 || !strings.Contains(page.Text("main"), "这个登录链接不能用了") {
					t.Errorf("%d %q", page.Status, page.Text("main"))
				}
			}
			// What ends the account ends the sessions, too.
			ends := !slices.Contains([]string{"it has run out", "the code was wrong often"}, name)
			if got := inside.Get(t, "/member/proposals").Status; (got == 401) != ends {
				t.Errorf("a session from before: %d", got)
			}
		})
	}
}

func TestFiveWrongCodesUseALinkUp(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	form := c.Visitor().Get(t, c.linked(t, mailbox)).Want(t, 200)
	for range 4 {
		form.Submit(t, enter, values("login_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404)
	}
	form.Submit(t, enter, values("login_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 410)
	form.Submit(t, enter, values("login_code", code)).Want(t, 410)
	// Another link opens: nobody is shut out by guesses at one.
	c.enters(t, mailbox, code)
}

func TestASessionEndsByItself(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	for name, sql := range map[string]string{
		"half an hour unused": `UPDATE member_session SET seen_at = now() - interval '31 minutes'`,
		"twelve hours":        `UPDATE member_session SET created_at = now() - interval '12 hours 1 second'`,
	} {
		v := c.enters(t, mailbox, code)
		c.owner(t, sql)
		page := v.Get(t, "/member/proposals")
		if page.Status != 401 || !strings.Contains(page.Text("main"), "请先登录") {
			t.Errorf("%s: %d %q", name, page.Status, page.Text("main"))
		}
		c.owner(t, `DELETE FROM member_session; DELETE FROM member_login`)
	}
}

// A form that comes too late, or without its cookie, is shown again and does nothing.
func TestFormsOfTheDoorAreShownAgain(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	c.Does(t, "陈河", member.Admit, mailbox)
	v := c.Visitor()
	form := v.Get(t, "/member/login").Want(t, 200)
	v.SetCookie("zx_form", "")
	page := form.Submit(t, `form[action="/member/login"]`, values("email", mailbox))
	if page.Attr("[name=email]", "value") != mailbox || c.Count(t, "member_login") != 0 {
		t.Errorf("%d %q", page.Status, page.Text("main"))
	}
	link := c.linked(t, mailbox)
	form = v.Get(t, link).Want(t, 200)
	v.SetCookie("zx_form", "")
	page = form.Submit(t, enter, values("login_code", "AAAA-AAAA-AAAA-AAAA"))
	if !page.Has("[name=link]") || page.Attr("[name=login_code]", "value") != "" {
		t.Errorf("%d %q", page.Status, page.Text("main"))
	}
	if n, err := pg.One[int](t.Context(), c.DB.Owner, `SELECT coalesce(max(wrong), 0) FROM member_login`, nil); err != nil || n != 0 {
		t.Errorf("%d codes were tried: %v", n, err)
	}
}
