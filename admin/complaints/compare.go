package complaints

import (
	"strings"
	"unicode/utf8"

	"znkr.io/diff"
)

// markKind says what became of a piece of text between two drafts.
type markKind int

const (
	same markKind = iota
	added
	removed
)

// mark is a piece of a paragraph.
type mark struct {
	Kind markKind
	Text string
}

// compare sets two texts against each other, paragraph by paragraph; where one
// paragraph stands for another, what differs within it is marked.
func compare(before, after string) [][]mark {
	var out [][]mark
	var old, now []string // a stretch that both texts have differently
	flush := func() {
		out = append(out, replaced(old, now)...)
		old, now = nil, nil
	}
	for _, e := range diff.Edits(paragraphs(before), paragraphs(after)) {
		switch e.Op {
		case diff.Delete:
			old = append(old, e.X)
		case diff.Insert:
			now = append(now, e.Y)
		case diff.Match:
			flush()
			out = append(out, []mark{{same, e.Y}})
		}
	}
	flush()
	return out
}

func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// replaced sets the paragraphs of a stretch against each other, in their order.
func replaced(old, now []string) [][]mark {
	var out [][]mark
	for i := range max(len(old), len(now)) {
		switch {
		case i >= len(old):
			out = append(out, []mark{{added, now[i]}})
		case i >= len(now):
			out = append(out, []mark{{removed, old[i]}})
		default:
			out = append(out, within(old[i], now[i]))
		}
	}
	return out
}

// mostUnits bounds one comparison: two wholly different paragraphs of this
// length take a tenth of a second, and longer ones count as wholly different.
const mostUnits = 8000

// piece is what both paragraphs have, or what one has in place of the other.
type piece struct {
	old, now string
	same     bool
}

// size is how much of the paragraph a reader sees there.
func (p piece) size() int { return max(utf8.RuneCountInString(p.old), utf8.RuneCountInString(p.now)) }

// within marks what differs between two paragraphs, what was removed before
// what stands there now.
func within(before, after string) []mark {
	var marks []mark
	for _, p := range readable(pieces(before, after)) {
		if p.same {
			marks = append(marks, mark{same, p.now})
			continue
		}
		if p.old != "" {
			marks = append(marks, mark{removed, p.old})
		}
		if p.now != "" {
			marks = append(marks, mark{added, p.now})
		}
	}
	return marks
}

func pieces(before, after string) []piece {
	old, now := units(before), units(after)
	if len(old)+len(now) > mostUnits {
		return []piece{{old: before, now: after}}
	}
	var all []piece
	for _, e := range diff.Edits(old, now) {
		if is := e.Op == diff.Match; len(all) == 0 || all[len(all)-1].same != is {
			all = append(all, piece{same: is})
		}
		last := &all[len(all)-1]
		if e.Op != diff.Insert {
			last.old += e.X
		}
		if e.Op != diff.Delete {
			last.now += e.Y
		}
	}
	return all
}

// units are what a change is made of: one character, or a whole number or Latin
// word, so that 2026 becoming 2027 is one change and not a digit of one.
func units(text string) []string {
	var out []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			word.WriteRune(r)
			continue
		}
		end()
		out = append(out, string(r))
	}
	end()
	return out
}

// readable takes what is the same between two changes into one change with
// them where it is no longer than either: a sentence written anew shares its
// 的 and its commas with the old one, and marks around each cannot be read.
func readable(all []piece) []piece {
	var out []piece
	for _, p := range all {
		out = append(out, p)
		for n := len(out); n >= 3 && !out[n-1].same && out[n-2].size() <= min(out[n-3].size(), out[n-1].size()); n = len(out) {
			before, between, after := out[n-3], out[n-2], out[n-1]
			out = append(out[:n-3], piece{old: before.old + between.old + after.old, now: before.now + between.now + after.now})
		}
	}
	return out
}

// clean is a text without any comparison.
func clean(text string) [][]mark {
	var out [][]mark
	for _, p := range paragraphs(text) {
		out = append(out, []mark{{same, p}})
	}
	return out
}
