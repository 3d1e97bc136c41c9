package unit

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// Row is one unit of a file, as it was written there.
type Row struct {
	Line         int      `json:"-"`
	Code         string   `json:"code"`
	Name         string   `json:"name"`
	Alias        []string `json:"alias"`
	Kind         string   `json:"kind"` // code or Chinese word
	Parent       string   `json:"parent"`
	USCC         string   `json:"uscc"`
	Complainable *bool    `json:"complainable"`    // nil means yes
	Handles      *bool    `json:"handles"`         // nil means yes
	Prefix       *string  `json:"document_prefix"` // nil leaves it as it is
	Mailbox      *string  `json:"mailbox"`         // nil leaves it as it is
}

// headings are the columns of a CSV file, each by either name.
var headings = map[string]string{
	"代码": "code", "名称": "name", "别名": "alias", "类别": "kind", "上级": "parent", "统一社会信用代码": "uscc",
	"可投诉": "complainable", "可承办": "handles", "机关代字": "document_prefix", "邮箱": "mailbox",
}

// ParseTable reads a file of units: CSV with a line of headings (in UTF-8, or
// in GB18030 as Chinese Excel saves it) or one JSON object to a line. Lines
// that cannot be read come back as refusals; a file that is neither is an error.
func ParseTable(r io.Reader) ([]Row, []Refusal, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	text, err := form.FileText(raw)
	if err != nil {
		return nil, nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		rows, refused := parseLines([]byte(text))
		return rows, refused, nil
	}
	return parseCSV([]byte(text))
}

func parseLines(raw []byte) (rows []Row, refused []Refusal) {
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			continue
		}
		row := Row{}
		if err := json.Unmarshal(text, &row); err != nil {
			refused = append(refused, Refusal{Line: n, Reason: "不是一个完整的 JSON 对象"})
			continue
		}
		row.Line = n
		rows = append(rows, row)
	}
	if lines.Err() != nil {
		refused = append(refused, Refusal{Reason: "有一行超过 1 MB，从那里起没有读"})
	}
	return rows, refused
}

func parseCSV(raw []byte) (rows []Row, refused []Refusal, err error) {
	table := csv.NewReader(bytes.NewReader(raw))
	table.FieldsPerRecord = -1
	head, err := table.Read()
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "文件是空的，或者不是 CSV。")
	}
	columns := make([]string, len(head))
	for i, h := range head {
		h = strings.TrimSpace(h)
		if english, ok := headings[h]; ok {
			h = english
		}
		columns[i] = h
	}
	for _, needed := range []string{"code", "name", "kind"} {
		if !slices.Contains(columns, needed) {
			return nil, nil, fault.New(fault.Invalid, "第一行要写列名，至少有 code、name、kind（代码、名称、类别）；这里没有 %s。", needed)
		}
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, refused, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			refused = append(refused, Refusal{Line: broken.StartLine, Reason: "引号没有配对"})
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := table.FieldPos(0)
		row, reason := RowOf(columns, cells)
		row.Line = line
		if reason != "" {
			refused = append(refused, Refusal{line, row.Code, reason})
			continue
		}
		rows = append(rows, row)
	}
}

// RowOf is a line of a table as a unit, by what its columns are called; reason says what
// cannot be read of it.
func RowOf(columns, cells []string) (row Row, reason string) {
	if len(cells) > len(columns) {
		reason = fmt.Sprintf("有 %d 格，比列名多", len(cells))
	}
	for i, cell := range cells[:min(len(cells), len(columns))] {
		cell = strings.TrimSpace(cell)
		switch columns[i] {
		case "code":
			row.Code = cell
		case "name":
			row.Name = cell
		case "alias":
			row.Alias = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("|、；;", r) })
		case "kind":
			row.Kind = cell
		case "parent":
			row.Parent = cell
		case "uscc":
			row.USCC = cell
		case "complainable":
			row.Complainable = yesOrNo(cell, &reason)
		case "handles":
			row.Handles = yesOrNo(cell, &reason)
		case "document_prefix":
			row.Prefix = &cell
		case "mailbox":
			row.Mailbox = &cell
		}
	}
	return row, reason
}

func yesOrNo(cell string, reason *string) *bool {
	switch strings.ToLower(cell) {
	case "":
		return nil
	case "是", "yes", "true", "1":
		return new(true)
	case "否", "no", "false", "0":
		return new(false)
	}
	*reason = "可投诉、可承办只能写“是”或“否”"
	return nil
}
