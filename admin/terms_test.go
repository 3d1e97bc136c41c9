package admin

import (
	"slices"
	"testing"

	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
)

// facts has of a complaint these facts of its terms and no others: more time asked for, a
// pause asked for, a pause, that it is late and what is proposed.
func (w *workplace) facts(t *testing.T, number string, flags ...string) {
	t.Helper()
	terms := append([]string{extension.Paused}, ladder.Waiting...)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET flags = ARRAY(SELECT unnest(flags) EXCEPT SELECT unnest($2::text[]) UNION SELECT unnest($3::text[]) INTERSECT SELECT unnest($2::text[])) WHERE number = $1`,
		number, terms, flags); err != nil {
		t.Fatal(err)
	}
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
	} {
		if !step.here {
			continue
		}
		if _, err := w.DB.Owner.Exec(t.Context(), step.sql, number); err != nil {
			t.Fatal(err)
		}
	}
}
