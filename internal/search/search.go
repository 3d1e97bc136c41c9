// Package search finds Chinese texts by what stands in them, without a
// dictionary: a text becomes the overlapping pieces of its runs of letters,
// each with its place, and it is found when it has the pieces of what was typed
// in their order.
package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zhengxin/internal/form"
)

// At every place of a run, which white space, punctuation and symbols end, one
// piece begins: a pair of characters; in an ASCII word up to four, because
// pairs of digits tell nothing apart; at the end of a run what is left. A
// shorter thing is found as the beginning of a piece.
const longestPiece = 4

// A tsvector numbers its places to 16,383, keeps 255 of one piece, and is no
// larger than a megabyte. A text beyond the first two keeps its pieces without
// places and is marked: it is found by having them all, in whatever order, so
// that nothing is ever missed. Beyond the third, which takes many supplements,
// its end is left out.
const (
	mostPlaces  = 16383
	mostOfOne   = 255
	budget      = 900 << 10
	withoutMark = "!" // no piece has a mark of punctuation
)

// Vector makes the literal of a tsvector from texts, the most important first:
// cast it with ::tsvector. The same texts give the same literal.
func Vector(texts ...string) string {
	var (
		order  []string
		places = map[string][]int{}
		at     = 1
		long   bool
		sums   []string // of money: in whatever way one is written, it is found by any other
	)
	for _, text := range texts {
		for _, sum := range form.Sums(text) {
			if piece := sumPiece(sum.Amount); !slices.Contains(sums, piece) {
				sums = append(sums, piece)
			}
		}
		for _, run := range runs(text) {
			for i := range run {
				piece := run.piece(i)
				if places[piece] == nil {
					order = append(order, piece)
				}
				places[piece] = append(places[piece], at+i)
				long = long || len(places[piece]) > mostOfOne
			}
			at += len(run) + 1
		}
		at++ // no sentence runs on from one field into the next
	}
	if long = long || at > mostPlaces; long {
		return unplaced(append(sums, order...))
	}
	var b strings.Builder
	for _, piece := range sums {
		quote(&b, piece)
		b.WriteByte(' ')
	}
	for _, piece := range order {
		separate(&b, " ")
		quote(&b, piece)
		for i, place := range places[piece] {
			b.WriteByte(":,"[min(i, 1)])
			b.WriteString(strconv.Itoa(place))
		}
	}
	return b.String()
}

// sumPiece is the piece of an amount of money. No other piece has a symbol.
func sumPiece(a form.Amount) string { return "¥" + strconv.FormatInt(int64(a), 10) }

func unplaced(pieces []string) string {
	var b strings.Builder
	quote(&b, withoutMark)
	used := 0
	for _, piece := range pieces {
		if used += len(piece) + 1; used > budget {
			break
		}
		b.WriteByte(' ')
		quote(&b, piece)
	}
	return b.String()
}

// Query is what a person typed as literals of tsqueries: Exact for what has it,
// Loose for what has its pieces in whatever order, and so may have it. Only the
// second is answered by the index alone.
//
// Shared asks for a reader of a handling unit: by what they may read. Within are the ids
// of the matters among which it is asked, as a statement; empty is all: where a reader has
// few, those and not all that have the words are looked at.
type Query struct {
	Exact, Loose string
	Shared       bool
	Within       string
	Prefix       string // of its arguments, where a statement asks several
}

// Ordered says that what has all the pieces may still not have it.
func (q Query) Ordered() bool { return q.Exact != q.Loose }

// Ask makes the query of what a person typed; words with spaces between must
// all be there, anywhere. What can be read as an amount of money is found in every way of
// writing one, and one of several readings by each of them, and the number of a matter with or without its letters, blanks and hyphens.
// False when nothing in it can be searched for, as in “？？”.
func Ask(typed string) (Query, bool) {
	var words either
	for _, part := range parts(typed) {
		var one either
		for _, word := range strings.Fields(part) {
			one = one.and(phraseOf(word))
		}
		if one.exact != "" {
			for _, sum := range form.SumsMeant(part) {
				one = one.or(sumQuery(sum))
			}
		}
		words = words.and(one)
	}
	if number, ok := form.PartOfNumber(typed); ok && number != strings.ToUpper(typed) {
		words = words.or(phraseOf(number))
	}
	q := Query{Exact: words.exact, Loose: words.loose}
	if words.phrase {
		q.Exact = "(" + q.Exact + ") | ('" + withoutMark + "' & " + q.Loose + ")"
	}
	return q, q.Loose != ""
}

// mostOfSum is of how many words with blanks between an amount may be: 128 万 6 千 5 百 元.
const mostOfSum = 8

// parts are the words that were typed; those that are one amount together are one: 128 万 6 千.
func parts(typed string) []string {
	var all []string
	for words := strings.Fields(typed); len(words) > 0; {
		n := min(len(words), mostOfSum)
		for n > 1 && len(form.SumsMeant(strings.Join(words[:n], " "))) == 0 {
			n--
		}
		all, words = append(all, strings.Join(words[:n], " ")), words[n:]
	}
	return all
}

// either are the two literals of a query while it is put together.
type either struct {
	exact, loose string
	phrase       bool // pieces have an order
}

func sumQuery(a form.Amount) either {
	var b strings.Builder
	quote(&b, sumPiece(a))
	return either{exact: b.String(), loose: b.String()}
}

func (e either) and(o either) either {
	switch {
	case e.loose == "":
		return o
	case o.loose == "":
		return e
	}
	return either{e.exact + " & " + o.exact, e.loose + " & " + o.loose, e.phrase || o.phrase}
}

func (e either) or(o either) either {
	if e.loose == "" {
		return o
	}
	return either{"(" + e.exact + " | " + o.exact + ")", "(" + e.loose + " | " + o.loose + ")", e.phrase || o.phrase}
}

// phraseOf is one word: its pieces in their order.
func phraseOf(word string) either {
	var ordered, anyhow strings.Builder
	all := cover(runs(word))
	for i, p := range all {
		if i > 0 {
			ordered.WriteString(" <" + strconv.Itoa(p.at-all[i-1].at) + "> ")
		}
		p.put(&ordered)
		separate(&anyhow, " & ")
		p.put(&anyhow)
	}
	return either{exact: ordered.String(), loose: anyhow.String(), phrase: len(all) > 1}
}

func separate(b *strings.Builder, between string) {
	if b.Len() > 0 {
		b.WriteString(between)
	}
}

// quote adds a piece. Pieces are letters and digits alone (see runs), so that
// there is nothing in them to escape.
func quote(b *strings.Builder, piece string) {
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
		switch r = form.Same(r); {
		case breaks(r):
			if len(open) > 0 {
				all, open = append(all, open), nil
			}
		case !weightless(r):
			open = append(open, r)
		}
	}
	if len(open) > 0 {
		all = append(all, open)
	}
	return all
}

// weightless are signs that take no place.
func weightless(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) }

func breaks(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
}

// wordEnd is where the ASCII word ends that holds i; i itself when none does.
func (s run) wordEnd(i int) int {
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	return i
}

// piece is the one that begins at i.
func (s run) piece(i int) string {
	n := min(s.wordEnd(i)-i, longestPiece)
	if n < 2 { // another script, or the last sign of a word with something after it
		n = 2
	}
	return string(s[i:min(i+n, len(s))])
}

// part is a piece of a query, and how far from its beginning.
type part struct {
	text  string
	at    int
	begun bool // the text's piece may be longer
}

func (p part) put(b *strings.Builder) {
	quote(b, p.text)
	if p.begun {
		b.WriteString(":*")
	}
}

// cover are pieces that every text with these runs has, a mark of punctuation
// between them, and that leave no character out.
func cover(all []run) []part {
	var parts []part
	at := 0
	for i, s := range all {
		for _, p := range s.cover(i == len(all)-1) {
			p.at += at
			parts = append(parts, p)
		}
		at += len(s) + 1
	}
	return parts
}

// cover of one run; open when the text's run may be longer.
func (s run) cover(open bool) []part {
	if len(s) == 1 {
		return []part{{text: string(s), begun: open}}
	}
	var parts []part
	for i := 0; i+1 < len(s); {
		end := s.wordEnd(i)
		switch n := end - i; {
		case n >= longestPiece:
			for ; i+longestPiece <= end; i++ {
				parts = append(parts, part{text: s.piece(i), at: i})
			}
			i = end - 1 // the pair across the word's end
			if end == len(s) {
				return parts
			}
		case n > 1: // a short word, whole
			parts = append(parts, part{text: s.piece(i), at: i, begun: open && end == len(s)})
			if i = end - 1; end == len(s) {
				return parts
			}
		}
		parts = append(parts, part{text: s.piece(i), at: i})
		i++
	}
	return parts
}
