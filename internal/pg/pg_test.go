package pg_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestOneReadsByKind(t *testing.T) {
	t.Parallel()
	q := pgtest.Empty(t).Owner
	ctx := t.Context()
	same(t, "text", "路灯")(pg.One[string](ctx, q, `SELECT @x::text`, pg.Args{"x": "路灯"}))
	same(t, "number", int64(7))(pg.One[int64](ctx, q, `SELECT 7::bigint`, nil))
	same(t, "truth", true)(pg.One[bool](ctx, q, `SELECT true`, nil))
	same(t, "bytes", []byte{0, 255})(pg.One[[]byte](ctx, q, `SELECT '\x00ff'::bytea`, nil))
	same(t, "list", []string{"a", "b"})(pg.One[[]string](ctx, q, `SELECT ARRAY['a', 'b']`, nil))
	same(t, "nothing", (*string)(nil))(pg.One[*string](ctx, q, `SELECT NULL::text`, nil))
	type state string
	same(t, "own type", state("accepted"))(pg.One[state](ctx, q, `SELECT 'accepted'`, nil))
	addr, err := pg.One[netip.Addr](ctx, q, `SELECT '10.0.0.1'::inet`, nil)
	if err != nil || addr != netip.MustParseAddr("10.0.0.1") {
		t.Errorf("address: %v, %v", addr, err)
	}
	at, err := pg.One[time.Time](ctx, q, `SELECT '2026-11-23 06:05+00'::timestamptz`, nil)
	if err != nil || !at.Equal(time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)) {
		t.Errorf("time: %v, %v", at, err)
	}
	type row struct {
		ID    int64
		DueAt *time.Time
	}
	same(t, "row", row{ID: 1})(pg.One[row](ctx, q, `SELECT 1::bigint AS id, NULL::timestamptz AS due_at`, nil))
	same(t, "rows", []row{{ID: 1}, {ID: 2}})(pg.All[row](ctx, q,
		`SELECT n::bigint AS id, NULL::timestamptz AS due_at FROM generate_series(1, @n::int) n`, pg.Args{"n": 2}))
	same(t, "no rows", []int{})(pg.All[int](ctx, q, `SELECT 1 WHERE false`, nil))
	same(t, "zone", "UTC")(pg.One[string](ctx, q, `SELECT current_setting('timezone')`, nil))
}

func same[T any](t *testing.T, what string, want T) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", what, err, diff)
		}
	}
}

func TestMistakesInAStatementAreToldNotGuessed(t *testing.T) {
	t.Parallel()
	q := pgtest.Empty(t).Owner
	type row struct{ ID, Other int }
	for what, sql := range map[string]string{
		"a misspelt argument": `SELECT 1 AS id, 2 AS other WHERE @nmae::text IS NULL`,
		"an extra argument":   `SELECT 1 AS id, 2 AS other`,
		"a missing column":    `SELECT 1 AS id WHERE @name::text IS NOT NULL`,
		"an extra column":     `SELECT 1 AS id, 2 AS other, 3 AS third WHERE @name::text IS NOT NULL`,
		"two rows for one":    `SELECT n AS id, n AS other FROM generate_series(1, 2) n WHERE @name::text IS NOT NULL`,
	} {
		if got, err := pg.One[row](t.Context(), q, sql, pg.Args{"name": "x"}); err == nil {
			t.Errorf("%s: %+v", what, got)
		}
	}
	if _, err := pg.Exec(t.Context(), q, `SELECT @forgotten::int`, nil); err == nil {
		t.Error("no arguments for a statement that wants one")
	}
	if _, err := pg.One[int](t.Context(), q, `SELECT 1 WHERE false`, nil); !pg.IsNoRows(err) {
		t.Errorf("no row: %v", err)
	}
}

func TestErrorsOfTheServerNameTheConstraintAndNoValue(t *testing.T) {
	t.Parallel()
	q := pgtest.Empty(t).Owner
	if _, err := pg.Exec(t.Context(), q, `CREATE TABLE paper (number text CONSTRAINT paper_once UNIQUE, pages int)`, nil); err != nil {
		t.Fatal(err)
	}
	insert := func(number string, pages any) error {
		n, err := pg.Exec(t.Context(), q, `INSERT INTO paper VALUES (@number, @pages)`, pg.Args{"number": number, "pages": pages})
		if err == nil && n != 1 {
			t.Errorf("%d rows", n)
		}
		return err
	}
	if err := insert("张秘密", 1); err != nil {
		t.Fatal(err)
	}
	err := insert("张秘密", 1)
	if !pg.IsUnique(err, "paper_once") || !pg.IsUnique(err, "") || pg.IsUnique(err, "paper_twice") || pg.Code(err) != "23505" {
		t.Errorf("a second row: %v", err)
	}
	for what, err := range map[string]error{
		"unique": err, "argument": insert("x", "张秘密"), "range": insert("x", int64(1)<<40),
		"cast":    only(pg.Exec(t.Context(), q, `SELECT @x::text::int`, pg.Args{"x": "张秘密"})),
		"tsquery": only(pg.Exec(t.Context(), q, `SELECT to_tsquery('simple', @x)`, pg.Args{"x": "张秘密 & "})),
		"in a tx": pg.Tx(t.Context(), q, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `SELECT '张秘密'::int`)
			return err
		}),
	} {
		if err == nil || strings.Contains(err.Error(), "张秘密") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func only(_ int64, err error) error { return err }

func TestATransactionIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	q := pgtest.Empty(t).Owner
	if _, err := pg.Exec(t.Context(), q, `CREATE TABLE paper (n int)`, nil); err != nil {
		t.Fatal(err)
	}
	insert := func(tx pgx.Tx, n int) error {
		_, err := pg.Exec(t.Context(), tx, `INSERT INTO paper VALUES (@n)`, pg.Args{"n": n})
		return err
	}
	refusal := fault.New(fault.Conflict, "别人已经办理")
	err := pg.Tx(t.Context(), q, func(tx pgx.Tx) error { return errors.Join(insert(tx, 1), refusal) })
	if !errors.Is(err, refusal) {
		t.Errorf("the refusal became %v", err)
	}
	func() {
		defer func() { recover() }()
		pg.Tx(t.Context(), q, func(tx pgx.Tx) error { insert(tx, 2); panic("oh") })
	}()
	err = pg.Tx(t.Context(), q, func(tx pgx.Tx) error {
		inner := pg.Tx(t.Context(), tx, func(tx pgx.Tx) error { return errors.Join(insert(tx, 3), refusal) })
		if !errors.Is(inner, refusal) {
			t.Errorf("inside: %v", inner)
		}
		return insert(tx, 4)
	})
	if err != nil {
		t.Error(err)
	}
	same(t, "what is left", []int{4})(pg.All[int](t.Context(), q, `SELECT n FROM paper`, nil))
}

func TestOpenTellsAWrongAddressAtOnce(t *testing.T) {
	t.Parallel()
	if _, err := pg.Open(t.Context(), "postgres://u:geheim@/x?host=/nowhere", pg.Options{}); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("no server: %v", err)
	}
	if _, err := pg.Open(t.Context(), "postgres://u:geheim@host:port/x", pg.Options{}); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("no address: %v", err)
	}
	db := pgtest.Empty(t)
	if _, err := pg.Open(t.Context(), db.URL(""), pg.Options{Role: "no such role"}); pg.Code(err) != "22023" {
		t.Errorf("no role: %v", err)
	}
	pool, err := pg.Open(t.Context(), db.URL(""), pg.Options{AppName: "portal", MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	same(t, "name", "portal")(pg.One[string](t.Context(), pool, `SELECT current_setting('application_name')`, nil))
	if got := pool.Config().MaxConns; got != 2 {
		t.Errorf("%d connections", got)
	}
	if err := pg.Ping(t.Context(), pool); err != nil {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pg.Ping(gone, pool); err == nil {
		t.Error("ready without asking")
	}
}
