package view_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"zhengxin/internal/fault"
	"zhengxin/internal/view"
)

func TestWhatWasTypedComesBackUnchanged(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "\n第一行空", "<b>&\"'</b>", "𠮷\u202e倒"} {
		var b bytes.Buffer
		if err := (view.TextArea{Name: "facts", Label: "经过", Value: typed}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("textarea").Text(); got != typed {
			t.Errorf("typed %q, came back %q", typed, got)
		}
	}
}

// TestASummaryTellsFaultsFromQuestions counts each by itself: what is wrong, what may be
// right, and what is only asked.
func TestASummaryTellsFaultsFromQuestions(t *testing.T) {
	t.Parallel()
	wrong, doubtful, asked := fault.Field{Name: "a", Sentence: "x"}, fault.Field{Name: "b", Readings: []fault.Reading{{Value: "1"}}}, fault.Field{Name: "c", Asked: true}
	for want, errs := range map[string]view.Errors{
		"1\u00a0处要改": {wrong}, "1\u00a0处请再看一遍": {doubtful}, "2\u00a0处请确认": {asked, asked},
		"1\u00a0处要改，1\u00a0处请再看一遍，1\u00a0处请确认": {asked, wrong, doubtful}, "": nil,
	} {
		if got := errs.Count(); got != want {
			t.Errorf("%+v are %q, want %q", errs, got, want)
		}
	}
	if (view.Errors{asked, asked}).Wrong() || !(view.Errors{doubtful}).Wrong() || !(view.Errors{asked, wrong}).Wrong() || (view.Errors{wrong}).Asks("a") || !(view.Errors{asked}).Asks("c") {
		t.Error("a question is called wrong, or a fault is not")
	}
	for name, c := range map[string]templ.Component{ // every field that may hold the question itself
		"pick":   view.PickField{Name: "x", Error: "请看", Asked: true},
		"list":   view.PickField{Name: "x", Error: "请看", Asked: true, List: true},
		"select": view.SelectField{Name: "x", Error: "请看", Asked: true},
		"check":  view.CheckField{Name: "x", Error: "请看", Asked: true},
		"radio":  view.RadioField{Name: "x", Error: "请看", Asked: true},
	} {
		var b strings.Builder
		if err := c.Render(t.Context(), &b); err != nil || !strings.Contains(b.String(), "请确认：") || strings.Contains(b.String(), "错误：") {
			t.Errorf("%s: %v, %s", name, err, b.String())
		}
	}
	if got := fault.Fields([]fault.Field{asked, doubtful}).Error(); got != "有 2 处请确认" {
		t.Errorf("questions are said to be %q", got)
	}
}
