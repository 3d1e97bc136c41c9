package workflow

import (
	"slices"
	"strings"
)

// suits says whether a row is for somebody, and as who: in their own right, or in that of a
// colleague who is away and for whom they stand in, where that one may know of the matter.
func (m *Move) suits(of *Matter, by Actor) (Actor, bool) {
	if m.fits(of, by) {
		return by, true
	}
	for _, s := range by.Stands {
		as := by
		as.Role, as.For = s.Role, s
		if s.Lends(by.Role) && s.Unit == by.Unit && of.Has(s.Flag()) && m.fits(of, as) {
			return as, true
		}
	}
	return by, false
}

// signs is an actor as the event names them: in their own name, and for whom, where it is
// that one's right or that one has the matter in hand.
func (by Actor) signs(of *Matter) Actor {
	whom := by.For
	for _, s := range by.Stands {
		if whom.ID == 0 && slices.ContainsFunc(of.Assignments, func(a Assignment) bool { return a.Unit == by.Unit && a.Person == s.ID }) {
			whom = s
		}
	}
	if whom.ID != 0 {
		by.Name += "（代" + whom.Name + "）"
	}
	return by
}

// others says who can do instead what neither who stands in nor the one who is away may:
// nobody approves their own work by standing in for somebody. Empty for who does it in their
// own right.
func (by Actor) others() string {
	switch {
	case by.For.ID == 0:
		return ""
	case len(by.For.Others) > 0:
		return "可以由" + strings.Join(by.For.Others, "、") + "来办。"
	}
	return "本单位没有别的" + by.For.Role.Title() + "：请改由另外的人代办，或者由另一个人重新写。"
}
