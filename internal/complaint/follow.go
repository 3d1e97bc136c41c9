package complaint

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/letter"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// FollowAsked is the field that says which deputy's question is answered: the number of
// the event by which it was put.
const FollowAsked = "asked"

// FollowAsk is what a deputy asks of a complainant.
type FollowAsk struct {
	Asked  int64  // the event by which it was put
	Who    string // 第十六届人大代表 陈河
	Words  string
	Answer string // asked, yes or no
}

// Allowed says that the complainant has said yes.
func (f FollowAsk) Allowed() bool { return f.Answer == allowed }

// Refused says that they have said no, or taken a yes back.
func (f FollowAsk) Refused() bool { return f.Answer == refused }

// The answers; the table's CHECK has the same.
const (
	allowed = "yes"
	refused = "no"
)

// followAnswers are the moves by which a complainant answers.
var followAnswers = map[workflow.Action]string{AllowFollow: allowed, RefuseFollow: refused, EndFollow: refused}

// followMoves are how a deputy's wish to follow a complaint is put to its complainant, and
// answered. No handling unit hears of any of it: that a complainant knows a deputy may
// tell who they are (信访工作条例 30). It stops no clock, changes no state, and nothing
// else in the law asks what was answered.
func followMoves() []workflow.Move {
	answer := workflow.Move{From: allStates(), By: citizen, Hidden: true, Withheld: workflow.WithheldWhole}
	asks, allows, refuses, ends := answer, answer, answer, answer
	asks.Action, asks.By, asks.Apart, asks.Sign = AskFollow, []workflow.Role{staff.System}, true, workflow.Asking
	asks.Label, asks.Heading, asks.Public = "问投诉人能不能跟进", "有代表、委员想跟进", "{who}想跟进这件投诉，问您同不同意。"
	asks.Tells = []workflow.Tell{{Template: "follow_asked", To: letter.ToComplainant}}

	allows.Action, allows.Label, allows.Heading, allows.Public = AllowFollow, "同意跟进", "您同意了跟进", "您同意{who}跟进这件投诉。"
	allows.Done, allows.Effect = "已经同意。随时可以收回。", "只让看到列出的这几项。"
	allows.Often = workflow.Often{Most: 10, Said: "今天已经同意了 10 次，请明天再办。"}
	refuses.Action, refuses.Label, refuses.Heading, refuses.Public = RefuseFollow, "不同意", "您没有同意跟进", "您没有同意{who}跟进这件投诉。"
	refuses.Done, refuses.Effect = "记下了，不给看。投诉照样办理。", "不给看，投诉照样办理。"
	ends.Action, ends.Label, ends.Heading, ends.Public = EndFollow, "收回同意", "您收回了同意", "您收回了同意，{who}不再看得到这件投诉。"
	ends.Done, ends.Effect = "已经收回，从现在起看不到了。投诉照样办理。", "从现在起看不到，投诉照样办理。"
	return []workflow.Move{asks, allows, refuses, ends}
}

// answerFollow writes down what a complainant says to a deputy's question. A consent is
// taken back, and a no, by the newest row.
func answerFollow(ctx context.Context, s *workflow.Step, asked, answer string) error {
	type question struct{ Name, Answer string }
	seq, _ := strconv.ParseInt(asked, 10, 64)
	q, err := pg.One[question](ctx, s.Conn, `
		SELECT f.name, coalesce((SELECT a.answer FROM follow_answer a WHERE a.matter_id = f.matter_id AND a.asked = f.seq ORDER BY a.seq DESC LIMIT 1), '') AS answer
		FROM follow f WHERE f.matter_id = @id AND f.seq = @asked`, pg.Args{"id": s.Matter.ID, "asked": seq})
	switch {
	case pg.IsNoRows(err):
		return fault.New(fault.Conflict, "没有办。这件投诉里没有这一问，请看下面现在的。")
	case err != nil:
		return fmt.Errorf("what a deputy asks: %w", err)
	case q.Answer == answer, s.Act.Action == EndFollow && q.Answer != allowed:
		return fault.New(fault.Conflict, "已经是这样了，不用再办。")
	}
	s.Word("who", q.Name)
	s.Queue(`INSERT INTO follow_answer (matter_id, seq, asked, answer) VALUES (@id, @seq, @asked, @answer)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "asked": seq, "answer": answer})
	return nil
}

// waitingAsk is a question that nobody has put yet.
type waitingAsk struct {
	ID, Member    int64
	Number, Words string
	Kind          member.Kind
	Name, Session string
	Serves        bool // the one who asks is still admitted
}

// who is how they are called.
func (a waitingAsk) who() string { return a.Session + a.Kind.Word() + " " + a.Name }

// mostAsks bounds how many questions stand with one complainant, and a week: a letter
// goes out with each.
const (
	mostAsks     = 20
	mostWeekAsks = 5
)

// PutAsks puts to complainants what deputies have asked since, and says how many had
// somebody to be put to. The deputy is told the same and as soon where there is none, so
// it is done afterwards and by another process.
func (r *Register) PutAsks(ctx context.Context) (int, error) {
	asks, err := pg.All[waitingAsk](ctx, r.Pool, `
		SELECT q.id, q.member_id AS member, q.number, q.words, b.kind, b.name, b.congress_session AS session, member_serves(q.member_id, q.asked_at) AS serves
		FROM follow_ask q JOIN member b ON b.id = q.member_id WHERE q.put_at IS NULL AND q.dropped_at IS NULL ORDER BY q.id LIMIT 1000`, nil)
	if err != nil {
		return 0, fmt.Errorf("what deputies ask: %w", err)
	}
	put := 0
	var faults []error
	for _, a := range asks {
		found, err := r.putAsk(ctx, a)
		if found {
			put++
		}
		faults = append(faults, err)
	}
	return put, errors.Join(faults...)
}

// putDone notes that nobody has to look at a question again.
const putDone = `UPDATE follow_ask SET put_at = @at WHERE id = @ask AND put_at IS NULL`

func (r *Register) putAsk(ctx context.Context, a waitingAsk) (found bool, err error) {
	if a.Serves {
		act := workflow.Act{Number: a.Number, Action: AskFollow, By: workflow.Actor{Name: staff.System.Title(), Role: staff.System}, Words: map[string]string{"who": a.who()}}
		_, err = r.Engine.Do(ctx, Law, act, func(ctx context.Context, s *workflow.Step) error {
			if err := enough(ctx, s); err != nil {
				return err
			}
			s.Queue(`INSERT INTO follow (matter_id, seq, ask_id, member_id, name, words) VALUES (@id, @seq, @ask, @member, @name, @words)`,
				pg.Args{"id": s.Matter.ID, "seq": s.Seq, "ask": a.ID, "member": a.Member, "name": a.who(), "words": a.Words})
			s.Queue(putDone, pg.Args{"ask": a.ID, "at": s.At})
			return nil
		})
		if pg.IsUnique(err, "") {
			return false, nil // another worker was first
		}
		if !fault.Is(err, fault.NotFound) {
			return err == nil, err
		}
	}
	if _, err := pg.Exec(ctx, r.Pool, putDone, pg.Args{"ask": a.ID, "at": r.Engine.Now()}); err != nil {
		return false, fmt.Errorf("a question to nobody: %w", err)
	}
	return false, nil
}

// enough is NotFound where a complainant has been asked often enough.
func enough(ctx context.Context, s *workflow.Step) error {
	type count struct{ All, Week int }
	n, err := pg.One[count](ctx, s.Conn, `
		SELECT count(*) AS all, count(*) FILTER (WHERE e.at > @since) AS week
		FROM follow f JOIN event e ON e.matter_id = f.matter_id AND e.seq = f.seq WHERE f.matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "since": s.At.Add(-7 * 24 * time.Hour)})
	if err != nil {
		return fmt.Errorf("what was asked before: %w", err)
	}
	if n.All >= mostAsks || n.Week >= mostWeekAsks {
		return fault.New(fault.NotFound, "")
	}
	return nil
}

// Followed is a complaint as a deputy sees it with the complainant's consent: how far it
// is, and not a word of what was written, answered or by whom.
type Followed struct {
	Number   string
	Category string // its code, and its title where it is read for a page
	Unit     string // whom it is about; empty is not settled
	State    workflow.State
	Answered bool
	Rating   string
	Solved   string
	Clocks   []workflow.Clock
}

// AsFollowed is what a deputy would see of one's own complaint now.
func (o *Own) AsFollowed() Followed {
	return Followed{Number: o.Matter.Number, Category: o.Category, Unit: o.UnitName, State: o.Matter.State, Answered: o.Answer != nil,
		Rating: o.Rating, Solved: o.Solved, Clocks: o.Clocks}
}

// Following is who is logged in, what they follow, and what they have asked.
type Following struct {
	member.Caller
	Followed []Followed
	Asked    []struct {
		Number, Words string
		AskedAt       time.Time
	}
}

// ReadFollowing reads it, with the titles of categories that the office keeps in memory.
func (r *Register) ReadFollowing(ctx context.Context, d *member.Door, session key.Secret) (*Following, error) {
	f := &Following{}
	if err := d.Follows(ctx, session, f); err != nil {
		return nil, err
	}
	for i := range f.Followed {
		category, _, err := r.Categories.ByCode(ctx, f.Followed[i].Category)
		if err != nil {
			return nil, err
		}
		f.Followed[i].Category = category.Title
	}
	return f, nil
}
