package form

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// begins are the signs with which a match of an expression may begin; whether it may be
// empty says that what follows may begin it, too.
func begins(t *testing.T, re *syntax.Regexp) (signs []rune, empty bool) {
	t.Helper()
	switch re.Op {
	case syntax.OpLiteral:
		r := re.Rune[0]
		signs = []rune{r}
		if re.Flags&syntax.FoldCase != 0 {
			signs = append(signs, unicode.ToLower(r), unicode.ToUpper(r))
		}
		return signs, false
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1] && len(signs) < 200; r++ {
				signs = append(signs, r)
			}
		}
		return signs, false
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpBeginLine, syntax.OpEndText, syntax.OpEndLine:
		return nil, true
	case syntax.OpCapture, syntax.OpPlus:
		return begins(t, re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		signs, _ = begins(t, re.Sub[0])
		return signs, true
	case syntax.OpRepeat:
		signs, empty = begins(t, re.Sub[0])
		return signs, empty || re.Min == 0
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			more, none := begins(t, sub)
			signs, empty = append(signs, more...), empty || none
		}
		return signs, empty
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			more, none := begins(t, sub)
			if signs = append(signs, more...); !none {
				return signs, false
			}
		}
		return signs, true
	}
	t.Fatalf("%s is not looked through", re)
	return nil, false
}

// A pattern is tried only where one of its signs stands: a word that is added later and
// begins with another would never be found.
func TestEveryWordOfAPatternBeginsWithASignOfItsList(t *testing.T) {
	t.Parallel()
	for list, patterns := range map[string][]*regexp.Regexp{labelBegins: {labelIn, spokenIn}, firmBegins: {firmIn}, chatBegins: {chatIn}, plateBegins: {plateIn}} {
		for _, in := range patterns {
			parsed, err := syntax.Parse(in.String(), syntax.Perl)
			if err != nil {
				t.Fatal(err)
			}
			signs, empty := begins(t, parsed)
			if empty || len(signs) == 0 {
				t.Errorf("%.40s… may match nothing", in)
			}
			for _, r := range slices.Compact(signs) {
				if !strings.ContainsRune(list, r) {
					t.Errorf("%.40s… may begin with %q, which is not among %s", in, r, list)
				}
			}
		}
	}
}
