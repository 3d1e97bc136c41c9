package webtest

import (
	"slices"

	"github.com/PuerkitoBio/goquery"
)

// unsent is what keeps words in a field from the services of browsers and of what
// people add to them.
var unsent = map[string]string{
	"spellcheck": "false", "autocorrect": "off", "writingsuggestions": "false", "translate": "no",
	"data-gramm": "false", "data-gramm_editor": "false", "data-enable-grammarly": "false", "data-lt-active": "false", "data-ms-editor": "false",
}

// fillable are the words of HTML by which a field says what of the person's own the
// browser may fill in; anything else is "off".
var fillable = []string{
	"off", "username", "current-password", "new-password", "one-time-code",
	"name", "tel", "email", "street-address", "organization",
}

// wordless are the kinds of input that nobody types into.
var wordless = []string{"hidden", "radio", "checkbox", "file", "submit", "button", "image", "reset", "range", "color"}

// Sent are the fields for words whose content a browser may send to somebody else, or
// keep for whoever sits there next.
func Sent(page *goquery.Selection) []string {
	var open []string
	for _, field := range page.Find("input, textarea, [contenteditable]").EachIter() {
		if slices.Contains(wordless, field.AttrOr("type", "")) {
			continue
		}
		if _, hidden := field.Attr("hidden"); hidden {
			continue
		}
		closed := slices.Contains(fillable, field.AttrOr("autocomplete", ""))
		for name, value := range unsent {
			closed = closed && field.AttrOr(name, "") == value
		}
		if !closed {
			html, _ := goquery.OuterHtml(field)
			open = append(open, html)
		}
	}
	return open
}
