package register

import (
	"context"
	"fmt"

	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Week is what happened in some days to what a unit leads: unlike a report, which counts
// what was received in some days and how it stands now.
type Week struct {
	Given    int // given to it
	InTime   int // answered within the term
	Late     int // answered after it
	Lapsed   int // the term ended, and it was not answered
	Extended int
	Chased   int
}

// Nothing says that nothing happened.
func (w Week) Nothing() bool { return w == Week{} }

// CountWeek counts it from one day to another, as far as whoever asks may know of it.
func (r *Register) CountWeek(ctx context.Context, by staff.Person, unit string, from, until clock.Date) (Week, error) {
	scope, now := by.Scope(), r.Engine.Now()
	q := r.Kind.query(Filter{View: ViewAll, Person: by}, scope, now, "f_")
	q.add(r.Kind.Report.counts())
	q.add(`m.id IN (SELECT wg.matter_id FROM assignment wg WHERE wg.unit = @week_unit AND wg.part = 'lead')`)
	q.args["week_unit"], q.args["week_from"], q.args["week_to"], q.args["week_now"] = unit, from.Begins(), until.Ends(), now
	const led = `x.led = @week_unit AND `
	within := func(moment string) string { return moment + ` >= @week_from AND ` + moment + ` < @week_to` }
	found, err := pg.One[Week](ctx, r.Pool, `
		SELECT count(*) FILTER (WHERE EXISTS (SELECT FROM assignment wn WHERE wn.matter_id = m.id AND wn.unit = @week_unit AND wn.part = 'lead' AND `+within(`wn.started_at`)+`)) AS given,
			count(*) FILTER (WHERE `+led+within(`x.replied_at`)+` AND NOT (`+isLate+`)) AS in_time,
			count(*) FILTER (WHERE `+led+within(`x.replied_at`)+` AND `+isLate+`) AS late,
			count(*) FILTER (WHERE `+led+within(`x.due_at`)+` AND x.due_at <= @week_now AND (x.replied_at > x.due_at OR x.replied_at IS NULL AND x.running)) AS lapsed,
			count(*) FILTER (WHERE `+led+`EXISTS (SELECT FROM clock_span ws JOIN event we ON we.matter_id = ws.matter_id AND we.seq = ws.seq
				WHERE ws.matter_id = m.id AND ws.kind = '`+string(clock.Extend)+`' AND `+within(`we.at`)+`)) AS extended,
			count(*) FILTER (WHERE `+led+`EXISTS (SELECT FROM event we WHERE we.matter_id = m.id AND we.action = '`+string(ladder.Chase)+`' AND `+within(`we.at`)+`)) AS chased
		FROM matter m CROSS JOIN LATERAL `+r.Kind.Report.facts()+` WHERE `+q.conditions(scope),
		scope.With(q.args))
	if err != nil {
		return Week{}, fmt.Errorf("week of %s: %w", unit, err)
	}
	return found, nil
}
