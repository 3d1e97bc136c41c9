package filing

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// receiptView is the slip with what comes next.
type receiptView struct {
	Frame    site.Frame
	Slip     view.Receipt
	Repeated string
	Next     view.Timeline
}

// showReceipt answers the last step itself: the code stands in this one answer
// and in no address, and the same form sent again gives the same page.
func (p *Pages) showReceipt(c *fiber.Ctx, r complaint.Receipt) error {
	out := receiptView{Frame: p.Frame(c, "投诉已收到", "complain")}
	out.Frame.NoIndex, out.Frame.Once = true, true
	p.Cookies().Set(c, site.FiledCookie, "yes", complaint.DraftLife)
	out.Slip = view.Receipt{Number: r.Number, Code: form.GroupCode(r.Code), Unit: cmp.Or(r.UnitName, "由登记员确定"), At: r.At}
	if r.Repeated {
		out.Repeated = "这份投诉 " + view.Clock(r.At) + " 已经收到，没有重复登记。"
	}
	out.Next.Items = next(r)
	return view.Show(c, receiptPage(out))
}

// next is what follows, with its dates; the steps to come are drawn dashed.
func next(r complaint.Receipt) []view.TimelineItem {
	dues := map[clock.Code]clock.Due{}
	for _, d := range r.Dues {
		dues[d.Rule] = d
	}
	return []view.TimelineItem{
		{Title: "登记", Text: byWhen(dues, promise{"最迟", clock.PlatformRegister}), State: view.Future},
		{Title: "告诉您是否受理", Text: byWhen(dues, promise{"承诺", clock.PlatformAccept}, promise{"法定最迟", clock.PetitionNotice}), State: view.Future},
		{Title: "书面答复", Text: "受理之日起 30\u00a0天，法定上限 60\u00a0天。", State: view.Future},
	}
}

// promise is a clock with the word before its last day.
type promise struct {
	word string
	code clock.Code
}

// byWhen tells the last days of a step, with what a date was counted over where
// it may still move. A clock that no rule starts promises nothing.
func byWhen(dues map[clock.Code]clock.Due, promises ...promise) string {
	var days []string
	moves := ""
	for _, p := range promises {
		due, ok := dues[p.code]
		if !ok {
			continue
		}
		days = append(days, p.word+" "+site.LastDay(due))
		if due.Provisional {
			moves = "暂定的日期，等放假安排公布后重算，改了会写在办理经过里。"
		}
	}
	if len(days) == 0 {
		return "按规定的时间办。"
	}
	return strings.Join(days, "，") + "。" + moves
}
