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
