package deputy_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/invitation"
	"zhengxin/internal/member"
	"zhengxin/internal/web/webtest"
)

// A deputy reads what they are invited to, what they answered, and what became of what
// they reported, at both widths.
func TestADeputyReadsTheirInvitations(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	if got := v.Get(t, "/member/mine").Want(t, 200).Follow(t, `a[href="/member/invitations"]`).Want(t, 200).Text("main"); !strings.Contains(got, "还没有邀请过您") {
		t.Errorf("before anybody invites: %q", got)
	}
	number := c.Invited(t, "李山、陈河、林溪", "视察窗口服务", 5)
	c.Invited(t, "李山", "视察别处", 5)
	at, people := c.Serve(t), browser.New(t)
	var tabs []*browser.Tab // logged in
	for _, width := range []int{browser.Desktop, browser.Phone} {
		tab := people.Person(t, width)
		tab.Open(at + c.linked(t, mailbox))
		tab.Fill("login_code", code)
		tab.Press("登录")
		tabs = append(tabs, tab)
	}
	says := func(name string, wants ...string) {
		t.Helper()
		list := v.Get(t, "/member/invitations").Want(t, 200)
		if got := list.Text("main"); !strings.Contains(got, "视察窗口服务") || strings.Contains(got, "视察别处") {
			t.Errorf("%s: the list is %q", name, got)
		}
		page := list.Follow(t, `a[href="/member/invitations/`+number+`"]`).Want(t, 200)
		for _, want := range wants {
			if !strings.Contains(page.Text("main"), want) {
				t.Errorf("%s: the page lacks %q: %q", name, want, page.Text("main"))
			}
		}
		if strings.Contains(page.Text("main"), "李山") || strings.Contains(page.Text("main"), "林溪") {
			t.Errorf("%s: the page names others", name)
		}
		for _, tab := range tabs {
			tab.Open(at + "/member/invitations/" + number)
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot("invitation-" + name)
		}
	}
	says("asked", "2026年3月7日以前答复来不来", "县财政局", "政务服务大厅门口", "连您 3 位", "看承诺的时限有没有公开")
	c.Invites(t, number, invitation.Accept, "who", "2", "how", "phone", "public", "一定来")
	c.Invites(t, number, invitation.Decline, "who", "1", "how", "phone", "public", "开会")
	c.Wait(10 * 24 * time.Hour)
	c.Invites(t, number, invitation.Hold, "came", "2", "public", "看了六个窗口。")
	for _, tab := range tabs {
		tab.Open(at + "/member/invitations/" + number + "/report")
		tab.Axe(t)
		tab.NoSidewaysScroll(t)
		tab.Screenshot("invitation-report")
	}
	c.Invites(t, number, invitation.ReportSeen, "who", "2", "how", "paper", "seen", "时限公开了。", "suggests", "材料清单贴出来。")
	c.Invites(t, number, invitation.AnswerReport, "reporter", "2", "outcome", "partly", "public", "月底以前贴出来。")
	says("answered", "接受", "一定来", "时限公开了。", "材料清单贴出来。", "部分采纳", "月底以前贴出来。", "看了六个窗口。")
	if page := v.Get(t, "/member/invitations/YQ2026000000000"); page.Status != 404 {
		t.Errorf("none: %d", page.Status)
	}
	v.Get(t, "/member/invitations/nothing").Want(t, 404)
}

// Each of those who are invited answers and reports for themselves, as far as they have come.
func TestADeputyAnswersAndReports(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code, other := c.Does(t, "陈河", member.Admit, mailbox), c.Does(t, "李山", member.Admit, "lishan@example.invalid")
	v, w := c.enters(t, mailbox, code), c.enters(t, "lishan@example.invalid", other)
	number := c.Invited(t, "李山、陈河", "视察窗口服务", 5)
	page := "/member/invitations/" + number
	// does goes by the link of the page; offers are all that stand there.
	does := func(v *webtest.Client, action string, pairs ...string) *webtest.Page {
		t.Helper()
		form := v.Get(t, page).Want(t, 200).Follow(t, `a[href="`+page+`/`+action+`"]`).Want(t, 200)
		return form.Submit(t, `form[action="`+page+`/`+action+`"]`, values(pairs...))
	}
	offers := func(v *webtest.Client, want ...string) {
		t.Helper()
		var got []string
		for _, action := range []string{"accept", "decline", "withdraw", "report"} {
			if v.Get(t, page).Want(t, 200).Has(`a[href="` + page + `/` + action + `"]`) {
				got = append(got, action)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("offered is %q, want %q", got, want)
		}
	}
	offers(v, "accept", "decline")
	waits := func(v *webtest.Client, want string) {
		t.Helper()
		if got := v.Get(t, "/member/mine").Want(t, 200).Text(`li:has(a[href="` + page + `"])`); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("the home has %q, want %q", got, want)
		}
	}
	waits(v, "请您在2026年3月7日以前答复来不来。")
	if got := does(v, "accept", "public", "一定来").Want(t, 200).Text("main"); !strings.Contains(got, "已经记下您接受邀请") || !strings.Contains(got, "陈河接受邀请。一定来") {
		t.Errorf("accepted it says %q", got)
	}
	offers(v, "withdraw")
	waits(v, "")
	offers(w, "accept", "decline")
	if got := w.Get(t, page).Text("main"); strings.Contains(got, "一定来") || strings.Contains(got, "陈河") {
		t.Errorf("the other reads %q", got)
	}
	// Others are waited for, and who has accepted is not: neither here nor in the list.
	for _, path := range []string{page, "/member/invitations"} {
		if mine, others := v.Get(t, path).Text("main .tag"), w.Get(t, path).Text("main .tag"); mine != "您已接受" || others != "等答复" {
			t.Errorf("%s stands as %q, with the other as %q", path, mine, others)
		}
	}
	if got := v.Get(t, page+"/decline").Want(t, 409).Text(".banner"); !strings.Contains(got, "10:00，已经记下您接受邀请。") {
		t.Errorf("declined after it was accepted it says %q", got)
	}
	if got := v.Get(t, page+"/accept").Want(t, 409).Text(".banner"); !strings.Contains(got, "10:00 已经办过了") {
		t.Errorf("accepted twice it says %q", got)
	}
	half := does(v, "withdraw").Want(t, 422)
	if got := half.Text("main"); !strings.Contains(got, "请写为什么来不了") {
		t.Errorf("without words it says %q", got)
	}
	half.Submit(t, `form[action="`+page+`/withdraw"]`, values("public", "临时出差")).Want(t, 200)
	does(v, "accept").Want(t, 200)
	does(w, "decline", "public", "开会").Want(t, 200)
	offers(w, "accept")
	offers(v, "withdraw")
	c.Wait(10 * 24 * time.Hour)
	c.Invites(t, number, invitation.Hold, "came", "2", "public", "看了六个窗口。")
	offers(w)
	offers(v, "report")
	does(v, "report", "seen", "时限公开了。").Want(t, 200)
	if got := does(v, "report", "seen", "时限公开了，有两个没有。", "suggests", "补上。").Want(t, 200).Text("main"); !strings.Contains(got, "有两个没有") {
		t.Errorf("reported it says %q", got)
	}
	c.Invites(t, number, invitation.AnswerReport, "reporter", "2", "outcome", "adopted", "public", "月底补上。")
	offers(v)
	if n := c.Count(t, "invitee_said"); n != 8 {
		t.Errorf("%d were said", n)
	}
	c.chainsHold(t)
}
