// Package extension is how a term gets longer or stands still, of whichever register:
// whoever works on a matter asks, before the term is over and with a reason; whom the rule
// names decides; days asked and days granted are two things. A register whose terms may
// move puts the moves of a Course into its law and says so in its Kind.
package extension

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about a term.
const (
	Ask         workflow.Action = "ask_extension"
	Grant       workflow.Action = "grant_extension"
	Refuse      workflow.Action = "refuse_extension"
	AskPause    workflow.Action = "ask_pause"
	GrantPause  workflow.Action = "grant_pause"
	RefusePause workflow.Action = "refuse_pause"
	RunOn       workflow.Action = "resume_clock"
	PauseOver   workflow.Action = "pause_over"
)

// Flags of a matter. That something is asked for is a fact that its rows say; that a term
// stands still is kept, since lists show it.
const (
	Asked      = "extension_asked"
	AskedAlone = "asked_alone" // and the unit has no head to decide on it but who asked
	PauseAsked = "pause_asked"
	Paused     = "paused"
)

// Flags are why a move is not done.
var Flags = map[string]string{
	"!" + AskedAlone: "这次申请由承办单位负责人决定。",
	Asked:            "已经申请了延期，还没有决定。", "!" + Asked: "没有等着决定的延期申请。",
	PauseAsked: "已经申请了暂停，还没有决定。", "!" + PauseAsked: "没有等着决定的暂停申请。",
	Paused: "现在正暂停计时。", "!" + Paused: "现在没有暂停计时。",
}

// Facts are the conditions of the flags, on a matter m.
var Facts = map[string]string{
	Asked: `EXISTS (` + openSQL + ` AND q.matter_id = m.id AND q.kind = 'extend')`,
	AskedAlone: `EXISTS (` + openSQL + ` AND q.matter_id = m.id AND q.kind = 'extend' AND NOT EXISTS (
		SELECT FROM who_acts(m.persons, m.named || m.meant, ` + workflow.Now + `) xh JOIN event xe ON xe.matter_id = q.matter_id AND xe.seq = q.seq
		WHERE xh.unit = q.unit AND xh.heads AND xh.staff_id <> xe.staff_id AND xh.whom <> xe.staff_id))`,
	PauseAsked: `EXISTS (` + openSQL + ` AND q.matter_id = m.id AND q.kind = 'pause')`,
}

// openSQL are the requests q that wait to be decided: their clock runs, and the unit that
// asked has led since.
const openSQL = `
	SELECT FROM term_request q
		JOIN clock k ON k.matter_id = q.matter_id AND k.rule = q.rule AND k.started_seq = q.started_seq AND k.stopped_at IS NULL
		JOIN assignment a ON a.matter_id = q.matter_id AND a.unit = q.unit AND a.part = 'lead' AND a.ended_at IS NULL
			AND a.started_at <= (SELECT e.at FROM event e WHERE e.matter_id = q.matter_id AND e.seq = q.seq)
	WHERE NOT EXISTS (SELECT FROM term_decision d WHERE d.matter_id = q.matter_id AND d.asked = q.seq)`

// deciders are the roles that the rules call so.
var deciders = map[string]workflow.Role{"unit_head": staff.UnitHead, "dept_head": staff.UnitHead}

// Course is how the terms of a register may move.
type Course struct {
	Working  []workflow.State // the leading unit has it in hand, and asks
	Deciding []workflow.State // it leads still: what was asked is decided
	Between  []workflow.State // it was taken back, and another has not got it yet: a pause goes on
	Extends  []clock.Code     // terms of which one may be asked to be longer
	Pauses   []clock.Code     // terms that may stand still
	To       string           // who reads of it: 投诉人
}

// Moves are what is done about terms in such a course. More time is granted by the head of
// the unit that works (信访工作条例 34); that a term stands still is for the office that
// watches it to say, which is none of those who would be late. Nobody grants what they asked
// for themselves: where the head who asked is the only one, the leader of that office decides.
func (c Course) Moves() []workflow.Move {
	units, head, office := []workflow.Role{staff.Handler, staff.UnitHead}, []workflow.Role{staff.UnitHead}, []workflow.Role{staff.Supervisor, staff.Leader}
	told := workflow.Need{Name: "public", Label: "理由", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写理由，" + c.To + "要知道为什么"}
	standing := append(append([]workflow.State{}, c.Between...), c.Deciding...)
	runOn := workflow.Move{
		Action: RunOn, News: "恢复计时", Label: "恢复计时", Done: "已经恢复计时", Heading: "恢复计时", Aside: true, Quiet: true, From: standing, Only: []string{Paused}, Clears: []string{Paused}, Stops: []clock.Code{clock.Pausing},
		Effect: "暂停的原因没有了，提前恢复。今天不算，从明天起接着算。" + c.To + "看得到。",
		Needs:  []workflow.Need{told}, Tells: toOutsider("run_on"), Public: "恢复计时：{changes}。{public}",
	}
	byHead := runOn
	runOn.By = office
	byHead.By, byHead.Unit, byHead.From = head, workflow.LeadUnit, c.Deciding
	moves := []workflow.Move{
		{
			Action: Ask, News: "申请延期", Aside: true, Label: "申请延期", Done: "已经申请延期，等负责人决定", Title: "申请延期", From: c.Working, By: units, Unit: workflow.LeadUnit, Never: []string{Asked}, Extends: c.Extends,
			Effect: "到期以前办不完的，写明理由和天数，由本单位负责人决定。决定以前期限照走；到期还没有同意的，不能再延长。",
			Needs: []workflow.Need{
				term,
				{Name: "count", Label: "申请延长多少天", Hint: "只写数字，例如 15。", Kind: workflow.AskLine, Max: 10, Ask: "请写延长多少天"},
				{Name: "note", Label: "为什么到期办不完", Kind: workflow.AskText, Max: 2000, Ask: "请写为什么到期办不完"},
			},
		},
		{
			Action: Grant, Quiet: true, Label: "同意延期", Done: "延期已经同意", Heading: "期限延长", From: c.Deciding, By: head, Unit: workflow.LeadUnit, NotBy: []workflow.Action{Ask}, Only: []string{Asked}, Extends: c.Extends,
			Effect: "同意的天数可以比申请的少。原来的和新的最后一天、您写的理由，" + c.To + "立刻看得到。",
			Needs: []workflow.Need{
				{Name: "count", Label: "同意延长多少天", Hint: "只写数字，不能多于申请的。", Kind: workflow.AskLine, Max: 10, Ask: "请写同意延长多少天"},
				told,
			},
			Tells: toOutsider("extended"), Public: "期限延长 {count}：{changes}。{others}理由：{public}", Hard: true,
		},
		{
			Action: Refuse, News: "延期没有同意", Quiet: true, Label: "不同意延期", Done: "延期没有同意", Title: "延期没有同意", From: c.Deciding, By: head, Unit: workflow.LeadUnit, NotBy: []workflow.Action{Ask}, Only: []string{Asked},
			Effect: "期限照走。" + c.To + "看不到。",
			Needs:  []workflow.Need{{Name: "note", Label: "为什么不同意", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不同意"}},
		},
		{
			Action: AskPause, News: "申请暂停计时", Aside: true, Label: "申请暂停计时", Done: "已经申请暂停计时，等监督办公室决定", Title: "申请暂停计时", From: c.Working, By: units, Unit: workflow.LeadUnit, Never: []string{PauseAsked, Paused}, Pauses: c.Pauses,
			Effect: "只有列出的几种情形可以暂停，要有文书，由监督办公室决定。决定以前期限照走。法律没有说可以暂停的期限，不暂停。",
			Needs: []workflow.Need{
				{Name: "ground", Label: "哪种情形", Kind: workflow.AskChoice, From: workflow.FromGrounds, Ask: "请选哪种情形"},
				{Name: "document", Label: "凭哪份文书", Hint: "写名称和文号，例如：司法鉴定委托书（2026）豫0425鉴12号", Kind: workflow.AskLine, Max: 200, Ask: "请写凭哪份文书"},
				{Name: "until", Label: "最迟暂停到哪一天", Hint: "到那一天自动恢复；提前结束的，提前恢复。", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写最迟暂停到哪一天"},
				{Name: "note", Label: "为什么要暂停", Kind: workflow.AskText, Max: 2000, Ask: "请写为什么要暂停"},
			},
		},
		{
			Action: GrantPause, Quiet: true, Label: "同意暂停计时", Done: "已经暂停计时", Heading: "暂停计时", From: c.Deciding, By: office, NotBy: []workflow.Action{AskPause}, Only: []string{PauseAsked}, Sets: []string{Paused}, Pauses: c.Pauses, MayStart: []clock.Code{clock.Pausing},
			Effect: "从明天起到您写的那一天，不计入期限；到那一天自动恢复。情形、文书和新的最后一天，" + c.To + "立刻看得到，也计入单位的公开数字。",
			Needs: []workflow.Need{
				{Name: "until", Label: "最迟暂停到哪一天", Hint: "可以比申请的早。", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写最迟暂停到哪一天"},
				told,
			},
			Tells: toOutsider("paused"), Public: "因{ground}暂停计时，最迟到{until}，凭{document}：{changes}。{others}理由：{public}", Hard: true,
		},
		{
			Action: RefusePause, News: "暂停没有同意", Quiet: true, Label: "不同意暂停计时", Done: "暂停没有同意", Title: "暂停没有同意", From: c.Deciding, By: office, NotBy: []workflow.Action{AskPause}, Only: []string{PauseAsked},
			Effect: "期限照走。" + c.To + "看不到。",
			Needs:  []workflow.Need{{Name: "note", Label: "为什么不同意", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不同意"}},
		},
		runOn, byHead,
		{
			Action: PauseOver, News: "暂停期满，接着计时", Label: "暂停期满", Heading: "暂停期满，接着计时", From: standing, By: []workflow.Role{staff.System}, Hidden: true, Stops: []clock.Code{clock.Pausing}, Clears: []string{Paused},
			Timed: workflow.Timed{Clock: clock.Pausing}, Public: "{day}暂停期满，第二天起接着计时。",
		},
	}
	for _, row := range moves {
		if row.Action == Grant || row.Action == Refuse {
			row.By, row.Unit, row.Only = []workflow.Role{staff.Leader}, workflow.AnyUnit, []string{Asked, AskedAlone}
			row.Effect = "承办单位没有别的负责人能决定：申请的就是负责人自己，或者现在没有负责人。" + row.Effect
			moves = append(moves, row)
		}
	}
	return workflow.Doing(moves, deeds)
}

// term is which of the terms that run a request is about.
var term = workflow.Need{Name: "rule", Label: "哪一个期限", Kind: workflow.AskChoice, From: workflow.FromTerms, Ask: "请选哪一个期限"}

func toOutsider(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToComplainant}}
}
