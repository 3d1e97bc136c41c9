package records

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// calendarView is the calendar: what the office lacks, and every year with how
// it came to be what it is.
type calendarView struct {
	Frame  desk.Frame
	Done   view.Banner
	Alarms []view.Banner
	Years  []calendarYear
	Keeps  bool // the reader may import
}

// calendarYear is the version of a year in force, with those before it.
type calendarYear struct {
	clock.Version
	Before []clock.Version
}

func (d *Pages) showCalendar(c *fiber.Ctx) error {
	versions, err := clock.Versions(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	v := calendarView{Frame: d.Frame(c, "日历", "calendar"), Keeps: d.Reaches(desk.Person(c).Role, "calendar/import")}
	for _, one := range versions { // the newest of a year first
		if n := len(v.Years); n > 0 && v.Years[n-1].Year == one.Year {
			v.Years[n-1].Before = append(v.Years[n-1].Before, one)
			continue
		}
		v.Years = append(v.Years, calendarYear{Version: one})
	}
	if v.Alarms, err = d.Alarms(c, desk.Person(c)); err != nil {
		return err
	}
	for i := range v.Alarms {
		v.Alarms[i].Buttons = nil // the page's own is beside its title
	}
	v.Done = importedBanner(c.Query("done"), c.Query("left") != "")
	return view.Show(c, calendarPage(v))
}

// importedBanner says what an import did; the year in the address is a number
// and nothing else.
func importedBanner(year string, left bool) view.Banner {
	n, err := strconv.Atoi(year)
	if err != nil || n < 2000 || n > 2200 {
		return view.Banner{}
	}
	b := view.Banner{Kind: view.Done, Title: fmt.Sprintf("%d 年的放假安排已经导入。", n),
		Text: "正在走的期限已经重算；最后一天变了的，每一件的经过里都写着原来是哪天、改成哪天。"}
	if left {
		b.Text = "正在走的期限已经重算了一部分，其余的由后台接着算，几分钟算完；最后一天变了的，每一件的经过里都写着。"
	}
	return b
}

func yearStatus(status clock.Status) view.StatusTag {
	if status == clock.Official {
		return view.StatusTag{Word: "已公布", Shape: view.ShapeTick, Tone: view.Pine}
	}
	return view.StatusTag{Word: "暂定"}
}

// imported says when and by whom a version came, and how to tell its file.
func imported(v clock.Version) string {
	by := v.By
	switch {
	case v.Digest == "":
		return fmt.Sprintf("第 %d 版，随程序带来", v.Version)
	case by == "":
		by = "操作员在服务器上用命令"
	}
	return fmt.Sprintf("第 %d 版，%s %s 导入，文件指纹 %s", v.Version, by, clock.On(v.ImportedAt).Long(), v.Digest[:16])
}

// importView is the form of an import, with what is wrong with it.
type importView struct {
	Frame  desk.Frame
	Errors view.Errors
	Handed clock.Handed
}

// published are the two answers to whether the notice is out.
const (
	isPublished = "yes"
	isDraft     = "no"
)

func (v importView) published() string {
	if v.Handed.Draft {
		return isDraft
	}
	return isPublished
}

func (d *Pages) showImport(c *fiber.Ctx) error { return d.importPage(c, clock.Handed{}, nil) }

func (d *Pages) importPage(c *fiber.Ctx, h clock.Handed, errs view.Errors) error {
	v := importView{Frame: d.Frame(c, "导入放假安排", "calendar"), Errors: errs, Handed: h}
	if v.Frame.HasErrors = errs.Wrong(); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, importPage(v))
}

// calendarFile is the most that a file may weigh; a year has some forty lines.
const calendarFile = 32 << 10

// submitImport shows what an import would change, and changes nothing. What is
// wrong comes back with all that was typed; a file as text, to be mended there.
func (d *Pages) submitImport(c *fiber.Ctx) error {
	h, err := handedIn(c)
	if fault.Is(err, fault.Invalid) {
		return d.importPage(c, h, view.Errors{{Name: "file", Sentence: fault.SentenceOf(err)}})
	}
	if err != nil {
		return err
	}
	return d.planned(c, h)
}

// handedIn reads the parts as they arrive; a file wins over what is typed.
func handedIn(c *fiber.Ctx) (clock.Handed, error) {
	var h clock.Handed
	for parts := web.Upload(c); ; {
		part, err := parts.Next()
		if err == io.EOF {
			return h, nil
		}
		if err != nil {
			return h, err
		}
		switch part.Name {
		case "source":
			h.Source, err = part.Value(2000)
		case "published":
			var said string
			said, err = part.Value(20)
			h.Draft = said == isDraft
		case "text":
			h.Text, err = part.Value(calendarFile)
		case "file":
			err = readFile(part, &h.Text)
		}
		if err != nil {
			return h, err
		}
	}
}

func readFile(part *web.Part, into *string) error {
	raw, err := io.ReadAll(io.LimitReader(part, calendarFile+1))
	switch {
	case err != nil:
		return err
	case len(raw) > calendarFile:
		return fault.New(fault.Invalid, "文件太大，不像一年的放假安排，没有读。")
	case len(raw) == 0: // none was chosen
		return nil
	}
	text, err := form.FileText(raw)
	if err == nil {
		*into = text
	}
	return err
}

// planView shows what an import will change, before it does.
type planView struct {
	Frame   desk.Frame
	Plan    clock.Plan
	Now     string // running clocks that are provisional, in rough words
	Moved   string // running clocks whose date will change
	Changed *view.Banner
}

// planned plans and shows; with the faults beside the form when it cannot.
func (d *Pages) planned(c *fiber.Ctx, h clock.Handed) error {
	plan, errs, err := d.plan(c, h)
	if err != nil || len(errs) > 0 {
		return d.unplanned(c, h, errs, err)
	}
	return d.planPage(c, plan, nil)
}

// plan reads what was handed in; bad lines come as faults of the text.
func (d *Pages) plan(c *fiber.Ctx, h clock.Handed) (clock.Plan, view.Errors, error) {
	var errs view.Errors
	if said := form.LineFault(form.Line(h.Source)); said != "" && form.Line(h.Source) != "" {
		errs = append(errs, fault.Field{Name: "source", Sentence: said})
	} else if form.Length(h.Source) > 200 {
		errs = append(errs, fault.Field{Name: "source", Sentence: form.TooLong(h.Source, 200)})
	}
	plan, bad, err := clock.PlanImport(c.UserContext(), d.Office.Pool, h)
	return plan, append(errs, lineFaults(bad)...), err
}

// shownFaults is how many wrong lines are told at once.
const shownFaults = 20

func lineFaults(bad []clock.BadLine) (errs view.Errors) {
	for i, b := range bad {
		sentence := b.Reason
		if b.Number > 0 {
			sentence = fmt.Sprintf("第 %d 行“%s”：%s", b.Number, b.Text, b.Reason)
		}
		if i == shownFaults {
			errs = append(errs, fault.Field{Name: "text", Sentence: "还有 " + view.N(len(bad)-i, "行") + "也不对；改好上面的再看"})
			break
		}
		errs = append(errs, fault.Field{Name: "text", Sentence: sentence})
	}
	return errs
}

// unplanned shows the form again with what is wrong and all that was typed.
func (d *Pages) unplanned(c *fiber.Ctx, h clock.Handed, errs view.Errors, err error) error {
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		errs, err = append(errs, fault.Field{Name: "text", Sentence: strings.TrimSuffix(fault.SentenceOf(err), "。")}), nil
	}
	if err != nil {
		return err
	}
	return d.importPage(c, h, errs)
}

func (d *Pages) planPage(c *fiber.Ctx, plan clock.Plan, changed *view.Banner) error {
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	var years []int
	for _, one := range plan.Changes {
		years = append(years, one.Year)
	}
	table.Calendar = plan.Calendar(table.Calendar)
	o, err := d.Office.Engine.Outlook(c.UserContext(), table, years)
	if err != nil {
		return err
	}
	v := planView{Frame: d.Frame(c, "核对放假安排", "calendar"), Plan: plan, Now: roughly(o.Provisional), Moved: roughly(o.Moved), Changed: changed}
	return view.Show(c, planPage(v))
}

// roughly is a number of clocks for somebody who may know of no complaint: one
// more or less must not show.
func roughly(n int) string {
	if n < 10 {
		return "不到 " + view.N(10, "个")
	}
	return "大约 " + view.N((n+9)/10*10, "个")
}

// recountedAtOnce bounds what a request counts anew; the worker does the rest.
const recountedAtOnce = 100

// submitCalendar imports what the page before showed, and nothing else: another
// text or another version in between is shown first.
func (d *Pages) submitCalendar(c *fiber.Ctx) error {
	typed, h := web.Form(c), typedCalendar(c)
	if typed.Get("do") == "edit" {
		return d.importPage(c, h, nil)
	}
	plan, errs, err := d.plan(c, h)
	if err != nil || len(errs) > 0 {
		return d.unplanned(c, h, errs, err)
	}
	if len(plan.Changes) == 0 { // pressed twice, or somebody else was first with the same
		return d.recounted(c, plan)
	}
	if plan.Seen() == typed.Get("seen") {
		err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "import_calendar", By: desk.Person(c).ID}, func(tx pgx.Tx) error {
			return plan.Import(c.UserContext(), tx, desk.Person(c).ID, d.Now())
		})
	} else {
		err = fault.New(fault.Conflict, "")
	}
	if fault.Is(err, fault.Conflict) {
		if plan, errs, err = d.plan(c, h); err != nil || len(errs) > 0 {
			return d.unplanned(c, h, errs, err)
		}
		c.Status(fiber.StatusConflict)
		return d.planPage(c, plan, &view.Banner{Kind: view.Warn, Title: "还没有导入：日历刚才有人改过，和您看到的不一样了。",
			Text: "下面是按现在的日历重新比出来的，请看过再按“导入”。"})
	}
	if err != nil {
		return err
	}
	return d.recounted(c, plan)
}

func typedCalendar(c *fiber.Ctx) clock.Handed {
	typed := web.Form(c)
	return clock.Handed{Text: typed.Get("text"), Source: typed.Get("source"), Draft: typed.Get("published") == isDraft}
}

// undoneCalendar shows what an import would change that was not done.
func (d *Pages) undoneCalendar(c *fiber.Ctx) error { return d.planned(c, typedCalendar(c)) }

// undoneImport shows what was typed; the file has to be chosen again.
func (d *Pages) undoneImport(c *fiber.Ctx) error { return d.importPage(c, typedCalendar(c), nil) }

// recounted has the clocks follow. The calendar stands by now: what goes wrong
// here is the worker's to do again.
func (d *Pages) recounted(c *fiber.Ctx, plan clock.Plan) error {
	ctx, engine := c.UserContext(), d.Office.Engine
	engine.Clocks.Forget()
	d.Log.InfoContext(ctx, "calendar imported", "staff", desk.Person(c).ID, "year", plan.Year, "status", string(plan.Status), "digest", plan.Digest(),
		"new_versions", len(plan.Changes))
	done, err := engine.Recount(ctx, d.Laws(), recountedAtOnce)
	if err != nil {
		d.Log.WarnContext(ctx, "not all clocks recounted", "error", err)
	}
	to := "/calendar?done=" + strconv.Itoa(plan.Year)
	if done.Left > 0 || err != nil {
		to += "&left=1"
	}
	return web.SeeOther(c, to)
}

// changeHead says which version of which year it will be.
func changeHead(c clock.Change) string {
	switch {
	case c.Version == 1:
		return fmt.Sprintf("%d 年：第一次导入", c.Year)
	case c.Was == clock.Provisional && c.Status == clock.Official:
		return fmt.Sprintf("%d 年：由暂定改为已公布，第 %d 版", c.Year, c.Version)
	}
	return fmt.Sprintf("%d 年：更正，第 %d 版", c.Year, c.Version)
}

// dayChange says what becomes of a day: 2月5日（星期六）：上班 → 平常.
func dayChange(c clock.DayChange) string {
	return c.Day.Chinese() + "：" + kindWord(c.Was) + " → " + kindWord(c.Now)
}

func kindWord(k clock.Kind) string {
	switch k {
	case clock.Off:
		return "放假"
	case clock.Work:
		return "调休上班"
	}
	return "照平常的星期"
}

// longList is from how many changed days on a list is folded.
const longList = 12

// spans writes days as people do: 1月1日至3日、5月9日.
func spans(days []clock.Date) string {
	var out string
	for i := 0; i < len(days); {
		end := i
		for end+1 < len(days) && days[end+1] == days[end].AddDays(1) {
			end++
		}
		if out != "" {
			out += "、"
		}
		out += days[i].Short()
		switch {
		case end > i && days[end].Month == days[i].Month:
			out += fmt.Sprintf("至%d日", days[end].Day)
		case end > i:
			out += "至" + days[end].Short()
		}
		i = end + 1
	}
	if out == "" {
		return "没有"
	}
	return out
}
