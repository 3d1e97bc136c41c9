package workflow

import (
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// Clock is a matter's clock as it stands: met when it stopped in time.
type Clock struct {
	clock.Row
	RightOnly bool       `json:"right_only"` // the term of a right that lapses; nobody is late when it ends
	StoppedAt *time.Time `json:"stopped_at"`
	Lapsed    bool       `json:"lapsed"` // the term of a right ended on its day: no move stopped it
	WasOn     clock.Date `json:"was_on"` // the last day as it was first told, where something moved it; else zero
	Calendar  int64      `json:"calendar"`
	More      int        `json:"more"` // by how many of its units it may still be extended
}

// ClockColumns are what a Clock is read from, of a clock k.
const ClockColumns = clock.SpansSQL + ` AS spans, ` + moreSQL + ` AS more, rule, version, started_at, due_on, due_at, provisional, derivation, right_only, stopped_at, stopped_at IS NOT NULL AND stopped_seq IS NULL AS lapsed, was_on, calendar`

// moreSQL is by how many of the units of its rule a clock k may still be extended.
const moreSQL = `coalesce((
	SELECT CASE WHEN count(s.seq) >= r.max_times THEN 0 ELSE r.max_extension - coalesce(sum(s.count), 0) END::int
	FROM clock_rule r LEFT JOIN clock_span s ON s.matter_id = k.matter_id AND s.rule = k.rule AND s.started_seq = k.started_seq AND s.kind = 'extend'
	WHERE r.code = k.rule AND r.version = k.version GROUP BY r.max_times, r.max_extension), 0)`

// Running says whether the clock still runs.
func (c Clock) Running() bool { return c.StoppedAt == nil }

// Before says that the last day was another when it was first told; empty where
// it was not. 原来是 1月5日，放假安排公布后重算过。
func (c Clock) Before() string {
	if c.WasOn.IsZero() || c.WasOn == c.DueOn {
		return ""
	}
	if len(c.Spans) > 0 {
		return "原来告诉的是 " + c.WasOn.Long() + "。"
	}
	return "原来告诉的是 " + c.WasOn.Long() + "，按公布的放假安排重算过。"
}

// RightOver says that it is the term of a right, and over by its day at a time.
func (c Clock) RightOver(at time.Time) bool { return c.RightOnly && !c.DueAt.After(at) }

// Paused says that the clock stands still on that day.
func (c Clock) Paused(today clock.Date) bool { return c.Running() && clock.Paused(c.Spans, today) }

// Met says whether a stopped clock was kept.
func (c Clock) Met() bool { return c.StoppedAt != nil && !c.StoppedAt.After(c.DueAt) }

// What the guard of a move reads of a matter, for the engine and for pages alike;
// the matter's id, as an expression, belongs between the two halves.
const (
	// TermsSQL is the newest clock of each rule. One that has lapsed was used by nobody:
	// it is over by its day, as one that runs past it.
	TermsSQL   = `SELECT DISTINCT ON (rule) rule, started_at, due_at, due_on, stopped_seq IS NULL, ` + moreSQL + ` FROM clock k WHERE matter_id = `
	TermsOrder = ` ORDER BY rule, id DESC`
)

// DoneBySQL is who did what to the matter with that id: last, and in the round that ended
// when it was last begun afresh, by one of the actions in @afresh. What was done to another
// and counts as done to it was done in a round before.
func (t *Table) DoneBySQL(id string) string {
	events := `SELECT o.at, o.seq, o.action, o.staff_id, false AS shared FROM event o WHERE o.matter_id = ` + id
	if t.Shared != "" {
		events += ` UNION ALL SELECT s.*, true FROM (` + t.Shared + id + `) s`
	}
	return `
		SELECT e.action, (array_agg(e.staff_id ORDER BY e.at DESC, e.seq DESC))[1],
			coalesce(array_agg(DISTINCT e.staff_id) FILTER (WHERE e.shared OR e.seq < r.last AND e.seq > r.before), '{}')
		FROM (` + events + `) e CROSS JOIN (
			SELECT coalesce(max(a.seq), 0) AS last, coalesce(min(a.seq) FILTER (WHERE a.nth = 2), 0) AS before FROM (
				SELECT seq, row_number() OVER (ORDER BY seq DESC) AS nth FROM event
				WHERE matter_id = ` + id + ` AND action = ANY (@afresh::text[])) a) r
		WHERE e.staff_id IS NOT NULL GROUP BY e.action`
}

// Afresh are the arguments of DoneBySQL.
func (t *Table) Afresh() pg.Args { return pg.Args{"afresh": t.afresh()} }

// ReadDoneBy takes the rows of DoneBySQL.
func (m *Matter) ReadDoneBy(rows pgx.Rows) error {
	m.LastBy, m.Before = map[Action]int64{}, map[Action][]int64{}
	var action Action
	var last int64
	var before []int64
	_, err := pgx.ForEachRow(rows, []any{&action, &last, &before}, func() error {
		m.LastBy[action], m.Before[action] = last, before
		return nil
	})
	return err
}

// ReadTerms takes the rows of TermsSQL.
func (m *Matter) ReadTerms(rows pgx.Rows) error {
	m.Terms = map[clock.Code]ClockTerm{}
	var rule clock.Code
	var term ClockTerm
	_, err := pgx.ForEachRow(rows, []any{&rule, &term.Started, &term.Due, &term.On, &term.Running, &term.More}, func() error {
		m.Terms[rule] = term
		return nil
	})
	return err
}

// TakeTerms is ReadTerms for who has read the clocks already.
func (m *Matter) TakeTerms(clocks []Clock) {
	m.Terms = map[clock.Code]ClockTerm{}
	runs := map[clock.Code]bool{}
	for _, c := range clocks {
		// One that runs is the newest: no move starts a clock of a rule that runs.
		if was, ok := m.Terms[c.Rule]; !ok || c.Running() || !runs[c.Rule] && c.StartedAt.After(was.Started) {
			m.Terms[c.Rule], runs[c.Rule] = ClockTerm{Started: c.StartedAt, Due: c.DueAt, On: c.DueOn, Running: c.Running() || c.Lapsed, More: c.More}, c.Running()
		}
	}
}

// SeenSQL is the expression of a JSON object with everything in Table.Seen as it
// stands for a matter m.
func (t *Table) SeenSQL() string {
	sql := `jsonb_build_object(`
	for i, name := range slices.Sorted(maps.Keys(t.Seen)) {
		if i > 0 {
			sql += `, `
		}
		sql += `'` + name + `', ` + t.Seen[name].SQL
	}
	return sql + `)`
}
