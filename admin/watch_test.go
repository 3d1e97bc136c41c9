package admin

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
)

func TestThatTheBackgroundWorkStandsStillIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	if got := team[staff.Supervisor].Get(t, "/watch").Want(t, 200).Text("main"); !strings.Contains(got, "还没有做过") || !strings.Contains(got, "还没有查过") {
		t.Errorf("before the first: %q", got)
	}
	if err := watch.Done(t.Context(), w.DB.Worker, watch.Timed, w.Now(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO watch_count (day, what, n) VALUES ('2026-03-02', 'letters_unsent', 0), ('2026-03-02', 'no_next_step', 0)`); err != nil {
		t.Fatal(err)
	}
	page := team[staff.Supervisor].Get(t, "/watch").Want(t, 200)
	if got, _, _ := strings.Cut(page.Text("main"), "备份和核对"); !strings.Contains(got, "到期的提醒、催办、办结") || !strings.Contains(got, "2026年3月2日查的") || strings.Contains(got, "停了") || strings.Contains(got, "要处理") {
		t.Errorf("all is well: %q", got)
	}
	if got := team[staff.Supervisor].Get(t, "/").Text("main"); strings.Contains(got, "后台工作有停了的") {
		t.Error("all is well, and the alarm is raised")
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `INSERT INTO watch_count (day, what, n) VALUES ('2026-03-03', 'no_next_step', 2)`); err != nil {
		t.Fatal(err)
	}
	w.Wait(25 * time.Minute)
	if got := team[staff.Supervisor].Get(t, "/").Text("main"); !strings.Contains(got, "后台工作有停了的") || !strings.Contains(got, "没有下一步的事项有 2 个") {
		t.Errorf("the home says %q", got)
	}
	// The numbers lead to the lists of what they count, as it is now.
	number := w.File(t, complainttest.Intake()).Number
	registrar := team[staff.Registrar]
	registrar.does(number, complaint.EnterRegister)
	registrar.does(number, complaint.Accept, "nature", "RED")
	registrar.does(number, complaint.Dispatch, "lead", complainttest.Finance)
	other := w.File(t, complainttest.Intake()).Number
	for _, sql := range []string{`UPDATE staff SET disabled_at = now() WHERE unit = 'FIN'`, `INSERT INTO watch_count (day, what, n) VALUES ('2026-03-03', 'letters_unsent', 1)`} {
		if _, err := w.DB.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	page = team[staff.Supervisor].Get(t, "/watch").Want(t, 200)
	if !page.Has(`main a[href="/mail?state=waiting"]`) {
		t.Errorf("unsent letters lead nowhere: %q", page.Text("main"))
	}
	list := team[staff.Supervisor].Get(t, page.Attr(`main a[href^="/complaints?"]`, "href")).Want(t, 200)
	if !list.Has(`td a[href*="`+number+`"]`) || list.Has(`td a[href*="`+other+`"]`) || !strings.Contains(list.Text(".chips"), "没有下一步的事项") {
		t.Errorf("the list of it: %q", list.Text("main"))
	}
	w.signIn(t, "clerk", "何敏", staff.Handler, complainttest.Finance).Get(t, "/watch").Want(t, 404)
}
