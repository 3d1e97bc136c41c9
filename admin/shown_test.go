package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestNobodyTakesASettingBackUnseen(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	admin := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	first := admin.Get(t, "/settings").Want(t, 200)
	admin.Get(t, "/settings").Submit(t, "main form", url.Values{setting.Issuer: {"县政务诚信办"}}).Want(t, 200)
	page := first.Submit(t, "main form", url.Values{setting.Hotline: {"0375-1234567"}}).Want(t, 409)
	said := page.Text(".banner")
	if now := w.desk.Settings.Read(t.Context()); now.Issuer != "县政务诚信办" || now.Hotline != "" {
		t.Fatalf("set %+v", now)
	}
	if !strings.Contains(said, "“发文机关”现在是“县政务诚信办”") || strings.Contains(said, "热线") || page.Attr("[name=hotline]", "value") != "0375-1234567" || page.Attr("[name=issuer]", "value") != "" {
		t.Errorf("says %q; hotline %q, issuer %q", said, page.Attr("[name=hotline]", "value"), page.Attr("[name=issuer]", "value"))
	}
	// A fault in between does not make the page a newer one.
	wrong := first.Submit(t, "main form", url.Values{setting.DocumentPrefix: {"ABC"}}).Want(t, 422)
	wrong.Submit(t, "main form", url.Values{setting.DocumentPrefix: {"郏诚投警"}}).Want(t, 409)
	page.Submit(t, "main form", url.Values{setting.Issuer: {"县政务诚信办"}}).Want(t, 200)
	if now := w.desk.Settings.Read(t.Context()); now.Issuer != "县政务诚信办" || now.Hotline != "0375-1234567" {
		t.Errorf("after reading it, set %+v", now)
	}
}

func TestADecisionIsAboutTheDraftThatWasRead(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, head := team[staff.Handler], team[staff.UnitHead]
	number := w.inHand(t, handler)
	write := func(facts string) {
		handler.does(number, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", facts, "opinion", "限期付清。", "articles", "KX-9", "basis", "《条例》第三条。")
	}
	write("经查，尚欠一百二十八万元。")
	old := map[workflow.Action]url.Values{complaint.ApproveAnswer: nil, complaint.ReturnAnswer: {"note": {"第二段没有依据"}}}
	pages := head.open(number)
	head.does(number, complaint.ReturnAnswer, "note", "金额再核一遍")
	write("经查，尚欠八十万元。")
	for action, typed := range old {
		page := pages.Submit(t, "[data-action="+string(action)+"]", typed).Want(t, 409)
		if !strings.Contains(page.Text(".banner"), "第 3 稿") || w.state(t, number) != complaint.ResultSubmitted {
			t.Errorf("%s: %s, says %q", action, w.state(t, number), page.Text(".banner"))
		}
		if typed != nil && page.Find("[name=note]").First().Text() == "" && !strings.Contains(page.Body, "第二段没有依据") {
			t.Errorf("%s: what was typed is lost", action)
		}
	}
	head.does(number, complaint.ApproveAnswer)
	if w.state(t, number) != complaint.UnderReview {
		t.Errorf("after reading it: %s", w.state(t, number))
	}
}

func TestAnAnswerIsNotWrittenOverAnotherUnseen(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, head := team[staff.Handler], team[staff.UnitHead]
	number := w.inHand(t, handler)
	old := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	handler.does(number, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", "经查，尚欠。", "opinion", "限期付清。", "articles", "KX-9", "basis", "《条例》第三条。")
	head.does(number, complaint.ReturnAnswer, "note", "金额再核一遍")
	page := old.Submit(t, "[data-action=draft_answer]", url.Values{"finding": {"mostly"}, "decision": {"support"}, "facts": {"旧窗口里写的"}, "opinion": {"付清。"}, "articles": {"KX-9"}, "basis": {"《条例》第三条。"}}).Want(t, 409)
	if !strings.Contains(page.Text(".banner"), "第 2 稿") || page.Text("[name=facts]") != "旧窗口里写的" || w.state(t, number) != complaint.Handling {
		t.Errorf("%s, says %q, keeps %q", w.state(t, number), page.Text(".banner"), page.Text("[name=facts]"))
	}
	if page.Submit(t, "[data-action=draft_answer]", nil).Want(t, 200); w.state(t, number) != complaint.ResultSubmitted {
		t.Errorf("after reading it: %s", w.state(t, number))
	}
}

func TestAUnitIsSettledOverWhatWasRead(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	registrar := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	number := w.File(t, complainttest.Intake()).Number
	registrar.does(number, complaint.EnterRegister)
	old := registrar.open(number)
	registrar.does(number, complaint.SettleUnit, "category", "C01")
	page := old.Submit(t, "[data-action=settle_unit]", url.Values{"category": {"C04"}}).Want(t, 409)
	if !strings.Contains(page.Text(".banner"), "刚才有人改过") || page.Attr("#settle_unit-category [selected]", "value")+page.Attr("form[action$='/settle_unit'] [name=category]:checked", "value")+page.Attr("form[action$='/settle_unit'] [name=category] [selected]", "value") == "" {
		t.Errorf("says %q", page.Text(".banner"))
	}
}
