package matter

import (
	"context"
	"slices"

	"zhengxin/admin/desk"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// askedFor is one need of a move as its form asks for it. Fields of several
// moves stand on one page, so the move is part of their ids.
type askedFor struct {
	workflow.Need
	ID     string
	Values []string
	Error  string
	Pick   []view.Option    // from a closed list
	Units  []desk.UnitGroup // from the directory
	Day    form.DateBoxes   // of a date
	Rows   int
}

func (f askedFor) value() string { return workflow.Answers{"": f.Values}.Get("") }

// needs are the fields of a move, filled with what was typed, now or earlier, or
// with what is known already.
func (p Pages[M]) needs(ctx context.Context, of M, m workflow.Move, w desk.Written) ([]askedFor, error) {
	base := of.Base()
	var known workflow.Answers
	if p.Face.Known != nil {
		known = p.Face.Known(of, m.Action)
	}
	typed, errs := w.Into(m.Action, known)
	var out []askedFor
	for _, need := range m.Asked(&base.Matter) {
		if need.Doubt && len(typed[need.Name]) == 0 && errs.For(need.Name) == "" {
			continue
		}
		f := askedFor{Need: need, ID: fieldID(m.Action, need), Values: typed[need.Name], Error: errs.For(need.Name), Pick: Options(need.Options), Rows: 4}
		if need.Max >= 5000 {
			f.Rows = 8
		}
		f.Optional = need.Optional && !need.Doubt
		var err error
		switch need.From {
		case workflow.FromHandling, workflow.FromComplainable:
			f.Units, err = p.unitsFor(ctx, base, f)
		case workflow.FromCategories:
			f.Pick, err = p.categories(ctx)
		case workflow.FromBars:
			f.Pick = barOptions(base.Releasable())
		}
		if err != nil {
			return nil, err
		}
		if need.Kind == workflow.AskDate {
			f.Day = typed.DateBoxes(need.Name)
		}
		out = append(out, f)
	}
	return out, nil
}

// barOptions are whom a second person may let have a matter again.
func barOptions(bars []workflow.Bar) (out []view.Option) {
	for _, b := range bars {
		out = append(out, view.Option{Value: b.Value(), Label: b.Name() + "（" + b.Why() + "）"})
	}
	return out
}

// fieldID is the id of a need's field on the page; the three boxes of a date have
// their own names.
func fieldID(action workflow.Action, n workflow.Need) string {
	if n.Kind == workflow.AskDate {
		return n.Name
	}
	return string(action) + "-" + n.Name
}

// unitsFor are the units of a need. Of those that are to work on it the barred ones
// are shown with why, and of the others who could work there.
func (p Pages[M]) unitsFor(ctx context.Context, base *register.Dossier, f askedFor) ([]desk.UnitGroup, error) {
	list, err := p.Register().Choosable(ctx, f.From)
	if err != nil {
		return nil, err
	}
	works := f.From == workflow.FromHandling
	barred := map[string]string{}
	for _, b := range base.Barred {
		barred[b.Code] = shortBar[b.Why]
	}
	return desk.GroupUnits(list, func(u unit.Unit) desk.UnitChoice {
		choice := desk.UnitChoice{Code: u.Code, Name: u.Name, Chosen: slices.Contains(f.Values, u.Code)}
		if works {
			choice.Why, choice.Doubt = barred[u.Code], base.Staffing[u.Code].Words()
		}
		return choice
	}), nil
}

var shortBar = map[string]string{
	register.BarredAccused: "被投诉单位", register.BarredNamed: "投诉里写过", register.BarredKin: "和被投诉单位前后是同一个", register.BarredBelow: "被投诉单位的下属", register.BarredConflict: "有利害关系",
}

// chosen counts the ticked units of a need.
func (f askedFor) chosen() (n int) {
	for _, g := range f.Units {
		for _, u := range g.Units {
			if u.Chosen {
				n++
			}
		}
	}
	return n
}

func (p Pages[M]) categories(ctx context.Context) ([]view.Option, error) {
	all, err := p.Register().Categories.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]view.Option, len(all))
	for i, one := range all {
		out[i] = view.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group}
	}
	return out, nil
}

// Options turns a noun's choices into a page's.
func Options(list []workflow.Option) []view.Option {
	out := make([]view.Option, len(list))
	for i, o := range list {
		out[i] = view.Option{Value: o.Value, Label: o.Label, Group: o.Group}
	}
	return out
}
