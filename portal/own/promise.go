package own

import (
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/promise"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// promisesOf are what was promised the complainant, each with how it stands.
func promisesOf(list promise.List, now time.Time) (f view.Facts) {
	for _, p := range list {
		text := p.What + "：" + p.Standing(now).Word()
		switch p.Outcome {
		case promise.OutcomeKept:
			text += "。" + p.UnitName + "说" + p.DoneOn.Long() + "办到：" + strings.TrimRight(p.Words, "。．.")
		case promise.OutcomeEnded:
			text += "。" + strings.TrimRight(p.Words, "。．.")
		}
		switch p.Doubt {
		case promise.Doubting:
			text += "。您说没有办到，监督人员正在核实"
		case promise.Upheld:
			text += "。您说没有办到，监督人员核实过，已经办到"
		}
		f.Rows = append(f.Rows, view.Fact{Label: p.DueOn.Long() + "以前", Text: text})
	}
	return f
}

// agreementOf is the agreement that was put to the complainant last.
func agreementOf(own *complaint.Own) *view.AnswerBox {
	a := own.Agreement
	if a == nil {
		return nil
	}
	box := &view.AnswerBox{Title: "和解协议", Rows: []view.Fact{
		{Label: "达成", Text: a.AgreedOn.Long() + "，" + a.Document}, {Label: "内容", Body: view.Paragraphs(a.Words)}, {Label: "要办到的", Body: view.Paragraphs(a.Lines)},
	}}
	say := func(label, text string) { box.Rows = append(box.Rows, view.Fact{Label: label, Text: text}) }
	switch a.Ended {
	case "":
		until := ""
		if i := slices.IndexFunc(own.Clocks, func(c workflow.Clock) bool { return c.Rule == clock.Settling && c.StoppedAt == nil }); i >= 0 {
			until = "等到" + own.Clocks[i].DueOn.Long() + "。"
		}
		say("等您说", until+"同意不同意由您，没有人可以逼您。您同意以前不算数；不同意或者不理会，投诉照样办理，期限照走。")
	case "agreed":
		say("结果", "您同意了")
	case "declined":
		say("结果", "您没有同意，照常办理")
	case "undone":
		say("结果", "不再算数，恢复办理")
	default:
		say("结果", "没有确认，不算数，照常办理")
	}
	return box
}
