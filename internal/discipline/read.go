package discipline

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Case is a case as the desk sees it.
type Case struct {
	register.Dossier
	Complaint  string // number of the complaint; empty when the reader may not know of it
	Finding    string // what was found about it
	ContractNo string // to be kept out of the paper
	Ground     string
	RectifyBy  clock.Date
	Prefix     string // of document numbers; empty until it is set
	Issuer     string
	Version    int // of the newest draft, 0 without one
	Draft      Draft
	DraftedBy  string
	DraftedAt  time.Time
	Documents  []document.Document // newest first
	Notice     *Publicity
}

// Publicity is where and how long a case stands in public.
type Publicity struct {
	ID          int64
	PublishedAt time.Time
	Until       clock.Date
	TakenDownAt *time.Time
}

// Over reports whether the public no longer reads it.
func (p Publicity) Over(now time.Time) bool {
	return p.TakenDownAt != nil || clock.On(now).After(p.Until)
}

// Signed is the signed warning, nil before the signing.
func (c *Case) Signed() *document.Document {
	for i := range c.Documents {
		if c.Documents[i].Kind == document.Warning && !c.Documents[i].Void {
			return &c.Documents[i]
		}
	}
	return nil
}

// Preview is the paper as it would be signed today, without number and date.
func (c *Case) Preview(d Draft) document.Paper { return d.Paper(c.Issuer, c.UnitName) }

// Known is what the form of a move is filled with before anybody types: a draft
// begins with the last one.
func (c *Case) Known(a workflow.Action) workflow.Answers {
	if a != DraftWarning || c.Version == 0 {
		return nil
	}
	d := c.Draft
	return workflow.Answers{
		"facts": {d.Facts}, "basis": {d.Basis}, "demand": {d.Demand}, "consequences": {d.Consequences}, "tier": {string(d.Tier)},
		"months": {strconv.Itoa(d.Months)}, "deadline_year": {strconv.Itoa(d.Deadline.Year)},
		"deadline_month": {strconv.Itoa(int(d.Deadline.Month))}, "deadline_day": {strconv.Itoa(d.Deadline.Day)},
	}
}

// Read is a whole case; NotFound when the person may not know of it. One round
// trip for the case, one for its documents.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Case, error) {
	dates, err := r.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	c := &Case{}
	if err := r.Register.Read(ctx, p, number, &c.Dossier, c.own, c.newestDraft, c.publicity); err != nil {
		return nil, err
	}
	if why := fault.SentenceOf(ready(c.Prefix, c.Issuer, c.Draft.Deadline, dates, clock.On(c.Now))); why != "" {
		c.Matter.Unready = map[workflow.Action]string{Sign: why}
	}
	c.Documents, err = document.Of(ctx, r.Pool, c.Matter.ID)
	return c, err
}

// own is what the case itself says; the complaint's number only where the scope
// reaches that too.
func (c *Case) own(q *register.Reading) {
	scope := q.Scope()
	q.Queue(`
		SELECT c.ground, c.rectify_by,
			coalesce((SELECT m.number FROM matter m WHERE m.id = o.matter_id AND (`+scope.SQL+`)), ''),
			coalesce(o.finding, ''), o.contract_no,
			coalesce((SELECT value FROM setting WHERE key = @prefix), ''), coalesce((SELECT value FROM setting WHERE key = @issuer), '')
		FROM matter f JOIN discipline_case c ON c.matter_id = f.id JOIN complaint o ON o.matter_id = f.follows
		WHERE f.id = `+register.This, scope.With(pg.Args{"prefix": setting.DocumentPrefix, "issuer": setting.Issuer})).QueryRow(func(row pgx.Row) error {
		return orNone(row.Scan(&c.Ground, &c.RectifyBy, &c.Complaint, &c.Finding, &c.ContractNo, &c.Prefix, &c.Issuer))
	})
}

func (c *Case) newestDraft(q *register.Reading) {
	q.Queue(`
		SELECT w.version, w.facts, w.basis, w.demand, w.deadline, w.consequences, w.tier, w.months, s.name, e.at
		FROM warning_draft w JOIN staff s ON s.id = w.drafted_by JOIN event e ON e.matter_id = w.matter_id AND e.seq = w.seq
		WHERE w.matter_id = `+register.This+` ORDER BY w.version DESC LIMIT 1`, nil).QueryRow(func(row pgx.Row) error {
		d := &c.Draft
		return orNone(row.Scan(&c.Version, &d.Facts, &d.Basis, &d.Demand, &d.Deadline, &d.Consequences, &d.Tier, &d.Months, &c.DraftedBy, &c.DraftedAt))
	})
}

func (c *Case) publicity(q *register.Reading) {
	q.Queue(`SELECT id, published_at, until, taken_down_at FROM notice WHERE matter_id = `+register.This+` AND kind = 'warning' ORDER BY id DESC LIMIT 1`, nil).
		QueryRow(func(row pgx.Row) error {
			var p Publicity
			err := row.Scan(&p.ID, &p.PublishedAt, &p.Until, &p.TakenDownAt)
			if err == nil {
				c.Notice = &p
			}
			return orNone(err)
		})
}

// orNone takes an absent row for none.
func orNone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}
