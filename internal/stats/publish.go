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
func Publish(ctx context.Context, worker pg.Queryer, all []Figures, now time.Time) error {
	last := clock.On(now.Add(-countedAfter)).AddDays(-1)
	type row struct{ Day, Until clock.Date }
	published, err := pg.One[row](ctx, worker, `SELECT (SELECT max(day) FROM county_day) AS day, (SELECT max(until) FROM figure_quarter) AS until`, nil)
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
		quarter = publishQuarter(ctx, worker, all, until)
	}
	return errors.Join(days, quarter)
}

// publishDays counts each thing on the day on which it happened, and none
// twice; what another system closed is in that one's figures, and its days are
// published here already: a complaint that a review finds true is upheld on that day and stays
// unfounded in the figures of the day of its first answer. Of a complaint that was split the
// first part was counted with it, on the day of its filing, and each further one is on the day
// of the split, also where it was taken back later.
func publishDays(ctx context.Context, worker pg.Queryer, first, last clock.Date) error {
	_, err := pg.Exec(ctx, worker, `
		WITH span AS (
			SELECT @first::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS since, (@last::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS before
		), received AS (
			SELECT (m.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n, count(*) FILTER (WHERE c.channel = 'import') AS imported
			FROM span s JOIN matter m ON m.opened_at >= s.since AND m.opened_at < s.before JOIN complaint c ON c.matter_id = m.id
			WHERE m.kind = 'complaint' AND NOT 'closed_before' = ANY (m.flags)
				AND NOT (m.follows IS NOT NULL AND m.id = (SELECT min(p.id) FROM matter p WHERE p.follows = m.follows AND p.kind = m.kind)) GROUP BY 1
		), sent AS (
			SELECT a.matter_id, min(a.sent_at) AS at, min(a.sent_at) FILTER (WHERE a.finding IN ('substantiated', 'mostly')) AS upheld_at
			FROM span s JOIN answer a ON a.sent_at < s.before GROUP BY a.matter_id
		), answered AS (
			SELECT (a.at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS n, count(*) FILTER (WHERE (
				SELECT a.at <= k.due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO' AND coalesce(k.stopped_at >= a.at, true) ORDER BY k.started_seq LIMIT 1)) AS on_time
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

// publishQuarter counts the year that the quarter ends, for all units and categories in
// one statement: whoever reads sees all of it or the quarter before. The exact numbers
// never leave the statement. Two things keep one matter from being told by them:
//
// Each figure is rounded down to a step, and less than a step is no row.
//
// The county's exact total is public too. Less the figures it leaves what they hide; where
// that is less than what one of them may hide, it would tell that the others hide nothing,
// and the measure is withheld whole. Withholding a figure or two more would not do: the
// same subtraction tells which. Where there is no figure there is nothing to take away,
// and it is said to be below the step, as it is.
func publishQuarter(ctx context.Context, worker pg.Queryer, all []Figures, until clock.Date) error {
	parts, rows := counted(all)
	_, err := pg.Exec(ctx, worker, `
		WITH term AS (
			SELECT @from::date::timestamp AT TIME ZONE 'Asia/Shanghai' AS since, (@until::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS at
		), `+parts+`counted AS (`+rows+`
		), told AS (
			SELECT measure, key, count(*) AS n, CASE WHEN key IS NULL THEN 0 ELSE count(*) / @step * @step END AS at_least FROM counted GROUP BY measure, key
		), bare AS (
			SELECT measure FROM told GROUP BY measure HAVING sum(at_least) > 0 AND sum(n - at_least) < @step - 1
		), quarter AS (
			INSERT INTO figure_quarter (until, measures, withheld) VALUES (@until, @measures, ARRAY(SELECT measure FROM bare ORDER BY 1))
			ON CONFLICT DO NOTHING RETURNING until
		)
		INSERT INTO figure (until, key, measure, at_least)
		SELECT q.until, t.key, t.measure, t.at_least FROM quarter q, told t
		WHERE t.at_least > 0 AND t.measure NOT IN (SELECT measure FROM bare)`,
		pg.Args{"until": until, "from": yearBefore(until), "step": Step, "measures": names(all)})
	if err != nil {
		return fmt.Errorf("publish quarter to %s: %w", until, err)
	}
	return nil
}
