// Package kinds is the one list of the registers that the program has: the worker's
// sweeps, the checks at every start, the calendar and the tests go by it, and the
// desk has a room for each.
package kinds

import (
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// All are the kinds, in the order of the desk's navigation.
func All() []*register.Kind { return []*register.Kind{complaint.Kind, discipline.Kind} }

// Laws are their move tables.
func Laws() []*workflow.Table {
	var laws []*workflow.Table
	for _, k := range All() {
		laws = append(laws, k.Law)
	}
	return laws
}
