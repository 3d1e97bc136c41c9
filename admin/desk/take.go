package desk

import (
	"net/url"
	"strings"

	"zhengxin/internal/view"
)

// Take fills the field of a form for which the button of a suggestion was pressed; false
// when none was. The form is shown again: whoever pressed it has decided nothing yet.
func Take(typed url.Values) bool {
	name, value, ok := strings.Cut(typed.Get(view.Take), "=")
	if ok {
		typed.Set(name, value)
	}
	return ok
}
