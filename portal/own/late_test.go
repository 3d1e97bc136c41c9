package own_test

import (
	"net/http"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal/portaltest"
)

// late are the ways in which what opened a matter is gone when a form is sent.
var late = map[string]func(t *testing.T, s *portaltest.Site, v *webtest.Client){
	"half an hour is over": func(t *testing.T, s *portaltest.Site, _ *webtest.Client) {
		if _, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE unlock SET expires_at = now() - interval '1 second'`, nil); err != nil {
			t.Fatal(err)
		}
	},
	"its row was swept": func(t *testing.T, s *portaltest.Site, _ *webtest.Client) {
		if _, err := pg.Exec(t.Context(), s.DB.Owner, `DELETE FROM unlock`, nil); err != nil {
			t.Fatal(err)
		}
	},
	"its cookie is gone": func(_ *testing.T, _ *portaltest.Site, v *webtest.Client) { v.SetCookie("zx_unlock", "") },
	"all cookies are gone": func(_ *testing.T, _ *portaltest.Site, v *webtest.Client) {
		v.SetCookie("zx_unlock", "")
		v.SetCookie("zx_form", "")
	},
	"it was left elsewhere": func(t *testing.T, _ *portaltest.Site, v *webtest.Client) {
		v.Get(t, "/complaints/mine").Submit(t, `form[action="/track/leave"]`, nil)
	},
	"another matter is opened": func(t *testing.T, s *portaltest.Site, v *webtest.Client) {
		r := s.File(t, complainttest.Intake())
		track(t, v, r.Number, r.Code).Want(t, 200)
	},
	"another browser's cookie": func(t *testing.T, s *portaltest.Site, v *webtest.Client) {
		v.SetCookie("zx_unlock", strings.Repeat("A", 43))
	},
}

func TestWhatWasWrittenTooLateGoesOnAfterTheCode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const words = "补充：验收单是 2024 年 8 月 3 日签的，\n有两个人在场。"
	for name, lapse := range late {
		for _, action := range []string{"supplement", "withdraw"} {
			receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
			track(t, v, receipt.Number, receipt.Code).Want(t, 200)
			form := v.Get(t, "/complaints/mine/"+action).Want(t, 200)
			lapse(t, s, v)
			page := form.Submit(t, `form[action="/complaints/mine/`+action+`"]`, values("note", words))
			if page.Status < 400 || !page.Has("form[action='/track']") || page.Attr("[name=number]", "value") != receipt.Number {
				t.Fatalf("%s, %s: answers %d %q", name, action, page.Status, page.Text("main"))
			}
			if strings.Contains(page.Text("main"), "返回") || !strings.Contains(page.Text("main"), "没有丢") {
				t.Errorf("%s, %s: says %q", name, action, page.Text("main"))
			}
			// A wrong code keeps it, too.
			page = page.Submit(t, "form[action='/track']", values("query_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404)
			page = page.Submit(t, "form[action='/track']", values("query_code", receipt.Code)).Want(t, 200)
			if got := page.Text("[name=note]"); got != strings.ReplaceAll(words, "\n", " ") || page.Path != "/complaints/mine/"+action || !strings.Contains(page.Text(".banner"), "还没有交") {
				t.Fatalf("%s, %s: at %s stands %q", name, action, page.Path, got)
			}
			if n := s.Count(t, "supplement"); n != 0 {
				t.Fatalf("%s, %s: it was done before anybody pressed", name, action)
			}
			done := page.Submit(t, `form[action="/complaints/mine/`+action+`"]`, nil).Want(t, 200)
			body, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT body FROM supplement s JOIN matter m ON m.id = s.matter_id WHERE m.number = @number`, pg.Args{"number": receipt.Number})
			if err != nil || body != words || done.Path != "/complaints/mine?done="+action {
				t.Errorf("%s, %s: %q was added, at %s: %v", name, action, body, done.Path, err)
			}
			if _, err := pg.Exec(t.Context(), s.DB.Owner, `DELETE FROM supplement`, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Another person's code opens another matter: what was written for the first is not
// written into theirs.
func TestWhatWasWrittenIsForItsOwnMatterAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second, v := s.File(t, complainttest.Intake()), s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, first.Number, first.Code).Want(t, 200)
	form := v.Get(t, "/complaints/mine/supplement").Want(t, 200)
	v.SetCookie("zx_unlock", "")
	page := form.Submit(t, `form[action="/complaints/mine/supplement"]`, values("note", "只给第一件"))
	page = page.Submit(t, "form[action='/track']", values("number", second.Number, "query_code", second.Code))
	if page.Has("textarea") || page.Attr("form[action='/track'] [name=number]", "value") != first.Number || s.Count(t, "supplement") != 0 {
		t.Errorf("the second matter's code leads to %s: %s", page.Path, page.Text("main"))
	}
	if page = page.Submit(t, "form[action='/track']", values("query_code", first.Code)).Want(t, 200); page.Text("[name=note]") != "只给第一件" {
		t.Errorf("the first one's code leads to %s", page.Path)
	}
}

func TestReadingProlongsAnUnlockForHalfADayAtMost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	for _, c := range []struct {
		name, now   string // what is left of the half hour and of the half day
		want        string
		opens, more bool
	}{
		{"nearly over", `expires_at = now() + interval '10 seconds'`, "30m", true, true},
		{"just opened", `expires_at = now() + interval '29 minutes 50 seconds'`, "as it was", true, false},
		{"nearly the longest", `expires_at = now() + interval '1 minute', until = now() + interval '5 minutes'`, "5m", true, true},
		{"the longest", `expires_at = now() + interval '1 minute', until = now() + interval '1 minute'`, "as it was", true, false},
		{"over", `expires_at = now() - interval '1 second', until = now() + interval '5 hours'`, "as it was", false, false},
	} {
		if _, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE unlock SET `+c.now, nil); err != nil {
			t.Fatal(err)
		}
		before, _ := pg.One[string](t.Context(), s.DB.Owner, `SELECT expires_at::text FROM unlock`, nil)
		page := v.Get(t, "/complaints/mine")
		after, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT expires_at::text FROM unlock`, nil)
		if err != nil || c.opens != (page.Status == http.StatusOK) || c.more != (after != before) {
			t.Errorf("%s: status %d, %s became %s, %v", c.name, page.Status, before, after, err)
		}
		right, err := pg.One[bool](t.Context(), s.DB.Owner, `SELECT expires_at <= until AND expires_at <= now() + interval '30 minutes' AND (NOT @more OR expires_at > now() + interval '4 minutes') FROM unlock`, pg.Args{"more": c.more})
		if err != nil || !right {
			t.Errorf("%s: it ends at %s, not after %s", c.name, after, c.want)
		}
	}
}

func TestLeavingWhereNothingIsOpenAnyMoreIsQuiet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	page := track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	v.SetCookie("zx_unlock", "")
	if left := page.Submit(t, `form[action="/track/leave"]`, nil).Want(t, 200); left.Path != "/track" {
		t.Errorf("leads to %s", left.Path)
	}
}
