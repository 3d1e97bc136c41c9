package filing_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
)

const (
	codeForm   = `form[action="/complaints/new/code"]`
	resumeForm = `main form[action="/complaints/new/resume"]`
)

// half fills in the first page and a title.
func half(t *testing.T, v *webtest.Client, title string) *webtest.Page {
	t.Helper()
	story := v.Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	return story.Submit(t, form, values("title", title, "do", "later")).Want(t, 200)
}

func lend(t *testing.T, v *webtest.Client) string {
	t.Helper()
	code := v.Get(t, "/complaints/new/saved").Submit(t, codeForm, values("do", "lend")).Want(t, 200).Text("[data-resume-code]")
	if len(code) != 19 {
		t.Fatalf("the code is %q", code)
	}
	return code
}

func resume(t *testing.T, v *webtest.Client, code string, more ...string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/complaints/new/resume").Want(t, 200).Submit(t, resumeForm, values(append([]string{"resume_code", code}, more...)...))
}

func title(t *testing.T, v *webtest.Client) string {
	t.Helper()
	return v.Get(t, "/complaints/new/story").Want(t, 200).Attr("[name=title]", "value")
}

func TestACodeOpensADraftFromAnotherDeviceForSevenDays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine := s.Visitor()
	half(t, mine, "欠钱不还")
	code := lend(t, mine)
	if again := lend(t, mine); again != code {
		t.Errorf("a page loaded anew shows %s after %s", again, code)
	}
	plain := strings.ReplaceAll(code, "-", "")
	for name, typed := range map[string]string{
		"as shown": code, "bare": plain, "small": strings.ToLower(code), "blanks": " " + strings.Join(strings.Split(code, "-"), "  ") + "\n",
		"no-break": "\u00a0" + strings.ReplaceAll(code, "-", "\u00a0"), "wide": strings.ReplaceAll(code, "-", "－"), "ideographic": strings.ReplaceAll(code, "-", "\u3000"),
		"invisible": "\u200b" + plain[:5] + "\u200d" + plain[5:] + "\ufeff", "mark": "\u202a" + code + "\u202c", "with its label": "续填码：" + code, "full stop": code + "。",
	} {
		theirs := s.Visitor()
		if page := resume(t, theirs, typed).Want(t, 200); page.Path != "/complaints/new/story" || page.Attr("[name=title]", "value") != "欠钱不还" {
			t.Errorf("%s: at %s with %q", name, page.Path, page.Attr("[name=title]", "value"))
		}
	}
	rows, err := pg.All[string](t.Context(), s.DB.Owner, `SELECT encode(id, 'escape') || encode(sealed, 'escape') FROM draft`, nil)
	if err != nil || len(rows) != 2 || strings.Contains(strings.Join(rows, ""), plain) || strings.Contains(strings.Join(rows, ""), mine.Cookie("zx_draft")) {
		t.Errorf("the database holds %d rows, or the code: %v", len(rows), err)
	}

	s.Wait(6*24*time.Hour + 23*time.Hour)
	if got := title(t, mine); got != "欠钱不还" {
		t.Errorf("after six days the browser has %q", got)
	}
	other := s.Visitor()
	resume(t, other, code).Want(t, 200)
	other.Get(t, "/complaints/new/story").Submit(t, form, values("title", "欠钱两年", "do", "later")).Want(t, 200)
	s.Wait(2 * time.Hour)
	resume(t, s.Visitor(), code).Want(t, 422) // its end is its own, the draft was just saved
	if got := title(t, mine); got != "欠钱两年" {
		t.Errorf("the first device has %q", got)
	}
	s.Wait(25 * time.Hour)
	if got := title(t, mine); got != "" {
		t.Errorf("it never lapses: %q", got)
	}
}

func TestWhatIsNoCodeOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine := s.Visitor()
	half(t, mine, "欠钱不还")
	code := lend(t, mine)
	swapped := "A"
	if code[0] == 'A' {
		swapped = "B"
	}
	filed := toCheck(t, s.Visitor())
	receipt := filed.Submit(t, form, values("captcha_solution", s.Digits(t, filed), "pledge", "yes")).Want(t, 200)
	number := receipt.Text("[data-receipt-number]")
	for typed, says := range map[string]string{
		"": "请写续填码", " \u3000\t": "请写续填码", "\u200b": "", code[:18]: "不是这个样子", code + "A": "不是这个样子", "续填码": "不是这个样子", "0000-1111-OOOO-IIII": "不是这个样子",
		`<script>`: "不是这个样子", "\x00": "", strings.Repeat("A", 5000): "不是这个样子",
		swapped + code[1:]:    "打不开草稿",
		"ABCD-EFGH-2345-6789": "打不开草稿",
		number:                "已经提交了", number + " " + code: "已经提交了",
	} {
		v := s.Visitor()
		page := resume(t, v, typed).Want(t, 422)
		if said := page.Text("main"); !strings.Contains(said, says) || strings.Contains(page.Body, "欠钱不还") || v.Cookie("zx_draft") != "" {
			t.Errorf("%.20q: %s", typed, said)
		}
	}
}

func TestACodeOpensNothingOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, s *fixture, mine, second *webtest.Client){
		"filed": func(t *testing.T, s *fixture, _, second *webtest.Client) {
			page := toCheck(t, second)
			page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
		},
		"cleared": func(t *testing.T, _ *fixture, _, second *webtest.Client) {
			second.Get(t, "/complaints/new/saved").Submit(t, `main form[action="/complaints/new"] [value=discard]`, nil).Want(t, 200)
		},
		"lapsed": func(_ *testing.T, s *fixture, _, _ *webtest.Client) { s.Wait(8 * 24 * time.Hour) },
		"called back": func(t *testing.T, _ *fixture, mine, _ *webtest.Client) {
			mine.Get(t, "/complaints/new/saved").Submit(t, codeForm+" [value=recall]", nil).Want(t, 200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			mine, second := s.Visitor(), s.Visitor()
			half(t, mine, "欠钱不还")
			code := lend(t, mine)
			resume(t, second, code).Want(t, 200)
			open := mine.Get(t, "/complaints/new/story").Want(t, 200)
			end(t, s, mine, second)
			resume(t, s.Visitor(), code).Want(t, 422)
			// What is written after it in the same browser is another draft.
			after := open.Submit(t, form, values("title", "另一件事", "do", "later")).Want(t, 200)
			if said := mine.Get(t, "/complaints/new").Text("main"); name != "called back" && !strings.Contains(after.Text("main")+said, "别的设备上提交了") {
				t.Errorf("it says %s", said)
			}
			if got := title(t, mine); name == "called back" && got != "另一件事" {
				t.Errorf("the draft called back has %q", got)
			}
			resume(t, s.Visitor(), code).Want(t, 422)
			if n, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*)::int FROM draft WHERE expires_at > @now`, pg.Args{"now": s.Now()}); err != nil || n != 1 {
				t.Errorf("%d rows lie there: %v", n, err)
			}
			if name == "called back" {
				if fresh := lend(t, mine); fresh == code {
					t.Error("the next code is the one called back")
				}
			}
		})
	}
}

func TestTwoDevicesFileOneComplaintOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, second := s.Visitor(), s.Visitor()
	half(t, mine, "欠钱不还")
	resume(t, second, lend(t, mine)).Want(t, 200)
	there := toCheck(t, second)
	here := mine.Get(t, "/complaints/new/check").Want(t, 200)
	receipt := there.Submit(t, form, values("captcha_solution", s.Digits(t, there), "pledge", "yes")).Want(t, 200)
	again := here.Submit(t, form, values("captcha_solution", "1", "pledge", "yes")).Want(t, 200)
	if n := receipt.Text("[data-receipt-number]"); n == "" || again.Text("[data-receipt-number]") != n || s.Count(t, "complaint") != 1 {
		t.Errorf("the two devices have %q and %q", n, again.Text("[data-receipt-number]"))
	}
}

// What a code opens lies beside what the browser has begun, once, while there is room.
func TestACodeOpensItsDraftBesideTheOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := s.Visitor(), s.Visitor()
	half(t, mine, "欠钱不还")
	half(t, theirs, "拖欠工程款")
	code := lend(t, mine)
	if page := theirs.Get(t, "/complaints/new/resume"); !strings.Contains(page.Text(".drafts"), "拖欠工程款") || !strings.Contains(page.Text("main"), "都不动") {
		t.Errorf("the page says nothing of the other draft: %s", page.Text("main"))
	}
	opened := resume(t, theirs, code).Want(t, 200)
	if got := opened.Attr("[name=title]", "value"); got != "欠钱不还" {
		t.Errorf("the code gives %q", got)
	}
	again := resume(t, theirs, code).Want(t, 200)
	if again.Path != opened.Path || theirs.Get(t, "/").Find(".drafts li").Length() != 2 {
		t.Errorf("used twice it lies at %s and %s", opened.Path, again.Path)
	}
	if got := title(t, theirs); got != "拖欠工程款" {
		t.Errorf("the other draft has %q", got)
	}
	opened.Submit(t, "#filing", values("title", "欠钱两年", "do", "later")).Want(t, 200)
	if got := title(t, mine); got != "欠钱两年" {
		t.Errorf("the other device has %q", got)
	}
	resume(t, mine, code).Want(t, 200) // its own code changes nothing
	if mine.Get(t, "/").Find(".drafts li").Length() != 1 {
		t.Error("its own draft lies there twice")
	}
	third := s.Visitor()
	half(t, third, "第三件")
	beside(t, theirs, "第四件")
	full := resume(t, theirs, lend(t, third)).Want(t, 422)
	if !strings.Contains(full.Text(".field-error"), "已经有 3 份") || full.Find(".drafts li").Length() != 3 {
		t.Errorf("with no room it says %q", full.Text(".field-error"))
	}
	full.Submit(t, ".drafts li:last-child form", nil).Want(t, 200)
	full.Submit(t, resumeForm, nil).Want(t, 200)
}

func TestADraftIsTakenAwayFromADeviceOnlyWithACode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	saved := half(t, v, "欠钱不还")
	if saved.Has("[value=leave]") {
		t.Error("it can be taken away without a code")
	}
	v.Post(t, "/complaints/new", values("do", "leave", "_csrf", saved.Attr("main [name=_csrf]", "value"))).Want(t, 200)
	if got := title(t, v); got != "欠钱不还" {
		t.Fatalf("it is lost: %q", got)
	}
	code := lend(t, v)
	v.Get(t, "/complaints/new/saved").Submit(t, "[value=leave]", nil).Want(t, 200)
	if page := v.Get(t, "/complaints/new/story").Want(t, 200); page.Text("h1") != "您是谁" || strings.Contains(page.Body, "欠钱不还") {
		t.Error("the device still opens it")
	}
	resume(t, v, code).Want(t, 200)
	if got := title(t, v); got != "欠钱不还" {
		t.Errorf("the code gives %q", got)
	}
}

func TestWhoGuessesCodesWaitsAndARightOneOpens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine := s.Visitor()
	half(t, mine, "欠钱不还")
	code := lend(t, mine)
	guesser := s.Visitor()
	page := guesser.Get(t, "/complaints/new/resume")
	for range 60 {
		page.Submit(t, resumeForm, values("resume_code", "ABCD-EFGH-2345-6789")).Want(t, 422)
	}
	refused := page.Submit(t, resumeForm, values("resume_code", "ABCD-EFGH-2345-6789")).Want(t, 429)
	if !strings.Contains(refused.Text("main"), "分钟再试") {
		t.Errorf("it says %s", refused.Text("main"))
	}
	resume(t, s.Visitor(), code).Want(t, 200)
}

// Whoever held a draft, by a code or by the cookie, holds nothing of what is begun after it
// in the same place: neither the browser of a library nor somebody who gave the code away
// to read along.
func TestWhoHeldADraftHoldsNothingOfTheNext(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T, s *fixture, v *webtest.Client){
		"filed": func(t *testing.T, s *fixture, v *webtest.Client) {
			page := toCheck(t, v)
			page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
		},
		"cleared": func(t *testing.T, _ *fixture, v *webtest.Client) {
			v.Get(t, "/").Submit(t, ".drafts [value=discard]", nil).Want(t, 200)
		},
		"lapsed": func(_ *testing.T, s *fixture, _ *webtest.Client) { s.Wait(8 * 24 * time.Hour) },
	}
	for name, end := range ends {
		for _, lent := range []bool{false, true} { // the code was taken by the other, or by oneself
			t.Run(fmt.Sprint(name, lent), func(t *testing.T) {
				t.Parallel()
				s := newSite(t)
				library, home := s.Visitor(), s.Visitor()
				giver, taker := library, home
				if lent {
					giver, taker = home, library
				}
				half(t, giver, "第一件")
				resume(t, taker, lend(t, giver)).Want(t, 200)
				open := library.Get(t, "/complaints/new/story").Want(t, 200)
				late := home.Get(t, "/complaints/new/story").Want(t, 200)
				end(t, s, home)

				if begun := home.Get(t, "/complaints/new").Want(t, 200); begun.Has("[name=complainant_kind][checked]") {
					t.Fatal("the next begins with what was filled in before")
				}
				half(t, home, "第二件")
				for _, path := range []string{"/", "/start", "/complaints/new", "/complaints/new/story", "/complaints/new/saved", "/complaints/new/check"} {
					if page := library.Get(t, path).Want(t, 200); strings.Contains(page.Body, "第二件") {
						t.Errorf("%s shows the next complaint", path)
					}
				}
				open.Submit(t, "#filing", values("title", "图书馆里写的", "do", "later")).Want(t, 200)
				library.Get(t, "/").Submit(t, ".drafts [value=discard]", nil).Want(t, 200)
				if got := listed(t, home); got != "第二件" {
					t.Errorf("at home there is %s", got)
				}
				// A late page of the first in one's own browser still goes through, or is shown again.
				late.Submit(t, "#filing", values("title", "第一件，晚到的", "do", "later")).Want(t, 200)
				if got := listed(t, home); got != "第二件，第一件，晚到的" {
					t.Errorf("a late page is lost: %s", got)
				}
			})
		}
	}
}

// A receipt is given again after another complaint was begun in its place.
func TestAReceiptIsGivenAgainWhenTheNextIsBegun(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	page := toCheck(t, v)
	answers := values("captcha_solution", s.Digits(t, page), "pledge", "yes")
	number := page.Submit(t, form, answers).Want(t, 200).Text("[data-receipt-number]")
	half(t, v, "第二件")
	if again := page.Submit(t, form, answers).Want(t, 200).Text("[data-receipt-number]"); again != number || number == "" {
		t.Errorf("loaded anew it gives %q after %q", again, number)
	}
}

// A place that holds another draft of the same name is left alone: a late page of what was
// taken away begins one there.
func TestACodeTakesNoPlaceThatIsHeld(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v, other := s.Visitor(), s.Visitor()
	half(t, v, "第一件")
	beside(t, v, "带走的")
	page := v.Get(t, "/").Follow(t, ".drafts li:last-child a").Want(t, 200)
	saved := page.Submit(t, "#filing", values("do", "later")).Want(t, 200)
	code := saved.Submit(t, codeForm, values("do", "lend")).Want(t, 200).Text("[data-resume-code]")
	v.Get(t, "/complaints/new/saved?d="+page.Attr("#filing [name=draft]", "value")).Submit(t, "[value=leave]", nil).Want(t, 200)
	page.Submit(t, "#filing", values("title", "晚到的", "do", "later")).Want(t, 200)
	if got := listed(t, v); got != "第一件，晚到的" {
		t.Fatalf("there are %s", got)
	}
	opened := resume(t, v, code).Want(t, 200)
	if got := opened.Attr("[name=title]", "value"); got != "带走的" {
		t.Errorf("the code gives %q", got)
	}
	if got := listed(t, v); got != "第一件，晚到的，带走的" {
		t.Errorf("there are %s", got)
	}
	if again := opened.Submit(t, "#filing", values("title", "带走的，改过", "do", "later")).Want(t, 200); again.Text("h1") != "已经保存" || listed(t, v) != "第一件，晚到的，带走的，改过" {
		t.Errorf("there are %s", listed(t, v))
	}
	resume(t, other, code).Want(t, 200)
	if got := title(t, other); got != "带走的，改过" {
		t.Errorf("the other device has %q", got)
	}
}
