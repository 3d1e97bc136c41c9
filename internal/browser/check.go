package browser

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axeLock pins axe-core with its checksum; internal/setup/install.sh installs
// by it and leaves a copy beside what it installed.
//
//go:embed axe/package-lock.json
var axeLock []byte

// axeScript returns axe-core from the user's cache, where install.sh put it.
func axeScript() (string, error) {
	const remedy = "run `make test`, which installs it"
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "zhengxin", "axe")
	lock, err := os.ReadFile(filepath.Join(folder, "package-lock.json"))
	if err != nil {
		return "", fmt.Errorf("axe-core is not installed: %s (%w)", remedy, err)
	}
	if !bytes.Equal(lock, axeLock) {
		return "", fmt.Errorf("axe-core in %s is another version than the locked one: %s", folder, remedy)
	}
	script, err := os.ReadFile(filepath.Join(folder, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is not whole: %s (%w)", remedy, err)
	}
	return string(script), nil
}

// violation is one rule of axe-core that the page breaks.
type violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// axeRun asks for WCAG 2.2 AA and the rules of good practice. target-size is
// off in axe-core unless named.
const axeRun = `axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	rules: {'target-size': {enabled: true}},
	resultTypes: ['violations'],
}).then(r => r.violations.map(v => ({
	id: v.id, impact: v.impact || '', help: v.help,
	nodes: v.nodes.map(n => n.target.join(' ') + '  ' + n.html.slice(0, 160) + '  ' +
		n.any.concat(n.all, n.none).map(c => c.message).join('; ')),
})))`

// Axe fails the test for every serious or critical fault that axe-core finds
// on the page shown, from its top: a head that stays lies over what is scrolled under it.
func (tab *Tab) Axe(t testing.TB) {
	t.Helper()
	script, err := axeScript()
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](script+";scrollTo(0, 0);"+axeRun, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.fail("axe-core: %v", err)
	}
	for _, v := range found {
		if v.Impact == "serious" || v.Impact == "critical" {
			t.Errorf("on %s, %d px: %s (%s, axe-core %s):\n\t%s", tab.URL(), tab.width, v.Help, v.Impact, v.ID, strings.Join(v.Nodes, "\n\t"))
		}
	}
}

// Targets fails the test when something to be pressed is lower than so many
// pixels.
func (tab *Tab) Targets(t testing.TB, least int) {
	t.Helper()
	if low := tab.ask("targets", least).Texts; len(low) > 0 {
		t.Errorf("on %s, %d px, lower than %d px:\n\t%s", tab.URL(), tab.width, least, strings.Join(low, "\n\t"))
	}
}

// NoSidewaysScroll fails the test when the page is wider than the window,
// naming what sticks out. Boxes that scroll by themselves are allowed.
func (tab *Tab) NoSidewaysScroll(t testing.TB) {
	t.Helper()
	if out := tab.ask("overflow", tab.width).Texts; len(out) > 0 {
		t.Errorf("on %s, %d px: %s", tab.URL(), tab.width, strings.Join(out, "\n\t"))
	}
}

// NoOverlap fails the test when words of what the selector finds lie on each other.
func (tab *Tab) NoOverlap(t testing.TB, css string) {
	t.Helper()
	for _, pair := range tab.ask("overlaps", css).Texts {
		t.Errorf("on %s, %d px, %s lie on each other", tab.URL(), tab.width, pair)
	}
}

// sheet begins a page in what Chromium prints.
var sheet = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// Sheets is how many sheets of A4 the page takes when it is printed. The file is kept
// beside the screenshots.
func (tab *Tab) Sheets(name string) int {
	tab.t.Helper()
	var pdf []byte
	tab.do("print", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
		pdf = printed.Data
		return err
	}))
	if folder := os.Getenv("ZHENGXIN_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d.pdf", name, tab.width)), pdf, 0o644); err != nil {
			tab.fail("print: %v", err)
		}
	}
	return len(sheet.FindAll(pdf, -1))
}
