package web_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/web"
)

func TestAFormKnowsWhatHasChangedSinceItWasShown(t *testing.T) {
	t.Parallel()
	of := func(key string, pairs ...string) *web.Shown {
		s := web.NewShown(key)
		for i := 0; i+1 < len(pairs); i += 2 {
			s.Add(pairs[i], pairs[i+1])
		}
		return s
	}
	page := of("k", "标题", "甲", "要求", "付款", "保密", "")
	for name, c := range map[string]struct {
		now     *web.Shown
		changed []string
		ok      bool
	}{
		"nothing":         {of("k", "标题", "甲", "要求", "付款", "保密", ""), nil, true},
		"one":             {of("k", "标题", "乙", "要求", "付款", "保密", ""), []string{"标题"}, false},
		"from empty":      {of("k", "标题", "甲", "要求", "付款", "保密", "要"), []string{"保密"}, false},
		"to empty":        {of("k", "标题", "", "要求", "付款", "保密", ""), []string{"标题"}, false},
		"two":             {of("k", "标题", "乙", "要求", "付清", "保密", ""), []string{"标题", "要求"}, false},
		"exchanged":       {of("k", "标题", "付款", "要求", "甲", "保密", ""), []string{"标题", "要求"}, false},
		"a row more":      {of("k", "标题", "甲", "要求", "付款", "保密", "", "住址", "东岭"), nil, false},
		"another's key":   {of("x", "标题", "甲", "要求", "付款", "保密", ""), []string{"标题", "要求", "保密"}, false},
		"moved in a pair": {of("k", "标题甲", "", "要求", "付款", "保密", ""), []string{"标题甲"}, false},
	} {
		if names, ok := c.now.Changed(page.String()); ok != c.ok || !slices.Equal(names, c.changed) {
			t.Errorf("%s: %v %v", name, names, ok)
		}
	}
	for _, sent := range []string{"", "abc", strings.Repeat(".", 5)} {
		if _, ok := page.Changed(sent); ok {
			t.Errorf("%q has shown nothing", sent)
		}
	}
}
