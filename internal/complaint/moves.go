package complaint

import (
	"slices"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/letter"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a complaint stands (domain-facts §1.7).
const (
	Submitted          workflow.State = "submitted"
	Registered         workflow.State = "registered"
	SupplementRequired workflow.State = "supplement_required"
	Accepted           workflow.State = "accepted"
	Joined             workflow.State = "joined" // with another complaint of the same thing, which is answered for both
	Dispatched         workflow.State = "dispatched"
	Objected           workflow.State = "objected"
	Handling           workflow.State = "handling"
	ResultSubmitted    workflow.State = "result_submitted"
	UnderReview        workflow.State = "under_review"
	Replied            workflow.State = "replied"
	Rated              workflow.State = "rated"
	ReviewRequested    workflow.State = "review_requested"
	Closed             workflow.State = "closed"
	Redirected         workflow.State = "redirected"
	Transferred        workflow.State = "transferred"
	ReferredDiscipline workflow.State = "referred_discipline"
	Rejected           workflow.State = "rejected"
	Withdrawn          workflow.State = "withdrawn"
)

// What may be done to a complaint.
const (
	File              workflow.Action = "file"
	ImportClosed      workflow.Action = "import_closed"
	Supplement        workflow.Action = "supplement"
	Confide           workflow.Action = "confide" // the same, said to the supervising desk alone
	Urge              workflow.Action = "urge"
	Withdraw          workflow.Action = "withdraw"
	Rate              workflow.Action = "rate"
	Contest           workflow.Action = "contest"
	EnterRegister     workflow.Action = "register"
	SettleUnit        workflow.Action = "settle_unit"
	AskSupplement     workflow.Action = "ask_supplement"
	Accept            workflow.Action = "accept"
	Redirect          workflow.Action = "redirect"
	Transfer          workflow.Action = "transfer"
	ReferDiscipline   workflow.Action = "refer_discipline"
	Reject            workflow.Action = "reject"
	Dispatch          workflow.Action = "dispatch"
	Sign              workflow.Action = "sign"
	CoSign            workflow.Action = "co_sign"
	CoOpinion         workflow.Action = "co_opinion"
	Object            workflow.Action = "object"
	AgreeReturn       workflow.Action = "agree_return"
	RefuseReturn      workflow.Action = "refuse_return"
	DraftAnswer       workflow.Action = "draft_answer"
	ApproveAnswer     workflow.Action = "approve_answer"
	ReturnAnswer      workflow.Action = "return_answer"
	SendBack          workflow.Action = "send_back"
	Reply             workflow.Action = "reply"
	Reopen            workflow.Action = "reopen"
	Close             workflow.Action = "close"
	Uphold            workflow.Action = "uphold"
	FollowUp          workflow.Action = "follow_up"
	Recall            workflow.Action = "recall"
	CorrectNature     workflow.Action = "correct_nature"
	ReopenElsewhere   workflow.Action = "reopen_elsewhere"
	RecordResult      workflow.Action = "record_result"
	RemindSupplement  workflow.Action = "remind_supplement"
	EndUnsupplemented workflow.Action = "end_unsupplemented"
	RemindRating      workflow.Action = "remind_rating"
	LapseRating       workflow.Action = "lapse_rating"
	AskFollow         workflow.Action = "ask_follow"
	AllowFollow       workflow.Action = "allow_follow"
	RefuseFollow      workflow.Action = "refuse_follow"
	EndFollow         workflow.Action = "end_follow"
	Note                              = workflow.Note
	SendAgain                         = workflow.SendAgain
	OpenIdentity      workflow.Action = "open_identity"
	OpenCase          workflow.Action = "open_case" // its effect is discipline's
	DeclineCase       workflow.Action = "decline_case"
)

// Facts that open or bar moves.
const (
	Accusation    = "accusation"    // 检举控告: never to be dispatched
	Substantiated = "substantiated" // the answer found it true, wholly or in part
	CaseOpened    = "case_opened"
	CaseDeclined  = "case_declined" // decided that none is opened; opening one all the same takes it back
	UnitUnsettled = "unit_unsettled"
	OfficeMeant   = "office_meant" // not settled, and its words may mean the supervising office: see staff.Scope
	Anonymous     = workflow.Anonymous
	FollowedUp    = "followed_up"
	OnceAnswered  = "once_answered" // an answer was sent: what it decided on is not corrected any more
	Unheard       = "unheard"       // not satisfied or not solved, and nobody has followed that up
	ClosedBefore  = "closed_before" // in the records of another system: it is here to be read
)

var (
	desk     = []workflow.Role{staff.Registrar, staff.Supervisor}
	review   = []workflow.Role{staff.Supervisor, staff.Leader}
	everyone = []workflow.Role{staff.Registrar, staff.Handler, staff.UnitHead, staff.Supervisor, staff.DisciplineOfficer, staff.Leader}
	citizen  = []workflow.Role{staff.Complainant}
	release  = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Leader}

	// underWay is from the filing to the day before the answer.
	underWay  = []workflow.State{Submitted, Registered, SupplementRequired, Accepted, Joined, Dispatched, Objected, Handling, ResultSubmitted, UnderReview}
	answered  = []workflow.State{Replied, Rated}
	elsewhere = []workflow.State{Redirected, Transferred, ReferredDiscipline} // with another body
)

func states(groups ...[]workflow.State) []workflow.State {
	var all []workflow.State
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

// Natures of a matter, chosen when it is accepted (信访工作条例 22, 28–31).
var Natures = []workflow.Option{
	{Value: "RED", Label: "申诉求决：要求解决自己的事（另有法定期限）"},
	{Value: "ACC", Label: "检举控告：反映人员违纪违法（不能派单，只能转送或移送）"},
	{Value: "SUG", Label: "建议意见"},
	{Value: "LIT", Label: "涉法涉诉：应由政法机关办理"},
	{Value: "INQ", Label: "咨询"},
	{Value: "HLP", Label: "求助"},
}

// RejectGrounds are the grounds on which a complaint is not taken up. One that has no article
// of its own stands on one that is chosen.
var RejectGrounds = []workflow.Option{
	{Value: "REJECT_DUP", Label: "同一件事已在办理，期限未满", Basis: "XF-19"},
	{Value: "REJECT_FINAL", Label: "已经复核终结，没有新的事实和理由", Basis: "XF-36"},
	{Value: "REJECT_NOT_PROC", Label: "欠款不是采购货物、工程、服务形成的", Track: SMEPayment},
	{Value: "REJECT_ELSEWHERE", Label: "法院、仲裁或者其他机关已经受理"},
	{Value: "REJECT_NO_NEW", Label: "已有结果，没有新的事实和理由"},
	{Value: "REJECT_12345", Label: "不属于 12345 受理的范围：应走诉讼、仲裁、复议、纪检、信息公开等渠道，已经进入信访渠道，涉密、涉隐私或者违反公序良俗", Basis: "G53", Track: Hotline345},
	{Value: "REJECT_NO_CONTRACT", Label: "与被投诉单位没有合同关系", Basis: "KX-25"},
}

// Litigation is whether the matter is before a court or an arbitrator.
var Litigation = []workflow.Option{
	{Value: "no", Label: "没有"}, {Value: "pending", Label: "有，还没有结果"}, {Value: "decided", Label: "有，判了或裁了，对方没有履行"},
}

// Findings are what the inquiry found.
var Findings = []workflow.Option{
	{Value: "substantiated", Label: "属实"}, {Value: "mostly", Label: "基本属实"}, {Value: "partially", Label: "部分属实"},
	{Value: "unsubstantiated", Label: "不属实"}, {Value: "unverifiable", Label: "无法核实"},
}

// Decisions are what is done about the request (信访工作条例 32).
var Decisions = []workflow.Option{
	{Value: "support", Label: "支持"}, {Value: "partial", Label: "部分支持"},
	{Value: "explain", Label: "合理但没有依据，作解释"}, {Value: "not_support", Label: "不予支持"},
}

// Ratings and Solutions are the complainant's own verdict.
var (
	Ratings = []workflow.Option{
		{Value: "satisfied", Label: "满意"}, {Value: "basic", Label: "基本满意"}, {Value: "dissatisfied", Label: "不满意"},
	}
	Solutions = []workflow.Option{
		{Value: "solved", Label: "解决了"}, {Value: "waiting", Label: "还在等兑现"}, {Value: "unsolved", Label: "没有解决"},
	}
)

func allStates() []workflow.State {
	return states(underWay, answered, elsewhere, []workflow.State{Split, ReviewRequested, Reopened, Settled, RecheckRequested, Rechecked, Closed, Rejected, Withdrawn, PartsEnded, Missplit})
}

func words(label, ask string, limit int) workflow.Need {
	return workflow.Need{Name: "note", Label: label, Kind: workflow.AskText, Max: limit, Ask: ask}
}

// openWords are words of a complainant that a handling unit reads.
func openWords(label, ask string, limit int, hint string) workflow.Need {
	n := words(label, ask, limit)
	n.Hint = hint
	return n
}

// newestSent is which answer the complainant has: the portal reads it, too.
const newestSent = `(SELECT coalesce(max(a.version), 0)::text FROM answer a WHERE a.matter_id = m.id AND a.sent_at IS NOT NULL)`

// Law is the move table of a complaint.
var Law = &workflow.Table{
	Kind: "complaint",
	Noun: "投诉", Outsider: staff.Complainant.Title(),
	Unit: workflow.Accused,
	Owes: map[clock.Code]string{
		clock.PlatformRegister: "登记", clock.PlatformAccept: "告诉您是否受理", clock.PetitionNotice: "书面告诉您去向",
		clock.ReviewAnswer: "告诉您复查结果", clock.RecheckAnswer: "告诉您复核结果", clock.PlatformAnswer: "答复您", clock.PetitionConclude: "答复您",
		clock.PaymentExamine: "告诉您是否受理", clock.PaymentTransfer: "转交处理部门", clock.PaymentAnswer: "答复您",
		clock.BusinessGive: "转给有关部门", clock.BusinessAnswer: "答复您",
		clock.HotlineGive: "派给承办单位", clock.HotlineSign: "由承办单位签收", clock.HotlineInquiry: "答复您", clock.HotlineHelp: "答复您", clock.HotlineAnswer: "答复您",
	},
	States: []workflow.StateInfo{
		{State: Submitted, Word: "待登记", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "等登记员登记"},
		{State: Registered, Word: "待受理", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "决定是否受理", Doing: "登记员在看属不属于受理范围"},
		{State: SupplementRequired, Word: "待补正", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithOutsider, Doing: "等您补充"},
		{State: Accepted, Word: "待派单", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "等派给承办单位"},
		{State: Joined, Word: "并案办理", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "同样的几件一起办，等一份答复"},
		{State: Split, Word: "已拆分", Sign: workflow.HandedOn, Phase: workflow.UnderWay, Task: "转给其中一件", Doing: "分成几件分别办，每一件各有答复"},
		{State: Dispatched, Word: "待签收", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithLead, Doing: "等承办单位签收"},
		{State: Objected, Word: "退办待核", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "核实退办", Doing: "承办单位说不该它办，正在核实"},
		{State: Handling, Word: "办理中", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLead, Doing: "承办单位在查"},
		{State: ResultSubmitted, Word: "待批准", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithLeadHead, Task: "批准答复稿", Doing: "承办人写好了答复稿，等负责人批准"},
		{State: UnderReview, Word: "待审核", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "审核答复", Doing: "答复稿等另一个人审核"},
		{State: Replied, Word: "已答复", Sign: workflow.Met, Phase: workflow.Waiting, With: workflow.WithOutsider},
		{State: Rated, Word: "已评价", Sign: workflow.Met, Phase: workflow.Waiting, With: workflow.WithDesk},
		{State: ReviewRequested, Word: "复查中", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "复查", Doing: "另外的人在复查"},
		{State: RecheckRequested, Word: "复核中", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithDesk, Task: "复核", Doing: "没有答复、复查过的人在复核"},
		{State: Rechecked, Word: "复核终结", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Reopened, Word: "承诺没办到", Sign: workflow.Asking, Phase: workflow.UnderWay, With: workflow.WithLead, Task: "办到答应的事", Doing: "答应的事到期没有办到，承办单位在重新办理"},
		{State: Settled, Word: "已和解", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Closed, Word: "已办结", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Redirected, Word: "已告知途径", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: Transferred, Word: "已转送", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: ReferredDiscipline, Word: "已移送", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: Rejected, Word: "不予受理", Sign: workflow.Refused, Phase: workflow.Over},
		{State: Withdrawn, Word: "已撤回", Sign: workflow.Refused, Phase: workflow.Over},
		{State: PartsEnded, Word: "拆分办完", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Missplit, Word: "拆分有误", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Flags: workflow.Merge(extension.Flags, ladder.Flags, jointFlags, kinFlags, transferFlags, recheckFlags, closingFlags, ladder.OfficeFlags, sealFlags, releaseFlags, request.Flags, workflow.HelpedFlags, promise.Flags, promise.DoubtFlags, settleFlags, map[string]string{
		Accusation:          "检举控告不能派给单位办理，只能转送或者移送有权机关（《信访工作条例》第三十条）。",
		UnitUnsettled:       "被投诉单位还没有确定，先确定再办这一步。",
		"!" + UnitUnsettled: "被投诉单位已经确定。",
		"!" + Substantiated: "答复没有认定属实，不能立案。",
		CaseOpened:          "已经立过案了。",
		CaseDeclined:        "已经决定不予立案。要改变决定，直接立案。",
		Anonymous:           "投诉人没有留姓名，没有身份可以打开。",
		ClosedBefore:        "这件投诉在旧系统里已经办结，连同旧档答复转来供查阅。要再办的，请另外登记一件。",
		OnceAnswered:        "已经按原来的单位、类别和性质答复过，不能再改。",
		"!" + OnceAnswered:  "还没有答复过。",
		Unheard:             "投诉人不满意，或者说没有解决。先回访，记下结果，再办结。",

		staff.ReaderMeant:        "投诉里可能说到您本人或者您的单位，这一步要由别人来办。",
		"!" + staff.OthersBarred: "除了现在的被投诉单位，没有别的回避。",
	}),
	Class: `(SELECT concat(r.track, ' ', r.nature) FROM complaint r WHERE r.matter_id = m.id)`,
	Seen: map[string]workflow.Seen{
		"draft": {SQL: `(SELECT coalesce(max(a.version), 0)::text FROM answer a WHERE a.matter_id = m.id)`,
			Changed: "没有办。答复稿现在是第 {now} 稿，和您看的不是同一稿，请看过这一稿再办。您写的内容还在下面，没有丢。"},
		"sent": {SQL: newestSent,
			Changed: "还没有交。答复换过了，和您看的不是同一份，请看过现在的答复再办。您写的内容还在下面，没有丢。"},
		"settlement": seenAgreement,
		"release":    releaseSeen,
		"settled": {SQL: `concat_ws(' ', m.unit, m.category)`,
			Changed: "没有办。被投诉单位或者类别刚才有人改过，请看过现在的再定。您写的内容还在下面，没有丢。"},
	},
	Facts: workflow.Merge(extension.Facts, request.Facts, jointFacts, kinFacts, transferFacts, recheckFacts, closingFacts, sealFacts, releaseFacts, workflow.HelpedFacts, pressing.Facts(), ours.Facts(), promise.Facts, promise.DoubtFacts, settleFacts, map[string]string{
		OnceAnswered: `EXISTS (SELECT FROM answer r WHERE r.matter_id = m.id AND r.sent_at IS NOT NULL)`,
		Unheard: `NOT 'followed_up' = ANY (m.flags) AND EXISTS (
			SELECT FROM complaint r WHERE r.matter_id = m.id AND (r.rating = 'dissatisfied' OR r.solved = 'unsolved'))`,
	}),
	Shared: jointShared,
	Moves:  slices.Concat(complainantMoves(), followMoves(), intakeMoves(), jointMoves(), splitMoves(), handlingMoves(), workflow.Assigning(pressing.With, beforeSent), []workflow.Move{workflow.ChangingCo(beforeSent, desk, "配合")}, course.Moves(), asking.Moves(), inquiryMoves(), transferMoves(), sealMoves(), pressing.Moves(), ours.Moves(), settleMoves(), promisedMoves(), closingMoves(), verifyMoves(), recheckMoves(), releaseMoves(), []workflow.Move{settleClosed(intakeMoves()), sealedAgain(), sealedIdentity()}),
}

// course is how the terms of the answer may move. The unit asks while it works; the terms of
// the law beside our own are extended too, as far as each says, and never stand still.
var course = extension.Course{
	Working: []workflow.State{Handling, ResultSubmitted}, Deciding: []workflow.State{Objected, Handling, ResultSubmitted, UnderReview}, Between: []workflow.State{Accepted, Joined, Dispatched, RecheckRequested},
	Extends: []clock.Code{clock.PlatformAnswer, clock.PetitionConclude, clock.PaymentAnswer, clock.BusinessAnswer}, Pauses: []clock.Code{clock.PlatformAnswer}, To: staff.Complainant.Title(),
}

// asking is how something is asked while a unit works; before that the registrar asks
// (AskSupplement), and the matter waits.
var asking = request.Course{
	Working: []workflow.State{Handling, ResultSubmitted}, Open: []workflow.State{Accepted, Dispatched, Objected, Handling, ResultSubmitted, UnderReview},
	Waiting: SupplementRequired, Back: Registered, Restarts: []clock.Code{clock.PlatformAccept, clock.PetitionNotice}, Chosen: ofFiling, To: staff.Complainant.Title(),
}

// pressing is how a unit is pressed that is late: by our own term, by that of its track where
// that ends sooner, and by the law's sixty days when ours was extended to them.
var pressing = ladder.Course{With: []workflow.State{Dispatched, Objected, Handling, ResultSubmitted}, Signed: []workflow.State{ResultSubmitted}, Answers: ofAnswer, To: staff.Complainant.Title()}

// ours is what the supervising office owes itself, and is warned of and escalated as a unit is,
// apart from the units: the acceptance, the handing out, an answer that waits to be sent or
// for another one, the review and the recheck.
var ours = ladder.Office{
	With:  []workflow.State{Submitted, Registered, Accepted, Joined, UnderReview, ReviewRequested, RecheckRequested},
	Terms: slices.Concat(decided, given, []clock.Code{clock.PlatformAnswer, clock.ReviewAnswer, clock.RecheckAnswer}), Short: []clock.Code{clock.PlatformRegister, clock.HotlineGive},
}

// supplements bounds what one complainant may add in a day.
var supplements = workflow.Often{Most: 20, Said: "今天已经补充了 20 次，请明天再补。要补的多，可以写在一次里。"}

// supplementing are the rows of what a complainant adds: while the registrar waits for it,
// and at any time else. What is told to the supervising desk alone is a move of its own,
// so that a handling unit hears neither the words nor that there are any: whoever
// presses somebody may sit in it.
func supplementing() []workflow.Move {
	asked := workflow.Move{
		Action: Supplement, Writes: true, News: "投诉人补充了", Label: "补充材料或说明", Done: "补充的话已经收到，转给正在办理的人了。", Heading: "您补充了说明", Effect: "写下的话会转给正在办理的人；只想让监督人员知道的，可以选。",
		From: []workflow.State{SupplementRequired}, MayLead: []workflow.State{asking.Back}, By: citizen, Often: supplements,
		Needs: []workflow.Need{answering("先补其中几项的，只选那几项，别的到期以前再补；一项都没有选的，就当都在这一次里说了。"),
			openWords("要补充的话", "请写要补充的内容", 10000, openly), personal("note"), told("承办单位看不到，也不知道有这回事")},
		MayStart: slices.Concat(asking.Restarts, asking.Chosen),
		Public:   "您按要求补充了说明{rest}。",
	}
	free := asked
	free.From, free.MayLead, free.MayStart = []workflow.State{Submitted, Registered, Accepted, Joined, Dispatched, Objected, Handling, ResultSubmitted, UnderReview, Replied, Rated, ReviewRequested, RecheckRequested, Reopened, Settled}, nil, request.Clocks
	free.Needs = append([]workflow.Need{answering("先补其中几项的，只选那几项；要说的是别的事，就都不选。")}, asked.Needs[1:]...)
	free.Public = "您补充了说明，已转给正在办理的人。"
	whole := free // of a complaint that was split, nobody but the desk works on the whole
	whole.From, whole.Public = []workflow.State{Split}, "您补充了说明，由监督人员转给办那一件的人。"
	whole.Done, whole.Effect = "补充的话已经收到，由监督人员转给办那一件的人。", "写下的话由监督人员转给办那一件的人；只想让监督人员知道的，可以选。"
	rows := []workflow.Move{asked, free, whole}
	for _, m := range slices.Clone(rows) {
		m.Action, m.Withheld, m.Hidden, m.Sign = Confide, workflow.WithheldWhole, true, workflow.Asking
		m.News = "投诉人说给了监督人员"
		m.Label, m.Heading, m.Effect = "说给监督人员", "您说给了监督人员", "只有监督人员看得到，承办单位不知道有这回事。"
		m.Done = "收到了，只有监督人员看得到，承办单位看不到。"
		m.Public = strings.NewReplacer("已转给正在办理的人", onlyDesk, "由监督人员转给办那一件的人", onlyDesk).Replace(m.Public)
		if len(m.MayLead) > 0 {
			m.Public = "您按要求补充了说明，只有监督人员看得到{rest}。"
		}
		rows = append(rows, m)
	}
	return rows
}

// answering is which of the items that are asked something answers.
func answering(hint string) workflow.Need {
	return workflow.Need{Name: request.Answers, Label: "这次补的是哪几项", Hint: hint, Kind: workflow.AskUnits, From: workflow.FromMatter, Optional: true}
}

// told is to whom the words of a move are told; left open it is the supervising desk
// where they tell of threats, else whoever works on the complaint. apart says what a
// handling unit learns all the same.
func told(apart string) workflow.Need {
	return workflow.Need{Name: toldField, Label: "说给谁听", Kind: workflow.AskChoice, Optional: true,
		Hint: "请自己选。不选的话，看得出写到威胁、报复的，我们尽量只给监督人员看，但可能看不出来；别的，正在办理的人都看得到。",
		Options: []workflow.Option{
			{Value: toldAll, Label: "正在办理的人都看得到，包括承办单位"},
			{Value: toldDesk, Label: "只说给监督人员，" + apart},
		}}
}

// withdrawWhole is Withdraw of a complaint that was split, once every part was taken back: what
// somebody works on as a part is withdrawn there.
func withdrawWhole() workflow.Move {
	return workflow.Move{
		Action: Withdraw, Quiet: true, Writes: true, News: "投诉人撤回了", Label: "撤回投诉", Done: "投诉已经撤回，不再办理。", Heading: "您撤回了投诉", Effect: "分出来的都已经并回来。撤回后不再办理；同一件事以后还可以再投诉。",
		From: []workflow.State{Split}, To: Withdrawn, By: citizen, Only: []string{allBack},
		Needs:  []workflow.Need{{Name: "note", Label: "为什么撤回", Hint: "有人逼您撤回的，请写下来，只有监督人员看得到。", Kind: workflow.AskText, Max: 500, Optional: true}},
		Public: "您撤回了投诉，不再办理。", Hard: true,
	}
}

const (
	onlyDesk  = "只有监督人员看得到，承办单位看不到"
	toldField = "told"
	toldAll   = "all"
	toldDesk  = "desk"
)

func complainantMoves() []workflow.Move {
	moves := []workflow.Move{
		{
			Action: File, Apart: true, Writes: true, Withheld: atIntake, Label: "提交投诉", Title: "收到投诉", Heading: "收到您的投诉", To: Submitted, By: []workflow.Role{staff.Complainant, staff.Registrar, staff.Supervisor},
			Starts: []clock.Code{clock.PlatformRegister, clock.PlatformAccept, clock.PetitionNotice}, MayStart: ofFiling,
			Tells:  []workflow.Tell{{Template: "received", To: letter.ToComplainant}},
			Public: "投诉已经收到，正在等登记。", Hidden: true,
		},
		{
			Action: ImportClosed, Apart: true, Writes: true, Sign: workflow.Finished, Label: "转入已办结的旧件", Heading: "从旧系统转入", To: Closed, By: []workflow.Role{staff.System}, Sets: []string{ClosedBefore},
			Public: "这件投诉在旧系统里已经办结，连同旧档答复转入本平台。", Hidden: true,
		},
		{
			Action: Urge, News: "投诉人催办了", Label: "催办", Done: "催办已经记下，送到审核人那里了。", Heading: "您催办了", Effect: "催办会记下来，送到审核人。", From: states(underWay, []workflow.State{Split, ReviewRequested, RecheckRequested, Reopened}), By: citizen,
			Often: workflow.Often{Most: 1, Said: "今天已经催办过了，催办送到了审核人那里。明天还没有动静，可以再催一次。"},
			Tells: []workflow.Tell{{Template: "urged", To: letter.ToDesk}}, Public: "您催办了这件投诉。",
		},
		{
			Action: Withdraw, Writes: true, News: "投诉人撤回了", Label: "撤回投诉", Done: "投诉已经撤回，不再办理。", Heading: "您撤回了投诉", Effect: "撤回后不再办理；同一件事以后还可以再投诉。", From: underWay, To: Withdrawn, By: citizen,
			Needs:  []workflow.Need{{Name: "note", Label: "为什么撤回", Hint: "有人逼您撤回的，请写下来，只有监督人员看得到。", Kind: workflow.AskText, Max: 500, Optional: true}},
			Stops:  []clock.Code{clock.Promise},
			Public: "您撤回了投诉，不再办理。", Hard: true,
		},
		withdrawWhole(),
		{
			Action: Rate, Over: "sent", News: "投诉人评价了", Label: "提交评价", Done: "评价已经收到，谢谢您。", Heading: "您作了评价", Effect: "评价不影响您申请复查。", From: []workflow.State{Replied}, To: Rated, By: citizen,
			Needs: []workflow.Need{
				{Name: "rating", Label: "您满意吗", Kind: workflow.AskChoice, Options: Ratings, Ask: "请选满意、基本满意或者不满意"},
				{Name: "solved", Label: "问题解决了吗", Kind: workflow.AskChoice, Options: Solutions, Ask: "请选问题解决了没有"},
				{Name: "rating_words", Label: "想说的话", Hint: openly, Kind: workflow.AskText, Max: 2000, Optional: true}, personal("rating_words"),
				told("承办单位只知道您满不满意、解决没有，看不到您写的话"),
			},
			Public: "您的评价：{rating}，{solved}。",
		},
		{
			Action: Contest, Over: "sent", Writes: true, News: "投诉人申请复查", Label: "申请复查", Done: "复查申请已经收到，由另外的人办理。", Heading: "您不同意答复", Effect: "复查由另外的人办理，不由原来的人办。", From: states(answered, []workflow.State{Closed}), To: ReviewRequested, By: citizen, Never: []string{ClosedBefore},
			Within: workflow.Term{Clock: clock.PetitionReview,
				Over: "申请复查的期限到{day}，已经过了（《信访工作条例》第三十五条）。有新的事实，可以另外投诉。",
				Used: "已经申请过复查。对复查意见不服的，可以请求上一级机关复核（《信访工作条例》第三十六条）。"},
			Needs: []workflow.Need{openWords("不同意哪里", "请写不同意哪里、为什么", 5000, openly), personal("note"), told("承办单位只知道您申请了复查，看不到您写的话")},
			Stops: []clock.Code{clock.PetitionReview, clock.ClosingVerified}, Starts: []clock.Code{clock.ReviewAnswer}, Tells: []workflow.Tell{{Template: "contested", To: letter.ToDesk}},
			Public: "您申请了复查。",
		},
	}
	again := moves[len(moves)-1] // what an answer promised was not kept: that takes no right to contest it
	again.From, again.Only, again.Never, again.Quiet = []workflow.State{Reopened}, []string{OnceAnswered}, []string{Agreed}, true
	return slices.Insert(append(moves, again), 2, supplementing()...)
}
