package deputy_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/member"
)

// A deputy's whole way, on a telephone and at a desk.
func TestADeputysWayInABrowser(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	c.Proposed(t, "12", "陈河、李山", "关于限期付清村道硬化工程款、不再新欠的建议")
	handled, served := c.Proposed(t, "13", "李山、陈河", "关于公开欠款清单的建议"), c.Proposed(t, "14", "陈河", "关于分期付清监控设备款的建议")
	c.Handed(t, handled)
	c.Handed(t, served)
	c.Drafted(t, served)
	c.Served(t, served)
	at := c.Serve(t)
	people := browser.New(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
		tab := people.Person(t, width)
		seen := func(name string) {
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot("deputy-" + name)
		}
		tab.Open(at + "/member")
		seen("about")
		tab.Press("登录")
		seen("login")
		tab.Fill("email", mailbox)
		tab.Press("把登录链接发给我")
		seen("sent")
		tab.Open(at + c.Link(t))
		tab.Fill("login_code", "AAAA-AAAA-AAAA-AAAA")
		tab.Press("登录")
		seen("wrong")
		tab.Fill("login_code", code)
		tab.Press("登录")
		seen("home")
		tab.Open(at + "/member/account")
		seen("account")
		tab.Press("设置验证器")
		seen("authenticator")
		secret := tab.Attribute("[data-totp-secret]", "data-totp-secret")
		tab.Fill("login_code", code)
		tab.Fill("otp", c.OTP(t, secret))
		tab.Press("设置验证器")
		seen("chosen")
		tab.Press("退出登录")
		tab.Press("不收信：用登录码和验证器登录")
		seen("both")
		tab.Fill("login_code", code)
		tab.Fill("otp", c.OTP(t, secret))
		tab.Press("登录")
		seen("home-news")
		tab.Within("main").Press("账号")
		tab.Press("换回登录码")
		seen("back")
		tab.Fill("login_code", code)
		tab.Fill("otp", c.OTP(t, secret))
		tab.Press("换回登录码")
		tab.Open(at + "/member/proposals")
		seen("list")
		tab.Press("关于分期付清监控设备款的建议")
		seen("served")
		tab.Press("不满意")
		tab.Within("form > .buttons").Press("不满意")
		seen("feedback")
		tab.Open(at + "/member/proposals/" + handled)
		seen("handled")
		tab.Press("退出登录")
		seen("left")
	}
}

// What a deputy follows, brings together and has of their own, with terms that are over.
func TestWhatADeputyFollowsStandsAtEveryWidth(t *testing.T) {
	t.Parallel()
	c := newChamber(t)
	code := c.Does(t, "陈河", member.Admit, mailbox)
	v := c.enters(t, mailbox, code)
	with := allowed(t, c, v, 2)
	for range 2 {
		asked(t, v, c.File(t, complainttest.Intake()).Number).Want(t, 200)
	}
	waiting := c.File(t, complainttest.Intake())
	asked(t, v, waiting.Number).Want(t, 200)
	c.put(t)
	mine := c.File(t, complainttest.Intake())
	kept(t, v, mine.Number, mine.Code).Want(t, 200)
	bundle := strings.TrimSuffix(sent(t, v, with[0].Number).Want(t, 200).Path, "?done=send_bundle")
	at, people := c.Serve(t), browser.New(t)
	var tabs []*browser.Tab // logged in before the terms are over
	for _, width := range []int{browser.Desktop, browser.Phone} {
		tab := people.Person(t, width)
		tab.Open(at + c.linked(t, mailbox))
		tab.Fill("login_code", code)
		tab.Press("登录")
		tabs = append(tabs, tab)
	}
	c.Wait(60 * 24 * time.Hour)
	for _, tab := range tabs {
		for name, path := range map[string]string{"home-late": "/member/mine", "follows": "/member/follows", "complaints": "/member/complaints", "bundles": "/member/bundles", "bundle": bundle, "bundle-new": "/member/bundles/new"} {
			tab.Open(at + path)
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot("deputy-" + name)
		}
		tab.Open(at + "/track")
		tab.Fill("number", waiting.Number)
		tab.Fill("query_code", waiting.Code)
		tab.Within("main").Press("查询")
		tab.Axe(t)
		tab.NoSidewaysScroll(t)
		tab.Screenshot("deputy-asks")
	}
}
