package matter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// column is one that a list can show after number and title: the same on the page and in a
// file that is taken out.
type column struct {
	name  string
	label string // where it is chosen, and over it
	head  string // in a file, where that is another
	width int    // in a file
	usual bool   // the page shows it while nobody has chosen
	filed bool   // a file has it while nobody has chosen
	words func(columnOf) string
	cell  func(columnOf) spreadsheet.Cell // in a file, where that is no words
}

// columnOf is a row that a column shows something of.
type columnOf struct {
	register.Row
	shown desk.MatterRow
	due   fileDue
	by    staff.Person
}

// mostColumns is how many fit beside a title.
const mostColumns = 8

// The columns that every table draws by itself.
var drawn = []string{desk.ColumnUnit, desk.ColumnState, desk.ColumnHolder, desk.ColumnDue}

// columnsFor are those that a reader may choose, in the order in which a list shows them.
func (p Pages[M]) columnsFor(by staff.Person) []column {
	k := p.Kind()
	var all []column
	add := func(there bool, c column) {
		if there {
			all = append(all, c)
		}
	}
	add(p.unitHead() != "", column{name: desk.ColumnUnit, label: p.unitHead(), width: 14, usual: true, filed: true, words: func(r columnOf) string { return r.shown.Unit }})
	add(true, column{name: "category", label: "类别", width: 14, filed: true, words: func(r columnOf) string { return r.shown.Category }})
	add(true, column{name: desk.ColumnState, label: "状态", width: 7, usual: true, filed: true, words: func(r columnOf) string { return r.shown.Status.Word }})
	add(true, column{name: desk.ColumnHolder, label: "在谁手里", width: 12, usual: true, filed: true, words: func(r columnOf) string { return r.shown.Holder }})
	add(k.Given, column{name: "lead", label: "承办单位", width: 14, words: func(r columnOf) string { return r.LeadName }})
	add(k.Law.Has(workflow.Assign), column{name: "person", label: "承办人", width: 7, words: func(r columnOf) string {
		if r.by.Scope().Shared && r.Lead != r.by.Unit { // who helps is not told whom another unit has at it
			return ""
		}
		return r.Person
	}})
	add(true, column{name: "opened", label: "收到日期", width: 6, filed: true, words: func(r columnOf) string { return r.Opened.Long() },
		cell: func(r columnOf) spreadsheet.Cell { return dayCell(r.Opened) }})
	add(true, column{name: desk.ColumnDue, label: "最近的期限", width: 6, usual: true, filed: true, cell: func(r columnOf) spreadsheet.Cell { return r.due.day }})
	add(true, column{name: "left", label: "还剩几天", head: "期限说明", width: 10, filed: true, words: func(r columnOf) string { return r.shown.Deadline.Words },
		cell: func(r columnOf) spreadsheet.Cell { return spreadsheet.Words(r.due.words) }})
	add(true, column{name: "ended", label: "办结日期", width: 6, filed: true, words: func(r columnOf) string { return r.shown.Ended },
		cell: func(r columnOf) spreadsheet.Cell { return dayCell(r.Closed) }})
	for _, d := range k.DetailsFor(by) {
		c := column{name: d.Name, label: d.Label, width: 9, words: func(r columnOf) string { return r.Detail(d.Name) }}
		if d.Sum() {
			c.words = func(r columnOf) string {
				if fen, ok := sumOf(r.Row, d); ok {
					return view.Money(form.Amount(fen).String())
				}
				return ""
			}
			c.cell = func(r columnOf) spreadsheet.Cell {
				if fen, ok := sumOf(r.Row, d); ok {
					return spreadsheet.Money(fen)
				}
				return spreadsheet.Cell{}
			}
		}
		add(true, c)
	}
	return all
}

func sumOf(r register.Row, d register.Detail) (fen int64, ok bool) {
	fen, err := strconv.ParseInt(r.Detail(d.Name), 10, 64)
	return fen, err == nil
}

// columnsNamed are the columns of some names, in their order.
func columnsNamed(all []column, names []string) []column {
	return slices.DeleteFunc(slices.Clone(all), func(c column) bool { return !slices.Contains(names, c.name) })
}

// usual says that nobody has chosen these columns.
func usual(names []string, all []column) bool {
	return !slices.ContainsFunc(all, func(c column) bool { return c.usual != slices.Contains(names, c.name) })
}

func named(columns []column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// columnsOf are the columns of a list that an address asks for, or its reader chose; those
// are the usual ones where Chosen says no.
type columnsOf struct {
	all    []column
	shown  []column
	Chosen bool
}

// columns are those of this list for its reader. An address that names some has them: it is
// that of a kept list.
func (p Pages[M]) columns(a asked, mine []string) (c columnsOf) {
	c.all = p.columnsFor(a.Person)
	if a.View == register.ViewPressed { // what the view is of
		c.all = append(c.all, column{name: "pressed", label: "催办督办", width: 24, usual: true, filed: true, words: func(r columnOf) string { return r.Pressed }})
		defer func() { c.Chosen = true }()
	}
	for _, names := range [][]string{strings.Split(a.values.Get(columnsField), "."), mine} {
		if a.View == register.ViewPressed && len(columnsNamed(c.all, names)) > 0 {
			names = append(slices.Clone(names), "pressed")
		}
		if found := columnsNamed(c.all, names); len(found) > 0 && len(found) <= mostColumns {
			c.shown, c.Chosen = found, !usual(named(found), c.all)
			return c
		}
	}
	for _, one := range c.all {
		if one.usual {
			c.shown = append(c.shown, one)
		}
	}
	return c
}

// filed are the columns of a file of this list.
func (c columnsOf) filed() []column {
	if c.Chosen {
		return c.shown
	}
	return slices.DeleteFunc(slices.Clone(c.all), func(one column) bool { return !one.filed })
}

// said is what a file's record says of them; empty where they are the usual ones.
func (c columnsOf) said() string {
	if !c.Chosen {
		return ""
	}
	var labels []string
	for _, one := range c.shown {
		labels = append(labels, one.label)
	}
	return "列：" + strings.Join(labels, "、")
}

// fill gives a row of the page what the columns that are chosen show of it.
func (c columnsOf) fill(row *desk.MatterRow, r register.Row, by staff.Person) {
	for _, one := range c.shown {
		if !slices.Contains(drawn, one.name) {
			row.More = append(row.More, one.words(columnOf{Row: r, shown: *row, by: by}))
		}
	}
}

// drawn are the columns as the table has them.
func (c columnsOf) drawn() []desk.MatterColumn {
	if !c.Chosen {
		return nil
	}
	var all []desk.MatterColumn
	for _, one := range c.shown {
		all = append(all, desk.MatterColumn{Name: one.name, Label: one.label})
	}
	return all
}

// columnsField holds the names of columns: in an address joined by points, in the form one
// each.
const columnsField = "columns"

// columnsURL is where a person chooses the columns of a list.
func columnsURL(a asked) string {
	return extended(desk.ListURL(a.kind)+"/columns", a.rest(columnsField))
}

// columnChoice is the form that chooses them.
type columnChoice struct {
	CSRF, URL string
	Options   []view.Option
	Values    []string
	Error     string
}

func choiceOf(c *fiber.Ctx, a asked, of columnsOf, tried *desk.Attempt) columnChoice {
	v := columnChoice{CSRF: web.CSRF(c), URL: columnsURL(a), Values: named(of.shown)}
	for _, one := range of.all {
		v.Options = append(v.Options, view.Option{Value: one.name, Label: one.label})
	}
	if tried != nil && tried.Action == chooseColumns {
		v.Values, v.Error = tried.Typed[columnsField], view.ErrorsOf(tried.Err).For(columnsField)
	}
	return v
}

// chooseColumns tells an attempt to choose columns from one to keep a list.
const chooseColumns workflow.Action = "columns"

// submitColumns keeps which columns the reader wants, or, with none ticked, the usual ones.
func (p Pages[M]) submitColumns(c *fiber.Ctx) error {
	by := desk.Person(c)
	a := askedOf(c, p.Kind(), by, p.Now())
	all := p.columnsFor(by)
	names := named(columnsNamed(all, web.Form(c).Map()[columnsField]))
	if web.Form(c).Get("do") == "usual" || usual(names, all) {
		names = nil
	}
	if len(names) > mostColumns {
		err := fault.Fields([]fault.Field{{Name: columnsField, Sentence: "最多选 " + view.N(mostColumns, "列") + "，现在选了 " + view.N(len(names), "列") + "，请去掉几列"}})
		c.Status(web.StatusOf(err))
		return p.list(c, &desk.Attempt{Action: chooseColumns, Typed: workflow.Answers{columnsField: names}, Err: err})
	}
	if err := p.Staff.ChooseColumns(c.UserContext(), by, string(p.Kind().Law.Kind), names); err != nil {
		return err
	}
	return web.SeeOther(c, Address(p.Kind(), a.rest(columnsField)))
}
