// Package pg is the one door to PostgreSQL: opening pools, asking with named
// arguments, transactions, the private server of a small office, and the
// migrations. It keeps what the database says about people out of the logs.
package pg

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/netip"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Queryer is whatever a statement can be sent to: a pool, one connection or a
// transaction.
type Queryer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// Beginner is whatever a transaction can be begun on; on a transaction it
// makes a savepoint.
type Beginner interface {
	Begin(ctx context.Context) (pgx.Tx, error)
}

// One reads exactly one row: into a struct by column name (a missing and an
// extra column are both refused), into anything else from the only column.
// args may be nil.
func One[T any](ctx context.Context, q Queryer, sql string, args Args) (T, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		var zero T
		return zero, Safe(err)
	}
	v, err := pgx.CollectExactlyOneRow(rows, rowTo[T]())
	return v, Safe(err)
}

// All reads every row in the manner of One; no row gives an empty slice.
func All[T any](ctx context.Context, q Queryer, sql string, args Args) ([]T, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, Safe(err)
	}
	vs, err := pgx.CollectRows(rows, rowTo[T]())
	return vs, Safe(err)
}

// Exec runs a statement and says how many rows it touched.
func Exec(ctx context.Context, q Queryer, sql string, args Args) (int64, error) {
	tag, err := q.Exec(ctx, sql, args)
	return tag.RowsAffected(), Safe(err)
}

// Tx runs f in one transaction: committed when f returns nil, else rolled
// back, also when f panics. f's own error comes back as it is.
func Tx(ctx context.Context, b Beginner, f func(pgx.Tx) error) error {
	return Safe(pgx.BeginFunc(ctx, b, f))
}

// Try runs f in a transaction whose changes are undone: to say what it would do.
func Try(ctx context.Context, b Beginner, f func(pgx.Tx) error) error {
	undone := errors.New("pg: only tried")
	err := pgx.BeginFunc(ctx, b, func(tx pgx.Tx) error { return cmp.Or(f(tx), undone) })
	if errors.Is(err, undone) {
		return nil
	}
	return Safe(err)
}

var (
	timeType    = reflect.TypeFor[time.Time]()
	addrType    = reflect.TypeFor[netip.Addr]()
	prefixType  = reflect.TypeFor[netip.Prefix]()
	scannerType = reflect.TypeFor[sql.Scanner]()
)

// Targeted is a row that says itself where its columns go, in their order: for what is read
// by the hundred for one page, where finding each field by its name is a tenth of it.
type Targeted interface{ Targets() []any }

// rowTo chooses by kind: a struct is a row unless it is itself a value.
func rowTo[T any]() pgx.RowToFunc[T] {
	if _, itself := any(new(T)).(Targeted); itself {
		return func(row pgx.CollectableRow) (T, error) {
			var v T
			err := row.Scan(any(&v).(Targeted).Targets()...)
			return v, err
		}
	}
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct || t == timeType || t == addrType || t == prefixType ||
		reflect.PointerTo(t).Implements(scannerType) {
		return pgx.RowTo[T]
	}
	return pgx.RowToStructByName[T]
}
