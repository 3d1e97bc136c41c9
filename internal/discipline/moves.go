package discipline

import (
	"fmt"
	"slices"

	"zhengxin/internal/document"
	"zhengxin/internal/law"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a case stands.
const (
	Opened    workflow.State = "opened"
	Drafted   workflow.State = "drafted"
	Signed    workflow.State = "signed"
	Served    workflow.State = "served"
	Published workflow.State = "published"
	Ended     workflow.State = "ended"
	Dropped   workflow.State = "dropped"
	Revoked   workflow.State = "revoked"
)

// What may be done to a case.
const (
	OpenCase     workflow.Action = "open_case"
	DraftWarning workflow.Action = "draft_warning"
	Sign         workflow.Action = "sign"
	SendBack     workflow.Action = "send_back"
	Serve        workflow.Action = "serve"
	Publish      workflow.Action = "publish"
	Conclude     workflow.Action = "conclude"
	EndPublicity workflow.Action = "end_publicity"
	Drop         workflow.Action = "drop"
	VoidPaper    workflow.Action = document.Void
	KeepOn       workflow.Action = "keep_on"
	TakeDown     workflow.Action = "take_down"
	Revoke       workflow.Action = "revoke"
	Correct      workflow.Action = "correct"
	Note                         = workflow.Note
)

// Facts that bar or mark moves; both are settled by the signing.
const (
	NotPublic = "not_public" // the signed warning has no term of publicity
	MinorTier = "minor_tier" // public only with a reason
)

// What became of the complaint that a case was opened from, until the leader has
// decided what to do about it: worked out when it is read.
const (
	BasisOpen  = "basis_open"  // it is contested and being handled again
	BasisGone  = "basis_gone"  // the newest answer does not find it true
	BasisDoubt = "basis_doubt" // either

	WasPublished = "was_published" // it stands or stood in public: taking it back is public, too
)

// undecided is a condition on the complaint f of a case m: what it says holds, and
// nobody has decided since it came about.
const undecided = `EXISTS (SELECT FROM matter f WHERE f.id = m.follows AND %s AND NOT coalesce(
	(SELECT max(d.at) FROM event d WHERE d.matter_id = m.id AND d.action = 'keep_on')
	> (SELECT max(c.at) FROM event c WHERE c.matter_id = f.id AND c.action IN ('contest', 'reply', 'answer_joined', 'withdraw', 'redirect', 'transfer', 'handed_back', 'split', 'ask_recheck', 'recheck_change', 'record_recheck_change', 'refer_discipline', 'reject')), false))`

var (
	basisOpen = fmt.Sprintf(undecided, `f.phase = 1`)
	basisGone = fmt.Sprintf(undecided, `f.phase <> 1 AND NOT 'substantiated' = ANY (f.flags)`)
	doubtful  = []string{BasisOpen, BasisGone}
)

var (
	officer = []workflow.Role{staff.DisciplineOfficer}
	leader  = []workflow.Role{staff.Leader}

	release  = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Leader}
	underWay = []workflow.State{Opened, Drafted, Signed, Served, Published}
)

func words(label, hint, ask string, limit int) workflow.Need {
	return workflow.Need{Name: "note", Label: label, Hint: hint, Kind: workflow.AskText, Max: limit, Ask: ask}
}

// draftNeeds are the parts of a warning (domain-facts §3.1).
var draftNeeds = slices.Concat([]workflow.Need{
	{Name: "facts", Label: "查明的事实", Hint: "公示时所有人都会看到。不要写投诉人是谁、投诉编号、合同编号，也不要写能猜出是谁的细节。",
		Kind: workflow.AskText, Max: 5000, Ask: "请写查明的事实"},
}, law.Needs(), []workflow.Need{
	{Name: "demand", Label: "要求", Hint: "要单位做什么，一条一行。", Kind: workflow.AskText, Max: 3000, Ask: "请写要求单位做什么"},
	{Name: "deadline", Label: "期限", Hint: "哪一天以前改正。", Kind: workflow.AskDate, Day: workflow.ToCome, Reach: 36, Ask: "请写改正的期限"},
	{Name: "consequences", Label: "逾期后果", Hint: "例如：逾期不改正的，约谈主要负责人。", Kind: workflow.AskText, Max: 1000, Ask: "请写逾期不改的后果"},
	{Name: "tier", Label: "失信程度", Kind: workflow.AskChoice, Options: Tiers, Ask: "请选失信程度"},
	{Name: "months", Label: "公示几个月", Hint: "轻微 0 到 3，0 就是不公示；一般 3 到 12；严重 12 到 36。", Kind: workflow.AskLine, Max: 2, Ask: "请写公示几个月，不公示写 0"},
})

// Law is the move table of a case.
var Law = &workflow.Table{
	Kind: "case",
	Noun: "失信案件",
	Unit: workflow.Accused,
	States: []workflow.StateInfo{
		{State: Opened, Stands: "拟作出", Word: "待起草", Sign: workflow.ToBegin, Phase: workflow.UnderWay, Doing: "在等惩戒专员起草书面警示。"},
		{State: Drafted, Stands: "拟作出，等签发", Word: "待签发", Sign: workflow.AtWork, Phase: workflow.UnderWay, Doing: "在等领导签发。"},
		{State: Signed, Stands: "已签发，等送达", Word: "待送达", Sign: workflow.AtWork, Phase: workflow.UnderWay, Doing: "在等惩戒专员送达。"},
		{State: Served, Stands: "已送达", Word: "已送达", Sign: workflow.Met, Phase: workflow.UnderWay, Doing: "在等公示。"},
		{State: Published, Stands: "已送达，公示中", Word: "公示中", Sign: workflow.Shown, Phase: workflow.UnderWay, Doing: "公示期满自动撤下。"},
		{State: Ended, Stands: "已办结", Word: "已办结", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Dropped, Stands: "不予认定", Word: "不予认定", Sign: workflow.Refused, Phase: workflow.Over},
		{State: Revoked, Stands: "已撤销", Word: "已撤销", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Flags: map[string]string{
		NotPublic: "这份警示没有定公示期，不公示（国办发〔2025〕22号：轻微失信原则不公示）。",

		BasisOpen:          "来源的投诉被申请复查，正在重新办理。请领导先决定：继续办理，或者撤销；要等复查结果的，就先不动。",
		BasisGone:          "来源的投诉现在没有属实的认定：复查改了，或者撤回、转走了。请领导先决定：继续办理，或者撤销。",
		"!" + BasisDoubt:   "来源的投诉没有变化，不用决定。",
		WasPublished:       "公示过的，撤销时要一起公布更正，请用“撤销警示并更正”。",
		"!" + WasPublished: "没有公示过，不用更正。",

		staff.ReaderMeant:        "案件里可能说到您本人，这一步要由别人来办。",
		"!" + staff.OthersBarred: "案件里没有说到谁。投诉里写过的单位和人，在投诉那里解除。",
	},
	Facts: map[string]string{BasisOpen: basisOpen, BasisGone: basisGone, BasisDoubt: "(" + basisOpen + " OR " + basisGone + ")",
		WasPublished: `EXISTS (SELECT FROM notice n WHERE n.matter_id = m.id AND n.kind = 'warning')`},
	Seen: map[string]workflow.Seen{
		"version": {SQL: `(SELECT coalesce(max(w.version), 0)::text FROM warning_draft w WHERE w.matter_id = m.id)`,
			Changed: "没有签发。文书现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再签。"},
		"draft": {SQL: `(SELECT coalesce(max(w.version), 0)::text FROM warning_draft w WHERE w.matter_id = m.id)`,
			Changed: "没有办。文书现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再办。您写的内容还在下面，没有丢。"},
		"digest": {SQL: `coalesce((SELECT d.digest FROM document d WHERE d.matter_id = m.id AND d.kind = 'DOC-WARN' ORDER BY d.seq DESC LIMIT 1), '')`,
			Changed: "没有记下。送达的文书和页面上的不是同一份，请重新打开本页。"},
	},
	Moves: append(decisionMoves(), afterMoves()...),
}

// decisionMoves lead to a signed warning. Notice before the decision and the
// hearing of the unit will stand between drafted and signed.
func decisionMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: OpenCase, Apart: true, Writes: true, Label: "立案", Done: "已经立案", To: Opened, By: officer, Hidden: true,
		},
		{
			Action: DraftWarning, Over: "draft", Leads: true, Writes: true, Ahead: "事实、依据、要求、期限、后果都要写。", Label: "起草书面警示", Done: "书面警示已经送签", Title: "起草书面警示", Effect: "写好以后送领导签发，签发前可以再改。起草人不能自己签。",
			From: []workflow.State{Opened, Drafted}, To: Drafted, By: officer, Never: doubtful, Needs: draftNeeds,
		},
		{
			Action: Sign, Leads: true, Decides: true, Seen: "version", Ahead: "领导签，不能是起草人。", Label: "签发", Done: "已经签发", Effect: "取发文字号，文书定稿，以后一个字也不能改。接着送达。",
			From: []workflow.State{Drafted}, To: Signed, By: leader, NotBy: []workflow.Action{DraftWarning}, Never: doubtful, Issues: "DOC-WARN", Hard: true,
		},
		{
			Action: SendBack, Over: "draft", News: "退回修改", Decides: true, Label: "退回修改", Done: "已经退回修改", Effect: "回到惩戒专员，要写明改哪里。", From: []workflow.State{Drafted}, To: Opened, By: leader,
			Needs: []workflow.Need{words("要改哪里", "", "请写明要改哪里", 2000)},
		},
		{
			Action: Drop, Aside: true, Label: "不予认定，结案", Done: "已经结案，不予认定", Effect: "要写理由。结案以后不能再开。", From: []workflow.State{Opened, Drafted}, To: Dropped, By: officer,
			Needs: []workflow.Need{words("不予认定的理由", "例如：单位已经改正，或者事实不成立。", "请写不予认定的理由", 2000)}, Hard: true,
		},
	}
}

// afterMoves follow the signing.
func afterMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: KeepOn, Leads: true, Quiet: true, Label: "继续办理", Done: "已经决定继续办理", Title: "决定继续办理", Effect: "来源的投诉有了变化，查明本案仍然成立：写明理由，接着办。投诉再有变化，还要再决定。",
			From: append([]workflow.State{Ended}, underWay...), By: leader, Only: []string{BasisDoubt}, Needs: []workflow.Need{words("继续办理的理由", "", "请写继续办理的理由", 2000)},
		},
		{
			Action: VoidPaper, News: "文书作废，退回重写", Label: "作废，重新起草", Done: "文书已经作废", Title: "文书作废", Effect: "文书还没有送达，写错了或者期限来不及了：文号作废，回到起草。", Aside: true,
			From: []workflow.State{Signed}, To: Opened, By: leader, Clears: []string{NotPublic, MinorTier}, Needs: []workflow.Need{words("作废的理由", "", "请写作废的理由", 2000)},
		},
		{
			Action: TakeDown, Label: "暂时撤下公示", Done: "公示已经撤下", Title: "撤下公示", Effect: "门户网站马上撤下，只留撤下的日期；查清以后可以再公示。", Aside: true,
			From: []workflow.State{Published}, To: Served, By: []workflow.Role{staff.DisciplineOfficer, staff.Leader}, Needs: []workflow.Need{words("撤下的理由", "", "请写撤下的理由", 2000)},
		},
		{
			Action: Revoke, Label: "撤销警示", Done: "警示已经撤销", Title: "撤销警示", Effect: "警示的依据不成立：撤销，本案结束。送达过的，另行通知单位。", Aside: true,
			From: []workflow.State{Signed, Served, Ended}, To: Revoked, By: leader, Never: []string{WasPublished}, Needs: []workflow.Need{words("撤销的理由", "", "请写撤销的理由", 2000)}, Hard: true,
		},
		{
			Action: Correct, Label: "撤销警示并更正", Done: "警示已经撤销，更正已经公布", Title: "撤销警示并更正", Effect: "还在公示的马上撤下，同时公布更正；更正公示到原来公示的最后一天，已经过了的公示一个月。本案结束。", Aside: true,
			From: []workflow.State{Served, Published, Ended}, To: Revoked, By: leader, Only: []string{WasPublished}, Quiet: true, Needs: []workflow.Need{
				words("撤销的理由", "", "请写撤销的理由", 2000),
				{Name: "public", Label: "更正的内容", Hint: "所有人都会看到。例如：经复查，原认定的事实不成立，予以撤销。不要写投诉人是谁。", Kind: workflow.AskText, Max: 2000, Ask: "请写更正的内容"},
			}, Public: "公布的更正：{public}", Hard: true,
		},
		{
			Action: Serve, Leads: true, Seen: "digest", Ahead: "记下送达方式和日期，整改期限照文书。", Label: "记下送达", Done: "送达已经记下", Title: "送达", Effect: "整改期限按文书写的日子记下。送达以后才能公示。", From: []workflow.State{Signed}, To: Served, By: officer, Never: doubtful,
			Needs: register.ServiceNeeds,
		},
		{
			Action: Publish, Sign: workflow.Shown, Leads: true, Ahead: "签发送达以后公示；轻微失信原则不公示。", Label: "公示", Done: "已经公示", Effect: "马上在门户网站公布这份文书，期满自动撤下，只留撤下的日期。",
			From: []workflow.State{Served}, To: Published, By: []workflow.Role{staff.DisciplineOfficer, staff.Publisher}, Never: append([]string{NotPublic}, doubtful...),
			Needs: []workflow.Need{{Name: "note", Label: "确需公示的理由", Hint: "轻微失信原则不公示，要公示必须写理由。", Only: []string{MinorTier},
				Kind: workflow.AskText, Max: 1000, Ask: "轻微失信原则不公示。确需公示的，请写理由"}}, Hard: true,
		},
		{
			Action: Conclude, Leads: true, Label: "不公示，结案", Done: "已经结案", Effect: "文书已经送达，写明改正的情况，本案结束。", From: []workflow.State{Served}, To: Ended, By: officer, Never: doubtful,
			Needs: []workflow.Need{words("改正的情况", "", "请写改正的情况", 2000)}, Hard: true,
		},
		{
			Action: EndPublicity, Label: "公示期满", Title: "公示期满，自动撤下", From: []workflow.State{Published}, To: Ended,
			By: []workflow.Role{staff.System}, Hidden: true,
		},
		{
			Action: workflow.ReleaseBar, Does: workflow.Release, Quiet: true, Aside: true, Label: "解除回避", Done: "回避已经解除", Title: "解除了一项回避",
			Effect: "案由、立案理由或者文书里说到的工作人员，看不到也办不了本案。查明是同名的，才能解除。立案和起草的人不能办这一步。",
			From:   underWay, By: release, Only: []string{staff.OthersBarred}, Never: []string{staff.ReaderMeant}, NotBy: []workflow.Action{OpenCase, DraftWarning},
			Needs: []workflow.Need{
				{Name: "bar", Label: "解除谁的回避", Kind: workflow.AskChoice, From: workflow.FromBars, Ask: "请选解除谁的回避"},
				words("为什么可以解除", "", "请写为什么可以解除", 1000),
			}, Hard: true,
		},
		workflow.Recusing(underWay, []workflow.Role{staff.DisciplineOfficer, staff.Leader}, ""),
		{
			Action: Note, Label: "记下", Done: "已经记下", Title: "内部说明", Effect: "只有办案的人看得到，记下后不能改。", From: append([]workflow.State{Ended, Dropped, Revoked}, underWay...),
			By: []workflow.Role{staff.DisciplineOfficer, staff.Leader}, Needs: []workflow.Need{words("内部说明", "", "请写要记下的话", 5000)}, Hidden: true,
		},
	}
}
