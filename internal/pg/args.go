package pg

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// Args are the named arguments (@name) of a statement. They are strict: a name
// that the statement does not have, and one of the statement's that is not
// given, is refused, where a plain map would send NULL without a word.
type Args map[string]any

// RewriteQuery gives pgx the statement with numbered arguments. pgx itself reads
// a statement from end to end at every call, which costs as much as sending it;
// here its reading is kept, because our statements are constants and lists put
// together from a few of them.
func (a Args) RewriteQuery(ctx context.Context, conn *pgx.Conn, sql string, _ []any) (string, []any, error) {
	read, err := reading(ctx, conn, sql, a)
	if err != nil {
		return "", nil, err
	}
	if len(read.names) != len(a) {
		return "", nil, fmt.Errorf("%d arguments given, the statement names %d", len(a), len(read.names))
	}
	values := make([]any, len(read.names))
	for i, name := range read.names {
		value, given := a[name]
		if !given {
			return "", nil, fmt.Errorf("the statement's argument %s is not given", name)
		}
		values[i] = value
	}
	return read.sql, values, nil
}

// numbered is a statement as PostgreSQL takes it, and its arguments in order.
type numbered struct {
	sql   string
	names []string
}

// mostReadings bounds the memory; what comes later is read each time anew.
const mostReadings = 2048

var (
	readings     sync.Map // statement → numbered
	readingsKept atomic.Int64
)

// reading is a statement's numbered form. pgx gives it, with each argument's own
// name for its value, and refuses names that are missing or too many.
func reading(ctx context.Context, conn *pgx.Conn, sql string, a Args) (numbered, error) {
	if kept, ok := readings.Load(sql); ok {
		return kept.(numbered), nil
	}
	self := make(pgx.StrictNamedArgs, len(a))
	for name := range a {
		self[name] = name
	}
	text, names, err := self.RewriteQuery(ctx, conn, sql, nil)
	if err != nil {
		return numbered{}, err
	}
	read := numbered{text, make([]string, len(names))}
	for i, name := range names {
		read.names[i] = name.(string)
	}
	if readingsKept.Load() < mostReadings {
		if _, twice := readings.LoadOrStore(sql, read); !twice {
			readingsKept.Add(1)
		}
	}
	return read, nil
}
