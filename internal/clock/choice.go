package clock

import "slices"

// Class is what the law sorts the matters of one kind by: which terms they have follows.
type Class struct {
	Track  string // by which procedure it goes
	Nature string // what it asks for
}

// Choice is a dated row of the table of terms: matters of a kind and class have one by its
// rule, from when an action is done.
type Choice struct {
	Kind      string `json:"kind"`
	Track     string `json:"track"`  // empty: any
	Nature    string `json:"nature"` // empty: any
	At        string `json:"at"`     // the action
	Rule      Code   `json:"rule"`
	Beside    Code   `json:"beside"` // it runs from when the newest clock of this rule began; empty: from the action
	Note      string `json:"note"`   // why it is read so
	ValidFrom Date   `json:"valid_from"`
	ValidTo   Date   `json:"valid_to"` // last day; zero = still in force
}

// fits says that matters of a kind and class have the term, were its action done that day.
func (c Choice) fits(kind string, of Class, on Date) bool {
	return c.Kind == kind && (c.Track == "" || c.Track == of.Track) && (c.Nature == "" || c.Nature == of.Nature) &&
		!on.Before(c.ValidFrom) && (c.ValidTo.IsZero() || !on.After(c.ValidTo))
}

// Chosen are the terms that begin when an action is done on a day to a matter of that kind
// and class.
func (t Table) Chosen(kind string, of Class, at string, on Date) (chosen []Choice) {
	for _, c := range t.Choices {
		if c.At == at && c.fits(kind, of, on) {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// Choosable says that a term by this rule is one that some matters of the kind have and
// others do not.
func (t Table) Choosable(kind string, code Code) bool {
	return slices.ContainsFunc(t.Choices, func(c Choice) bool { return c.Kind == kind && c.Rule == code })
}
