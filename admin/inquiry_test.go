package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestAnotherUnitIsAskedOnThePages: the handler proposes, the registrar writes and sends, and
// the asked unit reads a page with only that, finds it in its work and answers.
func TestAnotherUnitIsAskedOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	lu, zhou := team[staff.Handler], team[staff.Registrar]
	asked := w.signIn(t, "jiang", "江明", staff.Handler, complainttest.Justice)
	number := w.File(t, complainttest.Intake()).Number
	zhou.does(number, complaint.EnterRegister)
	zhou.does(number, complaint.Accept, "nature", "RED")
	zhou.does(number, complaint.Dispatch, "lead", complainttest.Finance)
	lu.does(number, complaint.Sign)
	lu.does(number, request.ProposeToUnit, "sort", "assist", "asked", "合同有没有审查过\n意见怎么写的", "wish", "县司法局", "note", "台账上没有")
	if page := zhou.open(number); !strings.Contains(page.Text("main"), "合同有没有审查过") {
		t.Errorf("the desk does not read what is proposed: %s", page.Text("main"))
	}
	page := zhou.press(number, complaint.OpenInquiry, "title", "核对合同", "words", "有一份合同，见 "+number)
	if !strings.Contains(page.Text(".error-summary"), "编号") || page.Shown("title") == nil || *page.Shown("title") != "核对合同" {
		t.Errorf("a number is let through, or what was typed is gone: %s", page.Text(".error-summary"))
	}
	page = zhou.press(number, complaint.OpenInquiry, "title", "核对合同", "words", "有一份合同，请看。").Want(t, 200)
	if !strings.HasPrefix(page.Path, "/inquiries/XC") {
		t.Fatalf("it leads to %s: %s", page.Path, page.Text(".error-summary"))
	}
	path, _, _ := strings.Cut(page.Path, "?")
	if got := asked.Get(t, path); got.Status != 404 {
		t.Errorf("before it is sent the unit gets %d", got.Status)
	}
	if !strings.Contains(page.Text("main"), "东岭镇村镇建设办公室") { // shown with why not: the desk alone reads this page by now
		t.Errorf("the desk is not told who cannot be asked: %s", page.Text("main"))
	}
	page = pressOn(t, zhou.Get(t, path), inquiry.Send, "lead", complainttest.Justice).Want(t, 200)
	if !page.Has(".banner-done") {
		t.Fatal(page.Text(".error-summary"), page.Text(".banner"))
	}
	if home := asked.Get(t, "/").Text("main"); !strings.Contains(home, "核对合同") {
		t.Errorf("it is not in the unit's work: %s", home)
	}
	if list := zhou.Get(t, "/inquiries").Want(t, 200).Submit(t, ".filters form, form[method=get][action='/inquiries']", nil).Want(t, 200); !list.Has("a[href^='" + path + "']") {
		t.Errorf("the list does not show it: %s", list.Text("main"))
	}
	saves := func(m member, action workflow.Action, field string) {
		t.Helper()
		m.Get(t, path).Want(t, 200).Submit(t, `form[action$="/`+string(action)+`"] button[value=save]`, typed(field, "先写一半")).Want(t, 200)
	}
	saves(asked, inquiry.Answer, "note")
	for _, action := range []workflow.Action{inquiry.Extend, inquiry.Waive, inquiry.Withdraw} {
		saves(zhou, action, "note")
	}
	page = pressOn(t, zhou.Get(t, path), inquiry.Extend, "count", "很多", "note", "要到档案馆").Want(t, 422)
	page = pressOn(t, page, inquiry.Extend, "count", "3").Want(t, 200)
	if !page.Has(".banner-done") {
		t.Error(page.Text("main"))
	}
	page = pressOn(t, page, inquiry.Waive, "waived", "1.2", "note", "已经找到").Want(t, 200)
	if !page.Has(".banner-done") {
		t.Error(page.Text("main"))
	}
	theirs := asked.Get(t, path).Want(t, 200)
	for _, secret := range []string{number, "东岭镇", "村道硬化", "财政局", "台账"} {
		if strings.Contains(theirs.Text("body"), secret) {
			t.Errorf("the asked unit reads %s", secret)
		}
	}
	for _, url := range []string{"/complaints/" + number, "/complaints?view=all", "/search?q=" + number} {
		if got := asked.Get(t, url); got.Status == 200 && (strings.Contains(got.Text("main"), "村道硬化") || got.Path == "/complaints/"+number) {
			t.Errorf("%s tells the asked unit: %s", url, got.Text("main"))
		}
	}
	if page = pressOn(t, theirs, inquiry.Answer, "items", "1.1", "note", "审查过。").Want(t, 200); !page.Has(".banner-done") {
		t.Fatal(page.Text(".error-summary"), page.Text(".banner"))
	}
	if got := lu.open(number).Text("main"); !strings.Contains(got, "审查过。") || strings.Contains(got, "XC20") {
		t.Errorf("who proposed it does not read the answer, or more: %s", got)
	}
	if got := lu.Get(t, path); got.Status != 404 {
		t.Errorf("it is who leads the complaint's to open: %d", got.Status)
	}
	page = zhou.press(number, complaint.OpenInquiry, "title", "征求意见", "sort", "consult", "words", "请说说怎么看。", "asked", "怎么看").Want(t, 200)
	path, _, _ = strings.Cut(page.Path, "?")
	page = pressOn(t, zhou.Get(t, path), inquiry.Send, "lead", complainttest.Justice).Want(t, 200)
	if page = pressOn(t, page, inquiry.Withdraw, "note", "不用了").Want(t, 200); !page.Has(".banner-done") {
		t.Error(page.Text("main"))
	}
	if got := zhou.open(number).Text("main"); !strings.Contains(got, "请有关单位协查") {
		t.Errorf("the desk reads %s", got)
	}
}
