//go:build suite

package suite

import (
	"strings"
	"testing"

	"zhengxin/internal/web"
)

// asTyped are hidden fields that hold what a person typed or chose on a page before, and
// that are kept and shown as such.
var asTyped = map[string]string{
	"query_code":       "a secret: carried nowhere, shown nowhere",
	"password":         "a secret",
	"unit":             "the choice that an earlier step made",
	"category":         "the choice that an earlier step made",
	"anonymous":        "chosen by the kind of complainant",
	"confidential":     "chosen by the kind of complainant",
	"complainant_kind": "chosen by a link",
	"kind":             "chosen by a link",
	"source":           "typed on the page before, which the plan of a calendar is of",
	"published":        "chosen on the page before",
	"keys":             "a choice of one's own account",
	"view":             "a word of the list's address",
	"text":             "a condition of the list, which a form beside it carries on",
	"state":            "a condition of the list",
	"due":              "a condition of the list",
	"since":            "a condition of the list",
	"until":            "a condition of the list",
	"lead":             "a condition of the list",
	"figure":           "a condition of the list",
	"track":            "a condition of the list",
	"channel":          "a condition of the list",
	"complainant":      "a condition of the list",
	"unpaid_from":      "a condition of the list",
	"unpaid_to":        "a condition of the list",
	"watched":          "a condition of the list",
	"columns":          "the columns that a list was asked for with",
	"with_main":        "chosen by the button of what is similar",
	"law":              "chosen by a link",
	"title":            "typed on the page before, which the preview of a notice shows",
	"provisional":      "a condition of the list",

	// What was typed on the page before, which the preview of a change shows.
	"alias": "typed", "complainable": "typed", "document_prefix": "typed", "handles": "typed", "mailbox": "typed", "reason": "typed", "code": "typed", "parent": "typed", "vouch": "typed", "other": "typed",
	"from_year": "typed", "from_month": "typed", "from_day": "typed", "to_year": "typed", "to_month": "typed", "to_day": "typed", "stand_in": "typed",
	"since_year": "typed", "since_month": "typed", "since_day": "typed",

	"link":   "a secret: the mailed link of a deputy, used by the button alone",
	"rule":   "the one term that there is to choose",
	"denied": "the one promise that there is to choose", "told": "whom it is said to, chosen by the link",
	"sure": "what was ticked in the preview of a table",
	"note": "what somebody typed into a move, whose form is sent on after a login",

	// What was typed by hand for another kind of complainant: not lost when the kind is
	// changed back (registerView.Aside).
	"organisation": "typed", "uscc": "typed", "press_card": "typed", "congress_session": "typed", "credential_number": "typed",
	"name": "typed", "phone": "typed", "email": "typed", "address": "typed",
}

// TestEveryHiddenFieldIsThePagesOrSomebodysWords: a page that notes something of its own
// in a form says so in one list, or a draft keeps it and an error shows it as the words of
// whoever sent the form.
func TestEveryHiddenFieldIsThePagesOrSomebodysWords(t *testing.T) {
	seen := 0
	for _, h := range account(t).Hidden {
		inner, carried := strings.CutPrefix(h.Name, "carried")
		known := web.IsPageField(h.Name) || carried && inner != "" || strings.HasSuffix(h.Name, "_personal_asked") || strings.HasSuffix(h.Name, "_sure")
		if !known && asTyped[h.Name] == "" {
			t.Errorf("%s, on %s: is it the page's own (web.IsPageField), or what somebody typed?", h.Name, h.On)
		}
		seen++
	}
	if seen < 10 {
		t.Errorf("only %d hidden fields were seen", seen)
	}
}
