package filing_test

import (
	"strings"
	"testing"

	"zhengxin/internal/pg"
	"zhengxin/internal/view/viewtest"
)

// What tells who somebody is is asked about beside its text, and what is known of them
// once they have said who they are before it is sent.
func TestWhoeverWritesWhoTheyAreIsAskedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page, right := reached(t, s, "story")
	right.Set("title", "我叫王建国，修路款没有付清")
	right.Set("facts", "2024年5月签订合同，电话138 0013 8000，青禾路桥至今没有拿到钱。")
	asked := page.Submit(t, form, right).Want(t, 422)
	if got := asked.Text(".error-summary"); !strings.Contains(got, "“标题”里好像写了姓名：“王建国”") || !strings.Contains(got, "“事情经过”里好像写了手机号码：“138 0013 8000”") {
		t.Errorf("asks %q", got)
	}
	if asked.Text("[name=facts]") != right.Get("facts") {
		t.Errorf("the facts are %q", asked.Text("[name=facts]"))
	}
	viewtest.Sound(t, asked.Document)
	right.Set("title_personal", "mask")
	right.Set("facts_personal", "keep")
	page = asked.Submit(t, form, right).Want(t, 200)
	for _, fields := range [][]string{append([]string{"elsewhere", "打过12345，留的是wang@example.com"}, contractFields...), {"do", "next"}, contactFields} {
		next := page.Submit(t, form, values(fields...))
		if next.Status == 422 {
			if got := next.Text(".error-summary"); !strings.Contains(got, "“还向哪里反映过”里好像写了电子邮箱") {
				t.Fatalf("asks %q", got)
			}
			next = next.Submit(t, form, values(append([]string{"elsewhere_personal", "mask"}, fields...)...))
		}
		page = next.Want(t, 200)
	}
	if got := page.Text("main"); !strings.Contains(got, "我叫（姓名，已隐去）") || !strings.Contains(got, "留的是（电子邮箱，已隐去）") {
		t.Errorf("the check shows %q", got)
	}
	// The firm is known by now, and stands in the facts.
	if got := page.Text("main form"); !strings.Contains(got, "“事情经过”里好像写了") || !strings.Contains(got, "青禾路桥") {
		t.Errorf("the check asks %q", got)
	}
	open := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 422)
	if got := open.Text(".error-summary"); !strings.Contains(got, "“青禾路桥”") || s.Count(t, "complaint") != 0 {
		t.Errorf("an open question: %q, %d filed", got, s.Count(t, "complaint"))
	}
	seen := open.Submit(t, form, values("facts_personal", "mask", "pledge", "yes")).Want(t, 200)
	if got := seen.Text("main"); !strings.Contains(got, "请看一遍改过的内容") || !strings.Contains(got, "（单位名称，已隐去）至今没有拿到钱") || s.Count(t, "complaint") != 0 {
		t.Errorf("after hiding it: %q, %d filed", got, s.Count(t, "complaint"))
	}
	seen.Submit(t, form, values("pledge", "yes")).Want(t, 200)
	filed, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT m.title || '|' || c.facts || '|' || c.elsewhere FROM complaint c JOIN matter m ON m.id = c.matter_id`, nil)
	if want := "我叫（姓名，已隐去），修路款没有付清|2024年5月签订合同，电话（手机号码，已隐去），（单位名称，已隐去）至今没有拿到钱。|打过12345，留的是（电子邮箱，已隐去）"; err != nil || filed != want {
		t.Errorf("filed %q, %v", filed, err)
	}
}
