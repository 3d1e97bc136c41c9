package desk

import (
	"slices"

	"zhengxin/internal/view"
)

// View is one entry of a row of views; Count is text such as 1,000 件以上.
type View struct {
	Label   string
	Count   string
	Href    string
	Current bool
}

// Views is the row of views over a list; it alone may scroll sideways.
type Views struct {
	Label string // of the navigation, for readers
	Items []View
}

// Chip is one applied filter and the address without it.
type Chip struct {
	Label string
	Href  string
}

// Chips says what is applied and how the list is sorted.
type Chips struct {
	Items  []Chip
	Clear  string // address without any filter
	Sorted string
}

// Filters is the row of filters over a list, a GET form with the fields as its
// children. Applied is how many are in use, for the small screen.
type Filters struct {
	Action  string
	Applied int
}

func (f Filters) applied() string {
	if f.Applied == 0 {
		return ""
	}
	return "（已用 " + view.N(f.Applied, "项") + "）"
}

// MatterRow is one matter of a list.
type MatterRow struct {
	Href     string
	Title    string
	Number   string
	Category string
	Todo     string // my work: what to do
	Unit     string
	Status   view.StatusTag
	Holder   string
	Deadline Deadline
	News     []string   // what its reader has not seen yet
	Ended    string     // the day it was over; empty while it is not
	Outcome  string     // what came of it
	Line     *FoundLine // where a search found it
	More     []string   // what the further columns of its table show
	Tick     string     // value of the tick box, none when empty
}

// heldOr is who has it, or what came of it once nobody has.
func (r MatterRow) heldOr() string {
	if r.Ended != "" {
		return r.Outcome
	}
	return r.Holder
}

// FoundLine is the line of a matter's words in which a search found something.
type FoundLine struct{ Label, Before, Hit, After string }

// MatterColumn is a column of a table of matters after the title.
type MatterColumn struct{ Name, Label string }

// The columns that a table draws by itself; any other is a word of MatterRow.More.
const (
	ColumnUnit   = "unit"
	ColumnState  = "state"
	ColumnHolder = "holder"
	ColumnDue    = "due"
)

// MatterTable is the list of matters. Work shows the columns of my work (要您做)
// instead of unit, state and holder; Bare leaves the heads to readers only.
type MatterTable struct {
	Caption  string
	Unit     string // heads the column of units; empty: there is none
	Rows     []MatterRow
	Columns  []MatterColumn // nil: unit, state, holder and term
	TickForm string         // id of the form that the tick boxes belong to
	Work     bool
	Bare     bool
	Over     bool // nothing is under way: what came of each instead of who has it
	Mixed    bool // some may be
}

func (t MatterTable) ticks() bool {
	return len(t.Rows) > 0 && t.Rows[0].Tick != ""
}

func (t MatterTable) columns() []view.Column {
	if t.Work {
		return []view.Column{{Label: "事项", Class: "col-title"}, {Label: "要您做", Class: "col-todo"}, {Label: "最近的期限", Class: "col-due"}}
	}
	list := []view.Column{{Label: "事项", Class: "col-title"}}
	for _, c := range t.shown() {
		class := "col-more"
		if slices.Contains(drawn, c.Name) {
			class = "col-" + c.Name
		}
		list = append(list, view.Column{Label: c.Label, Class: class})
	}
	if t.ticks() {
		list = append([]view.Column{{Label: "选择", Class: "col-tick", Hidden: true}}, list...)
	}
	return list
}

// drawn are the columns that the table draws by itself.
var drawn = []string{ColumnUnit, ColumnState, ColumnHolder, ColumnDue}

// shown are the columns after the title. What is over is held by nobody, and ended.
func (t MatterTable) shown() []MatterColumn {
	all := slices.Clone(t.Columns)
	if all == nil {
		all = []MatterColumn{{Name: ColumnUnit}, {Name: ColumnState, Label: "状态"}, {Name: ColumnHolder}, {Name: ColumnDue}}
	}
	if t.Unit == "" {
		all = slices.DeleteFunc(all, func(c MatterColumn) bool { return c.Name == ColumnUnit })
	}
	for i := range all {
		switch c := &all[i]; {
		case c.Name == ColumnUnit:
			c.Label = t.Unit
		case c.Name == ColumnHolder && t.Over:
			c.Label = "结果"
		case c.Name == ColumnHolder && t.Mixed:
			c.Label = "在谁手里，或者结果"
		case c.Name == ColumnHolder:
			c.Label = "在谁手里"
		case c.Name == ColumnDue && t.Over:
			c.Label = "哪天结束"
		case c.Name == ColumnDue && t.Mixed:
			c.Label = "期限，或者哪天结束"
		case c.Name == ColumnDue:
			c.Label = "最近的期限"
		}
	}
	return all
}

// cells are the columns with what each shows of a row that they do not draw themselves.
func (t MatterTable) cells(r MatterRow) (all []matterCell) {
	more := r.More
	for _, c := range t.shown() {
		cell := matterCell{MatterColumn: c}
		if !slices.Contains(drawn, c.Name) && len(more) > 0 {
			cell.Text, more = more[0], more[1:]
		}
		all = append(all, cell)
	}
	return all
}

// matterCell is a cell after the title.
type matterCell struct {
	MatterColumn
	Text string
}

func (t MatterTable) class() string {
	c := "table matters stack"
	if t.Columns != nil {
		c += " chosen"
	}
	if !t.Work {
		c += " with-state"
	}
	if t.Bare {
		c += " bare"
	}
	return c
}

// Group is a part of my work: a heading, its count and a table as children.
type Group struct {
	Title string
	Count string // 另 1 件
}
