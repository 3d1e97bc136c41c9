package complaints

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/complaint"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// untold says that whoever complained learns nothing here, where that is so and the
// reader knows how the complaint came: the sentences of the moves speak of what a
// complainant sees, and this one has no query code.
func untold(dossier *complaint.Dossier) string {
	if !dossier.Untold() || dossier.Old.HasClosed() {
		return ""
	}
	return "这件是导入的，投诉人没有查询码：在这里看不到进度，收不到通知，也不能在网上补充、评价、申请复查。" +
		"下面说投诉人看到、收到的，都要用电话或者书面另外告诉。"
}

// tellOtherwise follows what was just done that a complainant would have read.
func tellOtherwise(dossier *complaint.Dossier, e register.Happening) string {
	if e.Public == "" || untold(dossier) == "" {
		return ""
	}
	return "投诉人没有查询码，这一步请用电话或者书面另外告诉。"
}

// cameWords say when it came, where that was not the moment of registering.
func cameWords(dossier *complaint.Dossier, registered string) string {
	came, how := dossier.Said.Received, "登记"
	if dossier.Said.Channel == complaint.Import {
		how = "导入"
	}
	switch {
	case !came.IsZero():
		return came.Long() + "收到，" + registered + how
	case how == "导入":
		return registered + how
	}
	return registered
}

// oldFacts are what the old records say beside the answer.
func oldFacts(old complaint.Old) []view.Fact {
	var rows []view.Fact
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, view.Fact{Label: label, Text: text})
		}
	}
	add("旧编号", old.Number)
	if !old.HasClosed() {
		return rows
	}
	add("旧系统办结", old.Closed.Long())
	add("事实认定", workflow.WordOf(complaint.Findings, old.Finding))
	add("对请求的处理", workflow.WordOf(complaint.Decisions, old.Decision))
	if old.Answer == "" {
		add("旧档答复", "旧档里没有答复")
	}
	return rows
}

// oldPanelRow leads to the answer of the old records; false where there is none.
func oldPanelRow(dossier *complaint.Dossier) (desk.PanelRow, bool) {
	if dossier.Old.Answer == "" {
		return desk.PanelRow{}, false
	}
	return desk.PanelRow{Label: "旧档", Text: "旧档答复", Href: desk.MatterURL(complaint.Kind, dossier.Matter.Number) + "/answer",
		Aside: dossier.Old.Closed.Long() + "办结，不是本平台起草的"}, true
}

// oldAnswerPage shows the answer of the old records as what it is: nobody here
// drafted, approved or sent it, so it is neither on our paper nor checked.
func (d *Pages) oldAnswerPage(c *fiber.Ctx, dossier *complaint.Dossier) error {
	m, old := dossier.Matter, dossier.Old
	v := answerView{Frame: d.Frame(c, "旧档答复："+m.Title, "complaints"), Head: view.MatterHead{
		Back: view.Ref{Label: m.Number, Href: d.Onwards(c, desk.MatterURL(complaint.Kind, m.Number))}, Number: "旧档答复",
		Status: matter.StateTag(complaint.Law, m.State), Title: "旧档答复：" + m.Title,
		FactList: []templ.Component{view.Text("旧系统 " + old.Closed.Long() + "办结"), view.Text("从旧系统转来，不是本平台起草、审核、送出的")},
	}}
	v.Frame.PrintFoot = m.Number + "，旧档答复，" + view.MomentFull(d.Now()) + "打印"
	v.Seen = &view.AnswerBox{Title: "旧档答复", Rows: append(oldFacts(old), view.Fact{Label: "答复原文", Body: view.Paragraphs(old.Answer)})}
	v.Side = templ.NopComponent
	v.Frame.Keys = desk.MatterKeys(v.Head, v.Moves, false)
	return view.Show(c, answerPage(v))
}
