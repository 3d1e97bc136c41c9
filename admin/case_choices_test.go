package admin

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// TestEveryCaseShowsExactlyTheButtonsOfTheTable goes through every state and
// role, with the complaint as it was found and while it is handled again: a case
// whose ground is in doubt has moves of its own.
func TestEveryCaseShowsExactlyTheButtonsOfTheTable(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.configure(t)
	c.signIn(t, "named", "葛洪", staff.Auditor, complainttest.DeskUnit)
	page := c.officer.press(c.complaint, complaint.OpenCase, "note", "《保障中小企业款项支付条例》第二十六条，葛洪也知道。").Want(t, 200)
	c.number, _, _ = strings.Cut(strings.TrimPrefix(page.Path, "/cases/"), "?")
	doesOn(t, pressOn(t, page, discipline.DraftWarning).Want(t, 200), discipline.DraftWarning, warningTyped...)
	people := []member{c.officer, c.leader}
	for _, role := range []staff.Role{staff.DisciplineOfficer, staff.Leader, staff.Publisher, staff.Registrar, staff.Supervisor, staff.Auditor} {
		people = append(people, c.signIn(t, "other-"+strings.ReplaceAll(string(role), "_", "-"), role.Title()+"乙", role, complainttest.DeskUnit))
	}
	seen := map[workflow.Action]bool{}
	for _, source := range []workflow.State{complaint.Replied, complaint.Handling} {
		for _, info := range discipline.Law.States {
			for number, state := range map[string]workflow.State{c.complaint: source, c.number: info.State} {
				if _, err := c.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = $1 WHERE number = $2`, string(state), number); err != nil {
					t.Fatal(err)
				}
			}
			for _, p := range people {
				c.sameButtons(t, p, seen)
			}
		}
	}
	for _, sql := range []string{
		`INSERT INTO notice (matter_id, unit, kind, title, body, published_at, until)
			SELECT id, unit, 'warning', '警示', '已经公示过。', opened_at, date '2026-06-02' FROM matter WHERE number = $1`,
		`UPDATE matter SET state = 'published' WHERE number = $1`,
	} {
		if _, err := c.DB.Owner.Exec(t.Context(), sql, c.number); err != nil {
			t.Fatal(err)
		}
	}
	c.sameButtons(t, c.leader, seen)
	for _, row := range discipline.Law.Moves {
		if byStaff(row) && len(row.From) > 0 && !seen[row.Action] {
			t.Errorf("no page offered %s", row.Action)
		}
	}
}

// sameButtons compares a person's page of the case with what the table gives.
func (c *court) sameButtons(t *testing.T, p member, seen map[workflow.Action]bool) {
	t.Helper()
	var page *webtest.Page
	found, err := discipline.New(c.desk.Office).Read(t.Context(), p.Person, c.number)
	if page = p.Get(t, "/cases/"+c.number); err != nil {
		if page.Status == 200 || page.Has("[data-action]") {
			t.Errorf("%s of %s has no case to see (%v), and sees a page", p.Role, p.Unit, err)
		}
		return
	}
	var want []string
	for _, choice := range discipline.Law.Choices(&found.Matter, workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}, c.Now()) {
		mark := ""
		if choice.Why != "" {
			mark = " (not now)"
		} else {
			seen[choice.Action] = true
		}
		want = append(want, string(choice.Action)+mark)
	}
	slices.Sort(want)
	if got := buttons(page.Want(t, 200)); !slices.Equal(got, want) {
		t.Errorf("%s as %s:\n\tshown %v\n\ttable %v", found.Matter.State, p.Role, got, want)
	}
}
