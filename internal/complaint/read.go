package complaint

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Dossier is one complaint as one member of staff may read it. Who complained
// is not in it: opening that is a move of its own.
//
// Stripped says that the reader is of a handling unit. They see what the
// complaint says and what has been done, but nothing of who says it: neither
// capacity nor channel nor the sealed row, no letters to the complainant, no
// openings and the reasons for them, no word of a withdrawal (which may tell
// who pressed for it), and of internal notes those of their own unit and those
// made since it has the complaint in hand, not what the desk wrote before.
type Dossier struct {
	Matter   workflow.Matter
	OpenedAt time.Time
	Coarse   bool // OpenedAt, and what the complainant did, by the day alone: see coarse
	ClosedAt *time.Time
	UnitName string
	Category string
	Stripped bool
	Said     Said
	Outcome  Outcome
	Identity SealedIdentity
	Events   []Happening // newest first
	Clocks   []workflow.Clock
	Hands    []Assigned // those who have it first, then those who had it
	Answers  []Draft    // newest first
	Letters  []letter.Entry
	Barred   []Barred            // units that it can never be given to, the accused first
	Bars     []workflow.Bar      // who was named on it; not for a unit's staff
	Staffing map[string]Staffing // by unit, who could work on it; not for a unit's staff
	now      time.Time
}

// Said is what the complaint says.
type Said struct {
	Channel        Channel
	Kind           string
	Anonymous      bool
	Confidential   bool
	RosterMatch    *bool
	UnitSaid       string
	Request        string
	Facts          string
	Reasons        string
	ContractNo     string
	ContractDate   clock.Date
	ContractAmount *form.Amount
	UnpaidAmount   *form.Amount
	DueOn          clock.Date
	InLitigation   string
	Elsewhere      string
	Held           []string   // values of Held
	Happened       *time.Time // an import's own time
	Received       clock.Date // the day it came, where it was entered by hand later
}

// Outcome is what was decided and what the complainant thinks of it.
type Outcome struct {
	Nature, Finding, Decision   string
	Rating, Solved, RatingWords string
}

// SealedIdentity is all that is known of an identity without opening it.
type SealedIdentity struct {
	Present bool
	Opened  int
}

// Happening is one event. Supplement is what the complainant wrote with it.
type Happening struct {
	Seq        int64
	At         time.Time
	StaffID    int64 // 0 when it was not staff
	Name       string
	Unit       string
	Role       staff.Role
	Action     workflow.Action
	To         workflow.State
	Public     string
	Note       string
	Supplement string
	Coarse     bool // At is the day alone
}

// Assigned is a unit that has or had the complaint in hand.
type Assigned struct {
	Unit      string
	Name      string
	Part      string // lead or co
	Since     time.Time
	Signed    *time.Time
	SignedBy  string
	OpinionAt *time.Time
	Ended     *time.Time
}

// Draft is one version of the answer.
type Draft struct {
	Version   int
	At        time.Time
	DrafterID int64
	Drafter   string
	Unit      string
	Finding   string
	Decision  string
	Facts     string
	Opinion   string
	Basis     string
	Demand    string
	SentAt    *time.Time
}

// Why a unit is barred.
const (
	BarredAccused  = "accused"
	BarredNamed    = "named" // written on it once, or its words may mean it
	BarredKin      = "kin"   // what one of these was or became
	BarredBelow    = "below"
	BarredConflict = "conflict"
)

// Barred is a unit that a complaint can never be given to.
type Barred struct {
	Code string
	Name string
	Why  string
}

// Newest is the newest draft of the answer; false when there is none.
func (d *Dossier) Newest() (Draft, bool) {
	if len(d.Answers) == 0 {
		return Draft{}, false
	}
	return d.Answers[0], true
}

// Lead is the unit that leads now; false when none does.
func (d *Dossier) Lead() (Assigned, bool) {
	for _, h := range d.Hands {
		if h.Part == "lead" && h.Ended == nil {
			return h, true
		}
	}
	return Assigned{}, false
}

// Holds says whether a unit has it in hand now.
func (d *Dossier) Holds(unit string) (Assigned, bool) {
	for _, h := range d.Hands {
		if h.Unit == unit && h.Ended == nil {
			return h, true
		}
	}
	return Assigned{}, false
}

// Releasable are the bars that a second person may release.
func (d *Dossier) Releasable() []workflow.Bar { return workflow.Releasable(d.Bars, d.Matter.Unit) }

// Choices are the moves that the table gives this person now.
func (d *Dossier) Choices(p staff.Person) []workflow.Choice {
	choices := Law.Choices(&d.Matter, actor(p), d.now)
	for i := range choices {
		if decides(choices[i].Action) && choices[i].Why == "" {
			choices[i].Why = unfit(d.Answers)
		}
	}
	return choices
}

// inUnit says that a person reads for a handling unit.
func inUnit(p staff.Person) bool { return p.Role == staff.Handler || p.Role == staff.UnitHead }

// Read reads a complaint whole, in one round trip and one snapshot. A matter
// outside the person's scope is NotFound, as one that does not exist.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Dossier, error) {
	d := &Dossier{Stripped: inUnit(p), now: r.Engine.Now()}
	q := &reading{d: d, person: p, scope: Law.Reading(p.Scope()), number: number}
	q.batch.Queue(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
	q.matter()
	q.events()
	q.clocks()
	q.hands()
	q.answers()
	q.letters()
	q.barred()
	q.bars()
	q.staffing()
	q.batch.Queue(`COMMIT`)
	if err := r.Pool.SendBatch(ctx, &q.batch).Close(); err != nil {
		return nil, fmt.Errorf("read complaint: %w", pg.Safe(err))
	}
	if q.absent {
		return nil, fault.New(fault.NotFound, "")
	}
	q.conclude()
	return d, nil
}

// reading is one Read under way. Every statement of it names the matter by
// number and scope: none trusts that another has looked.
type reading struct {
	batch  pgx.Batch
	d      *Dossier
	person staff.Person
	scope  staff.Scope
	number string
	absent bool
}

// this is the scoped matter as a subquery for one of its columns.
func (q *reading) this(column string) string {
	return `(SELECT m.` + column + ` FROM matter m WHERE m.number = @number AND m.kind = 'complaint' AND ` + q.scope.SQL + `)`
}

func (q *reading) queue(sql string, more pg.Args) *pgx.QueuedQuery {
	args := q.scope.With(more)
	args["number"] = q.number
	return q.batch.Queue(sql, args)
}

// collect reads all rows into a list by the order of their columns.
func collect[T any](into *[]T) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByPos[T])
		return err
	}
}

func (q *reading) matter() {
	q.queue(`
		SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, ''), coalesce(m.category, ''), m.title, `+q.scope.Flags+`, m.seq,
			m.opened_at, m.closed_at, coalesce(u.name, ''), coalesce(k.title, ''),
			c.channel, c.complainant_kind, c.anonymous, c.confidential, c.roster_match, c.unit_said, c.request, c.facts, c.reasons,
			c.contract_no, c.contract_date, c.contract_amount, c.unpaid_amount, c.due_on, c.in_litigation, c.elsewhere, c.evidence_held, c.happened_at, c.received_on,
			coalesce(c.nature, ''), coalesce(c.finding, ''), coalesce(c.decision, ''), coalesce(c.rating, ''), coalesce(c.solved, ''), c.rating_words,
			EXISTS (SELECT 1 FROM identity i WHERE i.matter_id = m.id), (SELECT count(*) FROM identity_opening o WHERE o.matter_id = m.id)
		FROM matter m JOIN complaint c ON c.matter_id = m.id
			LEFT JOIN unit u ON u.code = m.unit LEFT JOIN category k ON k.code = m.category
		WHERE m.number = @number AND m.kind = 'complaint' AND `+q.scope.SQL, nil).QueryRow(func(row pgx.Row) error {
		d := q.d
		m, s, o := &d.Matter, &d.Said, &d.Outcome
		err := row.Scan(&m.ID, &m.Kind, &m.Number, &m.State, &m.Unit, &m.Category, &m.Title, &m.Flags, &m.Seq,
			&d.OpenedAt, &d.ClosedAt, &d.UnitName, &d.Category,
			&s.Channel, &s.Kind, &s.Anonymous, &s.Confidential, &s.RosterMatch, &s.UnitSaid, &s.Request, &s.Facts, &s.Reasons,
			&s.ContractNo, &s.ContractDate, &s.ContractAmount, &s.UnpaidAmount, &s.DueOn, &s.InLitigation, &s.Elsewhere, &s.Held, &s.Happened, &s.Received,
			&o.Nature, &o.Finding, &o.Decision, &o.Rating, &o.Solved, &o.RatingWords, &d.Identity.Present, &d.Identity.Opened)
		q.absent = errors.Is(err, pgx.ErrNoRows)
		if q.absent {
			return nil
		}
		return err
	})
}
