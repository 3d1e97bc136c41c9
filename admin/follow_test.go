package admin

import (
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestAUnitHearsOfNoDeputyWhoFollows: a deputy asks, the complainant says yes, no and yes
// again; the supervising desk reads it, and the unit that handles the complaint finds
// everything as it was, also where a letter went out.
func TestAUnitHearsOfNoDeputyWhoFollows(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, head := team[staff.Handler], team[staff.UnitHead]
	in := complainttest.Intake()
	in.Contact.EDelivery = true
	receipt := w.File(t, in)
	w.put(t, receipt.Number, complaint.Handling, handler.ID)
	w.later()
	paths := []string{"/", "/complaints", "/complaints?view=all", "/complaints/" + receipt.Number, "/complaints/" + receipt.Number + "/note", "/complaints/" + receipt.Number + "/draft_answer",
		"/complaints?text=陈河", "/search?q=陈河", "/complaints?q=" + receipt.Number}
	reads := func(m member) (all []string) {
		for _, path := range paths {
			all = append(all, path+": "+m.Get(t, path).Text("body"))
		}
		return all
	}
	for _, m := range []member{handler, head} { // what they looked at, and who is at it, is itself on the pages
		reads(m)
	}
	before := map[*member][]string{&handler: reads(handler), &head: reads(head)}
	if _, err := w.DB.Owner.Exec(t.Context(), `
		WITH m AS (INSERT INTO member (kind, name, congress_session, credential_number) VALUES ('npc_deputy', '陈河', '第十六届', 'RD-001') RETURNING id),
		a AS (INSERT INTO member_account (member_id, mailbox, mailbox_mac, code_mac, changed_at) SELECT id, '', '', '', now() FROM m)
		INSERT INTO follow_ask (member_id, number, words, asked_at) SELECT id, $1, '想看看办到哪里', now() FROM m`, receipt.Number); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Worker().PutAsks(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	for _, action := range []workflow.Action{complaint.AllowFollow, complaint.EndFollow, complaint.AllowFollow} {
		w.follows(t, receipt, action)
	}
	w.index(t)
	for m, was := range before {
		for i, now := range reads(*m) {
			if now != was[i] {
				t.Errorf("a %s now reads\n%s\nand before\n%s", m.Role, now, was[i])
			}
		}
	}
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader} {
		if got := team[role].open(receipt.Number).Text(".timeline"); !strings.Contains(got, "第十六届人大代表 陈河想跟进这件投诉") || !strings.Contains(got, "投诉人收回了同意") {
			t.Errorf("a %s reads %s", role, got)
		}
	}
	n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM letter WHERE template = 'follow_asked' AND recipient = 'complainant'`, nil)
	if err != nil || n != 1 {
		t.Errorf("%d letters went, %v", n, err)
	}
}

// follows answers the newest question of a deputy as the complainant.
func (w *workplace) follows(t *testing.T, receipt complaint.Receipt, action workflow.Action) {
	t.Helper()
	visitor, err := key.NewSecret(w.desk.Complaints.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Portal.Unlock(t.Context(), receipt.Number, receipt.Code, visitor, complainttest.Token()); err != nil {
		t.Fatal(err)
	}
	own, err := w.Portal.Own(t.Context(), visitor, receipt.Number)
	if err != nil || len(own.Follows) == 0 {
		t.Fatal(own, err)
	}
	asked := strconv.FormatInt(own.Follows[len(own.Follows)-1].Asked, 10)
	if _, err := w.Portal.MoveOwn(t.Context(), visitor, receipt.Number, action, complainttest.Token(), workflow.Answers{complaint.FollowAsked: {asked}}); err != nil {
		t.Fatal(action, err, fault.FieldsOf(err))
	}
}
