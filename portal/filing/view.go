package filing

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// filingForm is the id of the form of a step: the switch of the elder mode
// sends it along, so that what was typed is not lost.
const filingForm = "filing"

// stepView is what every page of the filing shows.
type stepView struct {
	Frame  site.Frame
	Steps  site.Steps
	Errors view.Errors
	Notice string
	Saved  site.SavedLine
	CSRF   string
	Path   string
	Back   string  // the step before, in the elder mode the question
	Saves  string  // what is known of a late save by the script
	Begun  []Draft // on the first page: the others of this browser, and this one where it was left further on
	Holds  int     // how many the browser holds
	Which  string  // how the draft is called, where the browser has several
	Full   []Draft // one of them has to go before this one can be kept
	F      filing
	asks   *question
}

func (p *Pages) stepView(c *fiber.Ctx, v *visit, at string, errs view.Errors) stepView {
	_, here := stepOf(at)
	out := stepView{
		Frame: p.frame(c, v, here.label), Errors: errs, Notice: v.Notice, Path: v.to(v.address(at)), Full: v.full,
		F: v.filing, asks: v.asks,
	}
	out.Frame.HasErrors, out.CSRF = errs.Wrong(), out.Frame.CSRF
	out.Frame.Undone = out.Frame.Undone || v.undone
	if at != "check" {
		out.Frame.Form = filingForm
	}
	for _, st := range steps {
		item := site.Step{Label: st.label}
		switch {
		case st.key == at:
			item.State = site.Here
		case v.Done[st.key]:
			item.State, item.Href = site.Filled, v.to(st.path)
		}
		out.Steps.Items = append(out.Steps.Items, item)
	}
	out.Back, out.Saves = v.to(v.before(at)), v.saves(at)
	if v.asks != nil {
		out.Steps.Question, out.Steps.Questions = v.place(at)
		out.Frame.Title += "，" + out.Steps.Which()
	}
	if len(p.DraftNames(c)) > 1 {
		out.Which = v.Story.Title
	}
	out.Saved = savedLine(v)
	if len(errs) > 0 {
		out.Saved.Text = strings.TrimSuffix(out.Saved.Text, "。") + "。还有 " + errs.Count() + "，才能往下填。"
		out.Saved.Late, out.Saved.Nothing = true, false
	}
	out.Saved.Keeps = true
	return out
}

// OnLabel is what the button says that saves and goes on.
func OnLabel(one bool) string {
	if one {
		return "下一步"
	}
	return "保存并继续"
}

// buttons of a step: on, back where one question was asked before, and away.
func (v stepView) buttons() []view.Button {
	one := v.asks != nil
	list := []view.Button{{Label: v.on(), Kind: view.Go, Big: one, Name: "do", Value: "next"}}
	if v.Back != "" {
		list = append(list, view.Button{Label: "上一步", Big: one, Name: "do", Value: "back"})
	}
	return append(list, view.Button{Label: "保存，以后再填", Kind: view.Quiet, Big: one, Name: "do", Value: "later"})
}

// makeRoom are the buttons that give another draft up and save this page.
func (v stepView) makeRoom() []view.Button {
	var list []view.Button
	for _, d := range v.Full {
		label := "清除“" + d.Title + "”，保存这一页"
		if d.Lent {
			label = "清除“" + d.Title + "”，它的续填码也作废，保存这一页"
		}
		list = append(list, view.Button{Label: label, Kind: view.Hard, Name: clearField, Value: d.As})
	}
	return list
}

// aboveFirst tells the drafts above the first page from the one that it is of.
func (v stepView) aboveFirst() string {
	if v.Saves == noDraft {
		return "上次填的还在。下面是另外一件，从头填起。"
	}
	return "上次填的还在。"
}

// on is the label of this page's button.
func (v stepView) on() string { return OnLabel(v.asks != nil) }

// heading is the field whose label is the page's heading, if any.
func (v stepView) heading() string {
	if v.asks == nil || v.asks.title != "" {
		return ""
	}
	return v.asks.name()
}

func savedLine(v *visit) site.SavedLine {
	if v.saved.Content == nil {
		return site.SavedLine{Nothing: true, Text: "还没有开始保存。按“" + OnLabel(v.asks != nil) + "”以后，24 小时内可以接着填。"}
	}
	return site.SavedLine{Text: fmt.Sprintf("已保存 %s，可保留到 %s", view.Clock(v.saved.At), view.MomentText(v.saved.Until))}
}
