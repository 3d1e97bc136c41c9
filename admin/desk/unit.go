package desk

import (
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
)

// UnitGroup is the units of one kind.
type UnitGroup struct {
	Kind  string
	Units []UnitChoice
}

// UnitChoice is a unit to choose; Why says what bars it, Doubt what it lacks.
type UnitChoice struct {
	Code, Name, Why, Doubt string
	Chosen                 bool
}

// GroupUnits keeps the directory's order within each kind.
func GroupUnits(list unit.List, choose func(unit.Unit) UnitChoice) []UnitGroup {
	var groups []UnitGroup
	for _, kind := range unit.Kinds() {
		group := UnitGroup{Kind: kind.Word()}
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

// UnitOptions are units by their kinds, to choose one of.
func UnitOptions(list unit.List) (out []view.Option) {
	for _, g := range GroupUnits(list, func(u unit.Unit) UnitChoice { return UnitChoice{Code: u.Code, Name: u.Name} }) {
		for _, u := range g.Units {
			out = append(out, view.Option{Value: u.Code, Label: u.Name, Group: g.Kind})
		}
	}
	return out
}
