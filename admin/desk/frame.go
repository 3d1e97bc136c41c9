package desk

import (
	"zhengxin/internal/view"
)

const deskName = "诚信监督工作台"

// NavItem is one line of the desk's navigation; a Count of 0 is not shown.
type NavItem struct {
	Key   string
	Label string
	Href  string
	Count int
}

// NavGroup is a part of the navigation with its heading, which may be empty.
type NavGroup struct {
	Title string
	Items []NavItem
}

// Frame is everything around the content of a page of the desk. Without a
// Person it is the bare frame of the login pages.
type Frame struct {
	Title     string
	Current   string // key of the navigation
	Person    string
	Role      string
	Nav       []NavGroup
	Search    string // the list that answers the search box; none without
	Query     string // what is being searched for
	CSRF      string // for the logout form
	Demo      bool
	HasErrors bool
	Pasted    string // what was dropped out of the form before
	KeysOff   bool   // the person has switched the keys off
	Keys      []Key  // the bar at the foot
	PrintFoot string
}

func (f Frame) title() string {
	return view.FullTitle(f.Title, deskName, f.HasErrors)
}

// Key is one entry of the bar at the foot: the keys and what they do.
type Key struct {
	Keys  []string
	Label string
}
