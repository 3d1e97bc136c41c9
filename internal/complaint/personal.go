package complaint

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// What is written into a text that a handling unit reads may tell who wrote it, whatever
// is sealed besides. So whoever writes is asked: whether it is taken out, or stays.
const (
	personalMask = "mask"
	personalKeep = "keep"
)

// PersonalField is the name of the question about a text.
func PersonalField(text string) string { return text + "_personal" }

// PersonalChoices answer it.
var PersonalChoices = []workflow.Option{
	{Value: personalMask, Label: "替我隐去，换成“（手机号码，已隐去）”这样的字"},
	{Value: personalKeep, Label: "照原样留着，承办单位看得到"},
}

// PersonalLabel is the question.
const PersonalLabel = "写了能认出人的内容，怎么办"

// personal is the question about a text that a complainant's move asks for.
func personal(text string) workflow.Need {
	return workflow.Need{Name: PersonalField(text), Label: PersonalLabel, Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: PersonalChoices}
}

// openly is the hint at a text that a handling unit reads.
const openly = "承办单位看得到这里写的每一个字。不要写自己的姓名、电话、单位和证件号。"

// openlyUnless is that of a text for which there is no choice of readers.
const openlyUnless = openly + "写到有人威胁、报复的，这段话只有监督人员看得到。"

// mostQuoted is how many findings a question repeats.
const mostQuoted = 5

// personalQuestion says what was found in a text.
func personalQuestion(label string, found []form.Finding, to form.Addressee) string {
	var quoted, kinds []string
	for _, f := range found {
		if kind := string(f.Kind); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
		if text := "“" + f.Text + "”"; len(quoted) < mostQuoted && !slices.Contains(quoted, text) {
			quoted = append(quoted, text)
		}
	}
	more := ""
	if len(found) > mostQuoted {
		more = fmt.Sprintf("等 %d 处", len(found))
	}
	return to.Says(fmt.Sprintf("“%s”里好像写了%s：%s%s。承办单位看得到，可能猜得出是{who}。请选隐去，还是照原样留着",
		label, strings.Join(kinds, "、"), strings.Join(quoted, "、"), more))
}

// lookedThrough are the answers to a complainant's move without what its writer has taken
// out, and the questions that are open.
func lookedThrough(m workflow.Move, a workflow.Answers) (workflow.Answers, []fault.Field) {
	var open faults
	out := maps.Clone(a)
	for _, n := range m.Needs {
		question := PersonalField(n.Name)
		if !m.Asks(question) {
			continue
		}
		text := form.Text(a.Get(n.Name))
		if form.Length(text) > n.Max { // which the move refuses
			continue
		}
		found := form.FindPersonal(text)
		switch chosen := a.Get(question); {
		case len(found) == 0, chosen == personalKeep:
		case chosen == personalMask:
			out[n.Name] = []string{form.Masked(text, found)}
		default:
			open.say(question, personalQuestion(n.Label, found, form.You))
		}
	}
	return out, open
}
