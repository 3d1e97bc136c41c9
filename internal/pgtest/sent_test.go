package pgtest

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
)

func TestAStatementIsWrittenDownOnceForEachRole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if _, err := ReadSent(folder); err == nil {
		t.Error("a run that heard nothing passes for one that did")
	}
	b := &book{heard: map[Sent]bool{}}
	for _, role := range []string{pg.RolePortal, pg.RoleAdmin, pg.RolePortal} {
		b.hear(folder, role, "SELECT @a\n\tFROM b")
	}
	b.hear("", pg.RoleWorker, "SELECT 1")
	all, err := ReadSent(folder)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, role := range []string{pg.RolePortal, pg.RoleAdmin} {
		if s := all[i]; s.Role != role || s.SQL != "SELECT @a\n\tFROM b" || !s.Test || !strings.HasPrefix(s.By, "pgtest.TestAStatementIsWritten") {
			t.Errorf("%+v", s)
		}
	}
}

// heardBy notes what a pool of ours tells its listener.
type heardBy struct {
	listener
	sql []string
}

func (h *heardBy) TraceBatchStart(ctx context.Context, c *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	for _, q := range d.Batch.QueuedQueries {
		h.sql = append(h.sql, q.SQL)
	}
	return ctx
}

func (h *heardBy) TraceQueryStart(ctx context.Context, c *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	h.sql = append(h.sql, d.SQL)
	return ctx
}

// TestStatementsAreHeardAsTheyStandInTheSource: the pieces of the source are
// looked for in them.
func TestStatementsAreHeardAsTheyStandInTheSource(t *testing.T) {
	t.Parallel()
	h := &heardBy{}
	pool, err := pg.Open(t.Context(), New(t).URL(pg.RoleAdmin), pg.Options{MaxConns: 1, Lazy: true, Tracer: h})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pg.One[int](t.Context(), pool, `SELECT @one::int`, pg.Args{"one": 1}); err != nil {
		t.Fatal(err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`SELECT @two::int`, pg.Args{"two": 2})
	if err := pool.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(h.sql, "; "); got != "SELECT @one::int; SELECT @two::int" {
		t.Error(got)
	}
}
