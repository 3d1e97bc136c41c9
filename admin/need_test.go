package admin

import (
	"context"
	"slices"
	"strings"
	"testing"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/ask/asktest"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/workflow"
)

// TestEveryKindOfNeedIsAskedForAndReadBackAtTheDesk has a register of which two moves ask
// for something of every kind, on one page.
func TestEveryKindOfNeedIsAskedForAndReadBackAtTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO matter_kind (kind, relation) VALUES ('form', 'owner')`); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO matter_state (kind, state, phase) VALUES ('form', 'open', 1)`); err != nil {
		t.Fatal(err)
	}
	m, other := asktest.Move("ask_all", "open", staff.Registrar), asktest.Move("ask_more", "open", staff.Registrar)
	var read workflow.Answers
	kind := &register.Kind{
		Path: "forms", Letters: "FM", Reads: []register.Reader{{Role: staff.Supervisor}},
		Law: &workflow.Table{
			Kind: "form", Noun: "表格", Unit: workflow.Owner, Flags: map[string]string{asktest.Unset: "不问"},
			States: []workflow.StateInfo{{State: "open", Word: "在填", Sign: workflow.AtWork, Phase: workflow.UnderWay}},
			Moves: []workflow.Move{
				{Action: "begin", Label: "开始", To: "open", By: []workflow.Role{staff.Registrar}, Apart: true, Hidden: true}, m, other,
			},
		},
		Effects: map[workflow.Action]register.Effect{m.Action: func(_ context.Context, _ *register.Register, _ *workflow.Step, a workflow.Answers) error {
			read = a
			return nil
		}},
	}
	r := &register.Register{Office: w.Desk.Office, Kind: kind}
	w.desk = w.twin()
	w.desk.Rooms = []desk.Room{matter.Pages[*register.Dossier]{Desk: &w.desk.Desk, Face: matter.Face[*register.Dossier]{
		Register: r, It: "这张表", Unit: "单位", Course: "经过",
		Read: func(ctx context.Context, p staff.Person, number string) (*register.Dossier, error) {
			d := &register.Dossier{}
			return d, r.Read(ctx, p, number, d)
		},
	}}}
	w.app = siteOf(w.desk)
	zhang := w.signIn(t, "zhang", "张敏", staff.Registrar, complainttest.DeskUnit)
	begun, err := r.Open(t.Context(), register.Opening{New: workflow.New{Unit: complainttest.Finance, Title: "一张什么都问的表",
		Act: workflow.Act{Action: "begin", By: workflow.ActorOf(zhang.Person), Token: complainttest.Token()}}})
	if err != nil {
		t.Fatal(err)
	}
	hemin := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	for text, found := range map[string]bool{"什么都问": true, begun.Number[4:]: true, "什么都不问": false} { // a register without texts
		list, err := r.List(t.Context(), hemin.Scope(), register.Filter{View: register.ViewAll, Text: text}, register.Cursor{})
		if err != nil || (len(list.Rows) == 1) != found {
			t.Errorf("%q finds %d, %v", text, len(list.Rows), err)
		}
	}
	page := zhang.Get(t, "/forms/"+begun.Number).Want(t, 200)
	for _, one := range []workflow.Move{m, other} {
		asktest.Asks(t, page.Document, one)
	}
	viewtest.Sound(t, page.Document)
	button := `[data-action=` + string(m.Action) + `]`

	page = page.Submit(t, button, nil).Want(t, 422)
	asktest.Faulty(t, page.Document, m, asktest.Needs...)
	viewtest.Sound(t, page.Document)

	wrong := asktest.Without("note", strings.Repeat("长", 61), "line", strings.Repeat("长", 41), "due_year", "2020")
	page = page.Submit(t, button, wrong).Want(t, 422)
	asktest.Faulty(t, page.Document, m, "note", "line", "due")
	asktest.Kept(t, page.Document, m, wrong)

	page = page.Forge(t, button, asktest.Without("lead", "NOWHERE", "co", "'; DROP TABLE unit; --", "class", "Q77")).Want(t, 422)
	asktest.Faulty(t, page.Document, m, "class", "lead", "co")

	for _, one := range []workflow.Move{m, other} { // a draft puts back all of it
		page = page.Submit(t, `form[action$="/`+string(one.Action)+`"] button[value=save]`, asktest.Right()).Want(t, 200)
		asktest.Kept(t, page.Document, one, asktest.Right())
	}
	viewtest.Sound(t, page.Document)
	page = page.Submit(t, `[data-action=`+string(other.Action)+`]`, nil).Want(t, 200)
	page = page.Submit(t, button, nil).Want(t, 200)
	if said := page.Text(".banner"); !strings.Contains(said, m.Done) {
		t.Errorf("says %q", said)
	}
	for name, want := range asktest.Right() {
		if got := read[name]; !slices.Equal(got, want) {
			t.Errorf("%s is read as %q, typed was %q", name, got, want)
		}
	}
	if day := read.Date(m.Need("due"), w.Now()); day.String() != "2026-09-30" {
		t.Errorf("the day is read as %s", day)
	}
	said, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT public_text FROM event WHERE action = @action`, pg.Args{"action": string(m.Action)})
	if err != nil || said != asktest.Said {
		t.Errorf("is told as %q, %v", said, err)
	}
}
