package register

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Detail is something that a register keeps of its matters in its own table: its list is
// narrowed by it, and shows it to whoever asks for the column. A value that few have leads to
// those few: by the facets of a matter, which a trigger of that table keeps, and sums by an
// index of that table that begins with the column.
type Detail struct {
	Name    string // in addresses
	Label   string
	Column  string            // of Kind.Table
	Options []workflow.Option // all its values, each one word, with what it is called; none: it is a sum of money
	// Apart says that no handling unit is told: it says more of who complained, or how, than
	// their work asks for. Their lists are neither narrowed by it nor read it.
	Apart bool
}

// Sum says that it is a sum of money.
func (d Detail) Sum() bool { return len(d.Options) == 0 }

// Narrowed is what a filter asks of a detail: a value, or a sum within bounds.
type Narrowed struct {
	Name        string
	Value       string
	Least, Most *form.Amount // both count; nil is no bound
}

// Facets are the columns of Table that a trigger of it keeps in matter.facets.
func (k *Kind) Facets() (columns []string) {
	for _, d := range k.Details {
		if !d.Sum() {
			columns = append(columns, d.Column)
		}
	}
	if k.Report == nil {
		return columns
	}
	for _, word := range append([]string{k.Report.Rated}, k.Report.True...) {
		if column, _, _ := strings.Cut(word, "="); column != "" && !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return columns
}

// DetailsFor are those of which a reader is told.
func (k *Kind) DetailsFor(p staff.Person) []Detail {
	if !p.Role.OfUnit() && !k.consented(p.Role) {
		return k.Details
	}
	return slices.DeleteFunc(slices.Clone(k.Details), func(d Detail) bool { return d.Apart })
}

// details narrows by all of them at once, so that PostgreSQL may take the rarest of them to
// begin with: a facet is written into the statement, since how many have it decides. Whoever
// may not know of one finds nothing by it.
func (q *query) details(scope staff.Scope) {
	var all []string
	for _, asked := range q.filter.Details {
		i := slices.IndexFunc(q.kind.Details, func(d Detail) bool { return d.Name == asked.Name })
		if i < 0 || q.kind.Details[i].Apart && q.kind.spares(scope) {
			q.add(`false`)
			return
		}
		d := q.kind.Details[i]
		column, name := `td.`+d.Column, "detail_"+asked.Name
		if asked.Value != "" {
			if !slices.ContainsFunc(d.Options, func(o workflow.Option) bool { return o.Value == asked.Value }) {
				q.add(`false`)
				return
			}
			q.facets = append(q.facets, facet{d.Column + `=` + asked.Value})
		}
		if asked.Least != nil {
			all = append(all, column+` >= `+q.arg(name+"_least", int64(*asked.Least)))
		}
		if asked.Most != nil {
			all = append(all, column+` <= `+q.arg(name+"_most", int64(*asked.Most)))
		}
	}
	if len(all) > 0 {
		q.add(`m.id IN (SELECT td.matter_id FROM ` + q.kind.Table + ` td WHERE ` + strings.Join(all, ` AND `) + `)`)
	}
}

// facet are words, column=value, of which matter.facets has one.
type facet []string

// in is the condition that a matter m of a phase has it, of any phase where that is 0. The
// phase is part of each word: few of what is under way may be among many of what is over.
func (f facet) in(phase workflow.Phase) string {
	words := slices.Clone([]string(f))
	for i := range words {
		if phase != 0 {
			words[i] = strconv.Itoa(int(phase)) + `:` + words[i]
		}
	}
	return `m.facets && '{` + strings.Join(words, ",") + `}'`
}

// shown is an SQL expression for a matter p of a page: its details in their order, as the
// table has them.
func (q *query) shown(scope staff.Scope) string {
	if len(q.kind.Details) == 0 {
		return `'{}'::text[]`
	}
	columns := make([]string, len(q.kind.Details))
	for i, d := range q.kind.Details {
		columns[i] = `coalesce(td.` + d.Column + `::text, '')`
		if d.Apart && q.kind.spares(scope) {
			columns[i] = `''`
		}
	}
	return `coalesce((SELECT ARRAY[` + strings.Join(columns, `, `) + `] FROM ` + q.kind.Table + ` td WHERE td.matter_id = p.id), '{}')`
}

// Detail is one of them as the row has it: the word of its value or the sum in fen; empty
// where it has none, or its reader is not told.
func (r Row) Detail(name string) string {
	i := slices.IndexFunc(r.kind.Details, func(d Detail) bool { return d.Name == name })
	if i < 0 || i >= len(r.Details) {
		return ""
	}
	if d := r.kind.Details[i]; !d.Sum() {
		return workflow.WordOf(d.Options, r.Details[i])
	}
	return r.Details[i]
}

// oneWord is a value that stands in the text of an array as it is.
var oneWord = regexp.MustCompile(`^[a-z][a-z_0-9]*$`)

// lintDetails is what is wrong with the details.
func (k *Kind) lintDetails(say func(string)) {
	if len(k.Details) > 0 && k.Table == "" {
		say("it shows details of no table")
	}
	for i, d := range k.Details {
		if d.Name == "" || d.Label == "" || d.Column == "" || slices.ContainsFunc(k.Details[:i], func(o Detail) bool { return o.Name == d.Name }) {
			say("the detail " + d.Name + " says too little, or is there twice")
		}
		for _, o := range d.Options {
			if !oneWord.MatchString(o.Value) {
				say("the value " + o.Value + " of the detail " + d.Name + " is not one word")
			}
		}
	}
}
