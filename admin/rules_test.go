package admin

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// ruleForm is what a sysadmin writes to change a rule of ours.
func ruleForm(limit, extension, year, month, day, reason string) url.Values {
	return url.Values{"limit": {limit}, "extension": {extension}, "from_year": {year}, "from_month": {month}, "from_day": {day}, "reason": {reason}}
}

func TestASysadminPromisesLessTimeFromADayOn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	admin := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	before := w.File(t, complainttest.Intake()).Number
	from := clock.On(w.Now()).AddDays(1)
	year, month, day := from.String()[:4], from.String()[5:7], from.String()[8:]
	first := admin.Get(t, "/rules/change?code=PF-ACC").Want(t, 200)
	if said := first.Text("main"); !strings.Contains(said, "《信访工作条例》第二十三条第二款") || strings.Contains(said, "undefined") {
		t.Errorf("the law is not named: %s", said)
	}
	for name, wrong := range map[string]struct {
		form  url.Values
		field string
		want  string
	}{
		"beyond the law":  {ruleForm("16", "0", year, month, day, "太忙"), "limit", "最长"},
		"no day":          {ruleForm("0", "0", year, month, day, "快"), "limit", "1 以上"},
		"fewer than none": {ruleForm("-3", "0", year, month, day, "快"), "limit", "1 以上"},
		"words":           {ruleForm("很快", "0", year, month, day, "快"), "limit", "请只写整数"},
		"an extension":    {ruleForm("3", "2", year, month, day, "快"), "extension", "没有人可以批准延长"},
		"the past":        {ruleForm("3", "0", "2020", "1", "1", "快"), "from", "不在今天以后"},
		"no date":         {ruleForm("3", "0", "", "", "", "快"), "from", "请写从哪一天起"},
		"no such date":    {ruleForm("3", "0", year, "13", "40", "快"), "from", ""},
		"no reason":       {ruleForm("3", "0", year, month, day, ""), "reason", "请写为什么改"},
		"the same":        {ruleForm("5", "0", year, month, day, "没变"), "limit", "和现在的一样"},
	} {
		page := first.Submit(t, "main form", wrong.form).Want(t, 422)
		if said := page.Text("#" + wrong.field + "-error"); said == "" || !strings.Contains(said, wrong.want) {
			t.Errorf("%s: %q at %s; %s", name, said, wrong.field, page.Text("main"))
		}
		if page.Attr("[name=limit]", "value") != wrong.form.Get("limit") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	page := first.Submit(t, "main form", ruleForm("3", "0", year, month, day, "登记员增加了一名")).Want(t, 200)
	if said := page.Text("main"); !strings.Contains(said, "新规则已经记下") || !strings.Contains(said, "登记员增加了一名") || !strings.Contains(said, "柯维安") {
		t.Errorf("done: %s", said)
	}
	// The same page again shows what stands now, and a version may not begin before the newest.
	if again := first.Submit(t, "main form", ruleForm("4", "0", year, month, day, "再改")).Want(t, 409); !strings.Contains(again.Text(".banner"), "有人改过") {
		t.Errorf("a stale page: %s", again.Text("main"))
	}
	overlapping := admin.Get(t, "/rules/change?code=PF-ACC").Submit(t, "main form", ruleForm("4", "0", year, month, day, "再改")).Want(t, 422)
	if said := overlapping.Text("#from-error"); !strings.Contains(said, "要比它晚") {
		t.Errorf("overlapping: %q", said)
	}

	w.Wait(24 * time.Hour)
	w.desk.Office.Engine.Clocks.Forget()
	w.Portal.Engine.Clocks.Forget()
	after := w.File(t, complainttest.Intake()).Number
	version := func(number string) string {
		return w.one(t, `SELECT k.version::text FROM clock k JOIN matter m ON m.id = k.matter_id WHERE k.rule = 'PF-ACC' AND m.number = '`+number+`'`)
	}
	if version(before) != "1" || version(after) != "2" {
		t.Errorf("the clock that runs goes by version %s, the new one by %s", version(before), version(after))
	}
}

func (w *workplace) one(t *testing.T, sql string) string {
	t.Helper()
	got, err := pg.One[string](t.Context(), w.DB.Owner, sql, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTheLawsTermsAreShownAndNobodyChangesThem(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	admin := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	handler := w.signIn(t, "handler-1", "何其正", staff.Handler, complainttest.Finance)
	said := strings.ReplaceAll(handler.Get(t, "/rules").Want(t, 200).Text("main"), "\u00a0", " ")
	for _, want := range []string{"《保障中小企业款项支付条例》（2025年修订）第二十五条第二款", "连延长最长 90 天", "还没有核对原文", "尚待核实", "信访·申诉求决"} {
		if !strings.Contains(said, want) {
			t.Errorf("want %s", want)
		}
	}
	// What nothing starts is listed as that; what a law or a class of complaints starts, and
	// what bounds a day, is not.
	page := handler.Get(t, "/rules").Want(t, 200)
	if !page.Has("[data-unused]") {
		t.Error("no rule is said to be unused")
	}
	for _, code := range []string{"PF-ACC", "PF-DO", "XF-DO", "SME-DO", "PROMISE", "NPC-STD", "EMBARGO-MAX", "PF-PAUSE", "SUPERVISED"} {
		if page.Has(`[data-unused="` + code + `"]`) {
			t.Errorf("%s is said to be unused", code)
		}
	}
	if handler.Get(t, "/rules").Has(`a[href^="/rules/change"]`) {
		t.Error("a handler is offered to change a rule")
	}
	for _, code := range []string{"XF-DO", "PROMISE", "NONE", ""} {
		admin.Get(t, "/rules/change?code="+code).Want(t, 404)
	}
	handler.Get(t, "/rules/change?code=PF-ACC").Want(t, 404)
	if _, err := w.DB.Admin.Exec(t.Context(), `INSERT INTO clock_rule (code, version, title, track, start_event, end_event, limit_count, unit, basis, confidence, valid_from, by_id, reason)
		SELECT code, 2, title, track, start_event, end_event, 90, unit, basis, confidence, '2030-01-01', (SELECT min(id) FROM staff), '快' FROM clock_rule WHERE code = 'XF-DO'`); err == nil {
		t.Error("the desk's own role wrote a rule of the law")
	}
}
