package gates

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// finds says that somebody's search of the words answers anything.
func (b bench) finds(p staff.Person, words string) bool {
	b.t.Helper()
	p = b.now(p)
	f := register.Filter{Text: words}
	page, err := b.Desk.List(b.t.Context(), p.Scope(), f, register.Cursor{})
	if err != nil {
		b.t.Fatal(err)
	}
	counts, err := b.Desk.Count(b.t.Context(), p.Scope(), []register.Filter{f})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(page.Rows) > 0 || counts[0] > 0
}

// What a reader may not read answers none of their questions: not a search, not
// its count, not what lies beside a matter in its list.
func TestAUnitFindsNothingByWhatItMayNotRead(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	registrar := b.People[staff.Registrar]
	hidden := map[string]string{
		"why it was withdrawn":         "镇里两个人堵门逼我撤",
		"what was confided":            "县里来人盘问过三回",
		"what tells of threats":        "前天夜里有人上门威胁",
		"how the complainant calls it": "镇上管路的那帮人",
		"name":                         "王建国", "telephone": "13800138000", "mailbox": "wang@example.com", "organisation": "青禾路桥工程有限公司", "code": "91410425MA00000077",
		"an internal note from before": "督办台账第七页",
		"why an identity was opened":   "核对验收日期",
	}
	in := complainttest.Intake()
	in.Story.UnitSaid = hidden["how the complainant calls it"]
	receipt := b.File(t, in)
	b.must(registrar, receipt.Number, complaint.EnterRegister)
	b.must(registrar, receipt.Number, complaint.Note, "note", hidden["an internal note from before"])
	b.must(registrar, receipt.Number, complaint.Accept, "nature", "RED")
	if _, err := b.Desk.OpenIdentity(t.Context(), workflow.Order{Number: receipt.Number, By: b.now(registrar), Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {hidden["why an identity was opened"]}}}, b.Keys.Office); err != nil {
		t.Fatal(err)
	}
	b.must(registrar, receipt.Number, complaint.Dispatch, "lead", complainttest.Finance)
	visitor := b.unlock(receipt)
	for _, m := range []struct {
		action      workflow.Action
		words, told string
		done        workflow.Action
	}{
		{complaint.Supplement, "补一张验收照片", "", complaint.Supplement}, {complaint.Supplement, "有人威胁过证人李四", "all", complaint.Supplement},
		{complaint.Supplement, hidden["what was confided"], "desk", complaint.Confide}, {complaint.Supplement, hidden["what tells of threats"], "", complaint.Confide},
		{complaint.Withdraw, hidden["why it was withdrawn"], "", complaint.Withdraw},
	} {
		done, err := b.Portal.MoveOwn(t.Context(), visitor, receipt.Number, m.action, complainttest.Token(), workflow.Answers{"note": {m.words}, "told": {m.told}})
		if err != nil || done.Action != m.done {
			t.Fatalf("%q was done as %s: %v", m.words, done.Action, err)
		}
	}
	for again := range 2 { // indexed once, and over what was there
		b.index()
		for _, role := range []staff.Role{staff.Handler, staff.UnitHead} {
			for field, words := range hidden {
				if b.finds(b.People[role], words) {
					t.Errorf("pass %d: a %s finds by search: %s", again, role, field)
				}
				if d, err := b.Desk.Read(t.Context(), b.now(b.People[role]), receipt.Number); err != nil ||
					slices.ContainsFunc(d.Events, func(e register.Happening) bool {
						return e.Words == words || e.Note == words || e.Action == complaint.Confide
					}) {
					t.Errorf("a %s reads: %s (%v)", role, field, err)
				}
			}
			for _, words := range []string{"村道硬化", "补一张验收照片", "威胁过证人", "工程款 验收照片"} {
				if !b.finds(b.People[role], words) {
					t.Errorf("pass %d: a %s does not find what they read: %s", again, role, words)
				}
			}
		}
		for _, words := range []string{hidden["why it was withdrawn"], hidden["what was confided"], hidden["what tells of threats"], "村道硬化 堵门"} {
			if !b.finds(registrar, words) {
				t.Errorf("pass %d: the desk does not find %s", again, words)
			}
		}
		if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE search_text SET body = '''旧''', shared = NULL`); err != nil {
			t.Fatal(err)
		}
	}
}

// So it is with what is said against an answer and in the words of a rating, none of
// which tells of threats: its writer chose who reads it.
func TestAUnitFindsNothingByWhatTheDeskAloneWasToldOverAnAnswer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const rated, contested, open = "老会计可以作证发票换过", "镇里李副科长私下许过三万", "利息一分没有算"
	const pressed = "有人威胁过证人李四"
	apart, all := b.File(t, complainttest.Intake()), b.File(t, complainttest.Intake())
	own := func(r complaint.Receipt, action workflow.Action, a workflow.Answers) {
		t.Helper()
		if _, err := b.Portal.MoveOwn(t.Context(), b.unlock(r), r.Number, action, complainttest.Token(), a); err != nil {
			t.Fatal(err)
		}
	}
	b.replied(apart.Number)
	b.replied(all.Number)
	own(apart, complaint.Rate, workflow.Answers{"rating": {"dissatisfied"}, "solved": {"unsolved"}, "rating_words": {rated}, "told": {"desk"}})
	own(apart, complaint.Contest, workflow.Answers{"note": {contested}, "told": {"desk"}})
	own(all, complaint.Rate, workflow.Answers{"rating": {"basic"}, "solved": {"waiting"}, "rating_words": {pressed}, "told": {"all"}})
	own(all, complaint.Contest, workflow.Answers{"note": {open}, "told": {"all"}})
	b.index()
	for _, role := range []staff.Role{staff.Handler, staff.UnitHead} {
		d, err := b.Desk.Read(t.Context(), b.now(b.People[role]), apart.Number)
		if err != nil {
			t.Fatal(err)
		}
		everything, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{rated, contested} {
			if b.finds(b.People[role], words) || strings.Contains(string(everything), words) {
				t.Errorf("a %s learns of %q", role, words)
			}
		}
		if !b.finds(b.People[role], open) {
			t.Errorf("a %s does not find what all were told", role)
		}
	}
	rating := func() string {
		d, err := b.Desk.Read(t.Context(), b.now(b.People[staff.Handler]), all.Number)
		if err != nil {
			t.Fatal(err)
		}
		return d.Outcome.RatingWords
	}
	if got := rating(); got != pressed {
		t.Errorf("the handler reads %q of the rating that all were told", got)
	}
	if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE complaint SET rating_told = NULL`); err != nil {
		t.Fatal(err)
	}
	if got := rating(); got != "" { // from before there was a choice
		t.Errorf("the handler reads %q of a rating that tells of threats, whose writer had no choice", got)
	}
	if !b.finds(b.People[staff.Registrar], contested) {
		t.Error("the desk does not find what it was told")
	}
	letters, err := pg.One[string](t.Context(), b.DB.Owner, `SELECT string_agg(to_jsonb(l)::text || to_jsonb(e)::text, '') FROM letter l, event e`, nil)
	if err != nil || strings.Contains(letters, rated) || strings.Contains(letters, contested) {
		t.Errorf("a letter or an event has them: %v", err)
	}
}
