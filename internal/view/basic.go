package view

import (
	"strings"

	"github.com/a-h/templ"
)

// Ref is a link: where to and its words.
type Ref struct {
	Label string
	Href  string
}

// ButtonKind is the weight of a button.
type ButtonKind int

// The kinds; one Go to a view, Hard for what cannot be undone.
const (
	Plain ButtonKind = iota
	Go
	Quiet
	Hard
)

var buttonClasses = [...]string{"button", "button button-go", "button button-quiet", "button button-hard"}

// Button is a real button of a form, or a link when Href is set. Its label is
// a verb with its object. It cannot be pressed when WhyNot says why not.
type Button struct {
	Label  string
	Kind   ButtonKind
	Big    bool
	Name   string // with Value: which of several buttons was pressed
	Value  string
	Action string // data-action, the move of the table
	Href   string
	WhyNot string
	Key    string // the key of the desk that leads here
	Does   string // "print" or "copy": needs the script, hidden without it
	Form   string // id of a form elsewhere on the page
}

// Class is the class of a button that a form draws by itself.
func (b Button) Class() string {
	c := buttonClasses[b.Kind]
	if b.Big {
		c += " button-big"
	}
	return c
}

func (b Button) kindOfButton() string {
	if b.Does != "" {
		return "button"
	}
	return "submit"
}

func (b Button) reasonID() string {
	return "why-" + b.Action + b.Name + b.Value
}

func (b Button) marks() templ.Attributes {
	a := templ.Attributes{}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("name", b.Name)
	if b.Name != "" {
		a["value"] = b.Value
	}
	set("data-action", b.Action)
	set("data-key", b.Key)
	set("form", b.Form)
	if b.Does != "" {
		a["data-do"], a["hidden"] = b.Does, true
	}
	if b.WhyNot != "" {
		a["disabled"], a["aria-describedby"] = true, b.reasonID()
	}
	return a
}

// BannerKind says how a message is meant.
type BannerKind int

// Done reports, Warn needs attention, Wrong did not work.
const (
	Done BannerKind = iota
	Warn
	Wrong
)

func (k BannerKind) class() string {
	return [...]string{"done", "amber", "vermilion"}[k]
}

func (k BannerKind) role() string {
	return [...]string{"status", "alert", "alert"}[k]
}

func (k BannerKind) shape() Shape {
	return [...]Shape{ShapeTickFull, ShapeDiamond, ShapeTriangle}[k]
}

// Banner says what happened, whether it was saved and what to do. Children
// follow the text.
type Banner struct {
	Kind    BannerKind
	Title   string
	Text    string
	Buttons []Button
}

// Note is a sentence with a bar at its side; Strong is the part of Text in bold.
type Note struct {
	Text   string
	Strong string
	Quiet  bool
}

// Empty says that there is nothing and what comes next.
type Empty struct {
	Title string
	Text  string
}

// Breadcrumbs are the pages above this one.
type Breadcrumbs struct {
	Items []Ref // one without Href is this page
}

// SectionHead is an h2 with a link or a quiet note at its right.
type SectionHead struct {
	Title string
	ID    string
	Note  string
	Link  Ref
}

// Fold is text that opens, in Text or as children.
type Fold struct {
	Summary string
	Text    string
	Open    bool
}

// Buttons is a row of buttons.
type Buttons struct {
	Items []Button
}

func lines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// cutStrong parts a sentence around the piece that is to be bold.
func cutStrong(text, part string) []textPart {
	before, after, found := strings.Cut(text, part)
	if part == "" || !found {
		return []textPart{{text: text}}
	}
	return []textPart{{text: before}, {text: part, strong: true}, {text: after}}
}
