// Package browser drives a real Chromium through our pages, as a person would:
// it fills fields by their names, presses what is written on a button, and
// looks at what is shown. Only tests import it. Without Chromium a test fails;
// it is never skipped.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Browser is one running Chromium. The tests of a package that run at the same
// time share it; every person in it has cookies of their own.
type Browser struct {
	ctx  context.Context
	stop func()
}

// shared is the Chromium of this test binary and how many tests hold it. It
// has to be global: no test can know which of its neighbours is the last.
var shared struct {
	sync.Mutex
	browser *Browser
	holders int
}

// New returns the test binary's browser, starting it for the first test that
// asks. It stops when the last test that holds it has ended.
func New(t testing.TB) *Browser {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.browser == nil {
		b, err := start()
		if err != nil {
			t.Fatalf("browser: %v", err)
		}
		shared.browser = b
	}
	shared.holders++
	t.Cleanup(release)
	return shared.browser
}

func release() {
	shared.Lock()
	defer shared.Unlock()
	shared.holders--
	if shared.holders == 0 {
		shared.browser.stop()
		shared.browser = nil
	}
}

// start runs Chromium with an empty profile that is deleted when it stops.
func start() (*Browser, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	// A home of its own: Chromium will not start without one it can write to,
	// and the person's own must not be touched.
	home, err := os.MkdirTemp("", "zhengxin-browser-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(home+"/profile"),
		chromedp.Env("HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home),
		// It only ever opens pages of the test itself, and its sandbox cannot
		// be had as root nor in most containers.
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter"),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "zh-CN"),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	stop := func() {
		cancel()
		stopAllocator()
		_ = os.RemoveAll(home)
	}
	// The first run starts the process and ties it to this context for good.
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return &Browser{ctx: ctx, stop: stop}, nil
}

// find returns the path of a Chromium on this machine.
func find() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no Chromium here (looked for %v): run `make test`, which installs it, or apt-get install chromium", names)
}
