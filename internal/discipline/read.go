package discipline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Case is a case as the desk sees it.
type Case struct {
	Matter        workflow.Matter
	OpenedAt      time.Time
	ClosedAt      *time.Time
	UnitName      string
	CategoryTitle string
	Complaint     string // number of the complaint; empty when the reader may not know of it
	Finding       string // what was found about it
	ContractNo    string // to be kept out of the paper
	Ground        string
	RectifyBy     clock.Date
	Prefix        string // of document numbers; empty until it is set
	Issuer        string
	Events        []Event // newest first
	Version       int     // of the newest draft, 0 without one
	Draft         Draft
	DraftedBy     string
	DraftedAt     time.Time
	Documents     []document.Document // newest first
	Notice        *Publicity
	Bars          []workflow.Bar // whom its own words name
	dates         clock.Calendar
	now           time.Time
}

// Event is one line of a case's procedure; none of it is public.
type Event struct {
	Seq    int64
	At     time.Time
	Who    string
	Role   staff.Role
	Action workflow.Action
	To     workflow.State
	Note   string
	Public string // what was published beside the paper
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

// Releasable are the bars that a second person may release.
func (c *Case) Releasable() []workflow.Bar { return workflow.Releasable(c.Bars, c.Matter.Unit) }

// Preview is the paper as it would be signed today, without number and date.
func (c *Case) Preview(d Draft) document.Paper { return d.Paper(c.Issuer, c.UnitName) }

// Choices are the moves of a page: what this person may do now, and what they
// nearly may with what is still missing.
func (c *Case) Choices(by staff.Person) []workflow.Choice {
	var out []workflow.Choice
	for _, choice := range Law.Choices(&c.Matter, actor(by), c.now) {
		if choice.Action == Sign && choice.Why == "" {
			choice.Why = fault.SentenceOf(ready(c.Prefix, c.Issuer, c.Draft.Deadline, c.dates, clock.On(c.now)))
		}
		if !choice.Hidden {
			out = append(out, choice)
		}
	}
	return out
}

// MayNote reports whether this person may write a note.
func (c *Case) MayNote(by staff.Person) bool {
	for _, choice := range Law.Choices(&c.Matter, actor(by), c.now) {
		if choice.Action == Note {
			return choice.Why == ""
		}
	}
	return false
}

// ByNumber is a whole case; NotFound when the person may not know of it. One
// round trip for the case, one for its documents.
func (r *Register) ByNumber(ctx context.Context, scope staff.Scope, number string) (*Case, error) {
	dates, err := r.Engine.Clocks.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	c := &Case{dates: dates, now: r.Engine.Now()}
	scope = Law.Reading(scope)
	b := &pgx.Batch{}
	missing := false
	c.queueHead(b, scope, number, &missing)
	of := pg.Args{"number": number}
	const thisCase = `(SELECT id FROM matter WHERE number = @number AND kind = 'case')`
	b.Queue(`SELECT seq, at, actor_name, role, action, to_state, note, public_text FROM event WHERE matter_id = `+thisCase+` ORDER BY seq DESC`, of).Query(
		func(rows pgx.Rows) (err error) {
			c.Events, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
			return err
		})
	b.Queue(workflow.DoneBySQL+thisCase+workflow.DoneByGroups, pg.Args{"number": number, "afresh": []string{}}).Query(c.Matter.ReadDoneBy)
	b.Queue(`
		SELECT w.version, w.facts, w.basis, w.demand, w.deadline, w.consequences, w.tier, w.months, s.name, e.at
		FROM warning_draft w JOIN staff s ON s.id = w.drafted_by JOIN event e ON e.matter_id = w.matter_id AND e.seq = w.seq
		WHERE w.matter_id = `+thisCase+` ORDER BY w.version DESC LIMIT 1`, of).QueryRow(func(row pgx.Row) error {
		d := &c.Draft
		return orNone(row.Scan(&c.Version, &d.Facts, &d.Basis, &d.Demand, &d.Deadline, &d.Consequences, &d.Tier, &d.Months, &c.DraftedBy, &c.DraftedAt))
	})
	b.Queue(workflow.BarsSQL+thisCase+workflow.BarsOrder, of).Query(func(rows pgx.Rows) (err error) {
		c.Bars, err = pgx.CollectRows(rows, pgx.RowToStructByPos[workflow.Bar])
		return err
	})
	b.Queue(`SELECT id, published_at, until, taken_down_at FROM notice WHERE matter_id = `+thisCase+` AND kind = 'warning' ORDER BY id DESC LIMIT 1`, of).Query(
		func(rows pgx.Rows) error {
			found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Publicity])
			if err == nil && len(found) > 0 {
				c.Notice = &found[0]
			}
			return err
		})
	if err := r.Pool.SendBatch(ctx, b).Close(); err != nil {
		return nil, fmt.Errorf("case: %w", pg.Safe(err))
	}
	if missing {
		return nil, fault.New(fault.NotFound, "没有这一件，或者不归您看。")
	}
	c.Documents, err = document.Of(ctx, r.Pool, c.Matter.ID)
	return c, err
}

// queueHead reads the case itself; the complaint's number only where the scope
// reaches that too.
func (c *Case) queueHead(b *pgx.Batch, scope staff.Scope, number string, missing *bool) {
	b.Queue(`
		SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, ''), coalesce(m.category, ''), m.title, `+scope.Flags+`, m.seq, m.opened_at, m.closed_at,
			coalesce(u.name, ''), coalesce(k.title, ''), c.ground, c.rectify_by,
			coalesce((SELECT m.number FROM matter m WHERE m.id = o.matter_id AND (`+scope.SQL+`)), ''),
			coalesce(o.finding, ''), o.contract_no,
			coalesce((SELECT value FROM setting WHERE key = @prefix), ''), coalesce((SELECT value FROM setting WHERE key = @issuer), '')
		FROM matter m JOIN discipline_case c ON c.matter_id = m.id JOIN complaint o ON o.matter_id = m.follows
		LEFT JOIN unit u ON u.code = m.unit LEFT JOIN category k ON k.code = m.category
		WHERE m.number = @number AND m.kind = 'case' AND (`+scope.SQL+`)`,
		scope.With(pg.Args{"number": number, "prefix": setting.DocumentPrefix, "issuer": setting.Issuer})).QueryRow(func(row pgx.Row) error {
		m := &c.Matter
		err := row.Scan(&m.ID, &m.Kind, &m.Number, &m.State, &m.Unit, &m.Category, &m.Title, &m.Flags, &m.Seq, &c.OpenedAt, &c.ClosedAt,
			&c.UnitName, &c.CategoryTitle, &c.Ground, &c.RectifyBy, &c.Complaint, &c.Finding, &c.ContractNo, &c.Prefix, &c.Issuer)
		*missing = errors.Is(err, pgx.ErrNoRows)
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
