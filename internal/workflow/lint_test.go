package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// toy is a small sound law, of a loan of tools.
func toy() *workflow.Table {
	const begin, lent, back workflow.State = "begin", "lent", "back"
	desk := []workflow.Role{staff.Registrar}
	return &workflow.Table{
		Kind: "toy", Noun: "借用", Outsider: "借用人", Unit: workflow.Owner,
		States: []workflow.StateInfo{{State: begin, Word: "待借", Sign: workflow.AtWork, Phase: workflow.UnderWay}, {State: lent, Word: "借出", Sign: workflow.AtWork, Phase: workflow.Waiting}, {State: back, Word: "已还", Sign: workflow.AtWork, Phase: workflow.Over}},
		Flags:  map[string]string{"broken": "坏了。"},
		Moves: []workflow.Move{
			{Action: "open", Label: "登记", To: begin, By: desk},
			{Action: "lend", Label: "借出", From: []workflow.State{begin}, To: lent, By: desk, Never: []string{"broken"}, Starts: []clock.Code{clock.PlatformAnswer},
				Needs: []workflow.Need{{Name: "note", Label: "借给谁", Ask: "请写借给谁"}}},
			{Action: "return", Label: "归还", From: []workflow.State{lent}, To: back, By: []workflow.Role{staff.Complainant}, Stops: []clock.Code{clock.PlatformAnswer}},
			{Action: workflow.Recount, Label: "重算期限", From: []workflow.State{lent}, By: []workflow.Role{staff.System}},
			{Action: "lapse", Label: "到期收回", From: []workflow.State{lent}, To: back, By: []workflow.Role{staff.System}, Timed: workflow.Timed{Clock: clock.PlatformAnswer}},
		},
	}
}

func TestASoundTableHasNothingToSay(t *testing.T) {
	t.Parallel()
	if said := toy().Lint(); len(said) > 0 {
		t.Error(said)
	}
}

// Each fault alone is found, and said.
func TestEachFaultOfATableIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*workflow.Table)
		says  string
	}{
		"no relation":           {func(t *workflow.Table) { t.Unit = "" }, "relation"},
		"no phase":              {func(t *workflow.Table) { t.States[1].Phase = 0 }, "no phase"},
		"never entered":         {func(t *workflow.Table) { t.Moves[1].To = "" }, "nothing enters lent"},
		"waits for ever":        {func(t *workflow.Table) { t.Moves = t.Moves[:3] }, "nobody but an outsider"},
		"no such state":         {func(t *workflow.Table) { t.Moves[1].From[0] = "lost" }, "which there is not"},
		"nobody's":              {func(t *workflow.Table) { t.Moves[1].By = nil }, "nobody's"},
		"a flag without words":  {func(t *workflow.Table) { t.Moves[1].Only = []string{"paid"} }, "nothing says why not"},
		"never without words":   {func(t *workflow.Table) { t.Moves[1].Never = []string{"rusty"} }, "nothing says why"},
		"not by an unknown act": {func(t *workflow.Table) { t.Moves[1].Anew = []workflow.Action{"steal"} }, "which there is not"},
		"a term without words":  {func(t *workflow.Table) { t.Moves[2].Within = workflow.Term{Clock: clock.PlatformAnswer} }, "does not say so"},
		"a need without words":  {func(t *workflow.Table) { t.Moves[1].Needs[0].Ask = "" }, "without a word"},
		"timed and somebody's":  {func(t *workflow.Table) { t.Moves[4].By = append(t.Moves[4].By, staff.Leader) }, "not the system's"},
		"due by no fact":        {func(t *workflow.Table) { t.Moves[4].Timed.Fact = "broken" }, "which is no fact"},
		"due for ever": {func(t *workflow.Table) {
			t.Facts, t.Moves[4].To, t.Moves[4].Timed.Fact = map[string]string{"broken": "true"}, "", "broken"
		}, "for ever"},
		"a letter without words": {func(t *workflow.Table) {
			t.Moves[1].Tells = []workflow.Tell{{Template: "gone", To: letter.ToComplainant}}
		}, "has no words"},
		"a clock nobody stops":         {func(t *workflow.Table) { t.Moves[2].Stops = nil }, "stopped by nothing"},
		"clocks nobody recounts":       {func(t *workflow.Table) { t.Moves = slices.Delete(t.Moves, 3, 4) }, "nothing recounts them"},
		"nothing to choose":            {func(t *workflow.Table) { t.Moves[1].Needs[0].Kind = workflow.AskChoice }, "nothing to choose"},
		"something unknown to be read": {func(t *workflow.Table) { t.Moves[1].Seen = "draft" }, "nothing says what that is"},
		"a silent bound of a day":      {func(t *workflow.Table) { t.Moves[2].Often.Most = 1 }, "does not say so"},
		"owed by no clock":             {func(t *workflow.Table) { t.Owes = map[clock.Code]string{clock.ReviewAnswer: "答复您"} }, "no move starts or stops"},
		"a clock that owes nothing said": {func(t *workflow.Table) {
			t.Moves[1].Starts = append(t.Moves[1].Starts, clock.ReviewAnswer)
			t.Moves[2].Stops = append(t.Moves[2].Stops, clock.ReviewAnswer)
		}, "does not say what an outsider is owed"},
		"an outsider without a word": {func(t *workflow.Table) { t.Outsider = "" }, "what they are called"},
		"waits for somebody wordless": {func(t *workflow.Table) {
			t.Outsider, t.States[1].With, t.Moves[2].By = "", workflow.WithOutsider, t.Moves[1].By
		}, "what they are called"},
		"a clock nobody starts": {func(t *workflow.Table) { t.Moves[1].Starts = nil }, "which nothing starts"},
	} {
		table := toy()
		c.spoil(table)
		if said := strings.Join(table.Lint(), "\n"); !strings.Contains(said, c.says) {
			t.Errorf("%s: says %q", name, said)
		}
	}
}
