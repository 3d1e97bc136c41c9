package matter

import (
	"strconv"
	"time"

	"zhengxin/admin/desk"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
)

// requestPanel shows what is asked of whom, the newest first: its items with what became of
// each, and until when it is waited for.
func requestPanel(d *register.Dossier, outsider string, over bool) desk.Panel {
	p := desk.Panel{Title: "请求"}
	for i := len(d.Requests) - 1; i >= 0; i-- {
		r := d.Requests[i]
		p.Rows = append(p.Rows, desk.PanelRow{
			Label: r.Number(), Text: r.Kind.Word() + "，" + whomAsked(r, outsider), Body: requestItems(itemWords(r)), Aside: requestWords(r, d.Now, over),
		})
	}
	return p
}

// whomAsked is who is asked.
func whomAsked(r request.Request, outsider string) string {
	if r.Kind.ToUnit() {
		return "有关单位"
	}
	return outsider
}

// requestWords say how a request stands.
func requestWords(r request.Request, now time.Time, over bool) string {
	by := ""
	if r.ByName != "" {
		by = r.ByName + "提出；"
	}
	switch {
	case r.Ended == request.Taken:
		return by + "已经请有关单位办，" + view.Day(*r.EndedAt)
	case r.Ended == request.Refused:
		return by + "没有转，" + view.Day(*r.EndedAt)
	case r.Ended == request.Withdrawn:
		return by + "收回了，" + view.Day(*r.EndedAt)
	case r.Ended == request.Lapsed:
		return by + "到期没有等到，" + view.Day(*r.EndedAt)
	case r.Ended == request.Over, over && (r.Proposed() || r.Open()):
		return by + "没有等到，办理已经往下走"
	case r.Proposed():
		return by + "等监督办公室转"
	case !r.Open():
		return by + "都有了回音"
	case r.Late(now):
		return by + "过了 " + r.LastOn.Long() + "，还没有回音"
	case r.LastOn.IsZero():
		return by + "在等"
	}
	return by + "最迟 " + r.LastOn.Long()
}

// itemWords are the items with what became of each.
func itemWords(r request.Request) (words []string) {
	for _, i := range r.Items {
		said := strconv.Itoa(i.No) + ". " + i.Words
		switch {
		case i.Answered != nil && i.Guarded:
			said += "（" + view.Day(*i.Answered) + "答了，只说给监督人员）"
		case i.Answered != nil:
			said += "（" + view.Day(*i.Answered) + "答了）"
		case i.Waived != nil:
			said += "（不再需要）"
		}
		words = append(words, said)
	}
	return words
}
