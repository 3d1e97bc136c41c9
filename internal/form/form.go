// Package form turns what a person typed into values, or into sentences in
// Chinese that say what to change. Every reading function gives the value and
// an empty sentence, or a sentence to show beside the field; none of them
// panics, whatever was typed. Check does the same for a whole struct.
package form

import (
	"strconv"
	"strings"
	"unicode"
)

// quoteLimit is how much of what was typed a sentence repeats.
const quoteLimit = 20

// fold brings what an input method or a copied page makes of plain signs back
// to ASCII: full-width forms, odd spaces, dashes. Zero-width marks vanish. It
// is for codes and numbers only; texts are kept as typed.
func fold(s string) string {
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '￥':
		return '¥'
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xFE63:
		return '-'
	case r >= 0x200B && r <= 0x200D, r == 0x2060, r == 0xFEFF:
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// tight folds s and drops the spaces and hyphens that people put into long
// codes to read them more easily.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		r = foldRune(r)
		if r == '-' || r >= 0 && unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Normal reads what has one right form (a telephone number, a code) and keeps
// what cannot be read as it was typed, for Check to say what is wrong with it.
func Normal(typed string, read func(string) (string, string)) string {
	if value, sentence := read(typed); sentence == "" {
		return value
	}
	return Line(typed)
}

// DigitsOnly reads the answer to a captcha: full-width digits become plain
// ones and spaces go. Any other sign stays, so that the answer is just wrong.
func DigitsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r = foldRune(r); r >= 0 && unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// quoted repeats what was typed inside a sentence: at most 20 characters, and
// nothing that could break or turn the line around it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteString("“")
	n := 0
	for _, r := range strings.TrimSpace(s) {
		if n++; n > quoteLimit {
			b.WriteString("……")
			break
		}
		if unicode.IsControl(r) || isDirection(r) || isLineBreak(r) || r == unicode.ReplacementChar {
			r = '□'
		}
		b.WriteRune(r)
	}
	b.WriteString("”")
	return b.String()
}

// grouped writes a number with commas: 5,320.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	head := len(digits) % 3
	parts := make([]string, 0, len(digits)/3+1)
	if head > 0 {
		parts = append(parts, digits[:head])
	}
	for i := head; i < len(digits); i += 3 {
		parts = append(parts, digits[i:i+3])
	}
	return sign + strings.Join(parts, ",")
}
