package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
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
