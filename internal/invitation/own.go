package invitation

import (
	"cmp"
	"context"
	"time"

	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// Own is an invitation as one of those sees it who are invited: of the others it has
// the number alone.
type Own struct {
	Content       // its only invitee is who reads it
	Number, Title string
	State         workflow.State
	OpenedAt      time.Time
	Invited       int             // how many are
	Events        []register.Told // newest first; none in a list
}

// Mine is who reads it.
func (o Own) Mine() Invitee { return o.Invitees[0] }

// OwnList is to what somebody is invited.
func OwnList(ctx context.Context, d *member.Door, session key.Secret) ([]Own, error) {
	return readOwn(ctx, d, session, "")
}

// ReadOwn is one of these; NotFound where there is none, or it is not theirs.
func ReadOwn(ctx context.Context, d *member.Door, session key.Secret, number string) (*Own, error) {
	all, err := readOwn(ctx, d, session, cmp.Or(number, "-")) // no number is nobody's, and not all
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

func readOwn(ctx context.Context, d *member.Door, session key.Secret, number string) (all []Own, err error) {
	err = d.Read(ctx, session, `SELECT member_invitations(@session, @number)`, pg.Args{"number": number}, &all)
	return all, err
}
