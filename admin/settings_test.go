package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
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

func TestTheLicenceOfOpenDataIsTheOfficesToConfirm(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	page := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit).Get(t, "/settings").Want(t, 200)
	if l := w.desk.Settings.Read(t.Context()).Licence(); l.Confirmed || !l.Usual() || l.URL == "" {
		t.Errorf("before anything is set: %+v", l)
	}
	for _, c := range []struct{ name, link, wrong string }{
		{"县开放数据条款", "", setting.DataLicenceURL},
		{"", "https://data.example.gov.cn/terms", setting.DataLicence},
		{"县开放数据条款", "data.example.gov.cn/terms", setting.DataLicenceURL},
		{"县开放数据条款", "javascript:alert(1)", setting.DataLicenceURL},
		{"县开放数据条款", `https://data.example.gov.cn/>; rel="next"`, setting.DataLicenceURL},
		{"县开放数据条款", "https://data.example.gov.cn/条款", setting.DataLicenceURL},
		{"县开放数据条款", "https://somebody@data.example.gov.cn/", setting.DataLicenceURL},
	} {
		page = page.Submit(t, "main form", url.Values{setting.DataLicence: {c.name}, setting.DataLicenceURL: {c.link}}).Want(t, 422)
		if !page.Has("#"+c.wrong+"-error") || page.Attr("[name=data_licence]", "value") != c.name || page.Attr("[name=data_licence_url]", "value") != c.link {
			t.Errorf("%q, %q: the fault is not told beside %s, or what was typed is lost", c.name, c.link, c.wrong)
		}
	}
	page.Submit(t, "main form", url.Values{setting.DataLicence: {"县开放数据条款"}, setting.DataLicenceURL: {"https://data.example.gov.cn/terms"}}).Want(t, 200)
	if l := w.desk.Settings.Read(t.Context()).Licence(); l != (setting.Licence{Name: "县开放数据条款", URL: "https://data.example.gov.cn/terms", Confirmed: true}) {
		t.Errorf("kept %+v", l)
	}
}

// A backup that fails is silent unless somebody reads the log.
func TestTheSysadminIsToldWhenBackupsFailOrStop(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	admin := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	for _, c := range []struct{ set, want string }{
		{`made_at = NULL`, "还没有做过自动备份"},
		{`made_at = @now::timestamptz - interval '29 hours'`, "一切正常"},
		{`made_at = @now::timestamptz - interval '31 hours'`, "已经 30 小时没有自动备份"},
		{`made_at = @now::timestamptz, failing_since = @now::timestamptz`, "自动备份做不成"},
	} {
		if _, err := pg.Exec(t.Context(), w.DB.Owner, `UPDATE backup_state SET `+c.set+` WHERE @now::timestamptz IS NOT NULL`, pg.Args{"now": w.desk.Now()}); err != nil {
			t.Fatal(err)
		}
		if page := admin.Get(t, "/settings").Want(t, 200); !strings.Contains(page.Body, c.want) {
			t.Errorf("%s: not told %q", c.set, c.want)
		}
	}
}
