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

// ViewCounts counts the views of all registers that a person reads, for lists and the
// navigation: in one round trip, however many registers there are.
func (d *Desk) ViewCounts(ctx context.Context, p staff.Person) (map[*register.Kind]map[string]int, error) {
	var asked []register.Question
	for _, r := range d.Rooms {
		if !r.Kind().ReadBy(p.Role) {
			continue
		}
		q := register.Question{Kind: r.Kind()}
		for _, v := range countedViews(r.Kind()) {
			q.Filters = append(q.Filters, register.Filter{View: v.Name, Person: p})
		}
		asked = append(asked, q)
	}
	counts, err := d.Tally.Of(ctx, d.Office, p.Scope(), asked...)
	if err != nil {
		return nil, err
	}
	out := map[*register.Kind]map[string]int{}
	for i, q := range asked {
		out[q.Kind] = map[string]int{}
		for n, f := range q.Filters {
			out[q.Kind][f.View] = counts[i][n]
		}
	}
	return out, nil
}

// Counted counts in one register.
func (d *Desk) Counted(ctx context.Context, k *register.Kind, p staff.Person, filters ...register.Filter) ([]int, error) {
	counts, err := d.Tally.Of(ctx, d.Office, p.Scope(), register.Question{Kind: k, Filters: filters})
	if err != nil {
		return nil, err
	}
	return counts[0], nil
}
