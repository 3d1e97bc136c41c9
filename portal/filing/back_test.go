package filing_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/web/webtest"
)

// A browser that goes back or loads anew shows what a GET shows: nothing that is sent in
// the filing is answered with a page but the receipt.
func TestGoingBackInTheFilingSendsNothingTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, c := range map[string]struct {
		path   string
		send   url.Values
		status int // of the page that it leads to
		want   string
	}{
		"a faulty story":     {"/complaints/new/story", values("title", "", "facts", "一半的经过", "do", "next"), 422, "/complaints/new/story"},
		"a faulty day":       {"/complaints/new/contract", values("contract_date_year", "20x4", "contract_date_month", "13", "do", "next"), 422, "/complaints/new/contract"},
		"a faulty telephone": {"/complaints/new/contact", values("phone", "12", "do", "next"), 422, "/complaints/new/contact"},
		"a search":           {"/complaints/new/story", values("unit_name", "东岭", "do", "find"), 200, "/complaints/new/story"},
		"put off":            {"/complaints/new/contract", values("contract_no", "DL-1", "do", "later"), 200, "/complaints/new/saved"},
		"a step back":        {"/complaints/new/contact", values("phone", "12", "do", "back"), 200, "/complaints/new/evidence"},
		"no digits":          {"/complaints/new/check", values("captcha_solution", "", "pledge", "yes"), 422, "/complaints/new/check"},
		"no pledge":          {"/complaints/new/check", values("captcha_solution", "1"), 422, "/complaints/new/check"},
		"another picture":    {"/complaints/new/check", values("captcha_do", "renew", "pledge", "yes"), 200, "/complaints/new/check"},
	} {
		v := s.Visitor()
		toCheck(t, v)
		page := v.Get(t, c.path).Want(t, 200)
		v.Stay = true
		selector := "#filing"
		if !page.Has(selector) {
			selector = form
		}
		for n := range c.send {
			if !page.Has("[name='" + n + "']") {
				t.Fatalf("%s: no %s on the page", name, n)
			}
		}
		answer := page.Forge(t, selector, c.send)
		if answer.Status != 303 || answer.Header.Get("Location") != c.want {
			t.Errorf("%s: answered with %d to %q", name, answer.Status, answer.Header.Get("Location"))
			continue
		}
		shown := v.Get(t, c.want).Want(t, c.status)
		if c.status == 422 && !shown.Has(".error-summary") {
			t.Errorf("%s: its page does not say what is wrong", name)
		}
		for n, list := range c.send {
			if box := shown.Find("[name='" + n + "']"); c.status == 422 && n != "captcha_solution" && n != "do" && box.Is("input:not([type=checkbox]), textarea") && box.AttrOr("value", box.Text()) != list[0] {
				t.Errorf("%s: %s is %q, not %q", name, n, box.AttrOr("value", box.Text()), list[0])
			}
		}
		if again := v.Get(t, c.want); again.Status != c.status {
			t.Errorf("%s: loaded anew it is %d", name, again.Status)
		}
	}
}

func TestEveryStepHasAWayBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	paths := []string{"/complaints/new", "/complaints/new/story", "/complaints/new/contract", "/complaints/new/evidence", "/complaints/new/contact", "/complaints/new/check"}
	v := s.Visitor()
	toCheck(t, v)
	for i, path := range paths {
		page := v.Get(t, path).Want(t, 200)
		switch {
		case i == 0:
			if page.Has("[value=back]") {
				t.Error("the first step leads back")
			}
		case path == "/complaints/new/check":
			if page.Follow(t, `form a[href="`+paths[i-1]+`"]`).Path != paths[i-1] {
				t.Errorf("%s does not lead back", path)
			}
		default:
			if back := page.Submit(t, "#filing [value=back]", nil).Want(t, 200); back.Path != paths[i-1] {
				t.Errorf("%s leads back to %s", path, back.Path)
			}
		}
	}
}

// autosaves sends what the script sends.
func autosaves(t *testing.T, v *webtest.Client, page *webtest.Page, pairs ...string) *webtest.Page {
	t.Helper()
	fields := values(pairs...)
	fields.Set("do", "autosave")
	for _, hidden := range []string{"_csrf", "saves"} {
		fields.Set(hidden, page.Attr("#filing [name="+hidden+"]", "value"))
	}
	return v.Post(t, page.Path, fields)
}

func TestAStepIsKeptWhileItIsTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	who := v.Get(t, "/complaints/new").Want(t, 200)
	if home := v.Get(t, "/"); strings.Contains(home.Text("main"), "接着填（第") {
		t.Error("nothing was begun")
	}
	if said := autosaves(t, v, who, "complainant_kind", "citizen").Want(t, 200); !strings.Contains(said.Body, "已自动保存") {
		t.Errorf("says %q", said.Body)
	}
	story := v.Get(t, "/complaints/new").Submit(t, "#filing", values(whoFields...)).Want(t, 200)
	autosaves(t, v, story, "title", "打了一半的标", "facts", "经过才写了").Want(t, 200)
	back := v.Get(t, "/complaints/new/story").Want(t, 200)
	if back.Attr("[name=title]", "value") != "打了一半的标" || back.Text("[name=facts]") != "经过才写了" || back.Has(".error-summary") {
		t.Errorf("put back is %q", back.Attr("[name=title]", "value"))
	}
	for _, page := range []string{"/", "/start", "/complaints/new"} {
		next := v.Get(t, page).Follow(t, "main a[href='/complaints/new/story']")
		if got := v.Get(t, page).Text("main"); !strings.Contains(got, "接着填（第 2 步）") || next.Path != "/complaints/new/story" {
			t.Errorf("%s does not lead on to the second step", page)
		}
	}
	// A save that comes after the step was sent changes nothing.
	back.Submit(t, "#filing", values(storyFields...)).Want(t, 200)
	if late := autosaves(t, v, back, "title", "晚到的"); late.Status != 409 || !strings.HasPrefix(late.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("a late one is answered with %d %q", late.Status, late.Header.Get("Content-Type"))
	}
	if got := v.Get(t, "/complaints/new/story").Attr("[name=title]", "value"); got != "村道硬化工程款没有付清" {
		t.Errorf("the title is %q", got)
	}
	// Nor does one whose draft has gone bring anything into another's.
	v.SetCookie("zx_draft", "")
	if lost := autosaves(t, v, back, "title", "另一个人的"); lost.Status != 409 {
		t.Errorf("without its cookie it is answered with %d", lost.Status)
	}
	s.Wait(25 * time.Hour)
	if home := v.Get(t, "/"); strings.Contains(home.Text("main"), "接着填（第") {
		t.Error("what has lapsed is still offered")
	}
}

// A page that the browser kept begins no draft by itself, once its own was filed or
// cleared: it may be kept by the browser of somebody else's computer.
func TestAKeptPageOfAClearedDraftBeginsNoOther(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	fresh := v.Get(t, "/complaints/new").Want(t, 200)
	if got := fresh.Attr("main [name=saves]", "value"); got != "none" {
		t.Errorf("a page without a draft says %q", got)
	}
	autosaves(t, v, fresh, "complainant_kind", "citizen").Want(t, 200) // begins one
	autosaves(t, v, fresh, "complainant_kind", "enterprise").Want(t, 200)
	kept := v.Get(t, "/complaints/new").Want(t, 200)
	if got := kept.Attr("main [name=saves]", "value"); got != "0" {
		t.Errorf("a page with a draft says %q", got)
	}
	story := kept.Submit(t, form, values(whoFields...)).Want(t, 200)
	autosaves(t, v, story, "title", "修路款没有付清").Want(t, 200)
	v.Post(t, story.Path, values("do", "discard", "_csrf", story.Attr("#filing [name=_csrf]", "value"))).Want(t, 200)
	drafts := s.Count(t, "draft")
	for name, page := range map[string]*webtest.Page{"the first step": kept, "the story": story} {
		said := autosaves(t, v, page, "title", "修路款没有付清")
		if said.Status != 409 && said.Status != 403 {
			t.Errorf("%s: %d, %s", name, said.Status, said.Body)
		}
		if said.Status == 409 && !strings.Contains(said.Body, "已经提交或者清除") {
			t.Errorf("%s: says %q", name, said.Body)
		}
	}
	if n := s.Count(t, "draft"); n != drafts {
		t.Errorf("%d drafts, want %d", n, drafts)
	}
}
