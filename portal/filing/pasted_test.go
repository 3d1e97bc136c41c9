package filing_test

import (
	"strings"
	"testing"

	"zhengxin/internal/pg"
	"zhengxin/internal/web"
	"zhengxin/portal/site"
)

// What a text was pasted with and cannot be kept goes, and the next page says so once.
func TestWhatIsDroppedOutOfAPastedTextIsSaid(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page, right := reached(t, s, "story")
	said := func() string { return strings.Join(page.All("main .banner"), " ") }
	if said() != "" {
		t.Fatalf("says %q before anything was pasted", said())
	}

	wrong := values(storyFields...)
	wrong.Set("title", "")
	wrong.Set("facts", "修路款\x07三年\x1b没有付清")
	page = page.Submit(t, form, wrong).Want(t, 422)
	if !strings.Contains(said(), "有 2 个看不见的控制符（编码 0007、001B），已经去掉") || page.Text("[name=facts]") != "修路款三年没有付清" {
		t.Errorf("a faulty page says %q and holds %q", said(), page.Text("[name=facts]"))
	}

	right.Set("title", "修路款\v没有\u2028付清\u009f")
	right.Set("facts", "一\v二\f三\u0085四\u2028五\u2029六\r\n七\r八\t九")
	page = page.Submit(t, form, right).Want(t, 200)
	if !strings.Contains(said(), "有 1 个看不见的控制符（编码 009F），已经去掉") {
		t.Errorf("the next page says %q", said())
	}
	if page = page.Follow(t, `a[href="/complaints/new/story"]`).Want(t, 200); said() != "" {
		t.Errorf("it is said again: %q", said())
	}
	if got := page.Find("[name=facts]").Text(); got != "一\n二\n三\n四\n五\n六\n七\n八\t九" {
		t.Errorf("the facts are %q", got)
	}

	for _, fields := range [][]string{{"do", "next"}, contractFields, {"do", "next"}, contactFields} {
		page = page.Submit(t, form, values(fields...)).Want(t, 200)
	}
	page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	title, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT title FROM matter`, nil)
	if err != nil || title != "修路款 没有 付清" {
		t.Errorf("the title is %q, %v", title, err)
	}
}

func TestAForgedNoteOfWhatWasDroppedSaysNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for value, want := range map[string]string{
		"7-1B": "2 个看不见的控制符（编码 0007、001B）", "41-4E00-FFFFFFFF-zz": "", "<b>": "", "": "", "-": "", strings.Repeat("7-", 200): "",
	} {
		v := s.Visitor()
		v.SetCookie(web.PastedCookie(site.FormCookie), value)
		page := v.Get(t, "/help").Want(t, 200)
		if got := strings.Join(page.All("main .banner"), " "); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q says %q", value, got)
		}
	}
}
