// Package daybook is the chain of what is done to the office itself: its accounts,
// units, settings, calendars and notices of no matter. Each change is an event with the
// digests of the rows before and after, in the change's own transaction; verify reads
// the rows again and says what differs.
package daybook

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// Number is what the chain calls the office, where it calls a matter by its number.
const Number = "office"

// The actions that are nobody's.
const (
	actionBegin   = "begin"   // what there is by then is taken as it stands
	actionUpgrade = "upgrade" // what a migration may have changed is
)

// Book writes the daybook, with the office's key.
type Book struct {
	Key    key.EventKey
	Now    func() time.Time
	Random io.Reader
}

// Act is what is done to the office.
type Act struct {
	Action string
	By     int64     // 0 is the operator at the machine
	Token  []byte    // of the form that asks for it, so that it happens once; nil where sending it again does no harm
	At     time.Time // with a token: when it is carried out
}

// Repeated is the error of a form that was sent again: it was carried out at that moment,
// and nothing was done now.
type Repeated struct{ At time.Time }

func (r *Repeated) Error() string { return "this form was carried out at " + r.At.String() }

// data is what an event keeps.
type data struct {
	Schema  int64                   `json:"schema,omitempty"` // with the actions that are nobody's
	Changes map[string]chain.Change `json:"changes"`
}

// head is the newest event, locked: changes of the office go one at a time.
type head struct {
	Seq  int64
	Head []byte
	Salt []byte
}

func lock(ctx context.Context, tx pgx.Tx) (head, error) {
	h, err := pg.One[head](ctx, tx, `SELECT seq, head, salt FROM daybook_head FOR UPDATE`, nil)
	if err != nil {
		return h, fmt.Errorf("daybook: %w", err)
	}
	return h, nil
}

// Record carries do out in its transaction and writes down what it changed of the
// office, and nothing where it changed nothing. Before a desk has begun the book there
// is nothing to write to. A nil Book has no key: with the book begun it refuses, since
// what it did would look like a forgery.
func (b *Book) Record(ctx context.Context, tx pgx.Tx, a Act, do func() error) error {
	h, begun, err := b.open(ctx, tx)
	if err != nil {
		return err
	}
	if err := once(ctx, tx, a); err != nil {
		return err
	}
	if !begun {
		return do()
	}
	before, err := read(ctx, tx, h.Salt, binding.QueueOfficeMoves)
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := read(ctx, tx, h.Salt, binding.QueueOfficeMoves)
	if err != nil {
		return err
	}
	if changes := changed(before, after); len(changes) > 0 {
		return b.write(ctx, tx, h, a, data{Changes: changes})
	}
	return nil
}

// Add is Record for what adds one row of a part whose rows are never changed, and
// nothing else; do gives its id. That row alone is read: of what the office does every
// day there are soon more rows than of all accounts and units.
func (b *Book) Add(ctx context.Context, tx pgx.Tx, a Act, part string, do func() (int64, error)) error {
	h, begun, err := b.open(ctx, tx)
	if err != nil {
		return err
	}
	id, err := do()
	if err != nil || !begun {
		return err
	}
	now, err := read(ctx, tx, h.Salt, func(batch *pgx.Batch, into chain.Said) { binding.QueueAdded(batch, part, id, into) })
	if err != nil {
		return err
	}
	if len(now) != 1 {
		return fmt.Errorf("daybook: %d rows of %s were added", len(now), part)
	}
	return b.write(ctx, tx, h, a, data{Changes: changed(nil, now)})
}

// open locks the book; begun says that there is something to write to.
func (b *Book) open(ctx context.Context, tx pgx.Tx) (h head, begun bool, err error) {
	h, err = lock(ctx, tx)
	switch {
	case err != nil:
		return h, false, err
	case h.Seq == 0:
		return h, false, nil
	case b == nil:
		return h, false, fault.New(fault.NotFound, "没有办：这里没有 office.key，办的事没有办法记进机构日志。请在有这个文件的机器上办，或用 ZHENGXIN_KEY_DIR 指明在哪里。")
	}
	return h, true, nil
}

// once keeps the token of a form, under the lock of the book, and refuses one that it has.
func once(ctx context.Context, tx pgx.Tx, a Act) error {
	if a.Token == nil {
		return nil
	}
	at, err := pg.One[*time.Time](ctx, tx, `
		WITH first AS (INSERT INTO office_form (token_hash, action, at) VALUES (@token, @action, @at) ON CONFLICT DO NOTHING)
		SELECT (SELECT f.at FROM office_form f WHERE f.token_hash = @token AND f.action = @action)`,
		pg.Args{"token": key.Hash(a.Token), "action": a.Action, "at": a.At})
	switch {
	case err != nil:
		return fmt.Errorf("form of the office: %w", err)
	case at != nil: // the statement does not see the row that it adds itself
		return &Repeated{*at}
	}
	return nil
}

// Tx is Record in a transaction of its own.
func (b *Book) Tx(ctx context.Context, db pg.Beginner, a Act, do func(tx pgx.Tx) error) error {
	return pg.Tx(ctx, db, func(tx pgx.Tx) error {
		return b.Record(ctx, tx, a, func() error { return do(tx) })
	})
}

// Begin begins the book, once, with everything as it stands, and writes down what an
// upgrade of the schema has changed since: a migration has no key.
func (b *Book) Begin(ctx context.Context, db pg.Beginner) error {
	return pg.Tx(ctx, db, func(tx pgx.Tx) error {
		h, err := lock(ctx, tx)
		if err != nil {
			return err
		}
		schema, err := pg.SchemaVersion(ctx, tx)
		if err != nil {
			return err
		}
		now, err := read(ctx, tx, h.Salt, binding.QueueOffice)
		if err != nil {
			return err
		}
		if h.Seq == 0 {
			return b.write(ctx, tx, h, Act{Action: actionBegin}, data{Schema: schema, Changes: changed(nil, now)})
		}
		known, stands, err := replay(ctx, tx)
		if err != nil || known == schema {
			return err
		}
		return b.write(ctx, tx, h, Act{Action: actionUpgrade}, data{Schema: schema, Changes: changed(stands, now)})
	})
}

// read gives the digests of what is asked for, by part or by the row's own name.
func read(ctx context.Context, tx pgx.Tx, salt []byte, queue func(*pgx.Batch, chain.Said)) (map[string][]byte, error) {
	said := chain.Said{}
	var batch pgx.Batch
	queue(&batch, said)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return nil, fmt.Errorf("daybook: %w", pg.Safe(err))
	}
	digests := make(map[string][]byte, len(said))
	for name, rows := range said {
		digests[name] = chain.Digest(salt, Number, name, rows)
	}
	return digests, nil
}

func changed(before, after map[string][]byte) map[string]chain.Change {
	changes := map[string]chain.Change{}
	for _, all := range []map[string][]byte{before, after} {
		for name := range all {
			if !bytes.Equal(before[name], after[name]) {
				changes[name] = chain.Change{before[name], after[name]}
			}
		}
	}
	return changes
}

func (b *Book) write(ctx context.Context, tx pgx.Tx, h head, a Act, d data) error {
	raw, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("daybook: %w", err)
	}
	e := &chain.Entry{Number: Number, Seq: h.Seq + 1, At: b.Now(), ActorKind: chain.System, Action: a.Action, Data: raw}
	if a.By != 0 {
		e.ActorKind, e.ActorID = chain.Staff, strconv.FormatInt(a.By, 10)
	}
	prev := h.Head
	if h.Seq == 0 {
		prev = chain.Genesis(Number)
	}
	if err := chain.Seal(e, b.Key, prev, b.Random); err != nil {
		return err
	}
	if _, err := pg.Exec(ctx, tx, `
		INSERT INTO daybook (seq, at, actor, staff_id, action, data, salt, commitment, prev, hash, key_id)
		VALUES (@seq, @at, @actor, nullif(@staff::bigint, 0), @action, @data, @salt, @commitment, @prev, @hash, @key_id)`,
		pg.Args{"seq": e.Seq, "at": e.At, "actor": e.ActorKind, "staff": a.By, "action": e.Action, "data": string(e.Data),
			"salt": e.Salt, "commitment": e.Commitment, "prev": e.Prev, "hash": e.Hash, "key_id": e.KeyID}); err != nil {
		return fmt.Errorf("daybook: %w", err)
	}
	if _, err := pg.Exec(ctx, tx, `UPDATE daybook_head SET seq = @seq, head = @head`, pg.Args{"seq": e.Seq, "head": e.Hash}); err != nil {
		return fmt.Errorf("daybook: %w", err)
	}
	return nil
}

// entries are the events of the book as stored, in their order.
func entries(ctx context.Context, tx pgx.Tx) ([]chain.Entry, error) {
	rows, err := tx.Query(ctx, `
		SELECT seq, at, actor, coalesce(staff_id::text, ''), action, data, salt, commitment, prev, hash, key_id FROM daybook ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("daybook: %w", pg.Safe(err))
	}
	var all []chain.Entry
	var e chain.Entry
	var text string
	_, err = pgx.ForEachRow(rows, []any{&e.Seq, &e.At, &e.ActorKind, &e.ActorID, &e.Action, &text, &e.Salt, &e.Commitment, &e.Prev, &e.Hash, &e.KeyID}, func() error {
		one := e
		one.Number, one.Data = Number, []byte(text)
		all = append(all, one)
		return nil
	})
	return all, pg.Safe(err)
}

// replay gives the schema that the book knows of and how everything stands by it.
func replay(ctx context.Context, tx pgx.Tx) (schema int64, stands map[string][]byte, err error) {
	all, err := entries(ctx, tx)
	if err != nil {
		return 0, nil, err
	}
	stands = map[string][]byte{}
	for i := range all {
		var d data
		if err := json.Unmarshal(all[i].Data, &d); err != nil {
			return 0, nil, fmt.Errorf("daybook %d: %w", all[i].Seq, err)
		}
		schema = max(schema, d.Schema)
		for name, c := range d.Changes {
			stands[name] = c.Now()
		}
	}
	maps.DeleteFunc(stands, func(_ string, digest []byte) bool { return len(digest) == 0 })
	return schema, stands, nil
}

// Summary is what a check has met.
type Summary struct {
	Events  int
	Begun   time.Time // the zero time where no desk has started yet
	Renewed int       // rows and parts that upgrades of the schema took as they stood
	Broken  int
}

// Check holds the book against its signatures and everything against the book, and
// tells each finding.
func Check(ctx context.Context, tx pgx.Tx, keys key.EventKeys, tell func(chain.Finding)) (Summary, error) {
	c := &check{stands: map[string]standing{}, tell: tell}
	all, err := entries(ctx, tx)
	if err != nil {
		return c.sum, err
	}
	h, err := pg.One[head](ctx, tx, `SELECT seq, head, salt FROM daybook_head`, nil)
	if err != nil {
		return c.sum, fmt.Errorf("daybook: %w", err)
	}
	if len(all) == 0 && h.Seq == 0 {
		return c.sum, nil
	}
	checker := chain.NewChecker(Number, keys)
	for i := range all {
		c.sum.Events++
		c.report(checker.Add(&all[i]))
		c.event(&all[i])
	}
	c.report(checker.Done(chain.Head{Seq: h.Seq, Hash: h.Head}))
	now, err := read(ctx, tx, h.Salt, binding.QueueOffice)
	if err != nil {
		return c.sum, err
	}
	c.end(now)
	return c.sum, nil
}

// check is a check under way.
type check struct {
	tell   func(chain.Finding)
	sum    Summary
	stands map[string]standing
}

// standing is how something stands by the event that changed it last.
type standing struct {
	digest []byte
	seq    int64
}

func (c *check) report(found []chain.Finding) {
	for _, f := range found {
		f.Sentence = "机构日志" + f.Sentence[len(Number):]
		if f.Kind.Broken() {
			c.sum.Broken++
		}
		c.tell(f)
	}
}

func (c *check) say(seq int64, kind chain.Kind, format string, args ...any) {
	c.sum.Broken++
	c.tell(chain.Finding{Number: Number, Seq: seq, Kind: kind, Sentence: fmt.Sprintf(format, args...)})
}

func (c *check) event(e *chain.Entry) {
	if e.Seq == 1 {
		c.sum.Begun = e.At
	}
	var d data
	if err := json.Unmarshal(e.Data, &d); err != nil {
		c.say(e.Seq, chain.Unbound, "机构日志第 %d 条办了什么读不出来，被改过。", e.Seq)
		return
	}
	if e.Action == actionUpgrade {
		c.sum.Renewed += len(d.Changes)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Changes)) {
		was := c.stands[name]
		if !bytes.Equal(was.digest, d.Changes[name].Was()) {
			c.say(e.Seq, chain.Differs, "%s在机构日志第 %d 条办理以前已经被改过。", word(name), e.Seq)
		}
		c.stands[name] = standing{d.Changes[name].Now(), e.Seq}
	}
}

// end holds everything, as it is now, against the book.
func (c *check) end(now map[string][]byte) {
	for _, name := range slices.Sorted(maps.Keys(c.stands)) {
		if s := c.stands[name]; !bytes.Equal(s.digest, now[name]) {
			c.say(s.seq, chain.Differs, "%s和机构日志第 %d 条记下的不一样。", word(name), s.seq)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if _, known := c.stands[name]; !known {
			c.say(0, chain.Unbound, "%s没有记在机构日志里，可能是后来放进去的。", word(name))
		}
	}
}
