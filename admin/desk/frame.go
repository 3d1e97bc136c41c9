package desk

import (
	"slices"

	"zhengxin/internal/view"
)

const deskName = "诚信监督工作台"

// NavItem is one line of the desk's navigation; a Count of 0 is not shown.
type NavItem struct {
	Key   string
	Label string
	Href  string
	Count int
	Go    []string // the keys that lead there after a G
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
	Undone    bool   // a form is shown once more that was not acted on: see web.Undone
	KeysOff   bool   // the person has switched the keys off
	Keys      []Key  // the bar at the foot
	PrintFoot string
}

func (f Frame) title() string {
	return view.FullTitle(f.Title, deskName, f.HasErrors)
}

// goes is the navigation's item to which a key leads after a G; the zero NavItem when
// it leads this person nowhere.
func (f Frame) goes(key string) NavItem {
	for _, g := range f.Nav {
		for _, item := range g.Items {
			if slices.Contains(item.Go, key) {
				return item
			}
		}
	}
	return NavItem{}
}

// Works are those of some keys that lead this person somewhere, called as the navigation
// calls it.
func (f Frame) Works(keys []Key) []Key {
	var out []Key
	for _, k := range keys {
		switch {
		case slices.Equal(k.Keys, KeySearch.Keys) && f.Search == "":
			continue
		case len(k.Keys) == 2 && k.Keys[0] == "G":
			item := f.goes(k.Keys[1])
			if item.Href == "" {
				continue
			}
			k.Label = item.Label
		}
		out = append(out, k)
	}
	return out
}

// Key is one entry of the bar at the foot: the keys and what they do.
type Key struct {
	Keys  []string
	Label string
}
