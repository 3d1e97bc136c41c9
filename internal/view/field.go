package view

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// Errors are the faults of a form in the order of the page.
type Errors []fault.Field

// ErrorsOf takes the faults of a form out of an error; empty when it has none.
func ErrorsOf(err error) Errors {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Fields
	}
	return nil
}

// For is the sentence beside one field, empty when nothing is wrong with it.
func (e Errors) For(name string) string {
	for _, f := range e {
		if f.Name == name {
			return f.Sentence
		}
	}
	return ""
}

// Asks says that what is said of a field is a question and no fault.
func (e Errors) Asks(name string) bool {
	for _, f := range e {
		if f.Name == name {
			return f.Asked
		}
	}
	return false
}

// Wrong says that something is wrong or may be: not all that is said is a question.
func (e Errors) Wrong() bool {
	faults, doubts, _ := e.split()
	return faults+doubts > 0
}

// ErrorSummary stands first in main when a form came back. Resend is the
// label of the button to press again.
type ErrorSummary struct {
	Errors Errors
	Resend string
}

// split counts what must be put right, what may be right and is to be looked at again,
// and what is asked.
func (e Errors) split() (faults, doubts, questions int) {
	for _, f := range e {
		switch {
		case len(f.Readings) > 0:
			doubts++
		case f.Asked:
			questions++
		default:
			faults++
		}
	}
	return faults, doubts, questions
}

// Count says how many places must be put right, are to be looked at again, or asked about.
func (e Errors) Count() string {
	faults, doubts, questions := e.split()
	var parts []string
	if faults > 0 {
		parts = append(parts, N(faults, "处")+"要改")
	}
	if doubts > 0 {
		parts = append(parts, N(doubts, "处")+"请再看一遍")
	}
	if questions > 0 {
		parts = append(parts, N(questions, "处")+"请确认")
	}
	return strings.Join(parts, "，")
}

func (s ErrorSummary) title() string { return "有 " + s.Errors.Count() }

func (s summary) advice() string {
	text := s.still()
	if s.Resend == "" {
		return text
	}
	var done []string
	faults, doubts, questions := s.Errors.split()
	for _, one := range []struct {
		n    int
		done string
	}{{faults, "改好"}, {doubts, "看过"}, {questions, "确认"}} {
		if one.n > 0 {
			done = append(done, one.done)
		}
	}
	return text + strings.Join(done, "、") + "这 " + N(len(s.Errors), "处") + "，再按“" + s.Resend + "”。"
}

// Width tells the expected length of what is typed.
type Width string

// The widths; the zero value takes the whole column.
const (
	WidthFull Width = ""
	Width4    Width = "w-4"
	Width8    Width = "w-8"
	Width12   Width = "w-12"
	Width20   Width = "w-20"
	Width28   Width = "w-28"
)

// Doubt is the question under a field about a doubtful value: a tick, or a choice of
// what it may mean. What was chosen goes on with the form, so that nobody is asked twice.
type Doubt struct {
	Name     string // of the field; its answer is sent as Name_sure
	Readings []fault.Reading
	Chosen   string
	Asked    bool // the field itself is the answer to a question
}

// Doubt is the question about one field, with what was chosen of its readings.
func (e Errors) Doubt(name, chosen string) Doubt {
	d := Doubt{Name: name, Chosen: chosen}
	for _, f := range e {
		if f.Name == name {
			d.Readings = f.Readings
		}
	}
	return d
}

func (d Doubt) option(r fault.Reading) Option { return Option{Value: r.Value, Label: r.Words} }

func (d Doubt) kind() string {
	if len(d.Readings) == 1 {
		return "checkbox"
	}
	return "radio"
}

// TextField is one line of text.
type TextField struct {
	Name, Label, Hint, Error, Value string
	ID                              string // when the name is on the page twice
	Optional                        bool
	Type                            string // "text" unless given
	Width                           Width
	Code                            bool   // number or query code: fixed width, capitals
	Secret                          bool   // not shown again: it is typed anew with each sending
	InputMode                       string // "numeric", "tel" …
	Autocomplete                    string // what the browser may fill in: "tel", "current-password" …; nothing unless given
	MaxLength                       int
	Suffix                          string // what stands after the box
	Echo                            string
	Key                             string
	Doubt                           Doubt
	Known                           []Option // what may be written: the browser offers it while somebody types
}

// Unsent is what every field for words bears, so that they stay between the person
// and us: spell checking, corrections, suggestions and translation send what is typed
// to the browser's maker, and the extensions that are named send it to theirs. Nor
// does the browser offer it to the next person at the same computer.
func Unsent() templ.Attributes {
	return templ.Attributes{
		"autocomplete": "off", "autocapitalize": "off", "autocorrect": "off", "spellcheck": "false", "writingsuggestions": "false", "translate": "no",
		"data-gramm": "false", "data-gramm_editor": "false", "data-enable-grammarly": "false", "data-lt-active": "false", "data-ms-editor": "false",
	}
}

// unsent is the same for a field that the browser may fill in.
func (f TextField) unsent() templ.Attributes {
	a := Unsent()
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if f.Code {
		a["autocapitalize"] = "characters"
	}
	return a
}

// anew says that what was typed into it is gone.
func (f TextField) anew() bool {
	return f.Value == "" && (f.Secret || f.Type == "password" || f.Autocomplete == "one-time-code")
}

// SearchField is a text field whose words are looked up without sending the
// form: its button comes back to the field, to what was Found.
type SearchField struct {
	TextField
	Button string // 查找单位
	Path   string // where the form goes
	Found  string // what a search found; empty before there was one
}

// PickField is a search box with what it found as choices under it, and all there is
// behind a fold. The choices of both are one group, so that no two can be sent.
type PickField struct {
	Search                   SearchField
	Name, Label, Hint, Error string
	Value                    string
	First, Rest              []Option   // no option is in both
	Fold                     string     // the words of the fold
	Advice                   string     // said beside the choices
	Sure                     CheckField // a question about the choice; none while it has no label
	Asked                    bool       // what stands in Error is a question and no fault
	List                     bool       // one list to unfold in the place of choices, where there is little room
}

// list is all there is to choose from as one list.
func (f PickField) list() SelectField {
	return SelectField{Name: f.Name, Label: f.Label, Hint: f.Hint, Error: f.Error, Asked: f.Asked, Value: f.Value, Empty: "请选", Options: slices.Concat(f.First, f.Rest)}
}

// open says that the fold stands open: what is chosen lies behind it, or there is
// hardly anything before it.
func (f PickField) open() bool {
	return len(f.First) < 3 && f.Search.Found == "" || slices.ContainsFunc(f.Rest, func(o Option) bool { return o.chosen(f.Value) })
}

// TextArea is several lines of text.
type TextArea struct {
	Name, Label, Hint, Error, Value string
	ID                              string
	Optional                        bool
	Rows                            int
	Echo                            string
	Key                             string
}

// FileField takes one file; Accept are the endings that the browser offers.
type FileField struct {
	Name, Label, Hint, Error string
	Optional                 bool
	Accept                   string
}

// Option is one choice of a list. One that is Off is shown, so that nobody looks for
// it, and cannot be chosen: its label says why.
type Option struct {
	Value string
	Label string
	Hint  string
	Group string // options with the same group stand together, in a select or behind a fold
	Off   bool
}

// chosen says that it is among the values of its field.
func (o Option) chosen(values ...string) bool {
	return o.Value != "" && !o.Off && slices.Contains(values, o.Value)
}

// SelectField chooses one of a closed list; Empty is the label of no choice.
type SelectField struct {
	Name, Label, Hint, Error, Value string
	ID                              string
	Optional                        bool
	Empty                           string
	Options                         []Option
	Width                           Width
	Asked                           bool // what stands in Error is a question and no fault
}

// RadioField chooses one of a few. Tiles shows them as bordered tiles, Narrow
// is the label of the box that narrows a long list when scripts run.
type RadioField struct {
	Name, Label, Hint, Error, Value string
	ID                              string
	Optional                        bool
	Options                         []Option
	Tiles                           bool
	Line                            bool // few and short: beside each other
	Asked                           bool // what stands in Error is a question and no fault
	Narrow                          string
}

// CheckField is a single tick with its sentence.
type CheckField struct {
	Name, Label, Hint, Error string
	ID                       string
	Value                    string // sent when ticked, "yes" unless given
	Checked                  bool
	Strong                   bool // the label in bold
	Asked                    bool // what stands in Error is a question and no fault
}

// ChecksField ticks any number of a list. With Fold, the words of a fold, the list
// stands behind it: where there are many and most forms need none.
type ChecksField struct {
	Name, Label, Hint, Error string
	ID                       string
	Optional                 bool
	Values                   []string
	Options                  []Option
	Narrow                   string
	Fold                     string
}

// ticked counts those that are.
func (f ChecksField) ticked() (n int) {
	for _, o := range f.Options {
		if o.chosen(f.Values...) {
			n++
		}
	}
	return n
}

// DateField is three boxes, Name_year, Name_month and Name_day. The first has the
// field's id, so that a fault leads to it.
type DateField struct {
	Name, Label, Hint, Error string
	ID                       string
	Year, Month, Day         string
	Optional                 bool
	Doubt                    Doubt
	Echo                     string // how it is understood, where that is not plain
}

// MoneyField is an amount in yuan with its capitals as an echo.
type MoneyField struct {
	Name, Label, Hint, Error, Value string
	ID                              string
	Optional                        bool
	Doubt                           Doubt
}

// Headed makes the label of one of its children the heading of the page, for a
// page that has a single question.
type Headed struct {
	Field string // name of the field; with none no label is a heading
}

type headingKey struct{}

// Render draws the children.
func (v Headed) Render(ctx context.Context, w io.Writer) error {
	children := templ.GetChildren(ctx)
	return children.Render(context.WithValue(templ.ClearChildren(ctx), headingKey{}, v.Field), w)
}

func isHeading(ctx context.Context, field string) bool { return ctx.Value(headingKey{}) == field }

// shell is what every field has around its control.
type shell struct {
	name, id, label, hint, fault, echo string
	optional                           bool
	key                                string
	doubt                              Doubt
	anew, file                         bool // what was typed, or chosen, is gone
}

func idOr(id, name string) string {
	if id != "" {
		return id
	}
	return name
}

func (s shell) hintID() string  { return s.id + "-hint" }
func (s shell) errorID() string { return s.id + "-error" }
func (s shell) echoID() string  { return s.id + "-echo" }

// about lists the ids that describe the control.
func (s shell) about() templ.Attributes {
	var ids []string
	if s.hint != "" {
		ids = append(ids, s.hintID())
	}
	a := templ.Attributes{}
	if s.fault != "" {
		ids = append(ids, s.errorID())
		a["aria-invalid"] = "true"
	}
	if s.echo != "" {
		ids = append(ids, s.echoID())
	}
	if len(ids) > 0 {
		a["aria-describedby"] = strings.Join(ids, " ")
	}
	return a
}

// aboutGroup is about for a fieldset, which has no aria-invalid.
func (s shell) aboutGroup() templ.Attributes {
	a := s.about()
	delete(a, "aria-invalid")
	return a
}

func (s shell) class() string {
	if s.fault != "" {
		return "field field-wrong"
	}
	return "field"
}

func (f MoneyField) echo() string {
	switch said := form.AmountSaid(f.Value, f.Doubt.Chosen); {
	case said != "":
		return "就是：" + said
	case f.Value != "" && f.Error != "":
		return "改好后，这里显示是多少钱，方便核对"
	}
	return ""
}

// choiceID gives the first choice the id that the error summary links to.
func choiceID(id string, i int, value string) string {
	if i == 0 {
		return id
	}
	return id + "-" + value
}

func (s shell) invalid() templ.Attributes {
	if s.fault == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": s.errorID()}
}

func (f CheckField) value() string {
	if f.Value == "" {
		return "yes"
	}
	return f.Value
}

func (f CheckField) about(s shell) templ.Attributes {
	a := s.about()
	if f.Hint != "" {
		ids := s.id + "-about"
		if s.fault != "" {
			ids += " " + s.errorID()
		}
		a["aria-describedby"] = ids
	}
	return a
}

func dashed(part string) string { return "-" + strings.TrimPrefix(part, "_") }

func choicesClass(tiles, line bool, narrow string) string {
	switch {
	case tiles:
		return "tiles"
	case line:
		return "choices choices-line"
	case narrow != "":
		return "choices narrow-list"
	}
	return "choices"
}

func narrow(label string) templ.Attributes {
	if label == "" {
		return nil
	}
	return templ.Attributes{"data-narrow": label}
}

type optionGroup struct {
	name    string
	options []Option
}

// groupOptions keeps the order and starts a group where its name changes.
func groupOptions(list []Option) []optionGroup {
	var out []optionGroup
	for _, o := range list {
		if len(out) == 0 || out[len(out)-1].name != o.Group {
			out = append(out, optionGroup{name: o.Group})
		}
		last := &out[len(out)-1]
		last.options = append(last.options, o)
	}
	return out
}

// Take is the name of the buttons that fill a field with what is suggested for it.
const Take = "take"

// Suggestion is what a field may be filled with, and why that is thought. Its button sends
// the form to have the field filled, and does nothing else.
type Suggestion struct{ Field, Value, Label, Why string }

// taken is what its button says.
func (s Suggestion) taken() string { return s.Field + "=" + s.Value }

// Suggestions stand under the field, the likeliest first.
type Suggestions []Suggestion

// Beside are those that say something to whoever has chosen already: none where the choice
// is the likeliest.
func (s Suggestions) Beside(chosen ...string) Suggestions {
	has := func(one Suggestion) bool { return slices.Contains(chosen, one.Value) }
	if len(s) == 0 || has(s[0]) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s), has)
}
