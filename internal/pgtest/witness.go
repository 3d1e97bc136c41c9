package pgtest

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pg"
	"zhengxin/internal/witness"
)

// listener hears what the pool of a role sends.
type listener string

func (l listener) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	hear(&book, witness.Folder(), string(l), d.SQL)
	return ctx
}

func (l listener) TraceBatchStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	for _, q := range d.Batch.QueuedQueries {
		hear(&book, witness.Folder(), string(l), q.SQL)
	}
	return ctx
}

func (listener) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData)     {}
func (listener) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (listener) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

var book witness.Book

// hear writes a statement down when a role sends it for the first time, and once
// more when the program sends what only a test had.
func hear(b *witness.Book, folder, role, sql string) {
	s := witness.Statement{Role: role, SQL: sql}
	if folder == "" || b.Has(s) {
		return
	}
	by, test := sender()
	if s.Test = test; b.New(s) {
		s.By = by
		b.Write(folder, witness.Account{Statements: []witness.Statement{s}})
	}
}

// moved writes down the moves of a database, which is about to go.
func moved(b *witness.Book, folder string, owner *pgxpool.Pool) error {
	if folder == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	moves, err := pg.All[witness.Move](ctx, owner, `
		SELECT DISTINCT m.kind, e.from_state AS "from", e.action, e.to_state AS "to" FROM event e JOIN matter m ON m.id = e.matter_id`, nil)
	if pg.Code(err) == "42P01" {
		return nil // migrations of the test's own have no events
	}
	for _, m := range moves {
		if b.New(m) {
			b.Write(folder, witness.Account{Moves: []witness.Move{m}})
		}
	}
	return err
}

// sender is the function of ours that sends now, not that by which it sends.
func sender() (by string, test bool) {
	stack := make([]uintptr, 64)
	frames := runtime.CallersFrames(stack[:runtime.Callers(3, stack)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "zhengxin/") && !strings.HasSuffix(f.File, "/internal/pg/pg.go") && !strings.HasSuffix(f.File, "/internal/pgtest/witness.go") {
			name := filepath.Base(f.Function)
			return fmt.Sprintf("%s (%s:%d)", name, filepath.Base(f.File), f.Line),
				strings.HasSuffix(f.File, "_test.go") || strings.HasPrefix(name, "complainttest.")
		}
		if !more {
			return "", false
		}
	}
}
