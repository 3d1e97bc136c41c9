package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestWhatSomebodyHadOpenLastIsTheirsAlone: newest first, beside their work and by a key; what
// they may not have any more is gone.
func TestWhatSomebodyHadOpenLastIsTheirsAlone(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, supervisor := team[staff.Registrar], team[staff.Supervisor]
	first, second := w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number
	if page := registrar.Get(t, "/recent").Want(t, 200); !strings.Contains(page.Text("main"), "还没有打开过") || registrar.Get(t, "/").Has(`main a[href="/recent"]`) {
		t.Error("nothing was opened, and something is shown")
	}
	registrar.open(first)
	w.later()
	registrar.open(second)
	page := registrar.Get(t, "/recent").Want(t, 200)
	rows := page.All(".matters tbody tr")
	if len(rows) != 2 || !strings.Contains(rows[0], second) || !strings.Contains(rows[1], first) || !page.Has(`nav a[data-go=R][aria-current=page]`) {
		t.Errorf("opened last: %q", rows)
	}
	if home := registrar.Get(t, "/").Want(t, 200); !home.Has(`main a[href="/recent"]`) || !home.Has(`.panel a[href*="`+first+`"]`) {
		t.Errorf("beside my work: %q", home.Text(".panel"))
	}
	if other := supervisor.Get(t, "/recent").Want(t, 200); strings.Contains(other.Text("main"), first) {
		t.Error("another is shown what I opened")
	}
	registrar.does(second, workflow.Recuse)
	if page := registrar.Get(t, "/recent").Want(t, 200); strings.Contains(page.Text("main"), second) || !strings.Contains(page.Text("main"), first) {
		t.Errorf("recused from it: %q", page.Text("main"))
	}
	// Who has it open is told to those who work beside them, not of whom it is kept from now.
	if page := supervisor.open(second); strings.Contains(page.Text("main"), "周宁 ") && strings.Contains(page.Text("main"), "可能正在办") {
		t.Error("whoever recused themselves is said to be at it")
	}
	registrar.open(first)
	if page := supervisor.open(first); !strings.Contains(page.Text("main"), "周宁") || !strings.Contains(page.Text("main"), "可能正在办") {
		t.Error("a colleague of another role is not said to be at it")
	}
	w.signIn(t, "guanli", "管理", staff.Sysadmin, complainttest.DeskUnit).Get(t, "/recent").Want(t, 404)
}

// TestSimilarComplaintsAreJoinedFromThePanel: one press leads to the joining with the main
// complaint filled in, and nothing is joined before it is pressed there. Whoever sends the
// answer is told at the button to how many it goes.
func TestSimilarComplaintsAreJoinedFromThePanel(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, handler, head, leader := team[staff.Registrar], team[staff.Handler], team[staff.UnitHead], team[staff.Leader]
	var numbers []string
	for range 3 {
		numbers = append(numbers, w.File(t, complainttest.Intake()).Number)
	}
	w.index(t)
	main, second, third := numbers[0], numbers[1], numbers[2]
	registrar.does(main, complaint.EnterRegister)
	accepting := registrar.open(main).Text("#moves")
	if !strings.Contains(strings.ReplaceAll(accepting, "\u00a0", " "), "平台承诺 30 天") || strings.Contains(accepting, "{") {
		t.Errorf("accepting promises %q", accepting)
	}
	if page := registrar.open(main); page.Has("#join-alike") || page.Has(`a[href*="do=join"]`) {
		t.Error("not accepted yet, it may be joined")
	}
	registrar.does(main, complaint.Accept, "nature", "RED")
	for _, number := range numbers[1:] {
		registrar.does(number, complaint.EnterRegister)
		registrar.does(number, complaint.Accept, "nature", "RED")
	}
	// This one into another.
	form := registrar.Get(t, registrar.open(second).Attr(`a[href*="with_main=`+main+`"]`, "href")).Want(t, 200)
	if form.Attr("input[name=main]", "value") != main || form.Attr("input[name=matter]", "value") != second || w.state(t, second) != complaint.Accepted {
		t.Errorf("led to %q", form.Text("main"))
	}
	form.Submit(t, "button[data-action=join]", nil).Want(t, 200)
	if w.state(t, second) != complaint.Joined {
		t.Fatal("it is not joined")
	}
	// Ticked ones into this one.
	page := registrar.open(main)
	if page.Has(`input[form=join-alike][value="` + second + `"]`) {
		t.Error("what is joined is offered again")
	}
	if none := page.Submit(t, "#join-alike button", nil).Want(t, 200); !strings.Contains(none.Text(".banner"), "一件也没有选") {
		t.Errorf("pressed with nothing ticked: %q", none.Text("main"))
	}
	ticked := registrar.Get(t, page.Attr("#join-alike", "action")+"?"+url.Values{"do": {page.Attr("#join-alike input[name=do]", "value")}, "with_main": {page.Attr("#join-alike input[name=with_main]", "value")},
		"matter": {page.Attr("input[form=join-alike]", "value")}}.Encode()).Want(t, 200)
	ticked.Submit(t, "button[data-action=join]", nil).Want(t, 200)
	if w.state(t, third) != complaint.Joined {
		t.Fatal("the ticked one is not joined")
	}
	registrar.does(main, complaint.Dispatch, "lead", complainttest.Finance)
	handler.does(main, complaint.Sign)
	if page := handler.open(main); page.Has("#join-alike") {
		t.Error("a unit joins complaints")
	}
	handler.does(main, complaint.DraftAnswer, draftOf("合同属实。")...)
	head.does(main, complaint.ApproveAnswer)
	if got := leader.open(main).Text("#moves"); !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), "同样送给并进来的 2 件的投诉人") || !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), "30 天内可以申请复查") {
		t.Errorf("at the button: %q", got)
	}
}
