package complaint

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Seal is that what was referred before referring sealed it is sealed, too.
const Seal workflow.Action = "seal"

var sealFlags = map[string]string{staff.Sealed: "已经封存。", "!" + staff.Sealed: "还没有封存。"}

// sealMoves are what is done about what was referred. Whoever refers it reads it no more,
// and the discipline officer alone notes what comes of it.
func sealMoves() []workflow.Move {
	return []workflow.Move{
		{
			Action: Seal, Aside: true, Leaves: true, Hard: true, Withheld: workflow.WithheldWhole, Sign: workflow.Sealed, Label: "封存", Done: "已经封存", Title: "封存", From: []workflow.State{ReferredDiscipline}, By: desk, Never: []string{staff.Sealed}, Sets: []string{staff.Sealed},
			Effect: "以前移送的，没有封存过：封存以后只有惩戒专员看得到内容，您只看得到编号和哪一天移送的。",
		},
	}
}

// seal is refused where no discipline officer would be left who reads it: what nobody reads
// is lost.
func seal(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	who := "free"
	if s.Matter.Unit == "" { // it may be about any unit: see staff.Scope
		who = "of_office"
	}
	someone, err := pg.One[bool](ctx, s.Conn, `SELECT somebody_settles(named, meant, persons, flags, @roles, @who) FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "roles": []string{string(staff.DisciplineOfficer)}, "who": who})
	if err != nil {
		return fmt.Errorf("who is left to read it: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有办。移送以后只有惩戒专员看得到，现在没有惩戒专员能看这一件。请先由系统管理员在监督办公室或者不相干的单位添加一名惩戒专员。")
	}
	return nil
}

// Away is what is known of a sealed complaint to whoever may not read it.
type Away struct {
	Number string
	At     time.Time // when it was referred
}

// Sealed are the complaints that are sealed and that a person might know of otherwise, the
// newest first.
func (r *Register) Sealed(ctx context.Context, p staff.Person) ([]Away, error) {
	scope := p.SealedScope()
	found, err := pg.All[Away](ctx, r.Pool, `
		SELECT m.number, (SELECT max(e.at) FROM event e WHERE e.matter_id = m.id AND e.action = 'refer_discipline') AS at
		FROM matter m WHERE m.kind = 'complaint' AND 'sealed' = ANY (m.flags) AND (`+scope.SQL+`) ORDER BY at DESC, m.id DESC LIMIT 1000`, scope.Args)
	if err != nil {
		return nil, fmt.Errorf("sealed complaints: %w", err)
	}
	return found, nil
}

// resultOfReferral is RecordResult of what is sealed.
func resultOfReferral() workflow.Move {
	return workflow.Move{
		Action: RecordResult, Label: "记下有权机关的回复", Done: "回复已经记下", Heading: "有权机关的回复", Effect: "移送以后收到的受理告知、结果记在这里，投诉人看得到您写给他的话。",
		From: []workflow.State{ReferredDiscipline}, By: []workflow.Role{staff.DisciplineOfficer}, Only: []string{staff.Sealed}, Never: []string{staff.ReaderMeant},
		Needs: []workflow.Need{
			{Name: "public", Label: "告诉投诉人的话", Hint: "只写收到了、办结了，不写查了谁。投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写收到了什么回复"},
		},
		Tells: toComplainant("result"), Public: "有权机关的回复：{public}",
	}
}
