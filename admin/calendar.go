package admin

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
)

// calendarYear is the version of a year in force, with those before it.
type calendarYear struct {
	clock.Version
	Before []clock.Version
}

func (d *Desk) showCalendar(c *fiber.Ctx) error {
	versions, err := clock.Versions(c.UserContext(), d.Complaints.Pool)
	if err != nil {
		return err
	}
	var years []calendarYear
	for _, one := range versions { // the newest of a year first
		if n := len(years); n > 0 && years[n-1].Year == one.Year {
			years[n-1].Before = append(years[n-1].Before, one)
			continue
		}
		years = append(years, calendarYear{Version: one})
	}
	return view.Show(c, calendarPage(d.frame(c, "日历", "calendar"), years))
}

func yearStatus(status clock.Status) view.StatusTag {
	if status == clock.Official {
		return view.StatusTag{Word: "已公布", Shape: view.ShapeTick, Tone: view.Pine}
	}
	return view.StatusTag{Word: "暂定"}
}

// imported says when and by whom a version came, and how to tell its file.
func imported(v clock.Version) string {
	by := v.By
	switch {
	case v.Digest == "":
		return fmt.Sprintf("第 %d 版，随程序带来", v.Version)
	case by == "":
		by = "操作员在服务器上用命令"
	}
	return fmt.Sprintf("第 %d 版，%s %s 导入，文件指纹 %s", v.Version, by, clock.On(v.ImportedAt).Long(), v.Digest[:16])
}

// spans writes days as people do: 1月1日至3日、5月9日.
func spans(days []clock.Date) string {
	var out string
	for i := 0; i < len(days); {
		end := i
		for end+1 < len(days) && days[end+1] == days[end].AddDays(1) {
			end++
		}
		if out != "" {
			out += "、"
		}
		out += days[i].Short()
		switch {
		case end > i && days[end].Month == days[i].Month:
			out += fmt.Sprintf("至%d日", days[end].Day)
		case end > i:
			out += "至" + days[end].Short()
		}
		i = end + 1
	}
	if out == "" {
		return "没有"
	}
	return out
}
