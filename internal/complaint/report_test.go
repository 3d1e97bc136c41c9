package complaint_test

import (
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
)

// counted is what the report says to a role of this year.
func (d *desk) counted(who staff.Role) *register.Sheet {
	d.t.Helper()
	return must(d.Desk.CountReport(d.t.Context(), d.People[who].Scope(), register.Filter{Since: clock.NewDate(2026, 1, 1), Until: clock.NewDate(2026, 12, 31)}))
}

// figuresAre holds the figures of some matters to what they should be; those not named are 0.
func figuresAre(t *testing.T, of register.Sums, figures []register.Figure, want map[string]int) {
	t.Helper()
	for _, f := range figures {
		if got := of.Count(f.Name); got != want[f.Name] {
			t.Errorf("%s is %d, want %d", f.Name, got, want[f.Name])
		}
	}
}

// One answered in time, one answered late, one late and not answered, one whose term goes
// on, one that was withdrawn: only the first three are in a rate.
func TestOnlyTermsThatAreDueAreInARate(t *testing.T) {
	d := newDesk(t) // goes on: nobody has taken it up
	inTime := d.toReplied()
	if err := d.own(inTime)(complaint.Rate, "rating", "satisfied", "solved", "solved"); err != nil {
		t.Fatal(err)
	}
	gone := d.File(t, complainttest.Intake())
	d.number = gone.Number
	if err := d.own(gone)(complaint.Withdraw); err != nil {
		t.Fatal(err)
	}
	for range 2 { // two come to be late
		d.number = d.File(t, complainttest.Intake()).Number
		d.toHandling()
	}
	d.Wait(2 * 24 * time.Hour)
	if err := d.ask("5"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.UnitHead, extension.Grant, "count", "5", "public", "工程量大")
	figuresAre(t, d.counted(staff.Leader).Whole, d.counted(staff.Leader).Figures, map[string]int{
		register.FigureReceived: 5, register.FigureAnswered: 1, register.FigureInTime: 1, register.FigureDue: 1, register.FigureOpen: 3, register.FigureOpenInTime: 3,
		"ended": 1, "satisfied": 1, "found_true": 1, "extended": 1, "office_late": 1, // nobody has taken it up
	})
	d.Wait(90 * 24 * time.Hour)
	d.sweep()
	d.do(staff.Registrar, ladder.Chase, "note", "请答复。")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.Wait(24 * time.Hour)
	d.do(staff.Supervisor, complaint.Reply)
	sheet := d.counted(staff.Leader)
	late := map[string]int{
		register.FigureReceived: 3, register.FigureAnswered: 2, register.FigureInTime: 1, register.FigureLate: 1, register.FigureOverdue: 1, register.FigureDue: 3, register.FigureOpen: 1,
		"satisfied": 1, "unrated": 1, "found_true": 2, "extended": 1, "chased": 1,
	}
	units := sheet.By(func(m register.Counted) string { return m.Lead })
	if len(units) != 2 || units[0].Key != "" || units[1].Key != complainttest.Finance {
		t.Fatalf("%d units", len(units))
	}
	figuresAre(t, units[1], sheet.Figures, late)
	own := d.counted(staff.Handler)
	figuresAre(t, own.Whole, own.Figures, late)
	unit, office := units[1].Spent(register.UnitDays), units[1].Spent(register.OfficeDays)
	if unit.Matters != 2 || unit.Longest < 91.9 || unit.Longest > 92.1 || unit.Number != d.number || unit.Median < 45 || unit.Median > 47 {
		t.Errorf("the unit's time is %+v", unit)
	}
	if office.Longest < 0.9 || office.Longest > 1.1 {
		t.Errorf("the office's time is %+v", office)
	}
	if other := d.counted(staff.Auditor); d.People[staff.Auditor].ID != 0 && len(other.Whole.Matters) != 5 {
		t.Errorf("an auditor counts %d", len(other.Whole.Matters))
	}
}

// The answer of one unit is never another's: what is taken up again counts for whoever has it
// now and is open, what was answered counts for who answered, also for what was joined; and
// what a unit handed in within its term is late at the office.
func TestAnAnswerCountsForWhoeverGaveIt(t *testing.T) {
	d := newDesk(t)
	receipt := d.File(t, complainttest.Intake())
	d.number = receipt.Number
	d.toHandling()
	joined, _ := d.accepted(complainttest.Intake())
	joined.do(staff.Registrar, complaint.Join, "main", d.number)
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.Wait(90 * aDay)
	d.do(staff.Supervisor, complaint.Reply)
	must(d.worker().RunTimed(t.Context(), complaint.Law))
	of := func(unit string) register.Sums {
		t.Helper()
		sheet := d.counted(staff.Leader)
		for _, g := range sheet.By(func(m register.Counted) string { return m.Lead }) {
			if g.Key == unit {
				return g
			}
		}
		return sheet.None(unit)
	}
	figures := d.counted(staff.Leader).Figures
	figuresAre(t, of(complainttest.Finance), figures, map[string]int{register.FigureReceived: 2, register.FigureAnswered: 2, register.FigureDue: 2, register.FigureLate: 2, register.FigureOfficeLate: 1, "unrated": 2, "found_true": 2})
	d.Wait(aDay)
	if err := d.own(receipt)(complaint.Contest, "note", "没有付钱"); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Leader, complaint.ReopenElsewhere, "note", "换单位")
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Justice)
	figuresAre(t, of(complainttest.Justice), figures, map[string]int{register.FigureReceived: 1, register.FigureOpen: 1, register.FigureOpenInTime: 1})
	figuresAre(t, of(complainttest.Finance), figures, map[string]int{register.FigureReceived: 1, register.FigureAnswered: 1, register.FigureDue: 1, register.FigureLate: 1, "unrated": 1, "found_true": 1})
	listed := must(d.Desk.List(t.Context(), d.People[staff.Leader].Scope(), register.Filter{Figure: register.FigureOpen, Lead: complainttest.Justice}, register.Cursor{}))
	if len(listed.Rows) != 1 || listed.Rows[0].Number != d.number {
		t.Errorf("the list behind the number is %+v", listed.Rows)
	}
}
