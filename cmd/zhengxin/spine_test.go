package main

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

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

func TestTheSpineIsWalkedByPeople(t *testing.T) {
	t.Parallel()
	s := newSpine(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
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
	}
}
