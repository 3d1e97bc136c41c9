package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func TestAnotherPersonReleasesABarOnThePage(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, supervisor := team[staff.Registrar], team[staff.Supervisor]
	in := complainttest.Intake()
	in.Story.Unit = complainttest.Finance
	in.Story.Facts += "办公室的周宁知道这件事。"
	number := w.File(t, in).Number
	if page := registrar.Get(t, "/complaints/"+number); page.Status != 404 {
		t.Fatalf("周宁 reads what names her: %d", page.Status)
	}
	other := w.signIn(t, "lanxin", "蓝欣", staff.Registrar, complainttest.DeskUnit)
	other.does(number, complaint.EnterRegister)
	if page := other.open(number); !page.Has("[data-action=release_bar]") {
		t.Error("a name of the office cannot be released at all")
	}
	page := other.does(number, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03")
	if why := page.Text("#why-release_bar"); !strings.Contains(why, "要由另一个人做") {
		t.Errorf("who settled is told %q", why)
	}
	if history := page.Text("#history ~ .timeline, .timeline"); !strings.Contains(history, "原来写的县财政局仍然看不到、也办不了这件投诉。") {
		t.Errorf("the course of events says %q", history)
	}
	page = other.does(number, complaint.Accept, "nature", "RED")
	if got := page.Text(`#dispatch-lead option[value=FIN]`); !strings.Contains(got, "投诉里写过，不能派") {
		t.Errorf("whom the complainant chose reads %q", got)
	}
	if side := page.Text(".columns-side, .panel, body"); !strings.Contains(side, "县财政局") || !strings.Contains(side, "投诉时写的被投诉单位") || !strings.Contains(side, "周宁") {
		t.Errorf("the side says of bars %q", side)
	}
	page = pressOn(t, supervisor.open(number), workflow.ReleaseBar, "bar", "unit:FIN").Want(t, 422)
	if got := page.Text("#release_bar-public-error, .error-summary"); !strings.Contains(got, "请写为什么可以解除") {
		t.Errorf("without a reason: %q", got)
	}
	page = supervisor.does(number, workflow.ReleaseBar, "bar", "unit:FIN", "public", "投诉人来电说点错了")
	if page.Text(".banner-done h2, .banner-done .banner-title") != "回避已经解除" {
		t.Errorf("said %q", page.Text(".banner-done"))
	}
	if _, off := other.open(number).Find(`#dispatch-lead option[value=FIN]`).Attr("disabled"); off {
		t.Error("released, it cannot be chosen")
	}
	supervisor.does(number, workflow.ReleaseBar, "bar", strings.TrimSpace(supervisor.open(number).Attr(`#release_bar-bar option[value^="staff:"], input[value^="staff:"]`, "value")), "public", "同名的另一个人")
	registrar.open(number)
}

// One press, and the list says so; the number leads nowhere any more, for them alone.
func TestWhoRecusesThemselvesIsLedBackToTheList(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	registrar := team[staff.Registrar]
	page := pressOn(t, registrar.open(number), workflow.Recuse).Want(t, 200)
	if path(page.Path) != "/complaints" || page.Text(".banner-done h2, .banner-done .banner-title") != "已经回避" || page.Has(`a[href*="`+number+`"]`) {
		t.Errorf("led to %s, which says %q", page.Path, page.Text(".banner-done"))
	}
	registrar.Get(t, "/complaints/"+number).Want(t, 404)
	if found := registrar.Get(t, "/complaints?q="+number); found.Status != 404 {
		t.Errorf("the search box leads to %s (%d)", found.Path, found.Status)
	}
	if side := team[staff.Supervisor].open(number).Text("body"); !strings.Contains(side, "本人声明回避") {
		t.Error("a colleague does not read who recused themselves")
	}
	if forged := registrar.Get(t, "/complaints?done=accept"); forged.Has(".banner-done") {
		t.Error("an address says that something was done")
	}
}
