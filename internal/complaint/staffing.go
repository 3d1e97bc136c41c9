package complaint

import (
	"context"
	"fmt"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Staffing is who of a unit could work on a complaint: accounts that can be come
// into, of people whom its words do not name.
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

// staffingSQL is the staffing of each unit that has any, for the matter whose
// persons, as an expression, belong between its halves.
const (
	staffingSQL = `
		SELECT s.unit, count(*) FILTER (WHERE s.role = 'handler') AS handlers, count(*) FILTER (WHERE s.role = 'unit_head') AS heads
		FROM staff s WHERE s.role IN ('handler', 'unit_head') AND s.unit IS NOT NULL AND may_come_in(s) AND s.id <> ALL (coalesce(`
	staffingGroups = `, '{}')) GROUP BY s.unit`
)

// staffed asks before a complaint is given to a unit where nobody could work on it:
// it would lie there, and the clocks would run. Of a barred unit nothing is asked;
// the database refuses it.
func staffed(ctx context.Context, s *workflow.Step, a Answers, name func(code string) string) error {
	if a.Get("anyway") == "yes" {
		return nil
	}
	lead := a.Get("lead")
	rows, err := pg.All[Staffing](ctx, s.Conn, `
		SELECT u AS unit, count(s.id) FILTER (WHERE s.role = 'handler') AS handlers, count(s.id) FILTER (WHERE s.role = 'unit_head') AS heads
		FROM matter m CROSS JOIN unnest(@units::text[]) WITH ORDINALITY AS c (u, nth)
			LEFT JOIN staff s ON s.unit = u AND s.role IN ('handler', 'unit_head') AND may_come_in(s) AND s.id <> ALL (m.persons)
		WHERE m.id = @id AND NOT unit_bars(u) && (m.named || m.meant)
		GROUP BY u, nth ORDER BY nth`, pg.Args{"id": s.Matter.ID, "units": chosen(append([]string{lead}, a["co"]...))})
	if err != nil {
		return fmt.Errorf("who could work on it: %w", err)
	}
	var said []string
	for _, unit := range rows {
		if enough := unit.Helps() && unit.Unit != lead || unit.Leads(); !enough {
			said = append(said, name(unit.Unit)+unit.Words())
		}
	}
	if len(said) == 0 {
		return nil
	}
	return fault.Fields([]fault.Field{{Name: "anyway", Sentence: strings.Join(said, "；") + "，派过去会停在那里。请换一个单位，或者确认仍然派"}})
}
