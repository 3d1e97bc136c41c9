package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestAnAuditorNarrowsTheTrailAndTakesItOut(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	auditor := w.signIn(t, "shi", "石审", staff.Auditor, complainttest.DeskUnit)
	one, other := w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(one, complaint.EnterRegister)
	team[staff.Registrar].does(one, complaint.Accept, "nature", "RED")
	team[staff.Supervisor].does(other, complaint.EnterRegister)
	w.later()
	team[staff.Registrar].press(one, complaint.OpenIdentity, "public", "核对名册里的单位").Want(t, 200)
	day := w.Now().Format("2006-01-02")
	for query, has := range map[string]struct {
		n     int
		words string
	}{
		"":                                {4, "核对名册里的单位"},
		"?who=何敏":                         {1, other},
		"?number=" + one:                  {3, "登记"},
		"?action=register&kind=complaint": {2, "登记"},
		"?action=open_identity":           {1, "理由：核对名册里的单位"},
		"?from=" + day + "&until=" + day:  {4, one},
		"?until=2019-01-01":               {0, "没有符合这些条件的记录"},
		"?kind=case":                      {0, "没有符合"},
		"?from=" + url.QueryEscape("昨天又昨天"): {4, "日期请写成"},
		"?number=JX1":                        {4, "编号不对"},
		"?from=2026-03-09&until=2026-03-01":  {0, "不早于"},
		"?action=no_such_thing&kind=no_such": {4, one},
	} {
		page := auditor.Get(t, "/audit"+strings.ReplaceAll(query, "何敏", url.QueryEscape("何敏"))).Want(t, 200)
		if n := page.Find("main tbody tr").Length(); n != has.n || !strings.Contains(page.Text("main"), has.words) {
			t.Errorf("%s: %d lines, %s", query, n, page.Text("main"))
		}
	}
	if got := auditor.Get(t, "/audit").Want(t, 200).Submit(t, `form[action="/audit"] button:not([form])`, url.Values{"number": {other}}).Want(t, 200); got.Find("main tbody tr").Length() != 1 {
		t.Errorf("narrowed by its form: %s", got.Text("main"))
	}
	file := auditor.Get(t, "/audit?who="+url.QueryEscape("何敏")).Want(t, 200).Submit(t, "#export", nil).Want(t, 200)
	if strings.Count(file.Body, "\n") != 2 || !strings.Contains(file.Body, other) || strings.Contains(file.Body, one) {
		t.Errorf("the file is %q", file.Body)
	}
	if book := auditor.Get(t, "/audit?who="+url.QueryEscape("何敏")).Want(t, 200).Submit(t, "#export-xlsx", nil).Want(t, 200); !strings.HasPrefix(book.Body, "PK") {
		t.Error("the trail does not leave as a workbook")
	}
	if got := auditor.Get(t, "/audit/exports").Want(t, 200).Text("main table"); !strings.Contains(got, "操作记录：筛选过的") || !strings.Contains(got, "谁：何敏") || !strings.Contains(got, "条") {
		t.Errorf("the record of exports says %q", got)
	}
	said := map[string]bool{}
	for _, o := range auditor.Get(t, "/audit").All("select[name=action] option") {
		if said[o] {
			t.Errorf("two actions are called %s", o)
		}
		said[o] = true
	}
	team[staff.Registrar].Get(t, "/audit").Want(t, 404)
}
