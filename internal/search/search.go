// Package search finds Chinese texts by what stands in them, without a
// dictionary: a text becomes the set of its short pieces, and it is found when
// it has every piece of what was typed.
package search

import (
	"strings"
	"unicode"
)

// The pieces of a run of letters, which spaces, punctuation and symbols end:
// every character, every pair, and inside ASCII words every three and four, as
// pairs of digits are too common to tell one number from another.
//
// No positions are kept. A tsvector numbers no more than 16,383 words and 255
// places of one word, so a phrase would be lost in a long text; and a phrase
// has to be checked in the table, text by text, where a set is answered by the
// index alone. What it costs: a query of three Han characters or more also
// finds a text that has all its pairs, but apart (measured at a few in a
// thousand, see docs/design.md).
const longestPiece = 4

// budget is how many bytes of pieces a text may have; PostgreSQL refuses a
// tsvector of a megabyte. Far beyond what a complaint's own fields can hold;
// pieces of the last supplements are left out when it is used up.
const budget = 900 << 10

// Vector makes the literal of a tsvector from texts, the most important first:
// cast it with ::tsvector. The same texts give the same literal.
func Vector(texts ...string) string {
	seen := map[string]bool{}
	var b strings.Builder
	used := 0
	for _, text := range texts {
		for _, run := range runs(text) {
			for _, piece := range run.pieces() {
				if seen[piece] {
					continue
				}
				if used += len(piece) + 1; used > budget {
					return b.String()
				}
				seen[piece] = true
				put(&b, " ", piece)
			}
		}
	}
	return b.String()
}

// Query makes the literal of a tsquery from what a person typed; words with
// spaces between must all be there. False when nothing in it can be searched
// for, as in “？？”.
func Query(typed string) (string, bool) {
	seen := map[string]bool{}
	var b strings.Builder
	for _, run := range runs(typed) {
		for _, piece := range run.cover() {
			if !seen[piece] {
				seen[piece] = true
				put(&b, " & ", piece)
			}
		}
	}
	return b.String(), b.Len() > 0
}

// put adds a quoted piece. Pieces are letters and digits alone (see runs), so
// that there is no quote in them to double.
func put(b *strings.Builder, between, piece string) {
	if b.Len() > 0 {
		b.WriteString(between)
	}
	b.WriteByte('\'')
	b.WriteString(piece)
	b.WriteByte('\'')
}

// run is characters that stand together.
type run []rune

// runs cuts a text at whatever is neither letter nor digit. Unknown and private
// characters count as letters, since new Han characters must be found too.
func runs(text string) []run {
	var (
		all  []run
		open run
	)
	for _, r := range text {
		switch r = fold(r); {
		case breaks(r):
			if len(open) > 0 {
				all, open = append(all, open), nil
			}
		case !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			open = append(open, r)
		}
	}
	if len(open) > 0 {
		all = append(all, open)
	}
	return all
}

func breaks(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
}

// fold makes one of what only looks different: full-width forms and case. Each
// character by itself, so that a part of a text folds as the whole does.
func fold(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	return unicode.ToLower(r)
}

// word says whether r belongs to an ASCII word.
func word(r rune) bool { return r < 0x80 }

// pieces are all pieces of a run.
func (s run) pieces() []string {
	var all []string
	for i := range s {
		for n := 1; n <= longestPiece && i+n <= len(s); n++ {
			if n > 2 && !(word(s[i]) && word(s[i+n-1]) && words(s[i:i+n])) {
				break
			}
			all = append(all, string(s[i:i+n]))
		}
	}
	return all
}

func words(s []rune) bool {
	for _, r := range s {
		if !word(r) {
			return false
		}
	}
	return true
}

// cover are the fewest and rarest pieces that every text with this run has.
func (s run) cover() []string {
	if len(s) == 1 {
		return []string{string(s)}
	}
	var all []string
	for i := 0; i+1 < len(s); {
		end := i
		for end < len(s) && word(s[end]) {
			end++
		}
		if end-i <= 2 { // no ASCII word worth its own pieces begins here
			all = append(all, string(s[i:i+2]))
			i++
			continue
		}
		n := min(end-i, longestPiece)
		for ; i+n <= end; i++ {
			all = append(all, string(s[i:i+n]))
		}
		i = end - 1 // the pair across the word's end
	}
	return all
}
