package complaint

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

const unlockPurpose = "unlock"

// UnlockCookieLife is how long a browser keeps what opens a matter: longer than that
// opens anything, so that a form sent too late is known to be our own.
const UnlockCookieLife = 24 * time.Hour

// UnlockID is what the database keeps of an unlock cookie.
func UnlockID(visitor key.Secret) []byte { return visitor.ID(unlockPurpose) }

// Unlock opens the matter of a number and a code for one browser. attempt is
// the keyed hash of who is guessing at which number: five wrong pairs make that
// guesser wait, and nobody else. Wrong, absent and impossible look alike.
func (r *Register) Unlock(ctx context.Context, number, code string, visitor key.Secret, attempt []byte) error {
	said, err := pg.One[string](ctx, r.Pool, `SELECT open_unlock(@number, @macs, @token, @attempt, @at)`, pg.Args{
		"number": number, "macs": r.Codes.MACs(code), "token": UnlockID(visitor), "attempt": attempt, "at": r.Engine.Now(),
	})
	if err != nil {
		return fmt.Errorf("unlock: %w", err)
	}
	if said == "open" {
		return nil
	}
	var left, seconds int
	if _, err := fmt.Sscanf(said, "wait %d", &seconds); err == nil {
		after := time.Duration(seconds) * time.Second
		return fault.Later(after, "错了 5 次，请等 %d 分钟再试。您的投诉不受影响。", fault.Minutes(after))
	}
	if _, err := fmt.Sscanf(said, "wrong %d %d", &left, &seconds); err != nil {
		return fmt.Errorf("unlock: %q", said)
	}
	minutes := fault.Minutes(time.Duration(seconds) * time.Second)
	if left == 0 {
		return fault.New(fault.NotFound, mismatch+"再试要等 %d 分钟。", minutes)
	}
	return fault.New(fault.NotFound, mismatch+"再错 %d 次，要等 %d 分钟。", left, minutes)
}

const mismatch = "编号和查询码对不上。查询码里没有数字 0 和 1，也没有字母 O 和 I。"

// Lock ends an unlock before its time.
func (r *Register) Lock(ctx context.Context, visitor key.Secret) error {
	if _, err := pg.Exec(ctx, r.Pool, `SELECT close_unlock(@token)`, pg.Args{"token": UnlockID(visitor)}); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// Turn has the browser that opened a complaint see another of those that it was split into.
func (r *Register) Turn(ctx context.Context, visitor key.Secret, number string) error {
	turned, err := pg.One[bool](ctx, r.Pool, `SELECT turn_unlock(@token, @number)`, pg.Args{"token": UnlockID(visitor), "number": number})
	if err != nil {
		return fmt.Errorf("turn: %w", err)
	}
	if !turned {
		return fault.New(fault.Expired, "看的时间到了，或者还没有输入编号和查询码。请重新输入编号和查询码。")
	}
	return nil
}

// Own is a complaint as its complainant sees it.
type Own struct {
	Matter    workflow.Matter
	OpenedAt  time.Time
	ClosedAt  *time.Time
	UnitName  string
	Category  string
	Filed     Filed
	Rating    string
	Solved    string
	Events    []OwnEvent // newest first; only those with a public sentence
	Clocks    []workflow.Clock
	Hands     []Hand
	Answer    *Answer
	Follows   []FollowAsk // what deputies ask, as long as it stands
	Requests  request.List
	Kin       []OwnKin // what it was split into, with itself
	Promises  promise.List
	Agreement *AgreementOf // that was put to them last; nil without one
	Release   OwnRelease   // whether it is published
}

// Filed is what the complainant filed, without who they are.
type Filed struct {
	UnitSaid, Request, Facts, Reasons string
	ContractNo, ContractDate, DueOn   string
	ContractAmount, UnpaidAmount      *form.Amount
	InLitigation, Elsewhere           string
	Confidential                      bool
	EvidenceHeld                      []string
	AsWritten                         AsWritten
}

// OwnEvent is one line of the complainant's timeline.
type OwnEvent struct {
	Seq    int64
	At     time.Time
	Role   staff.Role
	Action workflow.Action
	Text   string
	Words  string // what the complainant wrote then
	Apart  bool   // no handling unit reads those words
}

// Verdict is what was decided last, while it stands: the event, and what follows from
// it; nil when there is none to tell.
func (o *Own) Verdict() (*OwnEvent, *workflow.Verdict) {
	actions := make([]workflow.Action, len(o.Events))
	for i, e := range o.Events {
		actions[i] = e.Action
	}
	action, verdict := Law.Verdict(o.Matter.State, actions)
	if verdict == nil {
		return nil, nil
	}
	i := slices.Index(actions, action)
	return &o.Events[i], verdict
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
	Version  int
}

// ownRow is what the statement gives: what hangs on the matter comes as JSON,
// whose names are the fields' own without regard to case.
type ownRow struct {
	ID                            int64
	Kind                          workflow.Kind
	Number, Unit, Category, Title string
	State                         workflow.State
	Flags                         []string
	Seq                           int64
	OpenedAt                      time.Time
	ClosedAt                      *time.Time
	Rating, Solved                string
	Filed                         Filed
	Events                        []OwnEvent
	Clocks                        []workflow.Clock
	Hands                         []Hand
	Answer                        *Answer
	Follows                       []FollowAsk
	Requests                      request.List
	Kin                           []OwnKin
	Release                       OwnRelease
}

// ownSQL reads a matter with all that hangs on it. Only the number is named:
// this runs under the portal's role alone, whose row-level security shows one
// matter and gives each scan its key. One statement, because what a statement
// costs by itself was three quarters of the page.
const ownSQL = `
	SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, '') AS unit, coalesce(m.category, '') AS category, m.title, m.flags, m.seq,
		m.opened_at, m.closed_at, coalesce(c.rating, '') AS rating, coalesce(c.solved, '') AS solved,
		json_build_object('AsWritten', json_build_object('ContractDate', w.contract_date, 'DueOn', w.due_on, 'ContractAmount', w.contract_amount, 'UnpaidAmount', w.unpaid_amount),
			'UnitSaid', c.unit_said, 'Request', c.request, 'Facts', c.facts, 'Reasons', c.reasons, 'ContractNo', c.contract_no,
			'ContractDate', coalesce(c.contract_date::text, ''), 'DueOn', coalesce(c.due_on::text, ''), 'ContractAmount', c.contract_amount,
			'Confidential', c.confidential, 'UnpaidAmount', c.unpaid_amount, 'InLitigation', c.in_litigation, 'Elsewhere', c.elsewhere, 'EvidenceHeld', c.evidence_held) AS filed,
		(SELECT json_agg(e) FROM (
			SELECT seq, at, role, action, public_text AS text, coalesce((SELECT s.body FROM supplement s WHERE s.seq = event.seq), (SELECT p.words FROM passed p WHERE p.seq = event.seq), '') AS words,
				EXISTS (SELECT FROM supplement s WHERE s.seq = event.seq AND s.guarded) OR EXISTS (SELECT FROM passed p WHERE p.seq = event.seq AND p.guarded) AS apart
			FROM event WHERE public_text <> '' ORDER BY seq DESC) e) AS events,
		(SELECT json_agg(k) FROM (
			SELECT ` + workflow.ClockColumns + ` FROM clock k ORDER BY due_at) k) AS clocks,
		(SELECT json_agg(h) FROM (
			SELECT unit, part, started_at AS since, signed_at AS signed FROM assignment WHERE ended_at IS NULL ORDER BY part DESC, id) h) AS hands,
		(SELECT to_json(a) FROM (
			SELECT unit, finding, decision, facts, opinion, basis, demand, sent_at AS sentat, version FROM answer
			WHERE sent_at IS NOT NULL ORDER BY version DESC LIMIT 1) a) AS answer, own_follows() AS follows, own_kin() AS kin,
		(SELECT json_agg(o) FROM (` + request.OfSQL + `m.id` + request.Order + `) o) AS requests,
		(SELECT json_build_object('Stage', coalesce(release_stage(m.id), ''), 'Shown', CASE WHEN release_stage(m.id) = 'publish_release' THEN EXISTS (SELECT FROM public_releases() p WHERE p.id = t.id) ELSE false END, 'Never', release_never(m.id, m.flags, m.category, m.unit), 'ID', coalesce(t.id::text, ''), 'Crowd', CASE WHEN coalesce(release_stage(m.id) IN ('end_release', 'decline_release'), true) THEN release_crowd(m.id) ELSE 0 END, 'Read', ` + releaseText + `, 'Title', coalesce(t.title, ''), 'Question', coalesce(t.question, ''), 'Answer', coalesce(t.answer, ''))
			FROM (SELECT 1) one LEFT JOIN (SELECT id, title, question, answer FROM release_text ORDER BY version DESC LIMIT 1) t ON true) AS release
	FROM matter m JOIN complaint c ON c.matter_id = m.id LEFT JOIN as_written w ON w.matter_id = m.id
	WHERE @number IN ('', m.number)`

// Own reads the one matter that the visitor opened, in one round trip: say
// which unlock, read. Row-level security shows nothing else. The two are one
// transaction without saying so, as everything is that is sent together, and
// with it ends what the first one set. Without a number it is whichever was opened.
func (r *Register) Own(ctx context.Context, visitor key.Secret, number string) (*Own, error) {
	var found ownRow
	b := &pgx.Batch{}
	b.Queue(`SELECT set_config('zhengxin.unlock', $1, true)`, hex.EncodeToString(UnlockID(visitor)))
	b.Queue(ownSQL, pg.Args{"number": number, "unit": ""}).Query(func(rows pgx.Rows) (err error) {
		found, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[ownRow])
		return err
	})
	mine := `(SELECT unlock.matter_id FROM unlock)`
	var promises promise.List
	var agreements []*AgreementOf
	b.Queue(promise.OfSQL + mine).Query(promise.Into(&promises))
	b.Queue(agreementSQL + mine + agreementNewest).Query(func(rows pgx.Rows) (err error) {
		agreements, err = pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[AgreementOf])
		return err
	})
	b.Queue(`SELECT prolong_unlock($1)`, UnlockID(visitor))
	err := r.Pool.SendBatch(ctx, b).Close()
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.New(fault.Expired, "看的时间到了，或者还没有输入编号和查询码。请重新输入编号和查询码。")
	}
	if err != nil {
		return nil, fmt.Errorf("own complaint: %w", pg.Safe(err))
	}
	own, err := r.namedOwn(ctx, found)
	if err != nil {
		return nil, err
	}
	own.Promises = promises
	for _, one := range agreements {
		own.Agreement, own.Matter.Seen[SeenAgreement] = one, strconv.FormatInt(one.Seq, 10)
	}
	_, doubted := promises.Doubted()
	for flag, set := range map[string]bool{
		AgreementPut: own.Agreement.Waits(), Agreed: own.Agreement.Holds(), AgreedBroken: own.Agreement != nil && own.Agreement.Broken, OnceAnswered: own.Answer != nil, promise.SaidKept: len(promises.Kept()) > 0, promise.Doubted: doubted,
	} {
		if set {
			own.Matter.Flags = append(own.Matter.Flags, flag)
		}
	}
	return own, nil
}

// namedOwn adds the names that the office keeps in memory.
func (r *Register) namedOwn(ctx context.Context, f ownRow) (*Own, error) {
	units, err := r.Units.All(ctx)
	if err != nil {
		return nil, err
	}
	category, _, err := r.Categories.ByCode(ctx, f.Category)
	if err != nil {
		return nil, err
	}
	name := func(code string) string { u, _ := units.ByCode(code); return u.Name }
	own := &Own{
		Matter: workflow.Matter{ID: f.ID, Kind: f.Kind, Number: f.Number, State: f.State, Unit: f.Unit, Category: f.Category,
			Title: f.Title, Flags: f.Flags, Seq: f.Seq},
		OpenedAt: f.OpenedAt, ClosedAt: f.ClosedAt, UnitName: name(f.Unit), Category: category.Title,
		Filed: f.Filed, Rating: f.Rating, Solved: f.Solved, Events: f.Events, Clocks: f.Clocks, Hands: f.Hands, Answer: f.Answer, Follows: f.Follows, Requests: f.Requests, Kin: f.Kin, Release: f.Release,
	}
	for i := range own.Hands {
		own.Hands[i].Unit = name(own.Hands[i].Unit)
	}
	if own.Answer != nil {
		own.Answer.Unit = name(own.Answer.Unit)
	}
	own.Matter.Seen = map[string]string{"sent": "0", SeenAgreement: "0"}
	if own.Answer != nil {
		own.Matter.Seen["sent"] = strconv.Itoa(own.Answer.Version)
	}
	own.Matter.Seen["release"] = own.Release.Read
	own.Matter.TakeTerms(own.Clocks)
	own.Matter.Flags = append(own.Matter.Flags, own.Release.facts()...)
	return own, nil
}
