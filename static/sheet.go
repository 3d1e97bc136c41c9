package static

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// The style sheets are written in cascade layers, and sent without: a browser that
// does not know @layer (before Chrome 99, Firefox 97, Safari 15.4) leaves out all
// that stands in one, which is everything. What a layer does is said by specificity
// instead: a rule of the nth layer bears n times a condition that every element
// meets and that counts as much as an id. So it overrules every rule of the layers
// before it, as long as no selector of ours names an id.
//
// Two more things are done here that nobody should have to think of when writing a
// rule: a selector that an old browser cannot read takes the whole list with it, so
// it gets a rule of its own; and gaps between flexible boxes, which browsers before
// Chrome 84 and Safari 14.1 do not make, become margins there.

// level is what a rule bears for each layer that it stands above: no element of
// ours has this id.
const level = ":not(#_)"

// withoutFlexGap is true in browsers that make no gaps between flexible boxes, and
// in no other: nothing can be asked about gap, which they know in grids. Chrome had
// appearance with it (84), Safari had inset (14.1), and Firefox, which had gaps
// long before (63), had inset, too (66).
const withoutFlexGap = "@supports not ((inset: 0) or (appearance: none))"

// newer are the selectors that not every promised browser reads.
var newer = regexp.MustCompile(`:(has|is|where|focus-visible|not\([^()]*,)`)

// rule is a rule of a sheet: one with selectors and declarations, or one with an
// at-keyword and what stands in it.
type rule struct {
	at           string // "@media (max-width: 40rem)"; empty when there are selectors
	selectors    []string
	declarations []declaration
	rules        []rule
}

type declaration struct {
	name, value string
	important   bool
}

// value of the last declaration of that name.
func (r rule) value(name string) string {
	for _, d := range slices.Backward(r.declarations) {
		if d.name == name {
			return d.value
		}
	}
	return ""
}

// parseSheet reads a style sheet, by the syntax that every promised browser reads:
// no rule stands in one with selectors.
func parseSheet(text []byte) ([]rule, error) {
	r := reader{lexer: css.NewLexer(parse.NewInputBytes(text))}
	rules, err := r.rules(css.ErrorToken)
	if err != nil {
		return nil, fmt.Errorf("style sheet: %w", err)
	}
	return rules, nil
}

type reader struct{ lexer *css.Lexer }

// rules reads rules up to the token that ends them: that of the whole sheet, or the
// brace of a rule around them.
func (r reader) rules(end css.TokenType) ([]rule, error) {
	var all []rule
	for {
		prelude, stop, err := r.upTo(css.LeftBraceToken, css.SemicolonToken, css.RightBraceToken)
		if err != nil {
			return nil, err
		}
		if len(prelude) == 0 && stop == end {
			return all, nil
		}
		at := len(prelude) > 0 && prelude[0].TokenType == css.AtKeywordToken
		next := rule{}
		switch {
		case at && stop == css.SemicolonToken:
			next.at = written(prelude)
		case stop != css.LeftBraceToken || len(prelude) == 0:
			return nil, fmt.Errorf("after %q a rule is not whole", written(prelude))
		case at && string(prelude[0].Data) == "@page":
			next.at = written(prelude)
			next.declarations, err = r.declarations()
		case at:
			next.at = written(prelude)
			next.rules, err = r.rules(css.RightBraceToken)
		default:
			next.selectors = list(prelude)
			next.declarations, err = r.declarations()
		}
		if err != nil {
			return nil, err
		}
		all = append(all, next)
	}
}

func (r reader) declarations() ([]declaration, error) {
	var all []declaration
	for {
		tokens, stop, err := r.upTo(css.SemicolonToken, css.RightBraceToken, css.LeftBraceToken)
		if err != nil {
			return nil, err
		}
		if stop == css.LeftBraceToken || stop == css.ErrorToken {
			return nil, fmt.Errorf("in a rule %q is no declaration", written(tokens))
		}
		if len(tokens) > 0 {
			name, value, ok := strings.Cut(written(tokens), ":")
			value, important := strings.CutSuffix(value, "!important")
			if value = strings.TrimSpace(value); !ok || value == "" {
				return nil, fmt.Errorf("in a rule %q is no declaration", written(tokens))
			}
			all = append(all, declaration{strings.TrimSpace(name), value, important})
		}
		if stop == css.RightBraceToken {
			return all, nil
		}
	}
}

// upTo reads to one of some tokens, or to the end of the sheet, outside of all
// brackets. Blanks and remarks between tokens become one blank.
func (r reader) upTo(ends ...css.TokenType) (read []css.Token, end css.TokenType, err error) {
	depth := 0
	for {
		kind, data := r.lexer.Next()
		switch kind {
		case css.ErrorToken:
			if err := r.lexer.Err(); err != io.EOF {
				return nil, kind, err
			}
			if depth > 0 {
				return nil, kind, fmt.Errorf("after %q a bracket is not closed", written(read))
			}
			return read, kind, nil
		case css.BadStringToken, css.BadURLToken:
			return nil, kind, fmt.Errorf("%q is not whole", data)
		case css.WhitespaceToken, css.CommentToken:
			if len(read) > 0 && read[len(read)-1].TokenType != css.WhitespaceToken {
				read = append(read, css.Token{TokenType: css.WhitespaceToken, Data: []byte(" ")})
			}
			continue
		case css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			depth++
		case css.RightParenthesisToken, css.RightBracketToken:
			depth--
		default:
			if depth == 0 && slices.Contains(ends, kind) {
				return read, kind, nil
			}
		}
		read = append(read, css.Token{TokenType: kind, Data: slices.Clone(data)})
	}
}

// list splits at the commas outside of brackets.
func list(tokens []css.Token) []string {
	var all []string
	depth, from := 0, 0
	for i, t := range tokens {
		switch t.TokenType {
		case css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			depth++
		case css.RightParenthesisToken, css.RightBracketToken:
			depth--
		case css.CommaToken:
			if depth == 0 {
				all, from = append(all, written(tokens[from:i])), i+1
			}
		}
	}
	return append(all, written(tokens[from:]))
}

func written(tokens []css.Token) string {
	var out bytes.Buffer
	for _, t := range tokens {
		out.Write(t.Data)
	}
	return strings.TrimSpace(out.String())
}

// flatten gives the sheet that means without layers what the rules mean with them.
func flatten(rules []rule) ([]byte, error) {
	f := flattener{all: rules}
	for _, r := range rules {
		if names, ok := strings.CutPrefix(r.at, "@layer "); ok {
			for _, name := range strings.Split(names, ",") {
				if name = strings.TrimSpace(name); !slices.Contains(f.layers, name) {
					f.layers = append(f.layers, name)
				}
			}
		}
	}
	// What stands in no layer comes above them all.
	if err := f.write(rules, len(f.layers)); err != nil {
		return nil, err
	}
	return f.out.Bytes(), nil
}

type flattener struct {
	all    []rule
	layers []string // lowest first
	out    bytes.Buffer
}

func (f *flattener) write(rules []rule, layer int) error {
	for _, r := range rules {
		name, layered := strings.CutPrefix(r.at, "@layer ")
		switch {
		case layered && layer < len(f.layers):
			return fmt.Errorf("style sheet: layer %s stands in another", name)
		case layered:
			if err := f.write(r.rules, slices.Index(f.layers, name)); err != nil {
				return err
			}
		case r.at != "" && len(r.rules) > 0:
			f.out.WriteString(r.at + "{\n")
			if err := f.write(r.rules, layer); err != nil {
				return err
			}
			f.out.WriteString("}\n")
		case r.at != "":
			f.out.WriteString(r.at + body(r.declarations))
		default:
			// Among important declarations the lowest layer wins.
			f.writeRule(r.selectors, only(r.declarations, false), layer)
			f.writeRule(r.selectors, only(r.declarations, true), len(f.layers)-layer)
			f.writeMargins(r, layer)
		}
	}
	return nil
}

func only(all []declaration, important bool) []declaration {
	return slices.DeleteFunc(slices.Clone(all), func(d declaration) bool { return d.important != important })
}

func (f *flattener) writeRule(selectors []string, declarations []declaration, levels int) {
	if len(declarations) == 0 {
		return
	}
	var plain []string
	for _, s := range selectors {
		if !newer.MatchString(s) {
			plain = append(plain, raised(s, levels))
		}
	}
	if len(plain) > 0 {
		f.out.WriteString(strings.Join(plain, ",") + body(declarations))
	}
	for _, s := range selectors {
		if newer.MatchString(s) {
			f.out.WriteString(raised(s, levels) + body(declarations))
		}
	}
}

func body(declarations []declaration) string {
	var out strings.Builder
	for i, d := range declarations {
		if i > 0 {
			out.WriteByte(';')
		}
		out.WriteString(d.name + ":" + d.value)
		if d.important {
			out.WriteString("!important")
		}
	}
	return "{" + out.String() + "}\n"
}

// element is the name of an element, or *, with which a selector may begin;
// conditions stand behind it.
var element = regexp.MustCompile(`^(\*|[a-zA-Z][a-zA-Z0-9-]*)?`)

func raised(selector string, levels int) string {
	at := len(element.FindString(selector))
	return selector[:at] + strings.Repeat(level, levels) + selector[at:]
}

// writeMargins writes, for browsers without gaps between flexible boxes, margins
// of the boxes in their place.
func (f *flattener) writeMargins(r rule, layer int) {
	row, column := gaps(r)
	if row == "" && column == "" {
		return
	}
	for _, s := range r.selectors {
		display := f.meant(r, s, "display")
		if display != "flex" && display != "inline-flex" {
			continue
		}
		direction, wrap := f.meant(r, s, "flex-direction"), f.meant(r, s, "flex-wrap")
		// A picture stands before its words, which are no box that a rule could name.
		margins := []rule{{selectors: []string{s + ">:not(:last-child)", s + ">svg"}, declarations: []declaration{{name: "margin-right", value: column}}}}
		switch {
		case strings.HasPrefix(direction, "column"):
			margins[0].declarations = []declaration{{name: "margin-right", value: "0"}, {name: "margin-bottom", value: row}}
		case wrap == "wrap":
			// Every box of a line, or they would not stand on one.
			margins = append(margins, rule{selectors: []string{s + ">:not(:only-child)"}, declarations: []declaration{{name: "margin-bottom", value: row}}})
		}
		f.out.WriteString(withoutFlexGap + "{\n")
		for _, m := range margins {
			f.writeRule(m.selectors, m.declarations, layer)
		}
		f.out.WriteString("}\n")
	}
}

// gaps that a rule makes between rows and between columns.
func gaps(r rule) (row, column string) {
	if both := strings.Fields(r.value("gap")); len(both) > 0 {
		row, column = both[0], both[len(both)-1]
	}
	if one := r.value("row-gap"); one != "" {
		row = one
	}
	if one := r.value("column-gap"); one != "" {
		column = one
	}
	return row, column
}

// meant is what a property is where the selector applies: as the rule says, or as
// another does for the same boxes, which may be named by their last part alone.
func (f *flattener) meant(r rule, selector, property string) string {
	if v := r.value(property); v != "" {
		return v
	}
	last := selector[strings.LastIndexAny(selector, " >+~")+1:]
	for _, same := range []string{selector, last} {
		if v := find(f.all, same, property); v != "" {
			return v
		}
	}
	return ""
}

// find looks a property up in the rules for a selector, those of small screens and
// paper left out.
func find(rules []rule, selector, property string) string {
	for _, r := range rules {
		if strings.HasPrefix(r.at, "@layer ") {
			if v := find(r.rules, selector, property); v != "" {
				return v
			}
		}
		if slices.Contains(r.selectors, selector) {
			if v := r.value(property); v != "" {
				return v
			}
		}
	}
	return ""
}
