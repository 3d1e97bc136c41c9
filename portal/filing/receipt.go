package filing

import (
	"cmp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// receiptView is the slip with what comes next.
type receiptView struct {
	Frame    site.Frame
	Slip     view.Receipt
	Token    string // of the form that was filed: for the same day it gives the receipt again
	Repeated string
	Next     view.Timeline
}

// showReceipt answers the last step itself: the code stands in this one answer
// and in no address, and the same form sent again gives the same page.
func (p *Pages) showReceipt(c *fiber.Ctx, v *visit, r complaint.Receipt) error {
	token, _ := web.Form(c).FormToken() // without one nothing was filed
	out := receiptView{Frame: p.frame(c, v, "投诉已收到"), Token: token.String(), Slip: p.slip(r)}
	out.Frame.Once = true
	out.Frame.PrintFoot = r.Number + "　打印时间 " + view.MomentFull(p.Now())
	if v.known {
		p.Cookies().Set(c, v.filedCookie(), v.Name, complaint.DraftCookieLife)
	}
	if r.Repeated {
		out.Repeated = "这份投诉 " + view.Clock(r.At) + " 已经收到，没有重复登记。"
	}
	terms, err := p.Clocks.Table(c.UserContext())
	if err != nil {
		return err
	}
	out.Next.Items = next(r, terms)
	return view.Show(c, receiptPage(out))
}

// slip is what the complainant takes away.
func (p *Pages) slip(r complaint.Receipt) view.Receipt {
	return view.Receipt{
		Number: r.Number, Code: form.GroupCode(r.Code), Unit: cmp.Or(r.UnitName, "由登记员确定"), At: r.At,
		Track: p.Link(complaint.TrackPath), Scan: p.Link(r.TrackFilled()),
	}
}

// saveReceipt gives the receipt as a file. It is asked for by the token of the form
// that was filed, as a reload asks: what the page says goes through no script, and
// neither number nor code is sent.
func (p *Pages) saveReceipt(c *fiber.Ctx) error {
	token, ok := web.Form(c).FormToken()
	if !ok {
		return fault.New(fault.Invalid, "没有存成文件。请把编号和查询码抄下来，或者用手机拍下来。")
	}
	r, err := p.Complaints.Filed(c.UserContext(), token)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	// 回执.txt: without the number, which the list of downloads would show to whoever
	// comes next.
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="receipt.txt"; filename*=UTF-8''%E5%9B%9E%E6%89%A7.txt`)
	const sign = "\ufeff" // the editor of older Windows takes the text for GBK without it
	return c.SendString(sign + p.slip(r).Text(site.Name))
}

// next is what follows, with its dates; the steps to come are drawn dashed.
func next(r complaint.Receipt, terms clock.Table) []view.TimelineItem {
	dues := map[clock.Code]clock.Due{}
	for _, d := range r.Dues {
		dues[d.Rule] = d
	}
	return []view.TimelineItem{
		{Title: "登记", Text: byWhen(r.At, dues, promise{"最迟", clock.PlatformRegister}), State: view.Future},
		{Title: "告诉您是否受理", Text: byWhen(r.At, dues, promise{"承诺", clock.PlatformAccept}, promise{"法定最迟", clock.PetitionNotice}), State: view.Future},
		{Title: "书面答复", Text: terms.Said("受理之日起 "+clock.PlatformAnswer.Length()+"，法定上限 "+clock.PetitionConclude.Length()+"。", clock.On(r.At)), State: view.Future},
	}
}

// promise is a clock with the word before its last day.
type promise struct {
	word string
	code clock.Code
}

// byWhen tells the last days of a step, with what a date was counted over where
// it may still move. A clock that no rule starts promises nothing.
func byWhen(now time.Time, dues map[clock.Code]clock.Due, promises ...promise) string {
	var days []string
	moves := ""
	for _, p := range promises {
		due, ok := dues[p.code]
		if !ok {
			continue
		}
		days = append(days, p.word+" "+site.LastDay(due, now))
		if due.Provisional {
			moves = "暂定的日期，等放假安排公布后重算，改了会写在办理经过里。"
		}
	}
	if len(days) == 0 {
		return "按规定的时间办。"
	}
	return strings.Join(days, "，") + "。" + moves
}
