package admin

import (
	"net/url"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
)

func TestOnlyTheSysadminSetsHowTheOfficeIsCalled(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	admin := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	page := admin.Get(t, "/settings").Want(t, 200)
	wrong := page.Submit(t, "main form", url.Values{setting.DocumentPrefix: {"ABC〔2026〕"}, setting.Host: {"县财政局"}}).Want(t, 422)
	if wrong.Attr("[name=document_prefix]", "value") != "ABC〔2026〕" || !wrong.Has("#document_prefix-error") {
		t.Error("what was typed is lost, or the fault is not told beside it")
	}
	if w.desk.Settings.Read(t.Context()).Host != "" {
		t.Error("a form with a fault was kept in part")
	}
	wrong.Submit(t, "main form", url.Values{setting.DocumentPrefix: {"郏诚投警"}, setting.Host: {"县财政局"}}).Want(t, 200)
	if now := w.desk.Settings.Read(t.Context()); now.DocumentPrefix != "郏诚投警" || now.Host != "县财政局" {
		t.Errorf("kept %+v", now)
	}
	clerk := w.signIn(t, "reg", "苏晓禾", staff.Registrar, complainttest.DeskUnit)
	clerk.Get(t, "/settings").Want(t, 404)
}
