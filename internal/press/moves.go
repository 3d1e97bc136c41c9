package press

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a lead stands.
const (
	Lodged     workflow.State = "lodged"
	Asked      workflow.State = "asked"
	Explaining workflow.State = "explaining"
	Drafted    workflow.State = "drafted"
	Answered   workflow.State = "answered"
	Declined   workflow.State = "declined"
	Published  workflow.State = "published"
	Closed     workflow.State = "closed"
	Taken      workflow.State = "taken"
	Withdrawn  workflow.State = "withdrawn"
)

// What may be done to a lead.
const (
	Enter              workflow.Action = "enter_lead"
	HandOver           workflow.Action = "hand_over_lead"
	Sign               workflow.Action = "sign"
	Recall             workflow.Action = "recall"
	DraftStatement     workflow.Action = "draft_statement"
	ReturnStatement    workflow.Action = "return_statement"
	SignStatement      workflow.Action = "sign_statement"
	Mend               workflow.Action = "mend_statement"
	Decline            workflow.Action = "decline"
	AnswerSelf         workflow.Action = "answer_self"
	RemindStatement    workflow.Action = "remind_statement"
	TellOverdue        workflow.Action = "tell_overdue"
	AskAgain           workflow.Action = "ask_again"
	TakeUp             workflow.Action = "take_up"
	Close              workflow.Action = "close_lead"
	Withdraw           workflow.Action = "withdraw_lead"
	Lift               workflow.Action = "lift_embargo"
	Extend             workflow.Action = "extend_embargo"
	RemindEmbargo      workflow.Action = "remind_embargo"
	EndEmbargo         workflow.Action = "end_embargo"
	NotePublication    workflow.Action = "note_publication"
	CorrectPublication workflow.Action = "correct_publication"
	DropPublication    workflow.Action = "drop_publication"
	Publish            workflow.Action = "publish"
	TakeDown           workflow.Action = "take_down"
	Note                               = workflow.Note
)

// Flags of a lead. What a journalist's own moves change is worked out from its rows, so
// that the portal writes no flag.
const (
	Stated    = "stated"    // a unit has stated something
	Shown     = "shown"     // its statement stands on the portal
	Asks      = "asks"      // something is asked and was not answered yet
	Followed  = "followed"  // it was asked once more
	Embargoed = "embargoed" // nothing of it may be published yet
	Noted     = "noted"     // a publication is noted
)

// facts are on a matter m. An embargo has ended when an event says so: a worker that is
// late keeps it a little longer, and publishes nothing too early.
var facts = map[string]string{
	Asks: `(SELECT max(q.seq) FROM press_question q WHERE q.matter_id = m.id) > coalesce(
		(SELECT max(e.seq) FROM event e WHERE e.matter_id = m.id AND e.action IN ('sign_statement', 'decline', 'answer_self')), 0)`,
	Followed:  `EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = 'ask_again')`,
	Embargoed: `EXISTS (SELECT FROM clock k WHERE k.matter_id = m.id AND k.rule = 'EMBARGO' AND k.stopped_at IS NULL)`,
	Noted: `EXISTS (SELECT FROM press_publication x WHERE x.matter_id = m.id AND NOT x.dropped AND x.seq = (
		SELECT max(y.seq) FROM press_publication y WHERE y.matter_id = m.id AND y.no = x.no))`,
}

var (
	desk      = []workflow.Role{staff.Registrar, staff.Supervisor}
	theirs    = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Member} // a journalist's own, and at the desk for whoever calls
	superior  = []workflow.Role{staff.Supervisor, staff.Leader}
	units     = []workflow.Role{staff.Handler, staff.UnitHead}
	head      = []workflow.Role{staff.UnitHead}
	publisher = []workflow.Role{staff.Publisher}
	system    = []workflow.Role{staff.System}
	everyone  = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Handler, staff.UnitHead, staff.Publisher}

	withUnit = []workflow.State{Asked, Explaining, Drafted}
	told     = []workflow.State{Answered, Declined, Published}
	live     = append(append([]workflow.State{Lodged}, withUnit...), told...)
	noted    = append([]workflow.State{Closed, Taken}, live...) // whatever became of it, its embargo and what was published of it go on
	all      = append([]workflow.State{Withdrawn}, noted...)

	stating = []clock.Code{clock.PressStatement, clock.PressMore}
)

// toMember tells the journalist that something waits for them.
func toMember(template string) workflow.Tell {
	return workflow.Tell{Template: template, To: letter.ToMembers}
}

var given = []workflow.Tell{toMember("statement_given")}

func words(name, label, hint, ask string, limit int) workflow.Need {
	return workflow.Need{Name: name, Label: label, Hint: hint, Kind: workflow.AskText, Max: limit, Ask: ask}
}

// meant answers the question whether others may read the personal details in a text.
var meant = workflow.Need{Name: "personal", Label: "里面像有个人信息", Kind: workflow.AskChoice, Optional: true, Doubt: true,
	Options: []workflow.Option{{Value: "yes", Label: "看过了，可以给对方看，照写"}}}

const newestVersion = `(SELECT coalesce(max(s.version), 0)::text FROM press_statement s WHERE s.matter_id = m.id)`

// Law is the move table of a lead.
var Law = &workflow.Table{
	Kind: "press",
	Noun: "媒体线索", Outsider: "记者",
	Unit: workflow.Owner,
	States: []workflow.StateInfo{
		{State: Lodged, Word: "待处理", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "请单位说明、转为线索"},
		{State: Asked, Word: "待签收", Sign: workflow.HandedOn, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Explaining, Word: "起草说明", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLead},
		{State: Drafted, Word: "说明待签发", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLeadHead},
		{State: Answered, Word: "已说明", Sign: workflow.Met, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "公开、归档"},
		{State: Declined, Word: "单位不作说明", Sign: workflow.Refused, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "直接答复、转为线索"},
		{State: Published, Word: "已公开", Sign: workflow.Shown, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Closed, Word: "已归档", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Taken, Word: "已转为线索", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: Withdrawn, Word: "已撤回", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Flags: map[string]string{
		"!" + Asks: "没有要问单位的，或者都答过了。", Asks: "问的还没有答复：请单位说明、直接答复，或者转为线索。",
		Followed: "已经追问过一次；还要问的，请另外提交一件。", Embargoed: "还在保密期里，不能公开。记者可以提前解除。", "!" + Embargoed: "现在没有保密期。",
		"!" + Stated: "还没有单位签发的说明。", Stated: "单位已经签发过说明，由它更正。", Shown: "说明已经公开，要先撤下。", "!" + Shown: "现在没有公开。", "!" + Noted: "还没有登记过刊播。",
	},
	Facts: facts,
	Owes:  map[clock.Code]string{clock.PressStatement: "给您说明", clock.PressMore: "给您说明"},
	Seen: map[string]workflow.Seen{
		"version": {SQL: newestVersion, Changed: "没有签发。说明稿现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再签。"},
		"draft":   {SQL: newestVersion, Changed: "没有办。说明稿现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再办。您写的内容还在下面，没有丢。"},
	},
	Moves: concat(lodgingMoves(), statingMoves(), embargoMoves(), publishingMoves()),
}

func concat(lists ...[]workflow.Move) (moves []workflow.Move) {
	for _, list := range lists {
		moves = append(moves, list...)
	}
	return moves
}

// leadNeeds are what is written down of a lead.
var leadNeeds = []workflow.Need{
	{Name: "who", Label: "哪位记者", Hint: "写姓名或者记者证号，要在名册里", Kind: workflow.AskLine, Max: 60, Ask: "请写是哪位记者"},
	{Name: "title", Label: "题目", Hint: "要单位说明的，单位看得到，公开说明时所有人看得到。不要写是谁提供的", Kind: workflow.AskLine, Max: 60, Ask: "请写题目"},
	{Name: "unit", Label: "涉及哪个单位", Kind: workflow.AskUnit, From: workflow.FromComplainable, Optional: true},
	words("known", "了解到的情况", "只有监督办公室看得到，单位看不到。", "请写了解到的情况", 10_000),
	{Name: "questions", Label: "要问单位什么", Hint: "一行一个，最多 8 个。不问就空着，那样单位不会知道是谁提供的线索；问的，单位看得到记者的姓名、媒体和这些问题", Kind: workflow.AskText, Max: 3000, Optional: true},
	{Name: "wanted", Label: "希望哪一天以前说明", Hint: "写发稿的日子，供单位参考，不是期限", Kind: workflow.AskDate, Day: workflow.ToCome, Optional: true},
	{Name: "until", Label: "保密到哪一天", Hint: "到这一天（含当日）为止，平台不公开。不要保密期的空着", Kind: workflow.AskDate, Day: workflow.ToCome, Optional: true},
	{Name: "from", Label: "保密从哪一天起", Hint: "不写就从今天起；这一天以前平台也不公开", Kind: workflow.AskDate, Optional: true},
	meant,
}

// lodgingMoves lead from what a journalist knows to whoever answers.
func lodgingMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Enter, Writes: true, Heading: "提交线索", Label: "登记媒体线索", Done: "已经登记", Title: "登记", To: Lodged, By: desk, Hidden: true, Apart: true, Needs: leadNeeds, MayStart: []clock.Code{clock.Embargo},
			Effect: "记者来电、来访提供的，照本人说的登记。要问单位的，接着请单位说明。", Public: "已经收到。",
		},
		{
			Action: Enter, Writes: true, Label: "提交线索", Done: "线索已经提交", Title: "提交", To: Lodged, By: []workflow.Role{staff.Member}, Hidden: true, Apart: true, Needs: leadNeeds[1:], MayStart: []clock.Code{clock.Embargo},
			Effect: "监督办公室看得到全部内容。不问单位的，单位不会知道是谁提供的；问的，单位看得到您的姓名、媒体、题目和要问的。", Public: "已经收到。",
		},
		{
			Action: HandOver, Leads: true, Gives: true, Sign: workflow.HandedOn, Label: "请单位说明", Done: "已经请单位说明", Effect: "单位看得到记者的姓名、媒体、题目和要问的；看不到了解到的情况，也看不到您在这以前的内部说明。期限从今天起算。",
			From: []workflow.State{Lodged}, To: Asked, By: desk, Only: []string{Asks}, MayStart: stating, Tells: []workflow.Tell{{Template: "statement_asked", To: letter.ToUnit}}, Public: "已请{lead}说明。",
			Needs: []workflow.Need{
				{Name: "lead", Label: "请哪个单位说明", Kind: workflow.AskUnit, From: workflow.FromHandling, Ask: "请选单位"},
				{Name: "note", Label: "给单位的话", Hint: "单位看得到。不要写是谁提供的线索", Kind: workflow.AskText, Max: 1000, Optional: true},
				{Name: "anyway", Label: "这个单位没有人能办", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "仍然交给它，另外通知它指定人"}}},
			},
		},
		{
			Action: Recall, Many: true, Aside: true, Recalls: true, Label: "收回，另找单位", Done: "已经收回", Title: "收回", Effect: "找错了单位的收回来。说明的期限照走。", From: withUnit, To: Lodged, By: desk, Never: []string{Stated},
			Needs: []workflow.Need{words("note", "为什么收回", "", "请写为什么收回", 1000)}, Public: "已经收回，另找单位说明。",
		},
		{
			Action: AnswerSelf, Label: "由监督办公室直接答复", Done: "已经答复", Title: "监督办公室答复", Effect: "不用单位说明，或者单位不作说明的，由监督办公室自己答。记者马上看到。", From: []workflow.State{Lodged, Declined}, To: Answered, By: superior,
			Needs: []workflow.Need{words("public", "答复", "记者会原样看到，可以引用。", "请写答复", 5000), meant}, Stops: stating, Tells: given, Public: "监督办公室答复：{public}",
		},
		{
			Action: TakeUp, Aside: true, Sign: workflow.HandedOn, Label: "转为线索", Done: "已经转为线索", Effect: "由监督办公室查：另行登记投诉或者立案，写明怎么办。本件到此为止，不公开是谁提供的。", From: []workflow.State{Lodged, Answered, Declined}, To: Taken, By: superior, Never: []string{Shown},
			Needs: []workflow.Need{words("note", "怎么办、登记在哪一件", "只有监督办公室看得到。", "请写怎么办", 2000)}, Stops: stating, Public: "已经转为监督线索，由监督办公室查。", Hard: true,
		},
		{
			Action: Close, Leads: true, Sign: workflow.Finished, Label: "归档", Done: "已经归档", Effect: "办理结束。以后照样可以登记刊播，保密期照走。", From: append([]workflow.State{Lodged}, told...), To: Closed, By: desk, Never: []string{Asks},
			Needs: []workflow.Need{{Name: "public", Label: "对记者的话", Kind: workflow.AskText, Max: 1000, Optional: true}}, Stops: stating, Public: "办理结束。{public}",
		},
		{
			Action: Withdraw, Aside: true, Label: "撤回线索", Done: "已经撤回", Title: "记者撤回", Effect: "不再办理，以后也不公开。已经给单位看过的收不回来。", From: append([]workflow.State{Lodged}, withUnit...), To: Withdrawn, By: theirs,
			Stops: append([]clock.Code{clock.Embargo}, stating...), Public: "已经撤回。", Hard: true,
		},
	}
}

// statingMoves write and sign a statement, and ask once more.
func statingMoves() []workflow.Move {
	tell := func(template string) []workflow.Tell {
		return []workflow.Tell{{Template: template, To: letter.ToUnit}, {Template: template, To: letter.ToDesk}}
	}
	moves := []workflow.Move{
		{
			Action: Sign, Many: true, Leads: true, Marks: workflow.MarkSigned, Heading: "单位签收", Label: "签收", Done: "已经签收", Title: "单位签收", Effect: "开始起草说明。期限已经在走。", From: []workflow.State{Asked}, To: Explaining, By: units, Unit: workflow.LeadUnit, Public: "单位已经签收。",
		},
		{
			Action: DraftStatement, Over: "draft", Leads: true, Writes: true, Label: "写说明", Done: "说明稿已经送签", Title: "说明稿写好", Effect: "逐个问题说明。送本单位主要负责人签发。", From: []workflow.State{Explaining, Drafted}, To: Drafted, By: units, Unit: workflow.LeadUnit, Ahead: "逐个问题说明。",
			Needs: []workflow.Need{
				words("statement", "说明", "照题号逐个说明。记者可以引用，公开时所有人看得到。", "请写说明", 8000),
				{Name: "contact", Label: "联系人和电话", Kind: workflow.AskLine, Max: 60, Ask: "请写联系人和电话"}, meant,
			},
		},
		{
			Action: ReturnStatement, Over: "draft", News: "负责人退回重写", Decides: true, Label: "退回重写", Done: "说明稿已经退回重写", Effect: "回到承办人，期限照走。", From: []workflow.State{Drafted}, To: Explaining, By: head, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("note", "要改哪里", "", "请写明要改哪里", 2000)},
		},
		{
			Action: SignStatement, Leads: true, Decides: true, Delivers: "electronic", Heading: "单位说明", News: "单位已说明", Seen: "version", Ahead: "由单位主要负责人签发，写说明的人不能自己签。", Label: "签发说明", Done: "说明已经签发，记者看得到了", Title: "签发说明",
			Effect: "取文号，说明定稿。记者马上看到，可以引用，收不回来；写错了的只能更正。", From: []workflow.State{Drafted}, To: Answered, By: head, Unit: workflow.LeadUnit, NotBy: []workflow.Action{DraftStatement},
			Issues: string(document.Statement), Sets: []string{Stated}, Stops: stating, Tells: given, Public: "单位已经说明。", Hard: true,
		},
		{
			Action: Mend, Aside: true, Label: "更正说明", Done: "可以重新写说明了", Title: "更正说明", Effect: "说明写错了的，重新写、重新签。原来的记者看过，照样留着。公开的要先撤下。", From: []workflow.State{Answered, Closed}, To: Explaining, By: head, Unit: workflow.LeadUnit, Only: []string{Stated}, Never: []string{Shown},
			Needs: []workflow.Need{words("public", "哪里写错了", "记者会原样看到。", "请写哪里写错了", 1000)}, Starts: []clock.Code{clock.PressMore}, Public: "单位要更正说明：{public}",
		},
		{
			Action: Decline, Aside: true, News: "单位不作说明", Sign: workflow.Refused, Label: "不作说明", Done: "已经告诉记者", Title: "不作说明", Effect: "写明理由，例如涉及正在办理的案件。记者会原样看到，可以引用。", From: withUnit, To: Declined, By: head, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("public", "为什么不作说明", "记者会原样看到。", "请写为什么不作说明", 1000), meant}, Stops: stating, Tells: given, Public: "单位不作说明：{public}", Hard: true,
		},
		{
			Action: AskAgain, Writes: true, News: "记者追问", Sign: workflow.Asking, Label: "追问", Done: "追问已经送到", Title: "记者追问", Effect: "看过说明还要问的，可以追问一次，另有期限。原来的单位接着说明。", From: []workflow.State{Answered, Declined}, MayLead: []workflow.State{Lodged, Explaining}, By: theirs, Never: []string{Followed, Shown}, MayStart: stating,
			Needs: []workflow.Need{words("questions", "要追问什么", "一行一个，单位看得到，公开说明时所有人看得到。", "请写要追问什么", 1000), meant}, Tells: tell("statement_asked"), Public: "记者追问。",
		},
		{
			Action: workflow.Recount, Heading: "期限重算", Label: "重算期限", Title: "期限按新的放假安排重算", From: noted, By: system, Hidden: true, Public: "放假安排有了变化，期限重算：{changes}。",
		},
	}
	for _, code := range stating {
		moves = append(moves,
			workflow.Move{Action: RemindStatement, News: "说明快到期", Label: "提醒说明", From: append([]workflow.State{Lodged}, withUnit...), By: system, Hidden: true, Timed: workflow.Timed{Clock: code, Before: 1}, Tells: tell("statement_due")},
			workflow.Move{Action: TellOverdue, Heading: "到期没有说明", News: "到期没有说明", Sign: workflow.Asking, Label: "到期没有说明", From: append([]workflow.State{Lodged}, withUnit...), By: system, Hidden: true,
				Timed: workflow.Timed{Clock: code}, Tells: append(tell("statement_overdue"), toMember("statement_overdue")), Public: "到{day}没有说明。"})
	}
	return moves
}

// embargoMoves are those of the days on which nothing may be published.
func embargoMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Lift, Aside: true, Quiet: true, News: "保密期解除", Label: "马上解除保密期", Done: "保密期已经解除", Title: "解除保密期", Effect: "记者要求的才能解除：从现在起可以公开，不能再设。有账号的，请记者自己解除。", From: noted, By: desk, Only: []string{Embargoed}, Stops: []clock.Code{clock.Embargo}, Public: "保密期已经解除。", Hard: true,
			Needs: []workflow.Need{words("note", "记者怎样要求的", "例如：某月某日书面、电话，核对过是本人。", "请写记者怎样要求的", 500)},
		},
		{
			Action: Lift, Aside: true, Quiet: true, News: "保密期解除", Label: "马上解除保密期", Done: "保密期已经解除", Title: "解除保密期", Effect: "从现在起可以公开，不能再设。", From: noted, By: []workflow.Role{staff.Member}, Only: []string{Embargoed}, Stops: []clock.Code{clock.Embargo}, Public: "保密期已经解除。", Hard: true,
		},
		{
			Action: Extend, Aside: true, Quiet: true, News: "保密期延长", Label: "延长保密期", Done: "保密期已经延长", Title: "延长保密期", Effect: "到期以前可以延长。要提前结束的，用解除。", From: noted, By: theirs, Only: []string{Embargoed}, MayStart: []clock.Code{clock.Embargo},
			Needs: []workflow.Need{{Name: "until", Label: "延长到哪一天", Hint: "含当日", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写延长到哪一天"}}, Public: "保密期延长到{until}。",
		},
		{
			Action: RemindEmbargo, News: "保密期快到期", Heading: "保密期快到期", Label: "提醒保密期", From: noted, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.Embargo, Before: 7},
			Tells: []workflow.Tell{{Template: "embargo_due", To: letter.ToDesk}, toMember("embargo_due")}, Public: "保密期到{day}为止；要延长的，请在那以前办。",
		},
		{
			Action: EndEmbargo, News: "保密期到了", Heading: "保密期结束", Label: "保密期结束", From: noted, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.Embargo}, Stops: []clock.Code{clock.Embargo}, Public: "保密期到{day}已经结束。",
		},
	}
}

// publicationNeeds are what is noted of a publication.
func publicationNeeds(more ...workflow.Need) []workflow.Need {
	return append(more,
		workflow.Need{Name: "headline", Label: "刊播的题目", Kind: workflow.AskLine, Max: 80, Ask: "请写刊播的题目"},
		workflow.Need{Name: "outlet", Label: "在哪里刊播", Hint: "例如：某某日报第 3 版", Kind: workflow.AskLine, Max: 60, Ask: "请写在哪里刊播"},
		workflow.Need{Name: "appeared", Label: "哪一天刊播", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正刊播的那一天", Ask: "请写哪一天刊播"},
		workflow.Need{Name: "link", Label: "网址", Hint: "以 https:// 开头；只在报纸、广播、电视上的空着", Kind: workflow.AskLine, Max: 300, Optional: true},
	)
}

var which = workflow.Need{Name: "no", Label: "哪一条", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选哪一条"}

// publishingMoves note what the journalist published and publish what a unit stated.
func publishingMoves() []workflow.Move {
	takingDown := workflow.Move{
		Action: TakeDown, Aside: true, Quiet: true, Label: "撤下公开", Done: "公开已经撤下", Title: "撤下公开", Effect: "门户网站马上撤下，只留撤下的日期。", From: []workflow.State{Published}, To: Answered, By: publisher, Only: []string{Shown}, Clears: []string{Shown},
		Needs: []workflow.Need{words("note", "撤下的理由", "", "请写撤下的理由", 2000)},
	}
	publishing := workflow.Move{
		Action: Publish, Leads: true, Sign: workflow.Shown, Label: "公开说明", Done: "说明已经公开", Title: "公开", Effect: "在门户网站公开单位签发的说明，附上登记过的刊播；不写是哪位记者问的。以后再登记的，撤下重新公开才有。",
		From: []workflow.State{Answered}, To: Published, By: publisher, Only: []string{Stated}, Never: []string{Embargoed, Asks}, Sets: []string{Shown}, Ahead: "保密期过了可以公开。", Public: "说明已经公开。",
	}
	later, gone := publishing, takingDown
	later.From, later.To, later.Never, later.Aside, later.Leads, later.Ahead = []workflow.State{Closed}, "", append([]string{Shown}, publishing.Never...), true, false, ""
	gone.From, gone.To = []workflow.State{Closed}, ""
	return []workflow.Move{
		publishing, later, takingDown, gone,
		{
			Action: NotePublication, Aside: true, Writes: true, News: "登记了刊播", Label: "登记刊播", Done: "刊播已经登记", Title: "刊播", Effect: "记下在哪里、哪一天刊播。公开说明时一起列出。", From: noted, By: theirs, Needs: publicationNeeds(), Public: "刊播：《{headline}》，{outlet}，{appeared}。",
		},
		{
			Action: CorrectPublication, Aside: true, Quiet: true, Writes: true, News: "更正了刊播", Label: "更正刊播", Done: "刊播已经更正", Title: "更正刊播", Effect: "写错了的，改成对的。", From: noted, By: theirs, Only: []string{Noted}, Needs: publicationNeeds(which), Public: "更正刊播第 {no} 条：《{headline}》，{outlet}，{appeared}。",
		},
		{
			Action: DropPublication, Aside: true, Quiet: true, Writes: true, News: "撤销了刊播登记", Label: "撤销刊播登记", Done: "已经撤销", Title: "撤销刊播登记", Effect: "登记错了、稿件撤下了的。", From: noted, By: theirs, Only: []string{Noted},
			Needs: []workflow.Need{which, words("public", "为什么撤销", "", "请写为什么撤销", 500)}, Public: "撤销刊播第 {no} 条：{public}",
		},
		{
			Action: Note, Title: "说明", Sign: workflow.Asking, Label: "记下", Done: "已经记下", Effect: "记者看不到，记下后不能改。单位接手以后，单位也看得到。", From: all, By: everyone, Hidden: true, Needs: []workflow.Need{words("note", "内部说明", "", "请写要记下的话", 5000)},
		},
	}
}
