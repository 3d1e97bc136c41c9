package admin

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/valyala/fasthttp/fasthttputil"
	"github.com/xuri/excelize/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/daybook"
	"zhengxin/internal/discipline"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// exported is the file that the list of this address gives by its button.
func (m member) exported(t *testing.T, list string) (file *webtest.Page, rows [][]string) {
	t.Helper()
	page := m.Get(t, list).Want(t, 200).Submit(t, "button[form=export]", nil).Want(t, 200)
	body, marked := strings.CutPrefix(page.Body, "\uFEFF")
	if !marked || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") {
		t.Fatalf("%s: no mark in front, or other ends of lines: %.40q", list, page.Body)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", list, err)
	}
	return page, rows[1:]
}

// listed are the numbers that the list shows, over all its pages.
func (m member) listed(t *testing.T, list string) []string {
	t.Helper()
	var all []string
	for page := m.Get(t, list).Want(t, 200); ; page = page.Follow(t, `a[rel=next]`) {
		for _, under := range page.All("td .matter-under") {
			number, _, _ := strings.Cut(under, " ")
			all = append(all, number)
		}
		if !page.Has(`a[rel=next]`) {
			return all
		}
	}
}

// TestAWorkbookHasRealDates: what the list's other button gives opens, with days as days.
func TestAWorkbookHasRealDates(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	registrar := w.signIn(t, "hongli", "洪力", staff.Registrar, complainttest.DeskUnit)
	in := complainttest.Intake()
	in.Story.Title = "=1+1"
	number := w.File(t, in).Number
	page := registrar.Get(t, "/complaints").Want(t, 200).Submit(t, "button[form=export-xlsx]", nil).Want(t, 200)
	if got := page.Header.Get("Content-Type"); got != spreadsheet.WorkbookType {
		t.Errorf("it is sent as %q", got)
	}
	if got := page.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="complaints-2026-`) || !strings.Contains(got, ".xlsx") {
		t.Errorf("it is called %q", got)
	}
	book, err := excelize.OpenReader(strings.NewReader(page.Body))
	if err != nil {
		t.Fatal(err)
	}
	cell := func(at string, o ...excelize.Options) string {
		t.Helper()
		s, err := book.GetCellValue("投诉", at, o...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	held := cell("G2", excelize.Options{RawCellValue: true})
	serial, err := strconv.ParseFloat(held, 64)
	if err != nil {
		t.Fatalf("the day is held as %q", held)
	}
	if day, err := excelize.ExcelDateToTime(serial, false); err != nil || day.Format(time.DateOnly) != "2026-03-02" || cell("G2") != "2026-03-02" {
		t.Errorf("received on %v %v, shown as %q", day, err, cell("G2"))
	}
	if cell("A2") != number || cell("B2") != "=1+1" || cell("A1") != "编号" {
		t.Errorf("%q %q %q", cell("A1"), cell("A2"), cell("B2"))
	}
	if n := w.exports(t); n != 1 {
		t.Errorf("%d exports are written down", n)
	}
}

func column(rows [][]string, i int) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r[i])
	}
	return all
}

// seed adds complaints without a history, n of each state.
func (w *workplace) seed(t *testing.T, n int) {
	t.Helper()
	var open, over []string
	for _, s := range complaint.Law.States {
		if s.Ended() {
			over = append(over, string(s.State))
		} else {
			open = append(open, string(s.State))
		}
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `
		WITH states AS (SELECT s, row_number() OVER () AS i FROM unnest($1::text[] || $2::text[]) AS s)
		INSERT INTO matter (kind, number, state, unit, category, title, opened_at, closed_at, due_at, seq, head)
		SELECT 'complaint', 'SEED' || lpad((g * 100 + i)::text, 11, '0'), s, (ARRAY['FIN', 'JUS', 'TOWN', NULL])[1 + g % 4],
			(ARRAY['A01', 'B01', 'C01', 'C03', 'Z99'])[1 + g % 5], '第' || g || '件', $3::timestamptz - g * interval '1 hour',
			CASE WHEN s = ANY ($2::text[]) THEN $3::timestamptz END,
			CASE WHEN s = ANY ($2::text[]) OR s = 'supplement_required' THEN 'infinity' ELSE $3::timestamptz + (g % 40 - 10) * interval '1 day' END, 1, '\x00'
		FROM generate_series(1, $4) g, states`, open, over, w.Now(), n); err != nil {
		t.Fatal(err)
	}
}

// TestAnExportHasWhatTheListHas: whatever is asked for, in its order, over all pages.
func TestAnExportHasWhatTheListHas(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.seed(t, 9)
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `INSERT INTO search_text SELECT id, @words::text::tsvector FROM matter WHERE id % 2 = 0`,
		pg.Args{"words": search.Vector("修路的工程款没有付")}); err != nil {
		t.Fatal(err)
	}
	readers := []member{
		w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit),
		w.signIn(t, "lanxin", "蓝欣", staff.Leader, ""),
	}
	draw := mathrand.New(mathrand.NewPCG(51, 52))
	one := func(of ...string) string { return of[draw.IntN(len(of))] }
	var states []string
	for _, s := range complaint.Law.States {
		states = append(states, string(s.State))
	}
	views := []string{"", "", "", "", "all", "all", "all", "all", "all"}
	for _, v := range complaint.Kind.AllViews() {
		views = append(views, v.Name)
	}
	asked, some := 0, 0
	for range 90 {
		q := url.Values{}
		if view := one(views...); view != "" {
			q.Set("view", view)
		}
		for range draw.IntN(3) {
			name := one("state", "unit", "category", "due", "text", "provisional")
			q.Set(name, map[string]string{"state": one(states...), "unit": one("FIN", "JUS"), "category": one("C", "A01"), "due": one("late", "week", "later", "never"),
				"text": one("工程款", "没有的词"), "provisional": "1"}[name])
		}
		by := readers[asked%len(readers)]
		list := "/complaints?" + q.Encode()
		if v, _ := complaint.Kind.View(q.Get("view")); !v.Shows(complaint.Kind, by.Role) { // it says so, and lists nothing
			by.Get(t, list).Want(t, 404)
			asked++
			continue
		}
		want := by.listed(t, list)
		asked++
		if len(want) == 0 {
			if by.Get(t, list).Has("button[form=export]") {
				t.Errorf("%s: an empty list is offered as a file", list)
			}
			continue
		}
		some++
		if _, rows := by.exported(t, list); !slices.Equal(column(rows, 0), want) {
			t.Errorf("%s by %s: %s", list, by.Login, cmp.Diff(want, column(rows, 0)))
		}
	}
	if some < 25 {
		t.Errorf("only %d of %d lists had anything", some, asked)
	}
}

// TestALongListLeavesInPages: more than is in memory at once, and than is counted.
func TestALongListLeavesInPages(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.seed(t, 70)
	by := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	var want []string
	var after register.Cursor
	for {
		page, err := w.Desk.List(t.Context(), by.Scope(), register.Filter{View: register.ViewAll}, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			want = append(want, r.Number)
		}
		if after = page.Next; after.IsZero() {
			break
		}
	}
	if _, rows := by.exported(t, "/complaints?view=all"); len(want) < 1100 || !slices.Equal(column(rows, 0), want) {
		t.Errorf("%d are listed, %d exported", len(want), len(rows))
	}
	if said := by.Get(t, "/complaints?view=all").Text("main"); !strings.Contains(said, "导出一次最多 100,000 件") {
		t.Error("the page of a list longer than is counted does not say how much leaves at once")
	}
	if said := by.Get(t, "/complaints?state=accepted").Text("main"); strings.Contains(said, "导出一次最多") {
		t.Error("the page of a short list speaks of the limit")
	}
}

// clockTime is a time of the day.
var clockTime = regexp.MustCompile(`\d{1,2}:\d\d`)

// TestAFileIsOpenedAsItIs: cells that would be formulas, days, and what its heads say.
func TestAFileIsOpenedAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	registrar := w.signIn(t, "hongli", "洪力", staff.Registrar, complainttest.DeskUnit)
	titles := []string{"=HYPERLINK(\"http://x\",\"点\")", "+86 打不通", "-1", "@SUM(A1)", "＝１＋１", "12345678901234567890", "他说“给”，\"不给\",又给"}
	for _, title := range titles {
		in := complainttest.Intake()
		in.Story.Title = title
		w.File(t, in)
	}
	nameless := complainttest.Intake()
	nameless.Who = complaint.Who{Kind: "citizen", Anonymous: "yes"}
	nameless.Contact = complaint.Contact{Confidential: "yes"}
	nameless.Story.Title = "没有留名"
	w.Wait(97 * time.Second)
	quiet := w.File(t, nameless).Number
	page, rows := registrar.exported(t, "/complaints")
	if want := `attachment; filename="complaints-2026-`; !strings.HasPrefix(page.Header.Get("Content-Disposition"), want) ||
		!strings.Contains(page.Header.Get("Content-Disposition"), "filename*=UTF-8''"+url.PathEscape(complaint.Law.Noun)+"-2026-") {
		t.Errorf("it is called %q", page.Header.Get("Content-Disposition"))
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Content-Type": "text/csv; charset=utf-8; header=present", "X-Content-Type-Options": "nosniff"} {
		if got := page.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if heads, _, _ := strings.Cut(page.Body, "\r\n"); strings.ReplaceAll(heads, `"`, "") != "\uFEFF编号,标题,被投诉单位,类别,状态,在谁手里,收到日期,最近的期限,期限说明,办结日期" {
		t.Errorf("heads %q", heads)
	}
	left := map[string]bool{}
	for _, r := range rows {
		for i, cell := range r {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
				t.Errorf("column %d begins a formula: %q", i, cell)
			}
			left[strings.TrimPrefix(cell, "'")] = true
		}
		if r[6] != "2026-03-02" && !regexp.MustCompile(`^2026-\d\d-\d\d$`).MatchString(r[6]) || !regexp.MustCompile(`^2026-\d\d-\d\d$`).MatchString(r[7]) || r[8] == "" || r[9] != "" {
			t.Errorf("days %q", r[6:])
		}
		if r[0] == quiet && clockTime.MatchString(strings.Join(r, " ")) {
			t.Errorf("of somebody without a name it has the minute: %q", r)
		}
	}
	for _, title := range titles {
		if !left[title] {
			t.Errorf("%q is not read as it was typed", title)
		}
	}
}

func TestWhoseListLacksAMatterTheirFileLacksItToo(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	in := complainttest.Intake()
	in.Story.Unit = complainttest.Finance
	in.Story.Facts += "办公室的周宁知道这件事。"
	about := w.File(t, in).Number
	other := w.File(t, complainttest.Intake()).Number
	for role, sees := range map[staff.Role]bool{staff.Registrar: false, staff.Supervisor: true} {
		by := team[role]
		_, rows := by.exported(t, "/complaints?view=all")
		if got := column(rows, 0); slices.Contains(got, about) != sees || !slices.Contains(got, other) {
			t.Errorf("%s takes out %q", role, got)
		}
	}
}

func TestWhoMayTakeAListOut(t *testing.T) {
	t.Parallel()
	for kind, want := range map[*register.Kind][]staff.Role{
		complaint.Kind:  {staff.Registrar, staff.Supervisor, staff.Leader, staff.Auditor},
		discipline.Kind: {staff.Registrar, staff.Supervisor, staff.DisciplineOfficer, staff.Leader, staff.Auditor},
		loans:           {staff.Registrar, staff.Supervisor, staff.Auditor},
	} {
		if diff := cmp.Diff(want, kind.Exporters()); diff != "" {
			t.Errorf("%s: %s", kind.Path, diff)
		}
	}
	w := newWorkplace(t)
	team := w.team(t)
	w.seed(t, 1)
	officer := w.signIn(t, "lin", "林晓", staff.DisciplineOfficer, complainttest.DeskUnit)
	for _, who := range []member{team[staff.Handler], team[staff.UnitHead], officer} {
		page := who.Get(t, "/complaints?view=all").Want(t, 200)
		if page.Has("#export") || page.Has("button[form=export]") {
			t.Errorf("%s is offered the file", who.Role)
		}
		who.Post(t, "/complaints.csv", url.Values{"csrf": {page.Attr("[name=csrf]", "value")}}).Want(t, 404)
	}
	supervisor := team[staff.Supervisor]
	before := w.exports(t)
	for name, page := range map[string]*webtest.Page{
		"a link":          supervisor.Get(t, "/complaints.csv"),
		"a look":          supervisor.Do(t, http.MethodHead, "/complaints.csv", "", nil),
		"without a token": supervisor.Post(t, "/complaints.csv", url.Values{}),
	} {
		if page.Status < 400 || strings.Contains(page.Body, "SEED") {
			t.Errorf("%s: %d", name, page.Status)
		}
	}
	list := supervisor.Get(t, "/complaints?view=all").Want(t, 200)
	w.Wait(13 * time.Hour)
	if page := list.Submit(t, "button[form=export]", nil); page.Status != http.StatusForbidden || !page.Has(`form[action="/login"]`) {
		t.Errorf("a session that has lapsed: %d %s", page.Status, page.Text("main"))
	}
	if now := w.exports(t); now != before {
		t.Errorf("%d exports are written down that none were", now-before)
	}
}

func (w *workplace) exports(t *testing.T) int {
	t.Helper()
	n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*)::int FROM export`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestWhatLeavesIsWrittenDown: an auditor reads who took what, the office's chain holds
// it, and the log of the process has none of the words.
func TestWhatLeavesIsWrittenDown(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.desk = w.twin()
	w.desk.Daybook = &daybook.Book{Key: w.Keys.Office.EventKey(), Now: w.Now, Random: rand.Reader}
	w.app = siteOf(w.desk)
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, complainttest.DeskUnit)
	supervisor := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	w.seed(t, 5)
	if err := w.desk.Daybook.Begin(t.Context(), w.DB.Admin); err != nil {
		t.Fatal(err)
	}
	if page := auditor.Get(t, "/audit").Want(t, 200).Follow(t, `a[href="/audit/exports"]`).Want(t, 200); !strings.Contains(page.Text("main"), "没有可以列出的") {
		t.Errorf("before any: %s", page.Text("main"))
	}
	list := "/complaints?" + url.Values{"view": {"all"}, "unit": {"FIN"}, "state": {string(complaint.Accepted)}}.Encode()
	_, rows := supervisor.exported(t, list)
	in := complainttest.Intake()
	in.Story.Title = "王小明欠款"
	w.File(t, in)
	w.index(t)
	_, found := supervisor.exported(t, "/complaints?"+url.Values{"text": {"王小明"}}.Encode())
	if len(rows) == 0 || len(found) != 1 {
		t.Fatalf("%d and %d matters", len(rows), len(found))
	}
	page := auditor.Get(t, "/audit/exports").Want(t, 200)
	lines := page.All("main tbody tr")
	if len(lines) != 2 {
		t.Fatalf("the auditor reads %q", lines)
	}
	for i, want := range [][]string{
		{"何敏（督办员）", complaint.Law.Noun + "：在办", "含“王小明”", "不到 100 件"},
		{"何敏（督办员）", complaint.Law.Noun + "：全部", "状态：" + complaint.Law.State(complaint.Accepted).Word, "被投诉单位：县财政局", "不到 100 件"},
	} {
		for _, part := range want {
			if !strings.Contains(lines[i], part) {
				t.Errorf("line %d does not say %q: %s", i, part, lines[i])
			}
		}
	}
	if again := page.Find("main tbody tr:last-child a").AttrOr("href", ""); !slices.Equal(auditor.listed(t, again), column(rows, 0)) {
		t.Errorf("%s is not the list that left", again)
	}
	if strings.Contains(w.log.String(), "王小明") || strings.Contains(w.log.String(), url.QueryEscape("王小明")) {
		t.Error("the log of the process has what was looked for")
	}
	supervisor.Get(t, "/audit/exports").Want(t, 404)

	tx, err := w.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	sum, err := daybook.Check(t.Context(), tx, key.NewEventKeys(w.Keys.Office, w.Keys.Portal), func(f chain.Finding) { t.Error(f.Sentence) })
	if err != nil || sum.Events != 5 {
		t.Errorf("the daybook has %d events, want the first and two for each export: %v", sum.Events, err)
	}
}

// TestAnAuditorReadsNotOfTheirOwnUnitWhatWasFound: a number would tell what their list
// and its counts do not.
func TestAnAuditorReadsNotOfTheirOwnUnitWhatWasFound(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	supervisor := w.signIn(t, "hemin", "何敏", staff.Supervisor, "")
	auditors := map[string]member{
		"of the office":     w.signIn(t, "sunjing", "孙静", staff.Auditor, complainttest.DeskUnit),
		"of no unit":        w.signIn(t, "guwu", "古武", staff.Auditor, ""),
		"of the accused":    w.signIn(t, "caijing", "蔡京", staff.Auditor, complainttest.Finance),
		"of another unit":   w.signIn(t, "sifa", "司法", staff.Auditor, complainttest.Justice),
		"who is looked for": w.signIn(t, "wangxiao", "王小明", staff.Auditor, ""),
	}
	w.seed(t, 9)
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `INSERT INTO search_text SELECT id, @words::text::tsvector FROM matter`,
		pg.Args{"words": search.Vector("找王小明要钱")}); err != nil {
		t.Fatal(err)
	}
	const masked, told, absent = "masked", "told", "absent"
	others := map[string]string{"of the office": told, "of no unit": told, "of the accused": masked, "of another unit": masked}
	for _, c := range []struct{ asked, said, named, office string }{ // how who is looked for and who is of the office read it
		{"unit=FIN", "被投诉单位：县财政局", told, told},
		{"", "件", told, told},
		{"text=" + url.QueryEscape("王小明"), "王小明", absent, told},
	} {
		before := map[string]int{}
		for name, by := range auditors {
			before[name] = len(by.Get(t, "/audit/exports").Want(t, 200).All("main tbody tr"))
		}
		_, rows := supervisor.exported(t, "/complaints?"+c.asked)
		for name, by := range auditors {
			page := by.Get(t, "/audit/exports").Want(t, 200)
			line := page.Find("main tbody tr").First()
			text, how := line.Text(), others[name]
			switch name {
			case "who is looked for":
				how = c.named
			case "of the office":
				how = c.office
			}
			if added := len(page.All("main tbody tr")) - before[name]; added != map[bool]int{true: 0, false: 1}[how == absent] {
				t.Errorf("%q: the auditor %s reads %d lines more", c.asked, name, added)
			}
			if how == absent {
				continue
			}
			if !strings.Contains(text, "何敏") || !strings.Contains(text, complaint.Law.Noun) {
				t.Errorf("%q: the auditor %s does not read who took what: %s", c.asked, name, text)
			}
			if strings.Contains(text, fmt.Sprint(len(rows), "\u00a0件")) || strings.Contains(text, fmt.Sprint("不到 ", len(rows)/100*100+100, "\u00a0件")) != (how == told) {
				t.Errorf("%q of %d: the auditor %s reads %s", c.asked, len(rows), name, text)
			}
			if told := how == told; c.said != "件" && strings.Contains(text, c.said) != told || line.Find("a").Length() > 0 != told {
				t.Errorf("%q: the auditor %s reads %s", c.asked, name, text)
			}
		}
	}
}

// TestOfAnExportWithoutAnEndTheAuditorReadsSo: the process ended in the middle.
func TestOfAnExportWithoutAnEndTheAuditorReadsSo(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, complainttest.DeskUnit)
	ends := map[string]string{"": "正在导出", "limit": "10,000 件 到了一次的上限", "broken": "最多 600 件 中断"}
	for how, want := range ends {
		if _, err := w.DB.Owner.Exec(t.Context(), `
			WITH begun AS (INSERT INTO export (at, staff_id, role, kind, asked, said)
				SELECT $1, $2, 'supervisor', k.kind, '', '{在办}' FROM matter_kind k WHERE k.kind = 'case' RETURNING id)
			INSERT INTO export_end SELECT id, $1, CASE $3 WHEN 'limit' THEN 10000 ELSE 512 END, $3 FROM begun WHERE $3 <> ''`,
			w.Now(), auditor.ID, how); err != nil {
			t.Fatal(err)
		}
		if got := auditor.Get(t, "/audit/exports").Want(t, 200).Text("main tbody tr:first-child"); !strings.Contains(got, want) {
			t.Errorf("%q: the auditor reads %q", how, got)
		}
	}
	w.Wait(3 * time.Minute)
	if got := auditor.Get(t, "/audit/exports").Want(t, 200).Text("main"); strings.Contains(got, "正在导出") || !strings.Contains(got, "没有记下怎样结束") {
		t.Errorf("later the auditor reads %q", got)
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `
		INSERT INTO export (at, staff_id, role, kind, asked, said) SELECT $1, $2, 'supervisor', 'case', '', '{第一个}' FROM generate_series(1, 50)`, w.Now(), auditor.ID); err != nil {
		t.Fatal(err)
	}
	if older := auditor.Get(t, "/audit/exports").Want(t, 200).Follow(t, `a[href*="skip="]`).Want(t, 200); len(older.All("main tbody tr")) != len(ends) {
		t.Errorf("the older ones: %q", older.All("main tbody tr"))
	}
}

// TestWhoHangsUpHasTakenAtMostWhatIsWrittenDown: over a connection that is closed after
// the first bytes.
func TestWhoHangsUpHasTakenAtMostWhatIsWrittenDown(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	w.seed(t, 70)
	by := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	list := by.Get(t, "/complaints?view=all").Want(t, 200)
	ln := fasthttputil.NewInmemoryListener()
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- w.app.ServeListener(ctx, ln) }()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}()
	conn, err := ln.Dial()
	if err != nil {
		t.Fatal(err)
	}
	body := url.Values{list.Attr("#export input", "name"): {list.Attr("#export input", "value")}}.Encode()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, here+list.Attr("#export", "action"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Sec-Fetch-Site": {"same-origin"}, "Content-Type": {"application/x-www-form-urlencoded"}}
	r.AddCookie(&http.Cookie{Name: desk.StaffCookie, Value: by.Cookie("zx_staff")})
	if err := r.Write(conn); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), r)
	if err != nil || answer.StatusCode != 200 {
		t.Fatal(answer, err)
	}
	if _, err := io.CopyN(io.Discard, answer.Body, 100); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	type row struct {
		How     string
		Matters int
	}
	for range 200 {
		ends, err := pg.All[row](t.Context(), w.DB.Owner, `SELECT how, matters FROM export_end`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(ends) == 1 {
			if ends[0].How != "broken" || ends[0].Matters == 0 || ends[0].Matters >= 1000 {
				t.Errorf("it is written down as %+v", ends[0])
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("nothing says how it ended")
}

// TestNoPageOfExportsSaysThatSomeAreLeftOut: pages of whom some lines are kept from are as
// full, and lead on by the same addresses, as if those had never been.
func TestNoPageOfExportsSaysThatSomeAreLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	auditor := w.signIn(t, "wangxiao", "王小明", staff.Auditor, complainttest.DeskUnit)
	add := func(n int, asked string) {
		t.Helper()
		if _, err := w.DB.Owner.Exec(t.Context(), `
			INSERT INTO export (at, staff_id, role, kind, asked, said) SELECT $1, $2, 'supervisor', 'complaint', $3, '{在办}' FROM generate_series(1, $4)`,
			w.Now(), auditor.ID, asked, n); err != nil {
			t.Fatal(err)
		}
	}
	walk := func() (pages []string) {
		t.Helper()
		for at := "/audit/exports"; at != ""; {
			page := auditor.Get(t, at).Want(t, 200)
			pages = append(pages, at+" "+page.Text("main"))
			at = page.Find(`a[href*="/audit/exports?"]`).AttrOr("href", "")
		}
		return pages
	}
	add(40, "")
	add(31, "view=all")
	before := walk()
	add(7, "text="+url.QueryEscape("王小明"))
	add(260, "unit="+complainttest.DeskUnit)
	if diff := cmp.Diff(before, walk()); diff != "" || len(before) != 2 {
		t.Errorf("%d pages: %s", len(before), diff)
	}
	auditor.Get(t, "/audit/exports?skip=-3").Want(t, 200)
	auditor.Get(t, "/audit/exports?skip=9999999999999999999999").Want(t, 200)
}
