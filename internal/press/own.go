package press

import (
	"context"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// Desk is the journalist who is logged in on the portal, and what they have lodged.
type Desk struct {
	Name, Outlet string
	Leads        []OwnRow
}

// OwnRow is a lead in the list of its journalist.
type OwnRow struct {
	Number, Title string
	State         workflow.State
	OpenedAt      time.Time
	UnitName      string           // that was asked; empty while none is
	Clocks        []workflow.Clock // that run
}

// Own is a lead as its journalist sees it: what is said to them, and nothing internal.
type Own struct {
	OwnRow
	Concerns     string
	Knows        string
	WantedBy     clock.Date
	Questions    []Question
	Publications []Publication
	Events       []register.Told  // newest first; only those with a public sentence
	Statements   []document.Paper // that were signed, newest first
	Notice       int64            // id of the statement as it stands in public; 0 while it does not
}

// Until is the last day of its embargo; zero while none runs.
func (o OwnRow) Until() clock.Date {
	for _, c := range o.Clocks {
		if c.Rule == clock.Embargo {
			return c.DueOn
		}
	}
	return clock.Date{}
}

// Overdue is the newest sentence that says that nothing was stated in time; empty when a
// statement, or a reason for none, came in time or since.
func (o *Own) Overdue() string {
	for _, e := range o.Events {
		switch e.Action {
		case TellOverdue:
			return e.Text
		case SignStatement, Decline, AnswerSelf:
			return ""
		}
	}
	return ""
}

// Citable says that it may be told of the unit that is asked now: it was asked when its
// day passed, and not another one.
func (o *Own) Citable() bool {
	for _, e := range o.Events {
		switch e.Action {
		case TellOverdue:
			return true
		case Recall, HandOver:
			return false
		}
	}
	return false
}

// OwnList is what a journalist has lodged; NotFound for whoever is none.
func OwnList(ctx context.Context, d *member.Door, session key.Secret) (*Desk, error) {
	found := &Desk{}
	if err := d.Leads(ctx, session, found); err != nil {
		return nil, err
	}
	return found, nil
}

// ReadOwn is one of these; NotFound where there is none, or it is not theirs.
func ReadOwn(ctx context.Context, d *member.Door, session key.Secret, number string) (*Own, error) {
	var found struct {
		Own
		Papers []struct{ Paper string }
	}
	if err := d.Lead(ctx, session, number, &found); err != nil {
		return nil, err
	}
	for _, p := range found.Papers {
		paper, err := document.Parse(p.Paper)
		if err != nil {
			return nil, err
		}
		found.Statements = append(found.Statements, paper)
	}
	return &found.Own, nil
}
