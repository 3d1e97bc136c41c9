package own_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
	"zhengxin/portal/portaltest"
)

// decide has the desk do moves one after another; pairs are their answers.
func decide(t *testing.T, s *portaltest.Site, number string, a workflow.Action, pairs ...string) {
	t.Helper()
	answers := workflow.Answers{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = []string{pairs[i+1]}
	}
	if _, err := s.Desk.Move(t.Context(), workflow.Order{
		Number: number, Action: a, By: s.People[staff.Registrar], Token: complainttest.Token(), Answers: answers,
	}); err != nil {
		t.Fatal(err)
	}
}

// What was decided, why, by what, what now, by when and what otherwise stand before
// everything else.
func TestADecisionIsToldOnTopOfThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	cases := map[string]struct {
		do    func(number string)
		title string
		says  []string
		links []string
		tone  string
	}{
		"not taken up": {
			func(n string) {
				decide(t, s, n, complaint.Reject, "ground", "REJECT_DUP", "public", "已在 JX 的另一件里办理，等那边的结果。")
			}, "不予受理",
			[]string{"同一件事已在办理", "《信访工作条例》第十九条", "等那边的结果", "第二十三条", "另外投诉", "已经结束"},
			[]string{"/help#elsewhere", "/complaints/new", "/help#people"}, "slate",
		},
		"told the way": {
			func(n string) { decide(t, s, n, complaint.Redirect, "public", "请向县人民法院起诉。") }, "已告知途径",
			[]string{"请向县人民法院起诉", "《信访工作条例》第三十一条", "各有自己的期限"}, []string{"/help#elsewhere", "/help#people"}, "slate",
		},
		"to be supplemented": {
			func(n string) { decide(t, s, n, complaint.AskSupplement, "public", "合同的复印件") }, "等您补正",
			[]string{"合同的复印件", "一次写全", "最迟", "3月17日", "可能不再办理"}, []string{"/complaints/mine/supplement", "/help#people"}, "amber",
		},
		"waited for in vain": {
			func(n string) {
				decide(t, s, n, complaint.AskSupplement, "public", "合同的复印件")
				s.Wait(17 * 24 * time.Hour)
				decide(t, s, n, complaint.EndUnsupplemented, "public", "没有合同，查不下去。")
			}, "不予受理", []string{"到期没有收到补充", "没有合同，查不下去", "补齐了，可以另外投诉"}, []string{"/complaints/new"}, "slate",
		},
		"handed on": {
			func(n string) {
				decide(t, s, n, complaint.Transfer, "body", "市住房公积金中心", "new_body", "yes", "document", "转送函", "public", "归它管。")
			}, "已转送",
			[]string{"已转送市住房公积金中心", "第二十二条"}, []string{"/help#people"}, "slate",
		},
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) { // the last of them lets time pass
		c := cases[name]
		receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
		decide(t, s, receipt.Number, complaint.EnterRegister)
		plain := track(t, v, receipt.Number, receipt.Code).Want(t, 200)
		if plain.Has("main .answer") {
			t.Errorf("%s: something is decided before it is", name)
		}
		c.do(receipt.Number)
		page := v.Get(t, "/complaints/mine")
		if page.Status != 200 {
			page = track(t, v, receipt.Number, receipt.Code).Want(t, 200)
		}
		box := page.Text("main .answer")
		if page.Text("main .answer h2") != c.title {
			t.Errorf("%s: on top stands %q", name, page.Text("main .answer h2"))
		}
		if !page.Has("main .answer-" + c.tone) {
			t.Errorf("%s: the decision is not %s", name, c.tone)
		}
		for _, words := range c.says {
			if !strings.Contains(box, words) {
				t.Errorf("%s: it does not say %q: %s", name, words, box)
			}
		}
		for _, link := range c.links {
			if !page.Has(`main .answer a[href="` + link + `"]`) {
				t.Errorf("%s: it does not lead to %s", name, link)
			}
			path, anchor, _ := strings.Cut(link, "#")
			if there := v.Get(t, path).Want(t, 200); anchor != "" && !there.Has("#"+anchor) {
				t.Errorf("%s: %s leads nowhere", name, link)
			}
		}
		first := page.Find("main h1 ~ section, main h1 ~ div section, main section").First()
		if !first.Is(".answer") {
			t.Errorf("%s: the decision is not the first on the page", name)
		}
	}
}

// Every decision that ends a matter or hands it back is told: no row is forgotten.
func TestEveryDecisionHasAVerdict(t *testing.T) {
	t.Parallel()
	told := map[workflow.State]bool{
		complaint.Rejected: true, complaint.Redirected: true, complaint.Transferred: true, complaint.ReferredDiscipline: true, complaint.SupplementRequired: true,
	}
	for _, m := range complaint.Law.Moves {
		if v := m.Verdict; told[m.To] != (v != nil) {
			t.Errorf("%s to %s: verdict %v", m.Action, m.To, v)
		} else if v != nil && (v.Basis == "" || v.Then == "" || v.Else == "" || len(v.Ways) == 0) {
			t.Errorf("%s: %+v lacks something", m.Action, v)
		}
	}
}

func TestTheirOwnWordsAreOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes"))
	number, code, v := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]"), s.Visitor()
	own := track(t, v, number, code).Want(t, 200)
	for _, words := range []string{"要求付清剩余工程款", "2024年5月签订合同，8月验收", "DL-2024-016", "2024年5月12日", "1,286,500.00", "东岭镇人民政府", "拖欠账款"} {
		if !strings.Contains(own.Text("main"), words) {
			t.Errorf("%q was filed and is not shown: %s", words, own.Text("main"))
		}
	}
	for _, secret := range []string{"王建国", "13800138000", "wang@example.com", "青禾路桥工程有限公司", "91410425MA00000077"} {
		if strings.Contains(own.Body, secret) {
			t.Errorf("%q is on the page", secret)
		}
	}
	said := "补一句：对账单在我手里。\n第二行 <b>"
	done := own.Follow(t, `a[href$="/supplement"]`).Submit(t, "[data-action=supplement]", values("note", said)).Want(t, 200)
	if words := done.Text(".own-words"); words != "补一句：对账单在我手里。 第二行 <b>" && words != "补一句：对账单在我手里。第二行 <b>" {
		t.Errorf("shown is %q", words)
	}
	other := s.File(t, complainttest.Intake())
	if page := track(t, s.Visitor(), other.Number, other.Code).Want(t, 200); page.Has(".own-words") {
		t.Error("another matter shows their words")
	}
}
