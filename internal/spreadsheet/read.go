package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// Column is one that is looked for in a table.
type Column struct {
	Name   string   // its heading, as the template has it
	Also   []string // what else people head it with
	Needed bool     // a table without it is another table
}

func (c Column) called(heading string) bool {
	return heading == c.Name || slices.Contains(c.Also, heading)
}

// Table is the rows of a sheet as words, each with the number of its line in the file.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Row is one line: Cells in the order of the columns, Fault where it could not be read.
type Row struct {
	Line  int
	Cells []string
	Fault string
}

// MostBytes is what a file may weigh.
const MostBytes = 2 << 20

// headWithin is among how many lines the headings are looked for: titles stand above them.
const headWithin = 10

// ReadTable reads a workbook (XLSX) or CSV that has these columns, in any order and among
// others, in whichever of its sheets they stand; most is how many rows there may be. What a
// row cannot be read for stands with the row; what is no such table is an error.
func ReadTable(raw []byte, columns []Column, most int) (Table, error) {
	var sheets []sheet
	var err error
	switch {
	case len(raw) == 0:
		return Table{}, fault.New(fault.Invalid, "文件是空的，什么也没有读到。请看看是不是选错了文件。")
	case len(raw) > MostBytes:
		return Table{}, tooBig(most)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		sheets, err = workbook(raw, most)
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		return Table{}, fault.New(fault.Invalid, "这是旧格式的 Excel（.xls），或者加了密码，读不了。请在 Excel 里另存为 .xlsx 或者 CSV 再交。")
	default:
		sheets, err = lines(raw, most)
	}
	if err != nil {
		return Table{}, err
	}
	return find(sheets, columns, most)
}

func tooBig(most int) error {
	return fault.New(fault.Invalid, "文件太大，没有读。一次最多 %d 行；多的请分成几个文件，分几次交。", most)
}

// sheet is the cells of one sheet, with the numbers of their lines.
type sheet struct {
	name     string
	rows     []Row
	formulas map[int]map[int]bool // by line and place, from 0: the cells that are one
	refusal  error                // why the rest of it was not read, if it was not
}

// mostColumns is how far to the right a table is read: a cell at the far end of each line
// makes thousands out of it.
const mostColumns = 60

// add adds a line, or says that it is too wide to be one of a table.
func (s *sheet) add(line int, cells []string) {
	for i := mostColumns; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			s.refusal = tooWide(line, i)
			return
		}
	}
	row := Row{Line: line}
	for _, cell := range cells[:min(len(cells), mostColumns)] {
		row.Cells = append(row.Cells, bare(cell))
	}
	s.rows = append(s.rows, row)
}

func tooWide(line, i int) error {
	return fault.New(fault.Invalid, "表太宽，没有读：第 %d 行在 %s 列还有内容，最多读 %d 列。请删掉右边多出来的列再交。", line, columnName(i), mostColumns)
}

// columnName is what a spreadsheet calls a place, counted from 0.
func columnName(i int) string {
	name, _ := excelize.ColumnNumberToName(i + 1)
	return name
}

// spare is how many lines more than the rows are read: headings, titles, blank ones.
const spare = headWithin + 50

// find is the first sheet that has the columns, from its headings on.
func find(sheets []sheet, columns []Column, most int) (Table, error) {
	nearest, lacks := -1, []string(nil)
	for _, s := range sheets {
		for i, row := range s.rows[:min(headWithin, len(s.rows))] {
			at, missing := places(row.Cells, columns)
			found := slices.ContainsFunc(at, func(n int) bool { return n >= 0 })
			if len(missing) == 0 && found {
				return take(s, i+1, at, columns, most)
			}
			if n := len(columns) - len(missing); found && n > nearest {
				nearest, lacks = n, missing
			}
		}
	}
	for _, s := range sheets {
		if s.refusal != nil && len(s.rows) < headWithin {
			return Table{}, s.refusal // what stands in it nobody knows
		}
	}
	if nearest >= 0 {
		return Table{}, fault.New(fault.Invalid, "表里没有“%s”这一列。列名要和模板一样，写在同一行。", strings.Join(lacks, "”“"))
	}
	var names []string
	for _, s := range sheets {
		if s.name != "" {
			names = append(names, s.name)
		}
	}
	if len(names) > 0 {
		return Table{}, fault.New(fault.Invalid, "没有找到列名，不是这里要的表。文件里的工作表是：%s。请照模板填。", strings.Join(names[:min(len(names), 5)], "、"))
	}
	return Table{}, fault.New(fault.Invalid, "没有找到列名，不是这里要的表。请照模板填，第一行是列名。")
}

// places are where the columns stand in a line of headings, -1 for one that it has not.
func places(cells []string, columns []Column) (at []int, missing []string) {
	for _, c := range columns {
		i := slices.IndexFunc(cells, func(cell string) bool { return c.called(heading(cell)) })
		if at = append(at, i); i < 0 && c.Needed {
			missing = append(missing, c.Name)
		}
	}
	return at, missing
}

// heading is one without what stands behind it in brackets, and without blanks.
func heading(cell string) string {
	if i := strings.IndexAny(cell, "(（"); i >= 0 {
		cell = cell[:i]
	}
	return strings.Join(strings.FieldsFunc(cell, unicode.IsSpace), "")
}

func take(s sheet, from int, at []int, columns []Column, most int) (Table, error) {
	t := Table{Columns: columns}
	for _, row := range s.rows[from:] {
		cells := make([]string, len(columns))
		blank := true
		for c, i := range at {
			if s.formulas[row.Line][i] && row.Fault == "" {
				row.Fault = columnName(i) + strconv.Itoa(row.Line) + " 是公式，不知道是不是最新的。请把这一格改成数值（复制，选择性粘贴，数值）"
			}
			if i >= 0 && i < len(row.Cells) {
				cells[c] = row.Cells[i]
				blank = blank && strings.TrimSpace(cells[c]) == ""
			}
		}
		if blank && row.Fault == "" {
			continue
		}
		if len(t.Rows) == most {
			return Table{}, tooBig(most)
		}
		t.Rows = append(t.Rows, Row{row.Line, cells, row.Fault})
	}
	switch {
	case s.refusal != nil:
		return Table{}, s.refusal
	case len(t.Rows) == 0:
		return Table{}, fault.New(fault.Invalid, "只有列名，下面一行也没有。")
	}
	return t, nil
}

// lines are those of CSV, parted by what parts its headings.
func lines(raw []byte, most int) ([]sheet, error) {
	text, err := form.FileText(raw)
	if err != nil {
		return nil, err
	}
	table := csv.NewReader(strings.NewReader(text))
	table.FieldsPerRecord = -1
	first, _, _ := strings.Cut(text, "\n")
	for _, sign := range "\t;" {
		if strings.Count(first, string(sign)) > strings.Count(first, string(table.Comma)) {
			table.Comma = sign
		}
	}
	s := sheet{}
	for s.refusal == nil {
		cells, err := table.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return []sheet{s}, nil
		case errors.As(err, &broken):
			s.rows = append(s.rows, Row{Line: broken.StartLine, Fault: "引号没有配对，这一行读不出来"})
			continue
		case err != nil:
			return nil, err
		}
		if len(s.rows) > most+spare {
			s.refusal = tooBig(most)
			break
		}
		line, _ := table.FieldPos(0)
		s.add(line, cells)
	}
	return []sheet{s}, nil
}

// bare is what was meant by a cell: without the apostrophe that keeps it from being a
// formula, and without what no text has.
func bare(cell string) string {
	if rest, kept := strings.CutPrefix(cell, "'"); kept && (Inert(rest) != rest || Text(rest) != rest) {
		cell = rest
	}
	kept, _ := form.Pasted(cell)
	return strings.TrimSpace(kept)
}

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Template is a workbook of these columns for people to fill in, with rows as examples:
// its cells are words, so that a 3-1 stays what it is and becomes no day.
func Template(name string, columns []Column, widths []float64, example ...[]string) ([]byte, error) {
	f := excelize.NewFile()
	err := f.SetSheetName("Sheet1", name)
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = c.Name
	}
	set := func(line int, cells []any) {
		if err == nil {
			err = f.SetSheetRow(name, "A"+strconv.Itoa(line), &cells)
		}
	}
	set(1, head)
	for i, row := range example {
		cells := make([]any, len(row))
		for c := range row {
			cells[c] = row[c]
		}
		set(i+2, cells)
	}
	style, e := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, NumFmt: 49})
	if err = errors.Join(err, e); err == nil {
		last, _ := excelize.ColumnNumberToName(len(columns))
		err = f.SetColStyle(name, "A:"+last, style)
	}
	for i, width := range widths {
		column, _ := excelize.ColumnNumberToName(i + 1)
		err = errors.Join(err, f.SetColWidth(name, column, column, width))
	}
	var b bytes.Buffer
	err = errors.Join(err, f.Write(&b), f.Close())
	return b.Bytes(), err
}

// Carried is the table for a form that carries on what its page showed; see Kept.
func (t Table) Carried() string {
	raw, _ := json.Marshal(t.Rows) // strings and numbers cannot fail
	return string(raw)
}

// Kept is the table that a form carried on.
func Kept(carried string, columns []Column, most int) (Table, error) {
	t := Table{Columns: columns}
	lost := fault.New(fault.Invalid, "这张表没有带全，没有办。请重新选文件再交。")
	if json.Unmarshal([]byte(carried), &t.Rows) != nil || len(t.Rows) == 0 || len(t.Rows) > most {
		return Table{}, lost
	}
	for _, row := range t.Rows {
		if len(row.Cells) != len(columns) {
			return Table{}, lost
		}
	}
	return t, nil
}

// Cell is the cell of a row under the column of that name.
func (t Table) Cell(row Row, column string) string {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == column })
	return row.Cells[i]
}
