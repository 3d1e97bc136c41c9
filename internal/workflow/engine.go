package workflow

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// Reachable is the flag of a matter whose complainant agreed to be written to.
const Reachable = "reachable"

// Anonymous is the flag of a matter whose complainant gave no name: the desk learns the
// day of what they do, and not the minute.
const Anonymous = "anonymous"

// Engine carries out moves under one database role and one event key: the desk
// has its own, the portal another, so a stolen portal cannot sign a staff move.
type Engine struct {
	Pool   *pgxpool.Pool
	Key    key.EventKey
	Clocks *clock.Book
	Now    func() time.Time
	Random io.Reader
}

// Act is one person doing one thing to one matter.
type Act struct {
	Number  string
	Action  Action
	By      Actor
	Scope   staff.Scope       // which matters a staff member may know of; unused by the portal
	Unlock  []byte            // hash of the portal's unlock token; nil in the office
	Token   []byte            // the form's token; nil for the system
	Words   map[string]string // fill the public sentence
	Note    string            // for the office only
	Data    any               // kept with the event as JSON
	Answers Answers           // to what the move needs
}

// Done is what a move did.
type Done struct {
	Number   string
	Action   Action
	Seq      int64
	At       time.Time
	State    State
	Repeated bool // the same form was carried out before; nothing was done again
}

// Step is a move under way: its matter is locked and the move is allowed.
type Step struct {
	Matter *Matter
	Move   Move
	Act    Act
	Seq    int64
	At     time.Time
	Dates  clock.Calendar // that this move counts over
	Conn   pg.Queryer     // inside the transaction; each use is a round trip
	batch  *pgx.Batch
	set    map[string]any
	flags  []string
	starts map[clock.Code]beginning
	clocks clock.Table
	said   sayer // how the move leaves its matter
	law    *Table

	recorded bool
}

// Queue adds a statement to the move's own batch; a failure undoes the move.
func (s *Step) Queue(sql string, args pg.Args) { s.batch.Queue(sql, args) }

// Record is what the event keeps of the move, instead of the act's own data:
// for what only the effect learns, such as the digest of a signed paper. It is said at
// once: a second time would take the first away.
func (s *Step) Record(data any) {
	if s.recorded {
		panic("workflow: an effect records twice")
	}
	s.Act.Data, s.recorded = data, true
}

// Word fills a name of the public sentence that only the effect knows.
func (s *Step) Word(name, word string) { s.Act.Words[name] = word }

// Flag sets a flag of the matter.
func (s *Step) Flag(flag string) { s.flags = append(s.flags, flag) }

// Start starts a clock that only some moves of this row start, as the row says, at a time
// when its term began.
func (s *Step) Start(code clock.Code, since time.Time) {
	s.begin(code, beginning{since: since})
}

// StartOn starts one whose last day is given: it is in no rule, the matter says it.
func (s *Step) StartOn(code clock.Code, last clock.Date) {
	s.begin(code, beginning{since: s.At, last: last})
}

// beginning is how a clock starts.
type beginning struct {
	since time.Time
	last  clock.Date // where it is given
	more  clock.Span // what the one before was extended by, and this one with it
}

func (s *Step) begin(code clock.Code, b beginning) {
	if !slices.Contains(s.Move.MayStart, code) {
		panic("workflow: " + string(s.Move.Action) + " starts " + string(code) + ", and its row does not say so")
	}
	s.starts[code] = b
}

// Lead leads to a state that only the matter's own course can tell, as the row says.
func (s *Step) Lead(to State) {
	if !slices.Contains(s.Move.MayLead, to) {
		panic("workflow: " + string(s.Move.Action) + " leads to " + string(to) + ", and its row does not say so")
	}
	s.Move.To = to
}

// Stop stops a clock that only some moves of this row stop.
func (s *Step) Stop(code clock.Code) {
	s.Queue(`UPDATE clock SET stopped_seq = @seq, stopped_at = @at WHERE matter_id = @id AND rule = @rule AND stopped_at IS NULL`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "at": s.At, "rule": string(code)})
}

// Due is the end of a clock that this move starts; false when no rule is in force.
func (s *Step) Due(code clock.Code) (clock.Due, bool) { return s.clocks.Due(code, s.At) }

// SetUnit settles whose the matter is, or whom it is about; empty is nobody's.
func (s *Step) SetUnit(code string) { s.set["unit"] = nullIfEmpty(code) }

// SetCategory settles what it is about.
func (s *Step) SetCategory(code string) { s.set["category"] = code }

// Said is a sentence with the lengths of the terms that it speaks of, as they are now.
func (s *Step) Said(sentence string) string { return s.clocks.Said(sentence, clock.On(s.At)) }

// Effect is what a noun adds to a move, inside its transaction.
type Effect func(ctx context.Context, s *Step) error

// Do carries out a move: lock and guard, the noun's effect, event, clocks,
// letters and form token, all in one transaction. A move that somebody else
// made impossible is a Conflict that says who did what.
//
// Round trips: lock 1, what the effect asks, everything else 1, and what came of it
// bound to the event with the commit 1.
func (e *Engine) Do(ctx context.Context, t *Table, a Act, effect Effect) (Done, error) {
	// Before a connection is held: the book may have to load on one itself.
	clocks, err := e.Clocks.Table(ctx)
	if err != nil {
		return Done{}, err
	}
	conn, err := e.Pool.Acquire(ctx)
	if err != nil {
		return Done{}, fmt.Errorf("move %s: %w", a.Action, pg.Safe(err))
	}
	defer conn.Release()
	done, err := e.do(ctx, conn, t, a, effect, clocks)
	if err != nil || done.Repeated {
		// The transaction is open when the guard refused; a failed rollback
		// leaves a broken connection, which the pool throws away.
		_, _ = conn.Exec(context.WithoutCancel(ctx), `ROLLBACK`)
	}
	return done, err
}

func (e *Engine) do(ctx context.Context, conn *pgxpool.Conn, t *Table, a Act, effect Effect, clocks clock.Table) (Done, error) {
	m, before, err := e.lock(ctx, conn, t, a)
	if err != nil {
		return Done{}, err
	}
	if before != nil {
		before.State = m.State
		return *before, nil
	}
	row, by, err := t.pick(m, a, e.Now())
	if err != nil {
		return Done{}, e.explain(ctx, conn, t, m, a, err)
	}
	a.By = by.signs(m)
	if seen := row.Seen; seen != "" && a.Answers.Get(seen) != m.Seen[seen] {
		return Done{}, fault.New(fault.Conflict, "%s", strings.ReplaceAll(t.Seen[seen].Changed, "{now}", m.Seen[seen]))
	}
	if over := row.Over; a.over(over) && a.Answers.Get(over) != m.Seen[over] {
		return Done{}, fault.New(fault.Conflict, "%s", strings.ReplaceAll(t.Seen[over].Changed, "{now}", m.Seen[over]))
	}
	if err := fault.Fields(row.faultsOf(m, a.Answers, e.Now())); err != nil {
		return Done{}, err
	}
	if a.Words == nil {
		a.Words = map[string]string{}
	}
	step := &Step{
		Matter: m, Move: row, Act: a, Seq: m.Seq + 1, At: e.Now().UTC().Truncate(time.Microsecond),
		Dates: clocks.Calendar, Conn: conn, batch: &pgx.Batch{}, set: map[string]any{}, starts: map[clock.Code]beginning{}, flags: slices.Clone(row.Sets), clocks: clocks, law: t,
	}
	if row.Seen != "" {
		step.Act.Data = map[string]string{row.Seen: m.Seen[row.Seen]}
	}
	if effect != nil {
		if err := effect(ctx, step); err != nil {
			return Done{}, err
		}
	}
	step.choose()
	entry, err := e.seal(m, step)
	if err != nil {
		return Done{}, err
	}
	// The event is sealed last, so that it can tell what the effect did, and
	// written first: what the effect queued refers to it.
	effects := step.batch.QueuedQueries
	step.batch = &pgx.Batch{}
	step.batch.Queue(insertEvent, eventArgs(m.ID, entry, a.By))
	step.batch.QueuedQueries = append(step.batch.QueuedQueries, effects...)
	step.finish(t, entry, clocks)
	if err := conn.SendBatch(ctx, step.batch).Close(); err != nil {
		return Done{}, refusal(err)
	}
	if err := e.commit(ctx, conn, step, entry); err != nil {
		return Done{}, refusal(err)
	}
	return Done{Number: m.Number, Action: a.Action, Seq: step.Seq, At: step.At, State: State(entry.To)}, nil
}

// over says whether the form of a move tells what it was filled in over. Who acts without
// a page, as a command does, has none.
func (a Act) over(name string) bool { return name != "" && len(a.Answers[name]) > 0 }

// pick finds the row that fits the state, the person and the facts, and as who they do it.
func (t *Table) pick(m *Matter, a Act, at time.Time) (Move, Actor, error) {
	rows := t.Rows(a.Action)
	if len(rows) == 0 {
		return Move{}, a.By, fault.New(fault.NotFound, "没有这一步。")
	}
	mayEver, barred := false, ""
	for _, row := range rows {
		by, fits := row.suits(m, a.By)
		if !fits {
			continue
		}
		mayEver = true
		if !slices.Contains(row.From, m.State) {
			continue
		}
		why := t.bar(row, m, by, at)
		switch {
		case why == "":
			return row, by, nil
		case row.Quiet && row.lacks(m): // it is another row's
			barred = cmp.Or(barred, why)
			continue
		}
		return Move{}, by, fault.New(fault.Forbidden, "%s", why)
	}
	switch {
	case barred != "":
		return Move{}, a.By, fault.New(fault.Forbidden, "%s", barred)
	case !mayEver:
		return Move{}, a.By, fault.New(fault.Forbidden, "这一步不由您来办。")
	}
	return Move{}, a.By, fault.New(fault.Conflict, "现在是“%s”，不能再办这一步。", t.State(m.State).Word)
}

// explain tells the loser of a race who was first, when and with what.
func (e *Engine) explain(ctx context.Context, conn *pgxpool.Conn, t *Table, m *Matter, a Act, err error) error {
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	if a.Unlock != nil {
		return fault.New(fault.Conflict, "这件%s有了新的进展，现在是“%s”，这一步已经不能办了。", t.Noun, t.State(m.State).Word)
	}
	type last struct {
		ActorName string
		Action    Action
		At        time.Time
	}
	// What they do not read of is passed over: that it was done would be told by this.
	was, lastErr := pg.One[last](ctx, conn, `
		SELECT actor_name, action, at FROM event WHERE matter_id = @id AND action <> ALL (@withheld::text[]) ORDER BY seq DESC LIMIT 1`,
		pg.Args{"id": m.ID, "withheld": t.withheld(a.By)})
	if lastErr != nil {
		return fmt.Errorf("who was first: %w", lastErr)
	}
	who, format := was.ActorName, "15:04"
	if who == "" { // the minute of what a complainant did is nobody's
		who, format = "投诉人", "1月2日"
	}
	return fault.New(fault.Conflict, "这一步没有做成，%s先办了。%s %s 已“%s”，现在是“%s”。您写的内容还在下面，没有丢。",
		who, who, clock.Local(was.At).Format(format), t.label(was.Action), t.State(m.State).Word)
}

// seal makes the event of a move and hangs it on the matter's chain.
func (e *Engine) seal(m *Matter, s *Step) (*chain.Entry, error) {
	to := s.Move.To
	if to == "" {
		to = m.State
	}
	entry := &chain.Entry{
		Number: m.Number, Seq: s.Seq, At: s.At, From: string(m.State), To: string(to),
		PublicText: fill(s.Move.Public, s.Act.Words),
	}
	return entry, e.sign(entry, s.Act, m.Head)
}

// sign completes an event with who did it and hangs it on the chain.
func (e *Engine) sign(entry *chain.Entry, a Act, prev []byte) error {
	if a.Data != nil {
		raw, err := json.Marshal(a.Data)
		if err != nil {
			return fmt.Errorf("event data: %w", err)
		}
		entry.Data = raw
	}
	entry.ActorKind, entry.ActorID, entry.ActorName, entry.Role = a.By.kind(), a.By.id(), a.By.Name, string(a.By.Role)
	entry.Action, entry.Note = string(a.Action), a.Note
	if err := chain.Seal(entry, e.Key, prev, e.Random); err != nil {
		return fmt.Errorf("seal event: %w", err)
	}
	return nil
}

// kind is what the database calls an actor.
func (a Actor) kind() string {
	switch a.Role {
	case staff.Complainant, staff.Member, staff.System:
		return string(a.Role)
	default:
		return chain.Staff
	}
}

// id is what the chain calls an actor; staff and members have one.
func (a Actor) id() string {
	if id := max(a.StaffID, a.MemberID); id != 0 {
		return strconv.FormatInt(id, 10)
	}
	return ""
}
