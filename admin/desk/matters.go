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

// MatterTable is the list of matters. Work shows the columns of my work (要您做)
// instead of unit, state and holder; Bare leaves the heads to readers only.
type MatterTable struct {
	Caption  string
	Unit     string // heads the column of units; empty: there is none
	Rows     []MatterRow
	TickForm string // id of the form that the tick boxes belong to
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
	holder, due := "在谁手里", "最近的期限"
	switch {
	case t.Over:
		holder, due = "结果", "哪天结束"
	case t.Mixed:
		holder, due = "在谁手里，或者结果", "期限，或者哪天结束"
	}
	list := []view.Column{
		{Label: "事项", Class: "col-title"}, {Label: t.Unit, Class: "col-unit"}, {Label: "状态", Class: "col-state"}, {Label: holder, Class: "col-holder"}, {Label: due, Class: "col-due"},
	}
	if t.Unit == "" {
		list = slices.Delete(list, 1, 2)
	}
	if t.ticks() {
		list = append([]view.Column{{Label: "选择", Class: "col-tick", Hidden: true}}, list...)
	}
	return list
}

func (t MatterTable) class() string {
	c := "table matters stack"
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
