package stats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/setting"
	"zhengxin/internal/spreadsheet"
)

// Column is one column of the open data, with what it says.
type Column struct {
	Name    string `json:"name"`    // in JSON
	Heading string `json:"heading"` // in CSV
	Meaning string `json:"meaning"`
	Counts  bool   `json:"-"` // it is a number of matters
}

// Columns documents the months; page, CSV, JSON and dictionary all show this one list.
func Columns() []Column {
	return []Column{
		{"month", "月份", "北京时间的自然月，写作 2026-11；最后一个月到“截至”的那一天为止，那一天算在内", false},
		{"received", "收到", "这个月提交或者登记的投诉件数", true},
		{"imported", "其中批量导入", "“收到”里从旧台账批量导入、还要办的件数；旧系统里已经办结的旧件，收到、答复都不算", true},
		{"answered", "答复", "这个月第一次送出书面答复的投诉件数，不论哪个月收到", true},
		{"on_time", "按期答复", "“答复”里在承诺日期以内送出的件数", true},
		{"late", "逾期答复", "“答复”里过了承诺日期才送出的件数", true},
		{"upheld", "查实或基本查实", "这个月的答复里第一次认定属实或者基本属实的件数，复查以后才认定的算在复查答复的月份", true},
	}
}

// labels say of which unit or category a row is.
var labels = map[Dimension][]Column{
	ByUnit: {
		{"code", "单位代码", "本站单位页网址的最后一段，不会改", false},
		{"name", "单位", "单位的名称", false},
		{"kind", "类别", "单位的类别", false},
	},
	ByCategory: {
		{"code", "类别代码", "一个字母是大类，后面是序号，不会改", false},
		{"title", "类别", "办理时用的正式名称", false},
		{"plain", "平常的说法", "填写投诉时看到的说法；少见的类别没有，空着", false},
		{"group", "大类", "填写投诉时归在哪一个标题下面", false},
	},
}

// Columns documents the figures along a dimension, as the function of that name does the months.
func (b *Book) Columns(by Dimension) []Column {
	columns := slices.Clone(labels[by])
	for _, m := range b.Measures(by) {
		columns = append(columns, Column{m.Name, m.Heading, m.Meaning, true})
	}
	return columns
}

// About is what goes with all open data, so that a file that lies somewhere says whose it
// is, on which terms and where it is explained.
type About struct {
	Publisher  string          `json:"publisher"`
	Source     string          `json:"source"`     // the page with the same figures
	Dictionary string          `json:"dictionary"` // what each column is, and how it was counted
	Cite       string          `json:"cite"`
	Licence    setting.Licence `json:"licence"`
}

// record is a row in JSON, with its fields in the order of the columns.
type record struct {
	columns []Column
	values  []any
}

func (r record) MarshalJSON() ([]byte, error) {
	var fields []string
	for i, c := range r.columns {
		value, err := json.Marshal(r.values[i])
		if err != nil {
			return nil, err
		}
		fields = append(fields, strconv.Quote(c.Name)+":"+string(value))
	}
	return []byte("{" + strings.Join(fields, ",") + "}"), nil
}

// Sheet is the figures along one dimension as open data: a row of values for each unit or
// category, in the order of the columns. A value is a text, a Count, or nil where there
// is no such figure, which is something else than none.
type Sheet struct {
	Name    string // units
	Columns []Column
	Quarter Quarter
	rows    [][]any
}

// Sheet begins one.
func (b *Book) Sheet(name string, by Dimension, q Quarter) Sheet {
	return Sheet{Name: name, Columns: b.Columns(by), Quarter: q}
}

// Add is the row of one unit or category, under its labels, the code first. What is not
// told is nil, and so are the measures that it has not.
func (s *Sheet) Add(measures []Measure, has func(Measure) bool, labels ...string) {
	var row []any
	for _, label := range labels {
		row = append(row, label)
	}
	for _, m := range measures {
		if n := s.Quarter.Of(m.Name, labels[0]); has(m) && n != Untold {
			row = append(row, n)
		} else {
			row = append(row, nil)
		}
	}
	s.rows = append(s.rows, row)
}

// JSON is the sheet with what one has to know of it.
func (s Sheet) JSON(about About) ([]byte, error) {
	records, withheld := []record{}, []string{}
	for _, row := range s.rows {
		records = append(records, record{s.Columns, row})
	}
	for _, c := range s.Columns {
		if c.Counts && s.Quarter.Of(c.Name, "") == Untold {
			withheld = append(withheld, c.Name)
		}
	}
	out := []struct {
		name  string
		value any
	}{
		{"from", s.Quarter.From},
		{"until", s.Quarter.Until},
		{"step", Step}, // each figure is the least of so many
		{"withheld", withheld},
		{"about", about},
		{"columns", s.Columns},
		{s.Name, records},
	}
	all := record{}
	for _, o := range out {
		all.columns, all.values = append(all.columns, Column{Name: o.name}), append(all.values, o.value)
	}
	return json.MarshalIndent(all, "", "  ")
}

// CSV is the sheet as a table; what is nil is empty.
func (s Sheet) CSV() ([]byte, error) {
	var rows [][]string
	for _, values := range s.rows {
		var row []string
		for _, value := range values {
			if value == nil {
				value = ""
			}
			row = append(row, fmt.Sprint(value))
		}
		rows = append(rows, row)
	}
	return table(s.Columns, rows)
}

type openMonth struct {
	Month string `json:"month"`
	Counts
	Late int64 `json:"late"`
}

func (y Year) open() []openMonth {
	months := make([]openMonth, len(y.Months))
	for i, m := range y.Months {
		months[i] = openMonth{m.Month.String()[:7], m.Counts, m.Late()}
	}
	return months
}

// JSON is the year as open data. Nothing in it says when it was asked for.
func (y Year) JSON(about About) ([]byte, error) {
	type total struct {
		Counts
		Late    int64 `json:"late"`
		Overdue int64 `json:"overdue"` // at the end of Until
	}
	return json.MarshalIndent(struct {
		Year    int         `json:"year"`
		Until   clock.Date  `json:"until"`
		About   About       `json:"about"`
		Columns []Column    `json:"columns"`
		Months  []openMonth `json:"months"`
		Total   total       `json:"total"`
	}{y.Until.Year, y.Until, about, Columns(), y.open(), total{y.Total, y.Total.Late(), y.Overdue}}, "", "  ")
}

// CSV is the year as a table that Chinese Excel opens as it is, one row a month.
func (y Year) CSV() ([]byte, error) {
	var rows [][]string
	for _, m := range y.open() {
		row := []string{m.Month}
		for _, n := range []int64{m.Received, m.Imported, m.Answered, m.OnTime, m.Late, m.Upheld} {
			row = append(row, strconv.FormatInt(n, 10))
		}
		rows = append(rows, row)
	}
	return table(Columns(), rows)
}

// table is rows under the headings of their columns.
func table(columns []Column, rows [][]string) ([]byte, error) {
	var heads []string
	for _, c := range columns {
		heads = append(heads, c.Heading)
	}
	var b bytes.Buffer
	w := spreadsheet.NewWriter(&b)
	for _, row := range append([][]string{heads}, rows...) {
		if err := w.Write(row...); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
