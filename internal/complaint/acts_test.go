package complaint_test

import (
	"fmt"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
	"zhengxin/internal/workflow"
)

// Who of a unit can act is one thing, whoever asks: the ladder, the count of the night and
// the desk that would give the unit more.
func TestThatNobodyOfAUnitCanActIsOneThing(t *testing.T) {
	d := handled(t)
	handler, head := d.People[staff.Handler].ID, d.People[staff.UnitHead].ID
	away := func(who, standIn int64) string {
		return fmt.Sprintf(`INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) VALUES (%d, '2026-03-02', '2026-03-06', nullif(%d, 0), %[1]d, now())`, who, standIn)
	}
	bar := func(who int64) string {
		return fmt.Sprintf(`UPDATE matter SET persons = persons || '{%d}' WHERE number = '%s'`, who, d.number)
	}
	undo := `DELETE FROM absence_end; DELETE FROM absence; UPDATE matter SET persons = '{}'; UPDATE staff SET disabled_at = NULL, password_until = NULL; DELETE FROM staff_bar WHERE unit = 'TOWN'`
	other, _ := d.accepted(complainttest.Intake())
	for _, c := range []struct {
		name string
		sql  []string
		idle bool
		says string // of a unit that is to be given another
	}{
		{"both are there", nil, false, ""},
		{"the head is there alone", []string{away(handler, 0)}, false, "只有一个人，不能自己写自己批"},
		{"the handler is there alone", []string{away(head, 0)}, false, "没有负责人批准"},
		{"the handler stands in for the head", []string{away(head, handler)}, false, "只有一个人，不能自己写自己批"},
		{"both are away", []string{away(head, 0), away(handler, 0)}, true, "没有人能办"},
		{"one is away, one is named", []string{away(handler, 0), bar(head)}, true, "只有一个人，不能自己写自己批"}, // the other does not name them
		{"the first password of one is over", []string{away(handler, 0), fmt.Sprintf(`UPDATE staff SET password_until = '2026-03-01' WHERE id = %d`, head)}, true, "没有人能办"},
		{"it is not over yet", []string{away(handler, 0), fmt.Sprintf(`UPDATE staff SET password_until = '2026-03-03' WHERE id = %d`, head)}, false, "只有一个人，不能自己写自己批"},
		{"one belonged to the accused", []string{away(handler, 0), fmt.Sprintf(`INSERT INTO staff_bar (staff_id, unit, until) VALUES (%d, 'TOWN', '2026-12-31')`, head)}, true, "没有人能办"},
		{"both have gone", []string{`UPDATE staff SET disabled_at = now() WHERE unit = 'FIN'`}, true, "没有人能办"},
	} {
		d.owner(undo)
		for _, sql := range c.sql {
			d.owner(sql)
		}
		for fact, want := range map[string]bool{complaint.Law.Facts["unit_idles"]: c.idle, watch.NoNextStep.Where(complaint.Law): c.idle} {
			args := workflow.AtTime(pg.Args{"n": d.number}, fact, d.Now())
			if got := must(pg.One[bool](t.Context(), d.DB.Worker, `SELECT `+fact+` FROM matter m WHERE m.number = @n`, args)); got != want {
				t.Errorf("%s: %v from %.40s", c.name, got, fact)
			}
		}
		if got := must(other.Desk.Read(t.Context(), d.People[staff.Registrar], other.number)).Staffing[complainttest.Finance].Words(); got != c.says {
			t.Errorf("%s: of the unit it says %q", c.name, got)
		}
	}
	d.owner(undo)
}
