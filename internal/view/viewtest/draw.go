// Package viewtest draws components in galleries, pages on which each stands at least
// once, and holds them to what every page must be. Only tests import it.
package viewtest

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"zhengxin/static"
)

// Now is the moment of every gallery.
var Now = time.Date(2026, 11, 23, 14, 5, 0, 0, time.FixedZone("", 8*3600))

// Day is ten in the morning of a day of that year.
func Day(month time.Month, d int) time.Time {
	return time.Date(2026, month, d, 10, 0, 0, 0, Now.Location())
}

// Moment is a minute of that year.
func Moment(month time.Month, d, hour, minute int) time.Time {
	return time.Date(2026, month, d, hour, minute, 0, 0, Now.Location())
}

// With puts children into a component, as a page does with braces.
func With(parent templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

// El wraps children in an element with a class.
func El(name, class string, children ...templ.Component) templ.Component {
	all := append([]templ.Component{templ.Raw("<" + name + ` class="` + class + `">`)}, children...)
	return templ.Join(append(all, templ.Raw("</"+name+">"))...)
}

// Raw is HTML as it stands.
func Raw(html string) templ.Component { return templ.Raw(html) }

// Page is the least page that a component can stand on, for those of no site.
func Page(title string, children ...templ.Component) templ.Component {
	return templ.Join(Raw(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"/><title>`+templ.EscapeString(title)+`</title>`+
		`<meta name="viewport" content="width=device-width, initial-scale=1"/><link rel="stylesheet" href="`+static.URL("portal.css")+`"/></head>`+
		`<body><a class="skip" href="#main">跳到正文</a><header></header><main id="main" tabindex="-1"><div class="wrap">`),
		templ.Join(children...), Raw(`</div></main></body></html>`))
}

// Draw draws a page of a gallery; with ZHENGXIN_GALLERY set it also writes it
// there, to be looked at.
func Draw(t *testing.T, name string, page templ.Component) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(t.Context(), &b); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if dir := os.Getenv("ZHENGXIN_GALLERY"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".html"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		writeAssets(t, dir)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func writeAssets(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"portal.css", "desk.css", "site.js", "desk.js", "favicon.svg"} {
		hashed := strings.TrimPrefix(static.URL(name), static.Prefix)
		file, ok := static.Open(hashed)
		if !ok {
			t.Fatalf("%s is not served", hashed)
		}
		if err := os.WriteFile(filepath.Join(dir, "static", hashed), file.Body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
