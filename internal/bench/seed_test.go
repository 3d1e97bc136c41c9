package main

import (
	"testing"
	"unicode/utf8"
)

func TestTheTextsAreAsLongAsRealOnesAndAllSlotsAreFilled(t *testing.T) {
	t.Parallel()
	w := newTeller(1)
	var total int
	seen := map[string]bool{}
	for range 1000 {
		s := w.story()
		for _, text := range []string{s.title, s.request, s.facts, s.reasons} {
			for _, r := range text {
				if r == '{' || r == '}' {
					t.Fatalf("a slot is open in %q", text)
				}
			}
		}
		if n := utf8.RuneCountInString(s.title); n > 60 {
			t.Errorf("a title of %d characters would be refused: %s", n, s.title)
		}
		total += utf8.RuneCountInString(s.facts)
		seen[s.facts] = true
	}
	if mean := total / 1000; mean < 200 || mean > 600 {
		t.Errorf("the texts have %d characters on the average", mean)
	}
	if len(seen) != 1000 {
		t.Errorf("only %d of 1000 texts differ", len(seen))
	}
}

func TestTheSharesOfTheStatesMakeAHundred(t *testing.T) {
	t.Parallel()
	total := 0
	for _, c := range courses {
		total += c.share
	}
	if total != 100 {
		t.Errorf("they make %d", total)
	}
}
