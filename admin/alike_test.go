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
	"zhengxin/internal/workflow"
)

const canal = "前年在河口村修的水渠，说好完工就结工钱。村里先说等验收，后来说钱在镇里，镇里又说要等财政拨款，跑了七八趟也没有人给句准话，工人天天上门要账。"

// filedLike files a complaint with a text of its own.
func (w *workplace) filedLike(t *testing.T, facts string) string {
	t.Helper()
	in := complainttest.Intake()
	in.Story.Facts = facts
	return w.File(t, in).Number
}

func TestARegistrarIsShownWhatIsAlikeBeforeItIsEntered(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	before := w.filedLike(t, canal)
	w.index(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	typed := call()
	typed.Set("facts", canal+"求你们管一管。")
	page := zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 422)
	if said := page.Text(".banner"); !strings.Contains(said, "还没有登记。有 1 件相似的投诉") {
		t.Errorf("the page says %q", said)
	}
	if row := page.Text("#alike li"); !strings.Contains(row, before) || !strings.Contains(row, "同一单位、文字大部分相同") {
		t.Errorf("what is alike reads %q", row)
	}
	if *page.Shown("facts") != typed.Get("facts") {
		t.Error("what was typed is gone")
	}
	receipt := page.Submit(t, "main form", nil).Want(t, 200)
	number := receipt.Text("[data-receipt-number]")
	w.index(t)
	if again := page.Submit(t, "main form", nil).Want(t, 200); again.Text("[data-receipt-number]") != number {
		t.Error("sent again, the form found what it had filed itself")
	}
	matter := zhouning.open(number)
	if panel := matter.Text(".panel:contains('相似的投诉')"); !strings.Contains(panel, before) || !strings.Contains(panel, "同一单位、文字大部分相同（") {
		t.Errorf("the page of the matter says %q", panel)
	}
	if other := zhouning.open(before).Text(".panel:contains('相似的投诉')"); !strings.Contains(other, number) {
		t.Errorf("the page of the other says %q", other)
	}
	typed = call()
	typed.Set("unpaid_amount", "7")
	page = zhouning.Get(t, "/register?kind=citizen").Submit(t, "button[name=do][value=compare]", typed).Want(t, 200)
	if said := page.Text("#alike"); !strings.Contains(said, "没有找到相似的投诉") {
		t.Errorf("where nothing is alike the page says %q", said)
	}
}

func TestARegistrarOfTheAccusedIsToldOfNothingAlike(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	before := w.filedLike(t, canal)
	w.index(t)
	insider := w.signIn(t, "heting", "贺听雨", staff.Registrar, complainttest.Town)
	typed := call()
	typed.Set("facts", canal)
	page := insider.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 200)
	if strings.Contains(page.Body, before) || !page.Has("[data-receipt-number]") {
		t.Error("whoever may not know of it is told that there is one like it")
	}
}

func TestASuggestionFillsItsFieldAndDecidesNothing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	var last string
	for i, facts := range []string{canal, canal + "请管一管。", canal + "没有人管。", canal + "又是一年。"} {
		last = w.filedLike(t, facts)
		if i == 3 {
			break // nobody has settled this one
		}
		if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: last, Action: complaint.SettleUnit, By: w.People[staff.Supervisor], Token: complainttest.Token(),
			Answers: workflow.Answers{"unit": {complainttest.Finance}, "category": {"C01"}}}); err != nil {
			t.Fatal(err)
		}
	}
	const unit, category = "button[name=take][value='unit=FIN']", "button[name=take][value='category=C01']"
	page := zhouning.Get(t, "/complaints/"+last+"/settle_unit").Want(t, 200)
	if text := page.Text(".suggestions"); !strings.Contains(text, "县财政局") || !strings.Contains(text, "最像的 3 件都是它") {
		t.Errorf("the form suggests %q", text)
	}
	page = page.Submit(t, unit, nil).Want(t, 200)
	if page.Find("#settle_unit-unit option[selected]").AttrOr("value", "") != complainttest.Finance || page.Has(unit) || !page.Has(category) {
		t.Error("the press has not filled the field")
	}
	page = page.Submit(t, category, nil).Want(t, 200)
	if page.Find("#settle_unit-category option[selected]").AttrOr("value", "") != "C01" || page.Find("#settle_unit-unit option[selected]").AttrOr("value", "") != complainttest.Finance {
		t.Error("the second press has not kept the first")
	}
	got, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT unit FROM matter WHERE number = @number`, pg.Args{"number": last})
	if err != nil || got != complainttest.Town {
		t.Errorf("a press has settled %s, %v", got, err)
	}
	typed := call()
	typed.Set("facts", canal)
	page = zhouning.Get(t, "/register?kind=citizen").Submit(t, "button[name=do][value=compare]", typed).Want(t, 200)
	if !slices.Contains(page.All(".suggestions li .hint"), "最像的 3 件都是它") {
		t.Errorf("at registering it is %q", page.All(".suggestions"))
	}
	page = page.Submit(t, category, url.Values{"title": {"换了一个标题"}}).Want(t, 200)
	if page.Find("#category option[selected]").AttrOr("value", "") != "C01" || *page.Shown("title") != "换了一个标题" || page.Has(category) {
		t.Error("at registering the press has not filled the field, or lost what was typed")
	}
}
