package form

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWhatOnlyLooksDifferentIsOne(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"ＡＢｃ１２": "abc12", "⼈⺠政府": "人民政府", "ｶﾀｶﾅ": "カタカナ", "JX-2026 0169": "jx20260169", "（甲）第　１２号": "甲第12号", "——": "", "": "",
	} {
		if got := Bare(typed, ""); got != want {
			t.Errorf("%q is compared as %q, want %q", typed, got, want)
		}
	}
	if got := Bare("jx－czj 财政局", "-"); got != "jx-czj财政局" {
		t.Errorf("a hyphen that is asked for is %q", got)
	}
}

// TestAPartFoldsAsTheWholeDoes: a search compares pieces.
func TestAPartFoldsAsTheWholeDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.String().Draw(t, "text"))
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		if whole, parts := Bare(string(text), ""), Bare(string(text[:at]), "")+Bare(string(text[at:]), ""); whole != parts {
			t.Fatalf("%q is %q, in parts %q", string(text), whole, parts)
		}
	})
}
