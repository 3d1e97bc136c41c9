package complaint_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"zhengxin/internal/alert"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// sealedOffice is an office with as many sealed complaints.
type sealedOffice struct {
	*complainttest.Office
	t       *testing.T
	numbers []string
}

func newSealed(t *testing.T, n int) *sealedOffice {
	t.Helper()
	t.Parallel()
	o := &sealedOffice{Office: complainttest.New(t), t: t}
	for range n {
		o.numbers = append(o.numbers, o.File(t, complainttest.Intake()).Number)
	}
	return o
}

func (o *sealedOffice) opens(by staff.Role, number, reason string) error {
	opened, err := o.Desk.OpenIdentity(o.t.Context(), workflow.Order{Number: number, By: o.People[by], Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {reason}}}, o.Keys.Office)
	if err != nil && opened.Person.Name != "" {
		o.t.Error("refused, and shown")
	}
	return err
}

// alerts are what waits for the auditor: kind and how often.
func (o *sealedOffice) alerts() map[alert.Kind]int {
	o.t.Helper()
	lines, err := alert.Waiting(o.t.Context(), o.DB.Admin, o.People[staff.Auditor], 100)
	if err != nil {
		o.t.Fatal(err)
	}
	n := map[alert.Kind]int{}
	for _, l := range lines {
		n[l.Kind] += l.Count
	}
	return n
}

func (o *sealedOffice) openings() int {
	o.t.Helper()
	n, err := pg.One[int](o.t.Context(), o.DB.Owner, `SELECT count(*) FROM identity_opening`, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}

func TestFifteenIdentitiesAtOnceAreFiveAndAnAlert(t *testing.T) {
	o := newSealed(t, 15)
	var all sync.WaitGroup
	refused := make(chan error, len(o.numbers))
	for _, number := range o.numbers {
		all.Go(func() { refused <- o.opens(staff.Registrar, number, "核实身份 "+number) })
	}
	all.Wait()
	close(refused)
	n := 0
	for err := range refused {
		if err == nil {
			continue
		}
		n++
		if !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "1 小时内已经打开了 5 次") || !strings.Contains(err.Error(), "3月2日 11:01 以后") ||
			!strings.Contains(err.Error(), "另一位登记员") || !strings.Contains(err.Error(), "审计员看得到") {
			t.Errorf("says %v", err)
		}
	}
	if n != 10 || o.openings() != 5 {
		t.Errorf("%d refused, %d opened", n, o.openings())
	}
	if got := o.alerts(); got[alert.OverBudget] != 10 || len(got) != 1 {
		t.Errorf("the auditor is told %v", got)
	}
	if err := o.opens(staff.Supervisor, o.numbers[0], "等着打电话"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	o.Wait(time.Hour + time.Second)
	if err := o.opens(staff.Registrar, o.numbers[14], "还要核实"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

func TestNobodyOpensMoreThanTwentyIdentitiesInADay(t *testing.T) {
	o := newSealed(t, 1)
	for i := range 20 {
		if err := o.opens(staff.Registrar, o.numbers[0], "核实第 "+strings.Repeat("一", i+1)+" 笔"); err != nil {
			t.Fatal(i, err)
		}
		o.Wait(20 * time.Minute)
	}
	err := o.opens(staff.Registrar, o.numbers[0], "再核实")
	if !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "24 小时内已经打开了 20 次") {
		t.Errorf("the twenty-first: %v", err)
	}
}

func TestTheBudgetIsTheNewestThatIsInForce(t *testing.T) {
	o := newSealed(t, 1)
	if _, err := o.DB.Owner.Exec(t.Context(), `
		INSERT INTO opening_budget VALUES ('2026-03-01', 1, 1, 2, '08:00', '18:00'), ('2026-03-03', 9, 9, 9, '08:00', '18:00')`); err != nil {
		t.Fatal(err)
	}
	if err := o.opens(staff.Registrar, o.numbers[0], "核实"); err != nil {
		t.Fatal(err)
	}
	if err := o.opens(staff.Registrar, o.numbers[0], "核实二"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the second of one: %v", err)
	}
}

func TestTheSameWordsAgainAndAgainAreAnAlert(t *testing.T) {
	o := newSealed(t, 4)
	for i, reason := range []string{"核实合同金额", "核实合同金额。", "核实 合同金额", "打电话约时间"} {
		if err := o.opens(staff.Registrar, o.numbers[i], reason); err != nil {
			t.Fatal(err)
		}
		if got, want := o.alerts()[alert.SameReason], max(0, min(i-1, 1)); got != want {
			t.Errorf("after %q: %d alerts, want %d", reason, got, want)
		}
	}
}

func TestAnOpeningWhileTheOfficeIsClosedIsAnAlert(t *testing.T) {
	for name, later := range map[string]time.Duration{
		"at eleven in the evening": 13 * time.Hour,
		"on a Saturday":            5 * 24 * time.Hour,
		"on a holiday":             60 * 24 * time.Hour, // 1 May
	} {
		t.Run(name, func(t *testing.T) {
			o := newSealed(t, 1)
			o.Wait(later)
			if err := o.opens(staff.Supervisor, o.numbers[0], "投诉人被人上门威胁"); err != nil {
				t.Fatal(err)
			}
			if got := o.alerts(); got[alert.OffHours] != 1 {
				t.Errorf("the auditor is told %v", got)
			}
		})
	}
}

func TestAnAlertIsNeverThePersonsOwnToSee(t *testing.T) {
	o := newSealed(t, 1)
	o.Wait(13 * time.Hour)
	if err := o.opens(staff.Registrar, o.numbers[0], "核实"); err != nil {
		t.Fatal(err)
	}
	// The registrar becomes an auditor afterwards.
	self := o.People[staff.Registrar]
	self.Role = staff.Auditor
	lines, err := alert.Waiting(t.Context(), o.DB.Admin, self, 10)
	if err != nil || len(lines) != 0 {
		t.Errorf("shown to themselves: %v %v", lines, err)
	}
	id, err := pg.One[int64](t.Context(), o.DB.Owner, `SELECT id FROM alert`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := alert.See(t.Context(), o.DB.Admin, self, id, o.Now()); err != nil || o.alerts()[alert.OffHours] != 1 {
		t.Errorf("put away by themselves: %v", err)
	}
	if _, err := o.DB.Admin.Exec(t.Context(), `INSERT INTO alert_seen SELECT id, staff_id, staff_id, now() FROM alert`); pg.Code(err) != "23514" {
		t.Errorf("by a statement: %v", err)
	}
	auditor := o.People[staff.Auditor]
	if err := alert.See(t.Context(), o.DB.Admin, auditor, id, o.Now()); err != nil || len(o.alerts()) != 0 {
		t.Errorf("seen by the auditor: %v, %v wait", err, o.alerts())
	}
	seen, err := alert.Seen(t.Context(), o.DB.Admin, auditor, 0, 10)
	if err != nil || len(seen) != 1 || seen[0].SeenBy != auditor.Name {
		t.Errorf("on the record: %+v %v", seen, err)
	}
	for _, sql := range []string{`DELETE FROM alert`, `UPDATE alert SET kind = 'off_hours'`, `DELETE FROM alert_seen`, `UPDATE alert_seen SET seen_at = now()`, `UPDATE opening_budget SET per_hour = 500`} {
		if _, err := o.DB.Admin.Exec(t.Context(), sql); pg.Code(err) != "42501" {
			t.Errorf("%s: %v", sql, err)
		}
	}
}
