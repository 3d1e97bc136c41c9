package register

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Dossier is one matter as one member of staff may read it; each noun's own has it
// inside and adds what only it knows.
//
// Stripped says that the reader is of a handling unit, in a register where the
// unit of a matter is accused, or which keeps the desk's words for the desk. They see what has been done, but nothing of who
// complains: no letters to the complainant, no openings and the reasons for them,
// and of internal notes those of their own unit and those made since it has the
// matter in hand, not what the desk wrote before.
type Dossier struct {
	Matter        workflow.Matter
	terms         clock.Table // how long each term is now
	OpenedAt      time.Time
	Coarse        bool // OpenedAt, and what an outsider did, by the day alone: see coarse
	ClosedAt      *time.Time
	UnitName      string
	CategoryTitle string
	Stripped      bool
	Closed        bool        // nothing of it is read before its reader opens it: see Kind.Closed
	Events        []Happening // newest first
	Clocks        []workflow.Clock
	Hands         []Assigned // those who have it first, then those who had it
	Letters       []letter.Entry
	Barred        []Barred                     // units that it can never be given to, the accused first
	Bars          []workflow.Bar               // who was named on it; not for a unit's staff
	Staffing      map[string]Staffing          // by unit, who could work on it; not for a unit's staff
	Documents     []document.Document          // newest first; not for who is Stripped, but of what their unit works on as its own
	Promises      promise.List                 // by point, in the order in which they were made
	TimeAsked     []extension.Request          // for more time, or for a term to stand still: not decided yet
	Requests      request.List                 // what is asked of somebody; of who reads for a unit, what that unit proposed
	Offered       map[string][]workflow.Option // by need, what the matter itself has to choose from
	Issuer        Issuer                       // who would sign the next
	Notice        *notice.Record               // what was published of it last; nil when nothing was
	Now           time.Time                    // when it was read
	Colleagues    []Colleague                  // of its reader's unit, who can have it in hand; for a unit's staff
	kind          *Kind
	reader        staff.Person
}

// Happening is one event. Words is what an outsider wrote with it.
type Happening struct {
	Seq     int64
	At      time.Time
	StaffID int64 // 0 when it was not staff
	Name    string
	Unit    string
	Role    staff.Role
	Action  workflow.Action
	To      workflow.State
	Public  string
	Note    string
	Words   string
	Apart   bool // no handling unit reads the words
	Coarse  bool // At is the day alone
}

// Told is one line of what somebody outside the office is told of a matter.
type Told struct {
	At     time.Time
	Role   staff.Role
	Action workflow.Action
	Text   string
}

// Assigned is a unit that has or had the matter in hand.
type Assigned struct {
	Unit      string
	Name      string
	Part      string // lead or co
	Since     time.Time
	Signed    *time.Time
	SignedBy  string
	OpinionAt *time.Time
	Ended     *time.Time
	Person    string // who of it has it in hand; empty: whoever comes first
}

// Why a unit is barred.
const (
	BarredAccused  = "accused"
	BarredNamed    = "named" // written on it once, or its words may mean it
	BarredKin      = "kin"   // what one of these was or became
	BarredBelow    = "below"
	BarredConflict = "conflict"
)

// Barred is a unit that a matter can never be given to.
type Barred struct {
	Code string
	Name string
	Why  string
}

// Base is the dossier itself, for pages that show one of any kind.
func (d *Dossier) Base() *Dossier { return d }

// Lead is the unit that leads now; false when none does.
func (d *Dossier) Lead() (Assigned, bool) {
	for _, h := range d.Hands {
		if h.Part == "lead" && h.Ended == nil {
			return h, true
		}
	}
	return Assigned{}, false
}

// Holder is who has it in hand now; empty when nobody has.
func (d *Dossier) Holder() string {
	lead, ok := d.Lead()
	if !ok {
		lead.Name = "承办单位"
	}
	return d.kind.Holder(d.Matter.State, lead.Name) + d.kind.inHand(d.Matter.State, lead.Person)
}

// Releasable are the bars that a second person may release.
func (d *Dossier) Releasable() []workflow.Bar { return workflow.Releasable(d.Bars, d.Matter.Unit) }

// Choices are the moves that the law gives this person now.
func (d *Dossier) Choices(p staff.Person) []workflow.Choice {
	all := d.kind.Law.Choices(&d.Matter, workflow.ActorOf(p), d.Now)
	for i := range all {
		all[i].Effect = d.terms.Said(all[i].Effect, clock.On(d.Now))
	}
	return all
}

// First is the move that leads on for this person; empty when none does.
func (d *Dossier) First(p staff.Person) workflow.Action {
	m, _ := d.kind.Law.First(&d.Matter, workflow.ActorOf(p), d.Now)
	return m.Action
}

// Offers says whether this person may do that now.
func (d *Dossier) Offers(p staff.Person, a workflow.Action) bool {
	return slices.ContainsFunc(d.Choices(p), func(c workflow.Choice) bool { return c.Action == a && c.Why == "" })
}

// This is the id of the matter that a Reading reads, in every statement of it after
// the first, which sets it under the reader's scope; null, and so no row, where they
// may not know of it.
const This = `(SELECT nullif(current_setting('zhengxin.matter', true), '')::bigint)`

// Reading is one read under way: one round trip and one snapshot.
type Reading struct {
	batch  pgx.Batch
	d      *Dossier
	kind   *Kind
	person staff.Person
	absent bool
}

// Queue adds a statement to the read; This stands in it for the matter's id.
func (q *Reading) Queue(sql string, args pg.Args) *pgx.QueuedQuery {
	if args == nil {
		args = pg.Args{}
	}
	return q.batch.Queue(sql, args)
}

// Unit is the unit whose staff reads; empty for those who see everything.
func (q *Reading) Unit() string {
	if q.d.Stripped {
		return cmp.Or(q.person.Unit, "-") // nobody's, and not everything
	}
	return ""
}

// Scope is which matters the reader may know of.
func (q *Reading) Scope() staff.Scope { return q.person.Scope() }

// Collect reads all rows of a query into a list, by the order of their columns.
func Collect[T any](into *[]T) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByPos[T])
		return err
	}
}

// Read reads a matter into d, in one round trip and one snapshot, with what more
// queues. A matter outside the person's scope is NotFound, as one that does not
// exist.
func (r *Register) Read(ctx context.Context, p staff.Person, number string, d *Dossier, more ...func(*Reading)) error {
	d.reader = p
	d.Now, d.kind, d.Stripped = r.Engine.Now(), r.Kind, p.Role.OfUnit() && (r.Kind.Law.Unit == workflow.Accused || r.Kind.Reserved) || r.Kind.consented(p.Role)
	terms, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	d.terms = terms
	q := &Reading{d: d, kind: r.Kind, person: p}
	q.batch.Queue(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
	q.matter(r.Kind.Law.Reading(p.Scope(), d.Now), number)
	q.events()
	q.clocks()
	q.letters(number)
	q.bars()
	if r.Kind.Given {
		q.hands()
		q.barred()
		q.staffing()
		q.colleagues()
	}
	if len(r.Kind.Papers) > 0 && (!d.Stripped || r.Kind.Law.Unit == workflow.Owner) {
		q.papers()
	}
	if r.Kind.Publicity.Kind != "" {
		q.publicity()
	}
	if r.Kind.Extends() {
		q.Queue(extension.OpenSQL+This, nil).Query(extension.Into(&d.TimeAsked))
	}
	if r.Kind.Promises {
		q.Queue(promise.OfSQL+This, nil).Query(promise.Into(&d.Promises))
	}
	if r.Kind.Requests {
		q.Queue(request.OfSQL+This+request.Order, pg.Args{"unit": q.Unit()}).Query(request.Into(&d.Requests))
	}
	for _, part := range more {
		part(q)
	}
	q.batch.Queue(`COMMIT`)
	if err := r.Pool.SendBatch(ctx, &q.batch).Close(); err != nil {
		return fmt.Errorf("read %s: %w", r.Kind.Law.Kind, pg.Safe(err))
	}
	if q.absent {
		return fault.New(fault.NotFound, "")
	}
	q.conclude()
	return nil
}

// openFor is how long an opening holds for who opened it.
const openFor = 12 * time.Hour

// matter reads the matter itself and lets the others find it, unless it is closed.
func (q *Reading) matter(scope staff.Scope, number string) {
	closed, args := `false`, pg.Args{"number": number, "kind": string(q.kind.Law.Kind)}
	if _, reads := scope.Args["scope_me"]; reads && q.kind.Closed != "" { // whoever reads nothing has no scope to ask by
		closed, args["opened_since"] = q.kind.Closed, q.d.Now.Add(-openFor)
	}
	q.batch.Queue(`
		SELECT m.id, m.kind, m.number, m.state, coalesce(m.unit, ''), coalesce(m.category, ''), m.title, `+scope.Flags+`, `+q.kind.Law.ClassSQL()+`, m.seq,
			m.opened_at, m.closed_at, coalesce(u.name, ''), coalesce(k.title, ''), set_config('zhengxin.matter', CASE WHEN `+closed+` THEN '' ELSE m.id::text END, true) = ''
		FROM matter m LEFT JOIN unit u ON u.code = m.unit LEFT JOIN category k ON k.code = m.category
		WHERE m.number = @number AND m.kind = @kind AND (`+scope.SQL+`)`,
		scope.With(args)).QueryRow(func(row pgx.Row) error {
		d := q.d
		m := &d.Matter
		var class string
		err := row.Scan(&m.ID, &m.Kind, &m.Number, &m.State, &m.Unit, &m.Category, &m.Title, &m.Flags, &class, &m.Seq,
			&d.OpenedAt, &d.ClosedAt, &d.UnitName, &d.CategoryTitle, &d.Closed)
		m.Class = workflow.ClassOf(class)
		q.absent = errors.Is(err, pgx.ErrNoRows)
		if q.absent {
			return nil
		}
		if d.Closed {
			m.Title = staff.SealedTitle
		}
		return err
	})
	q.Queue(`SELECT `+q.kind.Law.SeenSQL()+` FROM matter m WHERE m.id = `+This, nil).QueryRow(func(row pgx.Row) error {
		var seen []byte
		if err := row.Scan(&seen); err != nil {
			if errors.Is(err, pgx.ErrNoRows) {
				return nil
			}
			return err
		}
		return json.Unmarshal(seen, &q.d.Matter.Seen)
	})
}

// events leave out, for a unit's staff, what Dossier says they do not see; the
// words never leave the database.
func (q *Reading) events() {
	words := q.kind.Words
	if words == "" {
		words = `''`
	}
	apart := cmp.Or(q.kind.Apart, `false`)
	q.Queue(`
		SELECT e.seq, e.at, coalesce(e.staff_id, 0), e.actor_name, coalesce(u.name, ''), e.role, e.action, e.to_state,
			CASE WHEN @unit = '' OR e.action <> ALL (@wordless::text[]) THEN e.public_text ELSE '' END,
			CASE WHEN @unit = '' OR s.unit = @unit OR e.seq >= a.since THEN e.note ELSE '' END,
			coalesce(`+words+`, ''), @unit = '' AND `+apart+`, false
		FROM event e
			LEFT JOIN staff s ON s.id = e.staff_id
			LEFT JOIN unit u ON u.code = s.unit
			LEFT JOIN (SELECT max(d.seq) AS since FROM assignment h JOIN event d ON d.matter_id = h.matter_id
				WHERE h.matter_id = `+This+` AND h.unit = @unit AND h.ended_at IS NULL AND d.action = ANY (@gives::text[]) AND d.at = h.started_at) a ON true
		WHERE e.matter_id = `+This+`
			AND (@unit = '' OR e.action <> ALL (@hidden::text[]) AND NOT `+cmp.Or(q.kind.Hides, `false`)+`)
			AND (@unit = '' OR e.action <> ALL (@earlier::text[]) OR s.unit = @unit OR e.seq >= a.since)
		ORDER BY e.seq DESC`,
		pg.Args{"unit": q.Unit(), "hidden": q.hidden(), "wordless": q.kind.withheld(workflow.WithheldWords),
			"earlier": q.kind.withheld(workflow.WithheldEarlier), "gives": q.kind.actions(func(m workflow.Move) bool { return m.Gives })}).Query(Collect(&q.d.Events))
	afresh := q.kind.Law.Afresh()
	q.Queue(q.kind.Law.DoneBySQL(This), afresh).Query(q.d.Matter.ReadDoneBy)
}

// hidden are the actions that its reader does not know of; what they may do themselves they do.
func (q *Reading) hidden() []string {
	all := q.kind.withheld(workflow.WithheldWhole)
	if !q.kind.consented(q.person.Role) {
		return all
	}
	return slices.DeleteFunc(all, func(action string) bool { return q.kind.Law.Allows(q.person.Role, workflow.Action(action)) })
}

// withheld are the actions of which that much is withheld from a handling unit.
func (k *Kind) withheld(w workflow.Withheld) []string {
	return k.actions(func(m workflow.Move) bool { return m.Withheld == w })
}

// actions are those of the law's moves that are so.
func (k *Kind) actions(so func(workflow.Move) bool) []string {
	all := []string{}
	for _, m := range k.Law.Moves {
		if name := string(m.Action); so(m) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

func (q *Reading) clocks() {
	q.Queue(`SELECT `+workflow.ClockColumns+` FROM clock k WHERE k.matter_id = `+This+` ORDER BY stopped_at IS NOT NULL, due_at, id`, nil).
		Query(func(rows pgx.Rows) (err error) {
			q.d.Clocks, err = pgx.CollectRows(rows, pgx.RowToStructByName[workflow.Clock])
			return err
		})
}

func (q *Reading) letters(number string) {
	if q.d.Stripped {
		return
	}
	q.Queue(`
		SELECT l.id, @kind, @number, l.template, l.recipient, coalesce(u.name, ''), l.created_at, l.state, l.tries, l.done_at, l.fault_code, `+letter.IsLost+`, false
		FROM letter l LEFT JOIN unit u ON u.code = l.unit
		WHERE l.matter_id = `+This+` ORDER BY l.id DESC`, pg.Args{"kind": string(q.d.kind.Law.Kind), "number": number}).Query(Collect(&q.d.Letters))
}

// bars are who was named on it. A unit's staff learn nothing of whom else the
// complainant has written about.
func (q *Reading) bars() {
	if q.d.Stripped || q.kind.Law.Unit != workflow.Accused {
		return
	}
	q.Queue(workflow.BarsSQL+This+workflow.BarsOrder, nil).Query(Collect(&q.d.Bars))
}

// conclude fills what follows from several parts.
func (q *Reading) conclude() {
	d := q.d
	for _, h := range d.Hands {
		if h.Ended == nil {
			d.Matter.Assignments = append(d.Matter.Assignments,
				workflow.Assignment{Unit: h.Unit, Part: h.Part, Signed: h.Signed != nil, Opined: h.OpinionAt != nil})
		}
	}
	d.Matter.TakeTerms(d.Clocks)
	if q.kind.Requests {
		d.Offered = d.Requests.Offered(q.Unit())
	}
	if len(q.kind.Papers) > 0 {
		q.unready()
	}
	q.coarse()
}

// coarse leaves of what somebody without a name did the day alone, and for a
// unit's staff of what any complainant did: the minute would be held against who
// was at a computer then, and a difference would tell a unit who has no name.
func (q *Reading) coarse() {
	d := q.d
	if !d.Stripped && (q.kind.Nameless == "" || !d.Matter.Has(q.kind.Nameless)) {
		return
	}
	d.Coarse, d.OpenedAt = true, clock.On(d.OpenedAt).Begins()
	for i := range d.Events {
		if e := &d.Events[i]; e.Role == staff.Complainant {
			e.Coarse, e.At = true, clock.On(e.At).Begins()
		}
	}
	for i := range d.Letters {
		l := &d.Letters[i]
		l.Coarse, l.CreatedAt = true, clock.On(l.CreatedAt).Begins()
		if l.DoneAt != nil {
			day := clock.On(*l.DoneAt).Begins()
			l.DoneAt = &day
		}
	}
}
