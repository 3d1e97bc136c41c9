package workflow

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// Moved is a term whose last day a move has moved.
type Moved struct{ Was, Now clock.Due }

// Extend makes a term longer by so many of its rule's units.
func (s *Step) Extend(ctx context.Context, code clock.Code, count int) (Moved, error) {
	s.bends("extends", s.Move.Extends, code)
	return s.span(ctx, code, clock.Span{Kind: clock.Extend, Count: count}, "")
}

// Pause has a term stand still from today on, at the latest until a day.
func (s *Step) Pause(ctx context.Context, code clock.Code, ground clock.Ground, until clock.Date, document string) (Moved, error) {
	s.bends("pauses", s.Move.Pauses, code)
	return s.span(ctx, code, clock.Span{Kind: clock.Pause, To: until, Ground: ground.Title, Document: document}, ground.Code)
}

// RunOn has a term that stands still run on from today.
func (s *Step) RunOn(ctx context.Context, code clock.Code) (Moved, error) {
	return s.span(ctx, code, clock.Span{Kind: clock.Run}, "")
}

func (s *Step) bends(how string, may []clock.Code, code clock.Code) {
	if !slices.Contains(may, code) {
		panic("workflow: " + string(s.Move.Action) + " " + how + " " + string(code) + ", and its row does not say so")
	}
}

// stored is the clock of a rule that runs, as it stands.
type stored struct {
	ID         int64
	StartedSeq int64
	clock.Row
}

// span adds one to the clock of a rule that runs, and counts its last day anew.
func (s *Step) span(ctx context.Context, code clock.Code, one clock.Span, ground string) (Moved, error) {
	row, err := pg.One[stored](ctx, s.Conn, `
		SELECT k.id, k.started_seq, k.rule, k.version, k.started_at, k.due_on, k.due_at, k.provisional, k.derivation, `+clock.SpansSQL+` AS spans
		FROM clock k WHERE k.matter_id = @id AND k.rule = @rule AND k.stopped_at IS NULL`,
		pg.Args{"id": s.Matter.ID, "rule": string(code)})
	if err != nil {
		return Moved{}, fmt.Errorf("clock %s: %w", code, err)
	}
	was := s.clocks.Kept(row.Row)
	one.From = clock.On(s.At)
	row.Spans = append(row.Spans, one)
	now, ok := s.clocks.Again(row.Row)
	if !ok {
		return Moved{}, fmt.Errorf("clock %s: version %d cannot be counted with its spans", code, row.Version)
	}
	s.queueSpan(code, row.StartedSeq, one, ground)
	s.Queue(`
		UPDATE clock SET was_on = CASE WHEN due_on = @on::date THEN was_on ELSE coalesce(was_on, due_on) END, due_on = @on::date, due_at = @due, provisional = @provisional,
			derivation = @derivation, calendar = @calendar
		WHERE id = @id AND stopped_at IS NULL`,
		pg.Args{"id": row.ID, "on": now.On.String(), "due": now.At, "provisional": now.Provisional, "derivation": now.Derivation,
			"calendar": s.clocks.Calendar.Newest()})
	return Moved{was, now}, nil
}

// queueSpan writes down what becomes of the clock that an event started.
func (s *Step) queueSpan(code clock.Code, started int64, one clock.Span, ground string) {
	s.Queue(`
		INSERT INTO clock_span (matter_id, seq, rule, started_seq, kind, from_on, to_on, count, ground, document)
		VALUES (@id, @seq, @rule, @started, @kind, @from, @to, @count, nullif(@ground, ''), @document)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "rule": string(code), "started": started, "kind": string(one.Kind),
			"from": one.From, "to": one.To, "count": one.Count, "ground": ground, "document": one.Document})
}

// Approver is who may extend a term of the matter, as its rule calls them.
func (s *Step) Approver(code clock.Code) string {
	rule, _ := s.clocks.Rule(code, clock.On(s.Matter.Terms[code].Started))
	return rule.Approver
}

// Grounds are those on which terms of these rules may stand still today.
func (s *Step) Grounds(codes []clock.Code) []clock.Ground {
	return s.clocks.GroundsFor(codes, clock.On(s.At))
}

// Said is which day a term ended on and which it ends on; of a day that no calendar knows yet,
// that it is not sure.
func (m Moved) Said() string {
	said := "“" + m.Now.Title + "”的最后一天"
	if m.Was.On == m.Now.On {
		said += "仍然是 " + m.Now.On.Long()
	} else {
		said += "由 " + m.Was.On.Long() + " 改为 " + m.Now.On.Long()
	}
	if m.Now.Provisional {
		said += "（暂定，放假安排公布以后再算）"
	}
	return said
}

// RunsOn says of the duties that run beside the given ones, which are not 暂停 or 延长 like
// them, that they run on; empty where there are none.
func (s *Step) RunsOn(but []clock.Code, not string) (said string) {
	for _, code := range slices.Sorted(maps.Keys(s.Matter.Terms)) {
		rule, _ := s.clocks.Rule(code, clock.On(s.At))
		if term := s.Matter.Terms[code]; term.Running && !rule.Right && rule.Unit != clock.Given && !slices.Contains(but, code) {
			said += "“" + rule.Title + "”最迟 " + term.On.Long() + "，不" + not + "，照走。"
		}
	}
	return said
}
