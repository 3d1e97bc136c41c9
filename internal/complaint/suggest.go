package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

// Suggested is what a unit or a category may be, and why that is thought. A person
// decides: nothing is filled in by itself.
type Suggested struct {
	Value string
	Label string
	Why   string
}

// Suggestions are what is suggested of one complaint, the likeliest first.
type Suggestions struct {
	Units      []Suggested
	Categories []Suggested
}

// Telling is what a suggestion is made of.
type Telling struct{ Number, UnitSaid, Title, Request, Facts string }

// Telling is what the complaint says.
func (d *Dossier) Telling() Telling {
	return Telling{d.Matter.Number, d.Said.UnitSaid, d.Matter.Title, d.Said.Request, d.Said.Facts}
}

// Tellings are what several complaints say, of those that a person may know of, by number.
func (r *Register) Tellings(ctx context.Context, by staff.Person, numbers []string) (map[string]Telling, error) {
	scope := by.Scope()
	rows, err := pg.All[Telling](ctx, r.Pool, `SELECT m.number, c.unit_said, m.title, c.request, c.facts
		FROM matter m JOIN complaint c ON c.matter_id = m.id WHERE m.number = ANY (@numbers) AND (`+scope.SQL+`)`, scope.With(pg.Args{"numbers": numbers}))
	if err != nil {
		return nil, fmt.Errorf("what complaints say: %w", err)
	}
	all := map[string]Telling{}
	for _, one := range rows {
		all[one.Number] = one
	}
	return all, nil
}

// Telling is what a form says before it is filed.
func (f StoryForm) Telling() Telling {
	return Telling{"", f.UnitName, f.Title, f.Request, f.Facts}
}

func (t Telling) text() string {
	return strings.Join([]string{t.UnitSaid, t.Title, t.Request, t.Facts}, "\n")
}

// learnt is of which complaints the office has decided unit and category lately: their
// words, kept to be compared with. What was decided of them is read each time, under the
// scope of whoever asks, so that a suggestion tells nobody of a complaint that is not
// theirs, and none is learnt from after it was settled anew.
type learnt struct {
	once     sync.Once
	kept     kept.Value[time.Time]
	mu       sync.RWMutex
	examples search.Examples
}

const (
	// mostLearnt is of how many complaints is learnt: some years of a county, a few
	// megabytes, and what was decided long before is no longer how it is decided.
	mostLearnt = 5000
	// asked of the nearest is first who may know of them, so more are looked up than vote.
	mostAsked = 4 * search.Voters
	// A unit that is named and three that were decided would be a list to read.
	mostSuggested = 3
)

// Suggest says what unit and category may be, by the units that the words name and by
// what was decided of the complaints most like it: of those that the person may know of.
func (r *Register) Suggest(ctx context.Context, by staff.Person, t Telling) (Suggestions, error) {
	var out Suggestions
	text := t.text()
	nearest, err := r.nearest(ctx, text)
	if err != nil {
		return out, err
	}
	units, categories, err := r.decided(ctx, by.Scope(), t.Number, nearest)
	if err != nil {
		return out, err
	}
	complainable, err := r.Units.Complainable(ctx)
	if err != nil {
		return out, err
	}
	named := complainable.In(text)
	for _, u := range named {
		out.Units = append(out.Units, Suggested{u.Code, u.Name, "文中写了“" + u.Called + "”"})
	}
	for _, v := range search.Count(nearest, units) {
		// What is written there says more than what others wrote.
		if u, ok := complainable.ByCode(v.Value); ok && (len(named) == 0 || slices.ContainsFunc(named, func(n unit.Named) bool { return n.Code == u.Code })) {
			out.Units = append(out.Units, Suggested{u.Code, u.Name, agreed(v)})
		}
	}
	for _, v := range search.Count(nearest, categories) {
		c, ok, err := r.Categories.ByCode(ctx, v.Value)
		if err != nil {
			return out, err
		}
		if ok {
			out.Categories = append(out.Categories, Suggested{c.Code, c.Title + " " + c.Code, agreed(v)})
		}
	}
	out.Units, out.Categories = likeliest(out.Units), likeliest(out.Categories)
	return out, nil
}

// agreed says how many of the nearest were decided so.
func agreed(v search.Vote) string {
	if v.Has == v.Of {
		return fmt.Sprintf("最像的 %d\u00a0件都是它", v.Of)
	}
	return fmt.Sprintf("最像的 %d\u00a0件里 %d\u00a0件是它", v.Of, v.Has)
}

// likeliest are the likeliest, each once, with all that speaks for it.
func likeliest(all []Suggested) (out []Suggested) {
	at := map[string]int{}
	for _, one := range all {
		if i, ok := at[one.Value]; ok {
			out[i].Why += "；" + one.Why
			continue
		}
		at[one.Value] = len(out)
		out = append(out, one)
	}
	return out[:min(len(out), mostSuggested)]
}

// nearest are the decided complaints whose words are most like a text.
func (r *Register) nearest(ctx context.Context, text string) ([]search.Near, error) {
	l := r.learnt
	l.once.Do(func() { l.kept.Life, l.kept.Now, l.kept.Read = time.Minute, r.Engine.Now, r.learn })
	if _, err := l.kept.Get(ctx); err != nil {
		return nil, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.examples.Nearest(text, mostAsked), nil
}

// learn reads which complaints were decided last, and the words of those that it has not
// had. By somebody of the office: an import and a complainant's own choice teach nothing.
func (r *Register) learn(ctx context.Context) (time.Time, error) {
	ids, err := pg.All[int64](ctx, r.Pool, `
		SELECT m.id FROM matter m
		WHERE m.kind = @kind AND m.unit IS NOT NULL AND m.category IS NOT NULL
			AND EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = ANY (@decides))
		ORDER BY m.id DESC LIMIT @most`, pg.Args{"kind": string(Kind.Law.Kind), "decides": []string{string(SettleUnit), string(Accept)}, "most": mostLearnt})
	if err != nil {
		return time.Time{}, fmt.Errorf("what was decided: %w", err)
	}
	l := r.learnt
	l.mu.Lock()
	defer l.mu.Unlock()
	return r.Engine.Now(), l.examples.Put(ids, func(missing []int64) (map[int64]string, error) {
		type row struct {
			ID   int64
			Text string
		}
		rows, err := pg.All[row](ctx, r.Pool, `
			SELECT m.id, concat_ws(E'\n', c.unit_said, m.title, c.request, c.facts) AS text
			FROM matter m JOIN complaint c ON c.matter_id = m.id WHERE m.id = ANY (@ids)`, pg.Args{"ids": missing})
		texts := make(map[int64]string, len(rows))
		for _, one := range rows {
			texts[one.ID] = one.Text
		}
		return texts, err
	})
}

// decided is what unit and category those have that the reader may know of.
func (r *Register) decided(ctx context.Context, scope staff.Scope, but string, nearest []search.Near) (units, categories map[int64]string, err error) {
	units, categories = map[int64]string{}, map[int64]string{}
	if len(nearest) == 0 {
		return units, categories, nil
	}
	ids := make([]int64, len(nearest))
	for i, n := range nearest {
		ids[i] = n.ID
	}
	type row struct {
		ID             int64
		Unit, Category string
	}
	rows, err := pg.All[row](ctx, r.Pool, `SELECT m.id, m.unit, m.category FROM matter m
		WHERE m.id = ANY (@ids) AND m.number <> @but AND m.unit IS NOT NULL AND m.category IS NOT NULL AND (`+scope.SQL+`)`, scope.With(pg.Args{"ids": ids, "but": but}))
	if err != nil {
		return nil, nil, fmt.Errorf("what was decided of similar ones: %w", err)
	}
	for _, one := range rows {
		units[one.ID], categories[one.ID] = one.Unit, one.Category
	}
	return units, categories, nil
}
