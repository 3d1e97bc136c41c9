package admin

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/invitation"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// invited is the form of an invitation that is answered and held on the day on which it goes out.
func invited(now time.Time, pairs ...string) []string {
	all := []string{"sort", "inspection", "title", "视察窗口服务", "asked", "看承诺的时限有没有公开。", "units", complainttest.Finance, "hour", "上午 9 点", "place", "政务服务大厅门口", "invitees", "陈河、李山"}
	for name, days := range map[string]int{"held_on": 0, "reply_by": 0, "report_by": 20} {
		all = append(all, onDay(name, clock.On(now).AddDays(days))...)
	}
	return append(all, pairs...)
}

// Every button of an invitation is pressed by whoever the law gives it to, and leads on.
func TestInvitationsAreSentAndAnsweredAtTheDesk(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	leader := a.signIn(t, "zhao", "赵明", staff.Leader, complainttest.DeskUnit)
	site, people := a.serve(t), browser.New(t)
	look := func(name, path string) { // at both widths
		t.Helper()
		for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
			tab := a.sits(t, people, site, width, name+suffix, "何敏", staff.Supervisor, complainttest.DeskUnit)
			tab.Open(site + path)
			if name == "new" {
				tab.Press("invite")
			}
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot("invitation-" + name + suffix)
		}
	}
	look("new", "/invitations/new")
	invites := func(pairs ...string) *webtest.Page {
		t.Helper()
		page := a.registrar.Get(t, "/invitations").Want(t, 200).Follow(t, `a[href="/invitations/new"]`).Want(t, 200)
		return page.Submit(t, "[data-action=invite]", typed(invited(a.Now(), pairs...)...))
	}
	wrong := invites("units", "", "asked", "本人叫张三，住在镇上").Want(t, 422)
	if got := wrong.Text("main form"); !strings.Contains(got, "哪个地方") || !strings.Contains(got, "张三") || !strings.Contains(wrong.Body, "政务服务大厅门口") {
		t.Errorf("what may tell somebody, and about nothing: %q", got)
	}
	wrong = wrong.Submit(t, "button[value=save]", typed("hour", "上午 10 点", "personal", "yes")).Want(t, 200)
	if !strings.Contains(wrong.Body, "上午 10 点") {
		t.Error("what was kept does not stand there again")
	}
	page := wrong.Submit(t, "[data-action=invite]", typed("units", complainttest.Finance, "personal", "yes")).Want(t, 200)
	at := strings.Split(page.Path, "?")[0]
	does := func(action workflow.Action, pairs ...string) *webtest.Page {
		t.Helper()
		page := a.supervisor.Get(t, at).Want(t, 200)
		return doesOn(t, savedOn(t, page, action, pairs...), action, pairs...)
	}
	var days []string
	for name, in := range map[string]int{"held_on": 0, "reply_by": 0, "report_by": 20} {
		days = append(days, onDay(name, clock.On(a.Now()).AddDays(in))...)
	}
	does(invitation.Redate, append(days, "hour", "上午 9 点", "place", "镇政府")...)
	look("drafted", at)
	does(invitation.Send)
	list := a.registrar.Get(t, "/invitations?view=inviting").Want(t, 200).Submit(t, "form[data-filters]", nil).Want(t, 200)
	if got := list.Text("table"); !strings.Contains(got, "视察窗口服务") || !strings.Contains(got, "邀请 2 位") {
		t.Errorf("the list has %q", got)
	}
	if got := list.Text(".cell-unit"); got != "县财政局" {
		t.Errorf("it is about %q", got)
	}
	for who, want := range map[*member]int{&a.supervisor: 200, &leader: 200, &a.handler: 404, &a.head: 404, &a.publisher: 404} {
		who.Get(t, at).Want(t, want)
	}
	does(invitation.AddInvitee, "invitees", "林溪")
	does(invitation.Decline, "who", "1", "how", "paper")
	does(invitation.Accept, "who", "1", "how", "phone")
	does(invitation.Withdraw, "who", "1", "how", "phone", "public", "出差")
	does(invitation.Note, "note", "车已经安排")
	if got := does(invitation.Postpone, append(days, "hour", "下午 3 点", "place", "镇政府", "public", "大厅在装修")...).Text("main"); strings.Count(got, "等答复") < 4 {
		t.Errorf("after it was postponed: %q", got)
	}
	look("list", "/invitations?view=inviting")
	look("sent", at)
	none := pressOn(t, a.supervisor.Get(t, at).Want(t, 200), invitation.Hold, "public", "看了六个窗口。").Want(t, 422)
	if !strings.Contains(none.Text(".field-error"), "请选谁来了") || !strings.Contains(none.Body, "看了六个窗口。") {
		t.Errorf("held by nobody: %q", none.Text(".field-error"))
	}
	does(invitation.Hold, "came", "1", "public", "看了六个窗口。")
	does(invitation.Attend, "came", "2")
	does(invitation.ReportSeen, "who", "1", "how", "paper", "seen", "时限公开了。", "suggests", "材料清单贴出来")
	if got := a.registrar.Get(t, "/invitations?view=unanswered").Want(t, 200).Text("table"); !strings.Contains(got, "视察窗口服务") {
		t.Errorf("the reports to be answered are %q", got)
	}
	page = does(invitation.AnswerReport, "reporter", "1", "outcome", "partly", "public", "月底以前贴出来。")
	if got := page.Text("main"); !strings.Contains(got, "部分采纳") || !strings.Contains(got, "材料清单贴出来") {
		t.Errorf("the page says %q", got)
	}
	if got := page.Text(".timeline"); strings.Contains(got, "替人记") || !strings.Contains(got, "写报告") {
		t.Errorf("the course of events says %q", got)
	}
	look("reported", at)
	does(invitation.ReportSeen, "who", "2", "how", "phone", "seen", "没有发现问题。")
	does(invitation.AnswerReport, "reporter", "2", "outcome", "adopted", "public", "谢谢您来。")
	if _, err := (&workflow.Engine{Pool: a.DB.Worker, Key: a.Keys.Office.EventKey(), Clocks: clock.NewBook(a.DB.Worker, a.Now), Now: a.Now, Random: rand.Reader}).RunTimed(t.Context(), invitation.Law); err != nil {
		t.Fatal(err)
	}
	does(invitation.Close)
	at = strings.Split(invites("title", "视察别处", "units", "", "area", "村道工程").Want(t, 200).Path, "?")[0]
	if got := a.registrar.Get(t, "/invitations?view=drafted").Want(t, 200).Text(".cell-unit"); got != "村道工程" {
		t.Errorf("it is about %q", got)
	}
	does(invitation.Drop)
	at = strings.Split(invites("title", "视察另一处").Want(t, 200).Path, "?")[0]
	does(invitation.Send)
	if _, rows := a.registrar.exported(t, "/invitations?view=all"); len(rows) != 3 {
		t.Errorf("%d leave as a file", len(rows))
	}
	does(invitation.Cancel, "public", "改为书面征求意见")
	// What cannot be done yet is not over: whoever sends it all the same reads from when.
	at = strings.Split(invites(append([]string{"title", "视察以后的"}, onDay("held_on", clock.On(a.Now()).AddDays(5))...)...).Want(t, 200).Path, "?")[0]
	does(invitation.Send)
	forced := a.supervisor.Get(t, at).Want(t, 200)
	early := a.supervisor.Post(t, at+"/hold", url.Values{"_csrf": {forced.Attr("[name=_csrf]", "value")}, "form_token": {forced.Attr("[name=form_token]", "value")}, "public": {"看了六个窗口。"}}).Want(t, 422)
	if got := early.Text(".banner"); !strings.Contains(got, "到那一天才能办") || strings.Contains(got, "已经不能办了") || !strings.Contains(early.Body, "看了六个窗口。") {
		t.Errorf("before its day: %q", got)
	}
}
