package register

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"zhengxin/internal/form"
	"zhengxin/internal/staff"
)

// CountLimit is where counting stops: whoever has a thousand to do needs no
// exact number, and counting on would cost more than the page.
const CountLimit = 1000

// searchLimit is where the count of a search stops: each match has to be looked
// at in its text, and whoever finds a hundred looks for something else.
const searchLimit = 100

// CountTo is where counting what the filter lets through stops.
func (f Filter) CountTo() int {
	if f.Text != "" {
		return searchLimit
	}
	return CountLimit
}

// Question is what to count in one register.
type Question struct {
	Kind    *Kind
	Filters []Filter
}

// Count counts what each filter lets through, as far as it counts.
func (r *Register) Count(ctx context.Context, scope staff.Scope, filters []Filter) ([]int, error) {
	counts, err := r.CountAll(ctx, scope, Question{r.Kind, filters})
	if err != nil {
		return nil, err
	}
	return counts[0], nil
}

// CountAll counts in several registers, in one round trip.
func (o Office) CountAll(ctx context.Context, scope staff.Scope, asked ...Question) ([][]int, error) {
	args, all := scope.With(nil), &query{}
	var counts []string
	for _, one := range asked {
		for _, f := range one.Filters {
			q := one.Kind.query(f, scope, o.Engine.Now(), fmt.Sprintf("f%d_", len(counts)))
			counts = append(counts, `(SELECT count(*) FROM (`+q.first(f.CountTo(), `m.id`, q.conditions(scope), ``)+`) counted)`)
			maps.Copy(args, q.args)
			all.drawn = all.drawn || q.drawn
		}
	}
	out := make([][]int, len(asked))
	if len(counts) == 0 {
		return out, nil
	}
	found, err := ask[[]int](ctx, o.Pool, all, `SELECT (ARRAY[`+strings.Join(counts, `, `)+`])::int[] AS counts`, args)
	if err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	rest := found[0]
	for i, one := range asked {
		out[i], rest = rest[:len(one.Filters)], rest[len(one.Filters):]
	}
	return out, nil
}

// Tally keeps counts for a few seconds, so that turning pages does not count
// again. Moves of its own process make it count anew.
type Tally struct {
	Now func() time.Time

	mu   sync.Mutex
	kept map[string]counted
}

type counted struct {
	counts [][]int
	until  time.Time
}

// TallyLife is how old a count may be.
const TallyLife = 3 * time.Second

const tallyMost = 512

// Of is CountAll, at most TallyLife old.
func (t *Tally) Of(ctx context.Context, o Office, scope staff.Scope, asked ...Question) ([][]int, error) {
	key := tallyKey(scope, asked)
	now := t.Now()
	t.mu.Lock()
	kept, ok := t.kept[key]
	t.mu.Unlock()
	if ok && now.Before(kept.until) {
		return kept.counts, nil
	}
	counts, err := o.CountAll(ctx, scope, asked...)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= tallyMost {
		t.kept = map[string]counted{}
	}
	t.kept[key] = counted{counts, now.Add(TallyLife)}
	return counts, nil
}

// tallyKey tells apart what is counted: everything that the scope and the
// questions put into the statement. No part can hold the byte between them.
func tallyKey(scope staff.Scope, asked []Question) string {
	var b strings.Builder
	part := func(s string) { b.WriteString(s); b.WriteByte(0) }
	part(scope.SQL)
	for _, name := range slices.Sorted(maps.Keys(scope.Args)) {
		part(name)
		switch v := scope.Args[name].(type) {
		case string:
			part(v)
		case []string:
			part(strings.Join(v, "\x01"))
		default:
			part(fmt.Sprint(v))
		}
	}
	for _, one := range asked {
		part(string(one.Kind.Law.Kind))
		part(strconv.Itoa(len(one.Filters)))
		for _, f := range one.Filters {
			part(f.View)
			part(strconv.FormatInt(f.Person.ID, 10))
			part(string(f.Person.Role))
			part(f.Person.Unit)
			part(fmt.Sprint(f.Person.Stands, f.Person.Loose))
			part(strconv.Itoa(len(f.States)))
			for _, s := range f.States {
				part(string(s))
			}
			for _, s := range []string{f.Unit, f.Category, f.Group, f.Text, string(f.Due), strconv.FormatBool(f.Provisional), f.Since.String(), f.Until.String(), f.Lead, f.Figure, string(f.Watched)} {
				part(s)
			}
			part(strconv.Itoa(len(f.Details)))
			for _, d := range f.Details {
				for _, s := range []string{d.Name, d.Value, bound(d.Least), bound(d.Most)} {
					part(s)
				}
			}
		}
	}
	return b.String()
}

func bound(sum *form.Amount) string {
	if sum == nil {
		return ""
	}
	return sum.String()
}

// Forget makes the next one count anew.
func (t *Tally) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = nil
}
