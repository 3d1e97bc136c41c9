package site

import (
	"time"

	"zhengxin/internal/view"
)

// Figure is one number; Href leads to what it counts.
type Figure struct {
	Number string
	Unit   string
	Label  string
	Note   string
	Href   string
}

// Figures is a row of numbers.
type Figures struct {
	Items []Figure
}

// Entry is one line of a list of notices.
type Entry struct {
	On     time.Time
	Title  string
	Href   string
	Status view.StatusTag
}

// Entries is a list with a date before and a state after each title.
type Entries struct {
	Items []Entry
}

// ActionLink is one thing the reader can do, with a quiet sentence under it.
type ActionLink struct {
	Label string
	Href  string
	Note  string
}

// ActionList is 您可以.
type ActionList struct {
	Items []ActionLink
}

// BigRow is one of the three rows of the elder home page.
type BigRow struct {
	Icon  view.Shape
	Title string
	Text  string
	Href  string
}

// BigRows are the rows of the elder home page.
type BigRows struct {
	Items []BigRow
}
