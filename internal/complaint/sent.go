package complaint

import (
	"net/url"

	"zhengxin/internal/form"
)

// Sent are the fields of a form as they were sent. Of a page that has only
// some of the form no others are taken: those keep what they had.
type Sent struct {
	url.Values
	Page func(field string) bool // whether the page has a field; nil when it has them all
}

// on says whether the page has the field.
func (s Sent) on(field string) bool { return s.Page == nil || s.Page(field) }

func (s Sent) text(field string, into *string) {
	if s.on(field) {
		*into = s.Get(field)
	}
}

// choice reads a tick or a pair of radios; usual is what the page had chosen.
func (s Sent) choice(field, usual string, into *string) {
	if s.on(field) {
		*into = Ticked(s.Values, field, usual)
	}
}

func (s Sent) ticks(field string, into *[]string) {
	if s.on(field) {
		*into = s.Values[field]
	}
}

func (s Sent) date(field string, into *form.DateBoxes) {
	if s.on(field) {
		*into = form.DateBoxes{Year: s.Get(field + "_year"), Month: s.Get(field + "_month"), Day: s.Get(field + "_day")}.Chosen(s.Get(field + "_sure"))
	}
}

// sure reads which reading of a doubtful value was chosen.
func (s Sent) sure(field string, into *form.Sure) {
	if !s.on(field) {
		return
	}
	if *into == nil {
		*into = form.Sure{}
	}
	if (*into)[field] = s.Get(field + "_sure"); (*into)[field] == "" {
		delete(*into, field)
	}
}

// Ticked reads a tick or a pair of radios; usual is what the page had chosen.
func Ticked(v url.Values, name, usual string) string {
	switch v.Get(name) {
	case "yes", "true", "on", "1":
		return "yes"
	case "no", "false", "0":
		return "no"
	}
	return usual
}
