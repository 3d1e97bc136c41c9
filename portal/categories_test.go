package portal_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/stats"
	"zhengxin/internal/web/webtest"
)

const wholeDay = 24 * time.Hour

// aQuarter is a site whose first quarter is over: seven complaints of C03, six of C01 and
// four of C04.
func aQuarter(t *testing.T) *fixture {
	t.Helper()
	s := newSite(t)
	for i := range 2*stats.Step + 3 {
		in := complainttest.Intake()
		if i > stats.Step+1 {
			in.Story.Category = "C01"
		}
		s.File(t, in)
	}
	s.others(t)
	s.Wait(31 * wholeDay)
	s.figures(t)
	return s
}

func TestCategoriesAreShownAsTheFormHasThemAndInStepsOfFive(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if page := s.Visitor().Get(t, "/statistics/categories").Want(t, 200); !strings.Contains(page.Text("main"), "还没有公布过") || page.Has("#data") {
		t.Errorf("before anything is published: %s", page.Text("main"))
	}
	for _, path := range []string{"/statistics/categories.csv", "/statistics/categories.json"} {
		if page := s.Visitor().Get(t, path); page.Status != 404 || !strings.Contains(page.Text("main"), "各类投诉的统计还没有公布过") {
			t.Errorf("%s before anything is published: %d", path, page.Status)
		}
	}
	s.figures(t) // the quarter that was over when the office began
	s.Wait(2 * time.Minute)
	if page := s.Visitor().Get(t, "/statistics/categories").Want(t, 200); page.Has(".ranges") || page.Has("td[data-label=收到]") || !strings.Contains(page.Text(".few"), "各项都少于 5 件的：违规借债、向群众和企业集资（违规举债）；") || !strings.Contains(page.Text("main"), "没有一类画得出来") {
		t.Errorf("an empty quarter: %s", page.Text("main"))
	}
	s = aQuarter(t)
	elder := s.Visitor()
	elder.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
	for mode, v := range map[string]*webtest.Client{"ordinary": s.Visitor(), "elder": elder} {
		page := v.Get(t, "/statistics/categories").Want(t, 200)
		if got := strings.Join(page.All(".ranges tbody th, .ranges tbody td:not(.ranges-bar)"), " "); got != "补贴、奖励、拆迁补偿，文件上和会上答应的没有兑现 5 至 9 欠钱不给：工程款、货款、服务费、租金 5 至 9" {
			t.Errorf("%s: drawn %q", mode, got)
		}
		if page.Has(".ranges svg") == (mode == "elder") || len(page.All(".group-title")) < 4 {
			t.Errorf("%s: headings %q", mode, page.All(".group-title"))
		}
		row := page.Text("tr:has(td:contains('欠钱不给')):has(td[data-label=收到])")
		if !strings.Contains(row, "欠钱不给：工程款、货款、服务费、租金") || !strings.Contains(row, "5 至 9少于 5少于 5") || strings.Count(row, "款") < 2 {
			t.Errorf("%s: %q", mode, row)
		}
	}
	if page := s.Visitor().Get(t, "/statistics"); page.Text("#categories") == "" || !page.Has(`a[href="/statistics/categories"]`) || page.Find(".ranges").Length() != 2 {
		t.Error("the statistics do not lead to the categories")
	}
}

func TestCategoriesAreSortedByAnyFigureAndOtherwiseStandAsTheyAre(t *testing.T) {
	t.Parallel()
	s := aQuarter(t)
	plain := s.Visitor().Get(t, "/statistics/categories").Want(t, 200)
	sorted := plain.Follow(t, `[aria-label=次序] a[href*="sort=received"]`).Want(t, 200)
	rows := sorted.All("tr:has(td[data-label=收到])")
	if sorted.Has(".group-title") || len(rows) != 2 || len(sorted.All(".few")) != 1 || !strings.Contains(sorted.Text(".few"), "违法收取/不退保证金") || sorted.Text("[aria-label=次序] [aria-current]") != "收到多的在前" {
		t.Errorf("sorted: %q", rows)
	}
	for _, sort := range []string{"x", "accused", "", "received,upheld", "收到"} {
		page := s.Visitor().Get(t, "/statistics/categories?sort="+sort).Want(t, 200)
		if strings.Join(page.All("td[data-label=收到], .few"), " ") != strings.Join(plain.All("td[data-label=收到], .few"), " ") || page.Text("[aria-label=次序] [aria-current]") != "按大类" {
			t.Errorf("sort %q is an order", sort)
		}
	}
	for _, year := range []string{"2024", "2027", "0", "-1", "x", "99999999999999999999", "2026.5"} {
		for _, path := range []string{"/statistics/categories", "/statistics/categories.csv", "/statistics/categories.json"} {
			if page := s.Visitor().Get(t, path+"?year="+year); page.Status != 404 || !strings.Contains(page.Text("main"), "没有公布过这一年的统计") {
				t.Errorf("%s of %s: %d", path, year, page.Status)
			}
		}
	}
	s.Wait(290 * wholeDay)
	s.figures(t)
	s.Wait(91 * wholeDay)
	s.figures(t)
	newest := s.Visitor().Get(t, "/statistics/categories?sort=received").Want(t, 200)
	old := newest.Follow(t, `[aria-label=年份] a[href*="year=2026"]`).Want(t, 200)
	for page, want := range map[*webtest.Page][2]string{newest: {"最近四个季度", ""}, old: {"2026 年", "5 至 9"}} {
		if got := page.Find("td[data-label=收到]").First().Text(); got != want[1] || page.Text("[aria-label=年份] [aria-current]") != want[0] || page.Text("[aria-label=次序] [aria-current]") != "收到多的在前" {
			t.Errorf("%s: %s", want[0], got)
		}
	}
	if data := s.Visitor().Get(t, old.Attr(`a[href*=".json"]`, "href")).Want(t, 200).Body; !strings.Contains(data, `"until": "2026-12-31"`) || !strings.Contains(data, "year=2026") {
		t.Errorf("data of the year before: %s", data)
	}
}

func TestTheFiguresOfCategoriesAreTheSameOnPageAndInOpenData(t *testing.T) {
	t.Parallel()
	s := aQuarter(t)
	page := s.Visitor().Get(t, "/statistics/categories").Want(t, 200)
	csvPage, jsonPage := s.Visitor().Get(t, page.Attr(`a[href*=".csv"]`, "href")).Want(t, 200), s.Visitor().Get(t, page.Attr(`a[href*=".json"]`, "href")).Want(t, 200)
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(csvPage.Body, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		From, Until string
		Step        int
		Withheld    []string
		About       stats.About
		Columns     []stats.Column
		Categories  []map[string]any
	}
	if err := json.Unmarshal([]byte(jsonPage.Body), &data); err != nil {
		t.Fatal(err)
	}
	if data.Until != "2026-03-31" || data.Step != stats.Step || data.Withheld == nil || len(data.Withheld) != 0 || len(data.Categories) != len(table)-1 || len(table)-1 != page.Find("td[data-label=收到]").Length()+strings.Count(strings.Join(page.All(".few"), ""), "；")+page.Find(".few").Length() {
		t.Errorf("%+v, %d rows in CSV", data, len(table))
	}
	if data.About.Dictionary != "http://portal.test/data" || data.About.Source != "http://portal.test/statistics/categories" || !strings.Contains(data.About.Cite, "截至2026年3月31日") {
		t.Errorf("about: %+v", data.About)
	}
	for i, one := range data.Categories {
		for j, column := range data.Columns {
			if value, ok := one[column.Name]; !ok || column.Meaning == "" || table[0][j] != column.Heading || table[i+1][j] != fmt.Sprint(value) {
				t.Errorf("%s of %s: %v in JSON, %q in CSV", column.Name, one["code"], value, table[i+1][j])
			}
		}
		if want := map[string]float64{"C03": 5, "C01": 5}[one["code"].(string)]; one["received"] != want || page.Has("tr:contains('"+one["title"].(string)+"') td[data-label=收到]:contains('5 至 9')") != (want == 5) || !strings.Contains(page.Text("main"), one["title"].(string)) || one["group"] == "" {
			t.Errorf("%v is shown otherwise", one)
		}
	}
}

// What the total less the rest would tell is not told, on no page and in no file.
func TestWhatIsWithheldIsSaidAndEmptyInTheData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range stats.Step {
		s.File(t, complainttest.Intake())
	}
	s.Wait(31 * wholeDay)
	s.figures(t)
	for path, told := range map[string]string{"/statistics/categories": "", "/units": "不公布"} {
		if page := s.Visitor().Get(t, path).Want(t, 200); page.Text("td[data-label=收到]:not(:contains('－'))") != told || !strings.Contains(page.Text("main"), "拿全县的数一减") || page.Has(".ranges") {
			t.Errorf("%s: %s", path, page.Text("main"))
		}
	}
	if page := s.Visitor().Get(t, "/units/"+complainttest.Town); strings.Join(slices.DeleteFunc(page.All(".figures .number"), func(n string) bool { return n == "少于 5" }), " ") != "不公布" || !strings.Contains(page.Text("main"), "被投诉，最近四个季度收到 不公布") {
		t.Errorf("the unit: %q", page.All(".figures .number"))
	}
	for path, measure := range map[string]string{"/statistics/categories": "received", "/units": "accused"} {
		if body := s.Visitor().Get(t, path+".json").Want(t, 200).Body; !strings.Contains(body, `"`+measure+`": null`) || strings.Contains(body, `"`+measure+`": 5`) || !strings.Contains(body, "\"withheld\": [\n    \""+measure+"\"\n  ]") {
			t.Errorf("%s: %s", path, body)
		}
		if body := s.Visitor().Get(t, path+".csv").Want(t, 200).Body; strings.Contains(body, ",5") {
			t.Errorf("%s: %s", path, body)
		}
	}
	// With every measure withheld no heading of a group stands over nothing.
	if _, err := s.DB.Owner.Exec(t.Context(), `DELETE FROM figure`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE figure_quarter SET withheld = measures`); err != nil {
		t.Fatal(err)
	}
	s.Wait(2 * time.Minute)
	if page := s.Visitor().Get(t, "/statistics/categories").Want(t, 200); page.Has(".group-title") || !strings.Contains(page.Text("main"), "拿全县的数一减") {
		t.Errorf("nothing is told: %s", page.Text("main"))
	}
}

// A category that is not offered any more keeps what was published of it.
func TestACategoryThatEndedIsShownWithItsFigures(t *testing.T) {
	t.Parallel()
	s := aQuarter(t)
	if _, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE category SET valid_to = '2026-03-31' WHERE code IN ('C03', 'C05')`, nil); err != nil {
		t.Fatal(err)
	}
	s.Wait(2 * time.Minute)
	page := s.Visitor().Get(t, "/statistics/categories")
	if got := len(page.All("td[data-label=收到]")); got != 2 || !strings.Contains(page.Text("main"), "欠钱不给") || strings.Contains(page.Text("main"), "换了领导就不认旧账") {
		t.Errorf("%d rows: %s", got, page.Text("main"))
	}
}

func TestOpenDataSaysOnWhichTermsItIsAndWhereItIsExplained(t *testing.T) {
	t.Parallel()
	s := aQuarter(t)
	files := []string{"/statistics.csv", "/statistics.json", "/units.csv", "/units.json", "/statistics/categories.csv", "/statistics/categories.json", "/data.json"}
	pages := []string{"/statistics", "/statistics/categories", "/units", "/data"}
	look := func(name, link, said string, confirmed bool) {
		t.Helper()
		for _, path := range files {
			page := s.Visitor().Get(t, path).Want(t, 200)
			if page.Header.Get("Access-Control-Allow-Origin") != "*" || page.Header.Get("Access-Control-Allow-Credentials") != "" ||
				page.Header.Get("Link") != `<`+link+`>; rel="license", <http://portal.test/data>; rel="describedby"` {
				t.Errorf("%s: %v", path, page.Header)
			}
			if strings.HasSuffix(path, ".json") && (!strings.Contains(page.Body, name) || !strings.Contains(page.Body, link)) {
				t.Errorf("%s does not name %s", path, name)
			}
			if path != "/data.json" && strings.HasSuffix(path, ".json") && !strings.Contains(page.Body, fmt.Sprintf(`"confirmed": %v`, confirmed)) {
				t.Errorf("%s: whether the licence is confirmed", path)
			}
		}
		for _, path := range pages {
			page := s.Visitor().Get(t, path).Want(t, 200)
			if page.Header.Get("Access-Control-Allow-Origin") != "" || page.Attr("a[rel=license]", "href") != link || !strings.Contains(page.Text("main"), said) ||
				!strings.Contains(page.Text("main"), "请注明来源和截止的日子") || path != "/data" && !page.Has(`a[href="/data"]`) {
				t.Errorf("%s: %s", path, page.Text("main"))
			}
		}
	}
	look("署名 4.0 国际（CC BY 4.0）", "https://creativecommons.org/licenses/by/4.0/", "许可：署名 4.0 国际（CC BY 4.0），还没有经主办单位确认。", false)
	for key, value := range map[string]string{setting.DataLicence: "县开放数据条款", setting.DataLicenceURL: "https://data.example.gov.cn/terms"} {
		if _, err := pg.Exec(t.Context(), s.DB.Owner, `INSERT INTO setting (key, value) VALUES (@key, @value)`, pg.Args{"key": key, "value": value}); err != nil {
			t.Fatal(err)
		}
	}
	s.Wait(time.Minute)
	look("县开放数据条款", "https://data.example.gov.cn/terms", "许可：县开放数据条款。不用申请，也不收费，其余以许可的全文为准。", true)
}

// Page and file of the dictionary, and the data itself, tell of the same columns.
func TestTheDictionaryTellsOfEveryColumnOfTheData(t *testing.T) {
	t.Parallel()
	s := aQuarter(t)
	page := s.Visitor().Get(t, "/data").Want(t, 200)
	if !strings.Contains(page.Text("main"), "不一定等于全县的数") { // they may be equal, and /statistics says so
		t.Error("that the sums differ from the county's is not certain")
	}
	if !strings.Contains(page.Header.Get("Link"), `<http://portal.test/data.json>; rel="alternate"; type="application/ld+json"`) || page.Has("script:not([src])") {
		t.Errorf("links: %s", page.Header.Get("Link"))
	}
	file := s.Visitor().Get(t, page.Attr(`a[href="/data.json"]`, "href")).Want(t, 200)
	var catalog struct {
		Type    string `json:"@type"`
		Context string `json:"@context"`
		Dataset []struct {
			Type             string `json:"@type"`
			ID               string `json:"@id"`
			Name, License    string
			VariableMeasured []struct{ Name, AlternateName, Description, UnitText string }
			Distribution     []struct{ EncodingFormat, ContentURL string }
		}
	}
	if err := json.Unmarshal([]byte(file.Body), &catalog); err != nil {
		t.Fatal(err)
	}
	if file.Header.Get("Content-Type") != "application/ld+json; charset=utf-8" || catalog.Context != "https://schema.org" || catalog.Type != "DataCatalog" || len(catalog.Dataset) != 3 {
		t.Errorf("%+v", catalog)
	}
	for _, set := range catalog.Dataset {
		if set.Type != "Dataset" || set.License == "" || len(set.Distribution) != 2 || !page.Has(strings.TrimPrefix(set.ID, "http://portal.test/data")) {
			t.Errorf("%+v", set)
		}
		var data struct{ Columns []stats.Column }
		if err := json.Unmarshal([]byte(s.Visitor().Get(t, strings.TrimPrefix(set.Distribution[1].ContentURL, "http://portal.test")).Want(t, 200).Body), &data); err != nil {
			t.Fatal(err)
		}
		if len(data.Columns) != len(set.VariableMeasured) {
			t.Errorf("%s: %d columns, %d explained", set.Name, len(data.Columns), len(set.VariableMeasured))
		}
		for i, v := range set.VariableMeasured {
			if c := data.Columns[i]; v.Name != c.Name || v.AlternateName != c.Heading || v.Description != c.Meaning || !strings.Contains(page.Text("main"), c.Meaning) {
				t.Errorf("%s: %+v is explained as %+v", set.Name, c, v)
			}
		}
	}
}
