package admin

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"zhengxin/internal/browser"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/ladder"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// week is an office whose days begin with what the calendar does by itself.
type week struct {
	*workplace
	t *testing.T
}

// morning lets time pass to ten o'clock of a day, and the worker do its part.
func (w *week) morning(day string) {
	w.t.Helper()
	on, err := clock.ParseDate(day)
	if err != nil {
		w.t.Fatal(err)
	}
	w.Wait(on.Begins().Add(10 * time.Hour).Sub(w.Now()))
	worker := &workflow.Engine{Pool: w.DB.Worker, Key: w.Keys.Office.EventKey(), Clocks: clock.NewBook(w.DB.Worker, w.Now), Now: w.Now, Random: rand.Reader}
	if _, err := worker.RunTimed(w.t.Context(), complaint.Law); err != nil {
		w.t.Fatal(err)
	}
}

// brings a complaint as far as these moves go, each by whom the law names.
func (w *week) brings(number string, steps ...workflow.Action) {
	w.t.Helper()
	asked := map[workflow.Action]workflow.Answers{
		complaint.Accept: {"nature": {"RED"}}, complaint.Dispatch: {"lead": {complainttest.Finance}}, complaint.DraftAnswer: {},
	}
	words := draftOf("尚欠 1,286,500.00 元。")
	for i := 0; i < len(words); i += 2 {
		asked[complaint.DraftAnswer][words[i]] = []string{words[i+1]}
	}
	by := map[workflow.Action]staff.Role{complaint.Sign: staff.Handler, complaint.DraftAnswer: staff.Handler, complaint.ApproveAnswer: staff.UnitHead}
	for _, action := range steps {
		role := staff.Registrar
		if r, ok := by[action]; ok {
			role = r
		}
		order := workflow.Order{Number: number, Action: action, By: w.People[role], Token: complainttest.Token(), Answers: asked[action]}
		if _, err := w.Desk.Move(w.t.Context(), order); err != nil {
			w.t.Fatalf("%s: %v", action, err)
		}
	}
}

// arrives logs somebody in again, as on each day.
func (w *week) arrives(tab *browser.Tab, site, login string) {
	w.t.Helper()
	tab.Open(site + "/login")
	tab.Fill("login", login)
	tab.Fill("password", goodPassword)
	tab.Press("登录")
	code, err := totp.GenerateCode(w.known[login], w.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	tab.Fill("otp", code)
	tab.Return()
}

// TestASupervisorsWeek: on each day the first page says what waits, and what waits is done
// there: an answer to be sent, who is late chased, who stays late supervised, and after
// the day that was set the next rung. At both widths at once: one supervisor sits at a desk,
// another has a telephone.
func TestASupervisorsWeek(t *testing.T) {
	t.Parallel()
	w := &week{newWorkplace(t), t}
	toUnit := []workflow.Action{complaint.EnterRegister, complaint.Accept, complaint.Dispatch, complaint.Sign}
	toReview := append(append([]workflow.Action{}, toUnit...), complaint.DraftAnswer, complaint.ApproveAnswer)
	late := []string{w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number} // due on Wednesday, 1 April
	for _, number := range late {
		w.brings(number, toUnit...)
	}
	w.morning("2026-03-09")
	later := w.File(t, complainttest.Intake()).Number // due on Wednesday, 8 April
	w.brings(later, toUnit...)
	w.morning("2026-04-02") // the day after the last one
	answer := []string{w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number}
	for _, number := range answer {
		w.brings(number, toReview...)
	}

	site, b := w.serve(t), browser.New(t)
	w.morning("2026-04-07") // Tuesday: Monday is off
	people := []struct {
		*browser.Tab
		login, late, answer string
	}{
		{w.sits(t, b, site, browser.Desktop, "hemin-week", "何敏", staff.Supervisor, complainttest.DeskUnit), "hemin-week", late[0], answer[0]},
		{w.sits(t, b, site, browser.Phone, "luping-week", "陆平", staff.Supervisor, complainttest.DeskUnit), "luping-week", late[1], answer[1]},
	}
	waits := func(tab *browser.Tab, view, number string) {
		t.Helper()
		tab.Open(site + "/")
		if got := tab.Text("main"); !strings.Contains(got, number) {
			t.Errorf("%s does not wait on the first page: %s", number, got)
		}
		tab.Axe(t)
		tab.NoSidewaysScroll(t)
		tab.Open(site + "/complaints?view=" + view)
		if !tab.Has(`a[href*="` + number + `"]`) {
			t.Errorf("%s is not in %s: %s", number, view, tab.Text("main"))
		}
		tab.Open(site + "/complaints/" + number)
		tab.Axe(t)
		tab.NoSidewaysScroll(t)
	}
	done := func(tab *browser.Tab) {
		t.Helper()
		if !tab.Has(".banner-done") {
			t.Errorf("not done: %s", tab.Text("main"))
		}
		tab.Quiet(t)
	}
	chases := func(tab *browser.Tab, number string) {
		t.Helper()
		waits(tab, "to_chase", number)
		tab.Click("催办")
		tab.Within("form[action$='/chase']").Fill("note", "请在本周内报答复稿。")
		tab.Press(string(ladder.Chase))
		done(tab)
	}
	supervises := func(tab *browser.Tab, number, day string) {
		t.Helper()
		waits(tab, "to_supervise", number)
		tab.Within(".moves").Click("督办")
		form := tab.Within("form[action$='/supervise']")
		form.Fill("by_year", "2026")
		form.Fill("by_month", "4")
		form.Fill("by_day", day)
		form.Fill("note", "逾期多日，请查明原因，按期答复。")
		tab.Press(string(ladder.Supervise))
		done(tab)
	}

	for _, p := range people { // Tuesday
		waits(p.Tab, "review", p.answer)
		p.Open(site + "/complaints/" + p.answer + "/answer")
		p.Press(string(complaint.Reply))
		done(p.Tab)
		if w.state(t, p.answer) != complaint.Replied {
			t.Errorf("%s is not answered", p.answer)
		}
		chases(p.Tab, p.late)
	}
	w.morning("2026-04-08")
	for _, p := range people { // Wednesday: who was chased is looked after, and nobody is chased twice by the machine
		w.arrives(p.Tab, site, p.login)
		p.Open(site + "/complaints?view=to_chase")
		if p.Has("[data-row]") {
			t.Errorf("chased already: %s", p.Text("main"))
		}
		p.Open(site + "/complaints?view=pressed")
		if !p.Has(`a[href*="` + p.late + `"]`) {
			t.Error("who was chased is not to be found")
		}
	}
	w.morning("2026-04-09")
	for i, p := range people { // Thursday: five working days late
		w.arrives(p.Tab, site, p.login)
		supervises(p.Tab, p.late, "15")
		if i == 0 {
			chases(p.Tab, later)
		}
	}
	w.morning("2026-04-10")
	for _, p := range people { // Friday: the sheet for the unit
		w.arrives(p.Tab, site, p.login)
		p.Open(site + "/reports/week?unit=" + complainttest.Finance)
		p.Axe(t)
		p.NoSidewaysScroll(t)
		p.Screenshot("week-" + p.login)
		for _, number := range []string{late[0], late[1], later} {
			if !strings.Contains(p.Text("main"), number) {
				t.Errorf("%s is not on the sheet of the week", number)
			}
		}
		if strings.Contains(p.Text("main"), p.answer) {
			t.Error("what is answered is still owed")
		}
		p.Quiet(t)
	}
	w.morning("2026-04-16") // the day after the one that was set
	for _, p := range people {
		w.arrives(p.Tab, site, p.login)
		supervises(p.Tab, p.late, "20")
	}
	w.morning("2026-04-21")
	for _, p := range people { // after two supervisions
		w.arrives(p.Tab, site, p.login)
		waits(p.Tab, "to_supervise", p.late)
		if !strings.Contains(p.Text(".moves"), "记下约谈") {
			t.Errorf("it is not proposed to call in the unit: %s", p.Text(".moves"))
		}
	}
}
