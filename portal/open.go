package portal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/stats"
	"zhengxin/portal/site"
)

// openView says where figures can be had as data, on which terms, and what they are.
type openView struct {
	Path    string // .csv and .json come after it
	Query   string // comes after that: which year, where one was asked for
	Note    string // what one must know of the numbers
	Cite    string // how to name the source
	Columns []stats.Column
}

// cite is how to name the source of figures, with their last day.
func (p pages) cite(c *fiber.Ctx, title, until, path string) string {
	return fmt.Sprintf("%s：%s，截至%s，%s", cmp.Or(p.Settings.Read(c.UserContext()).Host, site.Name), title, until, p.Link(path))
}

// open lets programs of other sites read what everybody may have. It is sent without
// cookies there, and is the same for all.
func open(c *fiber.Ctx) { c.Set(fiber.HeaderAccessControlAllowOrigin, "*") }

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
	figures, units, err := p.openUnits(c)
	if err != nil {
		return err
	}
	body, err := figures.CSV(units)
	return sendCSV(c, fmt.Sprintf("units-%s.csv", figures.Until), body, err)
}

func (p pages) showUnitsJSON(c *fiber.Ctx) error {
	figures, units, err := p.openUnits(c)
	if err != nil {
		return err
	}
	body, err := figures.JSON(units)
	return sendJSON(c, body, err)
}

// openUnits are all units that the table of the page has, in the order of their codes.
func (p pages) openUnits(c *fiber.Ctx) (stats.Units, []stats.OpenUnit, error) {
	open(c)
	figures, err := p.Stats.Units(c.UserContext())
	if err != nil {
		return figures, nil, err
	}
	if figures.Until.IsZero() {
		return figures, nil, fault.New(fault.NotFound, "各单位的统计还没有公布过，现在没有数据可以下载。每个季度结束以后公布一次，请那以后再来。")
	}
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return figures, nil, err
	}
	units := []stats.OpenUnit{}
	for _, u := range all {
		if u.Current {
			units = append(units, figures.ByCode[u.Code].Open(u.Code, u.Name, u.Kind.Word(), u.Complainable, u.Handles))
		}
	}
	slices.SortFunc(units, func(a, b stats.OpenUnit) int { return cmp.Compare(a.Code, b.Code) })
	return figures, units, nil
}

// openOfUnits tells of them on the page, once something is published.
func (p pages) openOfUnits(c *fiber.Ctx, figures stats.Units) openView {
	return openView{
		Path: "/units", Columns: stats.UnitColumns(),
		Note: fmt.Sprintf("数据里每个件数都是所在一档最少的数：0 是 0 至 %d 件，%d 是 %d 至 %d 件，往上一样。空着的，是这个单位没有这一项。", stats.Step-1, stats.Step, stats.Step, 2*stats.Step-1),
		Cite: p.cite(c, "各单位最近四个季度的统计", figures.Until.Long(), "/units"),
	}
}
