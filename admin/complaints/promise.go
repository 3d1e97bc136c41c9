package complaints

import (
	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
	"zhengxin/internal/promise"
	"zhengxin/internal/view"
)

// promiseLine is what a draft promises, as a line of its own.
func promiseLine(a complaint.Draft) string {
	if a.Promise == "" {
		return ""
	}
	return "\n" + a.PromisedOn.Long() + "以前（含当日）办到：" + a.Promise + "。"
}

// promisePanels are an agreement that was reported, and what is promised.
func promisePanels(dossier *complaint.Dossier) (panels []desk.Panel) {
	if a := dossier.Agreement; a != nil {
		panels = append(panels, desk.Panel{Title: "和解协议", Rows: []desk.PanelRow{
			{Label: "现在", Text: a.Word()}, {Label: "达成", Text: a.AgreedOn.Long(), Aside: a.Document},
			{Label: "内容", Body: view.Paragraphs(a.Words)}, {Label: "要办到的", Body: view.Paragraphs(a.Lines)},
		}})
	}
	if len(dossier.Promises) == 0 {
		return panels
	}
	p := desk.Panel{Title: "承诺"}
	for _, one := range dossier.Promises {
		row := desk.PanelRow{Label: one.DueOn.Long() + "以前", Text: one.What, Aside: one.UnitName + "，" + one.Standing(dossier.Now).Word()}
		if one.Evidence != "" {
			row.Aside += "，凭据：" + one.Evidence
		}
		if one.Doubt == promise.Doubting {
			row.Aside += "。投诉人说没有办到，等核实"
		}
		p.Rows = append(p.Rows, row)
	}
	return append(panels, p)
}
