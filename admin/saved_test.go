package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
)

func TestAListIsKeptUnderANameForWhomItIsMeant(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, supervisor, handler := team[staff.Registrar], team[staff.Supervisor], team[staff.Handler]
	number := w.File(t, complainttest.Intake()).Number
	const asked = "/complaints?state=submitted&category=C03"
	if plain := registrar.Get(t, "/complaints").Want(t, 200); plain.Has(".save-view") {
		t.Error("a list that asks for nothing is offered to be kept")
	}
	page := registrar.Get(t, asked).Want(t, 200)
	for name, says := range map[string]string{"": "起个名字", "  ": "起个名字", strings.Repeat("长", 21): "最多 20 个字"} {
		wrong := page.Submit(t, ".save-view button", url.Values{"name": {name}}).Want(t, 422)
		if got := wrong.Text("#save-name-error, .error-summary"); !strings.Contains(got, says) || !strings.Contains(wrong.Text("main"), number) {
			t.Errorf("named %q: %q", name, got)
		}
	}
	if page.Has(`#save-to option[value=all]`) {
		t.Error("a registrar may show it to everybody")
	}
	if err := w.desk.Staff.SaveView(t.Context(), registrar.Person, "complaint", "给大家的", "", staff.ForAll); !fault.Is(err, fault.Invalid) {
		t.Errorf("a registrar shows it to everybody: %v", err)
	}
	kept := page.Submit(t, ".save-view button", url.Values{"name": {"新来的欠款"}, "to": {"me"}}).Want(t, 200)
	if got := kept.Attr(`.saved-views a[aria-current]`, "href"); path(got) != "/complaints" || !strings.Contains(got, "category=C03") || kept.Has(".save-view") {
		t.Errorf("kept: %q", got)
	}
	if other := supervisor.Get(t, "/complaints").Want(t, 200); strings.Contains(other.Text("main"), "新来的欠款") {
		t.Error("what is for me alone is shown to another")
	}
	// The name again is the newer list, shown to the unit now.
	page.Submit(t, ".save-view button", url.Values{"name": {"新来的欠款"}, "to": {"unit"}}).Want(t, 200)
	other := supervisor.Get(t, "/complaints").Want(t, 200)
	if got := other.All(`.saved-views a`); len(got) != 1 || !strings.Contains(other.Text(".saved-views"), "周宁") {
		t.Errorf("the unit sees %q", other.Text(".saved-views"))
	}
	if theirs := supervisor.Get(t, other.Attr(`.saved-views a`, "href")).Want(t, 200); theirs.Has(".saved-views form") || !theirs.Has(`a[href*="`+number+`"]`) {
		t.Error("another's list is not followed, or is given up by whose it is not")
	}
	if unit := handler.Get(t, "/complaints").Want(t, 200); unit.Has(".saved-views") {
		t.Error("a handling unit is shown the desk's lists")
	}
	supervisor.Get(t, "/complaints?due=late").Want(t, 200).Submit(t, ".save-view button", url.Values{"name": {"全部逾期"}, "to": {"all"}}).Want(t, 200)
	if unit := handler.Get(t, "/complaints").Want(t, 200); !strings.Contains(unit.Text(".saved-views"), "全部逾期") {
		t.Error("what is for everybody is not shown to a unit")
	}
	// One that is not for all to read is offered to nobody else, and is no other list.
	supervisor.Get(t, "/complaints?view=pressed").Want(t, 200).Submit(t, ".save-view button", url.Values{"name": {"催过的"}, "to": {"all"}}).Want(t, 200)
	if unit := handler.Get(t, "/complaints").Want(t, 200); strings.Contains(unit.Text(".saved-views"), "催过的") {
		t.Error("a unit is offered what it cannot open")
	}
	if denied := handler.Get(t, "/complaints?view=pressed").Want(t, 404); !strings.Contains(denied.Text("main"), "这个列表不归您看") || denied.Has("[data-row]") {
		t.Errorf("instead of it: %q", denied.Text("main"))
	}
	if leader := team[staff.Leader].Get(t, "/complaints?view=pressed").Want(t, 200); !strings.Contains(leader.Text(".views [aria-current]"), "催办督办过") {
		t.Error("the leader has it not")
	}
	// It shows what its reader may know of, and no more.
	if found := handler.Get(t, handler.Get(t, "/complaints").Attr(`.saved-views a`, "href")).Want(t, 200); found.Has(`a[href*="` + number + `"]`) {
		t.Error("a kept list shows a unit what it has not")
	}
	registrar.Get(t, asked).Want(t, 200).Submit(t, ".saved-views form button", nil).Want(t, 200)
	if gone := registrar.Get(t, "/complaints").Want(t, 200); strings.Contains(gone.Text(".saved-views"), "新来的欠款") {
		t.Error("given up, it is there")
	}
}
