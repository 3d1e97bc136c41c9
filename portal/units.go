package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/notice"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// unitsView is the directory as one table, or what a search found in it.
type unitsView struct {
	Frame  site.Frame
	Query  string
	Kind   string // as filtered
	Sort   string
	Kinds  []view.Option
	Sorts  []view.Option
	Rows   []unitRow
	Period period // of the figures; empty while none are published
	Open   openView
	Years  []view.Option // to choose from, when there is more than one
	Year   string        // that is shown; empty is the newest
}

type unitRow struct {
	Name, Href, Mark, Under, Kind string
	Accused, Answered, Late       unitFigure
	Warned                        int
	Complainable, Handles         bool
}

// unitFigure is a figure of a unit in a role, which it may not have.
type unitFigure struct {
	has bool
	n   stats.Count
}

// String is the figure as the table has it.
func (f unitFigure) String() string {
	if !f.has {
		return "－"
	}
	return countWords(f.n)
}

// queryLimit is more than the longest name of a unit.
const queryLimit = 60

// unitSorts are by what the table is sorted, the most first; ties stay in the order of
// the directory. They compare what is published and nothing finer.
var unitSorts = []struct {
	view.Option
	by func(unitRow) int
}{
	{view.Option{Value: "", Label: "按类别"}, func(unitRow) int { return 0 }},
	{view.Option{Value: "received", Label: "收到投诉多的在前"}, func(r unitRow) int { return int(r.Accused.n) }},
	{view.Option{Value: "answered", Label: "已答复多的在前"}, func(r unitRow) int { return int(r.Answered.n) }},
	{view.Option{Value: "late", Label: "承办逾期多的在前"}, func(r unitRow) int { return int(r.Late.n) }},
	{view.Option{Value: "warned", Label: "警示多的在前"}, func(r unitRow) int { return r.Warned }},
}

func (p pages) showUnits(c *fiber.Ctx) error {
	v := unitsView{Frame: p.Frame(c, "单位", "units"), Query: firstRunes(strings.TrimSpace(c.Query("q")), queryLimit)}
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	quarter, err := p.quarterAsked(c)
	if err != nil {
		return err
	}
	if v.Years, v.Year, err = p.unitYears(c, quarter); err != nil {
		return err
	}
	warned, err := p.Notices.Warned(c.UserContext())
	if err != nil {
		return err
	}
	if !quarter.Until.IsZero() {
		v.Period, v.Open = periodOfQuarter(quarter, p.Stats.Measures(stats.ByUnit)), p.openOfUnits(c, quarter)
	}
	for _, kind := range unit.Kinds() {
		if v.Kinds = append(v.Kinds, view.Option{Value: string(kind), Label: kind.Word()}); c.Query("kind") == string(kind) {
			v.Kind = string(kind)
		}
	}
	current := unit.List{}
	for _, u := range all.ByKind() {
		if u.Current && (v.Kind == "" || string(u.Kind) == v.Kind) {
			current = append(current, u)
		}
	}
	if v.Query != "" {
		current = current.Search(v.Query)
	}
	for _, u := range current {
		row := rowOf(all, u)
		row.Accused = unitFigure{u.Complainable, quarter.Of(complaint.FigureAccused, u.Code)}
		row.Answered = unitFigure{u.Complainable, quarter.Of(complaint.FigureAccusedAnswered, u.Code)}
		row.Late = unitFigure{u.Handles, quarter.Of(complaint.FigureHandledLate, u.Code)}
		row.Warned = warned[u.Code]
		v.Rows = append(v.Rows, row)
	}
	for _, by := range unitSorts {
		if v.Sorts = append(v.Sorts, by.Option); by.Value == c.Query("sort") && by.Value != "" {
			v.Sort = by.Value
			slices.SortStableFunc(v.Rows, func(a, b unitRow) int { return by.by(b) - by.by(a) })
		}
	}
	return view.Show(c, unitsPage(v))
}

// unitYears are the years to choose from, when there is more than the newest, and the one
// that is shown; empty is the newest.
func (p pages) unitYears(c *fiber.Ctx, shown stats.Quarter) (years []view.Option, year string, err error) {
	quarters, err := p.Stats.Quarters(c.UserContext())
	if err != nil {
		return nil, "", err
	}
	for i, q := range quarters {
		one := view.Option{Value: strconv.Itoa(q.Until.Year), Label: strconv.Itoa(q.Until.Year) + " 年"}
		if i == 0 {
			one = view.Option{Label: "最近四个季度"}
		}
		if q.Until.Year == shown.Until.Year {
			year = one.Value
		}
		years = append(years, one)
	}
	if len(years) < 2 {
		return nil, "", nil
	}
	return years, year, nil
}

// columns are those that there is something to say in.
func (v unitsView) columns() []view.Column {
	columns := []view.Column{{Label: "单位"}, {Label: "类别"}}
	if v.Period.Said != "" {
		columns = append(columns, view.Column{Label: "收到", Number: true}, view.Column{Label: "已答复", Number: true}, view.Column{Label: "承办逾期", Number: true})
	}
	if v.Year != "" { // what stands in public today says nothing of another year
		return columns
	}
	return append(columns, view.Column{Label: "公示中的警示", Number: true})
}

func rowOf(all unit.List, u unit.Unit) unitRow {
	row := unitRow{Name: u.Name, Href: "/units/" + u.Code, Mark: u.Mark(), Kind: u.Kind.Word(), Complainable: u.Complainable, Handles: u.Handles}
	if parent, ok := all.ByCode(u.Parent); ok && u.Kind == unit.Office {
		row.Under = parent.Name
	}
	return row
}

// firstRunes is the beginning of a text, of n characters at most; a broken
// character is left out.
func firstRunes(text string, n int) string {
	runes := []rune(strings.ToValidUTF8(text, ""))
	return string(runes[:min(len(runes), n)])
}

// unitView is the page of one unit.
type unitView struct {
	Frame     site.Frame
	Unit      unit.Unit
	Parent    *unitRow
	Successor *unitRow
	Groups    []figureGroup
	Period    period // of all; empty while nothing is published
	Record    site.Entries
}

func (p pages) showUnit(c *fiber.Ctx) error {
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	u, ok := all.ByCode(c.Params("code"))
	if !ok {
		return site.NotFound()
	}
	v := unitView{Frame: p.Frame(c, u.Name, "units"), Unit: u}
	if parent, ok := all.ByCode(u.Parent); ok {
		row := rowOf(all, parent)
		v.Parent = &row
	}
	if successor, ok := all.ByCode(u.Successor); ok {
		row := rowOf(all, successor)
		v.Successor = &row
	}
	quarter, err := p.Stats.Quarter(c.UserContext())
	if err != nil {
		return err
	}
	if measures := p.Stats.Measures(stats.ByUnit); !quarter.Until.IsZero() {
		v.Period = periodOfQuarter(quarter, measures)
		v.Groups = groupsOf(u, measures, quarter)
	}
	about, err := p.Notices.About(c.UserContext(), u.Code)
	if err != nil {
		return err
	}
	var warnings []notice.Entry
	for _, e := range about {
		if e.Kind == notice.Warning {
			warnings = append(warnings, e)
		}
	}
	v.Record = entriesOf(warnings, p.Now())
	return view.Show(c, unitPage(v))
}

// figureGroup is a group of the figures of one unit.
type figureGroup struct {
	stats.Group
	Figures site.Figures
}

// groupsOf are the figures of a unit under their groups, what it does for others before
// what is said of it.
func groupsOf(u unit.Unit, measures []stats.Measure, quarter stats.Quarter) (groups []figureGroup) {
	for _, handling := range []bool{true, false} {
		for _, m := range measures {
			if m.Handling != handling || !has(u, m) || !quarter.Counts(m.Name) {
				continue
			}
			at := slices.IndexFunc(groups, func(g figureGroup) bool { return g.Group == m.Group })
			if at < 0 {
				at, groups = len(groups), append(groups, figureGroup{Group: m.Group})
			}
			groups[at].Figures.Items = append(groups[at].Figures.Items, countFigure(m, quarter.Of(m.Name, u.Code)))
		}
	}
	return groups
}

// countFigure shows how many, as closely as it is said of one unit: none and
// one to four alike.
func countFigure(m stats.Measure, n stats.Count) site.Figure {
	figure := site.Figure{Number: countWords(n), Unit: m.Group.Counts, Label: m.Short}
	if n == stats.Untold {
		figure.Unit = ""
	}
	return figure
}

func countWords(n stats.Count) string {
	switch n {
	case stats.Untold:
		return "不公布"
	case 0:
		return fmt.Sprintf("少于 %d", stats.Step)
	}
	return fmt.Sprintf("%s 至 %s", view.Count(int(n)), view.Count(int(n)+stats.Step-1))
}
