//go:build suite

package suite

import (
	"maps"
	"regexp"
	"slices"
	"testing"
)

var (
	list  = regexp.MustCompile(`^(POST /\w+\.csv).*`)
	alike = []struct {
		one *regexp.Regexp
		as  string
	}{ // one button on every list and form, whatever it shows or is about
		{regexp.MustCompile(`^POST /\w+\.xlsx.*`), "POST /*.xlsx"},
		{regexp.MustCompile(`^POST /\w+\.csv.*`), "POST /*.csv"},
		{regexp.MustCompile(`^POST /\w+/saved( .*)?$`), "POST /*/saved"},
		{regexp.MustCompile(`^POST /\w+/columns( \?\S+)*( do=.*)$`), "POST /*/columns$2"},
		{regexp.MustCompile(`^GET /\w+/many do=.*`), "GET /*/many"},
		{regexp.MustCompile(`^POST /\w+/many/.*`), "POST /*/many"},
		{regexp.MustCompile(`^POST .* take=\S+`), "POST take"},
		{regexp.MustCompile(`^POST /\w+/:/[a-z_]+ blocks=.*`), "POST blocks"},
	}
	step    = regexp.MustCompile(`^(POST /complaints/new)\S*( \?[dq])*( do=\S+)`)
	onwards = regexp.MustCompile(`^(POST /(?:complaints|cases)/:[^ ]*)(?: \?[a-z_]+)+`) // by which a list is gone on with
	move    = regexp.MustCompile(`^POST /(complaints|cases)/:/[a-z_]+( do=save)?$`)
)

// TestEveryButtonIsPressed holds that a button which is gone makes some test
// fail: webtest presses only what stands on the page and is not off. The buttons
// of a filing's steps are one bar, and a list is taken out by one button, whatever
// it shows. Those of the move tables are held by the two tests that compare every
// page with its table.
func TestEveryButtonIsPressed(t *testing.T) {
	shown, pressed := map[string]string{}, map[string]bool{}
	for _, b := range account(t).Buttons {
		does := onwards.ReplaceAllString(list.ReplaceAllString(step.ReplaceAllString(b.Does, "$1$3"), "$1"), "$1")
		for _, a := range alike {
			does = a.one.ReplaceAllString(does, a.as)
		}
		switch {
		case move.MatchString(does):
		case b.Pressed:
			pressed[does] = true
		default:
			shown[does] = b.On
		}
	}
	for _, does := range slices.Sorted(maps.Keys(shown)) {
		if !pressed[does] {
			t.Errorf("%s, on %s: no test presses this button", does, shown[does])
		}
	}
	if len(shown) < 40 {
		t.Errorf("only %d buttons were seen", len(shown))
	}
	t.Logf("%d buttons beside those of the move tables", len(shown))
}
