package site

import "zhengxin/internal/clock"

// LastDay is the day by which something is due, and whether it may still move.
func LastDay(due clock.Due) string {
	if due.Provisional {
		return due.On.Chinese() + "（暂定）"
	}
	return due.On.Chinese()
}
