package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zhengxin/internal/fault"
)

// What a workbook may have beside text. The library makes a value of every element outside
// the sheets, and of the sheets one of every cell of a line at a time.
const (
	mostElements = 250_000
	mostToken    = 1 << 20 // a tag of megabytes is millions of attributes
	mostFormats  = 2_000   // gone through for every cell
	mostFormat   = 1_000   // bytes; a spreadsheet takes 255 characters
	cellsARow    = 256     // on the average; empty ones that have a border count
	mostCell     = 32_767  // characters; a spreadsheet takes no more
)

// part is what was found in a sheet.
type part struct {
	formulas map[int]map[int]bool
	refusal  error
}

// surveyor goes through a workbook once and keeps nothing of it but how much it would
// become.
type surveyor struct {
	most     int
	left     int64 // bytes that may yet come out of the packing
	elements int
	formats  int
	sheets   int
	strings  []int // the size of each text that cells share
	parts    map[string]part
	targets  map[string]string // the part of a sheet's id
}

// survey says of each sheet of a workbook, by the id that its list has, what is in it, or
// of the whole why it is not read. It keeps no more of it than one text at a time.
func survey(raw []byte, most int) (map[string]part, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, unread()
	}
	s := &surveyor{most: most, left: mostInflated, parts: map[string]part{}, targets: map[string]string{}}
	files := map[string]*zip.File{}
	for _, file := range z.File {
		name := nameOf(file)
		if files[name] != nil {
			return nil, unread() // which of the two would be read nobody knows
		}
		files[name] = file
	}
	if shared := files[sharedStrings]; shared != nil {
		if err := s.file(sharedStrings, shared); err != nil {
			return nil, err
		}
	}
	for _, file := range z.File {
		if name := nameOf(file); name != sharedStrings {
			if err := s.file(name, file); err != nil {
				return nil, err
			}
		}
	}
	found := map[string]part{}
	for id, target := range s.targets {
		if p, ok := s.parts[target]; ok {
			found[id] = p
		}
	}
	return found, nil
}

const sharedStrings = "xl/sharedstrings.xml"

func nameOf(file *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(file.Name, `\`, "/"))
}

// file goes through one file of the package, whatever it is called: what is no XML breaks
// off where it is none.
func (s *surveyor) file(name string, file *zip.File) error {
	packed, err := file.Open()
	if err != nil {
		return unread()
	}
	defer func() { _ = packed.Close() }()
	content := &counted{r: packed, left: &s.left}
	tokens := tokensOf(content)
	err = s.document(name, tokens)
	var said *fault.Error
	switch {
	case errors.As(err, &said):
		return err
	case errors.Is(err, errCharset):
		return unread()
	}
	_, unpacking := io.Copy(io.Discard, content)
	_, sheet := s.parts[name]
	switch {
	case content.over:
		return tooBig(s.most)
	case unpacking != nil:
		return unread()
	case tokens.piece.over: // err may be of the letter that was cut
		return fault.New(fault.Invalid, "工作簿里有一格的字太多，没有读。一格最多 %d 字，请分开写。", mostCell)
	case sheet && err != nil:
		return unread()
	}
	return nil
}

var errCharset = errors.New("spreadsheet: XML that is not UTF-8")

// document goes through the elements of a file.
func (s *surveyor) document(name string, d tokens) error {
	for depth := 0; ; {
		token, err := d.next()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.CharData:
			if last := len(s.strings) - 1; name == sharedStrings && last >= 0 {
				s.strings[last] += len(e)
			}
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth == 1 && e.Name.Local == "worksheet" {
				s.parts[name], err = s.worksheet(d)
				return err
			}
			if name == sharedStrings && depth == 2 && e.Name.Local == "si" {
				s.strings = append(s.strings, 0)
			}
			if err := s.element(name, e); err != nil {
				return err
			}
		}
	}
}

// element takes from one outside the sheets what matters for reading these.
func (s *surveyor) element(name string, e xml.StartElement) error {
	if s.elements++; s.elements > mostElements {
		return fault.New(fault.Invalid, "工作簿里的样式和说明太多，没有读。请把要交的表复制到一个新的工作簿里再交，或者另存为 CSV。")
	}
	switch e.Name.Local {
	case "sheet":
		if s.sheets++; s.sheets > mostSheets {
			return fault.New(fault.Invalid, "工作簿里的工作表太多，没有读，最多 %d 张。请只留要交的那一张。", mostSheets)
		}
	case "numFmt":
		code := attribute(e, "formatCode") + attribute(e, "formatCode16")
		if s.formats++; s.formats > mostFormats || len(code) > mostFormat || strings.Count(code, "@") > 8 {
			return unread()
		}
	case "Relationship":
		if !strings.HasSuffix(attribute(e, "Type"), "/worksheet") || !strings.HasSuffix(name, "workbook.xml.rels") {
			return nil
		}
		id, target := attribute(e, "Id"), attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", path.Dir(path.Dir(name)), target)
		}
		if s.targets[id] != "" {
			return unread()
		}
		s.targets[id] = strings.TrimPrefix(strings.ToLower(path.Clean(target)), "/")
	}
	return nil
}

// attribute is the one of that name that the library goes by: the last.
func attribute(e xml.StartElement, name string) (value string) {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			value = a.Value
		}
	}
	return value
}

// sheetSurvey is how far a sheet was gone through.
type sheetSurvey struct {
	part
	line, column, cells, text int
	ended                     bool // what else is called a row stands behind the cells
}

// worksheet goes through the lines of a sheet as far as they would be read.
func (s *surveyor) worksheet(d tokens) (part, error) {
	w := sheetSurvey{part: part{formulas: map[int]map[int]bool{}}}
	for w.refusal == nil && w.line <= s.most+spare+1 {
		token, err := d.next()
		if errors.Is(err, io.EOF) {
			return w.part, nil
		}
		if err != nil {
			return w.part, err
		}
		switch e := token.(type) {
		case xml.EndElement:
			w.ended = w.ended || e.Name.Local == "sheetData"
		case xml.StartElement:
			switch e.Name.Local {
			case "row":
				err = w.row(e)
			case "c":
				err = w.cell(s, d, e)
			}
		}
		if err != nil {
			return w.part, err
		}
	}
	return w.part, nil
}

// row begins a line. Lines and cells that do not stand in their order would be put
// together anyhow.
func (w *sheetSurvey) row(e xml.StartElement) error {
	if w.column = 0; w.ended {
		return nil
	}
	was := w.line
	w.line++
	if at, err := strconv.Atoi(attribute(e, "r")); err == nil && at != 0 {
		w.line = at
	}
	if w.line <= was {
		return unread()
	}
	return nil
}

func (w *sheetSurvey) cell(s *surveyor, d tokens, e xml.StartElement) error {
	c, err := s.cell(d, e)
	if err != nil {
		return err
	}
	was := w.column
	if w.column++; c.at > 0 {
		w.column = c.at
	}
	if w.column <= was {
		return unread()
	}
	w.cells, w.text = w.cells+1, w.text+c.bytes
	switch {
	case w.column > mostColumns && (c.bytes > 0 || c.formula):
		w.refusal = tooWide(w.line, w.column-1)
	case w.cells > (s.most+spare)*cellsARow:
		w.refusal = fault.New(fault.Invalid, "表里的格子太多，没有读。请把要交的列复制到一个新的工作簿里再交，或者另存为 CSV。")
	case c.bytes > mostCell*utf8.UTFMax:
		w.refusal = fault.New(fault.Invalid, "第 %d 行有一格的字太多，没有读。一格最多 %d 字，请分开写。", w.line, mostCell)
	case w.text > mostText:
		w.refusal = tooMuchText()
	case c.formula:
		if w.formulas[w.line] == nil {
			w.formulas[w.line] = map[int]bool{}
		}
		w.formulas[w.line][w.column-1] = true
	}
	return nil
}

// cell is one of a sheet as far as it matters here.
type cell struct {
	at      int // its column, from 1; 0 where it does not say
	bytes   int
	formula bool
}

func (s *surveyor) cell(d tokens, start xml.StartElement) (c cell, err error) {
	if at := attribute(start, "r"); at != "" {
		if c.at, _, err = excelize.CellNameToCoordinates(at); err != nil {
			return c, unread()
		}
	}
	shared, index := attribute(start, "t") == "s", ""
	in, depth := "", 0
	for {
		token, err := d.next()
		if err != nil {
			return c, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" || in == "v" {
				return c, unread() // which text is the cell's nobody knows
			}
			in = t.Name.Local
			if depth++; in == "v" {
				index = ""
			}
			c.formula = c.formula || in == "f"
		case xml.CharData:
			switch {
			case depth == 0 || in == "f":
			case shared && in == "v" && len(index)+len(t) <= 20:
				index += string(t)
			case shared && in == "v":
				return c, unread()
			default:
				c.bytes += len(t)
			}
		case xml.EndElement:
			depth--
			if in = ""; t.Name.Local != "c" {
				continue
			}
			if i, err := strconv.Atoi(strings.TrimSpace(index)); shared && err == nil && i >= 0 && i < len(s.strings) {
				c.bytes += s.strings[i]
			}
			return c, nil
		}
	}
}

// counted reads what comes out of the packing, as long as that is not too much in all.
type counted struct {
	r    io.Reader
	left *int64
	over bool
}

func (c *counted) Read(p []byte) (int, error) {
	if *c.left < 0 {
		c.over = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.r.Read(p[:min(int64(len(p)), *c.left+1)])
	*c.left -= int64(n)
	c.over = *c.left < 0
	return n, err
}

// tokens are those of XML, none of them longer than mostToken.
type tokens struct {
	*xml.Decoder
	piece *piece
}

func tokensOf(r io.Reader) tokens {
	p := &piece{r: r}
	t := tokens{xml.NewDecoder(p), p}
	t.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	return t
}

func (t tokens) next() (xml.Token, error) {
	t.piece.length = 0
	return t.RawToken()
}

// piece is what is read for one token.
type piece struct {
	r      io.Reader
	length int
	over   bool
}

func (p *piece) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.length += n
	if p.over = p.over || p.length > mostToken; p.over {
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}
