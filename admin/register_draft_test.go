package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// TestAnotherKindKeepsTheDraftThatWasChosen: the one from which the fields were filled, and
// which the next save takes over.
func TestAnotherKindKeepsTheDraftThatWasChosen(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	for _, one := range [][2]string{{"AAAAAAAAAAAAAAAAAAAAAA", "先接的电话"}, {"BAAAAAAAAAAAAAAAAAAAAA", "后接的电话"}} {
		zhouning.autosaves("/register", "complainant_kind", "citizen", "form_token", one[0], "facts", one[1]).Want(t, 200)
		w.later()
	}
	page := zhouning.Get(t, "/register").Want(t, 200).Follow(t, ".draft-other a").Want(t, 200)
	chosen, other := page.Text("[name=facts]"), page.Text(".draft-other .timeline-quote")
	for _, kind := range []string{"enterprise", "npc_deputy"} {
		page = page.Submit(t, "button[value=kind]", url.Values{"complainant_kind": {kind}}).Want(t, 200)
		if got := page.Text("[name=facts]"); got != chosen {
			t.Errorf("%s: chosen was %q, the form holds %q", kind, chosen, got)
		}
	}
	again := zhouning.Get(t, page.Path+"?kind=citizen&draft="+url.QueryEscape(page.Attr("main form [name=draft_of]", "value")))
	if again.Text("[name=facts]") != chosen {
		t.Errorf("by its address the form holds %q", again.Text("[name=facts]"))
	}
	page = page.Submit(t, "[value=save]", nil).Want(t, 200)
	if w.drafts(t) != 2 || page.Text("[name=facts]") != chosen || page.Text(".draft-other .timeline-quote") != other {
		t.Errorf("%d drafts, the form holds %q, beside it %q", w.drafts(t), page.Text("[name=facts]"), page.All(".draft-other"))
	}
}

func TestARegistrationIsKeptForItsWriterUntilItIsFiled(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	other := w.signIn(t, "hemin", "何敏", staff.Registrar, complainttest.DeskUnit)
	first := zhouning.Get(t, "/register?kind=citizen").Want(t, 200)

	half := call()
	half.Del("facts")
	half.Set("do", "save")
	kept := first.Submit(t, "main form", half).Want(t, 200)
	if !strings.Contains(kept.Text(".banner-done"), "草稿已存") || kept.Attr("[name=name]", "value") != "李春花" {
		t.Errorf("kept: %q, the name is %q", kept.Text(".banner"), kept.Attr("[name=name]", "value"))
	}
	again := zhouning.Get(t, "/register").Want(t, 200)
	if again.Attr("[name=title]", "value") != "修水渠的工钱三年没有结" || !strings.Contains(again.Text("main form"), "放回来") {
		t.Errorf("put back: %q", again.Attr("[name=title]", "value"))
	}
	if page := other.Get(t, "/register").Want(t, 200); strings.Contains(page.Body, "李春花") {
		t.Error("another registrar reads it")
	}

	receipt := again.Submit(t, "main form", call()).Want(t, 200)
	if !receipt.Has("[data-receipt-number]") {
		t.Fatalf("not filed: %s", receipt.Text("main"))
	}
	late := call()
	late.Set("do", "autosave") // the script's, on its way when the form was sent
	for _, hidden := range []string{"_csrf", "form_token"} {
		late.Set(hidden, again.Attr("main form [name="+hidden+"]", "value"))
	}
	zhouning.Post(t, "/register", late).Want(t, 200)
	if page := zhouning.Get(t, "/register").Want(t, 200); page.Attr("[name=title]", "value") != "" {
		t.Error("what was filed is put back")
	}
	if leak := leaked(w.log.String(), "李春花", "13900139000", "修水渠"); leak != "" {
		t.Errorf("the log has %q", leak)
	}
}
