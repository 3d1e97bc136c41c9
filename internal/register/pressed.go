package register

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
)

// pressed is an SQL expression for a matter p of a page: what was done on the ladder, in the
// view of what was pressed; elsewhere nobody asks.
func (q *query) pressed() string {
	if q.filter.View != ViewPressed {
		return `NULL::jsonb`
	}
	return `(SELECT jsonb_build_object(
			'Chased', count(*) FILTER (WHERE pe.action = 'chase'), 'At', max(pe.at) FILTER (WHERE pe.action = 'chase'),
			'Supervised', count(*) FILTER (WHERE pe.action = 'supervise'), 'Talked', count(*) FILTER (WHERE pe.action = 'talk'), 'Circulated', count(*) FILTER (WHERE pe.action = 'circulate'),
			'By', (SELECT pc.due_on FROM clock pc WHERE pc.matter_id = p.id AND pc.rule = '` + string(clock.Supervised) + `' ORDER BY pc.id DESC LIMIT 1))
		FROM event pe WHERE pe.matter_id = p.id AND pe.action IN ('chase', 'supervise', 'talk', 'circulate'))`
}

// pressedWords say it: how often, when last, and by which day the unit is to answer.
func pressedWords(raw []byte, today clock.Date) (string, error) {
	if len(raw) == 0 {
		return "", nil
	}
	var p struct {
		Chased, Supervised, Talked, Circulated int
		At                                     *time.Time
		By                                     clock.Date
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return "", fmt.Errorf("how it was pressed: %w", err)
	}
	var said []string
	add := func(word string, n int, more string) {
		if n > 0 {
			said = append(said, word+" "+strconv.Itoa(n)+"\u00a0次"+more)
		}
	}
	last, by := "", ""
	if p.At != nil {
		last = "，最近 " + clock.On(*p.At).Near(today)
	}
	if !p.By.IsZero() {
		by = "，限到 " + p.By.Near(today)
	}
	add("催办", p.Chased, last)
	if p.Talked > 0 {
		add("督办", p.Supervised, "")
		add("约谈", p.Talked, by)
	} else {
		add("督办", p.Supervised, by)
	}
	add("通报", p.Circulated, "")
	return strings.Join(said, "；"), nil
}
