package member_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/member"
	"zhengxin/internal/pgtest"
)

var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func newRoster(t *testing.T) *member.Roster {
	t.Helper()
	return &member.Roster{Pool: pgtest.New(t).Admin, Now: func() time.Time { return monday }}
}

var deputy = member.Typed{Kind: "代表", Name: "陈河", Session: "16", Credential: " rd-001", Delegation: "冢头代表团"}

func with(change func(*member.Typed)) member.Typed {
	t := deputy
	change(&t)
	return t
}

func TestOneIsReadAlikeFromAFormAndAFile(t *testing.T) {
	t.Parallel()
	m, faults := deputy.Read()
	if len(faults) > 0 || m.Kind != member.Deputy || m.Session != "第十六届" || m.Credential != "RD-001" || m.Belongs() != "第十六届 冢头代表团" {
		t.Errorf("%+v %v", m, faults)
	}
	for field, typed := range map[string]member.Typed{
		"kind":       with(func(t *member.Typed) { t.Kind = "村长" }),
		"name":       with(func(t *member.Typed) { t.Name = " " }),
		"credential": with(func(t *member.Typed) { t.Credential = "" }),
		"session":    with(func(t *member.Typed) { t.Session = "很多届" }),
		"outlet":     with(func(t *member.Typed) { t.Outlet = "日报" }),
		"delegation": with(func(t *member.Typed) { t.Delegation = strings.Repeat("长", 61) }),
	} {
		if _, faults := typed.Read(); len(faults) != 1 || faults[0].Name != field {
			t.Errorf("%s: %v", field, faults)
		}
	}
	for field, typed := range map[string]member.Typed{
		"kind": with(func(t *member.Typed) { t.Kind = "" }), "session": with(func(t *member.Typed) { t.Session = "" }),
	} {
		if _, faults := typed.Read(); len(faults) != 1 || faults[0].Name != field {
			t.Errorf("%s left out: %v", field, faults)
		}
	}
	if _, faults := (member.Typed{Kind: "记者", Name: "赵闻", Session: "16", Credential: "JZ-1"}).Read(); len(faults) != 2 {
		t.Errorf("a journalist: %v", faults)
	}
}

func TestARowTwiceIsAddedOnce(t *testing.T) {
	t.Parallel()
	r := newRoster(t)
	rows := []member.Row{
		{Line: 2, Typed: deputy}, {Line: 3, Typed: deputy}, {Line: 4, Typed: with(func(t *member.Typed) { t.Credential = "RD-002" })},
		{Line: 5, Typed: with(func(t *member.Typed) { t.Name, t.Credential = "", "RD-003" })}, {Line: 6, Fault: "读不出来"},
		{Line: 7, Typed: with(func(t *member.Typed) { t.Name, t.Credential = "李山", "RD-004" })},
	}
	said := func() (all []string) {
		t.Helper()
		plan, err := r.Plan(t.Context(), rows)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range plan {
			all = append(all, string(p.What))
		}
		return all
	}
	if got := strings.Join(said(), " "); got != "new wrong ask wrong wrong new" {
		t.Errorf("planned %s", got)
	}
	if added, err := r.Take(t.Context(), 0, rows, nil); err == nil || added != 0 {
		t.Errorf("with a line that is wrong %d are added", added)
	}
	rows = []member.Row{rows[0], rows[2], rows[5]}
	for _, want := range []int{2, 0} {
		if added, err := r.Take(t.Context(), 0, rows, nil); err != nil || added != want {
			t.Errorf("added %d, want %d: %v", added, want, err)
		}
	}
	if added, err := r.Take(t.Context(), 0, rows, map[int]bool{4: true}); err != nil || added != 1 {
		t.Errorf("sure of the namesake: %d %v", added, err)
	}
	rows = append(rows, member.Row{Line: 8, Typed: with(func(t *member.Typed) { t.Name = "别人" })})
	if got := strings.Join(said(), " "); got != "same same same other" {
		t.Errorf("planned %s", got)
	}
	page, total, err := r.List(t.Context(), member.Filter{Kind: member.Deputy, State: member.Holding, Text: "陈河", Limit: 1})
	if err != nil || total != 2 || len(page) != 1 || page[0].From.Year != 2000 {
		t.Errorf("%d of %d: %+v %v", len(page), total, page, err)
	}
}

func TestATermEndsAndNobodyIsTakenOff(t *testing.T) {
	t.Parallel()
	r, today := newRoster(t), clock.On(monday)
	id, err := r.Add(t.Context(), 0, deputy, false)
	if err != nil {
		t.Fatal(err)
	}
	invalid := func(name string, err error) {
		t.Helper()
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = r.Add(t.Context(), 0, deputy, true)
	invalid("twice", err)
	namesake := with(func(t *member.Typed) { t.Credential = "RD-002" })
	_, err = r.Add(t.Context(), 0, namesake, false)
	invalid("a namesake unasked", err)
	other, err := r.Add(t.Context(), 0, namesake, true)
	if err != nil {
		t.Fatal(err)
	}
	was, err := r.Member(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	invalid("another's credential", r.Correct(t.Context(), 0, was, namesake, true))
	if err := r.Correct(t.Context(), 0, was, with(func(t *member.Typed) { t.Delegation = "安良代表团" }), true); err != nil {
		t.Fatal(err)
	}
	if err := r.End(t.Context(), 0, was, member.End{Until: today, Why: "辞职"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("on what has changed: %v", err)
	}
	now, err := r.Member(t.Context(), id)
	if err != nil || now.Delegation != "安良代表团" {
		t.Fatalf("%+v %v", now, err)
	}
	invalid("a long reason", r.End(t.Context(), 0, now, member.End{Until: today, Why: strings.Repeat("长", 201)}))
	invalid("before the first day", r.End(t.Context(), 0, now, member.End{Until: member.Always.AddDays(-1), Why: "辞职", Sure: true}))
	invalid("run out on a day that is past", r.End(t.Context(), 0, now, member.End{Until: today.AddDays(-1)}))
	if err := r.End(t.Context(), 0, now, member.End{Until: today.AddDays(-1), Why: "辞职"}); err != nil {
		t.Fatal(err)
	}
	if page, total, err := r.List(t.Context(), member.Filter{State: member.Over, Limit: 9}); err != nil || total != 1 || page[0].ID != id || !page[0].Ended(today) || page[0].EndedWhy != "辞职" {
		t.Errorf("%+v %v", page, err)
	}
	if plan, err := r.Plan(t.Context(), []member.Row{{Line: 2, Typed: now.As()}}); err != nil || plan[0].What != member.Same || !strings.Contains(plan[0].Says, "终止") {
		t.Errorf("%+v %v", plan, err)
	}
	if _, err := r.Member(t.Context(), other+100); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}
