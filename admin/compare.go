package admin

import (
	"slices"
	"strings"
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
// paragraph stands for another, only what differs in its middle is marked.
func compare(before, after string) [][]mark {
	old, now := paragraphs(before), paragraphs(after)
	var out [][]mark
	i, j := 0, 0
	for _, pair := range append(common(old, now), [2]int{len(old), len(now)}) {
		out = append(out, replaced(old[i:pair[0]], now[j:pair[1]])...)
		if pair[0] < len(old) {
			out = append(out, []mark{{same, old[pair[0]]}})
		}
		i, j = min(pair[0]+1, len(old)), min(pair[1]+1, len(now))
	}
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

// mostPairs bounds the table of the comparison: an answer has at most a few
// hundred paragraphs, and two longer ones count as wholly different.
const mostPairs = 1 << 20

// common is the longest run of paragraphs, in order, that both texts have.
func common(old, now []string) [][2]int {
	if len(old)*len(now) > mostPairs {
		return nil
	}
	table := make([][]int, len(old)+1)
	for i := range table {
		table[i] = make([]int, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			if table[i][j] = max(table[i+1][j], table[i][j+1]); old[i] == now[j] {
				table[i][j] = table[i+1][j+1] + 1
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(old) && j < len(now); {
		switch {
		case old[i] == now[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// replaced is a stretch that both texts have differently.
func replaced(old, now []string) [][]mark {
	var out [][]mark
	for i := range max(len(old), len(now)) {
		switch {
		case i >= len(old):
			out = append(out, []mark{{added, now[i]}})
		case i >= len(now):
			out = append(out, []mark{{removed, old[i]}})
		default:
			out = append(out, middle([]rune(old[i]), []rune(now[i])))
		}
	}
	return out
}

// middle leaves out what two paragraphs begin and end with in common.
func middle(old, now []rune) []mark {
	begin := 0
	for begin < min(len(old), len(now)) && old[begin] == now[begin] {
		begin++
	}
	end := 0
	for end < min(len(old), len(now))-begin && old[len(old)-1-end] == now[len(now)-1-end] {
		end++
	}
	marks := []mark{{same, string(old[:begin])}, {removed, string(old[begin : len(old)-end])}, {added, string(now[begin : len(now)-end])}, {same, string(old[len(old)-end:])}}
	return slices.DeleteFunc(marks, func(m mark) bool { return m.Text == "" })
}

// clean is a text without any comparison.
func clean(text string) [][]mark {
	var out [][]mark
	for _, p := range paragraphs(text) {
		out = append(out, []mark{{same, p}})
	}
	return out
}
