package workflow

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/key"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
)

// New is a matter about to be opened. Its kind's own statement takes OpenSQL
// and Args, so that opening is one statement: the cheapest durable thing there
// is, and all or nothing.
type New struct {
	Number   string
	Unit     string   // empty is 待定
	Follows  int64    // the matter it is opened from, whose bars hold here too; 0 for none
	Meant    []string // units that its words may mean: see staff.Scope
	Category string
	Title    string
	Flags    []string
	Class    clock.Class // what is known of it already
	Act      Act         // who opens it with which action and form token
	Since    time.Time   // when its clocks begin, where that was before it is opened
	Like     Action      // the move that its class has terms by, where another opens what was once opened by that one
	// Began is when terms began in the matter that it is a part of: those that it has, too,
	// begin with them.
	Began    map[clock.Code]time.Time
	Closed   time.Time // when it was closed, where that was elsewhere, before it is opened here
	At       time.Time
	Dues     []clock.Due
	calendar int64 // that they were counted over
	entry    *chain.Entry
	phase    Phase
	writes   bool     // words that a search finds
	letters  []string // templates to the complainant
	engine   *Engine
}

// OpenSQL are the common table expressions that open a matter; the statement
// around them begins WITH and ends with what the kind adds, reading the new id
// from n. The portal may not read what it inserts, so the id is drawn first.
const OpenSQL = `
	n AS (SELECT nextval('matter_id') AS id),` + openRows

// OpenIfSQL does the same where the statement's own may has a row, and nothing
// where it has none.
const OpenIfSQL = `
	n AS (SELECT nextval('matter_id') AS id FROM may),` + openRows

const openRows = `
	new_matter AS (
		INSERT INTO matter (id, kind, number, state, phase, unit, category, title, flags, meant, follows, opened_at, closed_at, due_at, seq, head, salt)
		SELECT n.id, @kind, @number, @to, @phase, nullif(@unit, ''), nullif(@category, ''), @title, @flags, @meant, nullif(@follows::bigint, 0), @at, @closed::timestamptz,
			@due, 1, @hash, @said_salt FROM n),
	new_event AS (
		INSERT INTO event (matter_id, seq, at, actor, staff_id, member_id, actor_name, role, action, from_state, to_state,
			public_text, note, data, salt, commitment, prev, hash, key_id)
		SELECT n.id, 1, @at, @actor, @staff, @member, @actor_name, @role, @action, @from, @to,
			@public_text, @note, @data, @salt, @commitment, @prev, @hash, @key_id FROM n),
	new_clocks AS (
		INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, provisional, derivation, right_only, calendar)
		SELECT n.id, r.rule, r.version, 1, r.started_at, r.due_on, r.due_at, r.provisional, r.derivation, r.right_only, @calendar
		FROM n, unnest(@rules::text[], @versions::int[], @due_ons::date[], @due_ats::timestamptz[], @provisionals::bool[], @derivations::text[], @rights::bool[], @starteds::timestamptz[])
			AS r (rule, version, due_on, due_at, provisional, derivation, right_only, started_at)),
	new_token AS (
		INSERT INTO form_token (token_hash, matter_id, seq, action, at)
		SELECT @token::bytea, n.id, 1, @action, @at FROM n WHERE @token::bytea IS NOT NULL),
	new_binding AS (
		INSERT INTO binding (matter_id, seq, said, mac) SELECT n.id, 1, @said, @said_mac FROM n),
	new_letters AS (
		INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at)
		SELECT n.id, 1, l.template, 'complainant', l.message, @at
		FROM n, unnest(@templates::text[], @messages::text[]) AS l (template, message))`

// EnqueueSQL hands the new letters to the worker, and the words where the move writes
// some; it belongs into the final SELECT of the same statement.
const EnqueueSQL = `(SELECT count(enqueue(job.kind, job.args, job.queue)) FROM (
		SELECT 'send_letter' AS kind, jsonb_build_object('letter', message) AS args, 'mail' AS queue FROM unnest(@messages::text[]) AS message
		UNION ALL SELECT 'index_text', jsonb_build_object('matter', n.id), 'default' FROM n WHERE @writes) job)`

// Open prepares a new matter: its first event, signed, and its clocks.
func (e *Engine) Open(ctx context.Context, t *Table, n New) (New, error) {
	clocks, err := e.Clocks.Table(ctx)
	if err != nil {
		return New{}, err
	}
	row := t.Rows(n.Act.Action)[0]
	n.engine, n.phase, n.writes = e, t.State(row.To).Phase, row.Writes
	n.Flags = slices.Concat(n.Flags, row.Sets)
	n.calendar = clocks.Calendar.Newest()
	n.At = e.Now().UTC().Truncate(time.Microsecond)
	if n.Since.IsZero() || n.Since.After(n.At) {
		n.Since = n.At
	}
	if n.phase == Over && (n.Closed.IsZero() || n.Closed.After(n.At)) {
		n.Closed = n.At
	}
	n.entry = &chain.Entry{
		Number: n.Number, Seq: 1, At: n.At, To: string(row.To), PublicText: fill(row.Public, n.Act.Words),
	}
	if err := e.sign(n.entry, n.Act, chain.Genesis(n.Number)); err != nil {
		return New{}, err
	}
	for _, code := range row.Starts {
		if due, ok := clocks.Due(code, n.since(code)); ok { // else no rule is in force: see clock.Table.Lacking
			n.Dues = append(n.Dues, due)
		}
	}
	for _, c := range clocks.Chosen(string(t.Kind), n.Class, string(cmp.Or(n.Like, n.Act.Action)), clock.On(n.At)) {
		if due, ok := clocks.Due(c.Rule, n.since(c.Rule, c.Beside)); ok && slices.Contains(row.MayStart, c.Rule) {
			n.Dues = append(n.Dues, due)
		}
	}
	for _, tell := range row.Tells {
		if tell.To == letter.ToComplainant && slices.Contains(n.Flags, Reachable) {
			n.letters = append(n.letters, tell.Template)
		}
	}
	return n, nil
}

// since is when a term begins: with the first of these that began where it comes from.
func (n New) since(codes ...clock.Code) time.Time {
	for _, code := range codes {
		if began, ok := n.Began[code]; ok {
			return began
		}
	}
	return n.Since
}

// Args are the arguments of OpenSQL and EnqueueSQL. said are the rows that the
// kind's own statement adds, so that the first event binds them, too.
func (n New) Args(kind Kind, said chain.Said) (pg.Args, error) {
	args := eventArgs(0, n.entry, n.Act.By)
	delete(args, "matter")
	delete(args, "seq")
	args["kind"], args["number"], args["unit"], args["category"] = string(kind), n.Number, n.Unit, n.Category
	args["phase"], args["closed"] = int(n.phase), nil
	if n.phase == Over {
		args["closed"] = n.Closed
	}
	args["title"], args["token"] = n.Title, tokenOrNull(n.Act.Token)
	args["flags"], args["meant"], args["follows"] = append([]string{}, n.Flags...), append([]string{}, n.Meant...), n.Follows
	n.clockArgs(args)
	messages := make([]string, len(n.letters))
	for i := range messages {
		messages[i] = letter.NewMessageID()
	}
	args["writes"] = n.writes
	args["templates"], args["messages"] = append([]string{}, n.letters...), messages
	return args, n.bind(args, kind, said, messages)
}

// bind adds the binding of the first event to the arguments.
func (n New) bind(args pg.Args, kind Kind, said chain.Said, messages []string) error {
	b := sayer{binding.Saying{Said: maps.Clone(said)}}
	b.Row("matter", pg.Args{"kind": string(kind), "number": n.Number, "title": n.Title, "unit": nullIfEmpty(n.Unit),
		"category": nullIfEmpty(n.Category), "opened_at": n.At, "flags": args["flags"]})
	var closed any
	if !n.Closed.IsZero() {
		closed = n.Closed
	}
	b.Row("state", pg.Args{"state": n.entry.To, "closed_at": closed})
	for _, d := range n.Dues {
		b.Row("clock", pg.Args{"rule": string(d.Rule), "version": d.Version, "started_seq": 1, "right_only": d.Right, "stopped_seq": nil,
			"due_on": d.On, "was_on": nil, "started_at": d.Started, "due_at": d.At, "stopped_at": nil})
	}
	for i, template := range n.letters {
		b.letter(1, template, letter.ToComplainant, messages[i], n.At)
	}
	salt := make([]byte, chain.SaltSize)
	if _, err := io.ReadFull(n.engine.Random, salt); err != nil {
		return fmt.Errorf("salt: %w", err)
	}
	changes, err := b.opened(salt, n.entry)
	if err != nil {
		return err
	}
	bound, err := chain.Bind(n.entry, changes, n.engine.Key)
	args["said"], args["said_salt"], args["said_mac"] = bound.Said, salt, bound.MAC
	return err
}

func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (n New) clockArgs(args pg.Args) {
	var (
		rules, ons, derivations []string
		versions                []int
		ats                     []time.Time
		provisional, rights     []bool
		started                 []time.Time
	)
	args["due"], args["calendar"] = "infinity", n.calendar
	for _, d := range n.Dues {
		rules, versions, ons = append(rules, string(d.Rule)), append(versions, d.Version), append(ons, d.On.String())
		ats, provisional, derivations = append(ats, d.At), append(provisional, d.Provisional), append(derivations, d.Derivation)
		rights, started = append(rights, d.Right), append(started, d.Started)
		if d.Right {
			continue
		}
		if first, ok := args["due"].(time.Time); !ok || d.At.Before(first) {
			args["due"] = d.At
		}
	}
	args["rules"], args["versions"], args["due_ons"] = rules, versions, ons
	args["due_ats"], args["provisionals"], args["derivations"], args["rights"] = ats, provisional, derivations, rights
	args["starteds"] = started
}

func tokenOrNull(token []byte) []byte {
	if token == nil {
		return nil
	}
	return key.Hash(token)
}
