package desk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/export"
	"zhengxin/internal/spreadsheet"
)

const (
	// LeavingPage is how many rows are in memory at a time.
	LeavingPage = 500
	// LeavingTime bounds each of them, read and sent: who takes nothing for so long has gone.
	LeavingTime = 30 * time.Second
	// leavingWhole bounds all of it.
	leavingWhole = 15 * time.Minute
)

// Format is a sort of file that a list leaves as.
type Format struct {
	Ending string
	Label  string // on the button
	Form   string // id of the form that takes the list out; its button stands in the row of the others
	Of     string // Content-Type
	Table  func(to io.Writer, name string) Sheet
}

// Sheet is a list being written.
type Sheet interface {
	Heads(heads ...spreadsheet.Head) error
	Row(cells ...spreadsheet.Cell) error
	// Sent gives on what was written, as far as there is something whole.
	Sent() error
	Close() error
}

// Formats are those that every list leaves as, the one that offices ask for first.
var Formats = []Format{
	{".xlsx", "导出 Excel", "export-xlsx", spreadsheet.WorkbookType, func(to io.Writer, name string) Sheet { return &workbook{spreadsheet.NewBook(to), name} }},
	{".csv", "导出 CSV", "export", spreadsheet.ContentType, func(to io.Writer, _ string) Sheet { return lines{spreadsheet.NewWriter(to)} }},
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

// Leaving is a list on its way out, of rows R that are told apart by K. The server reads it piece by piece: one page of the
// list is in memory, and no connection of the database is held while somebody's line
// is slow. So each page is as its moment finds it, as for somebody who turns pages: a
// matter that moves meanwhile is in it once, or, where its date has come before what is
// already read, not at all.
type Leaving[R any, K comparable] struct {
	Heads []spreadsheet.Head
	Start func(to io.Writer) Sheet
	Rows  []R                                          // the first page
	More  bool                                         // whether a page comes after it
	Next  func(ctx context.Context) ([]R, bool, error) // that page, and whether another comes after it
	Key   func(R) K
	Line  func(R) []spreadsheet.Cell
	Most  int
	Only  string                                                         // what the last line says where there was more than that
	End   func(ctx context.Context, rows int, how export.How, err error) // is called once

	base    context.Context // of whoever asked, who may have gone
	until   time.Time
	line    Line
	out     bytes.Buffer
	sheet   Sheet
	had     map[K]bool
	last    bool  // nothing comes after what is in out
	failed  error // why not
	reached bool  // there was more than one file may have
	over    bool  // the end was said
}

// Read gives what there is and fetches the next page when that is used up. Before the
// reader hears that it is all, the end is written down. After a failure the connection
// is cut, so that the browser calls the download failed; the last line says it too.
func (f *Leaving[R, K]) Read(b []byte) (int, error) {
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
func (f *Leaving[R, K]) Close() error {
	f.say(export.Broken)
	return nil
}

func (f *Leaving[R, K]) say(how export.How) {
	if !f.over {
		f.over = true
		ctx, cancel := context.WithTimeout(f.base, LeavingTime)
		defer cancel()
		f.End(ctx, len(f.had), how, f.failed)
	}
}

// fill writes the page that was read, and reads the next.
func (f *Leaving[R, K]) fill() {
	defer func() {
		// The server has nothing around a body that it reads; what was panicked with
		// may be somebody's text.
		if what := recover(); what != nil {
			f.broken(fmt.Errorf("panic: %T", what))
		}
	}()
	if f.sheet == nil {
		f.sheet, f.had = f.Start(&f.out), map[K]bool{}
		_ = f.sheet.Heads(f.Heads...)
	}
	for _, r := range f.Rows {
		if f.had[f.Key(r)] {
			continue
		}
		if len(f.had) == f.Most {
			f.reached, f.last = true, true
			f.note(f.Only)
			f.ends()
			return
		}
		f.had[f.Key(r)] = true
		f.write(f.Line(r)...)
	}
	if !f.More {
		f.last = true
		f.ends()
		return
	}
	end := earlier(time.Now().Add(LeavingTime), f.until)
	ctx, cancel := context.WithDeadline(f.base, end)
	defer cancel()
	_ = f.line.SetWriteDeadline(end) // the server would bound all of them together
	rows, more, err := f.Next(ctx)
	if err != nil {
		f.broken(err)
		return
	}
	f.Rows, f.More = rows, more
}

func (f *Leaving[R, K]) broken(err error) {
	f.failed = err
	f.note("导出中断，后面的没有导出。")
}

// Line is what it goes out by.
type Line interface{ SetWriteDeadline(time.Time) error }

// To says for whom it leaves, and by which line. The request is over when the file begins.
func (f *Leaving[R, K]) To(ctx context.Context, line Line) {
	f.base, f.until, f.line = context.WithoutCancel(ctx), time.Now().Add(leavingWhole), line
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// note is a line of words under the matters, as wide as they are.
func (f *Leaving[R, K]) note(words string) {
	cells := make([]spreadsheet.Cell, len(f.Heads))
	cells[0] = spreadsheet.Words(words)
	f.write(cells...)
}

// write never fails: it goes to memory.
func (f *Leaving[R, K]) write(cells ...spreadsheet.Cell) {
	_ = f.sheet.Row(cells...)
	_ = f.sheet.Sent()
}

// ends writes what makes the file whole: a workbook that was broken off is none.
func (f *Leaving[R, K]) ends() { _ = f.sheet.Close() }

// Leaves answers with the file, under a Latin and a Chinese name that both end with the day.
func Leaves[R any, K comparable](c *fiber.Ctx, f *Leaving[R, K], as Format, latin, name string, on clock.Date) error {
	c.Set(fiber.HeaderContentType, as.Of)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-%s%s"; filename*=UTF-8''%s-%s%s`, latin, on, as.Ending, url.PathEscape(name), on, as.Ending))
	f.To(c.UserContext(), c.Context().Conn())
	c.Context().SetBodyStream(f, -1)
	return nil
}
