package register

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Staffing is who of a unit could work on a matter now: see who_acts. Whoever stands in for
// the head is one.
type Staffing struct {
	Unit            string
	Handlers, Heads int
}

// Leads says that the unit can answer: one writes and another, the head, approves.
func (s Staffing) Leads() bool { return s.Heads > 0 && s.Handlers+s.Heads > 1 }

// Helps says that somebody could give the unit's opinion.
func (s Staffing) Helps() bool { return s.Handlers+s.Heads > 0 }

// Words say who there is.
func (s Staffing) Words() string {
	switch {
	case s.Leads():
		return ""
	case !s.Helps():
		return "没有人能办"
	case s.Heads == 0:
		return "没有负责人批准"
	}
	return "只有一个人，不能自己写自己批"
}

// staffed counts the people of a Staffing, of rows s of who_acts.
const staffed = `count(DISTINCT s.staff_id) - count(DISTINCT s.staff_id) FILTER (WHERE s.heads) AS handlers, count(DISTINCT s.staff_id) FILTER (WHERE s.heads) AS heads`

// give is what a move that gives a matter to units writes: the answers name the
// unit that leads in lead (none where one leads already), those that help in co, and in
// anyway that it is meant although nobody there could work on it.
func (r *Register) give(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	if err := r.staffed(ctx, s, a); err != nil {
		return err
	}
	const insert = `INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (@id, @unit, @part, @at)`
	lead := a.Get("lead")
	if lead != "" {
		s.Queue(insert, pg.Args{"id": s.Matter.ID, "unit": lead, "part": "lead", "at": s.At})
	}
	for _, co := range a.Chosen("co") {
		if co != lead {
			s.Queue(insert, pg.Args{"id": s.Matter.ID, "unit": co, "part": "co", "at": s.At})
		}
	}
	return nil
}

// staffed asks before a matter is given to a unit where nobody could work on it: it
// would lie there, and the clocks would run. Of a barred unit nothing is asked; the
// database refuses it.
func (r *Register) staffed(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	if a.Get("anyway") == "yes" {
		return nil
	}
	lead := a.Get("lead")
	rows, err := pg.All[Staffing](ctx, s.Conn, `
		SELECT u AS unit, `+staffed+`
		FROM matter m CROSS JOIN unnest(@units::text[]) WITH ORDINALITY AS c (u, nth)
			LEFT JOIN LATERAL who_acts(m.persons, m.named || m.meant, @now::timestamptz) s ON s.unit = u
		WHERE m.id = @id AND NOT unit_bars(u) && (m.named || m.meant)
		GROUP BY u, nth ORDER BY nth`, pg.Args{"id": s.Matter.ID, "now": r.Engine.Now(), "units": append([]string{}, workflow.Answers{"": append([]string{lead}, a["co"]...)}.Chosen("")...)})
	if err != nil {
		return fmt.Errorf("who could work on it: %w", err)
	}
	units, err := r.Units.All(ctx)
	if err != nil {
		return err
	}
	var said []string
	for _, unit := range rows {
		if enough := unit.Helps() && unit.Unit != lead || unit.Leads(); !enough {
			named, _ := units.ByCode(unit.Unit)
			said = append(said, named.Name+unit.Words())
		}
	}
	if len(said) == 0 {
		return nil
	}
	return fault.Fields([]fault.Field{{Name: "anyway", Sentence: strings.Join(said, "；") + "，派过去会停在那里。请换一个单位，或者确认仍然派", Asked: true}})
}

func (q *Reading) hands() {
	q.Queue(`
		SELECT a.unit, u.name, a.part, a.started_at, a.signed_at, coalesce(g.name, ''), a.opinion_at, a.ended_at, coalesce(`+handSQL("@today")+`, '')
		FROM assignment a JOIN unit u ON u.code = a.unit LEFT JOIN staff g ON g.id = a.signed_by LEFT JOIN staff s ON s.id = a.assigned
		WHERE a.matter_id = `+This+` ORDER BY a.ended_at IS NOT NULL, a.part DESC, a.id`, pg.Args{"today": clock.On(q.d.Now).String()}).Query(Collect(&q.d.Hands))
}

// barred turns the rule of unit_bars round: from all that is named on it to
// everyone who may not have it. A test holds the two to each other.
func (q *Reading) barred() {
	// A matter without a unit of its own may follow one that bars some; who works on it
	// learns of none.
	if q.kind.Law.Unit == workflow.Owner || q.kind.Law.Unit == workflow.None && q.d.Stripped {
		return
	}
	all := `m.named || m.meant`
	if q.d.Stripped {
		all = `ARRAY[m.unit]` // whom else the complainant wrote about is not theirs to read
	}
	q.Queue(`
		WITH RECURSIVE named AS (SELECT unnest(`+all+`) AS code FROM matter m WHERE m.id = `+This+`), class AS (
			SELECT code FROM named
			UNION SELECT next.code FROM class c JOIN unit u ON u.code = c.code OR u.successor = c.code
				CROSS JOIN LATERAL (VALUES (u.code), (u.successor)) AS next (code) WHERE next.code IS NOT NULL
		), below AS (
			SELECT code FROM class
			UNION SELECT next.code FROM below b JOIN unit u ON u.code = b.code OR u.parent = b.code OR u.successor = b.code
				CROSS JOIN LATERAL (VALUES (u.code), (CASE WHEN u.code = b.code THEN u.successor END)) AS next (code) WHERE next.code IS NOT NULL
		), barred AS (
			SELECT code FROM below
			UNION (SELECT c.other FROM unit_conflict c JOIN class l ON l.code = c.unit
				UNION SELECT c.unit FROM unit_conflict c JOIN class l ON l.code = c.other)
			UNION SELECT next.code FROM barred b JOIN unit u ON u.code = b.code OR u.parent = b.code OR u.successor = b.code
				CROSS JOIN LATERAL (VALUES (u.code), (CASE WHEN u.code = b.code THEN u.successor END)) AS next (code) WHERE next.code IS NOT NULL
		), why AS (
			SELECT u.code, u.name, CASE WHEN u.code = (SELECT m.unit FROM matter m WHERE m.id = `+This+`) THEN 0 WHEN n.code IS NOT NULL THEN 1
				WHEN u.code IN (SELECT code FROM class) THEN 2 WHEN w.code IS NOT NULL THEN 3 ELSE 4 END AS rank
			FROM barred b JOIN unit u ON u.code = b.code LEFT JOIN below w ON w.code = u.code
				LEFT JOIN (SELECT DISTINCT code FROM named) n ON n.code = u.code
		)
		SELECT code, name, (@why::text[])[rank + 1] FROM why ORDER BY rank, code`,
		pg.Args{"why": []string{BarredAccused, BarredNamed, BarredKin, BarredBelow, BarredConflict}}).Query(Collect(&q.d.Barred))
}

// colleagues are those of the reader's unit who can have it in hand.
func (q *Reading) colleagues() {
	if q.person.Role.OfUnit() && q.kind.Law.Has(workflow.Assign) {
		q.Queue(workflow.ColleaguesSQL, pg.Args{"unit": q.person.Unit}).Query(Collect(&q.d.Colleagues))
	}
}

// staffing is who could work on it where.
func (q *Reading) staffing() {
	if q.d.Stripped {
		return
	}
	q.Queue(`SELECT s.unit, `+staffed+` FROM matter m CROSS JOIN LATERAL who_acts(m.persons, m.named || m.meant, @now::timestamptz) s WHERE m.id = `+This+` GROUP BY s.unit`,
		pg.Args{"now": q.d.Now}).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[Staffing])
		q.d.Staffing = map[string]Staffing{}
		for _, one := range all {
			q.d.Staffing[one.Unit] = one
		}
		return err
	})
}
