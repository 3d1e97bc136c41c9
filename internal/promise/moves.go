package promise

import (
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about promises.
const (
	Remind workflow.Action = "remind_promise"
	Break  workflow.Action = "break_promise"
	Reopen workflow.Action = "reopen_promise"
	Keep   workflow.Action = "keep_promise"
	Anew   workflow.Action = "promise_anew"
	End    workflow.Action = "end_promise"
	Doubts workflow.Action = "doubt_promise" // to whom it was promised says that it was not kept
	Unkept workflow.Action = "find_unkept"   // and the office finds that it was not
	Uphold workflow.Action = "find_kept"     // or that it was
)

// Flags of a matter with promises; both are facts that its rows say.
const (
	Promised = "promised" // something of it is promised and not settled
	Owed     = "owed"     // and the day of it is over
)

// Flags are why a move is not done.
var Flags = map[string]string{"!" + Promised: "这一件没有答应了还没办到的事。", "!" + Owed: "这一件没有记下到期没有办到的承诺。"}

// Flags of a matter that somebody outside may say of what was not kept.
const (
	SaidKept = "said_kept" // something is said to be kept, and nobody said that it is not
	Doubted  = "doubted"   // somebody did, and the office has not found yet which is true
)

// DoubtFlags are why a move is not done about that.
var DoubtFlags = map[string]string{
	"!" + SaidKept: "没有记下办到、还可以说没有办到的事。", Doubted: "您说没有办到的那一件，监督人员正在核实。", "!" + Doubted: "没有等着核实的承诺。",
}

// DoubtFacts are their conditions.
var DoubtFacts = map[string]string{
	SaidKept: `EXISTS (SELECT FROM promise_result o WHERE o.matter_id = m.id AND o.outcome = 'kept'
		AND NOT EXISTS (SELECT FROM promise_doubt d WHERE d.matter_id = o.matter_id AND d.promised = o.promised AND d.no = o.no AND d.seq > o.seq))`,
	Doubted: `EXISTS (SELECT FROM promise_doubt d WHERE d.matter_id = m.id
		AND NOT EXISTS (SELECT FROM promise_outcome o WHERE o.matter_id = d.matter_id AND o.promised = d.promised AND o.no = d.no AND o.seq > d.seq))`,
}

// Soon is the condition of a matter m of which a promise was reminded that has still to come:
// what was told broken is Owed.
var Soon = `EXISTS (SELECT FROM clock k JOIN event e ON e.matter_id = k.matter_id AND e.action = 'remind_promise' AND e.seq > k.started_seq
	WHERE k.matter_id = m.id AND k.rule = 'PROMISE' AND k.stopped_at IS NULL
		AND NOT EXISTS (SELECT FROM event b WHERE b.matter_id = k.matter_id AND b.action = 'break_promise' AND b.seq > k.started_seq))`

// Facts are the conditions of the flags, on a matter m. The clock runs while anything is
// open. That a day is over is what an event said: the law has its own time, and the
// database's is another in every test.
var Facts = map[string]string{
	Promised: `EXISTS (SELECT FROM clock k WHERE k.matter_id = m.id AND k.rule = 'PROMISE' AND k.stopped_at IS NULL)`,
	Owed: `EXISTS (SELECT FROM promise p WHERE p.matter_id = m.id AND ` + ToldSQL + `
		AND NOT EXISTS (SELECT FROM promise_result o WHERE o.matter_id = p.matter_id AND o.promised = p.seq AND o.no = p.no)
		AND NOT EXISTS (SELECT FROM promise n LEFT JOIN promise_outcome v ON v.matter_id = n.matter_id AND v.promised = n.seq AND v.no = n.no AND v.outcome = 'void'
			WHERE n.matter_id = p.matter_id AND n.no = p.no AND n.seq > p.seq AND v.seq IS NULL))`,
}

// ToldSQL says of a promise p that it was told broken: by an event under a clock that ran
// to its day. A clock that begins anew on that day tells nothing anew.
const ToldSQL = `EXISTS (SELECT FROM clock k JOIN event e ON e.matter_id = k.matter_id AND e.action = 'break_promise'
			AND e.seq > k.started_seq AND e.seq <= coalesce(k.stopped_seq, e.seq) AND e.seq > p.seq
		WHERE k.matter_id = p.matter_id AND k.rule = 'PROMISE' AND k.due_on = p.due_on)`

// remindedBefore is how many days before its day a promise is reminded of.
const remindedBefore = 7

// Course is where the matters of a register stand while something of them is promised.
type Course struct {
	Open     []workflow.State // others have them in hand: what is broken is noted there
	Rest     []workflow.State // they are at rest: what is broken takes them up again
	Bound    []workflow.State // of Rest: what is promised is another's to give up, and the office does not end it
	Reopened workflow.State   // with the unit that promised
	To       string           // to whom it was promised: 代表、委员
	Letter   string           // and how a letter calls them
}

// Moves are what is done about promises in such a course. A matter goes back to where it
// stood once nothing that it owes is left.
func (c Course) Moves() []workflow.Move {
	system, units := []workflow.Role{staff.System}, []workflow.Role{staff.Handler, staff.UnitHead}
	head, superior := []workflow.Role{staff.UnitHead}, []workflow.Role{staff.Supervisor, staff.Leader}
	anywhere := append(append([]workflow.State{}, c.Open...), c.Rest...)
	tells := append(both("promise_broken"), workflow.Tell{Template: "promise_broken", To: c.Letter})
	back := append([]workflow.State{}, c.Rest...)
	reopened := []workflow.State{c.Reopened}
	runs := []clock.Code{clock.Promise}

	keep := workflow.Move{
		Action: Keep, News: "承诺办到了", Sign: workflow.Met, Label: "记下已经办到", Done: "已经记下", Title: "承诺办到", By: units, Unit: workflow.LeadUnit, Only: []string{Promised}, MayStart: runs,
		Effect: "记下哪一点、哪一天办到、怎么办的、凭什么证明，以后不能改。到期那天以前记下的算按期，以后记下的算过期。" + c.To + "看得到。",
		Needs: []workflow.Need{
			point,
			{Name: "done_on", Label: "哪一天办到的", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正办到的那一天", Ask: "请写哪一天办到的"},
			{Name: "public", Label: "办了什么", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 3000, Ask: "请写办了什么"},
			{Name: "evidence", Label: "凭什么证明", Hint: "例如：付款凭证号、文件号、验收单", Kind: workflow.AskText, Max: 1000, Ask: "请写凭什么证明已经办到"},
		}, Public: "{point}答应的事，{done_on}办到：{public}",
	}
	anew := workflow.Move{
		Action: Anew, News: "承诺另定了日子", Sign: workflow.Asking, Label: "另行承诺", Done: "已经另行承诺", By: head, Unit: workflow.LeadUnit, Only: []string{Owed}, MayStart: runs,
		Effect: "由承诺单位主要负责人写明为什么没有办到、改到哪一天。没有办到的照样记着，这是第几次承诺也写明。" + c.To + "看得到。",
		Needs: []workflow.Need{
			point,
			{Name: "by", Label: "哪一天以前办到", Kind: workflow.AskDate, Day: workflow.ToCome, Reach: 60, Ask: "请写哪一天以前办到"},
			{Name: "public", Label: "为什么没有办到，接下来怎么办", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 3000, Ask: "请写为什么没有办到"},
		}, Public: "{point}到期没有办到，{nth}承诺，改为{by}以前（含当日）办到：{public}", Hard: true,
	}
	return workflow.Doing([]workflow.Move{
		{
			Action: Break, News: "承诺到期没有办到", Sign: workflow.Asking, Label: "承诺到期没有办到", From: c.Rest, To: c.Reopened, By: system, Hidden: true, MayStart: runs,
			Timed: workflow.Timed{Clock: clock.Promise, Daily: true, Effect: broken}, Tells: tells, Public: "答应在{day}以前办到的事，到期没有办到，重新交承诺的单位办理。",
		},
		{
			Action: Break, News: "承诺到期没有办到", Sign: workflow.Asking, Label: "承诺到期没有办到", From: append([]workflow.State{c.Reopened}, c.Open...), By: system, Hidden: true, MayStart: runs,
			Timed: workflow.Timed{Clock: clock.Promise, Daily: true, Effect: broken}, Tells: tells, Public: "答应在{day}以前办到的事，到期没有办到。",
		},
		{ // after what is broken: the clock runs on from that to what is still to come
			Action: Remind, News: "承诺快到期", Label: "提醒承诺", Title: "承诺快到期", From: append([]workflow.State{c.Reopened}, anywhere...), By: system, Hidden: true,
			Timed: workflow.Timed{Clock: clock.Promise, Before: remindedBefore, Daily: true}, Tells: both("promise_due"), Public: "答应在{day}以前办到的事，还没有记下办到。",
		},
		{ // what was broken while others had it in hand
			Action: Reopen, News: "承诺到期没有办到", Sign: workflow.Asking, Label: "承诺没有办到，重新办理", From: c.Rest, To: c.Reopened, By: system, Hidden: true,
			Timed: workflow.Timed{Clock: clock.Promise, Fact: Owed, Effect: owed}, Public: "答应在{day}以前办到的事，还没有办到，重新交承诺的单位办理。",
		},
		leadsOn(keep, reopened, back), leadsOn(anew, reopened, back),
		beside(keep, anywhere), beside(anew, c.Open),
		c.end(reopened, back, superior), c.end(slices.DeleteFunc(slices.Clone(anywhere), func(s workflow.State) bool { return slices.Contains(c.Bound, s) }), nil, superior),
	}, deeds)
}

// Denied is the field that says of which promise somebody says that it was not kept.
const Denied = "denied"

// Doubting are the moves by which somebody outside may say that something was not kept, and
// the office finds whether it was: their word alone makes nobody break a promise, nor does
// the word of a unit alone keep it. Says is what they say it with.
func (c Course) Doubting(by []workflow.Role, says []workflow.Need) []workflow.Move {
	anywhere := append(append([]workflow.State{c.Reopened}, c.Open...), c.Rest...)
	find := workflow.Move{
		Quiet: true, Aside: true, From: anywhere, By: []workflow.Role{staff.Supervisor, staff.Leader}, Only: []string{Doubted}, Never: []string{staff.ReaderMeant},
		Needs: []workflow.Need{{Name: "public", Label: "怎么核实的、查明什么", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写怎么核实的、查明什么"}},
		Tells: []workflow.Tell{{Template: "promise_found", To: c.Letter}}, Hard: true,
	}
	unkept, upheld := find, find
	unkept.Action, unkept.Label, unkept.Done, unkept.Title, unkept.Sign, unkept.News = Unkept, "核实：没有办到", "已经记下，没有办到", "核实：没有办到", workflow.Asking, "承诺经核实没有办到"
	unkept.MayStart, unkept.Effect, unkept.Public = []clock.Code{clock.Promise}, "承办单位记的“办到”不算数，这一项照没有办到跟踪；过了日子的，重新交承诺的单位办理。"+c.To+"看得到。", "{denied}经核实没有办到：{public}"
	upheld.Action, upheld.Label, upheld.Done, upheld.Title = Uphold, "核实：办到了", "已经记下，办到了", "核实：办到了"
	upheld.Effect, upheld.Public = "写明凭什么看得出办到了，"+c.To+"看得到。", "{denied}经核实已经办到：{public}"
	return append([]workflow.Move{{
		Action: Doubts, Quiet: true, Aside: true, Writes: true, Sign: workflow.Asking, News: c.To + "说没有办到", Label: "答应的事没有办到", Done: "收到了，由监督人员核实，核实的结果会告诉您。", Heading: "您说没有办到",
		Effect: "承办单位记了办到、其实没有的，写在这里，由监督人员核实。核实没有办到的，照没有办到重新交办。", From: anywhere, By: by, Only: []string{SaidKept}, Never: []string{Doubted},
		Needs: append([]workflow.Need{{Name: Denied, Label: "哪一件没有办到", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: "请选哪一件没有办到"}}, says...),
		Tells: []workflow.Tell{{Template: "promise_doubted", To: letter.ToDesk}}, Public: "您说{denied}没有办到，监督人员核实后告诉您。",
	}}, workflow.Doing([]workflow.Move{unkept, upheld}, deeds)...)
}

// point is which promise a move is about.
var point = workflow.Need{Name: "point", Label: "哪一点", Kind: workflow.AskChoice, From: workflow.FromPromises, Ask: "请选哪一点"}

func both(template string) []workflow.Tell {
	return []workflow.Tell{{Template: template, To: letter.ToUnit}, {Template: template, To: letter.ToDesk}}
}

// leadsOn is what a matter was taken up again for.
func leadsOn(m workflow.Move, from, back []workflow.State) workflow.Move {
	m.From, m.MayLead, m.Leads = from, back, true
	return m
}

// beside is the same where the matter waits for something else.
func beside(m workflow.Move, from []workflow.State) workflow.Move {
	m.From, m.Aside, m.Quiet = from, true, true
	return m
}

// end is that nobody follows a promise any more. What was broken stays broken.
func (c Course) end(from, back []workflow.State, by []workflow.Role) workflow.Move {
	return workflow.Move{
		Action: End, Aside: true, Quiet: true, Label: "不再跟踪承诺", Done: "已经记下，不再跟踪", Title: "不再跟踪承诺", From: from, MayLead: back, By: by, Only: []string{Promised}, MayStart: []clock.Code{clock.Promise},
		Effect: "这一点答应的事以后不再提醒、不再到期。到期没有办到的照样记着。要写理由，" + c.To + "看得到。",
		Needs: []workflow.Need{
			point,
			{Name: "public", Label: "为什么不再跟踪", Hint: c.To + "会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写为什么不再跟踪"},
		}, Public: "{point}答应的事不再跟踪：{public}", Hard: true,
	}
}
