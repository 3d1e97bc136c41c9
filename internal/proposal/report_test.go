package proposal_test

import (
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// counts are what the report of a year says of a group, where it says something.
func (b *bench) counts(year int, group string) map[string]int {
	b.t.Helper()
	cases, err := b.proposals.Report(b.t.Context(), b.People[staff.Supervisor], year)
	if err != nil {
		b.t.Fatal(err)
	}
	whole, sources, units := proposal.Groups(cases)
	counted := map[string]int{}
	for _, g := range append(append([]proposal.Group{whole}, sources...), units...) {
		for _, m := range proposal.Measures {
			if n := g.Count(m); g.Of == group && n > 0 {
				counted[m.Name] = n
			}
		}
	}
	return counted
}

func TestTheReportCountsAYear(t *testing.T) {
	b := newBench(t)
	year := complainttest.Monday.Year()
	if got := b.counts(year, ""); len(got) != 0 {
		t.Errorf("of nothing it counts %v", got)
	}
	// Dissatisfied with a class B answer, answered again and content.
	b.entered(entry())
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	b.do(staff.Handler, proposal.Sign)
	b.toServed(drafted())
	b.do(staff.Registrar, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "none", "public", "太晚。")
	b.do(staff.Handler, proposal.TakeUpAgain)
	b.toServed(drafted("draft", "1"))
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none")
	// One that is late and not answered, of a committee member, for six months.
	b.entered(entry("source", "cppcc", "term", "十", "serial", "7", "signers", "林溪"))
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Justice, "hard", "yes")
	b.do(staff.Supervisor, proposal.MarkKey, "note", "主席会议确定")
	// One that was withdrawn, and one that nobody has handed over.
	b.entered(entry("serial", "13"))
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	b.do(staff.Handler, proposal.Sign)
	b.do(staff.Handler, proposal.Object, "note", "不归本单位")
	b.do(staff.Registrar, proposal.AgreeReturn, "note", "属实")
	b.do(staff.Registrar, proposal.Withdraw, "public", "代表撤回。")
	b.entered(entry("serial", "14"))
	same := func(group string, want map[string]int) {
		t.Helper()
		got := b.counts(year, group)
		for _, m := range proposal.Measures {
			if got[m.Name] != want[m.Name] {
				t.Errorf("%q: %s is %d, want %d", group, m.Name, got[m.Name], want[m.Name])
			}
		}
	}
	done := map[string]int{"promised": 2, "given": 1, "answered": 1, "in_time": 1, "class_b": 1, "consulted": 1, "heard": 1, "attitude": 1, "result": 1, "refused": 1, "again": 1}
	whole := map[string]int{"given": 3, "open": 1, "key": 1, "hard": 1, "returned": 1, "withdrawn": 1}
	for name, n := range done {
		whole[name] += n - min(n, whole[name])
	}
	same("", whole)
	same("unit:"+complainttest.Finance, done)
	same("unit:"+proposal.AnyUnit, map[string]int{"given": 1, "returned": 1, "withdrawn": 1})
	same("source:cppcc", map[string]int{"given": 1, "open": 1, "key": 1, "hard": 1})
	b.Wait(200 * 24 * time.Hour)
	same("source:cppcc", map[string]int{"given": 1, "open": 1, "overdue": 1, "key": 1, "hard": 1})
	b.Wait(150 * 24 * time.Hour)
	done["promises_due"], done["promises_broken"] = 1, 1
	same("unit:"+complainttest.Finance, done)
	if got := b.counts(year-1, ""); len(got) != 0 {
		t.Errorf("of the year before it counts %v", got)
	}
	g := proposal.Group{Cases: []proposal.Handled{{Answered: true, Class: "A"}, {Answered: true}, {Answered: true}, {State: workflow.State("filed")}}}
	for name, want := range map[string]int{"answered": 75, "class_a": 33, "in_time": 100} {
		for _, m := range proposal.Measures {
			if got, ok := g.Share(m); m.Name == name && (got != want || !ok) {
				t.Errorf("%s is %d%%, want %d%%", name, got, want)
			}
		}
	}
	most := proposal.Group{Cases: make([]proposal.Handled, 400)} // all but one is not all, one is not none
	for i := range most.Cases {
		most.Cases[i].Answered = i > 0
	}
	most.Cases[1].Class = "A"
	for name, want := range map[string]int{"answered": 99, "class_a": 1, "class_b": 0, "in_time": 100} {
		for _, m := range proposal.Measures {
			if got, ok := most.Share(m); m.Name == name && (got != want || !ok) {
				t.Errorf("%s is %d%% of 400, want %d%%", name, got, want)
			}
		}
	}
	if _, ok := g.Share(proposal.Measures[0]); ok {
		t.Error("a number is a share of nothing")
	}
}

// What is published is counted by the worker, of the unit that leads.
func TestTheFiguresCountWhatIsAnswered(t *testing.T) {
	b := newBench(t)
	b.entered(entry())
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	b.do(staff.Handler, proposal.Sign)
	b.toServed(drafted())
	b.do(staff.Registrar, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none")
	b.entered(entry("serial", "13"))
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	b.do(staff.Handler, proposal.Sign)
	b.Wait(120 * 24 * time.Hour)
	b.toServed(drafted("by_1_year", "2027"))
	b.do(staff.Registrar, proposal.Disagree, "attitude", "basic", "result", "dissatisfied", "consent", "none", "public", "太晚。")
	b.do(staff.Registrar, proposal.Recall, "note", "另交") // what was late stays late, whatever follows
	b.do(staff.Registrar, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	if got := b.counts(complainttest.Monday.Year(), ""); got["late"] != 1 || got["in_time"] != 1 {
		t.Errorf("the report counts %v", got)
	}
	want := map[string]int{"proposals_answered": 2, "proposals_late": 1, "proposals_satisfied": 1}
	for _, m := range proposal.Kind.Figures.Measures {
		keys, err := pg.All[string](t.Context(), b.DB.Worker, `
			WITH term AS (SELECT @since::timestamptz AS since, @at::timestamptz AS at), `+proposal.Kind.Figures.Parts+` rows (key) AS (`+m.Rows+`)
			SELECT key FROM rows`, pg.Args{"since": complainttest.Monday.AddDate(-1, 0, 0), "at": b.Now().Add(time.Hour)})
		if err != nil || len(keys) != want[m.Name] || len(keys) > 0 && keys[0] != complainttest.Finance {
			t.Errorf("%s counts %q, want %d: %v", m.Name, keys, want[m.Name], err)
		}
	}
}
