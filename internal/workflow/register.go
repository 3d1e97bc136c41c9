package workflow

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

const insertEvent = `
	INSERT INTO event (matter_id, seq, at, actor, staff_id, member_id, actor_name, role, action, from_state, to_state,
		public_text, note, data, salt, commitment, prev, hash, key_id)
	VALUES (@matter, @seq, @at, @actor, @staff, @member, @actor_name, @role, @action, @from, @to,
		@public_text, @note, @data, @salt, @commitment, @prev, @hash, @key_id)`

func eventArgs(matter int64, e *chain.Entry, by Actor) pg.Args {
	return pg.Args{
		"matter": matter, "seq": e.Seq, "at": e.At, "actor": e.ActorKind, "staff": idOrNull(by.StaffID), "member": idOrNull(by.MemberID), "actor_name": e.ActorName,
		"role": e.Role, "action": e.Action, "from": e.From, "to": e.To, "public_text": e.PublicText, "note": e.Note,
		"data": string(e.Data), "salt": e.Salt, "commitment": e.Commitment, "prev": e.Prev, "hash": e.Hash, "key_id": e.KeyID,
	}
}

func idOrNull(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// locking is the first round trip of a move: begin, open the portal's one
// matter, lock it, and read what the guard needs. What is read after the lock
// sees what the winner of a race wrote.
type locking struct {
	batch  pgx.Batch
	m      Matter
	now    time.Time
	absent bool
	before *Done // the same form was carried out already
}

// Opens is the statement that has a batch, or a transaction, see the one matter that is
// open to an outsider; its argument is the hash in hexadecimal.
const Opens = `SELECT set_config('zhengxin.unlock', $1, true)`

// Look reads what the guard of an outsider's moves needs of the matter that is open to
// them, and locks nothing. It is one batch, which is a transaction by itself.
func (e *Engine) Look(ctx context.Context, t *Table, a Act) (*Matter, error) {
	l := &locking{now: e.Now()}
	l.batch.Queue(Opens, hex.EncodeToString(a.Unlock))
	l.queueMatter(t, a, ``)
	l.queueTerms(a)
	l.m.Seen = map[string]string{}
	for _, m := range t.Moves {
		if slices.Contains(m.By, a.By.Role) {
			l.queueSaw(t, a, m.Seen)
			l.queueSaw(t, a, m.Over)
		}
	}
	if err := e.Pool.SendBatch(ctx, &l.batch).Close(); err != nil {
		return nil, fmt.Errorf("look at matter: %w", pg.Safe(err))
	}
	if l.absent {
		return nil, fault.New(fault.NotFound, "")
	}
	return &l.m, nil
}

func (e *Engine) lock(ctx context.Context, conn *pgxpool.Conn, t *Table, a Act) (*Matter, *Done, error) {
	l := &locking{now: e.Now()}
	l.batch.Queue(`BEGIN`)
	if a.Unlock != nil {
		l.batch.Queue(Opens, hex.EncodeToString(a.Unlock))
	}
	l.queueMatter(t, a, ` FOR UPDATE OF m`)
	l.queueAssignments(a)
	if a.Unlock == nil {
		l.queueLastBy(t, a)
	}
	l.queueTerms(a)
	l.queueSeen(t, a)
	l.queueToday(t, a)
	l.queueReached(t, a)
	l.queueAbove(t, a)
	l.queueSaid(a)
	l.queueToken(a)
	if err := conn.SendBatch(ctx, &l.batch).Close(); err != nil {
		return nil, nil, fmt.Errorf("lock matter: %w", pg.Safe(err))
	}
	if l.absent {
		return nil, nil, fault.New(fault.NotFound, "没有这一件，或者不归您看。")
	}
	if l.before != nil && l.before.Number != l.m.Number {
		return nil, nil, fault.New(fault.Conflict, "这张表属于另一件，没有办理。请回到那一件的页面重新打开。")
	}
	return &l.m, l.before, nil
}

func (l *locking) queueMatter(t *Table, a Act, lock string) {
	scope := t.Reading(a.Scope, l.now)
	if a.Scope.SQL == "" { // the portal's row-level security and the system need none
		scope = t.reading(staff.Scope{SQL: `true`, Flags: `m.flags`}, l.now, func(flag string) bool { return t.asks(a.By.Role, flag) })
	}
	l.batch.Queue(`
		SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, ''), coalesce(m.category, ''), m.title, `+scope.Flags+`, `+t.ClassSQL()+`, m.seq, m.head, m.salt
		FROM matter m WHERE m.number = @number AND m.kind = @kind AND `+scope.SQL+lock,
		scope.With(pg.Args{"number": a.Number, "kind": string(t.Kind)})).QueryRow(func(row pgx.Row) error {
		m := &l.m
		var class string
		err := row.Scan(&m.ID, &m.Kind, &m.Number, &m.State, &m.Unit, &m.Category, &m.Title, &m.Flags, &class, &m.Seq, &m.Head, &m.held.salt)
		m.Class = ClassOf(class)
		l.absent = errors.Is(err, pgx.ErrNoRows)
		if l.absent {
			return nil
		}
		return err
	})
}

func (l *locking) queueAssignments(a Act) {
	l.batch.Queue(`
		SELECT unit, part, signed_at IS NOT NULL, opinion_at IS NOT NULL, coalesce(assigned, 0) FROM assignment
		WHERE matter_id = (SELECT id FROM matter WHERE number = @number) AND ended_at IS NULL`,
		pg.Args{"number": a.Number}).Query(func(rows pgx.Rows) (err error) {
		l.m.Assignments, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Assignment])
		return err
	})
}

func (l *locking) queueLastBy(t *Table, a Act) {
	l.batch.Queue(t.DoneBySQL(`(SELECT id FROM matter WHERE number = @number)`), pg.Args{"number": a.Number, "afresh": t.afresh()}).Query(l.m.ReadDoneBy)
}

func (l *locking) queueTerms(a Act) {
	l.batch.Queue(TermsSQL+`(SELECT id FROM matter WHERE number = @number)`+TermsOrder, pg.Args{"number": a.Number}).Query(l.m.ReadTerms)
}

// queueSeen reads what the move binds, as it stands under the lock.
func (l *locking) queueSeen(t *Table, a Act) {
	l.m.Seen = map[string]string{}
	for _, row := range t.Rows(a.Action) {
		name := row.Seen
		if a.over(row.Over) {
			name = row.Over
		}
		l.queueSaw(t, a, name)
	}
}

func (l *locking) queueSaw(t *Table, a Act, name string) {
	if _, queued := l.m.Seen[name]; name == "" || queued {
		return
	}
	l.m.Seen[name] = ""
	l.batch.Queue(`SELECT `+t.Seen[name].SQL+` FROM matter m WHERE m.number = @number AND m.kind = @kind`,
		pg.Args{"number": a.Number, "kind": string(t.Kind)}).QueryRow(func(r pgx.Row) error {
		var value string
		err := r.Scan(&value)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil // the matter is not there, which is said before
		}
		l.m.Seen[name] = value
		return err
	})
}

// queueToday counts what an outsider did since this time yesterday, where that is
// bounded.
func (l *locking) queueToday(t *Table, a Act) {
	if !slices.ContainsFunc(t.Rows(a.Action), func(m Move) bool { return m.Often.Most > 0 }) {
		return
	}
	l.batch.Queue(`
		SELECT count(*) FROM event WHERE matter_id = (SELECT id FROM matter WHERE number = @number) AND action = @action AND at > @since`,
		pg.Args{"number": a.Number, "action": string(a.Action), "since": l.now.Add(-24 * time.Hour)}).QueryRow(func(r pgx.Row) error {
		var n int
		err := r.Scan(&n)
		l.m.Today = map[Action]int{a.Action: n}
		return err
	})
}

// queueReached reads which members a letter about the matter reaches, where the move
// writes them one.
func (l *locking) queueReached(t *Table, a Act) {
	if a.Unlock != nil || !slices.ContainsFunc(t.Rows(a.Action), func(m Move) bool { return slices.ContainsFunc(m.Tells, tellsMembers) }) {
		return
	}
	l.batch.Queue(`SELECT r.member_id FROM member_reached r WHERE r.matter_id = (SELECT id FROM matter WHERE number = @number) ORDER BY 1`,
		pg.Args{"number": a.Number}).Query(func(rows pgx.Rows) (err error) {
		l.m.reached, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
}

// queueAbove reads whether there is a unit above that may be told, where the move tells it.
func (l *locking) queueAbove(t *Table, a Act) {
	if !slices.ContainsFunc(t.Rows(a.Action), func(m Move) bool {
		return slices.ContainsFunc(m.Tells, func(t Tell) bool { return t.To == letter.ToAbove })
	}) {
		return
	}
	l.batch.Queue(`SELECT unit_above((SELECT id FROM matter WHERE number = @number)) IS NOT NULL`, pg.Args{"number": a.Number}).QueryRow(func(row pgx.Row) error {
		return row.Scan(&l.m.above)
	})
}

func tellsMembers(t Tell) bool { return t.To == letter.ToMembers }

func (l *locking) queueToken(a Act) {
	if a.Token == nil {
		return
	}
	l.batch.Queue(`SELECT number, seq, action, at FROM form_receipt(@token)`,
		pg.Args{"token": key.Hash(a.Token)}).QueryRow(func(row pgx.Row) error {
		done := Done{Repeated: true}
		err := row.Scan(&done.Number, &done.Seq, &done.Action, &done.At)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		l.before = &done
		return err
	})
}

// finish queues all that every move does but the commit, and reads what came of it.
func (s *Step) finish(t *Table, entry *chain.Entry, clocks clock.Table) {
	to := State(entry.To)
	phase := t.State(to).Phase
	ended := phase == Over
	s.queueUnits()
	s.queueClocks(ended, t.keeps(to), clocks)
	s.queueMatter(to, phase, entry.Hash)
	for _, tell := range s.Move.Tells {
		s.Tell(tell)
	}
	if s.Act.Token != nil {
		s.Queue(`INSERT INTO form_token (token_hash, matter_id, seq, action, at) VALUES (@token, @id, @seq, @action, @at)`,
			pg.Args{"token": key.Hash(s.Act.Token), "id": s.Matter.ID, "seq": s.Seq, "action": string(s.Act.Action), "at": s.At})
	}
	if s.Move.Writes {
		s.Queue(`SELECT enqueue('index_text', jsonb_build_object('matter', @id::bigint))`, pg.Args{"id": s.Matter.ID})
	}
	if s.Act.By.StaffID != 0 {
		s.dropDraft()
	}
	s.queueSaid(entry)
}

// Tell writes a letter down with the move, to whom there is a way to.
func (s *Step) Tell(tell Tell) {
	if tell.To == letter.ToComplainant && !s.Matter.Has(Reachable) {
		return
	}
	if tell.To == letter.ToAbove && !s.Matter.above {
		return // the supervising office is told by the same move
	}
	if tellsMembers(tell) {
		for _, id := range s.Matter.reached {
			s.Tell(Tell{Template: tell.Template, To: letter.ToMember(id)})
		}
		return
	}
	at := s.goes(tell)
	message := letter.QueueOrder(s.batch, letter.Order{Matter: s.Matter.ID, Seq: s.Seq, Template: tell.Template, Recipient: tell.To, At: at})
	s.said.letter(s.Seq, tell.Template, tell.To, message, at)
}

// goes is when a letter goes out: at once, but for one that tells an office what
// somebody without a name did. It goes when the day is over: its Date, its place among
// the others and the moment at which it arrives would all tell the minute, which could
// be held against who sat at a computer then. On the desk it stands at once, by the day.
func (s *Step) goes(tell Tell) time.Time {
	if tell.To == letter.ToComplainant || s.Act.By.Role != staff.Complainant || !s.Matter.Has(Anonymous) {
		return s.At
	}
	return clock.On(s.At).Ends().Add(-time.Second)
}

// DraftOf is the field in which a form of the desk names the draft that it was filled with.
const DraftOf = "draft_of"

// dropDraft throws away what the person had kept of this very form, since with the move
// it is sent: what its page saved and what it was filled with. What another window wrote
// meanwhile was not.
func (s *Step) dropDraft() {
	s.Queue(`DELETE FROM desk_draft d WHERE d.staff_id = @staff AND d.matter_id = @id AND d.form = @form AND `+staff.DraftOfPage,
		pg.Args{"staff": s.Act.By.StaffID, "id": s.Matter.ID, "form": string(s.Act.Action), "page": key.Hash(s.Act.Token), "of": s.Act.Answers.Get(DraftOf)})
}

// queueUnits writes what the move says of the units that have the matter.
func (s *Step) queueUnits() {
	of := func(more pg.Args) pg.Args {
		args := pg.Args{"id": s.Matter.ID, "at": s.At}
		maps.Copy(args, more)
		return args
	}
	switch s.Move.Marks {
	case MarkSigned:
		s.Queue(`UPDATE assignment SET signed_at = coalesce(signed_at, @at), signed_by = coalesce(signed_by, @by)
			WHERE matter_id = @id AND unit = @unit AND ended_at IS NULL`, of(pg.Args{"by": s.Act.By.StaffID, "unit": s.Act.By.Unit}))
	case MarkOpinion:
		s.Queue(`UPDATE assignment SET opinion_at = coalesce(opinion_at, @at) WHERE matter_id = @id AND unit = @unit AND ended_at IS NULL`, of(pg.Args{"unit": s.Act.By.Unit}))
	}
	if s.Move.Recalls {
		s.Queue(`UPDATE assignment SET ended_at = @at WHERE matter_id = @id AND ended_at IS NULL`, of(nil))
	}
}

func (s *Step) queueClocks(ended bool, keeps []string, clocks clock.Table) {
	if len(s.Move.Stops) > 0 || ended {
		stops := slices.DeleteFunc(slices.Clone(s.Move.Stops), s.stays)
		s.Queue(`
			UPDATE clock SET stopped_seq = @seq, stopped_at = @at
			WHERE matter_id = @id AND stopped_at IS NULL AND (@all AND rule <> ALL (@keeps) OR rule = ANY (@rules))`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "at": s.At, "all": ended, "keeps": keeps, "rules": stops})
	}
	for _, code := range s.Move.Starts {
		if !s.stays(code) {
			s.start(code, beginning{since: s.At}, clocks)
		}
	}
	for code, b := range s.starts {
		s.start(code, b, clocks)
	}
	for _, code := range s.Move.Arrives {
		s.start(code, beginning{since: clocks.Calendar.NextWorking(clock.On(s.At)).Begins()}, clocks)
	}
}

// stays says that a move which stops and starts a clock leaves it as it runs: it
// began before.
func (s *Step) stays(code clock.Code) bool {
	term := s.Matter.Terms[code]
	return slices.Contains(s.Move.Starts, code) && slices.Contains(s.Move.Stops, code) && term.Running && !term.Started.After(s.At)
}

func (s *Step) start(code clock.Code, b beginning, clocks clock.Table) {
	var spans []clock.Span
	if b.more.Count > 0 {
		spans = []clock.Span{b.more}
	}
	due, ok := clocks.Due(code, b.since, spans...)
	if !b.last.IsZero() {
		due, ok = clocks.DueOn(code, b.since, b.last)
	}
	if !ok {
		return // no rule is in force: see clock.Table.Lacking
	}
	for _, one := range spans {
		s.queueSpan(code, s.Seq, one, "")
	}
	s.Queue(`
		INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, provisional, derivation, right_only, calendar)
		VALUES (@id, @rule, @version, @seq, @started, @on::date, @due, @provisional, @derivation, @right, @calendar)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "rule": string(due.Rule), "version": due.Version, "started": due.Started,
			"on": due.On.String(), "due": due.At, "provisional": due.Provisional, "derivation": due.Derivation, "right": due.Right, "calendar": clocks.Calendar.Newest()})
}

// queueMemberFlags writes flags by the function that knows which ones members write.
func (s *Step) queueMemberFlags(flags pg.Args) { s.Queue(`SELECT member_flags(@sets, @clears)`, flags) }

// queueMatter writes the move into the matter itself, after the clocks, so
// that its nearest due time counts those just stopped and started. The guard
// is a second bolt on the lock.
func (s *Step) queueMatter(to State, phase Phase, head []byte) {
	args := pg.Args{"id": s.Matter.ID, "from": string(s.Matter.State), "before": s.Matter.Seq,
		"to": string(to), "seq": s.Seq, "head": head, "phase": int(phase), "ended": phase == Over, "at": s.At}
	set, flags := "", pg.Args{"sets": append([]string{}, s.flags...), "clears": append([]string{}, s.Move.Clears...)}
	switch {
	case s.Act.Unlock == nil: // the portal may not touch these columns
		set = `flags = ARRAY(SELECT unnest(flags) EXCEPT SELECT unnest(@clears::text[]) UNION SELECT unnest(@sets::text[])), `
		maps.Copy(args, flags)
		for column, value := range s.set {
			set += column + ` = @` + column + `, `
			args[column] = value
		}
	case s.Act.By.Role == staff.Member && len(s.flags)+len(s.Move.Clears) > 0:
		s.queueMemberFlags(flags)
	}
	s.Queue(`
		UPDATE matter SET `+set+`state = @to, phase = @phase, seq = @seq, head = @head,
			closed_at = CASE WHEN @ended THEN coalesce(closed_at, @at) END,
			due_at = coalesce((SELECT min(due_at) FROM clock WHERE matter_id = @id AND stopped_at IS NULL AND NOT right_only), 'infinity')
		WHERE id = @id AND state = @from AND seq = @before`, args)
}

// refusal turns the guards of the database into sentences: of routing, and of
// the time that an event bears.
func refusal(err error) error {
	switch pg.Code(err) {
	case "ZX001":
		return fault.New(fault.Forbidden, "不能派给这个单位：它是被投诉单位、这件投诉里写过的单位、它们的下属，或者有利害关系的单位。")
	case "ZX002":
		return fault.New(fault.Forbidden, "检举控告不能派给单位办理，只能转送或者移送有权机关（《信访工作条例》第三十条）。")
	case "ZX003":
		return fault.New(fault.Forbidden, "被投诉单位还没有确定，先确定再派单。")
	case "ZX008":
		return fault.New(fault.Forbidden, "不能派给这个单位：它已经撤销，或者还没有成立。请派给接替它的单位（《信访工作条例》第二十四条）。")
	case "ZX007":
		return fault.New(fault.Forbidden, "没有解除。回避只能由没有确定过单位的另一个人解除一次，现在的被投诉单位不能解除。")
	case "ZX090":
		return fault.New(fault.Forbidden, "没有并案。已经并进别的一件的、别的并进它的，不能再并；推选的代表最多 5 人（《信访工作条例》第二十条）。")
	case "ZX091":
		return fault.New(fault.Forbidden, "没有办。这个单位或者它的上级正在办同一件投诉里的另一件。先收回那一件的派单。")
	case "ZX081":
		return fault.New(fault.Conflict, "没有办成，没有保存：工作台的时间和数据库的时间对不上，记下的时间会不对。请告诉管理员校准时间，再交一次。")
	}
	return pg.Safe(err)
}
