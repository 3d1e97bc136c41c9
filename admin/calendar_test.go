package admin

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// year2028 is a year as somebody pastes it out of the notice.
const year2028 = `日期,安排,说明
2028年1月1日至1月4日,放假,元旦
2028/1/8,上班,补元旦
2028-01-25至2028-01-31,放假,春节
2028-04-04,放假,清明节
２０２８－０５－０１至５月３日，放假，劳动节
2028-05-28,放假,端午节
2028-10-01至2028-10-07,放假,国庆节
`

// until lets time pass until that day, 10 in the morning.
func (w *workplace) until(year int, month time.Month, day int) {
	w.Wait(clock.NewDate(year, month, day).Begins().Add(10 * time.Hour).Sub(w.Now()))
}

func (w *workplace) versions(t *testing.T, year int) int {
	t.Helper()
	n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM calendar_version WHERE year = @year`, pg.Args{"year": year})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAYearIsImportedAfterItWasShownWhatChanges(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.until(2027, time.December, 17)
	receipt := w.File(t, complainttest.Intake())
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	registrar := w.signIn(t, "reg", "苏晓禾", staff.Registrar, complainttest.DeskUnit)
	if page := registrar.open(receipt.Number); !strings.Contains(page.Text("main"), "2028年1月3日（星期一）") || !strings.Contains(page.Text("main"), "暂定") {
		t.Errorf("the desk does not say that the date may move: %s", page.Text("main"))
	}
	plan := sys.Get(t, "/calendar").Want(t, 200).Follow(t, `a[href="/calendar/import"]`).Submit(t, "main form", url.Values{"text": {year2028}}).Want(t, 200)
	for _, want := range []string{"2028 年：第一次导入", "已公布", "1月1日至4日", "1月8日", "不到 10 个", "国务院办公厅关于2028年部分节假日安排的通知"} {
		if !strings.Contains(strings.ReplaceAll(plan.Text("main"), "\u00a0", " "), want) {
			t.Errorf("the plan does not say %q:\n%s", want, plan.Text("main"))
		}
	}
	if w.versions(t, 2028) != 0 {
		t.Fatal("it was imported before anybody agreed")
	}
	done := plan.Submit(t, `button[value="import"]`, nil).Want(t, 200)
	if done.Path != "/calendar?done=2028" || !strings.Contains(done.Text(".banner-done"), "2028 年的放假安排已经导入") {
		t.Errorf("%s: %s", done.Path, done.Text(".banner"))
	}
	if twice := plan.Submit(t, `button[value="import"]`, nil).Want(t, 200); twice.Path != "/calendar?done=2028" || w.versions(t, 2028) != 1 {
		t.Errorf("pressed twice: %s, %d versions", twice.Path, w.versions(t, 2028))
	}
	auditor := w.signIn(t, "aud", "何审计", staff.Auditor, complainttest.DeskUnit).Get(t, "/calendar").Want(t, 200)
	if text := auditor.Text("main"); !strings.Contains(text, "第 1 版，柯维安") || !strings.Contains(text, "文件指纹") {
		t.Errorf("the auditor does not see who imported it: %s", text)
	}
	page := registrar.open(receipt.Number)
	for _, want := range []string{"原来告诉的是 2028年1月3日", "2028年1月5日", "重算期限"} {
		if !strings.Contains(page.Text("body"), want) {
			t.Errorf("the desk does not say %q: %s", want, page.Text("main"))
		}
	}
	if own := w.reads(t, receipt.Number, receipt.Code); !strings.Contains(own.Events[0].Text, "“书面告知”的最后一天由 2028年1月3日 改为 2028年1月5日") {
		t.Errorf("the complainant reads %q", own.Events[0].Text)
	}
	again := sys.Get(t, "/calendar/import").Submit(t, "main form", url.Values{"text": {year2028}}).Want(t, 200)
	if !strings.Contains(again.Text(".banner"), "没有要改的") || again.Has("main form") {
		t.Errorf("the same again: %s", again.Text("main"))
	}
}

func TestAWrongLineKeepsTheWholeTextAndImportsNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	form := sys.Get(t, "/calendar/import").Want(t, 200)
	bad := strings.Replace(year2028, "2028/1/8", "2028/1/10", 1) + "<script>alert(1)</script>\n"
	page := form.Submit(t, "main form", url.Values{"text": {bad}, "source": {"国办发明电〔2027〕9号"}}).Want(t, 422)
	summary := page.Text(".error-summary")
	if !strings.Contains(summary, "第 3 行") || !strings.Contains(summary, "本来就上班") || !strings.Contains(summary, "第 9 行") || page.Has("main script") {
		t.Errorf("summary %q", summary)
	}
	if page.Text("textarea[name=text]") != strings.TrimSuffix(bad, "\n") && page.Text("textarea[name=text]") == "" || page.Attr("[name=source]", "value") != "国办发明电〔2027〕9号" {
		t.Errorf("kept %q", page.Text("textarea[name=text]"))
	}
	for name, file := range map[string]string{"a workbook": "PK\x03\x04", "a picture": "\x89PNG\r\n\x1a\n\x00\x01\x02", "too much": strings.Repeat("2028-01-01,放假\n", 5000)} {
		if page := form.Submit(t, "main form", nil, webtest.File{Field: "file", Name: "a.csv", Content: []byte(file)}).Want(t, 422); !page.Has("#file-error") {
			t.Errorf("%s: %s", name, page.Text(".error-summary"))
		}
	}
	if page := form.Submit(t, "main form", nil).Want(t, 422); !strings.Contains(page.Text(".error-summary"), "一行也没有写") {
		t.Errorf("nothing: %s", page.Text(".error-summary"))
	}
	if w.versions(t, 2028) != 0 {
		t.Error("something came in")
	}
}

func TestAFileOfChineseExcelIsReadAndBroughtBackAsText(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ReplaceAll(year2028, "\n", "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	plan := sys.Get(t, "/calendar/import").Submit(t, "main form", nil, webtest.File{Field: "file", Name: "2028.csv", Content: []byte(gbk)}).Want(t, 200)
	if !strings.Contains(plan.Text("main"), "2028 年：第一次导入") {
		t.Fatal(plan.Text("main"))
	}
	// A browser ends the lines of a text field its own way.
	text := strings.ReplaceAll(plan.Find("textarea[name=text]").Text(), "\n", "\r\n")
	back := plan.Submit(t, `button[value="edit"]`, url.Values{"text": {text}}).Want(t, 200)
	if !strings.Contains(back.Text("textarea[name=text]"), "2028/1/8,上班,补元旦") {
		t.Errorf("what was in the file came back as %q", back.Text("textarea[name=text]"))
	}
	plan.Submit(t, `button[value="import"]`, url.Values{"text": {text}}).Want(t, 200)
	if w.versions(t, 2028) != 1 {
		t.Error("it was not imported")
	}
}

// What is confirmed is what was shown: a version that somebody else added
// meanwhile, or another text, is shown first.
func TestOnlyWhatWasShownIsImported(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	other := w.signIn(t, "sys-2", "许明", staff.Sysadmin, complainttest.DeskUnit)
	show := func(m member, text string) *webtest.Page {
		t.Helper()
		return m.Get(t, "/calendar/import").Submit(t, "main form", url.Values{"text": {text}}).Want(t, 200)
	}
	mine := show(sys, year2028)
	show(other, strings.Replace(year2028, "2028/1/8", "2028/1/15", 1)).Submit(t, `button[value="import"]`, nil).Want(t, 200)
	late := mine.Submit(t, `button[value="import"]`, nil).Want(t, 409)
	if w.versions(t, 2028) != 1 || !strings.Contains(late.Text(".banner"), "还没有导入") || !strings.Contains(late.Text("main"), "2028 年：更正，第 2 版") {
		t.Errorf("%d versions: %s", w.versions(t, 2028), late.Text("main"))
	}
	if text := late.Text("main"); !strings.Contains(text, "1月8日（星期六）：照平常的星期 → 调休上班") || !strings.Contains(text, "1月15日（星期六）：调休上班 → 照平常的星期") {
		t.Errorf("the difference is not shown: %s", text)
	}
	late.Submit(t, `button[value="import"]`, url.Values{"text": {strings.Replace(year2028, "2028-04-04", "2028-04-05", 1)}}).Want(t, 409)
	late.Submit(t, `button[value="import"]`, nil).Want(t, 200)
	if w.versions(t, 2028) != 2 {
		t.Errorf("%d versions", w.versions(t, 2028))
	}
	page := sys.Get(t, "/calendar").Want(t, 200)
	if !strings.Contains(page.Text("main"), "以前的第 1 版") || !strings.Contains(page.Text("main"), "许明") {
		t.Errorf("the first version is gone: %s", page.Text("main"))
	}
}

func TestAHalfYearIsImportedAsProvisionalOnly(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	plan := sys.Get(t, "/calendar/import").Submit(t, "main form", url.Values{"text": {"2028-01-01,放假"}}).Want(t, 200)
	if text := plan.Text("main"); !strings.Contains(text, "只能按暂定导入") || !strings.Contains(text, "没有 10月1日，国庆节是法定假日") {
		t.Error(text)
	}
	refused := sys.Get(t, "/calendar/import").Submit(t, "main form", url.Values{"text": {"2026-01-01,放假"}}).Want(t, 422)
	if !strings.Contains(refused.Text(".error-summary"), "不能改回暂定") {
		t.Errorf("an official year: %s", refused.Text(".error-summary"))
	}
}

func TestTheDeskIsToldInTimeWhichYearIsMissed(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	hired := 0
	as := func(role staff.Role) member { // somebody new: a month ends every session
		t.Helper()
		hired++
		unit := complainttest.DeskUnit
		if role == staff.Handler {
			unit = complainttest.Finance
		}
		return w.signIn(t, fmt.Sprintf("somebody-%d", hired), role.Title(), role, unit)
	}
	said := func(m member, path string) string { return m.Get(t, path).Want(t, 200).Text(".banner-amber") }
	if text := said(as(staff.Registrar), "/"); text != "" {
		t.Errorf("in March: %s", text)
	}
	w.until(2027, time.October, 31)
	if text := said(as(staff.Sysadmin), "/"); strings.Contains(text, "2028") || !strings.Contains(text, "2027 年的放假安排还是暂定的") {
		t.Errorf("on 31 October: %s", text)
	}
	w.until(2027, time.November, 1)
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Sysadmin} {
		m := as(role)
		for _, path := range []string{"/", "/calendar"} {
			if text := said(m, path); !strings.Contains(text, "还没有 2028 年的工作日历") || !strings.Contains(text, "11 月公布") {
				t.Errorf("%s at %s: %s", role, path, text)
			}
		}
		if mends := m.Get(t, "/").Has(`.banner a[href="/calendar/import"]`); mends != (role == staff.Sysadmin) {
			t.Errorf("%s: the way to the import is there %v", role, mends)
		}
	}
	if text := said(as(staff.Handler), "/"); text != "" {
		t.Errorf("a handler is alarmed: %s", text)
	}
	as(staff.Registrar).Get(t, "/calendar/import").Want(t, 404)
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE clock_rule SET valid_to = '2027-01-01' WHERE code = 'PF-ACC'`, nil); err != nil {
		t.Fatal(err)
	}
	w.desk.Office.Engine.Clocks.Forget()
	if text := as(staff.Supervisor).Get(t, "/").Text(".banner-vermilion"); !strings.Contains(text, "受理决定（PF-ACC）") {
		t.Errorf("a rule without a version in force: %s", text)
	}
}
