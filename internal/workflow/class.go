package workflow

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// ClassSQL is the expression of the class of a matter m, which ClassOf reads; of a kind whose
// matters are not sorted it is empty.
func (t *Table) ClassSQL() string {
	if t.Class == "" {
		return `''`
	}
	return `coalesce(` + t.Class + `, '')`
}

// ClassOf is a class as ClassSQL reads it.
func ClassOf(read string) clock.Class {
	track, nature, _ := strings.Cut(read, " ")
	return clock.Class{Track: track, Nature: nature}
}

// choose starts the terms that matters of this class have from this move on. One that runs
// is left as it runs.
func (s *Step) choose() {
	if len(s.Move.MayLead) > 0 && s.Move.To == "" {
		return // what may lead on begins them when it does
	}
	for _, c := range s.clocks.Chosen(string(s.law.Kind), s.Matter.Class, string(s.Act.Action), clock.On(s.At)) {
		if slices.Contains(s.Move.MayStart, c.Rule) && !s.runs(c.Rule) {
			s.begin(c.Rule, beginning{since: s.since(c, s.At)})
		}
	}
}

// runs says that a clock of the rule runs, and that this move does not stop it.
func (s *Step) runs(code clock.Code) bool {
	return s.Matter.Terms[code].Running && !slices.Contains(s.Move.Stops, code)
}

// since is when a chosen term begins whose action is done at a time.
func (s *Step) since(c clock.Choice, at time.Time) time.Time {
	beside, ok := s.Matter.Terms[c.Beside]
	if _, anew := s.starts[c.Beside]; !ok || anew || slices.Contains(s.Move.Starts, c.Beside) {
		return at
	}
	return beside.Started
}

// Classify moves the matter into another class. Terms that this one does not have are
// stopped; those that both have run on as they are, with what they were extended by; those
// that it alone has begin when they would have begun, unless what they wait for was done.
// The row says which may start. What begins with this very move is left to the engine.
func (s *Step) Classify(ctx context.Context, to clock.Class) error {
	type act struct {
		Action Action
		At     time.Time
	}
	done, err := pg.All[act](ctx, s.Conn, `SELECT action, max(at) AS at FROM event WHERE matter_id = @id GROUP BY action`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("classify: %w", err)
	}
	has := map[clock.Code]time.Time{}
	for _, d := range done {
		for _, c := range s.clocks.Chosen(string(s.law.Kind), to, string(d.Action), clock.On(d.At)) {
			has[c.Rule] = s.since(c, d.At)
		}
	}
	for code, term := range s.Matter.Terms {
		if _, ok := has[code]; !ok && term.Running && s.clocks.Choosable(string(s.law.Kind), code) {
			s.Stop(code)
		}
	}
	for code, since := range has {
		met := slices.ContainsFunc(done, func(d act) bool { return !d.At.Before(since) && s.law.stops(d.Action, code) })
		if met || s.Matter.Terms[code].Running || !slices.Contains(s.Move.MayStart, code) {
			continue
		}
		more, err := s.extended(ctx, code)
		if err != nil {
			return err
		}
		s.begin(code, beginning{since: since, more: more})
	}
	s.Matter.Class = to
	return nil
}

// extended is by what the newest clock of a rule was extended, which a clock that takes its
// place keeps; the zero Span where it was not.
func (s *Step) extended(ctx context.Context, code clock.Code) (clock.Span, error) {
	if _, ran := s.Matter.Terms[code]; !ran {
		return clock.Span{}, nil
	}
	all, err := pg.All[clock.Span](ctx, s.Conn, `
		SELECT 'extend' AS kind, max(s.from_on) AS "from", NULL::date AS "to", sum(s.count)::int AS count, '' AS ground, '' AS document
		FROM clock_span s WHERE s.matter_id = @id AND s.rule = @rule AND s.kind = 'extend'
			AND s.started_seq = (SELECT k.started_seq FROM clock k WHERE k.matter_id = @id AND k.rule = @rule ORDER BY k.id DESC LIMIT 1)
		HAVING count(*) > 0`, pg.Args{"id": s.Matter.ID, "rule": string(code)})
	if err != nil || len(all) == 0 {
		return clock.Span{}, err
	}
	return all[0], nil
}

// stops says that a move of that name stops a clock of the rule.
func (t *Table) stops(a Action, code clock.Code) bool {
	return slices.ContainsFunc(t.Rows(a), func(m Move) bool { return slices.Contains(m.Stops, code) })
}
