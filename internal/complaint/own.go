package complaint

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

const unlockPurpose = "unlock"

// UnlockLife is how long number and code open a matter.
const UnlockLife = 30 * time.Minute

// UnlockID is what the database keeps of an unlock cookie.
func UnlockID(visitor key.Secret) []byte { return visitor.ID(unlockPurpose) }

// Unlock opens the matter of a number and a code for one browser. attempt is
// the keyed hash of who is guessing at which number: five wrong pairs make that
// guesser wait, and nobody else. Wrong and absent look alike.
func (r *Register) Unlock(ctx context.Context, number, code string, visitor key.Secret, attempt []byte) error {
	said, err := pg.One[string](ctx, r.Pool, `SELECT open_unlock(@number, @macs, @token, @attempt, @at)`, pg.Args{
		"number": number, "macs": r.Codes.MACs(code), "token": UnlockID(visitor), "attempt": attempt, "at": r.Engine.Now(),
	})
	if err != nil {
		return fmt.Errorf("unlock: %w", err)
	}
	var left int
	switch {
	case said == "open":
		return nil
	case said == "wait":
		return fault.New(fault.TooMany, "错了 5 次，请等 15 分钟再试。您的投诉不受影响。")
	}
	if _, err := fmt.Sscanf(said, "wrong %d", &left); err != nil {
		return fmt.Errorf("unlock: %q", said)
	}
	if left == 0 {
		return fault.New(fault.NotFound, "编号和查询码对不上。查询码里没有数字 0 和 1，也没有字母 O 和 I。再试要等 15 分钟。")
	}
	return fault.New(fault.NotFound, "编号和查询码对不上。查询码里没有数字 0 和 1，也没有字母 O 和 I。再错 %d 次，要等 15 分钟。", left)
}

// Lock ends an unlock before its time.
func (r *Register) Lock(ctx context.Context, visitor key.Secret) error {
	if _, err := pg.Exec(ctx, r.Pool, `SELECT close_unlock(@token)`, pg.Args{"token": UnlockID(visitor)}); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// Own is a complaint as its complainant sees it.
type Own struct {
	Matter   workflow.Matter
	OpenedAt time.Time
	ClosedAt *time.Time
	UnitName string
	Category string
	Request  string
	Rating   string
	Solved   string
	Events   []OwnEvent // newest first; only those with a public sentence
	Clocks   []workflow.Clock
	Hands    []Hand
	Answer   *Answer
}

// OwnEvent is one line of the complainant's timeline.
type OwnEvent struct {
	Seq    int64
	At     time.Time
	Role   staff.Role
	Action workflow.Action
	Text   string
}

// Hand is a unit that has the complaint in hand.
type Hand struct {
	Unit   string
	Part   string
	Since  time.Time
	Signed *time.Time
}

// Answer is the answer that went out.
type Answer struct {
	Unit     string
	Finding  string
	Decision string
	Facts    string
	Opinion  string
	Basis    string
	Demand   string
	SentAt   *time.Time
}

// Own reads the one matter that the visitor opened, in one round trip: begin,
// say which unlock, read, end. Row-level security shows nothing else.
func (r *Register) Own(ctx context.Context, visitor key.Secret, number string) (*Own, error) {
	own := &Own{}
	b := &pgx.Batch{}
	b.Queue(`BEGIN READ ONLY`)
	b.Queue(`SELECT set_config('zhengxin.unlock', $1, true)`, hex.EncodeToString(UnlockID(visitor)))
	var missing bool
	b.Queue(`
		SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, ''), coalesce(m.category, ''), m.title, m.flags, m.seq, m.opened_at, m.closed_at,
			coalesce(u.name, ''), coalesce(k.title, ''), c.request, coalesce(c.rating, ''), coalesce(c.solved, '')
		FROM matter m JOIN complaint c ON c.matter_id = m.id LEFT JOIN unit u ON u.code = m.unit LEFT JOIN category k ON k.code = m.category
		WHERE m.number = @number`, pg.Args{"number": number}).QueryRow(func(row pgx.Row) error {
		m := &own.Matter
		err := row.Scan(&m.ID, &m.Kind, &m.Number, &m.State, &m.Unit, &m.Category, &m.Title, &m.Flags, &m.Seq, &own.OpenedAt, &own.ClosedAt,
			&own.UnitName, &own.Category, &own.Request, &own.Rating, &own.Solved)
		missing = errors.Is(err, pgx.ErrNoRows)
		if missing {
			return nil
		}
		return err
	})
	own.queueParts(b)
	b.Queue(`COMMIT`)
	if err := r.Pool.SendBatch(ctx, b).Close(); err != nil {
		return nil, fmt.Errorf("own complaint: %w", pg.Safe(err))
	}
	if missing {
		return nil, fault.New(fault.Expired, "看的时间到了，或者还没有输入编号和查询码。请重新输入，30 分钟内不用再输。")
	}
	return own, nil
}

// queueParts reads what hangs on the matter. No statement names it: this runs
// under the portal's role alone, whose row-level security shows one matter and
// gives each scan its key; naming it again would only ask the same once more.
func (o *Own) queueParts(b *pgx.Batch) {
	b.Queue(`
		SELECT seq, at, role, action, public_text FROM event
		WHERE public_text <> '' ORDER BY seq DESC`).Query(func(rows pgx.Rows) (err error) {
		o.Events, err = pgx.CollectRows(rows, pgx.RowToStructByPos[OwnEvent])
		return err
	})
	b.Queue(`SELECT ` + workflow.ClockColumns + ` FROM clock ORDER BY due_at`).Query(func(rows pgx.Rows) (err error) {
		o.Clocks, err = pgx.CollectRows(rows, pgx.RowToStructByName[workflow.Clock])
		return err
	})
	b.Queue(`
		SELECT u.name, a.part, a.started_at, a.signed_at FROM assignment a JOIN unit u ON u.code = a.unit
		WHERE a.ended_at IS NULL ORDER BY a.part DESC, a.id`).Query(func(rows pgx.Rows) (err error) {
		o.Hands, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Hand])
		return err
	})
	b.Queue(`
		SELECT u.name, a.finding, a.decision, a.facts, a.opinion, a.basis, a.demand, a.sent_at FROM answer a JOIN unit u ON u.code = a.unit
		WHERE a.sent_at IS NOT NULL ORDER BY a.version DESC LIMIT 1`).Query(func(rows pgx.Rows) error {
		answers, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Answer])
		if err == nil && len(answers) > 0 {
			o.Answer = &answers[0]
		}
		return err
	})
}
