package bundle

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/key"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Bundle is a bundle as the desk sees it.
type Bundle struct {
	register.Dossier
	Name       string // whose it is
	Words      string
	Complaints []Complaint // that are in it, and that the reader may know of
	Hidden     int         // that are in it, and that the reader may not know of
	Left       int         // that were put in and are in it no more: taken back, taken out, or over
	Proposal   string      // number; empty while there is none
}

// Complaint is one of a bundle.
type Complaint struct {
	Number, Title, Unit string
	State               workflow.State
}

// Read is a whole bundle; NotFound when the person may not know of it.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Bundle, error) {
	b := &Bundle{}
	if err := r.Register.Read(ctx, p, number, &b.Dossier, b.own); err != nil {
		return nil, err
	}
	return b, nil
}

// own reads what the bundle itself says; of a complaint only where the scope reaches it.
func (b *Bundle) own(q *register.Reading) {
	scope := q.Scope()
	q.Queue(`
		SELECT o.name, o.words,
			coalesce((SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'Title', m.title, 'State', m.state, 'Unit', coalesce((SELECT u.name FROM unit u WHERE u.code = m.unit), '')) ORDER BY m.id)
				FROM bundle_holding h JOIN matter m ON m.id = h.complaint WHERE h.matter_id = o.matter_id AND (`+scope.SQL+`)), '[]'),
			(SELECT count(*) FROM bundle_holding h WHERE h.matter_id = o.matter_id),
			(SELECT count(DISTINCT c.complaint) FROM bundle_complaint c WHERE c.matter_id = o.matter_id),
			coalesce((SELECT t.number FROM bundle_proposal l JOIN matter t ON t.id = l.proposal WHERE l.matter_id = o.matter_id ORDER BY l.seq DESC LIMIT 1), '')
		FROM bundle o WHERE o.matter_id = `+register.This, scope.With(nil)).QueryRow(func(row pgx.Row) error {
		var raw []byte
		var holding, ever int
		if err := row.Scan(&b.Name, &b.Words, &raw, &holding, &ever, &b.Proposal); err != nil {
			return pg.OrNone(err)
		}
		if err := json.Unmarshal(raw, &b.Complaints); err != nil {
			return err
		}
		b.Hidden, b.Left = holding-len(b.Complaints), ever-holding
		return nil
	})
}

// Own is a bundle as its member sees it.
type Own struct {
	Number, Title, Words string
	State                workflow.State
	OpenedAt             time.Time
	Clocks               []workflow.Clock // that run
	Complaints           []string         // numbers of those that are in it
	Left                 int
	Events               []register.Told // newest first; only those with a public sentence
}

// OwnList is what a member has brought, the newest first.
func OwnList(ctx context.Context, d *member.Door, session key.Secret) ([]Own, error) {
	var found []Own
	return found, d.Bundles(ctx, session, &found)
}

// ReadOwn is one of these; NotFound where there is none, or it is not theirs.
func ReadOwn(ctx context.Context, d *member.Door, session key.Secret, number string) (*Own, error) {
	found := &Own{}
	if err := d.Bundle(ctx, session, number, found); err != nil {
		return nil, err
	}
	return found, nil
}
