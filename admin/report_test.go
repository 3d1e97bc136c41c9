package admin

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// reported is an office with something to count: complaints of several units, months and
// ends, and one about the office that not everybody may know of.
func reported(t *testing.T) (*workplace, map[staff.Role]member) {
	t.Helper()
	w := newWorkplace(t)
	team := w.team(t)
	toUnit := func(lead string) string {
		number := w.File(t, complainttest.Intake()).Number
		team[staff.Registrar].does(number, complaint.EnterRegister)
		team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
		team[staff.Registrar].does(number, complaint.Dispatch, "lead", lead)
		return number
	}
	answered := toUnit(complainttest.Finance)
	team[staff.Handler].does(answered, complaint.Sign)
	w.later()
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE matter SET opened_at = opened_at - interval '40 days' WHERE number = @n`, pg.Args{"n": toUnit(complainttest.Justice)}); err != nil {
		t.Fatal(err)
	}
	toUnit(complainttest.Finance)
	w.File(t, complainttest.Intake())
	about := complainttest.Intake()
	about.Story.Facts += "办公室的周宁知道这件事。"
	w.File(t, about)
	w.seed(t, 3)
	return w, team
}

// counts holds every number of a page to the list that it leads to.
func counts(t *testing.T, by member, page *webtest.Page) (some int) {
	t.Helper()
	lists := map[string]int{}
	for _, a := range page.Find("a[data-count]").EachIter() {
		href, _ := a.Attr("href")
		n, known := lists[href]
		if !known {
			n = len(by.listed(t, href))
			lists[href] = n
		}
		if a.Text() != strconv.Itoa(n) {
			t.Errorf("%s: %s reads %s and its list has %d", by.Role, href, a.Text(), n)
		}
		some++
	}
	return some
}

func TestEachNumberOfAReportLeadsToWhatItCounts(t *testing.T) {
	t.Parallel()
	w, team := reported(t)
	supervisor, registrar, handler := team[staff.Supervisor], team[staff.Registrar], team[staff.Handler]
	pages := map[staff.Role]*webtest.Page{
		staff.Supervisor: supervisor.Get(t, "/").Follow(t, `nav a[href="/reports"]`).Want(t, 200),
		staff.Registrar:  registrar.Get(t, "/reports").Want(t, 200),
		staff.Handler:    handler.Get(t, "/").Follow(t, `nav a[href="/reports/unit"]`).Want(t, 200),
	}
	for role, page := range pages {
		if some := counts(t, team[role], page); some < 10 {
			t.Errorf("%s: only %d numbers", role, some)
		}
	}
	all, less := pages[staff.Supervisor].Text("[data-figure=received] a"), pages[staff.Registrar].Text("[data-figure=received] a")
	if a, _ := strconv.Atoi(all); less != strconv.Itoa(a-1) {
		t.Errorf("who may not know of one counts %s of %s", less, all)
	}
	unit := supervisor.Get(t, "/reports?unit=FIN").Want(t, 200)
	if counts(t, supervisor, unit) == 0 || unit.Text("[data-figure=received] a") != "2" || !strings.Contains(unit.Text("h1"), "财政局") {
		t.Errorf("of one unit: %s", unit.Text("h1"))
	}
	own := pages[staff.Handler]
	if got := own.Text("[data-figure=received] a"); got != "2" || strings.Contains(own.Text("main"), "司法局") || strings.Contains(own.Text("main"), "还没有派给单位") {
		t.Errorf("the unit counts %s: %s", got, own.Text("main"))
	}
	month := supervisor.Get(t, "/reports?from=2026-01&to=2026年1月").Want(t, 200)
	if counts(t, supervisor, month) == 0 || month.Text("[data-figure=received] a") != "1" {
		t.Errorf("of January it counts %q", month.Text("[data-figure=received] a"))
	}
	// March is held to the time before; each number leads to what it counts.
	march := supervisor.Get(t, "/reports?from=2026-03&to=2026-03").Want(t, 200)
	if counts(t, supervisor, march) == 0 || march.Find("[data-figure=received] [data-before]").Length() != 2 {
		t.Errorf("held to the time before: %s", march.Text("[data-figure=received]"))
	}
	if !strings.Contains(march.Text("main"), "约谈过") || !strings.Contains(march.Text("main"), "通报过") {
		t.Error("who was called in is not counted")
	}
	sys := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	sys.asks("JUS", "rename", "code", "JUS-2", "name", "县司法行政局").Want(t, 200).Submit(t, "button[value=carry]", nil).Want(t, 200)
	if ended := supervisor.Get(t, "/reports?unit=JUS").Want(t, 200); !ended.Has("select[name=unit] option[value=JUS][selected]") || ended.Text("[data-figure=received] td:nth-child(2) a") != "1" {
		t.Errorf("of a unit that has ended: %s", ended.Text("main"))
	}
	if proposals := supervisor.Get(t, "/reports?of=proposals").Want(t, 200).Text("main"); !strings.Contains(proposals, "没有收到过建议提案") {
		t.Errorf("of proposals it says %q", proposals)
	}
	if w.exports(t) != 0 {
		t.Error("a page that is read is written down as a file")
	}
}

func TestNoUnitIsShownAnothersFigures(t *testing.T) {
	t.Parallel()
	w, team := reported(t)
	justice := w.signIn(t, "jiang", "江河", staff.Handler, complainttest.Justice)
	for _, address := range []string{"/reports/unit", "/reports/unit?unit=FIN", "/reports/unit?unit=-"} {
		if got := justice.Get(t, address).Want(t, 200).Text("[data-figure=received] a"); got != "1" {
			t.Errorf("%s counts %q", address, got)
		}
	}
	if got := justice.Get(t, "/reports/unit/week?unit=FIN").Want(t, 200).Text("h1"); !strings.Contains(got, "司法局") {
		t.Errorf("the sheet is of %q", got)
	}
	if got := len(justice.listed(t, "/complaints?view=all&lead=FIN")); got != len(justice.listed(t, "/complaints?view=all")) {
		t.Error("a unit's list is narrowed by what another unit leads")
	}
	for _, address := range []string{"/reports", "/reports/week", "/reports?unit=JUS"} {
		justice.Get(t, address).Want(t, 404)
	}
	for _, role := range []staff.Role{staff.Handler, staff.UnitHead} {
		page := team[role].Get(t, "/reports/unit").Want(t, 200)
		if page.Has("#report-file") {
			t.Errorf("%s takes figures out as a file", role)
		}
		team[role].Post(t, "/reports.xlsx", url.Values{"csrf": {page.Attr("[name=csrf]", "value")}}).Want(t, 404)
	}
	if nav := team[staff.Handler].Get(t, "/").Want(t, 200).Text("nav"); strings.Contains(nav, "报表") || !strings.Contains(nav, "本单位的数字") {
		t.Errorf("a handler's navigation has %q", nav)
	}
}

func TestAPeriodThatIsNoneIsSaidBesideItsField(t *testing.T) {
	t.Parallel()
	w, team := reported(t)
	supervisor := team[staff.Supervisor]
	for address, says := range map[string]string{
		"?from=昨天":                 "看不懂",
		"?from=2026-13":            "没有13月",
		"?to=2062-01":              "",
		"?from=2026-03&to=2026-01": "2026年1月在2026年3月前面",
		"?from=2026-04":            "还没有到，最晚写到2026年3月",
		"?from=2020-01&to=2026-03": "一次最多看 24 个月，从2020年1月起，最晚到2021年12月",
		"?from=-1&to=x":            "看不懂",
		"?from=9999999":            "",
	} {
		page := supervisor.Get(t, "/reports"+address).Want(t, 200)
		if got := page.Text(".filters .field-error"); got == "" || !strings.Contains(got, says) {
			t.Errorf("%s: %q", address, got)
		}
		if page.Has("[data-count]") {
			t.Errorf("%s: counts all the same", address)
		}
	}
	page := supervisor.Get(t, "/reports?from=2026-13&to=2026-02").Want(t, 200)
	if page.Attr("#from", "value") != "2026-13" || page.Attr("#to", "value") != "2026-02" {
		t.Error("what was typed is gone")
	}
	for address, from := range map[string]string{"?from=2025&to=2026": "2025", "?from=2025年11月": "2025年11月", "?from=202601": "202601", "?unit=NONE": "2026-01", "?of=cases": "2026-01", "?unit=-": "2026-01"} {
		if page := supervisor.Get(t, "/reports"+address).Want(t, 200); page.Has(".field-error") || page.Attr("#from", "value") != from {
			t.Errorf("%s: %q %q", address, page.Text(".field-error"), page.Attr("#from", "value"))
		}
	}
	list := supervisor.Get(t, "/complaints?since=昨天&until=2026-02-30").Want(t, 200)
	if got := strings.Join(list.All(".filters .field-error"), " "); !strings.Contains(got, "看不懂") || !strings.Contains(got, "没有30日") || list.Attr("#since", "value") != "昨天" {
		t.Errorf("the list says %q", got)
	}
	if got := supervisor.Get(t, "/complaints?view=all&since=2026-03&until=2026-02").Want(t, 200).Text("main"); !strings.Contains(got, "没有同时符合 2 个条件") {
		t.Errorf("days that nothing can be between: %q", got)
	}
	w.later()
}

func TestAReportLeavesAsAWorkbookAndIsWrittenDown(t *testing.T) {
	t.Parallel()
	w, team := reported(t)
	page := team[staff.Supervisor].Get(t, "/reports").Want(t, 200)
	received := page.Text("[data-figure=received] a")
	file := page.Submit(t, "button[form=report-file]", nil).Want(t, 200)
	book, err := excelize.OpenReader(strings.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(book.GetSheetList(), " "); got != "合计 按承办单位 按类别 按收到的月份" {
		t.Errorf("its sheets are %q", got)
	}
	for sheet, from := range map[string]int{"合计": 1, "按承办单位": 1, "按类别": 1, "按收到的月份": 1} {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, row := range rows[from:] {
			n, err := strconv.Atoi(row[1])
			if err != nil {
				t.Errorf("%s: %q is no number", sheet, row[1])
			}
			if sum += n; sheet == "合计" {
				break
			}
		}
		if strconv.Itoa(sum) != received {
			t.Errorf("%s adds up to %d, the page has %s", sheet, sum, received)
		}
	}
	held, err := book.GetCellValue("按收到的月份", "A2", excelize.Options{RawCellValue: true})
	serial, perr := strconv.ParseFloat(held, 64)
	if day, derr := excelize.ExcelDateToTime(serial, false); err != nil || perr != nil || derr != nil || day.Format(time.DateOnly) != "2026-01-01" {
		t.Errorf("the first month is held as %q", held)
	}
	ended, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT e.how || ' ' || e.matters || ' ' || array_to_string(x.said, '，') FROM export x JOIN export_end e ON e.export_id = x.id`, nil)
	if err != nil || ended != "whole "+received+" 报表，收到：2026年1月到2026年3月" {
		t.Errorf("written down is %q %v", ended, err)
	}
	outside := w.signIn(t, "wai", "外人", staff.Supervisor, complainttest.Justice)
	if outside.Get(t, "/reports").Want(t, 200).Has("#report-file") {
		t.Error("a supervisor of another unit takes figures out")
	}
}

func TestAWeeklySheetHasWhatAUnitHasInHand(t *testing.T) {
	t.Parallel()
	w, team := reported(t)
	supervisor := team[staff.Supervisor]
	// What the complainant tells the desk alone is news to it, and nothing for a sheet that
	// is printed for the unit.
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE event SET action = 'confide', to_state = from_state WHERE action = 'dispatch'`, nil); err != nil {
		t.Fatal(err)
	}
	if got := supervisor.Get(t, "/complaints").Want(t, 200).Text("main"); !strings.Contains(got, "说给了监督人员") {
		t.Error("the desk has no news of what it is told")
	}
	if got := supervisor.Get(t, "/reports/week?unit=FIN").Want(t, 200).Text("main"); strings.Contains(got, "监督人员") {
		t.Errorf("the unit's sheet tells what is withheld from it: %s", got)
	}
	if got := supervisor.Get(t, "/reports").Want(t, 200).Follow(t, `a[href="/reports/week"]`).Want(t, 200).Text("main"); !strings.Contains(got, "请选一个单位") {
		t.Errorf("of no unit: %q", got)
	}
	for address, by := range map[string]member{"/reports": supervisor, "/reports/week": supervisor, "/reports/unit": team[staff.UnitHead]} {
		by.Get(t, address).Want(t, 200).Submit(t, `form.filters[action="`+address+`"] button`, nil).Want(t, 200)
	}
	page := supervisor.Get(t, "/reports/week?unit=FIN").Want(t, 200)
	if counts(t, supervisor, page) == 0 || len(page.All("td .matter-under")) != 2 || !strings.Contains(page.Text("h1"), "财政局周报") {
		t.Errorf("the sheet of the unit: %s", page.Text("main"))
	}
	if got := page.Text(`[data-week=complaints] [data-label="新派来"]`); got != "2" {
		t.Errorf("given this week: %q", got)
	}
	if got := supervisor.Get(t, "/reports/week?unit=FIN&week=last").Want(t, 200).Text(`[data-week=complaints] [data-label="新派来"]`); got != "0" {
		t.Errorf("given last week: %q", got)
	}
	every := supervisor.Get(t, "/reports/week?unit=all").Want(t, 200)
	if !every.Has("[data-sheet=FIN]") || !every.Has("[data-sheet=JUS]") || every.Has("[data-sheet=TOWN]") || !strings.Contains(every.Text("[data-sheet=JUS] h2"), "司法局") {
		t.Errorf("the sheets of all: %s", every.Text("main"))
	}
	if own := team[staff.UnitHead].Get(t, "/reports/unit/week?unit=all").Want(t, 200); own.Has("[data-sheet=JUS]") || !own.Has("[data-sheet=FIN]") {
		t.Error("a unit prints another's sheet")
	}
	own := team[staff.UnitHead].Get(t, "/reports/unit").Want(t, 200).Follow(t, `a[href="/reports/unit/week"]`).Want(t, 200)
	if got := own.All("td .matter-under"); len(got) != 2 {
		t.Errorf("the unit's own sheet has %q", got)
	}
}
