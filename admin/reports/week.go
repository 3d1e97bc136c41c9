package reports

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
)

// mostOpen is how many open matters a weekly sheet has of a register: who has more in hand
// needs no sheet to see it.
const mostOpen = 60

// openPart is what a unit has in hand of one register, and what happened to it in the week.
type openPart struct {
	Kind *register.Kind
	Rows []desk.MatterRow
	More bool // there are more than the sheet has
	Week register.Week
	Year group
}

// weekSheet is the sheet of one unit: a page of paper of its own.
type weekSheet struct {
	asked
	Parts []openPart
}

// weekView is the weekly sheet of a unit, or those of all: what it has in hand by due date,
// what happened in the week, and its figures.
type weekView struct {
	asked
	Frame  desk.Frame
	Units  []view.Option
	Sheets []weekSheet
	All    bool
	Last   bool       // of the week that is over
	Monday clock.Date // on which the week began
	Sunday clock.Date
	Since  clock.Date // of the figures of the year
	Day    clock.Date
}

// everyUnit asks for the sheets of all units.
const everyUnit = "all"

// weekOf is the Monday of the week of a day.
func weekOf(d clock.Date) clock.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// showWeek is one sheet of paper for a unit, of all registers for which it works.
func (p *Pages) showWeek(c *fiber.Ctx) error {
	a, err := p.asked(c)
	if err != nil {
		return err
	}
	today := clock.On(p.Now())
	a.period = periodAsked("", "", today)
	v := weekView{asked: a, Since: a.period.since(), Day: today, Monday: weekOf(today), Last: c.Query("week") == "last", All: c.Query("unit") == everyUnit && !a.own()}
	if v.Last {
		v.Monday = v.Monday.AddDays(-7)
	}
	v.Sunday = v.Monday.AddDays(6)
	title := "单位周报"
	switch {
	case v.All:
		title = "各单位周报"
	case a.named != "":
		title = a.named + "周报"
	}
	v.Frame = p.Frame(c, title, a.path[1:])
	v.Frame.PrintFoot = title + "，" + view.MomentFull(p.Now()) + "打印"
	if !a.own() {
		if v.Units, err = p.unitOptions(c, false); err != nil {
			return err
		}
		v.Units = v.Units[1:] // what no unit has is nobody's sheet
	}
	units := v.Units
	if !v.All {
		units = []view.Option{{Value: a.unit, Label: a.named}}
	}
	for _, u := range units {
		if u.Label == "" {
			continue
		}
		sheet := weekSheet{asked: a}
		sheet.unit, sheet.named = u.Value, u.Label
		if sheet.Parts, err = p.partsOf(c, v, sheet.asked); err != nil {
			return err
		}
		// Of all, a unit where nothing lies and nothing happened needs no paper.
		if !v.All || slices.ContainsFunc(sheet.Parts, func(o openPart) bool { return len(o.Rows) > 0 || !o.Week.Nothing() }) {
			v.Sheets = append(v.Sheets, sheet)
		}
	}
	if v.All {
		v.unit = everyUnit
	}
	if !a.own() {
		v.Units = append([]view.Option{{Value: everyUnit, Label: "所有单位，一个单位一张"}}, v.Units...)
	}
	return view.Show(c, weekPage(v))
}

func (p *Pages) partsOf(c *fiber.Ctx, v weekView, a asked) (parts []openPart, err error) {
	for _, room := range a.rooms {
		part, err := p.openOf(c, a, room)
		if err != nil {
			return nil, err
		}
		if part.Week, err = room.Register().CountWeek(c.UserContext(), a.by, a.unit, v.Monday, v.Sunday); err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func (p *Pages) openOf(c *fiber.Ctx, a asked, room desk.Room) (openPart, error) {
	ctx, r := c.UserContext(), room.Register()
	out := openPart{Kind: room.Kind()}
	terms, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return out, err
	}
	page, err := r.ListOf(ctx, a.by.Scope(), register.Filter{View: register.ViewOpen, Person: a.by, Lead: a.unit}, register.Cursor{}, mostOpen)
	if err != nil {
		return out, err
	}
	for _, row := range page.Rows {
		row.News = nil // the desk prints it and the unit reads it: what is new to one may be kept from the other
		out.Rows = append(out.Rows, room.Row(row, terms))
	}
	out.More = !page.Next.IsZero()
	sheet, err := r.CountReport(ctx, a.by.Scope(), a.filter())
	if err != nil {
		return out, err
	}
	out.Year = group{Sums: sheet.Whole}
	return out, nil
}

// of is the report's address as of one register, for the links of its numbers.
func (s weekSheet) of(k *register.Kind) asked {
	a := s.asked
	for _, r := range a.rooms {
		if r.Kind() == k {
			a.room = r
		}
	}
	return a
}

// weekFigures are those that a weekly sheet has.
func weekFigures(k *register.Kind) (all []register.Figure) {
	for _, f := range k.ReportFigures() {
		if f.Part == register.PartTerms {
			all = append(all, f)
		}
	}
	return all
}

// happened are the numbers of the week, each with its words.
func happened(w register.Week) []struct {
	Label string
	N     int
} {
	return []struct {
		Label string
		N     int
	}{{"新派来", w.Given}, {"按期答复", w.InTime}, {"逾期答复", w.Late}, {"到期没有答复", w.Lapsed}, {"延长了期限", w.Extended}, {"被催办", w.Chased}}
}

// weekWords say which week it is.
func (v weekView) weekWords() string { return v.Monday.Short() + "到" + v.Sunday.Short() }
