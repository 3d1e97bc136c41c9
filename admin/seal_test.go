package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// TestWhatIsReferredIsSealedOnThePages: whoever refers it comes back to the list, which has
// it no more, and reads number and day on a page of its own.
func TestWhatIsReferredIsSealedOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	officer := w.signIn(t, "tiemian", "铁面", staff.DisciplineOfficer, complainttest.DeskUnit)
	number := w.File(t, complainttest.Intake()).Number
	zhou := team[staff.Registrar]
	zhou.does(number, complaint.EnterRegister)
	page := zhou.press(number, complaint.ReferDiscipline, "note", "涉嫌违纪，材料三份。").Want(t, 200)
	if path, _, _ := strings.Cut(page.Path, "?"); path != "/complaints" || !strings.Contains(page.Text("main"), "已经移送") {
		t.Errorf("it leads to %s: %s", page.Path, page.Text(".banner"))
	}
	for _, m := range team {
		for _, path := range []string{"/complaints/" + number, "/complaints/" + number + "/answer"} {
			if got := m.Get(t, path); got.Status != 404 {
				t.Errorf("a %s gets %d for %s", m.Role, got.Status, path)
			}
		}
		for _, path := range []string{"/", "/complaints?view=all", "/search?q=" + number, "/complaints?q=村道"} {
			if got := m.Get(t, path).Text("main"); strings.Contains(got, "村道硬化") {
				t.Errorf("a %s reads of it on %s", m.Role, path)
			}
		}
		got, want := m.Get(t, "/sealed"), m.Role == staff.Registrar || m.Role == staff.Supervisor
		if (got.Status == 200) != want || want && (!strings.Contains(got.Text("main"), number) || !strings.Contains(got.Text("main"), "已移送，已封存") || strings.Contains(got.Text("main"), "村道")) {
			t.Errorf("a %s gets %d: %s", m.Role, got.Status, got.Text("main"))
		}
	}
	closed := officer.open(number)
	if got := closed.Text("main"); strings.Contains(got, "涉嫌违纪") || strings.Contains(got, "村道") || strings.Contains(got, "结清") || !strings.Contains(got, "内容已经封存") {
		t.Errorf("unopened the discipline officer reads %s", got)
	}
	for _, path := range []string{"/complaints?view=all", "/complaints?view=" + complaint.ViewReferred, "/complaints?q=村道", "/search?q=村道", "/"} {
		if got := officer.Get(t, path).Text("main"); strings.Contains(got, "村道") && strings.Contains(got, staff.SealedTitle) {
			t.Errorf("%s shows the words: %s", path, got)
		}
	}
	if got := officer.Get(t, "/complaints?view="+complaint.ViewReferred).Text("main"); !strings.Contains(got, number) || !strings.Contains(got, "剩 15 个工作日") {
		t.Errorf("what is due: %s", got)
	}
	page = officer.press(number, complaint.OpenSealed).Want(t, 422)
	if got := page.Text(".error-summary"); !strings.Contains(got, "要写理由") {
		t.Errorf("without a reason: %s", got)
	}
	officer.does(number, complaint.OpenSealed, "note", "接到来函要核对")
	if got := officer.open(number).Text("main"); !strings.Contains(got, "涉嫌违纪，材料三份。") {
		t.Errorf("the discipline officer reads %s", got)
	}
	officer.does(number, complaint.RecordResult, "public", "已经受理。")
	officer.does(number, complaint.TellAccepted, "accepted", "yes")
	identity := officer.press(number, complaint.OpenIdentity, "note", "核对签名").Want(t, 200)
	if got := identity.Text("main"); !strings.Contains(got, "王建国") || !strings.Contains(got, "核对签名") || strings.Contains(got, "投诉人看得到理由") {
		t.Errorf("the identity: %s", got)
	}
	auditor := w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	if got := auditor.Get(t, "/audit/sealed").Want(t, 200).Text("main"); !strings.Contains(got, "接到来函要核对") || !strings.Contains(got, "核对签名") || !strings.Contains(got, number) || strings.Contains(got, "村道") {
		t.Errorf("the auditor reads %s", got)
	}
	if got := auditor.Get(t, "/audit").Text("main"); strings.Contains(got, number) {
		t.Errorf("the trail has what is sealed: %s", got)
	}
	if got := zhou.Get(t, "/audit/sealed"); got.Status == 200 {
		t.Error("a registrar reads why it was opened")
	}
	w.later()
}
