package complaint

import (
	"context"
	"fmt"

	"zhengxin/internal/category"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// Offer is a list to choose from, with what fits the words of its search box
// first, under a heading of its own.
type Offer struct {
	Options []workflow.Option
	Said    string // what the search found; empty when nothing was searched for
}

// OfferUnits are the units one may complain about.
func (r *Register) OfferUnits(ctx context.Context, typed string) (Offer, error) {
	all, err := r.Units.Complainable(ctx)
	if err != nil {
		return Offer{}, err
	}
	var out Offer
	if words := form.Line(typed); words != "" {
		for _, u := range all.Search(words) {
			out.Options = append(out.Options, workflow.Option{Value: u.Code, Label: u.Name, Group: "和“" + words + "”相近的"})
		}
		u, named := all.Called(words)
		switch {
		case named:
			out.Said = "名单里有“" + u.Name + "”。就是它的，不用再选。"
		case len(out.Options) == 0:
			out.Said = "没有找到相近的单位。换个叫法再找，或者在名单最后选“不在名单里”。"
		default:
			out.Said = fmt.Sprintf("找到 %d\u00a0个相近的单位，排在名单最前面。", len(out.Options))
		}
	}
	for _, u := range all {
		out.Options = append(out.Options, workflow.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
	}
	out.Options = append(out.Options, workflow.Option{Value: UnknownUnit, Label: "不在名单里，由登记员确定", Group: "其他"})
	return out, nil
}

// OfferCategories are the categories in force; without any, that the registrar
// says which it is.
func (r *Register) OfferCategories(ctx context.Context, typed string) (Offer, error) {
	all, err := r.Categories.All(ctx)
	if err != nil {
		return Offer{}, err
	}
	if len(all) == 0 {
		return Offer{Options: []workflow.Option{{Value: category.Unknown, Label: "由登记员确定", Group: "其他"}}}, nil
	}
	words := form.Line(typed)
	found := fitting(all, words)
	out := Offer{Options: found}
	switch {
	case words == "":
	case len(found) == 0:
		out.Said = "没有找到。换个词再找，或者直接从下面选最像的。"
	default:
		out.Said = fmt.Sprintf("找到 %d\u00a0类，排在最前面。", len(found))
	}
	for _, one := range all {
		out.Options = append(out.Options, option(one, one.Group))
	}
	return out, nil
}

// fitting are the categories that mention the words; where none does, those
// that mention two neighbouring characters of them: people write 工程款 where
// the law says 货物工程服务款.
func fitting(all []category.Category, words string) []workflow.Option {
	var whole, near []workflow.Option
	typed := []rune(words)
	for _, one := range all {
		if words != "" && one.Mentions(words) {
			whole = append(whole, option(one, "和“"+words+"”有关的"))
		}
		for i := 0; i+1 < len(typed); i++ {
			if one.Mentions(string(typed[i : i+2])) {
				near = append(near, option(one, "和“"+words+"”相近的"))
				break
			}
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return near
}

func option(c category.Category, group string) workflow.Option {
	return workflow.Option{Value: c.Code, Label: c.Title + "：" + c.Description, Group: group}
}
