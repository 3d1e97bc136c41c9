package filing_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/pg"
)

func TestSixStepsEndInAReceiptThatOpensTheMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	page := toCheck(t, v)
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if !strings.HasPrefix(number, "JX2026") || len(strings.ReplaceAll(code, "-", "")) != 16 {
		t.Fatalf("number %q, code %q", number, code)
	}
	if s.Count(t, "draft") != 0 || s.Count(t, "captcha") != 0 {
		t.Error("the draft or the captcha is still there")
	}
	track := s.Visitor().Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", strings.ToLower(code))).Want(t, 200)
	if track.Text("h1") != "村道硬化工程款没有付清" || !strings.Contains(track.Body, "投诉已经收到") {
		t.Errorf("the tracking page shows %q", track.Text("h1"))
	}
	if strings.Contains(track.Path, strings.ReplaceAll(code, "-", "")) {
		t.Error("the code is in an address")
	}
}

func TestTheLastPageSentTwiceGivesTheSameReceipt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	answers := values("captcha_solution", s.Digits(t, page), "pledge", "yes")
	first := page.Submit(t, form, answers).Want(t, 200)
	again := page.Submit(t, form, answers).Want(t, 200)
	if first.Text("[data-receipt-code]") != again.Text("[data-receipt-code]") || first.Text("[data-receipt-number]") != again.Text("[data-receipt-number]") {
		t.Error("the second sending gave another receipt")
	}
	if !strings.Contains(again.Body, "没有重复登记") || s.Count(t, "complaint") != 1 {
		t.Errorf("%d complaints", s.Count(t, "complaint"))
	}
}

func TestAWrongCaptchaLosesNothingAndIsNotAskedAgainOnceSolved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	wrong := page.Submit(t, form, values("captcha_solution", "000000", "pledge", "yes")).Want(t, 422)
	if !strings.Contains(wrong.Text("[role=alert]"), "已换了一张") || !wrong.Has(`[name=pledge][checked]`) {
		t.Errorf("alert %q", wrong.Text("[role=alert]"))
	}
	for table, want := range map[string]int64{"draft": 1, "captcha": 1, "matter": 0, "event": 0, "identity": 0, "letter": 0} { // the new captcha
		if got := s.Count(t, table); got != want {
			t.Errorf("%d rows in %s after a wrong captcha, want %d", got, table, want)
		}
	}
	noPledge := wrong.Submit(t, form, url.Values{"captcha_solution": {s.Digits(t, wrong)}, "pledge": nil}).Want(t, 422)
	if noPledge.Has("[name=captcha_solution]") {
		t.Error("a solved captcha is asked for again")
	}
	noPledge.Submit(t, form, values("pledge", "yes")).Want(t, 200)
	if s.Count(t, "complaint") != 1 {
		t.Error("nothing was filed")
	}
}

// The captcha goes with the filing or not at all: who must send the same page
// again after a failure answers with the same digits.
func TestAFailedFilingLeavesItsCaptcha(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	answers := values("captcha_solution", s.Digits(t, page), "pledge", "yes")
	refuse := func(sql string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), s.DB.Owner, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	refuse(`ALTER TABLE access_code ADD CONSTRAINT broken CHECK (false) NOT VALID`)
	page.Submit(t, form, answers).Want(t, 500)
	if s.Count(t, "captcha") != 1 || s.Count(t, "draft") != 1 || s.Count(t, "matter") != 0 {
		t.Errorf("%d captchas, %d drafts, %d matters", s.Count(t, "captcha"), s.Count(t, "draft"), s.Count(t, "matter"))
	}
	refuse(`ALTER TABLE access_code DROP CONSTRAINT broken`)
	page.Submit(t, form, answers).Want(t, 200)
	if s.Count(t, "captcha") != 0 || s.Count(t, "complaint") != 1 {
		t.Errorf("%d captchas, %d complaints", s.Count(t, "captcha"), s.Count(t, "complaint"))
	}
}

func TestHTMLAndRareCharactersComeBackExactly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.Visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...))
	fields := values(storyFields...)
	fields.Set("title", `𠮷𪚥䶮 <script>alert(1)</script> "引号" 😀`)
	page := story.Submit(t, form, fields).Want(t, 200)
	back := page.Follow(t, `a[href="/complaints/new/story"]`)
	if back.Attr("[name=title]", "value") != fields.Get("title") {
		t.Errorf("came back as %q", back.Attr("[name=title]", "value"))
	}
}

func TestAStepOutOfOrderKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	start := v.Get(t, "/complaints/new")
	fields := values(storyFields...)
	fields.Set("_csrf", start.Attr("main [name=_csrf]", "value"))
	page := v.Post(t, "/complaints/new/story", fields).Want(t, 200)
	if page.Path != "/complaints/new" || !strings.Contains(page.Body, "先填“您是谁”") {
		t.Fatalf("at %s", page.Path)
	}
	story := page.Submit(t, form, values(whoFields...))
	if story.Path == "/complaints/new/story" && story.Attr("[name=title]", "value") == "" {
		t.Error("what was typed is lost")
	}
}

func TestAnExpiredDraftSaysSoAndKeepsTheLastPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.Visitor())
	s.Wait(25 * time.Hour)
	answer := page.Submit(t, form, values("captcha_solution", "1", "pledge", "yes")).Want(t, 200)
	if !strings.Contains(answer.Body, "这份草稿放到了期，已经清除，谁也没有看到。请重新填写。") || s.Count(t, "complaint") != 0 {
		t.Errorf("at %s", answer.Path)
	}
}

func TestAnotherVisitorsDraftIsOutOfReach(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := s.Visitor(), s.Visitor()
	page := toCheck(t, mine)
	toCheck(t, theirs)
	fields := values("captcha_solution", s.Digits(t, page), "pledge", "yes", "captcha_id", page.Attr("[name=captcha_id]", "value"),
		"form_token", page.Attr("[name=form_token]", "value"), "_csrf", page.Attr("main [name=_csrf]", "value"))
	theirs.Post(t, "/complaints/new/check", fields).Want(t, 403)
	if s.Count(t, "complaint") != 0 {
		t.Error("something was filed")
	}
}

func TestReturnInATextFieldGoesOnAndInASearchBoxSearches(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.Visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	if first := story.Attr(form+" button", "value"); first != "enter" {
		t.Errorf("Return presses the button %q", first)
	}
	found := story.Submit(t, form, values("unit_name", "冢头", "title", "欠钱不还", "do", "enter")).Want(t, 200)
	if found.Text("h1") != "事情经过" || found.Has("[role=alert]") || !strings.Contains(found.Body, "相近的单位") {
		t.Errorf("Return in the search box leads to %q", found.Text("h1"))
	}
	wrong := found.Submit(t, form, values("title", "欠钱不还", "do", "enter")).Want(t, 422)
	if !strings.Contains(wrong.Text("[role=alert]"), "请从名单里选出单位") {
		t.Errorf("the alert says %q", wrong.Text("[role=alert]"))
	}
	found.Submit(t, form, values(append(storyFields, "unit_name", "", "do", "enter")...)).Want(t, 200)
}

func TestACategoryIsFoundByTheWordsOfItsHint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.Visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	for word, want := range map[string]string{"欠钱": "C03", "工程款": "C03", "补贴": "C01", "工资": "C11", "换领导": "C05"} {
		if !strings.Contains(story.Text("main"), word) {
			t.Errorf("the hint no longer names %s", word)
		}
		found := story.Submit(t, form, values("category_query", word, "do", "find")).Want(t, 200)
		if !strings.Contains(found.Text("main"), "类，排在最前面") || found.Attr("[name=category]", "value") != want {
			t.Errorf("%s finds no category", word)
		}
	}
	if none := story.Submit(t, form, values("category_query", "火星", "do", "find")).Want(t, 200); !strings.Contains(none.Text("main"), "没有找到") {
		t.Error("a search that finds nothing does not say so")
	}
}

func TestADraftLeftAtAnothersComputerCanBeCleared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	story := v.Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	saved := story.Submit(t, form, values("title", "欠钱不还", "do", "later")).Want(t, 200)
	cleared := saved.Submit(t, form, values("do", "discard")).Want(t, 200)
	if cleared.Text("h1") != "草稿已经清除" {
		t.Errorf("it says %q", cleared.Text("h1"))
	}
	if again := v.Get(t, "/complaints/new/story").Want(t, 200); again.Text("h1") != "您是谁" || strings.Contains(again.Body, "欠钱不还") {
		t.Error("the draft is still there")
	}
}

func TestTheButtonOfAUnitsPageChoosesThatUnit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	unit := v.Get(t, "/units/TOWN").Want(t, 200)
	story := v.Get(t, unit.Attr(`a[href^="/complaints/new?"]`, "href")).Submit(t, form, values(whoFields...)).Want(t, 200)
	if !story.Has(`[name=unit][value=TOWN][checked]`) {
		t.Error("the unit is not chosen")
	}
}
