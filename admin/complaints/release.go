package complaints

import (
	"github.com/a-h/templ"

	"zhengxin/admin/matter"
	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// releaseSheet is how what is published of a complaint is written: beside what was said and
// answered, with what of it may tell who it was.
var releaseSheet = matter.Sheet[*complaint.Dossier]{
	Title: "写公开稿", Note: "重新写，不抄原文", Submit: "交另一个人核对",
	Number: func(m *complaint.Dossier) string { return "公开稿，第 " + view.N(len(m.Release.Texts)+1, "稿") },
	Above:  func(m *complaint.Dossier) templ.Component { return releaseBack(m.Release) },
	Side: func(m *complaint.Dossier) templ.Component {
		return releaseSide(m.Release, foundLines(m.Release.FoundBefore()))
	},
}

// knownOfRelease is the text that is written anew.
func knownOfRelease(m *complaint.Dossier) workflow.Answers {
	t, ok := m.Release.Newest()
	if !ok {
		return nil
	}
	return workflow.Answers{"title": {t.Title}, "question": {t.Question}, "reply": {t.Answer}}
}

// releaseStages say how far it has come.
var releaseStages = map[workflow.Action]string{
	complaint.AllowRelease: "投诉人同意改写以后公开，等公开员写", complaint.WriteRelease: "写好了，等另一个人逐字核对", complaint.ReturnRelease: "核对的人退回了，等重写",
	complaint.ApproveRelease: "核对过，等投诉人看；他说同意才公开", complaint.AgreeRelease: "投诉人同意照这样公开，可以公开了", complaint.RefuseRelease: "投诉人不愿意这样公开，等重写",
	complaint.PublishRelease: "公开了", complaint.TakeDownRelease: "撤下了，投诉人的同意还在",
	complaint.EndRelease: "投诉人收回了同意", complaint.DeclineRelease: "决定不公开",
}

// releaseRow is a part of the text beside what it stands for.
type releaseRow struct{ Label, Was, Now string }

func releaseRows(r complaint.Release) []releaseRow {
	t, ok := r.Newest()
	if !ok || !r.Wanted() {
		return nil
	}
	o := r.Original
	return []releaseRow{{"标题", o.Title, t.Title}, {"问的", o.Request + "\n" + o.Facts, t.Question}, {"答的", o.Replied(), t.Answer}}
}

// foundLines are findings as somebody reads them, each once.
func foundLines(found []complaint.ReleaseFinding) (lines []string) {
	said := map[string]bool{}
	for _, f := range found {
		if line := f.Words(); !said[line] {
			said[line] = true
			lines = append(lines, line)
		}
	}
	return lines
}
