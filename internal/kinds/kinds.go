// Package kinds is the one list of the registers that the program has: the worker's
// sweeps, the checks at every start, the calendar and the tests go by it, and the
// desk has a room for each.
package kinds

import (
	"zhengxin/internal/bundle"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/extension"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/invitation"
	"zhengxin/internal/press"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

// All are the kinds, in the order of the desk's navigation.
func All() []*register.Kind {
	return []*register.Kind{complaint.Kind, discipline.Kind, proposal.Kind, press.Kind, invitation.Kind, bundle.Kind, inquiry.Kind}
}

// Laws are their move tables.
func Laws() []*workflow.Table {
	var laws []*workflow.Table
	for _, k := range All() {
		laws = append(laws, k.Law)
	}
	return laws
}

// Lawful says whether somebody of that role may ever do that action to that kind.
func Lawful(kind, role, action string) bool {
	for _, law := range Laws() {
		if string(law.Kind) == kind {
			return law.Allows(staff.Role(role), workflow.Action(action))
		}
	}
	return false
}

// Texts are where the words of their matters stand.
func Texts() search.Kinds {
	texts := search.Kinds{}
	for _, k := range All() {
		texts[string(k.Law.Kind)] = k.Texts
	}
	return texts
}

// Figures are what the registers publish.
func Figures() []stats.Figures {
	var figures []stats.Figures
	for _, k := range All() {
		figures = append(figures, k.Figures)
	}
	return append(figures, promise.Figures, extension.Figures) // of whichever register
}

// Lint is what is wrong with any of them.
func Lint() []string {
	said := stats.Lint(Figures())
	letters := map[string]bool{}
	for _, k := range All() {
		said = append(said, k.Lint()...)
		if letters[k.Letters] {
			said = append(said, string(k.Law.Kind)+": another register's numbers begin with "+k.Letters)
		}
		letters[k.Letters] = true
	}
	return said
}
