package portal

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/stats"
	"zhengxin/internal/view"
)

// statisticsView is the figures of the year.
type statisticsView struct {
	Frame    view.PortalFrame
	Title    string
	Until    string
	Figures  view.Figures
	Chart    view.Chart
	Imported string
	Columns  []stats.Column
}

func (s *Site) showStatistics(c *fiber.Ctx) error {
	year, err := s.Stats.Year(c.UserContext())
	if err != nil {
		return err
	}
	v := statisticsView{Frame: s.frame(c, "统计", "statistics"), Columns: stats.Columns()}
	if year.Until.IsZero() {
		return view.Show(c, noStatisticsPage(v.Frame))
	}
	v.Title, v.Until = fmt.Sprintf("%d 年的办理统计", year.Until.Year), year.Until.Long()
	v.Figures, v.Chart = yearFigures(year), monthChart(year)
	if year.Total.Imported > 0 {
		v.Imported = view.N(int(year.Total.Imported), "件")
	}
	v.Chart.Plain = v.Frame.Elder
	return view.Show(c, statisticsPage(v))
}

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

func (s *Site) showStatisticsCSV(c *fiber.Ctx) error {
	year, err := s.openYear(c)
	if err != nil {
		return err
	}
	body, err := year.CSV()
	if err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8; header=present")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="statistics-%d.csv"`, year.Until.Year))
	return c.Send(body)
}

func (s *Site) showStatisticsJSON(c *fiber.Ctx) error {
	year, err := s.openYear(c)
	if err != nil {
		return err
	}
	body, err := year.JSON()
	if err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(body)
}

// openYear is the year as it can be downloaded; before the first day is
// published there is nothing to download.
func (s *Site) openYear(c *fiber.Ctx) (stats.Year, error) {
	year, err := s.Stats.Year(c.UserContext())
	if err == nil && year.Until.IsZero() {
		err = fault.New(fault.NotFound, "还没有公布过统计，现在没有数据可以下载。每天凌晨 1 点以后公布到前一天为止的数，请那以后再来。")
	}
	return year, err
}
