package inquiry

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where an inquiry stands.
const (
	Drafted   workflow.State = "drafted"
	Asked     workflow.State = "asked"
	Answered  workflow.State = "answered"
	Withdrawn workflow.State = "withdrawn"
	Lapsed    workflow.State = "lapsed"
	Over      workflow.State = "over"
)

// What may be done about one.
const (
	Open        workflow.Action = "open_inquiry"
	Send        workflow.Action = "send_inquiry"
	Answer      workflow.Action = "answer_items"
	Draft       workflow.Action = "draft_opinion"
	Waive       workflow.Action = request.Waive
	Extend      workflow.Action = "extend_inquiry"
	Chase       workflow.Action = "chase_inquiry"
	Withdraw    workflow.Action = "withdraw_inquiry"
	GiveUp      workflow.Action = "give_up_inquiry"
	Remind      workflow.Action = "remind_inquiry"
	TellOverdue workflow.Action = "inquiry_overdue"
	EndByItself workflow.Action = "inquiry_over"
)

// Flags of an inquiry: of which sort it is, that it is late, and that it is to be chased. The
// other is a fact.
const (
	assists   = "assists"
	consults  = "consults"
	Late      = "late"
	ToChase   = "to_chase"
	notNeeded = "not_needed"
)

var facts = map[string]string{
	// What it follows is answered, or over in another way, or no unit works on it any more, or it turned
	// out to be an accusation, of which no unit is asked.
	notNeeded: `EXISTS (SELECT FROM matter f WHERE f.id = m.follows AND (f.phase <> 1 OR f.state IN ('split', 'joined') OR 'accusation' = ANY (f.flags)))`,
}

var (
	desk   = []workflow.Role{staff.Registrar, staff.Supervisor}
	units  = []workflow.Role{staff.Handler, staff.UnitHead}
	head   = []workflow.Role{staff.UnitHead}
	system = []workflow.Role{staff.System}

	asked    = []workflow.State{Asked}
	live     = []workflow.State{Drafted, Asked}
	terms    = []clock.Code{clock.UnitAssists, clock.UnitConsulted}
	toUnit   = []workflow.Tell{{Template: "inquiry_ended", To: letter.ToUnit}}
	personal = workflow.Need{Name: "public", Label: "为什么", Hint: "被请的单位看得到。不要写投诉人，也不要写投诉编号。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么"}
)

// rule is by which clock a unit answers.
func rule(k request.Kind) clock.Code {
	if k == request.Consult {
		return clock.UnitConsulted
	}
	return clock.UnitAssists
}

func reason() workflow.Need {
	n := personal
	n.Name = "note"
	return n
}

// Law is the move table of an inquiry. Nobody outside the office reads of it: whoever
// complained is told in their own matter that units are asked, and not which. The unit's name
// would say whom to press, to whoever else reads their page.
var Law = &workflow.Table{
	Kind: "inquiry",
	Noun: "协查",
	Unit: workflow.None,
	States: []workflow.StateInfo{
		{State: Drafted, Word: "待发出", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Asked, Word: "待回复", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Answered, Word: "已回复", Sign: workflow.Met, Phase: workflow.Over},
		{State: Withdrawn, Word: "已收回", Sign: workflow.Refused, Phase: workflow.Over},
		{State: Lapsed, Word: "到期未回", Sign: workflow.Refused, Phase: workflow.Over},
		{State: Over, Word: "不用再回", Sign: workflow.Finished, Phase: workflow.Over},
	},
	Flags: map[string]string{
		"!" + assists: "这一件是征求意见，要由负责人答。", "!" + consults: "这一件是协查，不用先起草。", "!" + Late: "还没有逾期。", "!" + ToChase: "现在不用催。",
	},
	Facts: facts,
	Moves: append(answering(), []workflow.Move{
		{
			Action: Open, Apart: true, Writes: true, Hidden: true, Label: "写好协查", Title: "写好，待发出", To: Drafted, By: desk,
		},
		{
			Action: Send, Leads: true, Gives: true, Sign: workflow.HandedOn, Label: "发给单位", Done: "已经发出", Title: "发给单位", From: []workflow.State{Drafted}, To: Asked, By: desk, MayStart: terms,
			Effect: "单位只看得到这一页写的：说明、给它的事实、要它答的各项和最后一天；看不到投诉，也不知道是谁、投诉谁。要回避的单位发不出去。",
			Needs: []workflow.Need{
				{Name: "lead", Label: "请哪个单位", Kind: workflow.AskUnit, From: workflow.FromHandling, Ask: "请选单位"},
				{Name: "anyway", Label: "这个单位没有人能办", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "仍然发给它，另外通知它指定人"}}},
			},
			Tells: []workflow.Tell{{Template: "inquiry_asked", To: letter.ToUnit}},
		},
		{
			Action: Waive, Aside: true, Label: "有几项不再需要", Done: "已经记下不再需要", Title: "不再需要的项", From: asked, MayLead: []workflow.State{Answered}, By: desk, Stops: nil,
			Effect: "选中的项不再等，别的照样等。一项也不等了的，就算已回复。单位看得到理由。", Needs: []workflow.Need{request.WaivedNeed, reason()},
		},
		{
			Action: Extend, Aside: true, News: "最后一天延长了", Label: "延长最后一天", Done: "最后一天已经延长", Title: "延长最后一天", From: asked, By: desk, Extends: terms,
			Effect: "到期以前可以延长一次。投诉的办理期限不跟着延长。单位看得到。",
			Needs:  []workflow.Need{{Name: "count", Label: "延长多少个工作日", Hint: "只写数字，例如 5。", Kind: workflow.AskLine, Max: 10, Ask: "请写延长多少个工作日"}, reason()},
		},
		{
			Action: Chase, Quiet: true, News: "监督办公室催办", Label: "催办", Done: "已经催办", Title: "催办", From: asked, By: desk, Only: []string{ToChase}, Clears: []string{ToChase},
			Effect: "逾期还没有回复的，催它抓紧。催过的都留着。", Needs: []workflow.Need{reason()}, Tells: []workflow.Tell{{Template: "chased", To: letter.ToUnit}},
		},
		{
			Action: Withdraw, Aside: true, Label: "收回", Done: "已经收回", Title: "收回", From: live, To: Withdrawn, By: desk, Stops: terms, Clears: []string{ToChase},
			Effect: "不再等这个单位。已经答的留着。单位看得到理由。", Needs: []workflow.Need{reason()}, Tells: toUnit, Hard: true,
		},
		{
			Action: GiveUp, Aside: true, Quiet: true, Sign: workflow.Refused, Label: "到期没有回复，不再等", Done: "已经记下到期没有回复", Title: "到期没有回复，不再等", From: asked, To: Lapsed, By: desk, Only: []string{Late}, Stops: terms, Clears: []string{ToChase},
			Effect: "过了最后一天还没有答全的，不再等，投诉照样往下办。已经答的留着。", Needs: []workflow.Need{reason()}, Tells: toUnit, Hard: true,
		},
		{
			Action: Remind, News: "快到期了", Label: "提醒快到期", Title: "快到期了", From: asked, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.UnitAssists, Before: 2}, Tells: []workflow.Tell{{Template: "due_soon", To: letter.ToUnit}},
		},
		{
			Action: Remind, News: "快到期了", Label: "提醒快到期", Title: "快到期了", From: asked, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.UnitConsulted, Before: 2}, Tells: []workflow.Tell{{Template: "due_soon", To: letter.ToUnit}},
		},
		overdue(clock.UnitAssists), overdue(clock.UnitConsulted),
		{
			Action: EndByItself, News: "不用再回了", Label: "不用再回", Title: "不用再回：要查的事已经有了结果", From: live, To: Over, By: system, Hidden: true, Stops: terms, Clears: []string{ToChase},
			Timed: workflow.Timed{Fact: notNeeded}, Tells: toUnit,
		},
		{
			Action: workflow.Recount, Label: "重算期限", Title: "期限按新的放假安排重算", From: asked, By: system, Hidden: true,
		},
	}...),
}

// overdue says of a clock that a unit is late, which waits for the desk from then on.
func overdue(code clock.Code) workflow.Move {
	return workflow.Move{
		Action: TellOverdue, News: "逾期了", Sign: workflow.Asking, Label: "提醒逾期", Title: "逾期了，建议催办", From: asked, By: system, Hidden: true, Sets: []string{Late, ToChase}, Timed: workflow.Timed{Clock: code},
		Tells: []workflow.Tell{{Template: "overdue", To: letter.ToUnit}, {Template: "overdue", To: letter.ToDesk}},
	}
}

// answering are the rows of the asked unit. To a 协查 whoever works there answers; what the
// unit thinks is for its head to say, from what was drafted for them or without.
func answering() []workflow.Move {
	said := workflow.Need{Name: "note", Label: "回复", Hint: "监督办公室看得到；承办单位可能也看得到。", Kind: workflow.AskText, Max: 5000, Ask: "请写回复"}
	one := workflow.Move{
		Action: Answer, Leads: true, Quiet: true, News: "单位回复了", Sign: workflow.Met, Label: "回复", Done: "回复已经送出", Title: "单位回复", From: asked, MayLead: []workflow.State{Answered}, By: units, Unit: workflow.LeadUnit, Only: []string{assists},
		Effect: "送监督办公室，送出后不能改。各项都答了，这一件就办完了。", Needs: []workflow.Need{request.AnsweredNeed, said, doubted}, Tells: []workflow.Tell{{Template: "inquiry_answered", To: letter.ToDesk}},
	}
	heads := one
	heads.By, heads.Only, heads.Label = head, []string{consults}, "确认并回复意见"
	drafting := workflow.Need{Name: "note", Label: "意见稿", Hint: "给本单位负责人，由他确认、送出。", Kind: workflow.AskText, Max: 5000, Ask: "请写意见稿"}
	return []workflow.Move{
		one, heads,
		{
			Action: Draft, Leads: true, Quiet: true, News: "意见稿写好了", Label: "起草意见", Done: "意见稿已经送本单位负责人", Title: "起草意见", From: asked, By: []workflow.Role{staff.Handler}, Unit: workflow.LeadUnit, Only: []string{consults},
			Effect: "由本单位负责人确认、送出；他可以改。", Needs: []workflow.Need{drafting, doubted},
		},
	}
}
