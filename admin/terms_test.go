package admin

import (
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/workflow"
)

// facts has of a complaint these facts of its terms and requests and no others: more time
// asked for, a pause asked for, a pause, that it is late and what is proposed; something that
// a unit wants asked, and something that is.
func (w *workplace) facts(t *testing.T, number string, flags ...string) {
	t.Helper()
	terms := append([]string{extension.Paused}, ladder.Waiting...)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET flags = ARRAY(SELECT unnest(flags) EXCEPT SELECT unnest($2::text[]) UNION SELECT unnest($3::text[]) INTERSECT SELECT unnest($2::text[])) WHERE number = $1`,
		number, terms, flags); err != nil {
		t.Fatal(err)
	}
	proposed := slices.Contains(flags, request.Proposed)
	w.parts(t, number, flags...)
	stage := ""
	for _, flag := range flags {
		if after, ok := map[string]workflow.Action{"release_open": complaint.AllowRelease, "release_written": complaint.WriteRelease, "release_agreed": complaint.AgreeRelease, "release_shown": complaint.PublishRelease}[flag]; ok {
			stage = string(after)
		}
	}
	doubted := slices.Contains(flags, "closing_in_doubt")
	agreed := slices.Contains(flags, complaint.Agreed)
	promised := slices.Contains(flags, promise.Promised) || slices.Contains(flags, promise.Doubted)
	out := slices.Contains(flags, request.Out) || slices.Contains(flags, request.OutOfUnit)
	for _, step := range []struct {
		here bool
		sql  string
	}{
		{true, `DELETE FROM term_request WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM clock_span WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM clock WHERE rule IN ('PF-DO', 'PF-PAUSE') AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
			SELECT id, 'PF-DO', 1, 1, opened_at, '2099-03-31', '2099-03-31T16:00:00Z', '' FROM matter WHERE number = $1`},
		{slices.Contains(flags, extension.Asked), `INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, count, reason)
			SELECT id, 1, 'PF-DO', 1, 'FIN', 'extend', 5, '要核' FROM matter WHERE number = $1`},
		{slices.Contains(flags, extension.PauseAsked), `INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, until_on, ground, document, reason)
			SELECT id, 1, 'PF-DO', 1, 'FIN', 'pause', '2099-03-20', 'APPRAISAL', '鉴定委托书', '要核' FROM matter WHERE number = $1`},
		{slices.Contains(flags, extension.Paused), `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
			SELECT id, 'PF-PAUSE', 1, 1, opened_at, '2099-03-20', '2099-03-20T16:00:00Z', '', true FROM matter WHERE number = $1`},
		{slices.Contains(flags, extension.Paused), `INSERT INTO clock_span (matter_id, seq, rule, started_seq, kind, from_on, to_on, ground, document)
			SELECT id, 1, 'PF-DO', 1, 'pause', '2026-03-01', '2099-03-20', 'APPRAISAL', '鉴定委托书' FROM matter WHERE number = $1`},
		{true, `DELETE FROM request_put WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM request_item WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM request WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{proposed || out, `WITH q AS (INSERT INTO request (matter_id, no, seq, kind, by_unit) SELECT id, 1, 1, 'question', 'FIN' FROM matter WHERE number = $1 RETURNING matter_id)
			INSERT INTO request_item (matter_id, no, item, words) SELECT matter_id, 1, 1, '合同首页' FROM q`},
		{proposed && out, `WITH q AS (INSERT INTO request (matter_id, no, seq, kind, by_unit) SELECT id, 2, 1, 'question', 'FIN' FROM matter WHERE number = $1 RETURNING matter_id)
			INSERT INTO request_item (matter_id, no, item, words) SELECT matter_id, 2, 1, '验收单' FROM q`},
		{slices.Contains(flags, request.ProposedToUnit), `WITH q AS (INSERT INTO request (matter_id, no, seq, kind, by_unit) SELECT id, 3, 1, 'assist', 'FIN' FROM matter WHERE number = $1 RETURNING matter_id)
			INSERT INTO request_item (matter_id, no, item, words) SELECT matter_id, 3, 1, '审查意见' FROM q`},
		{true, `DELETE FROM transfer WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{slices.Contains(flags, "unacknowledged"), `INSERT INTO transfer (matter_id, seq, body, document) SELECT id, 1, '市住建局', '转送函' FROM matter WHERE number = $1`},
		{true, `UPDATE event SET action = 'file', actor = 'complainant', staff_id = NULL, from_state = '', to_state = 'submitted' WHERE seq = 1 AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{slices.Contains(flags, "recheck_asked"), `UPDATE event SET action = 'ask_recheck', from_state = 'closed', to_state = 'closed' WHERE seq = 1 AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{out, `INSERT INTO request_put (matter_id, no, seq) SELECT id, 1, 1 FROM matter WHERE number = $1`},
		{slices.Contains(flags, "opened"), `UPDATE event SET action = 'open_sealed', from_state = 'referred_discipline', to_state = 'referred_discipline', actor = 'staff', staff_id = (SELECT max(id) FROM staff WHERE role = 'discipline_officer') WHERE seq = 1 AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `UPDATE answer SET sent_at = NULL WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{slices.Contains(flags, complaint.OnceAnswered) || doubted || stage != "", `UPDATE answer SET sent_at = '2026-03-01' WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{stage != "", `UPDATE event SET action = '` + stage + `', from_state = 'replied', to_state = 'replied', actor = CASE WHEN '` + stage + `' IN ('allow_release', 'agree_release') THEN 'complainant' ELSE 'staff' END,
			staff_id = CASE WHEN '` + stage + `' IN ('allow_release', 'agree_release') THEN NULL ELSE (SELECT min(id) FROM staff) END WHERE seq = 1 AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM clock WHERE rule = 'PF-VERIFY' AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{doubted, `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
			SELECT id, 'PF-VERIFY', 1, 1, opened_at, '2099-03-31', '2099-03-31T16:00:00Z', '' FROM matter WHERE number = $1`},
		{true, `DELETE FROM settlement_step WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM settlement WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{slices.Contains(flags, complaint.Agreement) || agreed, `INSERT INTO settlement (matter_id, seq, unit, agreed_on, document, words) SELECT id, 1, 'FIN', '2026-01-01', '协议书', '付清' FROM matter WHERE number = $1`},
		{agreed, `INSERT INTO settlement_step (matter_id, settled, how, seq) SELECT id, 1, 'agreed', 1 FROM matter WHERE number = $1`},
		{true, `DELETE FROM clock WHERE rule = 'PROMISE' AND matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM promise_doubt WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{true, `DELETE FROM promise WHERE matter_id = (SELECT id FROM matter WHERE number = $1)`},
		{promised, `WITH p AS (INSERT INTO promise (matter_id, seq, no, unit, due_on, what) SELECT id, 1, 1, 'FIN', '2099-12-31', '付清' FROM matter WHERE number = $1 RETURNING matter_id)
			INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only) SELECT matter_id, 'PROMISE', 1, 1, now(), '2099-12-31', '2099-12-31T16:00:00Z', '', false FROM p`},
		{slices.Contains(flags, promise.Doubted), `INSERT INTO promise_doubt (matter_id, seq, promised, no) SELECT id, 1, 1, 1 FROM matter WHERE number = $1`},
	} {
		if !step.here {
			continue
		}
		if _, err := w.DB.Owner.Exec(t.Context(), step.sql, number); err != nil {
			t.Fatal(err)
		}
	}
}

// parts makes a complaint a part of another, or has a part of its whole wait to be passed on.
func (w *workplace) parts(t *testing.T, number string, flags ...string) {
	t.Helper()
	do := func(sql string, args ...any) {
		t.Helper()
		if _, err := w.DB.Owner.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	do(`UPDATE matter SET follows = NULL WHERE number = $1 OR follows = (SELECT id FROM matter WHERE number = $1)`, number)
	whole := number
	if slices.Contains(flags, "is_part") {
		whole = w.File(t, complainttest.Intake()).Number
		do(`UPDATE matter SET state = 'split' WHERE number = $1`, whole)
		do(`UPDATE matter SET follows = (SELECT id FROM matter WHERE number = $2) WHERE number = $1`, number, whole)
	}
	if !slices.Contains(flags, "part_waits") {
		return
	}
	back := w.File(t, complainttest.Intake()).Number
	do(`UPDATE matter SET state = 'missplit', phase = 3, follows = (SELECT id FROM matter WHERE number = $2) WHERE number = $1`, back, whole)
	do(`INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, public_text, note, data, salt, commitment, prev, hash, key_id)
		SELECT e.matter_id, 2, e.at, e.actor, e.actor_name, e.role, 'take_back', 'registered', 'missplit', '', '', e.data, e.salt, e.commitment, e.hash, sha256(e.hash), e.key_id
		FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = $1`, back)
}
