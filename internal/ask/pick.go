package ask

import (
	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
)

// Unit is the choice of whom a complaint is about. Each site says in its own words
// what to type, and where its form goes.
func Unit(o complaint.Offer, f complaint.StoryForm, errs view.Errors, path, hint string) view.PickField {
	pick := pick(o, view.PickField{
		Search: view.SearchField{Button: "查找单位", Path: path, TextField: view.TextField{
			Name: "unit_name", Label: "投诉哪个单位", Hint: hint, Value: f.UnitName, Error: errs.For("unit_name"), Width: view.Width28, MaxLength: 120}},
		Name: "unit", Label: "选单位", Value: f.Unit, Error: errs.For("unit"), Asked: errs.Asks("unit"), Fold: "从全部名单里选"})
	if o.Sure.Label != "" {
		pick.Sure = view.CheckField{Name: "unit_sure", Label: o.Sure.Label, Value: o.Sure.Value}
	}
	return pick
}

// Category is the choice of what a complaint is about.
func Category(o complaint.Offer, f complaint.StoryForm, errs view.Errors, path, hint string) view.PickField {
	return pick(o, view.PickField{
		Search: view.SearchField{Button: "查找类别", Path: path, TextField: view.TextField{
			Name: "category_query", Label: "找一找是哪一类", Hint: "写几个字，例如 欠钱、工程款、补贴、工资、换领导", Value: f.CategoryQuery, Optional: true, Width: view.Width12, MaxLength: 40}},
		Name: "category", Label: "是哪一类的事", Hint: hint, Value: f.Category, Error: errs.For("category"), Asked: errs.Asks("category"), Fold: "从全部类别里选"})
}

func pick(o complaint.Offer, p view.PickField) view.PickField {
	p.First, p.Rest, p.Search.Found, p.Advice = Options(o.First), Options(o.Rest), o.Said, o.Advice
	return p
}
