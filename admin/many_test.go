package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// choose opens the page of a move for some rows of a list, as their ticks would.
func choose(t *testing.T, who member, view string, action string, numbers ...string) *webtest.Page {
	t.Helper()
	v := url.Values{"do": {action}, "matter": numbers}
	if view != "" {
		v.Set("view", view)
	}
	return who.Get(t, "/complaints/many?"+v.Encode())
}

func TestOneMoveIsDoneToManyMattersEachByItself(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar := team[staff.Registrar]
	var numbers []string
	for range 4 {
		numbers = append(numbers, w.File(t, complainttest.Intake()).Number)
	}
	list := registrar.Get(t, "/complaints").Want(t, 200)
	if got := list.All(`.many button[name=do]`); len(got) != 9 {
		t.Errorf("the list offers %q", got)
	}
	if ticks := list.All(`input[name=matter]`); len(ticks) != 4 {
		t.Fatalf("%d ticks", len(ticks))
	}
	if none := list.Submit(t, ".many button[value=register]", nil).Want(t, 200); !strings.Contains(none.Text(".banner"), "一件也没有选") {
		t.Errorf("pressed with nothing ticked: %q", none.Text("main"))
	}
	if tracked := registrar.Get(t, "/complaints?track=petition").Want(t, 200); !tracked.Has(`a[href*="` + numbers[0] + `"]`) {
		t.Error("its track is not found by")
	}
	if other := registrar.Get(t, "/complaints?state=accepted"); other.Has(`.many button[value=register]`) {
		t.Error("a list of one state offers what is not done there")
	}
	w.signIn(t, "shiqing", "史清", staff.Auditor, complainttest.DeskUnit).Get(t, "/complaints/many?do=register&matter="+numbers[0]).Want(t, 404)
	if none := choose(t, registrar, "", "register").Want(t, 200); !strings.Contains(none.Text(".banner"), "一件也没有选") {
		t.Errorf("nothing chosen: %q", none.Text("main"))
	}
	choose(t, registrar, "", "reply", numbers...).Want(t, 404) // what is read one by one
	choose(t, registrar, "", "no_such", numbers...).Want(t, 404)

	page := choose(t, registrar, "", "register", append(numbers, "JX20200101-000001-X", "<b>")...).Want(t, 200)
	done := page.Submit(t, "button[data-action=register]", nil).Want(t, 200)
	if !strings.Contains(done.Text(".banner-done"), "已经登记：4 件") {
		t.Fatalf("says %q", done.Text("main"))
	}
	if again := page.Submit(t, "button[data-action=register]", nil).Want(t, 200); !strings.Contains(again.Text(".banner"), "刚才已经办过") {
		t.Errorf("sent twice: %q", again.Text(".banner"))
	}

	// What is asked for is asked once; a fault is beside its field, and nothing is done.
	form := choose(t, registrar, "open", "accept", numbers...).Want(t, 200)
	wrong := form.Submit(t, "button[data-action=accept]", nil).Want(t, 422)
	if got := wrong.Text("main"); !strings.Contains(got, "请选诉求性质") || w.state(t, numbers[0]) != complaint.Registered {
		t.Errorf("without a nature: %q", got)
	}
	// Half of it is not allowed any more by the time the form is sent.
	registrar.does(numbers[3], complaint.Reject, "ground", "REJECT_DUP", "public", "同一件事已在办理")
	half := wrong.Submit(t, "button[data-action=accept]", url.Values{"nature": {"RED"}}).Want(t, 200)
	if got := half.Text("main"); !strings.Contains(half.Text(".banner"), "已经受理：3 件") || !strings.Contains(got, "没有办 1 件") || !strings.Contains(got, "不予受理") {
		t.Errorf("half of it: %q", got)
	}
	if got := half.Attr(`.buttons a`, "href"); got != "/complaints" && got != "/complaints?view=open" {
		t.Errorf("leads back to %s", got)
	}
	for i, want := range []string{"accepted", "accepted", "accepted", "rejected"} {
		if got := w.state(t, numbers[i]); string(got) != want {
			t.Errorf("%d is %s, want %s", i, got, want)
		}
	}

	// What another has changed since is not written over: each by what it was filled in over.
	settling := choose(t, registrar, "", "settle_unit", numbers[:2]...).Want(t, 200)
	if none := settling.Submit(t, "button[data-action=settle_unit]", url.Values{"unit": {complainttest.TownRoads}, "category": {"C01"}}).Want(t, 200); !strings.Contains(none.Text(".banner"), "一件也没有选") || !strings.Contains(none.Text("main"), "已经定了：") {
		t.Errorf("what is settled is settled anew without a question: %q", none.Text("main"))
	}
	team[staff.Supervisor].does(numbers[0], complaint.SettleUnit, "unit", complainttest.Town, "category", "C02")
	settled := settling.Submit(t, "button[data-action=settle_unit]", url.Values{"unit": {complainttest.TownRoads}, "category": {"C01"}, "matter": numbers[:2]}).Want(t, 200)
	if got := settled.Text("main"); !strings.Contains(got, "刚才有人改过") || !strings.Contains(got, "已经确定：1 件") {
		t.Errorf("settled over another's: %q", got)
	}

	// A barred unit is refused for each that bars it, and the others are given.
	given := choose(t, registrar, "", "dispatch", numbers[:3]...).Want(t, 200).Submit(t, "button[data-action=dispatch]", url.Values{"lead": {complainttest.Finance}}).Want(t, 200)
	if got := given.Text("main"); !strings.Contains(got, "已经派单：3 件") {
		t.Errorf("dispatched: %q", got)
	}
	if mine := choose(t, team[staff.Handler], "", "sign", numbers[:3]...).Want(t, 200); !strings.Contains(mine.Text("main"), "签收 3 件") {
		t.Errorf("the unit's own: %q", mine.Text("main"))
	}
	// What is none of theirs is not there at all, whatever the address says.
	hidden := w.File(t, complainttest.Intake()).Number
	if mine := choose(t, team[staff.Handler], "", "sign", hidden).Want(t, 200); strings.Contains(mine.Text("main"), hidden) || mine.Has("button[data-action=sign]") {
		t.Errorf("a unit is shown what it has not: %q", mine.Text("main"))
	}
}

// TestProposalsAreSignedForAndRecalledTogether: what asks the same of all, and nothing that is
// read one by one.
func TestProposalsAreSignedForAndRecalledTogether(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	var numbers []string
	for _, serial := range []string{"12", "13"} {
		number := a.enters(t, "serial", serial)
		a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
		numbers = append(numbers, number)
	}
	together := func(m member, action string, numbers ...string) *webtest.Page {
		t.Helper()
		return m.Get(t, "/proposals/many?"+url.Values{"do": {action}, "matter": numbers}.Encode())
	}
	if list := a.handler.Get(t, "/proposals").Want(t, 200); !list.Has(`.many button[value=sign]`) || list.Has(`.many button[value=draft_answer]`) || len(list.All("input[name=matter]")) != 2 {
		t.Errorf("the unit's list offers %q", list.All(".many button"))
	}
	if page := together(a.handler, "sign", numbers...).Want(t, 200).Submit(t, "button[data-action=sign]", nil).Want(t, 200); !strings.Contains(page.Text(".banner-done"), "已经签收：2 件") {
		t.Errorf("signed for: %q", page.Text("main"))
	}
	form := together(a.registrar, "recall", numbers...).Want(t, 200)
	if wrong := form.Submit(t, "button[data-action=recall]", nil).Want(t, 422); !strings.Contains(wrong.Text("main"), "请写为什么收回") {
		t.Errorf("recalled without a word: %q", wrong.Text("main"))
	}
	if page := form.Submit(t, "button[data-action=recall]", url.Values{"note": {"交错了"}}).Want(t, 200); !strings.Contains(page.Text(".banner-done"), "已经收回：2 件") {
		t.Errorf("recalled: %q", page.Text("main"))
	}
	for _, action := range []string{"reply", "draft_answer", "withdraw", "divide"} {
		together(a.registrar, action, numbers...).Want(t, 404)
	}
}

// TestEachIsSettledByWhatIsProposedOfIt: what somebody has read and ticked, and no other.
func TestEachIsSettledByWhatIsProposedOfIt(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar := team[staff.Registrar]
	filed := func(unit string) string {
		in := complainttest.Intake()
		if unit == "" {
			in.Story.Unit, in.Story.UnitSaid, in.Story.Facts = complaint.UnknownUnit, "镇上", "东岭镇人民政府欠我工程款，一直没有付。"
		}
		return w.File(t, in).Number
	}
	settled, one, other := filed(complainttest.Town), filed(""), filed("")
	list := registrar.Get(t, "/complaints?unit=-").Want(t, 200)
	if n := len(list.All("[data-row]")); n != 2 || list.Has(`a[href*="`+settled+`"]`) {
		t.Errorf("%d are unsettled", n)
	}
	page := choose(t, registrar, "", "settle_unit", settled, one, other).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "建议：东岭镇") || !strings.Contains(got, "文中写了") {
		t.Fatalf("proposes %q", got)
	}
	done := page.Submit(t, `form:has([name=propose]) button[data-action=settle_unit]`, url.Values{"matter": {one}}).Want(t, 200)
	if got := done.Text(".banner-done"); !strings.Contains(got, "已经确定：1 件") {
		t.Fatalf("says %q", done.Text("main"))
	}
	if left := registrar.Get(t, "/complaints?unit=-").Want(t, 200); len(left.All("[data-row]")) != 1 || !left.Has(`a[href*="`+other+`"]`) {
		t.Error("what was not ticked is not left as it was")
	}
}

// TestWhatIsTickedIsTakenOut: these alone, under the guard and in the log of the whole list.
func TestWhatIsTickedIsTakenOut(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	one, other := w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number
	page := choose(t, team[staff.Supervisor], "", "export", one).Want(t, 200)
	file := page.Submit(t, `form[action$=".csv"]`, nil).Want(t, 200)
	if got := file.Body; !strings.Contains(got, one) || strings.Contains(got, other) {
		t.Errorf("the file has %q", got)
	}
	if log := w.signIn(t, "shiqing", "史清", staff.Auditor, complainttest.DeskUnit).Get(t, "/audit/exports").Want(t, 200); !strings.Contains(log.Text("main"), "勾选的 1 件："+one) {
		t.Errorf("the log says %q", log.Text("main"))
	}
	choose(t, team[staff.Handler], "", "export", one).Want(t, 404)
}
