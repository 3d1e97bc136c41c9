package portal_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/notice"
	"zhengxin/internal/stats"
	"zhengxin/internal/watch"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
	"zhengxin/portal/portaltest"
	"zhengxin/portal/site"
)

// publicPages are the pages that need no matter, each with its h1.
var publicPages = map[string]string{
	"/": "政府欠账不还", "/track": "查询进度", "/units": "单位", "/units/TOWN": "东岭镇人民政府", "/notices": "公示公告", "/cases": "别人问过的", "/policies": "政策依据",
	"/statistics": "办理统计", "/statistics/categories": "各类投诉的统计", "/data": "开放数据说明", "/help": "使用帮助", "/privacy": "隐私与保密", "/accessibility": "无障碍说明", "/member": "代表委员与媒体", "/press": "媒体服务",
	"/complaints/new": "您是谁", "/start": "投诉以前",
}

// elderHeadings are of pages that ask or offer something else in the elder mode.
var elderHeadings = map[string]string{"/": "有事要投诉？三个办法", "/complaints/new": "您以什么身份投诉"}

func (s *fixture) publish(t *testing.T, p notice.Publication) int64 {
	t.Helper()
	if p.At.IsZero() {
		p.At = s.Now().Add(-24 * time.Hour)
	}
	id, err := notice.PublishTx(t.Context(), s.DB.Admin, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// warning is a published warning whose last day is the given one. The
// database ends it by its own clock, so a test that wants it in its term
// counts from the real today.
func warning(until clock.Date) notice.Publication {
	return notice.Publication{
		Kind: notice.Warning, Title: "对东岭镇人民政府予以书面警示", Issuer: "县政务诚信监督办公室", Number: "演示〔2026〕3 号",
		Addressee: "东岭镇人民政府", Body: "经查，你单位拖欠水渠维修款。\n<b>现决定</b>予以书面警示。", Paper: "<p>警示书</p>", Unit: complainttest.Town, Until: until,
	}
}

func nextYear() clock.Date { return clock.On(time.Now()).AddMonths(12) }

func TestEveryPublicPageHasATitleAndOneHeadingInBothModes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	elder := s.Visitor()
	elder.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
	for path, h1 := range publicPages {
		for mode, visitor := range map[string]*webtest.Client{"ordinary": s.Visitor(), "elder": elder} {
			page := visitor.Get(t, path).Want(t, 200)
			want := h1
			if own := elderHeadings[path]; own != "" && mode == "elder" {
				want = own
			}
			if got := page.All("h1"); len(got) != 1 || !strings.HasPrefix(got[0], want) {
				t.Errorf("%s, %s: h1 %q", path, mode, got)
			}
			if title := page.Text("title"); !strings.HasSuffix(title, "政务诚信投诉监督平台") {
				t.Errorf("%s, %s: title %q", path, mode, title)
			}
			if page.Has("html.elder") != (mode == "elder") {
				t.Errorf("%s, %s: wrong mode", path, mode)
			}
			if page.Has("script:not([src])") || page.Has("[style]") || page.Has("style") {
				t.Errorf("%s: inline style or script", path)
			}
		}
	}
}

func TestTheHomePageTracksAndSaysTheLimitsThatCount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.Visitor().Get(t, "/")
	if !page.Has(`form[action="/track"] [name=number]`) || !page.Has(`form[action="/track"] [name=query_code]`) {
		t.Error("no form to track")
	}
	got := strings.Join(page.All(".way .limit"), "，")
	if want := "1 个工作日，5 个工作日，受理以后，30 天，30 天内"; got != want {
		t.Errorf("limits %q, want %q", got, want)
	}
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE clock_rule SET limit_count = 20 WHERE code = 'PF-DO'`); err != nil {
		t.Fatal(err)
	}
	s.Wait(time.Hour)
	s.Visitor().Get(t, "/")
	if got := strings.Join(s.Visitor().Get(t, "/").All(".way .limit"), "，"); !strings.Contains(got, "20 天") {
		t.Errorf("limits %q are typed twice", got)
	}
	// A wrong pair answers on the tracking page, with the sentence for both.
	answered := page.Submit(t, ".query button", url.Values{"number": {"JX2026000000011"}, "query_code": {portaltest.WrongCode}})
	if answered.Text("h1") != "查询进度" || !answered.Has("[role=alert]") {
		t.Errorf("status %d, h1 %q", answered.Status, answered.Text("h1"))
	}
	for _, href := range page.Find("main a[href^='/help#']").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }) {
		if _, id, _ := strings.Cut(href, "#"); !s.Visitor().Get(t, "/help").Has("#" + id) {
			t.Errorf("help has no #%s", id)
		}
	}
}

// Whoever begins reads first what to have ready, one press before the first question;
// a link that has chosen something leads past it.
func TestTheStartPageTellsAndLeadsOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	elder := s.Visitor()
	elder.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
	for mode, v := range map[string]*webtest.Client{"ordinary": s.Visitor(), "elder": elder} {
		start := v.Get(t, "/").Follow(t, `main a[href="/start"]`)
		said := start.Text("main")
		for _, want := range []string{"15 分钟", "24 小时", "1 个工作日", "5 个工作日", "30 天", "合同、协议", "打开过几次您都看得到", "法律援助", complaint.Secrecies[0].Label, complaint.Secrecies[1].Label} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: says nothing of %q", mode, want)
			}
		}
		for _, href := range start.Find("main a[href*='#']").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }) {
			if path, id, _ := strings.Cut(href, "#"); !v.Get(t, path).Has("#" + id) {
				t.Errorf("%s: no %s", mode, href)
			}
		}
		first := start.Follow(t, `main a[href="/complaints/new"]`)
		if !first.Has("[name=complainant_kind]") {
			t.Errorf("%s: leads to %s", mode, first.Path)
		}
	}
	for _, path := range []string{"/complaints/new?category=C03", "/complaints/new?unit=TOWN", "/complaints/new"} {
		if page := s.Visitor().Get(t, path).Want(t, 200); !page.Has("[name=complainant_kind]") {
			t.Errorf("%s does not ask", path)
		}
	}
}

func TestTheElderModeComesBackToThePageAndNeverLeavesTheSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	visitor := s.Visitor()
	page := visitor.Get(t, "/units?q=镇").Submit(t, ".elder-switch button", nil)
	if page.Path != "/units" || !page.Has("html.elder") || visitor.Cookie("zx_elder") != "on" {
		t.Errorf("came to %s, cookie %q", page.Path, visitor.Cookie("zx_elder"))
	}
	page = page.Submit(t, ".elder-switch button", nil)
	if page.Has("html.elder") || visitor.Cookie("zx_elder") != "" {
		t.Errorf("still on: %q", visitor.Cookie("zx_elder"))
	}
	visitor.Stay = true
	for to, want := range map[string]string{
		"/track": "/track", "/units?q=%E9%95%87": "/units?q=%E9%95%87", "//evil.test/x": "/", "https://evil.test/": "/", `/\evil.test`: "/",
		"/%5cevil.test": "/", "javascript:alert(1)": "/", "": "/", "evil": "/", "/a\r\nSet-Cookie: x=y": "/", "/\t/evil.test": "/",
		"///evil.test": "/", "/%2f/evil.test": "/", "/" + strings.Repeat("a", 600): "/",
	} {
		got := page.Submit(t, ".elder-switch button", url.Values{"to": {to}})
		if got.Status != http.StatusSeeOther || got.Header.Get("Location") != want {
			t.Errorf("%q: %d to %q, want %q", to, got.Status, got.Header.Get("Location"), want)
		}
	}
}

func TestUnitsAreFoundByWhatPeopleCallThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.Visitor().Get(t, "/units").Want(t, 200)
	groups := strings.Join(page.All("[data-label=类别]"), "，")
	if !strings.Contains(groups, "政府部门") || !strings.Contains(groups, "镇") || !strings.Contains(page.Text("main"), "名称待确认") {
		t.Errorf("groups %q", groups)
	}
	page = page.Submit(t, ".find button", url.Values{"q": {"财局"}}).Want(t, 200)
	if got := page.All("tbody a"); len(got) != 1 || got[0] != "县财政局" {
		t.Errorf("found %q", got)
	}
	if got := page.Follow(t, "tbody a").Want(t, 200).Text("h1"); got != "县财政局" {
		t.Errorf("led to %q", got)
	}
	for _, q := range []string{"没有这个", `"><script>alert(1)</script>`, strings.Repeat("长", 800), "\x00", "%ff"} {
		page := s.Visitor().Get(t, "/units?q="+url.QueryEscape(q))
		if page.Status != 200 && page.Status != 400 && page.Status != 414 && page.Status != 431 || page.Has("main script") {
			t.Errorf("%.20q: status %d", q, page.Status)
		}
	}
	for _, path := range []string{"/units/NONE", "/units/town", "/units/%00", "/notices/0", "/notices/x", "/notices/99999999999999999999",
		"/notices/1", "/notices/1/document", "/policies/7", "/notices/-1"} {
		if page := s.Visitor().Get(t, path); page.Status != 404 && page.Status != 400 {
			t.Errorf("%s: status %d", path, page.Status)
		}
	}
}

// figures is what the worker does when a day or a quarter is over.
func (s *fixture) figures(t *testing.T) {
	t.Helper()
	if err := stats.Publish(t.Context(), s.DB.Worker, kinds.Figures(), s.Now()); err != nil {
		t.Fatal(err)
	}
}

func TestAUnitsPageKeepsItsTwoRolesApartAndSaysNoExactNumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if page := s.Visitor().Get(t, "/units/TOWN"); page.Has(".figures") || !strings.Contains(page.Text("main"), "现在还没有公布过") {
		t.Errorf("before anything is published: %s", page.Text("main"))
	}
	for range stats.Step + 2 {
		s.File(t, complainttest.Intake())
	}
	s.others(t)
	s.figures(t)
	s.Wait(2 * time.Hour)
	town := s.Visitor().Get(t, "/units/TOWN")
	heads := strings.Join(town.All("h2"), "，")
	if !strings.Contains(heads, "承办投诉，最近四个季度") || !strings.Contains(heads, "承诺，最近四个季度") || !strings.Contains(heads, "建议提案，最近四个季度") || !strings.Contains(heads, "被投诉，最近四个季度") || !strings.Contains(heads, "失信记录") {
		t.Errorf("heads %q", heads)
	}
	// Whatever registers publish figures of a unit: all are of the least step but one.
	figures := func(page *webtest.Page, but, says string) {
		t.Helper()
		numbers := page.All(".figures .number")
		few := len(slices.DeleteFunc(slices.Clone(numbers), func(n string) bool { return n != "少于 5" }))
		others := strings.Join(slices.DeleteFunc(slices.Clone(numbers), func(n string) bool { return n == "少于 5" }), " ")
		if few < 10 || others != but || !strings.Contains(page.Text("main"), says) {
			t.Errorf("%q in %s", numbers, page.Text("main"))
		}
	}
	figures(town, "", "统计2025年1月1日至2025年12月31日")
	s.Wait(30 * 24 * time.Hour)
	s.figures(t)
	figures(s.Visitor().Get(t, "/units/TOWN"), "5 至 9", "被投诉，最近四个季度收到 5 至 9 件")
	if got := strings.Join(s.Visitor().Get(t, "/units/DESK").All("h2"), "，"); strings.Contains(got, "被投诉") {
		t.Errorf("a unit that cannot be complained about: %q", got)
	}
}

// One table, filtered and sorted by what is published and nothing finer.
func TestUnitsAreComparedInOneTable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if page := s.Visitor().Get(t, "/units"); page.Has("[data-label=收到]") || !strings.Contains(page.Text("main"), "还没有公布过") {
		t.Error("figures stand in the table before any is published")
	}
	for range stats.Step + 2 {
		s.File(t, complainttest.Intake())
	}
	s.others(t)
	s.publish(t, warning(nextYear()))
	s.Wait(31 * 24 * time.Hour)
	s.figures(t)
	cells := func(path, label string) string {
		return strings.Join(s.Visitor().Get(t, path).Want(t, 200).All("[data-label="+label+"]"), " ")
	}
	if got := cells("/units?sort=received", "收到"); !strings.HasPrefix(got, "5 至 9 少于 5") {
		t.Errorf("sorted by what was received: %q", got)
	}
	if got := cells("/units?kind=town", "收到"); got != "5 至 9" {
		t.Errorf("the towns: %q", got)
	}
	if got := cells("/units?sort=warned", "公示中的警示"); !strings.HasPrefix(got, "1 0") {
		t.Errorf("sorted by warnings: %q", got)
	}
	before := s.Visitor().Get(t, "/units?sort=received").Body
	s.File(t, complainttest.Intake())
	if after := s.Visitor().Get(t, "/units?sort=received").Body; len(after) != len(before) {
		t.Error("one complaint changes the table")
	}
	year := strconv.Itoa(s.Now().Year())
	if got := cells("/units?kind=town&year="+year, "收到"); got != "5 至 9" {
		t.Errorf("the towns of the year: %q", got)
	}
	for path, want := range map[string]int{"/units?year=1999": 404, "/units?year=甲": 404, "/units.csv?year=" + year: 200, "/units.json?year=" + year: 200, "/units.csv?year=1999": 404} {
		s.Visitor().Get(t, path).Want(t, want)
	}
	for _, path := range []string{"/units?sort=nonsense", "/units?kind=nonsense&sort=late&q=镇", "/units?sort=answered&kind=court"} {
		s.Visitor().Get(t, path).Want(t, 200)
	}
}

func TestNoticesAreFilteredByUnitAndKind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, warning(nextYear()))
	for query, want := range map[string]int{
		"": 1, "?kind=warning": 1, "?kind=policy": 0, "?unit=TOWN": 1, "?unit=FIN": 0, "?kind=warning&unit=TOWN": 1, "?kind=nonsense": 1, "?unit=NONE": 1,
	} {
		page := s.Visitor().Get(t, "/notices"+query).Want(t, 200)
		if got := page.Find(".entries li").Length(); got != want {
			t.Errorf("%q shows %d", query, got)
		}
	}
	chosen := s.Visitor().Get(t, "/notices").Submit(t, "form.find", url.Values{"kind": {"warning"}, "unit": {"TOWN"}}).Want(t, 200)
	if chosen.Find(".entries li").Length() != 1 || !chosen.Has("[name=unit] option[value=TOWN][selected]") {
		t.Errorf("what was chosen shows %q", chosen.Text("main"))
	}
}

func TestANoticeIsAPaperWithItsTerm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	until := nextYear()
	id := s.publish(t, warning(until))
	page := s.Visitor().Get(t, fmt.Sprintf("/notices/%d", id)).Want(t, 200)
	if page.Text("h1") != "对东岭镇人民政府予以书面警示" || page.Text(".paper-line") != "演示〔2026〕3 号 2026年3月1日" {
		t.Errorf("h1 %q, line %q", page.Text("h1"), page.Text(".paper-line"))
	}
	if page.Has(".paper-body b") || !strings.Contains(page.Text(".paper-body"), "<b>现决定</b>") {
		t.Error("the text of a notice was taken for HTML")
	}
	if !strings.Contains(page.Text(".side"), "公示至 "+until.Long()) {
		t.Errorf("side %q", page.Text(".side"))
	}
	document := page.Follow(t, "a[href$='/document']").Want(t, 200)
	if document.Body != "<p>警示书</p>" || !strings.HasPrefix(document.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("document %q, %s", document.Body, document.Header.Get("Content-Disposition"))
	}
	record := s.Visitor().Get(t, "/units/TOWN")
	if got := record.All(".entries a"); len(got) != 1 || got[0] != "对东岭镇人民政府予以书面警示" {
		t.Errorf("record %q", got)
	}
	policy := s.publish(t, notice.Publication{Kind: notice.Policy, Title: "受理范围", Body: "一、范围。"})
	if got := s.Visitor().Get(t, fmt.Sprintf("/notices/%d", policy)).Want(t, 200); got.Path != fmt.Sprintf("/policies/%d", policy) {
		t.Errorf("a policy is read at %s", got.Path)
	}
	if got := s.Visitor().Get(t, fmt.Sprintf("/policies/%d", id)); got.Status != 404 {
		t.Errorf("a warning among the policies: %d", got.Status)
	}
}

func TestNothingOfAnEndedNoticeIsReachable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ended := s.publish(t, warning(clock.On(s.Now()).AddDays(1))) // long over by the database's clock
	down := s.publish(t, warning(nextYear()))
	if err := notice.TakeDown(t.Context(), s.DB.Admin, down, s.Now(), "已经付清，提前结束"); err != nil {
		t.Fatal(err)
	}
	later := s.publish(t, warning(nextYear())) // over by the site's clock alone
	s.Visitor().Get(t, fmt.Sprintf("/notices/%d", later)).Want(t, 200)
	s.Wait(3 * 365 * 24 * time.Hour)
	for id, day := range map[int64]string{
		ended: clock.On(complainttest.Monday).AddDays(2).Long(), down: clock.On(complainttest.Monday).Long(), later: nextYear().AddDays(1).Long(),
	} {
		page := s.Visitor().Get(t, fmt.Sprintf("/notices/%d", id)).Want(t, http.StatusGone)
		if want := "这份公示已于 " + day + "撤下"; page.Text("h1") != want || !page.Has("meta[name=robots]") {
			t.Errorf("notice %d: %q, want %q", id, page.Text("h1"), want)
		}
		s.noTrace(t, page)
		s.noTrace(t, s.Visitor().Get(t, fmt.Sprintf("/policies/%d", id)).Want(t, http.StatusGone))
		s.noTrace(t, s.Visitor().Get(t, fmt.Sprintf("/notices/%d/document", id)).Want(t, 404))
	}
	for _, path := range []string{"/", "/notices", "/notices?before=9000000000000000-9", "/notices?after=1-1", "/notices.atom", "/policies", "/units/FIN"} {
		s.noTrace(t, s.Visitor().Get(t, path).Want(t, 200))
	}
	if record := s.Visitor().Get(t, "/units/TOWN"); record.Has(".entries") || strings.Contains(record.Text("main"), "警示") {
		t.Errorf("record of the unit: %q", record.Text("main"))
	}
}

// noTrace fails when anything of the warning stands on a page.
func (s *fixture) noTrace(t *testing.T, page *webtest.Page) {
	t.Helper()
	for _, word := range []string{"书面警示。", "水渠", "予以书面警示", "东岭镇人民政府：", "演示〔2026〕", "提前结束，", "警示书"} {
		if strings.Contains(page.Body, word) {
			t.Errorf("%s: shows %q", page.Path, word)
		}
	}
}

func TestTheFeedIsAtomAndHoldsTitlesOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, warning(nextYear()))
	s.publish(t, notice.Publication{Kind: notice.Circular, Title: "通报 & <更多>", Body: "正文不进订阅。", At: s.Now().Add(-time.Hour)})
	page := s.Visitor().Get(t, "/notices.atom").Want(t, 200)
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(page.Body), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != 2 || feed.Entries[0].Title != "通报 & <更多>" || feed.ID == "" || feed.Author == "" || feed.Links[0].Href != "http://portal.test/notices.atom" {
		t.Errorf("feed %+v", feed)
	}
	for _, at := range []string{feed.Updated, feed.Entries[0].Updated} {
		if _, err := time.Parse(time.RFC3339, at); err != nil {
			t.Error(err)
		}
	}
	if strings.Contains(page.Body, "正文不进订阅") || page.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Errorf("content or type: %s", page.Header.Get("Content-Type"))
	}
}

func TestTheFiguresAreTheSameOnPageAndInOpenData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/statistics.csv", "/statistics.json"} {
		if page := s.Visitor().Get(t, path); page.Status != 404 || !strings.Contains(page.Text("main"), "还没有公布过统计") {
			t.Errorf("%s before anything is published: %d %s", path, page.Status, page.Text("main"))
		}
	}
	if page := s.Visitor().Get(t, "/statistics").Want(t, 200); !strings.Contains(page.Text("main"), "还没有公布过统计") || s.Visitor().Get(t, "/").Has(".figures") {
		t.Errorf("before anything is published: %s", page.Text("main"))
	}
	for range 3 {
		s.File(t, complainttest.Intake())
	}
	s.Wait(24 * time.Hour)
	s.figures(t)
	page := s.Visitor().Get(t, "/statistics").Want(t, 200)
	if home := s.Visitor().Get(t, "/"); !strings.Contains(home.Text("main"), "2026年1月1日至3月2日") || strings.Join(home.All(".figures .number"), " ") != "3 0 0 0" {
		t.Errorf("first page: %q", home.Text("main"))
	}
	if got := strings.Join(page.All(".figures .number"), " "); got != "3 0 0 0" {
		t.Errorf("figures %q", got)
	}
	if strings.Contains(page.Text(".figures"), "%") {
		t.Error("a percentage of no answers at all")
	}
	if got := strings.Join(page.All(".chart tbody tr:first-child td"), " "); got != "0 0 3" {
		t.Errorf("received by month %q", got)
	}
	for path, want := range map[string]string{"/statistics.csv": "*", "/statistics.json": "*", "/statistics": "", "/units": ""} {
		if got := s.Visitor().Get(t, path).Want(t, 200).Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s may be read by %q", path, got)
		}
	}
	if said := s.Visitor().Get(t, "/statistics").Text("main"); !strings.Contains(said, "请注明来源和截止的日子") || !strings.Contains(said, "/statistics") {
		t.Errorf("how to cite is not said: %s", said)
	}
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.Visitor().Get(t, "/statistics.csv").Want(t, 200).Body, "\uFEFF"))).ReadAll()
	if err != nil || len(table) != 4 || strings.Join(table[3], ",") != "2026-03,3,0,0,0,0,0" || table[0][1] != "收到" {
		t.Errorf("csv %q, %v", table, err)
	}
	var data struct {
		Year    int
		Until   string
		Columns []stats.Column
		Months  []map[string]any
		Total   map[string]int
	}
	if err := json.Unmarshal([]byte(s.Visitor().Get(t, "/statistics.json").Want(t, 200).Body), &data); err != nil {
		t.Fatal(err)
	}
	if data.Year != 2026 || data.Until != "2026-03-02" || data.Total["received"] != 3 || len(data.Months) != 3 || len(data.Columns) != len(table[0]) {
		t.Errorf("json %+v", data)
	}
	for _, column := range data.Columns {
		if _, ok := data.Months[0][column.Name]; !ok || column.Meaning == "" {
			t.Errorf("column %s is not in the data", column.Name)
		}
	}
}

// others files what keeps the figures of the town and its category from being all there is.
func (s *fixture) others(t *testing.T) {
	t.Helper()
	for range stats.Step - 1 {
		in := complainttest.Intake()
		in.Story.Unit, in.Story.Category = complainttest.Justice, "C04"
		s.File(t, in)
	}
}

// The drawing of units says what their table says, and one complaint changes nothing.
func TestTheStatisticsDrawUnitsByWhatIsPublished(t *testing.T) {
	t.Parallel()
	const units = "section:has(#units) .ranges"
	s := newSite(t)
	for range stats.Step + 2 {
		s.File(t, complainttest.Intake())
	}
	s.others(t)
	s.Wait(24 * time.Hour)
	s.figures(t)
	if page := s.Visitor().Get(t, "/statistics"); page.Has(".ranges") || !strings.Contains(page.Text("main"), "各单位都少于 5") {
		t.Errorf("while the quarter goes on: %s", page.Text("main"))
	}
	s.Wait(30 * 24 * time.Hour)
	s.figures(t)
	elder := s.Visitor()
	elder.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
	for mode, v := range map[string]*webtest.Client{"ordinary": s.Visitor(), "elder": elder} {
		page := v.Get(t, "/statistics")
		if got := strings.Join(page.All(units+" tbody th, "+units+" tbody td:not(.ranges-bar)"), " "); got != "东岭镇人民政府 5 至 9" || page.Has(units+" svg") == (mode == "elder") {
			t.Errorf("%s: %q", mode, got)
		}
	}
	page := s.Visitor().Get(t, "/statistics")
	if got := strings.Join(page.All(units+" thead text"), " "); got != "0 5 10" || page.Attr(units+" .bar-azurite", "width") != "50%" || page.Attr(units+" .ranges-may", "width") != "90%" {
		t.Errorf("scale %q, bar to %s and %s", got, page.Attr(units+" .bar-azurite", "width"), page.Attr(units+" .ranges-may", "width"))
	}
	before, err := page.Find(".ranges").Html()
	if err != nil {
		t.Fatal(err)
	}
	s.File(t, complainttest.Intake())
	s.Wait(24 * time.Hour)
	s.figures(t)
	if after, err := s.Visitor().Get(t, "/statistics").Find(".ranges").Html(); err != nil || after != before {
		t.Errorf("one complaint changes the drawing: %v", err)
	}
	s.Wait(280 * 24 * time.Hour) // into the next year
	s.figures(t)
	old := s.Visitor().Get(t, "/statistics?year=2026")
	if !strings.Contains(old.Text("main"), "统计2026年1月1日至2026年12月31日") || old.Text(units+" tbody td:not(.ranges-bar)") != "5 至 9" {
		t.Errorf("the calendar year: %s", old.Text("main"))
	}
}

func TestTheStatisticsOfPastYearsStay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.File(t, complainttest.Intake())
	s.Wait(24 * time.Hour)
	s.figures(t)
	if page := s.Visitor().Get(t, "/statistics"); page.Has("nav[aria-label=年份]") {
		t.Error("years to choose from, of one")
	}
	s.Wait(330 * 24 * time.Hour)
	s.File(t, complainttest.Intake())
	s.File(t, complainttest.Intake())
	s.Wait(24 * time.Hour)
	s.figures(t)
	newest := s.Visitor().Get(t, "/statistics").Want(t, 200)
	old := newest.Follow(t, `a[href="/statistics?year=2026"]`).Want(t, 200)
	for page, want := range map[*webtest.Page][2]string{newest: {"2027 年", "2"}, old: {"2026 年", "1"}} {
		if got := page.Find(".figures .number").First().Text(); got != want[1] || !strings.HasPrefix(page.Text("h1"), want[0]) || page.Text("[aria-label=年份] [aria-current]") != want[0] {
			t.Errorf("%s: %s received, %q", want[0], got, page.Text("h1"))
		}
	}
	if said := old.Text("main"); !strings.Contains(said, "截至2026年12月31日") || !strings.Contains(said, "/statistics?year=2026") || old.Find(".chart tbody tr:first-child td").Length() != 12 {
		t.Errorf("the year before: %s", said)
	}
	if data := s.Visitor().Get(t, old.Attr(`a[href*=".json"]`, "href")).Want(t, 200).Body; !strings.Contains(data, `"until": "2026-12-31"`) {
		t.Errorf("data of the year before: %s", data)
	}
	if data := s.Visitor().Get(t, old.Attr(`a[href*=".csv"]`, "href")).Want(t, 200).Body; !strings.Contains(data, "2026-03,1,") {
		t.Errorf("table of the year before: %s", data)
	}
	for _, year := range []string{"2025", "2028", "0", "-1", "x", "99999999999999999999", "2026.5", "1999"} {
		for _, path := range []string{"/statistics", "/statistics.csv", "/statistics.json"} {
			if page := s.Visitor().Get(t, path+"?year="+year); page.Status != 404 || !strings.Contains(page.Text("main"), "没有公布过这一年的统计") {
				t.Errorf("%s of %s: %d", path, year, page.Status)
			}
		}
	}
}

func TestTheFiguresOfUnitsAreTheSameOnPageAndInOpenData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/units.csv", "/units.json"} {
		if page := s.Visitor().Get(t, path); page.Status != 404 || !strings.Contains(page.Text("main"), "各单位的统计还没有公布过") {
			t.Errorf("%s before anything is published: %d %s", path, page.Status, page.Text("main"))
		}
	}
	if s.Visitor().Get(t, "/units").Has("#data") {
		t.Error("offered before anything is published")
	}
	for range stats.Step + 2 {
		s.File(t, complainttest.Intake())
	}
	s.others(t)
	s.Wait(31 * 24 * time.Hour)
	s.figures(t)
	for _, mode := range []string{"", "elder"} {
		v := s.Visitor()
		if mode != "" {
			v.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
		}
		said := v.Get(t, "/units").Text("#data")
		main := v.Get(t, "/units").Text("main")
		if said == "" || !strings.Contains(main, "请注明来源和截止的日子") || !strings.Contains(main, "各单位最近四个季度的统计，截至2026年3月31日，http://portal.test/units") || !strings.Contains(main, "0 是 0 至 4 件，5 是 5 至 9 件") {
			t.Errorf("%s: terms: %s", mode, main)
		}
	}
	csvPage, jsonPage := s.Visitor().Get(t, "/units.csv").Want(t, 200), s.Visitor().Get(t, "/units.json").Want(t, 200)
	for _, page := range []*webtest.Page{csvPage, jsonPage} {
		if got := page.Header.Get("Access-Control-Allow-Origin"); got != "*" {
			t.Errorf("%s may be read by %q", page.Path, got)
		}
	}
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(csvPage.Body, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		From, Until string
		Step        int
		Columns     []stats.Column
		Units       []map[string]any
	}
	if err := json.Unmarshal([]byte(jsonPage.Body), &data); err != nil {
		t.Fatal(err)
	}
	shown := s.Visitor().Get(t, "/units").Find("[data-label=收到]").Length()
	if data.From != "2025-04-01" || data.Until != "2026-03-31" || data.Step != stats.Step || len(data.Units) != shown || len(table) != shown+1 {
		t.Errorf("%+v, %d rows in CSV, %d on the page", data, len(table), shown)
	}
	for i, one := range data.Units {
		for j, column := range data.Columns {
			value, ok := one[column.Name]
			cell := ""
			if value != nil {
				cell = fmt.Sprint(value)
			}
			if !ok || column.Meaning == "" || table[0][j] != column.Heading || table[i+1][j] != cell {
				t.Errorf("%s of %s: %v in JSON, %q in CSV", column.Name, one["code"], value, table[i+1][j])
			}
		}
		if one["code"] == complainttest.Town && one["accused"] != 5.0 || one["code"] == "DESK" && one["accused"] != nil {
			t.Errorf("%v", one)
		}
	}
	s.File(t, complainttest.Intake())
	s.Wait(24 * time.Hour)
	s.figures(t)
	if s.Visitor().Get(t, "/units.csv").Body != csvPage.Body || s.Visitor().Get(t, "/units.json").Body != jsonPage.Body {
		t.Error("one complaint changes the data")
	}
}

func TestNoPublicPageShowsNumberOrTitleOfAComplaint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	in := complainttest.Intake()
	receipt := s.File(t, in)
	s.Wait(48 * time.Hour)
	s.figures(t)
	paths := []string{"/statistics.csv", "/statistics.json", "/statistics/categories.csv", "/statistics/categories.json", "/data.json", "/units.csv", "/units.json", "/notices.atom", "/units?q=东岭", "/units/FIN", "/units/TOWN-ROADS"}
	for path := range publicPages {
		paths = append(paths, path)
	}
	for _, path := range paths {
		page := s.Visitor().Get(t, path).Want(t, 200)
		for _, secret := range []string{receipt.Number, in.Story.Title, in.Contact.Name, in.Contact.Organisation, in.Contact.USCC, in.Contact.Phone, in.Contract.ContractNo} {
			if strings.Contains(page.Body, secret) {
				t.Errorf("%s shows %q", path, secret)
			}
		}
	}
}

func TestThePrivacyPageNamesEveryCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	named := map[string]bool{}
	for _, name := range s.Visitor().Get(t, "/privacy").All("[data-cookie]") {
		named[name] = true
	}
	for _, name := range []string{"zx_form", "zx_draft", "zx_unlock", "zx_elder", "zx_filed"} {
		if !named[name] {
			t.Errorf("%s is not named", name)
		}
	}
	visitor := s.Visitor()
	visitor.Stay = true
	home := visitor.Get(t, "/")
	for _, page := range []*webtest.Page{
		home, visitor.Get(t, "/complaints/new").Submit(t, form, values(portaltest.WhoFields...)),
		home.Submit(t, ".elder-switch button", nil),
	} {
		for _, set := range page.Header.Values("Set-Cookie") {
			if name, _, _ := strings.Cut(set, "="); !named[name] {
				t.Errorf("%s sets %s and does not say so", page.Path, name)
			}
		}
	}
}

// TestWhoIsPressedIsToldWhatKeepsItFromTheUnit: in the words of the move and of its choice.
func TestWhoIsPressedIsToldWhatKeepsItFromTheUnit(t *testing.T) {
	t.Parallel()
	if page := newSite(t).Visitor().Get(t, "/help").Want(t, 200); !strings.Contains(page.Text("main"), site.TellDesk) {
		t.Error("the help does not say it")
	}
	for _, m := range complaint.Law.Moves {
		if m.Action != complaint.Supplement {
			continue
		}
		if !strings.Contains(site.TellDesk, "“"+m.Label+"”") || !slices.ContainsFunc(m.Needs, func(n workflow.Need) bool {
			return slices.ContainsFunc(n.Options, func(o workflow.Option) bool { return strings.HasPrefix(o.Label, "只说给监督人员") })
		}) {
			t.Errorf("%s is not what the help names", m.Label)
		}
	}
}

func TestTheStatisticsSayWhatTheLastNightFound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	said := func() string {
		return strings.ReplaceAll(s.Visitor().Get(t, "/statistics").Want(t, 200).Text("section:has(#watch)"), "\u00a0", " ")
	}
	if got := said(); got != "" {
		t.Errorf("before the first night: %s", got)
	}
	count := func() {
		t.Helper()
		if err := watch.Count(t.Context(), s.DB.Worker, kinds.Laws(), s.Now()); err != nil {
			t.Fatal(err)
		}
	}
	count()
	night := clock.On(s.Now()).Long()
	for _, want := range []string{night + "夜里自查", "没有下一步的事项 0 件", "该发没有发出的信 0 封", "没有人管的期限 0 个", "这一夜都是 0"} {
		if got := said(); !strings.Contains(got, want) {
			t.Errorf("want %s: %s", want, got)
		}
	}
	s.Wait(3 * 24 * time.Hour)
	if got := said(); !strings.Contains(got, night) || !strings.Contains(got, "这以后 3 天没有自查过") {
		t.Errorf("an old night passes for the last: %s", got)
	}
	s.File(t, complainttest.Intake()) // a letter that nobody sends
	s.Wait(24 * time.Hour)
	count()
	if got := said(); !strings.Contains(got, "该发没有发出的信 1 封") || strings.Contains(got, "都是 0。") || !strings.Contains(got, "已经提醒") {
		t.Errorf("a letter lies: %s", got)
	}
}
