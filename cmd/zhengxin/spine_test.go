package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp/totp"

	"zhengxin/internal/browser"
)

// spine is a running demonstration office that people walk through.
type spine struct {
	office surroundings
	portal string
	desk   string
	db     *pgx.Conn
	people *browser.Browser
}

var databaseURL = regexp.MustCompile(`(?m)^database_url=(.+)$`)

func newSpine(t *testing.T) *spine {
	t.Helper()
	s := &spine{office: newOffice(t), people: browser.New(t)}
	p := s.office.start(t, "all")
	p.ready(t, s.office["ZHENGXIN_PORTAL_ADDR"])
	p.ready(t, s.office["ZHENGXIN_ADMIN_ADDR"])
	p.says(t, "按 Ctrl-C 停止")
	s.portal, s.desk = "http://"+s.office["ZHENGXIN_PORTAL_ADDR"], "http://"+s.office["ZHENGXIN_ADMIN_ADDR"]
	out, faults, _ := s.office.command(t, "", "config")
	url := databaseURL.FindStringSubmatch(out)
	if url == nil {
		t.Fatalf("config gives no database_url: %s%s", out, faults)
	}
	db, err := pgx.Connect(t.Context(), strings.TrimSpace(url[1]))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close(context.Background()) })
	s.db = db
	return s
}

// look holds a page against what every page must be.
func look(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	tab.Screenshot(name)
	tab.NoSidewaysScroll(t)
	tab.Axe(t)
	tab.Quiet(t)
}

// digits is what a person would read off the captcha's picture.
func (s *spine) digits(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	var raw []byte
	if err := s.db.QueryRow(t.Context(), `SELECT digits FROM captcha WHERE id = $1`, tab.Value("captcha_id")).Scan(&raw); err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw)
}

// file is the complainant: a subcontractor who gives her name.
func (s *spine) file(t *testing.T, tab *browser.Tab) (number, code string) {
	t.Helper()
	tab.Open(s.portal + "/")
	look(t, tab, "portal-home")
	tab.Open(s.portal + "/complaints/new")
	look(t, tab, "filing-who")
	tab.Press("保存并继续")
	look(t, tab, "filing-who-error")
	tab.Choose("complainant_kind", "enterprise")
	tab.Choose("anonymous", "no")
	tab.Press("保存并继续")
	look(t, tab, "filing-story")
	tab.Choose("unit", "410425101")
	tab.Choose("category", "C03")
	tab.Fill("title", "村道硬化工程验收两年，工程款一直没有付清")
	tab.Fill("request", "付清剩余工程款 1,286,500.00 元，按合同付逾期利息。")
	tab.Fill("facts", "2024年5月与镇政府签订合同，硬化三条村道，2024年8月验收合格。\n到今天只付了 900,000 元。多次去要，先说等审计，后来说换了领导。")
	tab.Press("保存并继续")
	look(t, tab, "filing-contract")
	tab.Fill("contract_no", "DL-2024-016")
	tab.Fill("unpaid_amount", "一百二十八万")
	tab.Fill("due_on_year", "2062")
	tab.Fill("due_on_month", "3")
	tab.Fill("due_on_day", "31")
	tab.Press("保存并继续")
	look(t, tab, "filing-contract-error")
	tab.Fill("unpaid_amount", "1286500")
	for _, part := range []string{"year", "month", "day"} {
		tab.Fill("due_on_"+part, "")
	}
	tab.Press("保存并继续")
	look(t, tab, "filing-evidence")
	tab.Choose("evidence_held", "contract")
	tab.Press("保存并继续")
	look(t, tab, "filing-contact")
	tab.Fill("organisation", "青禾路桥工程有限公司")
	tab.Fill("uscc", "91410425MA00000077")
	tab.Fill("name", "王建国")
	tab.Fill("phone", "13800138000")
	tab.Fill("email", "wang@example.com")
	tab.Choose("edelivery_consent", "yes")
	tab.Press("保存并继续")
	look(t, tab, "filing-check")
	tab.Fill("captcha_solution", s.digits(t, tab))
	tab.Choose("pledge", "yes")
	tab.Press("确认提交投诉")
	look(t, tab, "receipt")
	return tab.Text("[data-receipt-number]"), tab.Text("[data-receipt-code]")
}

// track opens a complaint by number and code.
func (s *spine) track(t *testing.T, tab *browser.Tab, number, code string) {
	t.Helper()
	tab.Open(s.portal + "/track")
	look(t, tab, "track-ask")
	tab.Fill("number", number)
	tab.Fill("query_code", code)
	tab.Press("查询")
}

// clerk is one of the staff at their own browser.
type clerk struct {
	*browser.Tab
	s *spine
	t *testing.T
}

var account = regexp.MustCompile(`(?m)^\s*(\S+)\s+(\S{4,5}-\S{5}-\S{5})\s`)

// signIn logs a demonstration account in for the first time: password, then a
// telephone bound by its secret.
func (s *spine) signIn(t *testing.T, login string) *clerk {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(s.office["ZHENGXIN_DATA_DIR"], "demo-accounts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	password := ""
	for _, m := range account.FindAllStringSubmatch(string(file), -1) {
		if m[1] == login {
			password = m[2]
		}
	}
	w := &clerk{s.people.Person(t, browser.Desktop), s, t}
	w.Open(s.desk + "/login")
	look(t, w.Tab, "desk-login")
	w.Fill("login", login)
	w.Fill("password", password)
	w.Press("登录")
	look(t, w.Tab, "desk-enrol")
	code, err := totp.GenerateCode(w.Attribute("[data-totp-secret]", "data-totp-secret"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	w.Fill("otp", code)
	w.Press("绑定并进入工作台")
	look(t, w.Tab, "desk-home-"+login)
	return w
}

// act opens a matter and does a move of its table; fill answers what it asks.
func (w *clerk) act(matter, action string, fill func(form *browser.Tab)) {
	w.t.Helper()
	w.Open(w.s.desk + matter)
	form := w.Within(`form[action$="/` + action + `"]`)
	if fill != nil {
		if form.Has("summary") && !form.Has("details[open]") {
			form.Click(form.Text("summary"))
		}
		look(w.t, w.Tab, "desk-matter-"+action)
		fill(form)
	}
	form.Press(action)
	look(w.t, w.Tab, "desk-done-"+action)
}

// staffOf is everybody the spine needs on the office's side.
type staffOf struct{ registrar, handler, head, supervisor, officer, leader *clerk }

func (s *spine) staff(t *testing.T) staffOf {
	t.Helper()
	return staffOf{
		s.signIn(t, "registrar"), s.signIn(t, "handler"), s.signIn(t, "head"),
		s.signIn(t, "supervisor"), s.signIn(t, "discipline"), s.signIn(t, "leader"),
	}
}

// answer takes a complaint from the register to the reply.
func (o staffOf) answer(number string) {
	matter := "/complaints/" + number
	o.registrar.Open(o.registrar.s.desk + "/complaints")
	look(o.registrar.t, o.registrar.Tab, "desk-list")
	o.registrar.act(matter, "register", nil)
	o.registrar.act(matter, "accept", func(f *browser.Tab) { f.Choose("nature", "RED") })
	o.registrar.act(matter, "dispatch", func(f *browser.Tab) { f.Choose("lead", "JX-CZJ") })
	o.handler.act(matter, "sign", nil)
	o.handler.Open(o.handler.s.desk + matter + "/draft_answer")
	look(o.handler.t, o.handler.Tab, "desk-draft")
	o.handler.Choose("finding", "substantiated")
	o.handler.Choose("decision", "support")
	o.handler.Fill("facts", "该工程2024年8月验收合格，合同价款已付一部分，尚欠 1,286,500.00 元。合同没有约定以审计结果作为结算依据。")
	o.handler.Fill("opinion", "请求有事实和法律依据，予以支持。自收到本意见之日起三十日内，可以向上一级机关申请复查。")
	o.handler.Click("选法律依据")
	for _, article := range []string{"KX-9", "KX-11", "KX-17"} {
		o.handler.Choose("articles", article)
	}
	o.handler.Fill("demand", "一个月内付清无争议款项，逾期利息按合同约定计付。")
	o.handler.Fill("promise", "付清无争议款项")
	due := time.Now().In(time.FixedZone("", 8*3600)).AddDate(0, 1, 0)
	o.handler.Fill("promised_on_year", strconv.Itoa(due.Year()))
	o.handler.Fill("promised_on_month", strconv.Itoa(int(due.Month())))
	o.handler.Fill("promised_on_day", strconv.Itoa(due.Day()))
	o.handler.Press("draft_answer")
	look(o.handler.t, o.handler.Tab, "desk-done-draft_answer")
	o.head.act(matter, "approve_answer", nil)
	o.supervisor.Open(o.supervisor.s.desk + matter + "/answer")
	look(o.supervisor.t, o.supervisor.Tab, "desk-answer")
	o.supervisor.act(matter, "reply", nil)
}

var caseNumber = regexp.MustCompile(`/cases/(AJ\d+)`)

// warn takes a substantiated complaint to a published warning.
func (o staffOf) warn(number string) {
	o.officer.act("/complaints/"+number, "open_case", func(*browser.Tab) {})
	found := caseNumber.FindStringSubmatch(o.officer.URL())
	if found == nil {
		o.officer.t.Fatalf("no case was opened: at %s", o.officer.URL())
	}
	matter := "/cases/" + found[1]
	today := time.Now().In(time.FixedZone("", 8*3600))
	o.officer.Open(o.officer.s.desk + matter + "/draft_warning")
	look(o.officer.t, o.officer.Tab, "desk-case-draft")
	o.officer.Fill("facts", "经查，你单位与施工企业签订村道硬化合同，验收合格后至今没有付清工程款。")
	o.officer.Click("选法律依据")
	for _, article := range []string{"KX-9", "KX-11"} {
		o.officer.Choose("articles", article)
	}
	o.officer.Fill("demand", "付清无争议款项。\n逐项列明争议部分，书面报告。")
	o.officer.fillDate("deadline", today.AddDate(0, 1, 0))
	o.officer.Fill("consequences", "逾期不改正的，约谈主要负责人。")
	o.officer.Choose("tier", "general")
	o.officer.Fill("months", "3")
	o.officer.Press("draft_warning")
	look(o.officer.t, o.officer.Tab, "desk-case-drafted")
	o.leader.act(matter, "sign", nil)
	o.officer.act(matter, "serve", func(f *browser.Tab) {
		f.Choose("how", "direct")
		(&clerk{f, o.officer.s, o.officer.t}).fillDate("served_on", today)
	})
	o.officer.act(matter, "publish", nil)
}

func (w *clerk) fillDate(name string, day time.Time) {
	w.Fill(name+"_year", day.Format("2006"))
	w.Fill(name+"_month", day.Format("1"))
	w.Fill(name+"_day", day.Format("2"))
}

func (o staffOf) resize(width int) {
	for _, w := range []*clerk{o.registrar, o.handler, o.head, o.supervisor, o.officer, o.leader} {
		w.Resize(width)
	}
}

// rate is the complainant's last word.
func (s *spine) rate(t *testing.T, tab *browser.Tab, number, code string) {
	t.Helper()
	s.track(t, tab, number, code)
	look(t, tab, "track-answered")
	if !tab.Says("予以支持") {
		t.Error("the answer is not to be read")
	}
	tab.Choose("rating", "basic")
	tab.Choose("solved", "waiting")
	tab.Press("rate")
	look(t, tab, "track-rated")
}

func TestTheSpineIsWalkedByPeople(t *testing.T) {
	t.Parallel()
	s := newSpine(t)
	office := s.staff(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
		office.resize(width)
		complainant := s.people.Person(t, width)
		number, code := s.file(t, complainant)
		if !strings.HasPrefix(number, "JX") || len(code) != 19 {
			t.Fatalf("number %q, code %q", number, code)
		}
		s.track(t, complainant, number, code)
		look(t, complainant, "track")
		if !complainant.Says("最迟") {
			t.Error("the tracking page tells no due date")
		}
		office.answer(number)
		s.rate(t, complainant, number, code)
		office.warn(number)
		complainant.Open(s.portal + "/notices")
		look(t, complainant, "notices")
		complainant.Open(s.portal + complainant.Attribute(`main a[href^="/notices/"]`, "href"))
		if !complainant.Says("付清无争议款项") {
			t.Error("the published warning is not the one that was signed")
		}
		look(t, complainant, "notice")
	}
	if out, faults, code := s.office.command(t, "", "verify"); code != 0 {
		t.Errorf("the chains do not hold: %s%s", out, faults)
	}
}
