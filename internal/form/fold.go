package form

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// What only looks different is made one here and nowhere else, in three steps: Narrow is
// the width of a character, Alike its ideograph, Same what of it is compared. Of whole
// words, fold is for what is read as a value (a code, a number, a login), Bare for what is
// looked for. The database's folded() is Same of each character; a test compares the two.

// Narrow is the plain form of a full-width or half-width character, as an input method
// makes them; every other character is itself.
func Narrow(r rune) rune {
	if r < 0x80 {
		return r
	}
	if plain := width.LookupRune(r).Folded(); plain != 0 {
		return plain
	}
	return r
}

// Same is how a character is compared: of one width, an ideograph for its look-alikes, a
// small letter for a capital. Each by itself, so that a part of a text folds as the whole
// does.
func Same(r rune) rune { return unicode.ToLower(Alike(Narrow(r))) }

// Bare is a text as names and numbers are compared: its letters and digits, each as Same
// has it, and what stands in also.
func Bare(s, also string) string {
	return strings.Map(func(r rune) rune {
		if r = Same(r); unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(also, r) {
			return r
		}
		return -1
	}, s)
}

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
	r = Narrow(r)
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
