package complaint_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

func (d *desk) flags() string {
	d.t.Helper()
	return must(pg.One[string](d.t.Context(), d.DB.Owner, `SELECT array_to_string(ARRAY(SELECT f FROM unnest(flags) f WHERE f NOT IN ('reachable') ORDER BY f), ' ') FROM matter WHERE number = @n`, pg.Args{"n": d.number}))
}

// sweep runs the sweep twice, since the second time does nothing, and says how many moves it
// did apart from the warnings of what the office itself owes: see officeSweep.
func (d *desk) sweep() int {
	d.t.Helper()
	all, office := d.swept()
	return all - office
}

// officeSweep is sweep with what it warned the office of alone.
func (d *desk) officeSweep() int {
	d.t.Helper()
	_, office := d.swept()
	return office
}

func (d *desk) swept() (all, office int) {
	d.t.Helper()
	warned := func() int {
		return must(pg.One[int](d.t.Context(), d.DB.Owner, `SELECT count(*) FROM event WHERE action LIKE 'office\_%'`, nil))
	}
	before := warned()
	all = must(d.worker().RunTimed(d.t.Context(), complaint.Law))
	if again := must(d.worker().RunTimed(d.t.Context(), complaint.Law)); again != 0 {
		d.t.Errorf("a second sweep did %d more", again)
	}
	return all, warned() - before
}

// until lets time pass to the morning of a day.
func (d *desk) until(day string) {
	d.t.Helper()
	d.Wait(must(clock.ParseDate(day)).Begins().Add(10 * time.Hour).Sub(d.Now()))
}

func (d *desk) inView(name string, who staff.Role) bool {
	d.t.Helper()
	page := must(d.Desk.List(d.t.Context(), d.People[who].Scope(), register.Filter{View: name, Person: d.People[who]}, register.Cursor{}))
	return len(page.Rows) == 1 && page.Rows[0].Number == d.number
}

// Due on Wednesday, 1 April: the rungs are counted in working days, and 6 April is off.
func TestALateUnitIsPressedRungByRung(t *testing.T) {
	d := handled(t)
	d.until("2026-03-30")
	if d.sweep() != 0 {
		t.Error("two working days before the end, it warns")
	}
	_, err := d.try(staff.Supervisor, ladder.Supervise, "by_year", "2026", "by_month", "4", "by_day", "8", "note", "抓紧")
	refused(t, err, "还没有逾期")
	d.until("2026-03-31")
	if d.sweep() != 1 || d.flags() != "" || d.letters("due_soon") != 1 {
		t.Errorf("one working day before: %q", d.flags())
	}
	d.until("2026-04-01")
	if d.sweep() != 0 {
		t.Error("on its last day it is late")
	}
	d.until("2026-04-02")
	if d.sweep() != 1 || d.flags() != "late to_chase" || !d.inView("to_chase", staff.Supervisor) || d.inView("to_supervise", staff.Supervisor) {
		t.Errorf("the day after: %q", d.flags())
	}
	d.do(staff.Registrar, ladder.Chase, "note", "请在本周内报答复稿。")
	if d.flags() != "chased late" || !d.inView("pressed", staff.Supervisor) || d.inView("to_chase", staff.Supervisor) {
		t.Errorf("chased: %q", d.flags())
	}
	read := must(d.Desk.Read(t.Context(), d.People[staff.Handler], d.number))
	if read.Events[0].Note != "请在本周内报答复稿。" {
		t.Errorf("the unit reads %q", read.Events[0].Note)
	}
	d.until("2026-04-08") // four working days after: 2, 3, 7, 8
	if d.sweep() != 0 {
		t.Error("four working days after, it proposes to supervise")
	}
	d.until("2026-04-09")
	if d.sweep() != 1 || d.flags() != "chased late to_supervise" || !d.inView("to_supervise", staff.Leader) {
		t.Errorf("five working days after: %q", d.flags())
	}
	supervise := func(day string) {
		d.do(staff.Supervisor, ladder.Supervise, "by_year", "2026", "by_month", "4", "by_day", day, "note", "推诿拖延，限期答复。")
	}
	supervise("15")
	if said := d.told(ladder.Supervise); said != "监督办公室对承办单位发出督办，要求在2026年4月15日以前答复。" || d.flags() != "chased late supervised" {
		t.Errorf("supervised: %q %q", said, d.flags())
	}
	d.until("2026-04-16")
	if d.sweep() != 1 || d.flags() != "chased late supervised to_supervise" || d.told(ladder.Unheeded) != "承办单位到2026年4月15日还没有答复。" {
		t.Errorf("unheeded: %q %q", d.flags(), d.told(ladder.Unheeded))
	}
	d.until("2026-04-22")
	talk := []string{"on_year", "2026", "on_month", "4", "on_day", "22", "who", "林副主任、何敏", "whom", "财政局局长", "by_year", "2026", "by_month", "4", "by_day", "28", "note", "承诺月底前答复。"}
	_, err = d.try(staff.Leader, ladder.Talk, talk...)
	refused(t, err, "没有到约谈的地步")
	supervise("23")
	d.until("2026-04-24")
	if d.sweep() != 1 || !strings.Contains(d.flags(), "to_talk") {
		t.Errorf("unheeded twice: %q", d.flags())
	}
	d.do(staff.Leader, ladder.Talk, talk...)
	d.until("2026-04-29")
	if d.sweep() != 1 || !strings.Contains(d.flags(), "to_circulate") || strings.Contains(d.flags(), "to_talk") {
		t.Errorf("after the talk: %q", d.flags())
	}
	d.do(staff.Leader, ladder.Circulate, "note", "演督〔2026〕1号，发各单位。")
	if d.flags() != "chased late supervised" || d.inView("to_supervise", staff.Leader) {
		t.Errorf("circulated: %q", d.flags())
	}
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	if got := d.flags(); got != "answered chased substantiated supervised" {
		t.Errorf("answered: %q", got)
	}
}

// A worker that stood still for weeks warns of nothing that is over; a term that was made
// longer is warned of anew; what is proposed is of the unit that has the matter.
func TestTheLadderFollowsTheTermAndTheUnit(t *testing.T) {
	d := handled(t)
	d.until("2026-03-31")
	if d.sweep() != 1 {
		t.Error("it does not warn")
	}
	if err := d.ask("10"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.UnitHead, extension.Grant, "count", "10", "public", "要核")
	if d.sweep() != 0 {
		t.Error("it warns of a day that has moved")
	}
	d.until("2026-04-10") // a Friday; the last day is Monday, 13 April
	if d.sweep() != 1 || d.letters("due_soon") != 2 {
		t.Errorf("the new day: %d letters", d.letters("due_soon"))
	}
	d.until("2026-05-11")
	if d.sweep() != 2 || d.letters("due_soon") != 2 || d.flags() != "late to_supervise" {
		t.Errorf("weeks later: %d letters, %q", d.letters("due_soon"), d.flags())
	}
	d.do(staff.Supervisor, ladder.Supervise, "by_year", "2026", "by_month", "5", "by_day", "20", "note", "限期答复。")
	d.do(staff.Registrar, complaint.Recall, "note", "一直没有动静，另派单位。")
	if d.flags() != "late supervised" || !d.kept(clock.Supervised).Stopped {
		t.Errorf("taken back: %q", d.flags())
	}
	// Whoever gets it late is chased at once, and not supervised before its own five days.
	d.Wait(time.Minute)
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	if d.sweep() != 1 || d.flags() != "late supervised to_chase" {
		t.Errorf("given to another: %q", d.flags())
	}
	d.until("2026-05-15")
	if d.sweep() != 0 {
		t.Errorf("four working days later: %q", d.flags())
	}
	d.until("2026-05-19")
	if d.sweep() != 1 || d.flags() != "late supervised to_supervise" {
		t.Errorf("after five: %q", d.flags())
	}
}
