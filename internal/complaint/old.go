package complaint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// OldRecord is what the records of another system say of an imported complaint. One
// that was closed there comes in closed, with the answer of that time, which nobody
// here drafted and no figure counts; one that was not is worked on like any other.
type OldRecord struct {
	Number   string    // what the other system called it
	Closed   form.Date // zero where it was not
	Finding  string    // a value of Findings, where the old answer says one
	Decision string    // a value of Decisions, the same
	Answer   string    // as it was given, one text
}

func (o OldRecord) closed() bool { return !o.Closed.IsZero() }

// closedAt is the beginning of the day: the hour is not known.
func (o OldRecord) closedAt() time.Time {
	if !o.closed() {
		return time.Time{}
	}
	return begins(o.Closed)
}

// oldDigest is what the event keeps of an old record, so that the row cannot be
// changed unnoticed.
type oldDigest struct {
	Number   string `json:"old_number"`
	Closed   string `json:"old_closed_on"`
	Finding  string `json:"old_finding"`
	Decision string `json:"old_decision"`
	Answer   string `json:"old_answer_sha256"`
}

// digest is nil where there is no old record.
func (o OldRecord) digest() any {
	if o == (OldRecord{}) {
		return nil
	}
	d := oldDigest{Number: o.Number, Finding: o.Finding, Decision: o.Decision}
	if o.closed() {
		d.Closed = o.Closed.String()
	}
	if o.Answer != "" {
		sum := sha256.Sum256([]byte(o.Answer))
		d.Answer = hex.EncodeToString(sum[:])
	}
	return d
}

// oldRow is what an import brings instead of a query code: nobody would hold one.
const oldRow = `,
	new_old AS (
		INSERT INTO old_record (matter_id, number, closed_on, finding, decision, answer)
		SELECT n.id, @old_number, @old_closed::date, @old_finding, @old_decision, @old_answer FROM n
		WHERE @old_number <> '' OR @old_closed::date IS NOT NULL)`

// fileOld opens an imported complaint.
func (r *Register) fileOld(ctx context.Context, o OldRecord, opening workflow.New, own pg.Args) error {
	own["old_number"], own["old_closed"], own["old_answer"] = o.Number, dayOrNull(o.Closed), o.Answer
	own["old_finding"], own["old_decision"] = nullable(o.Finding), nullable(o.Decision)
	said, err := saidOf(own, "filing", "identity")
	if err != nil {
		return err
	}
	if o.Number != "" || o.closed() {
		row, err := binding.Row("old", pg.Args{"number": o.Number, "closed_on": own["old_closed"], "answer": o.Answer,
			"finding": own["old_finding"], "decision": own["old_decision"]})
		if err != nil {
			return err
		}
		said["old"] = []chain.Row{row}
	}
	args, err := opening.Args(Law.Kind, said)
	if err != nil {
		return err
	}
	maps.Copy(args, own)
	if _, err := pg.Exec(ctx, r.Pool, `WITH`+workflow.OpenSQL+fileRows+oldRow+fileEnd, args); err != nil {
		return fmt.Errorf("import complaint: %w", err)
	}
	return nil
}

// Old is an old record as it is read.
type Old struct {
	Number            string
	Closed            clock.Date // zero where it was not closed there
	Finding, Decision string
	Answer            string
}

// HasClosed says that it was closed before it came here.
func (o Old) HasClosed() bool { return !o.Closed.IsZero() }

// Untold says that whoever complained learns nothing here: of an import nobody holds
// the query code, and no letter goes out. A unit's staff are not told which those are.
func (d *Dossier) Untold() bool { return d.Said.Channel == Import }

// old reads the old record; the zero Old where there is none.
func (d *Dossier) old(q *register.Reading) {
	q.Queue(`
		SELECT number, closed_on, coalesce(finding, ''), coalesce(decision, ''), answer FROM old_record
		WHERE matter_id = `+register.This, nil).QueryRow(func(row pgx.Row) error {
		o := &d.Old
		err := row.Scan(&o.Number, &o.Closed, &o.Finding, &o.Decision, &o.Answer)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
}
