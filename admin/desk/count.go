package desk

import (
	"context"
	"slices"

	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

// countedViews are the views that say how many they have: what is over has no end.
func countedViews(k *register.Kind) []register.View {
	return slices.DeleteFunc(k.AllViews(), func(v register.View) bool { return v.Name == register.ViewClosed || v.Name == register.ViewAll })
}

// ViewCounts counts the views of one person, for the list and the navigation.
func (d *Desk) ViewCounts(ctx context.Context, r *register.Register, p staff.Person) (map[string]int, error) {
	counted := countedViews(r.Kind)
	filters := make([]register.Filter, len(counted))
	for i, v := range counted {
		filters[i] = register.Filter{View: v.Name, Person: p}
	}
	counts, err := d.Tally.Of(ctx, r, p.Scope(), filters)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i, v := range counted {
		out[v.Name] = counts[i]
	}
	return out, nil
}
