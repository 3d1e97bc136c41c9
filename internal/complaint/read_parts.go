package complaint

import (
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What hangs on a complaint, one statement each; see Read.

// events leave out, for a unit's staff, what Dossier says they do not see; the
// words never leave the database.
func (q *reading) events() {
	matter := q.this("id")
	q.queue(`
		SELECT e.seq, e.at, coalesce(e.staff_id, 0), e.actor_name, coalesce(u.name, ''), e.role, e.action, e.to_state,
			CASE WHEN @unit = '' OR e.action <> @settled THEN e.public_text ELSE '' END,
			CASE WHEN @unit = '' OR s.unit = @unit OR e.seq >= a.since THEN e.note ELSE '' END,
			CASE WHEN @unit = '' OR NOT x.guarded THEN coalesce(x.body, '') ELSE '' END, false
		FROM event e
			LEFT JOIN staff s ON s.id = e.staff_id
			LEFT JOIN unit u ON u.code = s.unit
			LEFT JOIN supplement x ON x.matter_id = e.matter_id AND x.seq = e.seq
			LEFT JOIN (SELECT max(d.seq) AS since FROM assignment h JOIN event d ON d.matter_id = h.matter_id
				WHERE h.matter_id = `+matter+` AND h.unit = @unit AND h.ended_at IS NULL AND d.action = @dispatch AND d.at = h.started_at) a ON true
		WHERE e.matter_id = `+matter+`
			AND (@unit = '' OR e.action <> ALL (@hidden::text[]))
			AND (@unit = '' OR e.action <> @written OR s.unit = @unit OR e.seq >= a.since)
		ORDER BY e.seq DESC`,
		pg.Args{"unit": q.unit(), "dispatch": string(Dispatch), "hidden": []string{string(OpenIdentity), string(workflow.ReleaseBar)}, "settled": string(SettleUnit), "written": string(Note)}).
		Query(collect(&q.d.Events))
}

// unit is the unit whose staff reads; empty for those who see everything.
func (q *reading) unit() string {
	if q.d.Stripped {
		return q.person.Unit
	}
	return ""
}

func (q *reading) clocks() {
	q.queue(`SELECT `+workflow.ClockColumns+` FROM clock WHERE matter_id = `+q.this("id")+` ORDER BY stopped_at IS NOT NULL, due_at, id`, nil).
		Query(func(rows pgx.Rows) (err error) {
			q.d.Clocks, err = pgx.CollectRows(rows, pgx.RowToStructByName[workflow.Clock])
			return err
		})
}

func (q *reading) hands() {
	q.queue(`
		SELECT a.unit, u.name, a.part, a.started_at, a.signed_at, coalesce(s.name, ''), a.opinion_at, a.ended_at
		FROM assignment a JOIN unit u ON u.code = a.unit LEFT JOIN staff s ON s.id = a.signed_by
		WHERE a.matter_id = `+q.this("id")+` ORDER BY a.ended_at IS NOT NULL, a.part DESC, a.id`, nil).
		Query(collect(&q.d.Hands))
}

func (q *reading) answers() {
	q.queue(`
		SELECT a.version, e.at, a.drafted_by, s.name, u.name, a.finding, a.decision, a.facts, a.opinion, a.basis, a.demand, a.sent_at
		FROM answer a JOIN event e ON e.matter_id = a.matter_id AND e.seq = a.seq
			JOIN staff s ON s.id = a.drafted_by JOIN unit u ON u.code = a.unit
		WHERE a.matter_id = `+q.this("id")+` ORDER BY a.version DESC`, nil).Query(collect(&q.d.Answers))
	q.queue(workflow.DoneBySQL+q.this("id")+workflow.DoneByGroups, Law.Afresh()).Query(q.d.Matter.ReadDoneBy)
}

func (q *reading) letters() {
	if q.d.Stripped {
		return
	}
	q.queue(`
		SELECT l.id, @number, l.template, l.recipient, coalesce(u.name, ''), l.created_at, l.state, l.tries, l.done_at, l.fault_code, false
		FROM letter l LEFT JOIN unit u ON u.code = l.unit
		WHERE l.matter_id = `+q.this("id")+` ORDER BY l.id DESC`, nil).Query(collect(&q.d.Letters))
}

// barred turns the rule of unit_bars round: from all that is named on it to
// everyone who may not have it. A test holds the two to each other.
func (q *reading) barred() {
	all := `m.named || m.meant`
	if q.d.Stripped {
		all = `ARRAY[m.unit]` // whom else the complainant wrote about is not theirs to read
	}
	named := `(SELECT unnest(` + all + `) AS code FROM matter m WHERE m.number = @number AND m.kind = 'complaint' AND ` + q.scope.SQL + `)`
	q.queue(`
		WITH RECURSIVE named AS `+named+`, class AS (
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
			SELECT u.code, u.name, CASE WHEN u.code = `+q.this("unit")+` THEN 0 WHEN n.code IS NOT NULL THEN 1
				WHEN u.code IN (SELECT code FROM class) THEN 2 WHEN w.code IS NOT NULL THEN 3 ELSE 4 END AS rank
			FROM barred b JOIN unit u ON u.code = b.code LEFT JOIN below w ON w.code = u.code
				LEFT JOIN (SELECT DISTINCT code FROM named) n ON n.code = u.code
		)
		SELECT code, name, (@why::text[])[rank + 1] FROM why ORDER BY rank, code`,
		pg.Args{"why": []string{BarredAccused, BarredNamed, BarredKin, BarredBelow, BarredConflict}}).Query(collect(&q.d.Barred))
}

// bars are who was named on it. A unit's staff learn nothing of whom else the
// complainant has written about.
func (q *reading) bars() {
	if q.d.Stripped {
		return
	}
	q.queue(workflow.BarsSQL+q.this("id")+workflow.BarsOrder, nil).Query(collect(&q.d.Bars))
}

// staffing is who could work on it where.
func (q *reading) staffing() {
	if q.d.Stripped {
		return
	}
	q.queue(staffingSQL+q.this("persons")+staffingGroups, nil).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[Staffing])
		q.d.Staffing = map[string]Staffing{}
		for _, one := range all {
			q.d.Staffing[one.Unit] = one
		}
		return err
	})
}

// conclude fills what follows from several parts, and takes from a unit's
// staff what would tell who complains.
func (q *reading) conclude() {
	d := q.d
	for _, h := range d.Hands {
		if h.Ended == nil {
			d.Matter.Assignments = append(d.Matter.Assignments, workflow.Assignment{Unit: h.Unit, Part: h.Part, Signed: h.Signed != nil})
		}
	}
	d.Matter.TakeTerms(d.Clocks)
	q.coarse()
	if !d.Stripped {
		return
	}
	d.Identity = SealedIdentity{}
	s := &d.Said
	s.Channel, s.Kind, s.RosterMatch, s.UnitSaid = "", "", nil, ""
	s.Anonymous, s.Confidential, s.Received = false, false, clock.Date{}
}

// coarse leaves of what somebody without a name did the day alone, and for a
// unit's staff of what any complainant did: the minute would be held against who
// was at a computer then, and a difference would tell a unit who has no name.
func (q *reading) coarse() {
	d := q.d
	if !d.Stripped && !d.Matter.Has(Anonymous) {
		return
	}
	d.Coarse, d.OpenedAt = true, clock.On(d.OpenedAt).Begins()
	for i := range d.Events {
		if e := &d.Events[i]; e.Role == staff.Complainant {
			e.Coarse, e.At = true, clock.On(e.At).Begins()
		}
	}
	for i := range d.Letters {
		l := &d.Letters[i]
		l.Coarse, l.CreatedAt = true, clock.On(l.CreatedAt).Begins()
		if l.DoneAt != nil {
			day := clock.On(*l.DoneAt).Begins()
			l.DoneAt = &day
		}
	}
}
