package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/view/viewtest"
)

// Whoever writes into a box of theirs is warned beside it, asked about what tells who they
// are, and chooses who reads it.
func TestASupplementAsksAboutWhatTellsWhoWroteIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	const form = `[data-action=supplement]`
	page := v.Get(t, "/complaints/mine/supplement").Want(t, 200)
	if got := page.Text("form:has(" + form + ")"); !strings.Contains(got, "不要写自己的姓名、电话") || !strings.Contains(got, "只说给监督人员") {
		t.Errorf("the form says %q", got)
	}
	if page.Has("[name=note_personal]") {
		t.Error("the question stands there before anything was found")
	}
	words := "我叫王建国，手机１３８—００００—１２３４，验收单在村里。"
	page = page.Submit(t, form, values("note", words)).Want(t, 422)
	if got := page.Text(".error-summary"); !strings.Contains(got, "姓名、手机号码") || !strings.Contains(got, "“王建国”、“１３８—００００—１２３４”") || page.Text("[name=note]") != words {
		t.Errorf("asks %q, keeps %q", got, page.Text("[name=note]"))
	}
	viewtest.Sound(t, page.Document)
	page = page.Submit(t, form, values("note", words, "note_personal", "mask")).Want(t, 422)
	if got := page.Text("[name=note]"); got != "我叫（姓名，已隐去），手机（手机号码，已隐去），验收单在村里。" || page.Has("[name=note_personal]") || s.Count(t, "supplement") != 0 {
		t.Errorf("what was hidden is not seen before it is sent: %q", got)
	}
	if got := page.Text(".banner"); !strings.Contains(got, "还没有交") {
		t.Errorf("says %q", got)
	}
	viewtest.Sound(t, page.Document)
	page = page.Submit(t, form, nil).Want(t, 200)
	if got := page.Text(".banner-done"); !strings.Contains(got, "转给正在办理的人") {
		t.Errorf("says %q", got)
	}
	page = v.Get(t, "/complaints/mine/supplement").Submit(t, form, values("note", "电话0375-5150000是镇政府的")).Want(t, 422)
	more := page.Submit(t, form, values("note", "电话0375-5150000是镇政府的，我的是13800138000", "note_personal", "keep")).Want(t, 422)
	if got := more.Text(".error-summary"); !strings.Contains(got, "有 1 处请确认") || strings.Contains(got, "要改") || !strings.HasPrefix(more.Text(".field-error"), "请确认：") {
		t.Errorf("a question is called a fault: %q", got)
	}
	if got := more.Text(".error-summary"); !strings.Contains(got, "13800138000") || more.Has("[name=note_personal][checked]") {
		t.Errorf("what was added with the answer is not asked about: %q", got)
	}
	more.Submit(t, form, values("note", "电话0375-5150000是镇政府的", "note_personal", "keep")).Want(t, 200)

	// What no handling unit reads is not asked about, and the page says who reads it.
	for _, told := range [][]string{{"note", words + "他们威胁我。"}, {"note", words, "told", "desk"}} {
		page = v.Get(t, "/complaints/mine/supplement").Submit(t, form, values(told...)).Want(t, 200)
		if got := page.Text(".banner-done"); !strings.Contains(got, "只有监督人员看得到") {
			t.Errorf("%q: says %q", told, got)
		}
	}
	page = v.Get(t, "/complaints/mine/supplement").Submit(t, form, values("note", "有人威胁证人", "told", "all")).Want(t, 200)
	if got := page.Text(".banner-done"); !strings.Contains(got, "转给正在办理的人") {
		t.Errorf("told to all: says %q", got)
	}
	kept, err := pg.All[string](t.Context(), s.DB.Owner, `SELECT body || '|' || guarded FROM supplement ORDER BY seq`, nil)
	want := []string{"我叫（姓名，已隐去），手机（手机号码，已隐去），验收单在村里。|false", "电话0375-5150000是镇政府的|false", words + "他们威胁我。|true", words + "|true", "有人威胁证人|false"}
	if err != nil || strings.Join(kept, "\n") != strings.Join(want, "\n") {
		t.Errorf("kept %q, %v", kept, err)
	}
}

// The boxes in which one says what one thinks of an answer have the same choice as that of
// a supplement, and the page of the matter says what no unit reads.
func TestWhatIsSaidOfAnAnswerHasTheSameChoice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	supplement := v.Get(t, "/complaints/mine/supplement").Want(t, 200)
	if _, err := s.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'replied'`); err != nil {
		t.Fatal(err)
	}
	page := v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, page.Document)
	hint := supplement.Text("#supplement-told-hint")
	for action, knows := range map[string]string{"rate": "承办单位只知道您满不满意、解决没有", "contest": "承办单位只知道您申请了复查"} {
		got := page.Text("form:has([data-action=" + action + "])")
		if !strings.Contains(got, "只说给监督人员") || !strings.Contains(got, knows) || !strings.Contains(got, "不要写自己的姓名、电话") || hint == "" || page.Text("#"+action+"-told-hint") != hint {
			t.Errorf("the form of %s says %q", action, got)
		}
	}
	page = page.Submit(t, "[data-action=rate]", values("rating", "dissatisfied", "solved", "unsolved", "rating_words", "我叫王建国，钱没有到", "told", "all")).Want(t, 422)
	if page.Attr("[name=told][value=all]", "checked") != "checked" && !page.Has("[name=told][value=all][checked]") || !strings.Contains(page.Text(".error-summary"), "王建国") {
		t.Errorf("what is told to all is not asked about, or forgets to whom: %q", page.Text(".error-summary"))
	}
	page = page.Submit(t, "[data-action=rate]", values("told", "desk")).Want(t, 200)
	if page.Text(".banner-done") == "" {
		t.Fatalf("says %q", page.Text("main"))
	}
	page = page.Submit(t, "[data-action=contest]", values("note", "我是王建国，会计可以作证", "told", "desk")).Want(t, 200)
	if got := page.Text(".timeline"); !strings.Contains(got, "会计可以作证") || !strings.Contains(got, "这些话只有监督人员看得到") {
		t.Errorf("the page of the matter says %q", got)
	}
	kept, err := pg.One[string](t.Context(), s.DB.Owner, `SELECT c.rating_words || '|' || c.rating_told || '|' || s.body || '|' || s.guarded FROM complaint c, supplement s`, nil)
	if err != nil || kept != "我叫王建国，钱没有到|desk|我是王建国，会计可以作证|true" {
		t.Errorf("kept %q, %v", kept, err)
	}
}
