package own

import (
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/setting"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// recheckAt says which body rechecks, until when it may be asked, and how.
func recheckAt(own *complaint.Own, s setting.Settings, now time.Time) string {
	said := "对复查意见不服的，可以"
	for _, one := range own.Clocks {
		if one.Rule == clock.PetitionRecheck && one.Running() && one.DueAt.After(now) {
			said = site.LastDay(clock.Due{On: one.DueOn, Provisional: one.Provisional}, now) + "前，可以"
		}
	}
	said += "请求" + complaint.RecheckBody(s.RecheckBody) + "复核（《信访工作条例》第三十六条）。复核意见是最后的意见。"
	if complaint.RechecksHere(s.RecheckBody, s.Host) {
		return said + "在下面请求就行，由没有答复、复查过的人办理。"
	}
	return said + "把下面的申请书打印出来签上名，交到那里；再在这里记一笔，监督人员就知道了，有了结果记在这里。"
}

// application is what goes to the body that rechecks, as far as this page knows it.
func application(own *complaint.Own, s setting.Settings) string {
	if complaint.RechecksHere(s.RecheckBody, s.Host) {
		return ""
	}
	lines := []string{
		complaint.RecheckBody(s.RecheckBody) + "：",
		"申请人（姓名或者单位名称、住址、电话，请自己填写）：",
		"原投诉：编号 " + own.Matter.Number + "，“" + own.Matter.Title + "”，" + view.DayFull(own.OpenedAt) + "提交。被投诉单位：" + own.UnitName + "。",
	}
	if a := own.Answer; a != nil && a.SentAt != nil {
		lines = append(lines, "答复："+view.DayFull(*a.SentAt)+"由"+a.Unit+"作出。")
	}
	for _, e := range own.Events {
		if e.Action == complaint.Uphold {
			lines = append(lines, "复查意见："+view.DayFull(e.At)+"，"+e.Text)
			break
		}
	}
	lines = append(lines, "我的要求："+own.Filed.Request, "不服复查意见的地方和理由（请自己填写）：", "依照《信访工作条例》第三十六条，请求复核。", "申请人（签名）：　　　　　　　　年　　月　　日")
	return strings.Join(lines, "\n")
}
