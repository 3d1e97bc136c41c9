package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
)

// TestACaseIsDeclinedAtTheDesk presses 不予立案: the list of what is to be decided and the
// home page lead to it before, and not after; opening a case stays possible.
func TestACaseIsDeclinedAtTheDesk(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	list, link := "/complaints?view="+complaint.ViewToCase, `[data-row] a[href^="/complaints/`+c.complaint+`"]`
	if !c.officer.Get(t, list).Want(t, 200).Has(link) || !c.officer.Get(t, "/").Want(t, 200).Has(link) {
		t.Fatal("what was found true is not to be decided")
	}
	page := c.officer.press(c.complaint, complaint.DeclineCase).Want(t, 422)
	if !strings.Contains(page.Text(".field-error"), "请写不予立案的理由") {
		t.Errorf("without a reason: %q", page.Text(".field-error"))
	}
	page = doesOn(t, page, complaint.DeclineCase, "note", "七日内已经改正")
	if !strings.Contains(page.Text(".banner"), "已经决定不予立案") || !strings.Contains(page.Text(".timeline"), "七日内已经改正") {
		t.Errorf("says %q", page.Text(".banner"))
	}
	if c.officer.Get(t, list).Want(t, 200).Has(link) || c.officer.Get(t, "/").Want(t, 200).Has(link) {
		t.Error("what was decided is still to be decided")
	}
	if !c.officer.Get(t, "/complaints?view=declined").Want(t, 200).Has(link) {
		t.Error("what was declined is found nowhere")
	}
	c.openCase(t)
	if c.officer.Get(t, "/complaints?view=declined").Want(t, 200).Has(link) {
		t.Error("of what a case was opened all the same is still declined")
	}
}
