package register

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// LookLife is how long somebody who has opened a matter counts as being at it. It ends by
// itself: whoever walked away keeps nobody from anything.
const LookLife = 10 * time.Minute

// Look is what opening a matter finds.
type Look struct {
	Seen   int64 // the newest event that the person had seen before; 0 when none
	Others []Looker
}

// Looker is a colleague who is at the matter, too.
type Looker struct {
	Name string
	At   time.Time
}

// atIt are the looks l of colleagues of somebody that count: the last of each, while it
// lives, and they may still have the matter. Colleagues are of the same unit, and of a role
// beside which one works. Nobody else is told: a unit does not learn from it that the desk
// reads its matter, and nobody that an auditor does.
const atIt = `
	FROM matter_look l JOIN staff c ON c.id = l.staff_id JOIN matter a ON a.id = l.matter_id AND c.id <> ALL (a.persons)
	WHERE l.staff_id <> @look_me AND c.role = ANY (@look_roles::text[]) AND c.unit IS NOT DISTINCT FROM nullif(@look_unit, '') AND l.at > @look_since
		AND NOT EXISTS (SELECT FROM matter_look n WHERE n.staff_id = l.staff_id AND n.at > l.at)`

// beside are the roles whose work on a matter meets that of a role.
func beside(role staff.Role) []string {
	for _, together := range [][]staff.Role{{staff.Registrar, staff.Supervisor, staff.Leader}, {staff.Handler, staff.UnitHead}} {
		if slices.Contains(together, role) {
			var all []string
			for _, one := range together {
				all = append(all, string(one))
			}
			return all
		}
	}
	return []string{string(role)}
}

func (r Office) lookers(p staff.Person, roles ...string) pg.Args {
	return pg.Args{"look_me": p.ID, "look_roles": roles, "look_unit": p.Unit, "look_since": r.Engine.Now().Add(-LookLife)}
}

// Look notes that a person has a matter open that they may read, as it stands.
func (r Office) Look(ctx context.Context, p staff.Person, m *workflow.Matter) (Look, error) {
	args := r.lookers(p, beside(p.Role)...)
	args["matter"], args["seq"], args["now"] = m.ID, m.Seq, r.Engine.Now()
	type row struct {
		Seen int64
		Name *string
		At   *time.Time
	}
	rows, err := pg.All[row](ctx, r.Pool, `
		WITH kept AS (
			INSERT INTO matter_look AS k (matter_id, staff_id, seq, at) VALUES (@matter, @look_me, @seq, @now)
			ON CONFLICT (matter_id, staff_id) DO UPDATE SET seq = greatest(k.seq, excluded.seq), at = excluded.at)
		SELECT w.seen, o.name, o.at
		FROM (SELECT coalesce((SELECT k.seq FROM matter_look k WHERE k.matter_id = @matter AND k.staff_id = @look_me), 0) AS seen) w
			LEFT JOIN (SELECT c.name, l.at `+atIt+` AND l.matter_id = @matter) o ON true
		ORDER BY o.at DESC`, args)
	if err != nil {
		return Look{}, fmt.Errorf("look: %w", err)
	}
	look := Look{Seen: rows[0].Seen}
	for _, one := range rows {
		if one.Name != nil {
			look.Others = append(look.Others, Looker{*one.Name, *one.At})
		}
	}
	return look, nil
}

// StillAt says that a person who had a matter open goes on with it.
func (r Office) StillAt(ctx context.Context, p staff.Person, number string) error {
	_, err := pg.Exec(ctx, r.Pool, `
		UPDATE matter_look SET at = @now WHERE staff_id = @me AND matter_id = (SELECT m.id FROM matter m WHERE m.number = @number)`,
		pg.Args{"now": r.Engine.Now(), "me": p.ID, "number": number})
	if err != nil {
		return fmt.Errorf("still at: %w", err)
	}
	return nil
}

// unattended leaves out what a colleague is at.
func (q *query) unattended(looks pg.Args) {
	q.add(`NOT EXISTS (SELECT ` + atIt + ` AND l.matter_id = m.id)`)
	for name, value := range looks {
		q.args[name] = value
	}
}

// news is an SQL expression for a matter p of a page: what was done to it that its reader
// has to hear of and has not seen, newest first: they have not had it open since, nor done
// anything to it. Nothing that an end has dealt with, nothing that was done before they had
// an account, or before their unit had the matter; nothing that is withheld from them, nor of
// what comes back to the unit that leads what is for that one.
func (q *query) news(scope staff.Scope) string {
	actions := q.kind.news(scope)
	if len(actions) == 0 {
		return `'{}'::text[]`
	}
	sql := `ARRAY(
		SELECT e.action FROM event e
		WHERE e.matter_id = p.id AND e.action = ANY (` + q.arg("news", actions) + `::text[]) AND e.staff_id IS DISTINCT FROM @scope_me
			AND e.seq > coalesce((SELECT l.seq FROM matter_look l WHERE l.matter_id = p.id AND l.staff_id = @scope_me), 0)
			AND NOT EXISTS (SELECT FROM event o WHERE o.matter_id = p.id AND o.staff_id = @scope_me AND o.seq > e.seq)
			AND e.at >= (SELECT s.created_at FROM staff s WHERE s.id = @scope_me) AND (p.closed_at IS NULL OR e.at >= p.closed_at)`
	if q.given(scope) {
		sql += `
			AND e.at >= coalesce((SELECT max(a.started_at) FROM assignment a WHERE a.matter_id = p.id AND a.unit = @scope_unit AND a.ended_at IS NULL
				AND (a.part = 'lead' OR e.staff_id IS NULL)), 'infinity')`
	}
	if q.kind.spares(scope) && q.kind.Guarded != "" {
		sql += `
			AND NOT ` + q.kind.Guarded
	}
	return sql + `
		GROUP BY e.action ORDER BY max(e.seq) DESC)`
}

// news are the actions that a reader has to hear of: what an outsider or the calendar
// did, and what of others comes back to somebody of their role.
func (k *Kind) news(scope staff.Scope) []string {
	if _, ok := scope.Args["scope_me"]; !ok {
		return nil // reads nothing
	}
	w := k.WaitingFor(staff.Person{Role: scope.Role})
	return k.actions(func(m workflow.Move) bool {
		switch {
		case m.News == "" || k.spares(scope) && k.Law.Unit == workflow.Accused && m.Withheld == workflow.WithheldWhole:
			return false
		case slices.ContainsFunc(m.By, staff.Role.Outside), slices.Contains(m.By, staff.System):
			return true
		}
		theirs := slices.Concat(w.Desk, w.Lead, w.Co, w.Own)
		return !slices.Contains(m.By, scope.Role) && slices.ContainsFunc(append(slices.Clone(m.MayLead), m.To), func(s workflow.State) bool { return slices.Contains(theirs, s) })
	})
}

// newsWords are what a list says of actions that the reader has not seen, the newest first. A
// rung of the ladder says nothing any more once the calendar has come further.
func (k *Kind) newsWords(actions []workflow.Action) (words []string) {
	further := false
	for _, a := range actions {
		rows := k.Law.Rows(a)
		if len(rows) == 0 || rows[0].News == "" || slices.Contains(words, rows[0].News) || further && rows[0].Timed.Rung != "" {
			continue
		}
		words, further = append(words, rows[0].News), further || rows[0].Timed.Clock != ""
	}
	return words
}
