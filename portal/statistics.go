package portal

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/stats"
	"zhengxin/internal/view"
	"zhengxin/internal/watch"
	"zhengxin/portal/site"
)

// statisticsView is the figures of the year.
type statisticsView struct {
	Frame    site.Frame
	Title    string
	Years    []yearLink // all that are published, when there is more than one
	Until    string
	Figures  site.Figures
	Chart    view.Chart
	Imported string
	Period   period // of the units; empty while nothing is published of them in that year
	Units    site.Ranges
	// Categories are drawn where they were counted then; All leads to the table of them.
	Categories     site.Ranges
	CategoryPeriod period
	AllCategories  string
	Open           openView
	Watched        string // what the last night found that must never be
}

type yearLink struct {
	Label, Href string
	Current     bool
}

func (p pages) showStatistics(c *fiber.Ctx) error {
	year, err := p.yearAsked(c)
	if err != nil {
		return err
	}
	years, err := p.Stats.Years(c.UserContext())
	if err != nil {
		return err
	}
	counts, err := watch.Newest(c.UserContext(), p.Pool)
	if err != nil {
		return err
	}
	v := statisticsView{Frame: p.Frame(c, "统计", "statistics"), Watched: watch.Said(counts, p.Now())}
	if year.Until.IsZero() {
		return view.Show(c, noStatisticsPage(v))
	}
	v.Title, v.Until = yearTitle(year), year.Until.Long()
	v.Figures, v.Chart = yearFigures(year), monthChart(year)
	if year.Total.Imported > 0 {
		v.Imported = view.N(int(year.Total.Imported), "件")
	}
	v.Chart.Plain = v.Frame.Elder
	if err := p.quarterRanges(c, &v, year.Until.Year); err != nil {
		return err
	}
	for _, y := range years {
		if len(years) > 1 {
			v.Years = append(v.Years, yearLink{fmt.Sprintf("%d 年", y), yearPath(y), y == year.Until.Year})
		}
	}
	v.Open = openView{Path: "/statistics", Columns: stats.Columns(), Licence: p.licence(c), Cite: p.cite(c, v.Title, v.Until, yearPath(year.Until.Year))}
	if c.Query("year") != "" {
		v.Open.Query = fmt.Sprintf("?year=%d", year.Until.Year)
	}
	return view.Show(c, statisticsPage(v))
}

// quarterRanges are the units and the categories that got the most complaints, by what is
// published and nothing finer. Those below the first step cannot be told from those that
// got none.
func (p pages) quarterRanges(c *fiber.Ctx, v *statisticsView, year int) error {
	quarter, err := p.Stats.QuarterOf(c.UserContext(), year)
	if err != nil || quarter.Until.IsZero() {
		return err
	}
	all, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	v.Period = periodOfQuarter(quarter, only(p.Stats.Measures(stats.ByUnit), complaint.FigureAccused))
	v.CategoryPeriod = periodOfQuarter(quarter, only(p.Stats.Measures(stats.ByCategory), complaint.FigureReceived))
	v.Units = site.Ranges{Caption: "各单位被投诉的件数", Head: "单位", Counted: "收到（件）", Plain: v.Frame.Elder}
	for _, u := range all.ByKind() {
		if n := quarter.Of(complaint.FigureAccused, u.Code); n > 0 && u.Complainable {
			v.Units.Rows = append(v.Units.Rows, rangeOf(u.Name, "/units/"+u.Code, n))
		}
	}
	slices.SortStableFunc(v.Units.Rows, func(a, b site.Range) int { return b.Least - a.Least })
	v.Units.Rows = v.Units.Rows[:min(len(v.Units.Rows), unitsDrawn)]
	if !quarter.Counts(complaint.FigureReceived) {
		return nil
	}
	v.AllCategories = categoriesPath
	if quarter.Until.Year == year && c.Query("year") != "" {
		v.AllCategories += asked(strconv.Itoa(year), "")
	}
	rows, err := p.categoryRows(c, quarter)
	v.Categories = categoryRanges(rows, quarter, v.Frame.Elder)
	return err
}

// only is the measure of that name, which is what the page draws.
func only(measures []stats.Measure, name string) []stats.Measure {
	return slices.DeleteFunc(measures, func(m stats.Measure) bool { return m.Name != name })
}

// unitsDrawn is how many units the statistics draw; the table of units has all.
const unitsDrawn = 20

func yearTitle(y stats.Year) string { return fmt.Sprintf("%d 年的办理统计", y.Until.Year) }

func yearPath(year int) string { return fmt.Sprintf("/statistics?year=%d", year) }

// yearAsked is the year that the address names, else the newest.
func (p pages) yearAsked(c *fiber.Ctx) (stats.Year, error) {
	asked := c.Query("year")
	if asked == "" {
		return p.Stats.Year(c.UserContext())
	}
	number, err := strconv.Atoi(asked)
	if err != nil {
		return stats.Year{}, noYear()
	}
	year, err := p.Stats.YearOf(c.UserContext(), number)
	if err == nil && year.Until.IsZero() {
		err = noYear()
	}
	return year, err
}

func noYear() error { return fault.New(fault.NotFound, "没有公布过这一年的统计。") }

func monthChart(y stats.Year) view.Chart {
	chart := view.Chart{Caption: fmt.Sprintf("%d 年每月收到和答复的件数", y.Until.Year), Head: "月份"}
	received := view.ChartRow{Label: "收到", Tone: view.Slate}
	onTime := view.ChartRow{Label: "按期答复", Tone: view.Azurite, Bar: 1}
	late := view.ChartRow{Label: "逾期答复", Tone: view.Vermilion, Bar: 1}
	for _, m := range y.Months {
		chart.Columns = append(chart.Columns, fmt.Sprintf("%d", m.Month.Month))
		received.Values = append(received.Values, int(m.Received))
		onTime.Values = append(onTime.Values, int(m.OnTime))
		late.Values = append(late.Values, int(m.Late()))
	}
	chart.Unit, chart.Rows = "月", []view.ChartRow{received, onTime, late}
	return chart
}

func (p pages) showStatisticsCSV(c *fiber.Ctx) error {
	year, err := p.openYear(c)
	if err != nil {
		return err
	}
	body, err := year.CSV()
	return sendCSV(c, fmt.Sprintf("statistics-%d.csv", year.Until.Year), body, err)
}

func (p pages) showStatisticsJSON(c *fiber.Ctx) error {
	year, err := p.openYear(c)
	if err != nil {
		return err
	}
	body, err := year.JSON(p.about(c, yearTitle(year), year.Until, yearPath(year.Until.Year)))
	return sendJSON(c, body, err)
}

// openYear is the year as it can be downloaded; before the first day is
// published there is nothing to download.
func (p pages) openYear(c *fiber.Ctx) (stats.Year, error) {
	p.open(c)
	year, err := p.yearAsked(c)
	if err == nil && year.Until.IsZero() {
		err = fault.New(fault.NotFound, "还没有公布过统计，现在没有数据可以下载。每天凌晨 1 点以后公布到前一天为止的数，请那以后再来。")
	}
	return year, err
}
