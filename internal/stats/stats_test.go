package stats_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

const day = 24 * time.Hour

// walk does one thing after another to a complaint, as staff do.
func walk(t *testing.T, o *complainttest.Office, number string, steps ...step) {
	t.Helper()
	for _, s := range steps {
		_, err := o.Desk.Move(t.Context(), complaint.Order{
			Number: number, Action: s.action, By: o.People[s.by], Token: complainttest.Token(), Answers: s.answers})
		if err != nil {
			t.Fatalf("%s: %v %v", s.action, err, fault.FieldsOf(err))
		}
	}
}

type step struct {
	by      staff.Role
	action  workflow.Action
	answers complaint.Answers
}

func handled() []step {
	return []step{
		{staff.Registrar, complaint.EnterRegister, nil},
		{staff.Registrar, complaint.Accept, complaint.Answers{"nature": {"RED"}}},
		{staff.Registrar, complaint.Dispatch, complaint.Answers{"lead": {complainttest.Finance}}},
		{staff.Handler, complaint.Sign, nil},
	}
}

func answered(finding string) []step {
	return []step{
		{staff.Handler, complaint.DraftAnswer, complaint.Answers{
			"finding": {finding}, "decision": {"support"}, "facts": {"合同属实。"}, "opinion": {"予以支持。"}, "basis": {"《民法典》"}}},
		{staff.UnitHead, complaint.ApproveAnswer, nil},
		{staff.Supervisor, complaint.Reply, nil},
	}
}

func TestTheYearIsCountedByMonthAndByTheDayPromised(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	file := func() string { return o.File(t, complainttest.Intake()).Number }
	inTime, late, never := file(), file(), file()
	walk(t, o, inTime, append(handled(), answered("substantiated")...)...)
	walk(t, o, late, handled()...)
	walk(t, o, never, handled()...)
	o.Wait(40 * day) // into April, past the thirty days
	walk(t, o, late, answered("partially")...)
	file()
	o.Wait(time.Hour)

	year, err := stats.NewBook(o.DB.Portal, o.Now).Year(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	march := stats.Counts{Received: 3, Answered: 1, OnTime: 1, Upheld: 1}
	april := stats.Counts{Received: 1, Answered: 1}
	want := stats.Year{
		At: o.Now(), Year: 2026, Overdue: 1, Total: stats.Counts{Received: 4, Answered: 2, OnTime: 1, Upheld: 1},
		Months: []stats.Month{
			{Month: clock.NewDate(2026, 1, 1)}, {Month: clock.NewDate(2026, 2, 1)},
			{Month: clock.NewDate(2026, 3, 1), Counts: march}, {Month: clock.NewDate(2026, 4, 1), Counts: april},
		},
	}
	if diff := cmp.Diff(want, year); diff != "" {
		t.Error(diff)
	}
}

func TestLastYearIsNotCountedAndTheYearBeginsInChina(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	for at, want := range map[time.Time]int64{
		time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC): 1, // the last second of the year in China
		time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC):   0,
	} {
		year, err := stats.NewBook(o.DB.Portal, func() time.Time { return at }).Year(t.Context())
		if err != nil || year.Total.Received != want || year.Year != clock.On(at).Year {
			t.Errorf("at %s: %d in %d, %v", at, year.Total.Received, year.Year, err)
		}
	}
}

func TestASmallNumberAboutAUnitNeverLeavesTheDatabase(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var numbers []string
	for range stats.Floor {
		numbers = append(numbers, o.File(t, complainttest.Intake()).Number)
	}
	for _, n := range numbers {
		walk(t, o, n, handled()...)
	}
	for _, n := range numbers[1:] {
		walk(t, o, n, answered("mostly")...)
	}
	book := func() stats.Units {
		t.Helper()
		u, err := stats.NewBook(o.DB.Portal, o.Now).Units(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	if got := book().ByCode; len(got) != 0 {
		t.Errorf("today's complaints are counted today: %+v", got)
	}
	o.Wait(40 * day)
	got := book()
	few, five := stats.Count{Few: true}, stats.Count{N: stats.Floor}
	if diff := cmp.Diff(stats.Unit{Accused: five, AccusedAnswered: few, AccusedUpheld: few}, got.ByCode[complainttest.Town]); diff != "" {
		t.Errorf("the accused: %s", diff)
	}
	if diff := cmp.Diff(stats.Unit{Handled: few, HandlingOverdue: few}, got.ByCode[complainttest.Finance]); diff != "" {
		t.Errorf("the one that answers: %s", diff)
	}
	if got.From != clock.On(o.Now()).AddMonths(-12) || got.To != clock.On(o.Now()).AddDays(-1) {
		t.Errorf("counted from %s to %s", got.From, got.To)
	}
	walk(t, o, numbers[0], answered("unsubstantiated")...)
	o.Wait(day)
	if diff := cmp.Diff(stats.Unit{Handled: five, HandledLate: few}, book().ByCode[complainttest.Finance]); diff != "" {
		t.Errorf("after the fifth, late: %s", diff)
	}
	raw, err := pg.One[int64](t.Context(), o.DB.Portal, `SELECT count(*) FROM public_unit_statistics('2026-06-01') WHERE n < 5`, nil)
	if err != nil || raw != 0 {
		t.Errorf("small numbers given out: %d, %v", raw, err)
	}
}

func TestAnAccusationIsNotCountedAgainstAUnit(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	for range stats.Floor {
		walk(t, o, o.File(t, complainttest.Intake()).Number, handled()[:1]...)
	}
	walk(t, o, o.File(t, complainttest.Intake()).Number, step{staff.Registrar, complaint.EnterRegister, nil},
		step{staff.Registrar, complaint.Accept, complaint.Answers{"nature": {"ACC"}}})
	o.Wait(day)
	u, err := stats.NewBook(o.DB.Portal, o.Now).Units(t.Context())
	if err != nil || u.ByCode[complainttest.Town].Accused.N != stats.Floor {
		t.Errorf("%+v, %v", u.ByCode, err)
	}
}

func TestThePortalStillReadsNoComplaint(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	for _, table := range []string{"matter", "complaint", "clock", "answer", "assignment"} {
		if n, err := pg.One[int64](t.Context(), o.DB.Portal, `SELECT count(*) FROM `+table, nil); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
}

func TestOpenDataIsInertInASpreadsheet(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "＝1": "'＝1", "2026-03": "2026-03", "收到": "收到", "": "", "0": "0",
	} {
		if got := stats.Inert(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
	year := stats.Year{
		At: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Year: 2026, Overdue: 2,
		Months: []stats.Month{{Month: clock.NewDate(2026, 1, 1), Counts: stats.Counts{Received: 7, Imported: 2, Answered: 5, OnTime: 3, Upheld: 1}}},
		Total:  stats.Counts{Received: 7, Imported: 2, Answered: 5, OnTime: 3, Upheld: 1},
	}
	table, err := year.CSV()
	want := "\uFEFF月份,收到,其中批量导入,答复,按期答复,逾期答复,查实或基本查实\r\n2026-01,7,2,5,3,2,1\r\n"
	if diff := cmp.Diff(want, string(table)); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	raw, err := year.JSON()
	if err != nil || !json.Valid(raw) || !strings.Contains(string(raw), `"overdue_now": 2`) || !strings.Contains(string(raw), `"generated_at": "2026-01-05T00:00:00Z"`) {
		t.Errorf("%s %v", raw, err)
	}
}
