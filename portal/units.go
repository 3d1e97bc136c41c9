package portal

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/notice"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// unitsView is the directory, or what a search found in it.
type unitsView struct {
	Frame  site.Frame
	Query  string
	Found  []unitRow
	Groups []unitGroup
}

type unitGroup struct {
	Title string
	Units []unitRow
}

type unitRow struct {
	Name, Href, Mark, Under string
}

// queryLimit is more than the longest name of a unit.
const queryLimit = 60

func (p pages) showUnits(c *fiber.Ctx) error {
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	var current unit.List
	for _, u := range all {
		if u.Current {
			current = append(current, u)
		}
	}
	v := unitsView{Frame: p.Frame(c, "单位", "units"), Query: firstRunes(strings.TrimSpace(c.Query("q")), queryLimit)}
	if v.Query != "" {
		for _, u := range current.Search(v.Query) {
			v.Found = append(v.Found, rowOf(all, u))
		}
		return view.Show(c, unitsPage(v))
	}
	for _, kind := range unit.Kinds() {
		group := unitGroup{Title: kind.Word()}
		for _, u := range current {
			if u.Kind == kind {
				group.Units = append(group.Units, rowOf(all, u))
			}
		}
		if len(group.Units) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	return view.Show(c, unitsPage(v))
}

func rowOf(all unit.List, u unit.Unit) unitRow {
	row := unitRow{Name: u.Name, Href: "/units/" + u.Code, Mark: u.Mark()}
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
	Handles   site.Figures // empty when it handles nothing
	Accused   site.Figures
	Period    string // of both; empty while nothing is published
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
	figures, err := p.Stats.Units(c.UserContext())
	if err != nil {
		return err
	}
	if !figures.Until.IsZero() {
		v.Period = figures.From.Long() + "至" + figures.Until.Long()
		one := figures.ByCode[u.Code]
		if u.Handles {
			v.Handles = site.Figures{Items: []site.Figure{
				countFigure("已答复", one.Handled), countFigure("其中逾期答复", one.HandledLate), countFigure("季末逾期未答复", one.HandlingOverdue),
			}}
		}
		if u.Complainable {
			v.Accused = site.Figures{Items: []site.Figure{
				countFigure("收到", one.Accused), countFigure("已答复", one.AccusedAnswered), countFigure("查实或基本查实", one.AccusedUpheld),
			}}
		}
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

// countFigure shows how many, as closely as it is said of one unit: none and
// one to four alike.
func countFigure(label string, n stats.Count) site.Figure {
	words := fmt.Sprintf("少于 %d", stats.Step)
	if n > 0 {
		words = fmt.Sprintf("%s 至 %s", view.Count(int(n)), view.Count(int(n)+stats.Step-1))
	}
	return site.Figure{Number: words, Unit: "件", Label: label}
}
