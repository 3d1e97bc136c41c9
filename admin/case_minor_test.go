package admin

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/discipline"
)

// reason is the field that only a minor warning's publishing asks for.
const reason = `form[action$="/publish"] [name=note]`

// 国办发〔2025〕22号: what is minor is not published as a rule.
func TestAMinorWarningIsPublishedOnlyWithAReason(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.configure(t)
	page := c.openCase(t)
	typed := slices.Clone(warningTyped)
	typed[slices.Index(typed, "general")] = "minor"
	doesOn(t, pressOn(t, page, discipline.DraftWarning).Want(t, 200), discipline.DraftWarning, typed...)
	doesOn(t, c.leader.Get(t, "/cases/"+c.number+"/document").Want(t, 200), discipline.Sign)
	page = doesOn(t, c.shown(t, c.officer), discipline.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
	if !page.Has(reason) {
		t.Fatalf("no reason is asked for: %s", page.Text(".moves"))
	}
	refused := pressOn(t, page, discipline.Publish, "note", "").Want(t, 422)
	if !strings.Contains(refused.Text(".error-summary"), "理由") {
		t.Errorf("without one it says %q", refused.Text(".error-summary"))
	}
	page = doesOn(t, refused, discipline.Publish, "note", "欠款涉及农民工工资，群众普遍关注。")
	if !strings.Contains(page.Text(".page-head"), "公示中") {
		t.Errorf("after publishing: %q", page.Text(".page-head"))
	}
}
