// Package fault says what went wrong in a way a page can show: every error
// that is meant for a person has a kind, one sentence in Chinese and, where a
// form is at fault, the sentences of its fields. Anything else is Internal and
// its text never leaves the log.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind is what a caller may do about an error. The zero value is Internal, so
// an error that nobody classified hides its text.
type Kind int

const (
	Internal  Kind = iota // our mistake: logged, not shown
	Invalid               // something typed is wrong; Fields says what
	NotFound              // absent, or not yours: the two look alike
	Forbidden             // known to be yours but not now
	Conflict              // somebody was first, or the state moved on
	TooMany               // slow down
	TooLarge              // the request is bigger than its route allows
	Expired               // a draft, session or unlock has lapsed
	Unsure                // whether it was saved is not known; sending it again is safe
)

// ErrUnreachable marks an error, whatever its kind, as the database's being away or
// full: nothing was saved, and coming back later may help.
var ErrUnreachable = errors.New("the database cannot be reached or written")

// Field is one fault beside one field of a form, in the form's own order. One with
// readings is a question and no refusal: the value stands once a reading is chosen.
type Field struct {
	Name     string // the field's name attribute
	Sentence string // what to do, in Chinese
	Readings []Reading
	Asked    bool // it is a question, too: the field of that name is its answer
}

// Question reports whether it asks, and says nothing that is wrong.
func (f Field) Question() bool { return f.Asked || len(f.Readings) > 0 }

// Reading is what a doubtful value may mean: what is taken when it is chosen, and how
// that is said to whoever chooses.
type Reading struct{ Value, Words string }

// Error is an error for a person.
type Error struct {
	Kind     Kind
	Sentence string
	Fields   []Field
	After    time.Duration // how long to wait before trying again, 0 when it is not known
	Err      error         // the cause, for the log only
}

// Error is the text for the log; pages use Sentence.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Sentence + ": " + e.Err.Error()
	}
	return e.Sentence
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with its sentence.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Sentence: fmt.Sprintf(format, args...)}
}

// Later makes a TooMany that knows how long to wait; it must be more than nothing.
func Later(after time.Duration, format string, args ...any) *Error {
	e := New(TooMany, format, args...)
	e.After = after
	return e
}

// Minutes is a wait as a sentence tells it: minutes, the last one begun and whole.
func Minutes(after time.Duration) int {
	return max(1, int((after+time.Minute-1)/time.Minute))
}

// Fields makes an Invalid error from the faults of a form; nil when there are
// none, so that a validator can end with it.
func Fields(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	what := "请确认"
	for _, f := range fields {
		if !f.Question() {
			what = "要改"
		}
	}
	return &Error{Kind: Invalid, Sentence: fmt.Sprintf("有 %d 处%s", len(fields), what), Fields: fields}
}

// KindOf is the kind of the first Error in the chain, else Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// FieldsOf are the faults of a form, none when err is not Invalid.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// AfterOf is how long to wait before trying again, 0 when err does not know.
func AfterOf(err error) time.Duration {
	var e *Error
	if errors.As(err, &e) {
		return e.After
	}
	return 0
}

// SentenceOf is what may be shown of err; empty when nothing may.
func SentenceOf(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Kind != Internal {
		return e.Sentence
	}
	return ""
}
