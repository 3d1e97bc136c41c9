// Package asktest has a move that asks for something of every kind, and holds pages to
// what a form must do with the answers. Only tests import it.
package asktest

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/ask"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/workflow"
)

// Unset is a flag that no matter has: what hangs on it is not asked for.
const Unset = "asked_for_nothing"

// Move is a move that stays in its state and asks for something of every kind.
func Move(action workflow.Action, from workflow.State, by workflow.Role) workflow.Move {
	return workflow.Move{
		Action: action, Label: "都问一遍", Effect: "什么都不变。", Done: "都答好了", Heading: "都问了一遍",
		From: []workflow.State{from}, By: []workflow.Role{by},
		Public: "选了{few}和{list}，是{class}的事；{lead}{co}。",
		Needs: []workflow.Need{
			{Name: "note", Label: "几行话", Hint: "想写就写", Kind: workflow.AskText, Max: 60, Ask: "请写几行话"},
			{Name: "line", Label: "一行话", Kind: workflow.AskLine, Max: 40, Ask: "请写一行话"},
			{Name: "few", Label: "几项里选", Kind: workflow.AskChoice, Options: numbers("甲乙丙"), Ask: "请从几项里选"},
			{Name: "list", Label: "许多项里选", Hint: "只能选一项", Kind: workflow.AskChoice, Options: numbers("子丑寅卯辰巳午未申酉"), Ask: "请从许多项里选"},
			{Name: "class", Label: "类别", Kind: workflow.AskChoice, From: workflow.FromCategories, Ask: "请选类别"},
			{Name: "lead", Label: "牵头单位", Hint: "只有一个", Kind: workflow.AskUnit, From: workflow.FromHandling, Ask: "请选牵头单位"},
			{Name: "co", Label: "配合单位", Kind: workflow.AskUnits, From: workflow.FromHandling, Ask: "请选配合单位", Said: "，{}配合"},
			{Name: "due", Label: "期限", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写期限"},
			{Name: "spare", Label: "还有什么", Kind: workflow.AskText, Max: 5000, Optional: true},
			{Name: "none", Label: "不问的", Kind: workflow.AskLine, Only: []string{Unset}, Ask: "请写不问的"},
		},
	}
}

func numbers(labels string) (out []workflow.Option) {
	for _, one := range labels {
		out = append(out, workflow.Option{Value: "v" + string(one), Label: string(one)})
	}
	return out
}

// Right answers every need that is asked for.
func Right() url.Values {
	return url.Values{
		"note": {"第一行\n第二行"}, "line": {"一行 <b>话</b>"}, "few": {"v乙"}, "list": {"v午"}, "class": {"C03"},
		"lead": {complainttest.Finance}, "co": {complainttest.Finance, complainttest.Justice},
		"due_year": {"2026"}, "due_month": {"9"}, "due_day": {"30"}, "spare": {"没有了"},
	}
}

// Said is what the timeline says of the right answers.
const Said = "选了乙和午，是拖欠账款的事；县财政局，县财政局、县司法局配合。"

// Without are the right answers with some of them changed; a pair is a name and its
// value.
func Without(pairs ...string) url.Values {
	out := Right()
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = []string{pairs[i+1]}
	}
	return out
}

// Needs are the names of what must be answered.
var Needs = []string{"note", "line", "few", "list", "class", "lead", "co", "due"}

func form(t *testing.T, page *goquery.Document, m workflow.Move) *goquery.Selection {
	t.Helper()
	found := page.Find(`form[action$="/` + string(m.Action) + `"]`).Has("[name=note]")
	if found.Length() != 1 {
		t.Fatalf("%d forms of %s", found.Length(), m.Action)
	}
	return found
}

// Asks holds a page to asking for everything of a move, and for nothing else.
func Asks(t *testing.T, page *goquery.Document, m workflow.Move) {
	t.Helper()
	form := form(t, page, m)
	for _, need := range m.Needs {
		for _, name := range need.Fields() {
			if got, want := form.Find(`[name="`+name+`"]`).Length() > 0, len(need.Only) == 0; got != want {
				t.Errorf("%s asks for %s: %v", m.Action, name, got)
			}
		}
		if need.Hint != "" && form.Find(".hint").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == need.Hint }).Length() != 1 {
			t.Errorf("%s of %s has no hint", need.Name, m.Action)
		}
	}
}

// Faulty holds a page to saying what is wrong with these needs and no others: beside
// the field, and in the summary, which leads to where something can be typed or chosen
// and says what it is called.
func Faulty(t *testing.T, page *goquery.Document, m workflow.Move, names ...string) {
	t.Helper()
	form := form(t, page, m)
	for _, need := range m.Needs {
		id := ask.FieldID(m.Action, need.Name)
		beside, led := form.Find(".field-wrong #"+id+"-error"), page.Find(`.error-summary a[href="#`+id+`"]`)
		want := 0
		if slices.Contains(names, need.Name) {
			want = 1
			if at := page.Find("#" + id); at.Length() != 1 || !at.Is("input, select, textarea, summary") || at.Is("[disabled]") {
				t.Errorf("%s of %s: the summary leads to nothing that can be used", need.Name, m.Action)
			}
			if said := strings.TrimPrefix(strings.TrimSpace(beside.Text()), "错误："); said == "" || led.Text() != said && led.Text() != need.Label+"："+said {
				t.Errorf("%s of %s: %q beside the field, %q in the summary", need.Name, m.Action, said, led.Text())
			}
		}
		if beside.Length() != want || led.Length() != want {
			t.Errorf("%s of %s is wrong %d times beside its field and %d in the summary, want %d", need.Name, m.Action, beside.Length(), led.Length(), want)
		}
	}
	if n := page.Find(".error-summary a").Length(); n != len(names) {
		t.Errorf("the summary says %d faults, want %d", n, len(names))
	}
}

// Kept holds a page to showing what was typed, all of it.
func Kept(t *testing.T, page *goquery.Document, m workflow.Move, typed url.Values) {
	t.Helper()
	form := form(t, page, m)
	for name, want := range typed {
		var got []string
		form.Find(`[name="` + name + `"]`).Each(func(_ int, s *goquery.Selection) {
			switch {
			case s.Is("textarea"):
				got = append(got, strings.TrimPrefix(s.Text(), "\n"))
			case s.Is("select"):
				s.Find("option[selected]").Each(func(_ int, o *goquery.Selection) { got = append(got, o.AttrOr("value", "")) })
			case s.Is("[type=radio], [type=checkbox]"):
				if s.Is("[checked]") {
					got = append(got, s.AttrOr("value", ""))
				}
			default:
				got = append(got, s.AttrOr("value", ""))
			}
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s of %s holds %q, typed was %q", name, m.Action, got, want)
		}
	}
}
