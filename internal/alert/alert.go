// Package alert is what one person did that somebody else should look at: it
// waits at every auditor's desk until one has seen it. An alert belongs to no
// matter's chain, because what was refused left no event there.
package alert

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Kind is what an alert is about; the same words stand in the table `alert`.
type Kind string

// The kinds of alerts.
const (
	OverBudget Kind = "over_budget" // an identity beyond the budget: refused
	SameReason Kind = "same_reason" // opened with the words of earlier openings
	OffHours   Kind = "off_hours"   // opened while the office is closed
)

// Label is the kind as a record names it.
func (k Kind) Label() string {
	return map[Kind]string{
		OverBudget: "超出次数还要打开身份，没有让他打开",
		SameReason: "用同一个理由一再打开身份",
		OffHours:   "下班时间打开身份",
	}[k]
}

// Alert is one thing to look at.
type Alert struct {
	At     time.Time
	Kind   Kind
	Staff  int64 // who did it
	Matter int64
}

const insert = `INSERT INTO alert (at, kind, staff_id, matter_id) VALUES (@at, @kind, @staff, @matter)`

func (a Alert) args() pg.Args {
	return pg.Args{"at": a.At, "kind": string(a.Kind), "staff": a.Staff, "matter": a.Matter}
}

// Queue raises an alert with the move that it is about.
func Queue(a Alert, queue func(sql string, args pg.Args)) { queue(insert, a.args()) }

// Raise raises an alert of its own, where there was no move.
func Raise(ctx context.Context, q pg.Queryer, a Alert) error {
	if _, err := pg.Exec(ctx, q, insert, a.args()); err != nil {
		return fmt.Errorf("alert: %w", err)
	}
	return nil
}

// Line is what one person did of one kind in one hour: fifteen attempts are one
// line.
type Line struct {
	Newest      int64 // by which it is seen
	Kind        Kind
	Name, Login string
	Role        staff.Role
	First, Last time.Time
	Count       int
	Numbers     []string // of the matters that the reader may know of, a few
	SeenBy      string   // empty while it waits
	SeenAt      *time.Time
}

// linesSQL never shows an alert to the person whom it is about.
const linesSQL = `
	SELECT max(a.id) AS newest, a.kind, p.name, p.login, p.role, min(a.at) AS first, max(a.at) AS last, count(*)::int AS count,
		(array_remove(array_agg(DISTINCT k.number), NULL))[1:20] AS numbers, coalesce(w.name, '') AS seen_by, s.seen_at
	FROM alert a JOIN staff p ON p.id = a.staff_id
	LEFT JOIN alert_seen s ON s.alert_id = a.id LEFT JOIN staff w ON w.id = s.seen_by
	LEFT JOIN LATERAL (SELECT m.number FROM matter m WHERE m.id = a.matter_id AND `

const linesOrder = `
	GROUP BY a.kind, p.id, date_trunc('hour', a.at), w.name, s.seen_at
	ORDER BY max(a.id) DESC LIMIT @limit`

// Waiting are the alerts that nobody has seen, the newest first.
func Waiting(ctx context.Context, q pg.Queryer, reader staff.Person, limit int) ([]Line, error) {
	scope := reader.Scope()
	return pg.All[Line](ctx, q, linesSQL+scope.SQL+`) k ON true
		WHERE s.alert_id IS NULL AND a.staff_id <> @reader`+linesOrder,
		scope.With(pg.Args{"reader": reader.ID, "limit": limit}))
}

// Seen are the alerts that an auditor has seen, the newest first, before an
// alert when that is not 0.
func Seen(ctx context.Context, q pg.Queryer, reader staff.Person, before int64, limit int) ([]Line, error) {
	scope := reader.Scope()
	return pg.All[Line](ctx, q, linesSQL+scope.SQL+`) k ON true
		WHERE s.alert_id IS NOT NULL AND a.staff_id <> @reader AND (@before = 0 OR a.id < @before)`+linesOrder,
		scope.With(pg.Args{"reader": reader.ID, "before": before, "limit": limit}))
}

// See notes that a reader has seen a line up to its newest alert: what came
// after their page stays. Whoever is second changes nothing.
func See(ctx context.Context, q pg.Queryer, reader staff.Person, newest int64, now time.Time) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO alert_seen (alert_id, staff_id, seen_by, seen_at)
		SELECT a.id, a.staff_id, @reader, @now
		FROM alert l JOIN alert a ON a.kind = l.kind AND a.staff_id = l.staff_id AND date_trunc('hour', a.at) = date_trunc('hour', l.at) AND a.id <= l.id
		WHERE l.id = @newest AND l.staff_id <> @reader
		ON CONFLICT (alert_id) DO NOTHING`,
		pg.Args{"newest": newest, "reader": reader.ID, "now": now})
	if err != nil {
		return fmt.Errorf("alert: %w", err)
	}
	return nil
}
