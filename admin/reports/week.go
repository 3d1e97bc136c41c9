package reports

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
)

// mostOpen is how many open matters a weekly sheet has of a register: who has more in hand
// needs no sheet to see it.
const mostOpen = 60

// openPart is what a unit has in hand of one register.
type openPart struct {
	Kind *register.Kind
	Rows []desk.MatterRow
	More bool // there are more than the sheet has
	Year group
}

// weekView is the weekly sheet of a unit: what it has in hand by due date, and its figures.
type weekView struct {
	asked
	Frame desk.Frame
	Units []view.Option
	Parts []openPart
	Since clock.Date // of the figures
	Day   clock.Date
}

// showWeek is one sheet of paper for one unit, of all registers for which it works.
func (p *Pages) showWeek(c *fiber.Ctx) error {
	a, err := p.asked(c)
	if err != nil {
		return err
	}
	a.period = periodAsked("", "", clock.On(p.Now()))
	v := weekView{asked: a, Since: a.period.since(), Day: clock.On(p.Now())}
	title := "单位周报"
	if a.named != "" {
		title = a.named + "周报"
	}
	v.Frame = p.Frame(c, title, a.path[1:])
	v.Frame.PrintFoot = title + "，" + view.MomentFull(p.Now()) + "打印"
	if !a.own() {
		if v.Units, err = p.unitOptions(c); err != nil {
			return err
		}
		v.Units = v.Units[1:] // what no unit has is nobody's sheet
	}
	if a.named == "" {
		return view.Show(c, weekPage(v))
	}
	for _, room := range a.rooms {
		part, err := p.openOf(c, a, room)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, part)
	}
	return view.Show(c, weekPage(v))
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
func (v weekView) of(k *register.Kind) asked {
	a := v.asked
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
