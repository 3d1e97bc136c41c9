// Package audit walks the event chains of all matters, whatever their kind, and
// says where one was changed, cut or reordered, and where the rows beside it are
// no longer as its moves left them.
package audit

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Lawful says whether somebody of that role may ever do that action to that kind.
type Lawful func(kind, role, action string) bool

// Summary counts what was walked.
type Summary struct {
	Matters int
	Events  int
	Before  int // events from before binding: nothing says how they left the rows
	Broken  int // findings that are faults, not remarks
}

// atOnce is how many matters are in hand together: reading each by itself would
// cost twenty round trips a matter.
const atOnce = 200

// Walk checks every matter and tells each finding as it is found. It reads one
// snapshot, so that a move made meanwhile is not taken for damage, and keeps
// nothing but the matters in hand.
//
// lawful says what may be done to a matter of a kind on the public site: the chain knows
// no move tables, and a stolen portal key signs any action as theirs.
func Walk(ctx context.Context, pool *pgxpool.Pool, keys key.EventKeys, lawful Lawful, tell func(chain.Finding)) (Summary, error) {
	var sum Summary
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		sum, err = WalkTx(ctx, tx, keys, lawful, tell)
		return err
	})
	return sum, err
}

// WalkTx is Walk in the caller's transaction.
func WalkTx(ctx context.Context, tx pgx.Tx, keys key.EventKeys, lawful Lawful, tell func(chain.Finding)) (Summary, error) {
	w := &walk{keys: keys, lawful: lawful, tell: tell}
	if err := w.all(ctx, tx); err != nil {
		return w.sum, fmt.Errorf("walk the chains: %w", pg.Safe(err))
	}
	return w.sum, nil
}

func (w *walk) all(ctx context.Context, tx pgx.Tx) (err error) {
	if w.sealed, err = pg.One[bool](ctx, tx, `SELECT has_table_privilege('access_code', 'SELECT')`, nil); err != nil {
		return err
	}
	as := binding.Verifier
	if w.sealed {
		as = binding.Owner
	}
	for after := int64(0); ; {
		hand, err := take(ctx, tx, after, as)
		if err != nil || len(hand) == 0 {
			return err
		}
		for _, m := range hand {
			w.check(m)
			after = m.ID
		}
	}
}

// matter is one matter with everything that is held against its events.
type matter struct {
	ID       int64
	Kind     string
	State    string
	Number   string
	Seq      int64
	Head     []byte
	Salt     []byte // of what is said
	events   []chain.Entry
	bindings map[int64]chain.Binding // by the event's number
	said     chain.Said
	byEvent  map[int64]chain.Said
}

// take reads the next matters. It goes from the matters outwards: one whose events
// are all gone is seen too.
func take(ctx context.Context, tx pgx.Tx, after int64, as string) ([]*matter, error) {
	type row struct {
		ID     int64
		Kind   string
		State  string
		Number string
		Seq    int64
		Head   []byte
		Salt   []byte
	}
	rows, err := pg.All[row](ctx, tx, `SELECT id, kind, state, number, seq, head, salt FROM matter WHERE id > @after ORDER BY id LIMIT @most`,
		pg.Args{"after": after, "most": atOnce})
	if err != nil {
		return nil, err
	}
	hand, by, ids := make([]*matter, len(rows)), map[int64]*matter{}, make([]int64, len(rows))
	for i, r := range rows {
		hand[i] = &matter{ID: r.ID, Kind: r.Kind, State: r.State, Number: r.Number, Seq: r.Seq, Head: r.Head, Salt: r.Salt,
			bindings: map[int64]chain.Binding{}, said: chain.Said{}, byEvent: map[int64]chain.Said{}}
		by[r.ID], ids[i] = hand[i], r.ID
	}
	if err := takeEvents(ctx, tx, ids, by); err != nil {
		return nil, err
	}
	if err := takeBindings(ctx, tx, ids, by); err != nil {
		return nil, err
	}
	return hand, takeSaid(ctx, tx, ids, by, as)
}

func takeEvents(ctx context.Context, tx pgx.Tx, ids []int64, by map[int64]*matter) error {
	rows, err := tx.Query(ctx, `
		SELECT matter_id, seq, at, actor, coalesce(staff_id, member_id, 0), actor_name, role, action, from_state, to_state,
			public_text, note, data, salt, commitment, prev, hash, key_id
		FROM event WHERE matter_id = ANY (@ids::bigint[]) ORDER BY matter_id, seq`, pg.Args{"ids": ids})
	if err != nil {
		return err
	}
	var (
		of, who int64
		at      time.Time
		data    string
		e       chain.Entry
	)
	_, err = pgx.ForEachRow(rows, []any{&of, &e.Seq, &at, &e.ActorKind, &who, &e.ActorName, &e.Role, &e.Action, &e.From, &e.To,
		&e.PublicText, &e.Note, &data, &e.Salt, &e.Commitment, &e.Prev, &e.Hash, &e.KeyID}, func() error {
		m, one := by[of], e // each row is scanned into slices of its own
		one.Number, one.At, one.Data = m.Number, at.UTC(), []byte(data)
		if who != 0 {
			one.ActorID = strconv.FormatInt(who, 10)
		}
		m.events = append(m.events, one)
		return nil
	})
	return err
}

func takeBindings(ctx context.Context, tx pgx.Tx, ids []int64, by map[int64]*matter) error {
	rows, err := tx.Query(ctx, `SELECT matter_id, seq, said, mac FROM binding WHERE matter_id = ANY (@ids::bigint[])`, pg.Args{"ids": ids})
	if err != nil {
		return err
	}
	var of, seq int64
	var b chain.Binding
	_, err = pgx.ForEachRow(rows, []any{&of, &seq, &b.Said, &b.MAC}, func() error {
		by[of].bindings[seq] = b
		return nil
	})
	return err
}

func takeSaid(ctx context.Context, tx pgx.Tx, ids []int64, by map[int64]*matter, as string) error {
	var batch pgx.Batch
	binding.QueueAll(&batch, as, ids, func(f *binding.Found) error {
		m := by[f.Matter]
		if !byEvent[f.Part] {
			f.Into(m.said)
			return nil
		}
		seq, err := strconv.ParseInt(*f.Columns[0], 10, 64)
		if err != nil {
			return err
		}
		if m.byEvent[seq] == nil {
			m.byEvent[seq] = chain.Said{}
		}
		f.Into(m.byEvent[seq])
		return nil
	})
	return tx.SendBatch(ctx, &batch).Close()
}

// byEvent are the parts of which each event binds the rows that came with it.
var byEvent = func() map[string]bool {
	parts := map[string]bool{}
	for _, p := range binding.Parts {
		parts[p.Name] = p.ByEvent
	}
	return parts
}()

// walk holds what is true of all matters.
type walk struct {
	keys   key.EventKeys
	lawful Lawful
	tell   func(chain.Finding)
	sum    Summary
	sealed bool // what no process reads can be read here
}

// outside says that an actor is none of the office: the portal's key signs for them.
func outside(actor string) bool { return actor == chain.Complainant || actor == chain.Member }

// check holds one matter against its events.
func (w *walk) check(m *matter) {
	w.sum.Matters++
	c := chain.NewChecker(m.Number, w.keys)
	rows := newRows(w, m)
	came := ""
	for i := range m.events {
		e := &m.events[i]
		w.sum.Events++
		w.report(c.Add(e))
		if e.From != came {
			w.say(m, e.Seq, chain.Strayed, "：从“%s”开始，前一条却到了“%s”。", e.From, came)
		}
		if outside(e.ActorKind) && !w.lawful(m.Kind, e.ActorKind, e.Action) {
			w.say(m, e.Seq, chain.Unlawful, "：%s没有“%s”这一步。", staff.Role(e.ActorKind).Title(), e.Action)
		}
		came = e.To
		rows.after(e, c.Last())
	}
	w.report(c.Done(chain.Head{Seq: m.Seq, Hash: m.Head}))
	if m.State != came {
		w.say(m, int64(len(m.events)), chain.Strayed, "：经过到了“%s”，这一件却在“%s”。", came, m.State)
	}
	rows.end()
}

func (w *walk) say(m *matter, seq int64, kind chain.Kind, format string, args ...any) {
	w.report([]chain.Finding{{Number: m.Number, Seq: seq, Kind: kind, Sentence: fmt.Sprintf("%s 第 %d 条", m.Number, seq) + fmt.Sprintf(format, args...)}})
}

// report tells findings. Nothing has been erased by law yet: the program has no
// way to, and no register of it, so words that are gone were taken by somebody.
func (w *walk) report(found []chain.Finding) {
	for _, f := range found {
		if f.Kind == chain.Erased {
			f.Kind, f.Sentence = chain.Unregistered, fmt.Sprintf("%s 第 %d 条的文字被清除了，没有清除登记。", f.Number, f.Seq)
		}
		if f.Kind.Broken() {
			w.sum.Broken++
		}
		w.tell(f)
	}
}

// rows holds the rows of one matter against what its bindings say of them.
type rows struct {
	walk   *walk
	matter *matter
	stands map[string]standing // by the part's name, or that of a row that is bound by itself
}

// standing is how a part stands by what was bound of it last.
type standing struct {
	part   binding.Part
	digest []byte
	seq    int64 // of that event
}

func newRows(w *walk, m *matter) *rows { return &rows{w, m, map[string]standing{}} }

// after takes the binding of the event that was added last.
func (r *rows) after(e *chain.Entry, written chain.Written) {
	if written == chain.Before {
		r.walk.sum.Before++
		return
	}
	b, there := r.matter.bindings[e.Seq]
	delete(r.matter.bindings, e.Seq)
	k, known := r.walk.keys.Find(e.KeyID)
	switch {
	case !there && written == chain.Unknown:
		return // it was said of the event itself, or cannot be told without its key
	case !there:
		r.walk.say(r.matter, e.Seq, chain.Unbound, "办了什么没有记下，被删过。")
		return
	case known && !b.Fits(e, k):
		r.walk.say(r.matter, e.Seq, chain.Unbound, "办了什么和签写时不一致，被改过。")
		return
	}
	changes, err := b.Changes()
	if err != nil {
		r.walk.say(r.matter, e.Seq, chain.Unbound, "办了什么读不出来，被改过。")
		return
	}
	for _, part := range binding.Parts {
		r.change(part, e, changes)
	}
}

// change takes what an event did to one part. It must begin where the last one left
// it: what was changed between two moves stays found, whatever comes after.
func (r *rows) change(part binding.Part, e *chain.Entry, changes map[string]chain.Change) {
	names := []string{part.Name}
	if part.Single != "" {
		names = part.Singles(maps.Keys(changes))
	}
	for _, name := range names {
		c, changed := changes[name]
		was, known := r.stands[name]
		switch {
		case changed && !part.Covers(e.ActorKind, e.Seq):
			r.walk.say(r.matter, e.Seq, chain.Forged, "动了%s，这不归做这一步的人，可能是伪造的。", part.Word)
		case part.ByEvent:
			r.hold(standing{part, c.Now(), e.Seq}, name, r.matter.byEvent[e.Seq][name])
			delete(r.matter.byEvent, e.Seq)
		case changed && known && !bytes.Equal(was.digest, c.Was()):
			r.walk.say(r.matter, e.Seq, chain.Differs, "办理以前，%s已经和第 %d 条办完时记下的不一样。", part.Word, was.seq)
			r.stands[name] = standing{part, c.Now(), e.Seq}
		case changed || e.Seq == 1 && part.Covers(e.ActorKind, 1): // what it opens with no rows of has none
			r.stands[name] = standing{part, c.Now(), e.Seq}
		}
	}
}

// end holds the rows, as they are now, against what was bound of them last.
func (r *rows) end() {
	if len(r.matter.Salt) == 0 && len(r.stands) > 0 {
		r.walk.say(r.matter, int64(len(r.matter.events)), chain.Unregistered, "和以前各条办了什么，凭据被清除了，没有清除登记。")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(r.stands)) {
		if s := r.stands[name]; !s.part.Sealed || r.walk.sealed {
			r.hold(s, name, r.matter.said[name])
		}
	}
	last := int64(len(r.matter.events))
	for _, seq := range slices.Sorted(maps.Keys(r.matter.bindings)) {
		if seq > last {
			r.walk.say(r.matter, seq, chain.Removed, "没有了，它办了什么还在。")
		}
	}
	for seq, said := range r.matter.byEvent {
		for _, part := range binding.Parts {
			if seq > last && len(said[part.Name]) > 0 {
				r.walk.say(r.matter, seq, chain.Differs, "没有，却有它的%s。", part.Word)
			}
		}
	}
}

func (r *rows) hold(s standing, name string, rows []chain.Row) {
	if len(r.matter.Salt) > 0 && !bytes.Equal(s.digest, chain.Digest(r.matter.Salt, r.matter.Number, name, rows)) {
		r.walk.report([]chain.Finding{{Number: r.matter.Number, Seq: s.seq, Kind: chain.Differs,
			Sentence: fmt.Sprintf("%s 的%s和第 %d 条办完时记下的不一样。", r.matter.Number, s.part.Word, s.seq)}})
	}
}
