package admin

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// A publisher writes, corrects and takes down what belongs to no matter; what is published
// is what was shown.
func TestAPublisherWritesCorrectsAndTakesDown(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	one, two := w.signIn(t, "pub", "冯源", staff.Publisher, complainttest.DeskUnit), w.signIn(t, "pubb", "郑同", staff.Publisher, complainttest.DeskUnit)
	clerk, auditor := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit), w.signIn(t, "sunjing", "孙静", staff.Auditor, "")
	clerk.Get(t, "/notices/new").Want(t, 404)
	token := clerk.Get(t, "/account").Attr("[name=_csrf]", "value")
	for _, path := range []string{"/notices", "/notices/preview", "/notices/1/take-down"} {
		clerk.Post(t, path, url.Values{"_csrf": {token}, "title": {"x"}}).Want(t, 404)
	}
	if clerk.Get(t, "/notices").Want(t, 200).Has(`a[href="/notices/new"]`) {
		t.Error("a registrar is offered to write")
	}
	form := one.Get(t, "/notices").Want(t, 200).Follow(t, `a[href="/notices/new"]`).Want(t, 200)
	bad := form.Submit(t, "main form", url.Values{"title": {strings.Repeat("长", 101)}, "body": {" "}, "until_year": {"2020"}, "until_month": {"1"}, "until_day": {"1"}}).Want(t, 422)
	for _, field := range []string{"kind", "title", "body", "until"} {
		if !bad.Has("#" + field + "-error") {
			t.Errorf("%s is taken: %s", field, bad.Text(".error-summary"))
		}
	}
	if bad.Attr("#title", "value") != strings.Repeat("长", 101) {
		t.Error("what was typed is lost")
	}
	typed := url.Values{"kind": {"notice"}, "title": {"关于开展专项清理的公告"}, "number": {"郏诚办〔2026〕3 号"}, "body": {"一、范围\n本县各单位拖欠的工程款。"}, "until_year": {""}, "until_month": {""}, "until_day": {""}}
	preview := bad.Submit(t, "main form", typed).Want(t, 200)
	if got := preview.Text("main"); !strings.Contains(got, "还没有公开") || !strings.Contains(got, "本县各单位拖欠的工程款") || !strings.Contains(got, "长期") {
		t.Errorf("the preview says %q", got)
	}
	count := func() int {
		t.Helper()
		n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*)::int FROM notice WHERE taken_down_at IS NULL`, nil)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if count() != 0 {
		t.Fatal("the preview has published")
	}
	if back := preview.Submit(t, "button[value=edit]", nil).Want(t, 200); !strings.Contains(back.Text("#body"), "本县各单位拖欠的工程款。") || !back.Has("#kind [value=notice][selected]") {
		t.Errorf("back to the form: %s", back.Text("main"))
	}
	if forged := preview.Forge(t, "button[value=publish]", url.Values{"body": {"别的内容"}}).Want(t, 409); !strings.Contains(forged.Text("main"), "别的内容") || count() != 0 {
		t.Error("something that nobody saw is published")
	}
	done := preview.Submit(t, "button[value=publish]", nil).Want(t, 200)
	if !done.Has(".banner-done") || count() != 1 || !strings.Contains(done.Text("main"), "公示中") {
		t.Fatalf("published: %s", done.Text("main"))
	}
	if twice := preview.Submit(t, "button[value=publish]", nil).Want(t, 200); count() != 1 || !strings.Contains(twice.Text(".banner"), "刚才已经公开了") {
		t.Errorf("pressed twice: %s", twice.Text("main"))
	}
	first := strings.TrimSuffix(done.Path, "?said=published")
	if clerk.Get(t, first).Want(t, 200).Has("#take-down") || clerk.Get(t, first).Has(`a[href^="/notices/new"]`) {
		t.Error("a registrar may take it down")
	}

	// A correction says for everybody what it corrects, and takes the old one down.
	w.later()
	again := two.Get(t, first).Want(t, 200).Follow(t, `a[href^="/notices/new?corrects="]`).Want(t, 200)
	if again.Attr("#title", "value") != "关于开展专项清理的公告" || !again.Has("#why") {
		t.Errorf("the form of a correction: %s", again.Text("main"))
	}
	if lacks := again.Submit(t, "main form", url.Values{"why": {""}}).Want(t, 422); !lacks.Has("#why-error") {
		t.Error("a correction says nothing")
	}
	shown := again.Submit(t, "main form", url.Values{"why": {"范围写漏了货款"}, "body": {"一、范围\n本县各单位拖欠的工程款、货款。"}}).Want(t, 200)
	if got := shown.Text("main"); !strings.Contains(got, "更正说明：范围写漏了货款") || !strings.Contains(got, "本公告代替2026年3月2日公开的《关于开展专项清理的公告》") {
		t.Errorf("the preview says %q", got)
	}
	other := one.Get(t, first).Want(t, 200)
	corrected := shown.Submit(t, "button[value=publish]", nil).Want(t, 200)
	if count() != 1 || !strings.Contains(corrected.Text("main"), "货款") {
		t.Errorf("corrected: %s", corrected.Text("main"))
	}
	if late := other.Submit(t, "#take-down form", url.Values{"why": {"写错了"}}).Want(t, 409); !strings.Contains(late.Text(".banner"), "已经撤下") {
		t.Errorf("taken down after the correction: %s", late.Text("main"))
	}
	if gone := shown.Submit(t, "button[value=publish]", url.Values{"form_token": {shown.Attr("[name=form_token]", "value")}}); count() != 1 {
		t.Errorf("corrected twice: %d %s", gone.Status, gone.Text("main"))
	}
	if old := clerk.Get(t, first).Want(t, 200).Text("main"); strings.Contains(old, "本县各单位") || strings.Contains(old, "范围写漏了") {
		t.Errorf("what is down is read by everybody: %s", old)
	}
	for name, m := range map[string]member{"publisher": one, "auditor": auditor} {
		if old := m.Get(t, first).Want(t, 200).Text("main"); !strings.Contains(old, "更正：范围写漏了货款") || !strings.Contains(old, "本县各单位") {
			t.Errorf("the %s reads %s", name, old)
		}
	}
	second := strings.TrimSuffix(corrected.Path, "?said=published")
	page := one.Get(t, second).Want(t, 200)
	if lacks := page.Submit(t, "#take-down form", url.Values{"why": {"。"}}).Want(t, 422); !lacks.Has("#why-error") || count() != 1 {
		t.Error("taken down for nothing")
	}
	down := page.Submit(t, "#take-down form", url.Values{"why": {"专项清理已经结束"}}).Want(t, 200)
	if count() != 0 || !strings.Contains(down.Text("main"), "已撤下") || down.Has("#take-down") {
		t.Errorf("down: %s", down.Text("main"))
	}
	page.Submit(t, "#take-down form", url.Values{"why": {"专项清理已经结束"}}).Want(t, 200) // the same form: nothing twice

	// What belongs to a matter or a report is ended there.
	id, err := notice.PublishTx(t.Context(), w.DB.Owner, notice.Publication{Kind: notice.Proposal, Title: "报告", Body: "x", At: w.Now().Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	at := "/notices/" + strconv.FormatInt(id, 10)
	if got := one.Get(t, at).Want(t, 200); got.Has("#take-down") || !strings.Contains(got.Text("main"), "它自己的") {
		t.Errorf("a report: %s", got.Text("main"))
	}
	one.Get(t, "/notices/new?corrects="+strconv.FormatInt(id, 10)).Want(t, 404)
	one.Get(t, "/notices/99999").Want(t, 404)
}
