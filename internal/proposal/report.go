package proposal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

// Handled is a proposal of a year as the report on handling (办理情况报告) counts it. It is
// of the year in which it was first handed over, however late it is answered.
type Handled struct {
	ID          int64
	Number      string
	Title       string
	Designation string
	Source      Source
	Unit        string // who has it; empty while nobody does
	UnitName    string
	State       workflow.State
	Flags       []string
	Class       string // of the newest answer that was served
	Answered    bool
	Overdue     bool   // past its term: answered after it, or not yet
	Heard       bool   // its signers have said what they think of the answer
	Attitude    string // the newest
	Result      string
	Refused     bool // they were dissatisfied once
	Again       bool // and it was answered again
	Consulted   bool
	Hard        bool                     // six months
	Returned    bool                     // a unit gave it back
	Promises    map[promise.Standing]int `db:"-"` // how many of what it was promised stand how; what was made void is none
}

// AnyUnit is the group of those that nobody has.
const AnyUnit = "-"

// Report are the proposals of a year, as far as the person may know of them.
func (r *Register) Report(ctx context.Context, by staff.Person, year int) ([]Handled, error) {
	scope := by.Scope()
	rules := []string{string(clock.DeputyAnswer), string(clock.DeputyAnswerHard), string(clock.CommitteeAnswer), string(clock.CommitteeAnswerHard)}
	all, err := pg.All[Handled](ctx, r.Pool, `
		WITH given AS (
			SELECT e.matter_id FROM event e JOIN matter m ON m.id = e.matter_id
			WHERE m.kind = 'proposal' AND m.state <> 'divided' AND e.action = 'hand_over' AND (`+scope.SQL+`)
			GROUP BY e.matter_id HAVING min(e.at) >= @since AND min(e.at) < @until)
		SELECT m.id, m.number, m.title, o.designation, o.source, coalesce(m.unit, '') AS unit, coalesce(u.name, '') AS unit_name, m.state, m.flags,
			CASE WHEN served.answered THEN coalesce((SELECT max(x.class) FROM proposal_answer_point x WHERE x.matter_id = m.id
				AND x.seq = (SELECT max(a.seq) FROM proposal_answer a WHERE a.matter_id = m.id AND a.seq < served.last)), '') ELSE '' END AS class,
			coalesce(served.answered, false) AS answered,
			coalesce((SELECT coalesce(k.stopped_at, @now) > k.due_at FROM clock k WHERE k.matter_id = m.id AND k.rule = ANY (@rules)
				ORDER BY k.stopped_seq = served.first DESC NULLS LAST, k.id DESC LIMIT 1), false) AS overdue,
			f.seq IS NOT NULL AS heard, coalesce(f.attitude, '') AS attitude, coalesce(f.result, '') AS result,
			EXISTS (SELECT 1 FROM proposal_feedback x WHERE x.matter_id = m.id AND 'dissatisfied' IN (x.attitude, x.result)) AS refused,
			coalesce(served.times, 0) > 1 AS again,
			EXISTS (SELECT 1 FROM event e WHERE e.matter_id = m.id AND e.action = 'consult') AS consulted,
			EXISTS (SELECT 1 FROM clock k WHERE k.matter_id = m.id AND k.rule = ANY (@hard)) AS hard,
			EXISTS (SELECT 1 FROM event e WHERE e.matter_id = m.id AND e.action = 'agree_return') AS returned
		FROM given g JOIN matter m ON m.id = g.matter_id JOIN proposal o ON o.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit
			LEFT JOIN LATERAL (SELECT true AS answered, min(d.served_seq) AS first, max(d.served_seq) AS last, count(*) AS times FROM document d WHERE d.matter_id = m.id AND d.served_seq IS NOT NULL HAVING count(*) > 0) served ON true
			LEFT JOIN LATERAL (SELECT x.seq, x.attitude, x.result FROM proposal_feedback x WHERE x.matter_id = m.id ORDER BY x.seq DESC LIMIT 1) f ON true
		ORDER BY o.source, o.term, o.meeting NULLS LAST, o.serial, m.id`,
		scope.With(pg.Args{"since": clock.NewDate(year, time.January, 1).Begins(), "until": clock.NewDate(year+1, time.January, 1).Begins(), "now": r.Engine.Now(),
			"rules": rules, "hard": []string{string(clock.DeputyAnswerHard), string(clock.CommitteeAnswerHard)}}))
	if err != nil {
		return nil, fmt.Errorf("report on handling %d: %w", year, err)
	}
	return all, r.count(ctx, all)
}

// count adds how what was promised stands.
func (r *Register) count(ctx context.Context, all []Handled) error {
	ids := make([]int64, len(all))
	for i, h := range all {
		ids[i] = h.ID
	}
	of, err := promise.Of(ctx, r.Pool, ids)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Promises = map[promise.Standing]int{}
		for _, p := range of[all[i].ID] {
			if standing := p.Standing(r.Engine.Now()); standing != promise.Void {
				all[i].Promises[standing]++
			}
		}
	}
	return nil
}

// Measure is something that the report counts: proposals that are so, or what is promised
// in them, and out of which it is a rate.
type Measure struct {
	Name     string
	Label    string
	Short    string // over a column, where it is not the label
	Of       string // the measure that it is a share of; empty where it is a number alone
	Broad    bool   // stands in the tables by unit and by source, too
	Counts   func(h Handled) bool
	Promises []promise.Standing // counts what was promised and stands so, in place of proposals
}

// Number is how many a proposal adds to a measure.
func (m Measure) Number(h Handled) (n int) {
	if m.Counts != nil && m.Counts(h) {
		return 1
	}
	for _, standing := range m.Promises {
		n += h.Promises[standing]
	}
	return n
}

func pleased(opinion string) bool { return opinion == "satisfied" || opinion == "basic" }

// due are the promises of which something can be said: kept, or their day is over.
var due = []promise.Standing{promise.Kept, promise.KeptLate, promise.Broken}

// Measures are all that the report counts, in its order.
var Measures = []Measure{
	{Name: "given", Label: "交办", Broad: true, Counts: func(Handled) bool { return true }},
	{Name: "answered", Label: "已答复", Of: "given", Broad: true, Counts: func(h Handled) bool { return h.Answered }},
	{Name: "in_time", Label: "按期答复", Short: "按期", Of: "answered", Broad: true, Counts: func(h Handled) bool { return h.Answered && !h.Overdue }},
	{Name: "late", Label: "逾期答复", Short: "逾期", Broad: true, Counts: func(h Handled) bool { return h.Answered && h.Overdue }},
	{Name: "open", Label: "还没有答复", Short: "未答复", Broad: true, Counts: Handled.open},
	{Name: "overdue", Label: "没有答复，已经逾期", Short: "未答逾期", Broad: true, Counts: func(h Handled) bool { return h.open() && h.Overdue }},
	{Name: "class_a", Label: "A 类", Of: "answered", Broad: true, Counts: func(h Handled) bool { return h.Class == "A" }},
	{Name: "class_b", Label: "B 类", Of: "answered", Broad: true, Counts: func(h Handled) bool { return h.Class == "B" }},
	{Name: "class_c", Label: "C 类", Of: "answered", Broad: true, Counts: func(h Handled) bool { return h.Class == "C" }},
	{Name: "consulted", Label: "答复前面商", Short: "面商", Of: "answered", Broad: true, Counts: func(h Handled) bool { return h.Answered && h.Consulted }},
	{Name: "heard", Label: "已反馈", Of: "answered", Counts: func(h Handled) bool { return h.Heard }},
	{Name: "attitude", Label: "对办理态度满意、基本满意", Of: "heard", Counts: func(h Handled) bool { return h.Heard && pleased(h.Attitude) }},
	{Name: "result", Label: "对办理结果满意、基本满意", Short: "结果满意", Of: "heard", Broad: true, Counts: func(h Handled) bool { return h.Heard && pleased(h.Result) }},
	{Name: "refused", Label: "反馈过不满意", Of: "heard", Counts: func(h Handled) bool { return h.Refused }},
	{Name: "again", Label: "不满意，已经重新答复", Of: "refused", Counts: func(h Handled) bool { return h.Refused && h.Again }},
	{Name: "key", Label: "重点督办", Counts: func(h Handled) bool { return slices.Contains(h.Flags, Key) }},
	{Name: "hard", Label: "6 个月答复", Counts: func(h Handled) bool { return h.Hard }},
	{Name: "returned", Label: "退件", Counts: func(h Handled) bool { return h.Returned }},
	{Name: "withdrawn", Label: "撤案", Counts: func(h Handled) bool { return h.State == Withdrawn }},
	{Name: "promised", Label: "承诺（项）", Broad: true, Promises: []promise.Standing{promise.Running, promise.Kept, promise.KeptLate, promise.Broken, promise.Replaced, promise.Ended}},
	{Name: "promises_due", Label: "承诺已经到期或者办到（项）", Promises: due},
	{Name: "promises_kept", Label: "承诺按期办到（项）", Short: "按期办到", Of: "promises_due", Broad: true, Promises: []promise.Standing{promise.Kept}},
	{Name: "promises_late", Label: "承诺过期才办到（项）", Of: "promises_due", Promises: []promise.Standing{promise.KeptLate}},
	{Name: "promises_broken", Label: "承诺到期没有办到（项）", Short: "没有办到", Of: "promises_due", Broad: true, Promises: []promise.Standing{promise.Broken}},
}

func (h Handled) open() bool { return !h.Answered && h.State != Withdrawn && h.State != Divided }

// Group is a row of the report: all of a year, those of one source, or those of one unit.
type Group struct {
	Of    string // what chooses it in the address: source:npc, unit:FIN; empty for all
	Label string
	Cases []Handled
}

// Holds are those of the group that a measure counts.
func (g Group) Holds(m Measure) (cases []Handled) {
	for _, h := range g.Cases {
		if m.Number(h) > 0 {
			cases = append(cases, h)
		}
	}
	return cases
}

// Count is how many those are.
func (g Group) Count(m Measure) (n int) {
	for _, h := range g.Cases {
		n += m.Number(h)
	}
	return n
}

// Share is the rate of a measure in percent; false where there is nothing it is a share of.
func (g Group) Share(m Measure) (percent int, ok bool) {
	i := slices.IndexFunc(Measures, func(o Measure) bool { return o.Name == m.Of })
	if i < 0 {
		return 0, false
	}
	return stats.Percent(g.Count(m), g.Count(Measures[i]))
}

// Groups are the rows of the report: the whole, the sources, the units.
func Groups(cases []Handled) (whole Group, sources, units []Group) {
	whole = Group{Label: "合计", Cases: cases}
	for _, s := range Sources {
		if g := (Group{Of: "source:" + s.Value, Label: s.Label}); g.take(cases, func(h Handled) bool { return string(h.Source) == s.Value }) {
			sources = append(sources, g)
		}
	}
	for _, h := range cases {
		of := "unit:" + h.Unit
		if h.Unit == "" {
			of = "unit:" + AnyUnit
		}
		if slices.ContainsFunc(units, func(g Group) bool { return g.Of == of }) {
			continue
		}
		g := Group{Of: of, Label: h.UnitName}
		if h.Unit == "" {
			g.Label = "现在没有单位办"
		}
		g.take(cases, func(o Handled) bool { return o.Unit == h.Unit })
		units = append(units, g)
	}
	slices.SortStableFunc(units, func(a, b Group) int {
		if n := len(b.Cases) - len(a.Cases); n != 0 {
			return n
		}
		return strings.Compare(a.Of, b.Of)
	})
	return whole, sources, units
}

func (g *Group) take(cases []Handled, in func(Handled) bool) bool {
	for _, h := range cases {
		if in(h) {
			g.Cases = append(g.Cases, h)
		}
	}
	return len(g.Cases) > 0
}
