package complaints

import (
	"slices"
	"strings"

	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

func unitPanel(dossier *complaint.Dossier) desk.Panel {
	p := desk.Panel{Title: "单位"}
	var before []string
	for _, h := range dossier.Hands {
		label := "配合"
		if h.Part == "lead" {
			label = "牵头"
		}
		if h.Ended != nil {
			before = append(before, h.Name)
			continue
		}
		p.Rows = append(p.Rows, desk.PanelRow{Label: label, Text: h.Name, Aside: handWords(h)})
	}
	switch {
	case len(p.Rows) > 0:
	case dossier.Old.HasClosed():
		p.Rows = append(p.Rows, desk.PanelRow{Label: "承办", Text: "在旧系统里办结，没有经过本平台"})
	default:
		p.Rows = append(p.Rows, desk.PanelRow{Label: "承办", Text: "还没有派单"})
	}
	if len(before) > 0 {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "派过", Text: strings.Join(before, "、"), Aside: "已经收回"})
	}
	if text, aside := excluded(dossier); text != "" {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "排除", Text: text, Aside: aside})
	}
	for _, b := range dossier.Releasable() {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "回避", Text: b.Name(), Aside: b.Why()})
	}
	return p
}

// doubtPanels say why a closure is in doubt. The unit that answered does not read it.
func doubtPanels(dossier *complaint.Dossier) []desk.Panel {
	why := dossier.Doubts()
	if len(why) == 0 || dossier.Stripped {
		return nil
	}
	p := desk.Panel{Title: "办结待核查"}
	for _, one := range why {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "原因", Text: one})
	}
	return []desk.Panel{p}
}

// handedPanels say to which bodies outside it was handed on, and whether they have it.
func handedPanels(dossier *complaint.Dossier) []desk.Panel {
	if len(dossier.HandedOn) == 0 {
		return nil
	}
	p := desk.Panel{Title: "转送"}
	for _, h := range dossier.HandedOn {
		aside := "凭" + h.Document + "，" + view.Day(h.At) + "转送，还没有回执"
		if !h.ReceivedOn.IsZero() {
			aside = strings.Join(slices.DeleteFunc([]string{h.ReceivedOn.Long() + "收到", h.ReceivedBy, h.Number}, func(s string) bool { return s == "" }), "，")
		}
		p.Rows = append(p.Rows, desk.PanelRow{Label: "转到", Text: h.Body, Aside: aside})
	}
	return []desk.Panel{p}
}

// jointPanels say with which others it is answered; of those that the reader may not know
// of, how many there are.
func jointPanels(dossier *complaint.Dossier) []desk.Panel {
	if len(dossier.Joints) == 0 {
		return nil
	}
	p, others := desk.Panel{Title: "并案"}, 0
	for _, j := range dossier.Joints {
		if j.Number == "" {
			others++
			continue
		}
		row := desk.PanelRow{Label: "并进来", Text: j.Number, Href: desk.MatterURL(complaint.Kind, j.Number), Aside: j.Title + "，" + complaint.Law.State(j.State).Word}
		if j.Main {
			row.Label = "并到"
		} else if j.Speaks {
			row.Aside += "，推选的代表"
		}
		p.Rows = append(p.Rows, row)
	}
	if others > 0 {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "另有", Text: view.N(others, "件") + "同样的投诉", Aside: "一份答复，同样送给那几位投诉人"})
	}
	return []desk.Panel{p}
}

// answersAlso says at the button that the answer goes to those who were joined, too.
func answersAlso(dossier *complaint.Dossier, a workflow.Action) string {
	n := 0
	for _, j := range dossier.Joints {
		if !j.Main && j.Runs {
			n++
		}
	}
	if a != complaint.Reply || n == 0 {
		return ""
	}
	return "这份答复同样送给并进来的 " + view.N(n, "件") + "的投诉人。"
}

// kinPanels say what a complaint was split into, or off what it was split: of the other
// parts a part says nothing.
func kinPanels(dossier *complaint.Dossier) []desk.Panel {
	p := desk.Panel{Title: "拆分"}
	for _, k := range dossier.Kin {
		row := desk.PanelRow{Label: "拆出", Text: k.Number, Href: desk.MatterURL(complaint.Kind, k.Number), Aside: k.Title + "，" + complaint.Law.State(k.State).Word}
		if k.Whole {
			row.Label = "原件"
		}
		p.Rows = append(p.Rows, row)
	}
	for _, w := range dossier.Waiting {
		row := desk.PanelRow{Label: "等着转", Text: w.Words, Aside: "属于哪一件，到那一件里转来"}
		if w.Guarded {
			row.Aside += "；只说给监督人员听的"
		}
		p.Rows = append(p.Rows, row)
	}
	if len(p.Rows) == 0 {
		return nil
	}
	return []desk.Panel{p}
}

func handWords(h register.Assigned) string {
	var words []string
	switch {
	case h.Signed == nil:
		words = append(words, view.Day(h.Since)+"派出，还没有签收")
	case h.SignedBy != "":
		words = append(words, h.SignedBy+"，"+view.Day(*h.Signed)+"签收")
	default:
		words = append(words, view.Day(*h.Signed)+"签收")
	}
	switch {
	case h.OpinionAt != nil:
		words = append(words, "意见已回，"+view.Day(*h.OpinionAt))
	case h.Part == "co":
		words = append(words, "意见还没有回")
	}
	return strings.Join(words, "；")
}

// excluded says to which units this can never go.
func excluded(dossier *complaint.Dossier) (text, aside string) {
	var conflicts []string
	for _, b := range dossier.Barred {
		switch b.Why {
		case register.BarredAccused:
			text = b.Name
		case register.BarredConflict:
			conflicts = append(conflicts, b.Name)
		}
	}
	if n := barredCount(dossier, register.BarredBelow); n > 0 {
		text += "及下属 " + view.N(n, "个") + "单位"
	}
	if len(conflicts) > 0 {
		aside = "有利害关系：" + strings.Join(conflicts, "、")
	}
	return text, aside
}

func paperPanel(dossier *complaint.Dossier) desk.Panel {
	p := desk.Panel{Title: "文书"}
	if last, ok := dossier.Newest(); ok {
		row := desk.PanelRow{Label: "草稿", Text: "答复意见书，第 " + view.N(last.Version, "稿"), Href: desk.MatterURL(complaint.Kind, dossier.Matter.Number) + "/answer",
			Aside: last.Drafter + "，" + view.MomentText(last.At)}
		if last.SentAt != nil {
			row.Label, row.Text, row.Aside = "答复", "答复意见书", view.MomentText(*last.SentAt)+"送出"
		}
		p.Rows = append(p.Rows, row)
	}
	if row, ok := oldPanelRow(dossier); ok {
		p.Rows = append(p.Rows, row)
	}
	for _, l := range dossier.Letters {
		aside := l.Word()
		if why := l.Reason(); why != "" {
			aside += "，" + why
		}
		if l.Lost {
			aside += "。" + l.Instead()
		}
		p.Rows = append(p.Rows, desk.PanelRow{Label: "信件", Text: l.Title(), Aside: "给" + l.To() + "，" + aside})
	}
	return p
}

// sealed says what is known of an identity that stays closed.
func sealed(dossier *complaint.Dossier) desk.SealedPanel {
	s := dossier.Said
	p := desk.SealedPanel{Opened: dossier.Identity.Opened}
	switch {
	case dossier.Stripped:
		return p // a unit learns not even whether there is one
	case dossier.Untold():
		p.Text = "导入的文件里没有投诉人的身份，要找人请看原来的系统。"
		return p
	case s.Anonymous:
		p.Text = "投诉人没有留姓名。"
		if dossier.Identity.Present {
			p.Text += "留了一个电子邮箱，只用来发通知，谁也不能打开。"
		}
		return p
	case !dossier.Identity.Present:
		p.Text = "没有留下身份信息。"
		return p
	}
	p.Text = "实名，"
	if s.Confidential {
		p.Text += "要求保密：不要告诉承办单位是谁，要核实由监督人员找投诉人。"
	} else {
		p.Text += "没有要求保密：承办人要当面核实时，可以把姓名和电话告诉他。"
	}
	if s.RosterMatch != nil {
		if *s.RosterMatch {
			p.Text += "姓名和证件号与名册对得上。"
		} else {
			p.Text += "姓名和证件号与名册对不上，请核实。"
		}
	}
	p.Text += "办理本件用不着打开。打开要写理由，记入经过，并告诉投诉人。"
	return p
}
