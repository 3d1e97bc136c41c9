package unit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// How near a name is to what was typed, the nearest first. None of these is the
// name: a person chooses among what they find.
const (
	nearKind      = iota // 冢头乡 for 冢头镇: only the kind of body is another
	nearSound            // 种头 for 冢头, czj for 财政局
	nearPart             // 公路局 for 公路事业发展中心
	nearSoundPart        // the same by its sound
	nearOrder            // 发改局 for 发展和改革委员会
	nearShape            // 家头 for 冢头: a character or two are others
)

// wanted is what was typed, made ready to be compared with every name.
type wanted struct {
	typed    string
	counties []string
	core     string
	sounds   [][]string // of the core
}

// wanted makes ready what was typed, once for all names.
func (l List) wanted(typed string) wanted {
	counties := l.counties()
	core := coreOf(within(typed, counties))
	return wanted{typed, counties, core, soundsOf(core)}
}

// near says how near a unit's names are to words that none of them has.
func (u Unit) near(w wanted) (best int, found bool) {
	for _, name := range u.known() {
		rank, ok := nearRank(name, w)
		if ok && (!found || rank < best) {
			best, found = rank, true
		}
	}
	return best, found
}

func nearRank(name string, w wanted) (int, bool) {
	if latin(w.typed) {
		return spelt(name, w.typed)
	}
	have, want := coreOf(within(name, w.counties)), w.core
	if utf8.RuneCountInString(have) < shortest || utf8.RuneCountInString(want) < shortest {
		return 0, false
	}
	whole, part := soundsOf(have), w.sounds
	switch {
	case have == want:
		return nearKind, true
	case len(whole) == len(part) && heard(whole, part):
		return nearSound, true
	case strings.Contains(have, want) || strings.Contains(want, have):
		return nearPart, true
	case heard(whole, part) || heard(part, whole):
		return nearSoundPart, true
	case inOrder(name, want):
		return nearOrder, true
	case fewEdits(have, want):
		return nearShape, true
	}
	return 0, false
}

// kindWords end a name and say what sort of body it is, the longer before those
// that they end with.
var kindWords = []string{
	"人民政府", "镇政府", "乡政府", "政府", "街道办事处", "办事处", "街道办", "街道", "管理委员会", "管委会", "委员会", "管理局", "管理处", "管理",
	"服务中心", "中心", "办公室", "事务局", "分局", "公司", "大队", "支队", "局", "委", "办", "镇", "乡", "村", "处", "所", "站", "院", "厅", "部", "科", "股", "队",
}

// coreOf is a name without the words that say what sort of body it is.
func coreOf(name string) string {
	for {
		i := slices.IndexFunc(kindWords, func(word string) bool {
			return strings.HasSuffix(name, word) && utf8.RuneCountInString(name) >= utf8.RuneCountInString(word)+shortest
		})
		if i < 0 {
			return name
		}
		name = strings.TrimSuffix(name, kindWords[i])
	}
}

var reading = pinyin.Args{Style: pinyin.Normal, Heteronym: true}

// soundsOf are the readings of each character, with those that an ear or an input
// method does not tell apart taken together.
func soundsOf(text string) [][]string {
	var out [][]string
	for _, r := range text {
		out = append(out, soundsOfRune(r))
	}
	return out
}

func soundsOfRune(r rune) []string {
	var out []string
	for _, sound := range pinyin.SinglePinyin(r, reading) {
		if sound = blur(sound); !slices.Contains(out, sound) {
			out = append(out, sound)
		}
	}
	if out == nil {
		return []string{string(r)}
	}
	return out
}

// blur takes zh, ch and sh for z, c and s, and ng at the end for n.
func blur(sound string) string {
	if len(sound) > 1 && sound[1] == 'h' {
		sound = sound[:1] + sound[2:]
	}
	return strings.TrimSuffix(sound, "g")
}

// heard says whether the characters of part are heard in whole, side by side.
func heard(whole, part [][]string) bool {
	for from := range len(whole) - len(part) + 1 {
		same := true
		for i, sounds := range part {
			same = same && slices.ContainsFunc(whole[from+i], func(s string) bool { return slices.Contains(sounds, s) })
		}
		if same {
			return true
		}
	}
	return false
}

// slips are how many characters may be others before it is another name.
func slips(a, b string) int {
	if max(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) > 5 {
		return 2
	}
	return 1
}

// fewEdits says that one text is a slip or two away from the other. Each slip makes it
// longer or shorter by one character at most.
func fewEdits(a, b string) bool {
	most := slips(a, b)
	longer := utf8.RuneCountInString(a) - utf8.RuneCountInString(b)
	return max(longer, -longer) <= most && edits(a, b) <= most
}

// edits is the least number of characters to put in, leave out, put another for or
// change places with the next, to make one text of the other.
func edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(from); i++ {
		for j := 1; j <= len(to); j++ {
			other := 1
			if from[i-1] == to[j-1] {
				other = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+other)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(from)][len(to)]
}

// latin says that letters of pinyin are among what was typed.
func latin(typed string) bool {
	return utf8.RuneCountInString(typed) >= shortest && strings.ContainsFunc(typed, func(r rune) bool { return r >= 'A' && r <= 'Z' })
}

// spelt says how well pinyin fits a name: whole syllables, their first letters, or
// some of both, with characters between them or not.
func spelt(name, typed string) (int, bool) {
	letters, runes := []rune(strings.ToLower(typed)), []rune(name)
	starts := func(at int, gaps bool) bool {
		return slices.ContainsFunc(spellings(runes[at], letters), func(used int) bool { return spell(runes[at+1:], letters[used:], gaps) })
	}
	for from := range runes {
		switch {
		case from == 0 && starts(from, false):
			return nearSound, true
		case from == 0 && starts(from, true): // zjj is 住建局 before it is 总局郏县
			return nearPart, true
		case starts(from, false):
			return nearSoundPart, true
		}
	}
	return nearOrder, spell(runes, letters, true)
}

// spell says whether letters are the beginning of a name; with gaps, characters may
// be left out between them.
func spell(name, letters []rune, gaps bool) bool {
	return spellOn(name, letters, gaps, map[[2]int]bool{})
}

// spellOn remembers which ends of both do not fit: there are few of them and many ways
// to each.
func spellOn(name, letters []rune, gaps bool, failed map[[2]int]bool) bool {
	if len(letters) == 0 || len(name) == 0 {
		return len(letters) == 0
	}
	ends := [2]int{len(name), len(letters)}
	if failed[ends] {
		return false
	}
	for _, used := range spellings(name[0], letters) {
		if spellOn(name[1:], letters[used:], gaps, failed) {
			return true
		}
	}
	if gaps && spellOn(name[1:], letters, gaps, failed) {
		return true
	}
	failed[ends] = true
	return false
}

// spellings are how many of the letters may stand for a character.
func spellings(r rune, letters []rune) []int {
	if letters[0] == r {
		return []int{1}
	}
	var out []int
	for _, sound := range pinyin.SinglePinyin(r, reading) {
		flat := strings.Replace(sound, "h", "", 1) // zhong as zong
		if sound[0] == 'h' {
			flat = sound
		}
		for _, whole := range []string{sound, flat, strings.TrimSuffix(sound, "g"), blur(sound)} {
			n := 0
			for n < min(len(whole), len(letters)) && rune(whole[n]) == letters[n] {
				n++
			}
			if n == len(whole) || n == len(letters) && n > 1 {
				out = append(out, n)
			}
			if n > 0 {
				out = append(out, 1)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
