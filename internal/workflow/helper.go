package workflow

import (
	"context"
	"slices"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// ChangeCo is that a unit helps with a matter no more, and others help instead, or nobody.
const ChangeCo Action = "change_co"

// CoOut is the need of ChangeCo that names who helps no more.
const CoOut = "co_out"

// Helped is that some unit helps with it.
const Helped = "helped"

// HelpedFacts and HelpedFlags are what a law with ChangeCo has of it.
var (
	HelpedFacts = map[string]string{Helped: `EXISTS (SELECT FROM assignment ha WHERE ha.matter_id = m.id AND ha.part = 'co' AND ha.ended_at IS NULL)`}
	HelpedFlags = map[string]string{"!" + Helped: "没有别的单位配合办这一件。"}
)

// ChangingCo is the row of ChangeCo. The unit that leads keeps the matter, and its terms run
// on: a unit that only helped may end, or be the wrong one, without anybody's work being lost.
func ChangingCo(from []State, by []Role, helps string) Move {
	return Move{
		Action: ChangeCo, Many: true, Aside: true, Gives: true, Label: "更换" + helps + "单位", Title: "更换" + helps + "单位", Done: helps + "单位已经更换", Heading: helps + "单位有变",
		Effect: "只换" + helps + "的，牵头的接着办，期限照走。不再" + helps + "的单位以后看不到这一件，它送过的意见留着。投诉人看得到。", From: from, By: by, Only: []string{Helped}, Quiet: true, Does: changeCo,
		Needs: []Need{
			{Name: CoOut, Label: "哪个单位不再" + helps, Kind: AskUnit, From: FromHelpers, Ask: "请选哪个单位不再" + helps},
			{Name: "co", Label: "改由哪个单位" + helps, Hint: "不选的，就没有单位替它。", Kind: AskUnits, From: FromHandling, Optional: true, Said: "，改由{}" + helps},
			{Name: "note", Label: "为什么更换", Kind: AskText, Max: 1000, Ask: "请写为什么更换"},
			{Name: "anyway", Label: "这个单位没有人能办", Kind: AskChoice, Optional: true, Doubt: true,
				Options: []Option{{Value: "yes", Label: "仍然交给它，另外通知它指定人"}}},
		},
		Public: "{co_out}不再" + helps + "{co}。",
	}
}

// changeCo ends the part of the unit that helps no more; the row gives the matter to the others.
func changeCo(_ context.Context, s *Step, a Answers) error {
	out := a.Get(CoOut)
	if !slices.ContainsFunc(s.Matter.Assignments, func(h Assignment) bool { return h.Unit == out && h.Part == "co" }) {
		return fault.Fields([]fault.Field{{Name: CoOut, Sentence: "这个单位现在不配合办这一件，请从列出的里面选"}})
	}
	for _, in := range a.Chosen("co") {
		if slices.ContainsFunc(s.Matter.Assignments, func(h Assignment) bool { return h.Unit == in }) {
			return fault.Fields([]fault.Field{{Name: "co", Sentence: "选的单位里，有的已经在办这一件，请另选"}})
		}
	}
	s.Queue(`UPDATE assignment SET ended_at = @at WHERE matter_id = @id AND unit = @unit AND part = 'co' AND ended_at IS NULL`,
		pg.Args{"id": s.Matter.ID, "unit": out, "at": s.At})
	return nil
}
