package portal

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/category"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/stats"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// categoriesView is what is published of each category.
type categoriesView struct {
	Frame    site.Frame
	Title    string
	Years    []yearLink // all that are published, when there is more than one
	Sorts    []yearLink
	Period   period          // empty while nothing is published
	Measures []stats.Measure // that are told; the period names the others
	Chart    site.Ranges
	Groups   []categoryGroup
	Open     openView
}

// categoryGroup is a heading of the form with its categories; sorted by a figure there is
// one group without a heading.
type categoryGroup struct {
	Title string
	Rows  []categoryRow
	Few   []string // those of which every figure is below the step, by their names
}

type categoryRow struct {
	Category category.Category
	Figures  []stats.Count // of what is told, in its order
}

// few says that every figure is below the step: a row would say nothing else.
func (r categoryRow) few() bool {
	return !slices.ContainsFunc(r.Figures, func(n stats.Count) bool { return n != 0 })
}

// name is as people say it, with the official name after it.
func (r categoryRow) name() string {
	if r.Category.Plain == "" {
		return r.Category.Title
	}
	return r.Category.Plain + "（" + r.Category.Title + "）"
}

const (
	categoriesPath  = "/statistics/categories"
	categoriesTitle = "各类投诉的统计"
	categoriesDrawn = 12 // at most; the table has all
)

// period is for which time figures are published, and which of them are not.
type period struct {
	Said     string
	Withheld []string
}

// periodOfQuarter says it of the measures along a dimension.
func periodOfQuarter(q stats.Quarter, measures []stats.Measure) period {
	if q.Until.IsZero() {
		return period{}
	}
	p := period{Said: q.From.Long() + "至" + q.Until.Long()}
	for _, m := range measures {
		if q.Withholds(m.Name) {
			p.Withheld = append(p.Withheld, "“"+m.Heading+"”")
		}
	}
	return p
}

func (p pages) showCategories(c *fiber.Ctx) error {
	quarter, err := p.quarterAsked(c)
	if err != nil {
		return err
	}
	v := categoriesView{Frame: p.Frame(c, categoriesTitle, "statistics"), Title: categoriesTitle}
	if !quarter.Counts(complaint.FigureReceived) {
		return view.Show(c, noCategoriesPage(v))
	}
	v.Period = periodOfQuarter(quarter, p.Stats.Measures(stats.ByCategory))
	v.Measures = p.told(quarter)
	rows, err := p.categoryRows(c, quarter)
	if err != nil {
		return err
	}
	v.Chart = categoryRanges(rows, quarter, v.Frame.Elder)
	sorted := p.sortCategories(c, &v, rows)
	if len(v.Measures) == 0 { // the period says why: there is nothing to head
		rows = nil
	}
	for _, row := range rows {
		title := row.Category.Group
		if sorted {
			title = ""
		}
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != title {
			v.Groups = append(v.Groups, categoryGroup{Title: title})
		}
		group := &v.Groups[len(v.Groups)-1]
		if row.few() {
			group.Few = append(group.Few, row.name())
		} else {
			group.Rows = append(group.Rows, row)
		}
	}
	if err := p.categoryYears(c, &v, quarter); err != nil {
		return err
	}
	v.Open = openView{
		Path: categoriesPath, Query: asked(c.Query("year"), ""), Columns: p.Stats.Columns(stats.ByCategory), Licence: p.licence(c), Note: coarse + "空着的，是这一项没有公布。",
		Cite: p.cite(c, categoriesTitle, quarter.Until.Long(), categoriesPath+asked(c.Query("year"), "")),
	}
	return view.Show(c, categoriesPage(v))
}

// asked is the query of a year and an order; either may be empty.
func asked(year, sort string) string {
	q := url.Values{}
	for name, value := range map[string]string{"year": year, "sort": sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// quarterAsked is the one that ends the year which the address names, else the newest.
func (p pages) quarterAsked(c *fiber.Ctx) (stats.Quarter, error) {
	typed := c.Query("year")
	if typed == "" {
		return p.Stats.Quarter(c.UserContext())
	}
	year, err := strconv.Atoi(typed)
	if err != nil {
		return stats.Quarter{}, noYear()
	}
	quarter, err := p.Stats.QuarterOf(c.UserContext(), year)
	if err == nil && (quarter.Until.IsZero() || quarter.Until.Year != year) {
		err = noYear()
	}
	return quarter, err
}

// told are the measures of categories that this quarter tells.
func (p pages) told(quarter stats.Quarter) []stats.Measure {
	return slices.DeleteFunc(p.Stats.Measures(stats.ByCategory), func(m stats.Measure) bool { return quarter.Withholds(m.Name) || !quarter.Counts(m.Name) })
}

// categoryRows are the categories that may be chosen, and of the others those that anything
// is published of, in the order of the form.
func (p pages) categoryRows(c *fiber.Ctx, quarter stats.Quarter) ([]categoryRow, error) {
	all, err := p.Categories.Ever(c.UserContext())
	if err != nil {
		return nil, err
	}
	measures := p.told(quarter)
	var rows []categoryRow
	for _, one := range all {
		row := categoryRow{Category: one}
		for _, m := range measures {
			row.Figures = append(row.Figures, quarter.Of(m.Name, one.Code))
		}
		if one.Current || !row.few() {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b categoryRow) int { return cmp.Compare(a.Category.Code[:1], b.Category.Code[:1]) })
	return rows, nil
}

// sortCategories puts the most first by the measure that the address names; what is no
// measure leaves the order of the form.
func (p pages) sortCategories(c *fiber.Ctx, v *categoriesView, rows []categoryRow) bool {
	by := slices.IndexFunc(v.Measures, func(m stats.Measure) bool { return m.Name == c.Query("sort") })
	v.Sorts = []yearLink{{"按大类", categoriesPath + asked(c.Query("year"), ""), by < 0}}
	for i, m := range v.Measures {
		v.Sorts = append(v.Sorts, yearLink{m.Heading + "多的在前", categoriesPath + asked(c.Query("year"), m.Name), i == by})
	}
	if by >= 0 {
		slices.SortStableFunc(rows, func(a, b categoryRow) int { return cmp.Compare(b.Figures[by], a.Figures[by]) })
	}
	return by >= 0
}

// categoryYears are the years to choose from, when there is more than the newest.
func (p pages) categoryYears(c *fiber.Ctx, v *categoriesView, shown stats.Quarter) error {
	quarters, err := p.Stats.Quarters(c.UserContext())
	if err != nil || len(quarters) < 2 {
		return err
	}
	for i, q := range quarters {
		link := yearLink{fmt.Sprintf("%d 年", q.Until.Year), categoriesPath + asked(strconv.Itoa(q.Until.Year), c.Query("sort")), q.Until == shown.Until}
		if i == 0 {
			link.Label, link.Href = "最近四个季度", categoriesPath+asked("", c.Query("sort"))
		}
		if q.Counts(complaint.FigureReceived) {
			v.Years = append(v.Years, link)
		}
	}
	return nil
}

// categoryRanges draws those that got the most complaints, by what is published and nothing
// finer.
func categoryRanges(rows []categoryRow, quarter stats.Quarter, plain bool) site.Ranges {
	drawn := site.Ranges{Caption: "各类投诉收到的件数", Head: "类别", Counted: "收到（件）", Plain: plain}
	for _, row := range rows {
		if n := quarter.Of(complaint.FigureReceived, row.Category.Code); n > 0 {
			drawn.Rows = append(drawn.Rows, rangeOf(cmp.Or(row.Category.Plain, row.Category.Title), "", n))
		}
	}
	slices.SortStableFunc(drawn.Rows, func(a, b site.Range) int { return b.Least - a.Least })
	drawn.Rows = drawn.Rows[:min(len(drawn.Rows), categoriesDrawn)]
	return drawn
}

// categoryColumns are the name and all that is counted.
func categoryColumns(measures []stats.Measure) []view.Column {
	columns := []view.Column{{Label: "类别", Class: "col-half"}}
	for _, m := range measures {
		columns = append(columns, view.Column{Label: m.Heading, Number: true})
	}
	return columns
}

func rangeOf(label, href string, n stats.Count) site.Range {
	return site.Range{Label: label, Href: href, Words: countWords(n), Least: int(n), Most: int(n) + stats.Step - 1}
}

func (p pages) showCategoriesCSV(c *fiber.Ctx) error {
	sheet, err := p.openCategories(c)
	if err != nil {
		return err
	}
	body, err := sheet.CSV()
	return sendCSV(c, fmt.Sprintf("categories-%s.csv", sheet.Quarter.Until), body, err)
}

func (p pages) showCategoriesJSON(c *fiber.Ctx) error {
	sheet, err := p.openCategories(c)
	if err != nil {
		return err
	}
	body, err := sheet.JSON(p.about(c, categoriesTitle, sheet.Quarter.Until, categoriesPath+asked(c.Query("year"), "")))
	return sendJSON(c, body, err)
}

// openCategories are all that the table of the page has, in the order of the form.
func (p pages) openCategories(c *fiber.Ctx) (stats.Sheet, error) {
	p.open(c)
	quarter, err := p.quarterAsked(c)
	if err != nil {
		return stats.Sheet{}, err
	}
	if !quarter.Counts(complaint.FigureReceived) {
		return stats.Sheet{}, fault.New(fault.NotFound, "各类投诉的统计还没有公布过，现在没有数据可以下载。每个季度结束以后公布一次，请那以后再来。")
	}
	rows, err := p.categoryRows(c, quarter)
	if err != nil {
		return stats.Sheet{}, err
	}
	sheet := p.Stats.Sheet("categories", stats.ByCategory, quarter)
	measures := p.Stats.Measures(stats.ByCategory)
	for _, row := range rows {
		one := row.Category
		sheet.Add(measures, func(stats.Measure) bool { return true }, one.Code, one.Title, one.Plain, one.Group)
	}
	return sheet, nil
}
