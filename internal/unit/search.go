package unit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhengxin/internal/form"
)

// mostFound bounds what a search gives: a person reads a dozen names, and who
// sees more writes one character more.
const mostFound = 12

// Search finds units by code, name or another name, best first, at most twelve: the
// whole, its beginning, a part of it, a name within what was typed (“郏县财政局
// 预算股”), and its characters in their order (“住建局” in “住房和城乡建设局”). Where
// none has exactly that name, those follow whose name is near to it. Blanks and
// punctuation are not looked at.
func (l List) Search(text string) []Unit {
	typed := bare(text)
	if typed == "" || tooLong(typed) {
		return nil
	}
	type hit struct {
		Unit
		rank, length int
	}
	var hits []hit
	add := func(u Unit, rank int) { hits = append(hits, hit{u, rank, utf8.RuneCountInString(u.Name)}) }
	exact, wanted := false, l.wanted(typed)
	var others List
	for _, u := range l {
		if rank, found := u.rank(typed); found {
			add(u, rank)
			exact = exact || rank <= exactRank
		} else {
			others = append(others, u)
		}
	}
	for _, u := range others {
		if rank, found := u.near(wanted); found && !exact {
			add(u, nearRanks+rank)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.length, b.length), cmp.Compare(a.Code, b.Code))
	})
	var out []Unit
	for _, h := range hits[:min(len(hits), mostFound)] {
		out = append(out, h.Unit)
	}
	return out
}

// longest is how many characters of what somebody typed are looked at: no name has as
// many, and to compare costs time with the square of them. What is longer is nobody's
// name and finds nothing; who wrote it is told by the field's own limit.
const longest = 120

func tooLong(typed string) bool { return utf8.RuneCountInString(typed) > longest }

// Says reports whether the words are a unit's own: its code, a name or a part of one,
// what has its name in it, its pinyin, or what a name sounds like from its beginning.
// Whatever is only like it in shape or in kind may be another body, and does not.
func (l List) Says(u Unit, text string) bool {
	typed := bare(text)
	if typed == "" || tooLong(text) {
		return false
	}
	if _, found := u.rank(typed); found {
		return true
	}
	counties := l.counties()
	want := within(typed, counties)
	return slices.ContainsFunc(u.known(), func(name string) bool {
		if latin(typed) {
			_, found := spelt(name, typed)
			return found
		}
		name = within(name, counties)
		if town, isTown := strings.CutSuffix(name, "人民政府"); isTown && utf8.RuneCountInString(town) > shortest && strings.Contains(typed, town) {
			return true
		}
		whole, part := soundsOf(name), soundsOf(want)
		return len(part) > shortest && len(whole) >= len(part) && heard(whole[:len(part)], part)
	})
}

// bare is a text as names are compared, in capitals, as codes are; a code has hyphens.
func bare(s string) string { return strings.ToUpper(form.Bare(s, "-")) }

// Counted is how many units a search found, as people are told: it gives no more than
// twelve, and does not know how many there are beyond.
func Counted(n int) string {
	if n >= mostFound {
		return "不少于 " + strconv.Itoa(mostFound) + "\u00a0个"
	}
	return strconv.Itoa(n) + "\u00a0个"
}

// exactRank is the rank of a name or an alias as it stands; what is near comes after
// all that is found.
const (
	exactRank = 1
	nearRanks = 16
)

// rank says how well a unit fits what was typed, 0 best.
func (u Unit) rank(typed string) (int, bool) {
	if typed == u.Code {
		return 0, true
	}
	best, found := 0, false
	for i, name := range u.known() {
		rank, ok := nameRank(name, typed)
		rank = 2*rank + min(i, 1) // a name before another, other things being equal
		if ok && (!found || rank < best) {
			best, found = rank, true
		}
	}
	if !found && utf8.RuneCountInString(typed) > 2 && strings.HasPrefix(u.Code, typed) {
		return 8, true
	}
	return best, found
}

func nameRank(name, typed string) (int, bool) {
	switch {
	case name == typed:
		return 0, true
	case strings.HasPrefix(name, typed):
		return 1, true
	case strings.Contains(name, typed):
		return 2, true
	case utf8.RuneCountInString(name) > 1 && strings.Contains(typed, name):
		return 3, true
	case utf8.RuneCountInString(typed) > 1 && inOrder(name, typed):
		return 4, true
	}
	return 0, false
}

// inOrder reports whether the characters of part stand in whole in their order.
func inOrder(whole, part string) bool {
	rest := whole
	for _, r := range part {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+utf8.RuneLen(r):]
	}
	return true
}
