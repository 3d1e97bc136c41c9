package form

import (
	"regexp"
	"strings"
)

// ReadOrdinal reads which of a row something is, as people write it: 16, 十六, 第十六届,
// 12号. False when it is no whole number above zero.
func ReadOrdinal(s string) (int, bool) {
	bare := strings.TrimRight(strings.TrimPrefix(tight(Plain(s)), "第"), "届次号件位会议")
	n, ok := numberOf(bare)
	return n, ok && n > 0 && (allDigits(bare) || !severalOf(bare))
}

// Han writes a whole number below ten thousand as titles and laws have it: 十六, 三, 二十,
// 一百零五, 六百八十三.
func Han(n int) string {
	const figures = "零一二三四五六七八九"
	var b strings.Builder
	gap := false
	if n == 0 {
		return "零"
	}
	for _, unit := range []struct {
		of   int
		word string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		f := n / unit.of % 10
		switch {
		case f == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteString("零")
			gap = false
		}
		if !(f == 1 && unit.of == 10 && b.Len() == 0) {
			b.WriteString(string([]rune(figures)[f]))
		}
		b.WriteString(unit.word)
	}
	return b.String()
}

// numbered is the number that somebody gives a line of a list: 1. 一、 （二） 3）
var numbered = regexp.MustCompile(`^[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?[.．、:：] *|^[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）] *|^[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]\s*`)

// Unnumbered is a line of a list without the number that somebody gave it. How many there
// are of something, or how much, is none: 3 张照片, 3.5 万元.
func Unnumbered(line string) string {
	line = strings.TrimSpace(line)
	rest := line[len(numbered.FindString(line)):]
	if rest != "" && rest[0] >= '0' && rest[0] <= '9' && !strings.ContainsAny(line[:len(line)-len(rest)], "、)） ") {
		return line
	}
	return strings.TrimSpace(rest)
}
