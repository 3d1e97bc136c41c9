package filing_test

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/pg"
)

// Two windows, one draft: what the one confirms is what it shows, and never what the other
// has made of it.
func TestWhatIsFiledIsWhatWasConfirmed(t *testing.T) {
	t.Parallel()
	change := func(fields []string, pairs ...string) url.Values {
		v := values(fields...)
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	for name, c := range map[string]struct {
		path   string
		fields url.Values
		said   string // empty: nothing was changed, and it is filed
	}{
		"the title":              {"/complaints/new/story", change(storyFields, "title", "完全是另一件事"), "标题"},
		"the unit":               {"/complaints/new/story", change(storyFields, "unit", "FIN"), "投诉谁"},
		"the request":            {"/complaints/new/story", change(storyFields, "request", "付清剩余工程款。"), "要求"},
		"an amount":              {"/complaints/new/contract", change(contractFields, "unpaid_amount", "1286501"), "还欠"},
		"a day":                  {"/complaints/new/contract", change(contractFields, "contract_date_day", "13"), "签订日期"},
		"the papers":             {"/complaints/new/evidence", values("evidence_held", "acceptance", "do", "next"), "手里有的"},
		"confidentiality":        {"/complaints/new/contact", change(contactFields, "confidential", "no"), "保密"},
		"a digit that is masked": {"/complaints/new/contact", change(contactFields, "phone", "13801138000"), "联系方式"},
		"the mailbox":            {"/complaints/new/contact", change(contactFields, "email", "wangs@example.com"), "联系方式"},
		"nothing":                {"/complaints/new/contact", values(contactFields...), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			v := s.Visitor()
			first := toCheck(t, v)
			second := v.Get(t, c.path).Want(t, 200)
			second.Submit(t, "#filing", c.fields).Want(t, 200)
			page := first.Submit(t, form, values("captcha_solution", s.Digits(t, first), "pledge", "yes"))
			if c.said == "" {
				if !page.Has("[data-receipt-number]") {
					t.Fatalf("answers %d: %s", page.Status, page.Text(".banner"))
				}
				return
			}
			said := page.Text(".banner")
			if page.Path != "/complaints/new/check" || s.Count(t, "complaint") != 0 || !strings.Contains(said, "没有提交") || !strings.Contains(said, c.said) {
				t.Fatalf("answers %d, says %q, %d filed", page.Status, said, s.Count(t, "complaint"))
			}
			// The digits were right and are not asked again; the pledge is.
			if page.Has("[name=captcha_id]") || page.Has("[name=pledge]:checked") {
				t.Error("asks for the digits again, or takes the pledge for what stood there before")
			}
			if page = page.Submit(t, form, values("pledge", "yes")); !page.Has("[data-receipt-number]") {
				t.Errorf("after reading it: %d %s", page.Status, page.Text(".banner"))
			}
		})
	}
}

// TestTheCheckShowsEachNumberMasked: what whoever files cannot see, they cannot correct.
func TestTheCheckShowsEachNumberMasked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	toCheck(t, v)
	for typed, want := range map[string]string{
		"13800138000（张和平）、0375-5150000（办公室）": "138 **** 8000、**** 0000",
		"13800138000，13900001234 李四":         "138 **** 8000、139 **** 1234",
		"13800138000（微信同号）":                  "138 **** 8000",
	} {
		contact := values(contactFields...)
		contact.Set("phone", typed)
		page := v.Get(t, "/complaints/new/contact").Submit(t, "#filing", contact).Want(t, 200)
		said := page.Text("main")
		if page.Path != "/complaints/new/check" || !strings.Contains(said, want+"修改") || strings.Contains(said, "李四") || strings.Contains(said, "张和平") {
			t.Errorf("of %s the check shows %s", typed, said)
		}
	}
}

// Another picture is no way round it, nor is a page that says nothing.
func TestAnotherPictureDoesNotHideWhatHasChanged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	first := toCheck(t, v)
	fields := values(storyFields...)
	fields.Set("title", "完全是另一件事")
	v.Get(t, "/complaints/new/story").Submit(t, "#filing", fields).Want(t, 200)
	if page := first.Submit(t, form, values("captcha_do", "renew")); !strings.Contains(page.Text(".banner"), "标题") {
		t.Errorf("a new picture, and %q", page.Text(".banner"))
	}
	if page := first.Submit(t, form, values("shown", "", "captcha_solution", s.Digits(t, first), "pledge", "yes")); !strings.Contains(page.Text(".banner"), "没有提交") {
		t.Errorf("a page that says nothing is answered with %d", page.Status)
	}
	n, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*) FROM complaint`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d filed, %v", n, err)
	}
}
