package admin

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"zhengxin/admin/desk"
	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// bureau is an office of complaints with its desk.
type bureau struct {
	*complainttest.Office
	desk *Desk
	app  *web.App
}

func newBureau(t *testing.T, url string) *bureau {
	t.Helper()
	b := &bureau{Office: complainttest.New(t)}
	hashing, err := staff.NewQuickHashing()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	b.desk = &Desk{Desk: desk.Desk{
		Office:   b.Office.Desk.Office,
		Staff:    &staff.Register{Pool: b.DB.Admin, Key: b.Keys.Office, Now: b.Now, Random: rand.Reader, Hashing: hashing, Log: log},
		Settings: &setting.Book{Pool: b.DB.Admin, Now: b.Now, Log: log}, Now: b.Now, Log: log,
	}, Complaints: b.Office.Desk}
	b.app = b.desk.App(web.Config{URL: url})
	return b
}

// hires adds somebody who can log in.
func (b *bureau) hires(t *testing.T, login string, role staff.Role, unit string) {
	t.Helper()
	if _, err := b.desk.Staff.Add(t.Context(), staff.Account{Login: login, Name: "何敏", Role: role, Unit: unit}, goodPassword); err != nil {
		t.Fatal(err)
	}
}

func (b *bureau) code(t *testing.T, phone string) string {
	t.Helper()
	code, err := totp.GenerateCode(phone, b.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enters hires somebody and logs them in.
func (b *bureau) enters(t *testing.T, login string, role staff.Role, unit string) *webtest.Client {
	t.Helper()
	b.hires(t, login, role, unit)
	visitor := webtest.New(b.app, here)
	page := visitor.Get(t, "/login").Submit(t, "main form", credentials(login, goodPassword)).Want(t, 200)
	page.Submit(t, "main form", url.Values{"otp": {b.code(t, page.Attr("[data-totp-secret]", "data-totp-secret"))}}).Want(t, 200)
	return visitor
}

// files brings a complaint in and takes it so far.
func (b *bureau) files(t *testing.T, title, unit, category string, steps ...workflow.Action) string {
	t.Helper()
	in := complainttest.Intake()
	in.Story.Title, in.Story.Unit, in.Story.Category = title, unit, category
	number := b.File(t, in).Number
	answers := map[workflow.Action]workflow.Answers{
		complaint.Accept: {"nature": {"RED"}}, complaint.Dispatch: {"lead": {complainttest.Finance}}, complaint.AskSupplement: {"public": {"请补合同"}},
		complaint.DraftAnswer: {"finding": {"substantiated"}, "decision": {"support"}, "facts": {"属实"}, "opinion": {"支持"}, "articles": {"KX-9"}, "basis": {"条例第九条"}},
		complaint.Reject:      {"ground": {"REJECT_DUP"}, "public": {"同一件事已在办理"}},
	}
	by := map[workflow.Action]staff.Role{complaint.Sign: staff.Handler, complaint.DraftAnswer: staff.Handler, complaint.ApproveAnswer: staff.UnitHead, complaint.Reply: staff.Leader}
	for _, step := range steps {
		role, other := by[step]
		if !other {
			role = staff.Registrar
		}
		_, err := b.Office.Desk.Move(t.Context(), workflow.Order{Number: number, Action: step, By: b.People[role], Token: complainttest.Token(), Answers: answers[step]})
		if err != nil {
			t.Fatalf("%s: %v %v", step, err, fault.FieldsOf(err))
		}
	}
	return number
}

var (
	toAccepted = []workflow.Action{complaint.EnterRegister, complaint.Accept}
	toReview   = append(slices.Clone(toAccepted), complaint.Dispatch, complaint.Sign, complaint.DraftAnswer, complaint.ApproveAnswer)
)

// busy fills the office with complaints of every age.
func (b *bureau) busy(t *testing.T) {
	t.Helper()
	town, justice := complainttest.Town, complainttest.Justice
	b.files(t, "招商协议约定的土地平整三年没有做", town, "A01", toReview...)
	b.Wait(25 * 24 * time.Hour)
	b.files(t, "会议纪要答应的厂房租金补贴没有兑现", justice, "B01", complaint.EnterRegister)
	b.Wait(7 * 24 * time.Hour)
	b.files(t, "办公楼租金欠了五个季度", town, "C03", toAccepted...)
	b.files(t, "设备采购中标后被要求改合同价", town, "C01", complaint.EnterRegister, complaint.AskSupplement)
	b.files(t, "同一件事又来了一次", town, "C03", complaint.EnterRegister, complaint.Reject)
	b.Wait(3 * 24 * time.Hour)
	b.files(t, "履约保证金到期不退", town, "C01")
	b.files(t, "村道硬化工程验收两年，工程款一直没有付清", town, "C03", toReview...)
	b.files(t, "换届以后，原来签的补充协议不认了", justice, "A01", toAccepted...)
}

func TestMyWorkPutsTheLatestFirst(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	b.busy(t)
	page := b.enters(t, "hemin", staff.Supervisor, complainttest.DeskUnit).Get(t, "/").Want(t, 200)
	if got := page.Text(".first-thing-late h2"); got != "招商协议约定的土地平整三年没有做" {
		t.Errorf("first comes %q", got)
	}
	if got := page.Text(".first-thing .button"); got != "审核答复" {
		t.Errorf("its button says %q", got)
	}
	if got := page.All(".group h2"); !slices.Equal(got, []string{"逾期的，在哪些单位手里"}) {
		t.Errorf("groups %q", got)
	}
	if got := page.Text("details.fold:has(.matters) > summary"); !strings.Contains(got, "登记员的") || page.Has("details.fold[open]:has(.matters)") {
		t.Errorf("the registrar's stand as %q", got)
	}
	if strings.Contains(page.Body, "王建国") || strings.Contains(page.Body, "青禾") || strings.Contains(page.Body, "1,286,500") {
		t.Error("a name or an amount stands on the page")
	}
	for _, href := range page.Find(".panel .count-row a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }) {
		list := page.Follow(t, `a[href="`+href+`"]`).Want(t, 200)
		if !list.Has(".matters tbody tr") {
			t.Errorf("%s counts something and lists nothing", href)
		}
	}
}

func TestAnEmptyDeskSaysWhatIsNext(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	number := b.files(t, "办公楼租金欠了五个季度", complainttest.Town, "C03", toAccepted...)
	page := b.enters(t, "zhaolei", staff.Leader, complainttest.DeskUnit).Get(t, "/").Want(t, 200)
	if got := page.Text(".empty"); !strings.HasPrefix(got, "眼下没有等您办的事。") || !strings.Contains(got, number) {
		t.Errorf("the empty desk says %q", got)
	}
	for role, login := range map[staff.Role]string{staff.Custodian: "cus", staff.Publisher: "pub", staff.Sysadmin: "sys"} {
		page := b.enters(t, login, role, complainttest.DeskUnit).Get(t, "/").Want(t, 200)
		if !page.Has(".empty") || strings.Contains(page.Body, number) {
			t.Errorf("%s: %q", role, page.Text(".empty"))
		}
	}
}

func TestAListIsFilteredSearchedAndEmpty(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	b.busy(t)
	number := b.files(t, "垫资修的桥，结算审了一年还没有审完", complainttest.Town, "C01")
	b.index(t)
	visitor := b.enters(t, "hemin", staff.Supervisor, complainttest.DeskUnit)
	page := visitor.Get(t, "/complaints").Want(t, 200)
	if n := page.Find(".matters tbody tr").Length(); n != 8 {
		t.Errorf("%d under way", n)
	}
	titles := page.All(".matter-title")
	second := page.Follow(t, ".matters tr:nth-child(2) a").Want(t, 200)
	if first := second.Follow(t, "[data-key='[']"); first.Text("h1") != titles[0] {
		t.Errorf("before the second stands %q, want %q", first.Text("h1"), titles[0])
	}
	if third := second.Follow(t, "[data-key=']']"); third.Text("h1") != titles[2] {
		t.Errorf("after the second stands %q, want %q", third.Text("h1"), titles[2])
	}
	page = page.Submit(t, ".filters", url.Values{"text": {"村道硬化"}, "category": {"C"}, "unit": {complainttest.Town}}).Want(t, 200)
	if got := page.All(".matter-title"); !slices.Equal(got, []string{"村道硬化工程验收两年，工程款一直没有付清"}) {
		t.Errorf("found %q", got)
	}
	if got := page.All(".chip"); len(got) != 3 {
		t.Errorf("chips %q", got)
	}
	page = page.Submit(t, ".filters", url.Values{"due": {"never"}}).Want(t, 200)
	if got := page.Text(".empty"); !strings.Contains(got, "没有同时符合 4 个条件的投诉。") || !strings.Contains(got, "去掉“期限：没有期限”有 1 件") {
		t.Errorf("the empty list says %q", got)
	}
	visitor.Stay = true
	if to := visitor.Get(t, "/complaints?q="+strings.ToLower(number)).Header.Get("Location"); to != "/complaints/"+number {
		t.Errorf("a number leads to %q", to)
	}
	visitor.Get(t, "/complaints?q=JX2026000000000").Want(t, 303)
	visitor.Stay = false
	page = visitor.Get(t, "/complaints?q="+url.QueryEscape("东岭镇")).Want(t, 200)
	if got := page.Text("main p.small a"); got != "东岭镇人民政府" {
		t.Errorf("the unit that may be meant: %q", got)
	}
}

// index writes the search text of all that was filed.
func (b *bureau) index(t *testing.T) {
	t.Helper()
	all, err := pg.All[int64](t.Context(), b.DB.Owner, `SELECT id FROM matter`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := search.Index(t.Context(), b.DB.Worker, kinds.Texts(), all); err != nil {
		t.Fatal(err)
	}
}

// TestALongSearchIsCutAndSaysSo: whoever pastes a whole sentence finds what
// begins with it, and reads that the rest was left out.
func TestALongSearchIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	facts := "该工程二〇二四年八月二十日验收合格，合同价款二百一十八万六千五百元，已付九十万元，尚欠一百二十八万六千五百元，多次催要，镇里先说等审计，后来说换了领导，要重新研究。"
	in := complainttest.Intake()
	in.Story.Facts = facts
	number := b.File(t, in).Number
	b.index(t)
	visitor := b.enters(t, "hemin", staff.Supervisor, complainttest.DeskUnit)
	for _, path := range []string{"/complaints?text=", "/complaints?q="} {
		page := visitor.Get(t, path+url.QueryEscape(facts+"这一段投诉里没有")).Want(t, 200)
		if got := page.Text("#filter-text-echo"); got != "写了 "+strconv.Itoa(form.Length(facts)+8)+" 个字，只按前 60 个字找" {
			t.Errorf("%s: beside the box stands %q", path, got)
		}
		if got := page.Attr("#filter-text", "value"); got != facts+"这一段投诉里没有" {
			t.Errorf("%s: what was typed is now %q", path, got)
		}
		if !strings.Contains(page.Text(".matters"), number) {
			t.Errorf("%s: the beginning does not find it: %q", path, page.Text("main"))
		}
		if href := page.Attr(".matter-title", "href"); strings.Contains(href, url.QueryEscape("重新研究")) {
			t.Errorf("%s: every link carries the whole text on: %s", path, href)
		}
	}
	if page := visitor.Get(t, "/complaints?text="+url.QueryEscape("没有的事")); !strings.Contains(page.Text(".empty"), "去掉“含‘没有的事’”有 1 件") {
		t.Errorf("the empty list says %q", page.Text(".empty"))
	}
	page := visitor.Get(t, "/complaints?text="+url.QueryEscape("　"+string([]rune(facts)[:60]))).Want(t, 200)
	if page.Has("#filter-text-echo") || !strings.Contains(page.Text(".matters"), number) {
		t.Errorf("sixty characters are too long: %q", page.Text("#filter-text-echo"))
	}
}

func TestTheAccusedSeeTheirComplaintOnNoPage(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	b.busy(t)
	number := b.files(t, "垫资修的桥，结算审了一年还没有审完", complainttest.Town, "C01")
	for i, role := range staff.Roles() {
		visitor := b.enters(t, "town"+string(rune('a'+i)), role, complainttest.TownRoads)
		for _, path := range []string{"/", "/complaints", "/complaints?view=mine", "/complaints?view=late", "/complaints?unit=TOWN", "/complaints?view=all&text=" + url.QueryEscape("垫资"),
			"/complaints?q=" + number, "/mail", "/audit", "/notices"} {
			page := visitor.Get(t, path)
			if page.Status != 200 && page.Status != 404 {
				t.Errorf("%s as %s: %d", path, role, page.Status)
			}
			if strings.Contains(page.Text("main"), "垫资修的桥") || strings.Contains(page.Body, `href="/complaints/`+number) {
				t.Errorf("%s as %s tells of it", path, role)
			}
		}
	}
}

func TestPagesTurnWithoutGapOrDouble(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	if _, err := b.DB.Owner.Exec(t.Context(), `
		INSERT INTO matter (kind, number, state, unit, category, title, opened_at, due_at, seq, head)
		SELECT 'complaint', 'SEED' || lpad(g::text, 11, '0'), 'submitted', 'TOWN', 'C03', '第' || g || '件', now(), $1::timestamptz + g % 7 * interval '1 day', 1, '\x00'
		FROM generate_series(1, 1130) g`, b.Now()); err != nil {
		t.Fatal(err)
	}
	visitor := b.enters(t, "hemin", staff.Supervisor, complainttest.DeskUnit)
	page := visitor.Get(t, "/complaints?unit=TOWN").Want(t, 200)
	if got := page.Text(".pager span"); got != "第 1 至 50 件，共 1,000 件以上" {
		t.Errorf("the pager says %q", got)
	}
	if got := page.Text(".views .count"); got != "1,000 件以上" {
		t.Errorf("the view counts %q", got)
	}
	if _, err := b.DB.Owner.Exec(t.Context(), `INSERT INTO search_text (matter_id, body) SELECT id, $1::tsvector FROM matter WHERE number LIKE 'SEED%'`, search.Vector("拖欠")); err != nil {
		t.Fatal(err)
	}
	found := visitor.Get(t, "/complaints?view=all&text="+url.QueryEscape("拖欠")).Want(t, 200)
	if got := found.Text(".pager span"); got != "第 1 至 50 件，共 100 件以上" {
		t.Errorf("the pager of a search says %q", got)
	}
	seen := map[string]bool{}
	for {
		for _, title := range page.All(".matter-title") {
			if seen[title] {
				t.Fatalf("%s twice", title)
			}
			seen[title] = true
		}
		if !page.Has(".pager [rel=next]") {
			break
		}
		page = page.Follow(t, ".pager [rel=next]").Want(t, 200)
	}
	if len(seen) != 1130 || page.Text(".pager span") != "第 1,101 至 1,130 件，共 1,130 件" {
		t.Errorf("%d seen, the last page says %q", len(seen), page.Text(".pager span"))
	}
}

func TestThePagesOfReferenceOpen(t *testing.T) {
	t.Parallel()
	b := newBureau(t, here)
	b.busy(t)
	auditor, sysadmin := b.enters(t, "sunjing", staff.Auditor, complainttest.DeskUnit), b.enters(t, "qianwei", staff.Sysadmin, complainttest.DeskUnit)
	for path, says := range map[string]string{
		"/units": "东岭镇村镇建设办公室", "/calendar": "1月1日至3日", "/keys": "下一行", "/notices": "公示公告", "/mail": "受理通知", "/audit": "同意并送出",
	} {
		page := auditor.Get(t, path).Want(t, 200)
		if path != "/audit" && !strings.Contains(page.Text("main"), says) {
			t.Errorf("%s does not say %q", path, says)
		}
	}
	page := auditor.Get(t, "/audit").Want(t, 200)
	if !strings.Contains(page.Text("main"), "派单") || strings.Contains(page.Body, "请补合同") || page.Find("tbody tr").Length() < 15 {
		t.Errorf("the traces: %s", page.Text("main table"))
	}
	people := sysadmin.Get(t, "/staff").Want(t, 200)
	if !strings.Contains(people.Text("main"), "已绑定") || strings.Contains(people.Body, "argon2") {
		t.Error("the list of people is not as it should be")
	}
}

// serve puts the desk on a real port.
func (b *bureau) serve(t *testing.T, ln net.Listener) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.app.ServeListener(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestWorkAndListStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	site := "http://" + ln.Addr().String()
	b := newBureau(t, site)
	b.busy(t)
	b.serve(t, ln)
	chrome := browser.New(t)
	for login, width := range map[string]int{"hemin": 1280, "luyuan": 375} {
		b.hires(t, login, staff.Supervisor, complainttest.DeskUnit)
		tab := chrome.Person(t, width)
		b.signs(t, tab, site, login)
		for name, path := range map[string]string{"home": "/", "list": "/complaints", "list-chips": "/complaints?unit=TOWN&category=C", "list-empty": "/complaints?unit=TOWN&due=never&category=A01",
			"list-cut": "/complaints?text=" + url.QueryEscape(strings.Repeat("村道硬化工程验收两年，工程款一直没有付清。", 4)),
			"units":    "/units", "calendar": "/calendar", "mail": "/mail", "notices": "/notices", "keys": "/keys"} {
			tab.Open(site + path)
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name)
		}
		if width == 1280 {
			tab.Open(site + "/complaints")
			tab.Key("j")
			tab.Key("j")
			tab.Screenshot("list-cursor")
			if title := tab.Text(".matters tr:has(:focus) .matter-title"); title != "会议纪要答应的厂房租金补贴没有兑现" {
				t.Errorf("J twice stands on %q", title)
			}
			tab.Key("f")
			tab.Key("x")
			if got := tab.Value("text"); !strings.HasSuffix(got, "x") {
				t.Errorf("F leads elsewhere than into the filters: %q", got)
			}
		}
		tab.Quiet(t)
	}
}

// signs walks a first login in the browser.
func (b *bureau) signs(t *testing.T, tab *browser.Tab, site, login string) {
	t.Helper()
	tab.Open(site + "/login")
	tab.Fill("login", login)
	tab.Fill("password", goodPassword)
	tab.Press("登录")
	tab.Fill("otp", b.code(t, tab.Attribute("[data-totp-secret]", "data-totp-secret")))
	tab.Press("绑定并进入工作台")
}
