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

// Han writes a whole number below a hundred as titles have it: 十六, 三, 二十.
func Han(n int) string {
	const digits = "零一二三四五六七八九"
	digit := func(d int) string { return string([]rune(digits)[d]) }
	tens, ones := n/10, n%10
	said := ""
	if tens > 1 {
		said = digit(tens)
	}
	if tens > 0 {
		said += "十"
	}
	if ones > 0 || tens == 0 {
		said += digit(ones)
	}
	return said
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
