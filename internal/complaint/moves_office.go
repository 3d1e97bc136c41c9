package complaint

import (
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/law"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// decided are the clocks that end with the decision whether to take it up.
var decided = []clock.Code{clock.PlatformRegister, clock.PlatformAccept, clock.PetitionNotice, clock.PaymentExamine}

// The clocks that only complaints of some track and nature have: rows of clock_choice say
// which. They begin with the filing, the acceptance, the handing over or the signing for.
var (
	ofFiling     = []clock.Code{clock.PaymentExamine, clock.BusinessGive}
	ofAcceptance = []clock.Code{clock.PetitionConclude, clock.PaymentTransfer, clock.PaymentAnswer, clock.BusinessGive, clock.BusinessAnswer, clock.HotlineGive}
	ofSigning    = []clock.Code{clock.HotlineInquiry, clock.HotlineHelp, clock.HotlineAnswer}
	given        = []clock.Code{clock.PaymentTransfer, clock.BusinessGive, clock.HotlineGive} // they end with the handing over
)

// ofAnswer are the clocks that the answer ends.
var ofAnswer = slices.Concat([]clock.Code{clock.PlatformAnswer, clock.PetitionConclude, clock.PaymentAnswer, clock.BusinessAnswer}, ofSigning)

// trackNeed asks by which procedure it goes, beside the nature.
var trackNeed = workflow.Need{Name: "track", Label: "办理轨道", Hint: "按哪一部法律的程序办，期限不一样。不选的，按建议的办。", Kind: workflow.AskChoice, Options: Tracks, Optional: true}

// atIntake is what a unit hears of how a complaint came in: nothing. One that was split off
// another came in otherwise, and its unit is not to learn of the others.
const atIntake = workflow.WithheldWhole

// The ways that are open after most decisions.
var (
	again  = workflow.Way{Label: "另外投诉", Path: "/complaints/new"}
	helped = workflow.Way{Label: "请人帮忙", Path: "/help#people"}
)

func toComplainant(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToComplainant}}
}

// settleClosed is the same for what was closed elsewhere while nobody knew whom it
// was about: whoever that is stays barred from it.
func settleClosed(open []workflow.Move) workflow.Move {
	row := open[slices.IndexFunc(open, func(m workflow.Move) bool { return m.Action == SettleUnit })]
	row.From, row.Never, row.Only, row.Quiet = []workflow.State{Closed}, nil, []string{UnitUnsettled}, true
	return row
}

// intakeMoves are what the registrar decides.
func intakeMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: EnterRegister, Many: true, Leads: true, Withheld: atIntake, Label: "登记", Done: "已经登记", Effect: "登记期限停表，接着决定是否受理。投诉人看到“已登记”。",
			From: []workflow.State{Submitted}, To: Registered, By: desk,
			Stops: []clock.Code{clock.PlatformRegister}, Public: "投诉已经登记，正在决定是否受理。",
		},
		{
			Action: Accept, Many: true, Leads: true, Withheld: atIntake, Label: "受理", Done: "已经受理", Effect: "受理期限停表，答复期限开始走：平台承诺 " + clock.PlatformAnswer.Length() + "；申诉求决、各个轨道另有法定期限，早到的先算。投诉人会收到通知。",
			From: []workflow.State{Registered}, To: Accepted, By: desk,
			Needs: []workflow.Need{{Name: "nature", Label: "诉求性质", Hint: "先分清性质，后面的程序不一样。", Kind: workflow.AskChoice, Options: Natures, Ask: "请选诉求性质"}, trackNeed},
			Stops: decided, Starts: []clock.Code{clock.PlatformAnswer}, MayStart: ofAcceptance, Clears: []string{Accusation}, Tells: toComplainant("accepted"),
			Public: "属于本平台受理范围，已经受理。",
		},
		{
			Action: AskSupplement, Writes: true, Sign: workflow.Asking, Label: "要求补正", Done: "已经要求补正", Heading: "请您补充", Effect: "缺什么一次写全。受理期限停表，投诉人补来以后重新起算。",
			From: []workflow.State{Registered}, To: SupplementRequired, By: desk,
			Needs: []workflow.Need{{Name: "public", Label: "要补什么", Hint: "一行写一项，一次写全。投诉人会原样看到，可以一项一项地补。", Kind: workflow.AskText, Max: 2000, Ask: "请写要补什么"}},
			Stops: slices.Concat([]clock.Code{clock.PlatformAccept, clock.PetitionNotice}, ofFiling), Starts: []clock.Code{clock.Supplementing}, Tells: toComplainant("supplement"),
			Public: "请您{until}补充：{public}",
			Verdict: &workflow.Verdict{
				Basis: "本平台的规定：缺什么一次写全；等您补充的这些天，不算在受理期限里。",
				Then:  "照上面写的补来，可以分几次补。都补来以后接着办，重新计算受理期限。",
				Ways:  []workflow.Way{{Label: "去补充", Path: "/complaints/mine/supplement"}, helped},
				Until: clock.Supplementing, Else: "到期没有补来，这件投诉可能不再办理；以后补齐了，可以另外投诉。",
			},
		},
		{
			Action: RemindSupplement, Label: "提醒补正", Heading: "提醒您补充", From: []workflow.State{SupplementRequired}, By: []workflow.Role{staff.System},
			Timed: workflow.Timed{Clock: clock.Supplementing, Before: 5}, Tells: toComplainant("supplement_reminder"), Hidden: true,
			Public: "还没有收到您的补充，过几天就到期了。到期没有补充，这件投诉可能不再办理。",
		},
		{
			Action: EndUnsupplemented, Aside: true, Label: "到期没有补正，结束", Done: "本件已经结束", Heading: "到期没有补充", Effect: "补正期限已过，还是没有补来：写明说明和出路，本件结束。投诉人看得到，以后补齐了可以另外投诉。",
			From: []workflow.State{SupplementRequired}, To: Rejected, By: desk, Never: []string{staff.ReaderMeant},
			After: workflow.Term{Clock: clock.Supplementing, Over: "补正期限到{day}，还没有过。"},
			Needs: []workflow.Need{{Name: "public", Label: "说明和出路", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写清楚为什么结束、以后怎么办"}},
			Stops: append(slices.Clone(decided), clock.Supplementing), Tells: toComplainant("unsupplemented"), Public: "到期没有收到补充，本件不再办理：{public}", Hard: true,
			Verdict: &workflow.Verdict{
				Basis: "本平台的规定：补正期限过了还没有补来的，可以结束。",
				Then:  "补齐了，可以另外投诉，写明这一件的编号。",
				Ways:  []workflow.Way{again, helped}, Else: "不用再做什么，这一件已经结束。",
			},
		},
		{
			Action: workflow.ReleaseBar, Does: workflow.Release, Quiet: true, Aside: true, Withheld: workflow.WithheldWhole, Label: "解除回避", Done: "回避已经解除", Heading: "解除了一项回避",
			Effect: "这件投诉里写过的单位、说到的工作人员，声明回避的人，一直看不到也办不了它。只有另一个人（不是确定单位的那个人）查明写错了，才能解除一项。理由投诉人看得到。",
			From:   states(underWay, answered, []workflow.State{Split, ReviewRequested, RecheckRequested, Reopened, Settled, Closed}), By: release, Only: []string{staff.OthersBarred}, Never: []string{UnitUnsettled, staff.ReaderMeant},
			NotBy: []workflow.Action{SettleUnit},
			Needs: []workflow.Need{
				{Name: "bar", Label: "解除谁的回避", Kind: workflow.AskChoice, From: workflow.FromBars, Ask: "请选解除谁的回避"},
				{Name: "public", Label: "为什么可以解除", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么可以解除"},
			},
			Tells: toComplainant("released"), Public: "{bar}不再回避，可以看到和办理这件投诉：{public}", Hard: true,
		},
		{
			Action: Redirect, Sign: workflow.HandedOn, Never: []string{FalselyClosed, staff.ReaderMeant}, Label: "告知法定途径", Done: "已经告知法定途径", Effect: "应当走诉讼、仲裁、复议等程序的，告诉投诉人该去哪里，本件结束。",
			From: []workflow.State{Registered, Accepted}, To: Redirected, By: desk,
			Basis: []string{"XF-31"},
			Needs: append([]workflow.Need{
				{Name: "body", Label: "该去哪个机关", Hint: "写几个字，从“其他机关”里选，或者写全名。名录里写了怎么找它的，投诉人也看得到。", Kind: workflow.AskLine, From: workflow.FromBodies, Max: 60, Optional: true}, newBody,
				{Name: "public", Label: "该去哪里、怎么走", Kind: workflow.AskText, Max: 2000, Ask: "请写该去哪里、怎么走"},
			}, law.Further("《信访工作条例》第三十一条")...),
			Stops: decided, Tells: toComplainant("redirected"), Public: "依据{basis}，这件事要走法定途径：{where}{public}", Hard: true,
			Verdict: &workflow.Verdict{
				Basis: "《信访工作条例》第三十一条：能走诉讼、仲裁、行政复议等法定途径的，引导到那些途径。",
				Then:  "照上面写的去办。那些途径各有自己的期限，请尽早去。",
				Ways:  []workflow.Way{{Label: "这里不管的事，该去哪里", Path: "/help#elsewhere"}, helped}, Else: "这里不再办理；在这里等，不会使那些途径的期限延长。",
			},
		},
		{
			Action: Transfer, Recalls: true, Sign: workflow.HandedOn, Never: []string{FalselyClosed}, Label: "转送有权机关", Done: "已经转送", Effect: "转到本县以外或者本平台管不到的有权机关，告知去向，等它的回执；被退回的，重新决定。",
			From: []workflow.State{Registered, Accepted, Objected}, To: Transferred, By: desk,
			Basis: []string{"XF-22", "XF-23"}, Needs: transferNeeds,
			Stops: append(slices.Clone(decided), clock.Supervised, clock.Pausing), Clears: append([]string{extension.Paused}, ladder.Waiting...), Starts: []clock.Code{clock.TransferReceipt}, Tells: toComplainant("transferred"), Public: "依据{basis}，已转送{body}{found}，凭{document}：{public}", Hard: true,
			Verdict: &workflow.Verdict{
				Basis: "《信访工作条例》第二十二条、第二十三条：不归这里管的，转送有权处理的机关，告诉您去向。",
				Then:  "等收到的机关告诉您；要问进度，直接问它。",
				Ways:  []workflow.Way{helped}, Else: "不用再做什么，由收到的机关办理。",
			},
		},
		{
			Action: ReferDiscipline, Aside: true, Leaves: true, Recalls: true, Sets: []string{staff.Sealed}, Sign: workflow.HandedOn, Label: "移送纪检监察", Done: "已经移送", Effect: "移送以后封存：内容只有惩戒专员看得到，您只看得到编号和日子；承办单位只知道收回了。从一件里拆出来的，原件的话您还看得到，只用于办其余的几件。移送错了收不回来。",
			From: []workflow.State{Registered, Accepted, Handling, UnderReview}, To: ReferredDiscipline, By: desk,
			Needs: []workflow.Need{words("移送的理由和材料清单", "请写移送的理由", 2000)},
			Stops: decided, MayStart: []clock.Code{clock.DisciplineAccept}, Public: "已移送有权机关办理。", Hard: true,
			Verdict: &workflow.Verdict{
				Basis: "《信访工作条例》第二十二条、《监察法》第三十七条：反映公职人员涉嫌违纪违法的，移送有权机关。",
				Then:  "有新的线索，可以直接向纪检监察机关反映。",
				Ways:  []workflow.Way{{Label: "怎样向纪检监察机关反映", Path: "/help#corruption"}}, Else: "不用再做什么，这里不再显示进度。",
			},
		},
		{
			Action: Reject, Sign: workflow.Refused, Never: []string{staff.ReaderMeant}, Label: "不予受理", Done: "已经决定不予受理", Effect: "写明理由和出路，投诉人看得到，本件结束。",
			From: []workflow.State{Registered}, To: Rejected, By: desk,
			Needs: append([]workflow.Need{
				{Name: "ground", Label: "理由", Kind: workflow.AskChoice, Options: RejectGrounds, Ask: "请选不予受理的理由"},
				{Name: "opinion", Label: "复核意见的文号", Hint: "选“已经复核终结”的才写，照抄复核意见书上的。投诉人会原样看到。", Kind: workflow.AskLine, Max: 60, Optional: true},
				{Name: "no_opinion", Label: "没有写复核意见的文号", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "找不到文号，哪个机关、什么时候复核的写在说明里"}}},
				{Name: "public", Label: "说明和出路", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写清楚为什么、还可以去哪里"},
			}, law.Hinted("理由后面带着条款的，就依据那一条，不用选。别的理由要选一条；单子里没有的，写在下面“其他依据”里。")...),
			Stops: decided, Tells: toComplainant("rejected"), Public: "依据{basis}，不予受理：{ground}{which}。{public}", Hard: true,
			Verdict: &workflow.Verdict{
				Basis: "理由和它的依据写在上面；书面告诉您，是依照《信访工作条例》第二十三条。",
				Then:  "不归这里管的，去管这件事的地方；有新的事实、材料，可以另外投诉。",
				Ways:  []workflow.Way{{Label: "这里不管的事，该去哪里", Path: "/help#elsewhere"}, again, helped}, Else: "不用再做什么，这一件已经结束。",
			},
		},
		{
			Action: Dispatch, Many: true, Leads: true, Gives: true, Sign: workflow.HandedOn, Label: "派单", Done: "已经派单", Heading: "交承办单位", Effect: "交给牵头单位和配合单位。被投诉单位和它的下属派不出去。投诉人看到派给了谁。",
			From: []workflow.State{Accepted}, To: Dispatched, By: desk, Never: []string{Accusation, UnitUnsettled},
			Needs: []workflow.Need{
				{Name: "lead", Label: "牵头单位", Kind: workflow.AskUnit, From: workflow.FromHandling, Ask: "请选牵头单位"},
				{Name: "co", Label: "配合单位", Kind: workflow.AskUnits, From: workflow.FromHandling, Optional: true, Said: "，{}配合"},
				{Name: "note", Label: "办理要求", Kind: workflow.AskText, Max: 2000, Optional: true},
				{Name: "anyway", Label: "这个单位没有人能办", Kind: workflow.AskChoice, Optional: true, Doubt: true,
					Options: []workflow.Option{{Value: "yes", Label: "仍然派给它，另外通知它指定人"}}},
			},
			Stops: given, MayStart: []clock.Code{clock.HotlineSign}, Arrives: []clock.Code{clock.PetitionObject}, Public: "已交{lead}牵头办理{co}。",
		},
		{
			Action: CorrectNature, Aside: true, Never: []string{OnceAnswered}, Label: "更正性质和轨道", Done: "性质和轨道已经更正", Heading: "更正诉求性质", Effect: "受理时选错了的，在派单以前更正；法定期限跟着改，同一个期限已经同意的延长算数。",
			From: []workflow.State{Accepted}, By: desk,
			Needs: []workflow.Need{
				{Name: "nature", Label: "诉求性质", Kind: workflow.AskChoice, Options: Natures, Ask: "请选诉求性质"},
				{Name: "track", Label: "办理轨道", Hint: "不选的，和现在一样。", Kind: workflow.AskChoice, Options: Tracks, Optional: true},
				words("为什么更正", "请写为什么更正", 1000),
			},
			MayStart: ofAcceptance, Clears: []string{Accusation}, Public: "诉求性质更正为{nature}{track}。",
		},
		{
			Action: Recall, Many: true, Aside: true, Recalls: true, Label: "收回派单", Done: "派单已经收回", Heading: "收回派单", Effect: "派错了，或者那个单位没有人能办的，收回来另派。答复期限照走。投诉人看得到。",
			From: []workflow.State{Dispatched, Handling, ResultSubmitted}, To: Accepted, By: desk,
			Needs: []workflow.Need{words("为什么收回", "请写为什么收回", 1000)},
			Stops: []clock.Code{clock.PetitionObject, clock.HotlineSign, clock.Supervised}, Clears: ladder.Proposed, Public: "派单已经收回，另派单位办理。",
		},
		{
			Action: SettleUnit, Many: true, Over: "settled", Leads: true, Aside: true, Withheld: workflow.WithheldWords, Never: []string{OnceAnswered}, Label: "确定单位和类别", Done: "单位和类别已经确定", Heading: "确定了单位和类别",
			Effect: "改后按新的单位排除承办单位。以前写过的单位仍然回避，要由另一个人解除。投诉人看到改成了哪个单位。",
			From:   []workflow.State{Submitted, Registered, Accepted}, By: desk,
			Needs: []workflow.Need{
				{Name: "unit", Label: "被投诉单位", Kind: workflow.AskUnit, From: workflow.FromComplainable, Ask: "请选被投诉单位"},
				{Name: "category", Label: "类别", Kind: workflow.AskChoice, From: workflow.FromCategories, Ask: "请选类别"},
				unreadAnyway(),
			},
			MayStart: ofFiling, Clears: []string{UnitUnsettled, OfficeMeant}, Public: "被投诉单位确定为{unit}，类别为{category}。{before}",
		},
	}
}

// answerNeeds are the parts of an answer (信访工作条例 32).
var answerNeeds = slices.Concat([]workflow.Need{
	{Name: "finding", Label: "事实认定", Kind: workflow.AskChoice, Options: Findings, Ask: "请选事实认定"},
	{Name: "decision", Label: "对请求的处理", Kind: workflow.AskChoice, Options: Decisions, Ask: "请选对请求的处理"},
	{Name: "facts", Label: "查明的事实", Hint: "不要写投诉人的姓名、电话和单位名称。", Kind: workflow.AskText, Max: 10000, Ask: "请写查明的事实"},
	{Name: "opinion", Label: "处理意见", Kind: workflow.AskText, Max: 5000, Ask: "请写处理意见"},
}, law.Needs(), []workflow.Need{
	{Name: "demand", Label: "要求被投诉单位做什么、什么时候做完", Kind: workflow.AskText, Max: 2000, Optional: true},
}, promiseNeeds)

// drafters are whoever made an answer: none of them decides on it again once it
// is contested (信访工作条例 35: 复查由另外的人办).
var drafters = []workflow.Action{DraftAnswer, ApproveAnswer, Reply}

// beforeSent is while the answer is still to be sent: a co-handling unit is heard
// until then.
var beforeSent = []workflow.State{Dispatched, Handling, ResultSubmitted, UnderReview}

// handlingMoves are what the units and the reviewers do.
func handlingMoves() []workflow.Move {
	units := []workflow.Role{staff.Handler, staff.UnitHead}
	head := []workflow.Role{staff.UnitHead}
	return []workflow.Move{
		{
			Action: Sign, Many: true, Leads: true, Marks: workflow.MarkSigned, Label: "签收", Done: "已经签收", Heading: "承办单位签收", Effect: "开始办理。认为不该本单位办的，在期限以前可以申请退办，最后一天见右边的“提出异议退件”。",
			From: []workflow.State{Dispatched}, To: Handling, By: units, Unit: workflow.LeadUnit,
			Stops: []clock.Code{clock.PetitionObject, clock.HotlineSign}, Starts: []clock.Code{clock.PetitionObject}, MayStart: ofSigning, Public: "承办单位已经签收，开始办理。",
		},
		{
			Action: CoSign, Many: true, Leads: true, Marks: workflow.MarkSigned, Label: "签收（配合）", Done: "已经签收", Effect: "记下本单位已经收到。", From: beforeSent, By: units, Unit: workflow.CoUnit,
		},
		{
			Action: CoOpinion, Leads: true, Marks: workflow.MarkOpinion, Label: "送配合意见", Done: "配合意见已经送出", Effect: "牵头单位看得到。答复送出以前都可以送。", From: beforeSent, By: units, Unit: workflow.CoUnit,
			Needs: []workflow.Need{words("配合意见", "请写配合意见", 5000)},
		},
		{
			Action: Object, News: "承办单位申请退办", Aside: true, Sign: workflow.Asking, Label: "申请退办", Done: "已经申请退办", Heading: "承办单位提出异议", Effect: "收到转送件起 " + clock.PetitionObject.Length() + "内：当天签收的从签收算起，以后才签收的从派单后的第一个工作日算起。写明理由，派单的人同意才能退（《信访工作条例》第二十三条）。",
			Within: workflow.Term{Clock: clock.PetitionObject,
				Over: "申请退办的期限到{day}，已经过了，不能再申请退办（《信访工作条例》第二十三条）。",
				Used: "已经申请过退办，或者已经答复过，不能再申请。"},
			From: []workflow.State{Dispatched, Handling}, To: Objected, By: units, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("为什么不该本单位办、建议哪个单位办", "请详细写明理由", 2000)},
			Stops: []clock.Code{clock.PetitionObject, clock.HotlineSign}, Tells: []workflow.Tell{{Template: "objected", To: letter.ToDesk}}, Public: "承办单位提出不该由它办理，正在核实。",
		},
		{
			Action: AgreeReturn, Leads: true, Recalls: true, Label: "同意退办", Done: "已经同意退办", Heading: "改由其他单位办理", Effect: "收回派单，另派单位。答复期限照走。", From: []workflow.State{Objected}, To: Accepted, By: desk,
			Needs: []workflow.Need{words("核实的情况", "请写核实的情况", 1000)}, Stops: []clock.Code{clock.Supervised}, Clears: ladder.Proposed, Public: "经核实，改由其他单位办理。",
		},
		{
			Action: RefuseReturn, News: "退办没有同意", Label: "不同意退办", Done: "已经退回原单位办理", Heading: "仍由原单位办理", Effect: "退回原单位办理，期限照走。", From: []workflow.State{Objected}, To: Handling, By: desk,
			Needs: []workflow.Need{words("不同意的理由", "请写不同意的理由", 1000)}, Public: "经核实，仍由原单位办理。",
		},
		{
			Action: DraftAnswer, Over: "draft", Leads: true, Writes: true, Label: "写答复稿", Done: "答复稿已经送批", Heading: "答复稿写好", Effect: "写好后送本单位负责人批准。", From: []workflow.State{Handling}, To: ResultSubmitted,
			By: units, Unit: workflow.LeadUnit, Anew: drafters, Needs: answerNeeds, Public: "承办单位已写好答复稿，等负责人批准。",
		},
		{
			Action: ApproveAnswer, Over: "draft", Leads: true, Decides: true, Label: "批准答复稿", Done: "答复稿已经送审", Heading: "答复稿送审", Effect: "送督办员审核。", From: []workflow.State{ResultSubmitted}, To: UnderReview,
			By: head, Unit: workflow.LeadUnit, NotBy: []workflow.Action{DraftAnswer}, Anew: drafters, Public: "答复稿已送审，由另一名人员审核。",
		},
		{
			Action: ReturnAnswer, Over: "draft", News: "负责人退回重写", Decides: true, Label: "退回重写", Done: "答复稿已经退回重写", Effect: "回到承办人，期限照走。", From: []workflow.State{ResultSubmitted}, To: Handling, By: head, Unit: workflow.LeadUnit,
			Needs: []workflow.Need{words("要改哪里", "请写明要改哪里", 2000)},
		},
		{
			Action: Reply, Over: "draft", Leads: true, Decides: true, Label: "同意并送出答复", Done: "答复已经送出", Heading: "书面答复", Effect: "答复期限停表。投诉人看到答复，" + clock.PetitionReview.Length() + "内可以申请复查。送出后不能收回。",
			From: []workflow.State{UnderReview}, To: Replied, By: review, NotBy: []workflow.Action{DraftAnswer, ApproveAnswer}, Anew: drafters,
			Stops: slices.Concat(ofAnswer, []clock.Code{clock.PetitionObject, clock.Pausing, clock.Supervised}, request.Clocks), Starts: []clock.Code{clock.PetitionReview}, MayStart: []clock.Code{clock.Promise},
			Sets: []string{register.Answered}, Clears: append([]string{extension.Paused}, ladder.Waiting...), Tells: toComplainant("replied"), Public: "已经书面答复。", Hard: true,
		},
		{
			Action: SendBack, Over: "draft", News: "退回修改", Decides: true, Label: "退回修改", Done: "答复稿已经退回修改", Effect: "回到承办单位，期限照走。要写明改哪里。投诉人看不到。", From: []workflow.State{UnderReview}, To: Handling, By: review,
			Needs: []workflow.Need{words("要改哪里", "请写明要改哪里", 2000)},
		},
	}
}

// reviewing is the article of a review, on which its outcome stands.
var reviewing = []string{"XF-35"}

// closingMoves are what may be done around and after the answer.
func closingMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Reopen, Never: []string{unled}, News: "退回重新办理", Label: "重新办理", Done: "已经交回重新办理", Effect: "复查认为原答复要改，回到承办单位，由没有写过、批过、送过原答复的人重办。答复期限重新起算。", From: []workflow.State{ReviewRequested}, To: Handling, By: review,
			NotBy: drafters, Clears: []string{Substantiated, FollowedUp, CaseDeclined}, Afresh: true, Needs: []workflow.Need{words("复查意见", "请写复查意见", 2000)},
			Basis: reviewing, Stops: []clock.Code{clock.ReviewAnswer}, Starts: []clock.Code{clock.PlatformAnswer}, Public: "依据{basis}，复查后决定重新办理。",
		},
		{
			Action: ReopenElsewhere, News: "退回另派单位", Recalls: true, Label: "换单位重新办理", Done: "已经收回，等另派单位", Heading: "改由其他单位重新办理", Effect: "复查认为原答复要改，原来的单位没有别的人能办，或者不宜再办：收回来另派。答复期限重新起算。",
			From: []workflow.State{ReviewRequested}, To: Accepted, By: review,
			NotBy: drafters, Clears: []string{Substantiated, FollowedUp, CaseDeclined}, Afresh: true, Needs: []workflow.Need{words("复查意见", "请写复查意见", 2000)},
			Basis: reviewing, Stops: []clock.Code{clock.ReviewAnswer}, Starts: []clock.Code{clock.PlatformAnswer}, Public: "依据{basis}，复查后决定改由其他单位重新办理。",
		},
		{
			Action: Uphold, Never: []string{staff.ReaderMeant}, Label: "维持原答复，办结", Done: "复查结果已经送出，本件办结", Heading: "复查结果", Effect: "复查认为原答复没有错。写明为什么，投诉人看得到，" + clock.PetitionRecheck.Length() + "内可以请求复核。送出答复的人不能办这一步。",
			From: []workflow.State{ReviewRequested}, To: Closed, By: review, NotBy: drafters,
			Basis: reviewing,
			Needs: append([]workflow.Need{
				{Name: "public", Label: "复查意见", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写复查意见：为什么维持原答复"},
			}, law.Further("《信访工作条例》第三十五条")...),
			Stops: []clock.Code{clock.ReviewAnswer}, Starts: []clock.Code{clock.PetitionRecheck}, Sets: []string{Upheld}, Tells: toComplainant("upheld"), Public: "依据{basis}，复查后维持原答复：{public}", Hard: true,
		},
		{
			Action: FollowUp, Label: "记下回访", Done: "回访已经记下", Heading: "回访了您", Effect: "投诉人不满意或者说没有解决的，办结以前要回访：问清楚哪里没有解决，能办的再办。投诉人看得到您记的结果。",
			From: []workflow.State{Rated}, By: review, Sets: []string{FollowedUp},
			Needs:  []workflow.Need{{Name: "public", Label: "怎么回访的、结果怎样", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写怎么回访的、结果怎样"}},
			Public: "回访：{public}",
		},
		{
			Action: Close, Leads: true, Sign: workflow.Finished, Quiet: true, Only: []string{confirmed}, Never: []string{staff.ReaderMeant}, Label: "办结", Done: "已经办结", Effect: "投诉人评价后归档。办结不等于解决，评价照原样统计；申请复查的期限照走，到期以前投诉人还可以申请。", From: []workflow.State{Rated}, To: Closed, By: review,
			Needs: []workflow.Need{words("办结的理由", "请写办结的理由", 1000)}, MayStart: []clock.Code{clock.ClosingVerified}, Tells: toComplainant("closed"), Public: "本件办结。",
		},
		{
			// What the complainant does not confirm is closed by a second officer (虚假办结).
			Action: Close, Leads: true, Sign: workflow.Finished, Quiet: true, Only: []string{overridden}, Never: []string{staff.ReaderMeant, Unheard}, NotBy: drafters, Label: "办结", Done: "已经办结，列入回访核查", Effect: "投诉人不满意或者说没有解决的，由没有写、批、送过答复的人写明理由才能办结；办结以后还要回访核查。申请复查的期限照走。", From: []workflow.State{Rated}, To: Closed, By: review,
			Needs: []workflow.Need{words("办结的理由", "请写办结的理由", 1000)}, MayStart: []clock.Code{clock.ClosingVerified}, Tells: toComplainant("closed"), Public: "本件办结，还要回访核查一次。",
		},
		{
			Action: RemindRating, Label: "提醒评价", Heading: "提醒您", From: []workflow.State{Replied}, By: []workflow.Role{staff.System},
			Timed: workflow.Timed{Clock: clock.PetitionReview, Before: 5}, Tells: toComplainant("rating_reminder"), Hidden: true,
			Public: "对这份答复，您还没有评价。再过几天没有评价、也没有申请复查的，本件自动办结，记为未评价。",
		},
		{
			Action: LapseRating, Label: "到期办结，未评价", Heading: "到期办结", From: []workflow.State{Replied}, To: Closed, By: []workflow.Role{staff.System},
			Timed: workflow.Timed{Clock: clock.PetitionReview, Told: RemindRating, Effect: closingDoubted}, MayStart: []clock.Code{clock.ClosingVerified}, Tells: toComplainant("closed_unrated"), Hidden: true,
			Public: "到期没有评价，也没有申请复查，本件办结，记为未评价。",
		},
		{
			Action: OpenCase, Apart: true, Withheld: workflow.WithheldWhole, Label: "立案", Done: "已经立案", Heading: "立为失信案件", Effect: "属实的投诉转为失信案件，另有编号，接着起草书面警示。投诉人的身份不带过去。",
			From: states(answered, []workflow.State{Reopened, Closed, Rechecked}), By: []workflow.Role{staff.DisciplineOfficer},
			Only: []string{Substantiated}, Never: []string{ClosedBefore, CaseOpened, UnitUnsettled}, Sets: []string{CaseOpened}, Clears: []string{CaseDeclined},
			Needs: []workflow.Need{
				{Name: "title", Label: "案由", Hint: "写单位和事情，不写投诉人。不写就用单位名称和类别。", Kind: workflow.AskLine, Max: 60, Optional: true},
				{Name: "note", Label: "立案的依据和理由", Kind: workflow.AskText, Max: 2000, Optional: true},
			},
		},
		{
			Action: DeclineCase, Aside: true, Withheld: workflow.WithheldWhole, Label: "不予立案", Done: "已经决定不予立案", Heading: "研究了是否立案",
			Effect: "查实了，但不够立案惩戒的：写明理由，从“属实待立案”里拿掉。理由只有监督人员看得到，投诉人只看到研究过、这次没有立案。以后要改，直接立案；复查后重新办理的，重新决定。",
			From:   states(answered, []workflow.State{Reopened, Closed, Rechecked}), By: []workflow.Role{staff.DisciplineOfficer},
			Only: []string{Substantiated}, Never: []string{ClosedBefore, CaseOpened, CaseDeclined, staff.ReaderMeant}, Sets: []string{CaseDeclined},
			Needs:  []workflow.Need{words("不予立案的理由", "请写不予立案的理由", 2000)},
			Public: "是否对被投诉单位立案惩戒已经研究，这次没有立案。答复不变，您评价和申请复查的权利也不变。",
		},
		{
			Action: RecordResult, Label: "记下有权机关的回复", Done: "回复已经记下", Heading: "有权机关的回复", Effect: "转出去以后收到的回执、结果记在这里，投诉人看得到您写给他的话。",
			From: elsewhere, By: desk, Never: []string{staff.ReaderMeant},
			Needs: []workflow.Need{
				{Name: "public", Label: "告诉投诉人的话", Hint: "例如：某机关某月某日已经收到；结果是什么。投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写收到了什么回复"},
			},
			Tells: toComplainant("result"), Public: "有权机关的回复：{public}",
		},
		resultOfReferral(),
		workflow.Recusing(allStates(), everyone, staff.Complainant.Title()),
		{
			Action: Note, Withheld: workflow.WithheldEarlier, Title: "说明", Sign: workflow.Asking, Label: "记下", Done: "已经记下", Effect: "只有办理本件的人看得到，记下后不能改。",
			From: allStates(), By: everyone,
			Needs: []workflow.Need{words("内部说明", "请写要记下的话", 5000)}, Hidden: true,
		},
		{
			// Its button stands at the letter.
			Action: SendAgain, Withheld: workflow.WithheldWhole, Label: "再发一次", Title: "再发没有发成的信", Done: "已经再发，发没发成看“信件”",
			Effect: "本件没有发成的信各再发一次，发到原来的邮箱。", From: allStates(), By: desk, Hidden: true,
		},
		{
			Action: OpenIdentity, Apart: true, Withheld: workflow.WithheldWhole, Sign: workflow.Sealed, Label: "打开投诉人身份", Done: "身份已经打开过", Heading: "您的身份被打开过", Effect: "要写理由。这次打开会记入经过，并告诉投诉人。",
			From: states(underWay, answered, []workflow.State{Split, ReviewRequested, RecheckRequested, Reopened}), By: []workflow.Role{staff.Registrar, staff.Supervisor}, Never: []string{Anonymous, UnitUnsettled, staff.ReaderMeant},
			Needs: []workflow.Need{{Name: "public", Label: "为什么要打开", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 500, Ask: "打开身份要写理由"}}, Hidden: true,
			Public: "工作人员查看了您的身份信息，理由：{public}",
		},
		{
			Action: workflow.Recount, Label: "重算期限", Heading: "期限按新的放假安排重算",
			From: states(underWay, answered, []workflow.State{ReviewRequested, RecheckRequested, Reopened, Settled, Transferred, Closed}), By: []workflow.Role{staff.System},
			Tells: toComplainant("recounted"), Public: "放假安排有了变化，期限重算：{changes}。", Hidden: true,
		},
		{ // of what is sealed nobody but its reader knows the terms
			Action: workflow.Recount, Label: "重算期限", From: []workflow.State{ReferredDiscipline}, By: []workflow.Role{staff.System}, Hidden: true,
		},
	}
}
