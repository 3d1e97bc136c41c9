package proposal

import (
	"context"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// Bench is who is logged in on the portal, and what they have signed.
type Bench struct {
	member.Caller
	Online    bool // agrees that answers are served on the portal
	Proposals []OwnRow
}

// OwnRow is a proposal in the list of one of its signers.
type OwnRow struct {
	Number, Designation, Title string
	State                      workflow.State
	OpenedAt                   time.Time
	UnitName                   string           // empty while it is nobody's
	Clocks                     []workflow.Clock // that run
}

// Own is a proposal as its signers see it: what is said to them, and nothing internal.
type Own struct {
	OwnRow
	Source   Source
	Body     string
	Points   []Point
	Signers  []Signer
	Events   []register.Told // newest first; only those with a public sentence
	Hands    []Hand
	Answers  []document.Paper // that were served, newest first
	ServedOn []clock.Date     // of each
	Promises []OwnPromise     // of what was served, and what was promised anew, by point
	Feedback *Feedback
}

// OwnPromise is a promise with the words of the answer that made it; empty where it was
// promised anew.
type OwnPromise struct {
	promise.Promise
	Reply string
}

// Hand is a unit that has it in hand.
type Hand struct {
	Unit   string
	Part   string
	Signed *time.Time
}

// Running is the clock of a rule; nil when it does not run.
func (o OwnRow) Running(rule clock.Code) *workflow.Clock {
	for i := range o.Clocks {
		if o.Clocks[i].Rule == rule {
			return &o.Clocks[i]
		}
	}
	return nil
}

// OwnList is what somebody has signed and not left.
func OwnList(ctx context.Context, d *member.Door, session key.Secret) (*Bench, error) {
	b := &Bench{}
	if err := d.Matters(ctx, session, b); err != nil {
		return nil, err
	}
	return b, nil
}

// PartsOf are the parts that a proposal was divided into, among what somebody has signed: each
// has its designation.
func (b *Bench) PartsOf(whole *Own) (parts []OwnRow) {
	for _, row := range b.Proposals {
		if whole.State == Divided && row.Designation == whole.Designation && row.Number != whole.Number {
			parts = append(parts, row)
		}
	}
	return parts
}

// ReadOwn is one of these; NotFound where there is none, or it is not theirs.
func ReadOwn(ctx context.Context, d *member.Door, session key.Secret, number string) (*Own, error) {
	var found struct {
		Own
		Papers []struct {
			Paper    string
			ServedOn clock.Date
		}
	}
	if err := d.Matter(ctx, session, number, &found); err != nil {
		return nil, err
	}
	for _, p := range found.Papers {
		paper, err := document.Parse(p.Paper)
		if err != nil {
			return nil, err
		}
		found.Answers, found.ServedOn = append(found.Answers, paper), append(found.Own.ServedOn, p.ServedOn)
	}
	found.Own.Promises = settle(found.Own.Promises)
	return &found.Own, nil
}

// settle says which promises were followed by others, of those that its signers know.
func settle(promises []OwnPromise) (settled []OwnPromise) {
	var list promise.List
	reply := map[[2]int64]string{}
	for _, p := range promises {
		list = append(list, p.Promise)
		reply[[2]int64{p.Seq, int64(p.No)}] = p.Reply
	}
	for _, p := range list.Settle() {
		settled = append(settled, OwnPromise{p, reply[[2]int64{p.Seq, int64(p.No)}]})
	}
	return settled
}
