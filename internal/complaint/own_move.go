package complaint

import (
	"context"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Done is what a complainant is told once a move of theirs is done; empty for any
// other action, since it comes from an address.
func Done(a workflow.Action) string {
	if rows := Law.Rows(a); len(rows) > 0 && rows[0].By[0] == staff.Complainant {
		return rows[0].Done
	}
	return ""
}

// MoveOwn carries out a complainant's move on the matter they opened: by the
// same engine as the desk, under the portal's own role and key.
func (r *Register) MoveOwn(ctx context.Context, visitor key.Secret, number string, action workflow.Action, token []byte, a workflow.Answers) (workflow.Done, error) {
	rows := Law.Rows(action)
	if len(rows) == 0 || rows[0].By[0] != staff.Complainant || rows[0].Hidden {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	if err := fault.Fields(rows[0].Faults(a, r.Engine.Now())); err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{
		Number: number, Action: action, By: workflow.Actor{Role: staff.Complainant}, Unlock: UnlockID(visitor), Token: token,
		Words: map[string]string{}, Answers: a,
	}
	for _, need := range rows[0].Needs {
		if len(need.Options) > 0 {
			act.Words[need.Name] = workflow.Word(need.Options, a.Get(need.Name))
		}
	}
	return r.Engine.Do(ctx, Law, act, func(_ context.Context, s *workflow.Step) error {
		ownEffect(s, a)
		return nil
	})
}

// ownEffect is what a complainant's move writes besides the event. Their words
// never stand in the event: they can then be erased without touching the chain.
func ownEffect(s *workflow.Step, a workflow.Answers) {
	words := form.Text(a.Get("note"))
	switch s.Act.Action {
	case Rate:
		s.Queue(`UPDATE complaint SET rating = @rating, solved = @solved, rating_words = @words WHERE matter_id = @id`,
			pg.Args{"id": s.Matter.ID, "rating": a.Get("rating"), "solved": a.Get("solved"), "words": form.Text(a.Get("rating_words"))})
	}
	if strings.TrimSpace(words) != "" {
		// Why somebody withdraws may tell who pressed for it.
		s.Queue(`INSERT INTO supplement (matter_id, seq, body, guarded) VALUES (@id, @seq, @body, @guarded)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "body": words, "guarded": s.Act.Action == Withdraw})
	}
}
