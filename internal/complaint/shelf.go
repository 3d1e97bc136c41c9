package complaint

import (
	"context"

	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/workflow"
)

// Shelf is who is logged in on the portal as a deputy or committee member, and the
// complaints that are their own.
type Shelf struct {
	member.Caller
	Own []Shelved
}

// Shelved is one of these complaints.
type Shelved struct {
	Number, Title string
	State         workflow.State
	Hand          string           // the unit that leads; empty while none has it
	Clocks        []workflow.Clock // that run
}

// ReadShelf reads them.
func ReadShelf(ctx context.Context, d *member.Door, session key.Secret) (*Shelf, error) {
	s := &Shelf{}
	if err := d.Complaints(ctx, session, s); err != nil {
		return nil, err
	}
	return s, nil
}
