package filing_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/key"
	"zhengxin/internal/web/webtest"
)

// elder is a visitor who has chosen the elder mode.
func (s *fixture) elder(t testing.TB) *webtest.Client {
	t.Helper()
	v := s.Visitor()
	v.Get(t, "/").Submit(t, ".elder-switch button", nil).Want(t, 200)
	return v
}

// Presses of the buttons of a step.
const (
	onButton   = form + " [name=do][value=next]"
	backButton = form + " [name=do][value=back]"
	findButton = form + " [name=do][value=find]"
	modeButton = ".elder-switch [name=do]:not(.hidden)"
)

// A citizen who gives no name, and what both kinds say of the matter.
var (
	storyAnswers = values("unit_name", "东岭镇", "unit", "TOWN", "category_query", "", "category", "C03", "title", "村道硬化工程款没有付清",
		"request", "付清剩余工程款", "facts", "2024年5月签订合同，8月验收，至今只付了一部分。", "reasons", "")
	contractAnswers = values("contract_no", "DL-2024-016", "contract_date_year", "2024", "contract_date_month", "5", "contract_date_day", "12",
		"contract_amount", "", "due_on_year", "", "due_on_month", "", "due_on_day", "", "unpaid_amount", "1286500", "in_litigation", "decided",
		"elsewhere", "12345 热线", "evidence_held", "contract", "evidence_held", "talk")
	anonymousAnswers = values("complainant_kind", "citizen", "anonymous", "yes", "email", "", "edelivery_consent", "")
	companyAnswers   = values("complainant_kind", "enterprise", "anonymous", "no", "organisation", "青禾路桥工程有限公司",
		"uscc", "91410425MA00000077", "name", "王建国", "phone", "13800138000", "email", "wang@example.com", "edelivery_consent", "yes",
		"address", "", "confidential", "no")
)

func together(all ...url.Values) url.Values {
	sum := url.Values{}
	for _, v := range all {
		for name, list := range v {
			sum[name] = list
		}
	}
	return sum
}

// fieldsOf are the names that a page asks for, dates as one.
func fieldsOf(page *webtest.Page) []string {
	var names []string
	page.Find(form).Find("input:not([type=hidden]), select, textarea").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		for _, part := range []string{"_year", "_month", "_day"} {
			name = strings.TrimSuffix(name, part)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	})
	return names
}

// answered are those of the answers that are for this page.
func answered(page *webtest.Page, all url.Values) url.Values {
	mine := url.Values{}
	for name, list := range all {
		if page.Has(form + ` [name="` + name + `"]`) {
			mine[name] = list
		}
	}
	return mine
}

// walk answers question after question until the check, and says what lay on the way.
func walk(t *testing.T, page *webtest.Page, all url.Values) (check *webtest.Page, way []string) {
	t.Helper()
	for range 40 {
		if page.Path == "/complaints/new/check" {
			return page, way
		}
		way = append(way, page.Path)
		page = page.Want(t, 200).Submit(t, onButton, answered(page, all))
	}
	t.Fatalf("the check is not reached: %v", way)
	return nil, nil
}

// draft is what the site has kept for a visitor.
func (s *fixture) draft(t *testing.T, v *webtest.Client) map[string]any {
	t.Helper()
	secret, ok := key.ParseSecret(v.Cookie("zx_draft"))
	if !ok {
		t.Fatal("no draft")
	}
	saved, err := (&complaint.Drafts{Pool: s.DB.Portal, Now: s.Now}).Load(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]any{}
	if err := json.Unmarshal(saved.Content, &held); err != nil {
		t.Fatal(err)
	}
	delete(held, "Token")
	delete(held, "Name")
	delete(held, "Saves") // one a question, or one a step
	return held
}

func TestElderModeFilesOneQuestionAtATimeAndKeepsTheSameDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, c := range map[string]struct {
		who       url.Values
		questions int
	}{
		"anonymous citizen": {anonymousAnswers, 2 + 6 + 7 + 1 + 1},
		"named enterprise":  {companyAnswers, 2 + 6 + 7 + 1 + 7},
	} {
		all := together(c.who, storyAnswers, contractAnswers)
		elder, ordinary := s.elder(t), s.Visitor()
		check, way := walk(t, elder.Get(t, "/").Follow(t, `main a[href="/start"]`).Follow(t, `main a[href="/complaints/new"]`), all)
		if len(way) != c.questions {
			t.Errorf("%s: %d questions, want %d: %v", name, len(way), c.questions, way)
		}
		walk(t, ordinary.Get(t, "/complaints/new"), all)
		if diff := cmp.Diff(s.draft(t, ordinary), s.draft(t, elder)); diff != "" {
			t.Errorf("%s: the drafts differ: %s", name, diff)
		}
		if !check.Has(`a[href$=".wav"] ~ .captcha img`) {
			t.Errorf("%s: the sound does not come first", name)
		}
		receipt := check.Submit(t, form, values("captcha_solution", s.Digits(t, check), "pledge", "yes")).Want(t, 200)
		track := s.elder(t).Get(t, "/track").Submit(t, `form[action="/track"]`,
			values("number", receipt.Text("[data-receipt-number]"), "query_code", receipt.Text("[data-receipt-code]"))).Want(t, 200)
		if track.Text("h1") != "村道硬化工程款没有付清" {
			t.Errorf("%s: tracking shows %q", name, track.Text("h1"))
		}
	}
}

func TestEveryFieldOfAStepStandsInOneQuestionUnderItsHeading(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, o := range complaint.Kinds {
		for _, anonymous := range []string{"yes", "no"} {
			person := values("name", "王建国", "phone", "13800138000", "email", "", "edelivery_consent", "", "address", "西街 1 号",
				"organisation", "青禾公司", "uscc", "91410425MA00000077", "press_card", "A1", "congress_session", "第十六届",
				"credential_number", "A123", "confidential", "yes", "complainant_kind", o.Value, "anonymous", anonymous)
			all := together(person, storyAnswers, contractAnswers)
			elder, ordinary := s.elder(t), s.Visitor()
			_, way := walk(t, elder.Get(t, "/complaints/new"), all)
			_, pages := walk(t, ordinary.Get(t, "/complaints/new"), all)
			var single, whole []string
			for _, path := range way {
				page := elder.Get(t, path).Want(t, 200)
				single = append(single, fieldsOf(page)...)
				lookAtQuestion(t, page)
			}
			for _, path := range pages {
				whole = append(whole, fieldsOf(ordinary.Get(t, path))...)
			}
			slices.Sort(single)
			slices.Sort(whole)
			if diff := cmp.Diff(whole, single); diff != "" {
				t.Errorf("%s, anonymous %s: %s", o.Value, anonymous, diff)
			}
		}
	}
}

// lookAtQuestion holds a page against what every question has.
func lookAtQuestion(t *testing.T, page *webtest.Page) {
	t.Helper()
	fields := fieldsOf(page)
	if heads := page.All("h1"); len(heads) != 1 || heads[0] == "" {
		t.Errorf("%s: h1 %q", page.Path, heads)
	}
	if label := page.Attr("h1 label", "for"); label != "" && label != fields[0] {
		t.Errorf("%s: the heading belongs to %s, not to %s", page.Path, label, fields[0])
	}
	line := page.Text(".steps-small p")
	if !strings.Contains(line, "，共 6 步 · 第 ") || !strings.HasSuffix(line, " 问") || !strings.Contains(page.Text("title"), " 问 - ") {
		t.Errorf("%s: progress %q, title %q", page.Path, line, page.Text("title"))
	}
	want := []string{"下一步", "上一步", "保存，以后再填"}
	if strings.HasSuffix(page.Path, "?q=complainant_kind") {
		want = []string{"下一步", "保存，以后再填"}
	}
	if diff := cmp.Diff(want, page.All(form+" .button-big")); diff != "" {
		t.Errorf("%s: buttons %s", page.Path, diff)
	}
}

func TestElderProgressSaysWhichQuestionOfWhichStep(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.elder(t)
	walk(t, v.Get(t, "/complaints/new"), together(companyAnswers, storyAnswers, contractAnswers))
	for path, want := range map[string]string{
		"/complaints/new?q=anonymous": "第 1 步，共 6 步 · 第 2 问，共 2 问", "/complaints/new/contract?q=contract_date": "第 3 步，共 6 步 · 第 2 问，共 7 问",
		"/complaints/new/contact?q=email": "第 5 步，共 6 步 · 第 5 问，共 7 问", "/complaints/new/check": "第 6 步，共 6 步：核对并提交",
	} {
		if got := v.Get(t, path).Want(t, 200).Text(".steps-small p"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
