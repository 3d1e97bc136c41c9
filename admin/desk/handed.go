package desk

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Handing is a table that people hand in: the page with its form, the preview of what
// becomes of each line, and the form that carries the preview on.
type Handing struct {
	Frame    func(c *fiber.Ctx, title, key string) Frame
	Columns  []spreadsheet.Column
	Most     int // lines
	Key      string
	Title    string
	List     view.Ref // what it is handed in to
	Lead     string
	URL      string // where the file goes
	Template string // where the template of the file is
	Hint     string
	Plan     func(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error // shows what would become of it, and writes nothing
	Confirm  func(c *fiber.Ctx, t spreadsheet.Table, sure map[int]bool) error
}

type handingView struct {
	Handing
	Frame Frame
	Error string
}

// Show shows the form.
func (h Handing) Show(c *fiber.Ctx) error { return h.form(c, "") }

func (h Handing) form(c *fiber.Ctx, wrong string) error {
	v := handingView{h, h.Frame(c, h.Title, h.Key), wrong}
	if v.Frame.HasErrors = wrong != ""; v.Frame.HasErrors {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, handingPage(v))
}

// Read reads the file and shows what would become of its lines.
func (h Handing) Read(c *fiber.Ctx) error {
	raw, chosen, err := fileOf(c)
	switch {
	case err != nil:
		return err
	case !chosen:
		return h.form(c, "还没有选文件，请选文件")
	case len(raw) == 0:
		return h.form(c, "选的是空文件，里面什么也没有，请选另一个")
	}
	t, err := spreadsheet.ReadTable(raw, h.Columns, h.Most)
	if fault.Is(err, fault.Invalid) {
		return h.form(c, strings.TrimSuffix(fault.SentenceOf(err), "。"))
	}
	if err != nil {
		return err
	}
	return h.Plan(c, t, nil)
}

// Take takes what the preview carried on.
func (h Handing) Take(c *fiber.Ctx) error {
	t, err := spreadsheet.Kept(web.Form(c).Get("table"), h.Columns, h.Most)
	if err != nil {
		return h.form(c, strings.TrimSuffix(fault.SentenceOf(err), "。"))
	}
	return h.Confirm(c, t, sureOf(web.Form(c)))
}

// Undone shows the preview again as it was ticked.
func (h Handing) Undone(c *fiber.Ctx) error {
	t, err := spreadsheet.Kept(web.Form(c).Get("table"), h.Columns, h.Most)
	if err != nil {
		return h.form(c, "")
	}
	return h.Plan(c, t, sureOf(web.Form(c)))
}

// sureOf are the lines that somebody has ticked.
func sureOf(f web.Values) map[int]bool {
	sure := map[int]bool{}
	for _, line := range f.All("sure") {
		if n, err := strconv.Atoi(line); err == nil {
			sure[n] = true
		}
	}
	return sure
}

// HandedGroup is the lines of which one thing becomes.
type HandedGroup struct {
	Title, Note string
	Folded      bool
	Table       HandedTable
}

// HandedLines are a group of some lines, counted, or none where there are none.
func HandedLines(title, note string, folded bool, unit string, rows []HandedRow) []HandedGroup {
	if len(rows) == 0 {
		return nil
	}
	return []HandedGroup{{title + " " + view.N(len(rows), unit), note, folded, HandedTable{Caption: title, Rows: rows}}}
}

// AllWrong is what is wrong with a line, in one sentence.
func AllWrong(says string, faults []fault.Field) string {
	var all []string
	if says != "" {
		all = append(all, says)
	}
	for _, f := range faults {
		all = append(all, f.Sentence)
	}
	return strings.Join(all, "；")
}

// HandedTable shows the lines of a table that was handed in, with what becomes of each.
type HandedTable struct {
	Caption string
	Rows    []HandedRow
}

// HandedRow is a line of it.
type HandedRow struct {
	Line   int
	Title  string
	Aside  string
	Status view.StatusTag
	Says   string
	Link   view.Ref
	Cells  []HandedCell // those that are wrong
	Sure   view.CheckField
}

// HandedCell is what was typed into a cell, and what is wrong with it.
type HandedCell struct{ Column, Typed, Fault string }

// What becomes of a line.
var (
	HandedNew   = view.StatusTag{Word: "要添加", Shape: view.ShapeCircle, Tone: view.Slate}
	HandedSame  = view.StatusTag{Word: "已经有了", Shape: view.ShapeTick, Tone: view.Pine}
	HandedAsk   = view.StatusTag{Word: "要您看", Shape: view.ShapeDiamond, Tone: view.Amber}
	HandedWrong = view.StatusTag{Word: "有错", Shape: view.ShapeTriangle, Tone: view.Vermilion}
)

// HandedFile lets a form carry a table.
func HandedFile(r Route) Route {
	r = Upload(r)
	r.Limit = spreadsheet.MostBytes + 64<<10
	return r
}

// HandedOn lets a form carry on all that the preview of a table showed: a Han character is
// nine bytes on the wire.
func HandedOn(r Route) Route {
	r.Limit = 6 << 20
	return r
}

// fileOf is the file that came with a form, and whether one was chosen: a browser sends a
// part without a name where none was.
func fileOf(c *fiber.Ctx) (raw []byte, chosen bool, err error) {
	for parts := web.Upload(c); ; {
		part, err := parts.Next()
		switch {
		case err == io.EOF:
			return raw, chosen, nil
		case err != nil:
			return nil, false, err
		case part.Name != "file":
			_, err = io.Copy(io.Discard, part)
		default:
			chosen = part.FileName != ""
			raw, err = io.ReadAll(io.LimitReader(part, spreadsheet.MostBytes+1))
		}
		if err != nil {
			return nil, false, err
		}
	}
}

// SendWrong sends the lines that are wrong as a table of their own, each with what is wrong
// with it, to be mended and handed in again.
func SendWrong(c *fiber.Ctx, name string, t spreadsheet.Table, faults map[int]string) error {
	var b bytes.Buffer
	w := spreadsheet.NewWriter(&b)
	var heads []string
	for _, column := range t.Columns {
		heads = append(heads, column.Name)
	}
	err := w.Write(append(heads, "哪里不对")...)
	for _, row := range t.Rows {
		said, wrong := faults[row.Line]
		if !wrong || err != nil {
			continue
		}
		cells := make([]string, len(row.Cells), len(row.Cells)+1)
		for i, cell := range row.Cells {
			cells[i] = spreadsheet.Text(cell)
		}
		err = w.Write(append(cells, said)...)
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return err
	}
	return SendFile(c, name+".csv", spreadsheet.ContentType, b.Bytes())
}

// SendFile sends a file under a Chinese name.
func SendFile(c *fiber.Ctx, name, kind string, raw []byte) error {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename*=UTF-8''%s`, url.PathEscape(name)))
	return c.Send(raw)
}
