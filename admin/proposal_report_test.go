package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
)

func TestEachNumberOfTheReportLeadsToWhatItCounts(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	if got := a.supervisor.Get(t, "/proposals").Want(t, 200).Follow(t, `a[href="/proposals/report"]`).Want(t, 200).Text("main"); !strings.Contains(got, "没有交办过") {
		t.Errorf("an empty year: %q", got)
	}
	a.registrar.Get(t, "/proposals/report").Want(t, 404)
	number := a.enters(t, "serial", "51")
	a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.handler, number, proposal.Sign)
	a.answered(t, number)
	a.does(t, a.registrar, number, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none")
	other := a.enters(t, "serial", "52", "title", "关于水渠的建议")
	a.does(t, a.registrar, other, proposal.HandOver, "lead", complainttest.Justice, "hard", "no")
	leader := a.signIn(t, "ling", "凌导", staff.Leader, complainttest.DeskUnit)
	page := leader.Get(t, "/proposals/report").Want(t, 200)
	for measure, says := range map[string]string{"given": "2", "answered": "150%", "in_time": "1100%", "open": "1", "class_b": "1100%", "refused": "0"} {
		if got := strings.ReplaceAll(page.Text(`[data-measure="`+measure+`"]`), " ", ""); !strings.Contains(got, says) {
			t.Errorf("%s: %q", measure, got)
		}
	}
	if got := page.Follow(t, `[data-measure=open] a`).Want(t, 200).Text("table"); !strings.Contains(got, other) || strings.Contains(got, number) {
		t.Errorf("still open are %q", got)
	}
	if got := page.Follow(t, `[data-group="unit:FIN"] a`).Want(t, 200).Text("table"); !strings.Contains(got, number) || strings.Contains(got, other) {
		t.Errorf("the unit has %q", got)
	}
	file := page.Follow(t, `a[href^="/proposals/report.csv"]`).Want(t, 200)
	if lines := strings.Split(file.Body, "\n"); !strings.Contains(lines[1], "合计,2,1,50") || !strings.Contains(file.Body, "财政局") {
		t.Errorf("the file has %q", file.Body)
	}
	for _, address := range []string{"?year=2025", "?year=x", "?year=1900", "?what=nothing", "?what=given&of=nobody"} {
		leader.Get(t, "/proposals/report"+address).Want(t, 200)
	}
}

func TestTheReportOfAYearIsPublishedAsItWasRead(t *testing.T) {
	t.Parallel()
	a := newAssembly(t)
	publisher := a.publisher
	if got := publisher.Get(t, "/proposals/report").Want(t, 200); got.Has(`form[action^="/proposals/report/publish"]`) {
		t.Error("an empty year can be published")
	}
	number := a.enters(t, "serial", "51")
	a.does(t, a.registrar, number, proposal.HandOver, "lead", complainttest.Finance, "hard", "no")
	a.does(t, a.handler, number, proposal.Sign)
	a.answered(t, number)
	a.does(t, a.registrar, number, proposal.Agree, "attitude", "satisfied", "result", "basic", "consent", "none")
	if a.supervisor.Get(t, "/proposals/report").Want(t, 200).Has(`form[action^="/proposals/report/publish"]`) {
		t.Error("who does not publish is offered to")
	}
	reports := func(where string) int {
		n, err := pg.One[int](t.Context(), a.DB.Owner, `SELECT count(*) FROM notice WHERE matter_id IS NULL AND `+where, nil)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	const publish, takeDown = `form[action^="/proposals/report/publish"]`, `form[action^="/proposals/report/take-down"]`
	old := publisher.Get(t, "/proposals/report").Want(t, 200)
	other := a.enters(t, "serial", "52", "title", "关于水渠的建议")
	a.does(t, a.registrar, other, proposal.HandOver, "lead", complainttest.Justice, "hard", "no")
	now := old.Submit(t, publish, nil).Want(t, 409)
	if got := now.Text("main"); !strings.Contains(got, "数字刚才变了") || !strings.Contains(got, "现在没有公开") || reports(`true`) != 0 {
		t.Errorf("what was not read: %q", got)
	}
	done := now.Submit(t, publish, nil).Want(t, 200)
	body, err := pg.One[string](t.Context(), a.DB.Owner, `SELECT title || body FROM notice WHERE matter_id IS NULL`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{"年建议提案办理情况报告", "合计：交办 2 件，已答复 1 件（50%）", "对办理结果满意、基本满意 1 件（100%）", "县财政局：交办 1 件，已答复 1 件（100%）"} {
		if !strings.Contains(body, says) {
			t.Errorf("the public does not read %q: %s", says, body)
		}
	}
	if _, unit, _ := strings.Cut(body, "县财政局："); strings.Contains(unit, "满意") {
		t.Errorf("of one unit is told who was content: %s", unit)
	}
	if got := done.Text(".banner-done"); !strings.Contains(got, "报告已经公开") {
		t.Errorf("done, the page says %q", got)
	}
	if got := now.Submit(t, publish, nil).Want(t, 200).Text(".banner-done"); !strings.Contains(got, "已经办过了") || reports(`true`) != 1 {
		t.Errorf("the same form twice: %q, %d reports", got, reports(`true`))
	}
	if got := done.Text("#public"); !strings.Contains(got, "公开") || strings.Contains(got, "现在没有公开") {
		t.Errorf("once published: %q", got)
	}
	again := done.Submit(t, publish, nil).Want(t, 200)
	if reports(`true`) != 2 || reports(`taken_down_at IS NULL`) != 1 {
		t.Error("two of one year stand in public")
	}
	if got := again.Submit(t, takeDown, typed("why", "")).Want(t, 422); !strings.Contains(got.Text(".field-error"), "请写为什么撤下") {
		t.Errorf("without a reason: %q", got.Text("main"))
	}
	if got := again.Submit(t, takeDown, typed("why", "数字有误")).Want(t, 200).Text(".banner-done"); !strings.Contains(got, "公开已经撤下") {
		t.Errorf("taken down, the page says %q", got)
	}
	if got := again.Submit(t, takeDown, typed("why", "数字有误")).Want(t, 200).Text(".banner-done"); !strings.Contains(got, "已经办过了") {
		t.Errorf("twice: %q", got)
	}
	if reports(`taken_down_at IS NULL`) != 0 {
		t.Error("it still stands in public")
	}
}
