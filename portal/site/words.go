package site

import (
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
)

// LastDay is the day by which something is due, and whether it may still move.
func LastDay(due clock.Due, now time.Time) string {
	day := view.PaperYear(due.On.Year) + due.On.Chinese()
	if due.On.Year != clock.On(now).Year {
		day = strconv.Itoa(due.On.Year) + "年" + due.On.Chinese()
	}
	if due.Provisional {
		return day + "（暂定）"
	}
	return day
}

// LostCode is what somebody can do who has lost the query code. No page promises a new
// one: nothing in the office makes a second code for a matter.
const LostCode = "找不回来。留了姓名的，带身份证件到窗口，核对后告诉您办到哪一步。匿名的只能重新投诉。"

// TellDesk is how somebody who is pressed says so: the words of the law's own move and of
// its choice, without which a handling unit may read it.
const TellDesk = "用编号和查询码进来，按“补充材料或说明”写下来，选“只说给监督人员”，承办单位看不到"

// HandOver is how evidence comes in while nothing can be sent up: on being asked for it.
const HandOver = "网上传材料还没有开放。先告诉我们您手里有什么；办理中要看的，会在“查询进度”里写明看什么、怎么交。"
