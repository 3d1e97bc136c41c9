package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed page.js
var pageScript string

// answer is what page.js gives back. A fault is a sentence for the test's log.
type answer struct {
	Fault string   `json:"fault"`
	Text  string   `json:"text"`
	Texts []string `json:"texts"`
	X     float64  `json:"x"`
	Y     float64  `json:"y"`
	Done  bool     `json:"done"`
}

// ask puts a question of page.js to the page.
func (tab *Tab) ask(question string, args ...any) answer {
	tab.t.Helper()
	list, err := json.Marshal(append([]any{question, tab.scope}, args...))
	if err != nil {
		tab.fail("%s: %v", question, err)
	}
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	a, err := chromedp.Run(ctx, chromedp.Evaluate[answer](pageScript+"(..."+string(list)+")"))
	switch {
	case err != nil:
		tab.fail("%s %v: %v", question, args, err)
	case a.Fault != "":
		tab.fail("%s", a.Fault)
	}
	return a
}

// Fill types a value into the field of that name, in place of what was in it.
func (tab *Tab) Fill(name, value string) {
	tab.t.Helper()
	tab.ask("field", name)
	step := chromedp.KeyEvent("\b") // an empty value still has to delete
	if value != "" {
		step = chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, input.InsertText, input.InsertTextParams{Text: value})
			return err
		})
	}
	tab.do("fill "+name, step)
	if got := tab.Value(name); got != strings.ReplaceAll(value, "\r\n", "\n") {
		tab.fail("filled %q with %q, but it holds %q", name, value, got)
	}
}

// Value is what the field of that name holds now; of radio buttons and
// checkboxes, the value of the checked one.
func (tab *Tab) Value(name string) string {
	tab.t.Helper()
	return tab.ask("value", name).Text
}

// Attach chooses a file of that name, with these words in it, in the field for files.
func (tab *Tab) Attach(field, name, words string) {
	tab.t.Helper()
	tab.ask("attach", field, name, words)
}

// Choose picks a radio button, checkbox or option of a list, by its value or
// by its label. What is chosen already stays chosen.
func (tab *Tab) Choose(name, value string) {
	tab.t.Helper()
	a := tab.ask("choice", name, value)
	if a.Done {
		return
	}
	tab.do("choose "+value, chromedp.MouseClickXY(a.X, a.Y))
	if !tab.ask("chosen", name, value).Done {
		tab.fail("pressed %q of %q, but it is not chosen", value, name)
	}
}

// Press presses a button or a link, named by its data-action or by its words,
// and waits for the page that follows.
func (tab *Tab) Press(what string) {
	tab.t.Helper()
	a := tab.ask("button", what)
	tab.load("press "+what, chromedp.MouseClickXY(a.X, a.Y))
}

// Click presses what brings no new page: a summary, a link within the page.
func (tab *Tab) Click(what string) {
	tab.t.Helper()
	a := tab.ask("button", what)
	tab.do("click "+what, chromedp.MouseClickXY(a.X, a.Y))
}

// Return presses Return in the field that was filled last, and waits for the
// page that follows.
func (tab *Tab) Return() {
	tab.t.Helper()
	tab.load("press Return", chromedp.KeyEvent("\r"))
}

// Key types keys without aiming at a field: Tab, Enter, letters.
func (tab *Tab) Key(keys string) {
	tab.t.Helper()
	tab.do("type keys", chromedp.KeyEvent(keys))
}

// Follow types a key that brings a new page, and waits for it.
func (tab *Tab) Follow(key string) {
	tab.t.Helper()
	tab.load("type "+key, chromedp.KeyEvent(key))
}

// KeyWithControl types keys while Ctrl is held.
func (tab *Tab) KeyWithControl(keys string) {
	tab.t.Helper()
	tab.do("type keys with Ctrl", chromedp.KeyEvent(keys, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// Text is the text of the first element that the selector finds, as a person
// reads it, spaces drawn together.
func (tab *Tab) Text(css string) string {
	tab.t.Helper()
	texts := tab.Texts(css)
	if len(texts) == 0 {
		tab.fail("%s is not on the page", css)
	}
	return texts[0]
}

// InSight says that all of what the selector finds is in the window.
func (tab *Tab) InSight(css string) bool {
	tab.t.Helper()
	return tab.ask("insight", css).Done
}

// Printed is the text of the page as it would be printed.
func (tab *Tab) Printed() string {
	tab.t.Helper()
	media := func(name string) chromedp.Action[chromedp.Void] {
		return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
			return err
		})
	}
	tab.do("look at the page as printed", media("print"))
	text := tab.Text("body")
	tab.do("look at the page on the screen", media(""))
	return text
}

// Texts are the texts of all elements that the selector finds.
func (tab *Tab) Texts(css string) []string {
	tab.t.Helper()
	return tab.ask("texts", css).Texts
}

// Await waits until the words stand in what the selector finds: for what a
// script does by itself.
func (tab *Tab) Await(css, words string) {
	tab.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		texts := tab.Texts(css)
		if strings.Contains(strings.Join(texts, "\n"), words) {
			return
		}
		if time.Now().After(end) {
			tab.fail("%s does not come to say %q but %q", css, words, texts)
		}
	}
}

// Attribute is an attribute of the first element that has it.
func (tab *Tab) Attribute(css, name string) string {
	tab.t.Helper()
	return tab.ask("attribute", css, name).Text
}

// Has says whether the selector finds anything that can be seen.
func (tab *Tab) Has(css string) bool {
	tab.t.Helper()
	return tab.ask("has", css).Done
}

// Says says whether the words stand on the page.
func (tab *Tab) Says(words string) bool {
	tab.t.Helper()
	return strings.Contains(tab.Text("body"), words)
}

// URL is the address of the page shown.
func (tab *Tab) URL() string {
	tab.t.Helper()
	url, err := tab.url()
	if err != nil {
		tab.fail("address: %v", err)
	}
	return url
}

func (tab *Tab) url() (string, error) {
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Location())
}

// Status is the HTTP status of the page shown.
func (tab *Tab) Status() int {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return tab.status
}

// Quiet fails the test when a page of this tab had a script fault or broke the
// content security policy.
func (tab *Tab) Quiet(t testing.TB) {
	t.Helper()
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, m := range tab.messages {
		t.Errorf("the browser's console says: %s", m)
	}
}

// Screenshot writes the whole page as NAME-WIDTH.png into the folder that
// ZHENGXIN_SHOTS names; without that variable it does nothing.
func (tab *Tab) Screenshot(name string) {
	tab.t.Helper()
	folder := os.Getenv("ZHENGXIN_SHOTS")
	if folder == "" {
		return
	}
	if _, err := tab.shoot(folder, name); err != nil {
		tab.fail("screenshot: %v", err)
	}
}

func (tab *Tab) shoot(folder, name string) (string, error) {
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	png, err := picture(ctx)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	plain := strings.NewReplacer("/", "-", " ", "-").Replace(name)
	path := filepath.Join(folder, fmt.Sprintf("%s-%d.png", plain, tab.width))
	return path, os.WriteFile(path, png, 0o644)
}

// picture takes the whole page. Chromium refuses one without a width, which a
// page has for a moment before it is laid out; a busy machine stretches that.
func picture(ctx context.Context) ([]byte, error) {
	for {
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err == nil || !strings.Contains(err.Error(), "0 width") {
			return png, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// fail ends the test, saying on which page it was and leaving a picture of it.
func (tab *Tab) fail(format string, args ...any) {
	tab.t.Helper()
	url, err := tab.url()
	if err != nil {
		url = "a page that no longer answers"
	}
	folder := os.Getenv("ZHENGXIN_SHOTS")
	if folder == "" {
		folder = filepath.Join(os.TempDir(), "zhengxin-shots")
	}
	picture, err := tab.shoot(folder, "failed-"+tab.t.Name())
	if err != nil {
		picture = "none (" + err.Error() + ")"
	}
	tab.t.Fatalf("on %s, %d px, in %s: %s\nscreenshot: %s", url, tab.width, tab.scope, fmt.Sprintf(format, args...), picture)
}
