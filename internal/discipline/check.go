package discipline

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// DraftOf reads a draft from its form; the faults, of which Move.Faults knows only
// what concerns one field, stand in the page's order.
func DraftOf(a workflow.Answers, now time.Time) (Draft, []fault.Field) {
	row := Law.Rows(DraftWarning)[0]
	d := Draft{
		Facts: form.Text(a.Get("facts")), Basis: form.Text(a.Get("basis")), Demand: form.Text(a.Get("demand")),
		Deadline: a.Date(row.Need("deadline"), now), Consequences: form.Text(a.Get("consequences")), Tier: Tier(a.Get("tier")),
	}
	d.Months, _ = d.Tier.months(form.Line(a.Get("months")))
	return d, append(row.Faults(a, now), checkMonths(a, now)...)
}

// checkMonths holds the term of publicity against the tier; a term that was not
// written is said already.
func checkMonths(a workflow.Answers, now time.Time) []fault.Field {
	for _, f := range Law.Rows(DraftWarning)[0].Faults(a, now) {
		if f.Name == "months" {
			return nil
		}
	}
	if _, sentence := Tier(a.Get("tier")).months(form.Line(a.Get("months"))); sentence != "" {
		return []fault.Field{{Name: "months", Sentence: sentence}}
	}
	return nil
}

// months reads a term of publicity within the tier's bounds.
func (t Tier) months(typed string) (int, string) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(form.Folded(typed), "个月")))
	if err != nil || n < 0 || n > 99 {
		return 0, "请只写数字，例如 3"
	}
	if t.Word() == "" {
		return n, "" // the missing tier is said beside its own field
	}
	if least, most := t.Bounds(); n < least || n > most {
		return 0, fmt.Sprintf("失信程度“%s”的公示期是 %d 到 %d 个月", t.Word(), least, most)
	}
	return n, ""
}

// texts are what an officer wrote, by the names of the fields.
func (d Draft) texts() []Answer {
	return []Answer{{"facts", d.Facts}, {"basis", d.Basis}, {"demand", d.Demand}, {"consequences", d.Consequences}}
}

// Answer is a text and the name of its field.
type Answer struct{ Field, Text string }

// Warnings look for what must not become public, each beside its field:
// personal details and the number of the contract. A name they cannot know:
// the identity is sealed, so a person must read the paper too.
func (d Draft) Warnings(contractNumber string) []Answer {
	var out []Answer
	for _, part := range d.texts() {
		for _, found := range form.FindPersonal(part.Text) {
			out = append(out, Answer{part.Field, fmt.Sprintf("第 %d 个字起像是%s：“%s”。公示的文书不要写。", found.Place, found.Kind, found.Text)})
		}
		if form.Length(contractNumber) >= 4 && mentions(part.Text, contractNumber) {
			out = append(out, Answer{part.Field, "写了投诉里的合同编号“" + contractNumber + "”，凭它查得出是谁。公示的文书不要写。"})
		}
	}
	return out
}

// naming are the faults of a draft that names its complaint, which no warning
// has a use for: who knows the number knows that somebody complained.
func (d Draft) naming(complaintNumber string) []fault.Field {
	var out []fault.Field
	for _, part := range d.texts() {
		if mentions(part.Text, complaintNumber) {
			out = append(out, fault.Field{Name: part.Field, Sentence: "写了投诉编号“" + complaintNumber + "”，看到的人就知道有人投诉，请删去"})
		}
	}
	return out
}

// telling are the faults of a correction that could tell who complained. Nobody reads
// it again before it is public, so what is doubtful in a draft is refused here.
func telling(correction, complaintNumber, contractNumber string) []fault.Field {
	var found string
	switch kinds := form.PersonalKinds(nil, correction); {
	case mentions(correction, complaintNumber):
		found = "投诉编号“" + complaintNumber + "”"
	case form.Length(contractNumber) >= 4 && mentions(correction, contractNumber):
		found = "投诉里的合同编号“" + contractNumber + "”"
	case kinds != "":
		found = kinds
	default:
		return nil
	}
	return []fault.Field{{Name: "public", Sentence: "出现了" + found + "，所有人都会看到，请删去"}}
}

// mentions looks for a number however it is spaced, cased or typed; a number of signs
// alone stands in no text.
func mentions(text, number string) bool {
	number = form.Bare(number, "")
	return number != "" && strings.Contains(form.Bare(text, ""), number)
}
