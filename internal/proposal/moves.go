package proposal

import (
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/ladder"
	"zhengxin/internal/law"
	"zhengxin/internal/letter"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a proposal stands.
const (
	Filed        workflow.State = "filed"
	Assigned     workflow.State = "assigned"
	Objected     workflow.State = "objected"
	Handling     workflow.State = "handling"
	Drafted      workflow.State = "drafted"
	Replied      workflow.State = "replied"
	Served       workflow.State = "served"
	Dissatisfied workflow.State = "dissatisfied"
	Reopened     workflow.State = "reopened" // what it was promised was not done
	FedBack      workflow.State = "fed_back"
	Silent       workflow.State = "silent" // its signers said nothing of the answer until the term was over
	Published    workflow.State = "published"
	Archived     workflow.State = "archived"
	Divided      workflow.State = "divided"
	Withdrawn    workflow.State = "withdrawn"
)

// What may be done to a proposal.
const (
	Enter          workflow.Action = "enter_proposal"
	HandOver       workflow.Action = "hand_over"
	Divide         workflow.Action = "divide"
	EnterPart      workflow.Action = "enter_part"
	Sign           workflow.Action = "sign"
	CoSign         workflow.Action = "co_sign"
	CoOpinion      workflow.Action = "co_opinion"
	Object         workflow.Action = "object"
	AgreeReturn    workflow.Action = "agree_return"
	RefuseReturn   workflow.Action = "refuse_return"
	Recall         workflow.Action = "recall"
	Lengthen       workflow.Action = "lengthen"
	Consult        workflow.Action = "consult"
	AnswerInterim  workflow.Action = "answer_interim"
	DraftAnswer    workflow.Action = "draft_answer"
	ReturnAnswer   workflow.Action = "return_answer"
	Reply          workflow.Action = "reply"
	VoidPaper      workflow.Action = document.Void
	Serve          workflow.Action = "serve"
	ServeOnline    workflow.Action = "serve_online"
	Agree          workflow.Action = "agree"
	Disagree       workflow.Action = "disagree"
	RemindFeedback workflow.Action = "remind_feedback"
	LapseFeedback  workflow.Action = "lapse_feedback"
	TakeUpAgain    workflow.Action = "take_up_again"
	EndDisagreed   workflow.Action = "end_disagreed"
	Publish        workflow.Action = "publish"
	TakeDown       workflow.Action = "take_down"
	Archive        workflow.Action = "archive"
	Withdraw       workflow.Action = "withdraw"
	Leave          workflow.Action = "leave"
	MarkKey        workflow.Action = "mark_key"
	Note                           = workflow.Note
)

// Flags of a proposal.
const (
	Deputies  = "npc"   // of deputies of the people's congress
	Committee = "cppcc" // of members of the political consultative committee
	Key       = "key"   // 重点督办
	Consulted = "consulted"
	Redone    = "redone"  // handled again since somebody was dissatisfied
	Public    = "public"  // its signers let something of the answer that was served last be published
	Shown     = "shown"   // it stands on the portal
	Online    = "online"  // all who signed and did not leave agree that it is served on the portal: a fact
	Unheard   = "unheard" // they said nothing of that answer until the term was over
)

// Leading is the part of whoever leads those who propose; the view member_part has the same.
const Leading = "lead"

// MostPoints is how many points a proposal may have.
const MostPoints = 12

// pointFlag is set where a proposal has a point of that number.
func pointFlag(no int) string { return "point_" + strconv.Itoa(no) }

// Classes are what an answer may be to a point. D, which some places have for what is
// only for reference, is none here: C says the same.
var Classes = []workflow.Option{
	{Value: "A", Label: "A 已经解决、基本解决或者采纳"}, {Value: "B", Label: "B 正在解决，或者列入计划"}, {Value: "C", Label: "C 受条件限制，暂时不能解决，或者留作参考"},
}

// Opinions are how content somebody is.
var Opinions = []workflow.Option{{Value: "satisfied", Label: "满意"}, {Value: "basic", Label: "基本满意"}, {Value: "dissatisfied", Label: "不满意"}}

// content are the opinions of whoever is not dissatisfied.
var content = Opinions[:2]

// Consents are what its signers let be published.
var Consents = []workflow.Option{
	{Value: "full", Label: "建议和答复全文公开"}, {Value: "outcome", Label: "只公开题目、承办单位和办理结果"}, {Value: "none", Label: "不公开"},
}

var (
	desk      = []workflow.Role{staff.Registrar, staff.Supervisor}
	superior  = []workflow.Role{staff.Supervisor, staff.Leader}
	units     = []workflow.Role{staff.Handler, staff.UnitHead}
	head      = []workflow.Role{staff.UnitHead}
	publisher = []workflow.Role{staff.Publisher}
	everyone  = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Handler, staff.UnitHead, staff.Publisher}

	withUnit   = []workflow.State{Assigned, Handling, Drafted}
	beforeSent = []workflow.State{Assigned, Objected, Handling, Drafted, Dissatisfied}
	underWay   = []workflow.State{Filed, Assigned, Objected, Handling, Drafted, Replied, Served, Dissatisfied, Reopened, FedBack, Silent, Published}
	running    = append([]workflow.State{Archived}, underWay...) // a clock may run
	all        = append([]workflow.State{Archived, Divided, Withdrawn}, underWay...)

	// The terms of the answer, by whose proposal it is and how hard.
	answering = []clock.Code{clock.DeputyAnswer, clock.DeputyAnswerHard, clock.CommitteeAnswer, clock.CommitteeAnswerHard, clock.AnswerAgain}
	stopped   = append([]clock.Code{clock.CoAnswer, clock.ProposalReturn, clock.Supervised}, answering...) // once the answer is with whoever signed the proposal
)

// pressing is how a unit is pressed that is late, as with complaints.
var pressing = ladder.Course{With: []workflow.State{Assigned, Objected, Handling, Drafted, Replied, Dissatisfied}, Signed: []workflow.State{Drafted}, Answers: answering, To: "代表、委员"}

func words(name, label, hint, ask string, limit int) workflow.Need {
	return workflow.Need{Name: name, Label: label, Hint: hint, Kind: workflow.AskText, Max: limit, Ask: ask}
}

func toMembers(template string) workflow.Tell {
	return workflow.Tell{Template: template, To: letter.ToMembers}
}

func toDesk(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToDesk}}
}

// Law is the move table of a proposal.
var Law = &workflow.Table{
	Kind: "proposal",
	Noun: "建议提案", Outsider: "代表、委员",
	Unit: workflow.Owner,
	States: []workflow.StateInfo{
		{State: Filed, Word: "待交办", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Assigned, Word: "待签收", Sign: workflow.HandedOn, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Objected, Word: "申请退件", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "核实退件"},
		{State: Handling, Word: "办理中", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLead, Task: "面商、写答复"},
		{State: Drafted, Word: "答复待签发", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLeadHead},
		{State: Replied, Word: "待送达", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Served, Word: "等反馈", Sign: workflow.Met, Phase: workflow.Waiting, With: workflow.WithOutsider},
		{State: Dissatisfied, Word: "不满意，待重办", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Reopened, Word: "承诺没有办到", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithLead, Task: "办到、说明承诺"},
		{State: FedBack, Word: "已反馈", Sign: workflow.Met, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "公开、归档"},
		{State: Silent, Word: "未反馈", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Published, Word: "已公开", Sign: workflow.Shown, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Archived, Word: "已归档", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Divided, Word: "已分办", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: Withdrawn, Word: "已撤案", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Flags: workflow.Merge(promise.Flags, ladder.Flags, workflow.HelpedFlags, map[string]string{
		"!" + Deputies: "这一件不是代表建议。", "!" + Committee: "这一件不是政协提案。",
		"!" + Consulted: "还没有记下面商：先同代表、委员沟通，听取意见，再写答复（《代表法》第五十一条）。",
		Redone:          "已经重办过一次。",
		"!" + Redone:    "还没有重办过，先由承办单位重新办理。",
		"!" + Public:    "代表、委员没有同意公开。",
		"!" + Online:    "提的人里，有人没有开通账号，或者没有同意网上送达。",
		"!" + Shown:     "现在没有公开。",
		Shown:           "已经公开。",
		"!" + Unheard:   "反馈已经录入过。",
		Key:             "已经列为重点督办。",
	}),
	Facts: facts(),
	Owes:  owes(),
	Seen: map[string]workflow.Seen{
		"version": {SQL: newestVersion, Changed: "没有签发。答复稿现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再签。"},
		"draft":   {SQL: newestVersion, Changed: "没有办。答复稿现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再办。您写的内容还在下面，没有丢。"},
		"digest": {SQL: `coalesce((SELECT d.digest FROM document d WHERE d.matter_id = m.id ORDER BY d.seq DESC LIMIT 1), '')`,
			Changed: "没有记下。送达的答复和页面上的不是同一份，请重新打开本页。"},
	},
	Moves: concat(assigningMoves(), handlingMoves(), answeringMoves(), closingMoves(), workflow.Assigning(pressing.With, beforeSent), []workflow.Move{changingCo()}, course.Moves(), pressing.Moves()),
}

// facts are what follows from something else: of its promises, and of whom its answer
// reaches on the portal.
func facts() map[string]string {
	all := workflow.Merge(promise.Facts, workflow.HelpedFacts, pressing.Facts())
	all[Online] = `(m.state = 'replied' AND NOT EXISTS (SELECT FROM proposal_signer os WHERE os.matter_id = m.id
		AND NOT EXISTS (SELECT FROM proposal_leaving ol WHERE ol.matter_id = os.matter_id AND ol.no = os.no)
		AND NOT EXISTS (SELECT FROM member_reached om WHERE om.matter_id = os.matter_id AND om.member_id = os.member_id AND om.online)))`
	return all
}

// owes says what its signers are owed at the end of each term of the answer.
func owes() map[clock.Code]string {
	all := map[clock.Code]string{}
	for _, code := range answering {
		all[code] = "答复您"
	}
	return all
}

const newestVersion = `(SELECT coalesce(max(a.version), 0)::text FROM proposal_answer a WHERE a.matter_id = m.id)`

func concat(lists ...[]workflow.Move) (all []workflow.Move) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// course is where it stands while something of it is promised. Whoever answers, or waits
// for what is said of the answer, goes on with that first.
var course = promise.Course{
	Open: []workflow.State{Filed, Assigned, Objected, Handling, Drafted, Replied, Served, Dissatisfied},
	Rest: []workflow.State{FedBack, Silent, Published, Archived}, Reopened: Reopened, To: "代表、委员", Letter: letter.ToMembers,
}

// enterNeeds are what is written down of a proposal when it comes from its body.
var enterNeeds = []workflow.Need{
	{Name: "source", Label: "是哪一种", Kind: workflow.AskChoice, Options: Sources, Ask: "请选是哪一种"},
	{Name: "term", Label: "第几届", Hint: "例如 16，或者 十六", Kind: workflow.AskLine, Max: 8, Ask: "请写第几届"},
	{Name: "meeting", Label: "第几次会议", Hint: "闭会期间提的不用写", Kind: workflow.AskLine, Max: 8, Optional: true},
	{Name: "serial", Label: "第几号", Kind: workflow.AskLine, Max: 8, Ask: "请写第几号"},
	{Name: "title", Label: "题目", Hint: "例如：关于限期付清村道工程款的建议", Kind: workflow.AskLine, Max: 80, Ask: "请写题目"},
	{Name: "content", Label: "案由和分析", Kind: workflow.AskText, Max: 10000, Ask: "请写案由"},
	{Name: "points", Label: "建议分几点", Hint: "一行一点，答复时逐点回答，最多 12 点", Kind: workflow.AskText, Max: 5000, Ask: "请把建议写成几点，一行一点，至少一点"},
	{Name: "signers", Label: "谁提的", Hint: "领衔的写在第一个，联名的接着写，用顿号隔开。名册里同名的，在名字后面写证号", Kind: workflow.AskText, Max: 1000, Ask: "请写是谁提的"},
	{Name: "unlisted", Label: "名册里对不上", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "看过了，照写的登记"}}},
}

// assigningMoves lead from the proposal as it came to the unit that works on it.
func assigningMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Enter, Writes: true, Label: "登记建议提案", Done: "已经登记", Title: "登记", To: Filed, By: desk, Hidden: true, Apart: true,
			Needs: enterNeeds, Effect: "登记以后交办；答复期限从交办那天起算。",
		},
		{
			Action: EnterPart, Writes: true, Label: "分办立件", Title: "分办", To: Filed, By: desk, Hidden: true, Apart: true,
		},
		{
			Action: HandOver, Leads: true, Gives: true, Sign: workflow.HandedOn, Label: "交办", Done: "已经交办", Effect: "交给主办单位和会办单位，答复期限从今天起算。退件后再交办的，期限照走。",
			From: []workflow.State{Filed}, To: Assigned, By: desk,
			Needs: []workflow.Need{
				{Name: "lead", Label: "主办单位", Kind: workflow.AskUnit, From: workflow.FromHandling, Ask: "请选主办单位"},
				{Name: "co", Label: "会办单位", Kind: workflow.AskUnits, From: workflow.FromHandling, Optional: true, Said: "，{}会办"},
				{Name: "hard", Label: "答复期限", Kind: workflow.AskChoice, Options: []workflow.Option{
					{Value: "no", Label: "3 个月"}, {Value: "yes", Label: "6 个月：涉及面广、处理难度大"},
				}, Ask: "请选答复期限"},
				{Name: "note", Label: "办理要求", Kind: workflow.AskText, Max: 2000, Optional: true},
				{Name: "anyway", Label: "这个单位没有人能办", Kind: workflow.AskChoice, Optional: true, Doubt: true,
					Options: []workflow.Option{{Value: "yes", Label: "仍然交给它，另外通知它指定人"}}},
			},
			MayStart: []clock.Code{clock.DeputyAnswer, clock.DeputyAnswerHard, clock.CommitteeAnswer, clock.CommitteeAnswerHard, clock.CoAnswer},
			Arrives:  []clock.Code{clock.ProposalReturn}, Public: "已交{lead}主办{co}，{term}。",
		},
		{
			Action: Divide, Aside: true, Sign: workflow.HandedOn, Label: "分办", Done: "已经分办", Effect: "几个单位各办各的、各自答复：每个单位立一件，带着归它的几点，接着分别交办。本件到此为止。",
			From: []workflow.State{Filed}, To: Divided, By: desk, Needs: divideNeeds(), Public: "分给{units}分别办理、分别答复。", Hard: true,
		},
		{
			Action: Recall, Many: true, Heading: "收回交办", Aside: true, Recalls: true, Label: "收回，另行交办", Done: "已经收回", Title: "收回交办", Effect: "交错了的，收回来另交。答复期限照走。",
			From: append([]workflow.State{Dissatisfied}, withUnit...), To: Filed, By: desk, Needs: []workflow.Need{words("note", "为什么收回", "", "请写为什么收回", 1000)},
			Stops: []clock.Code{clock.ProposalReturn, clock.CoAnswer, clock.Supervised}, Clears: append([]string{Consulted}, ladder.Proposed...), Public: "已经收回，另交单位办理。",
		},
		{
			Action: Lengthen, Aside: true, Label: "改为 6 个月答复", Done: "答复期限已经改为 6 个月", Title: "答复期限改为 6 个月", Effect: "涉及面广、处理难度大的：从交办那天起 6 个月。要写理由，代表、委员看得到。",
			From: []workflow.State{Assigned, Objected, Handling}, By: superior, Never: []string{Redone},
			Stops: []clock.Code{clock.DeputyAnswer, clock.CommitteeAnswer}, MayStart: []clock.Code{clock.DeputyAnswerHard, clock.CommitteeAnswerHard},
			Needs: []workflow.Need{words("public", "为什么要 6 个月", "", "请写理由", 1000)}, Public: "涉及面广、处理难度大，改为交办之日起 6 个月内答复：{public}",
		},
		{
			Action: MarkKey, Aside: true, Label: "列为重点督办", Done: "已经列为重点督办", Effect: "主任会议、主席会议确定的重点督办件：列表里有标记，由督办员盯办（《代表法》第五十二条）。",
			From: []workflow.State{Filed, Assigned, Objected, Handling, Drafted}, By: superior, Never: []string{Key}, Sets: []string{Key}, Public: "列为重点督办。",
			Needs: []workflow.Need{words("note", "由哪次会议确定、谁领办", "", "请写由哪次会议确定", 500)},
		},
	}
}

// divideNeeds ask for the unit of each point.
func divideNeeds() (needs []workflow.Need) {
	for no := 1; no <= MostPoints; no++ {
		needs = append(needs, workflow.Need{
			Name: "unit_" + strconv.Itoa(no), Label: "第 " + strconv.Itoa(no) + " 点归谁办", Kind: workflow.AskUnit, From: workflow.FromHandling,
			Only: []string{pointFlag(no)}, Ask: "请选第 " + strconv.Itoa(no) + " 点归哪个单位办",
		})
	}
	return needs
}

// handlingMoves are what the units do until they write the answer.
func handlingMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Sign, Many: true, Heading: "主办单位签收", Leads: true, Marks: workflow.MarkSigned, Label: "签收", Done: "已经签收", Title: "主办单位签收", Effect: "开始办理。认为不该本单位办的，在期限以前可以申请退件。",
			From: []workflow.State{Assigned}, To: Handling, By: units, Unit: workflow.LeadUnit,
			Stops: []clock.Code{clock.ProposalReturn}, Starts: []clock.Code{clock.ProposalReturn}, Public: "主办单位已经签收。",
		},
		{
			Action: CoSign, Many: true, Leads: true, Marks: workflow.MarkSigned, Label: "签收（会办）", Done: "已经签收", Title: "会办单位签收", Effect: "记下本单位已经收到。", From: beforeSent, By: units, Unit: workflow.CoUnit,
		},
		{
			Action: CoOpinion, Leads: true, Marks: workflow.MarkOpinion, Label: "送会办意见", Done: "会办意见已经送出", Effect: "送给主办单位。交办起 " + clock.CoAnswer.Length() + "内送，主办单位答复要用。", From: beforeSent, By: units, Unit: workflow.CoUnit,
			Needs: []workflow.Need{words("note", "会办意见", "", "请写会办意见", 5000)},
		},
		{
			Action: Object, News: "承办单位申请退件", Aside: true, Sign: workflow.Asking, Label: "申请退件", Done: "已经申请退件", Effect: "收到起 " + clock.ProposalReturn.Length() + "内书面提出，写明理由和该归谁；自己不能转给别的单位。交办的人同意才能退。",
			Within: workflow.Term{Clock: clock.ProposalReturn, Over: "退件的期限到{day}，已经过了。", Used: "已经申请过退件，或者已经答复过，不能再申请。"},
			From:   []workflow.State{Assigned, Handling}, To: Objected, By: units, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("note", "为什么不该本单位办、建议哪个单位办", "", "请详细写明理由", 2000)},
			Stops: []clock.Code{clock.ProposalReturn}, Tells: toDesk("proposal_objected"), Public: "主办单位提出不该由它办理，正在核实。",
		},
		{
			Action: AgreeReturn, Leads: true, Recalls: true, Label: "同意退件", Done: "已经同意退件", Effect: "收回来另行交办，答复期限照走。", From: []workflow.State{Objected}, To: Filed, By: desk,
			Needs: []workflow.Need{words("note", "核实的情况", "", "请写核实的情况", 1000)}, Stops: []clock.Code{clock.CoAnswer, clock.Supervised}, Clears: append([]string{Consulted}, ladder.Proposed...), Public: "经核实，改交其他单位办理。",
		},
		{
			Action: RefuseReturn, News: "退件没有同意", Label: "不同意退件", Done: "已经退回原单位办理", Effect: "仍由它办理，期限照走。", From: []workflow.State{Objected}, To: Handling, By: desk,
			Needs: []workflow.Need{words("note", "不同意的理由", "", "请写不同意的理由", 1000)}, Public: "经核实，仍由原单位办理。",
		},
		{
			Action: Consult, Heading: "面商", Label: "记下面商", Done: "面商已经记下", Title: "面商", Effect: "先沟通、后答复：同代表、委员当面商量过，才能写答复。几次都可以记。代表、委员看得到。", From: []workflow.State{Handling}, By: units, Unit: workflow.LeadUnit, Sets: []string{Consulted},
			Needs: []workflow.Need{
				{Name: "held_on", Label: "哪一天", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正见面或者通话的那一天", Ask: "请写哪一天面商的"},
				{Name: "how", Label: "怎样面商的", Kind: workflow.AskChoice, Options: []workflow.Option{
					{Value: "visit", Label: "上门走访"}, {Value: "meeting", Label: "座谈、请进来"}, {Value: "site", Label: "一同到现场"}, {Value: "phone", Label: "电话"},
				}, Ask: "请选怎样面商的"},
				words("public", "代表、委员说了什么，单位怎样答的", "代表、委员会原样看到。", "请写面商的情况", 3000),
			},
			Public: "{held_on}{how}面商：{public}",
		},
		{
			Action: AnswerInterim, Heading: "阶段进展", Aside: true, Label: "答复阶段进展", Done: "阶段进展已经告诉代表、委员", Title: "阶段进展", Effect: "办到哪一步、还要多久。这不是答复：答复期限照走，也不能代替正式答复。", From: []workflow.State{Handling}, By: head, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("public", "办到了哪一步，下一步做什么", "代表、委员会原样看到。", "请写办到了哪一步", 3000)}, Public: "阶段进展（不是正式答复）：{public}",
		},
	}
}

// answerNeeds are the parts of an answer: what was done, and a reply to each point.
func answerNeeds() []workflow.Need {
	needs := []workflow.Need{words("summary", "办理情况", "怎样办的、查明了什么。代表、委员会看到，同意公开的所有人都会看到。", "请写办理情况", 5000)}
	for no := 1; no <= MostPoints; no++ {
		of, only := "第 "+strconv.Itoa(no)+" 点", []string{pointFlag(no)}
		needs = append(needs,
			workflow.Need{Name: "class_" + strconv.Itoa(no), Label: of + "：类别", Kind: workflow.AskChoice, Options: Classes, Only: only, Ask: "请选" + of + "的类别"},
			workflow.Need{Name: "reply_" + strconv.Itoa(no), Label: of + "：答复", Kind: workflow.AskText, Max: 3000, Only: only, Ask: "请写" + of + "的答复"},
			workflow.Need{Name: "by_" + strconv.Itoa(no), Label: of + "：哪一天以前办到", Hint: "B 类必须写，到期自动跟踪；A 类、C 类不写", Kind: workflow.AskDate, Day: workflow.ToCome, Reach: 60, Only: only, Optional: true},
		)
	}
	basis := law.Hinted("有 C 类的要选：办不了的，依据哪一条；单子里没有的，写在下面“其他依据”里。别的可以不选。")
	basis[0].Optional = true // what is promised or done needs no other basis than that
	return append(append(needs, basis...), workflow.Need{Name: "contact", Label: "联系人和电话", Kind: workflow.AskLine, Max: 60, Ask: "请写联系人和电话"})
}

// answeringMoves write, sign and serve the answer.
func answeringMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: DraftAnswer, Over: "draft", Leads: true, Writes: true, Label: "写答复", Done: "答复稿已经送签", Title: "答复稿写好", Effect: "逐点答复，分 A、B、C 类。送本单位主要负责人签发。", From: []workflow.State{Handling, Drafted}, To: Drafted,
			By: units, Unit: workflow.LeadUnit, Only: []string{Consulted}, Needs: answerNeeds(), Ahead: "先面商，再逐点写答复。",
			After: workflow.Term{Clock: clock.CoAnswer, Over: "会办意见还没有收齐。到{day}还没有送来的，可以不等。"},
		},
		{
			Action: ReturnAnswer, Over: "draft", News: "负责人退回重写", Decides: true, Label: "退回重写", Done: "答复稿已经退回重写", Effect: "回到承办人，期限照走。", From: []workflow.State{Drafted}, To: Handling, By: head, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("note", "要改哪里", "", "请写明要改哪里", 2000)},
		},
		replying(Deputies, document.DeputyReply),
		replying(Committee, document.CommitteeReply),
		{
			Action: VoidPaper, News: "答复作废，退回重写", Aside: true, Label: "作废，重新写", Done: "答复已经作废", Title: "答复作废", Effect: "还没有送达，写错了的：文号作废，回到承办人。", From: []workflow.State{Replied}, To: Handling, By: head, Unit: workflow.LeadUnit, MayStart: []clock.Code{clock.Promise},
			Needs: []workflow.Need{words("note", "作废的理由", "", "请写作废的理由", 2000)},
		},
		{
			Action: Serve, Heading: "答复送达", Leads: true, Seen: "digest", Ahead: "联名的逐人送达。", Label: "记下送达", Done: "送达已经记下", Title: "送达", Effect: "领衔的和联名的都要送到，写最后一位收到的那一天。答复期限到此停表，等代表、委员反馈。", From: []workflow.State{Replied}, To: Served, By: units, Unit: workflow.LeadUnit,
			Needs: register.ServiceNeeds, Stops: stopped, Starts: []clock.Code{clock.Feedback}, Sets: []string{register.Answered}, Clears: append([]string{Public, Unheard}, ladder.Waiting...), Tells: []workflow.Tell{toMembers("proposal_served")}, Public: "答复已经送达。",
		},
		{
			Action: ServeOnline, Heading: "答复送达", Leads: true, Quiet: true, Seen: "digest", Label: "网上送达", Done: "已经网上送达", Title: "网上送达", Effect: "领衔的和联名的都同意网上送达：按下以后，答复马上出现在他们的页面上，并发信告诉他们，今天就算送到。答复期限到此停表，等代表、委员反馈。",
			From: []workflow.State{Replied}, To: Served, By: units, Unit: workflow.LeadUnit, Only: []string{Online},
			Stops: stopped, Starts: []clock.Code{clock.Feedback}, Sets: []string{register.Answered}, Clears: append([]string{Public, Unheard}, ladder.Waiting...), Tells: []workflow.Tell{toMembers("proposal_served")}, Public: "答复已经网上送达。",
		},
	}
}

// replying is the signature of the unit's head, which makes the answer one sort of document.
func replying(of string, kind document.Kind) workflow.Move {
	return workflow.Move{
		Action: Reply, Leads: true, Decides: true, Quiet: true, Seen: "version", Ahead: "由承办单位主要负责人签发，写答复的人不能自己签。", Label: "签发答复", Done: "答复已经签发", Title: "签发答复",
		Effect: "取文号，答复定稿，以后一个字也不能改。B 类写明的日子从此就是承诺，到期没有办到会公开。接着逐人送达。", From: []workflow.State{Drafted}, To: Replied, By: head, Unit: workflow.LeadUnit,
		NotBy: []workflow.Action{DraftAnswer}, Only: []string{of}, Issues: string(kind), MayStart: []clock.Code{clock.Promise}, Hard: true,
	}
}

// opinionNeeds are the answers to 征询意见表.
func opinionNeeds(opinions []workflow.Option, more ...workflow.Need) []workflow.Need {
	return append([]workflow.Need{
		{Name: "attitude", Label: "对办理态度", Kind: workflow.AskChoice, Options: opinions, Ask: "请选对办理态度满不满意"},
		{Name: "result", Label: "对办理结果", Kind: workflow.AskChoice, Options: opinions, Ask: "请选对办理结果满不满意"},
		{Name: "consent", Label: "能不能公开", Kind: workflow.AskChoice, Options: Consents, Ask: "请选能不能公开"},
	}, more...)
}

// answered are who wrote, signed or brought the answer: they do not write down what is
// said of it.
var answered = []workflow.Action{Consult, DraftAnswer, Reply, Serve, ServeOnline}

// late is what comes after the term of the feedback: nobody's silence is final while the
// proposal is not filed away. Those that were silent before that was a state stand where
// the flag alone tells them.
func late(m workflow.Move) workflow.Move {
	m.From, m.Only, m.Aside, m.Quiet = []workflow.State{Silent, FedBack}, []string{Unheard}, true, true
	return m
}

// own is the same said by whoever leads those who propose: they speak for all who signed, as
// on 征询意见表.
func own(m workflow.Move, label string) workflow.Move {
	m.By, m.Parts, m.NotBy, m.Label, m.Done = []workflow.Role{staff.Member}, []string{Leading}, nil, label, "您的反馈已经收到"
	m.Effect, m.Needs = ownEffect[m.Action], slices.Clone(m.Needs)
	for i := range m.Needs {
		m.Needs[i].Label = strings.ReplaceAll(m.Needs[i].Label, "代表、委员", "您") // the desk says whose they are
	}
	return m
}

var ownEffect = map[workflow.Action]string{
	Agree:    "联名的合起来反馈一次，由领衔的填。交上以后不能再改。",
	Disagree: "态度和结果有一样不满意，就选这个：交原承办单位重新办理，另有期限。联名的合起来反馈一次，由领衔的填。",
}

// takingDown ends the publication, wherever the proposal has got to since.
func takingDown(from []workflow.State, to workflow.State) workflow.Move {
	return workflow.Move{
		Action: TakeDown, Aside: true, Quiet: true, Label: "撤下公开", Done: "公开已经撤下", Title: "撤下公开", Effect: "门户网站马上撤下，只留撤下的日期。",
		From: from, To: to, By: publisher, Only: []string{Shown}, Clears: []string{Shown}, Needs: []workflow.Need{words("note", "撤下的理由", "", "请写撤下的理由", 2000)},
	}
}

// closingMoves are what its signers say of the answer, and what follows.
func closingMoves() []workflow.Move {
	agree := workflow.Move{
		Action: Agree, Heading: "反馈", News: "代表、委员反馈了", Label: "录入反馈：满意、基本满意", Done: "反馈已经录入", Title: "反馈", Effect: "照征询意见表录入。承办单位不能替代表、委员填。", From: []workflow.State{Served}, To: FedBack, By: desk, NotBy: answered,
		Needs: opinionNeeds(content, workflow.Need{Name: "public", Label: "代表、委员的话", Kind: workflow.AskText, Max: 2000, Optional: true}), Stops: []clock.Code{clock.Feedback}, Clears: []string{Public, Unheard}, Public: "反馈：态度{attitude}，结果{result}。{public}",
	}
	disagree := workflow.Move{
		Action: Disagree, Heading: "反馈不满意", News: "代表、委员不满意", Sign: workflow.Asking, Label: "录入反馈：不满意", Done: "反馈已经录入，交承办单位重新办理", Title: "反馈不满意", Effect: "交原承办单位重新办理，另有期限。", From: []workflow.State{Served}, To: Dissatisfied, By: desk, NotBy: answered,
		Needs: opinionNeeds(Opinions, words("public", "哪里不满意", "承办单位会原样看到。", "请写哪里不满意", 2000)),
		Stops: []clock.Code{clock.Feedback}, Starts: []clock.Code{clock.AnswerAgain}, Clears: []string{Public, Unheard}, Tells: toDesk("proposal_disagreed"), Public: "反馈：态度{attitude}，结果{result}。{public}",
	}
	return []workflow.Move{
		agree, disagree, late(agree), late(disagree),
		own(agree, "满意、基本满意"), own(disagree, "不满意"), own(late(agree), "满意、基本满意"), own(late(disagree), "不满意"),
		{
			Action: RemindFeedback, Label: "提醒反馈", From: []workflow.State{Served}, By: []workflow.Role{staff.System}, Hidden: true,
			Timed: workflow.Timed{Clock: clock.Feedback, Before: 7}, Tells: append(toDesk("proposal_unheard"), toMembers("proposal_unheard")), Public: "还没有收到反馈。",
		},
		{
			Action: LapseFeedback, Label: "没有收到反馈", From: []workflow.State{Served}, To: Silent, By: []workflow.Role{staff.System}, Hidden: true,
			Timed: workflow.Timed{Clock: clock.Feedback, Told: RemindFeedback}, Sets: []string{Unheard}, Public: "到期没有收到反馈，记为未反馈，不算满意。",
		},
		{
			Action: TakeUpAgain, Leads: true, Label: "重新办理", Done: "已经重新办理", Effect: "先再面商，再重新答复；期限已经在走。", From: []workflow.State{Dissatisfied}, To: Handling, By: units, Unit: workflow.LeadUnit,
			Sets: []string{Redone}, Clears: []string{Consulted}, Public: "承办单位重新办理。",
		},
		{
			Action: EndDisagreed, Aside: true, Heading: "结束办理", Label: "重办后仍不满意，结束办理", Done: "已经结束办理", Title: "结束办理", Effect: "重办过仍然不满意、再办也没有用的：写明情况，报交办的机关。照原样记为不满意。", From: []workflow.State{Dissatisfied}, To: FedBack, By: superior, Only: []string{Redone},
			Needs: []workflow.Need{words("public", "为什么不再办、报了哪里", "代表、委员会原样看到。", "请写为什么不再办", 2000)}, Stops: []clock.Code{clock.AnswerAgain}, Public: "重办后仍不满意，结束办理：{public}", Hard: true,
		},
		{
			Action: Publish, Leads: true, Sign: workflow.Shown, Label: "公开办理情况", Done: "办理情况已经公开", Title: "公开", Effect: "照代表、委员同意的范围，在门户网站公开（《代表法》第五十一条）。", From: []workflow.State{FedBack, Silent}, To: Published, By: publisher, Only: []string{Public}, Sets: []string{Shown}, Ahead: "同意公开的公开。",
		},
		{ // taken down while a promise was owed, it stands where it stood and can be published anew
			Action: Publish, Aside: true, Quiet: true, Sign: workflow.Shown, Label: "公开办理情况", Done: "办理情况已经公开", Title: "公开", Effect: "照代表、委员同意的范围，在门户网站公开（《代表法》第五十一条）。", From: []workflow.State{Published}, By: publisher, Only: []string{Public}, Never: []string{Shown}, Sets: []string{Shown},
		},
		takingDown([]workflow.State{Published}, FedBack), takingDown([]workflow.State{Archived, Reopened}, ""),
		{
			Action: Archive, Leads: true, Sign: workflow.Finished, Label: "归档", Done: "已经归档", Effect: "办理结束。公开的照样公开；答应了还没到期的事，继续跟踪。", From: []workflow.State{FedBack, Silent, Published}, To: Archived, By: desk,
		},
		{
			Action: Withdraw, Aside: true, Recalls: true, Label: "撤案", Done: "已经撤案", Effect: "提的人都撤回了，或者办理机构决定撤案、并案的。写明是谁要求的。", From: []workflow.State{Filed, Assigned, Objected, Handling, Drafted}, To: Withdrawn, By: desk,
			Needs: []workflow.Need{words("public", "谁要求的、为什么", "代表、委员会原样看到。", "请写谁要求的、为什么", 1000)}, Stops: append([]clock.Code{clock.CoAnswer, clock.ProposalReturn, clock.Promise}, answering...), Public: "撤案：{public}", Hard: true,
		},
		{
			Action: Leave, Aside: true, Label: "联名人退出", Done: "退出已经记下", Title: "联名人退出", Effect: "一位联名人要求退出；领衔的退出，下一位接上。全部退出的，请用撤案。", From: []workflow.State{Filed, Assigned, Objected, Handling, Drafted, Replied, Served}, By: desk,
			Needs: []workflow.Need{
				{Name: "who", Label: "谁退出", Hint: "照名单写姓名", Kind: workflow.AskLine, Max: 60, Ask: "请写谁退出"},
				words("note", "怎样提出的", "例如：某月某日电话、书面。", "请写怎样提出的", 500),
			}, Public: "{who}退出联名。",
		},
		{
			Action: Note, Title: "说明", Sign: workflow.Asking, Label: "记下", Done: "已经记下", Effect: "只有办理本件的人看得到，记下后不能改。", From: all, By: everyone, Hidden: true,
			Needs: []workflow.Need{words("note", "内部说明", "", "请写要记下的话", 5000)},
		},
		{
			Action: workflow.Recount, Heading: "期限重算", Label: "重算期限", Title: "期限按新的放假安排重算", From: running, By: []workflow.Role{staff.System}, Hidden: true, Public: "放假安排有了变化，期限重算：{changes}。",
		},
	}
}

// changingCo names who helps instead: the term of the units that help runs on for them.
func changingCo() workflow.Move {
	m := workflow.ChangingCo(beforeSent, desk, "会办")
	for i := range m.Needs {
		if n := &m.Needs[i]; n.Name == "co" {
			n.Optional, n.Hint, n.Ask = false, "", "请选改由哪个单位会办"
		}
	}
	return m
}
