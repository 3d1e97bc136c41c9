package register

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

// Counted is a matter as a report counts it.
type Counted struct {
	ID       int64
	Number   string
	Lead     string // the unit that answered it, or, while it is not answered, leads it; empty where none does
	Category string
	OpenedAt time.Time
	Holds    []bool   // in the order of Kind.ReportFigures
	Unit     *float64 // days that it was with the unit until it was answered; nil while it is not
	Office   *float64 // and with the office
}

// CountReport is what a report counts of the matters that a filter chooses: one statement with a
// row for each, so that sums by unit, category and month cannot differ from the whole.
func (r *Register) CountReport(ctx context.Context, scope staff.Scope, f Filter) (*Sheet, error) {
	now := r.Engine.Now()
	lead := f.Lead
	f.Lead = "" // it is counted for whom it counts for, not for whom it is with
	q := r.Kind.query(f, scope, now, "f_")
	q.filter.Lead = lead
	q.add(r.Kind.Report.counts() + q.led())
	all := r.Kind.ReportFigures()
	holds := make([]string, len(all))
	for i, figure := range all {
		holds[i] = `(` + strings.ReplaceAll(figure.where, countedAt, countedAt+`::timestamptz`) + `)`
	}
	q.args[countedAt[1:]] = now
	found, err := pg.All[Counted](ctx, r.Pool, `
		SELECT m.id, m.number, coalesce(x.led, '') AS lead,
			coalesce(m.category, '') AS category, m.opened_at, ARRAY[`+strings.Join(holds, `, `)+`] AS holds, h.unit, h.office
		FROM matter m CROSS JOIN LATERAL `+r.Kind.Report.facts()+` LEFT JOIN LATERAL `+r.Kind.held()+` ON x.seq IS NOT NULL
		WHERE `+q.conditions(scope), scope.With(q.args))
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &Sheet{Figures: all, Whole: Sums{Matters: found, figures: all}}, nil
}

// held is the FROM item h: for how many days the answered matter was with whom, by the
// states that it went through. What waited for somebody outside is nobody's time.
func (k *Kind) held() string {
	with := func(holders ...workflow.Holder) string {
		var states []workflow.State
		for _, s := range k.Law.States {
			if slices.Contains(holders, s.With) {
				states = append(states, s.State)
			}
		}
		return `coalesce(sum(extract(epoch FROM xh.left_at - xh.at)) FILTER (WHERE xh.to_state IN (` + quoted(states) + `)), 0)::float8 / 86400`
	}
	return `(SELECT ` + with(workflow.WithLead, workflow.WithLeadHead) + ` AS unit, ` + with(workflow.WithDesk) + ` AS office
		FROM (SELECT xe.to_state, xe.at, lead(xe.at) OVER (ORDER BY xe.seq) AS left_at FROM event xe WHERE xe.matter_id = m.id AND xe.seq <= x.seq) xh) h`
}

// Sheet is a report that was counted.
type Sheet struct {
	Figures []Figure
	Whole   Sums
}

// Sums are some of the matters of a report.
type Sums struct {
	Key     string // of the group: a unit, a category, the first day of a month; empty is none
	Matters []Counted
	figures []Figure
}

// Count is how many a figure counts.
func (s Sums) Count(name string) (n int) {
	i := slices.IndexFunc(s.figures, func(f Figure) bool { return f.Name == name })
	for _, m := range s.Matters {
		if m.Holds[i] {
			n++
		}
	}
	return n
}

// Share is the rate of a figure in percent; false where there is nothing it is a share of.
func (s Sums) Share(f Figure) (percent int, ok bool) {
	if f.Of == "" {
		return 0, false
	}
	return stats.Percent(s.Count(f.Name), s.Count(f.Of))
}

// By are the matters in groups, in the order of the keys.
func (s *Sheet) By(key func(Counted) string) (groups []Sums) {
	at := map[string]int{}
	for _, m := range s.Whole.Matters {
		k := key(m)
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k], groups = i, append(groups, Sums{Key: k, figures: s.Figures})
		}
		groups[i].Matters = append(groups[i].Matters, m)
	}
	slices.SortFunc(groups, func(a, b Sums) int { return strings.Compare(a.Key, b.Key) })
	return groups
}

// None is a group in which there is nothing.
func (s *Sheet) None(key string) Sums { return Sums{Key: key, figures: s.Figures} }

// ByMonth is the key of the month in which a matter was received.
func ByMonth(m Counted) string { return FirstOfMonth(clock.On(m.OpenedAt)).String() }

// FirstOfMonth is the first day of the month of a day.
func FirstOfMonth(d clock.Date) clock.Date { return clock.NewDate(d.Year, d.Month, 1) }

// Days is how long answered matters were with somebody.
type Days struct {
	Matters int
	Median  float64
	Longest float64
	Number  string // of the matter that was there longest
}

// Spent is how long the answered matters of these were with the unit, or with the office.
func (s Sums) Spent(with func(Counted) *float64) (d Days) {
	var all []float64
	for _, m := range s.Matters {
		days := with(m)
		if days == nil {
			continue
		}
		all = append(all, *days)
		if d.Number == "" || *days > d.Longest {
			d.Longest, d.Number = *days, m.Number
		}
	}
	if len(all) == 0 {
		return Days{}
	}
	slices.Sort(all)
	d.Matters, d.Median = len(all), (all[(len(all)-1)/2]+all[len(all)/2])/2
	return d
}

// UnitDays and OfficeDays are the time of either in a matter.
func UnitDays(m Counted) *float64   { return m.Unit }
func OfficeDays(m Counted) *float64 { return m.Office }
