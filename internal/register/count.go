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

// Count counts what each filter lets through, as far as it counts, in one round
// trip.
func (r *Register) Count(ctx context.Context, scope staff.Scope, filters []Filter) ([]int, error) {
	if len(filters) == 0 {
		return nil, nil
	}
	args, all := scope.With(nil), &query{}
	counts := make([]string, len(filters))
	for i, f := range filters {
		q := r.Kind.query(f, scope, r.Engine.Now(), fmt.Sprintf("f%d_", i))
		counts[i] = `(SELECT count(*) FROM (` + q.first(f.CountTo(), `m.id`, q.conditions(scope), ``) + `) counted)`
		maps.Copy(args, q.args)
		all.text = all.text || q.text
	}
	sql := `SELECT ARRAY[` + strings.Join(counts, `, `) + `]::int[] AS counts`
	found, err := ask[[]int](ctx, r, all, sql, args)
	if err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	return found[0], nil
}

// Tally keeps counts for a few seconds, so that turning pages does not count
// again. Moves of its own process make it count anew.
type Tally struct {
	Now func() time.Time

	mu   sync.Mutex
	kept map[string]counted
}

type counted struct {
	counts []int
	until  time.Time
}

const (
	tallyLife = 3 * time.Second
	tallyMost = 512
)

// Of is Count, at most tallyLife old.
func (t *Tally) Of(ctx context.Context, r *Register, scope staff.Scope, filters []Filter) ([]int, error) {
	key := tallyKey(string(r.Kind.Law.Kind), scope, filters)
	now := t.Now()
	t.mu.Lock()
	kept, ok := t.kept[key]
	t.mu.Unlock()
	if ok && now.Before(kept.until) {
		return kept.counts, nil
	}
	counts, err := r.Count(ctx, scope, filters)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= tallyMost {
		t.kept = map[string]counted{}
	}
	t.kept[key] = counted{counts, now.Add(tallyLife)}
	return counts, nil
}

// tallyKey tells apart what is counted: everything that the scope and the
// filters put into the statement. No part can hold the byte between them.
func tallyKey(kind string, scope staff.Scope, filters []Filter) string {
	var b strings.Builder
	part := func(s string) { b.WriteString(s); b.WriteByte(0) }
	part(kind)
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
	for _, f := range filters {
		part(f.View)
		part(strconv.FormatInt(f.Person.ID, 10))
		part(string(f.Person.Role))
		part(f.Person.Unit)
		part(strconv.Itoa(len(f.States)))
		for _, s := range f.States {
			part(string(s))
		}
		for _, s := range []string{f.Unit, f.Category, f.Group, f.Text, string(f.Due), strconv.FormatBool(f.Provisional)} {
			part(s)
		}
	}
	return b.String()
}

// Forget makes the next one count anew.
func (t *Tally) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = nil
}
