package register_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/kinds"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/workflow"
)

// What a search finds and what the moves say that they write belong together.
func TestLintHoldsTextsAndMovesTogether(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		texts  search.Texts
		writes bool
		says   string
	}{
		"neither":                {},
		"both":                   {search.Texts{Called: "正文", All: []search.Text{{SQL: `ARRAY['x']`, Guarded: true}}}, true, ""},
		"words that none writes": {search.Texts{Called: "正文", All: []search.Text{{SQL: `ARRAY['x']`}}}, false, "never be found"},
		"words that stand not":   {search.Texts{}, true, "nothing says where they stand"},
		"a list that is silent":  {search.Texts{All: []search.Text{{SQL: `ARRAY['x']`}}}, true, "does not say what is searched"},
	} {
		kind, law := *kinds.All()[0], *kinds.All()[0].Law
		law.Moves = slices.Clone(law.Moves)
		for i := range law.Moves {
			law.Moves[i].Writes = c.writes && i == 0
		}
		kind.Law, kind.Texts = &law, c.texts
		if said := strings.Join(kind.Lint(), "\n"); (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: says %q", name, said)
		}
	}
	if said := kinds.Lint(); len(said) > 0 {
		t.Error(said)
	}
}

// A list is asked for by the name of its view.
func TestLintWantsViewsOfDifferentNames(t *testing.T) {
	t.Parallel()
	kind := *kinds.All()[0]
	kind.Views = append(slices.Clone(kind.Views), register.View{Name: register.ViewLate, Label: "又一个逾期"})
	if said := kind.Lint(); !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "two of its views are called late") }) {
		t.Errorf("it says %q", said)
	}
}

// What is issued is made, and what ends a publicity is a move.
func TestLintHoldsDocumentsAndMovesTogether(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(k *register.Kind, law *workflow.Table)
		says   string
	}{
		"as it is":                   {func(*register.Kind, *workflow.Table) {}, ""},
		"a document nobody makes":    {func(k *register.Kind, _ *workflow.Table) { k.Papers = nil }, "issues DOC-WARN, which nothing makes"},
		"another document than made": {func(_ *register.Kind, law *workflow.Table) { law.Moves[2].Issues = "DOC-NONE" }, "issues DOC-NONE, which nothing makes"},
		"a paper that none issues":   {func(k *register.Kind, law *workflow.Table) { law.Moves[2].Issues = "" }, "no move issues DOC-WARN"},
		"what nothing ends":          {func(k *register.Kind, _ *workflow.Table) { k.Publicity.Ends = "" }, "nothing ends what it publishes"},
		"a reader twice":             {func(k *register.Kind, _ *workflow.Table) { k.Reads = append(slices.Clone(k.Reads), k.Reads[0]) }, "reads it twice"},
		"rows that disagree": {func(_ *register.Kind, law *workflow.Table) {
			law.Moves = append(law.Moves, law.Moves[2])
			law.Moves[len(law.Moves)-1].Decides = !law.Moves[2].Decides
		}, "disagree"},
		"no letters of numbers":  {func(k *register.Kind, _ *workflow.Table) { k.Letters = "" }, "its numbers need two capital letters"},
		"digits for letters":     {func(k *register.Kind, _ *workflow.Table) { k.Letters = "J1" }, "its numbers need two capital letters"},
		"an end that is no move": {func(k *register.Kind, _ *workflow.Table) { k.Publicity.Ends = "fade" }, "fade ends its publicity and is no move"},
	} {
		kind, law := *discipline.Kind, *discipline.Law
		law.Moves = slices.Clone(law.Moves)
		kind.Law = &law
		c.change(&kind, &law)
		if said := strings.Join(kind.Lint(), "\n"); (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: says %q", name, said)
		}
	}
}

// Whose units are pressed is counted, by moves and terms that there are.
func TestLintHoldsReportsAndMovesTogether(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(k *register.Kind, r *register.Report)
		says   string
	}{
		"as it is":              {func(*register.Kind, *register.Report) {}, ""},
		"pressed and uncounted": {func(k *register.Kind, _ *register.Report) { k.Report = nil }, "is in no report"},
		"an answer that is none": {func(_ *register.Kind, r *register.Report) {
			r.Replies = []workflow.Action{"sing"}
		}, "sing answers in its report and is no move"},
		"a term that is none": {func(_ *register.Kind, r *register.Report) {
			r.Terms = []clock.Code{"NONE"}
		}, "NONE is a term in its report"},
		"nothing said of it": {func(_ *register.Kind, r *register.Report) { r.Rated = "" }, "does not say what answers"},
		"two words for it":   {func(_ *register.Kind, r *register.Report) { r.Opinion = "NULL" }, "does not say what answers"},
		"an answer that leaves no mark": {func(_ *register.Kind, r *register.Report) {
			r.Replies = append(slices.Clone(r.Replies), complaint.Accept)
		}, "does not set the flag answered"},
		"a value of two words": {func(k *register.Kind, _ *register.Report) {
			k.Details = []register.Detail{{Name: "channel", Label: "渠道", Column: "channel", Options: []workflow.Option{{Value: "by hand"}}}}
		}, "is not one word"},
	} {
		kind := *kinds.All()[0]
		report := *kind.Report
		kind.Report = &report
		c.change(&kind, &report)
		if said := strings.Join(kind.Lint(), "\n"); (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: says %q", name, said)
		}
	}
	for _, k := range kinds.All() {
		seen := map[string]bool{}
		for _, f := range k.ReportFigures() {
			if _, known := k.ReportFigure(f.Of); seen[f.Name] || f.Label == "" || f.Of != "" && !known || f.Part != 0 && f.Short == "" {
				t.Errorf("%s: figure %+v", k.Path, f)
			}
			seen[f.Name] = true
		}
	}
}
