package complaint

import (
	"crypto/sha256"
	"encoding/base64"
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

// PersonalAsked is the name of the hidden field beside its answer: what the question
// named. An answer is of that, and of nothing that was written since.
func PersonalAsked(text string) string { return PersonalField(text) + AskedSuffix }

// AskedSuffix makes that name of the question's.
const AskedSuffix = "_asked"

// namedIn is what a question about these findings names.
func namedIn(found []form.Finding) string {
	var all []string
	for _, f := range found {
		if one := nameOne(f); !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return strings.Join(all, ".")
}

func nameOne(f form.Finding) string {
	sum := sha256.Sum256([]byte(f.Text))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// covers says that a question which named these was about all that is found.
func covers(asked string, found []form.Finding) bool {
	named := strings.Split(asked, ".")
	return !slices.ContainsFunc(found, func(f form.Finding) bool { return !slices.Contains(named, nameOne(f)) })
}

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

// HideOwn are the answers to a complainant's move without what its writer asked to take
// out of them; false when there was nothing of it. Whoever wrote it sees what became of
// it before it is sent.
func (r *Register) HideOwn(action workflow.Action, a workflow.Answers) (workflow.Answers, bool) {
	m, ok := r.ownMove(action)
	if !ok || guarded(m, a) {
		return a, false
	}
	out, hidden := maps.Clone(a), false
	for _, n := range m.Needs {
		question := PersonalField(n.Name)
		if text, found := foundIn(n, a); m.Asks(question) && a.Get(question) == personalMask && len(found) > 0 {
			out[n.Name], hidden = []string{form.Masked(text, found)}, true
			delete(out, question)
			delete(out, PersonalAsked(n.Name))
		}
	}
	return out, hidden
}

// AskedOwn is the hidden field beside each question that a move's form shows.
func AskedOwn(m workflow.Move, a workflow.Answers, shown func(question string) bool) [][2]string {
	var out [][2]string
	for _, n := range m.Needs {
		if question := PersonalField(n.Name); m.Asks(question) && shown(question) {
			_, found := foundIn(n, a)
			out = append(out, [2]string{PersonalAsked(n.Name), namedIn(found)})
		}
	}
	return out
}

// foundIn is the text of a need and what is found in it: nothing in a text that is too
// long, for that takes time, and the move refuses it.
func foundIn(n workflow.Need, a workflow.Answers) (string, []form.Finding) {
	text := form.Text(a.Get(n.Name))
	if form.Length(text) > n.Max {
		return text, nil
	}
	return text, form.FindPersonal(text)
}

// openIn are the questions about a complainant's move that are open. What is to be taken
// out of a text has been, and was seen: see HideOwn.
func openIn(m workflow.Move, a workflow.Answers) []fault.Field {
	var open faults
	for _, n := range m.Needs {
		question := PersonalField(n.Name)
		if !m.Asks(question) {
			continue
		}
		_, found := foundIn(n, a)
		if kept := a.Get(question) == personalKeep && covers(a.Get(PersonalAsked(n.Name)), found); len(found) > 0 && !kept {
			open.ask(question, personalQuestion(n.Label, found, form.You))
		}
	}
	return open
}
