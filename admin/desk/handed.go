package desk

import (
	"bytes"
	"fmt"
	"io"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// HandedForm is the page on which somebody hands a table in.
type HandedForm struct {
	URL      string // where the file goes
	CSRF     string
	Template string // where its template is
	Hint     string
	Error    string
	Back     string
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

// FileOf is the file that came with a form, none where none was chosen.
func FileOf(c *fiber.Ctx) (raw []byte, err error) {
	for parts := web.Upload(c); ; {
		part, err := parts.Next()
		switch {
		case err == io.EOF:
			return raw, nil
		case err != nil:
			return nil, err
		case part.Name != "file":
			_, err = io.Copy(io.Discard, part)
		default:
			raw, err = io.ReadAll(io.LimitReader(part, spreadsheet.MostBytes+1))
		}
		if err != nil {
			return nil, err
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
