package site

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/view"
)

// LastDay is the day by which something is due, and whether it may still move.
func LastDay(due clock.Due) string {
	day := view.PaperYear(due.On.Year) + due.On.Chinese()
	if due.Provisional {
		return day + "（暂定）"
	}
	return day
}
