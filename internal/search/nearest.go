package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Examples are texts among which those nearest to another are found: by the pieces that
// they share, the seldom ones counting most (tf-idf without the first, and the cosine).
// Nothing is drawn and nothing trained: the same texts give the same answer, and the
// answer can be shown. The zero value is ready; one is written by one at a time.
type Examples struct {
	pieces  map[int64][]uint32 // of each text
	holders map[uint32][]int64 // of each piece, in the order of their ids
	weight  map[uint32]float64 // of each piece, squared
	length  map[int64]float64  // of each text
}

// Near is a text that is near, and how near: 1 is the same.
type Near struct {
	ID    int64
	Close float64
}

// Put has exactly these texts be the examples: it reads what it has not had, and forgets
// what is not among them. Texts do not change.
func (e *Examples) Put(ids []int64, read func(missing []int64) (map[int64]string, error)) error {
	var missing []int64
	kept := make(map[int64][]uint32, len(ids))
	for _, id := range ids {
		if have, ok := e.pieces[id]; ok {
			kept[id] = have
		} else {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 && len(kept) == len(e.pieces) {
		return nil
	}
	if len(missing) > 0 {
		texts, err := read(missing)
		if err != nil {
			return err
		}
		for id, text := range texts {
			kept[id] = distinct(text)
		}
	}
	e.pieces = kept
	e.weigh()
	return nil
}

// weigh works out what follows from the texts.
func (e *Examples) weigh() {
	e.holders, e.weight, e.length = map[uint32][]int64{}, map[uint32]float64{}, map[int64]float64{}
	for _, id := range slices.Sorted(maps.Keys(e.pieces)) {
		for _, piece := range e.pieces[id] {
			e.holders[piece] = append(e.holders[piece], id)
		}
	}
	for piece, holders := range e.holders {
		seldom := math.Log(float64(len(e.pieces)+1) / (float64(len(holders)) + 0.5))
		e.weight[piece] = seldom * seldom
	}
	for id, pieces := range e.pieces {
		for _, piece := range pieces {
			e.length[id] += e.weight[piece]
		}
	}
}

// leastClose is from where on something is near: what is further away shares words that
// all texts have. Measured as Voters is.
const leastClose = 0.03

// Nearest are at most so many of the examples that are near, the nearest first.
func (e *Examples) Nearest(text string, most int) []Near {
	shared, length := map[int64]float64{}, 0.0
	for _, piece := range distinct(text) {
		length += e.weight[piece]
		for _, id := range e.holders[piece] {
			shared[id] += e.weight[piece]
		}
	}
	var all []Near
	for id, s := range shared {
		if near := s / math.Sqrt(length*e.length[id]); near >= leastClose { // not of NaN, where no piece is seldom
			all = append(all, Near{id, near})
		}
	}
	slices.SortFunc(all, func(a, b Near) int { return cmp.Or(cmp.Compare(b.Close, a.Close), cmp.Compare(b.ID, a.ID)) })
	return all[:min(len(all), most)]
}

// distinct are the pieces of a text, each once, in their order.
func distinct(text string) []uint32 {
	var pieces []uint32
	for _, one := range runs(text) {
		for i := range one {
			pieces = append(pieces, uint32(hashed(one.piece(i))))
		}
	}
	slices.Sort(pieces)
	return slices.Compact(pieces)
}

// Voters is how many of the nearest are asked what was decided of them. Measured on the
// labelled texts of make bench: five or twenty-five do hardly worse.
const Voters = 15

// How many of them have to agree, of how many one of them has to, and how many answers are
// given: two of fifteen that agree are chance.
const (
	leastAgreed = 2
	oneOf       = 5
	mostVotes   = 3
)

// Vote is one answer of the nearest: what it is, how many of them have it, of how many.
type Vote struct {
	Value string
	Has   int
	Of    int
}

// Count is what was decided of the nearest, three answers at most, the weightiest first: a
// voice weighs by the square of how near it is. Those without a value are not asked, and
// one voice alone is no answer.
func Count(nearest []Near, decided map[int64]string) []Vote {
	weight, has, of := map[string]float64{}, map[string]int{}, 0
	for _, n := range nearest {
		value := decided[n.ID]
		if value == "" {
			continue
		}
		if of == Voters {
			break
		}
		of++
		has[value]++
		weight[value] += n.Close * n.Close
	}
	votes := make([]Vote, 0, len(has))
	for value, n := range has {
		votes = append(votes, Vote{value, n, of})
	}
	slices.SortFunc(votes, func(a, b Vote) int {
		return cmp.Or(cmp.Compare(weight[b.Value], weight[a.Value]), cmp.Compare(a.Value, b.Value))
	})
	votes = slices.DeleteFunc(votes, func(v Vote) bool { return v.Has < leastAgreed || v.Has*oneOf < v.Of })
	return votes[:min(len(votes), mostVotes)]
}
