package complaint

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// TestEveryFreeTextIsWatchedOrHasAReasonNotToBe: of the form that the portal and the desk
// share, and of every move that a complainant has.
func TestEveryFreeTextIsWatchedOrHasAReasonNotToBe(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, step := range []any{Who{}, Story{}, Contract{}, Contact{}} {
		of := reflect.TypeOf(step)
		for i := range of.NumField() {
			tag, name := of.Field(i).Tag.Get("validate"), of.Field(i).Tag.Get("field")
			if !strings.Contains(tag, "hanline") && !strings.Contains(tag, "hantext") {
				continue
			}
			seen[name] = true
			listed := slices.ContainsFunc(watched, func(w watchedText) bool { return w.name == name })
			if listed == (unwatched[name] != "") {
				t.Errorf("%s is watched: %t, and left out because %q", name, listed, unwatched[name])
			}
			for _, w := range watched {
				if w.name == name && !slices.Contains(strings.Split(tag, ","), fmt.Sprintf("max=%d", w.most)) {
					t.Errorf("%s is looked through up to %d characters, its rule is %q", name, w.most, tag)
				}
			}
		}
	}
	for _, w := range watched {
		if !seen[w.name] {
			t.Errorf("%s is watched and is no free text of the form", w.name)
		}
		var f Form
		*w.in(&f) = "电话13800001234"
		f.Story.Unit = UnknownUnit
		if got := f.Questions(w.step, Web); len(got) != 1 || got[0].Name != PersonalField(w.name) {
			t.Errorf("%s of the step %s asks %+v", w.name, w.step, got)
		}
		d := &Dossier{Dossier: register.Dossier{Matter: workflow.Matter{}}}
		set := map[string]*string{"unit_name": &d.Said.UnitSaid, "title": &d.Matter.Title, "request": &d.Said.Request, "facts": &d.Said.Facts, "reasons": &d.Said.Reasons, "elsewhere": &d.Said.Elsewhere}
		*set[w.name] = "电话13800001234"
		if got := PersonalIn(d); got != "手机号码" {
			t.Errorf("the desk is warned of %s with %q", w.name, got)
		}
	}
	for name := range unwatched {
		if !seen[name] {
			t.Errorf("%s is left out and is no free text", name)
		}
	}
	asked := 0
	for _, m := range Law.Moves {
		if !slices.Contains(m.By, staff.Complainant) || m.Action == Confide || m.Action == Withdraw { // no unit reads those
			continue
		}
		for _, n := range m.Needs {
			if n.Kind != workflow.AskText && n.Kind != workflow.AskLine {
				continue
			}
			asked++
			if !m.Asks(PersonalField(n.Name)) || !strings.HasPrefix(n.Hint, openly) {
				t.Errorf("%s of %s is read by a unit, and nobody is warned or asked", n.Name, m.Action)
			}
		}
	}
	if asked < 4 {
		t.Errorf("%d texts of moves were tried", asked)
	}
}

func TestAQuestionIsAskedUntilItIsAnsweredAndAnewWhenMoreIsFound(t *testing.T) {
	t.Parallel()
	f := Form{Story: StoryForm{Unit: "TOWN"}}
	named := "" // the hidden field of the page that is sent
	step := func(facts, answer string) (int, string) {
		v := url.Values{"facts": {facts}}
		if answer != "" {
			v.Set("facts_personal", answer)
			v.Set("facts_personal_asked", named)
		}
		f.Story.Facts = facts
		hidden := f.TakePersonal(Sent{Values: v})
		var open []string
		for _, q := range f.Questions("story", Web) {
			open = append(open, q.Sentence)
		}
		named = f.AskedNow("facts", len(open) > 0)
		return len(hidden), strings.Join(open, "；")
	}
	for i, c := range []struct {
		facts, answer, text, asks string
		hidden                    int
	}{
		{"没有付清", "", "没有付清", "", 0},
		{"电话13800001234", "", "电话13800001234", "“事情经过”里好像写了手机号码：“13800001234”。承办单位看得到，可能猜得出是您。请选隐去，还是照原样留着", 0},
		{"电话13800001234", "nonsense", "电话13800001234", "手机号码：“13800001234”", 0},
		{"电话13800001234", "keep", "电话13800001234", "", 0},
		{"电话13800001234。", "keep", "电话13800001234。", "", 0},
		{"电话13800001234，13900005678", "keep", "电话13800001234，13900005678", "“13800001234”、“13900005678”", 0},
		{"电话13800001234，13900005678", "keep", "电话13800001234，13900005678", "", 0},
		{"电话13900005678", "keep", "电话13900005678", "", 0},
		{"电话13900005678，13700007777", "keep", "电话13900005678，13700007777", "“13900005678”、“13700007777”", 0}, // added in the sending that answers
		{"电话13800001234，13900005678，13700007777", "keep", "电话13800001234，13900005678，13700007777", "“13700007777”", 0},
		{"电话13800001234，13900005678", "mask", "电话（手机号码，已隐去），（手机号码，已隐去）", "", 1},
		{"1. 13800000001 2. 13800000002 3. 13800000003 4. 13800000004 5. 13800000005 6. 13800000006", "", "1. 13800000001 2. 13800000002 3. 13800000003 4. 13800000004 5. 13800000005 6. 13800000006", "等 6 处", 0},
	} {
		hidden, open := step(c.facts, c.answer)
		if hidden != c.hidden || f.Story.Facts != c.text || (c.asks == "") != (open == "") || !strings.Contains(open, c.asks) {
			t.Errorf("%d %q, %q: %d hidden, %q, asks %q", i, c.facts, c.answer, hidden, f.Story.Facts, open)
		}
	}

	f = Form{Story: StoryForm{Facts: "王建国说不付，青禾路桥的账"}, Contact: ContactForm{Name: "王建国", Phone: "13800001234", Organisation: "郏县青禾路桥工程有限公司"}, Who: WhoForm{Kind: "enterprise", Anonymous: "no"}}
	if got := f.Questions("", Web); len(got) != 1 || !strings.Contains(got[0].Sentence, "姓名、单位名称：“王建国”、“青禾路桥”") {
		t.Errorf("of what is known of them: %+v", got)
	}
	f.Contact.Phone = "5150000（办公室）、13900001234 李四"
	f.Story.Facts = "电话 515 0000，也可以找李四"
	if got := f.Questions("", Web); len(got) != 1 || !strings.Contains(got[0].Sentence, "“515 0000”、“李四”") {
		t.Errorf("of the numbers beside which words stand: %+v", got)
	}
	if got := f.Questions("", Visit); len(got) != 1 || !strings.Contains(got[0].Sentence, "猜得出是投诉人") {
		t.Errorf("a clerk is asked %+v", got)
	}
	f.Contact.Confidential = "no"
	if got := f.Questions("", Web); got != nil {
		t.Errorf("whoever wants no confidence is asked %+v", got)
	}
	f.Who.Anonymous = "yes"
	f.Story.Facts = "电话13800001234"
	if got := f.Questions("", Web); len(got) != 1 {
		t.Errorf("without a name: %+v", got)
	}
}

// TestAFormIsEmptyUntilSomethingIsFilledIn: the questions and what was looked for are nothing
// that was.
func TestAFormIsEmptyUntilSomethingIsFilledIn(t *testing.T) {
	t.Parallel()
	var f Form
	if !f.Empty() {
		t.Error("a new form is not empty")
	}
	f.Story.Facts = "电话13800001234"
	f.TakePersonal(Sent{})
	f.Questions("", Web)
	if f.Empty() {
		t.Error("with facts it is empty")
	}
	if f.Story.Facts = ""; !f.Empty() {
		t.Errorf("what was looked for makes it begun: %+v", f)
	}
	f.Evidence.Held = []string{"contract"}
	if f.Empty() {
		t.Error("with a paper it is empty")
	}
}

// TestATextThatIsTooLongIsNotLookedThrough: it is refused for its length, and asked about once
// it is as short as it must be.
func TestATextThatIsTooLongIsNotLookedThrough(t *testing.T) {
	t.Parallel()
	const detail = "电话13800001234"
	pad := func(n int) string { return strings.Repeat("甲", n-form.Length(detail)) + detail }
	for _, w := range watched {
		var f Form
		f.Story.Unit = UnknownUnit
		for n, want := range map[int]int{w.most: 1, w.most + 1: 0, w.most + 100_000: 0} {
			*w.in(&f) = pad(n)
			if got := f.Questions(w.step, Web); len(got) != want {
				t.Errorf("%s with %d characters asks %d questions", w.name, n, len(got))
			}
			g := f
			if hidden := g.TakePersonal(Sent{Values: url.Values{PersonalField(w.name): {personalMask}}}); len(hidden) != want || want == 0 && *w.in(&g) != pad(n) {
				t.Errorf("%s with %d characters: %q hidden", w.name, n, hidden)
			}
		}
	}
	for _, m := range Law.Moves {
		for _, n := range m.Needs {
			if !m.Asks(PersonalField(n.Name)) {
				continue
			}
			for length, want := range map[int]int{n.Max: 1, n.Max + 1: 0, n.Max + 100_000: 0} {
				a := workflow.Answers{n.Name: {pad(length)}}
				if open := openIn(m, a); len(open) != want {
					t.Errorf("%s of %s with %d characters asks %d questions", n.Name, m.Action, length, len(open))
				}
				if want == 0 && len(m.Faults(a, time.Now())) == 0 {
					t.Errorf("%s of %s with %d characters is not refused", n.Name, m.Action, length)
				}
			}
		}
	}
}
