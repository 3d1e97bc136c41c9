package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
)

// receiptView is the slip with what comes next.
type receiptView struct {
	Frame    view.PortalFrame
	Slip     view.Receipt
	Repeated string
	Next     view.Timeline
}

// showReceipt answers the last step itself: the code stands in this one answer
// and in no address, and the same form sent again gives the same page.
func (s *Site) showReceipt(c *fiber.Ctx, r complaint.Receipt) error {
	out := receiptView{Frame: s.frame(c, "投诉已收到", "complain")}
	out.Frame.NoIndex, out.Frame.Once = true, true
	s.app.Cookies().Set(c, filedCookie, "yes", complaint.DraftLife)
	out.Slip = view.Receipt{Number: r.Number, Code: form.GroupCode(r.Code), Unit: or(r.UnitName, "由登记员确定"), At: r.At}
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
	decide := "承诺 " + dues[clock.PlatformAccept].On.Chinese() + "，法定最迟 " + dues[clock.PetitionNotice].On.Short() + "。"
	return []view.TimelineItem{
		{Title: "登记", Text: "最迟 " + dues[clock.PlatformRegister].On.Chinese() + "。", State: view.Future},
		{Title: "告诉您是否受理", Text: decide, State: view.Future},
		{Title: "书面答复", Text: "受理之日起 30\u00a0天，法定上限 60\u00a0天。", State: view.Future},
	}
}
