package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// The directory of other bodies is kept on a page, suggested from where a complaint is handed
// on, and tells the complainant how to find them; what was told stays as it was.
func TestTheDirectoryOfOtherBodiesIsKeptAndUsed(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	keeper, zhou := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit), w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	handler := w.signIn(t, "hand", "周办", staff.Handler, complainttest.Finance)
	handler.Get(t, "/bodies").Want(t, 404)
	zhou.Get(t, "/bodies/body").Want(t, 404)
	keeper.Get(t, "/bodies/body?code=B7").Want(t, 404)
	if page := zhou.Get(t, "/bodies").Want(t, 200); page.Has(`a[href^="/bodies/"]`) || !strings.Contains(page.Text("main"), "还没有写过") {
		t.Errorf("a registrar reads %s", page.Text("main"))
	}
	first := keeper.Get(t, "/bodies/body").Want(t, 200)
	bad := first.Submit(t, "main form", url.Values{"name": {" "}, "purpose": {""}, "contact": {strings.Repeat("长", 201)}, "from_year": {"2024"}, "from_month": {"13"}, "from_day": {"1"}}).Want(t, 422)
	for _, field := range []string{"name", "purpose", "contact", "from", "reason"} {
		if bad.Text("#"+field+"-error") == "" {
			t.Errorf("nothing is said at %s", field)
		}
	}
	if bad.Attr("[name=contact]", "value") == "" {
		t.Error("what was typed is lost")
	}
	filled := url.Values{"name": {"市住房和城乡建设局"}, "alias": {"市住建局\n建委"}, "purpose": {"市里管的工程"}, "contact": {"和平路 4 号，电话 0375-1000004"}, "categories": {"C03"}, "reason": {"常要转送"}}
	if said := first.Submit(t, "main form", filled).Want(t, 200).Text("main"); !strings.Contains(said, "已经记下") || !strings.Contains(said, "也叫建委") || !strings.Contains(said, "0375-1000004") || !strings.Contains(said, "柯维安") {
		t.Errorf("the page says %s", said)
	}
	if twice := keeper.Get(t, "/bodies/body").Submit(t, "main form", url.Values{"name": {"建委"}, "purpose": {"别的"}, "reason": {"再加"}}).Want(t, 422); !strings.Contains(twice.Text("#name-error"), "已经是市住房和城乡建设局") {
		t.Errorf("one name of two bodies: %s", twice.Text(".error-summary"))
	}

	// Handed on: suggested by the category, with why; another name is enough.
	number := w.File(t, complainttest.Intake()).Number
	zhou.does(number, complaint.EnterRegister)
	page := zhou.open(number)
	form := `form:has([data-action=transfer])`
	if !page.Has(form+` input[name=body][list="transfer-body-known"]`) || !page.Has(`#transfer-body-known option[value="市住房和城乡建设局"]`) || !strings.Contains(page.Text(form), "一类常归它管：市里管的工程") {
		t.Errorf("nothing is suggested: %s", page.Text(form))
	}
	if taken := page.Submit(t, form+` [name=take]`, url.Values{"document": {"转送函 3 号"}}); taken.Attr(form+` input[name=body]`, "value") != "市住房和城乡建设局" || taken.Attr(form+` input[name=document]`, "value") != "转送函 3 号" {
		t.Errorf("what is suggested is not filled in: %s", taken.Text(".error-summary"))
	}
	asked := pressOn(t, page, complaint.Transfer, "body", "市住建居", "document", "转送函 3 号", "public", "归它管").Want(t, 422)
	if !strings.Contains(asked.Text("#transfer-new_body-error"), "名录里没有") {
		t.Errorf("a new one is no question: %s", asked.Text(".error-summary"))
	}
	zhou.does(number, complaint.Transfer, "body", "市住建局", "document", "转送函 3 号", "public", "归它管")
	told := "已转送市住房和城乡建设局（怎么找市住房和城乡建设局：和平路 4 号，电话 0375-1000004），凭转送函 3 号：归它管"
	if said := zhou.open(number).Text("main"); !strings.Contains(said, told) {
		t.Errorf("the complainant reads %s", said)
	}
	elsewhere := w.File(t, complainttest.Intake()).Number
	zhou.does(elsewhere, complaint.EnterRegister)
	zhou.does(elsewhere, complaint.Redirect, "body", "建委", "public", "请去申请裁决。")
	if said := zhou.open(elsewhere).Text("main"); !strings.Contains(said, "去市住房和城乡建设局（怎么找市住房和城乡建设局：和平路 4 号，电话 0375-1000004）。请去申请裁决。") {
		t.Errorf("where to go: %s", said)
	}

	// What is changed is its next version, over the one that was shown, and changes nothing told.
	old := keeper.Get(t, "/bodies/body?code=B1").Want(t, 200)
	changed := url.Values{"name": {"市住房建设局"}, "contact": {"新街 1 号"}, "to_year": {"2026"}, "to_month": {"3"}, "to_day": {"1"}, "reason": {"合并了"}}
	old.Submit(t, "main form", changed).Want(t, 200)
	if again := old.Submit(t, "main form", changed).Want(t, 409); again.Attr("[name=name]", "value") != "市住房建设局" || !strings.Contains(again.Text(".banner"), "有人改过") {
		t.Error("a page of an older version changed the newest")
	}
	if said := zhou.open(number).Text("main"); !strings.Contains(said, told) {
		t.Errorf("what was told has changed: %s", said)
	}
	third := w.File(t, complainttest.Intake()).Number
	zhou.does(third, complaint.EnterRegister)
	page = zhou.open(third)
	if page.Has(`#transfer-body-known`) {
		t.Error("what has ended is offered")
	}
	asked = pressOn(t, page, complaint.Transfer, "body", "市住房建设局", "document", "转送函 4 号", "public", "归它管").Want(t, 422)
	if !strings.Contains(asked.Text("#transfer-new_body-error"), "2026年3月1日以后不再用") {
		t.Errorf("what has ended is no question: %s", asked.Text(".error-summary"))
	}
	for name, sql := range map[string]string{
		"without a reason": `INSERT INTO outside_body (code, version, name, purpose, contact, reason) VALUES ('B9', 1, '某局', '', '', '')`,
		"over the newest":  `INSERT INTO outside_body (code, version, name, purpose, contact, by_id, made_at, reason) SELECT 'B1', 9, '某局', '', '', min(id), now(), '改' FROM staff`,
		"changed":          `UPDATE outside_body SET name = '别的'`,
	} {
		if _, err := w.DB.Admin.Exec(t.Context(), sql); err == nil {
			t.Errorf("the database takes a row %s", name)
		}
	}
}
