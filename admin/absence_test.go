package admin

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

func leaveOf(from, to clock.Date, stand string) url.Values {
	v := url.Values{"stand_in": {stand}}
	for name, day := range map[string]clock.Date{"from": from, "to": to} {
		v.Set(name+"_year", fmt.Sprint(day.Year))
		v.Set(name+"_month", fmt.Sprint(int(day.Month)))
		v.Set(name+"_day", fmt.Sprint(day.Day))
	}
	return v
}

const leaveForm = "main form[action^='/absences/']:has([name=stand_in])"

// From the form to the course of events: who stands in finds what waits for who is away,
// acts under their own name and only where both may, and never on their own work.
func TestADeputyActsForAHeadWhoIsAway(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	head, handler := team[staff.UnitHead], team[staff.Handler]
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE staff SET disabled_at = now() WHERE login IN ('unit_head')`, nil); err != nil { // the head is the only one
		t.Fatal(err)
	}
	second := w.signIn(t, "hanmei", "韩梅", staff.Handler, complainttest.Finance)
	other := w.signIn(t, "muyang", "牧阳", staff.Handler, complainttest.Justice)
	draft := draftOf("属实")
	given := func() string {
		number := w.File(t, complainttest.Intake()).Number
		team[staff.Registrar].does(number, complaint.EnterRegister)
		team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
		team[staff.Registrar].does(number, complaint.Dispatch, "lead", complainttest.Finance)
		return number
	}
	drafted := func(by member) string {
		number := given()
		by.does(number, complaint.Sign)
		by.does(number, complaint.DraftAnswer, draft...)
		return number
	}
	mine, theirs := drafted(second), drafted(handler)
	today := clock.On(w.Now())

	// The form, and who does not have it.
	for _, no := range []member{handler, other, team[staff.Supervisor]} {
		no.Get(t, "/absences/"+fmt.Sprint(head.ID)).Want(t, 404)
		no.Post(t, "/absences/"+fmt.Sprint(head.ID), leaveOf(today, today, fmt.Sprint(handler.ID)))
	}
	page := head.Get(t, "/account").Follow(t, "a[href='/absences/"+fmt.Sprint(head.ID)+"']").Want(t, 200)
	if options := strings.Join(page.All("#stand_in option"), " "); !strings.Contains(options, "韩梅") || strings.Contains(options, "牧阳") || strings.Contains(options, "沈红") {
		t.Errorf("who may stand in: %s", options)
	}
	page = page.Submit(t, leaveForm, leaveOf(today, today.AddDays(-1), "nobody")).Want(t, 422)
	if !strings.Contains(page.Text("#to-error, .error-summary"), "最后一天在第一天以前") || page.Attr("[name=from_day]", "value") != fmt.Sprint(today.Day) {
		t.Errorf("a bad day: %s", page.Text("main"))
	}
	page = page.Submit(t, leaveForm, leaveOf(today, today.AddDays(2), "nobody")).Want(t, 422)
	if !strings.Contains(page.Text(".error-summary"), "没有写由谁代办") || !page.Has("[name=sure]") {
		t.Errorf("the last head is not warned: %s", page.Text("main"))
	}
	page = page.Submit(t, leaveForm, leaveOf(today, today.AddDays(2), fmt.Sprint(second.ID))).Want(t, 200)
	if page.Text(".banner-done h2, .banner-done .banner-title") != "请假已经登记" || !strings.Contains(page.Text("main"), "正在代办") {
		t.Errorf("said %s", page.Text("main"))
	}

	// What waits for the head waits for who stands in, marked.
	home := second.Get(t, "/").Want(t, 200)
	if text := home.Text("main"); !strings.Contains(text, "（代沈红）") || !strings.Contains(text, "您今天替沈红") {
		t.Errorf("my work: %s", text)
	}
	if list := second.Get(t, "/complaints?view=mine").Want(t, 200).Text("main"); !strings.Contains(list, "您代沈红") || !strings.Contains(list, theirs) {
		t.Errorf("what waits: %s", list)
	}
	if handler.Get(t, "/").Has("a[href*='"+mine+"']") || handler.open(mine).Has("[data-action=approve_answer]") {
		t.Error("who does not stand in may approve")
	}
	// Their own work is not theirs to approve.
	page = second.open(mine)
	if why := page.Text("#why-approve_answer"); !strings.Contains(why, "是您做的，这一步要由另一个人做。本单位没有别的承办单位负责人：请改由另外的人代办") {
		t.Errorf("who drafted is told %q", why)
	}
	page = second.does(theirs, complaint.ApproveAnswer)
	if history := page.Text("#history ~ .timeline, .timeline"); !strings.Contains(history, "韩梅（代沈红）") {
		t.Errorf("the course says %s", history)
	}
	said, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT e.actor_name || ' ' || e.role || ' ' || (e.staff_id = @id)::text FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE m.number = @n AND e.action = 'approve_answer'`, pg.Args{"n": theirs, "id": second.ID})
	if err != nil || said != "韩梅（代沈红） unit_head true" {
		t.Errorf("the event says %q, %v", said, err)
	}
	// What the head themselves drafted is not approved in their name either, nor what they are
	// barred from.
	headed := given()
	head.does(headed, complaint.Sign)
	head.does(headed, complaint.DraftAnswer, draft...)
	if why := second.open(headed).Text("#why-approve_answer"); !strings.Contains(why, "是沈红做的，替他也不能办") {
		t.Errorf("of the head's own draft they are told %q", why)
	}
	barred := drafted(handler)
	head.does(barred, workflow.Recuse)
	if second.open(barred).Has("[data-action=approve_answer]") {
		t.Error("standing in opens what the head is barred from")
	}
	if list := second.Get(t, "/complaints?view=mine").Text("main"); strings.Contains(list, barred) {
		t.Error("what the head is barred from waits for who stands in")
	}

	// What is assigned to who is away stands in the hand of who stands in, and what nobody
	// stands in for in everybody's.
	assigned := given()
	head.does(assigned, workflow.Assign, "person", fmt.Sprint(handler.ID))
	waits := func(m member) bool {
		return strings.Contains(m.Get(t, "/complaints?view=mine").Want(t, 200).Text("main"), assigned)
	}
	if waits(second) {
		t.Error("it waits for a colleague while who has it is there")
	}
	own := "/absences/" + fmt.Sprint(handler.ID)
	handler.Get(t, own).Submit(t, leaveForm, leaveOf(today, today, fmt.Sprint(second.ID))).Want(t, 200)
	if text := second.Get(t, "/complaints?view=mine").Text("main"); !waits(second) || !strings.Contains(text, "陆远（韩梅代），您代陆远") {
		t.Errorf("assigned to who is away: %s", text)
	}
	page = second.does(assigned, complaint.Sign)
	if !strings.Contains(page.Text(".timeline"), "韩梅（代陆远）") {
		t.Errorf("the course says %s", page.Text(".timeline"))
	}
	handler.Get(t, own).Submit(t, "main form[action$='/end']", nil).Want(t, 200)
	handler.Get(t, own).Submit(t, leaveForm, leaveOf(today.AddDays(1), today.AddDays(1), "nobody")).Want(t, 200)

	// Ended by a press, and by its last day.
	stale := second.open(drafted(handler))
	head.Get(t, "/absences").Want(t, 200)
	head.Get(t, "/absences/"+fmt.Sprint(head.ID)).Submit(t, "main form[action$='/end']", nil).Want(t, 200)
	if page := pressOn(t, stale, complaint.ApproveAnswer); page.Status != 403 {
		t.Errorf("after the end it is done all the same: %d", page.Status)
	}
	if home := second.Get(t, "/").Text("main"); strings.Contains(home, "代沈红") {
		t.Errorf("after the end: %s", home)
	}
	sysadmin := w.signIn(t, "boss", "柯安", staff.Sysadmin, complainttest.DeskUnit)
	sysadmin.Get(t, "/absences/"+fmt.Sprint(head.ID)).Submit(t, leaveForm, leaveOf(today.AddDays(1), today.AddDays(1), fmt.Sprint(second.ID))).Want(t, 200)
	if news := head.Get(t, "/").Text("main"); !strings.Contains(news, "柯安") || !strings.Contains(news, "给您登记了请假") {
		t.Errorf("the head is not told: %s", news)
	}
	auditor := w.signIn(t, "audit", "史源", staff.Auditor, complainttest.DeskUnit)
	if text := auditor.Get(t, "/audit/staff").Text("main"); !strings.Contains(text, "由韩梅代办") {
		t.Errorf("the auditor reads %s", text)
	}
	w.Wait(25 * time.Hour)
	if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE staff SET disabled_at = now() WHERE id = @id`, pg.Args{"id": second.ID}); err != nil {
		t.Fatal(err)
	}
	page = w.logsIn(t, webtest.New(w.app, here).Get(t, "/login"), "boss")
	if text := page.Text("main"); !strings.Contains(text, "沈红请假，没有人代") {
		t.Errorf("the sysadmin reads %s", text)
	}
}
