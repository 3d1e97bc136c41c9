package verify

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Outcome is how a run ended; the same words stand in the table `verify_end`.
type Outcome string

// The outcomes.
const (
	Whole  Outcome = "whole"
	Broken Outcome = "broken" // something is not as it was signed
	Failed Outcome = "failed" // it could not be carried through, and says nothing
)

// Run is one run as the desk shows it. Which places differ stands in no row: the sentences
// name matters, which whoever reads here may have to know nothing of.
type Run struct {
	ID      int64
	BeganAt time.Time
	By      string // empty: the operator at the machine
	EndedAt *time.Time
	Outcome Outcome // empty: it runs, or was broken off
	Matters int
	Events  int64
	Days    int // of daily lists; 0: none was at hand
	// Unchecked are events signed with a key that is not where the run was.
	Unchecked int
	Broken    int
}

// runsFor is how long after its beginning a run may still go on.
const runsFor = time.Hour

// Every is how often everything is to be held against what was signed: the lists of heads
// reach back 35 days, and what was taken out before the oldest of them shows in its numbers
// alone.
const Every = 31 * 24 * time.Hour

// Running says that it goes on by now.
func (r Run) Running(now time.Time) bool { return r.EndedAt == nil && now.Sub(r.BeganAt) < runsFor }

// Begin notes that somebody begins a run; one at a time.
func Begin(ctx context.Context, q pg.Queryer, by int64, now time.Time) (int64, error) {
	id, err := pg.One[int64](ctx, q, `
		INSERT INTO verify_run (by_id, began_at)
		SELECT nullif(@by::bigint, 0), @now
		WHERE NOT EXISTS (SELECT FROM verify_run r LEFT JOIN verify_end e ON e.run_id = r.id WHERE e.run_id IS NULL AND r.began_at > @since)
		RETURNING id`, pg.Args{"by": by, "now": now, "since": now.Add(-runsFor)})
	if pg.IsNoRows(err) {
		return 0, fault.New(fault.Conflict, "正在核对，不用再按。核对完，结果就在下面。")
	}
	if err != nil {
		return 0, fmt.Errorf("verify: %w", err)
	}
	return id, nil
}

// End notes how a run ended.
func End(ctx context.Context, q pg.Queryer, id int64, s Sum, failed error, now time.Time) error {
	outcome := Whole
	switch {
	case failed != nil:
		outcome = Failed
	case s.Broken() > 0:
		outcome = Broken
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO verify_end (run_id, ended_at, outcome, matters, events, days, unchecked, broken)
		VALUES (@id, @now, @outcome, @matters, @events, @days, @unchecked, @broken)`,
		pg.Args{"id": id, "now": now, "outcome": string(outcome), "matters": s.Chains.Matters, "events": int64(s.Chains.Events + s.Office.Events),
			"days": s.Heads.Days, "unchecked": s.Unchecked, "broken": s.Broken()})
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return nil
}

// Note notes a run of the operator's that has ended. It waits for no other: who works at the
// machine has a reason.
func Note(ctx context.Context, q pg.Queryer, began time.Time, s Sum, failed error, now time.Time) error {
	id, err := pg.One[int64](ctx, q, `INSERT INTO verify_run (began_at) VALUES (@began) RETURNING id`, pg.Args{"began": began})
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return End(ctx, q, id, s, failed, now)
}

// Runs are the newest runs.
func Runs(ctx context.Context, q pg.Queryer, limit int) ([]Run, error) {
	return pg.All[Run](ctx, q, `
		SELECT r.id, r.began_at, coalesce(s.name, '') AS by, e.ended_at, coalesce(e.outcome, '') AS outcome, coalesce(e.matters, 0) AS matters,
			coalesce(e.events, 0) AS events, coalesce(e.days, 0) AS days, coalesce(e.unchecked, 0) AS unchecked, coalesce(e.broken, 0) AS broken
		FROM verify_run r LEFT JOIN verify_end e ON e.run_id = r.id LEFT JOIN staff s ON s.id = r.by_id
		ORDER BY r.id DESC LIMIT @limit`, pg.Args{"limit": limit})
}
