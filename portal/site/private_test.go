package site_test

import (
	"strings"
	"testing"

	"zhengxin/portal/site"
)

// TestPagesWithSomebodysWordsAreNotTranslated: a browser that translates a page sends
// the whole of it to its maker. What anybody may read may be translated for anybody.
func TestPagesWithSomebodysWordsAreNotTranslated(t *testing.T) {
	t.Parallel()
	for current, private := range map[string]bool{"complain": true, "track": true, "member": true, "units": false, "notices": false, "policies": false, "": false} {
		var page strings.Builder
		if err := site.Page(site.Frame{Title: "页", Current: current}).Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		for _, mark := range []string{`translate="no"`, `<meta name="google" content="notranslate">`} {
			if got := strings.Contains(page.String(), mark); got != private {
				t.Errorf("%q: %s is there: %t", current, mark, got)
			}
		}
	}
}
