package matter

import (
	"cmp"
	"context"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/export"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// exportLimit is how many matters one export may have: more than a county
// receives in ten years, and a tenth of what a sheet holds.
const exportLimit = 100_000

// exportURL is the address that the list is taken out from, as a file of that ending.
func exportURL(k *register.Kind, ending string, v url.Values) string {
	if len(v) == 0 {
		return desk.ListURL(k) + ending
	}
	return desk.ListURL(k) + ending + "?" + v.Encode()
}

// MayExport says whether a person may take matters of the kind out as a file.
func MayExport(k *register.Kind, p staff.Person) bool {
	return slices.Contains(k.Exporters(), p.Role) && (p.Office || p.Unit == "")
}

// buttons are those beside the title.
func (v listView) buttons() []view.Button {
	all := slices.Clone(v.Offers)
	if v.Export {
		for _, f := range desk.Formats {
			all = append(all, view.Button{Label: f.Label, Kind: view.Quiet, Form: f.Form})
		}
	}
	return all
}

// exportBound is what the page says of the bound of an export, where the list is longer
// than is counted.
func exportBound() string {
	return "导出一次最多 " + view.N(exportLimit, "件") + "；更多的，请加条件分几次导出。"
}

// submitExport sends the list that the address asks for as a file of that format.
//
// It is a form and no link: each export is written down under somebody's name, so it
// has to be what this person did. A link is fetched beforehand by browsers, visited by
// programs that look for viruses, and called from pages of others with the person's
// cookie; a form needs the token of their own page.
func (p Pages[M]) submitExport(as desk.Format) fiber.Handler {
	return func(c *fiber.Ctx) error { return p.export(c, as) }
}

func (p Pages[M]) export(c *fiber.Ctx, as desk.Format) error {
	by := desk.Person(c)
	if !MayExport(p.Kind(), by) {
		return fault.New(fault.NotFound, "")
	}
	a := askedOf(c, p.Kind(), by, p.Now())
	if a.denied {
		return errDenied
	}
	_, mine, err := p.Staff.Lists(c.UserContext(), by, string(p.Kind().Law.Kind))
	if err != nil {
		return err
	}
	numbers := chosen(web.Form(c).All("matter"))
	if len(numbers) > 0 { // wherever they are by now
		a.Filter = register.Filter{View: register.ViewAll, Person: by, Numbers: numbers}
	}
	v := listView{asked: a, Columns: p.columns(a, mine), Noun: p.Kind().Law.Noun, Unit: p.unitHead(), Timed: timed(p.Kind())}
	if err := p.choices(c, &v); err != nil {
		return err
	}
	terms, err := p.Register().Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	// The first page is read before anything is said: where that fails, nothing has left.
	first, err := p.Register().ListOf(c.UserContext(), by.Scope(), a.Filter, register.Cursor{}, desk.LeavingPage)
	if err != nil {
		return err
	}
	book := export.Book{Pool: p.Office.Pool, Daybook: p.Daybook, Now: p.Now}
	id, err := book.Begin(c.UserContext(), export.Taking{By: by, Kind: string(p.Kind().Law.Kind), Asked: a.values.Encode(), Said: v.said(numbers)})
	if err != nil {
		return err
	}
	columns := v.Columns.filed()
	after := first.Next
	f := leaving(exportHeads(columns), first, func(ctx context.Context) (register.Page, error) {
		page, err := p.Register().ListOf(ctx, by.Scope(), a.Filter, after, desk.LeavingPage)
		after = page.Next
		return page, err
	})
	f.Start = func(to io.Writer) desk.Sheet { return as.Table(to, p.Kind().Law.Noun) }
	f.Line = func(r register.Row) []spreadsheet.Cell { return p.line(r, columns, terms, by) }
	f.End = func(ctx context.Context, matters int, how export.How, err error) {
		if err != nil {
			p.Log.Error("export broken off", "export", id, "error", err)
		}
		if err := book.End(ctx, by, id, matters, how); err != nil {
			p.Log.Error("end of an export not recorded", "export", id, "error", err)
		}
	}
	return desk.Leaves(c, f, as, p.Kind().Path, p.Kind().Law.Noun, clock.On(p.Now()))
}

// leaving is a list of matters on its way out, as far as it is one.
func leaving(heads []spreadsheet.Head, first register.Page, next func(context.Context) (register.Page, error)) *desk.Leaving[register.Row, int64] {
	return &desk.Leaving[register.Row, int64]{
		Heads: heads, Rows: first.Rows, More: !first.Next.IsZero(), Most: exportLimit, Key: func(r register.Row) int64 { return r.ID },
		Only: "只有前 " + view.N(exportLimit, "件") + "，后面还有，没有导出。请加条件分几次导出。",
		Next: func(ctx context.Context) ([]register.Row, bool, error) {
			page, err := next(ctx)
			return page.Rows, !page.Next.IsZero(), err
		},
	}
}

// exportDo is the button of a list that takes out what was ticked.
const exportDo = "export"

// exportPage shows what was ticked, and the forms that take it out: see submitExport.
func (p Pages[M]) exportPage(c *fiber.Ctx, numbers []string) error {
	by := desk.Person(c)
	if !MayExport(p.Kind(), by) {
		return fault.New(fault.NotFound, "")
	}
	a := asksFor{row: workflow.Move{Label: "导出"}, shown: chosen(numbers), asked: askedOf(c, p.Kind(), by, p.Now())}
	v := p.manyFrame(c, a)
	if len(a.shown) == 0 {
		v.Said = &noneChosen
		return view.Show(c, manyPage(v))
	}
	rows, _, err := p.Register().Several(c.UserContext(), by, a.shown, "")
	if err != nil {
		return err
	}
	var lines []desk.HandedRow
	for i, r := range rows {
		line := p.manyLine(i+1, r)
		line.Status = StateTag(p.Kind().Law, r.State)
		lines, v.Numbers = append(lines, line), append(v.Numbers, r.Number)
	}
	v.Groups = desk.HandedLines("要导出的", "", false, "件", lines)
	if len(lines) > 0 {
		v.Exports = desk.ListURL(p.Kind())
		for _, f := range desk.Formats {
			v.Buttons = append(v.Buttons, view.Button{Label: f.Label, Form: f.Form})
		}
	}
	v.Buttons = append(v.Buttons, view.Button{Label: v.Back.Label, Href: v.Back.Href, Kind: view.Quiet})
	return view.Show(c, manyPage(v))
}

// said is what the list shows: the view, each filter in words, and the columns that were
// chosen; of what was ticked, which they are.
func (v listView) said(numbers []string) []string {
	at, _ := v.asked.kind.View(v.asked.View)
	said := []string{at.Label}
	if len(numbers) > 0 {
		said = []string{"勾选的 " + view.N(len(numbers), "件") + "：" + strings.Join(numbers, "、")}
	} else {
		for _, chip := range v.Chips.Items {
			said = append(said, chip.Label)
		}
	}
	if columns := v.Columns.said(); columns != "" {
		said = append(said, columns)
	}
	return said
}

func exportHeads(columns []column) []spreadsheet.Head {
	heads := []spreadsheet.Head{{Label: "编号", Width: 9}, {Label: "标题", Width: 26}}
	for _, c := range columns {
		heads = append(heads, spreadsheet.Head{Label: cmp.Or(c.head, c.label), Width: c.width})
	}
	return heads
}

// fileDue is the nearest term as a file has it.
type fileDue struct {
	day   spreadsheet.Cell
	words string
}

// line is one matter with the columns that the file has. Of a term it has the day alone, also
// where hours are counted: they may have begun with what somebody without a name did.
func (p Pages[M]) line(r register.Row, columns []column, table clock.Table, by staff.Person) []spreadsheet.Cell {
	row := p.Row(r, table)
	due := fileDue{spreadsheet.Words(row.Deadline.Date), row.Deadline.Words}
	if !row.Deadline.On.IsZero() {
		due.day = dayCell(row.Deadline.On)
	}
	if r.Due != nil && r.Due.Provisional {
		due.words += "（暂定）"
	}
	if r.Due != nil && r.Due.Unit == clock.Hours {
		due.words, _ = desk.DueWords(r.Due.At, p.Now())
	}
	cells := []spreadsheet.Cell{spreadsheet.Words(row.Number), spreadsheet.Words(row.Title)}
	for _, c := range columns {
		of := columnOf{r, row, due, by}
		if c.cell != nil {
			cells = append(cells, c.cell(of))
			continue
		}
		cells = append(cells, spreadsheet.Words(c.words(of)))
	}
	return cells
}

// dayCell is a cell with a day, empty for the zero Date.
func dayCell(d clock.Date) spreadsheet.Cell {
	if d.IsZero() {
		return spreadsheet.Cell{}
	}
	return spreadsheet.Day(d.Year, d.Month, d.Day)
}
