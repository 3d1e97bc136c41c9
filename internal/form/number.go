package form

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// A matter's number is the two letters of its register, the year, eight random digits
// and a check digit. A complaint's letters are JX.
// Random, because a serial would tell how many complaints there are.
//
// The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen,
// 2004): it finds every single wrong digit and every swap of two neighbours.
// ISO 7064 MOD 11-2 would need an X, MOD 11,10 and Luhn miss some swaps, and
// Verhoeff's does the same with three tables.
const (
	numberPrefix  = "JX"
	numberLetters = 2
	numberDigits  = 4 + 8 + 1
)

// damm is a totally anti-symmetric quasigroup with zeros on its diagonal: a
// number is right when its digits, the check digit last, lead back to zero.
var damm = [10][10]byte{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

// NewNumber makes the number of a new complaint.
func NewNumber(year int, random io.Reader) string { return NewNumberOf(numberPrefix, year, random) }

// NewNumberOf makes the number of a new matter of the register with these letters. Two may come out alike; the
// table's unique key refuses the second and the caller asks again. Should
// random run dry, the system's own source, which cannot, takes its place.
func NewNumberOf(letters string, year int, random io.Reader) string {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		rand.Read(b[:])
	}
	// 64 bits over 10^8 values: the bias of the remainder is below 10^-11.
	serial := binary.BigEndian.Uint64(b[:]) % 100_000_000
	digits := fmt.Sprintf("%04d%08d", uint(year)%10_000, serial)
	return letters + digits + string(rune('0'+dammSum(digits)))
}

// ParseNumber reads a number as people copy it (lower case, full width, with
// spaces or hyphens) and gives its one stored form; false when it cannot be a
// number of ours. Behind the register's letters stand digits alone, so a letter that
// looks like one was read for it.
func ParseNumber(s string) (string, bool) {
	letters, digits := cutLetters(strings.ToUpper(tight(s)))
	digits = lookAlike.Replace(digits)
	if len(letters) != numberLetters || len(digits) != numberDigits || !allDigits(digits) || dammSum(digits) != 0 {
		return "", false
	}
	return letters + digits, true
}

// lookAlike are the capital letters that look like digits on paper.
var lookAlike = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// PartOfNumber reads what may be a part of a number, at least four of its digits: with or
// without the letters, as people copy it. It gives it without blanks and hyphens.
func PartOfNumber(s string) (string, bool) {
	s = strings.ToUpper(tight(s))
	letters, digits := cutLetters(s)
	if len(letters) > numberLetters || len(digits) < 4 || len(digits) > numberDigits || !allDigits(digits) {
		return "", false
	}
	return s, true
}

// cutLetters cuts capital letters off the beginning.
func cutLetters(s string) (letters, rest string) {
	rest = strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return s[:len(s)-len(rest)], rest
}

// dammSum runs ASCII digits through the table.
func dammSum(digits string) byte {
	var at byte
	for i := range len(digits) {
		at = damm[at][digits[i]-'0']
	}
	return at
}

// allDigits reports whether s is made of ASCII digits only.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// CodeAlphabet are the signs of a query code, as base32 takes them: no 0 and
// O, no 1 and I, which look alike on paper.
const CodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// CodeLength is the length of a query code: 80 bits at five a sign.
const CodeLength = 16

// ParseCode reads a query code as people copy it (lower case, full width, with
// spaces or hyphens) and gives its one form; false when it cannot be a code.
func ParseCode(s string) (string, bool) {
	s = strings.ToUpper(tight(s))
	if len(s) != CodeLength || strings.Trim(s, CodeAlphabet) != "" {
		return "", false
	}
	return s, true
}

// pairLimit has room for the page of a receipt, copied whole.
const pairLimit = 5000

// ReadPair reads number and code out of a text that has both, as our receipt is copied
// or printed; each is empty where the text has none.
func ReadPair(s string) (number, code string) {
	if Length(s) > pairLimit {
		return "", ""
	}
	s = strings.ToUpper(fold(s))
	if at := numberIn.FindStringIndex(s); at != nil {
		if number, _ = ParseNumber(s[at[0]:at[1]]); number != "" {
			s = s[:at[0]] + "，" + s[at[1]:] // its digits are no part of a code
		}
	}
	for _, m := range codeIn.FindAllStringSubmatch(s, -1) {
		if code, _ = ParseCode(m[1]); code != "" {
			break
		}
	}
	return number, code
}

var (
	numberIn = regexp.MustCompile(numberPrefix + `(?:[ -]*[0-9]){13}`)
	// A code stands by itself, in one piece or in groups of four, as it is printed.
	codeIn = regexp.MustCompile(`(?:^-?|[^A-Z0-9-]-?)([A-HJ-NP-Z2-9]{4}(?:[ -]*[A-HJ-NP-Z2-9]{4}){3})(?:-?[^A-Z0-9-]|-?$)`)
)

// codelessLimit has room for a number in any way of writing one.
const codelessLimit = 40

var (
	// What may be a number of ours that was copied wrong, alone or in a text.
	numberLike  = regexp.MustCompile(`(?i)\b` + numberPrefix + `[ -]*(?:[0-9][ -]*){4,13}`)
	numberAlone = regexp.MustCompile(`(?i)^(?:[a-z][ -]*){0,2}(?:[0-9][ -]*)+$`)
	// What may be a code or the most of one, with whatever stands between its signs: one
	// that was copied wrong is nearly the right one.
	codeLike = regexp.MustCompile(`(?i)[a-z0-9](?:[^\p{L}\p{N}]*[a-z0-9]){7,}`)
)

// Codeless is what was typed in place of a number, as it may be shown again: nothing of it
// may be a query code, for the box is read by whoever stands beside.
func Codeless(s string) string {
	if Length(s) > pairLimit {
		return ""
	}
	line := strings.TrimSpace(fold(s))
	switch {
	case numberAlone.MatchString(line):
	case numberLike.MatchString(line):
		line = strings.TrimRight(numberLike.FindString(line), " -")
	default:
		line = strings.TrimSpace(codeLike.ReplaceAllString(line, ""))
	}
	runes := []rune(line)
	return string(runes[:min(len(runes), codelessLimit)])
}

// GroupCode prints a code in groups of four: ABCD-EFGH-JKLM-NPQR.
func GroupCode(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}
