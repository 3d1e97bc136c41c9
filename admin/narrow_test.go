package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
)

// TestAListIsNarrowedByWhoHowAndHowMuch walks the filters that a register declares, with
// what is typed wrongly, what nothing fits, and pages of other lists.
func TestAListIsNarrowedByWhoHowAndHowMuch(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, handler := team[staff.Registrar], team[staff.Handler]
	small, large := complainttest.Intake(), complainttest.Intake()
	few, much := form.Amount(12_000_00), form.Amount(3_000_000_00)
	small.Contract.UnpaidAmount, large.Contract.UnpaidAmount = &few, &much
	one, other := w.File(t, small).Number, w.File(t, large).Number
	shows := func(address string, want ...string) {
		t.Helper()
		page := registrar.Get(t, address).Want(t, 200)
		for _, number := range []string{one, other} {
			listed := page.Has(`td a[href*="` + number + `"]`)
			if want := strings.Contains(strings.Join(want, " "), number); listed != want {
				t.Errorf("%s lists %s: %v", address, number, listed)
			}
		}
	}
	shows("/complaints?unpaid_from=100"+url.QueryEscape("万"), other)
	shows("/complaints?unpaid_to=20000", one)
	shows("/complaints?unpaid_from=12000&unpaid_to=3000000", one, other)
	shows("/complaints?channel=web", one, other)
	shows("/complaints?channel=hotline")
	shows("/complaints?complainant="+small.Who.Kind+"&unpaid_to=20000", one)
	shows("/complaints?complainant=nobody&channel=nothing", one, other) // not understood: left out

	page := registrar.Get(t, "/complaints?unpaid_from="+url.QueryEscape("100万")).Want(t, 200)
	if got := page.Text(".chips"); !strings.Contains(got, "欠款金额：1,000,000.00") || !strings.Contains(got, "以上") {
		t.Errorf("the chips say %q", got)
	}
	for typed, says := range map[string]string{"很多": "看不出是多少钱", "三万多": "不是一个准数", "0": "比 0 大", "100美元": "不是人民币"} {
		wrong := registrar.Get(t, "/complaints?channel=web&unpaid_from="+url.QueryEscape(typed)+"&unpaid_to=20000").Want(t, 200)
		if got := wrong.Text("#unpaid_from-error"); !strings.Contains(got, says) {
			t.Errorf("%s: %q", typed, got)
		}
		if wrong.Attr("#unpaid_from", "value") != typed || !wrong.Has("option[value=web][selected]") || !wrong.Has("details.filters-more[open]") || !strings.HasPrefix(wrong.Text("title"), "有错误") {
			t.Errorf("%s: what was typed is gone: %q", typed, wrong.Attr("#unpaid_from", "value"))
		}
	}
	if crossed := registrar.Get(t, "/complaints?unpaid_from=500&unpaid_to=100").Want(t, 200); !strings.Contains(crossed.Text("#unpaid_to-error"), "比最少的还小") || crossed.Attr("#unpaid_from", "value") != "500.00" {
		t.Errorf("crossed bounds: %q", crossed.Text("#unpaid_to-error"))
	}
	// Nothing fits: which condition to drop is said, or all of them.
	none := registrar.Get(t, "/complaints?channel=hotline&unpaid_to=20000").Want(t, 200)
	if got := none.Text("main"); !strings.Contains(got, "没有同时符合 2 个条件") || !strings.Contains(got, "去掉“来的渠道：热线电话”有 1 件") {
		t.Errorf("nothing fits: %q", got)
	}
	none = registrar.Get(t, "/complaints?channel=hotline&complainant=media").Want(t, 200)
	if got := none.Text("main"); !strings.Contains(got, "全部条件去掉有 2 件") {
		t.Errorf("nothing fits with either: %q", got)
	}
	// Kept, taken out, and on a page of another list.
	registrar.Get(t, "/complaints?channel=web&unpaid_to=20000").Want(t, 200).Submit(t, ".save-view button", url.Values{"name": {"小额"}, "to": {"unit"}}).Want(t, 200)
	if kept := registrar.Get(t, registrar.Get(t, "/complaints").Attr(".saved-views a", "href")).Want(t, 200); !kept.Has(`td a[href*="`+one+`"]`) || kept.Has(`td a[href*="`+other+`"]`) {
		t.Error("a kept list has lost its conditions")
	}
	if _, rows := registrar.exported(t, "/complaints?unpaid_to=20000"); len(rows) != 1 || rows[0][0] != one {
		t.Errorf("taken out: %v", rows)
	}
	for _, at := range []string{"n.1.-.1.51", "n.1.-.99999999.51~x", "nonsense", "n.3.-.1.1~1"} {
		if lost := registrar.Get(t, "/complaints?at="+at).Want(t, 200); !strings.Contains(lost.Text(".banner"), "从第一页看起") || !lost.Has(`td a[href*="`+one+`"]`) {
			t.Errorf("a page %s: %q", at, lost.Text("main"))
		}
	}
	// A unit is not asked by what it is not told, and finds nothing out by asking.
	if unit := handler.Get(t, "/complaints?channel=web&complainant=citizen&track=petition").Want(t, 200); unit.Has("select[name=channel]") || unit.Has("select[name=complainant]") || unit.Has("select[name=track]") || unit.Has(".chip") || !unit.Has("#unpaid_from") {
		t.Error("a unit narrows its list by what it is not told")
	}
}
