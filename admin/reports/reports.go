// Package reports is what those who answer for the registers see of them in figures, and
// what a unit's own staff see of theirs: how much came, what was answered by when, and
// what was done meanwhile. Each number opens the list of what it counts.
package reports

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

// Pages are the reports.
type Pages struct{ *desk.Desk }

const (
	path     = "/reports"      // of those who answer for the registers
	ownPath  = "/reports/unit" // of a unit's own staff
	weekPath = "/week"         // after either
)

// office are the roles that answer for a register that has a report, and units those of
// the units that work for one.
func (p *Pages) readers() (office, units []staff.Role) {
	for _, role := range staff.Roles() {
		if len(p.rooms(staff.Person{Role: role})) == 0 {
			continue
		}
		if (staff.Person{Role: role}).Scope().Shared {
			units = append(units, role)
		} else {
			office = append(office, role)
		}
	}
	return office, units
}

// rooms are the registers whose report a person reads: all of it, or their own unit's.
func (p *Pages) rooms(by staff.Person) []desk.Room {
	return slices.DeleteFunc(slices.Clone(p.Rooms), func(r desk.Room) bool {
		k := r.Kind()
		return k.Report == nil || !(by.Scope().Shared && k.ReadBy(by.Role) || slices.Contains(k.Exporters(), by.Role))
	})
}

// Routes are the pages; none where no register has a report.
func (p *Pages) Routes() (all []desk.Route) {
	office, units := p.readers()
	if len(office) > 0 {
		may := desk.Only(office...)
		all = append(all, desk.Get(path, may, p.show), desk.Get(path+weekPath, may, p.showWeek), desk.Post(path+fileEnding, may, p.submitFile))
	}
	if len(units) > 0 {
		may := desk.Only(units...)
		all = append(all, desk.Get(ownPath, may, p.show), desk.Get(ownPath+weekPath, may, p.showWeek))
	}
	return all
}

// asked is what an address asks for.
type asked struct {
	by     staff.Person
	path   string
	rooms  []desk.Room
	room   desk.Room
	period period
	unit   string // whose work alone; of a unit's own staff always theirs
	named  string // what that unit is called
}

func (p *Pages) asked(c *fiber.Ctx) (asked, error) {
	a := asked{by: desk.Person(c), path: path, period: periodAsked(c.Query("from"), c.Query("to"), clock.On(p.Now()))}
	a.rooms = p.rooms(a.by)
	a.room = a.rooms[0]
	for _, r := range a.rooms {
		if r.Kind().Path == c.Query("of") {
			a.room = r
		}
	}
	if unit := c.Query("unit"); unit == register.NoUnit {
		a.unit = unit
	} else if found, known, err := p.Office.Units.ByCode(c.UserContext(), unit); err != nil {
		return a, err
	} else if known {
		a.unit, a.named = unit, found.Name
	}
	if a.by.Scope().Shared {
		found, _, err := p.Office.Units.ByCode(c.UserContext(), a.by.Unit)
		a.path, a.unit, a.named = ownPath, a.by.Unit, found.Name
		return a, err
	}
	return a, nil
}

// own says that somebody of a unit reads their own figures.
func (a asked) own() bool { return a.path == ownPath }

// filter is the list of all that the report counts.
func (a asked) filter() register.Filter {
	return register.Filter{View: register.ViewAll, Person: a.by, Since: a.period.since(), Until: a.period.until(), Lead: a.unit}
}

// values are the address of the report.
func (a asked) values() url.Values {
	v := url.Values{}
	if a.room.Kind() != a.rooms[0].Kind() {
		v.Set("of", a.room.Kind().Path)
	}
	if a.period.typedFrom != "" {
		v.Set("from", a.period.typedFrom)
	}
	if a.period.typedTo != "" {
		v.Set("to", a.period.typedTo)
	}
	if a.unit != "" && !a.own() {
		v.Set("unit", a.unit)
	}
	return v
}

// url is the address of the report with one thing changed.
func (a asked) url(under, name, value string) string {
	v := a.values()
	if v.Del(name); value != "" {
		v.Set(name, value)
	}
	if len(v) == 0 {
		return under
	}
	return under + "?" + v.Encode()
}

// listed is the address of the list that a number counts.
func (a asked) listed(g group, figure string) string {
	v := url.Values{"view": {register.ViewAll}, "since": {a.period.since().String()}, "until": {a.period.until().String()}, "figure": {figure}}
	if a.unit != "" {
		v.Set("lead", a.unit)
	}
	for name, value := range g.narrowed {
		v.Set(name, value)
	}
	return matter.Address(a.room.Kind(), v)
}

// group is a row of a table: all, a unit's, a category's or a month's.
type group struct {
	register.Sums
	Label    string
	Href     string            // the report of this group alone, where there is one
	narrowed map[string]string // what the list of it has more
}

// dimension is along what a table counts.
type dimension struct {
	Title, Head string
	Groups      []group
}

// reportView is the page.
type reportView struct {
	asked
	Frame  desk.Frame
	Title  string
	Kinds  desk.Views
	Units  []view.Option
	Sheet  *register.Sheet // nil while the period is not one
	Whole  group
	Before []before
	Months []group
	By     []dimension
	Chart  view.Chart
	File   string // where the report is taken out from; empty for whom may not
}

func (p *Pages) show(c *fiber.Ctx) error {
	v, err := p.report(c)
	if err != nil {
		return err
	}
	return view.Show(c, reportPage(v))
}

// report counts what the address asks for.
func (p *Pages) report(c *fiber.Ctx) (reportView, error) {
	a, err := p.asked(c)
	v := reportView{asked: a, Title: "报表", Kinds: desk.Views{Label: "哪一种"}}
	switch {
	case err != nil:
		return v, err
	case a.own():
		v.Title = "本单位的数字：" + a.named
	case a.named != "":
		v.Title = "报表：" + a.named
	case a.unit == register.NoUnit:
		v.Title = "报表：还没有派给单位的"
	}
	v.Frame = p.Frame(c, v.Title, strings.TrimPrefix(a.path, "/"))
	v.Frame.HasErrors = a.period.faulty()
	v.Frame.PrintFoot = v.Title + "，" + view.MomentFull(p.Now()) + "打印"
	for _, r := range a.rooms {
		of := ""
		if r.Kind() != a.rooms[0].Kind() {
			of = r.Kind().Path
		}
		v.Kinds.Items = append(v.Kinds.Items, desk.View{Label: r.Kind().Law.Noun, Href: a.url(a.path, "of", of), Current: r.Kind() == a.room.Kind()})
	}
	if !a.own() {
		if v.Units, err = p.unitOptions(c, true); err != nil {
			return v, err
		}
	}
	if v.Frame.HasErrors {
		return v, nil
	}
	if v.Sheet, err = a.room.Register().CountReport(c.UserContext(), a.by.Scope(), a.filter()); err != nil {
		return v, err
	}
	v.Whole = group{Sums: v.Sheet.Whole, Label: "合计"}
	v.Months = v.months()
	if len(v.Whole.Matters) > 0 {
		if err := p.befores(c, &v); err != nil {
			return v, err
		}
	}
	if err := p.dimensions(c, &v); err != nil {
		return v, err
	}
	v.Chart = v.chart()
	if matter.MayExport(a.room.Kind(), a.by) && len(v.Whole.Matters) > 0 {
		v.File = a.url(path+fileEnding, "", "")
	}
	return v, nil
}

// unitName is what a unit of a matter is called.
func (p *Pages) unitName(c *fiber.Ctx, code string) (string, error) {
	u, _, err := p.Office.Units.ByCode(c.UserContext(), code)
	return cmp.Or(u.Name, code), err
}

// unitOptions are the units that work for the registers, and what no unit has. One that has
// ended is among them where what it did is counted: its numbers stay its own.
func (p *Pages) unitOptions(c *fiber.Ctx, ended bool) ([]view.Option, error) {
	units, err := p.Office.Units.Handling(c.UserContext())
	if err != nil {
		return nil, err
	}
	all := []view.Option{{Value: register.NoUnit, Label: "还没有派给单位"}}
	for _, u := range units {
		all = append(all, view.Option{Value: u.Code, Label: u.Name})
	}
	if !ended {
		return all, nil
	}
	known, err := p.Office.Units.All(c.UserContext())
	for _, u := range known {
		if u.Handles && !u.Current && !u.Until.IsZero() {
			all = append(all, view.Option{Value: u.Code, Label: u.Name + "（已撤销）"})
		}
	}
	return all, err
}

// months are all of the period, also those in which nothing came.
func (v reportView) months() (all []group) {
	counted := map[string]register.Sums{}
	for _, s := range v.Sheet.By(register.ByMonth) {
		counted[s.Key] = s
	}
	for m := v.period.From; !m.After(v.period.To); m = m.AddMonths(1) {
		s, some := counted[m.String()]
		if !some {
			s = v.Sheet.None(m.String())
		}
		all = append(all, group{Sums: s, Label: monthWords(m), narrowed: map[string]string{"since": m.String(), "until": lastOf(m).String()}})
	}
	return all
}

// dimensions are the tables; a report of one unit has none by unit, and matters that have
// no categories none by category.
func (p *Pages) dimensions(c *fiber.Ctx, v *reportView) error {
	if v.unit == "" {
		units := dimension{Title: "按承办单位", Head: "承办单位"}
		for _, s := range v.Sheet.By(func(m register.Counted) string { return m.Lead }) {
			g := group{Sums: s, narrowed: map[string]string{"lead": cmp.Or(s.Key, register.NoUnit)}, Label: "还没有派给单位"}
			if s.Key != "" {
				name, err := p.unitName(c, s.Key)
				if err != nil {
					return err
				}
				g.Label, g.Href = name, v.url(v.path, "unit", s.Key)
			}
			units.Groups = append(units.Groups, g)
		}
		slices.SortStableFunc(units.Groups, func(a, b group) int { return len(b.Matters) - len(a.Matters) })
		v.By = append(v.By, units)
	}
	categories := dimension{Title: "按类别", Head: "类别"}
	for _, s := range v.Sheet.By(func(m register.Counted) string { return m.Category }) {
		g := group{Sums: s, Label: "没有定类别", narrowed: map[string]string{"category": cmp.Or(s.Key, register.NoCategory)}}
		if s.Key != "" {
			found, _, err := p.Office.Categories.ByCode(c.UserContext(), s.Key)
			if err != nil {
				return err
			}
			g.Label = s.Key + " " + found.Title
		}
		categories.Groups = append(categories.Groups, g)
	}
	if len(categories.Groups) > 0 && categories.Groups[len(categories.Groups)-1].Key != "" {
		v.By = append(v.By, categories)
	}
	v.By = append(v.By, dimension{Title: "按收到的月份", Head: "月份", Groups: v.Months})
	return nil
}

// chart shows what came each month, and what became of its terms.
func (v reportView) chart() view.Chart {
	out := view.Chart{Caption: v.period.words() + "每月收到的件数和它们的期限", Head: "月份", Unit: "月"}
	came, inTime, late := view.ChartRow{Label: "收到", Tone: view.Slate}, view.ChartRow{Label: "按期答", Tone: view.Azurite, Bar: 1}, view.ChartRow{Label: "逾期", Tone: view.Vermilion, Bar: 1}
	for _, g := range v.Months {
		month, _ := clock.ParseDate(g.Key)
		out.Columns = append(out.Columns, strconv.Itoa(int(month.Month)))
		came.Values = append(came.Values, g.Count(register.FigureReceived))
		inTime.Values = append(inTime.Values, g.Count(register.FigureInTime))
		late.Values = append(late.Values, g.Count(register.FigureLate)+g.Count(register.FigureOverdue))
	}
	out.Rows = []view.ChartRow{came, inTime, late}
	return out
}

// in are the figures of a part of the tables.
func (v reportView) in(p register.Part) (all []register.Figure) {
	for _, f := range v.Sheet.Figures {
		if f.Part == p {
			all = append(all, f)
		}
	}
	return all
}

// share is a rate in words, empty where there is none.
func share(s register.Sums, f register.Figure) string {
	percent, ok := s.Share(f)
	if !ok {
		return ""
	}
	return strconv.Itoa(percent) + "%"
}

// onTime is the rate at which terms that are due were kept.
func onTime(k *register.Kind, s register.Sums) string {
	f, _ := k.ReportFigure(register.FigureInTime)
	return share(s, f)
}

// days are written to one decimal.
func days(d float64) string { return strconv.FormatFloat(d, 'f', 1, 64) }
