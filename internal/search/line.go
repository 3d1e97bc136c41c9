package search

import (
	"slices"
	"strings"

	"zhengxin/internal/form"
)

// Line is where in a matter's words something was found: what stands before it and after
// it, a few words each. The zero Line is none: it was found in number or title, which
// every list shows.
type Line struct {
	Label               string
	Before, Hit, After  string
	CutBefore, CutAfter bool // more stands there
}

// IsZero says that there is no line to be shown.
func (l Line) IsZero() bool { return l.Hit == "" }

// How many characters of a line are shown before what was found, and after it.
const (
	lineBefore = 16
	lineAfter  = 32
)

// Line is the first in which one of the words stands that number and title do not have.
// Shared is a reader of a handling unit: nothing of what is guarded is shown there.
func (w Words) Line(texts Texts, typed string, shared bool) Line {
	for _, find := range finders(typed) {
		if find.in(w.Number).found() || find.in(w.Title).found() {
			continue
		}
		for _, way := range []finder{{word: find.word}, {sums: find.sums}} { // as it was typed, before other ways of writing it
			for i, all := range w.Said {
				for _, one := range all {
					if one == nil || texts.All[i].Guarded && shared {
						continue
					}
					if at := way.in(*one); at.found() {
						return cutLine(texts.All[i].Label, *one, at)
					}
				}
			}
		}
	}
	return Line{}
}

// finder finds one word, or an amount of money in whatever way it is written.
type finder struct {
	word string // folded
	sums []form.Amount
}

// finders are the words that were typed, what is typed as one before its parts.
func finders(typed string) []finder {
	var all []finder
	add := func(word string) {
		one := finder{strings.TrimSpace(string(flat(word).runes)), form.SumsMeant(word)}
		known := func(f finder) bool { return f.word == one.word && slices.Equal(f.sums, one.sums) }
		if (one.word != "" || len(one.sums) > 0) && !slices.ContainsFunc(all, known) {
			all = append(all, one)
		}
	}
	if number, ok := form.PartOfNumber(typed); ok {
		add(number)
	}
	for _, part := range parts(typed) {
		add(part)
		for _, word := range strings.Fields(part) {
			add(word)
		}
	}
	return all
}

// span is from one rune of a text to another.
type span struct{ from, to int }

func (s span) found() bool { return s.to > s.from }

// in is where in a text it stands first.
func (f finder) in(text string) span {
	if word := []rune(f.word); len(word) > 0 {
		text := flat(text)
		if at := index(text.runes, word); at >= 0 {
			return span{text.at[at], text.at[at+len(word)-1] + 1}
		}
	}
	if len(f.sums) > 0 {
		for _, s := range form.Sums(text) {
			if slices.Contains(f.sums, s.Amount) {
				return span{s.From, s.To}
			}
		}
	}
	return span{}
}

// flattened is a text as it is compared: folded, with one blank where runs end, and where
// in the text each rune stands.
type flattened struct {
	runes []rune
	at    []int
}

func flat(text string) flattened {
	var f flattened
	i := 0
	for _, r := range text {
		switch r = form.Same(r); {
		case breaks(r):
			if n := len(f.runes); n > 0 && f.runes[n-1] != ' ' {
				f.runes, f.at = append(f.runes, ' '), append(f.at, i)
			}
		case !weightless(r):
			f.runes, f.at = append(f.runes, r), append(f.at, i)
		}
		i++
	}
	return f
}

func index(text, word []rune) int {
	for i := 0; i+len(word) <= len(text); i++ {
		if slices.Equal(text[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// cutLine is the line of a text in which something stands, and of it what is near.
func cutLine(label, text string, at span) Line {
	runes := []rune(text)
	from, to := at.from, at.to
	for from > 0 && runes[from-1] != '\n' && at.from-from < lineBefore {
		from--
	}
	for to < len(runes) && runes[to] != '\n' && to-at.to < lineAfter {
		to++
	}
	line := func(from, to int) string { return form.Line(strings.ReplaceAll(string(runes[from:to]), "\n", " ")) }
	return Line{
		Label: label, Before: line(from, at.from), Hit: line(at.from, at.to), After: line(at.to, to),
		CutBefore: from > 0 && runes[from-1] != '\n', CutAfter: to < len(runes) && runes[to] != '\n',
	}
}
