package admin

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// TestAPersonChoosesTheColumnsOfAList: on the page, in its files and in what they keep of it,
// for themselves alone, and no column of which they are not told.
func TestAPersonChoosesTheColumnsOfAList(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar, supervisor, handler := team[staff.Registrar], team[staff.Supervisor], team[staff.Handler]
	number := w.File(t, complainttest.Intake()).Number
	heads := func(m member, address string) string {
		t.Helper()
		return strings.Join(m.Get(t, address).Want(t, 200).All(".matters thead th"), " ")
	}
	const usual = "选择 事项 被投诉单位 状态 在谁手里 最近的期限"
	if got := heads(registrar, "/complaints"); got != usual {
		t.Errorf("nobody has chosen: %q", got)
	}
	page := registrar.Get(t, "/complaints?channel=web").Want(t, 200)
	chosen := page.Submit(t, ".choose-columns button[value=show]", url.Values{"columns": {"unpaid", "state", "channel", "complainant", "left"}}).Want(t, 200)
	if path(chosen.Path) != "/complaints" || !chosen.Has(".chip") {
		t.Errorf("chosen, it leads to %s", chosen.Path)
	}
	if got := strings.Join(chosen.All(".matters thead th"), " "); got != "选择 事项 状态 还剩几天 来的渠道 投诉人的身份 欠款金额" {
		t.Errorf("the columns are %q", got)
	}
	row := chosen.Text(".matters tbody tr")
	for _, want := range []string{"网上", "1,286,500.00", "企业"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row lacks %s: %q", want, row)
		}
	}
	if chosen.Attr(".matters td.cell-more", "data-label") == "" {
		t.Error("on a small screen a cell does not say what it is")
	}
	for _, other := range []member{supervisor} {
		if got := heads(other, "/complaints"); got != usual {
			t.Errorf("another's choice is followed: %q", got)
		}
	}
	// The files have the same columns, and their record says so.
	file := registrar.Get(t, "/complaints").Want(t, 200).Submit(t, "button[form=export]", nil).Want(t, 200)
	if head, _, _ := strings.Cut(strings.TrimPrefix(file.Body, "\uFEFF"), "\r\n"); head != "编号,标题,状态,期限说明,来的渠道,投诉人的身份,欠款金额" || !strings.Contains(file.Body, "1286500.00") {
		t.Errorf("the file has %q", file.Body)
	}
	said, err := pg.One[[]string](t.Context(), w.DB.Owner, `SELECT said FROM export ORDER BY id DESC LIMIT 1`, nil)
	if err != nil || !slices.Contains(said, "列：状态、还剩几天、来的渠道、投诉人的身份、欠款金额") {
		t.Errorf("its record says %v %v", said, err)
	}
	// A kept list has the columns that it was kept with, for whoever opens it and may read them.
	registrar.Get(t, "/complaints?channel=web").Want(t, 200).Submit(t, ".save-view button", url.Values{"name": {"渠道"}, "to": {"unit"}}).Want(t, 200)
	kept := supervisor.Get(t, "/complaints").Attr(".saved-views a", "href")
	if got := heads(supervisor, kept); !strings.Contains(got, "投诉人的身份 欠款金额") {
		t.Errorf("kept with columns: %q", got)
	}
	if narrowed := supervisor.Get(t, kept).Want(t, 200); narrowed.Attr("form.filters input[name=columns]", "value") == "" || !narrowed.Has(".saved-views a[aria-current]") {
		t.Error("narrowing a kept list loses its columns")
	}
	if got := heads(handler, kept); strings.Contains(got, "身份") || strings.Contains(got, "渠道") {
		t.Errorf("a unit is shown %q", got)
	}
	if unit := handler.Get(t, "/complaints").Want(t, 200); strings.Contains(unit.Text(".choose-columns"), "身份") || strings.Contains(unit.Text(".choose-columns"), "渠道") || strings.Contains(unit.Text(".choose-columns"), "轨道") {
		t.Error("a unit is offered a column of which it is not told")
	}
	handler.Get(t, "/complaints").Submit(t, ".choose-columns button[value=show]", url.Values{"columns": {"unpaid", "state"}}).Want(t, 200)
	if got := heads(handler, "/complaints?columns=complainant.track.unpaid"); strings.Contains(got, "身份") || strings.Contains(got, "轨道") {
		t.Errorf("a unit takes %q", got)
	}
	// Too many are refused beside the choice, with what was ticked; none, or the other button, are the usual ones.
	many := []string{"unit", "category", "state", "holder", "lead", "person", "opened", "due", "left"}
	wrong := registrar.Get(t, "/complaints").Submit(t, ".choose-columns button[value=show]", url.Values{"columns": many}).Want(t, 422)
	if !strings.Contains(wrong.Text("#columns-error"), "最多选 8 列") || len(wrong.All(".choose-columns input[checked]")) != len(many) || !wrong.Has(".error-summary") || !wrong.Has(`td a[href*="`+number+`"]`) {
		t.Errorf("too many: %q, %d", wrong.Text(".choose-columns"), len(wrong.All(".choose-columns input[checked]")))
	}
	back := registrar.Get(t, "/complaints").Submit(t, ".choose-columns button[value=usual]", nil).Want(t, 200)
	if got := strings.Join(back.All(".matters thead th"), " "); got != usual {
		t.Errorf("put back: %q", got)
	}
	for name := range map[string]bool{"closed": true, "all": true, "mine": true} {
		registrar.Get(t, "/complaints?view="+name+"&columns=due.ended.left.opened.person.lead.unpaid.contract").Want(t, 200)
	}
	if complaint.Kind.Lint() != nil {
		t.Error(complaint.Kind.Lint())
	}
}
