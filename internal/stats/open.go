package stats

import (
	"bytes"
	"encoding/json"
	"strconv"

	"zhengxin/internal/clock"
	"zhengxin/internal/spreadsheet"
)

// Column is one column of the open data, with what it counts.
type Column struct {
	Name    string `json:"name"`    // in JSON
	Heading string `json:"heading"` // in CSV
	Meaning string `json:"meaning"`
}

// Columns documents the open data; page, CSV and JSON all show this one list.
func Columns() []Column {
	return []Column{
		{"month", "月份", "北京时间的自然月，写作 2026-11；最后一个月到“截至”的那一天为止，那一天算在内"},
		{"received", "收到", "这个月提交或者登记的投诉件数"},
		{"imported", "其中批量导入", "“收到”里从旧台账批量导入、还要办的件数；旧系统里已经办结的旧件，收到、答复都不算"},
		{"answered", "答复", "这个月第一次送出书面答复的投诉件数，不论哪个月收到"},
		{"on_time", "按期答复", "“答复”里在承诺日期以内送出的件数"},
		{"late", "逾期答复", "“答复”里过了承诺日期才送出的件数"},
		{"upheld", "查实或基本查实", "这个月的答复里第一次认定属实或者基本属实的件数，复查以后才认定的算在复查答复的月份"},
	}
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
func (y Year) JSON() ([]byte, error) {
	type total struct {
		Counts
		Late    int64 `json:"late"`
		Overdue int64 `json:"overdue"` // at the end of Until
	}
	return json.MarshalIndent(struct {
		Year    int         `json:"year"`
		Until   clock.Date  `json:"until"`
		Columns []Column    `json:"columns"`
		Months  []openMonth `json:"months"`
		Total   total       `json:"total"`
	}{y.Until.Year, y.Until, Columns(), y.open(), total{y.Total, y.Total.Late(), y.Overdue}}, "", "  ")
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
