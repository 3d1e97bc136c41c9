package webtest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Page is what the visitor got.
type Page struct {
	Status   int
	Header   http.Header
	Body     string
	Path     string            // with query, after redirects
	Document *goquery.Document // nil unless it is HTML

	client *Client
	at     *url.URL
}

// Find is every element that the selector meets; none on a page without HTML.
func (p *Page) Find(selector string) *goquery.Selection {
	if p.Document == nil {
		return &goquery.Selection{}
	}
	return p.Document.Find(selector)
}

// Text is the text of the first element, its white space put in order; empty
// when there is none.
func (p *Page) Text(selector string) string {
	return tidy(p.Find(selector).First().Text())
}

// All are the texts of all elements, in order.
func (p *Page) All(selector string) []string {
	return p.Find(selector).Map(func(_ int, s *goquery.Selection) string { return tidy(s.Text()) })
}

// Has reports that there is such an element.
func (p *Page) Has(selector string) bool { return p.Find(selector).Length() > 0 }

// Attr is an attribute of the first element, empty when there is none.
func (p *Page) Attr(selector, name string) string {
	return p.Find(selector).First().AttrOr(name, "")
}

// Want fails the test unless the status is this one, and shows the page's head.
func (p *Page) Want(t testing.TB, status int) *Page {
	t.Helper()
	if p.Status != status {
		t.Fatalf("%s: status %d, want %d (%s)", p.Path, p.Status, status, p.Text("h1"))
	}
	return p
}

// Follow opens the first link that the selector meets.
func (p *Page) Follow(t testing.TB, selector string) *Page {
	t.Helper()
	to := p.Attr(selector, "href")
	if to == "" {
		t.Fatalf("%s: no link %q", p.Path, selector)
	}
	return p.client.Get(t, p.resolve(t, to))
}

func (p *Page) resolve(t testing.TB, to string) string {
	t.Helper()
	ref, err := url.Parse(to)
	if err != nil {
		t.Fatalf("link %q: %v", to, err)
	}
	return p.at.ResolveReference(ref).RequestURI()
}

// Shown is what a text field shows exactly; nil where there is no such field or
// it is one to choose in.
func (p *Page) Shown(name string) *string {
	field := p.Find("[name=" + name + "]").First()
	var text string
	switch {
	case field.Is("textarea"):
		text = strings.TrimPrefix(field.Text(), "\n")
	case field.Is("input:not([type=radio]):not([type=checkbox])"):
		text = field.AttrOr("value", "")
	default:
		return nil
	}
	return &text
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
