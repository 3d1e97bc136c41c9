package request

import (
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about requests.
const (
	Propose  workflow.Action = "propose_question"
	Pass     workflow.Action = "pass_question"
	Refuse   workflow.Action = "refuse_request"
	Withdraw workflow.Action = "withdraw_request"
	Waive    workflow.Action = "waive_items"
	Remind   workflow.Action = "remind_question"
	Lapse    workflow.Action = "lapse_question"
)

// Flags of a matter; all are facts that its rows say. What is out is so as a unit sees it,
// or a button that is gone would tell that something was said to the desk.
const (
	Proposed       = "request_proposed"      // a unit wants something asked
	ProposedToUnit = "unit_request_proposed" // and of another unit
	Out            = "request_out"           // something is asked and not settled
	OutOfUnit      = "request_of_unit"       // and the unit that leads proposed it
)

// Flags are why a move is not done.
var Flags = map[string]string{
	"!" + Proposed: "没有等着转的请求。", "!" + ProposedToUnit: "没有等着请别的单位的请求。", "!" + Out: "没有还在等回音的请求。", "!" + OutOfUnit: "没有您单位提出、还在等回音的请求。",
}

// Facts are the conditions of the flags, on a matter m.
var Facts = map[string]string{
	Proposed:       `EXISTS (` + proposedSQL + ` AND q.kind NOT IN ('assist', 'consult'))`,
	ProposedToUnit: `EXISTS (` + proposedSQL + ` AND q.kind IN ('assist', 'consult'))`,
	Out:            `EXISTS (` + outSQL + `)`,
	OutOfUnit: `EXISTS (` + outSQL + ` AND EXISTS (
		SELECT FROM assignment a WHERE a.matter_id = m.id AND a.unit = q.by_unit AND a.part = 'lead' AND a.ended_at IS NULL))`,
}

const (
	proposedSQL = `SELECT FROM request q WHERE q.matter_id = m.id
		AND NOT EXISTS (SELECT FROM request_put p WHERE p.matter_id = q.matter_id AND p.no = q.no)
		AND NOT EXISTS (SELECT FROM request_end d WHERE d.matter_id = q.matter_id AND d.no = q.no)`
	outSQL = `SELECT FROM request q JOIN request_put p ON p.matter_id = q.matter_id AND p.no = q.no JOIN request_item i ON i.matter_id = q.matter_id AND i.no = q.no
		WHERE q.matter_id = m.id
			AND NOT EXISTS (SELECT FROM request_end d WHERE d.matter_id = q.matter_id AND d.no = q.no)
			AND NOT EXISTS (SELECT FROM request_waiver w WHERE w.matter_id = i.matter_id AND w.no = i.no AND w.item = i.item)
			AND NOT EXISTS (SELECT FROM request_answer r WHERE r.matter_id = i.matter_id AND r.no = i.no AND r.item = i.item AND (q.kind = 'supplement' OR NOT r.guarded))`
)

// remindedBefore is how many days before its last day whoever is asked is reminded.
const remindedBefore = 3

// Course is where the matters of a register stand while something is asked.
type Course struct {
	Working  []workflow.State // the leading unit has it in hand, and asks
	Open     []workflow.State // what was asked may still be answered
	Waiting  workflow.State   // waits for whoever it is from to supplement; empty in a register without
	Back     workflow.State   // where that leads once nothing of it is open
	Restarts []clock.Code     // the terms that then begin again
	Chosen   []clock.Code     // and those that only matters of some class have
	To       string           // who is asked: 投诉人
}

// Clocks are the rules of what a Course puts: they run while anything of it is open. A
// supplement's is its register's own, since what becomes of the matter hangs on it.
var Clocks = []clock.Code{clock.QuestionPut}

// Moves are what is done about requests in such a course.
func (c Course) Moves() []workflow.Move {
	units, desk, system := []workflow.Role{staff.Handler, staff.UnitHead}, []workflow.Role{staff.Registrar, staff.Supervisor}, []workflow.Role{staff.System}
	withdraw := workflow.Move{
		Action: Withdraw, News: "请求收回了", Aside: true, Quiet: true, Label: "收回请求", Done: "请求已经收回", Title: "收回请求", Heading: "不用再补", From: c.Open, By: desk, Only: []string{Out}, MayStart: Clocks,
		Effect: "整个一号都不再等。理由" + c.To + "看得到。只有几项不用了的，用“不再需要”。",
		Needs: []workflow.Need{
			{Name: standing, Label: "收回哪一号", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选收回哪一号"},
			{Name: "public", Label: "为什么收回", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么收回"},
		},
		Public: "{what}不用了：{public}",
	}
	ofUnit := withdraw
	ofUnit.From, ofUnit.By, ofUnit.Unit, ofUnit.Only = c.Working, units, workflow.LeadUnit, []string{OutOfUnit}
	waive := workflow.Move{
		Action: Waive, Aside: true, Quiet: true, Label: "有几项不再需要", Done: "已经记下不再需要", Title: "不再需要的项", Heading: "有几项不用再补", From: c.Open, By: desk, Only: []string{Out}, MayStart: Clocks,
		Effect: "选中的项不再等，别的照样等。" + c.To + "看得到。",
		Needs: []workflow.Need{
			{Name: waived, Label: "哪几项", Kind: workflow.AskUnits, From: workflow.FromMatter, Ask: "请选哪几项不再需要"},
			{Name: "public", Label: "为什么不再需要", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不再需要"},
		},
		Public: "{what}不用了：{public}",
	}
	rows := []workflow.Move{
		{
			Action: Propose, Writes: true, News: "承办单位请" + c.To + "补充", Aside: true, Label: "请" + c.To + "补充", Done: "已经提出，等监督办公室转", Title: "提出请" + c.To + "补充", From: c.Working, By: units, Unit: workflow.LeadUnit,
			Effect: "先由监督办公室看过，再转给" + c.To + "；本单位不同" + c.To + "直接联系。办理期限照走，不因为等补充而暂停。",
			Needs: []workflow.Need{
				{Name: itemsField, Label: "要补什么", Hint: "一行写一项，一次写全。转出以后" + c.To + "会原样看到。", Kind: workflow.AskText, Max: mostText, Ask: "请写要补什么"},
				{Name: "note", Label: "为什么要问", Hint: "给监督办公室看，不转。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么要问"},
			},
		},
		{
			Action: Pass, Quiet: true, Sign: workflow.Asking, Label: "转给" + c.To, Done: "已经转给" + c.To, Title: "转给" + c.To + "补充", Heading: "请您补充", From: c.Open, By: desk, Only: []string{Proposed}, MayStart: Clocks,
			Effect: c.To + "会收到通知，看到要补的每一项和最后一天，在自己的页面上补；可以只说给监督人员，承办单位就看不到。办理期限照走。",
			Needs:  []workflow.Need{{Name: proposed, Label: "转哪一号", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选转哪一号"}},
			Tells:  toOutsider("supplement"), Public: "办理中要核实，请您{until}补充：{items}。承办单位的期限照走，不因为等补充而暂停。",
		},
		{
			Action: Refuse, News: "请求没有转", Quiet: true, Label: "不转", Done: "没有转，已经告诉承办单位", Title: "请求没有转", From: c.Open, By: desk, Only: []string{Proposed},
			Effect: "承办单位看得到理由，可以改过再提。" + c.To + "不知道有这回事。",
			Needs: []workflow.Need{
				{Name: proposed, Label: "不转哪一号", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选不转哪一号"},
				{Name: "note", Label: "为什么不转", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不转"},
			},
		},
		withdraw, ofUnit, waive,
		{
			Action: Remind, Label: "提醒补充", Heading: "提醒您补充", From: c.Open, By: system, Hidden: true,
			Timed: workflow.Timed{Clock: clock.QuestionPut, Before: remindedBefore, Daily: true}, Tells: toOutsider("supplement_reminder"), Public: "请您补充的，等到{day}。已经补过的不用管。",
		},
		{
			Action: Lapse, Label: "补充到期，不再等", Heading: "补充的日子到了", From: c.Open, By: system, Hidden: true, MayStart: Clocks,
			Timed: workflow.Timed{Clock: clock.QuestionPut, Effect: lapse}, Public: "请您补充的{what}等到{day}为止。办理照常，以后还想补的，仍然可以补。",
		},
	}
	if c.Waiting != "" {
		withdraw.From, waive.From = []workflow.State{c.Waiting}, []workflow.State{c.Waiting}
		for _, m := range []workflow.Move{withdraw, waive} {
			m.MayLead, m.MayStart = []workflow.State{c.Back}, slices.Concat(c.Restarts, c.Chosen)
			m.Effect += "都不用等了，就回到决定是否受理，受理期限重新起算。"
			rows = append(rows, m)
		}
	}
	return workflow.Doing(rows, map[workflow.Action]workflow.Deed{Propose: propose(func(workflow.Answers) Kind { return Question }), Pass: pass, Refuse: refuse(proposed), Withdraw: c.withdraw, Waive: c.waive})
}

func toOutsider(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToComplainant}}
}
