package register

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"

	"github.com/jackc/pgx/v5/pgxpool"
)

// PageSize is how many matters a page of the list has.
const PageSize = 50

// Row is one matter of a list: no name, and of the text only what a search asked for.
type Row struct {
	ID            int64
	Number        string
	Title         string
	State         workflow.State
	Phase         workflow.Phase
	Flags         []string
	Unit          string // whom it is about; empty is 待定
	UnitName      string
	Category      string
	CategoryTitle string
	Lead          string // the unit that leads it now
	LeadName      string
	Person        string // who of it has it in hand, and who stands in for them
	PersonID      int64
	Due           *clock.Due  // the nearest running clock, nil when none runs
	Opened        clock.Date  // by the day alone: of somebody without a name the minute is theirs (see coarse)
	Closed        clock.Date  // zero while it is not over
	Own           []byte      // what Kind.Row made
	Details       []string    // as Kind.Details has them: see Detail
	Pressed       string      // how it was pressed, in the view of these alone
	News          []string    // what the reader has not seen yet, in a few words each
	Line          search.Line // where a search found it, beside number and title
	kind          *Kind
	place         Cursor
}

// Page is one page of a list. The cursors are zero where there is no more.
type Page struct {
	Rows []Row
	Next Cursor
	Prev Cursor
	From int // ordinal of the first row as counted by those who turned the pages
}

// listed is a row as the statement gives it.
type listed struct {
	ID          int64
	Number      string
	Title       string
	State       workflow.State
	Phase       workflow.Phase
	Flags       []string
	Unit        string
	Category    string
	OpenedAt    time.Time
	ClosedAt    *time.Time
	NextDue     *time.Time
	Lead        string
	Person      string
	PersonID    int64
	Rule        *clock.Code
	Version     *int
	StartedAt   *time.Time
	DueOn       clock.Date
	DueAt       *time.Time
	Provisional *bool
	Derivation  *string
	Own         []byte
	Details     []string
	News        []workflow.Action
	Pressed     []byte
}

// Targets are in the order of listHead.
func (l *listed) Targets() []any {
	return []any{&l.ID, &l.Number, &l.Title, &l.State, &l.Phase, &l.Flags, &l.Unit, &l.Category, &l.OpenedAt, &l.ClosedAt, &l.NextDue, &l.Lead, &l.Person, &l.PersonID,
		&l.Rule, &l.Version, &l.StartedAt, &l.DueOn, &l.DueAt, &l.Provisional, &l.Derivation, &l.Own, &l.Details, &l.News, &l.Pressed}
}

const (
	pageColumns = `m.id, m.number, ` + staff.TitleSQL + ` AS title, m.state, m.phase, m.flags, m.unit, m.category, m.opened_at, m.closed_at, m.due_at`

	// What hangs on each row is read for the rows of the page alone.
	listHead = `
	SELECT p.id, p.number, p.title, p.state, p.phase, p.flags`
	listHands = ` AS flags, coalesce(p.unit, '') AS unit, coalesce(p.category, '') AS category,
		p.opened_at, p.closed_at, nullif(p.due_at, 'infinity') AS next_due,
		coalesce((SELECT a.unit FROM assignment a WHERE a.matter_id = p.id AND a.part = 'lead' AND a.ended_at IS NULL), '') AS lead,
		coalesce(h.name, '') AS person, coalesce(h.id, 0) AS person_id,
		k.rule, k.version, k.started_at, k.due_on, k.due_at, k.provisional, k.derivation, `
	listShown   = ` AS own, `
	listNews    = ` AS details, `
	listPressed = ` AS news, `
	listFrom    = ` AS pressed FROM (`
	listTail    = `) p LEFT JOIN LATERAL (
		SELECT c.rule, c.version, c.started_at, c.due_on, c.due_at, c.provisional, c.derivation
		FROM clock c WHERE c.matter_id = p.id AND c.due_at = p.due_at AND c.stopped_at IS NULL AND NOT c.right_only LIMIT 1) k ON true
	LEFT JOIN LATERAL (
		SELECT s.id, `
	listOrder = ` AS name FROM assignment a JOIN staff s ON s.id = a.assigned WHERE a.matter_id = p.id AND a.part = 'lead' AND a.ended_at IS NULL) h ON true
	ORDER BY `
)

// handSQL is the name of somebody s who has a matter in hand, and who stands in for them on
// a day.
func handSQL(day string) string {
	return `s.name || coalesce((SELECT '（' || i.name || '代）' FROM away(` + day + `::date) w JOIN staff i ON i.id = w.stand_in WHERE w.staff_id = s.id), '')`
}

// List is a page of the matters that the scope and the filter let through,
// in one round trip, beginning after a row of an earlier page: no offset and no
// count, so that the millionth page costs what the first does.
func (r *Register) List(ctx context.Context, scope staff.Scope, f Filter, after Cursor) (Page, error) {
	page, err := r.ListOf(ctx, scope, f, after, PageSize)
	if err != nil || f.Text == "" || r.Kind.Texts.None() || len(page.Rows) == 0 {
		return page, err
	}
	return page, r.lines(ctx, scope, f.Text, page.Rows)
}

// lines shows of each matter the line in which what was typed stands. The rows were read
// under the scope; it is asked once more, since this is another moment.
func (r *Register) lines(ctx context.Context, scope staff.Scope, typed string, rows []Row) error {
	var ids []int64
	for _, row := range rows {
		if !slices.Contains(row.Flags, staff.Sealed) {
			ids = append(ids, row.ID)
		}
	}
	texts := search.Kinds{string(r.Kind.Law.Kind): r.Kind.Texts}
	all, err := pg.All[search.Words](ctx, r.Pool, texts.WordsSQL()+` WHERE m.id = ANY (@ids) AND (`+scope.SQL+`)`, scope.With(pg.Args{"ids": ids}))
	if err != nil {
		return fmt.Errorf("lines that were found: %w", err)
	}
	for _, words := range all {
		i := slices.IndexFunc(rows, func(row Row) bool { return row.ID == words.ID })
		rows[i].Line = words.Line(r.Kind.Texts, typed, r.Kind.spares(scope))
	}
	return nil
}

// ListOf is List with pages of another size, for who reads the whole list.
func (r *Register) ListOf(ctx context.Context, scope staff.Scope, f Filter, after Cursor, size int) (Page, error) {
	q := r.Kind.query(f, scope, r.Engine.Now(), "f_")
	found, err := ask[listed](ctx, r.Pool, q, q.list(after, scope, size), scope.With(q.args))
	if err != nil {
		return Page{}, fmt.Errorf("list: %w", err)
	}
	rows, err := r.named(ctx, found)
	if err != nil {
		return Page{}, err
	}
	return cut(rows, after, size), nil
}

// list is the statement of a page with what hangs on its rows.
func (q *query) list(after Cursor, scope staff.Scope, size int) string {
	own := q.kind.Row
	if own == "" {
		own = `NULL::jsonb`
	}
	flags := ``
	if scope.Stood != "" {
		flags = ` || (SELECT ` + scope.Stood + ` FROM matter m WHERE m.id = p.id)`
	}
	return listHead + flags + listHands + own + listShown + q.shown(scope) + listNews + q.news(scope) + listPressed + q.pressed() + listFrom + q.page(after, scope, size+1) + listTail + handSQL(q.arg("hand_day", q.today.String())) + listOrder + q.order("p.", after.Back)
}

// ListSQL is the statement of List, for whoever looks at its plan.
func (k *Kind) ListSQL(scope staff.Scope, f Filter, after Cursor, now time.Time) (string, pg.Args) {
	q := k.query(f, scope, now, "f_")
	return q.list(after, scope, PageSize), scope.With(q.args)
}

// ask sends a statement; some are planned each time with their values.
func ask[T any](ctx context.Context, pool *pgxpool.Pool, q *query, sql string, args pg.Args) ([]T, error) {
	if q.drawn {
		return search.All[T](ctx, pool, sql, args)
	}
	return pg.All[T](ctx, pool, sql, args)
}

// cut makes a page of what was read: one row more than fits says that there is
// more in the direction of reading.
func cut(rows []Row, after Cursor, size int) Page {
	more := len(rows) > size
	rows = rows[:min(len(rows), size)]
	p := Page{Rows: rows, From: 1}
	if after.Back {
		slices.Reverse(rows)
		p.From = max(1, after.From-len(rows))
	} else if !after.IsZero() {
		p.From = after.From
	}
	if len(rows) == 0 {
		return p
	}
	if more || after.Back {
		p.Next = rows[len(rows)-1].place
		p.Next.From = p.From + len(rows)
	}
	if !after.IsZero() && (more || !after.Back) {
		p.Prev = rows[0].place
		p.Prev.Back, p.Prev.From = true, p.From
	}
	return p
}

// named adds what the office keeps in memory: names of units and categories,
// and the term of each clock.
func (r *Register) named(ctx context.Context, found []listed) ([]Row, error) {
	units, err := r.Units.All(ctx)
	if err != nil {
		return nil, err
	}
	terms, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(found))
	for i, l := range found {
		about, _ := units.ByCode(l.Unit)
		lead, _ := units.ByCode(l.Lead)
		category, _, err := r.Categories.ByCode(ctx, l.Category)
		if err != nil {
			return nil, err
		}
		rows[i] = Row{
			ID: l.ID, Number: l.Number, Title: l.Title, State: l.State, Phase: l.Phase, Flags: l.Flags, Unit: l.Unit, UnitName: about.Name,
			Category: l.Category, CategoryTitle: category.Title, Lead: l.Lead, LeadName: lead.Name, Person: l.Person, PersonID: l.PersonID, Own: l.Own, Details: l.Details, News: r.Kind.newsWords(l.News), kind: r.Kind,
			Opened: clock.On(l.OpenedAt), place: Cursor{Phase: l.Phase, ID: l.ID},
		}
		if slices.Contains(l.Flags, staff.Sealed) { // what it says is read once it is opened
			rows[i].Own, rows[i].Details = nil, make([]string, len(l.Details))
		}
		if l.ClosedAt != nil {
			rows[i].Closed = clock.On(*l.ClosedAt)
		}
		if rows[i].Pressed, err = pressedWords(l.Pressed, clock.On(r.Engine.Now())); err != nil {
			return nil, err
		}
		if l.NextDue != nil {
			rows[i].place.Due = *l.NextDue
		}
		if l.Rule != nil {
			rows[i].Due = l.due(terms)
		}
	}
	return rows, nil
}

func (l listed) due(terms clock.Table) *clock.Due {
	due := terms.Kept(clock.Row{Rule: *l.Rule, Version: *l.Version, StartedAt: *l.StartedAt, DueOn: l.DueOn, DueAt: *l.DueAt,
		Provisional: *l.Provisional, Derivation: *l.Derivation})
	return &due
}

// Place is where a number leads to for somebody: the kind of its matter.
func (r Office) Place(ctx context.Context, scope staff.Scope, number string) (workflow.Kind, bool, error) {
	kind, err := pg.One[workflow.Kind](ctx, r.Pool, `SELECT m.kind FROM matter m WHERE m.number = @number AND (`+scope.SQL+`)`,
		scope.With(pg.Args{"number": number}))
	if pg.IsNoRows(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("place of a number: %w", err)
	}
	return kind, true, nil
}

// paperNumber is the number of an official document as people type it.
var paperNumber = regexp.MustCompile(`^(\p{Han}{1,11})\s*[〔\[（(【](\d{4})[〕\]）)】]\s*(\d{1,7})\s*号?$`)

// PlaceOfPaper is where the number of a document leads to for somebody: the
// matter that it was issued in.
func (r Office) PlaceOfPaper(ctx context.Context, scope staff.Scope, typed string) (number string, kind workflow.Kind, err error) {
	parts := paperNumber.FindStringSubmatch(typed)
	if parts == nil {
		return "", "", nil
	}
	type row struct {
		Number string
		Kind   workflow.Kind
	}
	found, err := pg.One[row](ctx, r.Pool, `
		SELECT m.number, m.kind FROM document d JOIN matter m ON m.id = d.matter_id
		WHERE d.prefix = @prefix AND d.year = @year::text::int AND d.serial = @serial::text::int AND (`+scope.SQL+`)`,
		scope.With(pg.Args{"prefix": parts[1], "year": parts[2], "serial": parts[3]}))
	if pg.IsNoRows(err) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("place of a document: %w", err)
	}
	return found.Number, found.Kind, nil
}

// Beside is a matter that stands beside another in a list.
type Beside struct{ Number, Title string }

// Place is where a matter stands in a list: what is before and after it, empty where
// there is none, and the place itself.
type Place struct {
	Before, After Beside
	At            Cursor
}

// PlaceIn is where a matter stands in a list, or, with the place that it had when the
// list was left, stood then: a move takes it somewhere else, and who works through the
// list goes on from there. The zero Place is said of what is not in the person's scope.
func (r *Register) PlaceIn(ctx context.Context, scope staff.Scope, f Filter, number string, had Cursor) (Place, error) {
	type row struct {
		Phase workflow.Phase
		ID    int64
		Due   *time.Time
	}
	at, err := pg.One[row](ctx, r.Pool, `
		SELECT m.phase, m.id, nullif(m.due_at, 'infinity') AS due FROM matter m WHERE m.number = @number AND m.kind = @kind AND (`+scope.SQL+`)`,
		scope.With(pg.Args{"number": number, "kind": string(r.Kind.Law.Kind)}))
	if pg.IsNoRows(err) {
		return Place{}, nil
	}
	if err != nil {
		return Place{}, fmt.Errorf("place in a list: %w", err)
	}
	here := Cursor{Phase: at.Phase, ID: at.ID}
	if at.Due != nil {
		here.Due = *at.Due
	}
	if !had.IsZero() {
		here = had
	}
	here.Back, here.From = false, 1
	out := Place{At: here}
	if phase := r.Kind.Phase(f); phase != 0 && phase != here.Phase {
		return out, nil // it has left that list
	}
	if out.After, err = r.beside(ctx, scope, f, here, number, nil); err != nil {
		return Place{}, err
	}
	here.Back = true
	out.Before, err = r.beside(ctx, scope, f, here, number, nil)
	return out, err
}

// NextFor is what comes after a place in a list, other than the matter that was there,
// and than what a colleague of the person is at; empty at the end of the list.
func (r *Register) NextFor(ctx context.Context, by staff.Person, f Filter, from Cursor, number string) (Beside, error) {
	return r.beside(ctx, by.Scope(), f, from, number, r.lookers(by, string(by.Role)))
}

func (r *Register) beside(ctx context.Context, scope staff.Scope, f Filter, from Cursor, number string, looks pg.Args) (Beside, error) {
	q := r.Kind.query(f, scope, r.Engine.Now(), "f_")
	q.add(`m.number <> ` + q.arg("number", number))
	if looks != nil {
		q.unattended(looks)
	}
	sql := `SELECT p.number, p.title FROM (` + q.page(from, scope, 1) + `) p ORDER BY ` + q.order("p.", from.Back)
	found, err := ask[Beside](ctx, r.Pool, q, sql, scope.With(q.args))
	if err != nil || len(found) == 0 {
		return Beside{}, err
	}
	return found[0], nil
}
