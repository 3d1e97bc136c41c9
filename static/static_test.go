package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"zhengxin/static"
)

var names = []string{"portal.css", "desk.css", "site.js", "desk.js", "favicon.svg", "favicon.ico"}

func open(t *testing.T, name string) static.File {
	t.Helper()
	url := static.URL(name)
	if !regexp.MustCompile(`^/static/[a-z]+\.[0-9a-f]{8}\.(css|js|svg|ico)$`).MatchString(url) {
		t.Fatalf("address %q", url)
	}
	f, ok := static.Open(strings.TrimPrefix(url, static.Prefix))
	if !ok {
		t.Fatalf("%s is not found under its own address", name)
	}
	return f
}

func TestEveryFileComesWithItsTypeAndCompressed(t *testing.T) {
	t.Parallel()
	for _, name := range names {
		f := open(t, name)
		if f.Type == "" || len(f.Body) == 0 {
			t.Errorf("%s: type %q, %d bytes", name, f.Type, len(f.Body))
		}
		if f.Gzip == nil {
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(z); err != nil || !bytes.Equal(plain, f.Body) {
			t.Errorf("%s: compressed differs from plain (%v)", name, err)
		}
	}
}

func TestUnknownAndPlainNamesAreNotFound(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"portal.css", "portal.00000000.css", "", "../static.go", "css/base.css"} {
		if _, ok := static.Open(name); ok {
			t.Errorf("%q was found", name)
		}
	}
}

func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	t.Parallel()
	for _, name := range names {
		body := string(open(t, name).Body)
		if strings.Contains(strings.ReplaceAll(body, "http://www.w3.org/2000/svg", ""), "://") || strings.Contains(body, "@import") {
			t.Errorf("%s refers to another place", name)
		}
		if strings.HasSuffix(name, ".css") && strings.Count(body, "{") != strings.Count(body, "}") {
			t.Errorf("%s has unbalanced braces", name)
		}
	}
}

// TestTextColoursAreReadable holds every text colour against white and its own
// ground: WCAG 2.2 asks 4.5 to 1, and 3 to 1 for the border of a control.
func TestTextColoursAreReadable(t *testing.T) {
	t.Parallel()
	token := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+):(#[0-9A-F]{3,6})[;}]`).FindAllStringSubmatch(string(open(t, "portal.css").Body), -1) {
		if _, first := token[m[1]]; !first { // the elder mode comes later and is darker
			token[m[1]] = m[2]
		}
	}
	pairs := []struct {
		on, text string
		least    float64
	}{
		{"paper", "ink-3", 4.5}, {"ground", "ink-3", 4.5}, {"ground-2", "ink-2", 4.5}, {"ground", "ink-2", 4.5},
		{"paper", "azurite", 4.5}, {"azurite-wash", "azurite", 4.5}, {"ground", "azurite", 4.5},
		{"vermilion-wash", "vermilion", 4.5}, {"amber-wash", "amber", 4.5}, {"pine-wash", "pine", 4.5}, {"slate-wash", "slate", 4.5},
		{"paper", "line-strong", 3}, {"ground", "line-strong", 3}, {"paper", "amber-bar", 3},
	}
	for _, p := range pairs {
		if r := ratio(t, token[p.on], token[p.text]); r < p.least {
			t.Errorf("%s on %s: %.2f, want %.1f", p.text, p.on, r, p.least)
		}
	}
}

func ratio(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	linear := func(c uint64) float64 {
		v := float64(c&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}
