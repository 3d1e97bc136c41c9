package complaint

import (
	"context"
	"fmt"
	"slices"

	"zhengxin/internal/category"
	"zhengxin/internal/form"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Offer is what there is to choose from: what fits the words of the search box, or
// comes most, and all the rest behind it. No choice stands in it twice.
type Offer struct {
	First, Rest []workflow.Option
	Said        string // what the search found; empty when nothing was searched for
	Sure        Sure
	Advice      string // what other way is open, whichever is chosen
}

// Sure is the tick that says that the choice counts and not the words beside it; none
// is asked for while Label is empty.
type Sure struct {
	Label, Value string
}

// OfferUnits are the units that a complaint may name.
func (r *Register) OfferUnits(ctx context.Context, f StoryForm) (Offer, error) {
	all, err := r.Units.Complainable(ctx)
	if err != nil {
		return Offer{}, err
	}
	var out Offer
	chosen, known := all.ByCode(f.Unit)
	first := unit.List(nil)
	if words := form.Line(f.UnitName); words != "" {
		first = all.Search(words)
		u, named := all.Called(words)
		switch {
		case named:
			out.Said = "就是名单里的“" + u.Name + "”。"
		case len(first) == 0:
			out.Said = "没有找到相近的单位。换个叫法再找，或者选“不在名单里”。"
		default:
			out.Said = fmt.Sprintf("找到 %s相近的单位，请在下面选。", unit.Counted(len(first)))
		}
		if known && f.beside(all) {
			out.Sure = Sure{"就是“" + chosen.Name + "”，上面写的“" + words + "”不算", f.sure()}
		}
	}
	if _, shown := first.ByCode(f.Unit); known && !shown {
		first = append(unit.List{chosen}, first...)
	}
	for _, u := range first {
		out.First = append(out.First, workflow.Option{Value: u.Code, Label: u.Name})
	}
	out.First = append(out.First, workflow.Option{Value: UnknownUnit, Label: "不在名单里，由登记员确定"})
	for _, u := range all.ByKind() {
		if _, shown := first.ByCode(u.Code); !shown {
			out.Rest = append(out.Rest, workflow.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
		}
	}
	return out, nil
}

// OfferCategories are the categories in force, those first that fit the words, or that
// people have a plain sentence for; without any, that the registrar says which it is.
func (r *Register) OfferCategories(ctx context.Context, f StoryForm) (Offer, error) {
	all, err := r.Categories.All(ctx)
	if err != nil {
		return Offer{}, err
	}
	if len(all) == 0 {
		return Offer{First: []workflow.Option{{Value: category.Unknown, Label: "由登记员确定"}}}, nil
	}
	var out Offer
	words := form.Line(f.CategoryQuery)
	found := category.Fitting(all, words)
	switch {
	case words == "":
	case len(found) == 0:
		out.Said = "没有找到。换个词再找，或者直接从下面选最像的。"
	default:
		out.Said = fmt.Sprintf("找到 %d\u00a0类，排在最前面。", len(found))
	}
	first := found
	add := func(c category.Category) {
		if !slices.ContainsFunc(first, func(have category.Category) bool { return have.Code == c.Code }) {
			first = append(first, c)
		}
	}
	for _, one := range all {
		if one.Code == f.Category {
			add(one)
		}
	}
	for _, one := range category.Plain(all) {
		add(one)
	}
	for _, one := range first {
		out.First = append(out.First, option(one))
		asked := one.Code == f.Category || slices.ContainsFunc(found, func(have category.Category) bool { return have.Code == one.Code })
		if asked && out.Advice == "" {
			out.Advice = one.WayOut
		}
	}
	shown := len(first)
	for _, one := range all {
		if add(one); len(first) > shown {
			shown = len(first)
			rest := option(one)
			rest.Group = one.Group
			out.Rest = append(out.Rest, rest)
		}
	}
	return out, nil
}

// option is a category as it is offered: the sentence of people first, with the law's
// name for it.
func option(c category.Category) workflow.Option {
	if c.Plain != "" {
		return workflow.Option{Value: c.Code, Label: c.Plain + "（" + c.Title + "）"}
	}
	return workflow.Option{Value: c.Code, Label: c.Title + "：" + c.Description}
}
