package static

import (
	"strings"
	"testing"
)

func flat(t *testing.T, text string) string {
	t.Helper()
	rules, err := parseSheet([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	out, err := flatten(rules)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return strings.ReplaceAll(string(out), "\n", "")
}

// TestLayersBecomeSpecificity holds what is sent against what the layers mean.
func TestLayersBecomeSpecificity(t *testing.T) {
	t.Parallel()
	const n = ":not(#_)"
	for _, c := range []struct{ layered, want string }{
		// The lowest layer bears nothing, each above it one condition more, in the
		// order in which the layers are first named.
		{`@layer a, b; @layer b { p { x: 1 } } @layer a { .q p { x: 2 } }`, `p` + n + `{x:1}.q p{x:2}`},
		{`@layer a { p { x: 1 } } @layer b { p { x: 2 } }`, `p{x:1}p` + n + `{x:2}`},
		// No layer is above every layer.
		{`p { x: 1 } @layer a { p { x: 2 } } @layer b {}`, `p` + n + n + `{x:1}p{x:2}`},
		// The condition stands behind the element and before all else.
		{`@layer a, b; @layer b { *, *::before, ::after, .c > d:hover, [e="f,g"], :root, h-1 i { x: 1 } }`,
			`*` + n + `,*` + n + `::before,` + n + `::after,` + n + `.c > d:hover,` + n + `[e="f,g"],` + n + `:root,h-1` + n + ` i{x:1}`},
		// Important declarations, the other way round.
		{`@layer a, b; @layer a { p { x: 1 !important; y: 2 } } @layer b { p { x: 3!important } }`,
			`p{y:2}p` + n + n + `{x:1!important}p` + n + `{x:3!important}`},
		// Conditions stay around their rules; paper has no selector.
		{`@layer a, b; @layer b { @media (max-width: 40rem) { p { x: 1 } } @page { size: A4; margin: 1mm 2mm } }`,
			`@media (max-width: 40rem){p` + n + `{x:1}}@page{size:A4;margin:1mm 2mm}`},
		// Remarks go, strings and what is in brackets stay.
		{`/* p { } */ p { content: "/* } */"; x: calc(1px + /* of */ 2px) }`, `p{content:"/* } */";x:calc(1px + 2px)}`},
		{`p { --tone: var(--a, 1px); x: url("a;b") }`, `p{--tone:var(--a, 1px);x:url("a;b")}`},
		// A selector that an old browser cannot read stands alone.
		{`tr:has(a), tr[b], c:focus-visible, d:not(e, f), g:not(.h) { x: 1 }`, `tr[b],g:not(.h){x:1}tr:has(a){x:1}c:focus-visible{x:1}d:not(e, f){x:1}`},
		{`a:is(b, c), d { x: 1 }`, `d{x:1}a:is(b, c){x:1}`},
		{`p { }`, ``},
	} {
		if got := flat(t, c.layered); got != c.want {
			t.Errorf("%s\n became %s\n   want %s", c.layered, got, c.want)
		}
	}
}

// TestGapsBecomeMargins: only where boxes are flexible, and only for browsers that
// make no gap there.
func TestGapsBecomeMargins(t *testing.T) {
	t.Parallel()
	in := func(margins string) string { return withoutFlexGap + "{" + margins + "}" }
	for _, c := range []struct{ sheet, want string }{
		{`p { display: grid; gap: 1em }`, ``},
		{`p { display: flex; gap: 1em 2em }`, in(`p>:not(:last-child),p>svg{margin-right:2em}`)},
		{`p { display: inline-flex; gap: 1em }`, in(`p>:not(:last-child),p>svg{margin-right:1em}`)},
		{`p { display: flex; column-gap: 3em }`, in(`p>:not(:last-child),p>svg{margin-right:3em}`)},
		{`p { display: flex; flex-wrap: wrap; gap: 0 2em }`, in(`p>:not(:last-child),p>svg{margin-right:2em}p>:not(:only-child){margin-bottom:0}`)},
		{`p { display: flex; flex-direction: column; gap: 1em }`, in(`p>:not(:last-child),p>svg{margin-right:0;margin-bottom:1em}`)},
		// What a rule leaves out another says for the same boxes, whatever is around them.
		{`@layer a { .p { display: flex; flex-wrap: wrap } } @layer b { .q .p { gap: 1em } }`,
			in(`:not(#_).q .p>:not(:last-child),:not(#_).q .p>svg{margin-right:1em}:not(#_).q .p>:not(:only-child){margin-bottom:1em}`)},
		{`.p { display: grid } .q .p { gap: 1em }`, ``},
		{`.p { display: flex } @media print { .p { gap: 2em } }`, in(`.p>:not(:last-child),.p>svg{margin-right:2em}`)},
	} {
		got := flat(t, c.sheet)
		if c.want == "" && strings.Contains(got, withoutFlexGap) || !strings.Contains(got, c.want) {
			t.Errorf("%s\n became %s\n   want %s", c.sheet, got, c.want)
		}
	}
}

func TestASheetThatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`p { x: 1`, `p { x: 1 } }`, `p { x }`, `p { x: }`, `p { x: (1 }`, `p { .q { x: 1 } }`, `{ x: 1 }`, `p`, `p;`, `@media print { p { x: 1 }`,
		"p { x: \"1\n\" }", `@layer a { @layer b { p { x: 1 } } }`, `p { &:hover { x: 1 } }`,
	} {
		rules, err := parseSheet([]byte(text))
		if err == nil {
			_, err = flatten(rules)
		}
		if err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// TestNoLayerAndNoIDIsLeft: a layer would be left out whole by an old browser, and a
// selector with an id would rank above the layers.
func TestNoLayerAndNoIDIsLeft(t *testing.T) {
	t.Parallel()
	for name, f := range served.byHash {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		if strings.Contains(string(f.Body), "@layer") {
			t.Errorf("%s has a layer", name)
		}
		rules, err := parseSheet(f.Body)
		if err != nil {
			t.Fatal(err)
		}
		every(rules, func(r rule) {
			for _, s := range r.selectors {
				if strings.Contains(strings.ReplaceAll(s, level, ""), "#") {
					t.Errorf("%s: the selector %s names an id", name, s)
				}
			}
		})
	}
}

// every calls a function with each rule, those within others too.
func every(rules []rule, do func(rule)) {
	for _, r := range rules {
		do(r)
		every(r.rules, do)
	}
}
