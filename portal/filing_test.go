package portal_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/web/webtest"
)

// values makes form fields of pairs.
func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// The answers of a named enterprise, step by step.
var (
	whoFields   = []string{"complainant_kind", "enterprise", "anonymous", "no", "do", "next"}
	storyFields = []string{"unit", "TOWN", "category", "C03", "title", "村道硬化工程款没有付清", "request", "付清剩余工程款",
		"facts", "2024年5月签订合同，8月验收，至今只付了一部分。", "do", "next"}
	contractFields = []string{"contract_no", "DL-2024-016", "contract_date_year", "2024", "contract_date_month", "5", "contract_date_day", "12",
		"unpaid_amount", "1286500", "in_litigation", "no", "do", "next"}
	contactFields = []string{"organisation", "青禾路桥工程有限公司", "uscc", "91410425MA00000077", "name", "王建国", "phone", "13800138000",
		"email", "wang@example.com", "confidential", "yes", "edelivery_consent", "yes", "do", "next"}
)

const form = "main form"

// toCheck fills in everything up to the last page.
func toCheck(t *testing.T, v *webtest.Client) *webtest.Page {
	t.Helper()
	page := v.Get(t, "/complaints/new").Want(t, 200).Submit(t, form, values(whoFields...)).Want(t, 200)
	page = page.Submit(t, form, values(storyFields...)).Want(t, 200)
	page = page.Submit(t, form, values(contractFields...)).Want(t, 200)
	page = page.Submit(t, form, values("evidence_held", "contract", "do", "next")).Want(t, 200)
	page = page.Submit(t, form, values(contactFields...)).Want(t, 200)
	if page.Text("h1") != "核对您的投诉，再提交" {
		t.Fatalf("at the end stands %q: %v", page.Text("h1"), page.All("[role=alert]"))
	}
	return page
}

func TestSixStepsEndInAReceiptThatOpensTheMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.visitor()
	page := toCheck(t, v)
	receipt := page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes")).Want(t, 200)
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if !strings.HasPrefix(number, "JX2026") || len(strings.ReplaceAll(code, "-", "")) != 16 {
		t.Fatalf("number %q, code %q", number, code)
	}
	if s.count(t, "draft") != 0 || s.count(t, "captcha") != 0 {
		t.Error("the draft or the captcha is still there")
	}
	track := s.visitor().Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", strings.ToLower(code))).Want(t, 200)
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
	page := toCheck(t, s.visitor())
	answers := values("captcha_solution", s.digits(t, page), "pledge", "yes")
	first := page.Submit(t, form, answers).Want(t, 200)
	again := page.Submit(t, form, answers).Want(t, 200)
	if first.Text("[data-receipt-code]") != again.Text("[data-receipt-code]") || first.Text("[data-receipt-number]") != again.Text("[data-receipt-number]") {
		t.Error("the second sending gave another receipt")
	}
	if !strings.Contains(again.Body, "没有重复登记") || s.count(t, "complaint") != 1 {
		t.Errorf("%d complaints", s.count(t, "complaint"))
	}
}

func TestAWrongCaptchaLosesNothingAndIsNotAskedAgainOnceSolved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.visitor())
	wrong := page.Submit(t, form, values("captcha_solution", "000000", "pledge", "yes")).Want(t, 422)
	if !strings.Contains(wrong.Text("[role=alert]"), "已换了一张") || !wrong.Has(`[name=pledge][checked]`) {
		t.Errorf("alert %q", wrong.Text("[role=alert]"))
	}
	for table, want := range map[string]int64{"draft": 1, "captcha": 1, "matter": 0, "event": 0, "identity": 0, "letter": 0} { // the new captcha
		if got := s.count(t, table); got != want {
			t.Errorf("%d rows in %s after a wrong captcha, want %d", got, table, want)
		}
	}
	noPledge := wrong.Submit(t, form, url.Values{"captcha_solution": {s.digits(t, wrong)}, "pledge": nil}).Want(t, 422)
	if noPledge.Has("[name=captcha_solution]") {
		t.Error("a solved captcha is asked for again")
	}
	noPledge.Submit(t, form, values("pledge", "yes")).Want(t, 200)
	if s.count(t, "complaint") != 1 {
		t.Error("nothing was filed")
	}
}

// The captcha goes with the filing or not at all: who must send the same page
// again after a failure answers with the same digits.
func TestAFailedFilingLeavesItsCaptcha(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.visitor())
	answers := values("captcha_solution", s.digits(t, page), "pledge", "yes")
	refuse := func(sql string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), s.DB.Owner, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	refuse(`ALTER TABLE access_code ADD CONSTRAINT broken CHECK (false) NOT VALID`)
	page.Submit(t, form, answers).Want(t, 500)
	if s.count(t, "captcha") != 1 || s.count(t, "draft") != 1 || s.count(t, "matter") != 0 {
		t.Errorf("%d captchas, %d drafts, %d matters", s.count(t, "captcha"), s.count(t, "draft"), s.count(t, "matter"))
	}
	refuse(`ALTER TABLE access_code DROP CONSTRAINT broken`)
	page.Submit(t, form, answers).Want(t, 200)
	if s.count(t, "captcha") != 0 || s.count(t, "complaint") != 1 {
		t.Errorf("%d captchas, %d complaints", s.count(t, "captcha"), s.count(t, "complaint"))
	}
}

func TestHTMLAndRareCharactersComeBackExactly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...))
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
	v := s.visitor()
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
	page := toCheck(t, s.visitor())
	s.Wait(25 * time.Hour)
	answer := page.Submit(t, form, values("captcha_solution", "1", "pledge", "yes")).Want(t, 200)
	if !strings.Contains(answer.Body, "这份草稿放了 24 小时，已经清除，谁也没有看到。请重新填写。") || s.count(t, "complaint") != 0 {
		t.Errorf("at %s", answer.Path)
	}
}

func TestAnotherVisitorsDraftIsOutOfReach(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := s.visitor(), s.visitor()
	page := toCheck(t, mine)
	toCheck(t, theirs)
	fields := values("captcha_solution", s.digits(t, page), "pledge", "yes", "captcha_id", page.Attr("[name=captcha_id]", "value"),
		"form_token", page.Attr("[name=form_token]", "value"), "_csrf", page.Attr("main [name=_csrf]", "value"))
	theirs.Post(t, "/complaints/new/check", fields).Want(t, 403)
	if s.count(t, "complaint") != 0 {
		t.Error("something was filed")
	}
}

func TestWrongCodesLookAlikeAndSlowOnlyTheGuesser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.visitor())
	receipt := page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes"))
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	guesser := s.visitor()
	wrong := guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", "AAAA-AAAA-AAAA-AAAA")).Want(t, 404)
	absent := guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", "JX2026999999991", "query_code", "AAAA-AAAA-AAAA-AAAA"))
	if !strings.Contains(wrong.Text("[role=alert]"), "再错 4 次") || absent.Status != wrong.Status {
		t.Errorf("wrong %q, absent %q", wrong.Text("[role=alert]"), absent.Text("[role=alert]"))
	}
	for range 4 {
		guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", "AAAA-AAAA-AAAA-AAAA"))
	}
	guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", code)).Want(t, 429)
	s.Wait(16 * time.Minute)
	guesser.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", number, "query_code", code)).Want(t, 200)
}

func TestTheComplainantMovesTheirOwnMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := toCheck(t, s.visitor())
	receipt := page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes"))
	v := s.visitor()
	own := v.Get(t, "/track").Submit(t, `form[action="/track"]`, values("number", receipt.Text("[data-receipt-number]"), "query_code", receipt.Text("[data-receipt-code]"))).Want(t, 200)
	supplement := own.Follow(t, `a[href$="/supplement"]`).Want(t, 200)
	supplement.Submit(t, "[data-action=supplement]", values("note", "")).Want(t, 422)
	done := supplement.Submit(t, "[data-action=supplement]", values("note", "补一句：对账单在我手里。")).Want(t, 200)
	if !strings.Contains(done.Text("[role=status]"), "补充的话已经收到") {
		t.Errorf("said %q", done.Text("[role=status]"))
	}
	again := supplement.Submit(t, "[data-action=supplement]", values("note", "补一句：对账单在我手里。")).Want(t, 200)
	if s.count(t, "supplement") != 1 || !strings.Contains(again.Body, "已经收到") {
		t.Errorf("%d supplements", s.count(t, "supplement"))
	}
	gone := done.Follow(t, `a[href$="/withdraw"]`).Submit(t, "[data-action=withdraw]", values()).Want(t, 200)
	if !strings.Contains(gone.Body, "已撤回") {
		t.Error("not withdrawn")
	}
	left := gone.Submit(t, `form[action="/track/leave"]`, values()).Want(t, 200)
	if left.Path != "/track" || v.Get(t, own.Path).Status != 401 {
		t.Error("leaving leaves the matter open")
	}
}

func TestReturnInATextFieldGoesOnAndInASearchBoxSearches(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
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
	found.Submit(t, form, values(append(storyFields, "do", "enter")...)).Want(t, 200)
}

func TestACategoryIsFoundByTheWordsOfItsHint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	for _, word := range []string{"工程款", "保证金", "判决"} {
		if !strings.Contains(story.Text("main"), word) {
			t.Errorf("the hint no longer names %s", word)
		}
		found := story.Submit(t, form, values("category_query", word, "do", "find")).Want(t, 200)
		if !strings.Contains(found.Text("main"), "类，排在最前面") || !found.Has(`optgroup[label*="`+word+`"]`) {
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
	v := s.visitor()
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
	v := s.visitor()
	unit := v.Get(t, "/units/TOWN").Want(t, 200)
	story := v.Get(t, unit.Attr(`a[href^="/complaints/new?"]`, "href")).Submit(t, form, values(whoFields...)).Want(t, 200)
	if !story.Has(`option[value=TOWN][selected]`) {
		t.Error("the unit is not chosen")
	}
}
