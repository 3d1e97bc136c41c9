package view

import "strings"

// Pager says where in the list this page is; empty addresses are left out.
type Pager struct {
	Text string
	Prev string
	Next string
}

// Column is one head of a table.
type Column struct {
	Label  string
	Class  string // col-… of the style sheet, for its width
	Number bool
	Hidden bool // the label is only for readers
}

// Table is a real table with its heads; its children are the rows, written as
// <tr role="row"><td role="cell" data-label="…">. Stack turns rows into blocks
// on small screens.
type Table struct {
	Caption string
	Columns []Column
	Stack   bool
	Class   string
}

// spaced writes several words as one class list.
func spaced(words ...string) string {
	return strings.TrimSpace(strings.Join(words, " "))
}
