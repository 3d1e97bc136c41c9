package view

import "github.com/a-h/templ"

// Around lets a component take children in a template: templ cannot read a
// struct literal followed by a block, so a page writes
// @view.Around(view.Columns{…}) { … }.
func Around(c templ.Component) templ.Component { return c }
