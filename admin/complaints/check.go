package complaints

import (
	"fmt"
	"regexp"
	"time"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/law"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// check is one thing that the machine looked at in a draft.
type check struct {
	State checkState
	Text  string
	Link  view.Ref // to the place
}

type checkState int

const (
	passed checkState = iota
	mind              // a person should look at it
	failed
)

func (s checkState) icon() view.Icon {
	switch s {
	case mind:
		return view.Icon{Name: view.ShapeDiamond, Class: "amber"}
	case failed:
		return view.Icon{Name: view.ShapeTriangle, Class: "vermilion"}
	}
	return view.Icon{Name: view.ShapeTick, Class: "pine"}
}

func (s checkState) word() string {
	return [...]string{"通过：", "请留意：", "要改："}[s]
}

var (
	lawText  = regexp.MustCompile(`《[^《》]+》[^。；\n]*第[一二三四五六七八九十百零〇\d]+条`)
	termText = regexp.MustCompile(`\d+\s*月|[一二两三四五六七八九十\d]+\s*(?:(?:个工作)?[日天]|个月|周)|年底|月底|立即`)
)

// machineChecks are what a machine can see in a draft; whether it is right
// stays with people.
func machineChecks(draft complaint.Draft, before *complaint.Draft) []check {
	facts, opinion := view.Ref{Label: "到第二部分", Href: "#part-facts"}, view.Ref{Label: "到第三部分", Href: "#part-opinion"}
	places := map[string]view.Ref{"facts": facts}
	var list []check
	for _, must := range draft.Musts(before) {
		list = append(list, check{failed, must.Sentence + "。", places[must.Part]})
	}
	if !draft.Unwritten() {
		list = append(list, check{Text: "事实、认定、处理意见、依据都写了"})
	}
	list = append(list, choose(lawText.MatchString(draft.Basis), mind,
		"写了依据的名称和条款", "依据里没有看到“《……》第几条”。", view.Ref{Label: "到第四部分", Href: "#part-basis"}))
	list = append(list, check{Text: "写了复查权和期限"})
	if draft.Personal() == "" {
		list = append(list, check{Text: "没有出现手机号、证号"})
	}
	if contacts := draft.Contacts(); contacts != "" {
		list = append(list, check{mind, "出现了" + contacts + "，是承办单位自己的才能留。", facts})
	}
	if draft.Demand != "" {
		list = append(list, choose(termText.MatchString(draft.Demand), mind,
			"要求被投诉单位做的事写了期限", "要求被投诉单位做的事没有写什么时候做完。", opinion))
	}
	upheld := draft.Finding == "substantiated" || draft.Finding == "mostly" || draft.Finding == "partially"
	if !upheld && draft.Decision == "support" {
		list = append(list, check{mind, "没有认定属实，却支持了请求，请核对。", opinion})
	}
	if upheld {
		list = append(list, check{mind, "“" + workflow.WordOf(complaint.Findings, draft.Finding) + "”送出后，惩戒专员可以据此立案", view.Ref{}})
	}
	return list
}

func choose(ok bool, otherwise checkState, good, bad string, where view.Ref) check {
	if ok {
		return check{Text: good}
	}
	return check{otherwise, bad, where}
}

// after is what sending the answer sets going.
func after(dossier *complaint.Dossier, draft complaint.Draft, now time.Time) []check {
	if draft.SentAt != nil {
		return nil
	}
	stop := "答复期限停表"
	for _, one := range dossier.Clocks {
		if one.Rule == clock.PlatformAnswer && one.Running() {
			if words, _ := desk.DueWords(one.DueAt.Add(-time.Second), now); words != "" {
				stop += "，" + words
			}
		}
	}
	return []check{{Text: stop}, {Text: "投诉人 30\u00a0天内可以申请复查"}, {Text: "通知信不写内容，请投诉人来看"}}
}

// lawChecks are what the table of laws has to say of a draft's basis: what it has not, and
// what was not in force today, or on the day on which what is owed was due.
func lawChecks(laws law.Table, draft complaint.Draft, due, today clock.Date) (list []check) {
	at := view.Ref{Label: "到第四部分", Href: "#part-basis"}
	if draft.Other != "" {
		list = append(list, check{mind, "依据不在库：“" + draft.Other + "”不是从法律依据的单子里选的，请核对。", at})
	}
	for _, code := range draft.Articles {
		one := laws.Articles.ByCode(code)
		switch {
		case one == nil:
		case one.Doubt(today) != "":
			list = append(list, check{mind, one.Words() + one.Doubt(today) + "，请核对。", at})
		case !due.IsZero() && one.Doubt(due) != "":
			list = append(list, check{mind, one.Words() + one.Doubt(due) + "，约定的付款日期是" + due.Long() + "，请看适不适用。", at})
		}
	}
	return list
}

// copiedChecks name the earlier answers of the unit that a draft is nearly the same as: it
// may have been copied without looking into this complaint.
func copiedChecks(copied []complaint.Copied) (list []check) {
	for _, one := range copied {
		list = append(list, check{mind, fmt.Sprintf("有 %d%% 的文字和同一单位对 %s 的答复一样，请看是不是真的查了这一件。", int(100*one.Overlap), one.Number),
			view.Ref{Label: "看那一份", Href: desk.MatterURL(complaint.Kind, one.Number) + "/answer"}})
	}
	return list
}
