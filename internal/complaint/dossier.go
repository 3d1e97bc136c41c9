package complaint

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Dossier is one complaint as one member of staff may read it. Who complained
// is not in it: opening that is a move of its own. Of a handling unit's staff
// (Stripped) are also kept capacity and channel, and that there is a sealed row.
type Dossier struct {
	register.Dossier
	Said      Said
	Outcome   Outcome
	Old       Old // what another system's records say, of an import
	Identity  SealedIdentity
	Answers   []Draft        // newest first
	Joints    []Joint        // that it is answered with
	Kin       []Kin          // of a whole its parts, of a part its whole
	Waiting   []Added        // what was added to the whole and no part has yet
	Inquiries []Inquiry      // what other units were asked
	HandedOn  []Handed       // to bodies outside, the newest first
	PassedOn  []AddedToWhole // to a sealed part, the newest first
	Agreement *AgreementOf   // the newest that was reported; nil without one
	Release   Release        // whether it is published; not for who reads for a handling unit
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
	AsWritten      AsWritten
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
	RatingApart                 bool // those words are for the supervising desk alone
}

// SealedIdentity is all that is known of an identity without opening it.
type SealedIdentity struct {
	Present bool
	Opened  int
}

// Draft is one version of the answer.
type Draft struct {
	Version    int
	At         time.Time
	DrafterID  int64
	Drafter    string
	Unit       string
	Finding    string
	Decision   string
	Facts      string
	Opinion    string
	Basis      string
	Demand     string
	SentAt     *time.Time
	Articles   []string   // of the table of laws, that it stands on
	Other      string     // what it stands on beside them
	Promise    string     // what it promises
	PromisedOn clock.Date // by which day; zero where it promises nothing
}

// Newest is the newest draft of the answer; false when there is none.
func (d *Dossier) Newest() (Draft, bool) {
	if len(d.Answers) == 0 {
		return Draft{}, false
	}
	return d.Answers[0], true
}

// Read reads a complaint whole, in one round trip and one snapshot. One outside
// the person's scope is NotFound, as one that does not exist.
func (r *Register) Read(ctx context.Context, p staff.Person, number string) (*Dossier, error) {
	d := &Dossier{}
	if err := r.Register.Read(ctx, p, number, &d.Dossier, d.said, d.answers, d.old, d.joints(p), d.kin(p), d.inquiries(p), d.handed, d.passedOn(p), d.agreement, d.release(p)); err != nil {
		return nil, err
	}
	d.Matter.Flags = slices.DeleteFunc(d.Matter.Flags, func(flag string) bool { return flag == map[bool]string{true: opened, false: toOpen}[d.Closed] })
	if d.Offered != nil {
		d.Offered[addition] = d.additions()
	}
	if why := unfit(d.Answers); why != "" {
		for _, action := range []workflow.Action{ApproveAnswer, Reply} {
			d.Bar(action, fault.New(fault.Forbidden, "%s", why))
		}
	}
	if d.Stripped && d.Agreement != nil && d.Agreement.Unit != p.Unit { // another unit reported it
		d.Agreement = nil
	}
	if p.Role.OfUnit() { // that it is never published may say that something was confided to the desk
		d.Matter.Flags = slices.DeleteFunc(d.Matter.Flags, func(flag string) bool { _, ok := releaseFacts[flag]; return ok })
	}
	if d.Stripped {
		// A number of another system may lead to who complains there.
		d.Identity, d.Old = SealedIdentity{}, Old{}
		s := &d.Said
		s.Channel, s.Kind, s.RosterMatch, s.UnitSaid = "", "", nil, ""
		s.Anonymous, s.Confidential, s.Received = false, false, clock.Date{}
		if d.Outcome.RatingApart {
			d.Outcome.RatingWords, d.Outcome.RatingApart = "", false
		}
	}
	return d, nil
}

func (d *Dossier) said(q *register.Reading) {
	q.Queue(`
		SELECT c.channel, c.complainant_kind, c.anonymous, c.confidential, c.roster_match, c.unit_said, c.request, c.facts, c.reasons,
			c.contract_no, c.contract_date, c.contract_amount, c.unpaid_amount, c.due_on, c.in_litigation, c.elsewhere, c.evidence_held, c.happened_at, c.received_on,
			coalesce(w.contract_date, ''), coalesce(w.due_on, ''), coalesce(w.contract_amount, ''), coalesce(w.unpaid_amount, ''),
			coalesce(c.nature, ''), coalesce(c.finding, ''), coalesce(c.decision, ''), coalesce(c.rating, ''), coalesce(c.solved, ''), c.rating_words, coalesce(c.rating_told, ''),
			EXISTS (SELECT 1 FROM identity i WHERE i.matter_id = coalesce((SELECT m.follows FROM matter m WHERE m.id = c.matter_id), c.matter_id)), (SELECT count(*) FROM identity_opening o WHERE o.matter_id = c.matter_id)
		FROM complaint c LEFT JOIN as_written w ON w.matter_id = c.matter_id WHERE c.matter_id = `+register.This, nil).QueryRow(func(row pgx.Row) error {
		s, o, told := &d.Said, &d.Outcome, "" // of a rating from before there was a choice the words decide
		err := row.Scan(&s.Channel, &s.Kind, &s.Anonymous, &s.Confidential, &s.RosterMatch, &s.UnitSaid, &s.Request, &s.Facts, &s.Reasons,
			&s.ContractNo, &s.ContractDate, &s.ContractAmount, &s.UnpaidAmount, &s.DueOn, &s.InLitigation, &s.Elsewhere, &s.Held, &s.Happened, &s.Received,
			&s.AsWritten.ContractDate, &s.AsWritten.DueOn, &s.AsWritten.ContractAmount, &s.AsWritten.UnpaidAmount,
			&o.Nature, &o.Finding, &o.Decision, &o.Rating, &o.Solved, &o.RatingWords, &told, &d.Identity.Present, &d.Identity.Opened)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil // the matter is not theirs to read, which is said
		}
		o.RatingApart = toldApart(told, o.RatingWords)
		return err
	})
}

func (d *Dossier) agreement(q *register.Reading) {
	q.Queue(agreementSQL+register.This+agreementNewest, nil).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[AgreementOf])
		if len(found) > 0 {
			d.Agreement = found[0]
		}
		return err
	})
}

func (d *Dossier) answers(q *register.Reading) {
	q.Queue(`
		SELECT a.version, e.at, a.drafted_by, s.name, u.name, a.finding, a.decision, a.facts, a.opinion, a.basis, a.demand, a.sent_at, `+law.CitedSQL("a")+`, `+linesSQL+`
		FROM answer a JOIN event e ON e.matter_id = a.matter_id AND e.seq = a.seq
			JOIN staff s ON s.id = a.drafted_by JOIN unit u ON u.code = a.unit
		WHERE a.matter_id = `+register.This+` ORDER BY a.version DESC`, nil).Query(register.Collect(&d.Answers))
}
