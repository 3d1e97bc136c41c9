package reports

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/export"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/spreadsheet"
)

const fileEnding = ".xlsx"

// submitFile sends the report as a workbook. It is written down as the list is whose
// matters it counts: before anything leaves, and once it is whole.
func (p *Pages) submitFile(c *fiber.Ctx) error {
	v, err := p.report(c)
	if err != nil {
		return err
	}
	if v.Sheet == nil || v.File == "" {
		return fault.New(fault.NotFound, "")
	}
	k := v.room.Kind()
	list, err := url.Parse(v.listed(v.Whole, register.FigureReceived))
	if err != nil {
		return err
	}
	said := []string{"报表", "收到：" + v.period.words()}
	if v.unit != "" {
		said = append(said, "承办："+cmp.Or(v.named, "还没有派给单位"))
	}
	book := export.Book{Pool: p.Office.Pool, Daybook: p.Daybook, Now: p.Now}
	id, err := book.Begin(c.UserContext(), export.Taking{By: v.by, Kind: string(k.Law.Kind), Asked: list.RawQuery, Said: said})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := v.write(spreadsheet.NewBook(&out)); err != nil {
		return err
	}
	if err := book.End(c.UserContext(), v.by, id, len(v.Whole.Matters), export.Whole); err != nil {
		return err
	}
	return desk.SendFile(c, fmt.Sprintf("%s报表-%s至%s%s", k.Law.Noun, v.period.since(), v.period.until(), fileEnding), spreadsheet.WorkbookType, out.Bytes())
}

// write makes a sheet of the whole and one of each table.
func (v reportView) write(b *spreadsheet.Book) error {
	b.Sheet("合计", spreadsheet.Head{Label: "项目", Width: 22}, spreadsheet.Head{Label: "件数", Width: 6}, spreadsheet.Head{Label: "占比", Width: 6}, spreadsheet.Head{Label: "占谁的", Width: 22})
	for _, f := range v.Sheet.Figures {
		of, _ := v.room.Kind().ReportFigure(f.Of)
		if err := b.Row(spreadsheet.Words(f.Label), spreadsheet.Count(v.Whole.Count(f.Name)), rate(v.Whole.Sums, f), spreadsheet.Words(of.Label)); err != nil {
			return err
		}
	}
	for _, d := range v.By {
		heads := []spreadsheet.Head{{Label: d.Head, Width: 14}}
		figures := append(v.in(register.PartTerms), v.in(register.PartCourse)...)
		for _, f := range figures {
			heads = append(heads, spreadsheet.Head{Label: f.Label, Width: 6})
		}
		for _, label := range []string{"按期率", "单位用时中位数（天）", "单位用时最长（天）", "监督办公室用时中位数（天）", "监督办公室用时最长（天）"} {
			heads = append(heads, spreadsheet.Head{Label: label, Width: 7})
		}
		b.Sheet(d.Title, heads...)
		kept, _ := v.room.Kind().ReportFigure(register.FigureInTime)
		for _, g := range d.Groups {
			cells := []spreadsheet.Cell{spreadsheet.Words(g.Label)}
			if month, err := clock.ParseDate(g.Key); err == nil {
				cells[0] = spreadsheet.Day(month.Year, month.Month, month.Day)
			}
			for _, f := range figures {
				cells = append(cells, spreadsheet.Count(g.Count(f.Name)))
			}
			cells = append(cells, rate(g.Sums, kept))
			for _, d := range []register.Days{g.Spent(register.UnitDays), g.Spent(register.OfficeDays)} {
				if d.Matters == 0 {
					cells = append(cells, spreadsheet.Cell{}, spreadsheet.Cell{})
					continue
				}
				cells = append(cells, spreadsheet.Decimal(d.Median), spreadsheet.Decimal(d.Longest))
			}
			if err := b.Row(cells...); err != nil {
				return err
			}
		}
	}
	return b.Close()
}

// rate is a cell with a share, exact and not rounded; empty where there is none.
func rate(s register.Sums, f register.Figure) spreadsheet.Cell {
	if f.Of == "" || s.Count(f.Of) == 0 {
		return spreadsheet.Cell{}
	}
	return spreadsheet.Percent(float64(s.Count(f.Name)) / float64(s.Count(f.Of)))
}
