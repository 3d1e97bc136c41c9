package search

import (
	"hash/fnv"
	"math"
	"strconv"

	"zhengxin/internal/form"
)

// Part is of which likeness a text is: those of one part are taken together, and meet
// those of the same part elsewhere. Empty is none. A guarded text has none: a handling
// unit is told of what is alike, too.
type Part string

// The parts; the table's CHECK has the same.
const (
	Story  Part = "story"
	Answer Part = "answer"
)

// Exact is what sort of thing a text is that meets only the very same, as a contract's
// number does; empty where it meets what is mostly the same.
type Exact string

// The sorts.
const (
	ByWords  Exact = ""
	Contract Exact = "contract"
	Sum      Exact = "sum"
)

// A text is cut into all its windows of four letters. Of each of 64 orders of all there
// are the first is kept (MinHash): two texts have it in common as often as they have
// windows in common. Four at a time make a mark, so that of texts with a tenth in common
// one pair in six hundred has a mark in common, and with seven tenths all but one in eighty.
const (
	window  = 4
	orders  = 64
	perMark = 4
)

// shortestAlike is how many windows a text must have: two short ones are alike by chance.
const shortestAlike = 16

// windows are those of a text, without what is neither letter nor digit.
func windows(text string) map[uint64]bool {
	var letters []rune
	for _, one := range runs(text) {
		letters = append(letters, one...)
	}
	all := map[uint64]bool{}
	for i := 0; i+window <= len(letters); i++ {
		h := uint64(0)
		for _, r := range letters[i : i+window] {
			h = h<<16 ^ h>>48 ^ uint64(r)
		}
		all[stir(h)] = true
	}
	return all
}

// stir spreads a number over all numbers (the finalizer of SplitMix64).
func stir(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Marks are by which a text of a part meets those that are mostly the same; none of one
// that is too short to say.
func Marks(part Part, text string) []int64 {
	all := windows(text)
	if len(all) < shortestAlike {
		return nil
	}
	var first [orders]uint64
	for i := range first {
		first[i] = math.MaxUint64
	}
	for w := range all {
		for i := range first {
			first[i] = min(first[i], stir(w+uint64(i+1)*0x9e3779b97f4a7c15))
		}
	}
	marks := make([]int64, 0, orders/perMark)
	for i := 0; i < orders; i += perMark {
		mark := stir(hashed(string(part)) + uint64(i))
		for _, one := range first[i : i+perMark] {
			mark = stir(mark ^ one)
		}
		marks = append(marks, int64(mark))
	}
	return marks
}

// shortestExact is how many letters tell one thing from all others: contracts called 1
// and 无 are not the same contract.
const shortestExact = 4

// Mark is by which a text meets the very same one, whatever blanks and punctuation; false
// where it is too short to tell.
func Mark(part Part, exact Exact, text string) (int64, bool) {
	bare := form.Bare(text, "")
	if len([]rune(bare)) < shortestExact {
		return 0, false
	}
	return int64(stir(hashed(string(part) + "\x00" + string(exact) + "\x00" + bare))), true
}

// SumMark is Mark of an amount of money, whichever way it is written.
func SumMark(part Part, a form.Amount) int64 {
	return int64(stir(hashed(string(part) + "\x00" + string(Sum) + "\x00" + strconv.FormatInt(int64(a), 10))))
}

func hashed(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text)) // never fails
	return h.Sum64()
}

// Overlap is how much of a text stands in another as well, from 0 to 1; 0 of one that is
// too short to say.
func Overlap(text, other string) float64 {
	mine, theirs := windows(text), windows(other)
	if len(mine) < shortestAlike || len(theirs) < shortestAlike {
		return 0
	}
	both := 0
	for w := range mine {
		if theirs[w] {
			both++
		}
	}
	return float64(both) / float64(len(mine))
}

// marked are the marks of a matter's words, by part.
func (w Words) marked(texts Texts) map[Part][]int64 {
	marks, together := map[Part][]int64{}, map[Part]string{}
	for i, all := range w.Said {
		text := texts.All[i]
		if text.Part == "" || text.Guarded {
			continue
		}
		if _, ok := marks[text.Part]; !ok {
			marks[text.Part] = nil // a part that has lost its words is written, too
		}
		for _, one := range all {
			switch {
			case one == nil || *one == "":
			case text.Exact == ByWords:
				together[text.Part] += *one + "\n"
			case text.Exact == Sum:
				for _, sum := range form.Sums(*one) {
					marks[text.Part] = append(marks[text.Part], SumMark(text.Part, sum.Amount))
				}
			default:
				if mark, ok := Mark(text.Part, text.Exact, *one); ok {
					marks[text.Part] = append(marks[text.Part], mark)
				}
			}
		}
	}
	for part, words := range together {
		marks[part] = append(marks[part], Marks(part, words)...)
	}
	return marks
}
