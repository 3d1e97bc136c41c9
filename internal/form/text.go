package form

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Line cleans a field of one line: white space around it goes, the ideographic
// space included; every other character stays exactly as typed. LineFault says
// whether it may be stored.
func Line(s string) string {
	return strings.TrimSpace(s)
}

// Text cleans a field of several lines: browsers' CRLF becomes LF and the white
// space around goes; every other character stays exactly as typed.
func Text(s string) string {
	return strings.TrimSpace(lineBreaks.Replace(s))
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

// textFault finds the first character that cannot stay. Marks of direction are
// refused rather than dropped: they can make a text read otherwise than it is
// stored, and a text must not be changed behind its writer's back.
func textFault(s string, lines bool) string {
	row, column, seen := 0, 0, s == ""
	if lines && strings.Contains(s, "\n") {
		row = 1
	}
	for i, r := range s {
		garbled := r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD")
		if said := runeFault(r, garbled, lines); said != "" {
			return place(row, column) + said
		}
		if r == '\n' {
			row, column = row+1, 0
			continue
		}
		column++
		seen = seen || isVisible(r)
	}
	if !seen {
		return "只有看不见的字符，等于没有写，请重新写"
	}
	return ""
}

// runeFault says why one character cannot stay; empty when it can.
func runeFault(r rune, garbled, lines bool) string {
	switch {
	case garbled:
		return "有认不出的乱码，请删去后重新写"
	case isDirection(r):
		return "有看不见的方向控制符，请删去"
	case lines && (r == '\n' || r == '\t' || isLineBreak(r)):
		return ""
	case !lines && (r == '\n' || r == '\r' || isLineBreak(r)):
		return "有换行，只能写一行，请删去换行"
	case r == '\t':
		return "有制表符，请改成空格"
	case unicode.IsControl(r):
		return fmt.Sprintf("有看不见的控制符（编码 %04X），请删去", r)
	}
	return ""
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
