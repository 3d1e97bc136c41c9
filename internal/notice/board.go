package notice

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Board is the portal's view of what is published. It asks only the two views
// that the portal's role may read, and keeps each answer for two seconds.
type Board struct {
	pool  pg.Queryer
	now   func() time.Time
	lists kept.Values[query, []Entry]
	pages kept.Values[int64, Page]

	warned kept.Value[map[string]int]
}

// life is how long an answer serves.
const life = 2 * time.Second

// NewBoard is a board over the portal's pool.
func NewBoard(pool pg.Queryer, now func() time.Time) *Board {
	b := &Board{pool: pool, now: now}
	b.lists = kept.Values[query, []Entry]{Life: life, Most: 256, Now: now, Read: b.read}
	b.pages = kept.Values[int64, Page]{Life: life, Most: 256, Now: now, Read: b.page}
	b.warned.Life, b.warned.Now, b.warned.Read = life, now, b.readWarned
	return b
}

// query is what a list asks for; it is the key of what is kept.
type query struct {
	kind  Kind
	unit  string
	from  Cursor
	limit int
}

// Cursor is a place in the list, newest first; the zero Cursor is its
// beginning. Back reads towards the newer ones.
type Cursor struct {
	At   int64 // microseconds, as the database counts them
	ID   int64
	Back bool
}

// String is the cursor as an address carries it.
func (c Cursor) String() string { return fmt.Sprintf("%d-%d", c.At, c.ID) }

// ParseCursor reads what String wrote; anything else is the beginning.
func ParseCursor(s string, back bool) Cursor {
	at, id, _ := strings.Cut(s, "-")
	c := Cursor{Back: back}
	var err1, err2 error
	c.At, err1 = strconv.ParseInt(at, 10, 64)
	c.ID, err2 = strconv.ParseInt(id, 10, 64)
	if err1 != nil || err2 != nil || c.At <= 0 || c.At > latest || c.ID <= 0 {
		return Cursor{}
	}
	return c
}

// latest is the year 9999, beyond which PostgreSQL's times need no cursor.
const latest = 253_402_300_799_000_000

const pageSize = 20

// List is one page of what is in its term.
type List struct {
	Items []Entry
	Newer Cursor // zero when there are none
	Older Cursor
}

// Recent are the newest notices of all kinds, for the home page and the feed.
func (b *Board) Recent(ctx context.Context, n int) ([]Entry, error) {
	return b.list(ctx, query{limit: n})
}

// About are the notices that concern a unit, at most twenty.
func (b *Board) About(ctx context.Context, unit string) ([]Entry, error) {
	return b.list(ctx, query{unit: unit, limit: pageSize})
}

// Filter is which notices of the list; an empty field is all of them.
type Filter struct {
	Kind Kind
	Unit string
}

// Page is a page of the list.
func (b *Board) Page(ctx context.Context, f Filter, from Cursor) (List, error) {
	found, err := b.list(ctx, query{kind: f.Kind, unit: f.Unit, from: from, limit: pageSize + 1})
	if err != nil {
		return List{}, err
	}
	l := List{Items: found}
	more := len(found) > pageSize
	if more && from.Back {
		l.Items = found[1:]
	} else if more {
		l.Items = found[:pageSize]
	}
	if len(l.Items) == 0 {
		return l, nil
	}
	first, last := l.Items[0], l.Items[len(l.Items)-1]
	if from != (Cursor{}) && (!from.Back || more) {
		l.Newer = Cursor{first.PublishedAt.UnixMicro(), first.ID, true}
	}
	if more || from.Back {
		l.Older = Cursor{last.PublishedAt.UnixMicro(), last.ID, false}
	}
	return l, nil
}

// Warned counts the warnings in their term by unit.
func (b *Board) Warned(ctx context.Context) (map[string]int, error) { return b.warned.Get(ctx) }

func (b *Board) readWarned(ctx context.Context) (map[string]int, error) {
	type row struct {
		Unit string
		N    int
	}
	rows, err := pg.All[row](ctx, b.pool, `SELECT unit, count(*) AS n FROM notice_public WHERE kind = 'warning' AND unit IS NOT NULL AND `+inTerm+` GROUP BY unit`,
		pg.Args{"now": b.now(), "today": clock.On(b.now())})
	if err != nil {
		return nil, fmt.Errorf("notices: %w", err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.Unit] = r.N
	}
	return out, nil
}

func (b *Board) list(ctx context.Context, q query) ([]Entry, error) {
	found, err := b.lists.Get(ctx, q)
	if err != nil {
		return nil, err
	}
	now := b.now()
	return slices.DeleteFunc(slices.Clone(found), func(e Entry) bool { return !e.In(now) }), nil
}

const entryColumns = `id, kind, title, coalesce(unit, '') AS unit, published_at, until`

// inTerm repeats the view's own condition for the time that the program was
// given; the view's is the wall.
const inTerm = `published_at <= @now AND (until IS NULL OR until >= @today)`

func (b *Board) read(ctx context.Context, q query) ([]Entry, error) {
	where, order := inTerm, `published_at DESC, id DESC`
	args := pg.Args{"now": b.now(), "today": clock.On(b.now()), "limit": q.limit}
	if q.kind != "" {
		where += ` AND kind = @kind`
		args["kind"] = string(q.kind)
	}
	if q.unit != "" {
		where += ` AND unit = @unit`
		args["unit"] = q.unit
	}
	if q.from != (Cursor{}) {
		sign := `<`
		if q.from.Back {
			sign, order = `>`, `published_at, id`
		}
		where += ` AND (published_at, id) ` + sign + ` (@from_at::timestamptz, @from_id::bigint)`
		args["from_at"], args["from_id"] = time.UnixMicro(q.from.At), q.from.ID
	}
	found, err := pg.All[Entry](ctx, b.pool, `SELECT `+entryColumns+` FROM notice_public WHERE `+where+` ORDER BY `+order+` LIMIT @limit`, args)
	if err != nil {
		return nil, fmt.Errorf("notices: %w", err)
	}
	if q.from.Back {
		slices.Reverse(found)
	}
	return found, nil
}

// ByID is a notice in its term, or the day on which it ended. One that never
// was public is NotFound.
func (b *Board) ByID(ctx context.Context, id int64) (Page, error) {
	p, err := b.pages.Get(ctx, id)
	switch {
	case err != nil:
		return Page{}, err
	case !p.EndedOn.IsZero() || p.In(b.now()):
		return p, nil
	case b.now().Before(p.PublishedAt):
		return Page{}, absent()
	}
	return tombstone(id, p.Until.AddDays(1)), nil
}

func absent() error {
	return fault.New(fault.NotFound, "没有这份公示。可能是地址抄错了。")
}

func tombstone(id int64, on clock.Date) Page {
	return Page{Notice: Notice{Entry: Entry{ID: id}}, EndedOn: on}
}

func (b *Board) page(ctx context.Context, id int64) (Page, error) {
	n, err := pg.One[Notice](ctx, b.pool, `
		SELECT `+entryColumns+`, issuer, number, addressee, body, digest, signed_on, also
		FROM notice_public WHERE id = @id`, pg.Args{"id": id})
	if err == nil {
		return Page{Notice: n}, nil
	}
	if !pg.IsNoRows(err) {
		return Page{}, fmt.Errorf("notice %d: %w", id, err)
	}
	type row struct{ EndedOn clock.Date }
	ended, err := pg.One[row](ctx, b.pool, `SELECT ended_on FROM notice_tombstone WHERE id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return Page{}, absent()
	}
	if err != nil {
		return Page{}, fmt.Errorf("notice %d: %w", id, err)
	}
	return tombstone(id, ended.EndedOn), nil
}

// Paper is the frozen document of a notice in its term, to the byte.
func (b *Board) Paper(ctx context.Context, id int64) (string, error) {
	paper, err := pg.One[string](ctx, b.pool, `SELECT paper FROM notice_public WHERE id = @id AND paper <> '' AND `+inTerm,
		pg.Args{"id": id, "now": b.now(), "today": clock.On(b.now())})
	if pg.IsNoRows(err) {
		return "", fault.New(fault.NotFound, "没有这份文书，或者公示已经撤下。")
	}
	if err != nil {
		return "", fmt.Errorf("notice %d: %w", id, err)
	}
	return paper, nil
}
