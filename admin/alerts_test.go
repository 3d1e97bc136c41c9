package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/alert"
	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// overdraw opens one identity more than the budget of an hour, and one while the
// office is closed before.
func (w *workplace) overdraw(t *testing.T, by member) (numbers []string) {
	t.Helper()
	for i := range 6 {
		numbers = append(numbers, w.File(t, complainttest.Intake()).Number)
		page := by.press(numbers[i], complaint.OpenIdentity, "public", "核实"+strings.Repeat("再", i))
		if said := page.Text("main"); (i < 5) != strings.Contains(said, "王建国") {
			t.Fatalf("opening %d: %s", i+1, said)
		}
		if i == 5 {
			page.Want(t, 403)
			if !strings.Contains(page.Text("main"), "急着用的，请另一位登记员或者督办员打开") ||
				page.Text(`form:has([data-action=open_identity]) [name=public]`) != "核实"+strings.Repeat("再", 5) {
				t.Errorf("refused: %s", page.Text("main"))
			}
		}
	}
	return numbers
}

func TestAnAlertWaitsForTheAuditorUntilItIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	auditor, second := w.signIn(t, "sunjing", "孙静", staff.Auditor, ""), w.signIn(t, "sunjing2", "孙敬", staff.Auditor, "")
	numbers := w.overdraw(t, clerk)
	home := auditor.Get(t, "/").Want(t, 200)
	if !strings.Contains(home.Text(".banner"), "1 条警报没有看过") || !strings.Contains(home.Text(".banner"), "周宁") {
		t.Errorf("the auditor's desk: %s", home.Text("main"))
	}
	if got := clerk.Get(t, "/").Text("main"); strings.Contains(got, "警报") {
		t.Errorf("the clerk's desk: %s", got)
	}
	for _, page := range []string{"/audit", "/audit/alerts"} {
		row := auditor.Get(t, page).Want(t, 200).Text("main tbody tr:first-child")
		for _, want := range []string{"周宁（登记员，zhouning）", alert.OverBudget.Label(), numbers[5]} {
			if !strings.Contains(row, want) {
				t.Errorf("%s: %q without %q", page, row, want)
			}
		}
	}
	page := auditor.Get(t, "/audit").Submit(t, `form[action$="/seen"]`, nil).Want(t, 200)
	if !strings.Contains(page.Text("main"), "没有要看的警报") || !strings.Contains(page.Text("main section"), "孙静") {
		t.Errorf("after it was seen: %s", page.Text("main"))
	}
	if page := second.Get(t, "/"); strings.Contains(page.Text("main"), "警报没有看过") {
		t.Error("it still waits for the other auditor")
	}
	clerk.Get(t, "/audit/alerts").Want(t, 404)
}

func TestThePagesOfAlertsStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	clerk := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	numbers := w.overdraw(t, clerk)
	clerk.exported(t, "/complaints?unit=TOWN")
	site, people := w.serve(t), browser.New(t)
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		auditor := w.sits(t, people, site, width, "audit"+suffix, "孙静", staff.Auditor, "")
		look := func(tab *browser.Tab, name string) {
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name + suffix)
		}
		auditor.Open(site + "/")
		look(auditor, "alert-home")
		auditor.Open(site + "/audit")
		look(auditor, "alert-audit")
		auditor.Within("main tbody tr").Press("看过了")
		look(auditor, "alert-seen")
		auditor.Open(site + "/audit/exports")
		look(auditor, "export-audit")
		auditor.Open(site + "/complaints")
		look(auditor, "export-list")
		sits := w.sits(t, people, site, width, "clerk"+suffix, "何敏", staff.Supervisor, complainttest.DeskUnit)
		for i := range 6 {
			sits.Open(site + "/complaints/" + numbers[i])
			sits.Click("要打开，先写理由")
			sits.Fill("public", "核实收款账号")
			sits.Press(string(complaint.OpenIdentity))
		}
		look(sits, "alert-refused")
		auditor.Quiet(t)
	}
}
