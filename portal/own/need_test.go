package own_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/ask/asktest"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// TestEveryKindOfNeedIsAskedForAndReadBackOnThePortal has a law by which whoever urges is
// asked for something of every kind.
func TestEveryKindOfNeedIsAskedForAndReadBackOnThePortal(t *testing.T) {
	t.Parallel()
	m := asktest.Move(complaint.Urge, complaint.Submitted, staff.Complainant)
	s := newSite(t, func(s *site.Site) {
		of, kind, law := *s.Complaints, *complaint.Kind, *complaint.Law
		law.Moves = slices.Clone(law.Moves)
		law.Moves[slices.IndexFunc(law.Moves, func(m workflow.Move) bool { return m.Action == complaint.Urge })] = m
		kind.Law, of.Kind = &law, &kind
		s.Complaints = &of
	})
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	page := v.Get(t, "/complaints/mine").Want(t, 200).Follow(t, `a[href="/complaints/mine/urge"]`).Want(t, 200)
	asktest.Asks(t, page.Document, m)
	viewtest.Sound(t, page.Document)
	const form = `[data-action=urge]`

	page = page.Submit(t, form, nil).Want(t, 422)
	asktest.Faulty(t, page.Document, m, asktest.Needs...)
	viewtest.Sound(t, page.Document)

	wrong := asktest.Without("note", strings.Repeat("长", 61), "line", strings.Repeat("长", 41), "due_year", "2020")
	page = page.Submit(t, form, wrong).Want(t, 422)
	asktest.Faulty(t, page.Document, m, "note", "line", "due")
	asktest.Kept(t, page.Document, m, wrong)

	page = page.Forge(t, form, asktest.Without("lead", "NOWHERE", "co", "'; DROP TABLE unit; --", "class", "Q77")).Want(t, 422)
	asktest.Faulty(t, page.Document, m, "class", "lead", "co")

	page = page.Submit(t, form, asktest.Right()).Want(t, 200)
	if said := page.Text(".banner"); !strings.Contains(said, m.Done) || !strings.Contains(page.Text(".timeline"), asktest.Said) {
		t.Errorf("says %q and %q", said, page.Text(".timeline"))
	}
	words, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT body FROM supplement`, nil)
	if err != nil || words != asktest.Right().Get("note") {
		t.Errorf("what was written is kept as %q, %v", words, err)
	}
}
