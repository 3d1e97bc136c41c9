// Package ladder is what is done about units that are late, of whichever register: the
// calendar warns, then proposes; people chase, supervise, call in and circulate, each step
// on record with what came of it (信访工作条例 39, 40). A register whose units are given work
// puts the moves of a Course into its law.
//
// What is proposed is a flag of the matter and not a deed: whether a unit is called in is
// never for a machine to say.
package ladder

import (
	"context"
	"fmt"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done on the ladder.
const (
	DueSoon   workflow.Action = "due_soon"
	Overdue   workflow.Action = "overdue"
	Overlong  workflow.Action = "overlong"
	Idle      workflow.Action = "unit_idle"
	Manned    workflow.Action = "unit_manned"
	Chase     workflow.Action = "chase"
	Supervise workflow.Action = "supervise"
	Unheeded  workflow.Action = "unheeded"
	Talk      workflow.Action = "talk"
	Circulate workflow.Action = "circulate"
)

// Flags of a matter on the ladder: what is proposed, and what was done once.
const (
	ToChase     = "to_chase"
	ToSupervise = "to_supervise"
	ToTalk      = "to_talk"
	ToCirculate = "to_circulate"
	Unmanned    = "unmanned" // nobody of the unit that leads it can act, and it was said so
	Late        = "late"     // its term is over, and it was told so
	Chased      = "chased"
	Supervised  = "supervised"
)

// Proposes are the moves that are proposed, by the flag that says so.
var Proposes = map[string]workflow.Action{ToChase: Chase, ToSupervise: Supervise, ToTalk: Talk, ToCirculate: Circulate}

// Proposed are the flags of what is proposed: they are of the unit that has the matter, and
// end with its having it.
var Proposed = []string{ToChase, ToSupervise, ToTalk, ToCirculate, Unmanned}

// Waiting are those and that it is late: the answer ends them all.
var Waiting = append([]string{Late}, Proposed...)

// Flags are why a move is not done.
var Flags = map[string]string{
	Unmanned: "已经提醒过没有人能办。", "!" + Unmanned: "承办单位有人能办。",
	"!" + Late: "还没有逾期，不能督办。快到期的，可以催办。", "!" + ToTalk: "没有到约谈的地步：两次督办，限期都过了还没有答复的，才约谈。", "!" + ToCirculate: "没有到通报的地步：约谈以后，承诺的日子过了还没有答复的，才通报。",
}

// Course is where the matters of a register are with a unit, and by which terms that unit
// has to answer: each by the one that runs.
type Course struct {
	With    []workflow.State // the unit has it in hand
	Answers []clock.Code
	Signed  []workflow.State // of With: those in which the head alone leads on
	To      string           // who reads of it: 投诉人
}

// The facts by which it is known that a unit has nobody to act, and that it has again.
const (
	idles = "unit_idles"
	works = "unit_works"
)

// Facts are their conditions on a matter m: nobody of the unit that leads it can act on it.
func (c Course) Facts() map[string]string {
	var signed []string
	for _, s := range c.Signed {
		signed = append(signed, string(s))
	}
	nobody := `EXISTS (SELECT FROM assignment ua WHERE ua.matter_id = m.id AND ua.part = 'lead' AND ua.ended_at IS NULL AND NOT EXISTS (
		SELECT FROM who_acts(m.persons, m.named || m.meant, ` + workflow.Now + `) us WHERE us.unit = ua.unit AND (us.heads OR m.state <> ALL ('{` + strings.Join(signed, ",") + `}'::text[]))))`
	told := `'` + Unmanned + `' = ANY (m.flags)`
	return map[string]string{idles: `(NOT ` + told + ` AND ` + nobody + `)`, works: `(` + told + ` AND NOT ` + nobody + `)`}
}

// Moves are what is done in such a course.
func (c Course) Moves() []workflow.Move {
	system, desk := []workflow.Role{staff.System}, []workflow.Role{staff.Registrar, staff.Supervisor}
	superior := []workflow.Role{staff.Supervisor, staff.Leader}
	by := workflow.Need{Name: "by", Label: "哪一天以前答复", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写哪一天以前答复"}
	text := func(label, hint, ask string) workflow.Need {
		return workflow.Need{Name: "note", Label: label, Hint: hint, Kind: workflow.AskText, Max: 2000, Ask: ask}
	}
	read := "承办单位会原样看到，" + c.To + "看不到。"
	var moves []workflow.Move
	timed := func(m workflow.Move, rung clock.Rung) {
		m.From, m.By, m.Hidden = c.With, system, true
		for _, code := range c.Answers {
			m.Timed = workflow.Timed{Clock: code, Rung: rung}
			moves = append(moves, m)
		}
	}
	supervision := []clock.Code{clock.Supervised}
	timed(workflow.Move{Action: DueSoon, News: "快到期了", Label: "提醒快到期", Title: "快到期了", Tells: []workflow.Tell{{Template: "due_soon", To: letter.ToUnit}}}, clock.Orange)
	timed(workflow.Move{Action: Overdue, News: "逾期了", Label: "提醒逾期", Title: "逾期了，建议催办", Sign: workflow.Asking, Sets: []string{ToChase, Late},
		Tells: []workflow.Tell{{Template: "overdue", To: letter.ToUnit}, {Template: "overdue", To: letter.ToDesk}}}, clock.Red)
	timed(workflow.Move{Action: Overlong, News: "逾期多日，建议督办", Label: "提醒督办", Title: "逾期多日，建议督办", Sign: workflow.Asking, Sets: []string{ToSupervise, Late}, Clears: []string{ToChase},
		Tells: []workflow.Tell{{Template: "overlong", To: letter.ToDesk}, {Template: "below_late", To: letter.ToAbove}}}, clock.Supervise)
	moves = append(moves,
		workflow.Move{
			Action: Idle, News: "承办单位没有人能办", Label: "提醒没有人能办", Title: "承办单位没有人能办", Sign: workflow.Asking, From: c.With, By: system, Hidden: true,
			Withheld: workflow.WithheldWhole, // to who is there, it would say that a colleague is kept from it
			Timed:    workflow.Timed{Fact: idles}, Never: []string{Unmanned}, Sets: []string{Unmanned},
			Tells: []workflow.Tell{{Template: "unmanned", To: letter.ToDesk}, {Template: "below_idle", To: letter.ToAbove}},
		},
		workflow.Move{Action: Manned, Label: "有人能办了", Title: "承办单位有人能办了", Withheld: workflow.WithheldWhole, From: c.With, By: system, Hidden: true,
			Timed: workflow.Timed{Fact: works}, Only: []string{Unmanned}, Clears: []string{Unmanned}},
	)
	return workflow.Doing(append(moves,
		workflow.Move{
			Action: Chase, Many: true, News: "监督办公室催办", Aside: true, Label: "催办", Done: "已经催办", Heading: "催办了承办单位", From: c.With, By: desk, Sets: []string{Chased}, Clears: []string{ToChase},
			Effect: "催承办单位抓紧。催了几次、什么时候催的，都留着；" + c.To + "看得到催过。",
			Needs:  []workflow.Need{text("催什么", read, "请写催什么")},
			Tells:  []workflow.Tell{{Template: "chased", To: letter.ToUnit}}, Public: "监督办公室催办了承办单位。",
		},
		workflow.Move{
			Action: Supervise, Many: true, News: "监督办公室督办", Aside: true, Sign: workflow.Asking, Label: "督办", Done: "已经督办", Heading: "督办了承办单位", From: c.With, By: superior, Only: []string{Late},
			Sets: []string{Supervised}, Clears: []string{ToChase, ToSupervise}, Stops: supervision, MayStart: supervision,
			Effect: "逾期的，写明问题、要求和限期（《信访工作条例》第四十条）。限期过了还没有答复，建议再督办；两次还没有，建议约谈。" + c.To + "看得到督办过、限到哪一天。",
			Needs:  []workflow.Need{by, text("存在的问题和要求", read, "请写存在的问题和要求")},
			Tells:  []workflow.Tell{{Template: "supervised", To: letter.ToUnit}}, Public: "监督办公室对承办单位发出督办，要求在{by}以前答复。",
		},
		workflow.Move{
			Action: Unheeded, News: "督办限期过了", Sign: workflow.Asking, Label: "督办限期已过", Title: "限期过了还没有答复", From: c.With, By: system, Hidden: true,
			Timed: workflow.Timed{Clock: clock.Supervised, Daily: true, Effect: unheeded}, Tells: []workflow.Tell{{Template: "unheeded", To: letter.ToDesk}}, Public: "承办单位到{day}还没有答复。",
		},
		workflow.Move{
			Action: Talk, News: "约谈了", Quiet: true, Sign: workflow.Asking, Label: "记下约谈", Done: "约谈已经记下", Heading: "约谈了承办单位负责人", From: c.With, By: superior, Only: []string{ToTalk},
			Clears: []string{ToChase, ToSupervise, ToTalk}, Stops: supervision, MayStart: supervision,
			Effect: "至少两人约谈承办单位主要负责人（《信访工作条例》第三十九条）。记下谁谈的、谈了什么、承诺哪一天以前答复；过了还没有，建议通报。",
			Needs: []workflow.Need{
				{Name: "on", Label: "哪一天约谈的", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正约谈的那一天", Ask: "请写哪一天约谈的"},
				{Name: "who", Label: "约谈的人", Hint: "至少两人", Kind: workflow.AskLine, Max: 100, Ask: "请写约谈的人"},
				{Name: "whom", Label: "被约谈的主要负责人", Kind: workflow.AskLine, Max: 100, Ask: "请写被约谈的主要负责人"},
				by, text("谈了什么、承诺了什么", read, "请写谈了什么、承诺了什么"),
			}, Public: "约谈了承办单位负责人，承诺在{by}以前答复。",
		},
		workflow.Move{
			Action: Circulate, News: "通报了", Quiet: true, Sign: workflow.Asking, Label: "记下通报", Done: "通报已经记下", Heading: "通报了承办单位", From: c.With, By: superior, Only: []string{ToCirculate},
			Clears: Proposed, Stops: supervision,
			Effect: "记下通报的文号和范围。" + c.To + "看得到通报过。",
			Needs:  []workflow.Need{text("通报的文号、范围和内容", read, "请写通报的文号和范围")}, Public: "监督办公室通报了承办单位。",
		},
	), deeds)
}

// deeds are what the moves of a Course write.
var deeds = map[workflow.Action]workflow.Deed{
	Supervise: term, Talk: term,
}

// term starts the term that a unit is given, or has promised.
func term(_ context.Context, s *workflow.Step, a workflow.Answers) error {
	by := a.Date(s.Move.Need("by"), s.At)
	s.Word("by", by.Long())
	s.StartOn(clock.Supervised, by)
	return nil
}

// unheeded proposes the next rung: after a talk to circulate it, after the second
// supervision to call in, else to supervise again.
func unheeded(ctx context.Context, s *workflow.Step) error {
	type row struct{ Supervised, Talked int }
	done, err := pg.One[row](ctx, s.Conn, `
		SELECT count(*) FILTER (WHERE e.action = 'supervise')::int AS supervised, count(*) FILTER (WHERE e.action = 'talk')::int AS talked
		FROM event e WHERE e.matter_id = @id AND e.at >= (SELECT max(a.started_at) FROM assignment a WHERE a.matter_id = e.matter_id AND a.part = 'lead' AND a.ended_at IS NULL)`,
		pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("rungs so far: %w", err)
	}
	s.Stop(clock.Supervised)
	switch {
	case done.Talked > 0:
		s.Flag(ToCirculate)
	case done.Supervised > 1:
		s.Flag(ToTalk)
	default:
		s.Flag(ToSupervise)
	}
	return nil
}
