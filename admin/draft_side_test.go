package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
)

// TestAnAnswerIsWrittenBesideAllThatWasSaid: the contract, what was asked and what was said
// since, as far as the unit has it.
func TestAnAnswerIsWrittenBesideAllThatWasSaid(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler := team[staff.Handler]
	in := complainttest.Intake()
	in.Contract.ContractNo = "HT-2024-077"
	in.Held = []string{complaint.Held[0].Value}
	receipt := w.File(t, in)
	number := receipt.Number
	w.put(t, number, complaint.Handling, handler.ID)
	handler.does(number, request.Propose, "asked", "验收那天在场的是谁\n发票号码", "note", "台账上没有")
	team[staff.Supervisor].does(number, request.Pass, "proposed", "1")
	w.owns(t, receipt, complaint.Supplement, "note", "发票号 00123。", "items", "1.2", "told", "all")
	w.owns(t, receipt, complaint.Supplement, "note", "在场的是我堂哥。", "items", "1.1", "told", "desk")
	w.owns(t, receipt, complaint.Supplement, "note", "又收到一封催款函。", "told", "all")
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	side := strings.ReplaceAll(page.Text("#said"), "\u00a0", " ")
	for _, want := range []string{in.Story.Request, "合同编号", "HT-2024-077", "还欠", "说手里有的材料", "验收那天在场的是谁", "发票号 00123", "还在等回音", "又收到一封催款函"} {
		if !strings.Contains(side, want) {
			t.Errorf("beside the answer there is no %q: %s", want, side)
		}
	}
	if strings.Contains(page.Text("body"), "堂哥") {
		t.Error("the unit reads what was told to the desk alone")
	}
	if !page.Has(`a[href="#said"]`) || !page.Has("#"+page.Attr(`.to-moves a[href*="facts"]`, "href")[1:]) {
		t.Error("on a narrow page there is no way to it and back")
	}
}
