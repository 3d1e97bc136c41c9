package webtest

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/witness"
)

var book witness.Book

// buttons are what submits a form.
const buttons = "button:not([type=button]):not([type=reset]), input[type=submit]"

// shown writes down the buttons of a page that can be pressed, and what its forms send
// without showing it.
func (p *Page) shown() {
	folder := witness.Folder()
	if folder == "" {
		return
	}
	p.Find("form input[type=hidden]").Each(func(_ int, input *goquery.Selection) {
		if hidden := (witness.Hidden{Name: input.AttrOr("name", "")}); book.New(hidden) {
			hidden.On = generic(p.at.Path)
			book.Write(folder, witness.Account{Hidden: []witness.Hidden{hidden}})
		}
	})
	if p.Status > 299 {
		return
	}
	p.Find(buttons).Each(func(_ int, button *goquery.Selection) {
		if button.Is("[disabled], fieldset[disabled] *") {
			return
		}
		if form := p.formOf(button); form.Length() > 0 {
			note(folder, witness.Button{Does: does(form, button, p.at.Path), On: generic(p.at.Path)})
		}
	})
}

// pressed writes down that a test needs this button: without it the test fails.
func (p *Page) pressed(form, button *goquery.Selection) {
	if folder := witness.Folder(); folder != "" {
		note(folder, witness.Button{Does: does(form, button, p.at.Path), On: generic(p.at.Path), Pressed: true})
	}
}

func note(folder string, b witness.Button) {
	if key := (witness.Button{Does: b.Does, Pressed: b.Pressed}); book.New(key) {
		book.Write(folder, witness.Account{Buttons: []witness.Button{b}})
	}
}

// does is where a button sends its form, whatever matter or person it is about,
// and what it says by its own name.
func does(form, button *goquery.Selection, here string) string {
	to := button.AttrOr("formaction", form.AttrOr("action", here))
	to, _, _ = strings.Cut(to, "#")
	path, query, _ := strings.Cut(to, "?")
	if path == "" {
		path = here
	}
	words := []string{strings.ToUpper(form.AttrOr("method", "get")), generic(path)}
	for pair := range strings.SplitSeq(query, "&") {
		if name, _, _ := strings.Cut(pair, "="); name != "" {
			words = append(words, "?"+name)
		}
	}
	if name := button.AttrOr("name", ""); name != "" {
		words = append(words, name+"="+generic(button.AttrOr("value", "")))
	}
	return strings.Join(words, " ")
}

// particular is a number, a code or a hash.
var particular = regexp.MustCompile(`^([^/]*[0-9][^/]*|[A-Z][A-Z-]*)$`)

// generic leaves out of an address what is one matter's or one person's.
func generic(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if particular.MatchString(part) {
			parts[i] = ":"
		}
	}
	return strings.Join(parts, "/")
}
