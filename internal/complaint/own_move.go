package complaint

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Answers are what a person filled in for a move, by the names of its needs.
type Answers map[string][]string

// Get is the first answer to a need.
func (a Answers) Get(name string) string {
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// Faults holds answers against what a move needs: missing, too long, not one
// of the choices, or with characters that cannot be kept.
func Faults(m workflow.Move, a Answers) []fault.Field {
	var out []fault.Field
	say := func(name, sentence string) {
		if sentence != "" {
			out = append(out, fault.Field{Name: name, Sentence: sentence})
		}
	}
	for _, need := range m.Needs {
		value := form.Text(a.Get(need.Name))
		switch {
		case !need.Optional && form.Wordless(value):
			say(need.Name, need.Ask)
		case need.Max > 0 && form.Length(value) > need.Max:
			say(need.Name, form.TooLong(value, need.Max))
		case len(need.Options) > 0 && value != "" && word(need.Options, a.Get(need.Name)) == "": // untrimmed, as it will be kept
			say(need.Name, "请从列出的里面选一项")
		default:
			say(need.Name, form.TextFault(value))
		}
	}
	return out
}

func word(list []workflow.Option, value string) string {
	for _, o := range list {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

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
func (r *Register) MoveOwn(ctx context.Context, visitor key.Secret, number string, action workflow.Action, token []byte, a Answers) (workflow.Done, error) {
	rows := Law.Rows(action)
	if len(rows) == 0 || rows[0].By[0] != staff.Complainant || rows[0].Hidden {
		return workflow.Done{}, fault.New(fault.NotFound, "没有这一步。")
	}
	if err := fault.Fields(Faults(rows[0], a)); err != nil {
		return workflow.Done{}, err
	}
	act := workflow.Act{
		Number: number, Action: action, By: workflow.Actor{Role: staff.Complainant}, Unlock: UnlockID(visitor), Token: token,
		Words: map[string]string{},
	}
	for _, need := range rows[0].Needs {
		if len(need.Options) > 0 {
			act.Words[need.Name] = word(need.Options, a.Get(need.Name))
		}
	}
	return r.Engine.Do(ctx, Law, act, func(ctx context.Context, s *workflow.Step) error { return ownEffect(ctx, s, a) })
}

// ownEffect is what a complainant's move writes besides the event. Their words
// never stand in the event: they can then be erased without touching the chain.
func ownEffect(ctx context.Context, s *workflow.Step, a Answers) error {
	words := form.Text(a.Get("note"))
	if err := notTooOften(ctx, s); err != nil {
		return err
	}
	switch s.Act.Action {
	case Rate:
		s.Queue(`UPDATE complaint SET rating = @rating, solved = @solved, rating_words = @words WHERE matter_id = @id`,
			pg.Args{"id": s.Matter.ID, "rating": a.Get("rating"), "solved": a.Get("solved"), "words": form.Text(a.Get("rating_words"))})
	}
	if strings.TrimSpace(words) != "" {
		// Why somebody withdraws may tell who pressed for it.
		s.Queue(`INSERT INTO supplement (matter_id, seq, body, guarded) VALUES (@id, @seq, @body, @guarded)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "body": words, "guarded": s.Act.Action == Withdraw})
		s.Queue(`SELECT enqueue('index_text', jsonb_build_object('matter', @id::bigint))`, pg.Args{"id": s.Matter.ID})
	}
	return nil
}

// daily bounds what one complainant may do to one matter in a day, so that a
// single captcha cannot bury the desk.
var daily = map[workflow.Action]struct {
	most int64
	said string
}{
	Urge:       {1, "今天已经催办过了，催办送到了审核人那里。明天还没有动静，可以再催一次。"},
	Supplement: {20, "今天已经补充了 20 次，请明天再补。要补的多，可以写在一次里。"},
}

func notTooOften(ctx context.Context, s *workflow.Step) error {
	bound, ok := daily[s.Act.Action]
	if !ok {
		return nil
	}
	done, err := pg.One[int64](ctx, s.Conn, `
		SELECT count(*) FROM event WHERE matter_id = @id AND action = @action AND at > @since`,
		pg.Args{"id": s.Matter.ID, "action": string(s.Act.Action), "since": s.At.Add(-24 * time.Hour)})
	if err != nil {
		return fmt.Errorf("how often today: %w", err)
	}
	if done >= bound.most {
		return fault.New(fault.Forbidden, "%s", bound.said)
	}
	return nil
}
