package form

import (
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-playground/validator/v10"

	"zhengxin/internal/fault"
)

// words are what the tags of a struct's field say to its reader.
type words struct {
	name   string // field:"title", the name attribute of the input
	label  string // label:"标题", what the page calls it
	ask    string // ask:"请写……", instead of the usual sentence for an empty field
	choice bool   // it is chosen, not written
	order  int    // its place in the struct
}

// Addressee is what a sentence calls the person whose form it is: who fills in
// their own reads 您, a clerk who writes for somebody reads 投诉人. Labels and
// asks have {who} in its place, so that each is written once.
type Addressee string

// You is the addressee of a form that people fill in for themselves.
const You Addressee = "您"

// Says puts the addressee into a sentence.
func (a Addressee) Says(sentence string) string {
	return strings.ReplaceAll(sentence, "{who}", string(a))
}

// checker is built once: the validator caches what it learns of each struct.
var checker = sync.OnceValue(newChecker)

// element is the index in the path of a slice's element.
var element = regexp.MustCompile(`\[[^\]]*\]`)

// Check holds v, a struct or a pointer to one, against its validate tags and
// gives one sentence for each faulty field, in the struct's order. Besides the
// validator's own tags it knows hanline, hantext, uscc, phone, email,
// credential and amount (see textRules).
//
// found are faults that came up earlier, when the typed strings became values
// of v: each takes the place of Check's own for that field. Names that v does
// not have come last.
//
// A tag that does not exist or does not fit its type is a programmer's mistake
// and panics at the first Check; what a person types never does. What is no
// struct is refused, so that nothing unchecked gets through.
func Check(v any, found ...fault.Field) []fault.Field { return You.Check(v, found...) }

// Check is the function of that name in sentences for this addressee.
func (a Addressee) Check(v any, found ...fault.Field) []fault.Field {
	err := checker().Struct(v)
	if err == nil && len(found) == 0 {
		return nil
	}
	fields := describe(reflect.TypeOf(v))
	all := slices.Clone(found)
	switch err := err.(type) {
	case nil:
	case validator.ValidationErrors:
		for _, fe := range err {
			w, known := fields[path(fe)]
			if !known {
				w = words{name: fe.Field()}
			}
			w.label, w.ask = a.Says(w.label), a.Says(w.ask)
			all = append(all, fault.Field{Name: w.name, Sentence: sentence(w, fe)})
		}
	default:
		all = append(all, fault.Field{Sentence: "这一页没有检查成，没有保存。请再交一次"})
	}
	return inOrder(onePerName(all), fields)
}

// InOrder puts faults in the order in which v, a struct, has their fields.
func InOrder(faults []fault.Field, v any) []fault.Field {
	return inOrder(faults, describe(reflect.TypeOf(v)))
}

// onePerName keeps the first fault of each field.
func onePerName(all []fault.Field) []fault.Field {
	seen := make(map[string]bool)
	return slices.DeleteFunc(all, func(f fault.Field) bool {
		again := seen[f.Name]
		seen[f.Name] = true
		return again
	})
}

// inOrder sorts faults as the struct has its fields, unknown names last.
func inOrder(faults []fault.Field, fields map[string]words) []fault.Field {
	orders := make(map[string]int)
	for _, w := range fields {
		if order, known := orders[w.name]; !known || w.order < order {
			orders[w.name] = w.order
		}
	}
	of := func(f fault.Field) int {
		if order, known := orders[f.Name]; known {
			return order
		}
		return math.MaxInt
	}
	slices.SortStableFunc(faults, func(a, b fault.Field) int { return of(a) - of(b) })
	return faults
}

func newChecker() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("field") })
	for tag, rule := range textRules {
		if err := v.RegisterValidation(tag, func(fl validator.FieldLevel) bool {
			return fl.Field().Kind() == reflect.String && rule(fl.Field().String()) == ""
		}); err != nil {
			panic("form: " + err.Error()) // a name in textRules that no tag can have
		}
	}
	return v
}

// path is the field's way through the structs, without the outermost type's
// name and without indexes: Contact.Phone.
func path(fe validator.FieldError) string {
	return element.ReplaceAllString(fe.StructNamespace(), "")
}

// describe reads the tags of a struct and of the structs in it.
func describe(t reflect.Type) map[string]words {
	fields := make(map[string]words)
	if t != nil {
		if t = bare(t); t.Kind() == reflect.Struct {
			prefix := element.ReplaceAllString(t.Name(), "")
			if prefix != "" {
				prefix += "."
			}
			collect(fields, t, prefix, 0)
		}
	}
	return fields
}

// maxDepth ends the walk through types that contain themselves.
const maxDepth = 5

func collect(fields map[string]words, t reflect.Type, prefix string, depth int) {
	for i := range t.NumField() {
		f := t.Field(i)
		rules := f.Tag.Get("validate")
		inner := bare(f.Type)
		w := words{
			name:   f.Tag.Get("field"),
			label:  f.Tag.Get("label"),
			ask:    f.Tag.Get("ask"),
			choice: strings.Contains(rules, "oneof=") || f.Type.Kind() == reflect.Slice || inner.Kind() == reflect.Bool,
			order:  len(fields),
		}
		if w.name == "" {
			w.name = f.Name
		}
		fields[prefix+f.Name] = w
		if inner.Kind() == reflect.Struct && !isValue(inner) && depth < maxDepth {
			collect(fields, inner, prefix+f.Name+".", depth+1)
		}
	}
}

// isValue tells the structs that are one value on a form.
func isValue(t reflect.Type) bool {
	return t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[Date]()
}

// bare takes pointers and slices off a type.
func bare(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t
}
