package gates

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// changes is every column that some process may UPDATE, and what keeps what was
// once said or done in it. A column in no list fails: whoever grants a right
// says here what it can undo.
//
//	once:    it is filled once and never replaced or emptied
//	move:    only together with the event of the move that it belongs to
//	running: until the row has come to its end
//	free:    nothing said or done stands in it
var changes = map[string]string{
	"answer.sent_at": "once, by the move that sends it, with that move's time",

	"assignment.signed_at":  "once, by a move",
	"assignment.signed_by":  "once, by a move",
	"assignment.opinion_at": "once, by a move",
	"assignment.ended_at":   "once, by a move: it is never opened again",
	"assignment.assigned":   "move: assign; the events say in whose hand it was",

	"saved_view.asks":     "free: what a list asks for, and nothing of a matter",
	"saved_view.unit":     "free: who sees it",
	"saved_view.office":   "free: who sees it",
	"saved_view.saved_at": "free",

	"list_columns.columns":   "free: what a list shows its reader",
	"list_columns.chosen_at": "free",

	"clock.stopped_at":  "once, by a move, or a right's on its own day once that is over",
	"clock.stopped_seq": "once, by a move",
	"clock.due_on":      "running: by the event of a recount, when a year's calendar is known late, or of a span",
	"clock.due_at":      "running: as due_on",
	"clock.was_on":      "running: as due_on",
	"clock.calendar":    "running: which calendar it was counted over",
	"clock.provisional": "running: as due_on",
	"clock.derivation":  "running: as due_on",

	"complaint.nature":       "move: accept",
	"complaint.track":        "move: accept, correct_nature or settle_unit",
	"complaint.finding":      "move: reply, and it is that answer's",
	"complaint.decision":     "move: reply, and it is that answer's",
	"complaint.rating":       "move: rate, once a round",
	"complaint.solved":       "move: rate",
	"complaint.rating_words": "move: rate",
	"complaint.rating_told":  "move: rate",

	"matter.state":     "move: it is the event's",
	"matter.phase":     "move: its state's, by foreign key",
	"matter.seq":       "move: it is the event's",
	"matter.head":      "move: it is the event's",
	"matter.flags":     "move",
	"matter.category":  "move",
	"matter.closed_at": "once, by a move",
	"matter.due_at":    "free: counted from its running clocks",
	"matter.unit":      "free: held by the guards of routing, which know whoever was named",

	"daybook_head.seq":  "move: by one, to an event that hangs on the one before",
	"daybook_head.head": "move: that event's",

	"follow_ask.put_at": "once, by the worker: who asked, and of what, stays",

	"matter_bar.released_seq": "once, by the move of a second person",

	"discipline_case.rectify_by": "once",
	"document.served_on":         "once, with the rest of the note of service; the document is frozen",
	"document.served_how":        "once",
	"document.served_seq":        "once",
	"document_counter.last":      "free: up by one, with its document",
	"letter.state":               "running: while it waits",
	"letter.tries":               "running: and only up",
	"letter.done_at":             "running: while it waits",
	"letter.fault_code":          "running: while it waits",
	"member_account.mailbox":     "free: each change is an act that stays",
	"member_account.mailbox_mac": "free: as mailbox",
	"member_account.code_mac":    "free: each change is an act that stays",
	"member_account.changed_at":  "free: when the newest of these acts was",
	"member_account.closed_at":   "free: each change is an act that stays",
	"member_login.token_hash":    "free: of the last letter that was tried",
	"member_login.expires_at":    "free: of the last letter that was tried",
	"member_login.sent_at":       "free: null again after a try that failed",
	"notice.taken_down_at":       "once",
	"notice.taken_down_reason":   "once",

	"staff.role":           "free: each change is an act that stays",
	"staff.unit":           "free: each change is an act that stays",
	"staff.disabled_at":    "free: each change is an act that stays",
	"staff.last_login_at":  "free: the last login",
	"staff.password_hash":  "free: nobody's word",
	"staff.totp_sealed":    "free: each change is an act that stays",
	"staff.totp_step":      "free: the last step used",
	"staff.password_until": "free: each change comes with an act, or with its first use",

	"mail_test.address": "once: emptied when it went",
	"mail_test.done_at": "once",
	"mail_test.code":    "once, with done_at",

	"staff_session.second_factor_at": "once",
	"staff_session.revoked_at":       "once",
	"staff_session.token_hash":       "free: rotated when the session becomes whole",
	"staff_session.seen_at":          "free: last use",
	"staff_session.expires_at":       "free: longer when whole",
	"staff_session.otp_tries":        "free: a count of guesses",
	"staff_session.totp_pending":     "free: gone once enrolled",

	"matter_look.seq": "free: what somebody has seen",
	"matter_look.at":  "free: when they last looked",

	// Whole tables, with what they are.
	"desk_draft.*":    "free: what somebody has typed and not said yet",
	"draft.*":         "free: as desk_draft",
	"login_attempt.*": "free: a count of guesses",
	"member.*":        "free: the roster, as it is kept by hand",
	"search_text.*":   "free: made from the matter's texts",
	"likeness.*":      "free: made from the matter's texts",
	"setting.*":       "free: what the office calls itself",
	"staff_device.*":  "free: browsers, each at its last login",
	"worker_beat.*":   "free: when the background work was last done",
	"unit.*":          "free: the directory, held by the guards of the tree",
}

func TestOfEveryColumnThatMayChangeItIsSaidWhatStays(t *testing.T) {
	t.Parallel()
	got, err := pg.All[string](t.Context(), pgtest.New(t).Owner, `
		SELECT DISTINCT c.relname || '.' || CASE WHEN has_table_privilege(role, c.oid, 'UPDATE') THEN '*' ELSE a.attname END
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
			unnest(ARRAY['zhengxin_portal', 'zhengxin_admin', 'zhengxin_worker']) AS role
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'river\_%'
			AND has_column_privilege(role, c.oid, a.attnum, 'UPDATE')`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range got {
		why := changes[column]
		if kind, _, _ := strings.Cut(strings.FieldsFunc(why+" ", func(c rune) bool { return c == ',' || c == ':' })[0], " "); !slices.Contains([]string{"once", "move", "running", "free"}, kind) {
			t.Errorf("%s may be changed: say in this list what stays of it (now %q)", column, why)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(changes)) {
		if !slices.Contains(got, column) {
			t.Errorf("%s is listed, and nobody may change it", column)
		}
	}
}

// answeredOffice is an office with a complaint that was answered and rated, one with a
// unit at work on it, and one from nobody knows whom.
type answeredOffice struct {
	*complainttest.Office
	t            *testing.T
	done, atWork string
}

func newAnswered(t *testing.T) *answeredOffice {
	t.Helper()
	o := &answeredOffice{Office: complainttest.New(t), t: t}
	filed := o.File(t, complainttest.Intake())
	o.done, o.atWork = filed.Number, o.File(t, complainttest.Intake()).Number
	nameless := complainttest.Intake()
	nameless.Who = complaint.Who{Kind: "citizen", Anonymous: "yes"}
	nameless.Contact = complaint.Contact{Confidential: "yes"}
	o.File(t, nameless)
	draft := workflow.Answers{"finding": {"unsubstantiated"}, "decision": {"explain"}, "facts": {"已经付清。"}, "opinion": {"予以说明。"}, "articles": {"KX-9"}, "basis": {"《保障中小企业款项支付条例》第九条"}}
	for _, number := range []string{o.done, o.atWork} {
		o.move(number, staff.Registrar, complaint.EnterRegister, nil)
		o.move(number, staff.Registrar, complaint.Accept, workflow.Answers{"nature": {"RED"}})
		o.move(number, staff.Registrar, complaint.Dispatch, workflow.Answers{"lead": {complainttest.Finance}})
		o.move(number, staff.Handler, complaint.Sign, nil)
	}
	o.open(o.atWork)
	o.move(o.done, staff.Handler, complaint.DraftAnswer, draft)
	o.move(o.done, staff.UnitHead, complaint.ApproveAnswer, nil)
	o.move(o.done, staff.Supervisor, complaint.SendBack, workflow.Answers{"note": {"改"}})
	draft["demand"], draft["promise_anyway"] = []string{"三十日内付清"}, []string{"yes"}
	o.move(o.done, staff.Handler, complaint.DraftAnswer, draft)
	o.move(o.done, staff.UnitHead, complaint.ApproveAnswer, nil)
	o.Wait(time.Hour)
	o.move(o.done, staff.Supervisor, complaint.Reply, nil)
	visitor, err := key.NewSecret(o.Portal.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Portal.Unlock(t.Context(), filed.Number, filed.Code, visitor, []byte("somebody")); err != nil {
		t.Fatal(err)
	}
	for _, own := range []struct {
		action  workflow.Action
		answers workflow.Answers
	}{
		{complaint.Supplement, workflow.Answers{"note": {"还有一张欠条。"}}},
		{complaint.Rate, workflow.Answers{"rating": {"dissatisfied"}, "solved": {"unsolved"}, "rating_words": {"没有付。"}}},
	} {
		if _, err := o.Portal.MoveOwn(t.Context(), visitor, filed.Number, own.action, complainttest.Token(), own.answers); err != nil {
			t.Fatal(own.action, err, fault.FieldsOf(err))
		}
	}
	return o
}

func (o *answeredOffice) move(number string, by staff.Role, action workflow.Action, a workflow.Answers) {
	o.t.Helper()
	_, err := o.Desk.Move(o.t.Context(), workflow.Order{Number: number, Action: action, By: o.People[by], Token: complainttest.Token(), Answers: a})
	if err != nil {
		o.t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

func (o *answeredOffice) open(number string) {
	o.t.Helper()
	_, err := o.Desk.OpenIdentity(o.t.Context(), workflow.Order{Number: number, By: o.People[staff.Registrar], Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {"核对银行账号"}}}, o.Keys.Office)
	if err != nil {
		o.t.Fatal(err)
	}
}

// undoings are statements that would take back, date otherwise or replace what
// was once said or done, or add to it afterwards; {role} may try each.
var undoings = map[string][]string{
	"admin": {
		// An answer: not sent, sent earlier, another in its place, sent from the start.
		`UPDATE answer SET sent_at = NULL WHERE sent_at IS NOT NULL`,
		`UPDATE answer SET sent_at = sent_at - interval '30 days' WHERE sent_at IS NOT NULL`,
		`UPDATE answer SET sent_at = now() WHERE version = 1`,
		`UPDATE answer SET facts = '没有这回事'`,
		`INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, sent_at)
			SELECT matter_id, 1, 9, drafted_by, unit, finding, decision, 'x', opinion, basis, sent_at FROM answer WHERE version = 2`,
		`INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis)
			SELECT matter_id, 1, 9, drafted_by, unit, finding, decision, 'x', opinion, basis FROM answer WHERE version = 2`,
		// What was judged, and how the complainant rated it.
		`UPDATE complaint SET finding = 'substantiated' WHERE finding IS NOT NULL`,
		`UPDATE complaint SET decision = NULL WHERE finding IS NOT NULL`,
		`UPDATE complaint SET nature = 'SUG' WHERE nature IS NOT NULL`,
		`UPDATE complaint SET rating = 'satisfied' WHERE rating IS NOT NULL`,
		`UPDATE complaint SET rating_words = ''`,
		`UPDATE complaint SET rating_told = 'all' WHERE rating IS NOT NULL`,
		`UPDATE complaint SET facts = ''`,
		// Who has it, since when, and when they signed.
		`UPDATE assignment SET started_at = now()`,
		`UPDATE assignment SET unit = 'JUS'`,
		`UPDATE assignment SET part = 'co'`,
		`UPDATE assignment SET signed_at = signed_at - interval '3 days' WHERE signed_at IS NOT NULL`,
		`UPDATE assignment SET signed_at = NULL, signed_by = NULL`,
		`UPDATE assignment SET signed_by = (SELECT min(id) FROM staff)`,
		`UPDATE assignment SET ended_at = now()`,
		`UPDATE assignment SET ended_at = started_at`,
		`UPDATE assignment SET opinion_at = now()`,
		`INSERT INTO assignment (matter_id, unit, part, started_at, signed_at) SELECT matter_id, 'JUS', 'co', now(), now() FROM assignment`,
		// Clocks.
		`UPDATE clock SET started_at = now()`,
		`UPDATE clock SET rule = 'PF-DO'`,
		`UPDATE clock SET due_at = now() + interval '1 year' WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET due_on = '2099-01-01' WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET derivation = '' WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET stopped_at = started_at WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET stopped_at = NULL, stopped_seq = NULL WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET stopped_at = now(), stopped_seq = started_seq WHERE stopped_at IS NULL`,
		`UPDATE clock SET stopped_at = due_at, stopped_seq = started_seq WHERE stopped_at IS NULL`,
		`INSERT INTO clock_span (matter_id, seq, rule, started_seq, kind, from_on, count) SELECT matter_id, started_seq, rule, started_seq, 'extend', '2026-03-02', 30 FROM clock LIMIT 1`,
		`INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, count, reason) SELECT matter_id, started_seq, rule, started_seq, 'FIN', 'extend', 30, 'x' FROM clock LIMIT 1`,
		`INSERT INTO request (matter_id, no, seq, kind) SELECT id, 9, 1, 'question' FROM matter LIMIT 1`,
		`INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
			SELECT matter_id, 'XF-RV', 1, 1, started_at, due_on, due_at, '' FROM clock WHERE rule = 'PF-REG'`,
		`INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, stopped_at)
			SELECT matter_id, 'XF-RV', 1, 1, started_at, due_on, due_at, '', now() FROM clock WHERE rule = 'PF-REG'`,
		// The matter itself.
		`UPDATE matter SET state = 'withdrawn'`,
		`UPDATE matter SET closed_at = now()`,
		`UPDATE matter SET seq = seq - 1`,
		`UPDATE matter SET head = ''`,
		`UPDATE matter SET flags = '{}'`,
		`UPDATE matter SET category = 'C01'`,
		`UPDATE matter SET title = 'x'`,
		`UPDATE matter SET number = number || 'x'`,
		`UPDATE matter SET opened_at = now()`,
		`UPDATE matter SET kind = 'case'`,
		// Who complained, and who looked.
		`INSERT INTO identity (matter_id, person) SELECT id, '' FROM matter ON CONFLICT DO NOTHING`,
		`UPDATE identity SET person = ''`,
		`INSERT INTO as_written (matter_id, due_on) SELECT id, 'x' FROM matter ON CONFLICT DO NOTHING`,
		`UPDATE as_written SET due_on = 'x'`,
		`DELETE FROM identity_opening`,
		`UPDATE identity_opening SET reason = 'x'`,
		`UPDATE identity_opening SET approved_by = (SELECT max(id) FROM staff)`,
		`INSERT INTO identity_opening (matter_id, seq, opened_by, reason, opened_at) SELECT matter_id, seq, opened_by, 'x', opened_at FROM identity_opening`,
		`INSERT INTO identity_opening (matter_id, seq, opened_by, reason, opened_at) SELECT matter_id, seq, staff_id, 'x', at FROM event WHERE action = 'accept'`,
		`UPDATE access_code SET mac = ''`,
		`UPDATE supplement SET body = ''`,
		`INSERT INTO supplement (matter_id, seq, body) SELECT id, 1, 'x' FROM matter`,
		// Letters, receipts, acts, sessions.
		`INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at) SELECT id, 1, 'closed', 'complainant', id::text, now() FROM matter`,
		`INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at, state) SELECT id, seq, 'closed', 'complainant', id::text, now(), 'sent' FROM matter`,
		`INSERT INTO form_token (token_hash, matter_id, seq, action, at) SELECT 'x', min(id), 1, 'accept', now() FROM matter`,
		`UPDATE form_token SET action = 'reply'`,
		`UPDATE event SET note = ''`,
		`DELETE FROM event`,
		`UPDATE staff SET login = 'x' WHERE id = (SELECT min(id) FROM staff)`,
		`UPDATE staff SET name = 'x'`,
		`UPDATE staff_act SET reason = 'x'`,
		`UPDATE absence SET to_on = 'infinity'`,
		`DELETE FROM absence_end`,
		`UPDATE staff_session SET revoked_at = NULL`,
		`UPDATE staff_session SET staff_id = (SELECT min(id) FROM staff)`,
		`UPDATE staff_session SET created_at = now()`,
		`UPDATE member_act SET reason = 'x'`,
		`DELETE FROM member_act`,
		`DELETE FROM member_account`,
		`UPDATE member_factor SET factor = 'code'`,
		`DELETE FROM member_factor`,
		`UPDATE member_account SET member_id = (SELECT min(id) FROM member)`,
		`UPDATE present SET within = '1 year'`,
	},
	"worker": {
		`UPDATE letter SET recipient = 'desk'`,
		`UPDATE letter SET matter_id = (SELECT max(id) FROM matter)`,
		`UPDATE letter SET message_id = message_id || 'x'`,
		`UPDATE letter SET template = 'x'`,
		`UPDATE letter SET state = 'waiting' WHERE state = 'sent'`,
		`UPDATE letter SET done_at = now() WHERE state = 'sent'`,
		`UPDATE letter SET tries = tries - 1 WHERE state = 'waiting'`,
		`UPDATE clock SET due_at = now() WHERE stopped_at IS NOT NULL`,
		`UPDATE clock SET stopped_at = now(), stopped_seq = started_seq WHERE stopped_at IS NULL`,
		`UPDATE matter SET state = 'closed'`,
		`UPDATE matter SET flags = '{}'`,
		`UPDATE answer SET sent_at = now()`,
	},
}

// tryAs runs a statement under a role and takes it back.
func tryAs(ctx context.Context, pool *pgxpool.Pool, sql string) (int64, error) {
	var n int64
	taken := errors.New("taken back")
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql)
		if n = tag.RowsAffected(); err != nil {
			return err
		}
		return taken
	})
	if errors.Is(err, taken) {
		err = nil
	}
	return n, err
}

func TestWhatWasOnceSaidOrDoneStays(t *testing.T) {
	t.Parallel()
	o := newAnswered(t)
	for _, sql := range []string{
		`UPDATE letter SET state = 'sent', done_at = now() WHERE id = (SELECT min(id) FROM letter)`,
		`INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at, second_factor_at, revoked_at)
			SELECT 'x', max(id), now(), now(), now(), now(), now() FROM staff`,
		`INSERT INTO staff_act (at, staff_id, act, reason) SELECT now(), max(id), 'add', 'x' FROM staff`,
	} {
		if _, err := o.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	for role, pool := range map[string]*pgxpool.Pool{"admin": o.DB.Admin, "worker": o.DB.Worker} {
		for _, sql := range undoings[role] {
			if n, err := tryAs(t.Context(), pool, sql); !slices.Contains([]string{"ZX080", "ZX050", "42501"}, pg.Code(err)) {
				t.Errorf("%s: %d rows, %v, by %s", role, n, err, sql)
			}
		}
	}
}

// withoutMove are statements on the matter that is open in a visitor's browser,
// without the event of a move of theirs.
var withoutMove = []string{
	`UPDATE matter SET state = 'withdrawn' WHERE id = @own`,
	`UPDATE matter SET closed_at = now() WHERE id = @own`,
	`UPDATE matter SET head = '' WHERE id = @own`,
	`UPDATE complaint SET rating = 'satisfied', solved = 'solved' WHERE matter_id = @own`,
	`UPDATE clock SET stopped_at = now(), stopped_seq = 1 WHERE matter_id = @own`,
	`INSERT INTO supplement (matter_id, seq, body) VALUES (@own, 1, 'x')`,
	`INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at) VALUES (@own, 1, 'x', 'complainant', 'x', now())`,
	`INSERT INTO form_token (token_hash, matter_id, seq, action, at) VALUES ('mine', @own, 1, 'file', now())`,
	`INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
	 VALUES (@own, 'XF-RV', 1, 1, now(), now(), now(), '')`,
}

func TestThePortalsRoleMovesNothingWithoutAnEvent(t *testing.T) {
	t.Parallel()
	b := newBurgled(t)
	b.owner(t, `DELETE FROM supplement WHERE matter_id = @id`, b.own)
	for _, sql := range withoutMove {
		if n, err := b.try(t.Context(), true, sql); pg.Code(err) != "ZX080" {
			t.Errorf("%d rows, %v, by %s", n, err, sql)
		}
	}
}

// Nobody dates an act back, or ahead; and no complaint waits for a clock to be set.
func TestWhatStaffDoBearsThePresentTime(t *testing.T) {
	t.Parallel()
	o := newAnswered(t)
	if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE present SET within = '10 minutes'`); err != nil {
		t.Fatal(err)
	}
	note := workflow.Order{Number: o.atWork, Action: complaint.Note, By: o.People[staff.Registrar], Answers: workflow.Answers{"note": {"问过了"}}}
	note.Token = complainttest.Token()
	_, err := o.Desk.Move(t.Context(), note)
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "没有保存") {
		t.Errorf("a note that bears a day in March: %v", err)
	}
	if o.File(t, complainttest.Intake()).Number == "" {
		t.Error("filing waits for a clock")
	}
	o.Wait(time.Since(o.Now()))
	note.Token = complainttest.Token()
	if _, err := o.Desk.Move(t.Context(), note); err != nil {
		t.Errorf("a note of now: %v", err)
	}
}
