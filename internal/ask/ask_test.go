package ask_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/ask"
	"zhengxin/internal/ask/asktest"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/workflow"
)

// styles are those of the two sites.
var styles = map[string]ask.Style{"desk": {Rows: 4, Tall: 8}, "portal": {Rows: 5, Tiles: true}}

// choices are a register's: of its units one is barred and one lacks somebody.
func choices(_ context.Context, n workflow.Need) ([]register.Choice, error) {
	var out []register.Choice
	for _, o := range n.Options {
		out = append(out, register.Choice{Option: o})
	}
	option := func(value, label, group string) workflow.Option {
		return workflow.Option{Value: value, Label: label, Group: group}
	}
	switch n.From {
	case workflow.FromHandling:
		out = []register.Choice{{Option: option("TOWN", "东岭镇", "镇"), Why: "被投诉单位，不能派"}, {Option: option("FIN", "财政局", "政府部门"), Doubt: "没有负责人批准"}, {Option: option("JUS", "司法局", "政府部门")}}
	case workflow.FromCategories:
		out = []register.Choice{{Option: option("C03", "拖欠账款 C03", "")}}
	}
	return out, nil
}

// drawn is a page with two moves that ask for the same things, the second with what was
// typed into it and what is wrong with that.
func drawn(t *testing.T, style ask.Style, typed url.Values, errs view.Errors) (*goquery.Document, workflow.Move) {
	t.Helper()
	first, second := asktest.Move("first", "open", staff.Handler), asktest.Move("second", "open", staff.Handler)
	form := func(m workflow.Move, typed url.Values, errs view.Errors) ask.Fields {
		fields, err := style.Fields(t.Context(), ask.Form{Move: m, Matter: &workflow.Matter{}, Typed: workflow.Answers(typed), Errors: errs, Choices: choices})
		if err != nil {
			t.Fatal(err)
		}
		return fields
	}
	page := viewtest.Draw(t, "ask", viewtest.Page("都问一遍", viewtest.Raw(`<h1>都问一遍</h1>`),
		view.ErrorSummary{Errors: ask.Faults(second.Action, errs)},
		viewtest.Raw(`<form action="/first">`), form(first, nil, nil), viewtest.Raw(`</form><form action="/second">`), form(second, typed, errs), viewtest.Raw(`</form>`)))
	return page, second
}

// faults are one of each need.
func faults(names ...string) (out view.Errors) {
	for _, name := range names {
		out = append(out, fault.Field{Name: name, Sentence: name + "不对"})
	}
	return out
}

func TestEveryKindOfNeedIsAskedForInEveryStyle(t *testing.T) {
	t.Parallel()
	for name, style := range styles {
		for _, wrong := range [][]string{nil, asktest.Needs} {
			page, m := drawn(t, style, asktest.Right(), faults(wrong...))
			viewtest.Sound(t, page)
			asktest.Asks(t, page, m)
			asktest.Kept(t, page, m, asktest.Right())
			asktest.Faulty(t, page, m, wrong...)
			if t.Failed() {
				t.Fatalf("style of the %s, wrong %v", name, wrong)
			}
		}
	}
}

func TestAStyleSaysHowLargeAFieldIs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][3]string{"desk": {"4", "8", ".choices"}, "portal": {"5", "5", ".tiles"}} {
		page, _ := drawn(t, styles[name], nil, nil)
		if short, tall := page.Find("#second-note").AttrOr("rows", ""), page.Find("#second-spare").AttrOr("rows", ""); short != want[0] || tall != want[1] {
			t.Errorf("%s: %s and %s rows", name, short, tall)
		}
		if !page.Find("#second-few").Is("input[type=radio]") || page.Find("#second-few").Closest(want[2]).Length() != 1 {
			t.Errorf("%s: a few choices are no %s", name, want[2])
		}
		if !page.Find("#second-list").Is("select") || page.Find("#second-list option").Length() != 11 {
			t.Errorf("%s: many choices stand open", name)
		}
	}
}

// What cannot be chosen is shown with why; that somebody chose it before makes it no
// choice.
func TestABarredChoiceIsShownAndCannotBeChosen(t *testing.T) {
	t.Parallel()
	page, _ := drawn(t, styles["desk"], url.Values{"lead": {"TOWN"}, "co": {"TOWN", "JUS"}}, nil)
	option := page.Find(`#second-lead option[value=TOWN]`)
	if !option.Is("[disabled]") || option.Is("[selected]") || option.Text() != "东岭镇（被投诉单位，不能派）" || option.Parent().AttrOr("label", "") != "镇" {
		t.Errorf("the barred unit reads %q", option.Text())
	}
	if got := page.Find(`#second-lead option[value=FIN]`).Text(); got != "财政局（没有负责人批准）" {
		t.Errorf("the doubtful unit reads %q", got)
	}
	if box := page.Find("#second-co-TOWN"); !box.Is("[disabled]") || box.Is("[checked]") {
		t.Error("the barred unit can be ticked")
	}
	fold := page.Find("#second-co").Closest("details")
	if !fold.Is("[open]") || strings.TrimSpace(fold.Find("summary").Text()) != "已选 1\u00a0个" {
		t.Errorf("the fold says %q", fold.Find("summary").Text())
	}
	if closed := page.Find("#first-co"); closed.Closest("details").Is("[open]") || strings.TrimSpace(closed.Text()) != "选配合单位" {
		t.Errorf("where none is chosen it says %q", closed.Text())
	}
}

func TestADoubtIsAskedOnlyOnceItIsRaised(t *testing.T) {
	t.Parallel()
	m := workflow.Move{Action: "give", Needs: []workflow.Need{{Name: "anyway", Label: "仍然派", Kind: workflow.AskChoice, Doubt: true, Optional: true, Options: []workflow.Option{{Value: "yes", Label: "仍然派"}}}}}
	for name, c := range map[string]struct {
		typed workflow.Answers
		errs  view.Errors
		asked int
	}{"at first": {}, "raised": {errs: faults("anyway"), asked: 1}, "answered": {typed: workflow.Answers{"anyway": {"yes"}}, asked: 1}} {
		fields, err := styles["portal"].Fields(t.Context(), ask.Form{Move: m, Matter: &workflow.Matter{}, Typed: c.typed, Errors: c.errs, Choices: choices})
		if err != nil || len(fields) != c.asked || c.asked == 1 && fields[0].Optional {
			t.Errorf("%s: %+v, %v", name, fields, err)
		}
	}
}

func TestAFormThatCannotSayWhatThereIsToChooseIsNone(t *testing.T) {
	t.Parallel()
	broken := errors.New("no units")
	_, err := styles["desk"].Fields(t.Context(), ask.Form{Move: asktest.Move("one", "open", staff.Handler), Matter: &workflow.Matter{},
		Choices: func(context.Context, workflow.Need) ([]register.Choice, error) { return nil, broken }})
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}
