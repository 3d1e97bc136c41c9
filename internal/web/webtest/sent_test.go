package webtest_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/view"
	"zhengxin/internal/web/webtest"
)

func TestWhichFieldsABrowserMaySendAway(t *testing.T) {
	t.Parallel()
	quiet := `spellcheck="false" autocorrect="off" writingsuggestions="false" translate="no" data-gramm="false" data-gramm_editor="false" ` +
		`data-enable-grammarly="false" data-lt-active="false" data-ms-editor="false"`
	for html, want := range map[string]int{
		`<input>`:                                                     1,
		`<input type="search">`:                                       1,
		`<input type="password">`:                                     1,
		`<textarea></textarea>`:                                       1,
		`<div contenteditable></div>`:                                 1,
		`<input autocomplete="off">`:                                  1,
		`<input ` + quiet + `>`:                                       1, // the browser keeps it for the next person
		`<input autocomplete="on" ` + quiet + `>`:                     1,
		`<input autocomplete="off" ` + quiet + `>`:                    0,
		`<input type="email" autocomplete="email" ` + quiet + `>`:     0,
		`<textarea autocomplete="off" ` + quiet + `></textarea>`:      0,
		`<textarea autocomplete="off" spellcheck="false"></textarea>`: 1,
		`<textarea hidden></textarea>`:                                0,
		`<input type="hidden"><input type="radio"><input type="checkbox"><input type="file"><select></select><button></button>`: 0,
	} {
		page, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		if got := webtest.Sent(page.Selection); len(got) != want {
			t.Errorf("%s: %q", html, got)
		}
	}
}

// TestEveryFieldOfOursKeepsItsWords draws each component that has a field.
func TestEveryFieldOfOursKeepsItsWords(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	for _, f := range []interface {
		Render(ctx context.Context, w io.Writer) error
	}{
		view.TextField{Name: "a", Label: "a"}, view.TextField{Name: "b", Label: "b", Code: true}, view.TextField{Name: "c", Label: "c", Type: "email", Autocomplete: "email"},
		view.TextField{Name: "d", Label: "d", Type: "password", Autocomplete: "current-password", Error: "错", Hint: "h", Echo: "e", Key: "N"},
		view.TextArea{Name: "e", Label: "e"}, view.TextArea{Name: "f", Label: "f", Rows: 3, Error: "错", Key: "N"},
		view.SearchField{TextField: view.TextField{Name: "g", Label: "g"}, Button: "查找", Path: "/"},
		view.DateField{Name: "h", Label: "h"}, view.MoneyField{Name: "i", Label: "i"},
	} {
		if err := f.Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := goquery.NewDocumentFromReader(&page)
	if err != nil {
		t.Fatal(err)
	}
	if got := webtest.Sent(doc.Selection); len(got) != 0 {
		t.Errorf("%q", got)
	}
	for name, want := range map[string]string{"a": "off", "b": "off", "c": "email", "d": "current-password", "e": "off", "h_year": "off", "i": "off"} {
		if got := doc.Find("[name="+name+"]").AttrOr("autocomplete", ""); got != want {
			t.Errorf("%s: the browser fills in %q, want %q", name, got, want)
		}
	}
	if got := doc.Find("[name=b]").AttrOr("autocapitalize", ""); got != "characters" {
		t.Errorf("a code is typed with %q", got)
	}
}
