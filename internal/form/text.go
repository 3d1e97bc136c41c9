package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pasted makes of what was typed or pasted what can be kept: whatever some program shows
// as a new line (CRLF, vertical tab, form feed, NEL, Unicode's separators) becomes LF, and
// other control characters are dropped. They are given too, since a text must not be
// changed behind its writer's back: see Dropped.
func Pasted(s string) (kept string, dropped []rune) {
	if !strings.ContainsFunc(s, unmade) {
		return s, nil
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\n', r == '\t', !unmade(r):
			_, size := utf8.DecodeRuneInString(s[i:])
			b.WriteString(s[i : i+size]) // a broken byte stays one, for TextFault to say
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case r == '\r', r == '\v', r == '\f', r == '\u0085', isLineBreak(r):
			b.WriteByte('\n')
		default:
			dropped = append(dropped, r)
		}
	}
	return b.String(), dropped
}

// unmade tells what Pasted may have to change.
func unmade(r rune) bool { return unicode.IsControl(r) || isLineBreak(r) }

// Dropped says what Pasted dropped; empty when that is nothing.
func Dropped(signs []rune) string {
	if len(signs) == 0 {
		return ""
	}
	codes := slices.Compact(slices.Sorted(slices.Values(signs)))
	more := ""
	if len(codes) > mostCodes {
		codes, more = codes[:mostCodes], "等"
	}
	var list []string
	for _, r := range codes {
		list = append(list, fmt.Sprintf("%04X", r))
	}
	return fmt.Sprintf("粘贴来的文字里有 %s 个看不见的控制符（编码 %s%s），已经去掉，别的一个字也没有改。",
		grouped(int64(len(signs))), strings.Join(list, "、"), more)
}

// mostCodes is how many kinds of control characters a sentence names.
const mostCodes = 8

// Line cleans a field of one line: what is pasted into it is made fit to keep, a new line
// or a tab inside becomes a space, and white space around it goes, the ideographic space
// included; every other character stays exactly as typed. LineFault says whether it may
// be stored.
func Line(s string) string {
	kept, _ := Pasted(s)
	return strings.TrimSpace(oneLine.Replace(kept))
}

var oneLine = strings.NewReplacer("\n", " ", "\t", " ")

// Text cleans a field of several lines: what is pasted into it is made fit to keep and
// the white space around goes; every other character stays exactly as typed.
func Text(s string) string {
	kept, _ := Pasted(s)
	return strings.TrimSpace(kept)
}

// Wordless says that a text has neither a letter nor a number: somebody has put a
// full stop where words are asked for.
func Wordless(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// LineFault is the sentence for a line, cleaned by Line, that cannot be kept;
// empty when it can.
func LineFault(s string) string {
	return textFault(s, false)
}

// TextFault is the sentence for a text, cleaned by Text, that cannot be kept;
// empty when it can. Line breaks and tabs are welcome.
func TextFault(s string) string {
	return textFault(s, true)
}

// Length counts as the sentences do: one for each Unicode code point, so a rare
// Han character or an emoji is one.
func Length(s string) int {
	return utf8.RuneCountInString(s)
}

// TooLong is the sentence for a text of more than limit characters; empty when
// it is short enough.
func TooLong(s string, limit int) string {
	n := Length(s)
	if n <= limit {
		return ""
	}
	return fmt.Sprintf("写了 %s 个字，最多 %s 个，请删去 %s 个",
		grouped(int64(n)), grouped(int64(limit)), grouped(int64(n-limit)))
}

// textFault finds what cannot stay, with every place of it at once: nobody should send a
// page again for each. Marks of direction are refused rather than dropped: they can make a
// text read otherwise than it is stored, and a text must not be changed behind its
// writer's back.
func textFault(s string, lines bool) string {
	at, seen := spot{}, s == ""
	if lines && strings.Contains(s, "\n") {
		at.row = 1
	}
	var found []wrong
	for i, r := range s {
		garbled := r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD")
		if said := runeFault(r, garbled, lines); said != (repair{}) {
			found = at.add(found, said)
		}
		switch {
		case r == '\n' && lines:
			at = spot{row: at.row + 1}
			continue
		case isDirection(r):
			continue // nobody counts what they do not see
		}
		at.column++
		seen = seen || isVisible(r)
	}
	switch {
	case len(found) > 0:
		return sentenceOf(found)
	case !seen:
		return "只有看不见的字符，等于没有写，请重新写"
	}
	return ""
}

// repair is what is wrong with a character, and what to do about it.
type repair struct{ is, do string }

// wrong is one fault of a text and all the places that have it.
type wrong struct {
	repair
	places []spot
	more   int // that are not named
}

// spot is where something invisible stands: after so many characters of a row; row 0 is
// that of a text of one line.
type spot struct{ row, column int }

// mostPlaces is how many places a sentence names: nobody reads on beyond them.
const mostPlaces = 50

func (at spot) add(found []wrong, said repair) []wrong {
	i := slices.IndexFunc(found, func(w wrong) bool { return w.repair == said })
	if i < 0 {
		return append(found, wrong{repair: said, places: []spot{at}})
	}
	if w := &found[i]; len(w.places) < mostPlaces {
		w.places = append(w.places, at)
	} else {
		w.more++
	}
	return found
}

// sentenceOf says all faults in the order in which they were met.
func sentenceOf(found []wrong) string {
	var said []string
	for _, w := range found {
		var where []string
		for _, at := range w.places {
			where = append(where, place(at.row, at.column))
		}
		all := strings.Join(slices.Compact(where), "、")
		switch n := len(w.places) + w.more; {
		case n == 1:
			all += w.is
		case w.more > 0:
			all += fmt.Sprintf("等处%s（共 %s 个）", w.is, grouped(int64(n)))
		default:
			all += fmt.Sprintf("%s（共 %d 个）", w.is, n)
		}
		said = append(said, all+"，"+w.do)
	}
	return strings.Join(said, "；")
}

// runeFault says why one character cannot stay; empty when it can.
func runeFault(r rune, garbled, lines bool) repair {
	switch {
	case garbled:
		return repair{"有认不出的乱码", "请删去后重新写"}
	case isDirection(r):
		return repair{"有看不见的方向控制符", "请删去"}
	case lines && (r == '\n' || r == '\t' || isLineBreak(r)):
		return repair{}
	case !lines && (r == '\n' || r == '\r' || isLineBreak(r)):
		return repair{"有换行", "只能写一行，请删去换行"}
	case r == '\t':
		return repair{"有制表符", "请改成空格"}
	case unicode.IsControl(r):
		return repair{fmt.Sprintf("有看不见的控制符（编码 %04X）", r), "请删去"}
	}
	return repair{}
}

// place names the spot after which something invisible stands; the row only
// where there are several, else it is 0.
func place(row, column int) string {
	where := ""
	if row > 0 {
		where = fmt.Sprintf("第 %d 行", row)
	}
	if column == 0 {
		return where + "开头"
	}
	return where + fmt.Sprintf("第 %d 个字后面", column)
}

// isDirection tells the invisible marks that turn the reading direction
// (Unicode's Bidi_Control).
func isDirection(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r)
}

// isLineBreak tells Unicode's own separators, which some programs show as a
// new line.
func isLineBreak(r rune) bool {
	return r == '\u2028' || r == '\u2029'
}

// isVisible is false for spaces, zero-width marks and lone joiners or
// selectors. Characters that Go's tables do not know yet count as visible: new
// Han extensions must pass.
func isVisible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Zs) && r != '\u3164'
}
