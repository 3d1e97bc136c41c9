// Package form turns what a person typed into values, or into sentences in
// Chinese that say what to change. Every reading function gives the value and
// an empty sentence, or a sentence to show beside the field; none of them
// panics, whatever was typed. Check does the same for a whole struct.
package form

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// quoteLimit is how much of what was typed a sentence repeats.
const quoteLimit = 20

// fold brings what an input method, a copied page or a PDF makes of plain signs back to
// ASCII and to plain ideographs: full-width forms, odd spaces and dashes, radicals. What
// nobody sees is dropped. It is for codes and numbers only; texts are kept as typed.
func fold(s string) string {
	return strings.Map(foldRune, s)
}

// otherDashes stand for a dash and are none to Unicode: minus signs, what a keyboard has
// beside it (ー), what a table is drawn with.
const otherDashes = "\u02D7\u2043\u2212\u2500\u2501\u2796\u30FC"

func foldRune(r rune) rune {
	switch {
	case r > ' ' && r < 0x7F:
		return r
	case unicode.IsSpace(r), r == '\u2800':
		return ' '
	case unicode.IsControl(r), ignorable(r):
		return -1
	}
	if wide := width.LookupRune(r).Folded(); wide != 0 {
		r = wide
	}
	if unicode.Is(unicode.Pd, r) || strings.ContainsRune(otherDashes, r) {
		return '-'
	}
	return Alike(r)
}

// ignorable is Unicode's Default_Ignorable_Code_Point: nothing of it is ever seen, and
// pasting brings it (soft hyphens, zero-width and direction marks, variation selectors).
// The property is derived as DerivedCoreProperties.txt derives it.
func ignorable(r rune) bool {
	switch {
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return true
	case r >= 0xFFF9 && r <= 0xFFFB, r >= 0x13430 && r <= 0x13440:
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark)
}

// Plain drops from a number that is kept as typed (of a contract, of a press card) what
// nobody sees in it, and the white space around.
func Plain(s string) string {
	return Line(strings.Map(func(r rune) rune {
		if ignorable(r) {
			return -1
		}
		return r
	}, s))
}

// Folded is a login as its owner means it: see fold.
func Folded(s string) string { return strings.TrimSpace(fold(s)) }

// tight folds s and drops the spaces and hyphens that people put into long
// codes to read them more easily.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if r = foldRune(r); r == '-' || r == ' ' {
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

// DigitsOnly reads a one-time code or the answer to a captcha: full-width digits become
// plain ones, spaces and hyphens go. Any other sign stays, so that the answer is just
// wrong.
func DigitsOnly(s string) string { return tight(s) }

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
