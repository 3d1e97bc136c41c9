package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestWhatIsTypedSurvivesTheNetworkAndTheLeaving(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	site, people := w.serve(t), browser.New(t)
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		tab := w.sits(t, people, site, width, "unit"+suffix, "陆远", staff.Handler, complainttest.Finance)
		number := w.File(t, complainttest.Intake()).Number
		w.put(t, number, complaint.Handling, 1)
		address := site + "/complaints/" + number
		check := func(name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot(name)
		}
		tab.Open(address + "/draft_answer")
		tab.Fill("facts", "查到一半：尚欠一百二十八万元。") // and then nothing: it is kept after a pause
		tab.Await("[data-draft-said]", "10:00 已自动保存，离开也不会丢")
		seen := func(what, css string) {
			t.Helper()
			if !tab.InSight(css) {
				t.Errorf("%s, %d px: what is said stands out of sight", what, width)
			}
		}
		seen("kept", ".field:has([name=facts]) > [data-draft-said]")
		check("draft-saved")
		tab.Network(false)
		tab.Fill("opinion", strings.Repeat("责成付清。", 62)+"尽快")
		tab.Key("\t")
		tab.Await("[data-draft-lost]", "没有保存，网络断了 您写的 344 个字还在这个页面上，请不要关闭。连上后按“再存一次”，不会存成两份。")
		seen("lost", ".field:has([name=opinion]) > [data-draft-lost]")
		tab.Fill("basis", "《")
		seen("lost, at the next field", ".field:has([name=basis]) > [data-draft-lost]")
		check("draft-lost")
		tab.Network(true)
		tab.Click("再存一次")
		tab.Await("[data-draft-said]", "已自动保存")
		if tab.Has("[data-draft-lost]") {
			t.Error("what was saved is still said to be lost")
		}
		// Left in the middle of a word, without leaving the field.
		tab.Fill("basis", "《保障中小企业款项支付条例》第九")
		tab.Open(address)
		tab.Open(address + "/draft_answer")
		if got := tab.Value("basis"); got != "《保障中小企业款项支付条例》第九" || !strings.HasPrefix(tab.Value("opinion"), "责成付清。") {
			t.Errorf("put back: %q", got)
		}
		check("draft-back")
		tab.Open(address)
		check("draft-back-matter")
		tab.Within("form[data-draft]:has([data-action=note])").Fill("note", "镇里来电")
		tab.Press("存草稿：记下")
		check("draft-kept")
		tab.Press("不要了：记下的草稿")
		tab.Open(address)
		if tab.Has(".draft-back + .field [name=note]") {
			t.Error("the note is still put back")
		}
		tab.Quiet(t)

		plain := w.sits(t, people, site, width, "plain"+suffix, "秦岚", staff.Handler, complainttest.Finance)
		plain.JavaScriptOff()
		plain.Open(address + "/draft_answer")
		plain.Fill("facts", "没有脚本也存得下")
		plain.Press("存草稿：写答复稿")
		if plain.Value("facts") != "没有脚本也存得下" || !plain.Says("草稿已存") {
			t.Errorf("without scripts: %q", plain.Value("facts"))
		}
	}
}
