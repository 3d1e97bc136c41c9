package static

import (
	"bufio"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The browsers that are promised, in the order of compat.tsv: Chrome (and what stands
// on it: Edge, 360, QQ, 奇安信), Firefox, Safari. Scripts want Safari 13.1; in 13.0 the
// pages are those without scripts. The README and the portal's page on accessibility
// say the same.
var (
	promisedStyle  = []float64{80, 78, 13}
	promisedScript = []float64{80, 78, 13.1}
)

// enhancements are what newer browsers have and older do without, and why they can.
var enhancements = map[string]string{
	"property color-scheme":              "only a browser that turns pages dark has to know it",
	"property text-wrap":                 "where a heading breaks",
	"property text-spacing-trim":         "a half blank at the beginning of a line",
	"property text-autospace":            "a half blank between Chinese and Latin",
	"property font-synthesis":            "Chinese has no slanted letters, and none are asked for",
	"property text-size-adjust":          "its prefixed name stands before it where one is needed",
	"property text-decoration-thickness": "the line is there, one pixel thicker",
	"property text-underline-offset":     "the line is there, two pixels higher",
	"property scroll-margin-top":         "the same",
	"value gap.flex_context":             "margins stand in its place: writeMargins",
	"value break-after.avoid":            "a heading may stand at the foot of a printed page",
	"at-rule page":                       "paper and margins are those of the browser's own settings",
	"selector details-content":           "a folded table is on paper where it was opened before",
	"property content-visibility":        "the same",
	"selector has":                       "what it finds is marked a second time: by the mark itself, or the outline",
	"selector focus-visible":             "a mouse shows the outline, too",
	"at-rule media.forced-colors":        "who does not know it forces none",
	"value overflow-wrap.anywhere":       "break-word stands before it",
	"property user-select":               "its prefixed name stands before it",
	"selector -webkit-details-marker":    "takes the arrow away where that is its name",
}

// spared are names of scripts that older browsers do without, and why they can.
var spared = map[string]string{
	"submitter": "undefined there: the form is sent as without a script",
}

// compat is what compat.tsv says, by kind and name.
func compat(t *testing.T) map[string][]float64 {
	t.Helper()
	file, err := os.Open("testdata/compat.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all := map[string][]float64{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 5 {
			continue // a remark
		}
		versions := make([]float64, 3)
		for i, cell := range cells[2:] {
			if versions[i], err = strconv.ParseFloat(cell, 64); err != nil {
				versions[i] = 1e6 // never
			}
		}
		all[cells[0]+" "+cells[1]] = versions
	}
	return all
}

func newerThan(versions, promised []float64) bool {
	for i, v := range versions {
		if v > promised[i] {
			return true
		}
	}
	return false
}

// checker finds in a sheet what a promised browser does not have.
type checker struct {
	known map[string][]float64
	used  map[string]bool // enhancements
	bad   map[string]bool
}

// ask whether something may be used; known says that it must be in the table.
func (c *checker) ask(feature string, known bool) bool {
	versions, ok := c.known[feature]
	if !ok && !known || ok && !newerThan(versions, promisedStyle) {
		return true
	}
	if _, ok := enhancements[feature]; ok {
		c.used[feature] = true
		return true
	}
	return false
}

var (
	pseudos   = regexp.MustCompile(`::?([a-z-]+)`)
	words     = regexp.MustCompile(`[a-z-]+\(?`)
	quoted    = regexp.MustCompile(`"[^"]*"|var\([^()]*\)`)
	condition = regexp.MustCompile(`\(([a-z-]+)`)
)

func (c *checker) sheet(rules []rule) {
	for _, r := range rules {
		if r.at == withoutFlexGap {
			c.sheet(r.rules)
			continue
		}
		if r.at != "" {
			name := strings.TrimPrefix(words.FindString(r.at[1:]), "@")
			if !c.ask("at-rule "+name, true) {
				c.bad["@"+name] = true
			}
			for _, m := range condition.FindAllStringSubmatch(r.at, -1) {
				if name == "media" && !c.ask("at-rule media."+strings.TrimPrefix(strings.TrimPrefix(m[1], "max-"), "min-"), true) {
					c.bad[r.at] = true
				}
			}
			c.sheet(r.rules)
			if name == "page" {
				continue // what stands in it is no property
			}
		}
		for _, s := range r.selectors {
			for _, m := range pseudos.FindAllStringSubmatch(quoted.ReplaceAllString(s, ""), -1) {
				if !c.ask("selector "+m[1], true) || newer.MatchString(s) && len(r.selectors) > 1 {
					c.bad[s] = true
				}
			}
		}
		c.declarations(r)
	}
}

func (c *checker) declarations(r rule) {
	good := map[string]bool{} // properties that the rule has said already in words that everybody reads
	for _, d := range r.declarations {
		if strings.HasPrefix(d.name, "--") {
			continue
		}
		fine := c.declaration(r, d)
		if !fine && !good[d.name] {
			c.bad[d.name+": "+d.value] = true
		}
		plain := strings.TrimPrefix(strings.TrimPrefix(d.name, "-webkit-"), "-moz-")
		if fine || plain != d.name {
			good[plain] = true
		}
	}
}

func (c *checker) declaration(r rule, d declaration) bool {
	if strings.HasPrefix(d.name, "-") {
		return true // each is for those who know it
	}
	if _, ok := enhancements["property "+d.name]; ok {
		return c.ask("property "+d.name, true)
	}
	if !c.ask("property "+d.name, true) {
		return false
	}
	value := quoted.ReplaceAllString(d.value, "")
	display := r.value("display")
	switch {
	// What the table says in words of its own.
	case (d.name == "gap" || d.name == "column-gap" || d.name == "row-gap") && strings.Contains(display, "flex"):
		c.used["value gap.flex_context"] = true
	case d.name == "text-decoration" && len(strings.Fields(d.value)) > 1:
		return false // Safari has the line alone
	case (d.name == "align-items" || d.name == "justify-content") && (value == "start" || value == "end") && strings.Contains(display, "flex"):
		return false // Chrome 93, Safari 15.4
	case strings.HasPrefix(d.name, "align-") || strings.HasPrefix(d.name, "justify-"):
		return true // what else of them is new, is so between flexible boxes
	}
	for _, word := range words.FindAllString(value, -1) {
		name, function := strings.CutSuffix(word, "(")
		if function && !c.function(name) || !function && !c.ask("value "+d.name+"."+strings.TrimPrefix(name, "-"), false) {
			return false
		}
	}
	return true
}

// function asks for one by the last part of its name in the table.
func (c *checker) function(name string) bool {
	for feature, versions := range c.known {
		if strings.HasPrefix(feature, "type ") && (strings.HasSuffix(feature, "."+name) || feature == "type "+name) && newerThan(versions, promisedStyle) {
			return false
		}
	}
	return true
}

func (c *checker) read(t *testing.T, text []byte) []string {
	t.Helper()
	rules, err := parseSheet(text)
	if err != nil {
		t.Fatal(err)
	}
	c.bad = map[string]bool{}
	c.sheet(rules)
	return slices.Sorted(maps.Keys(c.bad))
}

func TestTheSheetsAreReadByEveryPromisedBrowser(t *testing.T) {
	t.Parallel()
	c := &checker{known: compat(t), used: map[string]bool{}}
	for name, f := range served.byHash {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		for _, what := range c.read(t, f.Body) {
			t.Errorf("%s: a promised browser does not read %s: say it in older words before it, or in enhancements why it can do without", name, what)
		}
	}
	for feature := range enhancements {
		if !c.used[feature] {
			t.Errorf("%s is in enhancements and nowhere needed", feature)
		}
	}
}

// TestWhatIsTooNewIsFound: the checker itself.
func TestWhatIsTooNewIsFound(t *testing.T) {
	t.Parallel()
	c := &checker{known: compat(t), used: map[string]bool{}}
	for _, text := range []string{
		`p { inset: 0 }`, `p { padding-inline: 1px }`, `p { margin-block: 1px }`, `p { aspect-ratio: 1 }`, `p { accent-color: red }`, `p { appearance: none }`,
		`p { color: color-mix(in srgb, red, blue) }`, `p { color: oklch(1 0 0) }`, `p { width: clamp(1px, 2px, 3px) }`, `p { text-decoration: underline 1px }`,
		`p { display: flex; align-items: end }`, `p { overflow: clip }`, `p { width: fit-content }`, `p { nonsense: 1 }`, `p { container-type: size }`,
		`p:is(a) { color: red }`, `p:where(a) { color: red }`, `a, p:has(a) { color: red }`, `p::marker { color: red }`, `p:nonsense { color: red }`,
		`@layer a { p { color: red } }`, `@container (min-width: 1px) { p { color: red } }`, `@media (prefers-contrast: more) { p { color: red } }`,
		`@media (nonsense: 1) { p { color: red } }`, `@property --a { p { color: red } }`,
	} {
		if got := c.read(t, []byte(text)); len(got) == 0 {
			t.Errorf("%s passed", text)
		}
	}
	for _, text := range []string{
		`p { color: red; margin: calc(1px + 2px) auto; display: grid; gap: 1px }`, `p { width: max(1px, 2px) }`, `p { -webkit-appearance: none; appearance: none }`,
		`p { overflow: hidden; overflow: clip }`, `p { width: -moz-fit-content; width: fit-content }`, `p:not(#_):hover::before { content: "oklch(" }`,
		`@media (max-width: 40rem) { p { color: red } }`, `@media print { p { color: red } }`, `p { --tone: color-mix(in srgb, red, blue) }`,
	} {
		if got := c.read(t, []byte(text)); len(got) > 0 {
			t.Errorf("%s did not pass: %q", text, got)
		}
	}
}

var (
	member   = regexp.MustCompile(`\.([A-Za-z]\w*)\b|\bnew ([A-Z]\w*)\b|\b([A-Za-z]\w*)\(`)
	declared = regexp.MustCompile(`\b(?:function|const|let|class) (\w+)`)
	literal  = regexp.MustCompile("\"[^\"\n]*\"|'[^'\n]*'")
	remark   = regexp.MustCompile(`(?m)^\s*//.*$|\s// .*$`)
	tooNew   = regexp.MustCompile(`\?\?=|\|\|=|&&=|\bstatic \{|[\s.]#[a-z]\w*\b|\bimport\.meta\b|(?m:^await )`)
	chosen   = regexp.MustCompile(`:(is|where|has|focus-visible|modal|popover-open|user-invalid|not\([^()]*,)`)
)

// scriptFaults are the words of a script that a promised browser does not have. Which
// object a name is of cannot be seen: it passes when any has had it.
func scriptFaults(known map[string][]float64, text string) []string {
	bad := map[string]bool{}
	text = remark.ReplaceAllString(text, "")
	for _, m := range chosen.FindAllString(text, -1) {
		bad[m] = true
	}
	text = literal.ReplaceAllString(text, "''")
	for _, m := range tooNew.FindAllString(text, -1) {
		bad[m] = true
	}
	own := map[string]bool{"": true}
	for _, m := range declared.FindAllStringSubmatch(text, -1) {
		own[m[1]] = true
	}
	for _, m := range member.FindAllStringSubmatch(text, -1) {
		for _, name := range m[1:] {
			if versions, ok := known["script "+name]; ok && !own[name] && newerThan(versions, promisedScript) {
				bad[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(bad))
}

func TestTheScriptsRunInEveryPromisedBrowser(t *testing.T) {
	t.Parallel()
	known := compat(t)
	for name, f := range served.byHash {
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		for _, what := range scriptFaults(known, string(f.Body)) {
			if spared[what] != "" {
				continue
			}
			t.Errorf("%s: a promised browser does not have %s", name, what)
		}
	}
	for _, text := range []string{
		`Object.hasOwn(a, b)`, `a.replaceChildren()`, `a.at(-1)`, `structuredClone(a)`, `a ??= b`, `a ||= b`, `a &&= b`, `"a".replaceAll(b, c)`, `a.findLast(b)`,
		`a.querySelector(":is(b, c)")`, `a.matches(":has(b)")`, `class A { #b = 1; }`, `form.requestSubmit()`, `new WeakRef(a)`, `crypto.randomUUID()`,
		`a.querySelector("b:not(c, d)")`, `Promise.any(a)`, `a.showPopover()`,
	} {
		if len(scriptFaults(known, text)) == 0 {
			t.Errorf("%s passed", text)
		}
	}
	for _, text := range []string{
		`a?.b ?? c`, `document.querySelector("[data-a]:not(.b)").closest("p")`, `new FormData(form)`, `for (const a of b.entries()) { say("at hasOwn"); }`, `20_000`, `try {} catch {}`,
		`// a.at(1)`,
	} {
		if got := scriptFaults(known, text); len(got) > 0 {
			t.Errorf("%s did not pass: %q", text, got)
		}
	}
}

// TestAFieldMadeByAScriptKeepsItsWords: what view.Unsent gives to the fields of pages,
// a script that makes one gives to it.
func TestAFieldMadeByAScriptKeepsItsWords(t *testing.T) {
	t.Parallel()
	for name, f := range served.byHash {
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		text := string(f.Body)
		for at := 0; ; {
			next := strings.Index(text[at:], `.type = "search"`)
			if next < 0 {
				break
			}
			at += next + 1
			after := text[at:min(len(text), at+800)]
			for _, attribute := range []string{
				"autocomplete", "autocorrect", "autocapitalize", "spellcheck", "writingsuggestions", "translate",
				"data-gramm", "data-gramm_editor", "data-enable-grammarly", "data-lt-active", "data-ms-editor",
			} {
				if !strings.Contains(after, attribute) {
					t.Errorf("%s: a field without %s", name, attribute)
				}
			}
		}
	}
}
