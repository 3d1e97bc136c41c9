package stats

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// countedAfter is how long after its end a day is counted: what was begun
// before midnight is committed by then. What came in later would be counted on
// no day, since a day is counted once.
const countedAfter = 10 * time.Minute

// Publish counts what is over and not published yet: the days since the last
// one, and the newest quarter. Doing it twice, or twice at once, does no harm.
// An office that begins today has the days from the first of January and one
// quarter.
func Publish(ctx context.Context, worker pg.Queryer, now time.Time) error {
	last := clock.On(now.Add(-countedAfter)).AddDays(-1)
	type row struct{ Day, Until clock.Date }
	published, err := pg.One[row](ctx, worker, `SELECT (SELECT max(day) FROM county_day) AS day, (SELECT max(until) FROM unit_quarter) AS until`, nil)
	if err != nil {
		return fmt.Errorf("publish figures: %w", err)
	}
	var days, quarter error
	if published.Day.IsZero() || published.Day.Before(last) {
		first := published.Day.AddDays(1)
		if published.Day.IsZero() {
			first = clock.NewDate(last.Year, time.January, 1)
		}
		days = publishDays(ctx, worker, first, last)
	}
	if until := endOfQuarter(last); published.Until.IsZero() || published.Until.Before(until) {
		quarter = publishQuarter(ctx, worker, until)
	}
	return errors.Join(days, quarter)
}

// publishDays counts each thing on the day on which it happened, and none
// twice; what another system closed is in that one's figures, and its days are
// published here already: a complaint that a review finds true is upheld on that day and stays
// unfounded in the figures of the day of its first answer.
func publishDays(ctx context.Context, worker pg.Queryer, first, last clock.Date) error {
	_, err := pg.Exec(ctx, worker, `
		WITH span AS (
			SELECT @first::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS since, (@last::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS before
		), received AS (
			SELECT (m.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n, count(*) FILTER (WHERE c.channel = 'import') AS imported
			FROM span s JOIN matter m ON m.opened_at >= s.since AND m.opened_at < s.before JOIN complaint c ON c.matter_id = m.id
			WHERE m.kind = 'complaint' AND NOT 'closed_before' = ANY (m.flags) GROUP BY 1
		), sent AS (
			SELECT a.matter_id, min(a.sent_at) AS at, min(a.sent_at) FILTER (WHERE a.finding IN ('substantiated', 'mostly')) AS upheld_at
			FROM span s JOIN answer a ON a.sent_at < s.before GROUP BY a.matter_id
		), answered AS (
			SELECT (a.at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n, count(*) FILTER (WHERE (
				SELECT a.at <= k.due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO' ORDER BY k.started_seq LIMIT 1)) AS on_time
			FROM span s JOIN sent a ON a.at >= s.since GROUP BY 1
		), upheld AS (
			SELECT (a.upheld_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n
			FROM span s JOIN sent a ON a.upheld_at >= s.since GROUP BY 1
		), late AS (
			SELECT (k.due_at AT TIME ZONE 'Asia/Shanghai')::date AS since,
				(least(k.stopped_at, m.closed_at, s.before) AT TIME ZONE 'Asia/Shanghai')::date - 1 AS until
			FROM span s JOIN clock k ON k.rule = 'PF-DO' AND k.due_at < s.before AND coalesce(k.stopped_at >= s.since, true)
			JOIN matter m ON m.id = k.matter_id AND coalesce(m.closed_at >= s.since, true)
		), overdue AS (
			SELECT d.day::date AS day, count(*) AS n
			FROM late l, generate_series(greatest(l.since, @first::date)::timestamp, l.until::timestamp, '1 day') AS d (day) GROUP BY 1
		)
		INSERT INTO county_day (day, received, imported, answered, on_time, upheld, overdue)
		SELECT d.day::date, coalesce(r.n, 0), coalesce(r.imported, 0), coalesce(a.n, 0), coalesce(a.on_time, 0), coalesce(u.n, 0), coalesce(o.n, 0)
		FROM generate_series(@first::date::timestamp, @last::date::timestamp, '1 day') AS d (day)
		LEFT JOIN received r USING (day) LEFT JOIN answered a USING (day) LEFT JOIN upheld u USING (day) LEFT JOIN overdue o USING (day)
		ORDER BY d.day
		ON CONFLICT (day) DO NOTHING`, pg.Args{"first": first, "last": last})
	if err != nil {
		return fmt.Errorf("publish days to %s: %w", last, err)
	}
	return nil
}

// publishQuarter counts the year that the quarter ends, for all units in one
// statement: whoever reads sees all of it or the quarter before. The exact
// numbers never leave the statement.
func publishQuarter(ctx context.Context, worker pg.Queryer, until clock.Date) error {
	_, err := pg.Exec(ctx, worker, `
		WITH quarter AS (
			INSERT INTO unit_quarter (until) VALUES (@until) ON CONFLICT DO NOTHING RETURNING until
		), term AS (
			SELECT until, @from::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS since, (until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS at FROM quarter
		), sent AS (
			SELECT a.matter_id, min(a.sent_at) AS first, (array_agg(a.finding ORDER BY a.sent_at DESC))[1] AS finding,
				(array_agg(a.unit ORDER BY a.sent_at))[1] AS by_unit
			FROM term JOIN answer a ON a.sent_at < term.at
			GROUP BY a.matter_id, term.since HAVING min(a.sent_at) >= term.since
		), counted AS (
			SELECT m.unit, 'accused' AS measure FROM term JOIN matter m ON m.opened_at >= term.since AND m.opened_at < term.at
				WHERE m.kind = 'complaint' AND NOT m.flags && '{accusation,closed_before}'
			UNION ALL SELECT m.unit, 'accused_answered' FROM sent a JOIN matter m ON m.id = a.matter_id
			UNION ALL SELECT m.unit, 'accused_upheld' FROM sent a JOIN matter m ON m.id = a.matter_id
				WHERE a.finding IN ('substantiated', 'mostly')
			UNION ALL SELECT a.by_unit, 'handled' FROM sent a
			UNION ALL SELECT a.by_unit, 'handled_late' FROM sent a
				WHERE NOT coalesce((SELECT a.first <= k.due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO'
					ORDER BY k.started_seq LIMIT 1), false)
			UNION ALL SELECT l.unit, 'handling_overdue'
				FROM term JOIN clock k ON k.rule = 'PF-DO' AND k.due_at < term.at AND coalesce(k.stopped_at >= term.at, true)
				JOIN matter m ON m.id = k.matter_id AND coalesce(m.closed_at >= term.at, true)
				JOIN assignment l ON l.matter_id = m.id AND l.part = 'lead' AND l.started_at < term.at AND coalesce(l.ended_at >= term.at, true)
		)
		INSERT INTO unit_figure (until, unit, measure, at_least)
		SELECT t.until, c.unit, c.measure, count(*) / @step * @step
		FROM term t, counted c WHERE c.unit IS NOT NULL
		GROUP BY t.until, c.unit, c.measure HAVING count(*) >= @step`,
		pg.Args{"until": until, "from": yearBefore(until), "step": Step})
	if err != nil {
		return fmt.Errorf("publish quarter to %s: %w", until, err)
	}
	return nil
}
