// Package audit walks the event chains of all matters, whatever their kind, and
// says where one was changed, cut or reordered.
package audit

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/chain"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Lawful says whether a complainant may ever do that action to that kind.
type Lawful func(kind, action string) bool

// Summary counts what was walked.
type Summary struct {
	Matters int
	Events  int
	Broken  int // findings that are faults, not remarks
}

// Walk checks every matter and tells each finding as it is found. It reads one
// snapshot, so that a move made meanwhile is not taken for damage, and keeps
// nothing but the matter in hand.
//
// lawful says what a complainant may do to a matter of a kind: the chain knows
// no move tables, and a stolen portal key signs any action as theirs.
func Walk(ctx context.Context, pool *pgxpool.Pool, keys key.EventKeys, lawful Lawful, tell func(chain.Finding)) (Summary, error) {
	var sum Summary
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, walkSQL)
		if err != nil {
			return err
		}
		w := walk{keys: keys, lawful: lawful, tell: tell, sum: &sum}
		var r row
		if _, err = pgx.ForEachRow(rows, r.targets(), func() error { w.add(&r); return nil }); err != nil {
			return err
		}
		w.end()
		return nil
	})
	if err != nil {
		return sum, fmt.Errorf("walk the chains: %w", pg.Safe(err))
	}
	return sum, nil
}

// walkSQL goes from the matters outwards: one whose events are all gone is seen
// too.
const walkSQL = `
	SELECT m.id, m.kind, m.state, m.number, m.seq, m.head, e.seq, coalesce(e.at, 'epoch'), coalesce(e.actor, ''), coalesce(e.staff_id, 0),
		coalesce(e.role, ''), coalesce(e.action, ''), coalesce(e.from_state, ''), coalesce(e.to_state, ''),
		coalesce(e.public_text, ''), coalesce(e.note, ''), coalesce(e.data, ''), e.salt, e.commitment, e.prev, e.hash,
		coalesce(e.key_id, '')
	FROM matter m LEFT JOIN event e ON e.matter_id = m.id
	ORDER BY m.id, e.seq`

// row is one event beside its matter; Seq is nil where a matter has none.
type row struct {
	matter int64
	kind   string
	state  string
	number string
	head   chain.Head
	seq    *int64
	at     time.Time
	staff  int64
	data   string
	event  chain.Entry
}

func (r *row) targets() []any {
	e := &r.event
	return []any{&r.matter, &r.kind, &r.state, &r.number, &r.head.Seq, &r.head.Hash, &r.seq, &r.at, &e.ActorKind, &r.staff, &e.Role, &e.Action, &e.From, &e.To,
		&e.PublicText, &e.Note, &r.data, &e.Salt, &e.Commitment, &e.Prev, &e.Hash, &e.KeyID}
}

// entry is the event as the chain knows it.
func (r *row) entry() *chain.Entry {
	e := &r.event
	e.Number, e.Seq, e.At, e.Data, e.ActorID = r.number, *r.seq, r.at.UTC(), []byte(r.data), ""
	if r.staff != 0 {
		e.ActorID = strconv.FormatInt(r.staff, 10)
	}
	return e
}

// walk holds the matter in hand.
type walk struct {
	keys    key.EventKeys
	tell    func(chain.Finding)
	sum     *Summary
	lawful  Lawful
	matter  int64
	number  string
	state   string // where the matter stands
	came    string // where its events took it so far
	last    int64
	head    chain.Head
	checker *chain.Checker
}

func (w *walk) add(r *row) {
	if w.checker == nil || r.matter != w.matter {
		w.end()
		w.matter, w.head, w.checker = r.matter, r.head, chain.NewChecker(r.number, w.keys)
		w.number, w.state, w.came, w.last = r.number, r.state, "", 0
		w.sum.Matters++
	}
	if r.seq != nil {
		w.sum.Events++
		e := r.entry()
		w.report(w.checker.Add(e))
		w.report(w.follow(r.kind, e))
	}
}

// follow holds an event against the one before and against what its actor may do.
func (w *walk) follow(kind string, e *chain.Entry) (found []chain.Finding) {
	if e.From != w.came {
		found = append(found, w.strayed(e.Seq, "从“%s”开始，前一条却到了“%s”", e.From, w.came))
	}
	if e.ActorKind == chain.Complainant && !w.lawful(kind, e.Action) {
		found = append(found, chain.Finding{Number: w.number, Seq: e.Seq, Kind: chain.Unlawful,
			Sentence: fmt.Sprintf("%s 第 %d 条：投诉人没有“%s”这一步。", w.number, e.Seq, e.Action)})
	}
	w.came, w.last = e.To, e.Seq
	return found
}

func (w *walk) strayed(seq int64, format string, args ...any) chain.Finding {
	return chain.Finding{Number: w.number, Seq: seq, Kind: chain.Strayed,
		Sentence: fmt.Sprintf("%s 第 %d 条：%s。", w.number, seq, fmt.Sprintf(format, args...))}
}

func (w *walk) end() {
	if w.checker != nil {
		w.report(w.checker.Done(w.head))
		if w.state != w.came {
			w.report([]chain.Finding{w.strayed(w.last, "经过到了“%s”，这一件却在“%s”", w.came, w.state)})
		}
		w.checker = nil
	}
}

func (w *walk) report(found []chain.Finding) {
	for _, f := range found {
		if f.Kind.Broken() {
			w.sum.Broken++
		}
		w.tell(f)
	}
}
