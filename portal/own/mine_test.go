package own_test

import (
	"regexp"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
)

// What a browser keeps of a visit on a computer that others use, and what a proxy
// writes down, are addresses and titles.
func TestNoAddressAndNoTitleTellsOfTheOwnMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	in := complainttest.Intake()
	receipt, v := s.File(t, in), s.Visitor()
	page := track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	if page.Path != "/complaints/mine" {
		t.Errorf("the matter is at %s", page.Path)
	}
	for _, path := range []string{"/complaints/mine", "/complaints/mine/supplement", "/complaints/mine/withdraw", "/complaints/" + receipt.Number} {
		page := v.Get(t, path).Want(t, 200)
		if title := page.Text("title"); strings.Contains(title, receipt.Number) || strings.Contains(title, "村道硬化") {
			t.Errorf("%s: the title is %q", path, title)
		}
		for _, to := range regexp.MustCompile(`(?:href|action|src)="([^"]*)"`).FindAllStringSubmatch(page.Body, -1) {
			if strings.Contains(to[1], receipt.Number) {
				t.Errorf("%s leads to %s", path, to[1])
			}
		}
	}
	done := v.Get(t, "/complaints/mine/supplement").Submit(t, `form[action="/complaints/mine/supplement"]`, values("note", "还有一张欠条。")).Want(t, 200)
	if done.Path != "/complaints/mine?done=supplement" || !strings.Contains(done.Text("main"), "补充的话已经收到") {
		t.Errorf("a move ends at %s: %s", done.Path, done.Text(".banner"))
	}
	if again := v.Get(t, "/complaints/mine/supplement").Submit(t, `form[action="/complaints/mine/supplement"]`, values("note", "")).Want(t, 422); !again.Has(".error-summary") {
		t.Error("an empty supplement is not corrected")
	}
	if other := s.Visitor().Get(t, "/complaints/mine").Want(t, 401); other.Attr("[name=number]", "value") != "" {
		t.Errorf("a stranger is asked for %q", other.Attr("[name=number]", "value"))
	}
}

// One browser opens a second matter in another window: the form of the first
// says which it was about, and does nothing to the second.
func TestAFormIsForTheMatterThatItShowed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second, v := s.File(t, complainttest.Intake()), s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, first.Number, first.Code).Want(t, 200)
	form := v.Get(t, "/complaints/mine/withdraw").Want(t, 200)
	track(t, v, second.Number, second.Code).Want(t, 200)
	if page := form.Submit(t, `form[action="/complaints/mine/withdraw"]`, nil); page.Status < 400 {
		t.Errorf("answers %d: %s", page.Status, page.Text("main"))
	}
	n, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*) FROM matter WHERE state = 'withdrawn'`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d withdrawn, %v", n, err)
	}
}

func TestABrowserKeepsNeitherNumberNorCode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/", "/track"} {
		page := s.Visitor().Get(t, path).Want(t, 200)
		for _, name := range []string{"number", "query_code"} {
			if got := page.Attr("[name="+name+"]", "autocomplete"); got != "off" {
				t.Errorf("%s: %s has autocomplete=%q", path, name, got)
			}
		}
	}
}
