package register

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/law"
	"zhengxin/internal/outside"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Choice is one of what a need may be answered with. Why says what bars it: it is shown,
// so that nobody looks for it. Doubt says what it lacks.
type Choice struct {
	workflow.Option
	Why, Doubt string
}

// barred says why a unit cannot be given a matter.
var barred = map[string]string{
	BarredAccused: "被投诉单位，不能派", BarredNamed: "投诉里写过，不能派", BarredKin: "和被投诉单位前后是同一个，不能派", BarredBelow: "被投诉单位的下属，不能派", BarredConflict: "有利害关系，不能派",
}

// Choices are what a need may be answered with, from the source that it names, else
// its own. Who is barred from a matter and who could work on it is known as far as the
// reader of the dossier may know it: an outsider has none, and learns of no bar.
func (r *Register) Choices(ctx context.Context, n workflow.Need, d *Dossier) ([]Choice, error) {
	if d == nil {
		d = &Dossier{}
	}
	switch n.From {
	case workflow.FromHandling, workflow.FromComplainable:
		units, err := r.Choosable(ctx, n.From)
		if err != nil {
			return nil, err
		}
		list := choices(UnitOptions(units))
		if n.From == workflow.FromHandling {
			d.mark(list)
			usable(list)
		}
		return list, nil
	case workflow.FromHelpers:
		return r.helpers(ctx, d)
	case workflow.FromCategories:
		all, err := r.Categories.All(ctx)
		if err != nil {
			return nil, err
		}
		list := make([]Choice, len(all))
		for i, one := range all {
			list[i].Option = workflow.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group}
		}
		return list, nil
	case workflow.FromArticles:
		return r.articles(ctx, d)
	case workflow.FromBars:
		var list []Choice
		for _, b := range d.Releasable() {
			list = append(list, Choice{Option: workflow.Option{Value: b.Value(), Label: b.Name() + "（" + b.Why() + "）"}})
		}
		return list, nil
	case workflow.FromTerms, workflow.FromGrounds:
		table, err := r.Engine.Clocks.Table(ctx)
		if err != nil {
			return nil, err
		}
		if n.From == workflow.FromGrounds {
			return choices(extension.Grounds(table, d.Clocks, clock.On(d.Now))), nil
		}
		return choices(extension.Terms(table, d.Clocks, func(c workflow.Clock) bool { return !c.DueAt.After(d.Now) })), nil
	case workflow.FromColleagues:
		return r.colleagues(ctx, d)
	case workflow.FromPromises:
		return choices(d.Promises.Options()), nil
	case workflow.FromMatter:
		return choices(d.Offered[n.Name]), nil
	case workflow.FromBodies:
		all, err := outside.Read(ctx, r.Pool)
		var list []workflow.Option
		for _, b := range all.On(clock.On(r.Engine.Now())) {
			list = append(list, workflow.Option{Value: b.Name, Label: b.Purpose})
		}
		return choices(list), err
	}
	return r.standing(ctx, n.Offered(&d.Matter))
}

// standing are choices that say on which article each stands: whoever chooses it cites that.
func (r *Register) standing(ctx context.Context, list []workflow.Option) ([]Choice, error) {
	out := choices(list)
	for i, o := range list {
		if o.Basis == "" {
			continue
		}
		table, err := r.Laws.Table(ctx)
		if err != nil {
			return nil, err
		}
		if a := table.Articles.ByCode(o.Basis); a != nil {
			out[i].Label += "（" + a.Words() + "）"
		}
	}
	return out, nil
}

// helpers are the units that help with it; of several matters at once any may, and one that
// has ended among them.
func (r *Register) helpers(ctx context.Context, d *Dossier) (list []Choice, err error) {
	if d.Matter.ID == 0 {
		all, err := r.Units.All(ctx)
		return choices(UnitOptions(all)), err
	}
	for _, h := range d.Hands {
		if h.Part == "co" && h.Ended == nil {
			list = append(list, Choice{Option: workflow.Option{Value: h.Unit, Label: h.Name}})
		}
	}
	return list, nil
}

// articles are those of the table of laws: the usual ones of the matter's category first,
// the others under their law. One that is not in force today may be the law of its day.
func (r *Register) articles(ctx context.Context, d *Dossier) ([]Choice, error) {
	table, err := r.Laws.Table(ctx)
	if err != nil {
		return nil, err
	}
	var list []Choice
	add := func(a *law.Article, label, group string) {
		if a.Unconfirmed() {
			label += "（未核对）"
		}
		list = append(list, Choice{Option: workflow.Option{Value: a.Code, Label: label, Group: group}, Doubt: a.Doubt(clock.On(r.Engine.Now()))})
	}
	usual, others := table.Articles.Usual(d.Matter.Category)
	for _, a := range usual {
		add(a, a.Law.Short+a.Number+"："+a.Subject, "“"+d.CategoryTitle+"”常用的")
	}
	for _, a := range others {
		add(a, a.Law.Short+a.Number+"："+a.Subject, a.Law.Title())
	}
	return list, nil
}

// Colleague is somebody of a unit who can have its matters in hand.
type Colleague struct {
	ID   int64
	Name string
	Role staff.Role
}

// colleagues are those of the reader's unit, read with the matter where there is one.
func (r *Register) colleagues(ctx context.Context, d *Dossier) ([]Choice, error) {
	of, all := d.reader, d.Colleagues
	if d.Matter.ID == 0 {
		var err error
		if all, err = pg.All[Colleague](ctx, r.Pool, workflow.ColleaguesSQL, pg.Args{"unit": of.Unit}); err != nil {
			return nil, fmt.Errorf("colleagues: %w", err)
		}
	}
	list := make([]Choice, 0, len(all)+1)
	for _, one := range all {
		label := one.Name + "（" + one.Role.Title() + "）"
		if one.ID == of.ID {
			label += "，我自己"
		}
		list = append(list, Choice{Option: workflow.Option{Value: strconv.FormatInt(one.ID, 10), Label: label}})
	}
	return append(list, Choice{Option: workflow.Option{Value: workflow.Nobody, Label: "不分给谁，谁先来谁办"}}), nil
}

// For are choices of a form that is about several matters, or none: as its reader has them.
func For(p staff.Person) *Dossier { return &Dossier{reader: p} }

// mark says of the units that are to work on a matter which are barred and which lack
// somebody.
func (d *Dossier) mark(units []Choice) {
	why := map[string]string{}
	for _, b := range d.Barred {
		why[b.Code] = barred[b.Why]
	}
	for i := range units {
		code := units[i].Value
		units[i].Why = why[code]
		if d.Staffing != nil {
			units[i].Doubt = d.Staffing[code].Words()
		}
	}
}

// usable puts, among the units of a sort, those first that can work on it and that nothing
// keeps away.
func usable(units []Choice) {
	sorts := map[string]int{}
	for _, u := range units {
		if _, known := sorts[u.Group]; !known {
			sorts[u.Group] = len(sorts)
		}
	}
	rank := func(c Choice) int {
		switch {
		case c.Why != "":
			return 2
		case c.Doubt != "":
			return 1
		}
		return 0
	}
	slices.SortStableFunc(units, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(sorts[a.Group], sorts[b.Group]), cmp.Compare(rank(a), rank(b)))
	})
}

func choices(list []workflow.Option) []Choice {
	out := make([]Choice, len(list))
	for i, o := range list {
		out[i].Option = o
	}
	return out
}

// UnitOptions are units to choose from, under their kinds.
func UnitOptions(list unit.List) []workflow.Option {
	var out []workflow.Option
	for _, u := range list.ByKind() {
		out = append(out, workflow.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
	}
	return out
}
