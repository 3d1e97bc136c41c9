// Package ask puts what a move needs on a page, alike on every site: which of its needs
// are asked for, what stands in each field, what is wrong with it, and by which id the
// summary of faults leads to it. What the answers must be is the law's to say
// (workflow.Need), what there is to choose from the register's.
package ask

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Style is how the forms of a site look.
type Style struct {
	Rows  int  // of a text
	Tall  int  // of one that may be long; as Rows unless given
	Tiles bool // a few choices are bordered tiles
}

// long is what a text may have for its field to be tall.
const long = 5000

// few is how many choices stand open on a page; more are a list to unfold.
const few = 8

// Form is the form of one move.
type Form struct {
	Move   workflow.Move
	Matter *workflow.Matter // how it is decides which needs are put
	Typed  workflow.Answers // just now, or kept of earlier, or known already
	Errors view.Errors
	// Hint is what a need is about in this matter; nil, or empty: what the law says.
	Hint func(n workflow.Need) string
	// Choices are what a need may be answered with: see register.Register.Choices.
	Choices func(ctx context.Context, n workflow.Need) ([]register.Choice, error)
	// Suggested is what a need may be answered with, by its name: see view.Suggestions.
	Suggested map[string]view.Suggestions
	// Under is what stands under a field, by the name of its need.
	Under map[string]templ.Component
}

// Field is one need as its form asks for it.
type Field struct {
	workflow.Need
	ID      string
	Values  []string
	Error   string
	Options []view.Option  // of a choice
	Day     form.DateBoxes // of a date
	Sure    view.Doubt     // the question about it
	Rows    int            // of a text
	Tiles   bool           // a few choices are bordered tiles
	Key     string         // the key that leads to a text

	Fixed     bool             // its one option is sent, and only said
	Suggested view.Suggestions // what it may be answered with, that does not stand in it
	Under     templ.Component  // nil: nothing more
}

// Fields are those of a form, in the order of the law. They draw themselves.
type Fields []Field

// Render draws them with the template fields.
func (f Fields) Render(ctx context.Context, w io.Writer) error { return fields(f).Render(ctx, w) }

// Fields are those of a form in this style. A need of doubt is asked for once it was
// raised or answered, and then it is no more the person's to leave out.
func (s Style) Fields(ctx context.Context, f Form) (Fields, error) {
	var out Fields
	for _, n := range f.Move.Asked(f.Matter) {
		one := Field{Need: n, ID: FieldID(f.Move.Action, n.Name), Values: f.Typed[n.Name], Error: f.Errors.For(n.Name), Rows: s.rows(n), Tiles: s.Tiles}
		if f.Hint != nil {
			one.Hint = cmp.Or(f.Hint(n), n.Hint)
		}
		if n.Doubt {
			if len(one.Values) == 0 && one.Error == "" {
				continue
			}
			one.Optional = false
		}
		switch n.Kind {
		case workflow.AskChoice, workflow.AskUnit, workflow.AskUnits:
			list, err := f.Choices(ctx, n)
			if err != nil {
				return nil, err
			}
			if n.Optional && n.From == workflow.FromMatter && len(list) == 0 {
				continue // there is nothing to choose from, and nobody has to
			}
			one.Options = offered(list)
			if n.From == workflow.FromTerms && len(list) == 1 { // there is nothing to choose
				one.Fixed, one.Values = true, []string{list[0].Value}
			}
			one.Suggested = f.Suggested[n.Name].Beside(one.Values...)
		case workflow.AskLine:
			if n.From != "" { // what may be written as it stands there, or otherwise
				list, err := f.Choices(ctx, n)
				if err != nil {
					return nil, err
				}
				one.Options = offered(list)
			}
			one.Suggested = f.Suggested[n.Name].Beside(one.Values...)
		case workflow.AskDate:
			one.Day, one.Sure = f.Typed.DateBoxes(n.Name), f.Errors.Doubt(n.Name, "")
			if r, sure := f.Typed.Sure(n.Name); sure && one.Error == "" { // it is not asked twice
				one.Sure.Readings, one.Sure.Chosen = []fault.Reading{r}, r.Value
			}
		}
		one.Under = f.Under[n.Name]
		out = append(out, one)
	}
	return out, nil
}

// offered shows what bars a choice or makes it doubtful in its own words: it stands
// where there is no room for a hint.
func offered(list []register.Choice) []view.Option {
	out := make([]view.Option, len(list))
	for i, c := range list {
		out[i] = option(c.Option)
		switch {
		case c.Why != "":
			out[i].Label, out[i].Off = c.Label+"（"+c.Why+"）", true
		case c.Doubt != "":
			out[i].Label = c.Label + "（" + c.Doubt + "）"
		}
	}
	return out
}

// Options turns choices of a noun into those of a page.
func Options(list []workflow.Option) []view.Option {
	out := make([]view.Option, len(list))
	for i, o := range list {
		out[i] = option(o)
	}
	return out
}

func option(o workflow.Option) view.Option {
	return view.Option{Value: o.Value, Label: o.Label, Group: o.Group}
}

// FieldID is the id of a need's field: the forms of several moves may stand on one
// page, and ask for things of the same name.
func FieldID(action workflow.Action, need string) string { return string(action) + "-" + need }

// Faults are what is wrong with the answers to a move, each by the id of its field, to
// which the summary leads.
func Faults(action workflow.Action, errs view.Errors) view.Errors {
	out := make(view.Errors, len(errs))
	for i, e := range errs {
		out[i] = e
		out[i].Name = FieldID(action, e.Name)
	}
	return out
}

// InOrder are faults as Faults has them, in the order of the page, whatever they were found
// by: the summary is read beside it. What no field answers for comes last.
func (f Fields) InOrder(faults view.Errors) view.Errors {
	place := func(name string) int {
		if i := slices.IndexFunc(f, func(one Field) bool { return one.ID == name }); i >= 0 {
			return i
		}
		return len(f)
	}
	slices.SortStableFunc(faults, func(a, b fault.Field) int { return place(a.Name) - place(b.Name) })
	return faults
}

// fold are the words behind which a list to tick stands. What a matter itself has to choose
// from is what its form is about: where a form is a page of its own, it stands open.
func (f Field) fold() string {
	if f.Tiles && f.From == workflow.FromMatter {
		return ""
	}
	return "选" + f.Label
}

// narrow is what the box says that narrows a long list to tick while somebody types.
func (f Field) narrow() string {
	if len(f.Options) <= few || f.fold() == "" {
		return ""
	}
	return "写几个字，找" + f.Label
}

func (f Field) value() string { return workflow.Answers{"": f.Values}.Get("") }

func (s Style) rows(n workflow.Need) int {
	if n.Max >= long && s.Tall > 0 {
		return s.Tall
	}
	return s.Rows
}

// empty are the words of no choice.
func (f Field) empty() string {
	if f.Kind == workflow.AskUnit {
		return "请选单位"
	}
	return "请选"
}
