package complaint

import (
	"context"
	"strings"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// ownMove is the row of a move that complainants have; false when it is none, or when it
// is carried out by a call of its own, as the filing is.
func (r *Register) ownMove(a workflow.Action) (workflow.Move, bool) {
	rows := r.Kind.Law.Rows(a)
	if len(rows) == 0 || rows[0].By[0] != staff.Complainant || rows[0].Apart {
		return workflow.Move{}, false
	}
	return rows[0], true
}

// DoneOwn is what a complainant is told once a move of theirs is done; empty for any
// other action, since it comes from an address.
func (r *Register) DoneOwn(a workflow.Action) string {
	row, _ := r.ownMove(a)
	return row.Done
}

// MoveOwn carries out a complainant's move on the matter they opened: by the
// same engine as the desk, under the portal's own role and key.
func (r *Register) MoveOwn(ctx context.Context, visitor key.Secret, number string, action workflow.Action, token []byte, a workflow.Answers) (workflow.Done, error) {
	row, ok := r.ownMove(action)
	if !ok {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	var open []fault.Field
	switch {
	case !guarded(row, a):
		open = openIn(row, a)
	case action == Supplement:
		action = Confide
	}
	if err := fault.Fields(append(row.Faults(a, r.Engine.Now()), open...)); err != nil {
		return workflow.Done{}, err
	}
	words, err := r.Words(ctx, row, a)
	if err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{
		Number: number, Action: action, By: workflow.Actor{Role: staff.Complainant}, Unlock: UnlockID(visitor), Token: token,
		Words: words, Answers: a,
	}
	return r.Engine.Do(ctx, r.Kind.Law, act, func(ctx context.Context, s *workflow.Step) error {
		if answer := followAnswers[s.Act.Action]; answer != "" {
			return answerFollow(ctx, s, a.Get(FollowAsked), answer)
		}
		if err := answerRequests(ctx, s, a); err != nil {
			return err
		}
		if err := ownSettlement(ctx, s); err != nil {
			return err
		}
		ownEffect(s, a)
		if s.Act.Action == promise.Doubts {
			return promise.Deny(ctx, s, a.Get(promise.Denied))
		}
		if s.Act.Action == AskRecheck {
			return askRecheck(ctx, s)
		}
		return nil
	})
}

// answerRequests notes which of the items that were asked a complainant's words answer. A
// complaint that waits for them goes on once none is open.
func answerRequests(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	if s.Act.Action != Supplement && s.Act.Action != Confide {
		return nil
	}
	waits := s.Matter.State == asking.Waiting
	list, err := request.Answer(ctx, s, a.Chosen(request.Answers), guarded(s.Move, a), waits)
	if err == nil && waits {
		asking.Supplemented(s, list)
	}
	return err
}

// ownEffect is what a complainant's move writes besides the event. Their words
// never stand in the event: they can then be erased without touching the chain.
func ownEffect(s *workflow.Step, a workflow.Answers) {
	words := ""
	if s.Move.Asks("note") { // what a move does not ask for was looked through by nothing
		words = form.Text(a.Get("note"))
	}
	switch s.Act.Action {
	case DenyClosing:
		denyClosing(s)
	case Rate:
		to := toldAll
		if guarded(s.Move, a) {
			to = toldDesk
		}
		s.Queue(`UPDATE complaint SET rating = @rating, solved = @solved, rating_words = @words, rating_told = @told WHERE matter_id = @id`,
			pg.Args{"id": s.Matter.ID, "rating": a.Get("rating"), "solved": a.Get("solved"), "words": form.Text(a.Get("rating_words")), "told": to})
	}
	if strings.TrimSpace(words) != "" {
		s.Queue(`INSERT INTO supplement (matter_id, seq, body, guarded) VALUES (@id, @seq, @body, @guarded)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "body": words, "guarded": guarded(s.Move, a)})
	}
}
