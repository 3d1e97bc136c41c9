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

// agreementOf is an agreement that was reported. It stands before the moves, one of which
// hands it on: on a narrow page what stands beside comes after them, unread.
func agreementOf(dossier *complaint.Dossier) (f view.Facts) {
	if a := dossier.Agreement; a != nil {
		f.Rows = []view.Fact{{Label: "现在", Text: a.Word()}, {Label: "达成", Text: a.AgreedOn.Long()}, {Label: "凭据", Text: a.Document},
			{Label: "内容", Body: view.Paragraphs(a.Words)}, {Label: "要办到的", Body: view.Paragraphs(a.Lines)}}
	}
	return f
}

// promisePanels are what is promised.
func promisePanels(dossier *complaint.Dossier) (panels []desk.Panel) {
	if len(dossier.Promises) == 0 {
		return nil
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
