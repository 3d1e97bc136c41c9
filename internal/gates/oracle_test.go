package gates

import (
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

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
	finds := func(p staff.Person, words string) bool {
		t.Helper()
		p = b.now(p)
		f := register.Filter{Text: words}
		page, err := b.Desk.List(t.Context(), p.Scope(), f, register.Cursor{})
		if err != nil {
			t.Fatal(err)
		}
		counts, err := b.Desk.Count(t.Context(), p.Scope(), []register.Filter{f})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Rows) > 0 || counts[0] > 0
	}
	for again := range 2 { // indexed once, and over what was there
		b.index()
		for _, role := range []staff.Role{staff.Handler, staff.UnitHead} {
			for field, words := range hidden {
				if finds(b.People[role], words) {
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
				if !finds(b.People[role], words) {
					t.Errorf("pass %d: a %s does not find what they read: %s", again, role, words)
				}
			}
		}
		for _, words := range []string{hidden["why it was withdrawn"], hidden["what was confided"], hidden["what tells of threats"], "村道硬化 堵门"} {
			if !finds(registrar, words) {
				t.Errorf("pass %d: the desk does not find %s", again, words)
			}
		}
		if _, err := b.DB.Owner.Exec(t.Context(), `UPDATE search_text SET body = '''旧''', shared = NULL`); err != nil {
			t.Fatal(err)
		}
	}
}
