package register_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/kinds"
	"zhengxin/internal/search"
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
		"both":                   {search.Texts{Called: "正文", Guarded: `ARRAY['x']`}, true, ""},
		"words that none writes": {search.Texts{Called: "正文", Shared: `ARRAY['x']`}, false, "never be found"},
		"words that stand not":   {search.Texts{}, true, "nothing says where they stand"},
		"a list that is silent":  {search.Texts{Shared: `ARRAY['x']`}, true, "does not say what is searched"},
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
