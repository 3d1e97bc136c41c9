package admin

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

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

// What somebody calls in about a thing that is worked on already is accepted and joined to it at
// once, where the registrar says so; what cannot be joined is registered all the same.
func TestWhatIsTakenDownIsJoinedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	main := w.filedLike(t, canal)
	w.index(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	typed := call()
	typed.Set("facts", canal+"求你们管一管。")
	if page := zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 422); page.Has("[name=into]") {
		t.Error("what is not accepted yet may be joined to")
	}
	zhouning.does(main, complaint.EnterRegister)
	zhouning.does(main, complaint.Accept, "nature", "RED")
	page := zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 422)
	if !page.Has(`[name=into][value="` + main + `"]`) {
		t.Fatalf("it may not be joined: %s", page.Text("#alike"))
	}
	receipt := page.Submit(t, "main form", url.Values{"into": {main}}).Want(t, 200)
	number := receipt.Text("[data-receipt-number]")
	if said := receipt.Text("main"); !strings.Contains(said, "并到了 "+main) || w.state(t, number) != complaint.Joined {
		t.Errorf("it is %s: %s", w.state(t, number), said)
	}
	if said := zhouning.open(main).Text(".panel:contains('并案')"); !strings.Contains(said, number) {
		t.Errorf("the main one says %s", said)
	}
	// Meanwhile the other went on: nothing is lost.
	w.index(t)
	page = zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 422)
	zhouning.does(main, complaint.Redirect, "public", "去仲裁。")
	receipt = page.Submit(t, "main form", url.Values{"into": {main}}).Want(t, 200)
	if said := receipt.Text("main"); !strings.Contains(said, "没有并到 "+main) || w.state(t, receipt.Text("[data-receipt-number]")) != complaint.Registered {
		t.Errorf("what could not be joined: %s", said)
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

// An answer that repeats what the unit answered before is doubted where it is reviewed.
func TestAnAnswerThatIsNearlyAnEarlierOneIsFlagged(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	first, second := w.filedLike(t, canal), w.filedLike(t, "修路灯的钱。")
	answer := func(number, more string) {
		t.Helper()
		for _, step := range []struct {
			by     staff.Person
			action workflow.Action
			typed  workflow.Answers
		}{
			{w.People[staff.Registrar], complaint.EnterRegister, nil}, {w.People[staff.Registrar], complaint.Accept, workflow.Answers{"nature": {"RED"}}},
			{w.People[staff.Registrar], complaint.Dispatch, workflow.Answers{"lead": {complainttest.Finance}}}, {w.People[staff.Handler], complaint.Sign, nil},
			{w.People[staff.Handler], complaint.DraftAnswer, workflow.Answers{"finding": {"unsubstantiated"}, "decision": {"explain"}, "articles": {"KX-9"}, "basis": {"《保障中小企业款项支付条例》第九条"},
				"facts": {"经查合同、验收单和付款凭证，工程已经验收合格并交付使用，合同价款已经全部付清。" + more}, "opinion": {"投诉人说的款项已经付清，有银行回单和对账记录为证，予以说明。"}}},
		} {
			if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: number, Action: step.action, By: step.by, Token: complainttest.Token(), Answers: step.typed}); err != nil {
				t.Fatal(step.action, err)
			}
		}
		w.Wait(time.Minute)
		w.index(t)
	}
	answer(first, "")
	answer(second, "又问了经办人。")
	head := w.signIn(t, "hexin", "何信", staff.UnitHead, complainttest.Finance)
	page := head.Get(t, "/complaints/"+second+"/answer").Want(t, 200)
	if said := page.Text(".attention"); !strings.Contains(said, "的文字和同一单位对 "+first+" 的答复一样") {
		t.Errorf("the checks of the copy say %q", said)
	}
	if said := head.Get(t, "/complaints/"+first+"/answer").Want(t, 200).Text(".attention"); strings.Contains(said, "同一单位对") {
		t.Errorf("the checks of the first say %q", said)
	}
}
