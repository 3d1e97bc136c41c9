package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/view/viewtest"
)

// What is asked stands on the page item by item; the form has what is open ticked, and a form
// of before loses no word.
func TestWhatIsAskedIsAnsweredItemByItemOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	decide(t, s, receipt.Number, complaint.EnterRegister)
	page := track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	if page.Has("#asked") || v.Get(t, "/complaints/mine/supplement").Want(t, 200).Has("[name=items]") {
		t.Error("nothing is asked, and the page asks for it")
	}
	decide(t, s, receipt.Number, complaint.AskSupplement, "public", "合同首页\n验收单\n付款记录")
	page = v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, page.Document)
	section := page.Text("section:has(#asked)")
	for _, words := range []string{"第 1 号，最迟 2026年3月17日", "合同首页（还没有补）", "付款记录（还没有补）", "一项一项地补"} {
		if !strings.Contains(strings.ReplaceAll(section, "\u00a0", " "), words) {
			t.Errorf("the page does not say %q: %s", words, section)
		}
	}
	open := v.Get(t, "/complaints/mine/supplement").Want(t, 200)
	viewtest.Sound(t, open.Document)
	if n := open.Find("[name=items][checked]").Length(); n != 3 {
		t.Errorf("%d of 3 items are ticked", n)
	}
	done := open.Submit(t, form, values("note", "验收单放在来访接待处了。", "items", "1.2")).Want(t, 200)
	if got := done.Text("section:has(#asked)"); !strings.Contains(got, "验收单（3月2日补了）") || !strings.Contains(got, "合同首页（还没有补）") {
		t.Errorf("one of three is answered, and the page says %q", got)
	}
	v.Get(t, "/complaints/mine/supplement").Submit(t, form, values("note", "合同首页也放在那里了。", "items", "1.1")).Want(t, 200)
	stale := v.Get(t, "/complaints/mine/supplement").Want(t, 200)
	decide(t, s, receipt.Number, "waive_items", "waived", "1.3", "public", "不用了。")
	again := stale.Submit(t, form, values("note", "付款记录在信用社打印了。", "items", "1.3"))
	if again.Status != 409 || again.Text("[name=note]") != "付款记录在信用社打印了。" || again.Has("[name=items]") || !strings.Contains(again.Text("main"), "不再等了") {
		t.Errorf("%d: from a page of before it says %q", again.Status, again.Text("main"))
	}
	if page = v.Get(t, "/complaints/mine").Want(t, 200); page.Has("#asked") {
		t.Error("nothing is asked any more, and it stands on the page")
	}
}
