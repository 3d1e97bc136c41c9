package filing_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/web/webtest"
)

// reached is the step's own page, with everything before it filled in.
func reached(t *testing.T, s *fixture, step string) (page *webtest.Page, fields url.Values) {
	t.Helper()
	page = s.Visitor().Get(t, "/complaints/new").Want(t, 200)
	for _, one := range []struct {
		name   string
		fields []string
	}{{"who", whoFields}, {"story", storyFields}, {"contract", contractFields}, {"evidence", []string{"do", "next"}}, {"contact", contactFields}} {
		fields = values(one.fields...)
		if one.name == step {
			break
		}
		page = page.Submit(t, form, fields).Want(t, 200)
	}
	return page, fields
}

func TestWhateverIsTypedIntoAStepIsTakenOrToldAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for step, list := range complainttest.Typings {
		page, right := reached(t, s, step)
		for _, y := range list {
			at := page
			if asked, ok := y.Unanswered(); ok { // the question is on the page that asks it
				at = page.Forge(t, form, asked.Into(right)).Want(t, 422)
			}
			got := at.Forge(t, form, y.Into(right))
			if y.Want == "" {
				if got.Status != 200 || got.Path == page.Path {
					t.Errorf("%s = %.40q is not taken (%d): %v", y.Field, y.Value, got.Status, got.All("[role=alert]"))
				}
				continue
			}
			for _, wrong := range y.Faults("您", got.Status, strings.Join(got.All(".field-error"), " "), got.Text("[role=alert]"), got.Shown(y.Field)) {
				t.Errorf("%s = %.40q (%d): %.200s", y.Field, y.Value, got.Status, wrong)
			}
		}
	}
	if n := s.Count(t, "complaint"); n != 0 || strings.Contains(s.Log.String(), "level=ERROR") {
		t.Errorf("%d complaints, log %s", n, s.Log)
	}
}

func TestEveryFaultOfAStepLeadsToItsField(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, step := range []string{"who", "story", "contract", "evidence", "contact"} {
		page, right := reached(t, s, step)
		wrong := url.Values{}
		for name := range right {
			wrong.Set(name, "\u200b") // stands in no list and is no number, no day and no word
		}
		wrong.Set("do", "next")
		got := page.Forge(t, form, wrong)
		links := got.Find(".error-summary a")
		if links.Length() == 0 && step != "evidence" {
			t.Errorf("%s: nothing is wrong", step)
		}
		links.Each(func(_ int, link *goquery.Selection) {
			if to := link.AttrOr("href", ""); !got.Has(to) {
				t.Errorf("%s: %q leads to %s, which is not there", step, link.Text(), to)
			}
		})
	}
}

func TestAUnitThatIsWrittenOutIsSaidToBeTakenAtItsWord(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.Visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	fields := values(storyFields...)
	fields.Set("unit", "")
	fields.Set("unit_name", "县 财政局")
	found := story.Submit(t, form, values("unit_name", "县 财政局", "do", "enter")).Want(t, 200)
	if !strings.Contains(found.Text("main"), "就是名单里的“县财政局”。") || !found.Has("[name=unit][value=FIN][checked]") {
		t.Errorf("the search says %q", found.Text("[role=status]"))
	}
	page := found.Submit(t, form, fields).Want(t, 200)
	page = page.Submit(t, form, values(contractFields...)).Submit(t, form, values("do", "next")).Submit(t, form, values(contactFields...)).Want(t, 200)
	if !strings.Contains(page.Text("main"), "县财政局（您写的是“") {
		t.Fatalf("the last page says %q", page.Text("main"))
	}
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	if !strings.Contains(receipt.Text("main"), "县财政局") || s.Count(t, "matter WHERE unit = 'FIN' AND NOT 'unit_unsettled' = ANY (flags)") != 1 {
		t.Errorf("the receipt says %q", receipt.Text("main"))
	}
}
