package admin

import (
	"crypto/rand"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// comes lets a day come, with what the calendar does on it, and lets people in who work then.
func (a *assembly) comes(t *testing.T, day clock.Date) {
	t.Helper()
	a.until(day.Year, day.Month, day.Day)
	worker := &workflow.Engine{Pool: a.DB.Worker, Key: a.Keys.Office.EventKey(), Clocks: clock.NewBook(a.DB.Worker, a.Now), Now: a.Now, Random: rand.Reader}
	if _, err := worker.RunTimed(t.Context(), proposal.Law); err != nil {
		t.Fatal(err)
	}
	now := strconv.FormatInt(a.Now().Unix(), 36)
	a.registrar, a.supervisor = a.signIn(t, "zhang-"+now, "张敏", staff.Registrar, complainttest.DeskUnit), a.signIn(t, "hemin-"+now, "何敏", staff.Supervisor, complainttest.DeskUnit)
	a.handler, a.head = a.signIn(t, "zhou-"+now, "周平", staff.Handler, complainttest.Finance), a.signIn(t, "shen-"+now, "沈红", staff.UnitHead, complainttest.Finance)
}

// promised walks a proposal to the end, with its first point promised for a day.
func (a *assembly) promised(t *testing.T, serial string, day clock.Date) string {
	t.Helper()
	number := a.enters(t, "serial", serial)
	a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.handler, number, proposal.Sign)
	a.does(t, a.handler, number, proposal.Consult, "how", "visit", "held_on_year", "2026", "held_on_month", "3", "held_on_day", "2", "public", "同代表谈过。")
	a.does(t, a.handler, number, proposal.DraftAnswer, append([]string{"summary", "核对了 12 笔合同。", "contact", "周平 0375-5150000",
		"class_1", "B", "reply_1", "三月付清。", "class_2", "A", "reply_2", "已经发文。"}, onDay("by_1", day)...)...)
	a.does(t, a.head, number, proposal.Reply)
	a.does(t, a.handler, number, proposal.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
	a.does(t, a.registrar, number, proposal.Agree, "attitude", "satisfied", "result", "satisfied", "consent", "none")
	a.does(t, a.registrar, number, proposal.Archive)
	return number
}

func onDay(name string, day clock.Date) []string {
	return []string{name + "_year", strconv.Itoa(day.Year), name + "_month", strconv.Itoa(int(day.Month)), name + "_day", strconv.Itoa(day.Day)}
}

var due = clock.NewDate(2026, 3, 20)

// keptOn says that the first point is done.
func keptOn(day clock.Date) []string {
	return append(onDay("done_on", day), "point", "1", "public", "12 笔已经付清。", "evidence", "付款凭证 2026-118 号")
}

// A promise is kept, broken and promised anew by buttons, and its point says so.
func TestPromisesAreKeptAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	kept, broken, ended := a.promised(t, "31", due), a.promised(t, "32", due), a.promised(t, "33", due)
	page := a.does(t, a.handler, kept, promise.Keep, keptOn(clock.NewDate(2026, 3, 2))...)
	if got := page.Text("main"); !strings.Contains(got, "县财政局承诺 2026年3月20日以前办到") || !strings.Contains(got, "按期办到") || !strings.Contains(got, "凭据：付款凭证 2026-118 号") {
		t.Errorf("the page says %q", got)
	}
	if got := a.registrar.Get(t, "/proposals/"+broken).Want(t, 200).Text("main"); !strings.Contains(got, "剩 18 天") {
		t.Errorf("what runs is shown as %q", got)
	}
	for view, want := range map[string][3]bool{"promised": {false, true, true}, "owed": {}, "kept": {true, false, false}} {
		got := a.registrar.Get(t, "/proposals?view="+view).Want(t, 200).Text("main")
		for i, number := range []string{kept, broken, ended} {
			if strings.Contains(got, number) != want[i] {
				t.Errorf("the view %s has %s: %v", view, number, !want[i])
			}
		}
	}

	a.comes(t, due.AddDays(2))
	list := a.registrar.Get(t, "/proposals?view=owed").Want(t, 200).Text("table")
	if !strings.Contains(list, broken) || !strings.Contains(list, ended) || strings.Contains(list, kept) || !strings.Contains(list, "承诺到期没有办到") {
		t.Errorf("owed is %q", list)
	}
	if got := a.handler.Get(t, "/").Want(t, 200).Text("main"); !strings.Contains(got, broken) && !strings.Contains(got, "村道工程款") {
		t.Errorf("the unit's work is %q", got)
	}
	if a.handler.Get(t, "/proposals/"+broken).Want(t, 200).Has("[data-action=promise_anew]") {
		t.Error("another day is for the unit's head to promise")
	}
	late := pressOn(t, a.head.Get(t, "/proposals/"+broken).Want(t, 200), promise.Anew, append(onDay("by", due), "point", "1", "public", "资金晚到。")...).Want(t, 422)
	if !strings.Contains(late.Text(".field-error"), "今天以后的日子") || !strings.Contains(late.Body, "资金晚到。") {
		t.Errorf("a day that is past: %q", late.Text(".field-error"))
	}
	page = a.does(t, a.head, broken, promise.Anew, append(onDay("by", clock.NewDate(2026, 4, 10)), "point", "1", "public", "资金晚到。")...)
	if got := page.Text("main"); !strings.Contains(got, "第 2 次承诺") || !strings.Contains(got, "到期没有办到") {
		t.Errorf("promised anew: %q", got)
	}
	a.does(t, a.supervisor, ended, promise.End, "point", "1", "public", "项目取消，已经向代表说明。")

	a.comes(t, clock.NewDate(2026, 4, 12))
	page = a.does(t, a.handler, broken, promise.Keep, keptOn(clock.NewDate(2026, 4, 11))...)
	if got := page.Text("main"); !strings.Contains(got, "过期才办到") || !strings.Contains(got, "已归档") {
		t.Errorf("kept late: %q", got)
	}
}

// promisesStand looks at a broken and then a kept promise of published proposals, by
// whoever is concerned.
func (a *assembly) promisesStand(t *testing.T, site string, people *browser.Browser, widths map[string]int, numbers map[string]string) {
	t.Helper()
	a.comes(t, due.AddDays(3))
	for suffix, width := range widths {
		registrar := a.sits(t, people, site, width, "registrar-later"+suffix, "张敏", staff.Registrar, complainttest.DeskUnit)
		handler := a.sits(t, people, site, width, "handler-later"+suffix, "周平", staff.Handler, complainttest.Finance)
		head := a.sits(t, people, site, width, "head-later"+suffix, "沈红", staff.UnitHead, complainttest.Finance)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot("proposal-" + name + suffix)
		}
		at := site + "/proposals/" + numbers[suffix]
		registrar.Open(site + "/proposals?view=owed")
		check(registrar, "owed")
		head.Open(at)
		check(head, "broken")
		handler.Open(at + "/keep_promise")
		handler.Press("keep_promise")
		check(handler, "keep-wrong")
		a.does(t, a.handler, numbers[suffix], promise.Keep, keptOn(due.AddDays(2))...)
		registrar.Open(at)
		check(registrar, "kept")
	}
}
