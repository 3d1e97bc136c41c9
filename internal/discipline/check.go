package discipline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// DateBoxes are the three boxes of a date among the answers.
func DateBoxes(a Answers, name string) form.DateBoxes {
	return form.DateBoxes{Year: a.Get(name + "_year"), Month: a.Get(name + "_month"), Day: a.Get(name + "_day")}
}

// faults holds answers against what a move needs, in the page's order; dates
// are read here, everything else as for a complaint.
func (r *Register) faults(m workflow.Move, a Answers) []fault.Field {
	var out []fault.Field
	for _, need := range m.Needs {
		if need.Kind == workflow.AskDate {
			if _, sentence := r.date(need, a); sentence != "" {
				out = append(out, fault.Field{Name: need.Name, Sentence: sentence})
			}
			continue
		}
		out = append(out, complaint.Faults(workflow.Move{Needs: []workflow.Need{need}}, a)...)
	}
	return out
}

// date reads a date and says what is wrong with it: a deadline must be still to
// come, a day of service must have come.
func (r *Register) date(need workflow.Need, a Answers) (clock.Date, string) {
	boxes := DateBoxes(a, need.Name)
	if boxes.Empty() {
		return clock.Date{}, need.Ask
	}
	now := r.Engine.Now()
	typed, sentence := boxes.Read(form.DateRule{Now: clock.Local(now), Arrived: need.Name == "served_on", Repair: "请写对方真正收到的那一天", Label: need.Label})
	if sentence != "" {
		return clock.Date{}, sentence
	}
	d := clock.NewDate(typed.Year, typed.Time().Month(), typed.Day)
	if need.Name == "deadline" && !d.After(clock.On(now)) {
		return clock.Date{}, d.Long() + "不能作期限，请写今天以后的日子"
	}
	return d, ""
}

func need(m workflow.Move, name string) workflow.Need {
	for _, n := range m.Needs {
		if n.Name == name {
			return n
		}
	}
	return workflow.Need{Name: name}
}

// DraftOf reads a draft from its form; the faults stand in the page's order.
func (r *Register) DraftOf(a Answers) (Draft, []fault.Field) {
	row := Law.Rows(DraftWarning)[0]
	d := Draft{
		Facts: form.Text(a.Get("facts")), Basis: form.Text(a.Get("basis")), Demand: form.Text(a.Get("demand")),
		Consequences: form.Text(a.Get("consequences")), Tier: Tier(a.Get("tier")),
	}
	faults := r.faults(row, a)
	d.Deadline, _ = r.date(need(row, "deadline"), a)
	typed := form.Line(a.Get("months"))
	if said := slices.ContainsFunc(faults, func(f fault.Field) bool { return f.Name == "months" }); !said {
		var sentence string
		if d.Months, sentence = d.Tier.months(typed); sentence != "" {
			faults = append(faults, fault.Field{Name: "months", Sentence: sentence})
		}
	}
	return d, faults
}

// months reads a term of publicity within the tier's bounds.
func (t Tier) months(typed string) (int, string) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(typed, "个月")))
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

// mentions looks for a number however it is spaced or cased.
func mentions(text, number string) bool { return strings.Contains(bare(text), bare(number)) }

func bare(s string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-－— 　\n\t", r) }), ""))
}
