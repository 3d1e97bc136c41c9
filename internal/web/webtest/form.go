package webtest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Field is one name and value of a form, in the page's order.
type Field struct{ Name, Value string }

// Submit fills a form in and sends it as a browser would. The selector meets
// the form or the button to press; hidden fields, the token and what is filled
// in already are kept, values replace them. A name that is not on the form
// fails the test, because a browser could not send it; so does a choice that the
// form does not offer. An empty value unticks.
func (p *Page) Submit(t testing.TB, selector string, values url.Values, files ...File) *Page {
	t.Helper()
	form, _ := p.form(t, selector)
	values = maps.Clone(values)
	for name, list := range values {
		for _, value := range list {
			switch {
			case value == "" && ticks(form, name):
				values[name] = nil
			case !offers(form, name, value):
				t.Fatalf("%s: the form %q does not offer %s=%s", p.Path, selector, name, value)
			}
		}
	}
	return p.Forge(t, selector, values, files...)
}

// Forge sends what no browser would: choices that the form does not offer.
func (p *Page) Forge(t testing.TB, selector string, values url.Values, files ...File) *Page {
	t.Helper()
	form, button := p.form(t, selector)
	for name, list := range values {
		if b := p.meant(t, form, selector, name, list); b != nil {
			button = b
		}
	}
	fields := filled(form, button)
	for name, list := range values {
		if !onForm(form, name) {
			t.Fatalf("%s: the form %q has no field %q", p.Path, selector, name)
		}
		fields = replace(fields, name, list)
	}
	for _, f := range files {
		if !onForm(form, f.Field) {
			t.Fatalf("%s: the form %q has no field %q", p.Path, selector, f.Field)
		}
	}
	p.pressed(form, button)
	return p.send(t, form, button, fields, files)
}

func (p *Page) form(t testing.TB, selector string) (form, button *goquery.Selection) {
	t.Helper()
	found := p.Find(selector).First()
	if found.Length() == 0 {
		t.Fatalf("%s (status %d, %q): no %q", p.Path, p.Status, p.Text("h1"), selector)
	}
	if found.Is("form") {
		buttons := found.Find("button:not([type=button]):not([disabled]), input[type=submit]")
		return found, buttons.First()
	}
	if _, off := found.Attr("disabled"); off {
		t.Fatalf("%s: %q is disabled", p.Path, selector)
	}
	if form = p.formOf(found); form.Length() == 0 {
		t.Fatalf("%s: %q is in no form", p.Path, selector)
	}
	return form, found
}

// ticks says whether a name is that of boxes to tick.
func ticks(form *goquery.Selection, name string) bool {
	named := form.Find("[name='" + name + "']")
	return named.Length() > 0 && named.Not("[type=radio], [type=checkbox]").Length() == 0
}

// offers says whether a value can be chosen where a name is that of choices alone.
func offers(form *goquery.Selection, name, value string) bool {
	named := form.Find("[name='" + name + "']")
	if named.Length() == 0 || named.Not("select, [type=radio], [type=checkbox]").Length() > 0 {
		return true
	}
	choices := named.Filter("input").AddSelection(named.Find("option"))
	return choices.FilterFunction(func(_ int, c *goquery.Selection) bool {
		own := "on"
		if c.Is("option") {
			own = tidy(c.Text())
		}
		return c.AttrOr("value", own) == value && !c.Is("[disabled], fieldset[disabled] *")
	}).Length() > 0
}

// meant is the button that values press, where a name is that of buttons alone:
// it must stand there with this value and not be off. Nil where the name is a
// field's.
func (p *Page) meant(t testing.TB, form *goquery.Selection, selector, name string, values []string) *goquery.Selection {
	t.Helper()
	named := form.Find("[name='" + name + "']")
	if named.Length() == 0 || named.Not(buttons).Length() > 0 || len(values) != 1 {
		return nil
	}
	button := named.FilterFunction(func(_ int, b *goquery.Selection) bool {
		return b.AttrOr("value", "") == values[0] && !b.Is("[disabled], fieldset[disabled] *")
	}).First()
	if button.Length() == 0 {
		t.Fatalf("%s: the form %q has no button %s=%s that can be pressed", p.Path, selector, name, values[0])
	}
	return button
}

// formOf is the form that a button sends, none where it stands alone.
func (p *Page) formOf(button *goquery.Selection) *goquery.Selection {
	if id, ok := button.Attr("form"); ok {
		return p.Find("form#" + id)
	}
	return button.Closest("form")
}

func (p *Page) send(t testing.TB, form, button *goquery.Selection, fields []Field, files []File) *Page {
	t.Helper()
	action := button.AttrOr("formaction", form.AttrOr("action", ""))
	method := strings.ToUpper(form.AttrOr("method", "get"))
	to := p.resolve(t, action)
	if method == http.MethodPost && form.AttrOr("enctype", "") == "multipart/form-data" {
		kind, body := Multipart(t, fields, files...)
		return p.client.Do(t, method, to, kind, body)
	}
	if len(files) > 0 {
		t.Fatalf("%s: a form without enctype multipart/form-data cannot send files", p.Path)
	}
	text := encode(fields)
	if method == http.MethodPost {
		return p.client.Do(t, method, to, "application/x-www-form-urlencoded", []byte(text))
	}
	path, _, _ := strings.Cut(to, "?")
	return p.client.Get(t, path+"?"+text)
}

// filled is what the form would send untouched.
func filled(form, button *goquery.Selection) []Field {
	var fields []Field
	form.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		if name == "" || s.Is("[disabled], fieldset[disabled] *") {
			return
		}
		switch {
		case s.Is("textarea"):
			fields = append(fields, Field{name, s.Text()})
		case s.Is("select"):
			fields = append(fields, chosen(name, s)...)
		case s.Is("[type=submit], [type=button], [type=reset], [type=image], [type=file]"):
		case s.Is("[type=checkbox], [type=radio]"):
			if s.Is("[checked]") {
				fields = append(fields, Field{name, s.AttrOr("value", "on")})
			}
		default:
			fields = append(fields, Field{name, s.AttrOr("value", "")})
		}
	})
	if name := button.AttrOr("name", ""); name != "" {
		fields = append(fields, Field{name, button.AttrOr("value", "")})
	}
	return fields
}

func chosen(name string, list *goquery.Selection) []Field {
	options := list.Find("option[selected]")
	if options.Length() == 0 && !list.Is("[multiple]") {
		options = list.Find("option").First()
	}
	var fields []Field
	options.Each(func(_ int, o *goquery.Selection) {
		fields = append(fields, Field{name, o.AttrOr("value", tidy(o.Text()))})
	})
	return fields
}

func onForm(form *goquery.Selection, name string) bool {
	found := false
	form.Find("[name]").Each(func(_ int, s *goquery.Selection) { found = found || s.AttrOr("name", "") == name })
	return found
}

// replace puts new values where the old ones stood, so that the token stays first.
func replace(fields []Field, name string, values []string) []Field {
	at := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	rest := slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return f.Name == name })
	if at < 0 || at > len(rest) {
		at = len(rest)
	}
	var added []Field
	for _, v := range values {
		added = append(added, Field{name, v})
	}
	return slices.Insert(rest, at, added...)
}

func encode(fields []Field) string {
	pairs := make([]string, len(fields))
	for i, f := range fields {
		pairs[i] = url.QueryEscape(f.Name) + "=" + url.QueryEscape(f.Value)
	}
	return strings.Join(pairs, "&")
}
