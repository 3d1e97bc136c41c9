package admin

import (
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
)

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
