package filing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/complaint"
	"zhengxin/internal/pg"
)

func TestElderWrongAnswersAreToldAtTheirQuestionAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	walk(t, v.Get(t, "/complaints/new"), together(companyAnswers, storyAnswers, contractAnswers))
	right, err := pg.One[[]byte](t.Context(), s.DB.Owner, `SELECT sealed FROM draft`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, field, typed, said string }{
		{"/complaints/new/story?q=unit_name", "unit", "", "请从名单里选出单位"},
		{"/complaints/new/story?q=unit_name", "unit", "NOPE", "没有这个单位"},
		{"/complaints/new/story?q=category_query", "category", "", "请选是哪一类的事"},
		{"/complaints/new/story?q=title", "title", "", "请用一句话写是什么事"},
		{"/complaints/new/story?q=request", "request", "", "请写您要求怎么办"},
		{"/complaints/new/story?q=facts", "facts", strings.Repeat("欠", 10001), "写了 10,001 个字，最多 10,000 个，请删去 1 个"},
		{"/complaints/new/story?q=reasons", "reasons", "工程\u202e款", "方向控制符"},
		{"/complaints/new/contract?q=contract_no", "contract_no", strings.Repeat("9", 61), "请删去 1 个"},
		{"/complaints/new/contract?q=contract_date", "contract_date_year", "2999", "还没有到"},
		{"/complaints/new/contract?q=contract_amount", "contract_amount", "很多", "看不出是多少钱"},
		{"/complaints/new/contract?q=due_on", "due_on_month", "13", "年"},
		{"/complaints/new/contract?q=unpaid_amount", "unpaid_amount", "128万6", "可以读成两个数，请选一个"},
		{"/complaints/new/contract?q=elsewhere", "elsewhere", strings.Repeat("说", 501), "请删去 1 个"},
		{"/complaints/new/contact?q=organisation", "organisation", "", "请写单位全称"},
		{"/complaints/new/contact?q=uscc", "uscc", "123", "18 位"},
		{"/complaints/new/contact?q=name", "name", "", "请写姓名"},
		{"/complaints/new/contact?q=phone", "phone", "12", "手机号码是 11 位"},
		{"/complaints/new/contact?q=email", "email", "", "请写电子邮箱"},
		{"/complaints/new/contact?q=address", "address", strings.Repeat("街", 201), "请删去 1 个"},
	} {
		page := v.Get(t, c.path).Want(t, 200).Forge(t, onButton, values(c.field, c.typed)).Want(t, 422)
		field := c.field
		for _, part := range []string{"_year", "_month", "_day"} {
			field = strings.TrimSuffix(field, part)
		}
		if said := page.Text("#" + field + "-error"); !strings.Contains(said, c.said) {
			t.Errorf("%s: beside the field stands %q, want %q", c.path, said, c.said)
		}
		if summary := page.All("[role=alert] li"); len(summary) != 1 || !strings.Contains(summary[0], c.said) {
			t.Errorf("%s: the summary says %q", c.path, summary)
		}
		if !strings.Contains(page.Text("[role=alert]"), "再按“下一步”") || !strings.HasPrefix(page.Text("title"), "有错误：") {
			t.Errorf("%s: alert %q, title %q", c.path, page.Text("[role=alert]"), page.Text("title"))
		}
		if e := page.Find(form + ` [name="` + c.field + `"]`); e.AttrOr("value", e.Text()) != c.typed && !e.Is("[type=radio]") {
			t.Errorf("%s: what was typed is lost", c.path)
		}
		lookAtQuestion(t, page)
		// What is wrong is kept, and would hold the next step up.
		if _, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE draft SET sealed = @right`, pg.Args{"right": right}); err != nil {
			t.Fatal(err)
		}
	}
	kind := s.elder(t).Get(t, "/complaints/new").Submit(t, onButton, nil).Want(t, 422)
	if !strings.Contains(kind.Text("#complainant_kind-error"), "请选您是谁") || len(kind.All("[role=alert] li")) != 1 {
		t.Errorf("the first question says %q", kind.All("[role=alert] li"))
	}
}

func TestElderQuestionsOutOfOrderLoseNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	start := v.Get(t, "/complaints/new")
	if start.Path != "/complaints/new?q=complainant_kind" {
		t.Errorf("the start is %s", start.Path)
	}
	typed := values("title", "欠钱不还", "do", "next", "_csrf", start.Attr("main [name=_csrf]", "value"))
	page := v.Post(t, "/complaints/new/story?q=title", typed).Want(t, 200)
	if page.Path != "/complaints/new?q=complainant_kind" || !strings.Contains(page.Body, "先填“您是谁”") {
		t.Fatalf("at %s", page.Path)
	}
	page = page.Submit(t, onButton, values("complainant_kind", "citizen")).Submit(t, onButton, values("anonymous", "yes"))
	if page.Path != "/complaints/new/story?q=unit_name" {
		t.Fatalf("at %s", page.Path)
	}
	// The last question of a step does not end it while others are open.
	page = v.Get(t, "/complaints/new/story?q=reasons").Want(t, 200).Submit(t, onButton, nil)
	if page.Path != "/complaints/new/story?q=unit_name" {
		t.Errorf("at %s", page.Path)
	}
	for _, path := range []string{"/complaints/new/check", "/complaints/new/contact?q=phone"} {
		if page := v.Get(t, path).Want(t, 200); page.Path != "/complaints/new/story?q=unit_name" || !strings.Contains(page.Body, "先填“事情经过”") {
			t.Errorf("%s leads to %s", path, page.Path)
		}
	}
	_, way := walk(t, page, together(anonymousAnswers, storyAnswers, contractAnswers))
	if slices.Contains(way, "/complaints/new/story?q=title") || slices.Contains(way, "/complaints/new/story?q=reasons") {
		t.Errorf("what was answered is asked again: %v", way)
	}
	if got := v.Get(t, "/complaints/new/story?q=title").Attr("[name=title]", "value"); got != "欠钱不还" {
		t.Errorf("the title is %q", got)
	}
}

func TestAQuestionThatIsNotAskedLeadsToOneThatIs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	check, _ := walk(t, v.Get(t, "/complaints/new"), together(anonymousAnswers, storyAnswers, contractAnswers))
	for path, want := range map[string]string{
		"/complaints/new/contact?q=uscc": "/complaints/new/contact?q=email", "/complaints/new/story?q=nonsense": "/complaints/new/story?q=unit_name",
		"/complaints/new?unit=TOWN": "/complaints/new?q=complainant_kind&unit=TOWN", "/complaints/new/story?q=unit": "/complaints/new/story?q=unit",
	} {
		if page := v.Get(t, path).Want(t, 200); page.Path != want {
			t.Errorf("%s leads to %s", path, page.Path)
		}
	}
	fields := values("do", "next", "_csrf", check.Attr("main [name=_csrf]", "value"))
	if page := v.Post(t, "/complaints/new/story?q=nonsense", fields); page.Status != 400 && page.Status != 422 {
		t.Errorf("status %d", page.Status)
	}
	if v.Get(t, "/complaints/new/check").Want(t, 200).Path != "/complaints/new/check" {
		t.Error("a form without its question undid what was answered")
	}
}

func TestElderBackKeepsEvenWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	first := v.Get(t, "/complaints/new").Submit(t, onButton, values("complainant_kind", "citizen"))
	page := first.Submit(t, onButton, values("anonymous", "yes")).Submit(t, onButton, values("unit", "TOWN"))
	page = page.Submit(t, onButton, values("category", "C03")).Submit(t, backButton, values("title", "欠\u202e钱")).Want(t, 200)
	if page.Path != "/complaints/new/story?q=category_query" || page.Attr("[name=category][checked]", "value") != "C03" {
		t.Fatalf("back at %s", page.Path)
	}
	page = page.Submit(t, backButton, nil).Submit(t, backButton, nil)
	if page.Path != "/complaints/new?q=anonymous" || page.Attr("[name=anonymous][checked]", "value") != "yes" {
		t.Fatalf("back at %s", page.Path)
	}
	// On again: to what is not answered rightly yet.
	page = page.Submit(t, onButton, nil)
	if page.Path != "/complaints/new/story?q=title" || page.Attr("[name=title]", "value") != "欠\u202e钱" {
		t.Fatalf("on at %s", page.Path)
	}
	page.Submit(t, onButton, nil).Want(t, 422)
	check, _ := walk(t, page, together(storyAnswers, contractAnswers, anonymousAnswers))
	if last := check.Follow(t, `.button-big[href]`); last.Path != "/complaints/new/contact?q=email" {
		t.Errorf("back from the check is %s", last.Path)
	}
}

func TestElderChangesOneAnswerAndReturnsToTheCheck(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	all := together(companyAnswers, storyAnswers, contractAnswers)
	check, way := walk(t, v.Get(t, "/complaints/new"), all)
	links := check.Find(".change a").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
	for _, path := range way {
		if !slices.Contains(links, path) {
			t.Errorf("nothing on the check leads to %s", path)
		}
	}
	for _, path := range links {
		page := v.Get(t, path).Want(t, 200)
		if page.Path != path {
			t.Errorf("%s leads to %s", path, page.Path)
		}
		if back := page.Submit(t, onButton, answered(page, all)); back.Path != "/complaints/new/check" {
			t.Errorf("%s goes on to %s", path, back.Path)
		}
	}
	// Another capacity is asked for its own papers, then the check comes.
	page := v.Get(t, "/complaints/new?q=complainant_kind").Submit(t, onButton, values("complainant_kind", "media"))
	if page.Path != "/complaints/new/contact?q=organisation" {
		t.Fatalf("at %s", page.Path)
	}
	_, way = walk(t, page, values("press_card", "A1"))
	if !slices.Contains(way, "/complaints/new/contact?q=press_card") || len(way) != 6 {
		t.Errorf("asked %v", way)
	}
}

func TestSwitchingTheModeInTheMiddleLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	story := v.Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	long := strings.Repeat("从头说起。", 200)
	page := story.Submit(t, modeButton, values("title", "欠钱不还", "facts", long)).Want(t, 200)
	if !page.Has("html.elder") || page.Path != "/complaints/new/story?q=unit_name" {
		t.Fatalf("at %s", page.Path)
	}
	page = page.Submit(t, onButton, values("unit", "TOWN")).Submit(t, onButton, values("category", "C03"))
	if page.Path != "/complaints/new/story?q=title" || page.Attr("[name=title]", "value") != "欠钱不还" {
		t.Fatalf("at %s with %q", page.Path, page.Attr("[name=title]", "value"))
	}
	page = page.Submit(t, modeButton, values("title", "一直欠钱不还")).Want(t, 200)
	if page.Has("html.elder") || page.Path != "/complaints/new/story" || page.Attr("[name=title]", "value") != "一直欠钱不还" ||
		page.Find("[name=facts]").Text() != "\n"+long && page.Find("[name=facts]").Text() != long || !page.Has("[name=category][value=C03][checked]") {
		t.Fatalf("at %s: something is lost", page.Path)
	}
	contract := page.Submit(t, form, values("request", "还钱", "do", "next")).Want(t, 200)
	page = contract.Submit(t, modeButton, values("unpaid_amount", "很多")).Want(t, 200)
	if page.Path != "/complaints/new/contract?q=contract_no" {
		t.Errorf("switching skips to %s", page.Path)
	}
	if wrong := v.Get(t, "/complaints/new/contract?q=unpaid_amount"); wrong.Attr("[name=unpaid_amount]", "value") != "很多" {
		t.Error("what was wrong is lost")
	}
}

func TestAPageOfTheOtherModeIsTakenAsItWasShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	story := v.Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	v.Get(t, "/").Submit(t, ".elder-switch button", nil) // in another window
	wrong := values(storyFields...)
	wrong.Set("title", "")
	if page := story.Submit(t, form, wrong).Want(t, 422); page.Attr("[name=title]", "value") != "" || page.Find("[name=facts]").Text() == "" || !page.Has("#title-error") {
		t.Error("a whole step came back without its fields")
	}
	page := story.Submit(t, form, values(storyFields...)).Want(t, 200)
	if page.Path != "/complaints/new/contract?q=contract_no" {
		t.Fatalf("at %s", page.Path)
	}
	v.Get(t, "/").Submit(t, ".elder-switch button", nil)
	page.Submit(t, onButton, values("contract_no", "DL-1")).Want(t, 200)
	if got := v.Get(t, "/complaints/new/contract"); got.Attr("[name=contract_no]", "value") != "DL-1" || !got.Has("[name=elsewhere]") {
		t.Error("one answer was not taken")
	}
}

func TestSearchingStaysWithinItsQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	page := v.Get(t, "/complaints/new").Submit(t, onButton, values("complainant_kind", "citizen")).Submit(t, onButton, values("anonymous", "yes"))
	for _, c := range []struct{ button, field, words, chosen, value, next string }{
		{findButton, "unit_name", "东岭", "unit", "TOWN", "/complaints/new/story?q=category_query"},
		{form, "category_query", "工程款", "category", "C03", "/complaints/new/story?q=title"}, // Return
	} {
		found := page.Submit(t, c.button, values(c.field, c.words)).Want(t, 200)
		if found.Has("[role=alert]") || !strings.Contains(found.Text("[role=status]"), "找到") || found.Attr("[name="+c.chosen+"]", "value") != c.value ||
			found.Attr(`[name="`+c.field+`"]`, "value") != c.words {
			t.Errorf("%s finds nothing: %q", c.words, found.Text("[role=status]"))
		}
		lookAtQuestion(t, found)
		page = found.Submit(t, onButton, values(c.chosen, c.value))
		if page.Path != c.next {
			t.Errorf("at %s", page.Path)
		}
	}
	unlisted := v.Get(t, "/complaints/new/story?q=unit").Submit(t, onButton, values("unit", complaint.UnknownUnit, "unit_name", "")).Want(t, 422)
	if !strings.Contains(unlisted.Text("#unit_name-error"), "请写您怎么叫这个单位") {
		t.Error("a unit without a name is taken")
	}
	written := unlisted.Submit(t, onButton, values("unit", "", "unit_name", "县 财政局")).Want(t, 200)
	if written.Path != "/complaints/new/story?q=title" || !v.Get(t, "/complaints/new/story?q=category").Has("[name=category][value=C03][checked]") {
		t.Errorf("a unit that is written out leads to %s", written.Path)
	}
}

func TestElderSavesForLaterAndReturnsToTheSameQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	page := v.Get(t, "/complaints/new").Submit(t, onButton, values("complainant_kind", "citizen"))
	saved := page.Submit(t, form+" [value=later]", values("anonymous", "yes")).Want(t, 200)
	if saved.Text("h1") != "已经保存" {
		t.Errorf("it says %q", saved.Text("h1"))
	}
	again := saved.Follow(t, `main a.button[href="/complaints/new"]`)
	if again.Path != "/complaints/new?q=anonymous" || again.Attr("[name=anonymous][checked]", "value") != "yes" {
		t.Errorf("at %s", again.Path)
	}
	s.Wait(25 * time.Hour)
	late := again.Submit(t, onButton, values("anonymous", "yes")).Want(t, 200)
	if late.Path != "/complaints/new?q=complainant_kind" || !strings.Contains(late.Body, "这份草稿放到了期，已经清除，谁也没有看到。") || !strings.Contains(late.Body, "您刚才填的这一页还在。") {
		t.Errorf("an expired draft leads to %s", late.Path)
	}
	late = late.Submit(t, onButton, values("complainant_kind", "citizen"))
	if late.Path != "/complaints/new/story?q=unit_name" || strings.Contains(late.Body, "已经清除") {
		t.Errorf("at %s", late.Path)
	}
	back := again.Submit(t, backButton, nil)
	s.Wait(25 * time.Hour)
	if lost := again.Submit(t, backButton, nil).Want(t, 200); back.Path != lost.Path || !strings.Contains(lost.Body, "已经清除") || strings.Contains(back.Body, "已经清除") {
		t.Errorf("going back with an expired draft leads to %s", lost.Path)
	}
}
