package browser

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The two widths that every page is looked at in, in CSS pixels.
const (
	Desktop = 1280
	Phone   = 375
)

// patience is how long anything may take before it counts as not happening.
// It is generous: the machine may be busy with other tests.
const patience = 30 * time.Second

// Tab is one person at one page. All its methods fail the test when they
// cannot do what they say, with the address, the selector and a screenshot.
type Tab struct {
	*session
	scope string // selector of the part of the page that is looked at
}

// session is what all views of one tab share.
type session struct {
	t     testing.TB
	ctx   context.Context
	width int

	mu       sync.Mutex
	status   int      // HTTP status of the page shown
	messages []string // what the page said in the browser's console
}

// Person opens a tab with cookies of its own, at Desktop or Phone width. It is
// closed when the test ends.
func (b *Browser) Person(t testing.TB, width int) *Tab {
	t.Helper()
	s := &session{t: t, width: width}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(s.listen))
	s.ctx = ctx
	t.Cleanup(cancel)
	tab := &Tab{session: s, scope: "html"}
	if err := chromedp.Do(ctx); err != nil { // without a deadline: it would end the tab
		t.Fatalf("browser: no new tab: %v", err)
	}
	tab.Resize(width)
	return tab
}

// listen keeps what the page says in the console: script faults, and what the
// content security policy refused.
func (s *session) listen(ev any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		s.messages = append(s.messages, (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *cdplog.EventEntryAdded:
		// A page that answers 404 is also logged as an error; the status says that.
		if e.Entry.Level == cdplog.EntryLevelError && e.Entry.Source != cdplog.EntrySourceNetwork {
			s.messages = append(s.messages, e.Entry.Text)
		}
	}
}

// Within returns the same tab, seeing only the part that the selector names:
// where a page has several forms with the same field, say which.
func (tab *Tab) Within(css string) *Tab {
	return &Tab{session: tab.session, scope: tab.scope + " " + css}
}

// Resize changes the width of the window. 200 % zoom of a width is half of it.
func (tab *Tab) Resize(width int) {
	tab.t.Helper()
	tab.width = width
	var options []chromedp.EmulateViewportOption
	height := int64(900)
	if width <= 480 { // a phone lays out by the page's own viewport line
		options, height = []chromedp.EmulateViewportOption{chromedp.EmulateMobile, chromedp.EmulateTouch}, 812
	}
	tab.do("resize", chromedp.EmulateViewport(int64(width), height, options...))
}

// JavaScriptOff switches scripts off from the next page on, as an old phone or
// a careful person does.
func (tab *Tab) JavaScriptOff() {
	tab.t.Helper()
	tab.do("switch JavaScript off", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// Network cuts the tab off the network, or joins it again.
func (tab *Tab) Network(on bool) {
	tab.t.Helper()
	tab.do("switch the network", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		// Chromium before 150 wants to be told once for all, later ones for each rule.
		return target.Call(ctx, network.CommandEmulateNetworkConditionsByRule, struct {
			network.EmulateNetworkConditionsByRuleParams
			Offline bool `json:"offline"`
		}{network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}},
		}, !on}, nil)
	}))
}

// Open goes to an address. A status of 500 or more fails the test; what else
// came is in Status.
func (tab *Tab) Open(url string) {
	tab.t.Helper()
	tab.load("open "+url, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		res, err := cdp.Call(ctx, target, page.Navigate, page.NavigateParams{URL: url})
		if err == nil && res.ErrorText != "" {
			return errors.New(res.ErrorText)
		}
		return err
	}))
}

// Reload asks for the page shown once more.
func (tab *Tab) Reload() {
	tab.t.Helper()
	tab.load("reload", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.Reload, page.ReloadParams{})
		return err
	}))
}

// load runs a step that brings a new page and waits until it is there.
func (tab *Tab) load(what string, step chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, step)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("no page came within %v%s", patience, tab.complaints())
	}
	if err != nil {
		tab.fail("%s: %v", what, err)
	}
	tab.took(what, response)
}

func (tab *Tab) took(what string, response *network.Response) {
	tab.t.Helper()
	tab.mu.Lock()
	tab.status = 0
	if response != nil {
		tab.status = int(response.Status)
	}
	status := tab.status
	tab.mu.Unlock()
	if status >= 500 {
		tab.fail("%s: the page answered with status %d", what, status)
	}
}

// complaints is why the browser itself may have refused to send a form.
func (tab *Tab) complaints() string {
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	fields, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](
		`[...document.querySelectorAll(':invalid:not(form,fieldset)')].map(e => e.name + ': ' + e.validationMessage)`))
	if err != nil || len(fields) == 0 {
		return ""
	}
	return "; the browser refuses these fields: " + strings.Join(fields, ", ")
}

// do runs steps on the tab, with patience.
func (tab *Tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		tab.fail("%s: %v", what, err)
	}
}
