package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/invitation"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/law"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/press"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Keys are both key files: the matters of a demonstration are sealed and signed as
// any others, what a complainant does with the portal's key.
type Keys struct {
	Office *key.Office
	Portal *key.Portal
}

// opensAgo is how long ago the demonstration's office opened, in days.
const opensAgo = 386

// walk is the year of a demonstration: every register over the owner's pool, and
// a clock that goes from event to event. The owner is whom the database lets date
// an event back (migration 0036, present); nobody else could do this.
type walk struct {
	office Office
	at     time.Time // where the year has come to
	today  time.Time // where it ends

	portal  *complaint.Register // under the portal's key
	desk    *complaint.Register
	cases   *discipline.Register
	bidden  *proposal.Register
	leads   *press.Register
	guests  *invitation.Register
	asked   *inquiry.Register
	dates   clock.Calendar
	units   unit.List
	people  map[string]staff.Person // by login
	samples []*matter               // complaints whose codes are told
	mains   map[string]string       // by batch.joint, the number of the complaint that is answered for all

	laws    law.Table
	visitor key.Secret // opens nothing: row-level security, which asks it, leaves the owner out
}

// track is one matter's way through the year. Each step is one event by a person,
// so that what is there already is counted by its events.
type track struct {
	times []time.Time
	done  int
	do    func(ctx context.Context, i int) error
}

// registers bring the tracks of their matters: a later register adds its line and
// a file of its own, like complaints.go. A test wants every state and move of
// every law.
var registers = []func(context.Context, *walk) ([]*track, error){complaints, proposals, leads, invitations, bundles}

// laws are the move tables by which the year goes.
var laws = kinds.Laws()

// year loads what is missing of the year up to today. A load that was cut short is
// gone on with: what it has is never deleted, since documents and events cannot be.
func (o Office) year(ctx context.Context, today time.Time) error {
	pool, err := poolWithoutFlush(ctx, o.Pool)
	if err != nil {
		return err
	}
	defer pool.Close()
	w, err := o.newWalk(ctx, pool, today)
	if err != nil {
		return err
	}
	var tracks []*track
	for _, bring := range registers {
		more, err := bring(ctx, w)
		if err != nil {
			return err
		}
		tracks = append(tracks, more...)
	}
	for _, do := range []func() error{
		func() error { return o.admit(ctx, pool) }, // before the steps: an answer is served on a deputy's page
		func() error { return w.takeSteps(ctx, tracks) },
		func() error { return w.noteLetters(ctx) },
		func() error { return w.publishReport(ctx) },
		func() error { return stats.Publish(ctx, pool, kinds.Figures(), today) },
		func() error { return addTold(o.File(), codesTold, w.codes()) },
		func() error { return o.shelve(ctx, pool) },
		func() error { return w.leave(ctx) },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// poolWithoutFlush is a pool whose commits wait for no disk: what a power cut takes away
// of a demonstration is loaded again.
func poolWithoutFlush(ctx context.Context, owner *pgxpool.Pool) (*pgxpool.Pool, error) {
	config := owner.Config()
	config.MaxConns = 2
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, pg.Safe(err)
	}
	return pool, nil
}

func (o Office) newWalk(ctx context.Context, pool *pgxpool.Pool, today time.Time) (*walk, error) {
	w := &walk{office: o, today: today, mains: map[string]string{}}
	now := func() time.Time { return w.at }
	// What is looked up is the same all year, so its books look at a clock that stands.
	still := func() time.Time { return today }
	book := clock.NewBook(pool, still)
	laws := &law.Book{Pool: pool, Now: still}
	units, categories := &unit.Directory{Pool: pool, Now: still}, &category.Directory{Pool: pool, Now: still}
	complaints := func(signs key.EventKey) *complaint.Register {
		return complaint.New(register.Office{
			Pool: pool, Units: units, Categories: categories, Laws: laws, Random: o.Random,
			Engine: &workflow.Engine{Pool: pool, Key: signs, Clocks: book, Now: now, Random: o.Random},
		}, o.Keys.Portal.Codes(), o.Keys.Portal)
	}
	w.portal, w.desk = complaints(o.Keys.Portal.EventKey()), complaints(o.Keys.Office.EventKey())
	w.cases, w.bidden, w.leads, w.guests, w.asked = discipline.New(w.desk.Office), proposal.New(w.desk.Office), press.New(w.desk.Office), invitation.New(w.desk.Office), inquiry.New(w.desk.Office)
	var err error
	if w.visitor, err = key.NewSecret(o.Random); err != nil {
		return nil, err
	}
	if w.laws, err = laws.Table(ctx); err != nil {
		return nil, err
	}
	if w.dates, err = book.Calendar(ctx); err != nil {
		return nil, err
	}
	if w.units, err = units.All(ctx); err != nil {
		return nil, err
	}
	if w.at, err = pg.One[time.Time](ctx, pool, `SELECT coalesce(max(at), @opens) FROM event WHERE at < @today`,
		pg.Args{"opens": today.AddDate(0, 0, -opensAgo), "today": today}); err != nil {
		return nil, err
	}
	return w, w.readPeople(ctx)
}

// readPeople reads the people with their bars, as a session does.
func (w *walk) readPeople(ctx context.Context) error {
	people, err := pg.All[staff.Person](ctx, w.desk.Pool, `
		SELECT p.id, p.login, p.name, p.role, coalesce(p.unit, '') AS unit, p.unit = ANY (supervising_offices()) AS office,
			b.bars && supervising_offices() AS near, b.bars
		FROM staff p, LATERAL (SELECT ARRAY(SELECT unit FROM staff_bar WHERE staff_id = p.id ORDER BY unit) AS bars) b`, nil)
	w.people = map[string]staff.Person{}
	for _, p := range people {
		w.people[p.Login] = p
	}
	return err
}

// firstWith is the first account of a role, of that unit where the role is a unit's.
func (w *walk) firstWith(role staff.Role, of string) staff.Person {
	for _, a := range people {
		if a.Role == role && (a.Unit == of || role != staff.Handler && role != staff.UnitHead) {
			return w.people[a.Login]
		}
	}
	return staff.Person{}
}

// ofOffice is the first role of the office among those that may do something.
func ofOffice(by []workflow.Role) workflow.Role {
	if i := slices.IndexFunc(by, func(r workflow.Role) bool { return !r.Outside() }); i >= 0 {
		return by[i]
	}
	return ""
}

// takeSteps takes all steps in the order of their time, and every night what the
// calendar has made due.
func (w *walk) takeSteps(ctx context.Context, tracks []*track) error {
	for {
		var next *track
		for _, t := range tracks {
			if t.done < len(t.times) && (next == nil || t.times[t.done].Before(next.times[next.done])) {
				next = t
			}
		}
		if next == nil {
			return w.passNights(ctx, w.today)
		}
		at := next.times[next.done]
		if err := w.passNights(ctx, at); err != nil {
			return err
		}
		w.at = at
		err := next.do(ctx, next.done)
		switch fault.KindOf(err) {
		case fault.Conflict, fault.Forbidden, fault.Invalid:
			// On this day the law does not allow it, as when a holiday has used up a term.
			// The matter stays where it is: no office fails to start for its demonstration.
			if w.office.Refused != nil {
				w.office.Refused(err)
			}
			next.done = len(next.times)
		default:
			if err != nil {
				return err
			}
			next.done++
		}
	}
}

// passNights does what the worker does, a few minutes after each midnight until then.
func (w *walk) passNights(ctx context.Context, until time.Time) error {
	for {
		day := clock.On(w.at).AddDays(1)
		night := day.Begins().Add(12 * time.Minute)
		if night.After(until) {
			return nil
		}
		w.at = night
		due, err := w.anythingDue(ctx)
		if err != nil {
			return err
		}
		if due {
			if err := w.sweep(ctx); err != nil {
				return err
			}
		}
		if day.Day == 1 {
			if err := stats.Publish(ctx, w.desk.Pool, kinds.Figures(), night); err != nil {
				return err
			}
		}
	}
}

// anythingDue says whether the worker may find something: four questions a night
// would be a third of all that the year asks.
func (w *walk) anythingDue(ctx context.Context) (bool, error) {
	var rules, from, rungRules []string
	var since, reached []time.Time
	facts := []string{"false"}
	until := w.at
	table, err := w.desk.Engine.Clocks.Table(ctx)
	if err != nil {
		return false, err
	}
	for _, law := range laws {
		for _, move := range law.Moves {
			if rung := move.Timed.Rung; rung != "" { // what comes to a rung does so in one night
				last, _ := table.Reached(rung, w.at.AddDate(0, 0, -1))
				now, _ := table.Reached(rung, w.at)
				rungRules, since, reached = append(rungRules, string(move.Timed.Clock)), append(since, last), append(reached, now)
				continue
			}
			if fact := move.Timed.Fact; fact != "" {
				facts = append(facts, fmt.Sprintf(`m.kind = '%s' AND m.state = '%s' AND (%s)`, law.Kind, move.From[0], law.Facts[fact]))
			}
			if move.Timed.Clock == "" {
				continue
			}
			rules = append(rules, string(move.Timed.Clock))
			for _, state := range move.From {
				from = append(from, string(state))
			}
			if early := w.at.AddDate(0, 0, move.Timed.Before); early.After(until) {
				until = early
			}
		}
	}
	due, err := pg.One[bool](ctx, w.desk.Pool, `
		SELECT EXISTS (SELECT FROM clock c JOIN matter m ON m.id = c.matter_id
				WHERE c.stopped_at IS NULL AND c.rule = ANY (@rules) AND c.due_at <= @until AND m.state = ANY (@from))
			OR EXISTS (SELECT FROM unnest(@rung_rules::text[], @since::timestamptz[], @reached::timestamptz[]) r (rule, since, reached)
				JOIN clock c ON c.stopped_at IS NULL AND c.rule = r.rule AND c.due_at > r.since AND c.due_at <= r.reached)
			OR EXISTS (SELECT FROM matter m WHERE `+strings.Join(facts, " OR ")+`)
			OR EXISTS (SELECT FROM notice n JOIN matter m ON m.id = n.matter_id WHERE m.phase = 1 AND n.taken_down_at IS NULL AND n.until < @today)`,
		workflow.AtTime(pg.Args{"rules": rules, "from": from, "until": until, "today": clock.On(w.at), "rung_rules": rungRules, "since": since, "reached": reached}, strings.Join(facts, " "), w.at))
	if err != nil {
		return false, fmt.Errorf("what is due: %w", err)
	}
	return due, nil
}

// sweep does what has become due.
func (w *walk) sweep(ctx context.Context) error {
	for _, law := range laws {
		if _, err := w.desk.Engine.RunTimed(ctx, law); err != nil {
			return err
		}
	}
	_, err := w.cases.EndPublicity(ctx)
	return err
}

// noteLetters notes what became of the year's letters, as a worker with a mail server
// would have: they were due long ago, and none of them is ever sent, for all their
// addresses are under a domain that cannot exist (RFC 2606). The desk has no
// mailbox. Here and there somebody's address was given up.
func (w *walk) noteLetters(ctx context.Context) error {
	_, err := pg.Exec(ctx, w.desk.Pool, `
		WITH noted AS (
			UPDATE letter SET tries = 1, done_at = created_at + interval '9 seconds',
				state = CASE WHEN recipient <> @complainant THEN @kept WHEN id % 120 = 7 THEN @failed ELSE @sent END,
				fault_code = CASE WHEN recipient = @complainant AND id % 120 = 7 THEN 'recipient' ELSE '' END
			WHERE state = @waiting AND created_at < @today RETURNING message_id)
		DELETE FROM river_job j USING noted n WHERE j.kind = 'send_letter' AND j.args ->> 'letter' = n.message_id`,
		pg.Args{"complainant": letter.ToComplainant, "kept": letter.Kept, "failed": letter.Failed, "sent": letter.Sent, "waiting": letter.Waiting, "today": w.today})
	if err != nil {
		return fmt.Errorf("letters of the year: %w", err)
	}
	return nil
}
