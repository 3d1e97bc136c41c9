package admin

import (
	"context"
	"slices"

	"zhengxin/internal/complaint"
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
	Pick   []view.Option // from a closed list
	Units  []unitGroup   // from the directory
	Rows   int
}

// unitGroup is the units of one kind.
type unitGroup struct {
	Kind  string
	Units []unitChoice
}

// unitChoice is a unit to choose; Why says what bars it, Doubt what it lacks.
type unitChoice struct {
	Code, Name, Why, Doubt string
	Chosen                 bool
}

func (f askedFor) value() string { return complaint.Answers{"": f.Values}.Get("") }

// needs are the fields of a move, filled with what was typed, now or earlier, or
// with what is known already.
func (d *Desk) needs(ctx context.Context, dossier *complaint.Dossier, m workflow.Move, w written) ([]askedFor, error) {
	typed, errs := w.into(m.Action, known(dossier, m.Action))
	var out []askedFor
	for _, need := range m.Needs {
		if need.Doubt && len(typed[need.Name]) == 0 && errs.For(need.Name) == "" {
			continue
		}
		f := askedFor{Need: need, ID: fieldID(m.Action, need.Name), Values: typed[need.Name], Error: errs.For(need.Name), Pick: options(need.Options), Rows: 4}
		if need.Max >= 5000 {
			f.Rows = 8
		}
		f.Optional = need.Optional && !need.Doubt
		var err error
		switch {
		case need.Kind == workflow.AskUnit || need.Kind == workflow.AskUnits:
			f.Units, err = d.unitsFor(ctx, dossier, f)
		case need.Kind == workflow.AskChoice && need.Name == "category":
			f.Pick, err = d.categories(ctx)
		case need.Kind == workflow.AskChoice && need.Name == "bar":
			f.Pick = barOptions(dossier.Releasable())
		}
		if err != nil {
			return nil, err
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

func fieldID(action workflow.Action, name string) string { return string(action) + "-" + name }

// known is what a form is filled with before anybody types: an answer begins
// with its last draft, the unit and category with what was said.
func known(dossier *complaint.Dossier, action workflow.Action) complaint.Answers {
	switch action {
	case complaint.SettleUnit:
		return complaint.Answers{"unit": {dossier.Matter.Unit}, "category": {dossier.Matter.Category}}
	case complaint.DraftAnswer:
		if last, ok := dossier.Newest(); ok {
			return complaint.Answers{"finding": {last.Finding}, "decision": {last.Decision}, "facts": {last.Facts},
				"opinion": {last.Opinion}, "basis": {last.Basis}, "demand": {last.Demand}}
		}
	}
	return nil
}

// unitsFor are the units of a need: those a complaint may name where the
// accused is settled, else those that handle work, the barred ones with why.
func (d *Desk) unitsFor(ctx context.Context, dossier *complaint.Dossier, f askedFor) ([]unitGroup, error) {
	accused := f.Name == "unit"
	list, err := d.Complaints.Units.Handling(ctx)
	if accused {
		list, err = d.Complaints.Units.Complainable(ctx)
	}
	if err != nil {
		return nil, err
	}
	barred := map[string]string{}
	if !accused {
		for _, b := range dossier.Barred {
			barred[b.Code] = shortBar[b.Why]
		}
	}
	return groupUnits(list, func(u unit.Unit) unitChoice {
		choice := unitChoice{Code: u.Code, Name: u.Name, Why: barred[u.Code], Chosen: slices.Contains(f.Values, u.Code)}
		if !accused {
			choice.Doubt = dossier.Staffing[u.Code].Words()
		}
		return choice
	}), nil
}

var shortBar = map[string]string{
	complaint.BarredAccused: "被投诉单位", complaint.BarredNamed: "投诉里写过", complaint.BarredKin: "和被投诉单位前后是同一个", complaint.BarredBelow: "被投诉单位的下属", complaint.BarredConflict: "有利害关系",
}

// groupUnits keeps the directory's order within each kind.
func groupUnits(list unit.List, choose func(unit.Unit) unitChoice) []unitGroup {
	var groups []unitGroup
	for _, kind := range unit.Kinds() {
		group := unitGroup{Kind: kind.Word()}
		for _, u := range list {
			if u.Kind == kind {
				group.Units = append(group.Units, choose(u))
			}
		}
		if len(group.Units) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// unitOptions are units by their kinds, to choose one of.
func unitOptions(list unit.List) (out []view.Option) {
	for _, g := range groupUnits(list, func(u unit.Unit) unitChoice { return unitChoice{Code: u.Code, Name: u.Name} }) {
		for _, u := range g.Units {
			out = append(out, view.Option{Value: u.Code, Label: u.Name, Group: g.Kind})
		}
	}
	return out
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

func (d *Desk) categories(ctx context.Context) ([]view.Option, error) {
	all, err := d.Complaints.Categories.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]view.Option, len(all))
	for i, one := range all {
		out[i] = view.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group}
	}
	return out, nil
}

// options turns a noun's choices into a page's.
func options(list []workflow.Option) []view.Option {
	out := make([]view.Option, len(list))
	for i, o := range list {
		out[i] = view.Option{Value: o.Value, Label: o.Label, Group: o.Group}
	}
	return out
}

// wordOf is the label of a choice; the value itself when nobody knows it.
func wordOf(list []workflow.Option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
