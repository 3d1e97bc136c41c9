package spreadsheet

import (
	"bytes"
	"errors"
	"sync"

	"github.com/xuri/excelize/v2"

	"zhengxin/internal/fault"
)

// mostInflated is what a workbook may become.
const mostInflated = 12 << 20

// mostText is what the cells of a workbook may come to: a text that many cells share stands
// in the file once, and in what is read of it once for each.
const mostText = 4 << 20

// mostSheets is how many sheets a workbook may have.
const mostSheets = 100

// oneAtATime keeps the workbooks of two people from adding up: what is read of one is many
// times what it weighs.
var oneAtATime sync.Mutex

func unread() error {
	return fault.New(fault.Invalid, "这个工作簿读不出来，可能没有存完整，或者加了密码。请在 Excel 里重新另存为 .xlsx 或者 CSV 再交。")
}

func tooMuchText() error {
	return fault.New(fault.Invalid, "表里的字太多，没有读。请删掉和这里无关的列和工作表，或者分成几个文件，分几次交。")
}

// workbook are the sheets of one that are not hidden. The library takes what a workbook says
// of itself at its word, so it gets only what was surveyed before.
func workbook(raw []byte, most int) (sheets []sheet, err error) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	parts, err := survey(raw, most)
	if err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil { // the library meets what nobody's spreadsheet writes
			sheets, err = nil, unread()
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: mostInflated, UnzipXMLSizeLimit: mostInflated})
	if err != nil {
		return nil, unread()
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	left := mostText
	for _, listed := range f.WorkBook.Sheets.Sheet {
		if shown, err := f.GetSheetVisible(listed.Name); err != nil || !shown {
			continue
		}
		part, ok := parts[listed.ID]
		switch {
		case !ok: // a chart
			continue
		case part.refusal != nil:
			sheets = append(sheets, sheet{name: listed.Name, refusal: part.refusal})
			continue
		}
		s := sheet{name: listed.Name, formulas: part.formulas}
		if err := s.read(f, most, &left); err != nil {
			return nil, unread()
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// read reads the lines, left being how much text there may yet be.
func (s *sheet) read(f *excelize.File, most int, left *int) error {
	rows, err := f.Rows(s.name)
	if err != nil {
		return err
	}
	for line := 1; rows.Next() && s.refusal == nil; line++ {
		cells, err := rows.Columns()
		if err != nil {
			return errors.Join(err, rows.Close())
		}
		for _, cell := range cells {
			*left -= len(cell)
		}
		switch {
		case len(s.rows) > most+spare:
			s.refusal = tooBig(most)
		case *left < 0:
			s.refusal = tooMuchText()
		default:
			s.add(line, cells)
		}
	}
	return rows.Close()
}
