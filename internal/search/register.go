package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pg"
)

// Where is the condition that a matter, whose id stands in column, has what was
// typed. It puts its arguments to the statement's, as do its two parts; ask any of
// them through All.
func (q Query) Where(column string, args pg.Args) string {
	return q.May(column, args) + ` AND ` + q.Has(column, args)
}

// May is the condition that a matter may have it, by the index alone. A list
// sorts what may, and reads texts in its own order until it is full: to read
// every candidate's first took three times as long where many have the pieces.
func (q Query) May(column string, args pg.Args) string {
	args[q.Prefix+"search_may"] = q.Loose
	within := ``
	if q.Within != "" {
		within = ` AND st.matter_id IN (` + q.Within + `)`
	}
	if q.Shared {
		return column + ` IN (SELECT st.matter_id FROM search_text st WHERE st.body @@ @` + q.Prefix + `search_may::text::tsquery AND st.shared IS NULL` + within + `
			UNION ALL SELECT st.matter_id FROM search_text st WHERE st.shared @@ @` + q.Prefix + `search_may::text::tsquery` + within + `)`
	}
	return column + ` IN (SELECT st.matter_id FROM search_text st WHERE st.body @@ @` + q.Prefix + `search_may::text::tsquery` + within + `)`
}

// Has is the condition that a matter has it, by its text.
func (q Query) Has(column string, args pg.Args) string {
	args[q.Prefix+"search_has"] = q.Exact
	if q.Shared {
		return `(SELECT coalesce(st.shared, st.body) @@ @` + q.Prefix + `search_has::text::tsquery FROM search_text st WHERE st.matter_id = ` + column + `)`
	}
	return `(SELECT st.body @@ @` + q.Prefix + `search_has::text::tsquery FROM search_text st WHERE st.matter_id = ` + column + `)`
}

// All is pg.All for a statement with Where. A statement that pgx has prepared
// gets, from its sixth use on, a plan made without the words, and that plan may
// walk the whole list instead of asking the index: here every use is planned
// with its words, in the same one round trip.
func All[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args pg.Args) ([]T, error) {
	return pg.All[T](ctx, planned{pool}, sql, args)
}

// planned sends statements without a name. Their parameters' types are learnt
// once and kept, so the arguments are encoded as everywhere else.
type planned struct{ *pgxpool.Pool }

// Query puts the mode in front of the arguments, where pgx looks for it.
func (p planned) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return p.Pool.Query(ctx, sql, append([]any{pgx.QueryExecModeCacheDescribe}, args...)...)
}

// Texts are where the words of a register's matters stand, the most important first.
// Number and title are searched in any case.
type Texts struct {
	Called string // what the search box of the register's list calls them
	All    []Text
}

// Text is one of them: an SQL expression for a matter m, a text[]; what is null in it is
// left out. An amount of money is a text, too, and found in every way of writing one.
type Text struct {
	Label string // before the line that is shown of it
	SQL   string
	// Guarded is what the supervising desk alone reads: it answers nothing that a
	// handling unit asks, and no line of it is shown there.
	Guarded bool
	// Part is of which likeness it is, and Exact whether it meets only the very same.
	Part  Part
	Exact Exact
}

// None says that nothing but number and title is searched.
func (t Texts) None() bool { return len(t.All) == 0 }

// expression is all of them, a JSON array of arrays in their order.
func (t Texts) expression() string {
	if t.None() {
		return `'[]'::jsonb`
	}
	each := make([]string, len(t.All))
	for i, text := range t.All {
		each[i] = `to_jsonb((` + text.SQL + `)::text[])`
	}
	return `jsonb_build_array(` + strings.Join(each, `, `) + `)`
}

// Kinds are the texts of each kind of matter.
type Kinds map[string]Texts

// WordsSQL are the words of matters m: their id, kind, number, title, and what Texts says.
func (k Kinds) WordsSQL() string {
	var cases strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(k)) {
		cases.WriteString(` WHEN '` + kind + `' THEN ` + k[kind].expression())
	}
	said := `'[]'::jsonb`
	if cases.Len() > 0 {
		said = `coalesce(CASE m.kind` + cases.String() + ` END, '[]')`
	}
	return `SELECT m.id, m.kind, m.number, m.title, ` + said + ` AS said FROM matter AS m`
}

// Words are those of one matter: Said in the order of its kind's texts.
type Words struct {
	ID     int64
	Kind   string
	Number string
	Title  string
	Said   [][]*string
}

// of are the texts that are guarded, or those that are not.
func (w Words) of(texts Texts, guarded bool) (said []string) {
	for i, all := range w.Said {
		for _, one := range all {
			if one != nil && *one != "" && texts.All[i].Guarded == guarded {
				said = append(said, *one)
			}
		}
	}
	return said
}

// Index writes the search texts of matters, in one transaction; doing it again
// does no harm. A matter that is not there is passed over.
func Index(ctx context.Context, pool *pgxpool.Pool, kinds Kinds, matters []int64) error {
	err := pg.Tx(ctx, pool, func(tx pgx.Tx) error {
		// Whoever is second reads the texts after the first has written, so that
		// an older text never replaces a newer one. In order, or two would wait
		// for each other.
		_, err := pg.Exec(ctx, tx, `
			SELECT pg_advisory_xact_lock(hashtextextended('search_text', id))
			FROM (SELECT DISTINCT unnest(@ids::bigint[]) AS id ORDER BY id) AS these`, pg.Args{"ids": matters})
		if err != nil {
			return err
		}
		texts, err := pg.All[Words](ctx, tx, kinds.WordsSQL()+` WHERE m.id = ANY (@ids) ORDER BY m.id`, pg.Args{"ids": matters})
		if err != nil {
			return err
		}
		return write(ctx, tx, kinds, texts)
	})
	if err != nil {
		return fmt.Errorf("index texts: %w", err)
	}
	return nil
}

// write leaves the flush to whoever commits next: the job is not done before
// its own commit, which comes later in the same log.
func write(ctx context.Context, tx pgx.Tx, kinds Kinds, texts []Words) error {
	ids, bodies, shared := make([]int64, len(texts)), make([]string, len(texts)), make([]*string, len(texts))
	for i, t := range texts {
		everybody := append([]string{t.Number, t.Title}, t.of(kinds[t.Kind], false)...)
		ids[i], bodies[i] = t.ID, Vector(everybody...)
		if guarded := t.of(kinds[t.Kind], true); len(guarded) > 0 {
			shared[i], bodies[i] = new(bodies[i]), Vector(append(everybody, guarded...)...)
		}
	}
	_, err := pg.Exec(ctx, tx, `
		INSERT INTO search_text (matter_id, body, shared)
		SELECT t.id, t.body::tsvector, t.shared::tsvector FROM unnest(@ids::bigint[], @bodies::text[], @shared::text[]) AS t (id, body, shared)
		WHERE set_config('synchronous_commit', 'off', true) IS NOT NULL
		ON CONFLICT (matter_id) DO UPDATE SET body = excluded.body, shared = excluded.shared
		WHERE (search_text.body, search_text.shared) IS DISTINCT FROM (excluded.body, excluded.shared)`,
		pg.Args{"ids": ids, "bodies": bodies, "shared": shared})
	if err != nil {
		return err
	}
	return writeMarks(ctx, tx, kinds, texts)
}

// likeness is a row of the table. An array of arrays of one length each is all that
// PostgreSQL unnests, so that rows travel as JSON.
type likeness struct {
	ID    int64   `json:"id"`
	Part  Part    `json:"part"`
	Marks []int64 `json:"marks"`
}

// writeMarks writes what is found to be alike by. A part that has lost its words keeps a
// row without marks.
func writeMarks(ctx context.Context, tx pgx.Tx, kinds Kinds, texts []Words) error {
	rows := []likeness{}
	for _, t := range texts {
		for part, marks := range t.marked(kinds[t.Kind]) {
			rows = append(rows, likeness{t.ID, part, slices.Compact(slices.Sorted(slices.Values(marks)))})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := pg.Exec(ctx, tx, `
		INSERT INTO likeness (matter_id, part, marks)
		SELECT l.id, l.part, coalesce(l.marks, '{}') FROM jsonb_to_recordset(@rows) AS l (id bigint, part text, marks bigint[])
		ON CONFLICT (matter_id, part) DO UPDATE SET marks = excluded.marks WHERE likeness.marks <> excluded.marks`, pg.Args{"rows": rows})
	return err
}
