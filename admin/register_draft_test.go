package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

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
