package proposals

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/clock"
	"zhengxin/internal/proposal"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

const reportPath = "/proposals/report"

// reportView is the report on handling of a year.
type reportView struct {
	Frame   desk.Frame
	Year    int
	Years   []view.Option
	Whole   proposal.Group
	Sources []proposal.Group
	Units   []proposal.Group
	Public  publishing
}

// listedView is what one number of the report counts.
type listedView struct {
	Frame desk.Frame
	Year  int
	Title string
	Cases []proposal.Handled
}

// firstYear is before any proposal was handled here.
const firstYear = 2020

// yearOf is the year asked for, this one unless it is another that can be.
func (p *Pages) yearOf(c *fiber.Ctx) int {
	now := clock.On(p.Now()).Year
	if year, err := strconv.Atoi(c.Query("year")); err == nil && year >= firstYear && year <= now {
		return year
	}
	return now
}

func (p *Pages) showReport(c *fiber.Ctx) error {
	return p.report(c, p.yearOf(c), func(v *publishing) { v.Said = dones[c.Query("done")] })
}

// undoneTakeDown shows what was typed for a taking down that was not done.
func (p *Pages) undoneTakeDown(c *fiber.Ctx) error {
	return p.report(c, p.yearOf(c), func(v *publishing) { v.Why = web.Form(c).Get("why") })
}

// report is the page of a year, on which said says what became of a publication.
func (p *Pages) report(c *fiber.Ctx, year int, said func(*publishing)) error {
	cases, err := p.proposals.Report(c.UserContext(), desk.Person(c), year)
	if err != nil {
		return err
	}
	v := reportView{Frame: p.Frame(c, "办理情况报告", p.Kind().Path), Year: year}
	for y := clock.On(p.Now()).Year; y >= firstYear; y-- {
		v.Years = append(v.Years, view.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y) + " 年"})
	}
	v.Whole, v.Sources, v.Units = proposal.Groups(cases)
	if m, ok := measureOf(c.Query("what")); ok {
		return p.listedPage(c, v, m)
	}
	if v.Public, err = p.publishing(c, year, cases); err != nil {
		return err
	}
	said(&v.Public)
	v.Frame.HasErrors = len(v.Public.Errors) > 0
	return view.Show(c, reportPage(v))
}

func measureOf(name string) (proposal.Measure, bool) {
	i := slices.IndexFunc(proposal.Measures, func(m proposal.Measure) bool { return m.Name == name })
	if i < 0 {
		return proposal.Measure{}, false
	}
	return proposal.Measures[i], true
}

// listedPage lists what a number counts: the list of the register knows no year.
func (p *Pages) listedPage(c *fiber.Ctx, v reportView, m proposal.Measure) error {
	g := v.Whole
	for _, one := range append(slices.Clone(v.Sources), v.Units...) {
		if one.Of == c.Query("of") {
			g = one
		}
	}
	return view.Show(c, listedPage(listedView{Frame: v.Frame, Year: v.Year, Title: g.Label + "：" + m.Label, Cases: g.Holds(m)}))
}

// listedURL leads to what a number counts.
func listedURL(year int, g proposal.Group, m proposal.Measure) string {
	q := url.Values{"year": {strconv.Itoa(year)}, "what": {m.Name}}
	if g.Of != "" {
		q.Set("of", g.Of)
	}
	return reportPath + "?" + q.Encode()
}

// share is a rate in words, empty where there is none.
func share(g proposal.Group, m proposal.Measure) string {
	percent, ok := g.Share(m)
	if !ok {
		return ""
	}
	return strconv.Itoa(percent) + "%"
}

// broad are the measures that the tables have.
func broad() (all []proposal.Measure) {
	for _, m := range proposal.Measures {
		if m.Broad {
			all = append(all, m)
		}
	}
	return all
}

// part is a table of the report.
type part struct{ Title, Head string }

func (v reportView) table(p part) view.Table {
	t := view.Table{Caption: p.Title, Stack: true, Columns: []view.Column{{Label: p.Head}}}
	for _, m := range broad() {
		t.Columns = append(t.Columns, view.Column{Label: cmp.Or(m.Short, m.Label), Number: true})
	}
	return t
}

func wordOf(h proposal.Handled) view.StatusTag { return matter.StateTag(proposal.Law, h.State) }

// sendReport sends the numbers as a table. They are what the report publishes, and no
// matter is in them, so it is no list that leaves the house.
func (p *Pages) sendReport(c *fiber.Ctx) error {
	year := p.yearOf(c)
	cases, err := p.proposals.Report(c.UserContext(), desk.Person(c), year)
	if err != nil {
		return err
	}
	whole, sources, units := proposal.Groups(cases)
	var b bytes.Buffer
	w := spreadsheet.NewWriter(&b)
	heads := []string{"范围"}
	for _, m := range proposal.Measures {
		if heads = append(heads, m.Label); m.Of != "" {
			heads = append(heads, m.Label+"（%）")
		}
	}
	err = w.Write(heads...)
	for _, g := range append(append([]proposal.Group{whole}, sources...), units...) {
		cells := []string{g.Label}
		for _, m := range proposal.Measures {
			if cells = append(cells, strconv.Itoa(g.Count(m))); m.Of == "" {
				continue
			}
			percent, ok := g.Share(m)
			if cells = append(cells, ""); ok {
				cells[len(cells)-1] = strconv.Itoa(percent)
			}
		}
		if err == nil {
			err = w.Write(cells...)
		}
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return err
	}
	return desk.SendFile(c, fmt.Sprintf("%d 年办理情况.csv", year), spreadsheet.ContentType, b.Bytes())
}
