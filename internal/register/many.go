package register

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// MostAtOnce is to how many matters one form may do a move.
const MostAtOnce = PageSize

// Outcome is what became of one matter of many.
type Outcome struct {
	Number  string
	Done    bool
	Before  bool   // this very form had done it already
	Refused string // why it was not done
	Left    bool   // the run was cut off before it
}

// MoveMany does one move to several matters, each by itself: its own transaction, its own
// guard, and a token that follows from the form's, so that what is sent again does nothing
// twice, and a run that was cut off goes on. Own are of each the answers that are its own:
// what its form was filled in over, and what was chosen for it alone. A fault that all of
// them have is the form's, and nothing is done.
func (r *Register) MoveMany(ctx context.Context, o workflow.Order, numbers []string, own map[string]workflow.Answers) ([]Outcome, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	answers := func(number string) workflow.Answers {
		all := maps.Clone(o.Answers)
		maps.Copy(all, own[number])
		return all
	}
	first := o
	first.Answers = answers(numbers[0])
	if _, err := r.Act(ctx, first); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(numbers))
	var faults []error
	cut := false
	for i, number := range numbers {
		out[i].Number = number
		if cut {
			out[i].Left = true
			continue
		}
		one := o
		one.Number, one.Token, one.Answers = number, TokenOf(o.Token, string(o.Action), number), answers(number)
		done, err := r.Move(ctx, one)
		said, told := Refusal(err)
		switch {
		case err == nil:
			out[i].Done, out[i].Before = true, done.Repeated
		case told:
			out[i].Refused = said
			faults = append(faults, err)
		default:
			cut, out[i].Left = true, true
		}
	}
	if len(faults) == len(numbers) && len(faults) > 0 && !slices.ContainsFunc(faults, func(err error) bool {
		return !fault.Is(err, fault.Invalid) || !reflect.DeepEqual(fault.FieldsOf(err), fault.FieldsOf(faults[0]))
	}) {
		return nil, faults[0]
	}
	return out, nil
}

// TokenOf is the token of one act among several of a form: it follows from the form's.
func TokenOf(token []byte, parts ...any) []byte {
	sum := sha256.Sum256(fmt.Append(slices.Clone(token), parts...))
	return sum[:len(token)]
}

// keptBelow is what a form of one matter says of what was typed; among many matters nothing
// is below.
const keptBelow = "您写的内容还在下面，没有丢。"

// Refusal is why something was not done, as it is said to whoever asked; false of what is
// said to nobody.
func Refusal(err error) (string, bool) {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden, fault.NotFound:
	default:
		return "", false
	}
	var f *fault.Error
	var said []string
	if errors.As(err, &f) {
		for _, field := range f.Fields {
			said = append(said, field.Sentence)
		}
	}
	if len(said) > 0 {
		return strings.Join(said, "；"), true
	}
	return strings.TrimSuffix(strings.ReplaceAll(fault.SentenceOf(err), keptBelow, ""), "。"), true
}

// Several are the matters with these numbers that a person may know of, as a list shows
// them, and of each what a form is filled in over.
func (r *Register) Several(ctx context.Context, by staff.Person, numbers []string, over string) ([]Row, map[string]string, error) {
	page, err := r.ListOf(ctx, by.Scope(), Filter{View: ViewAll, Person: by, Numbers: numbers}, Cursor{}, MostAtOnce)
	if err != nil || over == "" {
		return page.Rows, nil, err
	}
	type seen struct{ Number, Value string }
	all, err := pg.All[seen](ctx, r.Pool, `SELECT m.number, coalesce(`+r.Kind.Law.Seen[over].SQL+`, '') AS value FROM matter m WHERE m.number = ANY (@numbers) AND (`+by.Scope().SQL+`)`,
		by.Scope().With(pg.Args{"numbers": numbers}))
	if err != nil {
		return nil, nil, fmt.Errorf("what a form is filled in over: %w", err)
	}
	values := map[string]string{}
	for _, one := range all {
		values[one.Number] = one.Value
	}
	return page.Rows, values, nil
}
