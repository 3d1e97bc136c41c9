package stats

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Dimension is along what something is counted.
type Dimension string

// A figure's key is the code of one of these.
const (
	ByUnit     Dimension = "unit"
	ByCategory Dimension = "category"
)

// Measure is one thing that is counted of each unit or of each category. Whatever it is,
// it is published by the rule of publishQuarter and by no other.
type Measure struct {
	Name    string // in the database and in JSON; no two have the same, of whichever register
	Heading string // on pages and in CSV
	Short   string // under the number on the page of a unit, where its group stands above
	Meaning string // for whoever takes the data
	By      Dimension
	// Handling says of a measure of units that it counts what a unit does for others, not
	// what is said of it; a unit without that role has no figure, which is not none.
	Handling bool
	Group    Group // of a measure of units
	// Rows is a query over term (since, at) and the register's parts: one row for each
	// matter that counts, with the code for which. A null counts for no figure, but it is
	// among what the county's total hides: so it is for what may not be told of anybody.
	Rows string
}

// Group is what several measures of a unit stand under on its page.
type Group struct {
	Heading string
	Note    string // what they are not, below them
	Counts  string // what is counted: 件
}

// Figures are what a register has published. A register of its own (deputies' proposals,
// promises, debt) declares them beside its law, and table, open data and dictionary follow.
type Figures struct {
	Parts    string // common table expressions that its rows draw on, each followed by a comma
	Measures []Measure
}

// measuresOf are the measures of all registers, those along one dimension.
func measuresOf(all []Figures, by Dimension) (out []Measure) {
	for _, f := range all {
		for _, m := range f.Measures {
			if m.By == by {
				out = append(out, m)
			}
		}
	}
	return out
}

var name = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// Lint is what is wrong with what the registers declare.
func Lint(all []Figures) (said []string) {
	seen := map[string]bool{}
	for _, f := range all {
		for _, m := range f.Measures {
			switch {
			case !name.MatchString(m.Name):
				said = append(said, fmt.Sprintf("figure %q needs a name of small letters", m.Name))
			case seen[m.Name]:
				said = append(said, "two figures are called "+m.Name)
			case m.Heading == "" || m.Meaning == "" || m.Rows == "":
				said = append(said, "figure "+m.Name+" does not say what it counts")
			case m.By == ByUnit && (m.Short == "" || m.Group.Heading == "" || m.Group.Counts == ""):
				said = append(said, "figure "+m.Name+" does not say where it stands on the page of a unit")
			case !slices.Contains([]Dimension{ByUnit, ByCategory}, m.By):
				said = append(said, "figure "+m.Name+" is counted along "+string(m.By)+", which is nothing")
			}
			seen[m.Name] = true
		}
	}
	return said
}

// counted is the query of everything that is counted, one row a matter and measure.
func counted(all []Figures) (parts, rows string) {
	var counts []string
	for _, f := range all {
		parts += f.Parts
		for _, m := range f.Measures {
			counts = append(counts, fmt.Sprintf("SELECT '%s' AS measure, r.key FROM (%s) r (key)", m.Name, m.Rows))
		}
	}
	return parts, strings.Join(counts, "\nUNION ALL ")
}

func names(all []Figures) (out []string) {
	for _, f := range all {
		for _, m := range f.Measures {
			out = append(out, m.Name)
		}
	}
	return out
}
