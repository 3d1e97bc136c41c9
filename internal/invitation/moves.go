package invitation

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where an invitation stands.
const (
	Drafted   workflow.State = "drafted"
	Inviting  workflow.State = "inviting"
	Ready     workflow.State = "ready"
	Held      workflow.State = "held"
	Reporting workflow.State = "reported"
	Closed    workflow.State = "closed"
	Cancelled workflow.State = "cancelled"
)

// What may be done to an invitation.
const (
	Invite       workflow.Action = "invite"
	Send         workflow.Action = "send"
	AddInvitee   workflow.Action = "add_invitee"
	Accept       workflow.Action = "accept"
	Decline      workflow.Action = "decline"
	Withdraw     workflow.Action = "withdraw"
	ReportSeen   workflow.Action = "report"
	LapseReply   workflow.Action = "lapse_reply"
	Redate       workflow.Action = "redate"
	Drop         workflow.Action = "drop"
	Postpone     workflow.Action = "postpone"
	Hold         workflow.Action = "hold"
	Attend       workflow.Action = "attend"
	AllReported  workflow.Action = "all_reported"
	LapseReport  workflow.Action = "lapse_report"
	AnswerReport workflow.Action = "answer_report"
	Close        workflow.Action = "close"
	Cancel       workflow.Action = "cancel"
	Note                         = workflow.Note
)

// Facts of an invitation, which its rows say.
const (
	Unanswered = "unanswered_report" // what somebody reported has not been answered
	Complete   = "complete"          // everybody who came has reported
)

// Sorts are what somebody may be invited to.
var Sorts = []workflow.Option{{Value: "inspection", Label: "视察"}, {Value: "hearing", Label: "听证"}, {Value: thirdParty, Label: "第三方评估"}}

// thirdParty is the sort to which organisations are invited, too.
const thirdParty = "third_party"

// Outcomes are what may become of a report.
var Outcomes = []workflow.Option{{Value: string(Adopted), Label: "采纳"}, {Value: string(Partly), Label: "部分采纳"}, {Value: string(Refused), Label: "没有采纳"}}

// ways are how something came that the desk writes down for somebody.
var ways = []workflow.Option{{Value: "phone", Label: "电话"}, {Value: "paper", Label: "书面"}, {Value: "visit", Label: "当面"}}

var (
	desk   = []workflow.Role{staff.Registrar, staff.Supervisor}
	system = []workflow.Role{staff.System}
	draft  = []workflow.State{Drafted}
	before = []workflow.State{Inviting, Ready}
	after  = []workflow.State{Held, Reporting}
)

func text(name, label, hint, ask string, limit int) workflow.Need {
	return workflow.Need{Name: name, Label: label, Hint: hint, Kind: workflow.AskText, Max: limit, Ask: ask, Optional: ask == ""}
}

func line(name, label, hint, ask string, limit int) workflow.Need {
	return workflow.Need{Name: name, Label: label, Hint: hint, Kind: workflow.AskLine, Max: limit, Ask: ask, Optional: ask == ""}
}

func choice(name, label, ask string, options []workflow.Option) workflow.Need {
	return workflow.Need{Name: name, Label: label, Kind: workflow.AskChoice, Options: options, Ask: ask}
}

// of is a need that is answered with invitees.
func of(name, label, ask string, kind workflow.InputKind) workflow.Need {
	return workflow.Need{Name: name, Label: label, Kind: kind, From: workflow.FromMatter, Ask: ask}
}

// read is the hint at whatever those who are invited read.
const read = "受邀的人看得到每一个字。不要写投诉人是谁，也不要写投诉编号。"

// personal is the question about words that may tell who somebody is.
var personal = register.Doubted("受邀的人看得到这些内容")

// whenNeeds are the days and the place.
var whenNeeds = []workflow.Need{
	{Name: "held_on", Label: "哪一天开展", Kind: workflow.AskDate, Day: workflow.NotPast, Ask: "请写哪一天开展"},
	line("hour", "几点", "例如：上午 9 点", "请写几点", 40), line("place", "在哪里", "集合或者开会的地方", "请写在哪里", 100),
	{Name: "reply_by", Label: "哪一天以前答复来不来", Kind: workflow.AskDate, Day: workflow.NotPast, Ask: "请写哪一天以前答复"},
	{Name: "report_by", Label: "哪一天以前写报告", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写哪一天以前写报告"},
}

// whomNeeds are the invitees.
var whomNeeds = []workflow.Need{
	text("invitees", "邀请哪些代表、委员", "照名册写姓名，用顿号隔开，或者一行一个；同名的在名字后面写证号。", "", 2000),
	text("organisations", "邀请哪些机构", "第三方评估才写，一行一个。机构没有账号，要另外告诉。", "", 1000),
}

func told(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToMembers}}
}

func needs(parts ...[]workflow.Need) (all []workflow.Need) {
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// saidMoves are what an invitee says: by themselves on the portal, as their part in the
// matter lets them, or the desk writes it down for them as it came.
func saidMoves() (all []workflow.Move) {
	for _, m := range []workflow.Move{
		{
			Action: Accept, Heading: "答复：接受", News: "有人接受邀请", Sign: workflow.Met, Label: "接受邀请", Done: "已经记下您接受邀请", From: before, Parts: parts(Asked, Declined, Withdrawn),
			Effect: "那天请准时来。来不了的，开展以前可以撤回。", Needs: []workflow.Need{text("public", "要说的话", "", "", 500)}, Public: "{who}接受邀请。{public}",
		},
		{
			Action: Decline, Heading: "答复：谢绝", News: "有人谢绝邀请", Sign: workflow.Refused, Label: "谢绝邀请", Done: "已经记下您谢绝邀请", From: before, Parts: parts(Asked),
			Effect: "开展以前改了主意，还可以接受。", Needs: []workflow.Need{text("public", "要说的话", "", "", 500)}, Public: "{who}谢绝邀请。{public}",
		},
		{
			Action: Withdraw, Heading: "接受以后又不来", News: "有人接受以后又不来", Sign: workflow.Asking, Label: "撤回接受", Done: "已经记下您来不了", From: before, Parts: parts(Accepted),
			Effect: "接受过，又来不了的。", Needs: []workflow.Need{text("public", "为什么来不了", "", "请写为什么来不了", 500)}, Public: "{who}撤回接受：{public}",
		},
		{
			Action: ReportSeen, Heading: "报告", News: "有人报告", Writes: true, Label: "写报告", Done: "报告已经收到", From: after, Parts: parts(Came, Reported),
			Effect: "看到了什么、建议什么。答复采纳情况以前可以重写，以新的为准。", Needs: []workflow.Need{text("seen", "看到了什么", "", "请写看到了什么", 5000), text("suggests", "建议什么", "", "", 3000)}, Public: "{who}的报告已经收到。",
		},
	} {
		desks := m
		m.By = []workflow.Role{staff.Member}
		desks.By, desks.Parts, desks.Aside, desks.Label, desks.Done = desk, nil, true, "替人记："+m.Label, "已经记下"
		desks.Title = m.Label // whoever said it: the course of events names who wrote it down
		desks.Effect = "电话、书面或者当面告诉的，替本人记下；本人看得到。"
		desks.Needs = needs([]workflow.Need{of("who", "谁", "请选是谁", workflow.AskChoice), choice("how", "怎样告诉的", "请选怎样告诉的", ways)}, m.Needs)
		all = append(all, desks, m)
	}
	return all
}

func parts(of ...What) (all []string) {
	for _, one := range of {
		all = append(all, string(one))
	}
	return all
}

// facts are those of an invitation m.
var facts = map[string]string{
	Unanswered: `EXISTS (SELECT FROM invitee_said r WHERE r.matter_id = m.id AND r.said = 'reported' AND NOT EXISTS (
		SELECT FROM invitee_said o WHERE o.matter_id = r.matter_id AND o.no = r.no AND o.seq > r.seq AND o.said IN ('reported', 'adopted', 'partly', 'refused')))`,
	Complete: `NOT EXISTS (SELECT FROM invitee_said c WHERE c.matter_id = m.id AND c.said = 'came' AND NOT EXISTS (
		SELECT FROM invitee_said r WHERE r.matter_id = c.matter_id AND r.no = c.no AND r.said = 'reported'))`,
}

// Law is the move table of an invitation. Its unit is what is looked at: as one that is
// complained about, neither it nor whoever comes from it reads of it, before or after.
var Law = &workflow.Table{
	Kind: "invitation", Noun: "邀请监督", Outsider: "代表、委员", Unit: workflow.Accused,
	States: []workflow.StateInfo{
		{State: Drafted, Word: "待发出", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk},
		{State: Inviting, Word: "等答复", Sign: workflow.Asking, Phase: workflow.Waiting, With: workflow.WithOutsider, Doing: "在等受邀的人答复。"},
		{State: Ready, Word: "待开展", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "到那一天开展。"},
		{State: Held, Word: "等报告", Sign: workflow.AtWork, Phase: workflow.Waiting, With: workflow.WithOutsider, Doing: "开展过了，在等来的人报告。"},
		{State: Reporting, Word: "待答复报告", Sign: workflow.AtWork, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "在等监督办公室答复采纳情况。"},
		{State: Closed, Word: "已办结", Sign: workflow.Finished, Phase: workflow.Over},
		{State: Cancelled, Word: "已取消", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Flags: map[string]string{Unanswered: "还有报告没有答复采纳情况。", "!" + Unanswered: "没有等答复的报告。"},
	Facts: facts,
	Owes:  map[clock.Code]string{clock.InviteDay: "开展"},
	Seen: map[string]workflow.Seen{"whom": {
		SQL:     `(SELECT max(x.seq)::text FROM (SELECT v.seq FROM invitee v WHERE v.matter_id = m.id UNION ALL SELECT d.seq FROM invitation_date d WHERE d.matter_id = m.id) x)`,
		Changed: "还没有发出。您打开这一页以后，日子或者受邀的人改过，请看过再发出。",
	}, "reports": {
		SQL:     `(SELECT coalesce(max(s.seq), 0)::text FROM invitee_said s WHERE s.matter_id = m.id AND s.said = 'reported')`,
		Changed: "还没有答复。您打开这一页以后又来了报告，请看过再答复。",
	}},
	Moves: append(saidMoves(), []workflow.Move{
		{
			Action: Invite, Apart: true, Hidden: true, Writes: true, Label: "写邀请", Done: "邀请已经写好，还没有发出", Title: "写邀请",
			Effect: "先写好，看过再发出。这件事涉及的单位看不到，来自这些单位的人也看不到。", To: Drafted, By: desk,
			Needs: needs([]workflow.Need{
				choice("sort", "邀请做什么", "请选邀请做什么", Sorts), line("title", "题目", read, "请写题目", 80), text("asked", "看什么、问什么", read, "请写看什么、问什么", 3000),
				{Name: "units", Label: "涉及的单位", Hint: "这些单位看不到这件事。", Kind: workflow.AskUnits, From: workflow.FromComplainable, Optional: true},
				line("area", "涉及哪个地方、哪个项目", "不涉及单位的必须写。", "", 100),
			}, whenNeeds, whomNeeds, []workflow.Need{personal}),
		},
		{
			Action: Send, Leads: true, Over: "whom", Sign: workflow.HandedOn, Label: "发出邀请", Done: "邀请已经发出", Title: "发出邀请", From: draft, To: Inviting, By: desk, MayStart: []clock.Code{clock.InviteReply, clock.InviteDay},
			Effect: "受邀的代表、委员登录门户就看得到，有账号的发信告诉；没有账号的、机构，请另外告诉。", Tells: told("invitation_sent"), Ahead: "看过再发出。",
			Public: "邀请{sort}：{held_on}{hour}，{place}。请在{reply_by}以前（含当日）答复来不来。",
		},
		{
			Action: AddInvitee, Aside: true, Writes: true, Label: "再邀请", Done: "已经加上", Title: "再邀请", Effect: "开展以前都可以再邀请。已经发出的，另外告诉他们。", From: append(draft, before...), By: desk,
			Needs: whomNeeds, Public: "又邀请了 {count} 位。",
		},
		{
			Action: LapseReply, Label: "答复的日子过了", From: []workflow.State{Inviting}, To: Ready, By: system, Hidden: true, Stops: []clock.Code{clock.InviteReply},
			Timed: workflow.Timed{Clock: clock.InviteReply}, Public: "答复的日子过了。没有答复的记为未答复，开展以前还可以答复。",
		},
		{
			Action: Redate, Aside: true, Label: "改日子和地方", Done: "已经改了", Title: "改日子和地方", Effect: "还没有发出，改了再发。", From: draft, By: desk, Needs: needs(whenNeeds, []workflow.Need{personal}),
		},
		{
			Action: Postpone, Aside: true, Sign: workflow.Asking, Label: "改期", Done: "已经改期", Title: "改期", Effect: "改日子、改地方，有账号的发信告诉；没有账号的、机构，请另外告诉。接受过的要重新答复。", From: before, To: Inviting, By: desk,
			Needs: needs(whenNeeds, []workflow.Need{text("public", "为什么改期", read, "请写为什么改期", 500), personal}), Tells: told("invitation_moved"),
			Stops: []clock.Code{clock.InviteReply, clock.InviteDay}, MayStart: []clock.Code{clock.InviteReply, clock.InviteDay},
			Public: "改到{held_on}{hour}，{place}。不管答复过没有，请在{reply_by}以前（含当日）重新答复。{public}",
		},
		{
			Action: Hold, Heading: "开展", Leads: true, Sign: workflow.Met, Label: "记下已经开展", Done: "已经记下", Title: "开展", Effect: "记下谁来了。来的人从此可以报告看到了什么、建议什么。", From: before, To: Held, By: desk, Ahead: "到那一天开展。",
			Needs: []workflow.Need{of("came", "来的人", "请选谁来了；一个都没有来的，请改期或者取消", workflow.AskUnits), text("public", "怎样开展的", read, "请写怎样开展的", 2000), personal},
			Stops: []clock.Code{clock.InviteReply, clock.InviteDay}, MayStart: []clock.Code{clock.InviteReport}, Public: "已经开展。{public}",
		},
		{
			Action: Attend, Aside: true, Label: "补记来的人", Done: "已经补记", Title: "补记来的人", Effect: "来了、没有记下的，补记以后才能报告。", From: after, By: desk,
			Needs: []workflow.Need{of("came", "还有谁来了", "请选还有谁来了", workflow.AskUnits)},
		},
		{
			Action: AllReported, Label: "来的人都报告了", From: []workflow.State{Held}, To: Reporting, By: system, Hidden: true, Stops: []clock.Code{clock.InviteReport},
			Timed: workflow.Timed{Clock: clock.InviteReport, Fact: Complete}, Public: "来的人都报告了，等监督办公室答复采纳情况。",
		},
		{
			Action: LapseReport, Label: "报告的日子过了", From: []workflow.State{Held}, To: Reporting, By: system, Hidden: true, Stops: []clock.Code{clock.InviteReport},
			Timed: workflow.Timed{Clock: clock.InviteReport}, Public: "写报告的日子过了。没有报告的，办结以前还可以报告。",
		},
		{
			Action: AnswerReport, Leads: true, Over: "reports", Label: "答复采纳情况", Done: "采纳情况已经答复", Title: "答复采纳情况", Effect: "一份报告答复一次，写报告的人看得到。", From: after, By: desk, Quiet: true, Only: []string{Unanswered},
			Needs:  []workflow.Need{of("reporter", "答复谁的报告", "请选答复谁的报告", workflow.AskChoice), choice("outcome", "采纳没有", "请选采纳没有", Outcomes), text("public", "怎样采纳的，或者为什么没有采纳", "写报告的人会原样看到。", "请写怎样采纳的，或者为什么没有采纳", 3000), personal},
			Public: "{reporter}的报告：{outcome}。{public}",
		},
		{
			Action: Close, Leads: true, Sign: workflow.Finished, Label: "办结", Done: "已经办结", Effect: "以后不再收报告。", From: []workflow.State{Reporting}, To: Closed, By: desk, Never: []string{Unanswered}, Ahead: "答复采纳情况以后办结。", Public: "已经办结，谢谢您。", Hard: true,
		},
		{
			Action: Drop, Aside: true, Label: "不发了", Done: "没有发出，已经取消", Title: "不发了", Effect: "还没有发出，受邀的人不知道。", From: draft, To: Cancelled, By: desk, Hard: true,
		},
		{
			Action: Cancel, Aside: true, Label: "取消", Done: "已经取消", Title: "取消", Effect: "不开展了。要写理由，受邀的人看得到，有账号的发信告诉；没有账号的、机构，请另外告诉。", From: before, To: Cancelled, By: desk, Tells: told("invitation_cancelled"),
			Needs: []workflow.Need{text("public", "为什么取消", read, "请写为什么取消", 1000), personal}, Stops: []clock.Code{clock.InviteReply, clock.InviteDay}, Public: "已经取消：{public}", Hard: true,
		},
		{
			Action: Note, Title: "说明", Sign: workflow.Asking, Label: "记下", Done: "已经记下", Effect: "只有监督办公室看得到，记下后不能改。", From: []workflow.State{Drafted, Inviting, Ready, Held, Reporting, Closed, Cancelled}, By: desk, Hidden: true,
			Needs: []workflow.Need{text("note", "内部说明", "", "请写要记下的话", 5000)},
		},
		{
			Action: workflow.Recount, Heading: "期限重算", Label: "重算期限", Title: "期限按新的放假安排重算", From: []workflow.State{Inviting, Ready, Held}, By: system, Hidden: true, Public: "放假安排有了变化，期限重算：{changes}。",
		},
	}...),
}
