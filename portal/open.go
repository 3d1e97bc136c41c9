package portal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/setting"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/portal/site"
)

// openView says where figures can be had as data, on which terms, and what they are.
type openView struct {
	Path    string // .csv and .json come after it
	Query   string // comes after that: which year, where one was asked for
	Note    string // what one must know of the numbers
	Cite    string // how to name the source
	Licence setting.Licence
	Columns []stats.Column
}

// coarse is what one must know of figures in steps.
var coarse = fmt.Sprintf("数据里每个件数都是所在一档最少的数：0 是 0 至 %d 件，%d 是 %d 至 %d 件，往上一样。", stats.Step-1, stats.Step, stats.Step, 2*stats.Step-1)

// cite is how to name the source of figures, with their last day.
func (p pages) cite(c *fiber.Ctx, title, until, path string) string {
	return fmt.Sprintf("%s：%s，截至%s，%s", p.publisher(c), title, until, p.Link(path))
}

func (p pages) publisher(c *fiber.Ctx) string {
	return cmp.Or(p.Settings.Read(c.UserContext()).Host, site.Name)
}

// about is what a file of open data says of itself.
func (p pages) about(c *fiber.Ctx, title string, until clock.Date, path string) stats.About {
	return stats.About{
		Publisher: p.publisher(c), Source: p.Link(path), Dictionary: p.Link("/data"),
		Cite: p.cite(c, title, until.Long(), path), Licence: p.licence(c),
	}
}

func (p pages) licence(c *fiber.Ctx) setting.Licence {
	return p.Settings.Read(c.UserContext()).Licence()
}

// open lets programs of other sites read what everybody may have, and tells them on which
// terms and where it is explained. It is sent without cookies there, and is the same for all.
func (p pages) open(c *fiber.Ctx) {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderLink, fmt.Sprintf(`<%s>; rel="license", <%s>; rel="describedby"`, p.licence(c).URL, p.Link("/data")))
}

func sendCSV(c *fiber.Ctx, name string, body []byte, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c.Set(fiber.HeaderContentType, spreadsheet.ContentType)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s"`, name))
	return c.Send(body)
}

func sendJSON(c *fiber.Ctx, body []byte, err error) error {
	if err != nil {
		return fmt.Errorf("open data: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(body)
}

func (p pages) showUnitsCSV(c *fiber.Ctx) error {
	sheet, err := p.openUnits(c)
	if err != nil {
		return err
	}
	body, err := sheet.CSV()
	return sendCSV(c, fmt.Sprintf("units-%s.csv", sheet.Quarter.Until), body, err)
}

func (p pages) showUnitsJSON(c *fiber.Ctx) error {
	sheet, err := p.openUnits(c)
	if err != nil {
		return err
	}
	body, err := sheet.JSON(p.about(c, unitsTitle, sheet.Quarter.Until, "/units"+asked(c.Query("year"), "")))
	return sendJSON(c, body, err)
}

const unitsTitle = "各单位最近四个季度的统计"

// openUnits are all units that the table of the page has, in the order of their codes.
func (p pages) openUnits(c *fiber.Ctx) (stats.Sheet, error) {
	p.open(c)
	quarter, err := p.quarterAsked(c)
	if err != nil {
		return stats.Sheet{}, err
	}
	if quarter.Until.IsZero() {
		return stats.Sheet{}, fault.New(fault.NotFound, "各单位的统计还没有公布过，现在没有数据可以下载。每个季度结束以后公布一次，请那以后再来。")
	}
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return stats.Sheet{}, err
	}
	sheet := p.Stats.Sheet("units", stats.ByUnit, quarter)
	measures := p.Stats.Measures(stats.ByUnit)
	for _, u := range slices.SortedFunc(slices.Values(all), func(a, b unit.Unit) int { return cmp.Compare(a.Code, b.Code) }) {
		if u.Current {
			sheet.Add(measures, func(m stats.Measure) bool { return has(u, m) }, u.Code, u.Name, u.Kind.Word())
		}
	}
	return sheet, nil
}

// has says whether a unit has the role of which that is a figure.
func has(u unit.Unit, m stats.Measure) bool {
	return m.Handling && u.Handles || !m.Handling && u.Complainable
}

// openOfUnits tells of them on the page, once something is published.
func (p pages) openOfUnits(c *fiber.Ctx, quarter stats.Quarter) openView {
	return openView{
		Path: "/units", Query: asked(c.Query("year"), ""), Columns: p.Stats.Columns(stats.ByUnit), Licence: p.licence(c), Note: coarse + "空着的，是这个单位没有这一项，或者这一项没有公布。",
		Cite: p.cite(c, unitsTitle, quarter.Until.Long(), "/units"+asked(c.Query("year"), "")),
	}
}
