package filing_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/portal/portaltest"
	"zhengxin/portal/site"
)

// TestAPageOvertakenByTheFilingBringsNoUsedTokenBack: a page of the same
// draft was on its way, read the draft before the filing took it and saves it
// after. The next complaint from that browser must not be answered with the old
// receipt, and lost.
func TestAPageOvertakenByTheFilingBringsNoUsedTokenBack(t *testing.T) {
	t.Parallel()
	overtaken := func() {}
	calls := 0 // of the drafts' clock: one reading, one writing
	s := &fixture{portaltest.New(t, func(over *site.Site) {
		over.Drafts.Now = func() time.Time {
			if calls++; calls == 2 {
				overtaken()
			}
			return over.Now()
		}
	})}

	v := s.Visitor()
	page := toCheck(t, v)
	story := v.Get(t, "/complaints/new/story").Want(t, 200)
	answers := values("captcha_solution", s.Digits(t, page), "pledge", "yes")
	var first string
	overtaken = func() { // the filing reads the draft with the same clock: this is not its turn again
		first = page.Submit(t, form, answers).Want(t, 200).Text("[data-receipt-number]")
	}
	calls = 0
	other := values(storyFields...)
	other.Set("title", "完全是另一件事")
	after := story.Submit(t, form, other).Want(t, 200)
	if first == "" || s.Count(t, "complaint") != 1 {
		t.Fatalf("the filing in between gave %q", first)
	}
	if !strings.Contains(after.Text("main"), "您刚才的投诉已经提交了") {
		t.Errorf("the overtaken page says nothing: %s", after.Text("main"))
	}
	if got := v.Get(t, "/complaints/new/story").Want(t, 200).Attr("[name=title]", "value"); got != "完全是另一件事" {
		t.Errorf("what was typed is %q", got)
	}
	last := v.Get(t, "/complaints/new/check").Want(t, 200)
	receipt := last.Submit(t, form, values("captcha_solution", s.Digits(t, last), "pledge", "yes")).Want(t, 200)
	if second := receipt.Text("[data-receipt-number]"); second == "" || second == first || s.Count(t, "complaint") != 2 {
		t.Errorf("the second complaint was answered with %q after %q: %d complaints", second, first, s.Count(t, "complaint"))
	}
}
