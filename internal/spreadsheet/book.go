package spreadsheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Cell is what stands in a cell of a table that leaves the house; the zero Cell is empty.
type Cell struct {
	style cellStyle
	words string // as CSV has it
	value float64
}

type cellStyle int

// The styles, in the order of stylesXML.
const (
	styleNone cellStyle = iota
	styleHead
	styleWords
	styleDay
	styleCount
	styleDecimal
	stylePercent
	styleMoney
)

// Words are a cell of words, whatever they look like.
func Words(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{style: styleWords, words: s}
}

// firstDay is the first that every spreadsheet counts alike: 1900 was no leap year, and
// Excel believes that it was.
var firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)

// Day is a cell with a day of the calendar.
func Day(year int, month time.Month, day int) Cell {
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if at.Before(firstDay) {
		return Words(at.Format(time.DateOnly))
	}
	return Cell{styleDay, at.Format(time.DateOnly), float64(61 + int(at.Sub(firstDay)/(24*time.Hour)))}
}

// Count is a cell with a whole number.
func Count(n int) Cell { return Cell{styleCount, strconv.Itoa(n), float64(n)} }

// Decimal is a cell with a number of which one decimal is shown.
func Decimal(f float64) Cell {
	return Cell{styleDecimal, strconv.FormatFloat(f, 'f', 1, 64), f}
}

// Percent is a cell with a share: 0.5 is 50%.
func Percent(share float64) Cell {
	return Cell{stylePercent, strconv.FormatFloat(share*100, 'f', 0, 64) + "%", share}
}

// Money is a cell with a sum in yuan, given in fen.
func Money(fen int64) Cell {
	yuan := float64(fen) / 100
	return Cell{styleMoney, strconv.FormatFloat(yuan, 'f', 2, 64), yuan}
}

// CSV is the cell for a Writer.
func (c Cell) CSV() string {
	if c.style == styleWords {
		return Text(c.words)
	}
	return c.words
}

// Head is a column of a sheet: its head, and how many Chinese characters it has room for.
type Head struct {
	Label string
	Width int
}

// Book writes a workbook while its rows come: none of them is kept, so that a hundred
// thousand cost what ten do. A cell of words is never a formula, neither when the file is
// opened nor when somebody edits it: it has the format of text.
//
// The library keeps a sheet in memory, or what does not fit in a file on the disk, and
// gives nothing of it before the last row.
type Book struct {
	zip    *zip.Writer
	sheet  *bufio.Writer // the open one; nil before the first
	names  []string
	row    int
	failed error
}

// NewBook is the writer of one workbook.
func NewBook(to io.Writer) *Book { return &Book{zip: zip.NewWriter(to)} }

// sheetNameBars are the signs that the name of a sheet must not have.
var sheetNameBars = strings.NewReplacer("[", "（", "]", "）", ":", "：", "*", "＊", "?", "？", "/", "／", `\`, "＼", "'", "’")

const longestSheetName = 31

// Sheet ends the sheet that is open and begins the next, whose heads stay in sight.
func (b *Book) Sheet(name string, heads ...Head) {
	b.end()
	short := []rune(sheetNameBars.Replace(name))
	b.names = append(b.names, string(short[:min(len(short), longestSheetName)]))
	to, err := b.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.names)))
	if err != nil {
		return
	}
	b.sheet, b.row = bufio.NewWriterSize(to, 64<<10), 0
	b.put(xml.Header + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	cells := make([]Cell, len(heads))
	for i, h := range heads {
		// A Chinese character is as wide as two of what Excel measures by.
		b.put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, 2*h.Width+2))
		cells[i] = Cell{style: styleHead, words: h.Label}
	}
	b.put(`</cols><sheetData>`)
	_ = b.Row(cells...) // what failed is said by Close
}

// Row writes a row of the open sheet, and says what has failed so far.
func (b *Book) Row(cells ...Cell) error {
	b.row++
	b.put(`<row r="` + strconv.Itoa(b.row) + `">`)
	for i, c := range cells {
		at := ` r="` + column(i) + strconv.Itoa(b.row) + `" s="` + strconv.Itoa(int(c.style)) + `"`
		switch c.style {
		case styleNone:
		case styleHead, styleWords:
			b.put(`<c` + at + ` t="inlineStr"><is><t xml:space="preserve">`)
			if b.failed == nil {
				b.failed = xml.EscapeText(b.sheet, []byte(cellText(c.words)))
			}
			b.put(`</t></is></c>`)
		default:
			b.put(`<c` + at + `><v>` + strconv.FormatFloat(c.value, 'f', -1, 64) + `</v></c>`)
		}
	}
	b.put(`</row>`)
	return b.failed
}

// Close ends the workbook; without it, no program opens what was written.
func (b *Book) Close() error {
	b.end()
	for _, p := range b.others() {
		if to, err := b.part(p[0]); err == nil {
			_, b.failed = io.WriteString(to, xml.Header+p[1])
		}
	}
	if b.failed == nil {
		b.failed = b.zip.Close()
	}
	return b.failed
}

func (b *Book) end() {
	if b.sheet == nil {
		return
	}
	b.put(`</sheetData></worksheet>`)
	if b.failed == nil {
		b.failed = b.sheet.Flush()
	}
	b.sheet = nil
}

func (b *Book) put(s string) {
	if b.failed == nil {
		_, b.failed = b.sheet.WriteString(s)
	}
}

// part begins a file of the workbook. It has no time: the same table is the same file.
func (b *Book) part(name string) (to io.Writer, err error) {
	if b.failed == nil {
		to, b.failed = b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	}
	return to, b.failed
}

// column is the letters of a column, counted from 0.
func column(i int) string {
	letters := ""
	for i++; i > 0; i = (i - 1) / 26 {
		letters = string(rune('A'+(i-1)%26)) + letters
	}
	return letters
}

// longestCell is how many units of UTF-16 a cell may have: with more, Excel calls the file
// damaged.
const longestCell = 32767

// escaped is what Excel reads in a text as the number of a sign.
var escaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// cellText is a text as a cell has it. It may be longer than what is read by one sign a
// character, so it is cut as it will be counted.
func cellText(s string) string {
	if units := utf16.Encode([]rune(s)); len(units) > longestCell {
		s = string(utf16.Decode(units[:longestCell-2])) + "……"
	}
	return escaped.ReplaceAllString(s, "_x005F_$1")
}

const (
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006/"
	types     = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	stylesXML = `<styleSheet xmlns="` + mainSpace + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="#,##0.0"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font><font><b/><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>` +
		`<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
		`</cellXfs></styleSheet>`
)

// others are the files beside the sheets.
func (b *Book) others() [][2]string {
	var kinds, sheets, links strings.Builder
	for i, name := range b.names {
		var shown strings.Builder
		if err := xml.EscapeText(&shown, []byte(name)); err != nil {
			b.failed = errors.Join(b.failed, err)
		}
		fmt.Fprintf(&kinds, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, types)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, shown.String(), i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
	}
	return [][2]string{
		{"xl/styles.xml", stylesXML},
		{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relations + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `relationships">` + links.String() + `<Relationship Id="styles" Type="` + relations + `/styles" Target="styles.xml"/></Relationships>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `relationships"><Relationship Id="r1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/>` + kinds.String() + `</Types>`},
	}
}
