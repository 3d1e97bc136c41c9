package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/category"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// The categories are kept on a page: a new one is offered to complainants and the desk, one
// that is over is not, and what was typed is kept where it is wrong.
func TestCategoriesAreKeptOnAPage(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	keeper, zhou := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit), w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	zhou.Get(t, "/categories/category").Want(t, 404)
	keeper.Get(t, "/categories/category?code=Q77").Want(t, 404)
	if page := zhou.Get(t, "/categories").Want(t, 200); page.Has(`a[href^="/categories/"]`) || !strings.Contains(page.Text("main"), "拖欠账款 C03") {
		t.Errorf("a registrar reads %s", page.Text("main"))
	}
	first := keeper.Get(t, "/categories/category").Want(t, 200)
	filled := url.Values{"group": {"C"}, "title": {"承诺的补贴不发"}, "plain": {"答应给的补贴一直不发"}, "description": {"政策写明的补贴、奖励逾期不兑现"}, "basis": {"《优化营商环境条例》第三十一条"}, "reason": {"投诉里常见"}}
	with := func(pairs ...string) url.Values {
		v := url.Values{}
		for k, s := range filled {
			v[k] = s
		}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	for field, bad := range map[string]url.Values{
		"group": with("group", ""), "title": with("title", " 拖欠 账款"), "plain": with("plain", strings.Repeat("长", 61)), "description": with("description", "。"), "basis": with("basis", ""),
		"way_out": with("way_out", strings.Repeat("路", 301)), "reason": with("reason", " "), "to": with("to_year", "2020", "to_month", "1", "to_day", "1"),
	} {
		page := first.Submit(t, "main form", bad).Want(t, 422)
		if page.Text("#"+field+"-error") == "" || page.Attr("[name=title]", "value") == "" {
			t.Errorf("%s: %s", field, page.Text(".error-summary"))
		}
	}
	if said := first.Submit(t, "main form", filled).Want(t, 200).Text("main"); !strings.Contains(said, "已经记下") || !strings.Contains(said, "承诺的补贴不发 C12") || !strings.Contains(said, "柯维安") {
		t.Errorf("the page says %s", said)
	}
	offered := func(code string) bool {
		t.Helper()
		now := &category.Directory{Pool: w.DB.Portal, Now: w.Now} // as a portal that reads it now
		ok, err := now.Offers(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !offered("C12") {
		t.Error("a new category is not offered")
	}
	// Over the version that was shown; its last day is today, and tomorrow it is over.
	page := keeper.Get(t, "/categories/category?code=C12").Want(t, 200)
	today := w.Now()
	ends := url.Values{"to_year": {today.Format("2006")}, "to_month": {today.Format("1")}, "to_day": {today.Format("2")}, "reason": {"并到别的类"}}
	page.Submit(t, "main form", ends).Want(t, 200)
	if again := page.Submit(t, "main form", ends).Want(t, 409); !strings.Contains(again.Text(".banner"), "有人改过") {
		t.Errorf("a stale page: %s", again.Text("main"))
	}
	if !offered("C12") {
		t.Error("its last day is not over")
	}
	w.Wait(24 * 60 * 60 * 1e9)
	if offered("C12") {
		t.Error("one that is over is offered")
	}
	if said := w.signIn(t, "sys-2", "柯维平", staff.Sysadmin, complainttest.DeskUnit).Get(t, "/categories").Text("main"); !strings.Contains(said, "今天不能选") {
		t.Errorf("the page says %s", said)
	}
}

// Something is left to choose.
func TestTheLastCategoryStays(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	keeper := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE category SET valid_to = '2030-01-01' WHERE code <> 'C03'`); err != nil {
		t.Fatal(err)
	}
	page := keeper.Get(t, "/categories/category?code=C03").Want(t, 200)
	bad := page.Submit(t, "main form", url.Values{"to_year": {"2030"}, "to_month": {"1"}, "to_day": {"1"}, "reason": {"不用了"}}).Want(t, 422)
	if !strings.Contains(bad.Text("#to-error"), "至少要留一类") {
		t.Errorf("all are over: %s", bad.Text(".error-summary"))
	}
}
