package clock

import (
	"fmt"
	"slices"
)

// SpanKind is what became of a term after it began to run.
type SpanKind string

// The kinds of spans; the table's CHECK is held to them. Its first run is the clock itself.
const (
	Pause  SpanKind = "pause"  // no day counts after From, up to and with To
	Run    SpanKind = "run"    // it runs on after From, sooner than its pause said
	Extend SpanKind = "extend" // it is Count of its rule's units longer
)

// SpanKinds are all there are.
func SpanKinds() []SpanKind { return []SpanKind{Pause, Run, Extend} }

// Span is one thing that became of a term. Spans are only ever added, in the order in
// which they were decided: what was decided before stays readable.
type Span struct {
	Kind     SpanKind `json:"kind"`
	From     Date     `json:"from_on"` // the day on which it was decided
	To       Date     `json:"to_on"`   // of a pause: its last day, at the latest
	Count    int      `json:"count"`   // of an extension
	Ground   string   `json:"ground"`  // of a pause, as people read it
	Document string   `json:"document"`
}

// SpansSQL reads the spans of a clock k as JSON.
const SpansSQL = `(SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'from_on', s.from_on, 'to_on', s.to_on, 'count', s.count,
		'ground', coalesce(g.title, ''), 'document', s.document) ORDER BY s.seq), '[]')
	FROM clock_span s LEFT JOIN pause_ground g ON g.code = s.ground
	WHERE s.matter_id = k.matter_id AND s.rule = k.rule AND s.started_seq = k.started_seq)`

// Ground is a reason for which a term may stand still, a dated row as a rule is: under
// which rules, and for how long at most. No other reason pauses anything.
type Ground struct {
	Code       string     `json:"code"`
	Title      string     `json:"title"`
	Rules      []Code     `json:"rules"`
	Longest    int        `json:"longest"` // natural days; what takes longer is asked for again
	Basis      string     `json:"basis"`
	Confidence Confidence `json:"confidence"`
	ValidFrom  Date       `json:"valid_from"`
	ValidTo    Date       `json:"valid_to"` // last day; zero = still in force
}

// GroundsFor are those in force on a day that pause one of the rules.
func (t Table) GroundsFor(rules []Code, on Date) []Ground {
	return slices.DeleteFunc(slices.Clone(t.Grounds), func(g Ground) bool {
		return on.Before(g.ValidFrom) || !g.ValidTo.IsZero() && on.After(g.ValidTo) ||
			!slices.ContainsFunc(rules, func(c Code) bool { return slices.Contains(g.Rules, c) })
	})
}

// pause is a stretch of days that do not count: those after from, up to and with to. The
// day itself on which it is decided counts, and so does not that on which it ends, as the
// day on which a term begins does not (民法典 201).
type pause struct {
	from, to Date
	ground   string
	cut      bool // it ended sooner than it was to
}

func (p pause) days() int { return max(0, p.to.Since(p.from)) }

// pauses are the stretches that spans make: a run ends the one before it.
func pauses(spans []Span) (all []pause) {
	for _, s := range spans {
		switch last := len(all) - 1; {
		case s.Kind == Pause:
			all = append(all, pause{from: s.From, to: s.To, ground: s.Ground})
		case s.Kind == Run && last >= 0 && s.From.Before(all[last].to):
			all[last].to, all[last].cut = s.From, true
		}
	}
	return all
}

// Paused says that a term with these spans stands still on a day: since it was decided, up
// to and with its last day.
func Paused(spans []Span, on Date) bool {
	return slices.ContainsFunc(pauses(spans), func(p pause) bool { return !on.Before(p.from) && !on.After(p.to) && !(p.cut && on == p.to) })
}

// Count is so many of a unit, in words: 15 天.
func (u Unit) Count(n int) string { return fmt.Sprintf("%d%s%s", n, space, unitWords[u]) }

// Extended is by how much spans have made a term longer, in the units of its rule.
func Extended(spans []Span) (count int) {
	for _, s := range spans {
		if s.Kind == Extend {
			count += s.Count
		}
	}
	return count
}

// paused says that a day does not count.
func (c *counting) paused(d Date) bool {
	return slices.ContainsFunc(c.pauses, func(p pause) bool { return d.After(p.from) && !d.After(p.to) })
}

// nth is the nth day after the start of those that count.
func (c *counting) nth(n int, counts func(Date) bool) Date {
	d := c.start
	for n > 0 {
		d = d.AddDays(1)
		if !c.paused(d) && counts(d) {
			n--
		}
	}
	return d
}

// standstill tells what did not count, and what came on top.
func (c *counting) standstill() (said string) {
	for _, p := range c.pauses {
		if p.days() == 0 {
			continue
		}
		latest := "最迟到"
		if p.cut {
			latest = "到"
		}
		said += fmt.Sprintf("%s起因%s暂停，%s %s，其间 %d%s天不计入。", c.day(p.from), p.ground, latest, c.day(p.to), p.days(), space)
	}
	for _, s := range c.spans {
		if s.Kind == Extend {
			said += c.day(s.From) + "同意延长 " + c.rule.Unit.Count(s.Count) + "。"
		}
	}
	return said
}
