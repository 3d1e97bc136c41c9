package admin

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// Loans are a register that the program knows nothing of: a table and a face, as
// docs/design.md says a register costs.
var loans = &register.Kind{
	Path: "loans",
	Law: &workflow.Table{
		Kind: "loan", Noun: "借用", Unit: workflow.Owner,
		States: []workflow.StateInfo{
			{State: "asked", Word: "待出借", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk},
			{State: "lent", Word: "已借出", Sign: workflow.AtWork, Phase: workflow.UnderWay},
			{State: "back", Word: "已归还", Sign: workflow.Finished, Phase: workflow.Over},
		},
		Moves: []workflow.Move{
			{Action: "ask", Label: "申请借用", Writes: true, To: "asked", By: []workflow.Role{staff.Registrar}, Apart: true, Hidden: true},
			{Action: "lend", Label: "出借", Done: "已经借出", Effect: "借给申请的单位。", Leads: true, Writes: true, Ahead: "登记员出借。", From: []workflow.State{"asked"}, To: "lent",
				By: []workflow.Role{staff.Registrar}, Needs: []workflow.Need{
					{Name: "note", Label: "借哪一台", Kind: workflow.AskText, Max: 40, Ask: "请写借哪一台"},
					{Name: "until", Label: "哪天还", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写哪天还"},
				}},
			{Action: "return", Label: "归还", Done: "已经归还", Effect: "借用结束。", Leads: true, Ahead: "用完归还。", From: []workflow.State{"lent"}, To: "back",
				By: []workflow.Role{staff.Handler}, Hard: true},
			{Action: workflow.Note, Label: "记下", Done: "已经记下", Title: "说明", From: []workflow.State{"asked", "lent", "back"}, Hidden: true,
				By: []workflow.Role{staff.Registrar, staff.Handler}, Needs: []workflow.Need{{Name: "note", Label: "内部说明", Kind: workflow.AskText, Max: 100, Ask: "请写要记下的话"}}},
		},
	},
	Letters: "JK",
	Reads:   []register.Reader{{Role: staff.Supervisor}, {Role: staff.Auditor}, {Role: staff.Publisher}},
	Views:   []register.View{{Name: "lent", Label: "借出的", State: "lent"}},
	Texts: search.Texts{
		Called: "用途",
		All: []search.Text{
			{Label: "用途", SQL: `ARRAY(SELECT e.note FROM event e WHERE e.matter_id = m.id AND e.action = 'ask')`},
			// For the desk alone: a unit's search does not answer by it.
			{Label: "经办", SQL: `ARRAY(SELECT e.note FROM event e WHERE e.matter_id = m.id AND e.action = 'lend')`, Guarded: true},
		},
	},
}

// lends adds the register to a desk: nothing else of the program changes.
func lends(t *testing.T, w *workplace) *register.Register {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO matter_kind (kind, relation) VALUES ('loan', 'owner')`,
		`INSERT INTO matter_reader (kind, role) VALUES ('loan', 'publisher')`,
		`INSERT INTO matter_state (kind, state, phase) VALUES ('loan', 'asked', 1), ('loan', 'lent', 1), ('loan', 'back', 3)`,
	} {
		if _, err := w.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	r := &register.Register{Office: w.Desk.Office, Kind: loans}
	w.desk = w.twin()
	w.desk.Rooms = []desk.Room{matter.Pages[*register.Dossier]{Desk: &w.desk.Desk, Face: matter.Face[*register.Dossier]{
		Register: r, It: "本次借用", Unit: "借用单位", Course: "经过",
		Read: func(ctx context.Context, p staff.Person, number string) (*register.Dossier, error) {
			d := &register.Dossier{}
			return d, r.Read(ctx, p, number, d)
		},
		Facts: func(d *register.Dossier) []templ.Component {
			return []templ.Component{view.Text("借用单位：" + d.UnitName)}
		},
	}}}
	w.app = siteOf(w.desk)
	return r
}

// index does the worker's jobs of the moves so far: they name what has new words.
func (w *workplace) index(t *testing.T) {
	t.Helper()
	texts := kinds.Texts()
	texts[string(loans.Law.Kind)] = loans.Texts
	ids, err := pg.All[int64](t.Context(), w.DB.Owner, `DELETE FROM river_job WHERE kind = 'index_text' RETURNING (args ->> 'matter')::bigint`, nil)
	if err == nil {
		err = search.Index(t.Context(), w.DB.Worker, texts, ids)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// opensOnce sends one form by several hands at once and once more: one matter is opened,
// and everybody is told which.
func opensOnce(t *testing.T, r *register.Register, o register.Opening) string {
	t.Helper()
	answers := make(chan workflow.Done, 5)
	var hands sync.WaitGroup
	for range cap(answers) - 1 {
		hands.Go(func() {
			done, err := r.Open(t.Context(), o)
			if err != nil {
				t.Error(err)
			}
			answers <- done
		})
	}
	hands.Wait()
	done, err := r.Open(t.Context(), o)
	if err != nil || !done.Repeated {
		t.Errorf("sent again: %+v, %v", done, err)
	}
	answers <- done
	close(answers)
	first := 0
	for a := range answers {
		if !a.Repeated {
			first++
		}
		if a.Number != done.Number || a.State != "asked" || a.Action != "ask" || a.Seq != 1 || !a.At.Equal(done.At) {
			t.Errorf("answers %+v and %+v", a, done)
		}
	}
	n, err := pg.One[int](t.Context(), r.Pool, `SELECT count(*) FROM matter WHERE kind = 'loan'`, nil)
	if err != nil || n != 1 || first != 1 {
		t.Errorf("%d were opened, %d answers are the first: %v", n, first, err)
	}
	wrong := o
	wrong.Args = pg.Args{"title": "另一个"}
	if _, err := r.Open(t.Context(), wrong); err == nil {
		t.Error("an argument of the kind's own takes the place of the engine's")
	}
	return done.Number
}

// TestARegisterIsADeclaration walks a register of three states through list, export,
// page, search by number and by words, my work, kept writing, moves, audit and navigation.
func TestARegisterIsADeclaration(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	r := lends(t, w)
	if said := loans.Lint(); len(said) > 0 {
		t.Fatal(said)
	}
	registrar := w.signIn(t, "zhang", "张敏", staff.Registrar, complainttest.DeskUnit)
	handler := w.signIn(t, "zhou", "周平", staff.Handler, complainttest.Finance)
	stranger := w.signIn(t, "wu", "吴刚", staff.Handler, complainttest.Justice)
	auditor := w.signIn(t, "shen", "沈红", staff.Auditor, complainttest.DeskUnit)
	publisher := w.signIn(t, "gong", "龚开", staff.Publisher, complainttest.DeskUnit)
	officer := w.signIn(t, "lin", "林晓", staff.DisciplineOfficer, complainttest.DeskUnit)
	custodian := w.signIn(t, "bao", "包容", staff.Custodian, complainttest.DeskUnit)
	asking := register.Opening{New: workflow.New{Unit: complainttest.Finance, Title: "借一台全站仪",
		Act: workflow.Act{Action: "ask", By: workflow.ActorOf(registrar.Person), Token: complainttest.Token(), Note: "量水渠用"}}}
	number := opensOnce(t, r, asking)
	at := "/loans/" + number

	home := registrar.Get(t, "/").Want(t, 200)
	if !home.Has(`nav a[href="/loans"]`) || !strings.Contains(home.Text(".first-thing, .group"), "借一台全站仪") || !strings.Contains(home.Text(".panel"), "借用：待出借") {
		t.Error("the home page of the registrar does not lead to it")
	}
	for _, who := range []*member{&custodian, &officer} {
		if who.Get(t, "/").Want(t, 200).Has(`nav a[href="/loans"]`) || who.Get(t, "/loans").Status != 404 {
			t.Errorf("%s, whom the register does not name, comes in", who.Login)
		}
	}
	for who, want := range map[*member]bool{&registrar: true, &handler: true, &auditor: true, &publisher: true, &stranger: false} {
		if list := who.Get(t, "/loans").Want(t, 200); strings.Contains(list.Text("table"), number) != want {
			t.Errorf("%s lists it: %v", who.Login, !want)
		}
		status := map[bool]int{true: 200, false: 404}[want]
		who.Get(t, at).Want(t, status)
		if found := who.Get(t, "/").Want(t, 200).Submit(t, ".desk-bar .desk-search, .desk-search", url.Values{"q": {number}}); found.Status != status {
			t.Errorf("%s finds its number: %d", who.Login, found.Status)
		}
	}
	if found := registrar.Get(t, "/loans").Want(t, 200).Submit(t, "form[data-filters]", url.Values{"state": {"asked"}}).Want(t, 200); !strings.Contains(found.Text("table"), number) {
		t.Error("the filter of its state does not find it")
	}
	w.index(t)
	finds := func(who member, words map[string]bool) {
		t.Helper()
		for text, want := range words {
			list := who.Get(t, "/loans?view=all&text="+url.QueryEscape(text)).Want(t, 200)
			if list.Has(`a[href^="`+at+`"]`) != want || !strings.Contains(list.Text("form[data-filters]"), "编号、标题、用途") {
				t.Errorf("a search of %s for %s finds it: %v", who.Login, text, !want)
			}
		}
	}
	finds(registrar, map[string]bool{"全站仪": true, "水准仪": false, "量水渠": true, "三号仪": false})
	if _, err := r.Open(t.Context(), register.Opening{New: workflow.New{Unit: complainttest.Finance, Title: "再借一台", Act: workflow.Act{Action: "ask", By: workflow.ActorOf(handler.Person)}}}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a handler opened one: %v", err)
	}
	if _, rows := registrar.exported(t, "/loans?state=asked"); len(rows) != 1 || rows[0][0] != number || rows[0][1] != "借一台全站仪" || rows[0][4] != "待出借" {
		t.Errorf("its list leaves as %q", rows)
	}
	if got := auditor.Get(t, "/audit/exports").Want(t, 200).Text("table"); !strings.Contains(got, "借用：在办") || !strings.Contains(got, "状态：待出借") {
		t.Errorf("of its export the auditor reads %q", got)
	}
	if handler.Get(t, "/loans").Has("button[form=export]") || publisher.Get(t, "/loans").Has("button[form=export]") {
		t.Error("who works on one matter at a time is offered all as a file")
	}
	page := registrar.Get(t, at).Want(t, 200)
	if got := page.All(".timeline li h3, .timeline-title"); len(got) < 3 {
		t.Errorf("the course of events is %q", got)
	}
	// Bad input keeps what was typed, beside its field; a draft is kept.
	page = page.Submit(t, `[data-action=lend]`, url.Values{"note": {"二号仪"}, "until_year": {"2020"}, "until_month": {"1"}, "until_day": {"1"}}).Want(t, 422)
	if !strings.Contains(page.Text(".field-error"), "请写今天以后的日子") || !strings.Contains(page.Body, "二号仪") {
		t.Errorf("a day that has passed: %q", page.Text(".field-error"))
	}
	page = page.Submit(t, `form[action$="/lend"] button[value=save]`, url.Values{"note": {"三号仪"}}).Want(t, 200)
	if !strings.Contains(page.Body, "三号仪") {
		t.Error("what was kept does not stand there again")
	}
	page = page.Submit(t, `[data-action=lend]`, url.Values{"note": {"三号仪"}, "until_year": {"2027"}, "until_month": {"1"}, "until_day": {"1"}}).Want(t, 200)
	if !strings.Contains(page.Text(".banner"), "已经借出") {
		t.Errorf("says %q", page.Text(".banner"))
	}
	w.index(t)
	finds(registrar, map[string]bool{"三号仪": true, "二号仪": false})
	finds(handler, map[string]bool{"量水渠": true, "三号仪": false})
	finds(stranger, map[string]bool{"量水渠": false, "三号仪": false, "全站仪": false})
	if !handler.Get(t, "/loans?view=lent").Want(t, 200).Has(`a[href^="` + at + `"]`) {
		t.Error("the view of its own does not show it")
	}
	if got := handler.Get(t, "/").Want(t, 200).Text(".first-thing, .group"); !strings.Contains(got, "借一台全站仪") {
		t.Errorf("it does not wait for its unit: %q", got)
	}
	page = handler.Get(t, at).Want(t, 200)
	page = page.Submit(t, `form[action$="/note"] button[value=save]`, url.Values{"note": {"明天"}}).Want(t, 200)
	page = page.Submit(t, `[data-action=note]`, url.Values{"note": {"明天还"}}).Want(t, 200)
	page = page.Submit(t, `[data-action=return]`, nil).Want(t, 200)
	if !strings.Contains(page.Text(".empty"), "本次借用已归还") {
		t.Errorf("after the end: %q", page.Text(".empty"))
	}
	if got := auditor.Get(t, "/audit").Want(t, 200).Text("table"); !strings.Contains(got, "归还") || !strings.Contains(got, number) {
		t.Error("the auditor does not read of it")
	}
	filed := asking
	filed.Act.Token = complainttest.Token()
	if _, err := w.Desk.File(t.Context(), complaint.Filing{Intake: complainttest.Intake(), By: workflow.Actor{Role: staff.Registrar, StaffID: asking.Act.By.StaffID}, Token: filed.Act.Token}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Open(t.Context(), filed); !fault.Is(err, fault.Conflict) {
		t.Errorf("the form of a complaint opens a loan: %v", err)
	}
}
