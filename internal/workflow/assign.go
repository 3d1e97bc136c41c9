package workflow

import (
	"context"
	"fmt"
	"strconv"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Assign is that a unit says who of it has a matter in hand.
const Assign Action = "assign"

// Assigning are the rows of Assign, for the unit that leads and those that help. It says
// whose list the matter stands in, and bars nobody of the unit from it.
func Assigning(leading, helping []State) []Move {
	row := Move{
		Action: Assign, Many: true, Aside: true, Label: "分给经办人", Title: "分给经办人", Done: "已经分给经办人", News: "分给了经办人", By: []Role{staff.Handler, staff.UnitHead},
		Effect: "排进他的“等我”，别人的里面不再排；本单位的人照样看得到、办得了。他回避、停用了的，重新排进大家的。", Does: assign,
		Needs: []Need{
			{Name: "person", Label: "谁来办", Kind: AskChoice, From: FromColleagues, Ask: "请选谁来办"},
			{Name: "note", Label: "交代的话", Kind: AskText, Max: 500, Optional: true},
		},
	}
	lead, co := row, row
	lead.From, lead.Unit = leading, LeadUnit
	co.From, co.Unit = helping, CoUnit
	return []Move{lead, co}
}

// Nobody is the choice that gives a matter back to the whole unit.
const Nobody = "nobody"

// ColleaguesSQL are those of a unit who can have its matters in hand.
const ColleaguesSQL = `SELECT s.id, s.name, s.role FROM staff s WHERE s.unit = @unit AND s.role IN ('handler', 'unit_head') AND may_come_in(s) ORDER BY s.role, s.name, s.id`

// assign notes who has it in hand. Whom its words name, or who recused themselves, cannot.
func assign(ctx context.Context, s *Step, a Answers) error {
	chosen := a.Get("person")
	said, id := "不分给谁，本单位谁先来谁办。", int64(0)
	if chosen != Nobody {
		var err error
		if id, err = strconv.ParseInt(chosen, 10, 64); err != nil {
			return fault.Fields([]fault.Field{{Name: "person", Sentence: "请从列出的人里面选"}})
		}
		names, err := pg.All[string](ctx, s.Conn, `
			SELECT s.name FROM staff s JOIN matter m ON m.id = @matter
			WHERE s.id = @id AND s.unit = @unit AND s.role IN ('handler', 'unit_head') AND may_come_in(s) AND s.id <> ALL (m.persons)`,
			pg.Args{"matter": s.Matter.ID, "id": id, "unit": s.Act.By.Unit})
		if err != nil {
			return fmt.Errorf("who has it in hand: %w", err)
		}
		if len(names) == 0 {
			return fault.Fields([]fault.Field{{Name: "person", Sentence: "这一件不能分给他，请另选一个人"}})
		}
		said = "分给" + names[0] + "。"
	}
	s.Act.Note = said + form.Text(a.Get("note"))
	s.Queue(`UPDATE assignment SET assigned = nullif(@person::bigint, 0) WHERE matter_id = @id AND unit = @unit AND ended_at IS NULL`,
		pg.Args{"id": s.Matter.ID, "unit": s.Act.By.Unit, "person": id})
	return nil
}
