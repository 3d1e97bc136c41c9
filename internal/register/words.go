package register

import (
	"slices"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/workflow"
)

// Doubted is the need of a move whose words somebody reads who is not to learn who
// complained: it answers the question that Unnamed puts, and is put only then.
func Doubted(label string) workflow.Need {
	return workflow.Need{Name: doubted, Label: label, Kind: workflow.AskChoice, Optional: true, Doubt: true,
		Options: []workflow.Option{{Value: "yes", Label: "看过了，不是投诉人的，照写"}}}
}

const doubted = "personal"

// Unnamed is the check of such words: the number of a matter and what is surely somebody's
// are refused, what may tell somebody is asked about. who reads them, as a sentence says it.
func Unnamed(who string, names ...string) Check {
	return func(a workflow.Answers, _ time.Time) (faults []fault.Field) {
		var found []string
		for _, name := range names {
			typed := form.Text(a.Get(name))
			number, _ := form.ReadPair(typed)
			sure := form.PersonalKinds(form.Finding.Bars, typed)
			switch {
			case number != "":
				faults = append(faults, fault.Field{Name: name, Sentence: "写了编号“" + number + "”，看到的人就知道有人投诉，请删去"})
			case sure != "":
				faults = append(faults, fault.Field{Name: name, Sentence: "写了" + sure + "，" + who + "，请删去"})
			}
			for _, one := range form.FindPersonal(typed) {
				if !one.Bars() && one.Kind != form.FirmName && !slices.Contains(found, one.Text) {
					found = append(found, one.Text)
				}
			}
		}
		if len(found) > 0 && a.Get(doubted) != "yes" {
			faults = append(faults, fault.Field{Name: doubted, Sentence: "写了“" + strings.Join(found, "”、“") + "”，" + who + "。是投诉人的请删去", Asked: true})
		}
		return faults
	}
}
