package filing_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/web/webtest"
)

func TestAStepSentTooLateKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	steps := []struct {
		path        string
		fill, after []string // what is sent, and a field with its words
	}{
		{"/complaints/new", whoFields, []string{"[name=complainant_kind]:checked", "enterprise"}},
		{"/complaints/new/story", storyFields, []string{"[name=title]", "村道硬化工程款没有付清"}},
		{"/complaints/new/contract", contractFields, []string{"[name=contract_no]", "DL-2024-016"}},
		{"/complaints/new/contact", contactFields, []string{"[name=organisation]", "青禾路桥工程有限公司"}},
	}
	lapses := map[string]func(v *webtest.Client){
		"its cookie is gone": func(v *webtest.Client) { v.SetCookie("zx_draft", "") },
		"all cookies are gone": func(v *webtest.Client) {
			v.SetCookie("zx_draft", "")
			v.SetCookie("zx_form", "")
		},
		"a day is over": func(*webtest.Client) { s.Wait(25 * time.Hour) },
		"another draft": func(v *webtest.Client) { v.SetCookie("zx_draft", strings.Repeat("B", 43)) },
	}
	for how, lapse := range lapses {
		for _, step := range steps {
			v := s.Visitor()
			toCheck(t, v)
			form := v.Get(t, step.path).Want(t, 200)
			drafts := s.Count(t, "draft")
			lapse(v)
			page := form.Submit(t, "#filing", values(step.fill...))
			if page.Status == 200 { // the cookie was there still, and the step is kept in a new draft
				page = v.Get(t, step.path)
				for page.Path != step.path { // once what is missing before it is filled in again
					fill := map[string][]string{"/complaints/new": whoFields, "/complaints/new/story": storyFields, "/complaints/new/contract": contractFields, "/complaints/new/evidence": {"do", "next"}}
					next := page.Submit(t, "#filing", values(fill[page.Path]...)).Want(t, 200)
					if next.Path == page.Path {
						t.Fatalf("%s, %s: held up at %s", step.path, how, page.Path)
					}
					page = v.Get(t, step.path)
				}
			} else if s.Count(t, "draft") != drafts || !strings.Contains(page.Text(".banner"), "还没有交") {
				t.Errorf("%s, %s: something was saved, or nobody is told: %s", step.path, how, page.Text(".banner"))
			}
			if got := page.Attr(step.after[0], "value"); got != step.after[1] {
				t.Errorf("%s, %s: status %d at %s, stands %q", step.path, how, page.Status, page.Path, got)
			}
		}
	}
}
