package stats

import (
	"encoding/json"
	"strconv"

	"zhengxin/internal/clock"
)

// UnitColumns documents the open data about units, as Columns does that of the county.
func UnitColumns() []Column {
	return []Column{
		{"code", "单位代码", "本站单位页网址的最后一段，不会改"},
		{"name", "单位", "单位的名称"},
		{"kind", "类别", "单位的类别"},
		{"accused", "被投诉收到", "四个季度里提交或者登记的、投诉这个单位的件数；旧系统里已经办结的旧件不算"},
		{"accused_answered", "被投诉已答复", "投诉这个单位、四个季度里第一次送出书面答复的件数"},
		{"accused_upheld", "被投诉查实或基本查实", "“被投诉已答复”里最后认定属实或者基本属实的件数"},
		{"handled", "承办已答复", "这个单位承办别人被投诉的、四个季度里第一次送出书面答复的件数"},
		{"handled_late", "承办逾期答复", "“承办已答复”里过了承诺日期才送出的件数"},
		{"handling_overdue", "承办季末逾期未答复", "“截至”的那一天结束时，由这个单位承办、过了承诺日期还没有答复的件数"},
	}
}

// OpenUnit is a unit as the open data has it. The figures of a role that it has not are
// nil, which is something else than none.
type OpenUnit struct {
	Code            string `json:"code"`
	Name            string `json:"name"`
	Kind            string `json:"kind"`
	Accused         *Count `json:"accused"`
	AccusedAnswered *Count `json:"accused_answered"`
	AccusedUpheld   *Count `json:"accused_upheld"`
	Handled         *Count `json:"handled"`
	HandledLate     *Count `json:"handled_late"`
	HandlingOverdue *Count `json:"handling_overdue"`
}

// Open is what is published of a unit in the roles that it has.
func (u Unit) Open(code, name, kind string, accused, handles bool) OpenUnit {
	out := OpenUnit{Code: code, Name: name, Kind: kind}
	if accused {
		out.Accused, out.AccusedAnswered, out.AccusedUpheld = &u.Accused, &u.AccusedAnswered, &u.AccusedUpheld
	}
	if handles {
		out.Handled, out.HandledLate, out.HandlingOverdue = &u.Handled, &u.HandledLate, &u.HandlingOverdue
	}
	return out
}

// JSON is those units as open data.
func (u Units) JSON(units []OpenUnit) ([]byte, error) {
	return json.MarshalIndent(struct {
		From    clock.Date `json:"from"`
		Until   clock.Date `json:"until"`
		Step    int        `json:"step"` // each figure is the least of so many
		Columns []Column   `json:"columns"`
		Units   []OpenUnit `json:"units"`
	}{u.From, u.Until, Step, UnitColumns(), units}, "", "  ")
}

// CSV is those units as a table, one row a unit; what a unit has not is empty.
func (u Units) CSV(units []OpenUnit) ([]byte, error) {
	var rows [][]string
	for _, one := range units {
		row := []string{one.Code, one.Name, one.Kind}
		for _, n := range []*Count{one.Accused, one.AccusedAnswered, one.AccusedUpheld, one.Handled, one.HandledLate, one.HandlingOverdue} {
			if n == nil {
				row = append(row, "")
			} else {
				row = append(row, strconv.FormatInt(int64(*n), 10))
			}
		}
		rows = append(rows, row)
	}
	return table(UnitColumns(), rows)
}
