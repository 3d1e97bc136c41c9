package discipline

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
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
	Newest
}

// Newest is the newest draft of the warning; its Version is 0 while there is none.
type Newest struct {
	Version int
	Draft
	DraftedBy string
	DraftedAt time.Time
	Articles  []string // of the table of laws, that it stands on
	Other     string   // what it stands on beside them
}

var (
	newestSQL = `
		SELECT w.version, w.facts, w.basis, w.demand, w.deadline, w.consequences, w.tier, w.months, s.name AS drafted_by, e.at AS drafted_at, ` + law.CitedSQL("w") + `
		FROM warning_draft w JOIN staff s ON s.id = w.drafted_by JOIN event e ON e.matter_id = w.matter_id AND e.seq = w.seq
		WHERE w.matter_id = `
	newestOrder = ` ORDER BY w.version DESC LIMIT 1`
)

// Signed is the warning that holds, nil before the signing.
func (c *Case) Signed() *document.Document { return c.Dossier.Signed(document.Warning) }

// Preview is the paper as it would be signed today, without number and date.
func (c *Case) Preview(d Draft) document.Paper { return d.Paper(c.Issuer.Issuer, c.UnitName) }

// Known is what the form of a move is filled with before anybody types: a draft
// begins with the last one.
func (c *Case) Known(a workflow.Action) workflow.Answers {
	if a != DraftWarning || c.Version == 0 {
		return nil
	}
	d := c.Draft
	return law.Known(workflow.Answers{
		"facts": {d.Facts}, "demand": {d.Demand}, "consequences": {d.Consequences}, "tier": {string(d.Tier)},
		"months": {strconv.Itoa(d.Months)}, "deadline_year": {strconv.Itoa(d.Deadline.Year)},
		"deadline_month": {strconv.Itoa(int(d.Deadline.Month))}, "deadline_day": {strconv.Itoa(d.Deadline.Day)},
	}, c.Articles, c.Other)
}

// Read is a whole case; NotFound when the person may not know of it.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Case, error) {
	dates, err := r.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	c := &Case{}
	if err := r.Register.Read(ctx, p, number, &c.Dossier, c.own, c.newest); err != nil {
		return nil, err
	}
	if c.Version > 0 {
		c.Bar(Sign, c.Draft.signable(dates, clock.On(c.Now)))
	}
	return c, nil
}

// own is what the case itself says; the complaint's number only where the scope
// reaches that too.
func (c *Case) own(q *register.Reading) {
	scope := q.Scope()
	q.Queue(`
		SELECT c.ground, c.rectify_by,
			coalesce((SELECT m.number FROM matter m WHERE m.id = o.matter_id AND (`+scope.SQL+`)), ''),
			coalesce(o.finding, ''), o.contract_no
		FROM matter f JOIN discipline_case c ON c.matter_id = f.id JOIN complaint o ON o.matter_id = f.follows
		WHERE f.id = `+register.This, scope.With(nil)).QueryRow(func(row pgx.Row) error {
		return pg.OrNone(row.Scan(&c.Ground, &c.RectifyBy, &c.Complaint, &c.Finding, &c.ContractNo))
	})
}

func (c *Case) newest(q *register.Reading) {
	q.Queue(newestSQL+register.This+newestOrder, nil).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Newest])
		if len(found) > 0 {
			c.Newest = found[0]
		}
		return err
	})
}
