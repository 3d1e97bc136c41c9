package unit

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// shortest is how much of a name must be left to tell one body from another.
const shortest = 2

// Called is the one unit that goes by exactly what was typed, as its name or an
// alias: blanks, punctuation and full-width forms aside, and with or without
// the county before it (“郏县财政局”, “县财政局”, “财政局”). False when none or
// more than one does: who is complained about is never guessed.
func (l List) Called(text string) (Unit, bool) {
	typed := bare(text)
	if utf8.RuneCountInString(typed) < shortest {
		return Unit{}, false
	}
	if exact := l.named(func(name string) bool { return name == typed }); len(exact) > 0 {
		return exact[0], len(exact) == 1
	}
	counties := l.counties()
	core := within(typed, counties)
	if utf8.RuneCountInString(core) < shortest {
		return Unit{}, false
	}
	found := l.named(func(name string) bool { return within(name, counties) == core })
	if len(found) != 1 {
		return Unit{}, false
	}
	// “人民政府” alone may be the county's or any town's.
	if core == typed && len(l.named(func(name string) bool { return strings.HasSuffix(name, core) })) > 1 {
		return Unit{}, false
	}
	return found[0], true
}

// Called is the unit that a complaint may name and that goes by exactly these
// words; see List.Called.
func (d *Directory) Called(ctx context.Context, text string) (Unit, bool, error) {
	complainable, err := d.Complainable(ctx)
	if err != nil {
		return Unit{}, false, err
	}
	u, ok := complainable.Called(text)
	return u, ok, nil
}

// Supervising are the offices that stand under nobody: complaints reach them
// first.
func (l List) Supervising() List {
	return l.only(func(u Unit) bool { return u.Kind == Office && u.Parent == "" && u.Current })
}

// Meant are the units that these words may mean: they have a name of it in them,
// or a search for them would find it.
func (l List) Meant(text string) List {
	typed, counties := bare(text), l.counties()
	searched := within(typed, counties)
	return l.only(func(u Unit) bool {
		if _, found := u.rank(searched); found && searched != "" {
			return true
		}
		return slices.ContainsFunc(u.names(), func(name string) bool {
			core := within(name, counties)
			return utf8.RuneCountInString(core) >= shortest && strings.Contains(typed, core)
		})
	})
}

// named are the units one of whose names fits, each once.
func (l List) named(fits func(name string) bool) List {
	return l.only(func(u Unit) bool { return slices.ContainsFunc(u.names(), fits) })
}

// counties are the counties whose governments are in the list.
func (l List) counties() []string {
	var out []string
	for _, u := range l {
		if county, ok := strings.CutSuffix(bare(u.Name), "人民政府"); ok && u.Kind == CountyGovernment && county != "" {
			out = append(out, county)
		}
	}
	return out
}

// within is a name as it is said inside the county, without the county's own.
func within(name string, counties []string) string {
	for _, county := range slices.Concat(counties, []string{"县"}) {
		if rest, ok := strings.CutPrefix(name, county); ok {
			return rest
		}
	}
	return name
}
