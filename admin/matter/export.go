package matter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/export"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

const (
	// exportLimit is how many matters one export may have: more than a county
	// receives in a year, and all that a spreadsheet of theirs opens at once.
	exportLimit = 10_000
	// exportPage is how many are in memory at a time.
	exportPage = 500
	// exportTime bounds the whole of it, as the server does what it writes.
	exportTime = 30 * time.Second
)

// format is a sort of file that a list leaves as.
type format struct {
	ending string
	label  string // on the button
	form   string // id of the form that takes the list out; its button stands in the row of the others
	of     string // Content-Type
	table  func(to io.Writer, name string) table
}

// table is a list being written.
type table interface {
	Heads(heads ...spreadsheet.Head) error
	Row(cells ...spreadsheet.Cell) error
	// Sent gives on what was written, as far as there is something whole.
	Sent() error
	Close() error
}

// formats are those that every list leaves as, the one that offices ask for first.
var formats = []format{
	{".xlsx", "导出 Excel", "export-xlsx", spreadsheet.WorkbookType, func(to io.Writer, name string) table { return &workbook{spreadsheet.NewBook(to), name} }},
	{".csv", "导出 CSV", "export", spreadsheet.ContentType, func(to io.Writer, _ string) table { return lines{spreadsheet.NewWriter(to)} }},
}

// lines is a list as CSV.
type lines struct{ *spreadsheet.Writer }

func (l lines) Heads(heads ...spreadsheet.Head) error {
	cells := make([]string, len(heads))
	for i, h := range heads {
		cells[i] = h.Label
	}
	return l.Write(cells...)
}

func (l lines) Row(cells ...spreadsheet.Cell) error {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.CSV()
	}
	return l.Write(all...)
}

func (l lines) Sent() error  { return l.Flush() }
func (l lines) Close() error { return l.Flush() }

// workbook is a list as the one sheet of a workbook.
type workbook struct {
	*spreadsheet.Book
	name string
}

func (w *workbook) Heads(heads ...spreadsheet.Head) error {
	w.Sheet(w.name, heads...)
	return nil
}

func (w *workbook) Sent() error { return nil }

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
		for _, f := range formats {
			all = append(all, view.Button{Label: f.label, Kind: view.Quiet, Form: f.form})
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
func (p Pages[M]) submitExport(as format) fiber.Handler {
	return func(c *fiber.Ctx) error { return p.export(c, as) }
}

func (p Pages[M]) export(c *fiber.Ctx, as format) error {
	by := desk.Person(c)
	if !MayExport(p.Kind(), by) {
		return fault.New(fault.NotFound, "")
	}
	a := askedOf(c, p.Kind(), by, p.Now())
	v := listView{asked: a, Noun: p.Kind().Law.Noun, Unit: p.unitHead(), Timed: timed(p.Kind())}
	if err := p.choices(c, &v); err != nil {
		return err
	}
	terms, err := p.Register().Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	// The first page is read before anything is said: where that fails, nothing has left.
	first, err := p.Register().ListOf(c.UserContext(), by.Scope(), a.Filter, register.Cursor{}, exportPage)
	if err != nil {
		return err
	}
	book := export.Book{Pool: p.Office.Pool, Daybook: p.Daybook, Now: p.Now}
	id, err := book.Begin(c.UserContext(), export.Taking{By: by, Kind: string(p.Kind().Law.Kind), Asked: a.values.Encode(), Said: v.said()})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), exportTime)
	f := &file{
		heads: exportHeads(p.unitHead()), page: first, start: func(to io.Writer) table { return as.table(to, p.Kind().Law.Noun) },
		more: func(after register.Cursor) (register.Page, error) {
			return p.Register().ListOf(ctx, by.Scope(), a.Filter, after, exportPage)
		},
		line: func(r register.Row) []spreadsheet.Cell { return p.line(r, terms) },
		end: func(matters int, how export.How, err error) {
			cancel()
			if err != nil {
				p.Log.Error("export broken off", "export", id, "error", err)
			}
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exportTime)
			defer cancel()
			if err := book.End(ctx, by, id, matters, how); err != nil {
				p.Log.Error("end of an export not recorded", "export", id, "error", err)
			}
		},
	}
	day := clock.On(p.Now()).String()
	c.Set(fiber.HeaderContentType, as.of)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-%s%s"; filename*=UTF-8''%s-%s%s`,
		p.Kind().Path, day, as.ending, url.PathEscape(p.Kind().Law.Noun), day, as.ending))
	c.Context().SetBodyStream(f, -1)
	return nil
}

// said is what the list shows: the view, then each filter in words.
func (v listView) said() []string {
	at, _ := v.asked.kind.View(v.asked.View)
	said := []string{at.Label}
	for _, chip := range v.Chips.Items {
		said = append(said, chip.Label)
	}
	return said
}

func exportHeads(unit string) []spreadsheet.Head {
	return ofUnit(unit, []spreadsheet.Head{{Label: "编号", Width: 9}, {Label: "标题", Width: 26}, {Label: unit, Width: 14}, {Label: "类别", Width: 14}, {Label: "状态", Width: 7},
		{Label: "在谁手里", Width: 12}, {Label: "收到日期", Width: 6}, {Label: "最近的期限", Width: 6}, {Label: "期限说明", Width: 10}, {Label: "办结日期", Width: 6}})
}

// ofUnit leaves out the third cell, the unit, where no matter has one.
func ofUnit[T any](head string, cells []T) []T {
	if head == "" {
		return slices.Delete(cells, 2, 3)
	}
	return cells
}

// line is one matter as the list shows it, and the days on which it was opened and
// closed. Of a term it has the day alone, also where hours are counted: they may have
// begun with what somebody without a name did.
func (p Pages[M]) line(r register.Row, table clock.Table) []spreadsheet.Cell {
	row := p.Row(r, table)
	due, words := spreadsheet.Words(row.Deadline.Date), row.Deadline.Words
	if !row.Deadline.On.IsZero() {
		due = dayCell(row.Deadline.On)
	}
	if r.Due != nil && r.Due.Provisional {
		words += "（暂定）"
	}
	if r.Due != nil && r.Due.Unit == clock.Hours {
		words, _ = desk.DueWords(r.Due.At, p.Now())
	}
	return ofUnit(p.unitHead(), []spreadsheet.Cell{
		spreadsheet.Words(row.Number), spreadsheet.Words(row.Title), spreadsheet.Words(row.Unit), spreadsheet.Words(row.Category), spreadsheet.Words(row.Status.Word), spreadsheet.Words(row.Holder),
		dayCell(r.Opened), due, spreadsheet.Words(words), dayCell(r.Closed),
	})
}

// dayCell is a cell with a day, empty for the zero Date.
func dayCell(d clock.Date) spreadsheet.Cell {
	if d.IsZero() {
		return spreadsheet.Cell{}
	}
	return spreadsheet.Day(d.Year, d.Month, d.Day)
}

// file is a list on its way out. The server reads it piece by piece: one page of the
// list is in memory, and no connection of the database is held while somebody's line
// is slow. So each page is as its moment finds it, as for somebody who turns pages: a
// matter that moves meanwhile is in it once, or, where its date has come before what is
// already read, not at all.
type file struct {
	heads []spreadsheet.Head
	start func(to io.Writer) table
	page  register.Page
	more  func(after register.Cursor) (register.Page, error)
	line  func(register.Row) []spreadsheet.Cell
	end   func(matters int, how export.How, err error) // is called once

	out     bytes.Buffer
	table   table
	had     map[int64]bool
	last    bool  // nothing comes after what is in out
	failed  error // why not
	reached bool  // there was more than one export may have
	over    bool  // the end was said
}

// Read gives what there is and fetches the next page when that is used up. Before the
// reader hears that it is all, the end is written down. After a failure the connection
// is cut, so that the browser calls the download failed; the last line says it too.
func (f *file) Read(b []byte) (int, error) {
	for f.out.Len() == 0 {
		switch {
		case f.failed != nil:
			f.say(export.Broken)
			return 0, f.failed
		case f.last && f.reached:
			f.say(export.Limit)
			return 0, io.EOF
		case f.last:
			f.say(export.Whole)
			return 0, io.EOF
		}
		f.fill()
	}
	return f.out.Read(b)
}

// Close ends it where whoever reads has gone away.
func (f *file) Close() error {
	f.say(export.Broken)
	return nil
}

func (f *file) say(how export.How) {
	if !f.over {
		f.over = true
		f.end(len(f.had), how, f.failed)
	}
}

// fill writes the page that was read, and reads the next.
func (f *file) fill() {
	defer func() {
		// The server has nothing around a body that it reads; what was panicked with
		// may be somebody's text.
		if what := recover(); what != nil {
			f.broken(fmt.Errorf("panic: %T", what))
		}
	}()
	if f.table == nil {
		f.table, f.had = f.start(&f.out), map[int64]bool{}
		_ = f.table.Heads(f.heads...)
	}
	for _, r := range f.page.Rows {
		if f.had[r.ID] {
			continue
		}
		if len(f.had) == exportLimit {
			f.reached, f.last = true, true
			f.note("只有前 " + view.N(exportLimit, "件") + "，后面还有，没有导出。请加条件分几次导出。")
			f.ends()
			return
		}
		f.had[r.ID] = true
		f.write(f.line(r)...)
	}
	if f.page.Next.IsZero() {
		f.last = true
		f.ends()
		return
	}
	page, err := f.more(f.page.Next)
	if err != nil {
		f.broken(err)
		return
	}
	f.page = page
}

func (f *file) broken(err error) {
	f.failed = err
	f.note("导出中断，后面的没有导出。")
}

// note is a line of words under the matters, as wide as they are.
func (f *file) note(words string) {
	cells := make([]spreadsheet.Cell, len(f.heads))
	cells[0] = spreadsheet.Words(words)
	f.write(cells...)
}

// write never fails: it goes to memory.
func (f *file) write(cells ...spreadsheet.Cell) {
	_ = f.table.Row(cells...)
	_ = f.table.Sent()
}

// ends writes what makes the file whole: a workbook that was broken off is none.
func (f *file) ends() { _ = f.table.Close() }
