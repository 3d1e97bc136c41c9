package admin

import (
	"slices"
	"testing"

	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/request"
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
		{out, `INSERT INTO request_put (matter_id, no, seq) SELECT id, 1, 1 FROM matter WHERE number = $1`},
	} {
		if !step.here {
			continue
		}
		if _, err := w.DB.Owner.Exec(t.Context(), step.sql, number); err != nil {
			t.Fatal(err)
		}
	}
}
